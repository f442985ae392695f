"""Whether the reporter solves what they report."""

from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work, cited
from graph_service.model import DAY
from graph_service.statistics import Sum


def measure(situation: Situation) -> Floats:
    """Reported this and often solves what they report.

    log(1 + x/0.02), x = share(1) of own solved cases among all solved cases the person reported, half-life 365 d.
    """
    found = situation.nothing()
    place = situation.places.get(situation.problem.reporter or "")
    if place is None:
        return found
    own = situation.spread(Sum.SOLVED_OWN).amount
    reported = situation.spread(Sum.REPORTED_SOLVED).amount
    found[place] = own[place] / (reported[place] + situation.measures.share_own)
    return situation.logarithm(found)


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The cases the person both reported and solved within a year."""
    since = situation.as_of - situation.measures.window_solved * DAY
    return cited([event for event in work.solved.get(person, ()) if event.reporter == person], since)


KIND = Kind("solves_own", measure, cite)
