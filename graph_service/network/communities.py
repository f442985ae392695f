"""Communities: how far a network falls into parts, and whether the parts stay the same."""

from typing import TYPE_CHECKING

import numpy as np

from graph_service.evidence.ties import Floats, Ints
from graph_service.network.snapshots import Flags, Snapshot
from graph_service.network.structure import EXACT_BELOW, PIVOTS

if TYPE_CHECKING:
    import networkit

RUNS = 10
_ROUNDS = 10


def modularity(network: Snapshot, group: Ints) -> float | None:
    """Sum over groups of L_c/m - (d_c/2m)^2, by ties (Newman and Girvan 2004)."""
    total, groups = len(network.pairs), int(group.max(initial=0)) + 1
    if not total:
        return None
    inside = group[network.one] == group[network.other]
    internal = np.bincount(group[network.one[inside]], minlength=groups)
    degree = np.bincount(group[np.concatenate([network.one, network.other])], minlength=groups)
    return float((internal / total - (degree / (2.0 * total)) ** 2).sum())


def leiden(network: Snapshot) -> tuple[float, Ints] | None:
    """The best modularity of ten seeds and its communities, -1 for people without ties (Traag, Waltman and van Eck
    2019; networkit's)."""
    if not len(network.pairs):
        return None
    graph, kit = _kit(network)
    best: tuple[float, Ints] | None = None
    for seed in range(RUNS):
        kit.setSeed(seed, False)
        found = kit.community.ParallelLeiden(graph, iterations=_ROUNDS, randomize=True)
        found.run()
        group = np.array(found.getPartition().getVector(), dtype=np.int64)
        _, group = np.unique(group, return_inverse=True)
        quality = modularity(network, group) or 0.0
        if best is None or quality > best[0]:
            best = quality, np.where(network.present, group, -1)
    return best


def stability(one: Ints, other: Ints, people: Flags) -> tuple[float, float] | None:
    """How alike two divisions are over these people: normalised mutual information (by the mean of the entropies) and
    the adjusted Rand index."""
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    if not people.any():
        return None
    first, second = one[people], other[people]
    return float(normalized_mutual_info_score(first, second)), float(adjusted_rand_score(first, second))


def deepest_core(network: Snapshot) -> int:
    """The largest k for which some people all have k ties among themselves."""
    if not len(network.pairs):
        return 0
    graph, kit = _kit(network)
    cores = kit.centrality.CoreDecomposition(graph)
    cores.run()
    return int(cores.maxCoreNumber())


def betweenness(network: Snapshot) -> Floats:
    """Normalised betweenness of the people with a tie: exact below 2,000, else estimated from 256 of them (Brandes and
    Pich 2007). Only its Gini leaves this package."""
    if not len(network.pairs):
        return np.zeros(0)
    graph, kit = _kit(network.compact())
    kit.setSeed(0, False)
    if graph.numberOfNodes() < EXACT_BELOW:
        found = kit.centrality.Betweenness(graph, normalized=True)
    else:
        found = kit.centrality.EstimateBetweenness(graph, PIVOTS, normalized=True)
    found.run()
    scores: Floats = np.nan_to_num(np.array(found.scores()))  # between two people nobody stands
    return scores


def _kit(network: Snapshot) -> tuple["networkit.Graph", "networkit"]:
    import networkit as kit

    kit.setNumberOfThreads(1)
    graph = kit.GraphFromCoo((network.one.astype(np.uint64), network.other.astype(np.uint64)), n=network.size)
    return graph, kit
