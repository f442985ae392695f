"""`thinning | reserves | islands | reconnect` at the terminal: tables, JSON, pages, refusals."""

import csv
import json
import re
from pathlib import Path

import pytest
from askers import Terminal, key_of
from click.testing import Result
from offices import Office, take_office
from typer.testing import CliRunner
from workbench import Bench, embedded_store

from graph_service.access import Role
from graph_service.cli import app
from graph_service.store.base import Store

QUARTERS = ("--before", "2019-Q4", "--after", "2025-10..2025-12")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A store with an office that thinned between sites, and an analyst's key."""
    folder = tmp_path_factory.mktemp("network")
    bench = Bench(embedded_store(folder / "n.db"), folder)
    take_office(bench, Office(sites=(("Ulm", 16), ("Hamburg", 15), ("Leipzig<b>", 14)), between=0.4, cut=0.6))
    made: Store = bench.store
    return f"sqlite:///{folder / 'n.db'}", key_of(made, Role.ANALYST)


def run(store: tuple[str, str], *words: str, **more: str) -> Result:
    url, key = store
    return CliRunner().invoke(app, [*words, "--store", url], env={"EXPERT_GRAPH_KEY": key, **more})


def test_thinning_is_told_in_a_headline_and_tables(store: tuple[str, str]) -> None:
    done = run(store, "thinning", *QUARTERS)
    assert done.exit_code == 0, done.output
    assert re.search(r"Von den Verbindungen zwischen Standorten sind \w+ von zehn abgerissen", done.output)
    for words in (
        "zwischen Standorten",
        "Zu anderen Gruppen",
        "Hamburg",
        "ausgedünnt",
        "Besprechung: Daten von 09/2019",
    ):
        assert words in done.output
    english = run(store, "thinning", *QUARTERS, "--language", "en")
    assert "Of the ties between sites" in english.output and "thinned" in english.output


def test_json_is_the_answer_with_the_structure(store: tuple[str, str]) -> None:
    found = json.loads(run(store, "thinning", *QUARTERS, "--json").stdout)
    assert found["isThinned"] and found["minimum"] == 10 and found["purpose"] == "NETWORK_ANALYSIS"
    assert found["structure"]["before"]["communities"] >= 1
    assert {group["name"] for group in found["groups"]} == {"Ulm", "Hamburg", "Leipzig<b>"}


def test_pages_stand_alone_and_escape(store: tuple[str, str], tmp_path: Path) -> None:
    for words in (("thinning", *QUARTERS), ("reserves", "--window", "2025-Q4"), ("reconnect",)):
        path = tmp_path / f"{words[0]}.html"
        done = run(store, *words, "--html", str(path))
        assert done.exit_code == 0, done.output
        page = path.read_text(encoding="utf-8")
        assert "Leipzig<b>" not in page
        assert not re.search(r"(src|href)=", page) and "<script" not in page and "@import" not in page
        assert page.count("<section") >= 1 and "<h1>" in page and 'lang="de"' in page
    assert page.count("<table") >= 1
    thinning = (tmp_path / "thinning.html").read_text(encoding="utf-8")
    assert thinning.count('role="img"') == 7 and "aria-label" in thinning and "url(#hatch)" in thinning
    assert "nur Gruppen ab 10 Personen, keine Namen" in thinning


