"""Records of a JSON file as a table: a row per object, its names as columns, what is nested as `name_inner`."""

import json
from collections.abc import Iterator
from typing import Any

from graph_service.errors import FileRefused
from graph_service.model import RowFault, SourceFile
from importers.delimited import CELL_LIMIT
from importers.json_pages import page_notices
from importers.json_records import place_of, records
from importers.tabular import Layout, Table, TableRow, checked

MOST_COLUMNS = 1_000
_SHOWN = ("display_value", "value")
"""What of a reference is the cell, where a system gives an object for it."""


def json_layout(source: SourceFile) -> Layout | None:
    """Whether the file holds records."""
    return None if place_of(source) is None else Layout(delimiter="{", notices=page_notices(source))


def read_json(source: SourceFile) -> Table:
    """Reads twice: which names there are, then the records. Raises FileRefused where names are data."""
    header: dict[str, None] = {}
    for _, record in records(source):
        if isinstance(record, dict):
            header.update(dict.fromkeys(_cells(record)))
        if len(header) > MOST_COLUMNS:
            raise FileRefused("file.no_table", file=source.name)
    names = list(header)
    return Table([], names, checked(_rows(source, names), source.name, len(names), names))


def _rows(source: SourceFile, names: list[str]) -> Iterator[TableRow | RowFault]:
    for number, record in records(source):
        if isinstance(record, dict):
            cells = _cells(record)
            if any(len(cell) > CELL_LIMIT for cell in cells.values()):
                raise FileRefused("file.cell_too_big", file=source.name, line=number, most=CELL_LIMIT)
            yield TableRow(number, [cells.get(name, "") for name in names])
        else:
            yield RowFault(source.name, number, "", "", "row.unexpected_shape")


def _cells(record: dict[str, Any]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, value in record.items():
        own = name.strip()
        if not isinstance(value, dict):
            cells[own] = _text(value)
        elif shown := [value[one] for one in _SHOWN if one in value]:
            cells[own] = _text(shown[0])
        else:
            cells |= {f"{own}_{inner.strip()}": _text(part) for inner, part in value.items()}
    return cells


def _text(value: Any) -> str:
    """A value as a cell; a list of several is parted by `; `, what lies deeper stays as it was written."""
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        return "; ".join(_text(one) for one in value)
    if isinstance(value, dict | list):
        return json.dumps(value, default=str, ensure_ascii=False)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
