"""Rule sets: what was learned, who agreed to it, and which one ranks.

A rule set is a draft until two people have signed, one for the works council and one who runs the service; the one that
was agreed to last is in force. A question of the past is never ranked by rules that have seen what came later.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any, NamedTuple
from unicodedata import normalize

import orjson

from graph_service.access import Asker, Role
from graph_service.errors import RulesRefused
from graph_service.model import RunState
from graph_service.ranking.calibration import Calibration
from graph_service.ranking.rankers import KINDS, START, Ranker, Weigh
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, View
from graph_service.store.named_queries import AgreementRow, RuleSetRow

NEEDED = frozenset({Role.WORKS_COUNCIL, Role.ADMIN})
"""Roles whose signatures put a rule set in force; of two different people."""
_NAME = re.compile(r"\w[\w.-]{0,59}")
_RESERVED = (START.name, "rolling")
_LONGEST_WHO = 100
_MOST_RUNS = 10_000


@dataclass(frozen=True)
class RuleSet:
    """A learned ranker with what it was learned from: cases resolved from `since` until the ranker's `trained_until`.

    `figures` are what was measured; `cards` say it in German and English.
    """

    ranker: Ranker
    since: int
    cases: int
    figures: Mapping[str, float]
    cards: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who agrees, in which role."""

    name: str
    role: Role

    @classmethod
    def of(cls, asker: Asker) -> "Signature":
        """The signature of whoever acts with a key or a sign-in."""
        return cls(asker.identity.name, asker.role)


@dataclass(frozen=True, slots=True)
class RuleState:
    """Where a rule set stands: who put it in force and when (None: never), who has agreed since, whether it ranks now,
    and which imports it was learned from that are withdrawn."""

    name: str
    agreed_by: tuple[str, ...]
    agreed_at: int | None
    waiting: tuple[str, ...]
    is_in_force: bool
    withdrawn: tuple[int, ...]


def payload_of(rules: RuleSet) -> bytes:
    """The rule set as bytes: the same content, the same bytes."""
    return orjson.dumps(_plain(rules), option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2)


def _plain(rules: RuleSet) -> dict[str, Any]:
    ranker = rules.ranker
    return {
        "name": ranker.name,
        "version": ranker.version,
        "weights": {weigh.kind.name: weigh.weight for weigh in ranker.weights},
        "floor": ranker.measures.floor,
        "measures": asdict(ranker.measures),
        "calibration": None if ranker.calibration is None else asdict(ranker.calibration),
        "trained_since": rules.since,
        "trained_until": ranker.trained_until,
        "cases": rules.cases,
        "figures": dict(rules.figures),
        "cards": dict(rules.cards),
    }


