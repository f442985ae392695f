"""Import runs on every store: the same again, dry, undone, replaced, broken off."""

import gzip
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from workbench import COLUMNS, Bench, case, case_id, write_csv

from graph_service.errors import FileRefused, LeaseLost, RunRefused, StoreBusy
from graph_service.intake.rows import entry_of
from graph_service.model import Case, Provenance, RunKind, RunState, SourceId, Statement
from graph_service.store import named_queries as nq
from graph_service.store.base import Store
from graph_service.store.writer import clean_up, new_run, open_writer

ABRUF = case(
    "K-1", "2026-01-05T08:00:00+00:00", "KANBAN-Abruf hängt", closed_at="2026-01-06T08:00:00+00:00", labels="KANBAN",
    product="Fertigung", reporter="mueller", solver="weiss", participants="sahin;krueger",
)  # fmt: skip
LAGER = case("K-2", "2026-01-07T08:00:00+00:00", "Lager voll", labels="Lager", product="Logistik", reporter="mueller")


def test_the_same_file_again_adds_no_fact(bench: Bench) -> None:
    first = bench.cases(ABRUF, LAGER)
    before = bench.facts()
    again = bench.cases(ABRUF, LAGER)
    assert (first.counts.written, first.counts.unchanged) == (2, 0)
    assert (again.counts.written, again.counts.unchanged, again.counts.facts_added) == (0, 2, 0)
    assert bench.facts() == before


def test_every_participant_of_a_case_is_kept(bench: Bench) -> None:
    bench.cases(ABRUF)
    assert len(bench.rows(nq.COMMENTERS, cases=[case_id("K-1")])) == 2


def test_a_dry_run_reports_the_same_and_changes_nothing(bench: Bench) -> None:
    bench.cases(ABRUF)
    before, runs = bench.facts(), len(bench.store.runs())
    dry = bench.cases({**ABRUF, "title": "KANBAN anders"}, LAGER, dry_run=True)
    assert bench.facts() == before
    assert len(bench.store.runs()) == runs
    real = bench.cases({**ABRUF, "title": "KANBAN anders"}, LAGER)
    assert (dry.counts, dry.reasons, dry.faults) == (real.counts, real.reasons, real.faults)
    assert bench.facts() != before


def test_undo_brings_back_what_was(bench: Bench) -> None:
    bench.cases(ABRUF, name="a.csv")
    before = bench.facts()
    changed = bench.cases({**ABRUF, "solver": "sahin", "title": "KANBAN anders"}, LAGER, name="b.csv")
    assert [event.person for event in bench.rows(nq.SOLVED_EVENTS, since=0, until=bench.now)] != []
    assert bench.facts() != before
    undo = bench.undo(changed.run.number)
    assert bench.facts() == before
    assert bench.store.run(changed.run.number).state is RunState.UNDONE
    assert undo.kind is RunKind.UNDO


def test_undo_of_the_older_run_leaves_only_the_newer_one(bench: Bench, open_store: Callable[[], Store]) -> None:
    first = bench.cases(ABRUF, LAGER, name="a.csv")
    bench.now += 1000
    bench.cases({**ABRUF, "title": "KANBAN anders"}, name="b.csv")
    bench.undo(first.run.number)
    records = bench.rows(nq.CASE_RECORDS, cases=[case_id("K-1"), case_id("K-2")])
    assert [record.title for record in records] == ["KANBAN anders"]
    assert [size.cases for size in bench.rows(nq.CORPUS_SIZE, month=bench.now)] == [1]


def test_what_another_run_confirms_stays_after_an_undo(bench: Bench) -> None:
    first = bench.cases(ABRUF, name="a.csv")
    facts = bench.facts()
    bench.cases(ABRUF, name="again.csv")
    bench.undo(first.run.number)
    assert bench.facts() == facts
    assert {origin.file for origin in bench.rows(nq.CASE_ORIGINS, cases=[case_id("K-1")])} == {"again.csv"}


def test_undoing_twice_or_an_undo_is_refused(bench: Bench) -> None:
    run = bench.cases(ABRUF).run.number
    undo = bench.undo(run).number
    for number, code in ((run, "run.not_undoable"), (undo, "run.not_undoable"), (99, "run.unknown")):
        with pytest.raises(RunRefused) as refused:
            bench.undo(number)
        assert refused.value.code == code


def test_a_key_twice_in_one_file_is_a_fault_with_its_line(bench: Bench) -> None:
    report = bench.cases(ABRUF, LAGER, {**ABRUF, "title": "anders"}, ABRUF)
    assert [(fault.line, fault.reason) for fault in report.faults] == [(4, "row.repeated_key")]
    counts = report.counts
    assert (counts.written, counts.refused, counts.unchanged, counts.read) == (2, 1, 1, 4)


