"""Viva Insights: its person-to-person query."""

from typing import ClassVar

from graph_service.model import Contact, Skipped, SourceId, SourceRow
from importers.cells import figure
from importers.columns import Field, Kind
from importers.contacts import Meeting, contact_row
from importers.row_format import Row, TableFormat


class Viva(TableFormat):
    """How strongly two people worked together in a period; they are known by codes."""

    name: ClassVar[str] = "viva"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("one", ("PrimaryCollaborator_PersonId",), needed=True),
        Field("other", ("SecondaryCollaborator_PersonId",), needed=True),
        Field("at", ("MetricDate",), Kind.DAY, needed=True),
        Field("strength", ("Strong_tie_score",)),
        Field("reach", ("Diverse_tie_score",), kept=False),
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The pair's contact in the period."""
        one, other, at = row.needed("one"), row.needed("other"), row.needed_at("at")
        if one == other:
            return Skipped("contact.oneself")
        if row.places.get("strength") and not row.text("strength"):
            return Skipped("contact.no_score")
        weight = figure(row.text("strength"), row.header("strength")) if row.text("strength") else 1.0
        own = SourceId("viva", " ".join((*sorted((one, other)), str(at))))
        people = [SourceId("viva", code) for code in sorted((one, other))]  # both directions tell one contact
        return contact_row(Meeting(own, at, Contact.MEETING, weight=weight), people, row.provenance)
