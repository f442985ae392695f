"""Lists that name the person in the first of several rows only: the rows below are about the same."""

from collections.abc import Iterable, Iterator, Sequence

from graph_service.model import RowFault, Skipped
from importers.tabular import TableRow

ENOUGH = 0.2
"""From this share of rows on, rows without a person are about the person above, not mistakes."""


def empty_share(rows: Sequence[TableRow], places: Sequence[int]) -> float:
    """In which share of the rows all of these columns are empty, below a row that fills them."""
    filled = [any(row.cells[place].strip() for place in places) for row in rows]
    return filled[filled.index(True) :].count(False) / len(filled) if any(filled) else 0.0


def carried_down(
    rows: Iterable[TableRow | RowFault | Skipped], places: Sequence[int]
) -> Iterator[TableRow | RowFault | Skipped]:
    """The rows, with what stands above where all of these columns are empty; not below a row that cannot be read."""
    above: Sequence[str] | None = None
    for row in rows:
        if isinstance(row, RowFault):
            above = None
        elif isinstance(row, TableRow):
            if above is not None and not any(row.cells[place].strip() for place in places):
                cells = [above[place] if place in places else cell for place, cell in enumerate(row.cells)]
                row = TableRow(row.line, cells)
            above = row.cells
        yield row
