"""Figures of two public networks against an independent computation: mails over four years, an office over two
weeks."""

import csv
import gzip
import lzma
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import igraph
import networkx as nx
import numpy as np
import pytest
from workbench import Bench, person_id

from graph_service.access import Purpose, everybody_for
from graph_service.evidence.tie_months import ties_of
from graph_service.evidence.ties import UNIT, Ties, ties_from
from graph_service.model import DAY, Mapping, instant
from graph_service.network import change as ch, communities as co, structure as sr
from graph_service.network.groups import whole
from graph_service.network.snapshots import Snapshot, known_before, snapshot
from graph_service.network.thinning import Question, thinning
from graph_service.network.windows import Window
from graph_service.store.base import Store
from graph_service.store.named_queries import PairDay

EARLY, LATE = ("2001-04", "2001-05", "2001-06"), ("2001-10", "2001-11", "2001-12")
NOW = instant(datetime(2026, 5, 12, tzinfo=UTC))


def span(first: str, until: str) -> Window:
    return Window(*(instant(datetime.fromisoformat(f"{month}-01T00:00:00+00:00")) for month in (first, until)))


@pytest.fixture(scope="module")
def mails(shared: Path) -> list[tuple[str, str, str]]:
    """(day, one, other) of each mail to somebody else."""
    with lzma.open(shared / "contacts" / "enron_emails.csv.xz", "rt", encoding="utf-8") as lines:
        rows = [(row["sent_at"][:10], *sorted((row["from_id"], row["to_id"]))) for row in csv.DictReader(lines)]
    return [row for row in rows if row[1] != row[2]]


@pytest.fixture
def taken(shared: Path, make_embedded: Callable[[str], Store], tmp_path: Path) -> Ties:
    """The same, through the product's own import and store."""
    bench = Bench(make_embedded("enron"), tmp_path, NOW)
    bench.take(shared / "contacts" / "enron_emails.csv.xz")
    with bench.store.view(everybody_for(Purpose.NETWORK_ANALYSIS), as_of=bench.now) as view:
        return ties_of(view)


def edges(mails: list[tuple[str, str, str]], months: tuple[str, ...]) -> Counter[tuple[str, str]]:
    return Counter((one, other) for day, one, other in mails if day[:7] in months)


def compare(found: Snapshot, counted: Counter[tuple[str, str]]) -> None:
    """All figures of one window, computed anew from the file."""
    graph = nx.Graph(list(counted))
    assert len(found.pairs) == graph.number_of_edges() and int(found.contacts.sum()) == counted.total()
    assert int(found.present.sum()) == graph.number_of_nodes()
    assert sorted(found.degrees[found.present].tolist()) == sorted(degree for _, degree in graph.degree())
    near = {"abs": 1e-6}
    assert sr.clustering(found) == pytest.approx(nx.average_clustering(graph), **near)
    assert sr.transitivity(found) == pytest.approx(nx.transitivity(graph), **near)
    weak = sum(1 for one, other in graph.edges if not set(graph[one]) & set(graph[other]))
    assert sr.weak_ties(found) == weak
    for mine, theirs in ((sr.constraint, nx.constraint), (sr.effective_size, nx.effective_size)):
        told = mine(found)[found.present]
        assert sorted(told) == pytest.approx(sorted(theirs(graph).values()), **near)
    assert co.deepest_core(found) == max(nx.core_number(graph).values())
    assert sr.bridges(found) == len(list(nx.bridges(graph)))
    assert sr.articulation_points(found) == len(list(nx.articulation_points(graph)))
    largest = graph.subgraph(max(nx.connected_components(graph), key=len))
    share, members = sr.largest_component(found) or (0.0, np.zeros(0))
    assert share == pytest.approx(len(largest) / len(graph), **near)
    assert sr.mean_path(found, members) == pytest.approx(nx.average_shortest_path_length(largest), **near)
    between = nx.betweenness_centrality(graph)
    assert co.betweenness(found).max() == pytest.approx(max(between.values()), **near)
    assert ch.gini(co.betweenness(found)) == pytest.approx(gini(list(between.values())), **near)
    other = igraph.Graph.from_networkx(graph)
    best = max(other.modularity(other.community_leiden("modularity", n_iterations=-1)) for _ in range(10))
    assert (co.leiden(found) or (0.0,))[0] == pytest.approx(best, abs=0.01)


def gini(values: list[float]) -> float:
    """By its definition: mean absolute difference over twice the mean."""
    mean = sum(values) / len(values)
    return sum(abs(one - other) for one in values for other in values) / (2 * len(values) ** 2 * mean)


