"""Measures of a network: small ones by hand, drawn ones against networkx and igraph, and what must not change them."""

from collections.abc import Callable

import igraph
import networkx as nx
import numpy as np
import pytest
from drawn_ties import AFTER, BEFORE, ties_of
from hypothesis import given, settings, strategies as st

from graph_service.evidence.relations import Relation
from graph_service.evidence.tie_kinds import LIVING, TIE_KINDS
from graph_service.evidence.ties import strengths
from graph_service.model import DAY
from graph_service.network import change as ch, communities as co, structure as sr
from graph_service.network.figures import structures
from graph_service.network.lasting import half_life, spans_of, survival
from graph_service.network.snapshots import Snapshot, known_before, pairs_of, snapshot

STAR = pairs_of([(0, leaf) for leaf in range(1, 5)], 5)
TRIANGLE = pairs_of([(0, 1), (1, 2), (0, 2)], 3)
FOURS = [*((a, b) for a in range(4) for b in range(a)), *((a, b) for a in range(4, 8) for b in range(4, a))]
JOINED = pairs_of([*FOURS, (3, 4)], 8)
HALVES = np.array([0] * 4 + [1] * 4)


def close(value: float) -> object:
    return pytest.approx(value, abs=1e-9)


def test_star() -> None:
    assert sr.constraint(STAR).tolist() == close([0.25, 1, 1, 1, 1])
    assert sr.effective_size(STAR)[0] == close(4)
    assert (sr.clustering(STAR), sr.transitivity(STAR), sr.weak_ties(STAR)) == (0.0, 0.0, 4)
    assert (sr.bridges(STAR), sr.articulation_points(STAR), co.deepest_core(STAR)) == (4, 1, 1)
    assert sr.mean_path(STAR, np.arange(5)) == close(1.6)
    assert co.betweenness(STAR).tolist() == close([1, 0, 0, 0, 0])
    assert ch.gini(co.betweenness(STAR)) == close(0.8)


def test_triangle() -> None:
    assert sr.constraint(TRIANGLE).tolist() == close([1.125] * 3)
    assert sr.effective_size(TRIANGLE).tolist() == close([1.0] * 3)
    assert (sr.clustering(TRIANGLE), sr.transitivity(TRIANGLE), sr.weak_ties(TRIANGLE)) == (1.0, 1.0, 0)


def test_two_fours_joined_by_one_edge() -> None:
    weak = sr.common_contacts(JOINED) == 0
    assert list(zip(JOINED.one[weak].tolist(), JOINED.other[weak].tolist(), strict=True)) == [(3, 4)]
    assert ch.e_i(JOINED, HALVES) == close(-11 / 13)
    assert ch.cross_share(JOINED, HALVES) == close(1 / 13)
    assert co.modularity(JOINED, HALVES) == pytest.approx(0.423077, abs=1e-6)
    assert sr.constraint(JOINED)[3] == pytest.approx(0.583333, abs=1e-6)
    assert sr.effective_size(JOINED)[3] == close(2.5)
    assert ch.groups_reached(JOINED, HALVES) == close(2 / 8)
    found = co.leiden(JOINED)
    assert found is not None and found[0] == pytest.approx(0.423077, abs=1e-6)
    assert co.stability(found[1], HALVES, JOINED.present) == close((1.0, 1.0))


def test_what_became_of_ties() -> None:
    first, second = pairs_of([(0, 1), (1, 2), (2, 3)], 5), pairs_of([(0, 1), (1, 3), (0, 3), (3, 4)], 5)
    counts = ch.change(first, second, np.array([1 * 5 + 3]))
    assert (counts.kept, counts.lost, counts.added, counts.reactivated, counts.new) == (1, 2, 3, 1, 2)
    assert ch.persistence(counts) == close(1 / 3)
    assert ch.churn(counts) == close(5 / 7)
    assert ch.jaccard(counts) == close(1 / 6)
    both = ch.stayers(first, second)
    assert both.tolist() == [True, True, False, True, False]
    assert ch.size_shrink(first, second, both) == close(1 - 7 / 4)
    assert ch.share_smaller(first, second, both) == close(0.0)


