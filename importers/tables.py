"""The table in a file, whatever holds it; what a file starts with is looked at once for all formats that ask."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from weakref import WeakKeyDictionary

from graph_service.errors import FileRefused
from graph_service.model import SourceFile
from importers.cells import is_total
from importers.delimited import layout_of, read_delimited
from importers.json_table import json_layout, read_json
from importers.ldif import ldif_layout, read_ldif
from importers.sap_list import read_sap_list, sap_layout
from importers.tabular import Layout, Table, TableRow
from importers.workbook import is_workbook, read_workbook, workbook_layout

ROWS_SAMPLED = 1_000


@dataclass(frozen=True, slots=True)
class Look:
    """What a table starts with: title rows, header, and up to 1,000 rows that fit under it."""

    layout: Layout
    titles: Sequence[Sequence[str]]
    header: Sequence[str]
    rows: Sequence[TableRow]

    def values(self, place: int) -> list[str]:
        """The filled cells of a column."""
        return [row.cells[place].strip() for row in self.rows if row.cells[place].strip()]


_LOOKS: WeakKeyDictionary[SourceFile, Look | FileRefused | None] = WeakKeyDictionary()
"""What was seen of a file, or why it could not be looked at: all formats ask."""


def look_at(source: SourceFile) -> Look | None:
    """What the file's table starts with; None where there is no table."""
    if source not in _LOOKS:
        try:
            _LOOKS[source] = _look(source)
        except FileRefused as refused:
            _LOOKS[source] = refused
    seen = _LOOKS[source]
    if isinstance(seen, FileRefused):
        raise seen
    return seen


def _look(source: SourceFile) -> Look | None:
    layout = _layout(source)
    if layout is None:
        return None
    table = _read(source, layout)
    rows = [row for row in islice(table.rows, ROWS_SAMPLED) if isinstance(row, TableRow) and not _sums(row)]
    return Look(layout, table.titles, table.header, rows)


def _sums(row: TableRow) -> bool:
    """Whether a row sums up others, so that its figures tell nothing of how theirs are written."""
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    return bool(filled) and is_total(filled[0]) and not {"Soll", "Ist"} <= set(filled)


def header_of(source: SourceFile) -> Sequence[str]:
    """The names of the columns; empty where there is no table."""
    look = look_at(source)
    return look.header if look else ()


def read_table(source: SourceFile) -> Table:
    """Streams the table; the caller checks the header. Raises FileRefused where there is none."""
    look = look_at(source)
    if look is None:
        raise FileRefused("file.no_table", file=source.name)
    return _read(source, look.layout)


def _layout(source: SourceFile) -> Layout | None:
    head, said = source.head(), source.read_by
    layout = (
        workbook_layout(source)
        if is_workbook(head)
        else ldif_layout(head) or json_layout(source) or sap_layout(head) or layout_of(head)
    )
    if layout is None or said is None:
        return layout
    own = layout.framed or layout.mangled or layout.delimiter in ("", ":", "{")
    return replace(
        layout,
        header_line=said.header_line,
        encoding=said.encoding or layout.encoding,
        delimiter=layout.delimiter if own else said.delimiter or layout.delimiter,
    )


def _read(source: SourceFile, layout: Layout) -> Table:
    if is_workbook(source.head()):
        return read_workbook(source, layout)
    if layout.delimiter == ":":
        return read_ldif(source)
    if layout.delimiter == "{":
        return read_json(source)
    return read_sap_list(source, layout) if layout.framed else read_delimited(source, layout)
