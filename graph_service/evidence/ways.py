"""How somebody is reached: directly, through somebody known, or not at all."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_service.evidence.relations import Relation, relations_of
from graph_service.evidence.tie_kinds import INTRODUCED, OF_OTHERS
from graph_service.model import month_start
from graph_service.store.base import View


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody is reached: directly (no `through`), or through people, the nearest first; `nearness` 0..1."""

    through: tuple[str, ...]
    nearness: float


def way_to(view: View, me: str, to: str) -> Way | None:
    """The best way: directly to whom one knows, though it be long ago; else through the one of one's nearest whom one
    is nearest to, else through two. None where there is no such way. At most six store calls.

    Of ties between others only this counts: whether they are living, as of the begin of the month.
    """
    mine = relations_of(view, [me]).get(me, {})
    if to in mine:
        return Way((), mine[to].nearness)
    before, near = view.at(month_start(view.as_of)), nearest(mine)
    theirs = _living(relations_of(before, [to]), to) - {me}
    if first := next((one for one in near if one in theirs), None):
        return Way((first,), _through(mine[first], 1))
    met = relations_of(before, near, sorted(theirs)) if near and theirs else {}
    return next(
        (
            Way((first, second), _through(mine[first], 2))
            for first in near
            for second in sorted(_living(met, first) - {me, to})
        ),
        None,
    )


def _living(found: Mapping[str, Mapping[str, Relation]], person: str) -> set[str]:
    """To whom somebody has a living tie."""
    return {other for other, relation in found.get(person, {}).items() if relation.is_living}


def _through(mine: Relation, people: int) -> float:
    """.6 per person between, by the geometric mean of the ties on the way, of which those of others count one half."""
    return float(INTRODUCED**people * (mine.nearness * OF_OTHERS**people) ** (1 / (people + 1)))


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
    ways = [(_through(mine[one], 1), one) for one in sorted(theirs) if one != person]
    reach, through = max(ways, key=lambda way: way[0], default=(0.0, None))
    direct = mine.get(person)
    if direct is not None and direct.nearness >= reach:
        return Acquaintance(Nearness.KNOWN, direct, reach=direct.nearness)
    if through is None:
        return STRANGER
    nearness = Nearness.VIA if direct is None else Nearness.KNOWN
    return Acquaintance(nearness, direct, through, mine[through], reach)
