"""Values that are well written and cannot be meant, and cells that a spreadsheet has left broken."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import sheets
from click.testing import Result
from reading_files import told
from workbench import Bench

from graph_service.errors import FileRefused
from graph_service.intake.profiles import ImportProfile
from graph_service.model import Profile, SkillClaim

Run = Callable[..., Result]
HEAD = "Mandatsträger;Einheit;Stunden;von;bis"


def put(folder: Path, *lines: str, name: str = "x.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("00042;Fertigung;-4;01.01.2026;", ("Stunden", "-4", "value.negative")),
        ("00042;Fertigung;4;01.06.2026;01.01.2026", ("bis", "01.01.2026", "value.ends_before")),
    ],
)
def test_a_mandate_that_cannot_be_meant_is_refused(tmp_path: Path, row: str, fault: tuple[str, str, str]) -> None:
    found = told(put(tmp_path, HEAD, row, "00043;Lager;8;01.01.2026;31.12.2026"))
    assert [(one.line, one.column, one.value, one.reason) for one in found.faults] == [(2, *fault)]
    assert len(found.rows) == 1


@pytest.mark.parametrize("day", ["01.04.2930", "01.04.0202"])
def test_a_day_in_no_lifetime_is_refused(tmp_path: Path, day: str) -> None:
    path = put(tmp_path, "Personalnr;Nachname;Vorname;Eintritt", f"00042;Weiß;Jürgen;{day}", "1;Groß;Ines;01.04.2010")
    assert [(one.line, one.value, one.reason) for one in told(path).faults] == [(2, day, "value.not_a_time")]


@pytest.mark.parametrize("day", ["31.12.9999", "31.12.2099", "31.12.2999"])
def test_the_last_day_of_a_far_year_means_that_it_stays(tmp_path: Path, day: str) -> None:
    path = put(tmp_path, "Personalnr;Nachname;Vorname;Eintritt;Austritt", f"00042;Weiß;Jürgen;01.04.2010;{day}")
    found = told(path)
    assert not found.faults
    assert {one.left_at for one in found.facts(Profile)} == {None}


def test_a_repeated_key_names_where_it_stood(bench: Bench) -> None:
    rows = ("00042;Weiß;Jürgen;A", "00043;Groß;Ines;A", "00042;Weiss;Jürgen;B")
    report = bench.take(put(bench.folder, "Personalnr;Nachname;Vorname;Abteilung", *rows))
    assert [(one.line, one.value, one.reason) for one in report.faults] == [(4, "x.csv, 2", "row.repeated_key")]


def test_a_column_that_the_agreement_keeps_out_is_named(bench: Bench) -> None:
    profile = ImportProfile("BV", "BV Skills", ("ESCALATION",), frozenset({"nachname", "vorname", "skill"}))
    path = put(bench.folder, "Personalnr;Nachname;Vorname;Skill;Stufe", "00042;Weiß;Jürgen;Löten;3")
    with pytest.raises(FileRefused) as refused:
        bench.take(path, profile=profile)
    assert refused.value.code == "file.column_not_agreed"
    assert refused.value.values["profile"] == "BV" and "Personalnr" in str(refused.value.values["refused"])


@pytest.mark.parametrize("cell", ["krank", "in Elternzeit", "Mutterschutz"])
def test_a_reason_of_absence_in_a_wrong_cell_is_not_kept(run: Run, tmp_path: Path, cell: str) -> None:
    put(tmp_path, "Personalnr;Nachname;Vorname;Skill;Stufe", f"1;Weiß;Jürgen;Löten;{cell}", "2;Groß;Ines;Löten;3")
    assert cell not in run("import", "x.csv").stdout
    shown = run("imports", "rejects", "1").stdout
    assert "Löten" in shown and cell not in shown
    assert not any(cell.encode() in one.read_bytes() for one in tmp_path.glob("*.db*"))


def test_formulas_without_a_result_are_pointed_out(tmp_path: Path) -> None:
    path = sheets.workbook(
        tmp_path / "a.xlsx", {"A": [["Personalnr", "Löten", "Sägen"], ["1", "3", "2"], ["2", "4", "1"]]}
    )
    broken = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(broken, "w") as out:
        for name in source.namelist():
            text = source.read(name).replace(b'<c t="inlineStr"><is><t>4</t></is></c>', b"<c><f>B2+1</f><v></v></c>")
            out.writestr(name, text)
    found = told(broken)
    assert [(one.code, dict(one.values)) for one in found.plan.notices if "formulas" in one.code] == [
        ("notice.formulas_empty", {"cells": "1"})
    ]
    assert not [one for one in told(path).plan.notices if "formulas" in one.code]


def test_broken_cells_of_a_matrix_claim_nothing(tmp_path: Path) -> None:
    path = put(tmp_path, "Personalnr;Löten;Fräsen", "1;3;#NV", "2;#BEZUG!;2", "3;1;#N/A", "4;5;#REF!")
    found = told(path)
    assert {(one.account.key, one.skill) for one in found.facts(SkillClaim)} == {
        ("1", "Löten"), ("2", "Fräsen"), ("3", "Löten"), ("4", "Löten"),
    }  # fmt: skip
    assert found.left_out["claim.broken"] == 4
