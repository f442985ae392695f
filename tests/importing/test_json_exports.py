"""Exports in JSON: tables of every format, issues with their history, an object on each line."""

import json
from pathlib import Path

import pytest
from reading_files import Told, told
from workbench import Bench

from graph_service.errors import FileRefused
from graph_service.intake.rejects import refused_rows, rejects
from graph_service.model import Case, CaseRole, Outcome, Participation, Profile, Resolution, SkillClaim
from importers.json_table import read_json

WEB = "https" + "://"
TICKET = {
    "id": 7, "subject": "KANBAN", "created_at": "2024-03-05T10:00:00Z", "updated_at": "2024-03-06T10:00:00Z",
    "status": "solved", "requester_id": 11, "assignee_id": 12, "tags": ["a", "b"], "via": {"channel": "email"},
    "custom_fields": [{"id": 1, "value": None}], "description": "Abruf fehlt", "organization_id": None,
}  # fmt: skip
INCIDENT = {
    "number": "INC0000045", "opened_at": "2024-03-05 10:00:00", "state": "Closed", "resolved_at": "2024-03-06 10:00:00",
    "sys_updated_on": "2024-03-06 10:00:00", "short_description": "KANBAN",
    "assigned_to": {"display_value": "Anna Beck", "link": f"{WEB}x.example/1"},
    "resolved_by": {"display_value": "Anna Beck", "value": "1"}, "caller_id": "",
}  # fmt: skip
PEOPLE = [
    {"personnelNumber": "00042", "lastName": "Beck", "firstName": "Anna", "department": "IT", "birthDate": "1980"},
    {"personnelNumber": "00043", "lastName": "Dorn", "firstName": "Çem", "department": None},
]
SOLVED = (["KANBAN"], ["SOLVED"])


def put(folder: Path, text: str | bytes, name: str = "x.json") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def cases(found: Told) -> tuple[list[str], list[str]]:
    return [one.title for one in found.facts(Case)], [one.outcome.value for one in found.facts(Resolution)]


@pytest.mark.parametrize("ticket", [TICKET, {**TICKET, "collaborators": [{"id": 1}]}])
def test_zendesk_s_tickets_listed_wrapped_and_line_by_line(tmp_path: Path, ticket: dict[str, object]) -> None:
    other = {**ticket, "id": 8, "status": "open", "subject": "SPS"}
    lines = "\n".join(map(json.dumps, (ticket, other))) + "\n"
    for text in (json.dumps([ticket, other]), json.dumps({"count": 2, "tickets": [ticket, other]}), lines):
        found = told(put(tmp_path, text))
        assert found.formats == ["zendesk-tickets"] and not found.faults
        assert cases(found) == (["KANBAN", "SPS"], ["SOLVED"])
        assert {one.account.key for one in found.facts(Participation)} == {"11", "12"}


@pytest.mark.parametrize("wrapped", ["records", "result"])
def test_servicenow_s_records(tmp_path: Path, wrapped: str) -> None:
    found = told(put(tmp_path, json.dumps({wrapped: [INCIDENT]}, indent=1)))
    assert found.formats == ["servicenow"] and cases(found) == SOLVED
    assert [one.name for one in found.facts(Profile)] == ["Anna Beck"]


def test_people_as_windows_writes_them_without_their_birthdays(tmp_path: Path, bench: Bench) -> None:
    path = put(bench.folder, json.dumps(PEOPLE, ensure_ascii=False, indent=2).encode("utf-16"))
    report = bench.take(path)
    assert (report.counts.read, report.counts.written) == (2, 2)
    assert report.plan is not None and report.plan.refused == ("birthDate",)
    assert sorted(one.name for one in told(path).facts(Profile)) == ["Anna Beck", "Çem Dorn"]


def test_skills_in_a_list_and_what_is_nested_is_named_as_not_read(tmp_path: Path) -> None:
    rows = [
        {"Personalnummer": "00042", "Skill": "KANBAN", "Stufe": level, "Historie": [{"Stufe": 1}]} for level in (3, 4)
    ]
    found = told(put(tmp_path, json.dumps({"data": {"rows": rows}})))
    assert [one.original for one in found.facts(SkillClaim)] == ["3", "4"]
    assert found.plan.left == ("Historie",)


def test_a_refused_record_comes_back_as_a_table(bench: Bench) -> None:
    rows = [{"Personalnummer": f"{n:05}", "Skill": "KANBAN", "Stufe": 9 if n == 3 else 2} for n in range(30)]
    report = bench.take(put(bench.folder, json.dumps(rows)))
    assert (report.counts.refused, report.faults[0].line) == (1, 4)
    refused = rejects(refused_rows(bench.store, report.run), report.run, "de").decode("utf-8-sig")
    corrected = put(bench.folder, refused.replace(";9;", ";2;"), "corrected.csv")
    assert bench.take(corrected).counts.written == 1


