"""Whether what a mapping says can be: forms of columns and settings, checked once before the first row."""

import re
from collections.abc import Callable, Sequence
from zoneinfo import available_timezones

from graph_service.errors import FileRefused
from graph_service.model import FROM_TITLE, ClaimedBy, Column, Mapping
from importers.columns import Field, Kind
from importers.dates import DAYS, ISO, date_form, is_pattern

_SCALE = re.compile(r"\d{1,3}(?:\.\d+)?-\d{1,3}(?:\.\d+)?")
_LONGEST = 10_000
_PAD = re.compile(r"(?:pad [1-9]\d?)?")


def check_values(fields: Sequence[Field], columns: Sequence[Column], mapping: Mapping, file: str) -> None:
    """Raises FileRefused for a form or setting that no cell could be read by."""
    kinds = {field.name: field.kind for field in fields}
    for column in columns:
        fits = _FORMS.get(kinds.get(column.field, Kind.TEXT))
        if column.form and fits is not None and not fits(column.form):
            raise FileRefused("mapping.bad_value", file=file, name=column.header, value=column.form[:100])
    for name, value in mapping.settings:
        if name not in _SETTINGS:
            raise FileRefused("mapping.unknown_setting", file=file, name=name[:100], names=", ".join(sorted(_SETTINGS)))
        fits = _SETTINGS[name]
        if value and value != "?" and not fits(value):
            raise FileRefused("mapping.bad_value", file=file, name=name[:100], value=value[:100])


def is_scale(text: str) -> bool:
    """`1-5`, `6-1`: two figures that differ."""
    worst, _, best = text.partition("-")
    return bool(_SCALE.fullmatch(text)) and worst != best


def _is_iso_day(text: str) -> bool:
    form, sure, _ = date_form([text])
    return len(text) == 10 and form == ISO and bool(sure)


def _are_words(text: str) -> bool:
    try:
        values = [float(pair.partition("=")[2].strip().replace(",", ".")) for pair in text.split(";") if pair.strip()]
    except ValueError:
        return False
    return all(0 <= value <= 1 for value in values)


def _are_patterns(text: str) -> bool:
    return all(part in (ISO, DAYS) or is_pattern(part) for part in text.split(" | "))


_FORMS: dict[Kind, Callable[[str], object]] = {Kind.LEVEL: is_scale, Kind.DAY: _are_patterns, Kind.KEY: _PAD.fullmatch}
_SETTINGS: dict[str, Callable[[str], object]] = {
    "zone": lambda text: text in available_timezones(),
    "scale": is_scale,
    "claimed_by": lambda text: text in ClaimedBy.__members__,
    "rated_by": lambda text: text in ClaimedBy.__members__,
    "words": _are_words,
    "language": lambda text: text in ("auto", "de", "en"),
    "begins": _is_iso_day,
    "as_above": lambda text: text in ("yes", "no"),
    "nobody": lambda text: len(text) <= _LONGEST,
    "person": lambda text: len(text) <= _LONGEST,
    "assessed_on": lambda text: bool(date_form([text.removeprefix(FROM_TITLE)])[1]),
}
