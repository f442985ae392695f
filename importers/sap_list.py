"""A list printed by SAP (ALV) as text: `|` frames, rules of dashes, the header again on every page, lines of sums."""

import io
import re
from collections.abc import Iterator, Sequence

from graph_service.model import Notice, RowFault, Skipped, SourceFile
from importers.delimited import encoding_of
from importers.tabular import Layout, Table, TableRow, checked, header_notices

_RULE = re.compile(r"^\s*[|+]?-[-+|]{2,}\s*$")
_SUM = re.compile(r"^\s*\|\s*(\*+|Summe\b|(Gesamt(summe)?|Total)\s*:?\s*\|)")


def sap_layout(head: bytes) -> Layout | None:
    """Where the header stands; None for text without frames and rules."""
    encoding = encoding_of(head)
    lines = head.decode(encoding, "replace").splitlines()[:200]
    framed = [number for number, line in enumerate(lines, start=1) if _is_framed(line)]
    if len(framed) < 2 or not any(_RULE.match(line) for line in lines):
        return None
    notices = header_notices(_cells(lines[framed[0] - 1]))
    return Layout(encoding, "|", framed[0], framed=True, notices=(*notices, Notice("notice.sap_list")))


def read_sap_list(source: SourceFile, layout: Layout) -> Table:
    """Streams the rows; what stands outside of the frames is page furniture."""
    stream = io.TextIOWrapper(source.open(), encoding=layout.encoding, errors="surrogateescape", newline=None)
    titles: list[Sequence[str]] = []
    header: list[str] = []
    for number, line in enumerate(stream, start=1):
        if number == layout.header_line:
            header = _cells(line)
            break
        titles.append([line.strip()])
    rows = _rows(stream, layout.header_line, header)
    return Table(titles, header, _with_sums(checked(rows, source.name, len(header), header)))


def _is_framed(line: str) -> bool:
    return line.strip().startswith("|") and line.strip().endswith("|") and not _RULE.match(line)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _rows(stream: io.TextIOWrapper, before: int, header: Sequence[str]) -> Iterator[TableRow | RowFault]:
    for number, line in enumerate(stream, start=before + 1):
        if _SUM.match(line):
            yield TableRow(number, ["*"] * len(header))
        elif _is_framed(line):
            yield TableRow(number, _cells(line))


def _with_sums(rows: Iterator[TableRow | RowFault | Skipped]) -> Iterator[TableRow | RowFault | Skipped]:
    for row in rows:
        is_sum = isinstance(row, TableRow) and all(cell == "*" for cell in row.cells)
        yield Skipped("row.total") if is_sum else row
