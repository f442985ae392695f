"""The groups of an analysis: everybody in one, none smaller than the agreement says, the same for whoever asks.

Groups that are too small are shown as part of the next bigger unit, or together with the rest. Nobody is left over whom
a difference could tell of: each division is complete, departments are made of units as they are shown, and where sites
and units cross in so few people that sums over both would tell of them, units are shown together.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from graph_service.errors import AnalysisRefused
from graph_service.network.crossing import uncrossed
from graph_service.network.division import REST, Division, division_of, join
from graph_service.store import named_queries as nq
from graph_service.store.base import View

MINIMUM = 10
LOWEST_MINIMUM = 8
"""An agreement may go down to this, never lower."""
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


def divisions(view: View, people: Sequence[str], minimum: int = MINIMUM) -> dict[Dimension, Division]:
    """How everybody who takes part is divided, in each dimension; `people` are those with ties, who belong in too.

    Raises AnalysisRefused when there are fewer than the minimum altogether.
    """
    unit: dict[str, str] = dict.fromkeys(people, REST)
    site: dict[str, str] = dict.fromkeys(people, REST)
    for row in view.ask(nq.MEMBERSHIPS):
        unit[row.person] = unit.get(row.person) or row.unit
        site[row.person] = site.get(row.person) or row.site
    if len(unit) < minimum:
        raise AnalysisRefused("network.too_few", minimum=minimum)
    units = units_of(view.ask(nq.ORG_UNITS))
    by_site = whole(site, {}, minimum)
    by_unit = uncrossed(by_site, whole(unit, units.above, minimum), minimum)
    return {Dimension.SITE: by_site, Dimension.DEPARTMENT: _departments(by_unit, units), Dimension.UNIT: by_unit}


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


def _departments(units: Division, tree: Units) -> Division:
    """Departments made of the units as they are shown, so that a department less its units is nobody."""
    groups: dict[tuple[str, ...], set[str]] = {}
    above = [tuple(sorted({tree.department(name) for name in names})) for names in units.names]
    for person, place in units.group.items():
        groups.setdefault(above[place], set()).add(person)
    return division_of(_apart(groups))


def _apart(groups: dict[tuple[str, ...], set[str]]) -> dict[tuple[str, ...], set[str]]:
    """Groups that name a department in common are one."""
    found: dict[tuple[str, ...], set[str]] = {}
    for names in sorted(groups):
        members, together = groups[names], set(names)
        for other in [other for other in found if together & set(other)]:
            together |= set(other)
            members = members | found.pop(other)
        found[tuple(sorted(together))] = members
    return found
