"""What happens when something breaks: a killed import, a store that is gone, a writer that is busy."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from askers import key_of
from neo4j_server import Neo4jServer
from workbench import COLUMNS, Bench, case, case_id, embedded_store, emptied, neo4j_store, visible_facts, write_csv

from graph_service.access import Role
from graph_service.errors import StoreBusy, StoreUnavailable
from graph_service.store import named_queries as nq
from graph_service.store.base import LEASE, Store
from graph_service.wiring import wall_clock

SMALL = [case("K-1", "2026-01-05", "KANBAN-Abruf hängt", closed_at="2026-01-06", solver="weiss")]


def many(folder: Path, rows: int) -> Path:
    made = (
        case(f"V-{n}", "2025-01-05", f"Abruf {n} hängt im Lager", closed_at="2025-02-01", solver=f"p{n % 50}")
        for n in range(rows)
    )
    return write_csv(folder / "many.csv", COLUMNS, made)


@pytest.mark.parametrize("engine", ["embedded", "neo4j"])
def test_a_killed_import_leaves_nothing_visible_and_the_next_one_is_whole(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if engine == "neo4j":
        url = emptied(request.getfixturevalue("neo4j_running")[0])
        store = neo4j_store(url)
    else:
        url = f"sqlite:///{tmp_path / 's.db'}"
        store = embedded_store(tmp_path / "s.db")
    bench = Bench(store, tmp_path, now=wall_clock())
    bench.cases(*SMALL)
    before = visible_facts(store, bench.now)
    path = many(tmp_path, 40_000)
    command = [sys.executable, "-c", "from graph_service.cli import main; main()", "import", str(path), "--store", url]
    environment = {**os.environ, "EXPERT_GRAPH_KEY": key_of(store, Role.DATA_STEWARD)}
    process = subprocess.Popen(command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)  # fmt: skip
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        rows = {count.name: count.rows for count in store.health()["counts"]}
        if rows["case_record"] > 3_000:
            break
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert len(store.unfinished()) == 1
    assert visible_facts(store, bench.now) == before
    bench.now = bench.wall = wall_clock() + LEASE + 1000
    report = bench.cases(*SMALL, case("K-2", "2026-02-05", "Lager"), name="next.csv")
    assert (report.counts.written, report.counts.unchanged) == (1, 1)
    rows = {count.name: count.rows for count in store.health()["counts"]}
    assert rows["case_record"] == 2
    assert store.unfinished() == []


def test_questions_are_answered_and_other_writes_done_during_an_import(bench: Bench) -> None:
    bench.cases(*SMALL)
    path = many(bench.folder, 6_000)
    answers = []
    written = []
    done = threading.Event()
    bench.ask("KANBAN-Abruf hängt")  # a server that has just started plans each query for up to a second

    def import_it() -> None:
        try:
            bench.take(path)
        finally:
            done.set()

    importing = threading.Thread(target=import_it)
    importing.start()
    while not done.is_set():
        started = time.perf_counter()
        answer = bench.ask("KANBAN-Abruf hängt")
        answers.append((time.perf_counter() - started, [near.case_id for near in answer.nearest]))
        started = time.perf_counter()
        bench.store.set_versions({"touched": "yes"})
        written.append(time.perf_counter() - started)
    importing.join()
    before, after = [case_id("K-1")], [near.case_id for near in bench.ask("KANBAN-Abruf hängt").nearest]
    told = [found for _, found in answers]
    assert told == [before] * told.count(before) + [after] * told.count(after)  # committed all at once, never half
    assert told.count(before) > 3
    assert max(written) < 5
    assert max(seconds for seconds, _ in answers) < 15  # Neo4j plans all queries anew while its graph grows: no wait


def test_a_busy_embedded_store_waits_then_says_so(tmp_path: Path) -> None:
    store = embedded_store(tmp_path / "s.db")
    blocker = sqlite3.connect(tmp_path / "s.db", isolation_level=None, check_same_thread=False)
    blocker.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    with pytest.raises(StoreBusy) as busy:
        store.set_versions({"a": "b"})
    assert busy.value.code == "store.busy"
    assert 1 < time.monotonic() - started < 8
    threading.Timer(0.5, lambda: blocker.execute("ROLLBACK")).start()
    store.set_versions({"a": "b"})
    blocker.close()


def test_neo4j_gone_is_told_within_seconds_and_well_again_by_itself(
    neo4j_running: tuple[str, Neo4jServer | None], tmp_path: Path
) -> None:
    uri, server = neo4j_running
    if server is None:
        pytest.skip("this Neo4j is not ours to stop")
    store = neo4j_store(emptied(uri))
    bench = Bench(store, tmp_path)
    bench.cases(*SMALL)
    server.stop()
    started = time.monotonic()
    with pytest.raises(StoreUnavailable) as gone:
        bench.ask("KANBAN")
    with pytest.raises(StoreUnavailable):
        bench.cases(*SMALL)
    assert gone.value.code == "store.unreachable"
    assert time.monotonic() - started < 20
    server.start()
    assert bench.ask("KANBAN-Abruf hängt").order
    assert bench.cases(*SMALL).counts.unchanged == 1


def test_a_frozen_neo4j_is_told_within_seconds_and_well_again_by_itself(
    neo4j_running: tuple[str, Neo4jServer | None], tmp_path: Path
) -> None:
    uri, server = neo4j_running
    if server is None:
        pytest.skip("this Neo4j is not ours to freeze")
    bench = Bench(neo4j_store(emptied(uri)), tmp_path)
    bench.cases(*SMALL)
    frozen_at = 0.0
    try:
        with pytest.raises(StoreUnavailable) as gone, bench.store.view(as_of=bench.now) as view:
            assert view.ask(nq.CASES_BY_KEYS, keys=["K-1"])
            server.freeze(True)
            time.sleep(1)  # a signal takes its time to reach every thread
            frozen_at = time.monotonic()
            view.ask(nq.CASES_BY_KEYS, keys=["K-1"])
        assert gone.value.code == "store.unreachable"
        assert 0 < time.monotonic() - frozen_at < 20
    finally:
        server.freeze(False)
    assert bench.ask("KANBAN-Abruf hängt").order


def test_a_broken_disk_or_bug_during_an_import_takes_the_run_back(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, open_store: Callable[[], Store]
) -> None:
    from graph_service.store.writer import Writer

    bench.cases(*SMALL)
    real = Writer.take_in
    calls = []

    def failing(self: Writer, entries: object) -> object:
        calls.append(1)
        if len(calls) > 1:
            raise RuntimeError("boom")
        return real(self, entries)  # type: ignore[arg-type]

    monkeypatch.setattr(Writer, "take_in", failing)
    monkeypatch.setattr("graph_service.store.base.Store.facts_at_once", 1_000)
    with pytest.raises(RuntimeError):
        bench.take(many(bench.folder, 3_000))
    monkeypatch.undo()
    states = [run.state for run in open_store().runs()]
    assert states == ["FAILED", "COMMITTED"]
    rows = {count.name: count.rows for count in bench.store.health()["counts"]}
    assert (rows["case_record"], rows["assertion"]) == (1, 2)
    assert [size.cases for size in bench.rows(nq.CORPUS_SIZE, month=bench.now)] == [1]
