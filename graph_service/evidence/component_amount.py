"""How much of this component's cases somebody solves."""

import numpy as np

from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work, cited, in_place
from graph_service.model import DAY
from graph_service.statistics import Sum


def measure(situation: Situation) -> Floats:
    """Solves much of what comes up in this component.

    log(1 + x/0.02), x = share(.25) of the sums with half-life 7 d, the mean over components, the product's without one.
    """
    spreads = situation.over_places(Sum.SOLVED_COMPONENT, Sum.SOLVED_PRODUCT)
    if not spreads:
        return situation.nothing()
    shares = [spread.share(situation.measures.share_small) for spread in spreads]
    return situation.logarithm(np.mean(shares, axis=0))


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The cases the person solved in this component within 90 days."""
    since = situation.as_of - situation.measures.window_lately * DAY
    return cited(in_place(situation, work.solved.get(person, ())), since)


KIND = Kind("component_amount", measure, cite)
