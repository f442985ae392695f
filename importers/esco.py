"""ESCO, the European classification: skills and skill groups in German and English, one language or both per file.

A new version is taken in as a complete file: what it no longer has is retired, every claim stays.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from graph_service.model import Mapping, Occupation, Reading, Skill, Skipped, SourceFile, SourceId, SourceRow, Statement
from importers.columns import Field
from importers.row_format import Row, TableFormat
from importers.tables import header_of, look_at

SOURCE = "esco"
_PARTS = re.compile(r"\s*\|\s*|\s*\n\s*")
_GERMAN, _ENGLISH = (
    (" und ", " der ", " die ", " von ", " für ", " mit "),
    (" and ", " the ", " of ", " for ", " with "),
)
_OF_COLLECTIONS = "broaderConceptUri"
"""A column that only the portal's collections have."""
_RETIRED = ("obsolete", "deprecated", "retired", "veraltet")


class Esco(TableFormat):
    """Alternative labels stand in one cell, parted by line breaks or ` | `."""

    name: ClassVar[str] = "esco"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("uri", ("conceptUri",), needed=True),
        Field("concept", ("conceptType",)),
        Field("label", ("preferredLabel",)),
        Field("label_de", ("preferredLabel_de",)),
        Field("label_en", ("preferredLabel_en",)),
        Field("others", ("altLabels",)),
        Field("others_de", ("altLabels_de",)),
        Field("others_en", ("altLabels_en",)),
        Field("description", ("description", "description_de", "description_en")),
        Field("broader", ("broaderConceptUri", "broaderUris")),
        Field("status", ("status",)),
        Field("group", ("iscoGroup", "code")),
    )

    def recognises(self, source: SourceFile) -> float:
        """By ESCO's own names for its columns."""
        header = set(header_of(source))
        if not header & {"preferredLabel", "preferredLabel_de", "preferredLabel_en"}:
            return 0.0
        return super().recognises(source)

    settings: ClassVar[tuple[tuple[str, str], ...]] = (("language", "auto"),)

    def read(self, source: SourceFile, mapping: Mapping) -> Iterator[Reading]:
        """As other tables; the language of labels without one in their name is told by each file's own words."""
        if mapping.setting("language", "auto") == "auto":
            mapping = replace(mapping, settings=(("language", _language(source)),))
        return super().read(source, mapping)

    def row(self, row: Row) -> SourceRow | Skipped:
        """The skill, or the occupation."""
        uri, concept = row.needed("uri"), row.text("concept")
        language = row.mapping.setting("language", "de")
        labels = {one: row.text(f"label_{one}") for one in ("de", "en")}
        if row.text("label"):
            labels[language] = row.text("label")
        if not any(labels.values()):
            return Skipped("skill.no_label")
        own = SourceId(SOURCE, uri)
        subject = SourceId(f"esco {'de en' if row.text('label_de') and row.text('label_en') else language}", uri)
        if row.header("broader") == _OF_COLLECTIONS:  # tells less than the list of skills, and stands beside it
            subject = SourceId(f"esco collection {language}", f"{uri} {row.text('broader')}")
        if concept and concept not in ("KnowledgeSkillCompetence", "SkillGroup"):
            if concept not in ("Occupation", "ISCOGroup"):
                return Skipped("skill.other_concept")
            occupation = Occupation(own, labels["de"], labels["en"], row.text("group"))
            return SourceRow((Statement(subject, (occupation,), row.provenance),))
        alternatives = dict.fromkeys(
            label for name in ("others", "others_de", "others_en") for label in _parts(row.text(name))
        )
        skill = Skill(
            own,
            labels["de"],
            labels["en"],
            tuple(label for label in alternatives if label not in labels.values()),
            row.text("description"),
            tuple(_parts(row.text("broader"))),
            row.text("status").casefold() in _RETIRED,
        )
        return SourceRow((Statement(subject, (skill,), row.provenance),))


def _language(source: SourceFile) -> str:
    look = look_at(source)
    text = f" {' '.join(' '.join(row.cells) for row in (look.rows[:200] if look else ()))} ".casefold()
    german, english = (sum(text.count(word) for word in words) for words in (_GERMAN, _ENGLISH))
    return "de" if german >= english else "en"


def _parts(cell: str) -> Iterator[str]:
    return (part.strip() for part in _PARTS.split(cell) if part.strip())
