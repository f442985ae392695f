"""Exports in other versions, languages and configurations than the samples have."""

import json
import zipfile
from pathlib import Path

import pytest
import sheets
from reading_files import Told, told
from workbench import Bench, at

from graph_service.errors import FileRefused
from graph_service.model import Attendance, Case, CaseRole, Comment, Customer, Participation, Profile, Resolution

EVENT = "ORGANIZER:mailto:a@firma.example\nATTENDEE:mailto:b@firma.example\n"
MOVED = (
    "BEGIN:VEVENT\nUID:s1\nRECURRENCE-ID;TZID=Europe/Berlin:20240408T090000\n"
    f"DTSTART;TZID=Europe/Berlin:20240408T090000\nSTATUS:CANCELLED\n{EVENT}END:VEVENT\n"
)
SERIES = (
    "BEGIN:VEVENT\nUID:s1\nDTSTART;TZID=Europe/Berlin:20240401T090000\nRRULE:FREQ=WEEKLY;COUNT=4\n"
    f"STATUS:CONFIRMED\n{EVENT}END:VEVENT\n"
)
WEB = "https" + "://"
OTRS = "Ticket#;Erstellt;Geschlossen;Status;Queue;Besitzer;Betreff"


def read(folder: Path, text: str, name: str = "x.csv", encoding: str = "utf-8") -> Told:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return told(path)


def roles(found: Told) -> set[tuple[str, CaseRole]]:
    return {(one.account.key, one.role) for one in found.facts(Participation)}


def outcomes(found: Told) -> list[str]:
    return [one.outcome.value for one in found.facts(Resolution)]


def test_an_exception_before_its_series_is_one_of_it(tmp_path: Path) -> None:
    for events in (MOVED + SERIES, SERIES + MOVED):
        found = read(tmp_path, f"BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n", "x.ics")
        assert len({one.at for one in found.facts(Attendance)}) == 3


def test_a_calendar_that_breaks_off_is_refused(tmp_path: Path) -> None:
    whole = f"BEGIN:VCALENDAR\nVERSION:2.0\n{SERIES}END:VCALENDAR\n"
    for text in (whole[:-60], whole + whole[:-20]):
        with pytest.raises(FileRefused) as refused:
            read(tmp_path, text, "x.ics")
        assert refused.value.code == "file.broken"


def test_long_numbers_of_a_workbook_stay_whole(tmp_path: Path) -> None:
    row = ["NUMBER", "2024-03-05 09:12:44", "2024-03-06 10:00:00", "erfolgreich geschlossen", "IT", "jweiss", "Drucker"]
    path = sheets.workbook(tmp_path / "x.xlsx", {"A": [OTRS.split(";"), row]})
    numeric = tmp_path / "y.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(numeric, "w") as out:
        for name in source.namelist():
            text = source.read(name)
            told_so = b'<c t="inlineStr"><is><t>NUMBER</t></is></c>'
            out.writestr(name, text.replace(told_so, b"<c><v>2024030510000011</v></c>"))
    assert [one.source_id.key for one in told(numeric).facts(Case)] == ["2024030510000011"]


def test_zendesk_s_view_with_names(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "Id,Subject,Created at,Updated at,Requester id,Requester,Assignee,Status,Solved at\n"
        "35436,Rechnung,2024-03-05 14:13,2024-03-11 09:00,20978392,Jana Kern,Tom Agent,Closed,2024-03-07 14:13\n",
    )
    assert found.formats == ["zendesk-tickets"] and outcomes(found) == ["SOLVED"]
    assert ("tom agent", CaseRole.RESOLVER) in roles(found)
    assert [one.resolved_at for one in found.facts(Resolution)] == [at("2024-03-07") + (14 * 60 + 13) * 60_000]


