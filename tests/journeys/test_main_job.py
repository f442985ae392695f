"""The main job from the outside: a served demo, a pasted request, the fixture's questions on both stores."""

import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import orjson
import pytest
from askers import context
from problems import E_2, E_5
from workbench import Bench

from graph_service import demo
from graph_service.api.execution import run_now
from graph_service.resources import text_folder
from graph_service.settings import Settings
from graph_service.wiring import Service, service_of

E_3 = "Santino: ReFS-Fragmentierung, Leistung kritisch; Defragmentieren schon versucht, unmöglich"


@pytest.fixture
def company(bench: Bench) -> Service:
    """The demo company on each store."""
    service = demo.at_its_clock(service_of(bench.store, Settings()))
    demo.fill(service)
    return service


def answer(service: Service, text: str, language: str = "de", limit: int = 5) -> dict[str, object]:
    document = (text_folder("queries") / "graphql" / "recommend_experts.graphql").read_text(encoding="utf-8")
    variables = {"problem": {"text": text}, "limit": limit}
    outcome = run_now(document, variables, context(service, "en" if language == "en" else "de"))
    assert not outcome.errors and outcome.data
    return dict(outcome.data["recommendExperts"])


def names(found: dict[str, object], field: str = "experts") -> list[str]:
    return [expert["person"]["name"] for expert in found[field]]  # type: ignore[index, attr-defined]


def test_e1_names_both_with_evidence_and_the_self_rated_one_apart(company: Service) -> None:
    found = answer(company, demo.question())
    assert names(found)[:2] == ["Jürgen Weiß", "Aylin Şahin"]
    assert names(found, "onlyDeclared") == ["Kevin Neumann"]
    knows = found["experts"][0]["knows"]  # type: ignore[index]
    assert re.match(r"hat 4 der \d+ ähnlichsten gelösten Fälle gelöst .*zuletzt am 13\.11\.2025", knows["statement"])
    cited = {case["key"] for reason in knows["reasons"] for case in reason["cases"]}
    assert {"KAN-287", "KAN-294", "KAN-305", "KAN-311"} <= cited
    assert "KAN-301" not in {c["key"] for r in knows["reasons"] if r["kind"] == "similar_solved" for c in r["cases"]}
    for question in ("proven", "reachable", "interruption"):
        assert found["experts"][0][question]["known"] and not found["onlyDeclared"][0]["proven"]["known"]  # type: ignore[index]
    assert found["experts"][0]["band"] is None  # type: ignore[index]
    assert found["understood"]["components"] == ["KANBAN", "Workflow"]  # type: ignore[index]
    assert found["whatIf"]["case"]["key"] == "KAN-311"  # type: ignore[index]


def as_sandra(service: Service, text: str) -> dict[str, dict[str, object]]:
    """Who is named, and how Sandra stands to them."""
    document = (text_folder("queries") / "graphql" / "recommend_experts.graphql").read_text(encoding="utf-8")
    sandra = demo.asker(service, demo.askers(), "sommer")
    outcome = run_now(document, {"problem": {"text": text}, "limit": 5}, context(service, who=sandra))
    assert not outcome.errors and outcome.data
    return {one["person"]["name"]: one["relation"] for one in outcome.data["recommendExperts"]["experts"]}


def test_sandra_sees_how_she_stands_to_those_named(company: Service) -> None:
    found = as_sandra(company, demo.question())
    assert list(found)[:2] == ["Jürgen Weiß", "Aylin Şahin"]
    assert found["Jürgen Weiß"]["nearness"] == "KNOWN" and found["Jürgen Weiß"]["isLiving"] is True
    assert as_sandra(company, E_2)["Tobias Krüger"]["sentence"].startswith(  # type: ignore[attr-defined]
        "ruhender Kontakt seit 09/2019, gemeinsames Projekt; über Petra Großmann vorstellen lassen (lebender Kontakt"
    )


