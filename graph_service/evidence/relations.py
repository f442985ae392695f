"""How near people are to each other now: living, dormant, through somebody, or not at all."""

import enum
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_service.evidence.tie_kinds import INTRODUCED, LIVING, SCALE, TIE_KINDS
from graph_service.model import DAY
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.named_queries import RelationDay

_KINDS = {kind.name.value: kind for kind in TIE_KINDS}
_UNIT = 1e-12


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie of somebody to `other`: its strength S, the days since 1970 of its first and its last contact, how many
    there were, its kinds, the one that counts most first, and the latest occasion that a list names."""

    other: str
    strength: float
    since: int
    last: int
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
        told = row.weight * _UNIT * kind.weight * 2.0 ** (-age / kind.half_life)
        strengths[row.kind] = strengths.get(row.kind, 0.0) + told
    named = [row for row in days if row.occasion]
    return Relation(
        other=other,
        strength=math.fsum(strengths.values()),
        since=min(row.day for row in days),
        last=max(row.day for row in days),
        contacts=sum(row.contacts for row in days),
        kinds=tuple(sorted(strengths, key=lambda name: (-strengths[name], name))),
        occasion=max(named, key=lambda row: (row.day, row.occasion)).occasion if named else "",
    )


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody is reached: directly (no `through`), or through people, the nearest first; `nearness` 0..1."""

    through: tuple[str, ...]
    nearness: float


def way_to(view: View, me: str, to: str) -> Way | None:
    """The best way: the larger of the direct tie and of .6 * sqrt(tie * tie) through one person; else through two, each
    with the one they are nearest to. None where there is no such way. At most six store calls."""
    ends = relations_of(view, [me, to])
    mine, theirs = ends.get(me, {}), ends.get(to, {})
    ways = [Way((), mine[to].nearness)] if to in mine else []
    ways += [
        Way((middle,), INTRODUCED * math.sqrt(mine[middle].nearness * theirs[middle].nearness))
        for middle in sorted(mine.keys() & theirs.keys())
    ]
    if not ways:
        ways = _through_two(view, mine, theirs)
    return max(ways, key=lambda way: way.nearness, default=None)


NEAREST = 50
"""Through how many of the people one is nearest to a way is looked for."""


class Nearness(enum.StrEnum):
    """How an asker stands to somebody."""

    KNOWN = "KNOWN"
    VIA = "VIA"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """How an asker stands to somebody: `relation` is the tie to them, or to the one `through` whom they would be
    introduced; `reach` 0..1, the larger of the direct tie and of the best way through one person."""

    nearness: Nearness
    relation: Relation | None = None
    through: str | None = None
    reach: float = 0.0


STRANGER = Acquaintance(Nearness.UNKNOWN)


def acquaintances_of(view: View, me: str, people: Sequence[str]) -> Mapping[str, Acquaintance]:
    """How one stands to each of these people, in four store calls; the dormant ties count too."""
    mine = relations_of(view, [me]).get(me, {})
    near = nearest(mine)
    between = relations_of(view, near, people) if near and people else {}
    theirs: dict[str, dict[str, Relation]] = {}
    for middle, found in between.items():
        for person, relation in found.items():
            theirs.setdefault(person, {})[middle] = relation
    return {person: _acquaintance(person, mine, theirs.get(person, {})) for person in people if person != me}


def nearest(mine: Mapping[str, Relation]) -> list[str]:
    """The people somebody is nearest to."""
    return sorted(mine, key=lambda one: (-mine[one].strength, one))[:NEAREST]


def _acquaintance(person: str, mine: Mapping[str, Relation], theirs: Mapping[str, Relation]) -> Acquaintance:
    ways = [
        (INTRODUCED * math.sqrt(mine[one].nearness * tie.nearness), one)
        for one, tie in sorted(theirs.items())
        if one in mine and one != person
    ]
    reach, through = max(ways, key=lambda way: way[0], default=(0.0, None))
    if person in mine:
        return Acquaintance(Nearness.KNOWN, mine[person], reach=max(mine[person].nearness, reach))
    if through is not None:
        return Acquaintance(Nearness.VIA, mine[through], through, reach)
    return STRANGER


def _through_two(view: View, mine: Mapping[str, Relation], theirs: Mapping[str, Relation]) -> list[Way]:
    near = nearest(mine)
    between = relations_of(view, near, sorted(theirs)) if near and theirs else {}
    return [
        Way(
            (first, second),
            INTRODUCED**2 * (mine[first].nearness * tie.nearness * theirs[second].nearness) ** (1 / 3),
        )
        for first in near
        for second, tie in sorted(between.get(first, {}).items())
    ]
