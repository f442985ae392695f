"""Declared skills: a hint where nothing is proven."""

import numpy as np

from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work
from graph_service.statistics import Sum


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
    """The declared levels as they were written, with whose word they are and since when."""
    claims = tuple(work.claims.get(person, ()))
    return Citation(len(claims), newest=max((claim.known_at for claim in claims), default=None), claims=claims)


KIND = Kind("declared_skill", measure, cite)
