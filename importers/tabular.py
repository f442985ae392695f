"""CSV rows with their physical lines, whatever the encoding."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph_service.errors import FileRefused
from graph_service.model import RowFault, SourceFile

HEAD = 262_144
CELL_LIMIT = 16_777_216
_GERMAN = "äöüÄÖÜßéèş"
_DELIMITERS = ",;\t|"
csv.field_size_limit(CELL_LIMIT)


def encoding_of(head: bytes) -> str:
    """BOM, zero bytes, strict UTF-8, then the old code page that gives the largest share of German letters."""
    for bom, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(bom):
            return name
    if head[:200].count(0) > len(head[:200]) // 4:
        return "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return max(("cp1252", "cp850", "mac_roman"), key=lambda name: _german_share(head, name))
    return "utf-8"


def _german_share(head: bytes, name: str) -> int:
    return sum(head.decode(name, "replace").count(letter) for letter in _GERMAN)


def header_of(head: bytes) -> list[str]:
    """The cells of the first line, by the delimiter that splits it most; empty when there is no text."""
    text = _without_hint(head.decode(encoding_of(head), "replace"))
    if not text.strip() or "\0" in text[:1000]:
        return []
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), [])
    except csv.Error:
        return []


def _without_hint(text: str) -> str:
    """The text after a first line `sep=;`, which some spreadsheets write and which names no column."""
    return text.split("\n", 1)[-1] if text[:4].casefold() == "sep=" else text


def _delimiter(text: str) -> str:
    line = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=line.count)


class CellFault(Exception):
    """A cell or field that cannot be read; the importer turns it into a RowFault with its place."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(column, reason)
        self.column = column
        self.value = value[:200]
        self.reason = reason


class Reader(Protocol):
    """What `csv.reader` returns."""

    line_num: int

    def __iter__(self) -> "Reader": ...
    def __next__(self) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of one record and the physical line it starts on, counted from 1."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The header and then the rows, in the file's order; a row that cannot be read is a fault."""

    header: Sequence[str]
    rows: Iterator[TableRow | RowFault]


def read_table(source: SourceFile) -> Table:
    """Streams a CSV; the caller checks the header. Rows wider or narrower than the header are faults."""
    with source.open() as probe:
        head = probe.read(HEAD)
    encoding = encoding_of(head)
    whole = head.decode(encoding, "replace")
    text = _without_hint(whole)
    stream = io.TextIOWrapper(source.open(), encoding=encoding, errors="surrogateescape", newline="")
    hint = int(text is not whole)
    if hint:
        stream.readline()
    reader: Reader = csv.reader(stream, delimiter=_delimiter(text), strict=True)
    try:
        header = next(reader, [])
    except csv.Error:
        raise FileRefused("file.broken", file=source.name) from None
    return Table([cell.strip() for cell in header], _rows(reader, source.name, len(header), hint))


def _rows(reader: "Reader", name: str, width: int, hint: int) -> Iterator[TableRow | RowFault]:
    """The rows after the header; `hint` lines stood before it."""
    line = hint + reader.line_num + 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if "field limit" in str(error):  # the rest of the cell would be read as rows
                raise FileRefused("file.broken", file=name) from None
            yield RowFault(name, line, "", "", "row.unreadable")
            line = hint + reader.line_num + 1
            continue
        if cells is None:
            return
        start, line = line, hint + reader.line_num + 1
        if not any(cells):
            continue
        if len(cells) != width:
            yield RowFault(
                name, start, "", f"{len(cells)} / {width}", "row.wide" if len(cells) > width else "row.narrow"
            )
        elif any(not cell.isascii() and _damaged(cell) for cell in cells):
            yield RowFault(name, start, "", "", "row.damaged_letters")
        else:
            yield TableRow(start, cells)


def _damaged(cell: str) -> bool:
    return any("\udc80" <= letter <= "\udcff" for letter in cell)