def test_e1_in_english(company: Service) -> None:
    found = answer(company, demo.question(), "en")
    assert found["experts"][0]["knows"]["statement"].startswith("solved 4 of the")  # type: ignore[index]
    assert found["sentence"] == "2 people have solved something like this."


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (E_2, {"Petra Großmann", "Tobias Krüger"}),
        ("Rechnungs Positionen fehlen, Groesseneinheiten, MENGENEINHEIT", {"Petra Großmann", "Tobias Krüger"}),
        (E_3, {"Ines Groß"}),  # who knows most has clashed with this contact, and is not sent alone
        ("kanban abruf haengt in der Warteschlange", {"Jürgen Weiß"}),
        ("Kabelrollen fehlen im Lagerbestand", {"Tobias Krüger"}),
    ],
)
def test_the_people_of_the_fixture_are_found(company: Service, text: str, first: set[str]) -> None:
    assert set(names(answer(company, text))[: len(first)]) == first


@pytest.mark.parametrize("text", [E_5, "Dampfkessel undicht"])
def test_where_nobody_is_proven_nobody_is_named(company: Service, text: str) -> None:
    found = answer(company, text)
    assert found["verdict"] == "NOBODY_PROVEN" and found["experts"] == [] and found["whatIf"] is None


def test_without_all_declared_skills_the_order_stays_without_solved_cases_nobody_is_proven(
    company: Service, bench: Bench
) -> None:
    from graph_service.intake.runs import undo_run

    before = names(answer(company, demo.question()))
    files = {run.file: run.number for run in company.store.runs(limit=100)}
    undo_run(company.store, company.clocks, files["demo_skills.csv"])
    found = answer(company, demo.question())
    assert names(found) == before and found["onlyDeclared"] == []
    undo_run(company.store, company.clocks, files["demo_cases.csv"])
    assert answer(company, demo.question())["verdict"] == "NOBODY_PROVEN"


def test_the_names_of_the_people_file_can_come_last(company: Service) -> None:
    from graph_service.intake.runs import undo_run

    files = {run.file: run.number for run in company.store.runs(limit=100)}
    whole = answer(company, demo.question())
    undo_run(company.store, company.clocks, files["demo_people.csv"])
    assert names(answer(company, demo.question()))[:2] == ["weiss", "sahin"]
    demo.fill(company)
    assert {**answer(company, demo.question()), "id": ""} == {**whole, "id": ""}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What `demo` prints while it serves."""
    folder = tmp_path_factory.mktemp("served")
    command = [sys.executable, "-c", "from graph_service.cli import main; main()", "demo", "--port", "0",
               "--store", f"sqlite:///{folder / 'demo.db'}"]  # fmt: skip
    with (folder / "out.txt").open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    deadline = time.monotonic() + 60
    text = ""
    while time.monotonic() < deadline and "recommendExperts" not in text:
        time.sleep(0.2)
        text = (Path(folder) / "out.txt").read_text()
    yield text
    process.terminate()
    assert process.wait(20) is not None


def test_the_printed_request_works_when_pasted(served: str) -> None:
    command = served[served.index("curl") :]
    words = shlex.split(command.replace("\\\n", " "))
    url = next(word for word in words if word.startswith("http"))
    headers = dict(word.split(": ", 1) for place, word in enumerate(words) if words[place - 1] == "-H")
    body = words[words.index("-d") + 1]
    deadline = time.monotonic() + 20
    while True:
        try:
            reply = httpx.post(url, headers=headers, content=body.encode())
            break
        except httpx.ConnectError:
            assert time.monotonic() < deadline
            time.sleep(0.2)
    experts = orjson.loads(reply.content)["data"]["recommendExperts"]["experts"]
    assert experts[0]["person"]["name"] == "Jürgen Weiß"
    assert httpx.get(url.replace("/graphql", "/health/live")).json() == {"status": "alive"}
    assert httpx.post(url, content=b"{}").status_code == 401
    assert httpx.get(url).status_code == 405
