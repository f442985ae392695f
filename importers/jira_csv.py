"""Jira's CSV export: one row per issue, the column `Comment` as often as the longest issue needs it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from graph_service.model import Provenance, Reading, RowFault, SourceFile
from importers.jira import Issue, Remark, issue_row, jira_time, plain
from importers.tabular import CellFault, header_of, read_table

_NEEDED = ("Issue key", "Created")
_TELLING = ("Issue key", "Summary", "Created", "Issue Type", "Status", "Resolution", "Assignee", "Reporter")


class JiraCsv:
    """`2011-03-29T16:48:47.000+0000` times, lists parted by `; `, comments as `time;author;text`."""

    name: ClassVar[str] = "jira-csv"

    def recognises(self, head: bytes) -> float:
        """The share of Jira's own column names in the header; 0 without the needed ones."""
        header = header_of(head)
        if not set(_NEEDED) <= set(header):
            return 0.0
        return sum(name in header for name in _TELLING) / len(_TELLING)

    def read(self, source: SourceFile) -> Iterator[Reading]:
        """A SourceRow or a fault per issue."""
        table = read_table(source)
        columns: dict[str, list[int]] = {}
        for place, name in enumerate(table.header):
            columns.setdefault(name, []).append(place)
        for row in table.rows:
            if isinstance(row, RowFault):
                yield row
                continue
            try:
                issue = _issue(row.cells, columns)
            except CellFault as fault:
                yield RowFault(source.name, row.line, fault.column, fault.value, fault.reason)
            else:
                yield issue_row(issue, Provenance(source.name, row.line))


def _issue(cells: Sequence[str], columns: Mapping[str, Sequence[int]]) -> Issue:
    def cell(name: str) -> str:
        places = columns.get(name)
        return cells[places[0]].strip() if places else ""

    def cells_of(name: str) -> list[str]:
        return [cells[place] for place in columns.get(name, ())]

    def time(name: str) -> int | None:
        value = cell(name)
        return jira_time(value, name) if value else None

    for name in _NEEDED:
        if not cell(name):
            raise CellFault(name, "", "value.missing")
    resolved_at, opened_at = time("Resolved"), jira_time(cell("Created"), "Created")
    if cell("Resolution") and resolved_at is None:
        raise CellFault("Resolved", "", "value.missing")
    return Issue(
        key=cell("Issue key"),
        title=plain(cell("Summary")),
        opened_at=opened_at,
        updated_at=time("Updated"),
        text=plain(cell("Description")),
        environment=plain(cell("Environment")),
        product=cell("Project name") or cell("Project key"),
        components=_list(cells_of("Component/s"), ";"),
        labels=_list(cells_of("Labels"), None),
        versions=_list(cells_of("Affects Version/s"), ";"),
        resolution=cell("Resolution"),
        resolved_at=resolved_at,
        assignee=cell("Assignee"),
        reporter=cell("Reporter"),
        creator=cell("Creator"),
        links=_links(cells_of("Outward issue link")),
        remarks=[_remark(cells[place]) for place in columns.get("Comment", ()) if cells[place].strip()],
    )


def _list(values: Sequence[str], separator: str | None) -> tuple[str, ...]:
    """The parts of a list, which Jira writes into one cell or into a column of the same name for each."""
    return tuple(dict.fromkeys(part.strip() for value in values for part in value.split(separator) if part.strip()))


def _links(values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    links = []
    for part in _list(values, ";"):
        kind, colon, other = part.partition(":")
        if not colon:
            raise CellFault("Outward issue link", part, "value.not_a_link")
        links.append((kind.strip(), other.strip()))
    return tuple(sorted(set(links)))


def _remark(cell: str) -> Remark:
    parts = cell.split(";", 2)
    if len(parts) < 3:
        raise CellFault("Comment", cell, "value.not_a_comment")
    return Remark(jira_time(parts[0].strip(), "Comment"), parts[1].strip())
