"""The terminal as people and machines use it, good input and bad."""

import builtins
import json
import os
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from askers import Run, Terminal, asker, context, without_id
from workbench import COLUMNS, case, write_csv

from graph_service.__main__ import main as console_script
from graph_service.access import Role
from graph_service.api.execution import run_now
from graph_service.resources import text_folder
from graph_service.wiring import open_service

CASE = case("K-1", "2026-01-05T08:00:00+00:00", "KANBAN-Abruf hängt", closed_at="2026-01-06", solver="weiss")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a store of its own."""
    monkeypatch.setenv("EXPERT_GRAPH_STORE", f"sqlite:///{tmp_path / 'store' / 's.db'}")
    return Terminal()


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "cases.csv", COLUMNS, [CASE])


def test_stopping_while_it_loads_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def interrupted(name: str, *more: Any) -> Any:
        if name == "graph_service.cli":
            raise KeyboardInterrupt
        return load(name, *more)

    monkeypatch.setattr(builtins, "__import__", interrupted)
    with pytest.raises(SystemExit) as stopped:
        console_script()
    assert stopped.value.code == 1


def test_import_then_ask(run: Run, cases: Path) -> None:
    done = run("import", str(cases))
    assert done.exit_code == 0
    assert "1 gelesen = 1 geschrieben + 0 unverändert + 0 abgelehnt + 0 übersprungen" in done.output
    answer = run("ask", "KANBAN-Abruf hängt")
    assert answer.exit_code == 0
    assert "1. weiss" in answer.output and "K-1" in answer.output and "06.01.2026" in answer.output
    assert "eröffnet 05.01.2026" in answer.output
    assert "keine Aussage" in answer.output and "noch ohne Einstufung" in answer.output
    english = run("ask", "KANBAN-Abruf hängt", "--language", "en")
    assert "Has solved this before" in english.output and "no statement" in english.output


def test_json_is_the_data_of_the_shared_document(run: Run, cases: Path, tmp_path: Path) -> None:
    run("import", str(cases))
    printed = json.loads(run("ask", "KANBAN-Abruf hängt", "--json", "--as-of", "2026-02-01", "--limit", "3").stdout)
    document = (text_folder("queries") / "graphql" / "recommend_experts.graphql").read_text(encoding="utf-8")
    variables = {"problem": {"text": "KANBAN-Abruf hängt"}, "limit": 3, "asOf": "2026-02-01T00:00:00+00:00"}
    again = run_now(
        document, variables, context(open_service(os.environ["EXPERT_GRAPH_STORE"]), who=asker(account=None))
    ).data
    assert without_id(printed) == without_id(again)
    assert run("ask", "-", "--json", "--as-of", "2026-02-01", "--limit", "3", given="KANBAN-Abruf hängt").stdout


def test_no_later_fact_shows_as_of_a_day(run: Run, cases: Path) -> None:
    run("import", str(cases))
    early = json.loads(run("ask", "KANBAN-Abruf hängt", "--json", "--as-of", "2026-01-05T09:00:00+00:00").stdout)
    answer = early["recommendExperts"]
    assert (answer["verdict"], answer["experts"]) == ("NOBODY_PROVEN", [])
    assert [near["case"]["key"] for near in answer["nearest"]] == ["K-1"]


def test_runs_are_listed_shown_and_undone(run: Run, cases: Path) -> None:
    run("import", str(cases), "--dry-run")
    assert "Noch kein Lauf" in run("imports", "list").output
    run("import", str(cases))
    assert json.loads(run("imports", "list", "--json").stdout)[0]["counts"]["written"] == 1
    assert json.loads(run("imports", "show", "1", "--json").stdout)["state"] == "COMMITTED"
    assert run("imports", "undo", "1").exit_code == 0
    assert json.loads(run("imports", "show", "1", "--json").stdout)["state"] == "UNDONE"
    refused = run("imports", "undo", "1")
    assert refused.exit_code == 1 and "rückgängig" in refused.output
    assert run("imports", "show", "77").exit_code == 1
    assert run("ask", "KANBAN-Abruf").exit_code == 0


def test_faults_give_exit_code_one_and_their_place(run: Run, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "c.csv", COLUMNS, [CASE, case("K-2", "gestern", "x")])
    done = run("import", str(path), "--json")
    assert done.exit_code == 1
    (report,) = json.loads(done.stdout)
    assert (report["faults"][0]["line"], report["faults"][0]["column"]) == (3, "opened_at")
    assert "gestern" in report["faults"][0]["message"]
    shown = run("imports", "show", "1")
    assert "Zeile 3" in shown.output


def test_a_dry_run_leaves_no_run(run: Run, cases: Path) -> None:
    assert "Probelauf" in run("import", str(cases), "--dry-run").output
    assert "Noch kein Lauf" in run("imports", "list").output


@pytest.mark.parametrize(
    "text",
    [
        "",
        "HILFE!!!",
        "'}) DETACH DELETE n //",
        "'; DROP TABLE run; --",
        "\x00\x1b[31m",
        "日本語のテキスト",
        "ask " * 24_000,
    ],
)
def test_any_text_is_only_a_text(run: Run, cases: Path, text: str) -> None:
    run("import", str(cases))
    done = run("ask", "-", given=text)
    assert done.exit_code in (0, 1)
    assert "niemand nachgewiesen" in done.output or "Kunde, System oder Symptom" in done.output
    assert json.loads(run("imports", "list", "--json").stdout)[0]["state"] == "COMMITTED"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("ask", "x", "--as-of", "gestern"), 2, "kein Zeitpunkt"),
        (("ask", "x", "--as-of", "2999-01-01"), 1, "Zukunft"),
        (("ask", "x", "--limit", "0"), 2, "greater than or equal to 1"),
        (("ask",), 2, "Missing argument"),
        (("ask", "x", "--limit", "viele"), 2, "valid integer"),
        (("ask", "x", "--language", "fr"), 2, "de or en"),
        (("nonsense",), 2, "No such command"),
        (("serve", "--port", "99999"), 2, "65535"),
        (("imports", "show", "99999999999999999999"), 2, "less than or equal to"),
        (("imports", "undo", "0"), 2, "greater than or equal to"),
        (("ask", "x"), 1, "gibt es noch nicht"),
        (("doctor",), 1, "gibt es noch nicht"),
        (("import", "nowhere.csv"), 1, "gibt es nicht"),
        (("import", "."), 1, "Ordner"),
        (("import", "nowhere.csv", "--store", "ftp://x"), 1, "Adresse des Speichers"),
        (("ask", "x", "--store", "sqlite:///"), 1, "Adresse des Speichers"),
        (("ask", "x", "--store", "sqlite://two.db"), 1, "Adresse des Speichers"),
        (("ask", "x", "--store", "sqlite:///:memory:"), 1, "Adresse des Speichers"),
        (("ask", "x", "--store", "sqlite:///~nobody-here/x.db"), 1, "Adresse des Speichers"),
        (("ask", "x", "--store", "bolt://[::1"), 1, "Adresse des Speichers"),
        (("ask", "x", "--store", "sqlite:////dev/null"), 1, "kein Speicher"),
        (("ask", "x", "--store", "bolt://127.0.0.1:1"), 1, "Neo4j antwortet nicht"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(run: Run, cases: Path, words: tuple[str, ...], code: int, says: str) -> None:
    if "2999-01-01" in words:
        run("import", str(cases))
    done = run(*words)
    assert done.exit_code == code
    assert says in re.sub(r"\s+", " ", done.output)


def test_a_store_that_is_none_or_newer_or_read_only(run: Run, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("kein Speicher " * 500)
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE a (b)")
    run("keys", "create", "--first", "--store", f"sqlite:///{tmp_path / 'new.db'}")
    with sqlite3.connect(tmp_path / "new.db") as newer:
        newer.execute("UPDATE meta SET value = '99' WHERE name = 'schema_version'")
    before = (tmp_path / "other.db").read_bytes()
    done = run("keys", "create", "--first", "--store", f"sqlite:///{tmp_path / 'text.db' / 'x.db'}")
    assert done.exit_code == 1 and "nicht öffnen" in re.sub(r"\s+", " ", done.output)
    for name, says in (("text.db", "kein Speicher"), ("other.db", "kein Speicher"), ("new.db", "neueren Version"),
                       ("", "Ordner"), ("text.db/x.db", "gibt es noch nicht")):  # fmt: skip
        done = run("ask", "x", "--store", f"sqlite:///{tmp_path / name}")
        assert done.exit_code == 1
        assert says in re.sub(r"\s+", " ", done.output), name
    assert (tmp_path / "other.db").read_bytes() == before
    with sqlite3.connect(tmp_path / "new.db") as newer:
        assert newer.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchone() == ("99",)


def test_doctor_says_how_the_store_is(run: Run, cases: Path) -> None:
    run("import", str(cases))
    done = run("doctor", "--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert found["facts"]["rows.case_record"] == 1 and found["facts"]["index"] == "online" and found["faults"] == []
    with sqlite3.connect(os.environ["EXPERT_GRAPH_STORE"].removeprefix("sqlite:///")) as store:
        store.execute("UPDATE participation SET case_id = ''")
    sick = run("doctor")
    assert sick.exit_code == 1 and "null_keys.participation" in sick.output


def test_the_demo_answers_twice_and_doubles_nothing(run: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    first, second = (run("demo", "--no-serve", "--store", url) for _ in range(2))
    assert first.exit_code == 0 and first.output == second.output
    assert first.output.index("1. Jürgen Weiß") < first.output.index("2. Aylin Şahin")
    assert "Kevin Neumann: nur Selbstangabe: KANBAN 5" in first.output
    assert "ohne Fall KAN-311" in first.output and re.search(r"Komponente +KANBAN, Workflow", first.output)
    assert len(json.loads(run("imports", "list", "--json", "--store", url, role=Role.ADMIN).stdout)) == 20
    assert "\x1b" not in first.output


def test_the_demo_refuses_a_store_with_other_data(run: Run, cases: Path) -> None:
    run("import", str(cases))
    done = run("demo", "--no-serve", "--store", os.environ["EXPERT_GRAPH_STORE"])
    assert done.exit_code == 1 and "andere Daten" in re.sub(r"\s+", " ", done.output)


@pytest.mark.parametrize(
    "words", [(), ("import",), ("ask",), ("serve",), ("imports",), ("imports", "undo"), ("doctor",)]
)
def test_help_stands_everywhere(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words, "--help")
    assert done.exit_code == 0 and "Usage" in done.output


def test_one_missing_file_does_not_hide_the_others(run: Run, cases: Path, tmp_path: Path) -> None:
    other = write_csv(tmp_path / "more.csv", COLUMNS, [case("K-2", "2026-01-05", "Lager voll")])
    done = run("import", str(cases), "nowhere.csv", str(other), "--json")
    assert done.exit_code == 1
    first, missing, last = json.loads(done.stdout)
    assert (first["counts"]["written"], missing["error"]["code"], last["counts"]["written"]) == (1, "file.missing", 1)


def test_nothing_in_a_file_steers_the_terminal(run: Run, tmp_path: Path) -> None:
    evil = "\x1b[31mKANBAN\x9b2J \u202eAbruf [bold]x[/bold]"
    rows = [case("K-1", "2026-01-05", f"{evil} hängt", closed_at="2026-01-06", solver=f"{evil}\x1b]0;pwn\x07"),
            case("K-2", evil, "x")]  # fmt: skip
    path = write_csv(tmp_path / "[red]e\x1b[2J.csv", COLUMNS, rows)
    shown = (
        run("import", str(path)).output + run("ask", "KANBAN Abruf hängt").output + run("imports", "show", "1").output
    )
    assert not {letter for letter in shown if not letter.isprintable()} - {"\n"}
    assert "[red]" in shown and "[bold]x[/bold]" in shown


@pytest.mark.parametrize(("name", "value"), [("LANGUAGE", "fr"), ("PORT", "abc"), ("BUSY_TIMEOUT_SECONDS", "-1")])
def test_an_environment_that_does_not_fit_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"EXPERT_GRAPH_{name}", value)
    done = run("doctor")
    assert done.exit_code == 1 and f"EXPERT_GRAPH_{name}" in done.output and "pydantic" not in done.output


@pytest.mark.parametrize("columns", ["abc", "0", "-5"])
def test_an_odd_width_still_prints(run: Run, monkeypatch: pytest.MonkeyPatch, cases: Path, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert "geschrieben" in run("import", str(cases)).output


def test_a_group_is_shown_as_one_and_claims_with_their_source(run: Run, tmp_path: Path) -> None:
    run(
        "import",
        str(write_csv(tmp_path / "c.csv", COLUMNS, [{**CASE, "solver": "netz"}])),
        str(
            write_csv(
                tmp_path / "p.csv",
                ("person", "name", "kind"),
                [{"person": "netz", "name": "Netzwerk-Mannschaft", "kind": "group"}],
            )
        ),
    )
    run("import", str(write_csv(tmp_path / "s.csv", ("person", "skill", "level", "claimed_by"), [
            {"person": "chef", "skill": "KANBAN", "level": "5", "claimed_by": "MANAGER"}])), role=Role.HR)  # fmt: skip
    answer = run("ask", "KANBAN-Abruf hängt").output
    assert "Netzwerk-Mannschaft (Gruppe)" in answer
    assert "nur angegeben: KANBAN 5 (Führungskraft" in answer


def test_the_number_in_the_headline_does_not_depend_on_the_limit(run: Run, tmp_path: Path) -> None:
    rows = [{**CASE, "case_id": f"K-{n}", "solver": f"p{n}"} for n in range(6)]
    run("import", str(write_csv(tmp_path / "c.csv", COLUMNS, rows)))
    heads = {run("ask", "KANBAN-Abruf hängt", "--limit", limit).output.splitlines()[0] for limit in ("1", "3", "100")}
    assert heads == {"6 Personen haben Ähnliches schon gelöst."}


@pytest.mark.parametrize("name", [b"no\xff.csv", "ä ö?#%.csv".encode()])
def test_any_file_name_can_be_told(run: Run, tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    done = run("import", str(path), "--json")
    assert done.exit_code == 1 and json.loads(done.stdout)[0]["error"]["code"] == "file.missing"


def test_odd_store_paths_work(run: Run, cases: Path, tmp_path: Path) -> None:
    for url in (f"sqlite:////{tmp_path}/twice.db", f"sqlite:///{tmp_path}/ä ö?#%20.db"):
        assert run("import", str(cases), "--store", url).exit_code == 0
        assert run("doctor", "--store", url).exit_code == 0
    assert (tmp_path / "ä ö?#%20.db").is_file()


def test_reading_an_empty_file_leaves_it_empty(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    assert run("ask", "x", "--store", f"sqlite:///{tmp_path / 'empty.db'}").exit_code == 1
    assert (tmp_path / "empty.db").stat().st_size == 0


def test_a_german_day_is_a_day(run: Run, cases: Path) -> None:
    run("import", str(cases))
    german, iso = (
        json.loads(run("ask", "KANBAN", "--json", "--as-of", day).stdout) for day in ("01.02.2026", "2026-02-01")
    )
    assert without_id(german) == without_id(iso)


def test_showing_a_run_with_faults_is_done(run: Run, tmp_path: Path) -> None:
    run("import", str(write_csv(tmp_path / "c.csv", COLUMNS, [CASE, case("K-2", "gestern", "x")])))
    assert run("imports", "show", "1").exit_code == 0


def test_a_solved_case_asked_by_number_says_who_solved_it(run: Run, cases: Path) -> None:
    run("import", str(cases))
    assert "Schon gelöst von  weiss" in run("ask", "k-1").output


def test_keys_are_made_listed_and_revoked(run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from graph_service.cli import app

    def terminal(*words: str, key: str = "") -> Any:
        return CliRunner().invoke(app, list(words), env={"EXPERT_GRAPH_KEY": key})

    made = terminal("keys", "create", "--first", "--for", "A. Beck")
    admin = made.stdout.strip()
    assert made.exit_code == 0 and "ADMIN" in made.stderr
    assert "schon Schlüssel" in terminal("keys", "create", "--first").output
    assert "EXPERT_GRAPH_KEY" in terminal("keys", "list").output
    assert "gilt für diesen Speicher nicht" in terminal("keys", "list", key="eg_1_2").output
    other = json.loads(terminal("keys", "create", "--for", "C. Dorn", "--role", "HR", "--json", key=admin).stdout)
    assert "--person" in terminal("keys", "create", "--for", "E. Fels", "--role", "EXPERT", key=admin).output
    listed = terminal("keys", "list", key=f" {admin} ").output
    assert "A. Beck" in listed and "C. Dorn" in listed and other["key"] not in listed
    refused = terminal("import", str(cases), key=other["key"])
    assert refused.exit_code == 1 and "DATA_STEWARD" in refused.output
    assert "nicht dafür gedacht" in terminal("ask", "x", key=other["key"]).output
    assert terminal("keys", "revoke", other["id"], key=admin).exit_code == 0
    assert "widerrufen" in terminal("import", str(cases), key=other["key"]).output
    assert "letzte gültige ADMIN-Schlüssel" in terminal("keys", "revoke", admin.split("_")[1], key=admin).output


def test_profiles_say_who_takes_part(run: Run, cases: Path, tmp_path: Path) -> None:
    good = 'name = "BV 12"\nstate = "AGREED"\nagreement = "Betriebsvereinbarung 12"\npurposes = ["CASE_HELP"]\n'
    bad = {
        good.replace("AGREED", "DRAFT"): "Nur ein Profil mit",
        good.replace("CASE_HELP", "AUDIT"): "purposes kennt nur",
        good + "sites = []": "Unbekannt: sites",
        "nonsense": "kein lesbares TOML",
    }
    for text, says in bad.items():
        (tmp_path / "p.toml").write_text(text, encoding="utf-8")
        assert says in run("import", str(cases), "--profile", str(tmp_path / "p.toml")).output
    assert "gibt es nicht" in run("import", str(cases), "--profile", "demo").output
    (tmp_path / "p.toml").write_text(good, encoding="utf-8")
    assert run("import", str(cases), "--profile", str(tmp_path / "p.toml")).exit_code == 0
    assert "1. weiss" in run("ask", "KANBAN-Abruf hängt").output
    assert json.loads(run("imports", "show", "1", "--json").stdout)["profile"] == "BV 12"


def test_the_demo_is_asked_by_its_people(run: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    assert run("demo", "--no-serve", "--as", "vogt", "--store", url).exit_code == 0
    refused = run("demo", "--no-serve", "--as", "weiss", "--store", url)
    assert refused.exit_code == 1 and "sommer, vogt" in refused.output


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").output.startswith("expert-graph ")


def test_the_store_is_nobody_elses_business(run: Run, cases: Path) -> None:
    run("import", str(cases))
    path = Path(os.environ["EXPERT_GRAPH_STORE"].removeprefix("sqlite:///"))
    assert path.stat().st_mode & 0o077 == 0
