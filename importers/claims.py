"""Statements about skills: one subject for each person, skill and whose word it is, whatever list says it."""

from graph_service.model import Profile, SkillClaim, SourceId, Statement
from importers.house import full_name
from importers.row_format import Row

NO_LEVEL = 0.5
"""The level of a claim that says none: the middle, beside an empty `original`."""


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
            (Profile(account, name, number=number),),
            row.provenance,
        )
    ]
