"""How the network of a window is built, in figures for the expert: all of everybody, none of anybody."""

from dataclasses import dataclass

import numpy as np

from graph_service.evidence.ties import Ints
from graph_service.network import change as ch, communities as co, structure as sr
from graph_service.network.islands import roughly
from graph_service.network.snapshots import Flags, Snapshot


@dataclass(frozen=True, slots=True)
class Structure:
    """Figures of one window; None where there are no ties. Means are over people with a tie."""

    weak_share: float | None
    clustering: float | None
    transitivity: float | None
    mean_constraint: float | None
    mean_effective_size: float | None
    modularity: float | None
    leiden_modularity: float | None
    communities: int
    deepest_core: int
    component_share: float | None
    mean_path: float | None
    bridges: str
    articulation_points: str
    betweenness_gini: float | None


@dataclass(frozen=True, slots=True)
class Structures:
    """Both windows, and how alike their communities are over the people of both (None: nobody)."""

    before: Structure
    after: Structure
    nmi: float | None
    ari: float | None


def structures(first: Snapshot, second: Snapshot, group: Ints | None) -> Structures:
    """The figures of two windows of all people, to two digits; `group` are their fixed groups (None: not to be told
    of)."""
    found = [co.leiden(network) for network in (first, second)]
    before, after = (_structure(network, group, told) for network, told in zip((first, second), found, strict=True))
    both: Flags = first.present & second.present
    alike = None if found[0] is None or found[1] is None else co.stability(found[0][1], found[1][1], both)
    return Structures(
        before, after, None if alike is None else _two(alike[0]), None if alike is None else _two(alike[1])
    )


def _structure(network: Snapshot, group: Ints | None, found: tuple[float, Ints] | None) -> Structure:
    ties, between = len(network.pairs), co.betweenness(network)
    component = sr.largest_component(network)
    fixed = None if group is None else co.modularity(network, np.where(group < 0, group.max(initial=0) + 1, group))
    return Structure(
        weak_share=_two(sr.weak_ties(network) / ties if ties else None),
        clustering=_two(sr.clustering(network)),
        transitivity=_two(sr.transitivity(network)),
        mean_constraint=_two(float(np.nanmean(sr.constraint(network))) if ties else None),
        mean_effective_size=_two(float(np.nanmean(sr.effective_size(network))) if ties else None),
        modularity=_two(fixed),
        leiden_modularity=_two(None if found is None else found[0]),
        communities=0 if found is None else len(np.unique(found[1][found[1] >= 0])),
        deepest_core=co.deepest_core(network),
        component_share=_two(None if component is None else component[0]),
        mean_path=_two(None if component is None else sr.mean_path(network, component[1])),
        bridges=roughly(sr.bridges(network)),
        articulation_points=roughly(sr.articulation_points(network)),
        betweenness_gini=_two(ch.gini(between) if len(between) else None),
    )


def _two(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