def test_a_ticket_closed_by_merging_is_nobody_s_solution(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "id,subject,created_at,updated_at,requester_id,assignee_id,status,tags\n"
        "1,,2024-03-05T14:13:00Z,2024-03-11T09:00:00Z,-1,7,closed,closed_by_merge billing\n",
    )
    assert outcomes(found) == ["DUPLICATE"] and roles(found) == {("7", CaseRole.ASSIGNEE)}
    assert [one.title for one in found.facts(Case)] == ["1"]


def test_otrs_s_list_of_tickets(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "Nummer;Ticket#;Alter;Titel;Erstellt;Schließzeit;Queue;Status;Kundennummer;Kundenname;Agent/Besitzer;"
        "Verantwortlicher\n1;2024030510000011;3 Tage;Drucker;2024-03-05 09:12:44;2024-03-06 10:00:00;IT;"
        "erfolgreich geschlossen;ACME;Paul Klein;Jörg Weiß;Admin OTRS\n",
    )
    assert outcomes(found) == ["SOLVED"] and roles(found) == {("jörg weiss", CaseRole.RESOLVER)}
    assert [one.name for one in found.facts(Customer)] == ["ACME"]
    assert [one.name for one in found.facts(Profile)] == ["Jörg Weiß"]


def test_a_closing_state_of_one_s_own_ends_a_ticket(tmp_path: Path) -> None:
    row = "77;2024-03-05 09:12:44;2024-03-06 10:00:00;{};IT;jweiss;Drucker"
    found = read(tmp_path, "\n".join([OTRS, row.format("geschlossen"), row.format("wieder offen").replace("77", "78")]))
    assert outcomes(found) == ["UNKNOWN"]


@pytest.mark.parametrize(
    ("code", "state", "outcome"),
    [
        ("Duplicate", "Closed", "DUPLICATE"), ("Resolved by caller", "Closed", "WITHDRAWN"),
        ("Solution provided", "Closed", "SOLVED"), ("", "Canceled", "WITHDRAWN"),
    ],
)  # fmt: skip
def test_servicenow_s_newer_names(tmp_path: Path, code: str, state: str, outcome: str) -> None:
    found = read(
        tmp_path,
        "Number,Opened,Short description,Caller,State,Assigned to,Resolved,Resolved by,Resolution code,Updated\n"
        f"INC0010001,05-03-2024 08:12:44,VPN,Abel Tuter,{state},Beth Anglin,26-03-2024 13:00:01,Beth Anglin,{code},"
        "26-03-2024 11:00:00\n",
    )
    assert outcomes(found) == [outcome]
    assert (("beth anglin", CaseRole.RESOLVER) in roles(found)) == (outcome == "SOLVED")


@pytest.mark.parametrize(
    "text", ["Name,Price,Stock\nA,119.90,300\n", "Email Address,Confirmed,Primary\nme@f.example,Yes,No\n"]
)
def test_other_lists_are_no_skills(tmp_path: Path, text: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, text)
    assert refused.value.code == "file.unknown_format"


def test_linkedin_s_letters_are_not_read_and_who_left_it_is_skipped(tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        read(tmp_path, "CONVERSATION ID,FROM,TO,DATE,CONTENT\n1,Anna Adam,Bert Berg,2024-03-05 14:13:02 UTC,Hallo\n")
    found = read(
        tmp_path,
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n,,,,,,05 Mar 2024\n"
        "Anna,Adam,l.example/in/anna,,X,Y,05 Mar 2024\n",
    )
    assert found.skipped == {"entry.no_person": 1} and len(found.rows) == 1


MAIL = (
    "From - Tue Mar  5 14:13:02 2024\nMessage-ID: <b{}@firma.example>\nDate: Tue, 5 Mar 2024 14:13:02 {}\n{}\n\nx\n\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_names_of_letters_that_were_not_encoded(tmp_path: Path, encoding: str) -> None:
    text = MAIL.format(1, "-0000", "From: Jörg Weiß <joerg@firma.example>\nTo: zoe@firma.example")
    found = read(tmp_path, text, "x.mbox", encoding)
    assert [one.name for one in found.facts(Profile)] == ["Jörg Weiß"]
    assert {one.at for one in found.facts(Attendance)} == {at("2024-03-05") + (14 * 3600 + 13 * 60 + 2) * 1000}


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Precedence: bulk", "mail.automatic"), ("X-Autoreply: yes", "mail.automatic"),
        ("Content-Type: multipart/report; report-type=disposition-notification", "mail.automatic"),
        ("List-Id: <k.lists.firma.example>", "mail.to_many"),
    ],
)  # fmt: skip
def test_letters_of_programs_and_lists(tmp_path: Path, header: str, reason: str) -> None:
    people = f"From: a@firma.example\nTo: b@firma.example\n{header}"
    assert read(tmp_path, MAIL.format(1, "+0100", people), "x.mbox").skipped == {reason: 1}


