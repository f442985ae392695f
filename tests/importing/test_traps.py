"""Files as they come: each trap of HR and support exports, read rightly or refused with its place and reason."""

import io
import zipfile
from pathlib import Path

import pytest
from reading_files import told, write

from graph_service.errors import FileRefused
from graph_service.intake.files import PackedFile, importer_for
from graph_service.intake.mappings import mapping_text, parsed_mappings
from graph_service.intake.planning import plan_of
from graph_service.model import Case, ClaimedBy, Column, Mapping, Profile, SkillClaim, SourceId, moment

SKILLS = "Personalnr;Nachname;Vorname;Skill;Stufe;Quelle;Stand\n"


def skills(tmp_path: Path, *rows: str, header: str = SKILLS, encoding: str = "utf-8") -> Path:
    return write(tmp_path / "skills.csv", header + "".join(f"{row}\n" for row in rows), encoding)


def test_names_in_windows_1252(tmp_path: Path) -> None:
    found = told(skills(tmp_path, "00042;Weiß;Jürgen;KANBAN;3,5;Selbst;31.12.2024", encoding="cp1252"))
    assert [profile.name for profile in found.facts(Profile)] == ["Jürgen Weiß"]
    claim = found.facts(SkillClaim)[0]
    assert (claim.account, claim.level, claim.original) == (SourceId("personnel", "00042"), 0.7, "3,5")
    assert claim.claimed_by is ClaimedBy.SELF and moment(claim.assessed_at or 0).date().isoformat() == "2024-12-31"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp850", "mac_roman"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    rows = [f"{n:05};Größer;Jörg;Öle;3;Selbst;31.12.2024" for n in range(20)]
    found = told(skills(tmp_path, *rows, encoding=encoding))
    assert {profile.name for profile in found.facts(Profile)} == {"Jörg Größer"}


def test_a_list_that_a_spreadsheet_has_mangled_is_repaired_in_the_preview(tmp_path: Path) -> None:
    rows = ['"00042,Weiß,Jürgen,""KANBAN, Abruf"",3";', '"00043,Groß,Ines,Lager,4";']
    text = "\n".join(['"Personalnr,Nachname,Vorname,Skill,Stufe";', *rows]) + "\n"
    found = told(write(tmp_path / "x.csv", text))
    assert [notice.code for notice in found.plan.notices] == ["notice.mangled"]
    assert [(claim.skill, claim.original) for claim in found.facts(SkillClaim)] == [
        ("KANBAN, Abruf", "3"),
        ("Lager", "4"),
    ]
    assert [row.statements[0].provenance.line for row in found.rows] == [2, 3]


def test_places_are_physical_lines_after_a_cell_of_several(tmp_path: Path) -> None:
    found = told(skills(tmp_path, '00042;Weiß;Jürgen;"KAN\nBAN";3;;', "00043;Groß;Ines;Lager;sehr schlecht;;"))
    assert [(fault.line, fault.column, fault.value, fault.reason) for fault in found.faults] == [
        (4, "Stufe", "sehr schlecht", "value.not_a_level")
    ]
    assert found.faults[0].cells == ("00043", "Groß", "Ines", "Lager", "sehr schlecht", "", "")


def test_a_wide_row_is_a_fault_and_never_shifted(tmp_path: Path) -> None:
    found = told(skills(tmp_path, "00042;Weiß;Jürgen;KANBAN;Abruf;3;Selbst;31.12.2024", "00043;Groß;Ines;Lager;4;;"))
    assert [fault.reason for fault in found.faults] == ["row.wide"]
    assert [claim.skill for claim in found.facts(SkillClaim)] == ["Lager"]


def test_numbers_keep_their_zeros_and_a_mapping_pads_those_that_lost_them(tmp_path: Path) -> None:
    path = skills(tmp_path, "00042;Weiß;Jürgen;KANBAN;3;;", "43;Groß;Ines;Lager;4;;", "123456;Voß;Heike;Lager;4;;")
    found = told(path)
    assert [claim.account.key for claim in found.facts(SkillClaim)] == ["00042", "00043", "123456"]
    mapping = found.plan.mappings[0]
    assert next(column for column in mapping.columns if column.field == "number").form == "pad 5"
    six = mapping_text([mapping]).replace("pad 5", "pad 6")
    again = told(path, mappings=parsed_mappings(six, "m"))
    assert [claim.account.key for claim in again.facts(SkillClaim)] == ["000042", "000043", "123456"]