def versioned(rules: RuleSet) -> RuleSet:
    """The rule set with its version: a hash over what ranks, so that the same rules have the same one."""
    ranking = {key: _plain(rules)[key] for key in ("weights", "measures", "calibration", "trained_until")}
    version = sha256(orjson.dumps(ranking, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12]
    return replace(rules, ranker=replace(rules.ranker, version=version))


def rule_set_of(payload: bytes) -> RuleSet:
    """The rule set of stored bytes; kinds no longer known are left out, those that came later weigh nothing."""
    read = orjson.loads(payload)
    known = read["weights"]
    calibration = read["calibration"]
    ranker = Ranker(
        name=read["name"],
        version=read["version"],
        weights=tuple(Weigh(kind, known.get(name, 0.0)) for name, kind in KINDS.items()),
        measures=replace(START.measures, **_known_measures(read.get("measures", {})), floor=read["floor"]),
        calibration=None
        if calibration is None
        else Calibration(
            calibration["intercept"], tuple(calibration["weights"]), tuple(map(tuple, calibration["curve"]))
        ),
        trained_until=read["trained_until"],
    )
    return RuleSet(ranker, read["trained_since"], read["cases"], read["figures"], read["cards"])


def _known_measures(told: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in told.items() if name in asdict(START.measures) and name != "floor"}


def check_name(name: str) -> None:
    """Raises RulesRefused for what cannot be the name of a draft."""
    if not _NAME.fullmatch(name):
        raise RulesRefused("rules.name", name=name[:60])
    if name.casefold() in _RESERVED:
        raise RulesRefused("rules.reserved", name=name)


def propose(store: Store, rules: RuleSet, now: int) -> None:
    """Keeps a draft; raises RulesRefused when the name cannot be one or stands for something else."""
    name = rules.ranker.name
    check_name(name)
    row = {"name": name, "created_at": now, "payload": payload_of(rules)}
    store.write(lambda transaction: transaction.write(nq.ADD_RULE_SETS, row))
    if find(store, name) != rules:
        raise RulesRefused("rules.taken", name=name)


def find(store: Store, name: str) -> RuleSet:
    """A rule set by name; raises RulesRefused when there is none."""
    if name == START.name:
        return RuleSet(START, START.trained_until, 0, {}, {})
    found = store.rule_set(name)
    if not found:
        raise RulesRefused("rules.unknown", name=name)
    return rule_set_of(found[0].payload)


def agree(store: Store, name: str, signatures: Sequence[Signature], now: int) -> RuleState:
    """Notes who agrees; the second of the two needed roles puts a rule set in force. Raises RulesRefused, also for one
    that ranks."""
    names = [normalize("NFC", " ".join(one.name.split())) for one in signatures]
    if not names or not all(name and name.isprintable() and len(name) <= _LONGEST_WHO for name in names):
        raise RulesRefused("rules.who")
    find(store, name)
    agreements = store.agreements()
    if name == _rounds(agreements).in_force:
        raise RulesRefused("rules.ranks_already", name=name)
    first = max([now, *(row.agreed_at + 1 for row in agreements)])
    rows = [
        {"rule_set": name, "agreed_by": person, "role": one.role.value, "agreed_at": first + place}
        for place, (person, one) in enumerate(zip(names, signatures, strict=True))
    ]
    store.write(lambda transaction: transaction.write(nq.ADD_AGREEMENTS, rows))
    return next(state for state in states(store) if state.name == name)


def states(store: Store) -> list[RuleState]:
    """All rule sets, the start rules first, then as they were made."""
    rounds, rows = _rounds(store.agreements()), store.rule_sets()
    withdrawn = _withdrawn(store, rows)
    found = []
    for name in (START.name, *(row.name for row in rows)):
        agreed = [one for one in rounds.agreed if one.name == name]
        found.append(
            RuleState(
                name=name,
                agreed_by=agreed[-1].people if agreed else (),
                agreed_at=agreed[-1].at if agreed else None,
                waiting=tuple(one.name for one in rounds.waiting.get(name, {}).values()),
                is_in_force=name == rounds.in_force,
                withdrawn=withdrawn.get(name, ()),
            )
        )
    return found


def _withdrawn(store: Store, rows: Sequence[RuleSetRow]) -> Mapping[str, tuple[int, ...]]:
    """For each rule set the imports that were there when it was learned and were undone since."""
    runs = store.runs(limit=_MOST_RUNS) if rows else []
    ended = {run.number: run.ended_at for run in runs if run.ended_at is not None}
    undone = [(run.undoes, run.started_at) for run in runs if run.undoes in ended and run.state is RunState.COMMITTED]
    return {
        row.name: tuple(sorted(number for number, at in undone if number and ended[number] <= row.created_at <= at))
        for row in rows
    }


class _Agreed(NamedTuple):
    name: str
    at: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rounds:
    """What was put in force, in the order of time, and who (by folded name) has agreed to what does not rank yet."""

    agreed: Sequence[_Agreed]
    waiting: Mapping[str, Mapping[str, Signature]]

    @property
    def in_force(self) -> str:
        return self.agreed[-1].name if self.agreed else START.name


def _rounds(agreements: Sequence[AgreementRow]) -> _Rounds:
    """Each time both roles have agreed a rule set is in force, and counting for it begins anew; to agree to what ranks
    already adds nothing, and a person counts once, in the role they signed in first."""
    agreed: list[_Agreed] = []
    waiting: dict[str, dict[str, Signature]] = {}
    for row in agreements:
        if row.rule_set == (agreed[-1].name if agreed else START.name):
            continue
        people = waiting.setdefault(row.rule_set, {})
        people.setdefault(row.agreed_by.casefold(), Signature(row.agreed_by, Role(row.role)))
        if {one.role for one in people.values()} >= NEEDED:
            names = tuple(one.name for one in waiting.pop(row.rule_set).values())
            agreed.append(_Agreed(row.rule_set, row.agreed_at, names))
    return _Rounds(agreed, waiting)


def in_force(view: View) -> Ranker:
    """The ranker that was agreed to last among those that saw nothing after the View's moment; else the start rules."""
    for name in dict.fromkeys(one.name for one in reversed(_rounds(view.ask(nq.AGREEMENTS)).agreed)):
        if name == START.name:
            return START
        rows: list[RuleSetRow] = view.ask(nq.RULE_SET, name=name)
        ranker = rule_set_of(rows[0].payload).ranker
        if ranker.trained_until <= view.as_of:
            return ranker
    return START