def test_figures_over_time_are_drawn_beside_what_chance_explains(store: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "t.html"
    assert run(store, "thinning", *QUARTERS, "--html", str(path)).exit_code == 0
    page = path.read_text(encoding="utf-8")
    assert page.count("<figure>") == 4 and 'class="actual"' in page and 'class="corona"' in page
    found = json.loads(run(store, "thinning", *QUARTERS, "--json").stdout)
    first, last = found["quarters"][0], found["quarters"][-1]
    assert (first["window"]["first"], last["window"]) == ("2020-01", {"first": "2025-10", "last": "2025-12"})
    assert len(found["quarters"]) == 24 and first["missing"] == ["MEETING"]  # nothing is told of that quarter
    cross = last["crossTies"]
    assert cross["after"] == found["crossTies"]["after"] and cross["isThinned"]
    assert cross["after"] < cross["low"] < cross["expected"] < cross["high"]


def test_a_spreadsheet_carries_what_its_figures_are_worth(store: tuple[str, str], tmp_path: Path) -> None:
    told = {"thinning": QUARTERS, "reserves": ("--window", "2025-Q4"), "reconnect": ()}
    for name, words in told.items():
        path = tmp_path / f"{name}.csv"
        assert run(store, name, *words, "--csv", str(path)).exit_code == 0
        head, rows = [], []
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            (head if line.startswith("# ") else rows).append(line)
        assert "# Zweck: Netzwerk-Analyse" in head and "# kleinste Gruppe: 10" in head and rows
        assert any(line.startswith("# Definitionen: ") for line in head) and "# gruppiert nach: Standort" in head
    rows = list(
        csv.reader((tmp_path / "thinning.csv").read_text(encoding="utf-8-sig").splitlines()[11:], delimiter=";")
    )
    assert rows[0][:5] == ["scope", "window", "one", "other", "before"] and rows[1][0] == "all"
    assert {row[2] for row in rows if row[0] == "group"} == {"Ulm", "Hamburg", "Leipzig<b>"}
    english = tmp_path / "e.csv"
    assert run(store, "thinning", *QUARTERS, "--csv", str(english), "--language", "en").exit_code == 0
    assert "# purpose: network analysis" in english.read_text(encoding="utf-8-sig")
    same = run(store, "thinning", *QUARTERS, "--csv", str(english), "--html", str(english))
    assert same.exit_code == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("thinning", "--before", "2019", "--after", "2025-Q4"), "„2019“ ist weder Monat noch Quartal"),
        (("thinning", "--before", "2019-Q5", "--after", "2025-Q4"), "„2019-Q5“ ist weder Monat noch Quartal"),
        (("thinning", "--before", "2019-10..2019-11", "--after", "2025-Q4"), "ist kein Kalenderquartal"),
        (("thinning", *QUARTERS, "--by", "unit"), "Vereinbart ist die Gruppierung nach site"),
        (("thinning", *QUARTERS, "--by", "shoe size"), "ist keine Gruppierung"),
        (("islands", "--window", "2025-01..2025-12"), "Keine Vereinbarung erlaubt es"),
        (("reserves", "--window", "2019-Q4"), "liegt nicht vor dem Zeitfenster"),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(store: tuple[str, str], words: tuple[str, ...], told: str) -> None:
    done = run(store, *words)
    assert done.exit_code == 1 and told in done.output and "Traceback" not in done.output
    as_json = run(store, *words, "--json")
    assert json.loads(as_json.stdout)["error"]["code"].startswith("network.")


def test_unknown_kinds_are_refused(store: tuple[str, str]) -> None:
    done = run(store, "thinning", *QUARTERS, "--kinds", "GOSSIP")
    assert done.exit_code == 1 and "Traceback" not in done.output
    assert run(store, "thinning", *QUARTERS, "--kinds", "meeting").exit_code == 0
    assert "eine Art von Kontakt" in run(store, "thinning", *QUARTERS, "--kinds", "MEETING,CASE").output


def test_only_an_analyst_s_key(store: tuple[str, str], tmp_path: Path) -> None:
    done = Terminal()("thinning", *QUARTERS, "--store", store[0], role=Role.HR)
    assert done.exit_code == 1 and "NETWORK_ANALYSIS" in done.output
    without = CliRunner().invoke(app, ["reconnect", "--store", store[0]], env={"EXPERT_GRAPH_KEY": ""})
    assert without.exit_code == 1


def test_islands_by_an_agreement(store: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "islands.html"
    agreed = {"EXPERT_GRAPH_KNOWLEDGE_ISLANDS": "Betriebsvereinbarung 4"}
    done = run(store, "islands", "--window", "2025-01..2025-12", "--html", str(path), **agreed)
    assert done.exit_code == 0, done.output
    assert "Kein Thema hat im Zeitfenster 10 gelöste Fälle" in done.output
    assert "Betriebsvereinbarung 4" in path.read_text(encoding="utf-8")
