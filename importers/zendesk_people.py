"""Zendesk's users, organisations and groups; times in UTC."""

from typing import ClassVar

from graph_service.model import (
    Customer,
    OrgUnit,
    PersonKind,
    Profile,
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


class Users(UtcFormat):
    """People; agents are the house's own."""

    name: ClassVar[str] = "zendesk-users"
    fields: ClassVar[tuple[Field, ...]] = (
        _ID,
        Field("name", ("name",), needed=True),
        Field("role", ("role",), needed=True),
        Field("email", ("email",)),
        Field("updated_at", ("updated_at",), Kind.DAY),
        Field("suspended", ("suspended",), kept=False),
        Field("locale", ("locale",), kept=False),
        Field("zone", ("time_zone",), kept=False),
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


class Organisations(UtcFormat):
    """Customers."""

    name: ClassVar[str] = "zendesk-organisations"
    fields: ClassVar[tuple[Field, ...]] = (
        _ID,
        Field("name", ("name",), needed=True),
        Field("shared", ("shared_tickets",), needed=True, kept=False),
        Field("comments", ("shared_comments",), needed=True, kept=False),
        Field("details", ("details",), kept=False),
        Field("group", ("group_id",), kept=False),
        Field("created_at", ("created_at",), Kind.DAY),
        Field("updated_at", ("updated_at",), Kind.DAY),
    )

    def row(self, row: Row) -> SourceRow:
        """The customer."""
        own = SourceId(SOURCE, row.needed("id"))
        return SourceRow((Statement(own, (Customer(own, row.needed("name")),), row.provenance, row.at("updated_at")),))


class Groups(UtcFormat):
    """Teams of agents."""

    name: ClassVar[str] = "zendesk-groups"
    fields: ClassVar[tuple[Field, ...]] = (
        _ID,
        Field("name", ("name",), needed=True),
        Field("url", ("url",), needed=True, kept=False),
        Field("created_at", ("created_at",), Kind.DAY, needed=True),
        Field("updated_at", ("updated_at",), Kind.DAY),
    )

    def row(self, row: Row) -> SourceRow:
        """The team."""
        own = SourceId(SOURCE, row.needed("id"))
        unit = OrgUnit(own, row.needed("name"), "TEAM")
        return SourceRow((Statement(own, (unit,), row.provenance, row.at("updated_at")),))
