"""Who comments in this component lately."""

import numpy as np

from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work, cited
from graph_service.model import DAY
from graph_service.statistics import Sum


def measure(situation: Situation) -> Floats:
    """Takes part in this component's cases at present.

    log(1 + x/0.02), x = share(.5) of first comments with half-life 30 d, the mean over components.
    """
    names = situation.problem.components
    if not names or situation.is_passed_on:
        return situation.nothing()
    shares = [
        situation.spread(Sum.COMMENTED_COMPONENT, f"c{name}").share(situation.measures.share_comments) for name in names
    ]
    return situation.logarithm(np.mean(shares, axis=0))


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The cases of this component on which the person first commented within 90 days."""
    since = situation.as_of - situation.measures.window_lately * DAY
    names = set(situation.problem.components)
    return cited([event for event in work.commented.get(person, ()) if set(event.components) & names], since)


KIND = Kind("comments_component", measure, cite)
