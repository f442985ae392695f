"""Whether somebody solves what others report."""

from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work
from graph_service.statistics import Sum


def measure(situation: Situation) -> Floats:
    """Solves what others report.

    (solved cases with another reporter + 1)/(solved cases + 2), only for people with a solved case.
    """
    solved = situation.spread(Sum.SOLVED_EVER).amount
    others = situation.spread(Sum.SOLVED_FOR_OTHERS).amount
    return (others + 1) / (solved + 2) * (solved > 0)


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """How many of all cases the person ever solved were reported by others; the newest of them within a year."""
    place = situation.places[person]
    solved = situation.spread(Sum.SOLVED_EVER).amount
    others = situation.spread(Sum.SOLVED_FOR_OTHERS).amount
    mine = [event for event in work.solved.get(person, ()) if event.reporter != person]
    newest = mine[0].at if mine else None
    return Citation(
        round(float(others[place])),
        newest=newest,
        cases=tuple(event.case_id for event in mine[:1]),
        of=round(float(solved[place])),
    )


KIND = Kind("solves_for_others", measure, cite, about_problem=False)
