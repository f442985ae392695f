"""Skill lists, one row per claim: somebody's word that a person has a skill; a hint, never evidence."""

from typing import ClassVar

from graph_service.model import ClaimedBy, SkillClaim, Skipped, SourceRow
from importers.claims import ClaimList, claim_statement, name_statement
from importers.columns import Field, Kind
from importers.house import WHO, account_of, claimed_by, full_name
from importers.levels import DENIED
from importers.row_format import Row


class SkillList(ClaimList):
    """Columns that tell the person, the skill and the level; whose word it is, since when, until when."""

    name: ClassVar[str] = "skill-list"
    fields: ClassVar[tuple[Field, ...]] = (
        *WHO,
        Field("skill", ("skill", "Kompetenz", "Kenntnis", "Qualifikation", "Fähigkeit", "competence"), needed=True),
        Field(
            "level",
            (
                "level",
                "Stufe",
                "Niveau",
                "Ausprägung",
                "Grad",
                "Bewertung",
                "Note",
                "Schulnote",
                "proficiency",
                "rating",
            ),
            Kind.LEVEL,
            needed=True,
        ),
        Field("claimed_by", ("claimed_by", "Quelle", "Herkunft", "source")),
        Field(
            "assessed_on",
            (
                "Stand",
                "Datum",
                "gültig ab",
                "gültig von",
                "Beginn",
                "bewertet am",
                "beurteilt am",
                "Bewertungsdatum",
                "Stichtag",
                "date",
                "assessed on",
            ),
            Kind.DAY,
        ),
        Field("rater", ("bewertet von", "bewertet durch", "beurteilt von", "Bewerter", "assessed by", "rated by")),
        Field(
            "valid_until", ("valid_until", "gültig bis", "Ablauf", "Ablaufdatum", "valid until", "expires"), Kind.DAY
        ),
    )
    settings: ClassVar[tuple[tuple[str, str], ...]] = (("claimed_by", ClaimedBy.SELF), ("rated_by", ClaimedBy.MANAGER))

    def row(self, row: Row) -> SourceRow | Skipped:
        """The claim, and what the list calls the person."""
        skill, written = row.needed("skill"), row.needed("level")
        account = account_of(row, self.name)
        found = row.level("level")
        if found is None:
            return Skipped("claim.denied" if written.casefold() in DENIED else "row.claims_nothing")
        by = claimed_by(row)
        rater = row.text("rater").casefold()
        if rater and not row.text("claimed_by"):
            own = rater in (account.key.casefold(), row.text("login").casefold(), *_written(row))
            by = ClaimedBy.SELF if own else ClaimedBy(row.mapping.setting("rated_by", ClaimedBy.MANAGER))
        claim = SkillClaim(account, skill, found, written, by, row.at("assessed_on"), row.at("valid_until"))
        names = name_statement(row, account, self.name)
        return SourceRow((claim_statement(row, claim), *names), tuple(row.left_out), tuple(row.remarks))


def _written(row: Row) -> tuple[str, ...]:
    """How the person's own name may be written in another cell."""
    name = full_name(row).casefold()
    first, _, last = name.rpartition(" ")
    return (name, f"{last}, {first}", row.text("name").casefold()) if first else ()
