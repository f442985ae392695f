"""What people type into fields of days and times, read as they write it."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from starlette.datastructures import FormData

from graph_service.errors import InputRefused
from graph_service.text.messages import Spoken

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?|(\d{4})-(\d{2})-(\d{2})")
YEARS = (1970, 2200)
_WRITTEN: Mapping[Spoken, Mapping[str, str]] = {
    "de": {"%d": "TT", "%b": "MMM", "%m": "MM", "%Y": "JJJJ", "%y": "JJ"},
    "en": {"%d": "DD", "%b": "MMM", "%m": "MM", "%Y": "YYYY", "%y": "YY"},
}
_CLOCK = {"%H": "hh", "%I": "hh", "%M": "mm", "%S": "ss", "%p": "AM"}
"""Parts of a date pattern as spreadsheets write them; hours count to twelve where AM stands."""
_TYPED_CLOCK = re.compile(r"hh:mm(:ss)?", re.IGNORECASE)
_ISO, _OR = "iso", " | "
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


def form_shown(form: str, language: Spoken) -> str:
    """How a column's values are written, with dates as spreadsheets tell them: `%d.%m.%Y` is `TT.MM.JJJJ`."""
    names = {**_WRITTEN[language], **_CLOCK}
    told = _OR.join("%Y-%m-%d" if one == _ISO else one for one in form.split(_OR))
    return re.sub("|".join(names), lambda found: names[found[0]], told)


def form_typed(text: str, language: Spoken) -> str:
    """The same read back, in capitals or not; what has no year in it is no date, and stays as it is."""
    names = {name: pattern for pattern, name in _WRITTEN[language].items()} | {"AM": "%p"}
    parts = "|".join(sorted(names, key=len, reverse=True))
    year = _WRITTEN[language]["%y"].casefold()

    def read(one: str) -> str:
        if year not in one.casefold():
            return one
        hours = "%I:%M" if "AM" in one.upper() else "%H:%M"
        told = _TYPED_CLOCK.sub(lambda found: hours + (":%S" if found[1] else ""), one)
        told = re.sub(parts, lambda found: names[found[0].upper()], told, flags=re.IGNORECASE)
        return _ISO if told == "%Y-%m-%d" else told

    return _OR.join(read(one.strip()) for one in text.split(_OR.strip()))


def line(form: FormData, name: str) -> str:
    """A field of a form as text; empty for none, and for a file."""
    value = form.get(name)
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def zone_of(name: str) -> ZoneInfo:
    """The zone that a page of ours names; raises InputRefused for none."""
    if name not in available_timezones():
        raise InputRefused("pages.unfit")
    return ZoneInfo(name)
