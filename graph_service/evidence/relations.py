"""Who has a tie to whom now, living or dormant."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_service.evidence.tie_kinds import LIVING, SCALE, TIE_KINDS
from graph_service.evidence.ties import UNIT
from graph_service.model import DAY
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.named_queries import RelationDay

_KINDS = {kind.name.value: kind for kind in TIE_KINDS}


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie of somebody to `other`: its strength S, the days since 1970 of its first and its last contact and of which
    kind this was, how many there were, its kinds, the one that counts most first, and the latest occasion that a list
    names."""

    other: str
    strength: float
    since: int
    last: int
    last_kind: str
    contacts: int
    kinds: tuple[str, ...]
    occasion: str

    @property
    def is_living(self) -> bool:
        """Whether it is strong enough to be more than a memory."""
        return self.strength >= LIVING

    @property
    def nearness(self) -> float:
        """1 - exp(-S/1.5), 0..1."""
        return 1.0 - math.exp(-self.strength / SCALE)


def relations_of(view: View, people: Sequence[str], others: Sequence[str] = ()) -> Mapping[str, Mapping[str, Relation]]:
    """With whom, among some others or everybody, each of these people has a tie, in two store calls."""
    asked = {"people": sorted(people), "others": sorted(others)}
    rows = [*view.ask(nq.CONTACTS_OF, **asked), *view.ask(nq.CASES_WITH, **asked)]
    by_pair: dict[str, dict[str, list[RelationDay]]] = {}
    for row in rows:
        by_pair.setdefault(row.person, {}).setdefault(row.other, []).append(row)
    return {
        person: {other: _relation(other, days, view.as_of) for other, days in others.items()}
        for person, others in by_pair.items()
    }


def _relation(other: str, days: Sequence[RelationDay], as_of: int) -> Relation:
    """S = sum over contacts of w * 2^(-age/h), with weight and half-life of their kind, age in whole days."""
    strengths: dict[str, float] = {}
    for row in sorted(days):
        kind = _KINDS[row.kind]
        age = max(0, as_of // DAY - row.day)
        told = row.weight * UNIT * kind.weight * 2.0 ** (-age / kind.half_life)
        strengths[row.kind] = strengths.get(row.kind, 0.0) + told
    named, latest = [row for row in days if row.occasion], max(days, key=lambda row: (row.day, row.kind))
    return Relation(
        other=other,
        strength=math.fsum(strengths.values()),
        since=min(row.day for row in days),
        last=latest.day,
        last_kind=latest.kind,
        contacts=sum(row.contacts for row in days),
        kinds=tuple(sorted(strengths, key=lambda name: (-strengths[name], name))),
        occasion=max(named, key=lambda row: (row.day, row.occasion)).occasion if named else "",
    )
