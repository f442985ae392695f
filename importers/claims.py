"""Statements about skills: one subject for each person, skill and whose word it is, whatever list says it."""

from dataclasses import dataclass

from graph_service.model import ClaimedBy, Profile, SkillClaim, SourceId, Statement
from importers.house import full_name
from importers.row_format import Row

NO_LEVEL = 0.5
"""The level of a claim that says none: the middle, beside an empty `original`."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A skill with its level 0..1, as it was written, and the days around it."""

    skill: str
    level: float
    original: str
    by: ClaimedBy
    assessed_at: int | None = None
    valid_until: int | None = None


def claim_statement(row: Row, account: SourceId, claim: Claim) -> Statement:
    """The claim as a statement; a later assessment of the same skill by the same side replaces it."""
    fact = SkillClaim(
        account=account,
        skill=claim.skill,
        level=claim.level,
        original=claim.original,
        claimed_by=claim.by,
        assessed_at=claim.assessed_at,
        valid_until=claim.valid_until,
    )
    whose = (account.key,) if account.source == "house" else (account.source, account.key)
    subject = SourceId("house", repr((*whose, claim.skill, str(claim.by))))
    return Statement(subject, (fact,), row.provenance, claim.assessed_at)


def name_statement(row: Row, account: SourceId, source: str) -> list[Statement]:
    """What a list of skills calls somebody, beside what the list of people says; none for a damaged name."""
    name = full_name(row)
    if not name or (row.remarks and any(remark.reason == "value.damaged_name" for remark in row.remarks)):
        return []
    number = row.key("number")
    return [
        Statement(
            SourceId(f"{source} names", f"{account.source}:{account.key}"),
            (Profile(account, name, number=number),),
            row.provenance,
        )
    ]
