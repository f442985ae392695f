"""Erasing a person, on both stores: nothing of them is left anywhere, and no old file brings them back."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from askers import asker, context
from hypothesis import HealthCheck, given, settings, strategies as st
from pydantic import SecretStr
from test_participation import answer, questions
from workbench import Bench, at, case, case_id, demo_person, embedded_store, person_id, write_csv
from worlds import PEOPLE, WORDS, World, about, take_rows, worlds

from graph_service import demo
from graph_service.access import EVERYTHING, Role
from graph_service.api.execution import run_now
from graph_service.api.ids import encode
from graph_service.audit import faults
from graph_service.choices import take_part
from graph_service.erasure import MASK, decide, erase_person, finish
from graph_service.errors import InputRefused, StoreBusy, UnknownId
from graph_service.health import findings
from graph_service.model import Customer, EmergencyPlan, Mandate, OrgUnit, Presence, SourceId
from graph_service.settings import Settings
from graph_service.store import named_queries as nq
from graph_service.store.listed import Listed, listed
from graph_service.text.terms import terms_of
from graph_service.wiring import Service, service_of

SECRET = "kept outside of the store"
NOW = at("2026-05-12T08:00")
DPO = asker(Role.DATA_PROTECTION, None, "key:dpo")
FEW = settings(max_examples=12, suppress_health_check=list(HealthCheck))
FEWER = settings(max_examples=4, suppress_health_check=list(HealthCheck))
ROWS = [
    case("E-1", "2026-01-05", "KANBAN-Abruf hängt", closed_at="2026-01-06", solver="qwertz", reporter="melder",
         description="Frau Xaverine Ypsilon hat den Puffer geleert.", participants="melder"),
    case("E-2", "2026-01-15", "KANBAN-Abruf hängt wieder", closed_at="2026-01-16", solver="qwertz", labels="KANBAN"),
    case("E-3", "2026-02-15", "KANBAN-Abruf steht", closed_at="2026-02-16", solver="andere", reporter="qwertz"),
    case("E-4", "2026-02-20", "Ypsilon-Kabel am Drucker defekt"),
]  # fmt: skip


def fill(bench: Bench, **more: Any) -> None:
    """Somebody with cases, a name, a claim, and mentions in two texts (one of them a cable)."""
    bench.cases(*ROWS, **more)
    people = [{"person": "qwertz", "name": "Xaverine Ypsilon", "kind": "EMPLOYEE", "unit": "Fertigung"}]
    bench.take(write_csv(bench.folder / "people.csv", ("person", "name", "kind", "unit"), people), **more)
    skills = [{"person": "qwertz", "skill": "KANBAN", "level": "4"}, {"person": "andere", "skill": "x", "level": "zz"}]
    skills += [{"person": "qwertz", "skill": "KANBAN", "level": "qwertz"}]
    bench.take(write_csv(bench.folder / "skills.csv", ("person", "skill", "level"), skills), **more)


@pytest.fixture
def service(bench: Bench) -> Service:
    return service_of(bench.store, Settings(secret=SecretStr(SECRET))).at(bench.now)


@pytest.fixture
def ask(service: Service) -> Callable[..., Any]:
    def run(who: Any, document: str, **variables: Any) -> Any:
        outcome = run_now(document, variables, context(service, who=who))
        assert not outcome.errors, outcome.errors
        return outcome.data

    return run


ERASE = """mutation ($k: String!) { erasePerson(input: {source: "house", key: $k}) { ... on UserError { code }
  ... on Erasure { id purgedAt isDone notice mentions { caseId title text decided } } } }"""
DECIDE = """mutation ($e: ID!, $c: ID!, $w: [String!]!) { decideMention(input: {erasure: $e, caseId: $c, mask: $w}) {
  ... on UserError { code } ... on Erasure { isDone mentions { caseId text decided } } } }"""


def test_nothing_of_the_person_is_left(bench: Bench, ask: Callable[..., Any], tmp_path: Path) -> None:
    fill(bench)
    sandra = asker(Role.ESCALATION_MANAGER, "sommer", "key:sandra")
    question = '{ recommendExperts(problem: {text: "KANBAN-Abruf hängt"}) { id experts { person { id } } } }'
    given_answer = ask(sandra, question)["recommendExperts"]
    assert given_answer["experts"][0]["person"]["id"] == encode("Person", person_id("qwertz"))
    ask(sandra, '{ recommendExperts(problem: {text: "Drucker, sagt Xaverine Ypsilon"}) { id } }')
    ask(asker(Role.EXPERT, "qwertz", "key:qw"), "{ viewer { person { name } } }")
    take_part(bench.store, person_id("qwertz"), ["CASE_HELP"], NOW)  # type: ignore[list-item]
    ids = [person_id("qwertz"), SourceId("house", "qwertz").id_of("account")]
    assert bench.store.texts_left([*ids, "Xaverine Ypsilon", "qwertz"]) == {*ids, "Xaverine Ypsilon", "qwertz"}
    done = ask(DPO, ERASE, k="qwertz")["erasePerson"]
    assert done["purgedAt"] and not done["isDone"] and done["notice"]
    assert {one["title"] for one in done["mentions"]} == {"KANBAN-Abruf hängt", "Ypsilon-Kabel am Drucker defekt"}
    assert bench.store.texts_left([*ids, "qwertz"]) == set()
    assert [row.value for row in bench.store.faults(3)] == ["zz"]  # refused rows about others stay
    replay = f'{{ replay(id: "{given_answer["id"]}") {{ isSame }} }}'
    outcome = run_now(replay, {}, context(service_of(bench.store, Settings()).at(bench.now), who=sandra))
    assert outcome.errors[0]["extensions"]["code"] == "node.unknown"
    assert not list(faults(bench.store, DPO.identity.expires_at))  # the chain stays whole
    first, cable = (encode("Case", case_id(key)) for key in ("E-1", "E-4"))
    masked = ask(DPO, DECIDE, e=done["id"], c=first, w=["Xaverine Ypsilon"])["decideMention"]
    assert not masked["isDone"]
    assert (
        next(one["text"] for one in masked["mentions"] if one["caseId"] == first)
        == f"Frau {MASK} hat den Puffer geleert."
    )
    kept = ask(DPO, DECIDE, e=done["id"], c=cable, w=[])["decideMention"]
    assert kept["isDone"] and {one["decided"] for one in kept["mentions"]} == {"MASKED", "KEPT"}
    assert bench.store.texts_left(["Xaverine", "xaverin"]) == set()
    assert bench.store.index_state() == "online"
    hits = bench.rows(nq.SEARCH_CASES, match=f'"{terms_of("Xaverine", "de")[0]}"')
    assert not hits
    assert {row.case_id for row in bench.rows(nq.SEARCH_CASES, match='"entfernt"')} == {case_id("E-1")}
    assert findings(service_of(bench.store, Settings())).faults == []


def test_things_stay_without_those_who_are_only_named_beside_them(bench: Bench) -> None:
    """A unit without its head, a customer without its owner, a mandate without who granted it; what is about the person
    goes."""
    service = demo.at_its_clock(service_of(bench.store, Settings()))
    demo.fill(service)
    secret, now, nouns = "a secret of the test", service.now(), (Customer, OrgUnit, Mandate, Presence, EmergencyPlan)

    def told() -> Listed:
        with bench.store.view(EVERYTHING, as_of=now) as view:
            return listed(view, nouns)

    def without(told: Listed, person: str) -> dict[type, list[Any]]:
        """What is told, had the person never been named beside it."""
        gone = SourceId("person", person)
        found = {}
        for noun in nouns:
            beside = getattr(noun, "beside", ())
            found[noun] = [
                replace(one, **{name: None for name in beside if getattr(one, name) == gone}) for one in told.of(noun)
            ]
        return found

    for account in ("vollmer", "mueller.b", "sommer"):
        before, person = told(), demo_person(account)
        erase_person(bench.store, person, secret, now)
        expected = without(before, person)
        expected[Mandate] = [one for one in expected[Mandate] if one.holder.key != person]
        expected[Presence] = [one for one in expected[Presence] if one.person.key != person]
        assert {noun: list(told().of(noun)) for noun in nouns} == expected
        assert expected != {noun: list(before.of(noun)) for noun in nouns}


def test_an_old_file_does_not_bring_somebody_back(bench: Bench) -> None:
    fill(bench, secret=SECRET)
    erased = erase_person(bench.store, person_id("qwertz"), SECRET, NOW)
    assert not erased.left
    before = bench.facts()
    fill(bench, secret=SECRET)
    assert bench.facts() == before
    changed = [dict(row) for row in ROWS]
    changed[1]["title"] = "KANBAN-Abruf hängt jetzt immer"
    report = bench.cases(*changed, name="changed.csv", secret=SECRET)
    assert report.counts.written == 1
    people = [{"person": "qwertz", "name": "Xaverine Ypsilon"}, {"person": "andere", "name": "Anna Andere"}]
    report = bench.take(write_csv(bench.folder / "p2.csv", ("person", "name"), people), secret=SECRET)
    assert (report.counts.written, report.counts.skipped, report.reasons) == (1, 1, {"row.erased": 1})
    assert not bench.store.texts_left([person_id("qwertz"), "Xaverine Ypsilon \t"])
    assert not bench.rows(nq.NAMES, people=[person_id("qwertz")])
    bench.undo(1)
    bench.undo(2)
    assert not bench.store.texts_left([person_id("qwertz")])
    for secret, code in (("", "erasure.no_secret"), (f"{SECRET} ", "erasure.other_secret")):
        with pytest.raises(InputRefused, match=code):
            bench.cases(*ROWS, name="again.csv", secret=secret)
        assert not bench.store.unfinished()


def test_nobody_and_no_secret_and_a_running_import(bench: Bench, ask: Callable[..., Any]) -> None:
    fill(bench)
    assert ask(DPO, ERASE, k="niemand")["erasePerson"]["code"] == "node.unknown"
    with pytest.raises(InputRefused, match=r"erasure\.no_secret"):
        erase_person(bench.store, person_id("qwertz"), "", NOW)
    from graph_service.model import RunKind
    from graph_service.store.run_leases import new_run, open_writer

    open_writer(bench.store, new_run(RunKind.IMPORT, "t", "t", bench.now), lambda: bench.wall)
    with pytest.raises(StoreBusy):
        erase_person(bench.store, person_id("qwertz"), SECRET, NOW)
    assert bench.rows(nq.NAMES, people=[person_id("qwertz")])
    assert not bench.store.state(nq.ERASURES)


def test_decisions_about_mentions_that_are_none(bench: Bench) -> None:
    fill(bench)
    erased = erase_person(bench.store, person_id("qwertz"), SECRET, NOW)
    for mention in (("x", case_id("E-1")), (erased.id, case_id("E-2"))):
        with pytest.raises(UnknownId):
            decide(bench.store, mention, [], NOW)
    for words in (["x"], ["ab"] * 30, [" "], ["steht nicht da"], ["psilo"]):
        with pytest.raises(InputRefused):
            decide(bench.store, (erased.id, case_id("E-1")), words, NOW)


def test_a_reader_of_the_old_state_keeps_the_act_pending(tmp_path: Path) -> None:
    bench = Bench(embedded_store(tmp_path / "s.db"), tmp_path, now=NOW)
    fill(bench)
    with bench.store.view(EVERYTHING) as view:
        assert view.ask(nq.NAMES, people=[person_id("qwertz")])
        erase_person(bench.store, person_id("qwertz"), SECRET, NOW)
        (row,) = bench.store.state(nq.ERASURES)
        assert row.purged_at is None
        assert findings(service_of(bench.store, Settings())).faults == ["pending_erasures"]
    assert finish(bench.store, NOW) == 0
    assert bench.store.state(nq.ERASURES)[0].purged_at == NOW
    assert not bench.store.texts_left([person_id("qwertz")])


def test_a_masked_case_that_comes_again_is_looked_at_again(bench: Bench) -> None:
    fill(bench, secret=SECRET)
    erased = erase_person(bench.store, person_id("qwertz"), SECRET, NOW)
    decide(bench.store, (erased.id, case_id("E-1")), ["Xaverine Ypsilon"], NOW)
    bench.cases(*ROWS, name="same.csv", secret=SECRET)
    assert {row.case_id: row.decided for row in bench.store.state(nq.MENTIONS, erasure=erased.id)}[case_id("E-1")]
    changed = [dict(row) for row in ROWS]
    changed[0]["title"] = "KANBAN-Abruf hängt, zweiter Hinweis"
    bench.cases(*changed, name="changed.csv", secret=SECRET)
    assert not {row.case_id: row.decided for row in bench.store.state(nq.MENTIONS, erasure=erased.id)}[case_id("E-1")]


def test_a_server_goes_on_writing_after_an_erasure(tmp_path: Path) -> None:
    """The search for traces must not take the locks of the process away: another one would delete the log."""
    import subprocess
    import sys

    bench = Bench(embedded_store(tmp_path / "s.db"), tmp_path, now=NOW)
    fill(bench)
    erase_person(bench.store, person_id("qwertz"), SECRET, NOW)
    look = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM meta').fetchall(); c.close()"
    )
    subprocess.run([sys.executable, "-c", look, str(tmp_path / "s.db")], check=True)
    take_part(bench.store, person_id("andere"), [], NOW)
    rows = "SELECT COUNT(*) FROM own_choice"
    count = f"import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('{rows}').fetchone()[0])"
    command = [sys.executable, "-c", count, str(tmp_path / "s.db")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "4"
    assert (tmp_path / "s.db-wal").exists()


def test_an_erasure_that_breaks_off_is_finished_by_looking(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(bench)
    monkeypatch.setattr(bench.store, "purge", lambda: (_ for _ in ()).throw(OSError("power cut")))
    with pytest.raises(OSError, match="power"):
        erase_person(bench.store, person_id("qwertz"), SECRET, NOW)
    monkeypatch.undo()
    (row,) = bench.store.state(nq.ERASURES)
    assert row.purged_at is None and row.sought and person_id("qwertz") not in row.sought
    monkeypatch.setattr(bench.store, "texts_left", lambda texts: set(texts))
    assert finish(bench.store, NOW) == 1  # something is still there
    monkeypatch.undo()
    assert finish(bench.store, NOW) == 0
    (row,) = bench.store.state(nq.ERASURES)
    assert (row.purged_at, row.sought) == (NOW, "")


def test_answers_about_other_things_of_the_same_word_stay(bench: Bench, ask: Callable[..., Any]) -> None:
    bench.cases(case("E-1", "2026-01-05", "Abruf im Lager hängt", closed_at="2026-01-06", solver="case"),
                case("E-2", "2026-01-15", "Abruf hängt", closed_at="2026-01-16", solver="andere"))  # fmt: skip
    sandra = asker(Role.ESCALATION_MANAGER, None, "key:sandra")
    kept = ask(sandra, '{ recommendExperts(problem: {text: "Druckerlager voll"}) { id } }')["recommendExperts"]["id"]
    ask(DPO, ERASE, k="case")
    assert ask(sandra, f'{{ replay(id: "{kept}") {{ isSame }} }}')["replay"]["isSame"] is True


def test_masking_counts_words_as_if_they_had_always_been_so(bench: Bench, tmp_path: Path) -> None:
    fill(bench)
    erased = erase_person(bench.store, person_id("qwertz"), SECRET, NOW)
    decide(bench.store, (erased.id, case_id("E-1")), ["Xaverine Ypsilon"], NOW)
    other = Bench(embedded_store(tmp_path / "other.db"), tmp_path, now=NOW)
    rows = [dict(row) for row in ROWS]
    rows[0]["description"] = f"Frau {MASK} hat den Puffer geleert."
    other.cases(*rows)
    words = sorted({*terms_of("Xaverine Ypsilon Puffer Person entfernt KANBAN", "de")})
    for query, values in ((nq.TERM_COUNTS, {"terms": words, "month": NOW}), (nq.CORPUS_SIZE, {"month": NOW})):
        assert bench.rows(query, **values) == other.rows(query, **values)  # type: ignore[arg-type]


def never_there(make: Any, folder: Path, world: World, name: str, text: list[str]) -> None:
    """After an erasure all answers are those of a store that never had the person, whatever is imported again."""
    bench = Bench(make("one"), folder, now=NOW)
    take_rows(bench, world.rows())
    assert [answer(bench, one) for one in questions(text)]  # what is remembered from it must not be used again
    try:
        erase_person(bench.store, person_id(name), SECRET, NOW)
    except UnknownId:
        assert not any(about(fact, name) for row in world.rows() for one in row.statements for fact in one.facts)
    found = [answer(bench, one) for one in questions(text)]
    take_rows(bench, world.rows(), secret=SECRET)
    assert found == [answer(bench, one) for one in questions(text)]
    assert not bench.store.texts_left([person_id(name), SourceId("house", name).id_of("account")])
    bench.store.close()
    other = Bench(make("two"), folder, now=NOW)
    take_rows(other, world.rows(lambda fact: not about(fact, name)))
    assert found == [answer(other, one) for one in questions(text)]
    other.store.close()


drawn_text = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True)


@FEW
@given(world=worlds, name=st.sampled_from(PEOPLE), text=drawn_text)
def test_answers_are_those_of_a_store_that_never_had_the_person(
    make_embedded: Any, tmp_path: Path, world: World, name: str, text: list[str]
) -> None:
    never_there(make_embedded, tmp_path, world, name, text)


@FEWER
@given(world=worlds, name=st.sampled_from(PEOPLE), text=drawn_text)
def test_answers_are_those_of_a_store_that_never_had_the_person_on_neo4j(
    make_neo4j: Any, tmp_path: Path, world: World, name: str, text: list[str]
) -> None:
    never_there(make_neo4j, tmp_path, world, name, text)


def test_the_audit_knows_that_somebody_was_erased_and_not_who(bench: Bench, ask: Callable[..., Any]) -> None:
    fill(bench)
    ask(DPO, ERASE, k="qwertz")
    entries = bench.store.journal(nq.AUDIT_ENTRIES, after="", seq=0, limit=9)
    payloads = [json.loads(entry.payload) for entry in entries]
    assert [one["act"] for one in payloads] == ["person:erased"] and payloads[0]["people"] == []
    assert ask(DPO, "{ erasures { id startedAt isDone } }")["erasures"][0]["isDone"] is False
