"""What the house's own CSV files have in common: source, times, lists, and rows to readings."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time

from graph_service.errors import FileRefused
from graph_service.model import Provenance, Reading, RowFault, SourceFile, SourceId, SourceRow, instant
from importers.tabular import CellFault, header_of, read_table

SOURCE = "house"
Cells = dict[str, str]


def house_id(key: str) -> SourceId:
    """What the house calls a person or a case."""
    return SourceId(SOURCE, key)


def house_time(value: str, column: str) -> int:
    """An ISO 8601 moment or day; a moment without zone counts as UTC, a day as its first moment. Raises CellFault."""
    try:
        if len(value) == 10:
            return instant(datetime.combine(date.fromisoformat(value), time(), UTC))
        moment = datetime.fromisoformat(value)
        return instant(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except ValueError:
        raise CellFault(column, value, "value.not_a_time") from None


def needed(cells: Cells, column: str) -> str:
    """The cell, or a CellFault when it is empty."""
    if not cells[column]:
        raise CellFault(column, "", "value.missing")
    return cells[column]


def parts(value: str) -> tuple[str, ...]:
    """The parts of a `;` list, each once, in order."""
    return tuple(dict.fromkeys(part.strip() for part in value.split(";") if part.strip()))


def recognises_columns(head: bytes, required: Sequence[str], optional: Sequence[str]) -> float:
    """0 without the required columns, else the share of known ones among the file's columns."""
    header = [name.strip().casefold() for name in header_of(head)]
    if not set(required) <= set(header):
        return 0.0
    return sum(name in {*required, *optional} for name in header) / len(header)


def read_rows(
    source: SourceFile, columns: Sequence[str], row_of: Callable[[Cells, Provenance], SourceRow]
) -> Iterator[Reading]:
    """Streams a CSV as dictionaries of the known columns (absent ones are empty) through `row_of`."""
    table = read_table(source)
    header = [name.casefold() for name in table.header]
    if any(header.count(name) > 1 for name in columns):
        raise FileRefused("file.double_column", file=source.name)
    places = [(name, header.index(name) if name in header else None) for name in columns]
    for row in table.rows:
        if isinstance(row, RowFault):
            yield row
            continue
        cells = {name: "" if place is None else row.cells[place].strip() for name, place in places}
        try:
            yield row_of(cells, Provenance(source.name, row.line))
        except CellFault as fault:
            yield RowFault(source.name, row.line, fault.column, fault.value, fault.reason)
