"""Windows of whole calendar months."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from graph_service.errors import AnalysisRefused
from graph_service.model import DAY, instant, moment, month_start, next_month

_MONTH = re.compile(r"(\d{4})-(\d{2})")
MOST_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Window:
    """Whole calendar months, `since` to before `until` (instants, UTC)."""

    since: int
    until: int

    @property
    def months(self) -> list[int]:
        """The first instants of its months."""
        found = [self.since]
        while next_month(found[-1]) < self.until:
            found.append(next_month(found[-1]))
        return found

    @property
    def by_month(self) -> list[tuple[int, int]]:
        """Begin and end of each of its months."""
        return list(pairwise([*self.months, self.until]))

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.since) // DAY

    def __str__(self) -> str:
        first, last = (f"{moment(at):%Y-%m}" for at in (self.since, self.until - DAY))
        return f"{first}..{last}"


def window(first: str, last: str, now: int) -> Window:
    """The window from one month to another, both named `2019-10`.

    Raises AnalysisRefused for what is no month, an end before the begin, more than 24 months, or a month that is not
    over.
    """
    since, until = first_of(first), next_month(first_of(last))
    if until <= since:
        raise AnalysisRefused("network.backwards", first=first, last=last)
    found = Window(since, until)
    if len(found.months) > MOST_MONTHS:
        raise AnalysisRefused("network.too_long", most=MOST_MONTHS)
    if until > month_start(now):
        raise AnalysisRefused("network.not_over", month=last)
    return found


def shifted(span: Window, years: int) -> Window:
    """The same months of another year."""
    moved = [moment(at).replace(year=moment(at).year + years) for at in (span.since, span.until)]
    return Window(instant(moved[0]), instant(moved[1]))


def first_of(text: str) -> int:
    """The first instant of a month named `2019-10`; raises AnalysisRefused for what is none."""
    found = _MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1970:
        raise AnalysisRefused("network.no_month", value=text[:20])
    return instant(datetime(int(found[1]), int(found[2]), 1, tzinfo=UTC))
