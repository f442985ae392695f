"""Zendesk's tables: tickets, users, comments, changes of fields, organisations, groups; times in UTC."""

from typing import ClassVar

from graph_service.model import (
    Case,
    CaseRole,
    Comment,
    Customer,
    Fact,
    OrgUnit,
    Outcome,
    Participation,
    PersonKind,
    Profile,
    Resolution,
    Skipped,
    SourceId,
    SourceRow,
    Statement,
)
from importers.columns import Field, Kind
from importers.nobody import is_nobody
from importers.row_format import Row, TableFormat
from importers.tables import Look

SOURCE = "zendesk"
_ID = Field("id", ("id",), needed=True)


class _Zendesk(TableFormat):
    def own_settings(self, look: Look) -> tuple[tuple[str, str], ...]:
        """The zone alone."""
        return (("zone", "UTC"),)


class Tickets(_Zendesk):
    """Cases; a solved ticket is known to be so when it was last updated, as the table has no time of its own for it."""

    name: ClassVar[str] = "zendesk-tickets"
    fields: ClassVar[tuple[Field, ...]] = (
        _ID,
        Field("subject", ("subject", "raw_subject"), needed=True),
        Field("created_at", ("created_at",), Kind.DAY, needed=True),
        Field("requester", ("requester_id",), needed=True),
        Field("status", ("status",), needed=True),
        Field("updated_at", ("updated_at",), Kind.DAY),
        Field("description", ("description",)),
        Field("assignee", ("assignee_id",)),
        Field("submitter", ("submitter_id",)),
        Field("kind", ("type",)),
        Field("priority", ("priority",)),
        Field("organisation", ("organization_id",)),
        Field("group", ("group_id",)),
        Field("channel", ("via_channel",)),
    )

    def row(self, row: Row) -> SourceRow:
        """The ticket with its end and its people."""
        case = SourceId(SOURCE, row.needed("id"))
        opened_at, updated_at = row.needed_at("created_at"), row.at("updated_at")
        facts: list[Fact] = [Case(case, row.needed("subject"), opened_at, row.text("description"))]
        if requester := _user(row, "requester"):
            facts.append(Participation(case, requester, CaseRole.REPORTER, opened_at))
        outcome = {"solved": Outcome.SOLVED, "closed": Outcome.SOLVED, "deleted": Outcome.WITHDRAWN}.get(
            row.text("status")
        )
        ended_at = None if outcome is None else max(updated_at or opened_at, opened_at)
        if outcome is not None and ended_at is not None:
            facts.append(Resolution(case, outcome, row.text("status"), ended_at))
        if assignee := _user(row, "assignee"):
            role = CaseRole.RESOLVER if outcome is Outcome.SOLVED else CaseRole.ASSIGNEE
            facts.append(Participation(case, assignee, role, ended_at or updated_at))
        return SourceRow((Statement(case, tuple(facts), row.provenance, updated_at),))


def _user(row: Row, name: str) -> SourceId | None:
    key = row.text(name)
    return None if is_nobody(key, row.mapping) else SourceId(SOURCE, key)


class Users(_Zendesk):
    """People; agents are the house's own."""

    name: ClassVar[str] = "zendesk-users"
    fields: ClassVar[tuple[Field, ...]] = (
        _ID,
        Field("name", ("name",), needed=True),
        Field("role", ("role",), needed=True),
        Field("email", ("email",)),
        Field("updated_at", ("updated_at",), Kind.DAY),
        Field("suspended", ("suspended",)),
        Field("locale", ("locale",)),
        Field("zone", ("time_zone",)),
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The user's profile."""
        account = SourceId(SOURCE, row.needed("id"))
        name = row.needed("name")
        if is_nobody(name, row.mapping):
            return Skipped("account.nobody")
        own = row.text("role").casefold() in ("agent", "admin")
        kind = PersonKind.EMPLOYEE if own else PersonKind.UNKNOWN
        profile = Profile(account, row.name("name"), kind, email=row.text("email").casefold())
        return SourceRow(
            (Statement(account, (profile,), row.provenance, row.at("updated_at")),), (), tuple(row.remarks)
        )


class TicketComments(_Zendesk):
    """Who said something in a ticket, and when; never what."""

    name: ClassVar[str] = "zendesk-comments"
    fields: ClassVar[tuple[Field, ...]] = (
        _ID,
        Field("ticket", ("ticket_id",), needed=True),
        Field("user", ("user_id", "author_id"), needed=True),
        Field("at", ("created", "created_at"), Kind.DAY, needed=True),
        Field("body", ("body",), needed=True),
        Field("public", ("public",)),
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The comment as an event."""
        user = _user(row, "user")
        if user is None:
            return Skipped("comment.author_unknown")
        case = SourceId(SOURCE, row.needed("ticket"))
        comment = Comment(case, user, row.needed_at("at"))
        return SourceRow((Statement(SourceId(SOURCE, f"comment {row.needed('id')}"), (comment,), row.provenance),))


class TicketChanges(_Zendesk):
    """Who had a ticket when; changes of other fields are left out."""

    name: ClassVar[str] = "zendesk-changes"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("field", ("field_name",), needed=True),
        Field("ticket", ("ticket_id",), needed=True),
        Field("at", ("updated",), Kind.DAY, needed=True),
        Field("value", ("value",), needed=True),
        Field("user", ("user_id",)),
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """An assignment as an event."""
        holder = _user(row, "value")
        if row.text("field") != "assignee_id" or holder is None:
            return Skipped("row.other_change")
        case, at = SourceId(SOURCE, row.needed("ticket")), row.needed_at("at")
        part = Participation(case, holder, CaseRole.ASSIGNEE, at)
        return SourceRow((Statement(SourceId(SOURCE, f"{case.key} {holder.key} {at}"), (part,), row.provenance),))


class Organisations(_Zendesk):
    """Customers."""

    name: ClassVar[str] = "zendesk-organisations"
    fields: ClassVar[tuple[Field, ...]] = (
        _ID,
        Field("name", ("name",), needed=True),
        Field("shared", ("shared_tickets",), needed=True),
        Field("comments", ("shared_comments",), needed=True),
        Field("details", ("details",)),
        Field("group", ("group_id",)),
        Field("created_at", ("created_at",), Kind.DAY),
        Field("updated_at", ("updated_at",), Kind.DAY),
    )

    def row(self, row: Row) -> SourceRow:
        """The customer."""
        own = SourceId(SOURCE, row.needed("id"))
        return SourceRow((Statement(own, (Customer(own, row.needed("name")),), row.provenance, row.at("updated_at")),))


class Groups(_Zendesk):
    """Teams of agents."""

    name: ClassVar[str] = "zendesk-groups"
    fields: ClassVar[tuple[Field, ...]] = (
        _ID,
        Field("name", ("name",), needed=True),
        Field("url", ("url",), needed=True),
        Field("created_at", ("created_at",), Kind.DAY, needed=True),
        Field("updated_at", ("updated_at",), Kind.DAY),
    )

    def row(self, row: Row) -> SourceRow:
        """The team."""
        own = SourceId(SOURCE, row.needed("id"))
        unit = OrgUnit(own, row.needed("name"), "TEAM")
        return SourceRow((Statement(own, (unit,), row.provenance, row.at("updated_at")),))
