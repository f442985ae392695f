"""People without names: what a study or a list of ids tells beside its contacts."""

from typing import ClassVar

from graph_service.model import Profile, SourceFile, SourceRow, Statement
from importers.columns import Field, Kind, matches
from importers.house import WHO, person_of
from importers.row_format import Row, TableFormat
from importers.tables import look_at

MOST_COLUMNS = 4
"""A list with an id, a department, and more beside them is about something else."""
_OWN = tuple(name for field in WHO[1:4] for name in field.headers)
_NAMES = WHO[4:]


class UnnamedPeople(TableFormat):
    """An id per row, as the list of contacts writes it (a number, a login or an e-mail), and the unit."""

    name: ClassVar[str] = "unnamed-people"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("who", ("id", "person id", "member id", *_OWN), Kind.KEY, needed=True),
        Field("unit", ("department", "unit", "team", "Abteilung", "Bereich", "OE"), needed=True),
    )

    def recognises(self, source: SourceFile) -> float:
        """As other tables, when each id stands once and nothing names people."""
        look = look_at(source)
        if look is None or len(look.header) > MOST_COLUMNS or any(matches(_NAMES, look.header)):
            return 0.0
        found = [field.name if field else "" for field in matches(self.fields, look.header)]
        ids = look.values(found.index("who")) if "who" in found else []
        is_key = len(set(ids)) == len(ids) and all(" " not in one for one in ids)
        return super().recognises(source) if is_key else 0.0

    def row(self, row: Row) -> SourceRow:
        """A profile without a name."""
        row.needed("who")
        account = person_of(row.key("who"))
        return SourceRow((Statement(account, (Profile(account, "", unit=row.text("unit")),), row.provenance),))
