"""The main job: a question in, people in an order out, or the honest word that nobody is proven."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from graph_service.access import Scope
from graph_service.classifier import NOTHING_LEARNED, WordWeights, word_weights_of
from graph_service.errors import ProblemRefused
from graph_service.evidence.beside import NOTHING_BESIDE, Beside
from graph_service.evidence.situation import Situation
from graph_service.evidence.ways import Acquaintance, acquaintances_of
from graph_service.model import NEVER, CaseRole
from graph_service.neighbours import Ints, Neighbour, StoredCorpus, neighbours_of
from graph_service.problem import (
    Problem,
    case_meant,
    cleaned,
    in_words_of_cases,
    problem_of_case,
    problem_of_text,
    recognised,
    spelt,
    without_asked_case,
    without_words,
)
from graph_service.ranking.candidates import Hints, situation_of
from graph_service.ranking.near_cases import with_near_cases
from graph_service.ranking.prepared import Prepared, prepared, with_people
from graph_service.ranking.ranked import Ranked, in_turn, newcomer_of, ranked_of
from graph_service.ranking.rankers import Ranker
from graph_service.ranking.rules import in_force
from graph_service.ranking.standing import Standing, strengths_of
from graph_service.ranking.today import gone_before, standing_today, without_clearance
from graph_service.statistics import statistics_of
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.text.comparisons import ranks_people
from graph_service.understanding.understood import Given, Understood

MOST_NAMED = 100


class Verdict(enum.StrEnum):
    """What the answer is."""

    PROVEN = "PROVEN"
    NOBODY_PROVEN = "NOBODY_PROVEN"
    NOTHING_TO_GO_ON = "NOTHING_TO_GO_ON"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: words or a case, how many names at most (1..100), the person who asks, so that the order knows
    whom they can reach (None: nobody in particular), what is given beside the words, and people who are supposed to be
    gone."""

    text: str = ""
    case_id: str | None = None
    limit: int = 5
    asker: str | None = None
    given: Given = field(default_factory=Given)
    gone: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MOST_NAMED:
            raise ProblemRefused("problem.limit", limit=self.limit, most=MOST_NAMED)


@dataclass(frozen=True)
class Answer:
    """`order` holds everybody with a solved case for whom something speaks that has to do with the problem, best first,
    also when nobody is proven; `proven` are those of them who solved something like it. `is_unlikely`: somebody is
    proven, but nobody's chance is even POSSIBLE. `today` is the order of those who can help before the clock; the
    absent and those without clearance are counted, never named."""

    question: Question
    problem: Problem
    verdict: Verdict
    order: Sequence[Ranked]
    only_declared: Sequence[Ranked]
    nearest: Sequence[Neighbour]
    standing: Standing | None
    learned: "Learned"
    as_of: int
    prepared: Prepared
    terms: Sequence[str] = ()
    proven: frozenset[str] = frozenset()
    is_unlikely: bool = False
    today: Sequence[Ranked] = ()
    absent: int = 0
    without_clearance: int = 0

    @property
    def situation(self) -> Situation | None:
        """The problem with all that is known around it."""
        return self.standing.situation if self.standing is not None else None

    @property
    def understood(self) -> Understood:
        """What was understood."""
        return self.prepared.understood

    @property
    def left_out(self) -> frozenset[str]:
        """Who would rather not work for the customer, or is supposed to be gone."""
        return self.prepared.reserved | self.question.gone

    @property
    def beside(self) -> Beside:
        """What is told of the people beside their cases."""
        return self.situation.beside if self.situation is not None else self.prepared.beside

    @property
    def ranker(self) -> Ranker:
        """The rules that ranked."""
        return self.learned.ranker

    @property
    def acquaintances(self) -> Mapping[str, Acquaintance]:
        """How the asker stands to everybody in the order, and to those with nothing but a declared skill."""
        return self.situation.acquaintances if self.situation is not None else {}

    @cached_property
    def newcomer(self) -> Ranked | None:
        """Somebody new who gets the last place, where nothing is at stake."""
        if self.situation is None or self.understood.is_critical:
            return None
        return newcomer_of(self.situation, self.order, self.proven, self.question.limit)

    @cached_property
    def experts(self) -> Sequence[Ranked]:
        """Those named: the best `limit`, nobody when nobody is proven; the last of them may be somebody new."""
        if self.verdict is not Verdict.PROVEN:
            return ()
        limit = self.question.limit
        return self.order[:limit] if self.newcomer is None else [*self.order[: limit - 1], self.newcomer]

    @property
    def declared(self) -> Sequence[Ranked]:
        """Those shown with nothing but a declared skill: the best `limit`."""
        return self.only_declared[: self.question.limit]

    @property
    def helping_today(self) -> Sequence[Ranked]:
        """Those named for a way around: the best `limit`, where one is wanted."""
        if self.verdict is not Verdict.PROVEN or not self.understood.wants_workaround:
            return ()
        return self.today[: self.question.limit]

    @property
    def named(self) -> Sequence[Ranked]:
        """Everybody the answer names, once, in the order shown."""
        told = (*self.experts, *self.helping_today, *self.declared)
        return list({ranked.person: ranked for ranked in reversed(told)}.values())[::-1]

    def place_of(self, person: str) -> Ranked | None:
        """Where a person stands in the whole order."""
        return next((ranked for ranked in (*self.order, *self.only_declared) if ranked.person == person), None)


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned and stays when a question is asked again without a fact: the rules and the word weights."""

    ranker: Ranker
    words: WordWeights


def learned_of(view: View, ranker: Ranker | None = None) -> Learned:
    """The rules (default: those in force) and the word weights of the View's month."""
    return Learned(ranker or in_force(view), word_weights_of(view.scoped(view.scope.whole)))


