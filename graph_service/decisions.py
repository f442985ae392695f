"""Answers that were given: kept with all that made them, chosen from, and computed again.

A decision holds the question, the moment, the rules, the evidence of everybody named, and what was shown.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import orjson

from graph_service.audit import Decision, audit_name
from graph_service.choices import CHOSEN
from graph_service.errors import InputRefused, RulesRefused, UnknownId
from graph_service.model import RunKind, RunState
from graph_service.problem import listed_in
from graph_service.ranking.explain import Explained
from graph_service.ranking.ranked import Ranked
from graph_service.ranking.rankers import Ranker
from graph_service.ranking.recommend import Answer, Question, recommend
from graph_service.ranking.rules import find
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, View
from graph_service.store.participation import MASKED_AT
from graph_service.understanding.understood import Given

LONGEST_REASON = 1_000
_RUNS = 10_000


def decision_of(view: View, explanation: Explained, chosen: Sequence[Ranked] | None = None) -> Decision:
    """The record of an answer as it was shown, or of what was explained about those `chosen`."""
    answer = explanation.answer
    shown = answer.named if chosen is None else chosen
    declared = {ranked.person for ranked in answer.only_declared}
    question = answer.question
    told = {
        "question": {"text": question.text, "case": question.case_id, "limit": question.limit,
                     "given": asdict(question.given), "gone": sorted(question.gone)},
        "is_own": question.asker is not None,
        "as_of": answer.as_of,
        "run": view.pin.run,
        "open": view.pin.open,
        "crowd": view.pin.crowd,
        "rule": {"name": answer.ranker.name, "version": answer.ranker.version},
        "verdict": answer.verdict,
        "kinds": answer.understood.labels,
        "about": _classes(answer) or ([] if shown else listed_in(view, answer.problem.text)),
        "experts": [_placed(ranked) for ranked in shown if ranked.person not in declared],
        "declared": [_placed(ranked) for ranked in shown if ranked.person in declared],
        "nearest": [[case.case_id, case.similarity] for case in answer.nearest[: question.limit]],
        "reasons": {
            person: [
                {"kind": one.kind, "contribution": one.contribution, "count": one.citation.count,
                 "of": one.citation.of, "cases": one.citation.cases}
                for one in reasons
            ]
            for person, reasons in explanation.reasons.items()
        },
    }  # fmt: skip
    places = list(answer.understood.labels or answer.problem.components or answer.problem.products[:1])
    people = {
        ranked.person: _about(places, [one.kind for one in explanation.reasons.get(ranked.person, ())])
        for ranked in shown
    }
    people |= {person: _about(places, []) for person in answer.problem.solvers if person not in people}
    return Decision(secrets.token_hex(12), orjson.dumps(told).decode(), people, frozenset(explanation.cases))


def _classes(answer: Answer) -> list[str]:
    """The classes an answer was about: components, else products, else skills that the question named."""
    problem = answer.problem
    return list(problem.components or problem.products[:1] or [skill.label for skill in problem.skills])


def _placed(ranked: Ranked) -> dict[str, Any]:
    return {
        "person": ranked.person,
        "rank": ranked.level,
        "score": ranked.score,
        "chance": ranked.chance,
        "contributions": dict(ranked.contributions),
    }


def _about(places: list[str], kinds: list[str]) -> str:
    return orjson.dumps({"places": places, "kinds": kinds}).decode()


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision as it was kept."""

    id: str
    at: int
    read: Mapping[str, Any]
    chosen: Mapping[str, Any] | None

    @property
    def named(self) -> list[str]:
        """Whom it named, in the order shown."""
        return [one["person"] for one in (*self.read["experts"], *self.read["declared"])]


def kept(store: Store, decision: str, asker: str) -> Kept:
    """A decision of this asker; raises UnknownId for another's and for none alike."""
    rows = store.journal(nq.DECISIONS, ids=[decision])
    if not rows or rows[0].asker != audit_name(store, asker):
        raise UnknownId("node.unknown")
    row = rows[0]
    return Kept(row.id, row.at, orjson.loads(row.payload), orjson.loads(row.chosen) if row.chosen else None)


def choose(store: Store, found: Kept, person: str | None, reason: str, now: int) -> Kept:
    """Notes what the human chose and why (`person` None: nobody named). Raises InputRefused."""
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise InputRefused("decision.reason", most=LONGEST_REASON)
    if person is not None and person not in found.named:
        raise InputRefused("decision.not_named")
    chosen = {"person": person, "reason": words, "at": now}
    row = {"id": found.id, "chosen": orjson.dumps(chosen).decode()}
    if not store.write_journal(lambda transaction: transaction.write(nq.SET_CHOSEN, row)):
        raise UnknownId("node.unknown")
    return replace(found, chosen=chosen)


@dataclass(frozen=True, slots=True)
class Cause:
    """Something since then that can change the answer: `kind` is a code of the message catalogue."""

    kind: str
    at: int | None = None
    run: int | None = None


@dataclass(frozen=True)
class Replayed:
    """The answer computed again, whether it names the same people with the same scores, and what happened since."""

    answer: Answer
    is_same: bool
    causes: tuple[Cause, ...]


def replayed(store: Store, view: View, found: Kept, asker: str | None) -> Replayed:
    """Asks again as of the same moment by the same rules for the same person; the View must be of that moment."""
    read = found.read
    asked = read["question"]
    ranker, causes = _rules(store, read["rule"])
    whose = asker if read["is_own"] else None
    given: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in asked["given"].items()}
    question = Question(asked["text"], asked["case"], asked["limit"], whose, Given(**given), frozenset(asked["gone"]))
    answer = recommend(view, question, ranker=ranker)
    before = [(one["person"], one["score"]) for one in (*read["experts"], *read["declared"])]
    is_same = before == [(one.person, one.score) for one in answer.named]
    causes += _runs_since(store, read["run"], read["open"])
    if not is_same:
        causes += _choices_since(store, view, found)
    return Replayed(answer, is_same, tuple(causes))


def _choices_since(store: Store, view: View, found: Kept) -> list[Cause]:
    """What people have decided since, told only where it can have made a difference, and not when."""
    marks = {row.name: int(row.value) for row in store.state(nq.META) if row.name in (CHOSEN, MASKED_AT)}
    happened = {
        "cause.participation": view.pin.crowd != found.read["crowd"],
        "cause.visibility": marks.get(CHOSEN, 0) > found.at,
        "cause.masked": marks.get(MASKED_AT, 0) > found.at,
        "cause.erasure": any(row.started_at > found.at for row in store.state(nq.ERASURES)),
    }
    return [Cause(kind) for kind, has in happened.items() if has]


def _rules(store: Store, rule: Mapping[str, str]) -> tuple[Ranker | None, list[Cause]]:
    try:
        ranker = find(store, rule["name"]).ranker
    except RulesRefused:
        return None, [Cause("cause.rules")]
    return (ranker, []) if ranker.version == rule["version"] else (None, [Cause("cause.rules")])


def _runs_since(store: Store, run: int, unfinished: Sequence[int]) -> list[Cause]:
    """Runs that ended since; those that were open then count too."""
    runs = store.runs(limit=_RUNS)
    since = [one for one in runs if (one.number > run or one.number in unfinished) and one.state in _CHANGED]
    return [
        Cause("cause.undo" if one.kind is RunKind.UNDO else "cause.import", one.ended_at, one.number)
        for one in reversed(since)
    ]


_CHANGED = (RunState.COMMITTED, RunState.UNDONE)
