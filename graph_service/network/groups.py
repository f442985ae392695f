"""The groups of an analysis: everybody in one, none smaller than the agreement says, the same for whoever asks.

Groups that are too small are shown as part of the next bigger unit, or together with the rest, so that nobody is left
over whom a difference could tell of. A house is divided in one way, which is agreed: a second one that crosses it would
tell of the few who are in both.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from graph_service.errors import AnalysisRefused
from graph_service.network.division import REST, Division, division_of, join
from graph_service.store import named_queries as nq
from graph_service.store.base import View

_MOST_LEVELS = 20


class Dimension(enum.StrEnum):
    """By what people are grouped."""

    SITE = "SITE"
    DEPARTMENT = "DEPARTMENT"
    UNIT = "UNIT"


@dataclass(frozen=True, slots=True)
class Units:
    """The house's units by name: what they are part of, and of which kind they are."""

    above: Mapping[str, str]
    kinds: Mapping[str, str]

    def department(self, unit: str) -> str:
        """The nearest department above a unit, itself included; else the top."""
        at = unit
        for _ in range(_MOST_LEVELS):
            if self.kinds.get(at) == "DEPARTMENT" or at not in self.above:
                return at
            at = self.above[at]
        return at


def division_by(view: View, people: Sequence[str], by: Dimension, minimum: int) -> Division:
    """How everybody who takes part is divided; `people` are those with ties, who belong in too.

    Raises AnalysisRefused when there are fewer than the minimum altogether.
    """
    named: dict[str, str] = dict.fromkeys(people, REST)
    units = units_of(view.ask(nq.ORG_UNITS))
    for row in view.ask(nq.MEMBERSHIPS):
        name = row.site if by is Dimension.SITE else row.unit
        if by is Dimension.DEPARTMENT:
            name = units.department(name)
        named[row.person] = named.get(row.person) or name
    if len(named) < minimum:
        raise AnalysisRefused("network.too_few", minimum=minimum)
    return whole(named, {} if by is Dimension.SITE else units.above, minimum)


def units_of(rows: Sequence[nq.OrgUnitRow]) -> Units:
    """The tree of units that the house lists."""
    bodies = {row.id: (row.name, orjson.loads(row.body)) for row in rows}
    names = {}
    for row in rows:
        names[row.id] = row.name
    above, kinds = {}, {}
    for name, body in bodies.values():
        kinds[name] = str(body.get("kind", ""))
        part_of = body.get("part_of")
        parent = next((other for other in names.values() if part_of and other == part_of.get("key")), None)
        if parent and parent != name:
            above[name] = parent
    return Units(above, kinds)


def whole(named: Mapping[str, str], above: Mapping[str, str], minimum: int) -> Division:
    """Each in the smallest unit that is large enough; the rest together, with the smallest group where they are too
    few."""
    groups: dict[str, set[str]] = {}
    for person, name in named.items():
        groups.setdefault(name, set()).add(person)
    for _ in range(len(groups) * _MOST_LEVELS):
        small = [name for name, members in groups.items() if len(members) < minimum and name != REST]
        if not small:
            break
        lowest = max(small, key=lambda name: (_depth(name, above), name))
        groups.setdefault(above.get(lowest, REST), set()).update(groups.pop(lowest))
    for name in [name for name, members in groups.items() if len(members) < minimum and name != REST]:
        groups.setdefault(REST, set()).update(groups.pop(name))  # a circle of units, say
    joined: dict[tuple[str, ...], set[str]] = {(name,): members for name, members in groups.items()}
    while len(joined) > 1 and any(len(members) < minimum for members in joined.values()):
        ordered = sorted(joined, key=lambda names: (len(joined[names]), names))
        join(joined, ordered[0], ordered[1])
    return division_of(joined)


def _depth(name: str, above: Mapping[str, str]) -> int:
    """How many units there are above one."""
    count = 0
    while name in above and count < _MOST_LEVELS:
        name, count = above[name], count + 1
    return count