@pytest.mark.parametrize(("values", "form", "first"), [
    (["05.03.2016"], "%d.%m.%Y", "2016-03-05"), (["03/04/2022", "25/04/2022"], "%d/%m/%Y", "2022-04-03"),
    (["03/04/2022", "04/25/2022"], "%m/%d/%Y", "2022-03-04"), (["2022-04-03"], "iso", "2022-04-03"),
    (["20220403"], "%Y%m%d", "2022-04-03"), (["03.04.22"], "%d.%m.%y", "2022-04-03"),
])  # fmt: skip
def test_a_date_column_is_read_one_way(tmp_path: Path, values: list[str], form: str, first: str) -> None:
    found = told(skills(tmp_path, *(f"0{n};Weiß;Jürgen;S{n};3;;{value}" for n, value in enumerate(values))))
    column = next(column for column in found.plan.mappings[0].columns if column.header == "Stand")
    assert column.form == form and not column.other
    assert moment(found.facts(SkillClaim)[0].assessed_at or 0).date().isoformat() == first


def test_a_date_column_that_fits_both_ways_is_asked_about(tmp_path: Path) -> None:
    plan = told(skills(tmp_path, "042;Weiß;Jürgen;KANBAN;3;;03/04/2022")).plan
    assert [(one.column, one.value) for one in plan.questions] == [("Stand", "%d/%m/%Y / %m/%d/%Y")]


@pytest.mark.parametrize(("cell", "reason"), [
    ("31.02.2022", "value.not_a_time"), ("gestern", "value.not_a_time"), ("31.12.9999", ""), ("00.00.0000", ""),
])  # fmt: skip
def test_days_that_are_none(tmp_path: Path, cell: str, reason: str) -> None:
    found = told(skills(tmp_path, f"042;Weiß;Jürgen;KANBAN;3;;{cell}", "043;Groß;Ines;KANBAN;3;;31.12.2024"))
    assert [fault.reason for fault in found.faults] == ([reason] if reason else [])


@pytest.mark.parametrize(("cell", "reason"), [
    ("7", "value.off_scale"), ("-1", "value.off_scale"), ("nan", "value.not_a_level"),
])  # fmt: skip
def test_levels_off_the_scale(tmp_path: Path, cell: str, reason: str) -> None:
    rows = [f"0{n};Weiß;Jürgen;S;5;;" for n in range(30)]
    found = told(skills(tmp_path, *rows, f"042;Groß;Ines;S;{cell};;"))
    assert [(fault.line, fault.reason) for fault in found.faults] == [(32, reason)]


def test_lost_letters_of_a_name_are_remarked_and_the_number_tells_who_it_is(tmp_path: Path) -> None:
    found = told(skills(tmp_path, "00043;?ahin;Aylin;Workflow;4;;"))
    assert found.remarks == {"value.damaged_name": 1} and not found.facts(Profile)
    assert found.facts(SkillClaim)[0].account == SourceId("personnel", "00043")


def test_the_header_may_stand_below_title_lines(tmp_path: Path) -> None:
    text = "Skill-Auswertung;;;;;;\nStand: 01.05.2026;;;;;;\n;;;;;;\n" + SKILLS + "00042;Weiß;Jürgen;KANBAN;3;;\n"
    found = told(write(tmp_path / "x.csv", text))
    assert found.plan.mappings[0].header_line == 4 and len(found.facts(SkillClaim)) == 1


@pytest.mark.parametrize("header", [
    "Pers.-Nr.;Name;Kompetenz;Niveau", "PersNr;Mitarbeiter;Qualifikation;Level", "Personalnummer;Name;Skill;Stufe",
    "Employee ID;Full Name;Competence;Proficiency", "person;name;skill;level",
])  # fmt: skip
def test_german_and_english_headers_are_known(tmp_path: Path, header: str) -> None:
    found = told(write(tmp_path / "x.csv", f"{header}\n00042;Weiß, Jürgen;KANBAN;3\n"))
    assert found.formats == ["skill-list"] and found.facts(Profile)[0].name == "Jürgen Weiß"


def test_a_list_without_a_header_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", "00042;Weiß;Jürgen;KANBAN;3;Selbst;31.12.2024\n" * 3)
    with pytest.raises(FileRefused) as refused:
        plan_of(PackedFile(path))
    assert refused.value.code == "file.unknown_format"


@pytest.mark.parametrize("column", [
    "Geburtsdatum", "Familienstand", "Nationalität", "Gehalt", "Krankheitstage", "Teamfähigkeit", "Religion", "IBAN",
    "userPassword", "Stimmung", "date_of_birth", "maritalStatus", "AnnualSalary", "Geburtstag (TT.MM.)",
])  # fmt: skip
def test_no_mapping_lets_a_forbidden_column_in(tmp_path: Path, column: str) -> None:
    path = skills(tmp_path, "00042;Weiß;Jürgen;KANBAN;3;Selbst;31.12.2024;x", header=SKILLS.rstrip() + f";{column}\n")
    found = told(path)
    assert found.plan.refused == (column,) and len(found.rows) == 1
    own = found.plan.mappings[0]
    columns = tuple(c if c.header != column else Column(column, "valid_until", "iso") for c in own.columns)
    with pytest.raises(FileRefused) as refused:
        plan_of(PackedFile(path), mappings=[Mapping(own.format, columns=columns)])
    assert refused.value.code == "mapping.forbidden"


