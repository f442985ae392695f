"""HR brings skills in, from upload to undo, through GraphQL and the terminal, in the demo company on both stores."""

import asyncio
import gc
import json
from collections.abc import AsyncIterator, Iterator
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest
from askers import Terminal, context, key_of
from fastapi.testclient import TestClient
from workbench import account_id, emptied

from graph_service import demo
from graph_service.access import Role
from graph_service.api.app import build_app
from graph_service.api.execution import run_now
from graph_service.erasure import erase_person
from graph_service.errors import StoreError
from graph_service.identity.settling import links_of
from graph_service.intake.uploads import Upload, Uploads
from graph_service.resources import text_folder
from graph_service.settings import Settings
from graph_service.store.base import Store
from graph_service.wiring import Service, service_of

SECRET = "of the demo"
HEADER = "Personalnr;Nachname;Vorname;Skill;Stufe;Quelle;Stand"
H_1 = [
    "00002;Weiß;Jürgen;KANBAN;3,5;Selbst;31.12.2024",
    "00003;?ahin;Aylin;Workflow;4;Selbst;31.12.2024",
    "00008;Neumann;Kevin;KANBAN;5;Selbst;31.12.2025",
]
REPORT = """... on ImportReport { mapping refusedColumns notices questions
  columns { header field form sure isRefused samples }
  run { number state counts { read written unchanged refused skipped factsAdded } }
  faults { line column value code reason } remarks { line column value code } }
  ... on UserError { code message }"""


class Hr:
    """Somebody of HR with a browser's means: uploads and GraphQL."""

    def __init__(self, service: Service, role: Role = Role.HR) -> None:
        self.service = service
        self.client = TestClient(build_app(service))
        key = key_of(service.store, role)
        self.headers = {"Authorization": f"Bearer {key}", "X-Purpose": "SKILL_UPKEEP"}

    def upload(self, content: bytes, name: str = "skills.csv") -> str:
        sent = self.client.post("/uploads", params={"name": name}, content=content, headers=self.headers)
        assert sent.status_code == 201, sent.text
        return str(sent.json()["uploadId"])

    def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        sent = self.client.post("/graphql", json={"query": document, "variables": variables}, headers=self.headers)
        assert sent.status_code == 200 and "errors" not in sent.json(), sent.text
        return dict(sent.json()["data"])

    def do(self, act: str, upload: str, **given: Any) -> dict[str, Any]:
        document = f"mutation ($input: ImportInput!) {{ done: {act}(input: $input) {{ __typename {REPORT} }} }}"
        return dict(self.ask(document, input={"uploadId": upload, "profile": "evaluation", **given})["done"])


@pytest.fixture
def company(store: Store) -> Service:
    service = demo.at_its_clock(service_of(store, Settings(secret=SECRET)))
    demo.fill(service)
    return service


@pytest.fixture
def hr(company: Service) -> Hr:
    return Hr(company)


