"""How much somebody solves of everything, which is taken off."""

from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work, cited
from graph_service.model import DAY
from graph_service.statistics import Sum


def measure(situation: Situation) -> Floats:
    """Solves much of everything.

    log(1 + x/0.02), x = share(.25) of all solved cases, half-life 365 d; its weight is negative. Nothing
    is taken off where cases are passed on: it balances what the place of work gives, and there the place gives nothing.
    """
    if situation.is_passed_on:
        return situation.nothing()
    return situation.logarithm(situation.spread(Sum.SOLVED_YEAR).share(situation.measures.share_small))


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """All cases the person solved within a year."""
    since = situation.as_of - situation.measures.window_solved * DAY
    return cited(work.solved.get(person, ()), since)


KIND = Kind("volume", measure, cite, about_problem=False)