def recommend(
    view: View,
    question: Question,
    learned: Learned | None = None,
    *,
    ranker: Ranker | None = None,
    earlier: Answer | None = None,
) -> Answer:
    """Answers a question within one View; about twenty store calls, whatever the size of the graph, and five more where
    a person asks.

    `learned` defaults to what is in force at the View's moment, or to the rules of `ranker`; from an `earlier` answer
    to the same question what was understood and what is told of people is taken over.
    """
    if not view.pin.run:
        raise ProblemRefused("problem.empty_store")
    problem = _problem(view, question)
    known = (
        earlier.prepared.leaving_out(view.scope.without)
        if earlier
        else prepared(view, problem, question.given, question.asker)
    )
    heard = known.understood
    problem = spelt(problem, heard.slips)
    problem = in_words_of_cases(view, problem, known.names_of_kinds)
    problem = without_words(problem, [told.words for told in heard.denied] if problem.asked_case else heard.aside)
    learned = learned or without_own_words(view, problem, learned_of(view, ranker))
    problem, situation = situated(view, problem, learned, known.beside)
    if situation is None:
        return Answer(question, problem, Verdict.NOTHING_TO_GO_ON, (), (), (), None, learned, view.as_of, known)
    situation = with_near_cases(view, known, situation)
    departed = question.gone | known.reserved | {row.person for row in view.ask(nq.DEPARTED, people=situation.people)}
    standing = Standing(situation, learned.ranker, strengths_of(situation, learned.ranker), departed)
    standing = _as_seen_by(view, question.asker, known, standing, earlier)
    return _answer(question, known, learned, standing)


def _answer(question: Question, known: Prepared, learned: Learned, standing: Standing) -> Answer:
    """The answer of a standing in which everything is known."""
    cleared = replace(standing, left_out=standing.left_out | without_clearance(known, standing))
    situation, today = cleared.situation, standing_today(cleared)
    proven = frozenset(situation.people[place] for place in cleared.proven)
    return Answer(
        question=question,
        problem=situation.problem,
        verdict=Verdict.PROVEN if proven and not cleared.is_unlikely else Verdict.NOBODY_PROVEN,
        order=in_turn(cleared),
        only_declared=ranked_of(cleared, _declared(cleared)),
        nearest=situation.opened,
        standing=cleared,
        learned=learned,
        as_of=situation.as_of,
        prepared=known,
        terms=situation.neighbours.terms,
        proven=proven,
        is_unlikely=bool(proven) and cleared.is_unlikely,
        today=ranked_of(today, today.order),
        absent=len(gone_before(cleared).intersection(situation.people[place] for place in cleared.order)),
        without_clearance=int(len(standing.order) - len(cleared.order)),
    )


