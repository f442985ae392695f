"""Lists that name the person in the first of several rows only: the rows below are about the same."""

from collections.abc import Iterable, Iterator, Sequence

from graph_service.model import RowFault, Skipped
from importers.tabular import TableRow

FEWEST, SHARE = 3, 0.2
"""From so many rows without a person, and this share of all, it may be the list's way; below it is a mistake."""


def may_be_said_once(rows: Sequence[TableRow], places: Sequence[int]) -> bool:
    """Whether these columns are empty so often, below a row that fills them, that people must say what that means."""
    filled = [any(row.cells[place].strip() for place in places) for row in rows]
    empty = filled[filled.index(True) :].count(False) if any(filled) else 0
    return empty >= FEWEST and empty >= SHARE * len(filled)


def carried_down(
    rows: Iterable[TableRow | RowFault | Skipped], places: Sequence[int]
) -> Iterator[TableRow | RowFault | Skipped]:
    """The rows, with what stands above where all of these columns are empty; not below a row that cannot be read or is
    empty."""
    above: Sequence[str] | None = None
    for row in rows:
        if isinstance(row, TableRow):
            if above is not None and not any(row.cells[place].strip() for place in places):
                cells = [above[place] if place in places else cell for place, cell in enumerate(row.cells)]
                row = TableRow(row.line, cells)
            above = row.cells
        else:
            above = None
        yield row
