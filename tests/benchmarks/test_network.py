"""What an analysis costs: from stored daily ties to the report, its growth with people and contacts, and its memory."""

import multiprocessing
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from workbench import Bench, at, embedded_store, emptied, neo4j_store, write_csv

from graph_service.access import Purpose, everybody_for
from graph_service.evidence.tie_months import KIND, month_of
from graph_service.evidence.ties import Ties
from graph_service.model import DAY, next_month
from graph_service.network.groups import Dimension
from graph_service.network.publication import Spans, Terms, When, change_of, structure_of
from graph_service.store import named_queries as nq
from graph_service.store.base import Store

pytestmark = pytest.mark.benchmark
SITES = 12
FIRST, LAST = at("2019-10-01"), at("2026-05-01")
SPANS = Spans(("2019-10", "2019-12"), ("2025-10", "2025-12"))
TERMS = Terms(Dimension.SITE, 10)


def months() -> Iterator[tuple[int, int]]:
    month = FIRST
    while month < LAST:
        yield month, next_month(month)
        month = next_month(month)


def drawn(people: int, contacts: int, month: tuple[int, int], pairs: np.ndarray) -> Ties:  # type: ignore[type-arg]
    """A month of daily ties between pairs that stay the same."""
    rng = np.random.default_rng(month[0] // DAY)
    chosen = pairs[rng.integers(0, len(pairs), contacts)]
    day = rng.integers(month[0] // DAY, month[1] // DAY, contacts)
    code = np.unique(chosen * 100_000 + day, return_counts=True)
    pair, day, counts = code[0] // 100_000, code[0] % 100_000, code[1]
    names = tuple(f"{place:08}" for place in range(people))
    return Ties(names, (pair // people).astype(np.int32), (pair % people).astype(np.int32),
                np.full(len(pair), 3, np.int8), day.astype(np.int32), counts.astype(np.int32),
                counts.astype(np.float64))  # fmt: skip


def stored(folder: Path, people: int, contacts: int) -> Store:
    """A store in which the months of so many people and contacts are kept, and one contact by hand."""
    bench = Bench(embedded_store(folder / f"{people}-{contacts}.db"), folder)
    one = [{"von": "a", "an": "b", "wann": "2019-10-01T09:00", "Art": "MEETING"}]
    bench.take(write_csv(folder / "one.csv", tuple(one[0]), one))
    rng = np.random.default_rng(1)
    ends = np.sort(rng.integers(0, people, (people * 12, 2)), axis=1)
    ends = ends[ends[:, 0] < ends[:, 1]]
    pairs = np.unique(ends[:, 0] * people + ends[:, 1])
    spans = list(months())
    with bench.store.view(everybody_for(Purpose.NETWORK_ANALYSIS)) as view:
        run, crowd = view.pin.run, view.pin.crowd
    for span in spans:
        made = drawn(people, contacts // len(spans), span, pairs)
        row = {"kind": f"{KIND}.{crowd}", "month": span[1], "run": run, "payload": made.dump()}
        bench.store.write(lambda transaction, row=row: transaction.write(nq.ADD_CHECKPOINTS, [row]))
    return bench.store


def measured(folder: str, people: int, contacts: int, with_structure: bool) -> tuple[float, float, float]:
    """Seconds of CPU for the report, for the structure, and the most MiB the process held."""
    store, now = stored(Path(folder), people, contacts), When(at("2026-05-12"), at("2026-05-12"))
    begin = time.process_time()
    found = change_of(store, now, SPANS, TERMS)
    report = time.process_time() - begin
    assert found.whole is not None and not found.is_thinned
    begin = time.process_time()
    if with_structure:
        structure_of(store, now, SPANS, TERMS)
    structure = time.process_time() - begin
    return report, structure, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize(
    ("people", "contacts", "with_structure"),
    [(10_000, 1_000_000, True), (10_000, 10_000_000, True), (100_000, 10_000_000, False)],
)
def test_a_report(tmp_path: Path, people: int, contacts: int, with_structure: bool) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        report, structure, memory = pool.apply(measured, (str(tmp_path), people, contacts, with_structure))
    costs = f"report {report:.1f} s CPU, structure {structure:.1f} s, {memory:.0f} MiB"
    print(f"\n{people:,} people, {contacts:,} contacts: {costs}")


@pytest.mark.parametrize("contacts", [20_000, 200_000, 1_000_000])
@pytest.mark.parametrize("engine", ["embedded", "neo4j"])
def test_adding_up(tmp_path: Path, engine: str, contacts: int, request: pytest.FixtureRequest) -> None:
    """Contacts of a quarter added up to daily ties in the store."""
    store = (
        neo4j_store(emptied(request.getfixturevalue("neo4j_running")[0]))
        if engine == "neo4j"
        else embedded_store(tmp_path / "x.db")
    )
    bench, rng = Bench(store, tmp_path), np.random.default_rng(2)
    ends, days = rng.integers(0, 3_000, (contacts, 2)), rng.integers(1, 29, contacts)
    rows = []
    for place, ((one, other), day) in enumerate(zip(ends.tolist(), days.tolist(), strict=True)):
        at_ = f"2025-1{place % 3}-{day:02}T{8 + place % 9:02}:{place % 60:02}"
        rows.append({"von": f"p{one:05}", "an": f"p{other:05}", "wann": at_, "Art": "CALL"})
    begin = time.monotonic()
    bench.take(write_csv(tmp_path / "c.csv", tuple(rows[0]), rows))
    taken = contacts / (time.monotonic() - begin)
    begin, cpu = time.monotonic(), time.process_time()
    with store.view(everybody_for(Purpose.NETWORK_ANALYSIS)) as view:
        found = [month_of(view, at(f"2025-1{month}-01"), next_month(at(f"2025-1{month}-01"))) for month in range(3)]
    wall, own = time.monotonic() - begin, time.process_time() - cpu
    made = sum(map(len, found))
    print(f"\n{engine}: {taken:,.0f} contacts a second imported and added up by month")
    print(f"{engine}: {contacts:,} contacts to {made:,} daily ties in {wall:.1f} s, {own:.1f} s of own CPU")