@pytest.mark.parametrize("skill", ["Lohnbuchhaltung", "Krankenpflege", "Religionspädagogik", "Gehaltsabrechnung"])
def test_names_of_skills_are_not_what_they_sound_like(tmp_path: Path, skill: str) -> None:
    found = told(write(tmp_path / "x.csv", f"Pers.-Nr.;Name;{skill};KANBAN\n00042;Weiß;3;4\n00043;Groß;x;2\n"))
    assert found.formats == ["skill-matrix"] and not found.plan.refused
    assert {claim.skill for claim in found.facts(SkillClaim)} == {skill, "KANBAN"}


def test_a_list_printed_by_sap(tmp_path: Path) -> None:
    page = (
        "Personalliste                                   Seite {0}\n"
        "-----------------------------------------------------\n"
        "|PersNr  |Name            |Abteilung |Eintritt  |Austritt  |\n"
        "-----------------------------------------------------\n"
        "|0000004{0}|Weiß, Jürgen    |Fertigung |01.04.2009|31.12.9999|\n"
        "|0000005{0}|Groß, Ines      |Lager     |00.00.0000|31.12.2024|\n"
        "|*       |Summe           |          |          |          |\n"
        "-----------------------------------------------------\n\n"
    )
    found = told(write(tmp_path / "liste.txt", page.format(1) + page.format(2), "cp1252"))
    assert found.formats == ["people"] and found.skipped == {"row.total": 2, "row.header_again": 1}
    people = {profile.number for profile in found.facts(Profile) if profile.name}
    assert people == {"00000041", "00000051", "00000042", "00000052"}
    employed = {profile.account.key: profile for profile in found.facts(Profile) if not profile.name}
    assert employed["00000041"].left_at is None and employed["00000051"].joined_at is None
    assert employed["00000051"].left_at is not None


def test_formulas_are_text(tmp_path: Path) -> None:
    found = told(skills(tmp_path, '00042;Weiß;Jürgen;"=HYPERLINK(""x"")";3;;'))
    assert found.facts(SkillClaim)[0].skill == '=HYPERLINK("x")'


def test_a_workbook_that_would_unpack_to_gigabytes_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    (tmp_path / "bomb.xlsx").write_bytes(buffer.getvalue())
    with pytest.raises(FileRefused) as refused:
        plan_of(PackedFile(tmp_path / "bomb.xlsx"))
    assert refused.value.code in ("file.too_big_unpacked", "file.broken_archive")


def test_a_workbook_with_a_password_is_refused_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500)
    with pytest.raises(FileRefused) as refused:
        plan_of(PackedFile(path))
    assert refused.value.code == "file.locked"


def test_a_cell_of_twenty_megabytes_is_refused(tmp_path: Path) -> None:
    path = skills(tmp_path, "00042;Weiß;Jürgen;Löten;3;;", f"00042;Weiß;Jürgen;{'x' * 20_000_000};3;;")
    with pytest.raises(FileRefused) as refused:
        told(path)
    assert (refused.value.code, refused.value.values["line"]) == ("file.cell_too_big", 3)


def test_bots_and_system_accounts_are_nobody(tmp_path: Path) -> None:
    issue = (
        '{"repository_url": "repos/o/r", "number": %d, "title": "t", "state": "open", '
        '"created_at": "2024-01-01T00:00:00Z", "user": %s, "assignees": []%s}'
    )
    issues = [
        issue % (1, '{"login": "dependabot[bot]", "type": "Bot"}', ""), issue % (2, "null", ""),
        issue % (3, '{"login": "anna", "type": "User"}', ', "pull_request": {}'),
    ]  # fmt: skip
    found = told(write(tmp_path / "x.json", f"[{','.join(issues)}]"))
    assert found.left_out == {"account.bot": 1, "account.nobody": 1} and found.skipped == {"case.pull_request": 1}
    assert len(found.facts(Case)) == 2


def test_two_columns_of_a_jira_export_that_repeat_are_all_read(tmp_path: Path) -> None:
    text = (
        "Issue key,Summary,Created,Assignee,Comment,Comment\n"
        'A-1,s,23/Jan/21 10:38 AM,u1,23/Jan/21 11:00 AM;u2;a;b,"24/Jän/21 9:00 AM;u3;x"\n'
    )
    found = told(write(tmp_path / "x.csv", text))
    assert len(found.rows[0].statements) == 3 and not found.faults


