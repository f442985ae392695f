"""How the network of a window is built, in figures for the expert: all of everybody, none of anybody."""

from dataclasses import asdict, dataclass, replace

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


DIGITS = 2
"""To which figures are told where single people are to be kept out."""


def structures(first: Snapshot, second: Snapshot, group: Ints | None, digits: int | None = DIGITS) -> Structures:
    """The figures of two windows of all people, to so many digits (None: all); `group` are their fixed groups (None:
    not to be told of)."""
    found = [co.leiden(network) for network in (first, second)]
    before, after = (_structure(network, group, told) for network, told in zip((first, second), found, strict=True))
    both: Flags = first.present & second.present
    alike = None if found[0] is None or found[1] is None else co.stability(found[0][1], found[1][1], both)
    nmi, ari = alike or (None, None)
    return Structures(_rounded(before, digits), _rounded(after, digits), _to(nmi, digits), _to(ari, digits))


def _structure(network: Snapshot, group: Ints | None, found: tuple[float, Ints] | None) -> Structure:
    ties, between = len(network.pairs), co.betweenness(network)
    component = sr.largest_component(network)
    fixed = None if group is None else co.modularity(network, np.where(group < 0, group.max(initial=0) + 1, group))
    return Structure(
        weak_share=sr.weak_ties(network) / ties if ties else None,
        clustering=sr.clustering(network),
        transitivity=sr.transitivity(network),
        mean_constraint=float(np.nanmean(sr.constraint(network))) if ties else None,
        mean_effective_size=float(np.nanmean(sr.effective_size(network))) if ties else None,
        modularity=fixed,
        leiden_modularity=None if found is None else found[0],
        communities=0 if found is None else len(np.unique(found[1][found[1] >= 0])),
        deepest_core=co.deepest_core(network),
        component_share=None if component is None else component[0],
        mean_path=None if component is None else sr.mean_path(network, component[1]),
        bridges=roughly(sr.bridges(network)),
        articulation_points=roughly(sr.articulation_points(network)),
        betweenness_gini=ch.gini(between) if len(between) else None,
    )


def _rounded(found: Structure, digits: int | None) -> Structure:
    told = {name: _to(value, digits) for name, value in asdict(found).items() if isinstance(value, float)}
    if digits is not None:  # of forty people two digits are a number of people
        told["component_share"] = _to(found.component_share, 1)
    return replace(found, **told)  # type: ignore[arg-type]


def _to(value: float | None, digits: int | None) -> float | None:
    return value if value is None or digits is None else round(value, digits)
