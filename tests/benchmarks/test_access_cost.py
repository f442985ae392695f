"""What sign-in, access and audit add to `recommendExperts`: CPU with and without them, interleaved in one run."""

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from askers import context, key_of, wall
from workbench import Bench, embedded_store, emptied, neo4j_store

from graph_service.access import EVERYTHING, Identity, Purpose, Role, acting
from graph_service.api import context as api_context, schema as api_schema
from graph_service.api.context import Context
from graph_service.api.execution import run_now
from graph_service.audit import Decision
from graph_service.choices import take_part
from graph_service.model import DAY
from graph_service.resources import text_folder
from graph_service.settings import Settings
from graph_service.sign_in import SignIn
from graph_service.store import named_queries as nq
from graph_service.store.base import Store
from graph_service.wiring import Service, service_of

pytestmark = pytest.mark.benchmark
ROUNDS = 40
QUESTIONS = (
    "Android app crashes when the window is closed",
    "ListView scrolls to the wrong row after an update",
    "iOS build fails with a code signing error",
    "Alloy controller leaks memory",
)


def asked(service: Service, who: Callable[[], Any], text: str) -> float:
    """Seconds of CPU for one question, all threads."""
    document = (text_folder("queries") / "graphql" / "recommend_experts.graphql").read_text(encoding="utf-8")
    begin = time.process_time()
    outcome = run_now(document, {"problem": {"text": text}, "limit": 5}, context(service, who=who()))
    assert outcome.data and not outcome.errors
    return time.process_time() - begin


@pytest.mark.parametrize("engine", ["embedded", "neo4j"])
def test_access_and_audit(engine: str, shared: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if engine == "neo4j":
        store: Store = neo4j_store(emptied(request.getfixturevalue("neo4j_running")[0]))
    else:
        store = embedded_store(tmp_path / "s.db")
    bench = Bench(store, tmp_path)
    bench.take(shared / "cases" / "tidev_dev_jira.csv.xz")
    service = service_of(store, Settings()).at(bench.now)
    key = key_of(store, Role.SUPPORTER)
    sign_in = SignIn(store, None)
    plain = Identity("bare", (Role.SUPPORTER,), wall() + DAY)

    def signed_in() -> Any:
        return acting(sign_in.identity(key, wall()), None, "CASE_HELP")

    def unchecked() -> Any:
        return acting(plain, None, "CASE_HELP")

    def with_everything(text: str) -> float:
        return asked(service, signed_in, text)

    def bare(text: str) -> float:
        with pytest.MonkeyPatch.context() as off:
            off.setattr(Context, "keep_events", lambda self: None)
            off.setattr(api_context, "scope_of", lambda asker, unit: EVERYTHING)
            off.setattr(api_schema, "decision_of", lambda view, found: Decision("x", "", {}, frozenset()))
            return asked(service, unchecked, text)

    with_all: list[float] = []
    without: list[float] = []
    for number in range(ROUNDS + 4):
        text = QUESTIONS[number % len(QUESTIONS)]
        ways = [with_everything, bare] if number // len(QUESTIONS) % 2 else [bare, with_everything]
        spent = {way: way(text) for way in ways}  # who comes second finds caches warm: they take turns
        if number >= 4:
            with_all.append(spent[with_everything])
            without.append(spent[bare])
    ratio = statistics.median(with_all) / statistics.median(without)
    began = time.perf_counter()
    with store.view(EVERYTHING) as view:
        person = view.ask(nq.SOLVED_EVENTS, since=0, until=bench.now)[0].person
    take_part(store, person, [Purpose.SKILL_UPKEEP], bench.now)
    print(json.dumps({
        "engine": engine, "ms_with": round(1000 * statistics.median(with_all), 2),
        "ms_without": round(1000 * statistics.median(without), 2), "ratio": round(ratio, 3),
        "seconds_to_opt_out": round(time.perf_counter() - began, 2),
    }))  # fmt: skip
