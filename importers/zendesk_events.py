"""What happened to Zendesk's tickets: comments and changes; times in UTC."""

from typing import ClassVar

from graph_service.model import (
    CaseRole,
    Comment,
    Participation,
    Skipped,
    SourceId,
    SourceRow,
    Statement,
)
from importers.columns import Field, Kind
from importers.nobody import is_nobody
from importers.row_format import Row
from importers.utc_format import UtcFormat

SOURCE = "zendesk"
_ID = Field("id", ("id",), needed=True)


class TicketComments(UtcFormat):
    """Who said something in a ticket, and when; never what."""

    name: ClassVar[str] = "zendesk-comments"
    fields: ClassVar[tuple[Field, ...]] = (
        _ID,
        Field("ticket", ("ticket_id",), needed=True),
        Field("user", ("user_id", "author_id"), needed=True),
        Field("at", ("created", "created_at"), Kind.DAY, needed=True),
        Field("body", ("body",), needed=True, kept=False),
        Field("public", ("public",), kept=False),
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The comment as an event."""
        user = _user(row, "user")
        if user is None:
            return Skipped("comment.author_unknown")
        case = SourceId(SOURCE, row.needed("ticket"))
        comment = Comment(case, user, row.needed_at("at"))
        return SourceRow((Statement(SourceId(SOURCE, f"comment {row.needed('id')}"), (comment,), row.provenance),))


class TicketChanges(UtcFormat):
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


def _user(row: Row, name: str) -> SourceId | None:
    key = row.text(name)
    return None if is_nobody(key, row.mapping) else SourceId(SOURCE, key)