def skills(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode("cp1252", "replace")


def first_names(service: Service) -> list[str]:
    document = (text_folder("queries") / "graphql" / "recommend_experts.graphql").read_text(encoding="utf-8")
    outcome = run_now(document, {"problem": {"text": demo.question()}}, context(service))
    assert outcome.data and not outcome.errors
    found = outcome.data["recommendExperts"]
    return [one["person"]["name"] for one in (*found["experts"], *found["onlyDeclared"])]


def test_h1_a_list_in_windows_letters_is_previewed_and_taken_in(hr: Hr, company: Service) -> None:
    before = first_names(company)
    upload = hr.upload(skills(*H_1))
    tried = hr.do("importPreview", upload)
    assert (tried["run"]["counts"]["read"], tried["run"]["counts"]["written"]) == (3, 3)
    columns = {column["header"]: column for column in tried["columns"]}
    assert columns["Stand"]["form"] == "%d.%m.%Y" and columns["Stufe"]["field"] == "level"
    assert columns["Nachname"]["samples"][0] == "Weiß" and 'encoding = "cp1252"' in tried["mapping"]
    assert [(one["line"], one["value"], one["code"]) for one in tried["remarks"]] == [
        (3, "?ahin", "value.damaged_name")
    ]
    assert company.store.runs()[0].format != "skill-list"
    done = hr.do("importCommit", upload, mapping=tried["mapping"])
    assert {**done["run"], "number": 0, "state": ""} == {**tried["run"], "number": 0, "state": ""}
    gone = hr.do("importPreview", upload)
    assert gone["code"] == "upload.unknown"
    links = links_of(company.store)
    persons = links.run()
    by_key = {(one.source, one.key): persons[one.account] for one in links.known.values()}
    assert (
        by_key["personnel", "00002"] == by_key["house", "weiss"]
        and by_key["personnel", "00003"] == by_key["house", "sahin"]
    )
    assert first_names(company) == before  # H-3: no self-rating moves who has solved what


def test_h2_the_same_file_again_changes_nothing_and_a_changed_rating_is_a_new_value(hr: Hr) -> None:
    hr.do("importCommit", hr.upload(skills(*H_1)))
    again = hr.do("importCommit", hr.upload(skills(*H_1)))["run"]["counts"]
    assert (again["unchanged"], again["written"], again["factsAdded"]) == (3, 0, 0)
    changed = hr.do("importCommit", hr.upload(skills("00002;Weiß;Jürgen;KANBAN;5;Selbst;30.04.2026")))["run"]["counts"]
    assert (changed["written"], changed["factsAdded"]) == (1, 1)


def test_h3_a_self_rating_of_five_moves_nobody_and_hr_sees_no_case(hr: Hr, company: Service) -> None:
    before = first_names(company)
    hr.do("importCommit", hr.upload(skills("00008;Neumann;Kevin;Abruf;5;Selbst;30.04.2026")))
    assert first_names(company) == before
    asked = '{ recommendExperts(problem: {text: "KANBAN"}) { experts { person { name } } } }'
    refused = hr.client.post("/graphql", json={"query": asked}, headers=hr.headers).json()
    assert refused["errors"][0]["extensions"]["code"].startswith("access.")


def test_h4_somebody_who_was_erased_does_not_come_back_with_an_old_file(hr: Hr, company: Service) -> None:
    hr.do("importCommit", hr.upload(skills(*H_1)))
    person = next(one.person for one in links_of(company.store).known.values() if one.key == "neumann")
    erase_person(company.store, person, SECRET, company.now())
    again = hr.do("importCommit", hr.upload(skills(*H_1)))["run"]["counts"]
    assert (again["unchanged"], again["skipped"]) == (2, 1)
    by_mail = "Personalnr;Nachname;Vorname;E-Mail\n00008;Neumann;Kevin;kevin@w.example\n"
    counts = hr.do("importCommit", hr.upload(by_mail.encode()))["run"]["counts"]
    assert counts["skipped"] == 1 and "Kevin Neumann" not in first_names(company)


FORBIDDEN = ("Geburtsdatum", "Familienstand", "Nationalität", "Gehalt", "Krankheitstage", "Teamfähigkeit")


def test_h5_columns_no_agreement_can_let_in_are_refused_by_name(hr: Hr) -> None:
    header = ";".join((HEADER, *FORBIDDEN))
    rows = [f"{row};1960-01-01;ledig;deutsch;5000;7;gut" for row in H_1]
    upload = hr.upload(skills(*rows, header=header))
    tried = hr.do("importPreview", upload)
    assert tried["refusedColumns"] == list(FORBIDDEN) and tried["run"]["counts"]["written"] == 3
    shown = {column["header"]: column for column in tried["columns"]}
    assert all(shown[name]["isRefused"] and not shown[name]["samples"] for name in FORBIDDEN)
    forced = tried["mapping"].replace('header = "Gehalt"\nfield = ""', 'header = "Gehalt"\nfield = "valid_until"')
    assert forced != tried["mapping"]
    assert hr.do("importCommit", upload, mapping=forced)["code"] == "mapping.forbidden"


def test_what_others_may_not_do(hr: Hr, company: Service) -> None:
    upload = hr.upload(skills(*H_1))
    steward = Hr(company, Role.DATA_STEWARD)
    assert steward.do("importCommit", upload)["code"] == "upload.unknown"
    mine = steward.upload(skills(*H_1))
    assert steward.do("importCommit", mine)["code"] == "file.not_for_role"
    supporter = key_of(company.store, Role.SUPPORTER)
    headers = {"Authorization": f"Bearer {supporter}", "X-Purpose": "CASE_HELP"}
    assert hr.client.post("/uploads", content=b"x", headers=headers).status_code == 403
    assert hr.client.post("/uploads", content=b"x").status_code == 401


def test_an_upload_that_is_too_big_leaves_nothing(hr: Hr, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph_service.intake.uploads.MOST_BYTES", 1_000)
    sent = hr.client.post("/uploads", content=b"x" * 2_000, headers=hr.headers)
    assert sent.status_code == 413 and not list(hr.service.uploads._place().iterdir())


def test_uploads_go_with_the_server_and_a_full_disk_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"Personalnr;Nachname"

    async def full() -> AsyncIterator[bytes]:
        yield b"Personalnr;Nachname"
        raise OSError(ENOSPC, "No space left on device")

    uploads = Uploads(lambda: 0)
    folder = asyncio.run(uploads.take(parts(), "skills.csv", "hr")).path.parent
    with pytest.raises(StoreError) as refused:
        asyncio.run(uploads.take(full(), "more.csv", "hr"))
    assert refused.value.code == "store.full" and len(list(folder.iterdir())) == 1
    del uploads, refused
    gc.collect()
    assert not folder.exists()


def test_undo_and_progress_through_graphql(hr: Hr) -> None:
    upload = hr.upload(skills(*H_1))
    number = hr.do("importCommit", upload)["run"]["number"]
    asked = "query ($id: ID!) { importProgress(uploadId: $id) { rows isDone secondsLeft } }"
    assert hr.ask(asked, id=upload)["importProgress"] == {"rows": 3, "isDone": True, "secondsLeft": None}
    hr.do("importCommit", hr.upload(skills("00002;Weiß;Jürgen;KANBAN;5;Selbst;30.04.2026"), "later.csv"))
    document = """mutation ($run: Int!) { importUndo(input: {run: $run}) { __typename
      ... on ImportUndone { conflicts { file line laterFile } } ... on UserError { code } } }"""
    undone = hr.ask(document, run=number)["importUndo"]
    assert undone["conflicts"] == [{"file": "skills.csv", "line": 2, "laterFile": "later.csv"}]
    assert hr.ask(document, run=number)["importUndo"]["code"] == "run.not_undoable"
    assert hr.ask(document, run=1)["importUndo"]["code"] == "run.unknown"


def test_the_review_queue_and_a_decision_through_graphql(hr: Hr, company: Service) -> None:
    row = "Mitarbeiter;Skill;Stufe\nWeiss, Juergen;KANBAN;3\n"
    hr.do("importCommit", hr.upload(row.encode()))
    queue = "{ identityQueue { account name candidates { account name isSuggested speaksFor } } }"
    line = hr.ask(queue)["identityQueue"][0]
    best = next(one for one in line["candidates"] if one["name"] == "Jürgen Weiß")
    assert line["candidates"][0] == best and best["speaksFor"] == ["Name 100 % gleich"]
    decide = """mutation ($input: DecideIdentityInput!) { decideIdentity(input: $input) { __typename
      ... on IdentityDecided { moved } ... on UserError { code } } }"""
    given = {"account": line["account"], "other": best["account"], "verdict": "SAME"}
    assert hr.ask(decide, input=given)["decideIdentity"] == {"__typename": "IdentityDecided", "moved": 2}
    assert hr.ask(queue)["identityQueue"] == []


def test_people_see_what_was_changed_about_them_and_the_gap(hr: Hr, company: Service) -> None:  # B21
    hr.do("importCommit", hr.upload(skills(*H_1)))
    hr.do("importCommit", hr.upload(skills("00002;Weiß;Jürgen;KANBAN;2;Vorgesetzter;30.04.2026"), "boss.csv"))
    person = next(one.person for one in links_of(company.store).known.values() if one.key == "weiss")
    key = key_of(company.store, Role.EXPERT, "weiss")
    headers = {"Authorization": f"Bearer {key}", "X-Purpose": "SELF_SERVICE"}
    gaps = "gaps { skill ownLevel claimedBy theirLevel }"
    asked = f"{{ viewer {{ person {{ id }} changes {{ kind what file line holds }} {gaps} }} }}"
    told = hr.client.post("/graphql", json={"query": asked}, headers=headers).json()["data"]["viewer"]
    assert person and {(one["kind"], one["file"], one["line"]) for one in told["changes"]} >= {
        ("skill_claim", "skills.csv", 2), ("skill_claim", "boss.csv", 2), ("profile", "demo_people.csv", 3),
    }  # fmt: skip
    assert {(gap["skill"], gap["claimedBy"], gap["theirLevel"]) for gap in told["gaps"]} == {("KANBAN", "MANAGER", 0.4)}


@pytest.fixture(params=["embedded", "neo4j"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "embedded":
        yield f"sqlite:///{tmp_path / 'cli.db'}"
    else:
        yield emptied(request.getfixturevalue("neo4j_running")[0])


def test_the_same_at_the_terminal(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPERT_GRAPH_STORE", url)
    run, path, mapping = Terminal(), tmp_path / "skills.csv", tmp_path / "map.toml"
    bad = [f"{n:05};Muster;Max;KANBAN;{n + 9};Selbst;31.12.2024" for n in range(30)]
    path.write_bytes(skills(*H_1, *bad[:1], header=HEADER))
    tried = run("import", str(path), "--dry-run", "--write-mapping", str(mapping), role=Role.HR)
    assert tried.exit_code == 1 and "?ahin" in tried.output and "%d.%m.%Y" in tried.output
    assert 'format = "skill-list"' in mapping.read_text(encoding="utf-8")
    done = run("import", str(path), "--mapping", str(mapping), role=Role.HR)
    assert done.exit_code == 1 and "4 gelesen = 3 geschrieben" in done.output.replace("\n", " ")
    rejected = run("imports", "rejects", "1", role=Role.HR)
    assert rejected.exit_code == 0 and "00000;Muster;Max;KANBAN;9" in rejected.output
    queue = run("identity", "list", role=Role.HR)
    assert queue.exit_code == 0
    suggested = run("skills", "suggest", "KANBAN", role=Role.HR)
    assert suggested.exit_code == 0
    undone = run("imports", "undo", "1", role=Role.HR)
    assert undone.exit_code == 0 and "zurückgenommen" in undone.output
    assert run("imports", "rejects", "99", role=Role.HR).exit_code == 1


def test_how_far_a_file_is_tells_speed_and_time_left() -> None:
    upload = Upload("u", Path("u"), "u.csv", "hr", 0, rows=3_000, share=0.25, read_from=10_000, read_to=12_000)
    assert (upload.rows_per_second, upload.seconds_left) == (1_500.0, 6.0)
    upload.share = None
    assert upload.seconds_left is None
    upload.share, upload.is_done = 1.0, True
    assert upload.seconds_left is None
    assert Upload("u", Path("u"), "u.csv", "hr", 0, rows=3, read_from=10, read_to=20).rows_per_second is None


def test_a_verdict_about_one_alone_needs_no_other(tmp_path: Path) -> None:
    row = "00042;Muster;Max;Halle 7 aufschließen;3;Selbst;01.02.2026"
    (tmp_path / "skills.csv").write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    terminal, store = Terminal(), ("--store", f"sqlite:///{tmp_path / 's.db'}")
    done = terminal("import", str(tmp_path / "skills.csv"), *store, role=Role.HR)
    assert done.exit_code == 0, done.output
    label = json.loads(terminal("skills", "queue", "--json", *store, role=Role.HR).stdout)[0]["skill"]
    assert terminal("skills", "decide", label, "EXTERNAL", *store, role=Role.HR).exit_code == 0
    assert json.loads(terminal("skills", "queue", "--json", *store, role=Role.HR).stdout) == []
    assert terminal("skills", "undo", label, *store, role=Role.HR).exit_code == 0
    assert terminal("skills", "decide", label, "PERHAPS", *store, role=Role.HR).exit_code == 2
    account = account_id("00042", "personnel")
    assert terminal("identity", "decide", account, "later", *store, role=Role.HR).exit_code == 0


def test_what_cannot_be_decided_is_refused(tmp_path: Path) -> None:
    terminal, store = Terminal(), ("--store", f"sqlite:///{tmp_path / 's.db'}")
    (tmp_path / "skills.csv").write_text(
        f'{HEADER}\n1;M;M;X;3;Selbst;31.02.2026\n2;M;"M"x;X;3;Selbst;\n', encoding="utf-8"
    )
    terminal("import", str(tmp_path / "skills.csv"), *store, role=Role.HR)
    told = terminal("imports", "rejects", "1", *store, role=Role.HR).stderr
    assert "nicht zu trennen waren: 1." in told
    assert terminal("skills", "decide", "nobody-claimed-it", "EXTERNAL", *store, role=Role.HR).exit_code == 1
    for name, text, code in (
        ("foo", "foo\n", 1),
        ("half", "source,key\nmail,a@b.de\n", 1),
        ("excel", "source;key;other_source;other_key\nmail;a@b.de;mail;c@b.de\n", 0),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert terminal("identity", "import", str(tmp_path / name), *store, role=Role.HR).exit_code == code, name
