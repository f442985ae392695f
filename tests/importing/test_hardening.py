"""What attackers tried: forbidden values, shifted cells, endless texts, bombs, and people who must not become one."""

import gzip
import io
import json
import time
import zipfile
from pathlib import Path

import pytest
from reading_files import told, write
from workbench import Bench, at, person_id, write_csv

from graph_service.erasure import erase_person
from graph_service.errors import FileRefused
from graph_service.identity.deciding import decide_identity, undo_decision
from graph_service.identity.linking import IdentityVerdict, Judgement, Known, Links
from graph_service.identity.names import contradicts, keys_of
from graph_service.identity.settling import links_of
from graph_service.intake.annex import forbidden, has_iban
from graph_service.intake.files import PackedFile
from graph_service.intake.mappings import parsed_mappings
from graph_service.intake.planning import plan_of
from graph_service.intake.rejects import refused_rows, rejects
from graph_service.model import Case, RowFault, SkillClaim
from graph_service.store import named_queries as nq
from importers.cells import figure
from importers.columns import plain_name
from importers.dates import date_form, day_or_moment
from importers.levels import parts_with_levels, scale_of

SECRET = "of the attackers"


def put(bench: Bench, text: str, name: str = "x.csv") -> Path:
    return write(bench.folder / name, text)


def person_of(bench: Bench, skill: str) -> set[str]:
    wanted = [row.skill for row in bench.rows(nq.SKILL_LABELS) if row.label == skill]
    return {row.person for row in bench.rows(nq.SKILL_CLAIMS, skills=wanted)}


@pytest.mark.parametrize(
    "column", ["Schwerbehindert", "Krankheitstage", "Kinder", "Religion", "Lohngruppe", "Zufriedenheit"]
)
def test_a_matrix_lets_no_forbidden_column_in_as_a_skill(tmp_path: Path, column: str) -> None:
    rows = "00040;W;3;3;2\n00041;V;3;2;1\n00042;U;3;1;x\n"
    found = told(write(tmp_path / "m.csv", f"Pers.-Nr.;Name;KANBAN;{column};SQL\n{rows}"))
    assert found.plan.refused == (column,)
    assert {claim.skill for claim in found.facts(SkillClaim)} == {"KANBAN", "SQL"}


@pytest.mark.parametrize(
    "column",
    [
        "GEBDAT",
        "dateofbirth",
        "Bruttojahresgehalt",
        "Jahreslohn",
        "AU-Tage",
        "GdB",
        "Religionszugehörigkeit",
        "SVNummer",
        "Nationalita\u0308t",
        "Gewerkschaftsmitglied",
        "sickdays",
        "Familienstatus",
    ],
)
def test_forbidden_columns_in_other_spellings(column: str) -> None:
    assert forbidden(column)


@pytest.mark.parametrize(
    "column", ["Soft-/Hardware", "Pin-Belegung", "Alter Ansprechpartner", "Bankautomat", "Lohnbuchhaltung"]
)
def test_harmless_columns(column: str) -> None:
    assert not forbidden(column)


def test_forbidden_values_do_not_enter_as_skills_or_in_words(bench: Bench) -> None:
    skills = ("Schwerbehinderung GdB 50", "Religion: kath.", "geb. 01.02.1960", "Team-Fähigkeit", "nicht belastbar")
    rows = "".join(f"00042;{skill};3\n" for skill in skills)
    report = bench.take(
        put(bench, f"Personalnr;Skill;Stufe\n{rows}00042;KANBAN;3\n00042;DE89-3704-0044-0532-0130-00;3\n")
    )
    assert report.reasons == {"claim.character": 5, "value.iban": 1}
    assert {row.label for row in bench.rows(nq.SKILL_LABELS)} == {"KANBAN"}
    assert has_iban("konto de89370400440532013000")


def test_a_mapping_that_puts_the_header_lower_lets_nothing_in(tmp_path: Path) -> None:
    path = write(
        tmp_path / "x.csv",
        "Personalnr;Nachname;Geburtsdatum;Stufe\nPersonalnr;Nachname;Skill;Stufe\n1;A;17.03.1960;3\n",
    )
    mapping = 'header_line = 2\nformat = "skill-list"\n' + "".join(
        f'[[part.columns]]\nheader = "{header}"\nfield = "{field}"\n'
        for header, field in (("Personalnr", "number"), ("Nachname", "last"), ("Skill", "skill"), ("Stufe", "level"))
    )
    with pytest.raises(FileRefused) as refused:
        plan_of(PackedFile(path), mappings=parsed_mappings(f"[[part]]\n{mapping}", "m"))
    assert refused.value.code == "mapping.forbidden"


