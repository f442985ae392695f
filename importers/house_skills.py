"""The house's own list of skills."""

from typing import ClassVar

from graph_service.model import Skill, SourceId, SourceRow, Statement
from importers.columns import Field
from importers.house import parts
from importers.row_format import Row, TableFormat


class HouseSkills(TableFormat):
    """The house's own list of skills; `retired` (ja, x) keeps what was claimed and offers it no longer. Several
    synonyms, or the numbers of several groups, stand in one cell with `;` or `|` between them."""

    name: ClassVar[str] = "house-skills"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("label_de", ("Bezeichnung", "Skill (deutsch)", "Kompetenz (deutsch)", "label de"), needed=True),
        Field("key", ("Skill-Nr.", "Kompetenznummer", "Skill-ID", "skill key"), needed=True),
        Field("label_en", ("Bezeichnung (englisch)", "Skill (englisch)", "label en")),
        Field("others", ("Synonyme", "Alternativen", "synonyms")),
        Field("description", ("Beschreibung", "description")),
        Field("broader", ("Obergruppe", "Gruppe", "broader")),
        Field("retired", ("entfallen", "veraltet", "retired")),
    )

    def row(self, row: Row) -> SourceRow:
        """The skill."""
        own = SourceId("house", row.needed("key"))
        retired = row.text("retired").casefold() in ("ja", "x", "yes", "true", "1")
        others, broader = parts(row.text("others")), parts(row.text("broader"))
        skill = Skill(
            own,
            row.needed("label_de"),
            row.text("label_en"),
            others,
            row.text("description"),
            broader,
            retired,
        )
        return SourceRow((Statement(own, (skill,), row.provenance),))
