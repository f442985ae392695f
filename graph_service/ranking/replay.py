"""The stored history asked again: every past question as of its opening, with the engine that answers today.

Nothing of a case but what was known at its opening is used, in particular not its solver, end or participants.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph_service.evidence.situation import Floats, Situation
from graph_service.history import History, Past, Walk
from graph_service.model import month_start
from graph_service.problem import problem_of_case
from graph_service.ranking.candidates import Hints, situation_of
from graph_service.ranking.rankers import START, Ranker
from graph_service.ranking.recommend import Learned, situated, without_own_words
from graph_service.ranking.standing import strengths_of
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.named_queries import ClaimRow, grouped, in_parts
from graph_service.text.terms import labels_in

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class PastQuestion:
    """A case asked at a moment. `solvers` are the right answers (empty: nobody knows), `banned` are taken out of every
    list, `without` are cases that must not be used for it. `fold` numbers the parts of the history, from 1."""

    case_id: str
    key: str
    as_of: int
    fold: int
    solvers: frozenset[str]
    banned: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """A past question with everything around it and the (kind x person) strengths, kinds in the order of the ranker."""

    question: PastQuestion
    situation: Situation
    strengths: Floats


class Replay:
    """Asks past questions in the order of time."""

    def __init__(self, view: View, history: History) -> None:
        self._view = view
        self._history = history
        self._walk = Walk(history)
        skills = [label.skill for label in view.ask(nq.SKILL_LABELS)]
        self._declared = grouped(view.ask(nq.SKILL_CLAIMS, skills=skills) if skills else (), lambda row: row.label)
        self._earliest: dict[str, int] = {}
        events = history.events
        for happened in (events.solved, events.commented, events.closed):
            for event in happened:
                self._earliest[event.case_id] = min(event.at, self._earliest.get(event.case_id, event.at))

    def asked(self, questions: Sequence[PastQuestion], ranker: Ranker = START) -> Iterator[Asked]:
        """Each question with its strengths; questions come in the order of time."""
        for some in in_parts(questions, AT_ONCE):
            texts = self._texts(some)
            for question in some:
                claims = self._claims(texts.get(question.case_id, ""), question.as_of)
                situation = self._situation(question, claims, ranker)
                if situation is not None:
                    yield Asked(question, situation, strengths_of(situation, ranker))

    def _texts(self, questions: Sequence[PastQuestion]) -> Mapping[str, str]:
        """Titles and texts, where there are declared skills that could be named in them."""
        if not self._declared:
            return {}
        records = self._view.ask(nq.CASE_RECORDS, cases=sorted({question.case_id for question in questions}))
        return {record.case_id: f"{record.title}\n{record.text}" for record in records}

    def _claims(self, text: str, as_of: int) -> Sequence[ClaimRow]:
        named = labels_in(text, self._declared) if text else ()
        return [claim for label in named for claim in self._declared[label] if claim.known_at <= as_of]

    def _situation(self, question: PastQuestion, claims: Sequence[ClaimRow], ranker: Ranker) -> Situation | None:
        """What was around it; None when the case has no words or was not known yet.

        A case asked later than at its opening, and a question with other cases left out, go the way of a single
        answer: what is carried forward has seen too much.
        """
        place = self._history.places.get(question.case_id)
        if place is None or self._history.cases[place].opened_at > question.as_of:
            return None
        if question.without or self._earliest.get(question.case_id, question.as_of) < question.as_of:
            return self._alone(question, ranker)
        problem = self._history.problem(self._history.cases[place], question.as_of)
        if not problem.says_something:
            return None
        past = Past(self._history, question.as_of, frozenset({question.case_id}))
        statistics = self._walk.to(question.as_of, question.case_id)
        situation = situation_of(past, problem, statistics, Hints(claims), ranker.measures)
        return replace(situation, words=self._history.words(month_start(question.as_of)))

    def _alone(self, question: PastQuestion, ranker: Ranker) -> Situation | None:
        view = self._view.at(question.as_of)
        view = view.scoped(view.scope.leaving_out(question.without))
        problem = problem_of_case(view, question.case_id)
        learned = Learned(ranker, self._history.words(month_start(question.as_of)))
        return situated(view, problem, without_own_words(view, problem, learned))[1]
