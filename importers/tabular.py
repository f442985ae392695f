"""Tables, whatever holds them: delimited text, a workbook's sheet, a list printed by SAP."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from graph_service.model import Notice, RowFault, Skipped

ROWS_LOOKED_AT = 25
"""How many records are looked at for the header below title lines."""


class CellFault(Exception):
    """A cell or field that cannot be read; the importer turns it into a RowFault with its place."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(column, reason)
        self.column = column
        self.value = value[:200]
        self.reason = reason


class TableRow(NamedTuple):
    """The cells of one record and the physical line it starts on, counted from 1."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table lies in its file: text encoding and delimiter, the physical line of the header, whether a spreadsheet
    has put each line into one cell (`mangled`), a first line names the delimiter (`hint`) or SAP has printed frames
    (`framed`), and what is unusual."""

    encoding: str = ""
    delimiter: str = ""
    header_line: int = 1
    mangled: bool = False
    hint: bool = False
    framed: bool = False
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The title rows, the header, and then the rows in the file's order; a row that cannot be read is a fault."""

    titles: Sequence[Sequence[str]]
    header: Sequence[str]
    rows: Iterator[TableRow | RowFault | Skipped]


def header_place(records: Sequence[Sequence[str]]) -> int:
    """Which of the first records is the header: the first that fills most of the usual width and holds no figures."""
    filled = [sum(bool(cell.strip()) for cell in record) for record in records]
    if not filled:
        return 0
    usual = Counter(width for width in filled if width > 1).most_common(1)
    needed = 0.6 * min(usual[0][0], max(filled)) if usual else 1
    for place, record in enumerate(records):
        names = [cell.strip() for cell in record if cell.strip()]
        if len(names) >= needed and len(names) > len(record) / 3 and not any(_is_figure(name) for name in names):
            return place
    return 0


def _is_figure(text: str) -> bool:
    return not any(letter.isalpha() for letter in text) and any(letter.isdigit() for letter in text)


def header_notices(header: Sequence[str]) -> list[Notice]:
    """Names that stand twice; which is usual in some exports and a mistake in others."""
    twice = sorted(name for name, times in Counter(name.casefold() for name in header if name).items() if times > 1)
    return [Notice("notice.double_header", (("columns", ", ".join(twice)),))] if twice else []


def checked(
    rows: Iterable[TableRow | RowFault], name: str, width: int, header: Sequence[str]
) -> Iterator[TableRow | RowFault | Skipped]:
    """The rows as they fit under the header: wider or narrower ones and damaged letters are faults, empty ones are
    skipped, a header that is repeated too."""
    for row in rows:
        if isinstance(row, RowFault):
            yield row
        elif not any(cell.strip() for cell in row.cells):
            if len(row.cells) > 1:
                yield Skipped("row.empty")
        elif (
            width > 1
            and not any(map(str.strip, row.cells[1:]))
            and patterns("footers.txt").fullmatch(row.cells[0].strip().casefold())
        ):
            yield Skipped("row.footer")
        elif len(row.cells) != width:
            wide = len(row.cells) > width
            sizes = f"{len(row.cells)} / {width}"
            yield RowFault(
                name, row.line, "", sizes, "row.wide" if wide else "row.narrow", tuple(map(readable, row.cells))
            )
        elif not "".join(row.cells).isascii() and any(is_damaged(cell) for cell in row.cells):
            shown = tuple(readable(cell) for cell in row.cells)
            damaged = next(place for place, cell in enumerate(row.cells) if is_damaged(cell))
            yield RowFault(
                name,
                row.line,
                header[damaged] if damaged < len(header) else "",
                shown[damaged][:200],
                "row.damaged_letters",
                shown,
            )
        elif width > 1 and row.cells[0] == header[0] and list(row.cells) == list(header):
            yield Skipped("row.header_again")
        else:
            yield row


def filled_up(rows: Iterable[TableRow | RowFault | Skipped], width: int) -> Iterator[TableRow | RowFault | Skipped]:
    """The rows of an export that leaves empty cells at the end of a row away."""
    for row in rows:
        if isinstance(row, RowFault) and row.reason == "row.narrow":
            yield TableRow(row.line, [*row.cells, *[""] * (width - len(row.cells))])
        else:
            yield row


@cache
def patterns(name: str) -> re.Pattern[str]:
    """What a list of patterns that ships with the importers knows: one on each line."""
    lines = files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(f"(?:{line.strip()})" for line in lines if line.strip() and not line.startswith("#")))


def readable(cell: str) -> str:
    """The cell with a mark for each letter that is none."""
    return cell.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def is_damaged(cell: str) -> bool:
    """Whether bytes of it were no letters of the file's encoding."""
    return any("\udc80" <= letter <= "\udcff" for letter in cell)
