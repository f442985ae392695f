"""Who comes into question: everybody who has solved something, those around similar cases, those said to know it."""

from graph_service.evidence.situation import Measures, Situation
from graph_service.model import NEVER
from graph_service.neighbours import Neighbours
from graph_service.problem import Problem
from graph_service.statistics import Statistics, Sum
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.named_queries import CaseCommenter, CaseParticipant, ClaimRow

MOST_WITHOUT_SOLVED = 100


def situation_of(
    view: View, problem: Problem, neighbours: Neighbours, statistics: Statistics, measures: Measures
) -> Situation:
    """The candidates and what all kinds of evidence need, in three store calls."""
    opened = neighbours.cases[: measures.nearest_opened]
    near = [case.case_id for case in opened]
    reporters = [row for row in view.ask(nq.PARTICIPANTS, cases=near) if row.role == "REPORTER"]
    commenters = view.ask(nq.COMMENTERS, cases=near)
    claims = view.ask(nq.SKILL_CLAIMS, skills=[skill.skill for skill in problem.skills])
    people = _people(statistics, neighbours, reporters, commenters, claims)
    return Situation(
        problem=problem,
        as_of=view.as_of,
        people=people,
        solved=neighbours.solved(),
        opened=opened,
        reporters=reporters,
        commenters=commenters,
        claims=claims,
        statistics=statistics,
        measures=measures,
        searched=len(neighbours.terms),
        places={person: place for place, person in enumerate(people)},
    )


def _people(
    statistics: Statistics,
    neighbours: Neighbours,
    reporters: list[CaseParticipant],
    commenters: list[CaseCommenter],
    claims: list[ClaimRow],
) -> tuple[str, ...]:
    places, _, _ = statistics.sums(Sum.SOLVED_EVER, "", NEVER)
    solved = {statistics.people[place] for place in places}
    solved.update(solver for case in neighbours.cases for solver in case.solvers)
    around = [row.person for row in reporters] + [row.person for row in commenters]
    around += [claim.person for claim in sorted(claims, key=lambda claim: (-claim.level, claim.person))]
    others = dict.fromkeys(person for person in around if person not in solved)
    return tuple(sorted({*solved, *list(others)[:MOST_WITHOUT_SOLVED]}))