def test_jira_s_history_tells_who_had_it_before(tmp_path: Path) -> None:
    def passed(hour: int, before: str | None, after: str | None) -> dict[str, object]:
        item = {"field": "assignee", "from": before, "to": after, "toString": after and "Nina Nord"}
        return {"created": f"2024-03-05T{hour}:00:00.000+0000", "items": [item, {"field": "status", "to": "3"}]}

    fields = {"summary": "KANBAN", "created": "2024-03-05T10:00:00.000+0000", "assignee": {"name": "cem"},
              "resolution": {"name": "Fixed"}, "resolutiondate": "2024-03-06T10:00:00.000+0000"}  # fmt: skip
    histories = [passed(14, None, "cem"), passed(13, "bob", None), passed(12, "anna", "bob")]
    issue = {"key": "A-1", "fields": fields, "changelog": {"histories": histories}}
    for text in (json.dumps({"issues": [issue]}), f"{json.dumps(issue)}\n{json.dumps(issue)}\n"):
        found = told(put(tmp_path, text))
        had = {(one.account.key, one.role): one.known_at for one in found.facts(Participation)}
        assert had.keys() == {
            ("anna", CaseRole.ASSIGNEE), ("bob", CaseRole.ASSIGNEE), ("cem", CaseRole.RESOLVER)
        }  # fmt: skip
        assert had["bob", CaseRole.ASSIGNEE] - had["anna", CaseRole.ASSIGNEE] == 2 * 3_600_000  # type: ignore[operator]


def test_a_history_of_keys_tells_the_people_of_the_logins(tmp_path: Path) -> None:
    anna = {"name": "annab", "key": "JIRAUSER1", "displayName": "Anna Beck"}
    fields = {"summary": "KANBAN", "created": "2024-03-05T10:00:00.000+0000", "assignee": anna,
              "resolution": {"name": "Fixed"}, "resolutiondate": "2024-03-06T10:00:00.000+0000"}  # fmt: skip
    items = [{"field": "assignee", "from": "JIRAUSER2", "fromString": "Bert Dorn", "to": "JIRAUSER1"},
             {"field": "assignee", "from": "x9", "fromString": "Service Desk", "to": None}]  # fmt: skip
    histories = [{"created": "2024-03-05T12:00:00.000+0000", "items": items}]
    issue = {"key": "A-1", "fields": fields, "changelog": {"total": 140, "histories": histories}}
    found = told(put(tmp_path, json.dumps({"issues": [issue]})))
    assert {(one.account.key, one.role) for one in found.facts(Participation)} == {
        ("annab", CaseRole.RESOLVER), ("JIRAUSER2", CaseRole.ASSIGNEE)
    }  # fmt: skip
    assert {one.account.key: one.name for one in found.facts(Profile)} == {
        "annab": "Anna Beck",
        "JIRAUSER2": "Bert Dorn",
    }


