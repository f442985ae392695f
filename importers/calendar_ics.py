"""Calendars (ICS): meetings that took place, with who took part, and when somebody is out or wants no disturbance; no
descriptions, no titles."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from graph_service.errors import FileRefused
from graph_service.model import (
    DAY,
    Channel,
    Contact,
    Mapping,
    Mode,
    Provenance,
    Reading,
    RowFault,
    Skipped,
    SourceFile,
    SourceId,
    SourceRow,
    Statement,
    instant,
)
from importers.contacts import Meeting, address_of, contact_row, mail_accounts
from importers.record_format import RecordFormat

SOURCE = "calendar"
MOST_YEARS = 10
_REMOTE = ("teams", "zoom", "webex", "://", "skype", "jitsi", "online", "telefon")
_ROOM = ("raum", "room", "ressource", "resource", "besprechung", "konferenz")
_BEGIN, _END = (
    re.compile(rb"^%s:V(?:CALENDAR|EVENT)\s*$" % word, re.IGNORECASE | re.MULTILINE) for word in (b"BEGIN", b"END")
)
_OWN_TIME = re.compile(r"(fokus|focus|konzentration|deep work|nicht stören|do not disturb)", re.IGNORECASE)
_AHEAD = timedelta(days=60)
"""So far ahead it is read when somebody will be out."""
_FAR = timedelta(days=365 * MOST_YEARS)


class Calendar(RecordFormat):
    """Series become their occurrences up to today, ten years at most; zones by their Windows names too.

    What an organiser marks as out of office, or keeps for themselves as focus time, is told as such two months ahead;
    never why.
    """

    name: ClassVar[str] = "calendar"
    settings: ClassVar[tuple[tuple[str, str], ...]] = (("zone", "Europe/Berlin"),)

    def recognises(self, source: SourceFile) -> float:
        """Sure when the text starts a calendar, or an event without one around it."""
        start = source.head().lstrip(b"\xef\xbb\xbf \r\n").upper()
        return 0.99 if start.startswith((b"BEGIN:VCALENDAR", b"BEGIN:VEVENT")) else 0.0

    def read(self, source: SourceFile, mapping: Mapping) -> Iterator[Reading]:
        """A SourceRow or a reason per occurrence; an event without a beginning is a fault."""
        import icalendar

        with source.open() as stream:
            content = stream.read()
        if len(_BEGIN.findall(content)) != len(_END.findall(content)):  # the library would leave the calendar out
            raise FileRefused("file.broken", file=source.name)
        try:
            parts = icalendar.Component.from_ical(content, multiple=True)
        except (ValueError, IndexError, KeyError):
            raise FileRefused("file.broken", file=source.name) from None
        lines = _lines_of_events(content)
        for part in parts if isinstance(parts, list) else [parts]:
            yield from _events(part, source.name, lines, mapping)


def _lines_of_events(content: bytes) -> Iterator[int]:
    """The physical lines on which events begin, in order."""
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip().upper() == b"BEGIN:VEVENT":
            yield number


def _events(part: Any, file: str, lines: Iterator[int], mapping: Mapping) -> Iterator[Reading]:
    """The events of one calendar: those that stand alone, and series with what was moved or cancelled in them."""
    series: dict[str, list[tuple[int, Any]]] = {}
    for event in part.walk("VEVENT"):
        series.setdefault(str(event.get("UID", id(event))), []).append((next(lines, 1), event))
    for events in series.values():
        events.sort(key=lambda told: told[1].get("RECURRENCE-ID") is not None)  # what stands for all, then exceptions
        try:
            yield from _occurrences(events, file, mapping)
        except (ValueError, AttributeError, OverflowError):  # a date that is none, as the library finds out late
            yield RowFault(file, events[0][0], "DTSTART", "", "value.not_a_time")


def _occurrences(events: list[tuple[int, Any]], file: str, mapping: Mapping) -> Iterator[Reading]:
    import icalendar
    import recurring_ical_events

    line, first = events[0]
    if any(event.get("DTSTART") is None for _, event in events):
        yield RowFault(file, line, "DTSTART", "", "value.missing")
        return
    reason, kind = _no_contact(first), _own_time(first, mapping)
    if reason and not kind:
        yield Skipped(reason)
        return
    rule = first.get("RRULE")
    often = {str(one).upper() for one in (rule.get("FREQ", []) if isinstance(rule, dict) else [])}
    if often & {"SECONDLY", "MINUTELY", "HOURLY"}:
        yield RowFault(file, line, "RRULE", ", ".join(sorted(often)), "value.not_a_series")
        return
    zone, remarks = _settle_zones(events, file, mapping)
    start = _moment(first.get("DTSTART").dt, zone)
    calendar = icalendar.Calendar()
    for _, event in events:
        calendar.add_component(event)
    until = min(datetime.now(UTC) + (_AHEAD if kind else timedelta(days=1)), start + _FAR)
    try:
        found = recurring_ical_events.of(calendar).between(start - timedelta(days=366), until)
    except (ValueError, TypeError, KeyError, OverflowError):
        yield RowFault(file, line, "RRULE", "", "value.not_a_series")
        return
    if not found:
        yield Skipped("meeting.future")
    for one in sorted(found, key=lambda event: _moment(event.get("DTSTART").dt, zone)):
        yield (_block if kind else _meeting)(one, Provenance(file, line), zone, mapping, remarks)
        remarks = ()


_OUT = "meeting.out"


def _no_contact(event: Any) -> str:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return "meeting.cancelled"
    private = str(event.get("CLASS", "")).upper() in ("PRIVATE", "CONFIDENTIAL")
    away = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "OOF"
    return "meeting.private" if private else _OUT if away else ""


def _own_time(event: Any, mapping: Mapping) -> str:
    """AWAY or FOCUS for what an organiser keeps for themselves; empty for everything else, and for what is private."""
    reason = _no_contact(event)
    is_away = reason == _OUT
    titles = [str(event.get("SUMMARY", "")), *(str(one) for one in _several(event.get("CATEGORIES")))]
    is_focus = not reason and not _several(event.get("ATTENDEE")) and any(_OWN_TIME.match(one) for one in titles)
    is_told = bool(mail_accounts([str(one) for one in _several(event.get("ORGANIZER"))], mapping))
    return ("AWAY" if is_away else "FOCUS" if is_focus else "") if is_told else ""


def _several(value: Any) -> list[Any]:
    """What stands there once, several times, or not at all."""
    if value is None:
        return []
    return value if isinstance(value, list) else list(getattr(value, "cats", [value]))


def _block(event: Any, place: Provenance, zone: ZoneInfo, mapping: Mapping, remarks: tuple[RowFault, ...]) -> Reading:
    kind = _own_time(event, mapping)
    if not kind:
        return Skipped(_no_contact(event) or "meeting.nobody")
    (person,) = mail_accounts([str(_several(event["ORGANIZER"])[0])], mapping)
    first, last = _local(event.start, zone), _local(event.end, zone)
    from_at, until_at = instant(first), instant(last)
    if until_at % DAY == 0:  # a whole day would be meant
        until_at -= 60_000
    own = SourceId(SOURCE, f"{event.get('UID', '')} {from_at}")
    told = Channel(own, kind, person, from_at=from_at, until_at=until_at)
    return SourceRow((Statement(own, (told,), place),), (), remarks)


def _local(value: date | datetime, zone: ZoneInfo) -> datetime:
    """A moment; a day begins at midnight where it is told."""
    whole_day = datetime(value.year, value.month, value.day, tzinfo=zone)
    return _moment(value, zone) if isinstance(value, datetime) else whole_day


def _settle_zones(events: list[tuple[int, Any]], file: str, mapping: Mapping) -> tuple[ZoneInfo, tuple[RowFault, ...]]:
    """The zone for times that have none, and a remark where a zone's name is unknown: it is never taken as UTC."""
    zone = ZoneInfo(mapping.setting("zone", "Europe/Berlin"))
    remarks = []
    for line, event in events:
        for name in ("DTSTART", "DTEND"):
            value = event.get(name)
            told = str(value.params.get("TZID", "")) if value is not None else ""
            if value is None or not isinstance(value.dt, datetime) or value.dt.tzinfo is not None:
                continue
            known = _iana(told) if told else None
            value.dt = value.dt.replace(tzinfo=ZoneInfo(known) if known else zone)
            if name == "DTSTART" and known is None:
                reason = "value.unknown_zone" if told else "value.naive_time"
                remarks.append(RowFault(file, line, "TZID", told, reason))
    return zone, tuple(remarks)