def test_github_s_command_line_and_issues_that_were_given_up(tmp_path: Path) -> None:
    listed = [{"number": 5, "title": "KANBAN", "state": "CLOSED", "url": f"{WEB}github.com/o/r/issues/5",
               "createdAt": "2024-03-05T10:00:00Z", "closedAt": "2024-03-06T10:00:00Z", "author": {"login": "anna"},
               "assignees": [{"login": "bob"}], "labels": [], "stateReason": "COMPLETED", "body": "x"}]  # fmt: skip
    found = read(tmp_path, json.dumps(listed), "x.json")
    assert [one.source_id.key for one in found.facts(Case)] == ["o/r#5"]
    assert roles(found) == {("anna", CaseRole.REPORTER), ("bob", CaseRole.RESOLVER)}
    old = [{"number": 6, "title": "KANBAN", "state": "closed", "repository_url": f"{WEB}api.github.com/repos/o/r",
            "created_at": "2019-03-05T10:00:00Z", "closed_at": "2019-03-06T10:00:00Z", "user": {"login": "anna"},
            "assignees": [{"login": "bob"}], "labels": [{"name": "wontfix"}], "state_reason": None}]  # fmt: skip
    assert outcomes(read(tmp_path, json.dumps(old), "y.json")) == ["WITHDRAWN"]


def test_jira_in_german(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "Zusammenfassung;Vorgangsschlüssel;Autor;Bearbeiter;Erstellt;Erledigt;Lösung\n"
        "Drucker;DRU-7;zoelmez;jweiss;05.03.2024 14:13;06.03.2024 13:00;Fertig\n"
        "Kabel;DRU-8;zoelmez;jweiss;05.03.2024 14:13;06.03.2024 13:00;Duplikat\n"
        "Maus;DRU-9;zoelmez;jweiss;05.03.2024 14:13;;Nicht erledigt\n",
    )
    assert found.formats == ["jira-csv"] and outcomes(found) == ["SOLVED", "DUPLICATE"] and not found.faults


@pytest.mark.parametrize(
    "moment", ["05/Mar/24 14:13", "05/Sept./24 2:13 PM", "05-03-2024 08:12:44", "25/03/2024 08:12:44"]
)
def test_moments_as_systems_write_them(tmp_path: Path, moment: str) -> None:
    found = read(tmp_path, f"Issue key,Summary,Created,Reporter\nA-1,x,{moment},anna\n")
    assert len(found.rows) == 1 and not found.faults


def test_jira_s_newer_answer(tmp_path: Path) -> None:
    texts = [{"type": "text", "text": "Abruf"}, {"type": "text", "text": " fehlt"}]
    paragraph = {"type": "paragraph", "content": texts}
    fields = {"summary": "KANBAN", "created": "2024-03-05T10:00:00.000+0000", "description":
              {"type": "doc", "version": 1, "content": [paragraph, paragraph]},
              "creator": {"accountId": "1", "accountType": "app", "displayName": "Automation"},
              "comment": {"comments": [{"created": "2024-03-05T11:00:00.000+0000",
                                        "author": {"accountId": "1", "accountType": "app"}}]}}  # fmt: skip
    found = read(tmp_path, json.dumps({"issues": [{"key": "A-1", "fields": fields}]}), "x.json")
    assert [one.text for one in found.facts(Case)] == ["Abruf fehlt\nAbruf fehlt"]
    assert not roles(found) and not found.facts(Comment)


