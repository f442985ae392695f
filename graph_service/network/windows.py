"""Windows of time: calendar quarters, and years; of public data any days."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from graph_service.errors import AnalysisRefused
from graph_service.model import DAY, instant, moment, month_start, next_month

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1990, 2100
QUARTER, YEAR = 3, 12
MOST_QUARTERS = 28


@dataclass(frozen=True, slots=True)
class Window:
    """From `since` to before `until` (instants, UTC)."""

    since: int
    until: int

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.since) // DAY

    def __str__(self) -> str:
        return "..".join(self.ends)

    @property
    def ends(self) -> tuple[str, str]:
        """Its first and its last month, or day where it is not of whole months."""
        whole = {self.since, self.until} == {month_start(self.since), month_start(self.until)}
        first, last = (f"{moment(at):{'%Y-%m' if whole else '%Y-%m-%d'}}" for at in (self.since, self.until - DAY))
        return first, last


def quarter(months: tuple[str, str], now: int) -> Window:
    """The calendar quarter from one month to another, both named `2019-10`. No two of them have a day in common, so
    that no difference of two tells of a part.

    Raises AnalysisRefused for what is no month, an end before the begin, what is no quarter, or is not over.
    """
    return _whole(months, QUARTER, "network.not_a_quarter", now)


def year(months: tuple[str, str], now: int) -> Window:
    """The calendar year from one month to another; raises AnalysisRefused as `quarter` does."""
    return _whole(months, YEAR, "network.not_a_year", now)


def quarters_after(first: Window, last: Window) -> list[Window]:
    """The quarters after one up to another; of more than `MOST_QUARTERS` only those of the same season as the last."""
    found, since = [], last.since
    count = (moment(last.since).year - moment(first.since).year) * YEAR // QUARTER
    step = QUARTER if count <= MOST_QUARTERS else YEAR
    while since > first.since:
        found.append(Window(since, shifted(since, QUARTER)))
        since = shifted(since, -step)
    return found[::-1]


def any_days(ends: tuple[str, str], now: int) -> Window:
    """From one day or month to another, both included: for public data only, which everybody can count.

    Raises AnalysisRefused for what is neither, an end before the begin, or is not over.
    """
    since, until = _start(ends[0]), _end(ends[1])
    if until <= since:
        raise AnalysisRefused("network.backwards", first=ends[0], last=ends[1])
    if until > month_start(now):
        raise AnalysisRefused("network.not_over", month=ends[1])
    return Window(since, until)


def _start(text: str) -> int:
    if not _DAY.fullmatch(text):
        return first_of(text)
    try:
        at = datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise AnalysisRefused("network.no_month", value=text) from None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise AnalysisRefused("network.no_month", value=text)
    return instant(at)


def _end(text: str) -> int:
    return _start(text) + DAY if _DAY.fullmatch(text) else next_month(first_of(text))


def _whole(months: tuple[str, str], count: int, refusal: str, now: int) -> Window:
    first, last = months
    since, until = first_of(first), next_month(first_of(last))
    if until <= since:
        raise AnalysisRefused("network.backwards", first=first, last=last)
    if (moment(since).month - 1) % count or shifted(since, count) != until:
        raise AnalysisRefused(refusal, first=first, last=last)
    if until > month_start(now):
        raise AnalysisRefused("network.not_over", month=last)
    return Window(since, until)


def shifted(month: int, count: int) -> int:
    """The first instant of the month so many months later, or earlier."""
    place = moment(month).year * YEAR + moment(month).month - 1 + count
    return instant(datetime(place // YEAR, place % YEAR + 1, 1, tzinfo=UTC))


def first_of(text: str) -> int:
    """The first instant of a month named `2019-10`; raises AnalysisRefused for what is none."""
    if _DAY.fullmatch(text):
        raise AnalysisRefused("network.free_days")
    found = _MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= YEAR or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise AnalysisRefused("network.no_month", value=text[:20])
    return instant(datetime(int(found[1]), int(found[2]), 1, tzinfo=UTC))
