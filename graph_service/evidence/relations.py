"""How near people are to each other now: living, dormant, through somebody, or not at all."""

import enum
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_service.evidence.tie_kinds import INTRODUCED, LIVING, OF_OTHERS, SCALE, TIE_KINDS
from graph_service.evidence.ties import UNIT
from graph_service.model import DAY, month_start
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


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody is reached: directly (no `through`), or through people, the nearest first; `nearness` 0..1."""

    through: tuple[str, ...]
    nearness: float


def way_to(view: View, me: str, to: str) -> Way | None:
    """The best way: directly to whom one knows, though it be long ago; else the nearest through one person, by
    .6 * sqrt(tie * tie); else through two. None where there is no such way. At most six store calls."""
    ends = relations_of(view, [me, to])
    mine, theirs = ends.get(me, {}), ends.get(to, {})
    if to in mine:
        return Way((), mine[to].nearness)
    ways = [
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
    """How an asker stands to somebody: the `relation` to them, and the one `through` whom they would best be
    introduced, with the asker's tie to these, where that is nearer; `reach` 0..1 is the larger of both."""

    nearness: Nearness
    relation: Relation | None = None
    through: str | None = None
    way: Relation | None = None
    reach: float = 0.0


STRANGER = Acquaintance(Nearness.UNKNOWN)


def acquaintances_of(view: View, me: str, people: Sequence[str]) -> Mapping[str, Acquaintance]:
    """How one stands to each of these people, in four store calls; the own dormant ties count too.

    Of ties between others only this counts: whether they are living, as of the begin of the month. Scores are told to
    all digits, and must not tell when two others met, nor how often.
    """
    mine = relations_of(view, [me]).get(me, {})
    near = nearest(mine)
    between = relations_of(view.at(month_start(view.as_of)), near, people) if near and people else {}
    theirs: dict[str, dict[str, Relation]] = {}
    for middle, found in between.items():
        for person, relation in found.items():
            if relation.is_living:
                theirs.setdefault(person, {})[middle] = relation
    return {person: _acquaintance(person, mine, theirs.get(person, {})) for person in people if person != me}


def nearest(mine: Mapping[str, Relation]) -> list[str]:
    """The people somebody is nearest to."""
    return sorted(mine, key=lambda one: (-mine[one].strength, one))[:NEAREST]


def _acquaintance(person: str, mine: Mapping[str, Relation], theirs: Mapping[str, Relation]) -> Acquaintance:
    ways = [(INTRODUCED * math.sqrt(mine[one].nearness * OF_OTHERS), one) for one in sorted(theirs) if one != person]
    reach, through = max(ways, key=lambda way: way[0], default=(0.0, None))
    direct = mine.get(person)
    if direct is not None and direct.nearness >= reach:
        return Acquaintance(Nearness.KNOWN, direct, reach=direct.nearness)
    if through is None:
        return STRANGER
    nearness = Nearness.VIA if direct is None else Nearness.KNOWN
    return Acquaintance(nearness, direct, through, mine[through], reach)


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
