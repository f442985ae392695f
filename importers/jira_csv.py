"""Jira's CSV export: one row per issue, the column `Comment` as often as the longest issue needs it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import ClassVar

from graph_service.model import Notice, Proposal, Skipped, SourceFile, SourceRow
from importers.columns import Field, Kind
from importers.dates import day_or_moment
from importers.jira import Issue, Remark, issue_row, plain
from importers.nobody import is_nobody
from importers.row_format import Row, TableFormat
from importers.tables import header_of, read_table
from importers.tabular import CellFault, TableRow

_MOST_GIVEN = 1_000
_UNRESOLVED = frozenset({"unresolved", "nicht erledigt", "nicht gelöst", "offen"})
_LINK = re.compile(r"Outward issue link \((.*)\)")


class JiraCsv(TableFormat):
    """Server and cloud: `2011-03-29T16:48:47.000+0000` or `23/Jan/21 10:38 AM`, people as logins or names with ids,
    comments as `time;author;text`."""

    name: ClassVar[str] = "jira-csv"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("key", ("Issue key", "Vorgangsschlüssel"), needed=True),
        Field("created", ("Created", "Erstellt"), Kind.DAY, needed=True),
        Field("summary", ("Summary", "Zusammenfassung")),
        Field("updated", ("Updated", "Aktualisiert"), Kind.DAY),
        Field("resolved", ("Resolved", "Erledigt"), Kind.DAY),
        Field("resolution", ("Resolution", "Lösung")),
        Field("status", ("Status",), kept=False),
        Field("type", ("Issue Type", "Vorgangstyp"), kept=False),
        Field("description", ("Description", "Beschreibung")),
        Field("environment", ("Environment", "Umgebung")),
        Field("project", ("Project name", "Projektname")),
        Field("project_key", ("Project key", "Projektschlüssel")),
        Field("components", ("Component/s", "Components", "Komponenten"), many=True),
        Field("labels", ("Labels", "Stichwörter"), many=True),
        Field("versions", ("Affects Version/s", "Affects versions", "Betroffene Versionen"), many=True),
        Field("assignee", ("Assignee", "Bearbeiter", "Zugewiesene Person")),
        Field("assignee_id", ("Assignee Id", "Bearbeiter-ID", "Zugewiesene Person-ID", "ID der zugewiesenen Person")),
        Field("reporter", ("Reporter", "Autor")),
        Field("reporter_id", ("Reporter Id", "Autor-ID")),
        Field("creator", ("Creator", "Ersteller")),
        Field("creator_id", ("Creator Id", "Ersteller-ID")),
        Field("links", ("Outward issue link",), many=True),
        Field("comments", ("Comment", "Kommentar"), many=True),
    )

    def recognises(self, source: SourceFile) -> float:
        """By Jira's own names for its columns."""
        header = set(header_of(source))
        own = {"Issue key", "Created"} <= header or {"Vorgangsschlüssel", "Erstellt"} <= header
        return super().recognises(source) if own else 0.0

    def propose(self, source: SourceFile) -> Proposal:
        """As other tables; as many issues as Jira gives at most are hardly all."""
        proposal = super().propose(source)
        issues = sum(isinstance(row, TableRow) for row in islice(read_table(source).rows, _MOST_GIVEN + 1))
        cut = (Notice("notice.given_at_most", (("count", str(_MOST_GIVEN)),)),) if issues == _MOST_GIVEN else ()
        return replace(proposal, notices=(*proposal.notices, *cut))

    def row(self, row: Row) -> SourceRow | Skipped:
        """The issue with its people, comments and links."""
        key, opened_at = row.needed("key"), row.needed_at("created")
        resolved_at = row.at("resolved")
        resolution = "" if row.text("resolution").casefold() in _UNRESOLVED else row.text("resolution")
        if resolution and resolved_at is None:
            raise CellFault(row.header("resolved"), "", "value.missing")
        people = {role: _person(row, role) for role in ("assignee", "reporter", "creator")}
        issue = Issue(
            key=key,
            title=plain(row.text("summary")),
            opened_at=opened_at,
            updated_at=row.at("updated"),
            text=plain(row.text("description")),
            environment=plain(row.text("environment")),
            product=row.text("project") or row.text("project_key"),
            components=_list(row.texts("components"), ";"),
            labels=_list(row.texts("labels"), None),
            versions=_list(row.texts("versions"), ";"),
            resolution=resolution,
            resolved_at=resolved_at,
            assignee=people["assignee"],
            reporter=people["reporter"],
            creator=people["creator"],
            links=tuple(sorted(set(_links(row)))),
            remarks=[_remark(cell, row) for cell in row.texts("comments")],
            names={people[role]: row.text(role) for role in people if row.text(f"{role}_id") and row.text(role)},
        )
        return issue_row(issue, row.provenance)


def _person(row: Row, role: str) -> str:
    """By the id; a function's name in words tells that its id is nobody's either."""
    name = row.text(role)
    return "" if name and is_nobody(name, row.mapping) else row.text(f"{role}_id") or name


def _list(values: Sequence[str], separator: str | None) -> tuple[str, ...]:
    """The parts of a list, which Jira writes into one cell or into a column of the same name for each."""
    return tuple(dict.fromkeys(part.strip() for value in values for part in value.split(separator) if part.strip()))


def _links(row: Row) -> Iterator[tuple[str, str]]:
    """Kind and key: told in the cell (`Duplicate:A-1`), or by the column's name (`Outward issue link (Blocks)`)."""
    for place in row.places.get("links", ()):
        column = row.mapping.columns[place].header
        named = _LINK.fullmatch(column)
        for part in _list([row.cells[place]], ";"):
            kind, colon, other = (named[1], ":", part) if named else part.partition(":")
            if not colon:
                raise CellFault(column, part, "value.not_a_link")
            yield kind.strip(), other.strip()


def _remark(cell: str, row: Row) -> Remark:
    parts = cell.split(";", 2)
    column = row.header("comments")
    at = day_or_moment(parts[0], row.form("created"), row.mapping.setting("zone"), column) if len(parts) == 3 else None
    if at is None:
        raise CellFault(column, cell, "value.not_a_comment")
    return Remark(at, parts[1].strip())
