"""What the terminal says to HR, and what it must not say: places, remedies, what stands behind a name."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from askers import Terminal
from click.testing import Result
from typer.testing import CliRunner

from graph_service.access import Role
from graph_service.cli import app
from importers.levels import scale_of

Run = Callable[..., Result]


def put(name: str, *lines: str) -> str:
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


SKILLS = ("Personalnr;Nachname;Vorname;Skill;Stufe", "00042;Weiß;Jürgen;Löten;4", "00043;Groß;Ines;Löten;9")


def test_an_undo_has_no_refused_rows_and_says_so(run: Run) -> None:
    run("import", put("s.csv", *SKILLS))
    run("imports", "undo", "1")
    told = run("imports", "rejects", "2")
    assert told.exit_code == 1 and "keine Zeilen" in told.stderr


def test_what_was_decided_about_a_name_is_one_thing_and_undone_by_the_name(run: Run) -> None:
    run("import", put("list.csv", "Skill-Nr.;Bezeichnung", "A;Weichlöten", "B;Hartlöten"))
    run("import", put("s.csv", *SKILLS))
    label = json.loads(run("skills", "queue", "--json").stdout)[0]["skill"]
    listed = {one["label_de"]: one["skill"] for one in json.loads(run("skills", "suggest", "Löten", "--json").stdout)}
    assert run("skills", "decide", label, listed["Weichlöten"], "SAME").exit_code == 0
    assert json.loads(run("skills", "queue", "--json").stdout) == []
    assert run("skills", "decide", label, "LATER").exit_code == 0
    assert [one["skill"] for one in json.loads(run("skills", "queue", "--json").stdout)] == [label]
    assert run("skills", "decide", label, listed["Weichlöten"], "SAME").exit_code == 0
    assert run("skills", "undo", label).exit_code == 0
    assert [one["skill"] for one in json.loads(run("skills", "queue", "--json").stdout)] == [label]
    assert run("skills", "undo", label).exit_code == 1


@pytest.mark.parametrize("words", [("skills", "decide", "a", "b"), ("identity", "decide", "a", "b")])
def test_a_verdict_that_is_missing_is_asked_for_as_it_is_used(run: Run, words: tuple[str, ...]) -> None:
    told = run(*words)
    assert told.exit_code == 2 and "SAME" in told.stderr and "EXTERNAL" in told.stderr and "LATER" in told.stderr


def test_accounts_are_told_by_the_ids_of_the_list(run: Run) -> None:
    run("import", put("s.csv", *SKILLS))
    told = run("identity", "decide", "foo", "bar", "SAME")
    assert told.exit_code == 1 and "identity list" in told.stderr


def test_the_other_reading_of_a_scale_is_one_that_fits_all_values() -> None:
    assert scale_of(["1", "2", "3", *["2"] * 40, "5"], "", "")[2] == ""
    assert scale_of(["1", "2", "3", "4", *["2"] * 60], "", "")[2] == "1-4"


@pytest.mark.parametrize("name", [".", "empty"])
def test_a_folder_is_called_by_its_name(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    told = run("import", name)
    assert told.exit_code == 1
    assert (tmp_path.name if name == "." else "empty") + " ist ein Ordner" in told.stderr.replace("\n", " ")


def test_a_broken_workbook_is_no_archive_to_people(run: Run, tmp_path: Path) -> None:
    from sheets import workbook

    path = workbook(tmp_path / "m.xlsx", {"A": [["Personalnr", "Skill", "Stufe"], *[["00042", "Löten", "4"]] * 50]})
    path.write_bytes(path.read_bytes()[:600])
    told = run("import", str(path))
    assert told.exit_code == 1 and "XLSX" in told.stderr


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (('name = "S"', 'state = "AGREED"', 'purposes = ["CASE_HELP"]'), "agreement"),
        (('name = "S"', 'state = "AGREED"', 'agreement = "BV"', 'purpose = ["CASE_HELP"]'), "purpose"),
        (('name = "S"', "state = AGREED"), "Zeile 2"),
    ],
)
def test_what_an_agreement_lacks_is_named(run: Run, lines: tuple[str, ...], told: str) -> None:
    put("s.csv", *SKILLS)
    found = run("import", "s.csv", "--profile", put("bv.toml", *lines))
    said = " ".join(found.stderr.split())
    assert found.exit_code == 1 and told in said and ("columns" in said or "Zeile" in said)


def test_a_list_without_people_says_nothing_of_people(run: Run) -> None:
    key = Terminal().key(os.environ["EXPERT_GRAPH_STORE"], Role.HR, create=True)
    told = [
        CliRunner().invoke(app, ["import", name], env={"EXPERT_GRAPH_KEY": key})
        for name in (put("list.csv", "Skill-Nr.;Bezeichnung", "A;Weichlöten"), put("s.csv", *SKILLS[:2]))
    ]
    assert [(one.exit_code, "Importprofil" in one.output) for one in told] == [(0, False), (0, True)]


@pytest.mark.parametrize("out", ["r.xlsx", "r.xls", "r.ods"])
def test_refused_rows_are_no_workbook(run: Run, out: str) -> None:
    run("import", put("s.csv", *SKILLS))
    told = run("imports", "rejects", "1", "--out", out)
    assert told.exit_code == 2 and "CSV" in told.stderr and not Path(out).exists()


def test_a_file_that_cannot_be_written_is_named(run: Run) -> None:
    run("import", put("s.csv", *SKILLS))
    told = run("imports", "rejects", "1", "--out", "nowhere/r.csv")
    assert told.exit_code == 1 and "r.csv" in told.stderr and "No such" not in told.stderr


@pytest.mark.parametrize("width", ["80", "60"])
def test_ids_stand_on_one_line(run: Run, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    run("import", put("people.csv", "Personalnr;Name;Abteilung", "00042;Jürgen Weiß;Halle Nord", "00043;Ines Groß;"))
    run("import", put("list.csv", "Skill-Nr.;Bezeichnung", "A;Weichlöten"))
    run("import", put("s.csv", "Name;Skill;Stufe", "Jürgen Weiss;Löten;4", "Juergen Weiß;Löten;3"))
    for command, key in (("identity", "account"), ("skills", "skill")):
        kind = "list" if command == "identity" else "queue"
        lines = json.loads(run(command, kind, "--json").stdout)
        assert lines
        shown = run(command, kind).output
        for line in lines:
            assert line[key] in shown
            others = line.get("candidates") or line.get("suggestions")
            assert others and all(other[key] in shown for other in others)


def test_runs_are_told_to_machines_without_what_keeps_them_going(run: Run) -> None:
    run("import", put("s.csv", *SKILLS))
    run("imports", "undo", "1")
    for words in (("imports", "list"), ("imports", "show", "1")):
        found = json.loads(run(*words, "--json").stdout)
        one = found[-1] if isinstance(found, list) else found
        assert one["started_at"].endswith("+00:00") and one["counts"]["read"] == 2
        assert not {"lease_until", "owner", "shape", "first_known_at"} & set(one)


def test_a_run_shows_its_agreement_and_what_it_left_out(run: Run) -> None:
    agreed = ('name = "Skills 2026"', 'state = "AGREED"', 'agreement = "BV"', 'purposes = ["CASE_HELP"]')
    put("bv.toml", *agreed)
    put("s.csv", "Personalnr;Skill;Stufe;Gehalt", "00042;Löten;4;1")
    run("import", "s.csv", "--profile", "bv.toml")
    shown = run("imports", "show", "1").output
    assert "Skills 2026" in shown and "Gehalt" in shown
    assert json.loads(run("imports", "show", "1", "--json").stdout)["left_columns"] == ["Gehalt"]


def test_a_row_of_nobody_names_a_column_of_the_file(run: Run) -> None:
    told = run("import", put("s.csv", "Kürzel;Skill;Stufe", "weiss;Löten;4", ";Löten;3", "gross;Löten;2")).output
    assert "Zeile 3, Kürzel" in told and "number" not in told
    assert run("imports", "rejects", "1", "--part", "anders").exit_code == 1


def test_an_import_tells_what_it_did_not_read(run: Run) -> None:
    words = ("Personalnr;Name;Hydraulik;Löten;Leer", "00042;Jürgen Weiß;Könner;Laie;", "00043;Ines Groß;Laie;Meister;")
    told = run("import", put("m.csv", *words))
    assert "Nicht gelesene Spalten: Hydraulik, Löten\n" in told.output
    assert json.loads(run("import", "m.csv", "--json").stdout)[0]["left_columns"] == ["Hydraulik", "Löten"]


def test_the_preview_shows_whose_word_it_takes_the_list_for(run: Run) -> None:
    told = run("import", put("s.csv", *SKILLS[:2]), "--dry-run").output
    assert "claimed_by = SELF" in told


def test_somebody_known_by_name_alone_is_called_so_and_an_undated_claim_too(run: Run) -> None:
    agreed = ('name = "S"', 'state = "AGREED"', 'agreement = "BV"', 'purposes = ["CASE_HELP"]')
    rows = ("Name;Skill;Stufe;Stand", "Jürgen Weiß;Löten;4;", "Ines Groß;Löten;3;01.02.2026")
    run("import", put("s.csv", *rows), "--profile", put("bv.toml", *agreed))
    answer = run("ask", "Wer kann Löten?", role=Role.ESCALATION_MANAGER).output
    weiss = next(line for line in answer.splitlines() if "Weiß" in line)
    gross = next(line for line in answer.splitlines() if "Groß" in line)
    assert "nur dem Namen nach bekannt" in weiss and "nur dem Namen nach bekannt" in gross
    assert "ohne Datum" in weiss and "ohne Datum" not in gross and "01.02.2026" in gross
    run("import", put("p.csv", "Personalnr;Name;Skill;Stufe", "00044;Eva Lang;Löten;5"), "--profile", "bv.toml")
    answer = run("ask", "Wer kann Löten?", role=Role.ESCALATION_MANAGER).output
    assert "nur dem Namen nach" not in next(line for line in answer.splitlines() if "Lang" in line)
    assert "Löten, Löten" not in answer


def test_a_verdict_that_is_none_is_told_with_its_line(run: Run) -> None:
    run("import", put("s.csv", *SKILLS))
    head, good = "source,key,other_source,other_key,verdict", "mail,a@b.de,mail,c@b.de,SAME"
    told = run("identity", "import", put("d.csv", head, good, "mail,a@b.de,mail,d@b.de,VIELLEICHT"))
    assert told.exit_code == 1 and "d.csv, Zeile 3" in told.output and "VIELLEICHT" in told.output


def test_listed_skills_of_one_name_are_told_apart(run: Run) -> None:
    listed = ("Skill-Nr.;Bezeichnung;Obergruppe", "F;Fertigung;", "V;Verwaltung;", "A;Disposition;F", "B;Disposition;V")
    run("import", put("list.csv", *listed))
    run("import", put("s.csv", "Personalnr;Skill;Stufe", "00042;Disposition;4"))
    told = run("skills", "queue").output
    assert "Disposition (" in told and "Fertigung" in told and "Verwaltung" in told and "= heißt genau so" in told


def test_a_file_that_tells_nothing_new_names_its_run_too(run: Run) -> None:
    rows = put("s.csv", "Personalnr;Skill;Stufe;Stand", "00042;Löten;4;01.02.2026")
    run("import", rows)
    assert "imports undo 2" in run("import", rows).output
