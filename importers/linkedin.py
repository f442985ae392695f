"""LinkedIn's export of one's own data: connections, positions, skills. `person` says whose it is, by personnel number,
login or e-mail."""

from typing import ClassVar

from graph_service.model import (
    ClaimedBy,
    Profile,
    SkillClaim,
    Skipped,
    SourceFile,
    SourceId,
    SourceRow,
    Statement,
    Stay,
)
from importers.claims import NO_LEVEL, claim_statement
from importers.columns import Field, Kind
from importers.house import email_of, person_of
from importers.row_format import Row, TableFormat
from importers.tables import header_of

SOURCE = "linkedin"
_WHOSE = (("person", "?"),)


class Connections(TableFormat):
    """People somebody is connected with, as they call themselves; a connection is no contact."""

    name: ClassVar[str] = "linkedin-connections"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("first", ("First Name", "Vorname"), needed=True),
        Field("last", ("Last Name", "Nachname"), needed=True),
        Field("url", ("URL",), needed=True),
        Field("email", ("Email Address", "E-Mail-Adresse")),
        Field("company", ("Company", "Unternehmen"), kept=False),
        Field("position", ("Position",), kept=False),
        Field("connected", ("Connected On", "Verbunden am"), Kind.DAY, needed=True),
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The profile of the other person; of one who has left LinkedIn only the day is told."""
        if not row.text("url") and not row.text("last"):
            return Skipped("entry.no_person")
        account = SourceId(SOURCE, row.needed("url").rstrip("/").rpartition("/")[2].casefold())
        name = " ".join(part for part in (row.name("first"), row.name("last")) if part)
        profile = Profile(account, name, email=email_of(row))
        row.needed_at("connected")
        return SourceRow((Statement(account, (profile,), row.provenance),), (), tuple(row.remarks))


class Positions(TableFormat):
    """Where somebody has worked; months or years."""

    name: ClassVar[str] = "linkedin-positions"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("company", ("Company Name", "Unternehmen"), needed=True),
        Field("title", ("Title", "Position"), needed=True),
        Field("started", ("Started On", "Begonnen am"), Kind.DAY, needed=True),
        Field("finished", ("Finished On", "Beendet am"), Kind.DAY, needed=True),
        Field("description", ("Description", "Beschreibung"), kept=False),
        Field("location", ("Location", "Standort"), kept=False),
    )
    settings: ClassVar[tuple[tuple[str, str], ...]] = _WHOSE

    def row(self, row: Row) -> SourceRow:
        """The position as a stay."""
        started = row.needed_at("started")
        whose = person_of(row.mapping.setting("person", "?"))
        own = SourceId(SOURCE, f"{whose.source} {whose.key} {row.needed('company')} {started}")
        stay = Stay(own, whose, "POSITION", row.needed("company"), started, row.at("finished"), row.text("title"))
        return SourceRow((Statement(own, (stay,), row.provenance),))


class Skills(TableFormat):
    """Skills somebody names of themselves, without levels."""

    name: ClassVar[str] = "linkedin-skills"
    fields: ClassVar[tuple[Field, ...]] = (Field("skill", ("Name",), needed=True),)
    settings: ClassVar[tuple[tuple[str, str], ...]] = _WHOSE

    def recognises(self, source: SourceFile) -> float:
        """When nothing but names stands there: other lists of the export have a column of that name too."""
        return super().recognises(source) if len(header_of(source)) == 1 else 0.0

    def row(self, row: Row) -> SourceRow:
        """The claim."""
        whose = person_of(row.mapping.setting("person", "?"))
        claim = SkillClaim(whose, row.needed("skill"), NO_LEVEL, "", ClaimedBy.SELF)
        return SourceRow((claim_statement(row, claim),))
