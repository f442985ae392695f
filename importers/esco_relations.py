"""What belongs to what in ESCO: the broader groups of skills, from the files beside the labels."""

from typing import ClassVar

from graph_service.model import Skill, Skipped, SourceFile, SourceId, SourceRow, Statement
from importers.columns import Field
from importers.esco import SOURCE
from importers.row_format import Row, TableFormat
from importers.tables import header_of

_OWN = (
    {"conceptUri", "broaderUri"},
    {"relationType", "skillUri"},
    {"relationType", "relatedSkillUri"},
    {"Level 0 URI", "Level 1 URI"},
)
"""The columns by which each of the files is known."""
_LEVELS = tuple(f"level_{number}" for number in range(4))


class EscoRelations(TableFormat):
    """Broader groups are kept; which occupations need a skill and which skills go together answers no question."""

    name: ClassVar[str] = "esco-relations"
    ends_are_cut: ClassVar[bool] = True
    fields: ClassVar[tuple[Field, ...]] = (
        Field("concept", ("conceptType",)),
        Field("uri", ("conceptUri",)),
        Field("broader", ("broaderUri",)),
        Field("relation", ("relationType",)),
        *(Field(level, (f"Level {number} URI",)) for number, level in enumerate(_LEVELS)),
    )

    def recognises(self, source: SourceFile) -> float:
        """By ESCO's own names for its columns, in files that tell no labels of their own."""
        header = set(header_of(source))
        has_labels = any(name.startswith("preferredLabel") for name in header)
        return 0.9 if not has_labels and any(own <= header for own in _OWN) else 0.0

    def row(self, row: Row) -> SourceRow | Skipped:
        """The skill with the group above it."""
        path = [row.text(level) for level in _LEVELS if row.text(level)]
        if row.text("relation"):
            return Skipped("skill.relation")
        if row.text("concept") in ("Occupation", "ISCOGroup"):
            return Skipped("skill.other_concept")
        if len(path) == 1:
            return Skipped("skill.no_broader")
        uri, broader = (path[-1], path[-2]) if path else (row.needed("uri"), row.needed("broader"))
        skill = Skill(SourceId(SOURCE, uri), "", broader=(broader,))
        return SourceRow((Statement(SourceId("esco broader", f"{uri} {broader}"), (skill,), row.provenance),))
