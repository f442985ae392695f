"""Rule sets: what was learned, who agreed to it, and which one ranks.

A rule set is a draft until two people agree; the one that was agreed to last is in force. A question of the past is
never ranked by rules that have seen what came later.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

import orjson

from graph_service.errors import RulesRefused
from graph_service.model import EVER
from graph_service.ranking.calibration import Calibration
from graph_service.ranking.rankers import KINDS, START, Ranker, Weigh
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, View
from graph_service.store.named_queries import AgreementRow, RuleSetRow

NEEDED = 2
_NAME = re.compile(r"[\w.-]{1,60}")
_LONGEST_WHO = 100


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
class RuleState:
    """Where a rule set stands: agreed by whom and since when (None: a draft), and whether it ranks now."""

    name: str
    agreed_by: tuple[str, ...]
    agreed_at: int | None
    is_in_force: bool


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
        "calibration": None if ranker.calibration is None else asdict(ranker.calibration),
        "trained_since": rules.since,
        "trained_until": ranker.trained_until,
        "cases": rules.cases,
        "figures": dict(rules.figures),
        "cards": dict(rules.cards),
    }


def versioned(rules: RuleSet) -> RuleSet:
    """The rule set with its version: a hash over what ranks, so that the same rules have the same one."""
    ranking = {key: _plain(rules)[key] for key in ("weights", "floor", "calibration", "trained_until")}
    version = sha256(orjson.dumps(ranking, option=orjson.OPT_SORT_KEYS)).hexdigest()[:12]
    return replace(rules, ranker=replace(rules.ranker, version=version))


def rule_set_of(payload: bytes) -> RuleSet:
    """The rule set of stored bytes; kinds that are no longer known are left out."""
    read = orjson.loads(payload)
    known = read["weights"]
    calibration = read["calibration"]
    ranker = Ranker(
        name=read["name"],
        version=read["version"],
        weights=tuple(Weigh(kind, known[name]) for name, kind in KINDS.items() if name in known),
        measures=replace(START.measures, floor=read["floor"]),
        calibration=None
        if calibration is None
        else Calibration(
            calibration["intercept"], tuple(calibration["weights"]), tuple(map(tuple, calibration["curve"]))
        ),
        trained_until=read["trained_until"],
    )
    return RuleSet(ranker, read["trained_since"], read["cases"], read["figures"], read["cards"])


def check_name(name: str) -> None:
    """Raises RulesRefused for what cannot be the name of a draft."""
    if not _NAME.fullmatch(name):
        raise RulesRefused("rules.name", name=name[:60])


def propose(store: Store, rules: RuleSet, now: int) -> None:
    """Keeps a draft; raises RulesRefused when the name cannot be one or stands for something else."""
    name = rules.ranker.name
    check_name(name)
    row = {"name": name, "created_at": now, "payload": payload_of(rules)}
    is_new = name != START.name and store.write(lambda transaction: transaction.write(nq.ADD_RULE_SETS, row))
    if not is_new and find(store, name) != rules:
        raise RulesRefused("rules.taken", name=name)


def find(store: Store, name: str) -> RuleSet:
    """A rule set by name; raises RulesRefused when there is none."""
    if name == START.name:
        return RuleSet(START, START.trained_until, 0, {}, {})
    found = store.rule_set(name)
    if not found:
        raise RulesRefused("rules.unknown", name=name)
    return rule_set_of(found[0].payload)


def agree(store: Store, name: str, people: Sequence[str], now: int) -> RuleState:
    """Notes who agrees; two different people put a rule set in force. Raises RulesRefused."""
    names = [" ".join(person.split()) for person in people]
    if not names or not all(name and name.isprintable() and len(name) <= _LONGEST_WHO for name in names):
        raise RulesRefused("rules.who")
    find(store, name)
    rows = [{"rule_set": name, "agreed_by": person, "agreed_at": now} for person in names]
    store.write(lambda transaction: transaction.write(nq.ADD_AGREEMENTS, rows))
    return next(state for state in states(store) if state.name == name)


def states(store: Store) -> list[RuleState]:
    """All rule sets, the start rules first, then as they were made."""
    agreements = store.agreements()
    history = _put_in_force(agreements)
    in_force = history[-1][0] if history else START.name
    found = []
    for name in (START.name, *(row.name for row in store.rule_sets())):
        agreed = [entry for entry in history if entry[0] == name]
        people = {row.agreed_by.casefold(): row.agreed_by for row in agreements if row.rule_set == name}
        if name == START.name and not agreed:
            found.append(RuleState(name, (), EVER, name == in_force))
        elif agreed:
            found.append(RuleState(name, agreed[-1][2], agreed[-1][1], name == in_force))
        else:
            found.append(RuleState(name, tuple(people.values()), None, name == in_force))
    return found


def _put_in_force(agreements: Sequence[AgreementRow]) -> list[tuple[str, int, tuple[str, ...]]]:
    """(rule set, when, by whom) each time a second person agreed, in the order of time; then counting starts anew."""
    names = {row.agreed_by.casefold(): row.agreed_by for row in agreements}
    waiting: dict[str, dict[str, None]] = {}
    found = []
    for row in agreements:
        people = waiting.setdefault(row.rule_set, {})
        people[row.agreed_by.casefold()] = None
        if len(people) >= NEEDED:
            found.append((row.rule_set, row.agreed_at, tuple(names[person] for person in people)))
            waiting[row.rule_set] = {}
    return found


def in_force(view: View) -> Ranker:
    """The ranker that was agreed to last among those that saw nothing after the View's moment; else the start rules."""
    names = dict.fromkeys(name for name, _, _ in reversed(_put_in_force(view.ask(nq.AGREEMENTS))))
    for name in names:
        if name == START.name:
            return START
        rows: list[RuleSetRow] = view.ask(nq.RULE_SET, name=name)
        ranker = rule_set_of(rows[0].payload).ranker
        if ranker.trained_until <= view.as_of:
            return ranker
    return START
