"""Who reported similar things."""

import numpy as np

from graph_service.evidence.situation import CITED, Citation, Floats, Kind, Situation, Work, share


def measure(situation: Situation) -> Floats:
    """Has reported similar things.

    log(1 + x/0.02), x = share(.25) of (similarity/nearest)^2 * 0.5^(age/360 d) over the 50 nearest opened cases.
    """
    found = situation.nothing()
    nearest = situation.opened[0].similarity if situation.opened else 0.0
    if not nearest:
        return found
    cases = {case.case_id: case for case in situation.opened}
    for row in situation.reporters:
        place = situation.places.get(row.person)
        if place is not None:
            case = cases[row.case_id]
            decay = float(situation.decay(case.opened_at, situation.measures.similar_half_life))
            found[place] += np.square(case.similarity / nearest) * decay
    return situation.logarithm(share(found, situation.measures.share_small))


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """Which of the nearest opened cases the person reported."""
    mine = {row.case_id for row in situation.reporters if row.person == person}
    cases = [case for case in situation.opened if case.case_id in mine]
    moments = [case.opened_at for case in cases]
    return Citation(
        len(cases),
        min(moments, default=None),
        max(moments, default=None),
        tuple(case.case_id for case in cases[:CITED]),
        of=len(situation.opened),
    )


KIND = Kind("reported_similar", measure, cite)
