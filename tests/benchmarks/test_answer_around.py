"""What an answer with everything around it costs on the large company: CPU, store calls, growth with the limit.

`pytest tests/benchmarks/test_answer_around.py -s -m benchmark`; nothing here is a timed test.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from askers import asker, context
from workbench import embedded_store, emptied, neo4j_store

from graph_service import demo
from graph_service.api.execution import run_now
from graph_service.resources import text_folder
from graph_service.settings import Settings
from graph_service.store.base import View
from graph_service.wiring import service_of

pytestmark = pytest.mark.benchmark
E_1 = (
    "Adler Pumpen: Produktion steht, Kanban-Abruf geht nicht raus, typischer Workflow-Fehler. Am 2. Tag fliegt der "
    "Kunde raus. Brauche Plan B bis heute Nachmittag."
)
TIMES = 8


def server_cpu(pid: int | None) -> float:
    """Seconds of CPU that a process has used; 0 for none."""
    if pid is None:
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("engine", ["embedded", "neo4j"])
def test_e1_on_the_large_company(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = None
    if engine == "neo4j":
        uri, server = request.getfixturevalue("neo4j_running")
        store, pid = neo4j_store(emptied(uri)), server._process.pid if server and server._process else None
    else:
        store = embedded_store(tmp_path / "large.db")
    service = demo.at_its_clock(service_of(store, Settings()))
    demo.fill(service, large=True)
    calls: Counter[str] = Counter()
    real = View.ask

    def counted(self: View, query: object, **parameters: object) -> object:
        calls[query.name] += 1  # type: ignore[attr-defined]
        return real(self, query, **parameters)  # type: ignore[arg-type]

    monkeypatch.setattr(View, "ask", counted)
    document = (text_folder("queries") / "graphql" / "recommend_experts.graphql").read_text(encoding="utf-8")
    lean = "query ($problem: ProblemInput!) { recommendExperts(problem: $problem) { experts { person { name } } } }"

    def ask(text: str, limit: int | None) -> None:
        variables = {"problem": {"text": E_1}} | ({"limit": limit} if limit else {})
        outcome = run_now(text, variables, context(service, who=asker()))
        assert not outcome.errors and outcome.data and outcome.data["recommendExperts"]["experts"], outcome.errors

    def measured(work: Callable[[], None]) -> dict[str, object]:
        work()
        own, theirs, counts = [], [], []
        for _ in range(TIMES):
            calls.clear()
            begin, server = time.process_time(), server_cpu(pid)
            work()
            own.append(time.process_time() - begin)
            theirs.append(server_cpu(pid) - server)
            counts.append(calls.total())
        both = sorted(one + other for one, other in zip(own, theirs, strict=True))
        return {
            "cpu_best": round(both[0], 3), "cpu_median": round(both[TIMES // 2], 3),
            "server_share": round(sum(theirs) / sum(both), 2), "store_calls": max(counts), "texts": len(calls),
        }  # fmt: skip

    figures = {
        "names alone": measured(lambda: ask(lean, None)),
        "everything, limit 5": measured(lambda: ask(document, 5)),
        "everything, limit 50": measured(lambda: ask(document, 50)),
    }
    print(json.dumps({"engine": engine, **figures}))
    assert figures["everything, limit 5"]["store_calls"] == figures["everything, limit 50"]["store_calls"]
