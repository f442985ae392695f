"""People without names: what a study or a list of ids tells beside its contacts."""

from typing import ClassVar

from graph_service.model import Profile, SourceFile, SourceId, SourceRow, Statement
from importers.columns import Field, Kind, matches
from importers.house import WHO, person_of
from importers.row_format import Row, TableFormat
from importers.tables import look_at

AS_SURE = 0.5
"""Any other format that knows the columns is meant."""


class UnnamedPeople(TableFormat):
    """An id per row, as the list of contacts writes it (a number, a login or an e-mail), and the unit."""

    name: ClassVar[str] = "unnamed-people"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("who", ("id", "person id", "member id", *WHO[1].headers), Kind.KEY, needed=True),
        Field("unit", ("department", "Abteilung", "OE", "Organisationseinheit", "org unit"), needed=True),
        Field("role", ("role", "Rolle", "Funktion"), kept=False),
    )

    def recognises(self, source: SourceFile) -> float:
        """When all columns are known and each id stands once: with another column the list is about something else."""
        look = look_at(source)
        found = [field.name if field else "" for field in matches(self.fields, look.header)] if look else []
        if look is None or "" in found or not {"who", "unit"} <= set(found):
            return 0.0
        ids = look.values(found.index("who"))
        return AS_SURE if len(set(ids)) == len(ids) and all(" " not in one for one in ids) else 0.0

    def row(self, row: Row) -> SourceRow:
        """A profile without a name, beside what other lists say of the person."""
        row.needed("who")
        account = person_of(row.key("who"))
        own = SourceId("unnamed people", f"{account.source}:{account.key}")
        return SourceRow((Statement(own, (Profile(account, "", unit=row.text("unit")),), row.provenance),))
