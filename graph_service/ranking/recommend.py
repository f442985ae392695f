"""The main job: a question in, people in an order out, or the honest word that nobody is proven."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from graph_service.access import Scope
from graph_service.errors import ProblemRefused
from graph_service.evidence.situation import Floats, Situation
from graph_service.model import NEVER
from graph_service.neighbours import Neighbour, neighbours_of
from graph_service.problem import (
    Problem,
    case_meant,
    cleaned,
    problem_of_case,
    problem_of_text,
    recognised,
    without_asked_case,
)
from graph_service.ranking.candidates import situation_of
from graph_service.ranking.rankers import START, Ranker
from graph_service.statistics import Sum, statistics_of
from graph_service.store import named_queries as nq
from graph_service.store.base import View

MOST_NAMED = 100


class Verdict(enum.StrEnum):
    """What the answer is."""

    PROVEN = "PROVEN"
    NOBODY_PROVEN = "NOBODY_PROVEN"
    NOTHING_TO_GO_ON = "NOTHING_TO_GO_ON"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: words or a case, and how many names at most (1..100)."""

    text: str = ""
    case_id: str | None = None
    limit: int = 5

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MOST_NAMED:
            raise ProblemRefused("problem.limit", limit=self.limit, most=MOST_NAMED)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A person in the order: rank from 1, score, and what each kind of evidence adds to it."""

    person: str
    rank: int
    score: float
    contributions: Mapping[str, float]


@dataclass(frozen=True)
class Answer:
    """`order` holds everybody with a solved case for whom something speaks that has to do with the problem, best first,
    also when nobody is proven; `proven` are those of them who solved something like it."""

    question: Question
    problem: Problem
    verdict: Verdict
    order: Sequence[Ranked]
    only_declared: Sequence[Ranked]
    nearest: Sequence[Neighbour]
    situation: Situation | None
    ranker: Ranker
    as_of: int
    terms: Sequence[str] = ()
    proven: frozenset[str] = frozenset()

    @property
    def experts(self) -> Sequence[Ranked]:
        """Those named: the best `limit`, nobody when nobody is proven."""
        return self.order[: self.question.limit] if self.verdict is Verdict.PROVEN else ()

    def place_of(self, person: str) -> Ranked | None:
        """Where a person stands in the whole order."""
        return next((ranked for ranked in (*self.order, *self.only_declared) if ranked.person == person), None)


def recommend(view: View, question: Question, ranker: Ranker = START) -> Answer:
    """Answers a question within one View; about fourteen store calls, whatever the size of the graph."""
    if not view.pin.run:
        raise ProblemRefused("problem.empty_store")
    problem = _understood(view, question)
    scope = without_asked_case(view.scope, problem)
    scoped = view.scoped(scope)
    statistics = statistics_of(scoped, before=_first_left_out(view, scope))
    problem = recognised(scoped, problem, statistics.components, statistics.products)
    if not problem.has_words:
        return Answer(question, problem, Verdict.NOTHING_TO_GO_ON, (), (), (), None, ranker, view.as_of)
    neighbours = neighbours_of(scoped, problem.words)
    situation = situation_of(scoped, problem, neighbours, statistics, ranker.measures)
    order, declared = _ordered(situation, ranker)
    proven = _proven(situation, order)
    return Answer(
        question=question,
        problem=problem,
        verdict=Verdict.PROVEN if proven else Verdict.NOBODY_PROVEN,
        order=order,
        only_declared=declared,
        nearest=neighbours.cases[: ranker.measures.nearest_opened],
        situation=situation,
        ranker=ranker,
        as_of=view.as_of,
        terms=neighbours.terms,
        proven=proven,
    )


def _understood(view: View, question: Question) -> Problem:
    text = cleaned(question.text)
    case_id = question.case_id or case_meant(view, text)
    return problem_of_case(view, case_id, text) if case_id else problem_of_text(text)


def _first_left_out(view: View, scope: Scope) -> int:
    """When the earliest case was opened that this question must not see; stored sums may not reach beyond it."""
    heads = view.ask(nq.CASE_HEADS, cases=sorted(scope.without)) if scope.without else ()
    return min((head.opened_at for head in heads), default=NEVER)


def _proven(situation: Situation, order: Sequence[Ranked]) -> frozenset[str]:
    """Who solved a case that is similar enough, or a near one in a component that the asker's words name."""
    nearest = situation.solved[: situation.measures.nearest_solved]
    alike = {solver for case in nearest if situation.is_alike(case) for solver in case.solvers}
    if situation.problem.components and situation.problem.asked_case is None:
        near = {solver for case in nearest for solver in case.solvers}
        alike |= near & {ranked.person for ranked in order if ranked.contributions["component_last"] > 0}
    return frozenset(alike & {ranked.person for ranked in order})


def _ordered(situation: Situation, ranker: Ranker) -> tuple[list[Ranked], list[Ranked]]:
    """People with a solved case by score then id, and those who have nothing but a declared skill."""
    parts = {weigh.kind.name: weigh.weight * weigh.kind.measure(situation) for weigh in ranker.weights}
    scores: Floats = np.zeros(len(situation.people))
    for part in parts.values():
        scores = scores + part
    solved = situation.spread(Sum.SOLVED_EVER).amount > 0
    for case in situation.solved:
        for solver in case.solvers:
            solved[situation.places[solver]] = True
    declared = ~solved & (parts["declared_skill"] > 0)
    about = np.zeros(len(situation.people), dtype=bool)
    for weigh in ranker.weights:
        if weigh.kind.about_problem:
            about |= parts[weigh.kind.name] > 0
    return _ranks(situation, scores, parts, solved & about), _ranks(situation, scores, parts, declared)


def _ranks(
    situation: Situation,
    scores: Floats,
    parts: Mapping[str, Floats],
    chosen: NDArray[np.bool_],
) -> list[Ranked]:
    places = np.flatnonzero(chosen)
    order = places[np.argsort(-scores[places], kind="stable")]
    return [
        Ranked(
            person=situation.people[place],
            rank=rank,
            score=float(scores[place]),
            contributions={kind: float(part[place]) for kind, part in parts.items()},
        )
        for rank, place in enumerate(order.tolist(), start=1)
    ]


def similar_cases(view: View, question: Question) -> Sequence[Neighbour]:
    """All cases like the problem, most similar first."""
    problem = _understood(view, question)
    return neighbours_of(view.scoped(without_asked_case(view.scope, problem)), problem.words).cases


def without_case(view: View, answer: Answer, case_id: str) -> Answer:
    """The same question asked again as if a case had never been."""
    scope = replace(view.scope, without=view.scope.without | {case_id})
    return recommend(view.scoped(scope), answer.question, answer.ranker)