def test_a_preview_shows_samples_only_of_what_may_be_read(tmp_path: Path) -> None:
    path = skills(tmp_path, "00042;Weiß;Jürgen;KANBAN;3;;;1960-01-01", header=SKILLS.rstrip() + ";Geburtsdatum\n")
    part = plan_of(PackedFile(path)).parts[0]
    assert part.mapping.columns[-1] == Column("Geburtsdatum") and part.emptied == (7,)


def test_a_format_that_is_forced_reads_what_recognition_would_not(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", "Name\nPython\n")
    assert importer_for(PackedFile(path)).name == "linkedin-skills"
    part = plan_of(PackedFile(path), format_name="skill-list").parts[0]
    with pytest.raises(FileRefused) as refused:
        list(part.importer.read(part.file, part.mapping))
    assert refused.value.code == "file.missing_column"


def test_lines_of_badges_that_cannot_be_are_faults(tmp_path: Path) -> None:
    wrong = ["80 5 9", "140 5", "x" * 5000, "", "160 7 7", "180 5 8"]
    path = write(tmp_path / "tij.dat", "".join(f"{20 * n} 1 2\n" for n in range(6)) + "\n".join(wrong))
    found = told(path, settings={"begins": "2024-03-04"})
    assert found.skipped == {"contact.oneself": 1} and len(found.rows) == 2
    assert [(one.line, one.reason) for one in found.faults][:2] == [(7, "value.not_a_time"), (8, "row.unreadable")]


SAID_ONCE = [
    "Personalnr;Nachname;Skill;Stufe", "4711;Muster;Hydraulik;4", ";;Pneumatik;2", "4712;Beispiel;SPS;3",
    ";;Schweißen;9", ";;WIG;1", "a;b;c;1;x", ";;Messtechnik;1",
]  # fmt: skip


def test_rows_without_a_person_are_about_the_person_above_when_people_say_so(tmp_path: Path) -> None:
    path = write(tmp_path / "s.csv", "\n".join(SAID_ONCE))
    assert [(one.column, one.reason) for one in told(path).plan.questions] == [("as_above", "ask.as_above")]
    assert {fault.reason for fault in told(path, settings={"as_above": "no"}).faults} >= {"value.nobody"}
    found = told(path, settings={"as_above": "yes"})
    assert [(claim.account.key, claim.skill) for claim in found.facts(SkillClaim)] == [
        ("4711", "Hydraulik"), ("4711", "Pneumatik"), ("4712", "SPS"), ("4712", "WIG"),
    ]  # fmt: skip
    faults = [(fault.line, fault.reason, fault.cells[:1]) for fault in found.faults]
    assert faults == [
        (5, "value.off_scale", ("4712",)),  # can be corrected and imported by itself
        (7, "row.wide", ("a",)),
        (8, "value.nobody", ("",)),  # who stood in the unreadable row is anybody's guess
    ]
    rejects = [
        "Personalnr;Nachname;Skill;Stufe;Ablehnungsgrund",
        "4712;Beispiel;Schweißen;4;",
        ";;Messtechnik;1;nobody",
    ]
    again = told(write(tmp_path / "r.csv", "\n".join(rejects)), mappings=found.plan.mappings)
    assert [claim.skill for claim in again.facts(SkillClaim)] == ["Schweißen"]  # rows of refused ones are no neighbours


def test_a_single_row_without_a_person_is_a_mistake(tmp_path: Path) -> None:
    rows = [f"{n};Muster{n};Hydraulik;{n % 5 + 1}" for n in range(1, 9)]
    path = write(tmp_path / "s.csv", "\n".join(["Personalnr;Nachname;Skill;Stufe", *rows, ";;Pneumatik;2"]))
    found = told(path)
    assert [(fault.line, fault.reason) for fault in found.faults] == [(10, "value.nobody")]
    assert not found.plan.questions


@pytest.mark.parametrize("text", [
    "id;unit;price\n1;kg;3\n2;Stk;4\n", "ID;Team;Titel\n1001;Netz;Drucker\n1002;Netz;Mail\n",
    "Kürzel;Bereich;Standort\nNRD;Nord;Bremen\nSUD;Süd;Ulm\n", "Kunde;Mail;Bereich\nA;a@b.de;X\nB;b@b.de;Y\n",
    "Personalnr;Abteilung;Kenntnisse\n1;A;Hydraulik (3)\n2;B;SPS (2)\n",
])  # fmt: skip
def test_a_list_with_any_other_column_is_no_list_of_people_without_names(tmp_path: Path, text: str) -> None:
    with pytest.raises(FileRefused) as refused:
        told(write(tmp_path / "l.csv", text))
    assert refused.value.code == "file.unknown_format"
