"""What was said holds until what replaced it begins: as of any moment, in whatever order the files came."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from workbench import NOW, Bench, at, embedded_store, person_id, write_csv

from graph_service.model import DAY
from graph_service.store import named_queries as nq

SKILLS = ("person", "skill", "level", "assessed_on", "valid_until")
DAYS = [f"2025-0{month}-10" for month in range(1, 7)]
SAID = st.lists(
    st.tuples(st.sampled_from(DAYS), st.sampled_from("12345")), min_size=1, max_size=6, unique_by=lambda one: one[0]
)


def levels(bench: Bench, day: str | int) -> dict[str, tuple[float, bool]]:
    """Skill -> the level that holds as of a day, and whether the day is its own."""
    rows = bench.rows(nq.CLAIMS_OF, as_of=at(day) if isinstance(day, str) else day, people=[person_id("anna", "house")])
    assert len(rows) == len({row.skill for row in rows}), "one level for a skill at a time"
    return {row.label: (row.level, row.is_dated) for row in rows}


def take(bench: Bench, name: str, *rows: tuple[str, str, str, str]) -> int:
    """Imports anna's levels: skill, level, day, last day."""
    return bench.take(_file(bench, name, *rows)).run.number


def _file(bench: Bench, name: str, *rows: tuple[str, str, str, str]) -> Path:
    told = [dict(zip(SKILLS, ("anna", *row), strict=True)) for row in rows]
    return write_csv(bench.folder / f"{name}.csv", SKILLS, told)


def test_a_replaced_level_holds_for_the_time_before(bench: Bench) -> None:
    take(bench, "a", ("KANBAN", "3", "2025-01-10", ""))
    second = take(bench, "b", ("KANBAN", "5", "2025-05-10", ""))
    assert levels(bench, "2025-03-01") == {"KANBAN": (0.6, True)}
    assert levels(bench, "2025-06-01") == {"KANBAN": (1.0, True)}
    late = take(bench, "c", ("KANBAN", "1", "2025-03-10", ""))
    assert levels(bench, "2025-03-01") == {"KANBAN": (0.6, True)}
    assert levels(bench, "2025-04-01") == {"KANBAN": (0.2, True)}
    bench.undo(second)
    assert levels(bench, "2025-06-01") == {"KANBAN": (0.2, True)}
    bench.undo(late)
    assert levels(bench, "2025-04-01") == levels(bench, "2025-06-01") == {"KANBAN": (0.6, True)}


def test_a_level_without_a_day_holds_from_its_import_to_the_next(bench: Bench) -> None:
    start = bench.now
    for month, level in enumerate(("2", "3", "2")):
        bench.now = start + month * 30 * DAY
        take(bench, f"m{month}", ("KANBAN", level, "", ""))
    assert levels(bench, start + 15 * DAY) == {"KANBAN": (0.4, False)}
    assert levels(bench, start + 45 * DAY) == {"KANBAN": (0.6, False)}
    assert levels(bench, bench.now) == {"KANBAN": (0.4, False)}


def test_a_certificate_that_ran_out_stays_ended_when_it_is_replaced_later(bench: Bench) -> None:
    take(bench, "a", ("Kran", "3", "2025-01-10", "2025-02-10"))
    second = take(bench, "b", ("Kran", "5", "2025-05-10", ""))
    shown = [levels(bench, day) for day in ("2025-02-01", "2025-03-01", "2025-06-01")]
    assert shown == [{"Kran": (0.6, True)}, {}, {"Kran": (1.0, True)}]
    third = take(bench, "c", ("Kran", "1", "2025-01-20", ""))
    assert levels(bench, "2025-02-01") == {"Kran": (0.2, True)}
    for run in (third, second):
        bench.undo(run)
    assert [levels(bench, day) for day in ("2025-02-01", "2025-03-01", "2025-06-01")] == [{"Kran": (0.6, True)}, {}, {}]


def test_a_person_reads_what_was_replaced_once(bench: Bench) -> None:
    first = take(bench, "a", ("KANBAN", "3", "2025-01-10", ""))
    second = take(bench, "b", ("KANBAN", "5", "2025-05-10", ""))
    found = bench.rows(nq.ORIGINS, people=[person_id("anna", "house")])
    told = sorted((row.label, row.run, row.replaced) for row in found if row.kind == "skill_claim")
    assert told == [("KANBAN 3", first, second), ("KANBAN 5", second, 0)]
    third = take(bench, "c", ("KANBAN", "1", "2025-03-10", ""))
    found = bench.rows(nq.ORIGINS, people=[person_id("anna", "house")])
    told = sorted((row.label, row.run, row.replaced) for row in found if row.kind == "skill_claim")
    assert told == [("KANBAN 1", third, third), ("KANBAN 3", first, third), ("KANBAN 5", second, 0)]


