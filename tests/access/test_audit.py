"""The audit: whole under many writers, and whatever is done to it is found."""

import multiprocessing
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import neo4j
import orjson
import pytest
from workbench import at, neo4j_store

from graph_service.audit import HOUR, AuditEvent, Decision, Journal, anchor_faults, audit_name, faults, signed
from graph_service.model import DAY
from graph_service.store import named_queries as nq
from graph_service.store.base import Store
from graph_service.store.embedded_store import EmbeddedEngine

MOMENT = at("2026-05-12T08:00")


class Clock:
    """A clock that the test moves, and the anchors that were written."""

    def __init__(self) -> None:
        self.now = MOMENT
        self.lines: list[bytes] = []

    def journal(self, store: Store) -> Journal:
        return Journal(store, lambda: self.now, lambda line: self.lines.append(signed(line, "secret")))


def look(number: int = 1, actor: str = "key:Sandra") -> AuditEvent:
    return AuditEvent("answer:given", actor, "DEPUTY", "CASE_HELP", (f"p{number}",), {"number": number})


def kinds(store: Store) -> set[str]:
    return {fault.kind for fault in faults(store, MOMENT)}


@pytest.fixture
def bend(store: Store, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str, str], None]:
    """Changes the audit behind the service's back: SQL for the file, Cypher for the server."""

    def sql(text: str, _: str) -> None:
        with sqlite3.connect(tmp_path / "store.db.audit") as connection:
            connection.execute(text)

    def cypher(_: str, text: str) -> None:
        uri = request.getfixturevalue("neo4j_running")[0]
        with neo4j.GraphDatabase.driver(uri) as driver, driver.session() as session:
            session.run(text).consume()

    return sql if (tmp_path / "store.db.audit").exists() else cypher


def test_entries_are_whole_pseudonymous_and_counted(store: Store) -> None:
    journal = Clock().journal(store)
    for number in range(5):
        journal.write(look(number))
    assert not kinds(store)
    entries = store.journal(nq.AUDIT_ENTRIES, after="", seq=0, limit=10)
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    assert not any(
        f'"p{number}"' in entry.payload or "Sandra" in entry.payload for entry in entries for number in range(5)
    )
    assert orjson.loads(entries[3].payload)["people"] == [audit_name(store, "p3")]
    (count,) = store.journal(nq.AUDIT_COUNTS, since=0)
    assert (count.role, count.purpose, count.act, count.times) == ("DEPUTY", "CASE_HELP", "answer:given", 5)


BENT = {
    "changed": (
        "UPDATE audit_entry SET payload = replace(payload, 'DEPUTY', 'SUPPORTER') WHERE seq = 3",
        "MATCH (e:AuditEntry {seq: 3}) SET e.payload = replace(e.payload, 'DEPUTY', 'SUPPORTER')",
        "audit.changed",
    ),
    "moved in time": (
        "UPDATE audit_entry SET at = at - 1 WHERE seq = 3",
        "MATCH (e:AuditEntry {seq: 3}) SET e.at = e.at - 1",
        "audit.order",
    ),
    "missing": ("DELETE FROM audit_entry WHERE seq = 3", "MATCH (e:AuditEntry {seq: 3}) DELETE e", "audit.missing"),
    "first gone": ("DELETE FROM audit_entry WHERE seq = 1", "MATCH (e:AuditEntry {seq: 1}) DELETE e", "audit.missing"),
    "cut tail": ("DELETE FROM audit_entry WHERE seq > 3", "MATCH (e:AuditEntry) WHERE e.seq > 3 DELETE e", "audit.cut"),
    "cut whole": ("DELETE FROM audit_entry", "MATCH (e:AuditEntry) DELETE e", "audit.cut"),
    "end gone": ("DELETE FROM audit_head", "MATCH (h:AuditHead) DELETE h", "audit.cut"),
}  # fmt: skip


@pytest.mark.parametrize("how", list(BENT))
def test_what_is_done_to_it_is_found(store: Store, bend: Callable[[str, str], None], how: str) -> None:
    journal = Clock().journal(store)
    for number in range(5):
        journal.write(look(number))
    sql, cypher, kind = BENT[how]
    bend(sql, cypher)
    assert kinds(store) == {kind}


def test_entries_in_another_order_are_found(store: Store, bend: Callable[[str, str], None]) -> None:
    journal = Clock().journal(store)
    for number in range(5):
        journal.write(look(number))
    for old, new in ((2, 20), (3, 2), (20, 3)):
        bend(
            f"UPDATE audit_entry SET seq = {new} WHERE seq = {old}",
            f"MATCH (e:AuditEntry {{seq: {old}}}) SET e.seq = {new}",
        )
    assert kinds(store) == {"audit.order"}


