"""Groups by site and by unit that no sum of the one less the other tells of few people by."""

from typing import TYPE_CHECKING

from graph_service.network.division import Division, division_of, join

if TYPE_CHECKING:
    import networkx as nx


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
            return division_of(groups)
        join(groups, *pair)
    return division_of(groups)


def _crossing(graph: "nx.Graph", part: set[tuple[str, object]], minimum: int) -> tuple[tuple[str, ...], ...] | None:
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
