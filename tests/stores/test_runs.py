"""Import runs on every store: the same again, dry, undone, replaced, broken off."""

import gzip
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from workbench import COLUMNS, Bench, case, case_id, write_csv

from graph_service.errors import FileRefused, LeaseLost, RunRefused, StoreBusy
from graph_service.intake.rows import entries_of
from graph_service.model import Case, Provenance, RunKind, RunState, SourceId, SourceRow, Statement
from graph_service.store import named_queries as nq
from graph_service.store.base import Store
from graph_service.store.run_leases import clean_up, new_run, open_writer

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
        (8, "closed_at", "value.solver_without_close"),
    ]
    assert [fault.line for fault in bench.store.faults(report.run.number)] == [5, 6, 7, 8]


def test_nothing_of_an_open_run_shows_and_a_dead_one_is_cleaned_up(bench: Bench) -> None:
    bench.cases(ABRUF)
    before = bench.facts()
    writer = open_writer(bench.store, new_run(RunKind.IMPORT, "t", "t", bench.now), lambda: bench.wall)
    source = SourceId("house", "K-1")
    statement = Statement(source, (Case(source, "KANBAN-Abruf neu", bench.now - 5),), Provenance("t", 1))
    row = entries_of(SourceRow((statement,)), bench.now)
    writer.take_in([row])
    assert bench.facts() == before
    with pytest.raises(StoreBusy) as busy:
        bench.cases(LAGER)
    assert busy.value.code == "store.import_running"
    bench.wall += 61_000
    assert clean_up(bench.store, bench.wall) == [writer.run.number]
    assert bench.facts() == before
    assert bench.store.run(writer.run.number).state is RunState.FAILED
    with pytest.raises(LeaseLost):
        writer.take_in([row])
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


def jira(key: str, updated: str, summary: str, **cells: str) -> dict[str, str]:
    """A row of a Jira CSV with its own stamp."""
    return {
        "Issue key": key, "Summary": summary, "Created": "2020-01-01T00:00:00.000+0000", "Updated": updated,
        "Issue Type": "Bug", "Status": "Open", "Resolution": "", "Resolved": "", "Assignee": "", "Reporter": "u1",
        **cells,
    }  # fmt: skip


def take_jira(bench: Bench, name: str, *rows: dict[str, str]) -> int:
    return bench.take(write_csv(bench.folder / name, list(rows[0]), rows)).run.number


OLD = jira("A-1", "2020-02-01T00:00:00.000+0000", "KANBAN alt")
NEW = jira("A-1", "2020-03-01T00:00:00.000+0000", "KANBAN neu")


@pytest.mark.parametrize("order", [(OLD, NEW), (NEW, OLD)], ids=["old-first", "new-first"])
@pytest.mark.parametrize("undone", [0, 1])
def test_after_an_undo_only_the_other_version_is_left(
    bench: Bench, order: tuple[dict[str, str], ...], undone: int
) -> None:
    runs = [take_jira(bench, f"{place}.csv", row) for place, row in enumerate(order)]
    title = [record.title for record in bench.rows(nq.CASE_RECORDS, cases=[case_id("A-1", "jira")])]
    assert title == ["KANBAN neu"]
    bench.undo(runs[undone])
    left = [record.title for record in bench.rows(nq.CASE_RECORDS, cases=[case_id("A-1", "jira")])]
    assert left == [order[1 - undone]["Summary"]]
    assert [size.cases for size in bench.rows(nq.CORPUS_SIZE, month=bench.now)] == [1]


def test_without_a_stamp_the_later_import_wins_whatever_its_dates(bench: Bench) -> None:
    bench.cases(case("X-1", "2025-06-01", "KANBAN falsch"), name="a.csv")
    bench.now += 1000
    later = bench.cases(case("X-1", "2025-05-01", "KANBAN richtig"), name="b.csv")
    assert (later.counts.written, later.counts.skipped) == (1, 0)
    assert [record.title for record in bench.rows(nq.CASE_RECORDS, cases=[case_id("X-1")])] == ["KANBAN richtig"]