def test_columns_in_another_order_than_the_mapping_keep_their_places(bench: Bench) -> None:
    first = bench.take(put(bench, "Personalnummer;Nachname;Vorname\n1;A;B\n"))
    mappings = parsed_mappings(first.run.mapping, "m")
    text = "Personalnummer;Gehalt;Nachname;Vorname\n2;4711 EUR;C;D\n;81000 EUR;;\n3;5000;E\n4;1;F;G;H\n"
    report = bench.take(put(bench, text, "y.csv"), mappings=mappings)
    assert report.plan is not None and report.plan.refused == ("Gehalt",)
    kept = (
        "".join(str(fault.cells) for fault in report.faults)
        + rejects(refused_rows(bench.store, report.run), report.run, "de").decode()
    )
    assert report.counts.refused == 3 and "81000" not in kept and "5000" not in kept


def test_facts_that_come_after_two_accounts_were_joined_go_to_their_person(bench: Bench) -> None:
    it, people = (
        "Login;Skill;Stufe\njweiss;KANBAN;3\n",
        "Personalnr;Nachname;Vorname;Kürzel\n00042;Weiß;Jürgen;jweiss\n",
    )
    bench.take(put(bench, it, "it.csv"))
    bench.take(put(bench, people, "p.csv"))
    bench.take(put(bench, "Personalnr;Skill;Stufe\n00042;SQL;4\n", "more.csv"))
    bench.take(put(bench, "Login;Skill;Stufe\njweiss;Lager;4\n", "it2.csv"))
    assert len({*person_of(bench, "KANBAN"), *person_of(bench, "SQL"), *person_of(bench, "Lager")}) == 1


@pytest.mark.parametrize(
    "work",
    [
        lambda: keys_of("a," + " " * 50_000 + ","),
        lambda: keys_of("(" * 50_000),
        lambda: contradicts("x" * 50_000, "y a"),
        lambda: parts_with_levels(" " * 50_000 + "("),
        lambda: plain_name("x" + " " * 50_000),
        lambda: forbidden("a_" * 50_000),
        lambda: scale_of([], "1 " * 50_000, "1 = a " * 50_000),
    ],
)
def test_endless_texts_cost_nothing(work: object) -> None:
    started = time.process_time()
    work()  # type: ignore[operator]
    assert time.process_time() - started < 1.0


