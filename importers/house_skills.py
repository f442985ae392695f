"""The house's own list of skills."""

import re
from collections.abc import Iterator
from typing import ClassVar

from graph_service.model import Skill, SourceId, SourceRow, Statement
from importers.columns import Field
from importers.row_format import Row, TableFormat

_PARTS = re.compile(r"\s*[|;]\s*|\s*\n\s*")


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
        others, broader = _parts(row.text("others")), _parts(row.text("broader"))
        skill = Skill(
            own,
            row.needed("label_de"),
            row.text("label_en"),
            tuple(others),
            row.text("description"),
            tuple(broader),
            retired,
        )
        return SourceRow((Statement(own, (skill,), row.provenance),))


def _parts(cell: str) -> Iterator[str]:
    return (part.strip() for part in _PARTS.split(cell) if part.strip())