def test_a_tail_cut_with_its_end_is_found_by_the_anchor(store: Store, bend: Callable[[str, str], None]) -> None:
    clock = Clock()
    journal = clock.journal(store)
    for number in range(6):
        journal.write(look(number))
        clock.now += HOUR
    assert len(clock.lines) == 6
    assert not list(anchor_faults(store, clock.lines, "secret"))
    kept = store.journal(nq.AUDIT_ENTRIES, after="", seq=0, limit=3)[-1]
    bend("DELETE FROM audit_entry WHERE seq > 3", "MATCH (e:AuditEntry) WHERE e.seq > 3 DELETE e")
    bend(
        f"UPDATE audit_head SET seq = 3, hash = '{kept.hash}'",
        f"MATCH (h:AuditHead) SET h.seq = 3, h.hash = '{kept.hash}'",
    )
    assert not kinds(store)
    assert {fault.kind for fault in anchor_faults(store, clock.lines, "secret")} == {"audit.cut"}
    assert {fault.seq for fault in anchor_faults(store, clock.lines, "secret")} == {4, 5, 6}


def test_anchors_of_others_are_found(store: Store) -> None:
    clock = Clock()
    clock.journal(store).write(look())
    line = clock.lines[0]
    assert [fault.kind for fault in anchor_faults(store, [line], "another secret")] == ["audit.unsigned"]
    assert [fault.kind for fault in anchor_faults(store, [signed(b"{}", "")], "secret")] == ["audit.unsigned"]
    assert [fault.kind for fault in anchor_faults(store, [b'{"audit_anchor": 1'], "secret")] == ["audit.unsigned"]
    assert [fault.kind for fault in anchor_faults(store, [b"empty"], "secret")] == ["audit.no_anchor"]
    assert not list(anchor_faults(store, [b"some other line of the log", b"INFO " + line], "secret"))


def test_a_whole_chain_that_is_written_anew_is_found_by_the_anchor(
    store: Store, bend: Callable[[str, str], None]
) -> None:
    clock = Clock()
    clock.journal(store).write(look(1))
    chain = store.journal(nq.AUDIT_HEADS, since=0)[0].chain
    bend("DELETE FROM audit_entry", "MATCH (e:AuditEntry) DELETE e")
    forger = Clock().journal(store)
    forger._chain = chain
    forger.write(look(2))
    assert not kinds(store)
    assert {fault.kind for fault in anchor_faults(store, clock.lines, "secret")} == {"audit.rewritten"}


def test_months_are_sealed(store: Store, bend: Callable[[str, str], None]) -> None:
    clock = Clock()
    journal = clock.journal(store)
    journal.write(look(1))
    clock.now += 31 * DAY
    journal.write(look(2))
    (seal,) = store.journal(nq.AUDIT_SEALS)
    assert seal.month == at("2026-05-01") and not kinds(store)
    bend("DELETE FROM audit_entry WHERE seq = 1", "MATCH (e:AuditEntry {seq: 1}) DELETE e")
    assert kinds(store) == {"audit.missing", "audit.seal"}


def test_payloads_can_go_and_the_chain_stays_whole(store: Store, bend: Callable[[str, str], None]) -> None:
    journal = Clock().journal(store)
    for number in range(3):
        journal.write(look(number))
    bend(
        "UPDATE audit_entry SET payload = '', salt = '' WHERE seq = 2",
        "MATCH (e:AuditEntry {seq: 2}) SET e.payload = '', e.salt = ''",
    )
    assert kinds(store) == {"audit.emptied"}
    assert not [fault for fault in faults(store, MOMENT + 366 * DAY) if fault.kind != "audit.sums"]


def test_answers_are_kept_with_who_was_named(store: Store) -> None:
    clock = Clock()
    journal = clock.journal(store)
    given = Decision("d1", "{}", {"p1": "KANBAN"}, frozenset({"c1", "c2"}))
    journal.write(replace(look(), decision=given))
    asker = audit_name(store, "key:Sandra")
    assert {row.person for row in store.journal(nq.SHOWN_TO, asker=asker, things=["c1", "c2", "c3"])} == {"c1", "c2"}
    assert not store.journal(nq.SHOWN_TO, asker="somebody else", things=["c1"])
    journal.write(replace(look(), decision=replace(given, id="d2")))
    assert store.journal(nq.NAMED_IN, thing="p1", limit=5) == [nq.NamedIn(MOMENT, asker, "DEPUTY", "KANBAN")]
    clock.now += 1
    journal.write(replace(look(actor="key:other"), decision=replace(given, id="d3", people={"p1": "QM"})))
    assert [named.about for named in store.journal(nq.NAMED_IN, thing="p1", limit=5)] == ["QM", "KANBAN"]