def test_sums_agree_and_faults_have_physical_lines(bench: Bench) -> None:
    rows = [
        {**ABRUF, "description": "eine\nZelle\nüber drei Zeilen"},
        case("K-3", "gestern", "Druck"),
        case("", "2026-01-05", "ohne Nummer"),
        case("K-4", "2026-01-05", "zu früh zu", closed_at="2026-01-04"),
        case("K-5", "2026-01-05", "gelöst, nie geschlossen", solver="weiss"),
    ]
    report = bench.cases(*rows)
    counts = report.counts
    assert counts.read == counts.written + counts.unchanged + counts.refused + counts.skipped == 5
    assert [(fault.line, fault.column, fault.reason) for fault in report.faults] == [
        (5, "opened_at", "value.not_a_time"),
        (6, "case_id", "value.missing"),
        (7, "closed_at", "value.closed_before_opened"),
        (8, "closed_at", "value.missing"),
    ]
    assert [fault.line for fault in bench.store.faults(report.run.number)] == [5, 6, 7, 8]


def test_nothing_of_an_open_run_shows_and_a_dead_one_is_cleaned_up(bench: Bench) -> None:
    bench.cases(ABRUF)
    before = bench.facts()
    writer = open_writer(bench.store, new_run(RunKind.IMPORT, "t", "t", bench.now), lambda: bench.wall)
    source = SourceId("house", "K-1")
    statement = Statement(source, (Case(source, "KANBAN-Abruf neu", bench.now - 5),), Provenance("t", 1))
    writer.take_in([entry_of(statement, bench.now)])
    assert bench.facts() == before
    with pytest.raises(StoreBusy) as busy:
        bench.cases(LAGER)
    assert busy.value.code == "store.import_running"
    bench.wall += 61_000
    assert clean_up(bench.store, bench.wall) == [writer.run.number]
    assert bench.facts() == before
    assert bench.store.run(writer.run.number).state is RunState.FAILED
    with pytest.raises(LeaseLost):
        writer.take_in([entry_of(statement, bench.now)])
    assert bench.cases(LAGER).counts.written == 1


def test_a_view_keeps_what_it_saw_while_others_commit(bench: Bench) -> None:
    bench.cases(ABRUF)
    with bench.store.view(as_of=bench.now) as view:
        before = view.ask(nq.CASE_RECORDS, cases=[case_id("K-1"), case_id("K-2")])
        bench.cases(LAGER, {**ABRUF, "title": "KANBAN anders"}, name="b.csv")
        assert view.ask(nq.CASE_RECORDS, cases=[case_id("K-1"), case_id("K-2")]) == before
    assert len(bench.rows(nq.CASE_RECORDS, cases=[case_id("K-1"), case_id("K-2")])) == 2


def test_a_file_that_cannot_be_read_to_its_end_leaves_nothing(bench: Bench, tmp_path: Path) -> None:
    noise = random.Random(1)
    rows = [{**LAGER, "case_id": f"K-{n}", "description": noise.randbytes(300).hex()} for n in range(4000)]
    whole = gzip.compress(write_csv(tmp_path / "x.csv", COLUMNS, rows).read_bytes())
    (tmp_path / "cut.csv.gz").write_bytes(whole[: len(whole) * 4 // 5])
    with pytest.raises(FileRefused) as refused:
        bench.take(tmp_path / "cut.csv.gz")
    assert refused.value.code == "file.broken"
    assert bench.facts()["records"] == []
    assert [run.state for run in bench.store.runs()] == [RunState.FAILED]


def test_an_ended_claim_no_longer_shows(bench: Bench, tmp_path: Path) -> None:
    columns = ("person", "skill", "level", "assessed_on", "valid_until")
    row = dict(zip(columns, ("weiss", "KANBAN", "4", "2025-01-01", "2026-01-01"), strict=True))
    bench.take(write_csv(tmp_path / "skills.csv", columns, [row]))
    assert [claim.original for claim in bench.rows(nq.SKILL_LABELS, as_of=bench.now)] == []
    early = bench.rows(nq.SKILL_LABELS, as_of=bench.now - 300 * 86_400_000)
    assert [label.label for label in early] == ["KANBAN"]


def test_undated_facts_are_known_from_the_import_that_still_stands(bench: Bench, tmp_path: Path) -> None:
    columns = ("person", "skill", "level")
    path = write_csv(tmp_path / "s.csv", columns, [{"person": "weiss", "skill": "KANBAN", "level": "3,5"}])
    first, first_now = bench.take(path), bench.now
    bench.now += 86_400_000
    bench.take(path)
    assert bench.rows(nq.SKILL_LABELS, as_of=first_now)
    bench.undo(first.run.number)
    assert not bench.rows(nq.SKILL_LABELS, as_of=first_now)
    assert bench.rows(nq.SKILL_LABELS, as_of=bench.now)
