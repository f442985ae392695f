"""One evaluation from its options to its figures; broken off, it goes on where it stopped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from graph_service.errors import RulesRefused
from graph_service.model import RowFault, moment
from graph_service.ranking.evaluation import ROLLING, RULES, Archive, Judge, Judged, Rules, archive_of
from graph_service.ranking.learning import Fit, Sample, learned
from graph_service.ranking.query_file import read_queries
from graph_service.ranking.rankers import START, Ranker
from graph_service.ranking.replay import PastQuestion
from graph_service.ranking.resuming import PART, Parts, fingerprint_of
from graph_service.ranking.rules import RuleSet, find, payload_of
from graph_service.ranking.summary import summary_of
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, View
from graph_service.text.terms import ANALYSIS_VERSION

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Task:
    """What to evaluate: which questions (None: every closed case with a solver), by which rules (`rolling`, or a rule
    set's name), which kinds to leave out for comparison, and where to keep the parts of a long replay."""

    parts: Path
    queries: Path | None = None
    rules: str = ROLLING
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assessment:
    """The figures, every judged question, and the rows of the query file that could not be asked.

    The parts of the replay are kept until `parts.clear()`, so that nothing is lost where results cannot be written.
    """

    figures: dict[str, Any]
    judged: Sequence[Judged]
    faults: Sequence[RowFault]
    parts: Parts


def assess(store: Store, view: View, task: Task, progress: Progress) -> Assessment:
    """Replays and judges; without a question that can be asked the figures say so.

    Raises RulesRefused and FileRefused for rules or files that cannot be used, and where nobody ever solved anything.
    """
    fixed = None if task.rules == ROLLING else find(store, task.rules)
    past = archive_of(view)
    asked = read_queries(task.queries, past) if task.queries else None
    questions = asked.questions if asked else past.in_folds()
    count = len(questions)
    questions = _allowed(questions, fixed, is_given=asked is not None)
    if not questions and asked is None:
        raise RulesRefused("evaluate.too_few")
    judge = Judge(past, questions, Rules(fixed.ranker if fixed else None, task.without))
    parts = Parts(task.parts, _fingerprint(past, task, fixed, judge.timeline))
    entries = _walked(judge, parts, progress) if questions else []
    judged = [one for one, _ in entries if one is not None]
    rankers: dict[int, Ranker] = {one.fold: judge.rankers(one.fold)[RULES] for one in judged}
    faults = asked.faults if asked else []
    told = {"rules": task.rules, "refused_rows": len(faults), "left_out": count - len(questions)}
    figures = told | summary_of(judged, rankers, past.known_at)
    return Assessment(figures, judged, faults, parts)


def _allowed(questions: list[PastQuestion], fixed: RuleSet | None, *, is_given: bool) -> list[PastQuestion]:
    """Questions the rules have not seen the future of; given ones must all be, others are left out."""
    if fixed is None:
        return questions
    until, name = fixed.ranker.trained_until, fixed.ranker.name
    early = [question for question in questions if question.as_of < until]
    if early and is_given:
        raise RulesRefused("evaluate.too_early", name=name, until=moment(until), count=len(early))
    if early and len(early) == len(questions):
        raise RulesRefused("evaluate.nothing_later", name=name, until=moment(until))
    return [question for question in questions if question.as_of >= until]


def _fingerprint(past: Archive, task: Task, fixed: RuleSet | None, timeline: Sequence[PastQuestion]) -> str:
    """Over the history, its names and claims, the rules and the questions."""
    history, view = past.history, past.view
    skills = [label.skill for label in view.ask(nq.SKILL_LABELS)]
    claims = view.ask(nq.SKILL_CLAIMS, skills=skills) if skills else ()
    events = (*history.events.solved, *history.events.commented, *history.events.closed)
    told = [metadata.version("expert-graph"), ANALYSIS_VERSION, task.without, START.measures]
    start = [(weigh.kind.name, weigh.weight) for weigh in START.weights]
    rules = payload_of(fixed) if fixed else ROLLING
    asked = [
        (one.case_id, one.as_of, one.fold, *map(sorted, (one.solvers, one.banned, one.without))) for one in timeline
    ]
    people = (sorted(past.names.items()), sorted(past.escalated))
    return fingerprint_of((*told, start, rules, *people, *claims, *history.cases, *history.reports, *events, *asked))


def _walked(judge: Judge, parts: Parts, progress: Progress) -> list[tuple[Judged | None, Sample | None]]:
    """All entries of the timeline, those of an earlier attempt first."""
    entries = parts.load()
    judge.samples += [sample for _, sample in entries if sample is not None]
    total, written = len(judge.timeline), len(entries)
    try:
        for entry in judge.walk(skip=len(entries)):
            entries.append(entry)
            if len(entries) - written >= PART:
                parts.add(entries[written:])
                written = len(entries)
            progress(len(entries), total)
    finally:
        if len(entries) > written:
            parts.add(entries[written:])
    return entries


def fitted(past: Archive, until: int, progress: Progress) -> Fit:
    """What can be learned from every case resolved before a moment. Raises RulesRefused with too few."""
    judge = Judge(past, (), Rules())
    for count, _ in enumerate(judge.walk(), start=1):
        progress(count, len(judge.timeline))
    return learned(judge.samples, until)
