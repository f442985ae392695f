"""The groups of an analysis: everybody in one, none smaller than the agreement says, the same for whoever asks.

Groups that are too small are shown as part of the next bigger unit, or together with the rest. Nobody is left over whom
a difference could tell of: each division is complete, departments are made of units as they are shown, and where sites
and units cross in so few people that sums over both would tell of them, units are shown together.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import orjson

from graph_service.errors import AnalysisRefused
from graph_service.evidence.ties import Ints
from graph_service.store import named_queries as nq
from graph_service.store.base import View

MINIMUM = 10
LOWEST_MINIMUM = 8
"""An agreement may go down to this, never lower."""
REST = ""
"""The name of those who are in no group of their own."""
_MOST_LEVELS = 20


class Dimension(enum.StrEnum):
    """By what people are grouped."""

    SITE = "SITE"
    DEPARTMENT = "DEPARTMENT"
    UNIT = "UNIT"


@dataclass(frozen=True)
class Division:
    """Everybody in one group: its names (several: shown together; REST: everybody else) and how many are in it."""

    names: tuple[tuple[str, ...], ...]
    sizes: tuple[int, ...]
    group: Mapping[str, int]

    def places(self, people: Sequence[str]) -> Ints:
        """The group of each of these people."""
        rest = next((place for place, names in enumerate(self.names) if REST in names), -1)
        return np.array([self.group.get(person, rest) for person in people], dtype=np.int64)


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
        _join(joined, ordered[0], ordered[1])
    return _division(joined)


def _depth(name: str, above: Mapping[str, str]) -> int:
    """How many units there are above one."""
    count = 0
    while name in above and count < _MOST_LEVELS:
        name, count = above[name], count + 1
    return count


def _join(groups: dict[tuple[str, ...], set[str]], one: tuple[str, ...], other: tuple[str, ...]) -> None:
    members = groups.pop(one) | groups.pop(other)
    groups[tuple(sorted({*one, *other}))] = members


def _division(groups: Mapping[tuple[str, ...], set[str]]) -> Division:
    names = tuple(sorted(groups))
    group = {person: place for place, name in enumerate(names) for person in groups[name]}
    return Division(names, tuple(len(groups[name]) for name in names), group)


def uncrossed(sites: Division, units: Division, minimum: int) -> Division:
    """Units, some of them joined, so that no sum of sites less a sum of units is a figure of fewer people than the
    minimum.

    Such a difference is the people in a cut of the graph of sites and units, whose edges are the people in both; so
    every cut must have enough of them (Stoer and Wagner 1997, minimum cut).
    """
    import networkx as nx

    groups = {names: {one for one, at in units.group.items() if units.names[at] == names} for names in units.names}
    while len(groups) > 1:
        graph = nx.Graph()
        for names, members in groups.items():
            for person in members:
                edge = (("site", sites.group[person]), ("unit", names))
                graph.add_edge(*edge, weight=graph.edges[edge]["weight"] + 1 if graph.has_edge(*edge) else 1)
        pair = next(
            (pair for part in nx.connected_components(graph) if (pair := _crossing(graph, part, minimum))), None
        )
        if pair is None:
            return _division(groups)
        _join(groups, *pair)
    return _division(groups)


def _crossing(graph: "nx.Graph", part: set[tuple[str, object]], minimum: int) -> tuple[tuple[str, ...], ...] | None:  # type: ignore[name-defined] # noqa: F821
    """Two units of a part of the graph that are to be shown together, where a cut of it has too few people."""
    import networkx as nx

    if len(part) < 3:
        return None
    inside = graph.subgraph(part)
    count, (left, right) = nx.stoer_wagner(inside)
    if count >= minimum:
        return None
    left, right = set(left), set(right)
    ends = [end for edge in nx.edge_boundary(inside, left, right) for end in edge]
    unit = min(end[1] for end in ends if end[0] == "unit")
    side = right if ("unit", unit) in left else left
    weight = {one[1]: inside.degree(one, weight="weight") for one in part if one[0] == "unit" and one[1] != unit}
    beyond = {one[1] for one in side if one[0] == "unit"} or set(weight)
    return unit, max(sorted(beyond), key=lambda names: weight[names])


def _departments(units: Division, tree: Units) -> Division:
    """Departments made of the units as they are shown, so that a department less its units is nobody."""
    groups: dict[tuple[str, ...], set[str]] = {}
    above = [tuple(sorted({tree.department(name) for name in names})) for names in units.names]
    for person, place in units.group.items():
        groups.setdefault(above[place], set()).add(person)
    return _division(_apart(groups))


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
