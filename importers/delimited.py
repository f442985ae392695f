"""Delimited text (CSV) with its physical lines, whatever the encoding."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph_service.errors import FileRefused
from graph_service.model import Notice, RowFault, SourceFile
from importers.tabular import ROWS_LOOKED_AT, Layout, Table, TableRow, checked, header_notices, header_place, readable

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
        if _is_mostly_utf8(head):
            return "utf-8"
        return max(("cp1252", "cp850", "mac_roman"), key=lambda name: _german_share(head, name))
    return "utf-8"


def _is_mostly_utf8(head: bytes) -> bool:
    """Whether there are more letters of UTF-8 than bytes that cannot be: a few lines were added in another encoding."""
    letters = [letter for letter in head.decode("utf-8", "surrogateescape") if letter > "\x7f"]
    lost = sum("\udc80" <= letter <= "\udcff" for letter in letters)
    return len(letters) > 2 * lost


def _german_share(head: bytes, name: str) -> int:
    return sum(head.decode(name, "replace").count(letter) for letter in _GERMAN)


def layout_of(head: bytes) -> Layout | None:
    """How the text lies; None when it is no text."""
    encoding = encoding_of(head)
    whole = head.decode(encoding, "replace")
    text, hint = _without_hint(whole)
    if not text.strip() or "\0" in text[:1000]:
        return None
    delimiter = hint or _delimiter(text)
    records = [cells for _, cells in _first(text, delimiter)]
    mangled = _is_mangled(records, delimiter)
    if mangled:
        delimiter = ","
        records = list(_first_cells(records, ","))
    place = header_place(records)
    line = bool(hint) + 1 + _lines_before(text, ";" if mangled else delimiter, place)
    notices = header_notices(records[place]) if records else []
    if mangled:
        notices.append(Notice("notice.mangled"))
    if "\ufffd" in text and encoding.startswith(("utf-8", "utf-16")):
        notices.append(Notice("notice.lost_letters"))
    return Layout(encoding, delimiter, line, mangled, bool(hint), notices=tuple(notices))


def _lines_before(text: str, delimiter: str, place: int) -> int:
    """How many physical lines the records before the header take."""
    starts = [line for line, _ in _first(text, delimiter)]
    return starts[place] - 1 if place < len(starts) else 0


def _without_hint(text: str) -> tuple[str, str]:
    """The text after a first line `sep=;`, which some spreadsheets write and which names no column; the delimiter."""
    if text[:4].casefold() != "sep=":
        return text, ""
    line, _, rest = text.partition("\n")
    return rest, line[4:5]


def _first(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """The first records with the physical line each starts on; empty lines are records without cells."""
    reader: Reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    records: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            records.append((line, cells))
            line = reader.line_num + 1
            if len(records) == ROWS_LOOKED_AT:
                break
    except csv.Error:
        pass
    return records


def _delimiter(text: str) -> str:
    """The delimiter that splits the most of the first records into the same number of cells."""

    def fit(delimiter: str) -> float:
        records = [len(cells) for _, cells in _first(text, delimiter) if cells]
        widths = Counter(width for width in records if width > 1)
        width, times = widths.most_common(1)[0] if widths else (1, 0)
        return (width - 1) * times * times / max(1, len(records))  # a list inside of a cell parts few records

    return max(_DELIMITERS, key=fit)


def _is_mangled(records: Sequence[Sequence[str]], delimiter: str) -> bool:
    """Whether a spreadsheet has put whole lines of a comma list into its first column, `;` at the end."""
    if delimiter == ",":
        filled = [record for record in records if record and record[0]]
        return bool(filled) and all(record[0].count(",") and not any(record[1:]) for record in filled)
    filled = [record for record in records if any(record)]
    return (
        delimiter == ";"
        and len(filled) > 1
        and all(record[0].count(",") > 1 and not any(cell.strip() for cell in record[1:]) for record in filled)
    )


def _first_cells(records: Sequence[Sequence[str]], delimiter: str) -> Iterator[list[str]]:
    return csv.reader((record[0] for record in records if record), delimiter=delimiter)


class Reader(Protocol):
    """What `csv.reader` returns."""

    line_num: int

    def __iter__(self) -> "Reader": ...
    def __next__(self) -> list[str]: ...


@dataclass
class _Lines:
    """Physical lines one by one, counted."""

    reader: Reader
    line_num: int = 0

    def __iter__(self) -> Iterator[str]:
        for record in self.reader:
            self.line_num = self.reader.line_num
            yield record[0] if record else ""


def read_delimited(source: SourceFile, layout: Layout) -> Table:
    """Streams a CSV; rows wider or narrower than the header are faults. Raises FileRefused when it breaks off."""
    stream = io.TextIOWrapper(source.open(), encoding=layout.encoding, errors="surrogateescape", newline="")
    before = int(layout.hint)
    if layout.hint:
        stream.readline()
    reader: Reader = csv.reader(
        stream, delimiter=";" if layout.mangled else layout.delimiter, strict=not layout.mangled
    )
    if layout.mangled:
        reader = csv.reader(_Lines(reader), delimiter=layout.delimiter)
    titles: list[Sequence[str]] = []
    try:
        while before + reader.line_num < layout.header_line - 1:
            titles.append(next(reader))
        header = [readable(cell.strip()) for cell in next(reader, [])]
    except StopIteration:
        raise FileRefused("mapping.header_line", file=source.name, line=layout.header_line) from None
    except csv.Error:
        raise FileRefused("file.broken", file=source.name) from None
    rows = checked(_rows(reader, source.name, before), source.name, len(header), header)
    return Table(titles, header, rows)


def _rows(reader: Reader, name: str, before: int) -> Iterator[TableRow | RowFault]:
    """The rows after the header; `before` lines stood before what the reader reads."""
    line = before + reader.line_num + 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if "field limit" in str(error):  # the rest of the cell would be read as rows
                raise FileRefused("file.cell_too_big", file=name, line=line, most=CELL_LIMIT) from None
            yield RowFault(name, line, "", "", "row.unreadable")
            line = before + reader.line_num + 1
            continue
        if cells is None:
            return
        yield TableRow(line, cells)
        line = before + reader.line_num + 1