def test_mails_with_a_collapse(mails: list[tuple[str, str, str]], taken: Ties) -> None:
    first, second = span("2001-04", "2001-07"), span("2001-10", "2002-01")
    before, after = edges(mails, EARLY), edges(mails, LATE)
    for window, counted in ((first, before), (second, after)):
        compare(snapshot(taken, window), counted)
    one, other = snapshot(taken, first), snapshot(taken, second)
    earlier = {(a, b) for day, a, b in mails if day < "2001-04-01"}
    both = {a for pair in before for a in pair} & {a for pair in after for a in pair}
    kept_before = {pair for pair in before if set(pair) <= both}
    kept_after = {pair for pair in after if set(pair) <= both}
    people = ch.stayers(one, other)
    counts = ch.change(one.among(people), other.among(people), known_before(taken, first.since))
    assert (counts.before, counts.after) == (len(kept_before), len(kept_after))
    assert counts.kept == len(kept_before & kept_after)
    assert counts.reactivated == len((kept_after - kept_before) & earlier)
    assert counts.new == len((kept_after - kept_before) - earlier)
    shrink = 1 - (2 * len(kept_after) / len(both)) / (2 * len(kept_before) / len(both))
    assert ch.size_shrink(one.among(people), other.among(people), people) == pytest.approx(shrink, abs=1e-6)


def test_an_office_over_two_weeks(shared: Path, make_embedded: Callable[[str], Store], tmp_path: Path) -> None:
    folder = shared / "contacts"
    bench = Bench(make_embedded("office"), tmp_path, NOW)
    mapping = Mapping("proximity", settings=(("begins", "2015-06-01"), ("zone", "UTC")))
    bench.take(folder / "workplace_InVS15_tij.dat.gz", mappings=(mapping,))
    with gzip.open(folder / "workplace_InVS15_tij.dat.gz", "rt") as lines:
        seen = [(int(at), *sorted((one, other))) for at, one, other in map(str.split, lines)]
    department = {}
    for line in (folder / "workplace_InVS15_metadata.txt").read_text(encoding="utf-8").splitlines():
        number, name = line.split()[:2]
        department[number] = name
    names, badge = sorted(set(department.values())), {person_id(one, "badge"): one for one in department}
    with bench.store.view(everybody_for(Purpose.NETWORK_ANALYSIS), as_of=bench.now) as view:
        ties = ties_of(view)
    first = instant(datetime(2015, 6, 1, tzinfo=UTC))
    for week in range(2):
        window = Window(first + week * 7 * DAY, first + (week + 1) * 7 * DAY)
        pairs = contacts_in(seen, week)
        found = snapshot(ties, window)
        compare(found, pairs)
        group = np.array([names.index(department[badge[person]]) for person in ties.people])
        graph = nx.Graph(list(pairs))
        external = sum(department[one] != department[other] for one, other in graph.edges)
        internal = graph.number_of_edges() - external
        assert ch.e_i(found, group) == pytest.approx((external - internal) / (external + internal), abs=1e-6)
        parts = [{one for one in graph if department[one] == name} for name in names]
        expected = nx.community.modularity(graph, [part for part in parts if part], weight=None)
        assert co.modularity(found, group) == pytest.approx(expected, abs=1e-6)
    everything = snapshot(ties, Window(first, first + 30 * DAY))
    assert (len(everything.pairs), int(everything.present.sum())) == (4274, 217)


def contacts_in(seen: list[tuple[int, str, str]], week: int) -> Counter[tuple[str, str]]:
    """Uninterrupted contacts that began in a week, by pair."""
    last: dict[tuple[str, str], int] = {}
    found: Counter[tuple[str, str]] = Counter()
    for at, one, other in seen:
        if last.get((one, other), -100) < at - 20 and (at - 20) // 86_400 // 7 == week:
            found[one, other] += 1
        last[one, other] = at
    return found


def test_days_of_one_office_dealt_at_random_are_seldom_called_thinned(shared: Path) -> None:
    folder = shared / "contacts"
    with gzip.open(folder / "workplace_InVS15_tij.dat.gz", "rt") as lines:
        seen = [(int(at), *sorted((one, other))) for at, one, other in map(str.split, lines)]
    department = dict(
        line.split()[:2] for line in (folder / "workplace_InVS15_metadata.txt").read_text(encoding="utf-8").splitlines()
    )
    met = contacts_by_day(seen)
    days = sorted({day for *_, day in met})
    groups = whole({one: department[one] for pair in met for one in pair[:2]}, {}, 10)
    begin, chance, alarms = instant(datetime(2015, 6, 1, tzinfo=UTC)) // DAY, random.Random(1), 0
    asked = Question(*(Window((begin + at) * DAY, (begin + at + 7) * DAY) for at in (0, 7)), draws=199, is_public=True)
    for _ in range(DEALS):
        chance.shuffle(days)
        at = {day: begin + place + (2 if place >= 5 else 0) for place, day in enumerate(days)}
        rows = [
            PairDay(one, other, "MEETING", at[day], many, int(many / UNIT)) for (one, other, day), many in met.items()
        ]
        alarms += thinning(ties_from(rows), groups, asked).is_thinned
    assert alarms <= 0.05 * DEALS


DEALS = 40


def contacts_by_day(seen: list[tuple[int, str, str]]) -> Counter[tuple[str, str, int]]:
    """Uninterrupted contacts, by pair and day."""
    last: dict[tuple[str, str], int] = {}
    found: Counter[tuple[str, str, int]] = Counter()
    for at, one, other in seen:
        if last.get((one, other), -100) < at - 20:
            found[one, other, (at - 20) // 86_400] += 1
        last[one, other] = at
    return found