def test_a_small_workbook_cannot_hang_the_reader(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", '<sheet name="A" r:id="r1"/>')
        archive.writestr("xl/_rels/workbook.xml.rels", '<Relationship Id="r1" Target="worksheets/sheet1.xml"/>')
        archive.writestr("xl/worksheets/sheet1.xml", "<!-- <row " + 'r="1" ' * 100_000 + "-->")
    from importers.workbook_parts import unshown

    path = tmp_path / "x.xlsx"
    path.write_bytes(buffer.getvalue())
    started = time.process_time()
    assert unshown(PackedFile(path, sheet="A")) == (set(), 0)
    assert time.process_time() - started < 2.0


def test_a_bomb_that_looks_like_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.gz"
    with gzip.open(path, "wb", compresslevel=1) as out:
        out.write(b"PK\x03\x04")
        for _ in range(150):
            out.write(b"0" * 1_000_000)
    with pytest.raises(FileRefused):
        plan_of(PackedFile(path))


def test_a_shared_address_makes_nobody_one_also_across_sources() -> None:
    one = Known("a", "a", "a", "personnel", "1", names=("Anna Groß",), numbers=("1",), emails=("info@w.example",))
    other = Known("b", "b", "b", "zendesk", "7", names=("Bernd Klein",), emails=("info@w.example",))
    assert len(set(Links([one, other], []).run().values())) == 2


def test_a_judgement_takes_no_link_away() -> None:
    known = [
        Known(n, n, n, s, n, numbers=(number,)) for n, s, number in (("a", "x", "1"), ("b", "y", "2"), ("c", "z", "1"))
    ]
    before = Links(known, []).run()
    after = Links(known, [Judgement("a", "b", IdentityVerdict.SAME)]).run()
    assert before["a"] == before["c"] and after["a"] == after["b"] == after["c"]


def test_an_opt_out_outlives_a_wrong_decision(bench: Bench) -> None:
    from graph_service.access import Purpose
    from graph_service.choices import take_part

    bench.take(put(bench, "Personalnr;Nachname;Vorname\n1;Groß;Anna\n2;Klein;Bernd\n"))
    anna, bernd = person_id("1", "personnel"), person_id("2", "personnel")
    take_part(bench.store, anna, [], 1_000)
    take_part(bench.store, bernd, [Purpose.CASE_HELP], 2_000)
    accounts = [one.account for one in links_of(bench.store).known.values()]
    decide_identity(bench.store, [Judgement(accounts[0], accounts[1], IdentityVerdict.SAME)], bench.now)
    assert bench.store.state(nq.PURPOSES_OF, person=min(anna, bernd)) == []
    undo_decision(bench.store, accounts[0], accounts[1], bench.now)
    assert bench.store.state(nq.PURPOSES_OF, person=anna) == []


def test_nobody_who_was_erased_comes_back_by_another_way(bench: Bench) -> None:
    text = "Personalnr;Nachname;Vorname;Kürzel;E-Mail\n00042;Weiß;Jürgen;jweiss;jw@w.example\n"
    bench.take(put(bench, text))
    bench.take(
        put(bench, "Personalnr;Skill;Stufe\n00042;KANBAN;jw@W.example\n", "Bewertung JWEISS.csv"), bad_percent=100.0
    )
    person = next(iter({one.person for one in links_of(bench.store).known.values()}))
    assert bench.store.faults(2)
    erase_person(bench.store, person, SECRET, bench.now)
    assert not bench.store.faults(2)
    back = "person;name;Personalnr;Skill;Stufe\nweiss;Jürgen Weiß;00042;A;3\n"
    assert bench.take(put(bench, back, "back.csv"), secret=SECRET).counts.skipped == 1
    assert bench.rows(nq.SKILL_LABELS) == []


def test_a_complete_day_in_the_future_is_refused(bench: Bench) -> None:
    with pytest.raises(FileRefused) as refused:
        bench.take(put(bench, "Personalnr;Nachname;Vorname\n1;A;B\n"), complete_at=at("2099-01-01"))
    assert refused.value.code == "file.full_future"


def test_the_guard_does_not_add_up_over_months_and_a_limited_file_is_not_complete(bench: Bench) -> None:
    people = [f"{n:05};Muster;Max{n}" for n in range(100)]
    for count, day in ((100, "2026-01-01"), (90, "2026-02-01"), (82, "2026-03-01"), (82, "2026-04-01")):
        report = bench.take(
            put(bench, "Personalnr;Nachname;Vorname\n" + "\n".join(people[:count])), complete_at=at(day)
        )
    assert report.counts.facts_withdrawn == 0
    limited = bench.take(
        put(bench, "Personalnr;Nachname;Vorname\n" + "\n".join(people)), complete_at=at("2026-05-01"), limit=5
    )
    assert limited.run.complete_at is None


def test_who_is_told_later_by_another_file_stays_and_that_is_said(bench: Bench) -> None:
    head, people = "Personalnr;Nachname;Vorname\n", [f"{n:05};Muster;Max{n}" for n in range(20)]
    bench.take(put(bench, head + "\n".join(people)), complete_at=at("2026-01-01"))
    bench.take(put(bench, head + people[19], name="plain.csv"))
    report = bench.take(put(bench, head + "\n".join(people[:18])), complete_at=at("2026-02-01"))
    assert (report.reasons["full.known_later"], report.counts.facts_withdrawn) == (1, 2)


def test_a_corrected_file_for_the_same_day_brings_back_whom_the_first_had_left_out(bench: Bench) -> None:
    head, people = "Personalnr;Nachname;Vorname\n", [f"{n:05};Muster;Max{n}" for n in range(20)]
    bench.take(put(bench, head + "\n".join(people)), complete_at=at("2026-01-01"))
    bench.take(put(bench, head + "\n".join(people[:19])), complete_at=at("2026-02-01"))
    who = [person_id("00019", "personnel")]
    assert bench.rows(nq.DEPARTED, people=who)
    report = bench.take(put(bench, head + "\n".join(people)), complete_at=at("2026-02-01"))
    assert report.reasons["full.same_day"] == 1 and not bench.rows(nq.DEPARTED, people=who)
    bench.undo(report.run.number)
    assert bench.rows(nq.DEPARTED, people=who)


def test_compact_json_is_recognised(tmp_path: Path) -> None:
    issue = {
        "repository_url": "repos/o/r", "number": 1, "title": "t", "state": "open",
        "created_at": "2024-01-01T00:00:00Z", "user": {"login": "anna"}, "body": "a,b\n\"c",
    }  # fmt: skip
    found = told(write(tmp_path / "x.json", json.dumps([issue] * 3, separators=(",", ":"))))
    assert found.formats == ["github"] and len(found.facts(Case)) == 3


@pytest.mark.parametrize(
    ("text", "value"), [("1,234.56", 1234.56), ("1.234,5", 1234.5), ("37,5", 37.5), ("3-", -3.0), ("1.2e-05", 1.2e-05)]
)
def test_figures(text: str, value: float) -> None:
    assert figure(text, "") == pytest.approx(value)


def test_readings_that_would_be_wrong_without_a_word() -> None:
    assert date_form(["03/04/2022", "25/04/2022", "04/25/2022"])[2]  # both ways in one column: asked about
    assert day_or_moment("01.04.68", "%d.%m.%y", "UTC", "", early=True) == 0
    assert date_form(["202411"])[0] != "%Y%m%d"
    assert scale_of(["5"], "", "Stand: 01-10-2024")[0] == "1-5"


@pytest.mark.parametrize(
    "content",
    [
        "Personalnr;Nachname;Vorname;Skill;Stufe\n00042;Wei\u00df;J".encode() + b"\xc3",
        b"Person\x81alnr;Name;Skill;Stufe\n1;a;b;3\n",
        "Personalnr;Name;Skill;Stufe\n1;a;b;3\n".encode("utf-16")[:-1],
        b"dn: x\nobjectClass: person\ncn:: \xff\xfe\n\n",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:2020000\nEND:VEVENT\nEND:VCALENDAR\n",
        b"From a@b Mon Mar  4 08:31:12 2024\n"
        b"Date: Mon, 4 Mar 99999 08:31:12 +0100\nFrom: =?x-none?Q?a?= <a@b.c>\n\nx\n",
        b'[{"repository_url": "a/b", "number": "x", "title": "t", "state": "open", "created_at": "2024-01-01"}]',
    ],
)
def test_broken_files_are_refused_or_faults(bench: Bench, content: bytes) -> None:
    path = bench.folder / "x.txt"
    path.write_bytes(content)
    try:
        report = bench.take(path, bad_percent=100.0)
    except FileRefused as refused:
        assert refused.code.startswith("file.")
    else:
        assert all(isinstance(fault, RowFault) for fault in report.faults)


@pytest.mark.parametrize(
    "change",
    [
        ('form = "1-5"', 'form = "A-E"'),
        ('form = "1-5"', 'form = "3-3"'),
        ('"claimed_by" = "SELF"', '"claimed_by" = "CHEF"'),
        ('"zone" = "Europe/Berlin"', '"zone" = "Mars"'),
        ('form = "%d.%m.%Y"', 'form = "TT.MM.JJJJ"'),
        ('"claimed_by" = "SELF"', '"words" = "x=viel"'),
        ("header_line = 1", "header_line = 0"),
        ("[[part]]", "[[part]]\nx = 1"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_with_what_is_wrong(bench: Bench, change: tuple[str, str]) -> None:
    path = put(bench, "Personalnr;Skill;Stufe;Stand\n00042;KANBAN;5;31.12.2024\n")
    mapping = bench.take(path, dry_run=True).run.mapping
    assert change[0] in mapping, mapping
    with pytest.raises(FileRefused) as refused:
        bench.take(path, mappings=parsed_mappings(mapping.replace(*change), "m"))
    assert refused.value.code.startswith("mapping.")


def test_a_corrected_cell_loses_the_quote_that_guarded_it(bench: Bench) -> None:
    rows = [{"Personalnr": f"{n}", "Skill": "=x", "Stufe": f"{n}"} for n in range(1, 6)]
    rows.append({"Personalnr": "6", "Skill": "=x", "Stufe": "31"})
    report = bench.take(write_csv(bench.folder / "x.csv", list(rows[0]), rows), bad_percent=100.0)
    text = rejects(refused_rows(bench.store, report.run), report.run, "de").decode("utf-8-sig")
    assert "'=x" in text and "31" in text
    bench.take(put(bench, text.replace("31", "5"), "again.csv"))
    assert {row.label for row in bench.rows(nq.SKILL_LABELS)} == {"=x"}


@pytest.mark.parametrize(
    "words",
    ["Gehalt 52000", "Lohngruppe E13", "katholisch", "Muslim", "AfD-Mitglied", "Homosexuell", "Alkoholproblem",
     "Low Performer", "12 010280 W 123", "Gesundheit", "Resilienz", "Offenheit", "Eigeninitiative", "Auftreten"],
)  # fmt: skip
def test_what_nobody_may_know_is_no_skill(bench: Bench, words: str) -> None:
    report = bench.take(put(bench, f"Personalnr;Skill;Stufe\n00042;{words};3\n00042;Lohnabrechnung;3"))
    assert (report.counts.written, report.reasons["claim.character"]) == (1, 1)


@pytest.mark.parametrize(
    "header", ["Kommunikationsstärke", "Stressresistenz", "Team player", "Leistungsprämie", "Bradford-Faktor"]
)
def test_traits_and_scores_are_refused_by_name(header: str) -> None:
    assert forbidden(header) and not forbidden("Flexible Fertigung") and not forbidden("Performance Tuning")
