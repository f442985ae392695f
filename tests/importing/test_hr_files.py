"""Lists as personnel departments have them, which were read wrongly or not at all."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from reading_files import told
from workbench import Bench, at, person_id

from graph_service.identity.settling import links_of
from graph_service.model import Customer, ProblemClass, SkillClaim
from graph_service.store import named_queries as nq

Run = Callable[..., Result]


def put(folder: Path, *lines: str, name: str = "x.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def levels(path: Path) -> dict[tuple[str, str], float]:
    return {(claim.account.key, claim.skill): claim.level for claim in told(path).facts(SkillClaim)}


def test_certificates_are_read_with_their_last_day(bench: Bench) -> None:
    rows = ("00042;Weiß;Jürgen;Staplerschein;28.02.2026", "00043;Groß;Ines;Kranschein;")
    report = bench.take(put(bench.folder, "Personalnr;Nachname;Vorname;Zertifikat;Gültig bis", *rows))
    assert (report.run.format, report.counts.written) == ("certificates", 2)
    who = person_id("00042", "personnel")  # its last day was before the day of the import
    later = bench.rows(nq.CLAIMS_OF, people=[person_id("00043", "personnel")])
    assert [(row.label, row.level, row.claimed_by) for row in later] == [("Kranschein", 1.0, "CERTIFICATE")]
    assert not bench.rows(nq.CLAIMS_OF, people=[who])


def test_a_matrix_of_zeros_and_ones_tells_who_has_it(tmp_path: Path) -> None:
    path = put(tmp_path, "Personalnr;Löten;Fräsen", "00042;1;0", "00043;0;1", "00044;1;1")
    assert levels(path) == {("00042", "Löten"): 1.0, ("00043", "Fräsen"): 1.0, ("00044", "Löten"): 1.0,
                            ("00044", "Fräsen"): 1.0}  # fmt: skip
    beginners = put(tmp_path, "Personalnr;Löten;Fräsen", "00042;1;5", "00043;1;4", "00044;0;1")
    assert levels(beginners)["00042", "Löten"] == 0.2


def test_shares_and_percentages_are_levels(tmp_path: Path) -> None:
    shares = put(tmp_path, "Personalnr;Löten;Fräsen", "00042;1;0,5", "00043;0,8;1")
    assert levels(shares) == {("00042", "Löten"): 1.0, ("00042", "Fräsen"): 0.5, ("00043", "Löten"): 0.8,
                              ("00043", "Fräsen"): 1.0}  # fmt: skip
    percent = put(tmp_path, "Personalnr;Skill;Stufe", "00042;Löten;80 %", "00043;Löten;100 %")
    assert levels(percent) == {("00042", "Löten"): 0.8, ("00043", "Löten"): 1.0}


def test_school_marks_are_best_at_one(tmp_path: Path) -> None:
    path = put(tmp_path, "Personalnr;Qualifikation;Note", "00042;Löten;1", "00043;Löten;2+", "00044;Löten;6")
    assert levels(path) == {("00042", "Löten"): 1.0, ("00043", "Löten"): pytest.approx(0.86), ("00044", "Löten"): 0.0}


def test_crosses_beside_figures_are_pointed_out(run: Run, tmp_path: Path) -> None:
    put(tmp_path, "Personalnr;Löten;Fräsen", "00042;x;3", "00043;4;2", "00044;2;5")
    shown = run("import", "x.csv", "--dry-run").output
    assert "Kreuze neben Zahlen in Löten" in shown


def test_no_is_counted_and_not_kept_silent(run: Run, tmp_path: Path) -> None:
    put(tmp_path, "Personalnr;Löten;Fräsen", "00042;0;3", "00043;4;2")
    assert "bis zur nächsten vollständigen Liste" in run("import", "x.csv").output


def test_one_line_in_another_encoding_spoils_no_other(tmp_path: Path) -> None:
    path = put(tmp_path, "Personalnr;Nachname;Vorname;Skill;Stufe", "00042;Weiß;Jürgen;Schweißen;4")
    path.write_bytes(path.read_bytes() + "00043;Müller;Änne;Messen;3\n".encode("cp1252"))
    found = told(path)
    assert [claim.skill for claim in found.facts(SkillClaim)] == ["Schweißen"]
    assert [(fault.line, fault.reason) for fault in found.faults] == [(3, "row.damaged_letters")]


def test_lists_in_a_cell_are_parted_by_what_people_write(tmp_path: Path) -> None:
    words = put(tmp_path, "Problemklasse;Begriffe", "Materialabruf;KANBAN, Abruf, Nachschub")
    assert told(words).facts(ProblemClass)[0].terms == ("KANBAN", "Abruf", "Nachschub")
    names = put(tmp_path, "Kunde;Kundenverantwortlicher;Stufe;beliefert", "Brenner;00101;A;Autowerk Süd | Nordmotor")
    assert len(told(names).facts(Customer)[0].supplies) == 2


def test_a_number_without_its_zeros_is_the_same_person(bench: Bench) -> None:
    bench.take(put(bench.folder, "Personalnr;Nachname;Vorname", "00101;Şahin;Aylin", "00102;Neumann;Kevin"))
    bench.take(put(bench.folder, "Personalnr;Löten;Fräsen", "101;3;4", "102;1;5", name="m.csv"))
    bench.take(put(bench.folder, "Personalnr;Nachname;Vorname;Skill;Stufe", "0102;Groß;Ines;Löten;2", name="o.csv"))
    links = links_of(bench.store)
    persons = links.run()
    by_key = {one.key: persons[one.account] for one in links.known.values()}
    assert by_key["101"] == by_key["00101"]
    assert by_key["0102"] != by_key["00102"]  # another name: two people, as it is written


def test_what_nobody_may_store_is_no_skill_either(run: Run, tmp_path: Path) -> None:
    put(tmp_path, "Personalnr;Impfstatus;BEM;Krankenkasse;Pünktlichkeit;Löten;Fräsen", "1;1;2;3;4;5;1", "2;1;2;3;4;5;3")
    run("import", "x.csv")
    shown = json.dumps(json.loads(run("imports", "show", "1", "--json").stdout), ensure_ascii=False)
    assert all(f'"{one}"' in shown for one in ("Impfstatus", "BEM", "Krankenkasse", "Pünktlichkeit"))


def test_a_name_that_is_not_the_number_s_is_pointed_out(bench: Bench) -> None:
    head = "Personalnr;Nachname;Vorname;Skill;Stufe"
    bench.take(put(bench.folder, "Personalnr;Nachname;Vorname;Abteilung", "00100;Weiß;Jürgen;A", "00101;Şahin;Aylin;B"))
    wrong = ("00100;Şahin;Aylin;Löten;5", "00100;Şahin;Aylin;Fräsen;5", "00101;Şahin;A.;Löten;2")
    for dry_run in (True, False):
        report = bench.take(put(bench.folder, head, *wrong, name="s.csv"), dry_run=dry_run)
        assert [(one.line, one.value, one.reason) for one in report.remarks] == [
            (2, "Aylin Şahin / Jürgen Weiß", "value.other_name")
        ]
    first = bench.take(
        put(bench.folder, head, "00103;Müller;Anna;Löten;3", "00103;Lehmann;Bernd;Sägen;3", name="n.csv")
    )
    assert [(one.line, one.reason) for one in first.remarks] == [(3, "value.other_name")]


def test_a_column_that_a_list_lacks_takes_nothing_back(bench: Bench) -> None:
    head = "Personalnr;Nachname;Vorname;Abteilung;E-Mail;Login;Eintritt;Austritt"
    row = "00100;Weiß;Jürgen;Inst;jw@m.example;weiss;01.04.2010;30.04.2026"
    bench.take(put(bench.folder, head, row))
    bench.take(put(bench.folder, "Personalnr;Nachname;Vorname;Eintritt", "00100;Weiß;Jürgen;01.04.2010", name="e.csv"))
    bench.take(put(bench.folder, "Personalnr;Nachname;Vorname;Austritt", "00100;Weiß;Jürgen;30.04.2026", name="a.csv"))
    bench.take(put(bench.folder, "Personalnr;Nachname;Vorname;E-Mail", "00100;Weiß;Jürgen;", name="m.csv"))
    who = person_id("00100", "personnel")
    assert [row.person for row in bench.rows(nq.DEPARTED, people=[who])] == [who]
    assert {row.unit for row in bench.rows(nq.NAMES, people=[who])} >= {"Inst"}
    (known,) = (one for one in links_of(bench.store).known.values() if one.key == "00100")
    assert (known.logins, known.emails, known.units) == (("weiss",), (), ("Inst",))  # the e-mail was emptied


def test_a_complete_list_without_a_column_ends_nothing_of_it(bench: Bench) -> None:
    people = [f"{n:05};Muster;Max{n};Halle;m{n}@m.example;01.04.2010" for n in range(20)]
    bench.take(
        put(bench.folder, "Personalnr;Nachname;Vorname;Abteilung;E-Mail;Eintritt", *people),
        complete_at=at("2026-01-01"),
    )
    short = [one.rsplit(";", 3)[0] for one in people[:19]]
    report = bench.take(put(bench.folder, "Personalnr;Nachname;Vorname", *short), complete_at=at("2026-02-01"))
    gone = [person_id(f"{n:05}", "personnel") for n in range(20)]
    assert [row.person for row in bench.rows(nq.DEPARTED, people=gone)] == gone[19:]
    assert report.counts.facts_withdrawn == 3  # the name with the unit, the e-mail, the day of joining