def test_an_undated_fact_said_again_is_known_from_its_first_word(bench: Bench) -> None:
    columns, first = ("person", "skill", "level"), bench.now
    runs = []
    for level in ("5", "3", "5"):
        row = {"person": "weiss", "skill": "KANBAN", "level": level}
        runs.append(bench.take(write_csv(bench.folder / f"{level}.csv", columns, [row])).run.number)
        bench.now += 86_400_000
    bench.undo(runs[1])
    labels = bench.rows(nq.SKILL_LABELS, as_of=first)
    claims = bench.rows(nq.SKILL_CLAIMS, as_of=first, skills=[label.skill for label in labels])
    assert [claim.original for claim in claims] == ["5"]


def test_a_refused_row_leaves_nothing_at_all(bench: Bench) -> None:
    rows = [jira("R-1", "", "KANBAN eins", Comment=""), jira("R-2", "", "Lager", Comment=""),
            jira("R-1", "", "KANBAN zwei", Comment="2020-01-02T00:00:00.000+0000;eve;x")]  # fmt: skip
    report = bench.take(write_csv(bench.folder / "r.csv", list(rows[0]), rows))
    assert [(fault.line, fault.reason) for fault in report.faults] == [(4, "row.repeated_key")]
    assert bench.rows(nq.COMMENTERS, cases=[case_id("R-1", "jira")]) == []
    counts = {count.name: count.rows for count in bench.store.health()["counts"]}
    assert (counts["account"], counts["comment"]) == (1, 0)


def test_times_of_the_future_are_refused(bench: Bench) -> None:
    report = bench.cases(
        case("F-1", "2026-01-01", "KANBAN", closed_at="9999-12-31", solver="weiss"),
        case("F-2", "2031-01-01", "KANBAN"),
        case("F-3", "0001-01-01T00:00:00+14:00", "KANBAN"),
        case("F-4", "1969-12-31", "KANBAN"),
        case("F-5", "2026-01-01", "KANBAN"),
    )
    assert report.counts.written == 1
    assert {fault.line: fault.reason for fault in report.faults} == {
        2: "value.solver_without_close", 3: "row.future", 4: "value.not_a_time", 5: "value.not_a_time",
    }  # fmt: skip


def test_a_dry_run_that_fails_leaves_no_run_either(bench: Bench) -> None:
    with pytest.raises(FileRefused):
        bench.cases(dry_run=True)
    assert bench.store.runs() == []


def test_what_came_from_before_its_case_counts_from_the_case(bench: Bench) -> None:
    row = jira("M-1", "", "KANBAN", Comment="2019-01-01T00:00:00.000+0000;eve;moved here")
    bench.take(write_csv(bench.folder / "m.csv", list(row), [row]))
    (event,) = bench.rows(nq.COMMENT_EVENTS, since=0, until=bench.now)
    assert event.at == 1_577_836_800_000
    with bench.store.view(as_of=event.at - 1) as view:
        assert view.ask(nq.COMMENT_EVENTS, since=0, until=bench.now) == []


def test_one_first_comment_per_person_and_case(bench: Bench) -> None:
    same = "2020-01-02T00:00:00.000+0000;eve;moved"
    row = jira("C-1", "", "KANBAN", Comment=same)
    path = bench.folder / "c.csv"
    header, cells = ",".join([*row, "Comment", "Comment"]), ",".join([*row.values(), same, same])
    path.write_text(f"{header}\n{cells}\n", encoding="utf-8")
    bench.take(path)
    assert len(bench.rows(nq.COMMENT_EVENTS, since=0, until=bench.now)) == 1
    assert [row.comments for row in bench.rows(nq.COMMENTERS, cases=[case_id("C-1", "jira")])] == [3]
