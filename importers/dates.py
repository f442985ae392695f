"""Days and moments in a cell; every reading is declared for its column, none is guessed per cell."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from graph_service.model import EVER, instant
from importers.tabular import CellFault

ISO = "iso"
DAYS = "day"
"""Before the patterns of a column whose moments are all midnights: systems write days so."""
_MIDNIGHT = re.compile(r"[ T]\s*(?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)? AM)(?:Z|[+-]\d\d:?\d\d)?$")
PATTERNS = (
    ISO, "%d.%m.%Y", "%d.%m.%y", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%Y%m%d", "%d/%m/%Y", "%m/%d/%Y",
    "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%d-%m-%Y", "%d-%m-%Y %H:%M", "%d/%b/%y %I:%M %p", "%d/%b/%Y %I:%M %p",
    "%d-%m-%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %I:%M %p", "%m/%d/%Y %I:%M %p",
    "%d/%m/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M:%S %p", "%d/%b/%y %H:%M", "%d/%b/%Y %H:%M", "%d.%m.%y %H:%M",
    "%Y/%m/%d", "%Y/%m/%d %H:%M", "%d-%b-%Y", "%d %b %Y", "%b %Y", "%Y",
)  # fmt: skip
PLAIN = (ISO, "%d.%m.%Y", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S")
"""Patterns that can mean but one day, whatever a column is declared to be: a spreadsheet turns one into the other."""
TURNED = {f"%d/%m/%Y{time}": f"%m/%d/%Y{time}" for time in ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")}
"""Patterns that read each other's days as months."""
NEVER_ENDS = frozenset({"-", "–", "unbegrenzt", "unbefristet", "dauerhaft", "nie", "never", "unlimited", "permanent",
                        "∞", "offen", "k.a.", "n/a", "#n/a", "#nv"})  # fmt: skip
"""What people write for a day that is not set or never comes."""
OPEN = frozenset({"9999-12-31", "31.12.9999", "99991231", "31/12/9999", "00.00.0000", "0000-00-00", "00000000"})
"""What systems write for a day that is not set or never comes."""
_FAR = 2099
"""Years from here on are slips, but for their last day, which systems write for a day that never comes."""
_OLDEST = 1900
_LENGTHS = {"%Y%m%d": 8, "%Y": 4}
_LATEST = 2050
"""Years in two figures lie before: somebody who joined in 68 did so in 1968."""
_MONTHS = {
    "jan": 1, "jän": 1, "feb": 2, "mar": 3, "mär": 3, "mrz": 3, "apr": 4, "mai": 5, "may": 5, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dez": 12, "dec": 12,
}  # fmt: skip
_NONE_FITS = 0.1
"""How sure a column is that no pattern reads: not 0, which says that it is empty and tells nothing."""
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WORD = re.compile(r"([^\W\d_]{3,})\.?")
_ZONED = re.compile(r"([+-]\d\d:?\d\d|Z)$")


@lru_cache(maxsize=20_000)
def day_or_moment(value: str, patterns: str, zone: str, column: str, *, early: bool = False) -> int | None:
    """The instant of a cell in one of the patterns (parted by ` | `); None where no day is set. A day is its first
    moment in UTC; a moment without zone is in `zone`. `early` takes days before 1970 as "always". Raises CellFault."""
    text = value.strip()
    if not text or is_open(text):
        return None
    if patterns.startswith(DAYS):
        text = _MIDNIGHT.sub("", text)
    for pattern in (*patterns.split(" | "), *PLAIN):
        moment = _parsed(text, pattern)
        if moment is not None:
            if moment.year >= _FAR and (moment.month, moment.day) == (12, 31):
                return None
            if not _OLDEST <= moment.year < _FAR:
                break
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC if len(text) <= 11 else _zone(zone))
            try:
                return EVER if early and moment.year < 1970 else instant(moment)
            except (ValueError, OverflowError):
                break
    raise CellFault(column, value, "value.not_a_time")


@lru_cache(maxsize=50_000)
def _parsed(text: str, pattern: str) -> datetime | None:
    try:
        if pattern == ISO:
            if len(text) == 10:
                return datetime.combine(date.fromisoformat(text), time())
            return datetime.fromisoformat(text) if text[4:5] == "-" else None
        if len(text) != _LENGTHS.get(pattern, len(text)):
            return None
        found = datetime.strptime(_english(text) if "%b" in pattern else text, pattern)
        return found.replace(year=found.year - 100) if "%y" in pattern and found.year > _LATEST else found
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _english(text: str) -> str:
    """The text with the month's name as the patterns know it."""

    def month(found: re.Match[str]) -> str:
        number = _MONTHS.get(found[1][:3].casefold())
        return _ENGLISH[number - 1] if number else found[0]

    return _WORD.sub(month, text, count=1)


def is_open(text: str) -> bool:
    """Whether a cell says that a day is not set or never comes."""
    return text[:10] in OPEN or text[:8] in OPEN or text.casefold() in NEVER_ENDS


def is_pattern(text: str) -> bool:
    """Whether days are written by these signs, so that what is written can be read again."""
    try:
        told = datetime(2026, 11, 26, 10, 30).strftime(text)
        return "%" in text and told != text and bool(datetime.strptime(told, text))
    except (ValueError, re.error):  # a part that stands twice
        return False


def is_naive(value: str) -> bool:
    """Whether a cell tells a time of day without saying in which zone."""
    text = value.strip()
    return len(text) > 11 and ":" in text and not _ZONED.search(text)


def reads(value: str, form: str) -> bool:
    """Whether a day or moment is written so."""
    try:
        return day_or_moment(value, form, "UTC", "", early=True) is not None or is_open(value.strip())
    except CellFault:
        return False


def date_form(values: Iterable[str]) -> tuple[str, float, str]:
    """Which patterns read all of these values, how sure that is, and the other reading where days and months may be
    turned. Values that no pattern reads are left to be faults."""
    texts = [text for text in dict.fromkeys(value.strip() for value in values) if text and not is_open(text)]
    timed = [text for text in texts if len(text) > 11 and ":" in text]
    chosen = [DAYS] if timed and all(map(_MIDNIGHT.search, timed)) else []
    if chosen:
        texts = [_MIDNIGHT.sub("", text) for text in texts]
    rest, other = texts, ""
    while rest:
        fits = {pattern: sum(_parsed(text, pattern) is not None for text in rest) for pattern in PATTERNS}
        best = max(PATTERNS, key=lambda pattern: fits[pattern])
        if not fits[best]:
            break
        if best in TURNED and fits[best] == fits[TURNED[best]]:
            other = TURNED[best]
        if TURNED.get(best) in chosen or any(TURNED.get(one) == best for one in chosen):
            other = other or best
        chosen.append(best)
        rest = [text for text in rest if _parsed(text, best) is None]
    if chosen in ([], [DAYS]):
        return ISO, _NONE_FITS if texts else 1.0, ""
    read = 1 - len(rest) / len(texts)
    return " | ".join(chosen), min(read, 0.4) if other else read, other
