"""The house's own lists of things: a format names its noun and its columns, a row becomes one noun."""

from dataclasses import fields
from typing import Any, ClassVar

from graph_service.model import SourceFile, SourceId, SourceRow, Statement
from importers.cells import figure
from importers.clock_times import span_of_day, weekdays
from importers.columns import Field, Kind, matches
from importers.house import SOURCE, parts, person_of
from importers.row_format import Row, TableFormat
from importers.tables import header_of
from importers.tabular import CellFault


class HouseList(TableFormat):
    """`own_key` are the fields that make a row the same thing next time; `telling` columns besides the needed ones must
    be there for the list to be recognised; those of `may_be_empty` may be; `choices` are the words of a field."""

    noun: ClassVar[Any]
    own_key: ClassVar[tuple[str, ...]]
    telling: ClassVar[tuple[str, ...]] = ()
    may_be_empty: ClassVar[tuple[str, ...]] = ()
    numbers: ClassVar[tuple[str, ...]] = ()
    choices: ClassVar[dict[str, dict[str, str]]] = {}

    def recognises(self, source: SourceFile) -> float:
        """As other tables, when the telling columns are there."""
        found = {field.name for field in matches(self.fields, header_of(source)) if field}
        return super().recognises(source) if set(self.telling) <= found else 0.0

    def row(self, row: Row) -> SourceRow:
        """The thing with its people."""
        for field in self.fields:
            if field.needed and field.name not in self.may_be_empty:
                row.needed(field.name)
        own = SourceId(SOURCE, " ".join(row.text(name).casefold() for name in self.own_key))
        told = {
            one.name: self._value(row, one.name, str(one.type)) for one in fields(self.noun) if one.name != "source_id"
        }
        begins, ends = told.get("from_at"), told.get("until_at")
        if isinstance(begins, int) and isinstance(ends, int) and ends < begins:
            raise CellFault(row.header("until_at"), row.text("until_at"), "value.ends_before")
        return SourceRow((Statement(own, (self.noun(own, **told),), row.provenance),), (), tuple(row.remarks))

    def _value(self, row: Row, name: str, kind: str) -> object:
        text = row.text(name)
        if name in self.noun.people:
            return person_of(text) if text else None
        if any(field.name == name and field.kind is Kind.DAY for field in self.fields):
            return row.at(name)
        if name == "hours" and "str" in kind:
            return span_of_day(text, row.header(name)) if text else ""
        if name == "weekday":
            return weekdays(text, row.header(name)) if text else ""
        if name in self.numbers:
            return _amount(row, name) if text else 0.0
        if "tuple" in kind:
            if "SourceId" in kind:
                return tuple(SourceId(SOURCE, one.casefold()) for one in parts(text))
            found = parts(text)  # words, unlike names, have no comma in them
            return found if len(found) > 1 else parts(text.replace(",", ";"))
        if "SourceId" in kind:  # a case keeps its number as it is written
            return SourceId(SOURCE, text if name == "case" else text.casefold()) if text else None
        if name in self.choices and text:
            return _chosen(row, name, self.choices[name])
        return text


def _amount(row: Row, name: str) -> float:
    """A number of things; raises CellFault below zero."""
    found = figure(row.text(name), row.header(name))
    if found < 0:
        raise CellFault(row.header(name), row.text(name), "value.negative")
    return found


def _chosen(row: Row, name: str, words: dict[str, str]) -> str:
    text = row.text(name)
    found = words.get(text.casefold()) or (text.upper() if text.upper() in words.values() else "")
    if not found:
        raise CellFault(row.header(name), text, "value.not_a_choice")
    return found


def until(name: str = "until_at") -> Field:
    """The column for an end."""
    return Field(name, ("bis", "gültig bis", "until", "valid until"), Kind.DAY)


def since(name: str = "from_at", *, needed: bool = False) -> Field:
    """The column for a beginning."""
    return Field(name, ("von", "ab", "seit", "gültig ab", "from", "since"), Kind.DAY, needed)
