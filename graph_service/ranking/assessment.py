"""One evaluation from its options to its figures; broken off, it goes on where it stopped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_service.errors import RulesRefused
from graph_service.model import RowFault, moment
from graph_service.ranking.evaluation import ROLLING, RULES, Archive, Judge, Judged, Rules, archive_of
from graph_service.ranking.learning import Fit, Sample, learned
from graph_service.ranking.query_file import read_queries
from graph_service.ranking.rankers import KINDS, START, Ranker
from graph_service.ranking.replay import PastQuestion
from graph_service.ranking.resuming import PART, Parts, fingerprint_of
from graph_service.ranking.rules import RuleSet, find, payload_of
from graph_service.ranking.summary import summary_of
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
    """The figures, every judged question, and the rows of the query file that could not be asked."""

    figures: dict[str, Any]
    judged: Sequence[Judged]
    faults: Sequence[RowFault]


def assess(store: Store, view: View, task: Task, progress: Progress) -> Assessment:
    """Replays and judges. Raises RulesRefused and FileRefused when there is nothing to judge, or by wrong rules."""
    unknown = [kind for kind in task.without if kind not in KINDS]
    if unknown:
        raise RulesRefused("evaluate.kind", kind=unknown[0], kinds=", ".join(KINDS))
    fixed = None if task.rules == ROLLING else find(store, task.rules)
    past = archive_of(view)
    asked = read_queries(task.queries, past) if task.queries else None
    questions = asked.questions if asked else past.in_folds()
    questions = _allowed(questions, fixed, is_given=asked is not None)
    if not questions:
        raise RulesRefused("evaluate.nothing", faults=len(asked.faults) if asked else 0)
    judge = Judge(past, questions, Rules(fixed.ranker if fixed else None, task.without))
    fingerprint = _fingerprint(view, task, fixed, judge.timeline)
    judged = [one for one, _ in _walked(judge, Parts(task.parts, fingerprint), progress) if one is not None]
    rankers: dict[int, Ranker] = {one.fold: judge.rankers(one.fold)[RULES] for one in judged}
    faults = asked.faults if asked else []
    figures = {"rules": task.rules, "refused_rows": len(faults)} | summary_of(judged, rankers)
    return Assessment(figures, judged, faults)


def _allowed(questions: list[PastQuestion], fixed: RuleSet | None, *, is_given: bool) -> list[PastQuestion]:
    """Questions the rules have not seen the future of; given ones must all be, others are left out."""
    if fixed is None:
        return questions
    until = fixed.ranker.trained_until
    early = [question for question in questions if question.as_of < until]
    if early and is_given:
        raise RulesRefused("evaluate.too_early", name=fixed.ranker.name, until=moment(until), count=len(early))
    return [question for question in questions if question.as_of >= until]


def _fingerprint(view: View, task: Task, fixed: RuleSet | None, timeline: Sequence[PastQuestion]) -> str:
    asked = [
        [one.case_id, one.as_of, one.fold, *map(sorted, (one.solvers, one.banned, one.without))] for one in timeline
    ]
    start = [[weigh.kind.name, weigh.weight] for weigh in START.weights]
    rules = payload_of(fixed).decode() if fixed else ROLLING
    return fingerprint_of([ANALYSIS_VERSION, view.pin.run, view.pin.open, rules, task.without, start, asked])


def _walked(judge: Judge, parts: Parts, progress: Progress) -> list[tuple[Judged | None, Sample | None]]:
    """All entries of the timeline, those of an earlier attempt first; parts are removed at the end."""
    entries = parts.load()
    judge.samples += [sample for _, sample in entries if sample is not None]
    total, written = len(judge.timeline), len(entries)
    for entry in judge.walk(skip=len(entries)):
        entries.append(entry)
        if len(entries) - written >= PART:
            parts.add(entries[written:])
            written = len(entries)
        progress(len(entries), total)
    parts.clear()
    return entries


def fitted(past: Archive, until: int, progress: Progress) -> Fit:
    """What can be learned from every case resolved before a moment. Raises RulesRefused with too few."""
    judge = Judge(past, (), Rules())
    for count, _ in enumerate(judge.walk(), start=1):
        progress(count, len(judge.timeline))
    return learned(judge.samples, until)