def _iana(name: str) -> str | None:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    plain = name.strip('"').lstrip("/")
    found = WINDOWS_TO_OLSON.get(plain, plain)
    return found if found in available_timezones() else None


def _moment(value: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value if value.tzinfo else value.replace(tzinfo=zone)


def _meeting(event: Any, place: Provenance, zone: ZoneInfo, mapping: Mapping, remarks: tuple[RowFault, ...]) -> Reading:
    reason = _no_contact(event)
    if reason:
        return Skipped(reason)
    at = instant(_moment(event.get("DTSTART").dt, zone))
    told = event.get("ATTENDEE", [])
    attending = [one for one in (told if isinstance(told, list) else [told]) if _came(one)]
    organiser = [event["ORGANIZER"]] if event.get("ORGANIZER") is not None else []
    people = mail_accounts([str(one) for one in (*organiser, *attending)], mapping)
    if not people:
        return Skipped("meeting.nobody")
    where = str(event.get("LOCATION", "")).casefold()
    mode = Mode.UNKNOWN
    if any(word in where for word in _REMOTE) or event.get("X-MICROSOFT-SKYPETEAMSMEETINGURL"):
        mode = Mode.REMOTE
    elif where:
        mode = Mode.ON_SITE
    kind = Contact.VISIT if "vor ort" in where or "on site" in where else Contact.MEETING
    uid = str(event.get("UID", "")) or f"{place.file} {place.line}"
    row = contact_row(Meeting(SourceId(SOURCE, f"{uid} {at}"), at, kind, mode), people, place)
    return type(row)(row.statements, row.left_out, remarks)


def _came(attendee: Any) -> bool:
    """Whether somebody invited is a person who has not declined."""
    params = getattr(attendee, "params", {})
    named = str(params.get("CN", "")).casefold()
    local = address_of(str(attendee)).partition("@")[0]
    room = str(params.get("CUTYPE", "")).upper() in ("ROOM", "RESOURCE", "GROUP") or named.startswith(_ROOM)
    return str(params.get("PARTSTAT", "")).upper() != "DECLINED" and not room and not local.startswith(_ROOM)
