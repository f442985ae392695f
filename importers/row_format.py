"""A format of tables: its fields, and how a row becomes statements. Own formats start here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field as own, replace
from functools import lru_cache
from typing import ClassVar

from graph_service.errors import FileRefused
from graph_service.model import (
    Column,
    Mapping,
    Notice,
    Proposal,
    Provenance,
    Reading,
    RowFault,
    Skipped,
    SourceFile,
    SourceRow,
    lacking,
    run_of_refused,
)
from importers.cells import key_of, name_is_damaged, padded
from importers.columns import Field, Kind, column_of, matches, sureness
from importers.dates import DAYS, date_form, day_or_moment, is_naive, reads
from importers.levels import BROKEN, level
from importers.mapping_values import check_values
from importers.said_once import carried_down, may_be_said_once
from importers.tables import Look, look_at, read_table
from importers.tabular import CellFault, TableRow, filled_up

ZONE = "Europe/Berlin"
Words = dict[str, float]


@dataclass(slots=True)
class Row:
    """One record under its header: cells by field, read as the mapping says; `remarks` collects what looks wrong."""

    cells: Sequence[str]
    places: dict[str, list[int]]
    mapping: Mapping
    provenance: Provenance
    remarks: list[RowFault] = own(default_factory=list)
    left_out: list[str] = own(default_factory=list)

    def text(self, name: str) -> str:
        """The cell's text, empty where there is none."""
        places = self.places.get(name)
        text = self.cells[places[0]].strip() if places else ""
        return "" if text[:1] == "#" and text.casefold() in BROKEN else text

    def texts(self, name: str) -> list[str]:
        """The filled cells of all columns that mean this field."""
        return [self.cells[place].strip() for place in self.places.get(name, ()) if self.cells[place].strip()]

    def needed(self, name: str) -> str:
        """The cell's text; raises CellFault when it is empty."""
        text = self.text(name)
        if not text:
            raise CellFault(self.header(name), "", "value.missing")
        return text

    def key(self, name: str) -> str:
        """A number that is a name: zeros stay, and are filled up where the mapping says so."""
        return padded(key_of(self.text(name), self.header(name)), self.form(name)) if name in self.places else ""

    def at(self, name: str, *, early: bool = False) -> int | None:
        """The instant of a day or moment; None where none is set. Raises CellFault, before 1970 too unless `early`."""
        text = self.text(name)
        if not text:
            return None
        zone = self.mapping.setting("zone", ZONE)
        return day_or_moment(text, self.form(name), zone, self.header(name), early=early)

    def needed_at(self, name: str) -> int:
        """The instant; raises CellFault when there is none."""
        self.needed(name)
        at = self.at(name)
        if at is None:
            raise CellFault(self.header(name), self.text(name), "value.not_a_time")
        return at

    def level(self, name: str) -> float | None:
        """A level as 0..1; None for signs that claim nothing. Raises CellFault off the scale."""
        return level(self.text(name), self.form(name) or "1-5", own_words(self.mapping), self.header(name))

    def name(self, name: str) -> str:
        """Somebody's name; letters lost on the way are remarked."""
        text = self.text(name)
        if name_is_damaged(text):
            self.remark(name, "value.damaged_name")
        return text

    def remark(self, name: str, reason: str, value: str | None = None) -> None:
        """Notes what looks wrong in a cell of a row that is taken, with another `value` than the cell's where given."""
        place, told = self.provenance, self.text(name)[:200] if value is None else value
        self.remarks.append(RowFault(place.file, place.line, self.header(name), told, reason))

    def column(self, name: str) -> Column:
        """The column that means a field; an empty one where there is none."""
        places = self.places.get(name)
        return self.mapping.columns[places[0]] if places else Column(name)

    def form(self, name: str) -> str:
        """How the field's values are written."""
        places = self.places.get(name)
        return self.mapping.columns[places[0]].form if places else ""

    def header(self, name: str) -> str:
        """What the file calls the field."""
        return self.column(name).header


