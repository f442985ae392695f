"""Which column of a table means what: names in German and English, and how its values are written."""

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph_service.model import Column
from importers.cells import pad_form
from importers.dates import date_form
from importers.levels import scale_of

_TURNED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_BRACKETS = re.compile(r"[(\[][^)\]]{0,100}[)\]]")


class Kind(enum.Enum):
    """What a field's values are."""

    TEXT = "text"
    KEY = "key"
    DAY = "day"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a format: what files call it; `many` collects all columns of that name. One that is not `kept` only
    tells the format: its column is left out."""

    name: str
    headers: tuple[str, ...]
    kind: Kind = Kind.TEXT
    needed: bool = False
    many: bool = False
    kept: bool = True


@lru_cache(maxsize=10_000)
def plain_name(header: str) -> str:
    """A column's name without case, blanks, signs and umlauts: `Pers.-Nr.` and `PersNr` are one name."""
    return "".join(letter for letter in header[:200].casefold().translate(_TURNED) if letter.isalnum())


def matches(fields: Sequence[Field], header: Sequence[str]) -> list[Field | None]:
    """The field each column means, or None; a field that is not `many` takes the first column that fits, and a name
    without its brackets (`Wert (1-6)`) fits when the whole name does not."""
    known: dict[str, Field] = {}
    for field in fields:
        for name in field.headers:
            known.setdefault(plain_name(name), field)
    taken: set[str] = set()
    found: list[Field | None] = []
    for name in header:
        meant = known.get(plain_name(name)) or known.get(plain_name(_BRACKETS.sub("", name[:200])))
        if meant is None or (meant.name in taken and not meant.many):
            found.append(None)
            continue
        taken.add(meant.name)
        found.append(meant)
    return found


def sureness(fields: Sequence[Field], header: Sequence[str]) -> float:
    """0 when a needed field has no column, else 0.5 and more by the share of columns that are known."""
    found = [field for field in matches(fields, header) if field]
    names = {field.name for field in found}
    if not found or any(field.needed and field.name not in names for field in fields):
        return 0.0
    named = sum(bool(name) for name in header)
    return 0.5 + 0.4 * len(found) / named + 0.1 * min(len(found), 20) / 20


def column_of(header: str, field: Field | None, values: Sequence[str], legend: str) -> Column:
    """How a column is read, from its values; one without any tells nothing of that."""
    if field is None:
        return Column(header, sure=float(bool(values)))
    if not field.kept:
        return Column(header)
    form, sure, other = "", 1.0, ""
    if field.kind is Kind.DAY:
        form, sure, other = date_form(values)
    elif field.kind is Kind.KEY:
        form = pad_form(values)
    elif field.kind is Kind.LEVEL:
        form, sure, other = scale_of(values, header, legend)
    if field.kind is not Kind.TEXT and not values:
        sure = 0.0
    return Column(header, field.name, form, round(sure, 2), other)
