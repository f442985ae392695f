"""Typical work."""

import numpy as np

from graph_service.evidence.situation import CITED, Citation, Floats, Kind, Situation, Work
from graph_service.statistics import HALF_LIVES, Sum


def measure(situation: Situation) -> Floats:
    """The person's cases mostly look like this one.

    Sum of similarity^2 * d over the person's solved cases, over (sum of d + 2), d = 0.5^(age/180 d); over the best's.
    A best below that of one fresh case at the floor counts as that one. Similarity is BM25 over the problem's own BM25,
    where `ranking.md` has a cosine: it needs no second set of weights.
    """
    matches = situation.neighbours.matches
    similarity = situation.neighbours.similarity[matches.solved]
    weights: Floats = np.square(similarity) * situation.decay(matches.solved_at, HALF_LIVES[Sum.SOLVED_HALF_YEAR])
    found = np.bincount(situation.solvers, weights=weights, minlength=len(situation.people)).astype(np.float64)
    everything = situation.spread(Sum.SOLVED_HALF_YEAR).amount
    found /= everything + situation.measures.typical_prior
    weakest = situation.measures.weakest**2 / (1 + situation.measures.typical_prior)
    return found / max(float(np.max(found, initial=0.0)), weakest)


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """How many of all cases the person ever solved are like the problem."""
    mine = [
        case for case in situation.neighbours.solved_by(person) if situation.is_alike(case, situation.measures.floor)
    ]
    ever = situation.spread(Sum.SOLVED_EVER).amount
    return Citation(
        len(mine),
        newest=max((case.solved_at or 0 for case in mine), default=None),
        cases=tuple(case.case_id for case in mine[:CITED]),
        of=round(float(ever[situation.places[person]])),
    )


KIND = Kind("typical_work", measure, cite)
