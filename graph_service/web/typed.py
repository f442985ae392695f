"""What people type into fields of days and times, read as they write it."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from starlette.datastructures import FormData

from graph_service.errors import InputRefused

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?|(\d{4})-(\d{2})-(\d{2})")
YEARS = (1970, 2200)
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?: ?Uhr)?")


def typed_day(text: str, today: date) -> date:
    """`13.05.`, `13.05.2026` or `2026-05-13`; empty is today. Raises InputRefused."""
    if not text.strip():
        return today
    found = _DAY.fullmatch(text.strip())
    try:
        if found:
            year, month, of_month = (found[4], found[5], found[6]) if found[4] else (found[3], found[2], found[1])
            told = date(int(year or today.year), int(month), int(of_month))
            if YEARS[0] <= told.year <= YEARS[1]:
                return told
    except ValueError:
        pass
    raise InputRefused("pages.bad_day", value=text[:40])


def typed_time(text: str) -> time:
    """`16:00`; raises InputRefused."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise InputRefused("pages.bad_time", value=text[:40])
    return time(int(found[1]), int(found[2]))


def typed_moment(day: str, at: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment of a typed day and time; None where no time is typed. Raises InputRefused."""
    if not at.strip():
        if day.strip():
            raise InputRefused("pages.no_time")
        return None
    return datetime.combine(typed_day(day, now.astimezone(zone).date()), typed_time(at), zone)


def end_of(day: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The end of a typed day; raises InputRefused."""
    return datetime.combine(typed_day(day, now.astimezone(zone).date()), time(), zone) + timedelta(days=1)


def line(form: FormData, name: str) -> str:
    """A field of a form as text; empty for none, and for a file."""
    value = form.get(name)
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def zone_of(name: str) -> ZoneInfo:
    """The zone that a page of ours names; raises InputRefused for none."""
    if name not in available_timezones():
        raise InputRefused("pages.unfit")
    return ZoneInfo(name)