@pytest.mark.parametrize("shape", [lambda one: {"total_count": 1, "items": [one]}, lambda one: one])
def test_github_s_search_and_an_issue_on_each_line(tmp_path: Path, shape: object) -> None:
    issue = {"number": 5, "title": "KANBAN", "state": "closed", "repository_url": f"{WEB}api.github.com/repos/o/r",
             "created_at": "2024-03-05T10:00:00Z", "closed_at": "2024-03-06T10:00:00Z", "user": {"login": "anna"},
             "labels": [{"name": "bug"}], "assignees": []}  # fmt: skip
    told_so = shape(issue)  # type: ignore[operator]
    text = json.dumps(told_so) if told_so is not issue else f"{json.dumps(issue)}\n{json.dumps(issue)}"
    found = told(put(tmp_path, text))
    assert found.formats == ["github"] and found.facts(Resolution)[0].outcome is Outcome.SOLVED


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[{"Personalnummer": "1", "Nachname": "x"}, {"Personal', "file.broken"),
        (json.dumps([{f"k{n}": 1} for n in range(2_000)]), "file.no_table"),
        ('{"Personalnummer": "1", "Nachname": "x"}', "file.unknown_format"),
        ('[1, 2, 3]', "file.unknown_format"), ("[]", "file.unknown_format"), ("{}", "file.unknown_format"),
    ],
)  # fmt: skip
def test_json_that_breaks_off_or_holds_no_table(bench: Bench, text: str, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        bench.take(put(bench.folder, text))
    assert refused.value.code == code


def test_half_a_letter_and_a_record_that_is_none(bench: Bench) -> None:
    rows = ",".join(f'{{"Personalnummer": "{n:05}", "Nachname": "Beck", "Vorname": "A"}}' for n in range(30))
    text = f'[{rows}, 7, {{"Personalnummer": "00077", "Nachname": "Be\\ud83dck", "Vorname": "A"}}, {{}}]'
    report = bench.take(put(bench.folder, text))
    assert report.counts.written >= 30 and report.counts.read == 33


@pytest.mark.parametrize(
    ("page", "more"),
    [({"startAt": 0, "maxResults": 50, "total": 120}, 1), ({"startAt": 100, "maxResults": 50, "total": 120}, 0),
     ({"isLast": False, "nextPageToken": "x"}, 1), ({"isLast": True}, 0)],
)  # fmt: skip
def test_a_page_of_several_is_called_so(tmp_path: Path, page: dict[str, object], more: int) -> None:
    issue = {"key": "A-1", "fields": {"summary": "x", "created": "2024-03-05T10:00:00.000+0000"}}
    found = told(put(tmp_path, json.dumps({"issues": [issue], **page})))
    assert [one.code for one in found.plan.notices] == ["notice.more_pages"] * more
    tickets = told(put(tmp_path, json.dumps({"tickets": [TICKET], "next_page": "p2" if more else None})))
    assert [one.code for one in tickets.plan.notices].count("notice.more_pages") == more


def test_several_lists_are_not_read_as_one(tmp_path: Path) -> None:
    people = [{"personnelNumber": "00042", "lastName": "Beck", "firstName": "A"}]
    with pytest.raises(FileRefused) as refused:
        told(put(tmp_path, json.dumps({"internal": people, "external": people})))
    assert refused.value.code == "file.several_lists"
    beside = told(put(tmp_path, json.dumps({"links": [{"rel": "self"}], "value": people})))
    assert [one.name for one in beside.facts(Profile)] == ["A Beck"]


def test_large_figures_deep_inside_are_no_harm(tmp_path: Path) -> None:
    row = {"personnelNumber": "00042", "lastName": "Beck", "firstName": "A", "x": [{"id": 10**22}]}
    assert len(told(put(tmp_path, json.dumps([row]))).rows) == 1


def test_what_cannot_be_read_is_tried_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[object] = []
    monkeypatch.setattr("importers.tables.read_json", lambda source: tried.append(source) or read_json(source))
    with pytest.raises(FileRefused) as refused:
        told(put(tmp_path, json.dumps(PEOPLE)[:-20]))
    assert refused.value.code == "file.broken" and len(tried) == 1


def test_a_cell_of_many_megabytes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        told(put(tmp_path, json.dumps([{**PEOPLE[1], "department": "x" * 17_000_000}])))
    assert refused.value.code == "file.cell_too_big"


@pytest.mark.parametrize("number", [1, 2])
def test_refused_issues_come_back_as_json_and_are_imported_again(bench: Bench, number: int) -> None:
    fields = {
        "summary": "KANBAN",
        "assignee": {"name": "anna", "emailAddress": "x@y.example"},
        "customfield_9": "geheim",
    }
    whole = {"created": "2024-03-05T10:00:00.000+0000", "comment": {"comments": [{"id": "1"}]}}
    issues = [{"key": f"A-{n}", "fields": {**fields, **({} if n < number else whole)}} for n in range(4)]
    del issues[3]["fields"]["comment"]  # type: ignore[attr-defined]
    issues[2]["fields"]["comment"] = None  # type: ignore[index]
    issues[1]["fields"]["comment"] = None  # type: ignore[index]
    report = bench.take(put(bench.folder, json.dumps({"issues": issues})))
    assert (report.counts.refused, report.counts.written) == (number, 4 - number)
    back = rejects(refused_rows(bench.store, report.run), report.run, "de").decode()
    assert back.count("\n") == number and "geheim" not in back and "x@y" not in back and "created" in back
    mended = back.replace('"summary":', '"created":"2024-03-05T10:00:00.000+0000","summary":')
    assert bench.take(put(bench.folder, mended, "again.json")).counts.written == number


def test_a_refused_issue_of_github_comes_back(bench: Bench) -> None:
    issue = {"number": 5, "title": "KANBAN", "state": "closed", "repository_url": f"{WEB}api.github.com/repos/o/r",
             "created_at": "kaputt", "user": {"login": "anna", "id": 7}, "labels": [], "assignees": []}  # fmt: skip
    report = bench.take(put(bench.folder, json.dumps([issue])))
    back = rejects(refused_rows(bench.store, report.run), report.run, "de").decode()
    assert report.counts.refused == 1 and '"login":"anna"' in back and '"id"' not in back
    mended = put(bench.folder, back.replace('"kaputt"', '"2024-03-05T10:00:00Z"'), "again.json")
    assert bench.take(mended).counts.written == 1
