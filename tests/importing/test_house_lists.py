"""The house's own lists: recognised by German and by English headers, one row one thing, kept, undone, erased."""

import csv
from pathlib import Path

import pytest
from reading_files import told
from workbench import Bench, at, person_id

from graph_service.erasure import erase_person
from graph_service.intake.files import PackedFile, importers, readings_of
from graph_service.model import Channel, OrgUnit, Presence, SourceId, Stay, concerned, tells
from graph_service.store import named_queries as nq
from importers.columns import Field, Kind
from importers.house_list import HouseList

LISTS = sorted((name for name, importer in importers().items() if isinstance(importer, HouseList)))
CHOICES = {
    ("channels", "kind"): "Sprechstunde", ("promises", "kind"): "Notlösung", ("stays", "kind"): "Praktikum",
    ("stays", "host"): "",
    ("presence", "state"): "Büro", ("org-units", "kind"): "Team", ("workarounds", "state"): "läuft",
    ("customer-contacts", "address"): "per Sie", ("customer-contacts", "depth"): "Experte",
    ("customer-contacts", "log_policy"): "nach Genehmigung", ("customer-contacts", "wants"): "Dialog",
    ("channels", "weekday"): "Mo-Fr", ("channels", "hours"): "10 bis 11 Uhr", ("channels", "amount"): "5",
    ("channels", "overridable_by"): "Produktionsstillstand", ("team-rules", "overridable_by"): "Produktionsstillstand",
    ("contact-points", "kind"): "Mobil", ("languages", "language"): "Deutsch", ("access", "level"): "lesen",
    ("promises", "state"): "bestätigt", ("mandates", "hours"): "16", ("mandates", "spent"): "5",
    ("case-notes", "impact"): "Produktionsstillstand", ("case-notes", "remote"): "nein",
}  # fmt: skip


def value(name: str, field: Field) -> str:
    if (name, field.name) in CHOICES:
        return CHOICES[name, field.name]
    if field.kind is Kind.DAY:
        return "01.04.2026"
    return f"{field.name} x"


def put(folder: Path, name: str, *, english: bool, rows: int = 1) -> Path:
    format_ = importers()[name]
    assert isinstance(format_, HouseList)
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow([field.headers[-1 if english else 0] for field in format_.fields])
        for number in range(rows):
            writer.writerow([value(name, field) + (str(number) if number else "") for field in format_.fields])
    return path


@pytest.mark.parametrize("english", [False, True], ids=["de", "en"])
@pytest.mark.parametrize("name", LISTS)
def test_each_list_is_recognised_and_a_row_is_one_thing(tmp_path: Path, name: str, english: bool) -> None:
    path = put(tmp_path, name, english=english)
    assert readings_of(PackedFile(path))[0][1] == name
    found = told(path)
    assert found.formats == [name] and not found.faults and len(found.all_facts) == 1
    fact = found.all_facts[0]
    assert tells(fact)  # type: ignore[arg-type]
    assert {role for role, _ in concerned(fact)} <= set(fact.people)  # type: ignore[arg-type, union-attr]


def test_there_is_a_list_for_everything_the_design_names() -> None:
    assert set(LISTS) == {
        "access", "case-notes", "channels", "clashes", "contact-points", "customer-contacts", "customers", "documents",
        "emergency-plans", "languages", "mandates", "org-units", "partner-firms", "presence", "problem-classes",
        "promises", "stays", "systems", "team-rules", "vendors", "workarounds",
    }  # fmt: skip


def test_a_word_that_is_not_foreseen_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Person;Weg\n4711;Brieftaube\n4711;Rote Fahne\n", encoding="utf-8")
    found = told(path)
    assert [(fault.line, fault.reason) for fault in found.faults] == [(2, "value.not_a_choice")]
    assert [one.kind for one in found.facts(Channel)] == ["RED_FLAG"]


def test_hours_and_weekdays_are_read_as_people_write_them(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    rows = ("4711;Sprechstunde;Mi;10 bis 11 Uhr", "4711;Arbeitszeit;Mo-Fr;7.30-16:00", "4711;Bereitschaft;Sa, So;22-6",
            "4711;Dienst;Fr-Mo;8-17", "4711;Dienst;jeden Tag;8-17", "4711;Dienst;Mo;ganztags",
            "4711;Dienst;Mo;8-8")  # fmt: skip
    path.write_text("Person;Weg;Wochentag;Uhrzeit\n" + "\n".join(rows) + "\n", encoding="utf-8")
    found = told(path)
    assert [(one.weekday, one.hours) for one in found.facts(Channel)] == [
        ("WED", "10:00-11:00"), ("MON,TUE,WED,THU,FRI", "07:30-16:00"), ("SAT,SUN", "22:00-06:00"),
        ("MON,FRI,SAT,SUN", "08:00-17:00"),
    ]  # fmt: skip
    assert [(fault.line, fault.reason) for fault in found.faults] == [
        (6, "value.not_a_weekday"), (7, "value.not_hours"), (8, "value.not_hours"),
    ]  # fmt: skip


def test_a_unit_above_itself_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Einheit;gehört zu\nWerk;\nHalle;Werk\nWerk;Halle\nTeam;Team\n", encoding="utf-8")
    found = told(path)
    assert [(fault.line, fault.reason) for fault in found.faults] == [(4, "value.circle"), (5, "value.circle")]
    assert [unit.name for unit in found.facts(OrgUnit)] == ["Werk", "Halle"]


def test_of_an_absence_only_the_end_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(
        "Personalnummer;abwesend bis;Art;Abwesenheitsgrund\n4711;31.05.2026;Krank;Grippe\n", encoding="utf-8"
    )
    found = told(path)
    assert found.facts(Presence) == [
        Presence(SourceId("house", "4711"), SourceId("personnel", "4711"), "", at("2026-05-31"))
    ]
    assert found.plan.refused == ("Abwesenheitsgrund",)


def test_records_are_kept_twice_alike_undone_and_erased(bench: Bench) -> None:
    path = put(bench.folder, "stays", english=False)
    first = bench.take(path)
    assert bench.take(path).counts.unchanged == 1
    person = person_id("person x", "house names")
    assert {row.kind for row in bench.rows(nq.ORIGINS, people=[person])} == {"account", "concern"}
    bench.undo(bench.store.runs()[0].number)
    assert bench.rows(nq.ORIGINS, people=[person])
    erase_person(bench.store, person, "secret of the test", bench.now)
    assert bench.rows(nq.ORIGINS, people=[person]) == []
    counts = {row.name: row.rows for row in bench.store.health()["counts"]}
    assert first.counts.facts_added == 3 and counts.get("record", 0) == counts.get("concern", 0) == 0
    assert bench.take(path, secret="secret of the test").counts.skipped == 1
    assert Stay.people == ("person",)
