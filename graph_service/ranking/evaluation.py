"""How good the answers are: the stored history replayed, each question judged by who really solved it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph_service.errors import RulesRefused
from graph_service.history import History
from graph_service.model import NEVER
from graph_service.problem import Problem
from graph_service.ranking.baselines import Baselines
from graph_service.ranking.learning import Sample, learned, sample_of
from graph_service.ranking.rankers import START, Ranker
from graph_service.ranking.replay import Asked, PastQuestion, Replay
from graph_service.ranking.standing import Standing
from graph_service.store import named_queries as nq
from graph_service.store.base import View

ROLLING = "rolling"
RULES = "rules"
FOLDS = 10
NAMED = 5
WRITTEN = 20


@dataclass(frozen=True, slots=True)
class Judged:
    """How one question went; everything in it can be written as JSON.

    `ranks` by rule (None: not in the list), `chances` of the first five with whether each was right, `named` the first
    five (ids), `ranked` the first twenty as the source names them. `solved_before`: cases the best known solver had
    solved by then (None: nobody knows who solved it).
    """

    case: str
    fold: int
    as_of: int
    ranks: Mapping[str, int | None]
    chances: Sequence[tuple[float, bool]]
    abstained: bool
    solved_before: int | None
    language: str
    escalated: bool
    named: Sequence[str]
    ranked: Sequence[str]


@dataclass(frozen=True)
class Archive:
    """What is replayed: the history, who solved what, when the last of them had, and how people are called (`accounts`:
    who it is, by every name a source has for somebody)."""

    view: View
    history: History
    solvers: Mapping[str, frozenset[str]]
    resolved_at: Mapping[str, int]
    names: Mapping[str, str]
    accounts: Mapping[str, frozenset[str]]
    escalated: frozenset[str]

    def known_at(self, moment: int) -> int:
        """How many people had solved a case until a moment."""
        return len({event.person for event in self.history.events.solved if event.at <= moment})

    def training(self) -> list[PastQuestion]:
        """Every case with a solver as a question at its opening, in the order of time; fold 0."""
        cases = [self.history.cases[self.history.places[case_id]] for case_id in self.solvers]
        ordered = sorted(cases, key=lambda case: (case.opened_at, case.case_id))
        return [PastQuestion(case.case_id, case.key, case.opened_at, 0, self.solvers[case.case_id]) for case in ordered]

    def in_folds(self) -> list[PastQuestion]:
        """The same in ten parts; the first part is only learned from."""
        return [one for one in in_parts(self.training()) if one.fold > 1]


def in_parts(questions: Sequence[PastQuestion]) -> list[PastQuestion]:
    """Questions in the order of time as ten folds of equal size."""
    return [replace(one, fold=place * FOLDS // len(questions) + 1) for place, one in enumerate(questions)]


def archive_of(view: View) -> Archive:
    """Loads what is replayed. Raises RulesRefused when nobody ever solved anything."""
    history = History(view)
    solvers: dict[str, set[str]] = {}
    resolved_at: dict[str, int] = {}
    for event in history.events.solved:
        solvers.setdefault(event.case_id, set()).add(event.person)
        resolved_at[event.case_id] = event.at
    if not solvers:
        raise RulesRefused("evaluate.no_solvers")
    people = sorted({event.person for event in history.events.solved})
    names: dict[str, str] = {}
    accounts: dict[str, frozenset[str]] = {}
    for row in view.ask(nq.NAMES, people=people):
        names.setdefault(row.person, row.key)
        accounts[row.key] = accounts.get(row.key, frozenset()) | {row.person}
    found = {case: frozenset(people) for case, people in solvers.items()}
    return Archive(view, history, found, resolved_at, names, accounts, _escalated(view, history))


def _escalated(view: View, history: History) -> frozenset[str]:
    """Cases linked with a case of another product: somebody else's problem has become theirs."""
    found: set[str] = set()
    for link in view.ask(nq.CASE_LINKS, cases=[case.case_id for case in history.cases]):
        if link.case_id in history.places and link.other_id in history.places:
            one, other = (history.cases[history.places[case]] for case in (link.case_id, link.other_id))
            if one.product != other.product:
                found |= {one.case_id, other.case_id}
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Rules:
    """By which rules to rank: `rolling` (fitted anew at each fold), or one ranker for all; `without` names kinds that
    are left out, each in a ranking of its own beside the full one."""

    ranker: Ranker | None = None
    without: tuple[str, ...] = ()

    def at(self, samples: Sequence[Sample], until: int) -> Mapping[str, Ranker]:
        """The rankers of a fold that starts at a moment; with too little to learn from, the start rules."""
        found = {RULES: self._one(samples, until, ())}
        if self.ranker is None:
            found[START.name] = START
        return found | {f"without {kind}": self._one(samples, until, (kind,)) for kind in self.without}

    def _one(self, samples: Sequence[Sample], until: int, left_out: tuple[str, ...]) -> Ranker:
        if self.ranker is not None:
            return self.ranker.without(left_out)
        try:
            return learned(samples, until, left_out).ranker
        except RulesRefused:
            return START.without(left_out)


