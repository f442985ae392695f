"""Who comes into question: everybody who has solved something, those around similar cases, those said to know it."""

from collections.abc import Sequence
from typing import NamedTuple

from graph_service.evidence.beside import NOTHING_BESIDE, Beside
from graph_service.evidence.situation import Measures, Situation
from graph_service.model import NEVER
from graph_service.neighbours import Around, Corpus, Neighbours, neighbours_of
from graph_service.problem import Problem
from graph_service.statistics import Statistics, Sum
from graph_service.store.named_queries import ClaimRow

MOST_WITHOUT_SOLVED = 100


class Hints(NamedTuple):
    """What points at people beside cases: declared skills, and what they have written."""

    claims: Sequence[ClaimRow]
    beside: Beside = NOTHING_BESIDE


def situation_of(
    corpus: Corpus,
    problem: Problem,
    statistics: Statistics,
    hints: Hints,
    measures: Measures,
) -> Situation:
    """The candidates and what all kinds of evidence need; the same for a question now and for one of the past."""
    neighbours = neighbours_of(corpus, problem.words, problem.telling)
    around = corpus.around([case.case_id for case in neighbours.nearest(measures.nearest_opened)])
    return Situation(
        problem=problem,
        as_of=corpus.as_of,
        people=_people(statistics, neighbours, around, hints),
        neighbours=neighbours,
        reporters=around.reporters,
        commenters=around.commenters,
        claims=hints.claims,
        statistics=statistics,
        measures=measures,
        beside=hints.beside,
    )


def _people(statistics: Statistics, neighbours: Neighbours, around: Around, hints: Hints) -> tuple[str, ...]:
    places, _, _ = statistics.sums(Sum.SOLVED_EVER, "", NEVER)
    solved = {statistics.people[place] for place in places.tolist()}
    solved.update(neighbours.matches.people)
    solved.update(hints.beside.authors)
    near = [row.person for row in around.reporters] + [row.person for row in around.commenters]
    near += [claim.person for claim in sorted(hints.claims, key=lambda claim: (-claim.level, claim.person))]
    others = dict.fromkeys(person for person in near if person not in solved)
    return tuple(sorted({*solved, *list(others)[:MOST_WITHOUT_SOLVED]}))