def own_words(mapping: Mapping) -> Words:
    """Words for levels that the mapping names: `words = "Könner=0.8; Laie=0.2"`."""
    return _words(mapping.setting("words"))


@lru_cache(maxsize=8)
def _words(setting: str) -> Words:
    words = {}
    for pair in setting.split(";"):
        word, _, value = pair.partition("=")
        if word.strip() and value.strip():
            words[word.strip().casefold()] = float(value.strip().replace(",", "."))
    return words


class TableFormat:
    """Reads tables whose columns mean `fields`; a format names them and makes a SourceRow of a Row in `row`."""

    name: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]]
    settings: ClassVar[tuple[tuple[str, str], ...]] = ()
    ends_are_cut: ClassVar[bool] = False
    """Whether the system leaves empty cells at the end of a row away; elsewhere a narrow row is a fault."""
    said_once: ClassVar[frozenset[str]] = frozenset()
    """Fields that some lists fill in the first of several rows only; the setting `as_above` says whether one does."""

    def row(self, row: Row) -> SourceRow | Skipped:
        """What one record says; raises CellFault for a cell that cannot be read."""
        raise NotImplementedError

    def recognises(self, source: SourceFile) -> float:
        """0 when a needed column is missing, else more the more columns are known."""
        look = look_at(source)
        return sureness(self.fields, look.header) if look else 0.0

    def propose(self, source: SourceFile) -> Proposal:
        """What each column means and how its values are written."""
        look = look_at(source)
        if look is None:
            raise FileRefused("file.no_table", file=source.name)
        found = self.meanings(look)
        doubles = [n for n, f in zip(look.header, found, strict=True) if f is None and look.header.count(n) > 1]
        if any(f and not f.many and n in doubles for n, f in zip(look.header, found, strict=True)):
            raise FileRefused("file.double_column", file=source.name)
        columns = tuple(
            column_of(header, field, look.values(place), _legend(look))
            for place, (header, field) in enumerate(zip(look.header, found, strict=True))
        )
        settings = self.own_settings(look)
        notices = [*look.layout.notices, *_naive(look, found, columns, dict(settings).get("zone", ZONE))]
        if may_be_said_once(look.rows, [n for n, field in enumerate(found) if field and field.name in self.said_once]):
            settings = (*settings, ("as_above", "?"))
        mapping = Mapping(
            self.name,
            part=source.part,
            encoding=look.layout.encoding,
            delimiter=look.layout.delimiter,
            header_line=look.layout.header_line,
            columns=columns,
            settings=settings,
        )
        samples = tuple(tuple(dict.fromkeys(look.values(place)))[:3] for place in range(len(columns)))
        return Proposal(mapping, samples, tuple(notices))

    def completed(self, source: SourceFile, mapping: Mapping) -> Mapping:
        """The mapping with how days and levels are written where it only says which columns they are."""
        look = look_at(source)
        fields = {field.name: field for field in self.fields if field.kind in (Kind.DAY, Kind.LEVEL)}
        if look is None:
            return mapping
        columns = list(mapping.columns)
        for place, (header, column) in enumerate(zip(look.header, mapping.columns, strict=False)):
            if header == column.header and column.field in fields and not column.form:
                columns[place] = column_of(header, fields[column.field], look.values(place), _legend(look))
        return replace(mapping, columns=tuple(columns))

    def meanings(self, look: Look) -> list[Field | None]:
        """The field each column means; formats whose columns have no fixed names say more."""
        return matches(self.fields, look.header)

    def own_settings(self, look: Look) -> tuple[tuple[str, str], ...]:
        """What the mapping should name beside the columns."""
        moments = any(field.kind is Kind.DAY for field in self.fields)
        return (*self.settings, ("zone", ZONE)) if moments else self.settings

    def read(self, source: SourceFile, mapping: Mapping) -> Iterator[Reading]:
        """A SourceRow, a fault or a reason for leaving it out per record."""
        table = read_table(source)
        mapping, places = self.placed(mapping, table.header, source)
        name, corrected = source.name, any(run_of_refused(header) is not None for header in table.header[-1:])
        rows = filled_up(table.rows, len(table.header)) if self.ends_are_cut else table.rows
        if mapping.setting("as_above") == "yes" and not corrected:
            rows = carried_down(rows, [place for one in self.said_once for place in places.get(one, ())])
        for found in rows:
            if not isinstance(found, TableRow):
                yield found
                continue
            cells = [_unquoted(cell) for cell in found.cells] if corrected else found.cells
            row = Row(cells, places, mapping, Provenance(name, found.line))
            yield self._reading(row)

    def _reading(self, row: Row) -> Reading:
        place = row.provenance
        try:
            made = self.row(row)
        except CellFault as fault:
            return RowFault(place.file, place.line, fault.column, fault.value, fault.reason, tuple(row.cells))
        if isinstance(made, SourceRow):
            return SourceRow(made.statements, made.left_out, made.remarks, tuple(row.cells))
        return made

    def placed(
        self, mapping: Mapping, header: Sequence[str], source: SourceFile
    ) -> tuple[Mapping, dict[str, list[int]]]:
        """The mapping with one column for each of the table's, and where each field stands. Days that this file writes
        in another way altogether are read as it writes them.

        Raises FileRefused for a field that the format does not have and for a needed one without a column.
        """
        file = source.name
        waiting = list(mapping.columns)
        columns = []
        for name in header:
            found = next((column for column in waiting if column.header == name), None)
            if found is not None:
                waiting.remove(found)
            columns.append(found or Column(name))
        places: dict[str, list[int]] = {}
        for place, column in enumerate(columns):
            if column.field:
                places.setdefault(column.field, []).append(place)
        self.check(places, mapping.columns, file)
        check_values(self.fields, columns, mapping, file)
        look = look_at(source)
        days = {field.name for field in self.fields if field.kind is Kind.DAY}
        for place in [places[name][0] for name in days & places.keys()]:
            columns[place] = _as_written(columns[place], look.values(place) if look else ())
        return replace(mapping, columns=tuple(columns)), places

    def check(self, places: dict[str, list[int]], columns: Sequence[Column], file: str) -> None:
        """Raises FileRefused when the mapping does not fit the format."""
        known = {field.name: field for field in self.fields}
        for name, found in places.items():
            if name not in known:
                raise FileRefused("mapping.unknown_field", file=file, field=name, fields=", ".join(known))
            if len(found) > 1 and not known[name].many:
                raise FileRefused("mapping.field_twice", file=file, field=name)
        for field in lacking(self.fields, places):
            named = [column.header for column in columns if column.field == field.name]
            raise FileRefused("file.missing_column", file=file, column=", ".join(named or field.headers[:3]))


def _legend(look: Look) -> str:
    """What stands above the header."""
    return " ".join(cell for record in look.titles for cell in record if cell)


def _unquoted(cell: str) -> str:
    """A cell of a corrected file of refused rows without the quote that kept a spreadsheet from computing it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@") else cell


def _as_written(column: Column, values: Sequence[str]) -> Column:
    """The column of days with the pattern it is written by here, where the mapping's reads none of them."""
    some = values[:_DAYS_TRIED]
    if not column.form or not some or any(reads(value, column.form) for value in some):
        return column
    form, sure, other = date_form(values)
    return replace(column, form=form) if sure > 0.5 and not other else column


_DAYS_TRIED = 50


def _naive(look: Look, found: Sequence[Field | None], columns: Sequence[Column], zone: str) -> list[Notice]:
    """A notice for columns with times of day that do not say in which zone; midnights alone are days."""
    naive = [
        column.header
        for place, (field, column) in enumerate(zip(found, columns, strict=True))
        if field and field.kind is Kind.DAY and not column.form.startswith(DAYS)
        if any(is_naive(value) for value in look.values(place)[:50])
    ]
    return [Notice("notice.naive_times", (("columns", ", ".join(naive)), ("zone", zone)))] if naive else []
