"""How a network is built: triangles, constraint, cores, paths. Sparse matrices in blocks, so that memory grows with the
ties and not with the square of the people; networkx is the model, and the tests hold each against it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from graph_service.evidence.ties import Floats, Ints
from graph_service.network.snapshots import Snapshot

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_ROWS = 2_000
EXACT_BELOW = 2_000
"""Up to how many people paths are counted from everybody; above it from a sample."""
PIVOTS = 256


def _blocks(size: int) -> Iterator[slice]:
    return (slice(start, min(start + _ROWS, size)) for start in range(0, size, _ROWS))


def common_contacts(network: Snapshot) -> Ints:
    """For each pair with a tie: how many people have a tie with both."""
    matrix = network.matrix()
    counts = [_along(matrix[rows] @ matrix, matrix[rows]) for rows in _blocks(network.size)]
    found = np.concatenate(counts) if counts else np.zeros(0)
    rows, columns = matrix.nonzero()
    is_upper = rows < columns
    return np.rint(found[is_upper]).astype(np.int64)


def _along(product: "csr_matrix", pattern: "csr_matrix") -> Floats:
    """The values of a product at the places where the pattern has one, in their order."""
    rows, columns = pattern.nonzero()
    found = np.asarray(product[rows, columns]).ravel() if len(rows) else np.zeros(0)
    return found.astype(np.float64)


def weak_ties(network: Snapshot) -> int:
    """Ties without a common neighbour in the same window."""
    return int((common_contacts(network) == 0).sum())


def triangles(network: Snapshot) -> Ints:
    """Per person: how many pairs of their contacts have a tie."""
    shared = common_contacts(network)
    ends = np.concatenate([network.one, network.other])
    return np.rint(np.bincount(ends, weights=np.tile(shared, 2), minlength=network.size) / 2).astype(np.int64)


def clustering(network: Snapshot) -> float | None:
    """Mean local clustering of people with a tie, unweighted; with fewer than two ties it is 0 (Watts and Strogatz)."""
    degrees, there = network.degrees.astype(np.float64), network.present
    if not there.any():
        return None
    possible = degrees * (degrees - 1) / 2
    local = np.divide(triangles(network), possible, out=np.zeros(network.size), where=possible > 0)
    return float(local[there].mean())


def transitivity(network: Snapshot) -> float | None:
    """Closed over all pairs of ties that share a person."""
    degrees = network.degrees.astype(np.float64)
    possible = float((degrees * (degrees - 1) / 2).sum())
    return float(triangles(network).sum()) / possible if possible else None


def constraint(network: Snapshot) -> Floats:
    """Burt's constraint per person, over direct contacts: sum over j of (p_ij + sum over q of p_iq p_qj)^2 with p the
    share of i's ties that goes to j (Burt 1992, as networkx and igraph compute it); NaN without ties."""
    from scipy.sparse import diags_array

    matrix, degrees = network.matrix(), network.degrees.astype(np.float64)
    inverse = np.divide(1.0, degrees, out=np.zeros(network.size), where=degrees > 0)
    shares = (diags_array(inverse) @ matrix).tocsr()
    found = np.full(network.size, np.nan)
    for rows in _blocks(network.size):
        direct = shares[rows]
        reached = direct + (direct @ shares).multiply(matrix[rows])
        found[rows] = np.asarray(reached.multiply(reached).sum(axis=1)).ravel()
    found[~network.present] = np.nan
    return found


def effective_size(network: Snapshot) -> Floats:
    """n - 2t/n per person: ties, less what the t ties between their contacts make redundant (Borgatti 1997); NaN
    without ties."""
    degrees = network.degrees.astype(np.float64)
    double = 2.0 * triangles(network)
    return np.where(network.present, degrees - double / np.where(degrees > 0, degrees, 1.0), np.nan)


def largest_component(network: Snapshot) -> tuple[float, Ints] | None:
    """Share of the people with a tie who are in the largest component, and who they are."""
    from scipy.sparse.csgraph import connected_components

    if not network.present.any():
        return None
    _, labels = connected_components(network.matrix(), directed=False)
    sizes = np.bincount(labels[network.present])
    members = np.flatnonzero(network.present & (labels == int(np.argmax(sizes))))
    return len(members) / int(network.present.sum()), members


def mean_path(network: Snapshot, members: Ints, seed: int = 0) -> float | None:
    """Mean number of steps between two people of a component; from a sample of 256 of them above 2,000."""
    from scipy.sparse.csgraph import shortest_path

    if len(members) < 2:
        return None
    inside = network.matrix()[members][:, members]
    sources = np.arange(len(members))
    if len(members) > EXACT_BELOW:
        sources = np.sort(np.random.default_rng(seed).choice(sources, PIVOTS, replace=False))
    total = sum(float(shortest_path(inside, unweighted=True, indices=[one]).sum()) for one in sources)
    return total / (len(sources) * (len(members) - 1))


def bridges(network: Snapshot) -> int:
    """Ties without which a component falls apart."""
    import networkx as nx

    return sum(1 for _ in nx.bridges(network.graph()))


def articulation_points(network: Snapshot) -> int:
    """People without whom a component falls apart; only how many."""
    import networkx as nx

    return sum(1 for _ in nx.articulation_points(network.graph()))