def test_new_ties_of_a_month_had_no_contact_in_the_three_before() -> None:
    months = [np.array(month) for month in ([1, 2], [3], [], [1, 4], [5, 3], [1, 9], [2])]
    assert list(map(len, ch.new_ties(months))) == [1, 1, 1, 1]


def test_a_contact_one_half_life_old_counts_half_its_weight() -> None:
    for kind in TIE_KINDS:
        ties = ties_of([(0, 1, kind.name, 20_000)], 2)
        pairs, found = strengths(ties, (20_000 + int(kind.half_life)) * DAY)
        assert (pairs.tolist(), found.tolist()) == ([1], [close(kind.weight / 2)])
    met = Relation("x", 1.5, 0, 0, "MAIL", 1, ("MAIL",), "")
    assert met.nearness == close(1 - np.exp(-1)) and met.is_living
    assert not Relation("x", LIVING - 1e-9, 0, 0, "MAIL", 1, ("MAIL",), "").is_living


@st.composite
def networks(draw: st.DrawFn, most: int = 24) -> Snapshot:
    size = draw(st.integers(2, most))
    pair = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(lambda one: one[0] < one[1])
    edges = draw(st.sets(pair, min_size=1))
    return pairs_of(sorted(edges), size)


def nan_to_none(values: object) -> list[float | None]:
    return [None if value != value else float(value) for value in values]  # type: ignore[attr-defined]


@given(networks())
@settings(max_examples=80)
def test_the_same_as_networkx_and_igraph(network: Snapshot) -> None:
    graph = network.graph()
    other = igraph.Graph(network.size, list(zip(network.one.tolist(), network.other.tolist(), strict=True)))
    places = sorted(graph)
    named = nx.constraint(graph)
    assert [sr.constraint(network)[place] for place in places] == close([named[place] for place in places])
    told = nan_to_none(other.constraint())
    assert [told[place] for place in places] == close([sr.constraint(network)[place] for place in places])
    sizes = nx.effective_size(graph)
    assert [sr.effective_size(network)[place] for place in places] == close([sizes[place] for place in places])
    if places:
        assert sr.clustering(network) == close(nx.average_clustering(graph))
        assert sr.clustering(network) == close(
            float(np.mean([other.transitivity_local_undirected(place, mode="zero") for place in places]))
        )
        assert co.deepest_core(network) == max(nx.core_number(graph).values()) == max(other.coreness())
        share, members = sr.largest_component(network) or (0.0, np.zeros(0))
        largest = max(nx.connected_components(graph), key=len)
        assert share == close(len(largest) / len(places))
        assert len(members) == len(largest)
        if len(members) > 1:
            inside = nx.average_shortest_path_length(graph.subgraph(members.tolist()))
            assert sr.mean_path(network, members) == close(inside)
        between = nx.betweenness_centrality(graph)
        assert co.betweenness(network).tolist() == close([between[place] for place in places])
    assert (sr.transitivity(network) or 0.0) == close(nx.transitivity(graph))
    assert sr.bridges(network) == len(list(nx.bridges(graph))) == len(other.bridges())
    assert sr.articulation_points(network) == len(other.articulation_points())
    group = np.arange(network.size) % 3
    if len(network.pairs):
        parts = [{place for place in places if group[place] == part} for part in range(3)]
        expected = nx.community.modularity(graph, [part for part in parts if part], weight=None)
        assert co.modularity(network, group) == close(expected)
        assert co.modularity(network, group) == close(other.modularity(group.tolist()))


FIGURES: dict[str, Callable[[Snapshot], object]] = {
    "clustering": sr.clustering,
    "transitivity": sr.transitivity,
    "weak": sr.weak_ties,
    "bridges": sr.bridges,
    "articulation": sr.articulation_points,
    "core": co.deepest_core,
    "component": lambda network: (sr.largest_component(network) or (None,))[0],
}


