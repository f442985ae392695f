"""What imports cost: facts per second of CPU, memory, and how long a question waits meanwhile.

Each file is taken in by a process of its own, so that its memory is its own; figures are printed, not judged.
"""

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sheets
from workbench import Bench, embedded_store, emptied, neo4j_store

from graph_service.access import EVERYTHING
from graph_service.intake.files import PackedFile
from graph_service.intake.profiles import import_profile
from graph_service.intake.runs import Options, import_file
from graph_service.store.base import Store
from graph_service.wiring import wall_clock

pytestmark = pytest.mark.benchmark
UNITS = ("Fertigung", "Lager", "IT", "Service", "Einkauf")


def hr_rows(count: int) -> Iterator[list[str]]:
    yield ["Personalnr", "Nachname", "Vorname", "Skill", "Stufe", "Quelle", "Stand"]
    for n in range(count):
        yield [f"{n // 4:06}", f"Muster{n // 4}", "Max", f"Skill {n % 400}", str(n % 5 + 1), "Selbst", "01.02.2026"]


def contact_rows(count: int, people: int = 2_000) -> Iterator[list[str]]:
    draw = random.Random(3)
    yield ["von", "an", "wann", "Art"]
    for n in range(count):
        one, other = draw.sample(range(people), 2)
        yield [f"{one:05}", f"{other:05}", f"{n % 28 + 1:02}.0{n % 9 + 1}.2025 {n % 9 + 8:02}:{n % 60:02}", "Chat"]


def write_csv(path: Path, rows: Iterator[list[str]]) -> Path:
    with path.open("w", encoding="utf-8") as out:
        out.writelines(";".join(row) + "\n" for row in rows)
    return path


WORKER = """
import json, resource, sys, time
from pathlib import Path
sys.path[:0] = [sys.argv[3], sys.argv[4]]
from test_imports import taken
print(json.dumps(taken(sys.argv[1], Path(sys.argv[2]))))
"""


def open_store(url: str) -> Store:
    return neo4j_store(url) if url.startswith("bolt") else embedded_store(Path(url))


def taken(url: str, path: Path) -> dict[str, float]:
    """Takes a file in and says what it cost this process."""
    store = open_store(url)
    bench = Bench(store, path.parent, now=wall_clock(), wall=wall_clock())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, wall = time.process_time(), time.monotonic()
    options = Options(profile=import_profile("evaluation"))
    report = import_file(store, bench.clocks, PackedFile(path), options)
    spent = time.process_time() - started
    store.close()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    facts = report.counts.facts_added
    return {
        "rows": report.counts.read, "facts": facts, "cpu_s": round(spent, 1),
        "wall_s": round(time.monotonic() - wall, 1),
        "facts_per_cpu_s": round(facts / spent), "most_mib": round(most / 1024), "before_mib": round(before / 1024),
    }  # fmt: skip


def measured(url: str, path: Path) -> dict[str, float]:
    """The same in a process of its own, while this one asks a small question again and again."""
    paths = os.pathsep.join(str(Path(__file__).parents[1] / name) for name in ("stores", "answers", "house"))
    environment = {**os.environ, "PYTHONPATH": paths}
    command = [
        sys.executable,
        "-c",
        WORKER,
        url,
        str(path),
        str(Path(__file__).parent),
        str(Path(sheets.__file__).parent),
    ]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    store = open_store(url)
    waits = []
    while process.poll() is None:
        started = time.monotonic()
        with store.view(EVERYTHING) as view:
            assert view.pin.run >= 0
        waits.append(time.monotonic() - started)
        time.sleep(0.05)
    store.close()
    told = json.loads(process.communicate()[0])
    ordered = sorted(waits)
    told["view_ms_median"] = round(ordered[len(ordered) // 2] * 1000, 1)
    told["view_ms_p99"] = round(ordered[int(len(ordered) * 0.99)] * 1000, 1)
    return dict(told)


@pytest.mark.parametrize("name", ["hr-60k", "xlsx-200k", "contacts-250k", "contacts-1m"])
def test_into_sqlite(name: str, tmp_path: Path) -> None:
    files = {
        "hr-60k": lambda: write_csv(tmp_path / "hr.csv", hr_rows(60_000)),
        "xlsx-200k": lambda: sheets.workbook(tmp_path / "hr.xlsx", {"A": hr_rows(200_000)}),
        "contacts-250k": lambda: write_csv(tmp_path / "contacts.csv", contact_rows(250_000)),
        "contacts-1m": lambda: write_csv(tmp_path / "contacts.csv", contact_rows(1_000_000)),
    }
    store = tmp_path / "s.db"
    embedded_store(store).close()
    print(f"\nSQLite {name}: {measured(str(store), files[name]())}")


@pytest.mark.parametrize("rows", [50_000, 200_000])
def test_into_neo4j(rows: int, tmp_path: Path, neo4j_running: tuple[str, object]) -> None:
    path = write_csv(tmp_path / "contacts.csv", contact_rows(rows))
    uri = emptied(neo4j_running[0])
    neo4j_store(uri).close()
    print(f"\nNeo4j contacts-{rows}: {measured(uri, path)}")
