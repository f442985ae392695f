"""Declared skills: a hint where nothing is proven."""

import numpy as np

from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work
from graph_service.model import ClaimedBy
from graph_service.statistics import Sum
from graph_service.store.named_queries import ClaimRow


def measure(situation: Situation) -> Floats:
    """Is said to have this skill.

    The highest declared level, 0..1, only for people without a solved case; never for anybody who has solved one.
    """
    found = situation.nothing()
    for claim in situation.claims:
        place = situation.places.get(claim.person)
        if place is not None:
            found[place] = max(found[place], claim.level)
    solved = situation.spread(Sum.SOLVED_EVER).amount
    return np.where(solved > 0, 0.0, found)


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The levels that counted, the highest for each skill, as they were written, with whose word and since when:
    how others rate somebody beside their own word is theirs alone to see."""
    highest: dict[str, ClaimRow] = {}
    for claim in work.claims.get(person, ()):
        if claim.skill not in highest or claim.level > highest[claim.skill].level:
            highest[claim.skill] = claim
    claims = tuple(highest.values())
    newest = max((claim.known_at for claim in claims), default=None)
    own_word = all(claim.claimed_by == ClaimedBy.SELF for claim in claims)
    return Citation(len(claims), newest=newest, claims=claims, variant="" if own_word else "_others")


KIND = Kind("declared_skill", measure, cite)