def test_days_with_many_people_are_counted(store: Store) -> None:
    clock = Clock()
    journal = clock.journal(store)
    for number in range(45):
        journal.write(look(number % 41))
    journal.write(look(1, actor="key:other"))
    assert store.journal(nq.WIDE_LOOK_UPS, since=0, most=40)[0].rows == 1
    assert store.journal(nq.WIDE_LOOK_UPS, since=0, most=41)[0].rows == 0
    assert store.journal(nq.WIDE_LOOK_UPS, since=clock.now + DAY, most=40)[0].rows == 0


def test_a_failed_write_says_so_and_loses_nothing_of_the_others(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Clock().journal(store)
    journal.write(look(1))
    real = store.write_journal
    monkeypatch.setattr(store, "write_journal", lambda work: (_ for _ in ()).throw(OSError("disk")))
    with pytest.raises(OSError, match="disk"):
        journal.write(look(2))
    monkeypatch.setattr(store, "write_journal", real)
    journal.write(look(3))
    entries = store.journal(nq.AUDIT_ENTRIES, after="", seq=0, limit=9)
    assert [entry.seq for entry in entries] == [1, 1]  # what was on disk is one chain, what follows another
    assert not kinds(store)


def test_a_write_whose_answer_was_lost_does_not_stop_the_journal(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Clock().journal(store)
    journal.write(look(1))
    real = store.write_journal

    def lost(work: Any) -> Any:
        real(work)
        raise OSError("the answer was lost")

    monkeypatch.setattr(store, "write_journal", lost)
    with pytest.raises(OSError, match="lost"):
        journal.write(look(2))
    monkeypatch.setattr(store, "write_journal", real)
    journal.write(look(3))
    assert len(store.journal(nq.AUDIT_ENTRIES, after="", seq=0, limit=9)) == 3
    assert not kinds(store)


def test_sums_and_answers_that_were_changed_are_found(store: Store, bend: Callable[[str, str], None]) -> None:
    journal = Clock().journal(store)
    journal.write(replace(look(), decision=Decision("d1", "{}", {"p1": "KANBAN"}, frozenset())))
    journal.write(look(2))
    bend("UPDATE audit_count SET times = 1", "MATCH (c:AuditCount) SET c.times = 1")
    assert kinds(store) == {"audit.sums"}
    bend("UPDATE decision SET payload = '[]'", "MATCH (d:Decision) SET d.payload = '[]'")
    assert kinds(store) == {"audit.sums", "audit.answer"}


def test_a_chain_that_somebody_else_wrote_is_found(store: Store) -> None:
    clock = Clock()
    Journal(store, lambda: clock.now, clock.lines.append, "secret").write(look(1))
    assert not list(faults(store, MOMENT, "secret"))
    Journal(store, lambda: clock.now, clock.lines.append).write(look(2))
    assert [fault.kind for fault in faults(store, MOMENT, "secret")] == ["audit.unsigned_chain"]
    assert len(list(faults(store, MOMENT, "another"))) == 2
    assert not list(faults(store, MOMENT))


def test_odd_bytes_in_an_entry_are_a_fault(store: Store, bend: Callable[[str, str], None]) -> None:
    Clock().journal(store).write(look(1))
    bend("UPDATE audit_entry SET salt = 'zz'", "MATCH (e:AuditEntry) SET e.salt = 'zz'")
    assert kinds(store) == {"audit.changed"}


def test_what_is_written_while_it_is_checked_is_no_fault(store: Store) -> None:
    journal = Clock().journal(store)
    for number in range(3):
        journal.write(look(number))
    checking = faults(store, MOMENT)
    real = store.journal

    def writing(query: Any, **parameters: Any) -> Any:
        found = real(query, **parameters)
        if query is nq.AUDIT_HEADS:
            journal.write(look(9))
        return found

    store.journal = writing  # type: ignore[method-assign]
    assert list(checking) == []


def test_months_are_sealed_after_a_silent_one_too(store: Store) -> None:
    clock = Clock()
    journal = clock.journal(store)
    journal.write(look(1))
    clock.now += 100 * DAY
    journal.write(look(2))
    assert [seal.month for seal in store.journal(nq.AUDIT_SEALS)] == [at("2026-05-01")]


EACH = 40


def write_many(where: str) -> None:
    """Eight threads of one process."""
    store = neo4j_store(where) if "://" in where else Store(EmbeddedEngine(Path(where), 60.0))
    journal = Clock().journal(store)

    def write(part: int) -> None:
        for number in range(EACH):
            journal.write(look(part * EACH + number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    store.close()


def test_many_writers_keep_it_whole(store: Store, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    on_file = (tmp_path / "store.db").exists()
    where = str(tmp_path / "store.db") if on_file else request.getfixturevalue("neo4j_running")[0]
    context: Any = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_many, args=(where,)) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    assert not kinds(store)
    heads = store.journal(nq.AUDIT_HEADS, since=0)
    assert [head.seq for head in heads] == [8 * EACH, 8 * EACH]
    assert store.journal(nq.AUDIT_COUNTS, since=0)[0].times == 16 * EACH
