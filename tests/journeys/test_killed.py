"""Imports that are killed at any point: after the next run the facts are those of a store that was never disturbed.

Five random points here; `EXPERT_GRAPH_KILLS=50 pytest tests/journeys/test_killed.py` for more, on both stores.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from askers import key_of
from workbench import Bench, embedded_store, emptied, neo4j_store, write_csv

from graph_service.access import Role
from graph_service.identity.settling import links_of
from graph_service.intake.profiles import import_profile
from graph_service.model import RunState
from graph_service.store import named_queries as nq
from graph_service.store.base import LEASE, Store
from graph_service.wiring import wall_clock

KILLS = int(os.environ.get("EXPERT_GRAPH_KILLS", "5"))
ROWS = 2_500
PEOPLE = ("Personalnr", "Nachname", "Vorname", "Abteilung", "Kürzel", "Kenntnisse")


def files(folder: Path) -> tuple[Path, Path]:
    """Tickets by login, and the people those logins belong to."""
    ticket = {"Erstellt": "2026-03-01 10:00", "Geschlossen": "2026-03-02 10:00", "Status": "erfolgreich geschlossen"}
    tickets = [
        {"Ticket#": f"T-{n}", "Betreff": f"Abruf {n}", "Besitzer": f"login{n}", **ticket} for n in range(0, ROWS, 5)
    ]
    people = [
        dict(
            zip(
                PEOPLE,
                (f"{n:05}", f"Muster{n}", "Max", f"U{n % 9}", f"login{n}", f"S{n % 7} (3), R{n % 5} (4)"),
                strict=True,
            )
        )
        for n in range(ROWS)
    ]
    return write_csv(folder / "tickets.csv", list(tickets[0]), tickets), write_csv(
        folder / "people.csv", PEOPLE, people
    )


def told(store: Store, now: int) -> dict[str, Any]:
    """All that can be seen, with who is who."""
    persons = {one.account: one.person for one in links_of(store).known.values()}
    people = sorted(set(persons.values()))
    with store.view(as_of=now) as view:
        return {
            "persons": persons,
            "names": view.ask(nq.NAMES, people=people),
            "claims": [row._replace(known_at=0) for row in view.ask(nq.CLAIMS_OF, people=people)],
            "solved": view.ask(nq.SOLVED_EVENTS, since=0, until=now),
            "parts": [[row.name for row in store.state(nq.PURPOSES_OF, person=one)] for one in people[:50]],
        }


def run_and_kill(url: str, key: str, path: Path, after: float) -> bool:
    """Starts an import in a process of its own and kills it; whether it was still at work."""
    command = [sys.executable, "-m", "graph_service", "import", str(path), "--store", url, "--profile", "evaluation"]
    environment = {**os.environ, "EXPERT_GRAPH_KEY": key}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=environment, start_new_session=True, **quiet)
    time.sleep(after)
    alive = process.poll() is None
    if alive:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return alive


@pytest.mark.timeout(300 + 60 * KILLS)
@pytest.mark.parametrize("engine", ["embedded", "neo4j"])
def test_killed_at_any_point_a_restart_gives_the_same_graph(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest, make_embedded: Callable[[str], Store]
) -> None:
    tickets, people = files(tmp_path)
    clean = Bench(make_embedded("clean"), tmp_path, now=wall_clock())
    for path in (tickets, people):
        clean.take(path, profile=import_profile("evaluation"))
    expected = told(clean.store, clean.now)
    draw = random.Random(11)
    disturbed = 0
    for _ in range(KILLS if engine == "embedded" or KILLS > 5 else 1):
        if engine == "neo4j":
            url = emptied(request.getfixturevalue("neo4j_running")[0])
            store = neo4j_store(url)
        else:
            path = tmp_path / f"s{disturbed}{draw.random()}.db"
            url, store = f"sqlite:///{path}", embedded_store(path)
        bench = Bench(store, tmp_path, now=wall_clock())
        bench.take(tickets)
        key = key_of(store, Role.HR)
        disturbed += run_and_kill(url, key, people, draw.uniform(0.6, 2.2 if engine == "embedded" else 6.0))
        bench.now = bench.wall = wall_clock() + LEASE + 1_000
        bench.take(people)
        assert not store.unfinished() and store.runs()[0].state is RunState.COMMITTED
        assert told(store, bench.now) == expected
        print(f"{engine}: equal again, {disturbed} killed at work")
        store.close()
    assert disturbed
