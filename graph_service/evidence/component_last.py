"""How lately somebody solved a case in this component."""

import numpy as np

from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work, cited, in_place
from graph_service.model import DAY
from graph_service.statistics import Sum


def measure(situation: Situation) -> Floats:
    """Has solved a case in this component lately.

    log(1 + x/0.02), x = 0.5^(days since the last one / 30): the mean over components, the product's without one.
    """
    spreads = situation.over_places(Sum.SOLVED_COMPONENT, Sum.SOLVED_PRODUCT)
    if not spreads:
        return situation.nothing()
    recency = [np.exp2(-spread.days / situation.measures.recent_half_life) for spread in spreads]
    return situation.logarithm(np.mean(recency, axis=0))


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The newest case the person solved in this component within a year."""
    since = situation.as_of - situation.measures.window_solved * DAY
    found = cited(in_place(situation, work.solved.get(person, ())), since)
    return Citation(found.count, since, found.newest, found.cases[:1])


KIND = Kind("component_last", measure, cite)
