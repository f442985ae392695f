"""The network seen in a window: an undirected simple graph, weighted by contacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from graph_service.evidence.ties import Ints, Ties
from graph_service.model import DAY
from graph_service.network.windows import Window

if TYPE_CHECKING:
    import networkx as nx
    from scipy.sparse import csr_matrix

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Snapshot:
    """The pairs (numbers as in `Ties.pair`, in order) of `size` people who had contact in a window, and how many."""

    size: int
    pairs: Ints
    contacts: Ints

    @cached_property
    def one(self) -> Ints:
        """The first of each pair, as a place."""
        return self.pairs // self.size

    @cached_property
    def other(self) -> Ints:
        """The second of each pair."""
        return self.pairs % self.size

    @cached_property
    def degrees(self) -> Ints:
        """How many people each of all has a tie with."""
        return np.bincount(np.concatenate([self.one, self.other]), minlength=self.size)

    @cached_property
    def present(self) -> Flags:
        """Who has a tie."""
        return self.degrees > 0

    def among(self, people: Flags) -> "Snapshot":
        """The ties between some of the people."""
        kept = people[self.one] & people[self.other]
        return Snapshot(self.size, self.pairs[kept], self.contacts[kept])

    def compact(self) -> "Snapshot":
        """The same ties, with places for the people who have one only."""
        places = np.cumsum(self.present) - 1
        size = int(self.present.sum())
        return Snapshot(size, places[self.one] * size + places[self.other], self.contacts)

    def matrix(self) -> "csr_matrix":
        """The symmetric (people x people) matrix of 0 and 1."""
        from scipy.sparse import csr_matrix

        ends = np.concatenate([self.one, self.other]), np.concatenate([self.other, self.one])
        return csr_matrix((np.ones(len(ends[0])), ends), shape=(self.size, self.size))

    def graph(self) -> "nx.Graph":
        """The same as the model: people with a tie as nodes, `weight` = contacts."""
        import networkx as nx

        graph = nx.Graph()
        graph.add_nodes_from(np.flatnonzero(self.present).tolist())
        edges = zip(self.one.tolist(), self.other.tolist(), self.contacts.tolist(), strict=True)
        graph.add_weighted_edges_from(edges)
        return graph


def snapshot(ties: Ties, span: Window, least: int = 1) -> Snapshot:
    """Who had at least so many contacts with whom in a window."""
    inside = ties.between(span.since, span.until)
    pairs, places = np.unique(inside.pair, return_inverse=True)
    contacts = np.bincount(places, weights=inside.contacts, minlength=len(pairs)).astype(np.int64)
    enough = contacts >= least
    return Snapshot(len(ties.people), pairs[enough], contacts[enough])


def known_before(ties: Ties, at: int) -> Ints:
    """The pairs that had a contact before a moment."""
    return np.unique(ties.pair[ties.day < at // DAY])


def pairs_of(edges: Sequence[tuple[int, int]], size: int) -> Snapshot:
    """A network of pairs of places, one contact each; for small examples."""
    ends = np.array([sorted(edge) for edge in edges], dtype=np.int64).reshape(-1, 2)
    pairs, counts = np.unique(ends[:, 0] * size + ends[:, 1], return_counts=True)
    return Snapshot(size, pairs, counts)
