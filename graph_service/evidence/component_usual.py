"""Who usually solves what comes up in this component."""

import numpy as np

from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work, cited
from graph_service.model import DAY
from graph_service.statistics import Sum


def measure(situation: Situation) -> Floats:
    """Usually solves what comes up in this component.

    log(1 + x/0.02), x = share(1) of the sums with half-life 365 d, the mean over components.
    """
    names = situation.problem.components
    if not names or situation.is_passed_on:
        return situation.nothing()
    spreads = [situation.spread(Sum.SOLVED_COMPONENT_YEAR, f"c{name}") for name in names]
    return situation.logarithm(np.mean([spread.share(situation.measures.share_usual) for spread in spreads], axis=0))


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The cases the person solved in this component within a year."""
    since = situation.as_of - situation.measures.window_solved * DAY
    names = set(situation.problem.components)
    return cited([event for event in work.solved.get(person, ()) if set(event.components) & names], since)


KIND = Kind("component_usual", measure, cite)
