"""A sheet of a workbook (XLSX) as a table; every cell becomes text, days become ISO dates."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from weakref import WeakKeyDictionary

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from graph_service.errors import FileRefused
from graph_service.model import Notice, SourceFile
from importers.tabular import ROWS_LOOKED_AT, Layout, Table, TableRow, checked, header_notices, header_place
from importers.workbook_parts import unshown

MOST_UNPACKED = 1_073_741_824
MOST_PACKING = 200
MOST_PACKED = 134_217_728
Value = str | int | float | bool | time | date | datetime | timedelta


def is_workbook(head: bytes) -> bool:
    """Whether these bytes start an archive that may hold a workbook."""
    return head.startswith(b"PK\x03\x04")


def workbook_layout(source: SourceFile) -> Layout | None:
    """Where the header stands in the sheet; None when there is no such sheet or nothing in it."""
    first = list(islice(_records(source), ROWS_LOOKED_AT))
    records = [cells for _, cells in first]
    if not any(any(record) for record in records):
        return None
    place = header_place(records)
    notices = header_notices([cell for cell in records[place] if cell])
    hidden, formulas = unshown(source)
    if hidden:
        notices.append(Notice("notice.hidden_rows", (("rows", str(len(hidden))),)))
    if formulas:
        notices.append(Notice("notice.formulas_empty", (("cells", str(formulas)),)))
    return Layout(header_line=first[place][0], notices=tuple(notices))


def read_workbook(source: SourceFile, layout: Layout) -> Table:
    """The sheet's rows; columns without a name at the right end are no part of it."""
    records = _records(source)
    titles: list[Sequence[str]] = []
    header: list[str] = []
    for line, cells in records:
        if line >= layout.header_line:
            header = [cell.strip() for cell in cells]
            break
        titles.append(cells)
    width = max((place + 1 for place, name in enumerate(header) if name), default=0)
    rows = (TableRow(line, _fitted(cells, width)) for line, cells in records)
    return Table(titles, header[:width], checked(rows, source.name, width, header[:width]))


def _fitted(cells: Sequence[str], width: int) -> Sequence[str]:
    """The row without empty cells beyond the header."""
    if len(cells) == width:
        return cells
    beyond = max((place + 1 for place, cell in enumerate(cells) if cell), default=0)
    return [*cells[: max(width, beyond)], *[""] * (width - len(cells))]


_NEWEST: WeakKeyDictionary[SourceFile, CalamineSheet] = WeakKeyDictionary()
"""The sheet read last: it is looked at, then read, and unpacking it costs more than either."""


def _records(source: SourceFile) -> Iterator[tuple[int, list[str]]]:
    sheet = _NEWEST.get(source)
    if sheet is None:
        _NEWEST.clear()
        sheet = _NEWEST[source] = _sheet(source)
    first, left = sheet.start or (0, 0)
    for number, values in enumerate(sheet.iter_rows(), start=first + 1):
        yield number, [""] * left + [value if isinstance(value, str) else _text(value) for value in values]
    _NEWEST.clear()  # read to its end: the memory is wanted for what comes after


def _sheet(source: SourceFile) -> CalamineSheet:
    with source.open() as stream:
        content = io.BytesIO(stream.read(MOST_PACKED + 1))
    if len(content.getbuffer()) > MOST_PACKED:
        raise FileRefused("file.too_big_unpacked", file=source.name)
    _check_size(content, source.name)
    try:
        book = CalamineWorkbook.from_filelike(content)
        return book.get_sheet_by_name(source.part) if source.part else book.get_sheet_by_index(0)
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError):
        raise FileRefused("file.broken", file=source.name) from None


def _check_size(content: io.BytesIO, name: str) -> None:
    """Raises FileRefused for an archive that would unpack to more than the memory bears."""
    try:
        members = zipfile.ZipFile(content).infolist()
    except zipfile.BadZipFile:
        raise FileRefused("file.broken", file=name) from None
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if unpacked > MOST_UNPACKED or (unpacked > 67_108_864 and unpacked / packed > MOST_PACKING):
        raise FileRefused("file.too_big_unpacked", file=name)
    content.seek(0)


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
