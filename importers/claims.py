"""Statements about skills: one subject for each person, skill and whose word it is, whatever list says it."""

from typing import ClassVar

from graph_service.model import Profile, SkillClaim, SourceFile, SourceId, Statement
from importers.columns import matches
from importers.house import WHO_NAMES, full_name
from importers.row_format import Row, TableFormat
from importers.tables import header_of

NO_LEVEL = 0.5
"""The level of a claim that says none: the middle, beside an empty `original`."""


class PersonRows(TableFormat):
    """A list of something else than people, with the person in columns of each row."""

    def recognises(self, source: SourceFile) -> float:
        """As other tables, when a column tells the person."""
        found = {field.name for field in matches(self.fields, header_of(source)) if field}
        return super().recognises(source) if found & WHO_NAMES else 0.0


class ClaimList(PersonRows):
    """A list with one claim in each row; the person maybe only in the first of several rows."""

    said_once: ClassVar[frozenset[str]] = WHO_NAMES


def claim_statement(row: Row, claim: SkillClaim) -> Statement:
    """The claim as a statement; a later assessment of the same skill by the same side replaces it."""
    account = claim.account
    whose = (account.key,) if account.source == "house" else (account.source, account.key)
    subject = SourceId("house", repr((*whose, claim.skill, claim.claimed_by.value)))
    return Statement(subject, (claim,), row.provenance, claim.assessed_at)


def name_statement(row: Row, account: SourceId, source: str) -> list[Statement]:
    """What a list of skills calls somebody, beside what the list of people says; none for a damaged name."""
    name = full_name(row)
    if not name or (row.remarks and any(remark.reason == "value.damaged_name" for remark in row.remarks)):
        return []
    number = row.key("number")
    return [
        Statement(
            SourceId(f"{source} names", f"{account.source}:{account.key}"),
            (Profile(account, name, number=number, listed=False),),
            row.provenance,
        )
    ]