def test_a_corrected_case_was_never_what_it_was_said_to_be(bench: Bench) -> None:
    """A case is what happened: a later version corrects it, for every moment."""
    row = {"case_id": "K-1", "opened_at": "2025-01-05", "title": "KANBAN", "reporter": "anna"}
    bench.cases(row)
    bench.cases({**row, "opened_at": "2025-03-05", "title": "Lager"})
    with bench.store.view(as_of=at("2025-02-01")) as view:
        assert not view.ask(nq.CASES_BY_KEYS, keys=["K-1"])


@pytest.mark.parametrize("chunk", [1, 2_000], ids=["row-by-row", "whole-file"])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    said=SAID,
    order=st.randoms(use_true_random=False),
    split=st.integers(0, 6),
)  # fmt: skip
def test_as_of_each_day_the_last_level_before_it_holds(
    chunk: int, said: list[tuple[str, str]], order: object, split: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder: Path = tmp_path_factory.mktemp("timeline")
    bench = Bench(embedded_store(folder / "s.db"), folder, NOW)
    shuffled = list(said)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graph_service.store.base.Store.facts_at_once", chunk)
        for name, part in (("a", shuffled[:split]), ("b", shuffled[split:])):
            if part:
                take(bench, name, *(("KANBAN", level, day, "") for day, level in part))
    for day in ("2024-12-31", *DAYS, "2025-12-31"):
        before = [one for one in sorted(said) if one[0] <= day]
        expected = {"KANBAN": (int(before[-1][1]) / 5, True)} if before else {}
        assert levels(bench, at(day)) == expected
    bench.store.close()


def test_two_levels_for_one_day_are_named(bench: Bench) -> None:
    """Which one holds must not hang on the order of the files, so somebody has to look."""
    levels_of = []
    for name, order in (("one", ("2", "4")), ("two", ("4", "2"))):
        runs = [
            bench.take(_file(bench, f"{name}{n}", ("KANBAN", said, "2025-01-10", ""))) for n, said in enumerate(order)
        ]
        assert [(one.line, one.value, one.reason) for one in runs[1].remarks] == [
            (2, f"{name}0.csv, 2", "row.contested")
        ]
        levels_of.append(levels(bench, "2025-06-01"))
        for run in reversed(runs):
            bench.undo(run.run.number)
    assert levels_of[0] == levels_of[1]


def complete(bench: Bench, name: str, day: str, *rows: tuple[str, str, str]) -> None:
    """Imports a complete skill list: person, level, day of each."""
    told = [dict(zip(SKILLS, (who, "KANBAN", level, said, ""), strict=True)) for who, level, said in rows]
    path = write_csv(bench.folder / f"{name}.csv", SKILLS, told)
    bench.take(path, complete_at=at(day), vanish_percent=100.0)


@pytest.mark.parametrize("level", ["1", "2", "3", "4", "5"])
def test_what_is_said_of_the_day_it_ends_holds_whatever_it_says(bench: Bench, level: str) -> None:
    complete(bench, "c1", "2026-01-05", ("anna", "3", "2026-01-01"), ("zeno", "1", "2026-01-01"))
    take(bench, "g", ("KANBAN", level, "2026-03-01", ""))
    complete(bench, "c2", "2026-03-01", ("zeno", "1", "2026-01-01"))
    assert levels(bench, "2026-03-02").keys() == {"KANBAN"} and levels(bench, "2026-02-01") == {"KANBAN": (0.6, True)}


def test_the_days_of_a_complete_file_order_its_levels(bench: Bench) -> None:
    complete(bench, "c", "2025-08-01", ("anna", "3", "2025-05-10"), ("anna", "5", "2025-01-10"), ("zeno", "1", ""))
    assert levels(bench, "2025-02-01") == {"KANBAN": (1.0, True)}
    assert levels(bench, "2025-06-01") == levels(bench, bench.now) == {"KANBAN": (0.6, True)}


def test_who_came_back_ends_again(bench: Bench) -> None:
    one, other = ("anna", "3", "2026-01-01"), ("zeno", "1", "2026-01-01")
    for month, there in (("01", (one, other)), ("02", (other,)), ("03", (one, other)), ("04", (other,))):
        bench.now += DAY
        complete(bench, f"m{month}", f"2026-{month}-20", *there)
    assert levels(bench, "2026-04-21") == {} and levels(bench, "2026-04-01") == {"KANBAN": (0.6, True)}


def test_who_lost_a_line_of_a_list_of_skills_has_not_left(bench: Bench) -> None:
    one, other = ("anna", "3", "2026-01-01"), ("zeno", "1", "2026-01-01")
    complete(bench, "c1", "2026-01-20", one, other)
    complete(bench, "c2", "2026-02-20", other)
    assert not bench.rows(nq.DEPARTED, people=[person_id("anna", "house")])