def situated(
    view: View, problem: Problem, learned: Learned, beside: Beside = NOTHING_BESIDE
) -> tuple[Problem, Situation | None]:
    """The problem with the names in it recognised, and everything around it; None when it has no words."""
    scope = without_asked_case(view.scope, problem)
    scoped = view.scoped(scope)
    statistics = statistics_of(scoped, before=_first_left_out(view, scope))
    problem = recognised(scoped, problem, statistics.components, statistics.products)
    if not problem.says_something:
        return problem, None
    claims = view.ask(nq.SKILL_CLAIMS, skills=[skill.skill for skill in problem.skills])
    situation = situation_of(StoredCorpus(scoped), problem, statistics, Hints(claims, beside), learned.ranker.measures)
    return problem, replace(situation, words=learned.words)


def without_own_words(view: View, problem: Problem, learned: Learned) -> Learned:
    """No word weights where they were learned from the very case that is asked, or from one that is left out."""
    cases = sorted(without_asked_case(view.scope, problem).without)
    people = view.ask(nq.PARTICIPANTS, cases=cases) if cases else ()
    if any(row.role == CaseRole.RESOLVER and row.known_at < learned.words.month for row in people):
        return replace(learned, words=NOTHING_LEARNED)
    return learned


def _problem(view: View, question: Question) -> Problem:
    text = cleaned(question.text)
    case_id = question.case_id or case_meant(view, text)
    if case_id is None and ranks_people(text):
        raise ProblemRefused("problem.ranks_people")
    return problem_of_case(view, case_id, text) if case_id else problem_of_text(text)


def _first_left_out(view: View, scope: Scope) -> int:
    """When the earliest case was opened that this question must not see; stored sums may not reach beyond it."""
    heads = view.ask(nq.CASE_HEADS, cases=sorted(scope.without)) if scope.without else ()
    return min((head.opened_at for head in heads), default=NEVER)


def _as_seen_by(view: View, asker: str | None, known: Prepared, standing: Standing, earlier: Answer | None) -> Standing:
    """The same, with what is told of those who may be named beside their cases, and how the asker stands to them: what
    is told of ties is the asker's own. Of those whom an earlier answer had nothing is asked again."""
    situation = standing.situation
    people = [situation.people[place] for place in (*standing.order, *_declared(standing))]
    beside, acquaintances = situation.beside, earlier.acquaintances if earlier else {}
    if earlier:
        before = earlier.beside
        beside = replace(beside, asker=before.asker, told=beside.told.and_of(before.told), ways=before.ways)
    new = [person for person in people if person not in beside.ways]
    own = view.scoped(view.scope.seen_by(asker)) if asker is not None else view
    beside = with_people(own, known, beside, new, asker)
    if asker is not None and new:
        acquaintances = {**acquaintances, **acquaintances_of(own, asker, new)}
    told = {
        person: one
        for person, one in acquaintances.items()
        if person in situation.places and one.through not in known.reserved
    }
    return standing.seen_anew(replace(situation, beside=beside, acquaintances=told))


def _declared(standing: Standing) -> Ints:
    """Places of those who have nothing but a declared skill, the strongest first."""
    declared = (standing.part("declared_skill") > 0) & ~standing.situation.ever_solved
    places = np.flatnonzero(declared & standing.in_question)
    return places[np.argsort(-standing.scores[places], kind="stable")]


def similar_cases(view: View, question: Question) -> Sequence[Neighbour]:
    """All cases like the problem, most similar first."""
    problem = _problem(view, question)
    corpus = StoredCorpus(view.scoped(without_asked_case(view.scope, problem)))
    return neighbours_of(corpus, problem.words).nearest()


def without_case(view: View, answer: Answer, case_id: str) -> Answer:
    """The same question asked again as if a case had never been; what was learned stays as it was."""
    scope = view.scope.leaving_out(frozenset({case_id}))
    return recommend(view.scoped(scope), answer.question, answer.learned, earlier=answer)
