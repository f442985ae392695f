"""What personnel departments write out of habit: totals, targets, vacancies, rounded numbers, scales the other way."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from reading_files import Told, told
from workbench import Bench, at, person_id

from graph_service.errors import FileRefused
from graph_service.identity.settling import links_of, waiting
from graph_service.intake.files import PackedFile
from graph_service.intake.planning import plan_of
from graph_service.model import Mandate, PersonKind, Presence, Profile, SkillClaim
from graph_service.store import named_queries as nq

Run = Callable[..., Result]
EXPERT_IS_ONE = "1 = Experte, 2 = fortgeschritten, 3 = Grundlagen, 4 = keine Kenntnisse"


def read(folder: Path, *lines: str, name: str = "x.csv", encoding: str = "utf-8") -> Told:
    return told(put(folder, *lines, name=name, encoding=encoding))


def put(folder: Path, *lines: str, name: str = "x.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def levels(found: Told) -> dict[tuple[str, str], float]:
    return {(claim.account.key, claim.skill): round(claim.level, 2) for claim in found.facts(SkillClaim)}


def names(found: Told) -> list[str]:
    return [one.name for one in found.facts(Profile) if one.name]


def test_cells_nobody_reads_are_not_kept_with_a_refused_row(run: Run, tmp_path: Path) -> None:
    head = "Personalnr;Nachname;Vorname;Abteilung;Eintritt;Zulagenmodell;Bemerkung"
    put(tmp_path, head, "0042;Müller;Jörg;Service;31.02.2009;4.200,00;rk, 17 Tage", "0043;Öz;Aylin;Service;;;")
    run("import", "x.csv")
    shown = run("imports", "rejects", "1").stdout
    assert "Müller" in shown and "4.200" not in shown and "17 Tage" not in shown
    assert not any(b"4.200" in one.read_bytes() for one in tmp_path.glob("s.db*"))


def test_a_list_of_absences_is_no_list_of_people(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "Personalnummer;Name;Art;von;bis;Tage;Grund",
        "0042;Müller, Jörg;Krank;01.11.2026;08.12.2026;5,0;Bandscheibe",
    )
    assert found.formats == ["presence"] and len(found.facts(Presence)) == 1
    assert "krank" not in str(found.all_facts).casefold()


@pytest.mark.parametrize(
    "header",
    [
        "StKl",
        "KFB",
        "Kinderfreibetrag",
        "AU",
        "Konf.",
        "Vergütungsgruppe",
        "Geburtsdat.",
        "GBDAT",
        "Fixgehalt",
    ],
)
def test_what_nobody_may_store_has_short_names_too(tmp_path: Path, header: str) -> None:
    found = read(tmp_path, f"Personalnummer;Hydraulik;SPS;{header}", "42;3;1;3", "43;2;3;1")
    assert {claim.skill for claim in found.facts(SkillClaim)} == {"Hydraulik", "SPS"}


@pytest.mark.parametrize(
    "skill",
    [
        "Diagnose Kfz",
        "Character Design",
        "Compensation & Benefits",
        "Mess-, Steuer- und Regelungstechnik",
        "Foto- und Videobearbeitung",
        "Lohn- und Gehaltsabrechnung",
        "Site Reliability",
        "Sentiment-Analyse",
        "IBAN-Prüfung",
        "Erste Hilfe Kinder",
    ],
)
def test_a_skill_that_sounds_like_a_forbidden_column_is_one(bench: Bench, skill: str) -> None:
    report = bench.take(put(bench.folder, "Personalnr;Skill;Stufe", f"42;{skill};3"))
    assert report.counts.written == 1


@pytest.mark.parametrize("skill", ["GdB 50", "Teamfähig und belastbar", "Empathy", "Fleiß", "krank seit Mai"])
def test_a_skill_that_tells_what_somebody_is_like_is_none(bench: Bench, skill: str) -> None:
    report = bench.take(put(bench.folder, "Personalnr;Skill;Stufe", f"42;{skill};3", "42;Löten;3"))
    assert report.reasons.get("claim.character") == 1


@pytest.mark.parametrize(
    ("title", "header", "best"),
    [
        (EXPERT_IS_ONE, "Stufe", "1"),
        ("", "Note (1-6)", "1"),
        ("Bewertung in Schulnoten 1 bis 6", "Bewertung", "1"),
        ("1 = sehr gut ... 6 = ungenügend", "Bewertung", "1"),
        ("", "Stufe (1=Experte, 4=Anfänger)", "1"),
        ("von 5 (keine) bis 1 (Experte)", "Stufe", "1"),
        ("0 = keine Kenntnisse, 4 = Experte", "Stufe", "4"),
        ("Legende: 1: Experte, 2: Fortgeschritten, 3: Anfänger", "Stufe", "1"),
        ("", "Stufe (1: Experte - 4: Anfänger)", "1"),
        ("Legende;1;Experte;2;Fortgeschritten;3;Anfänger", "Stufe", "1"),
        ("1 = kann anleiten, 2 = kann selbständig, 3 = kann unter Anleitung, 4 = kann nicht", "Stufe", "1"),
        ("1 - Grundkenntnisse, 2 - Fortgeschritten, 3 - Experte", "Stufe", "3"),
        ("Bewertung: 1 = keine Kenntnisse, 10 = Experte", "Stufe", "10"),
        ("Skillmatrix Werk 1 (Ulm) und Werk 2 (Kassel)", "Stufe", "5"),
        ("Schicht 1 (früh), Schicht 2 (spät), Schicht 3 (Nacht), Stufen 1-5", "Stufe", "5"),
        ("Spalte B: 1 = Vollzeit, 2 = Teilzeit", "Stufe", "5"),
    ],
)
def test_the_legend_says_which_end_is_the_best(tmp_path: Path, title: str, header: str, best: str) -> None:
    lines = [f"{title};;"] if title else []
    found = read(tmp_path, *lines, f"Personalnr;Skill;{header}", f"42;Löten;{best}", "43;Löten;3", "44;Löten;2")
    assert levels(found)["42", "Löten"] == 1.0 and levels(found).get(("44", "Löten"), 0) < 1.0


@pytest.mark.parametrize("title", ["Skillmatrix Montage, Linie 1-10", "Schicht 1-3, Halle 2 bis 4", ""])
def test_any_figures_in_a_title_are_no_scale(tmp_path: Path, title: str) -> None:
    found = read(tmp_path, f"{title};;", "Personalnr;Löten;Fräsen", "42;5;2", "43;4;1")
    assert levels(found)["42", "Löten"] == 1.0


def test_a_column_called_name_beside_first_names_is_the_family_s(tmp_path: Path) -> None:
    found = read(tmp_path, "Name;Vorname;Kompetenz;Stufe", "Müller;Jörg;Hydraulik;4", "Müller;Jürgen;SPS;5")
    assert names(found) == ["Jörg Müller", "Jürgen Müller"]
    assert len({claim.account for claim in found.facts(SkillClaim)}) == 2


def test_a_degree_behind_a_comma_is_no_first_name(tmp_path: Path) -> None:
    assert names(read(tmp_path, "Personalnr;Name;Abteilung", "42;Prof. Dr. Aylin Öztürk, MBA;IT")) == [
        "Prof. Dr. Aylin Öztürk, MBA"
    ]


def test_what_a_second_row_says_otherwise_is_remarked(bench: Bench) -> None:
    rows = ("0044;Weiß;Karl;IT;01.02.2001;31.12.2023", "0044;Weiß;Karl;IT;01.02.2026;")
    report = bench.take(put(bench.folder, "Personalnr;Nachname;Vorname;Abteilung;Eintritt;Austritt", *rows))
    assert [(one.line, one.value, one.reason) for one in report.remarks] == [(3, "x.csv, 2", "row.part_repeated")]


def test_one_number_and_two_names_come_to_the_queue(bench: Bench) -> None:
    bench.take(put(bench.folder, "Personalnr;Nachname;Vorname;E-Mail", "000043;Berger;Aylin;aylin.berger@m.example"))
    ldif = [
        "dn: uid=aoez,dc=m", "objectClass: inetOrgPerson", "uid: aoez", "sn: Oeztuerk", "givenName: Aylin",
        "employeeNumber: 000043", "mail: aylin.oeztuerk@m.example",
    ]  # fmt: skip
    bench.take(put(bench.folder, *ldif, name="x.ldif"))
    lines = waiting(bench.store, 10)
    asked = [{line.name, one.name} for line in lines for one in line.candidates]
    assert asked == [{"Aylin Oeztuerk", "Aylin Berger"}]
    assert "who.same_number" in {reason.code for reason in lines[0].candidates[0].speaks_for}


def test_sums_targets_and_counts_are_no_skills_and_no_people(tmp_path: Path) -> None:
    rows = ("1;42;Müller, Jörg;4;1;5", "2;43;Öztürk, Aylin;4;2;5", "3;44;Weiß, Karl;4;2;5", ";;Summe;12;5;15")
    found = read(
        tmp_path, "Nr.;Personalnummer;Name;Hydraulik;SPS;SPS Soll", *rows, ";;Soll-Besetzung;2;2;", ";;Ziel;4;4;"
    )
    assert found.formats == ["skill-matrix"]
    assert {claim.skill for claim in found.facts(SkillClaim)} == {"Hydraulik", "SPS"}
    assert set(names(found)) == {"Jörg Müller", "Aylin Öztürk", "Karl Weiß"}


def test_skills_whose_names_sound_like_sums_are_skills(tmp_path: Path) -> None:
    skills = ("Nr. 5 Presse", "Soll-Ist-Vergleich", "Ist-Analyse", "Zielvereinbarung", "Gesamtanlageneffektivität")
    found = read(tmp_path, f"Personalnummer;Name;{';'.join(skills)}", "0042;Ziel, Anna;4;2;1;1;5")
    assert {claim.skill for claim in found.facts(SkillClaim)} == set(skills) and names(found) == ["Anna Ziel"]


def test_people_whose_names_begin_like_a_sum_are_people(tmp_path: Path) -> None:
    found = read(tmp_path, "Personalnummer;Mitarbeiter;Hydraulik;SPS", "0042;Summer Anna;4;2", "0043;Gesamt Otto;4;2")
    assert names(found) == ["Summer Anna", "Gesamt Otto"]


@pytest.mark.parametrize(
    ("joined", "left"),
    [
        ("2009-04-01 00:00:00", "2026-12-31 00:00:00"), ("4/15/2009 12:00:00 AM", "12/31/2026 12:00:00 AM"),
        ("15.04.2009 0:00", "31.12.2026 0:00"), ("2009-04-01 00:00:00.000", "2026-12-31 00:00:00.000"),
        ("2009-04-01T00:00:00+02:00", "2026-12-31T00:00:00+01:00"), ("2009-04-01", "2026-12-31 00:00:00"),
    ],
)  # fmt: skip
def test_midnights_are_days(tmp_path: Path, joined: str, left: str) -> None:
    found = read(tmp_path, "Personalnr;Nachname;Vorname;Eintritt;Austritt", f"0042;Müller;Jörg;{joined};{left}")
    assert [one.left_at for one in found.facts(Profile) if one.left_at] == [at("2026-12-31")]
    assert not [one for one in found.plan.notices if one.code == "notice.naive_times"]


def test_a_rounded_number_is_refused_and_a_sign_for_none_is_none(tmp_path: Path) -> None:
    found = read(tmp_path, "Personalnummer;Name;Kompetenz;Stufe", "1,23457E+11;Müller, Jörg;Hydraulik;4")
    assert [one.reason for one in found.faults] == ["value.rounded_key"]
    rows = ("#NV;Koch, Ina;SPS;3", "k.A.;Voß, Uwe;CAD;2", "42.0;Weiß, Karl;CAD;2")
    found = read(tmp_path, "Personalnummer;Name;Kompetenz;Stufe", *rows)
    assert [claim.account.key for claim in found.facts(SkillClaim)] == ["ina koch", "uwe voss", "42"]


def test_a_sign_for_none_is_no_login_that_two_people_share(bench: Bench) -> None:
    rows = ("0042;Müller;Jörg;-;;Produktion", ";Müller;Jörg;-;joerg.mueller2@werk.example;Vertrieb")
    bench.take(put(bench.folder, "Personalnummer;Nachname;Vorname;Login;E-Mail;Abteilung", *rows))
    persons = links_of(bench.store).run()
    assert len(persons) == len(set(persons.values())) == 2


def test_a_kept_mapping_asks_where_the_next_file_tells_another_scale(bench: Bench) -> None:
    head = "Personalnummer;Name;Hydraulik;SPS"
    first = ("Skillmatrix Werk Ulm;;;", head, "42;Müller, Jörg;5;1", "43;Öztürk, Aylin;4;2")
    bench.take(put(bench.folder, *first))
    turned = ("Skillmatrix, 1 = Experte, 5 = keine Kenntnisse;;;", head, "52;Maier, Udo;1;5", "53;Koch, Ida;2;4")
    with pytest.raises(FileRefused) as refused:
        bench.take(put(bench.folder, *turned, name="y.csv"))
    assert refused.value.code == "file.questions" and "5-1" in str(refused.value.values["columns"])


def test_a_birthday_in_a_name_and_a_reason_in_place_of_a_unit_do_not_enter(bench: Bench) -> None:
    rows = (
        "1;Müller (*12.03.1971);Jörg;Elternzeit",
        "2;Öztürk;Aylin geb. 01.11.1988;IT",
        "3;Koch;Ida;krank seit 01.01.2026",
    )
    report = bench.take(put(bench.folder, "Personalnummer;Nachname;Vorname;Abteilung", *rows))
    assert report.reasons["value.private"] == 3
    shown = bench.rows(nq.NAMES, people=[person_id(key, "personnel") for key in "123"])
    assert {(one.name, one.unit) for one in shown} == {("Jörg Müller", ""), ("Aylin Öztürk", "IT"), ("Ida Koch", "")}


def test_a_small_matrix_with_units_beside_is_a_matrix(tmp_path: Path) -> None:
    rows = ("42;Müller;Jörg;Service;01.04.2009;4;2;1", "43;Öztürk;Aylin;Service;15.09.2014;2;5;3")
    found = read(tmp_path, "Personalnummer;Nachname;Vorname;Abteilung;Eintritt;Hydraulik;SPS;CAD", *rows)
    assert found.formats == ["skill-matrix"] and len(found.facts(SkillClaim)) == 6


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("Pers.-Nr.;Name;Hydraulik;;SPS;", ";;Soll;Ist;Soll;Ist", "42;Müller, Jörg;4;2;5;1"), "file.two_headers"),
        (("Mitarbeiter:;Müller, Jörg;Öztürk, Aylin", "Hydraulik;4;2", "Pneumatik;3;3"), "file.people_in_header"),
    ],
)  # fmt: skip
def test_tables_that_lie_otherwise_are_refused_with_a_remedy(tmp_path: Path, lines: tuple[str, ...], code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        plan_of(PackedFile(put(tmp_path, *lines)), format_name="skill-matrix")
    assert refused.value.code == code


@pytest.mark.parametrize(("written", "expected"), [("3+", 0.66), ("3-", 0.54), ("4 (sehr gut)", 0.8), ("5+", 1.0)])
def test_levels_a_little_better_or_worse(tmp_path: Path, written: str, expected: float) -> None:
    found = read(tmp_path, "Personalnr;Skill;Stufe", f"42;Löten;{written}", "43;Löten;5", "44;Löten;1")
    assert levels(found)["42", "Löten"] == expected


def test_an_error_is_no_skill_and_no_unit(tmp_path: Path) -> None:
    found = read(tmp_path, "Personalnr;Skill;Stufe", "42;#NV;3", "43;Löten;5")
    assert [(one.line, one.reason) for one in found.faults] == [(2, "value.missing")]
    people = read(tmp_path, "Personalnr;Nachname;Vorname;Abteilung", "42;Weiß;Karl;#BEZUG!")
    assert [one.unit for one in people.facts(Profile)] == [""]


@pytest.mark.parametrize("name", ["Hotline", "N.N.", "Vakant", "IT-Support"])
def test_function_accounts_and_vacancies_are_no_people(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, "Personalnr;Name;Abteilung", f"1;{name};IT", "2;Weiß, Karl;IT")
    assert names(found) == ["Karl Weiß"] and found.skipped == {"account.nobody": 1}


def test_a_directory_s_contacts_and_disabled_accounts_are_no_people(tmp_path: Path) -> None:
    def entry(uid: str, *more: str) -> list[str]:
        return [f"dn: cn={uid},dc=m", "objectClass: person", f"sAMAccountName: {uid}", f"cn: {uid} X", *more, ""]

    lines = [
        *entry("krbtgt"), *entry("weiss", "userAccountControl: 514"), *entry("lang", "objectClass: contact"),
        *entry("koch", "userAccountControl: 512"), *entry("voss", "employeeType: Contractor"),
    ]  # fmt: skip
    found = read(tmp_path, *lines, name="x.ldif")
    assert {(one.login, one.kind) for one in found.facts(Profile)} == {
        ("koch", PersonKind.EMPLOYEE), ("voss", PersonKind.EXTERNAL),
    }  # fmt: skip
    assert found.skipped == {"account.nobody": 1, "account.disabled": 1, "entry.no_person": 1}


def test_a_name_encoded_twice_is_remarked(tmp_path: Path) -> None:
    assert read(tmp_path, "Personalnr;Name;Abteilung", "1;MÃ¼ller, JÃ¶rg;IT").remarks["value.damaged_name"] == 1


def test_a_name_in_a_cell_is_no_login(tmp_path: Path) -> None:
    found = read(tmp_path, "Mandatsträger;Einheit;Stunden", "Müller, Jörg;Fertigung;4")
    (mandate,) = found.facts(Mandate)
    assert mandate.holder == ("house names", "jörg müller")


def test_an_unknown_kind_of_person_refuses_nobody(tmp_path: Path) -> None:
    rows = ("42;Weiß;Karl;Vollzeit", "43;Groß;Ines;Leiharbeitnehmerin", "44;Voß;Uwe;Sonderfall")
    found = read(tmp_path, "Personalnr;Nachname;Vorname;Beschäftigungsart", *rows)
    assert [one.kind for one in found.facts(Profile)] == ["EMPLOYEE", "EXTERNAL", "UNKNOWN"]
    assert found.remarks == {"value.not_a_kind": 1}


def test_zeros_in_a_long_list_are_nobody_s_skill_and_no_mistake(bench: Bench) -> None:
    rows = [f"{n:04};Löten;{n % 3}" for n in range(24)]
    report = bench.take(put(bench.folder, "Personalnr;Skill;Stufe", *rows))
    assert (report.counts.written, report.reasons["claim.denied"]) == (16, 8)


def test_brackets_without_a_level_belong_to_the_skill(tmp_path: Path) -> None:
    found = read(
        tmp_path, "Personalnr;Nachname;Vorname;Kenntnisse", '43;Öztürk;Aylin;"SAP (FI/CO), Englisch (B2), Löten (4)"'
    )
    assert {key[1]: value for key, value in levels(found).items()}["Löten"] == 0.8
    assert {claim.skill for claim in found.facts(SkillClaim)} == {"SAP (FI/CO)", "Englisch", "Löten"}


def test_matrices_of_percentages_circles_and_truth(tmp_path: Path) -> None:
    for cells, expected in ((("100%", "50%"), (1.0, 0.5)), (("●", "◑"), (1.0, 0.5)), (("WAHR", "FALSCH"), (1.0, None))):
        found = read(tmp_path, "Personalnr;Name;Löten;Fräsen", f"42;Weiß, Karl;{cells[0]};{cells[1]}", "43;Voß, Uwe;;")
        assert (levels(found)["42", "Löten"], levels(found).get(("42", "Fräsen"))) == expected


@pytest.mark.parametrize("until", ["unbegrenzt", "unbefristet", "-", "Never"])
def test_a_certificate_without_an_end_has_none(tmp_path: Path, until: str) -> None:
    (claim,) = read(tmp_path, "Personalnr;Zertifikat;gültig bis", f"42;Kran;{until}").facts(SkillClaim)
    assert claim.valid_until is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [("3 - Fortgeschritten", 0.6), ("Stufe 3", 0.6), ("Level 3", 0.6), ("4/5", 0.8), ("fließend", 0.75), ("L4", 0.8)],
)
def test_levels_in_words_and_figures(tmp_path: Path, written: str, expected: float) -> None:
    found = read(tmp_path, "Personalnr;Skill;Stufe", f"42;Löten;{written}", "43;Löten;5", "44;Löten;1")
    assert levels(found)["42", "Löten"] == expected


def test_years_are_no_level(tmp_path: Path) -> None:
    found = read(tmp_path, "Personalnr;Skill;Stufe", "42;Löten;5 Jahre", "43;Löten;5", "44;Löten;1")
    assert [(one.value, one.reason) for one in found.faults] == [("5 Jahre", "value.not_a_level")]


def test_a_list_of_accounts_is_no_matrix(tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        read(tmp_path, "Email Address,Confirmed,Primary,Updated On", "me@firma.example,Yes,Yes,5/1/20 8:00 AM")


def test_one_s_own_name_as_the_assessor_is_one_s_own_word(tmp_path: Path) -> None:
    found = read(tmp_path, "Personalnr;Name;Skill;Stufe;bewertet von", "42;Müller, Jörg;Löten;4;Müller, Jörg")
    assert [claim.claimed_by for claim in found.facts(SkillClaim)] == ["SELF"]


def test_who_is_known_by_a_mandate_alone_is_in_the_queue(bench: Bench) -> None:
    bench.take(put(bench.folder, "Personalnr;Nachname;Vorname", "42;Müller;Jörg"))
    bench.take(put(bench.folder, "Mandatsträger;Einheit;Stunden", "Müller, Jörg;Fertigung;4", name="m.csv"))
    assert [[one.person for one in line.candidates] for line in waiting(bench.store, 10)] == [
        [person_id("42", "personnel")]
    ]
