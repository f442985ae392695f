"""Zendesk's tickets; times in UTC."""

from typing import ClassVar

from graph_service.model import (
    Case,
    CaseRole,
    Fact,
    Outcome,
    Participation,
    Resolution,
    SourceId,
    SourceRow,
    Statement,
    names_of,
)
from importers.columns import Field, Kind
from importers.nobody import is_nobody
from importers.row_format import Row
from importers.utc_format import UtcFormat

SOURCE = "zendesk"
_OUTCOMES = {
    "solved": Outcome.SOLVED, "closed": Outcome.SOLVED, "gelöst": Outcome.SOLVED, "geschlossen": Outcome.SOLVED,
    "deleted": Outcome.WITHDRAWN, "gelöscht": Outcome.WITHDRAWN,
}  # fmt: skip
_ID = Field("id", ("id",), needed=True)


class Tickets(UtcFormat):
    """Cases; a solved ticket is known to be so when it was last updated, as the table has no time of its own for it."""

    name: ClassVar[str] = "zendesk-tickets"
    fields: ClassVar[tuple[Field, ...]] = (
        _ID,
        Field("subject", ("subject", "raw_subject")),
        Field("created_at", ("created_at",), Kind.DAY, needed=True),
        Field("requester", ("requester_id",), needed=True),
        Field("status", ("status",), needed=True),
        Field("updated_at", ("updated_at",), Kind.DAY),
        Field("solved_at", ("solved_at",), Kind.DAY),
        Field("tags", ("tags",)),
        Field("assignee_name", ("assignee",)),
        Field("description", ("description",)),
        Field("assignee", ("assignee_id",)),
        Field("submitter", ("submitter_id",), kept=False),
        Field("kind", ("type",), kept=False),
        Field("priority", ("priority",), kept=False),
        Field("organisation", ("organization_id",), kept=False),
        Field("group", ("group_id",), kept=False),
        Field("channel", ("via_channel",), kept=False),
    )

    def row(self, row: Row) -> SourceRow:
        """The ticket with its end and its people."""
        case = SourceId(SOURCE, row.needed("id"))
        opened_at, updated_at = row.needed_at("created_at"), row.at("updated_at")
        title = row.text("subject") or row.text("description")[:100] or row.needed("id")
        facts: list[Fact] = [Case(case, title, opened_at, row.text("description"))]
        if requester := _user(row, "requester"):
            facts.append(Participation(case, requester, CaseRole.REPORTER, opened_at))
        outcome = _OUTCOMES.get(row.text("status").casefold())
        if outcome is Outcome.SOLVED and "closed_by_merge" in row.text("tags"):
            outcome = Outcome.DUPLICATE
        ended_at = None if outcome is None else max(row.at("solved_at") or updated_at or opened_at, opened_at)
        if outcome is not None and ended_at is not None:
            facts.append(Resolution(case, outcome, row.text("status"), ended_at))
        if assignee := _user(row, "assignee") or _named(row):
            role = CaseRole.RESOLVER if outcome is Outcome.SOLVED else CaseRole.ASSIGNEE
            facts.append(Participation(case, assignee, role, ended_at or updated_at))
        return SourceRow((Statement(case, tuple(facts), row.provenance, updated_at),))


def _named(row: Row) -> SourceId | None:
    """Who works on it, where the list tells nothing but a name."""
    name = " ".join(row.text("assignee_name").split())
    return None if is_nobody(name, row.mapping) else SourceId(names_of(SOURCE), name.casefold())


def _user(row: Row, name: str) -> SourceId | None:
    key = row.text(name)
    return None if is_nobody(key, row.mapping) else SourceId(SOURCE, key)
