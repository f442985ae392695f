"""Ratios and growth, measured in one run; nothing here is a timed test. `pytest tests/benchmarks -s -m benchmark`."""

import csv
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from workbench import COLUMNS, Bench, case, case_id, embedded_store, emptied, neo4j_store, write_csv

from graph_service.model import instant
from graph_service.store.base import View

pytestmark = pytest.mark.benchmark
ASKED = 60


def report(**figures: object) -> None:
    print(json.dumps(figures, default=str))


def rows_of(shared: Path, count: int) -> list[dict[str, str]]:
    with (shared / "eval" / "tidev_eng" / "queries.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    return [rows[place * len(rows) // count] for place in range(count)]


@pytest.mark.parametrize("engine", ["embedded", "neo4j"])
def test_import_and_ask(engine: str, shared: Path, tmp_path: Path, request: pytest.FixtureRequest,
                        monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """Rows per second of CPU; CPU of an ask over the CPU of its own store calls; store calls per ask."""
    if engine == "neo4j":
        store = neo4j_store(emptied(request.getfixturevalue("neo4j_running")[0]))
    else:
        store = embedded_store(tmp_path / "s.db")
    bench = Bench(store, tmp_path)
    started, wall = time.process_time(), time.perf_counter()
    done = bench.take(shared / "cases" / "tidev_dev_jira.csv.xz")
    cpu = time.process_time() - started
    report(engine=engine, rows=done.counts.read, rows_per_cpu_second=round(done.counts.read / cpu),
           facts_per_cpu_second=round(done.counts.facts_added / cpu),
           wall_seconds=round(time.perf_counter() - wall, 1))  # fmt: skip
    spent: Counter[str] = Counter()
    calls: list[int] = []
    real = View.ask

    def timed(self: View, query: object, **parameters: object) -> object:
        begin = time.process_time()
        try:
            return real(self, query, **parameters)  # type: ignore[arg-type]
        finally:
            spent["store"] += time.process_time() - begin  # type: ignore[assignment]
            spent["calls"] += 1

    monkeypatch.setattr(View, "ask", timed)
    queries = rows_of(shared, ASKED)
    begin, walls = time.process_time(), []
    for query in queries:
        before, moment = spent["calls"], instant(datetime.fromisoformat(query["opened_at"]))
        clock = time.perf_counter()
        bench.ask(case=case_id(query["case_id"], "jira"), as_of=moment)
        walls.append(time.perf_counter() - clock)
        calls.append(spent["calls"] - before)
    whole = time.process_time() - begin
    report(engine=engine, asks=ASKED, cpu_ms_per_ask=round(whole / ASKED * 1e3, 1),
           store_cpu_ms_per_ask=round(spent["store"] / ASKED * 1e3, 1), ratio=round(whole / spent["store"], 2),
           store_calls=max(calls), median_wall_ms=round(sorted(walls)[ASKED // 2] * 1e3, 1))  # fmt: skip
    assert max(calls) == min(calls) <= 18
    assert whole / spent["store"] <= 5
    assert done.counts.read / cpu >= 1_000


IMPORT = """
import sys
sys.path[:0] = [sys.argv[1]]
from pathlib import Path
from workbench import Bench, embedded_store
bench = Bench(embedded_store(Path(sys.argv[2]) / "s.db"), Path(sys.argv[2]))
bench.take(Path(sys.argv[3]))
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024)
"""


def test_memory_of_a_growing_case_file(tmp_path: Path) -> None:
    """Peak memory of importing ever larger case files; EXPERT_GRAPH_BENCHMARK_ROWS (1,000,000) is the largest."""
    peaks = []
    largest = int(os.environ.get("EXPERT_GRAPH_BENCHMARK_ROWS", "200000"))
    for rows in (largest // 100, largest // 10, largest):
        folder = tmp_path / str(rows)
        folder.mkdir()
        path = write_csv(folder / "cases.csv", COLUMNS, (_made(n, rows) for n in range(rows)))
        command = [sys.executable, "-c", IMPORT, str(Path(__file__).parents[1] / "stores"), str(folder), str(path)]
        started = time.perf_counter()
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        cpu = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        peaks.append(int(done.stdout))
        report(rows=rows, peak_mib=int(done.stdout), cpu_seconds=round(cpu, 1),
               wall_seconds=round(time.perf_counter() - started, 1))  # fmt: skip
    assert peaks[2] <= 1.25 * peaks[1]  # ten times the rows, about the same memory


def _made(n: int, rows: int) -> dict[str, str]:
    """The n-th of many cases over fifteen years."""
    month = f"20{10 + n * 15 // rows:02}-{1 + n % 12:02}"
    return case(
        f"V-{n}", f"{month}-05", f"Abruf {n} hängt im Lager {n % 977}", closed_at=f"{month}-06", solver=f"p{n % 500}",
        reporter=f"r{n % 5000}", labels=f"L{n % 40}", product="F", participants=f"p{n % 300};p{n % 77}",
    )  # fmt: skip