@pytest.mark.parametrize(("issues", "notices"), [(999, []), (1_000, ["notice.given_at_most"]), (1_001, [])])
def test_as_many_issues_as_jira_gives_are_hardly_all(tmp_path: Path, issues: int, notices: list[str]) -> None:
    rows = "\n".join(f"A-{n},x,2024-03-05T10:00:00.000+0000,anna" for n in range(issues))
    found = read(tmp_path, f"Issue key,Summary,Created,Reporter\n{rows}\n")
    assert [one.code for one in found.plan.notices] == notices


def test_viva_in_both_directions_and_without_a_score(bench: Bench) -> None:
    head = "PrimaryCollaborator_PersonId,SecondaryCollaborator_PersonId,MetricDate,Strong_tie_score,Diverse_tie_score"
    path = bench.folder / "v.csv"
    path.write_text(
        f"{head}\na1,b1,2024-03-03,0.31,0\nb1,a1,2024-03-03,0.31,0\na1,c1,2024-03-03,,0\n", encoding="utf-8"
    )
    report = bench.take(path)
    assert (report.counts.written, report.counts.unchanged, report.reasons) == (1, 1, {"contact.no_score": 1})


@pytest.mark.parametrize(
    "footer",
    ["Anzahl Datensätze: 2", "2 Datensätze exportiert;;", "Stand: 01.05.2026", "Seite 1 von 1;;", "*** Ende ***",
     "Erstellt am 01.05.2026 07:12 von HR", "Number of records: 1,200"],
)  # fmt: skip
def test_what_stands_under_a_list_is_no_row_of_it(tmp_path: Path, footer: str) -> None:
    found = read(tmp_path, f"Personalnr;Nachname;Vorname\n00001;Beck;Anna\n00002;Dorn;Cem\n\n{footer}\n")
    assert len(found.rows) == 2 and not found.faults and found.skipped["row.footer"] == 1


@pytest.mark.parametrize(
    "first",
    ["Printed Media 2000", "Stand-Alone PC 2000", "Total Station 5600", "Page 42 Verlag", "Treffer", "*** Müller ***"],
)
def test_a_row_that_sounds_like_a_footer_is_none(tmp_path: Path, first: str) -> None:
    found = read(tmp_path, f"Personalnr;Nachname;Vorname\n{first};;\n00042;Beck;Anna\n")
    assert not found.skipped["row.footer"] and len(found.rows) + len(found.faults) == 2


def test_a_row_that_is_cut_is_no_footer(tmp_path: Path) -> None:
    found = read(tmp_path, "Personalnr;Nachname;Vorname\n00001;Beck;Anna\n00002\nTotalreparatur\n")
    assert [one.reason for one in found.faults] == ["row.narrow", "row.narrow"] and not found.skipped


def test_whole_json_of_an_unknown_kind_is_not_damaged(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        read(tmp_path, '{"tickets": [{"id": 1}]}', "x.json")
    assert refused.value.code == "file.unknown_format"


def test_a_preview_shows_what_does_not_fit_even_where_the_import_would_stop(bench: Bench) -> None:
    rows = [f"A-{n},x,den {n}ten,anna" for n in range(1, 31)]
    path = bench.folder / "x.csv"
    path.write_text("\n".join(["Issue key,Summary,Created,Reporter", *rows]), encoding="utf-8")
    report = bench.take(path, dry_run=True)
    assert report.plan is not None and report.counts.refused == 30 and report.reasons["run.would_stop"] == 1
    with pytest.raises(FileRefused) as refused:
        bench.take(path)
    assert refused.value.code == "file.too_many_bad"
    assert all(column.sure for part in report.plan.parts for column in part.mapping.columns)
