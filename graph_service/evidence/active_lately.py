"""Whether somebody is solving cases at present."""

import numpy as np

from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work, cited
from graph_service.model import DAY
from graph_service.statistics import Sum


def measure(situation: Situation) -> Floats:
    """Is solving cases at present.

    log(1 + x/0.02), x = 0.5^(days since the last solved case / 30).
    """
    days = situation.spread(Sum.SOLVED_EVER).days
    return situation.logarithm(np.exp2(-days / situation.measures.recent_half_life))


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The newest case the person solved within a year, whatever it was about."""
    since = situation.as_of - situation.measures.window_solved * DAY
    found = cited(work.solved.get(person, ()), since)
    return Citation(found.count, since, found.newest, found.cases[:1])


KIND = Kind("active_lately", measure, cite, about_problem=False)
