"""The house's people CSV: what the keys used in the other house files mean."""

from collections.abc import Iterator
from typing import ClassVar

from graph_service.model import PersonKind, Profile, Provenance, Reading, SourceFile, SourceRow, Statement
from importers.house import Cells, house_id, needed, read_rows, recognises_columns
from importers.tabular import CellFault

REQUIRED = ("person", "name")
OPTIONAL = ("kind", "unit")


class PeopleCsv:
    """Columns: person, name; kind (EMPLOYEE, PARTNER, EXTERNAL, GROUP, UNKNOWN), unit (the team)."""

    name: ClassVar[str] = "people-csv"

    def recognises(self, head: bytes) -> float:
        """By the two required columns."""
        return recognises_columns(head, REQUIRED, OPTIONAL)

    def read(self, source: SourceFile) -> Iterator[Reading]:
        """A SourceRow or a fault per person."""
        return read_rows(source, (*REQUIRED, *OPTIONAL), _person_row)


def _person_row(cells: Cells, provenance: Provenance) -> SourceRow:
    account = house_id(needed(cells, "person"))
    kind = cells["kind"].upper() or PersonKind.UNKNOWN
    if kind not in PersonKind.__members__:
        raise CellFault("kind", cells["kind"], "value.not_a_kind")
    profile = Profile(account, needed(cells, "name"), PersonKind(kind), cells["unit"])
    return SourceRow((Statement(account, (profile,), provenance),))