class Judge:
    """Replays questions in the order of time and judges them; what was done before can be handed in again."""

    def __init__(self, past: Archive, questions: Sequence[PastQuestion], rules: Rules) -> None:
        self._past = past
        self._rules = rules
        training = past.training() if rules.ranker is None else ()
        self._lessons = {(one.case_id, one.as_of) for one in training}
        self.timeline = _timeline(training, questions)
        self._starts: dict[int, int] = {}
        for question in questions:
            self._starts[question.fold] = min(question.as_of, self._starts.get(question.fold, NEVER))
        self._rankers: dict[int, Mapping[str, Ranker]] = {}
        self._baselines = Baselines(past.history)
        self.samples: list[Sample] = []

    def walk(self, skip: int = 0) -> Iterator[tuple[Judged | None, Sample | None]]:
        """Each entry of the timeline from `skip` on: what came of it as a question, and as something to learn from."""
        replay = Replay(self._past.view, self._past.history)
        rest = self.timeline[skip:]
        answers = iter(replay.asked(rest))
        asked = next(answers, None)
        for question in rest:
            if asked is None or asked.question is not question:
                yield (self._unasked(question) if question.fold else None), None
                continue
            judged = self._judged(asked) if question.fold else None
            sample = self._sampled(asked)
            asked = next(answers, None)
            yield judged, sample

    def _sampled(self, asked: Asked) -> Sample | None:
        question = asked.question
        lesson = (question.case_id, question.as_of)
        if question.without or lesson not in self._lessons:
            return None
        self._lessons.remove(lesson)  # asked in several folds, it is learned from once
        sample = sample_of(asked, self._past.solvers[question.case_id], self._past.resolved_at[question.case_id])
        if sample is not None:
            self.samples.append(sample)
        return sample

    def _unasked(self, question: PastQuestion) -> Judged:
        """A question that says nothing: nobody is named, and whoever solved it counts as missed."""
        history = self._past.history
        problem = history.problem(history.cases[history.places[question.case_id]], question.as_of)
        ranks: dict[str, int | None] = dict.fromkeys(self.rankers(question.fold))
        return self._told(question, problem, ranks, self._baselines.ranked(question, problem, None))

    def rankers(self, fold: int) -> Mapping[str, Ranker]:
        """The rankers of a fold, fitted when it is first asked for."""
        if fold not in self._rankers:
            self._rankers[fold] = self._rules.at(self.samples, self._starts[fold])
        return self._rankers[fold]

    def _judged(self, asked: Asked) -> Judged:
        question, situation = asked.question, asked.situation
        standings = {
            name: Standing(situation, ranker, asked.strengths, question.banned)
            for name, ranker in self.rankers(question.fold).items()
        }
        orders = {name: _people(standing) for name, standing in standings.items()}
        ranks = {name: _rank(order, question) for name, order in orders.items()}
        mine = standings[RULES]
        people = orders[RULES]
        chances = mine.chances or {}
        told = [(chances[situation.places[person]], person in question.solvers) for person in people[:NAMED] if chances]
        judged = self._told(
            question, situation.problem, ranks, self._baselines.ranked(question, situation.problem, situation)
        )
        return replace(
            judged,
            chances=told,
            abstained=not mine.proven or mine.is_unlikely,
            named=people[:NAMED],
            ranked=[self._past.names[person] for person in people[:WRITTEN]],
        )

    def _told(
        self,
        question: PastQuestion,
        problem: Problem,
        ranks: Mapping[str, int | None],
        simple: Mapping[str, Sequence[str]],
    ) -> Judged:
        """What does not depend on whether anything was answered."""
        return Judged(
            case=question.key,
            fold=question.fold,
            as_of=question.as_of,
            ranks={**ranks, **{name: _rank(order, question) for name, order in simple.items()}},
            chances=(),
            abstained=True,
            solved_before=self._baselines.solved_before(question) if question.solvers else None,
            language=problem.language or "both",
            escalated=question.case_id in self._past.escalated,
            named=(),
            ranked=(),
        )


def _timeline(training: Sequence[PastQuestion], questions: Sequence[PastQuestion]) -> list[PastQuestion]:
    """Both in the order of time; a question at its case's own opening is learned from as well."""
    asked = {(one.case_id, one.as_of) for one in questions if not one.without}
    only_learned = [one for one in training if (one.case_id, one.as_of) not in asked]
    return sorted([*only_learned, *questions], key=lambda one: (one.as_of, one.case_id, one.fold))


def _people(standing: Standing) -> list[str]:
    return [standing.situation.people[place] for place in standing.order.tolist()]


def _rank(order: Sequence[str], question: PastQuestion) -> int | None:
    """The place of the first right person, those who are banned taken out; None when there is none."""
    rank = 0
    for person in order:
        if person not in question.banned:
            rank += 1
            if person in question.solvers:
                return rank
    return None
