"""When a way to somebody is open: by weekday and hours of the clock of a site, over midnight too."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from graph_service.model import NEVER, Channel, end_of
from graph_service.understanding.working_days import WorkingDays

WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_AHEAD = 15
"""So many days ahead the next opening is looked for: over the longest run of holidays."""
_NIGHT_TOO = ("ON_CALL",)
"""Kinds that public holidays do not close."""
Opening = tuple[int, int]
"""From and until when something is open: two instants."""


def opening_at(channel: Channel, at: int, days: WorkingDays) -> Opening | None:
    """The opening that an instant lies in."""
    today = days.local(at).date()
    for step in (-1, 0):
        found = _opening(channel, today + timedelta(days=step), days)
        if found and found[0] <= at < found[1]:
            return found
    return None


def next_opening(channel: Channel, at: int, days: WorkingDays) -> Opening | None:
    """The first opening that begins at an instant or later."""
    today = days.local(at).date()
    for step in range(_AHEAD):
        found = _opening(channel, today + timedelta(days=step), days)
        if found and found[0] >= at:
            return found
    return None


def _opening(channel: Channel, day: date, days: WorkingDays) -> Opening | None:
    """What is open on a day, cut to the time the way is given for."""
    if channel.weekday and WEEKDAYS[day.weekday()] not in channel.weekday.split(","):
        return None
    if channel.weekday and channel.kind not in _NIGHT_TOO and not _is_worked(day, days):
        return None
    begins, ends = _hours(channel.hours, day, days)
    until = NEVER if channel.until_at is None else end_of(channel.until_at)
    first, last = max(begins, channel.from_at or 0), min(ends, until)
    if first < last and channel.until_at is not None and not channel.weekday and not channel.hours:
        return channel.from_at or first, until  # a flag over several days is one
    return (first, last) if first < last else None


def _is_worked(day: date, days: WorkingDays) -> bool:
    """Whether a weekday is no public holiday; what opens on Saturdays opens then."""
    return day.weekday() >= len(WEEKDAYS) - 2 or days.is_worked(day)


def _hours(hours: str, day: date, days: WorkingDays) -> Opening:
    if not hours:
        return days.at(day, time(0)), days.at(day + timedelta(days=1), time(0))
    begins, _, ends = hours.partition("-")
    first, last = _time(begins), _time(ends)
    over = timedelta(days=1 if ends == "24:00" or last <= first else 0)
    return days.at(day, first), days.at(day + over, last)


@lru_cache(maxsize=2_000)
def _time(text: str) -> time:
    return time(0) if text == "24:00" else datetime.strptime(text, "%H:%M").time()