@given(networks(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_other_names_and_people_without_ties_change_nothing(network: Snapshot, random: object) -> None:
    order = list(range(network.size + 3))
    random.shuffle(order)  # type: ignore[attr-defined]
    edges = [(order[a], order[b]) for a, b in zip(network.one.tolist(), network.other.tolist(), strict=True)]
    renamed = pairs_of(edges, network.size + 3)
    for measure in FIGURES.values():
        assert measure(renamed) == pytest.approx(measure(network), abs=1e-9)
    moved = [sr.constraint(renamed)[order[place]] for place in range(network.size)]
    assert nan_to_none(moved) == close(nan_to_none(sr.constraint(network)))


@st.composite
def contacts(draw: st.DrawFn) -> list[tuple[int, int, str, int]]:
    pair = st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda one: one[0] < one[1])
    days = st.one_of(*(st.integers(span.since // DAY, span.until // DAY - 1) for span in (BEFORE, AFTER)))
    rows = draw(st.lists(st.tuples(pair, st.sampled_from(["MAIL", "CASE"]), days), min_size=1, max_size=60))
    return [(*pair, kind, day) for pair, kind, day in rows]


@given(contacts(), st.randoms(use_true_random=False))
@settings(max_examples=80)
def test_order_doubling_and_swapping(rows: list[tuple[int, int, str, int]], random: object) -> None:
    ties = ties_of(rows, 10)
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = snapshot(ties, BEFORE), snapshot(ties, AFTER)
    again = snapshot(ties_of(shuffled, 10), BEFORE)
    assert (again.pairs.tolist(), again.contacts.tolist()) == (first.pairs.tolist(), first.contacts.tolist())
    double = snapshot(ties_of([*rows, *rows], 10), BEFORE)
    assert double.pairs.tolist() == first.pairs.tolist()
    assert double.contacts.tolist() == (2 * first.contacts).tolist()
    nothing = known_before(ties, BEFORE.since)
    there, back = ch.change(first, second, nothing), ch.change(second, first, nothing)
    assert (there.kept, there.lost, there.added) == (back.kept, back.added, back.lost)
    assert (ch.churn(there), ch.jaccard(there)) == (ch.churn(back), ch.jaccard(back))


def test_half_life_of_ties_by_kaplan_and_meier() -> None:
    durations, ended = np.array([3, 5, 5, 8, 10, 12]), np.array([1, 1, 0, 1, 0, 1])
    times, lasting = survival(durations, ended)
    assert times.tolist() == [3, 5, 8, 12]
    assert lasting.tolist() == close([5 / 6, 5 / 6 * 4 / 5, 5 / 6 * 4 / 5 * 2 / 3, 0.0])
    rows = [
        (0, 1, "MAIL", 0),
        (0, 1, "MAIL", 10),
        (0, 2, "MAIL", 0),
        (0, 2, "MAIL", 40),
        (1, 2, "MAIL", 0),
        (1, 2, "MAIL", 190),
    ]
    found = spans_of(ties_of([*rows, (3, 4, "MAIL", 200)], 5), 60)
    assert sorted(zip(found[0].tolist(), found[1].tolist(), strict=True)) == [(0, 0), (10, 1), (40, 1), (190, 0)]
    assert half_life(ties_of([*rows, (3, 4, "MAIL", 200)], 5), 60) == 40
    assert half_life(ties_of([(0, 1, "MAIL", 5)], 2)) is None


def test_structures_of_two_windows() -> None:
    found = structures(JOINED, JOINED, HALVES)
    assert found.before == found.after and (found.nmi, found.ari) == close((1.0, 1.0))
    assert (found.before.weak_share, found.before.communities, found.before.deepest_core) == (0.08, 2, 3)
    assert (found.before.bridges, found.before.articulation_points, found.before.modularity) == ("0-9", "0-9", 0.42)
    assert structures(JOINED, JOINED, None).before.modularity is None
    nobody = pairs_of([], 3)
    empty = structures(nobody, nobody, np.zeros(3, dtype=np.int64))
    assert empty.before.clustering is None and empty.nmi is None and empty.before.bridges == "0-9"
