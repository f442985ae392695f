"""Similar solved cases."""

import numpy as np

from graph_service.evidence.situation import CITED, Citation, Floats, Kind, Situation, Work


def measure(situation: Situation) -> Floats:
    """Has solved similar cases.

    BM25 to the 30 nearest solved cases, each times 0.5^(age/360 d), summed per person over the best person's sum, or
    over the floor of similarity where nobody reaches it.
    """
    found = situation.nothing()
    for case in situation.solved:
        weight = case.similarity * float(situation.decay(case.solved_at or 0, situation.measures.similar_half_life))
        for solver in case.solvers:
            found[situation.places[solver]] += weight
    best = max(float(np.max(found, initial=0.0)), situation.measures.weakest)
    return found / best


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """Which of the nearest solved cases the person solved, most similar first."""
    nearest = situation.solved
    mine = [case for case in nearest if person in case.solvers]
    return Citation(
        len(mine),
        since=min((case.solved_at or 0 for case in nearest), default=None),
        newest=max((case.solved_at or 0 for case in mine), default=None),
        cases=tuple(case.case_id for case in mine[:CITED]),
        of=len(nearest),
    )


KIND = Kind("similar_solved", measure, cite)
