"""What complete files no longer have has ended: whatever comes late or is undone, as if the rest had come in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from workbench import NOW, Bench, at, embedded_store, person_id, write_csv

from graph_service.erasure import erase_person
from graph_service.identity.settling import known_accounts
from graph_service.model import DAY
from graph_service.store import named_queries as nq

SKILLS = ("person", "skill", "level", "assessed_on")
PEOPLE = ("anna", "bert", "zeno")
LIST = ("Personalnr", "Nachname", "Vorname", "Abteilung")
DAYS = ("2025-01-20", "2025-02-20", "2025-03-20", "2025-04-20")
MOMENTS = ("2025-01-25", "2025-02-25", "2025-03-25", "2025-04-25", "2026-03-01")


@dataclass(frozen=True)
class Told:
    """A file: who is in it, with which level, and the day it is complete as of; empty for one that is not."""

    rows: tuple[tuple[str, str, str], ...]
    day: str


@st.composite
def files(draw: st.DrawFn) -> list[Told]:
    days = draw(st.lists(st.sampled_from((*DAYS, "")), min_size=2, max_size=5))
    levels, said = st.sampled_from("123"), st.sampled_from(("2025-01-10", "2025-02-10", "2025-03-10"))
    told = []
    for day in days:
        there = draw(st.lists(st.sampled_from(PEOPLE[:2]), unique=True))
        dated = [one for one in ("2025-01-10", "2025-02-10", "2025-03-10") if not day or one < day]
        rows = [(who, draw(levels), draw(said.filter(dated.__contains__))) for who in there]
        told.append(Told((*rows, ("zeno", "1", "2025-01-01")), day))
    return told


def take(bench: Bench, place: int, one: Told, kind: str) -> int:
    """Imports a file on its own day of the clock."""
    bench.now = NOW + place * DAY
    path = bench.folder / f"{kind}{place}.csv"
    if kind == "skills":
        write_csv(path, SKILLS, [dict(zip(SKILLS, (w, "KANBAN", level, d), strict=True)) for w, level, d in one.rows])
    else:
        write_csv(
            path,
            LIST,
            [dict(zip(LIST, (who, "Muster", "Max", f"L{level}"), strict=True)) for who, level, _ in one.rows],
        )
    done = bench.take(path, complete_at=at(one.day) if one.day else None, vanish_percent=100.0)
    return done.run.number


def shown(bench: Bench, kind: str) -> list[object]:
    """What shows of the people as of each moment."""
    people = [person_id(who, "house" if kind == "skills" else "personnel") for who in PEOPLE]
    found: list[object] = []
    for day in MOMENTS:
        claims = bench.rows(nq.CLAIMS_OF, as_of=at(day), people=people)
        names = bench.rows(nq.NAMES, as_of=at(day), people=people)
        gone = bench.rows(nq.DEPARTED, as_of=at(day), people=people)
        found.append(
            (day, [(one.person, one.level) for one in claims], [(n.person, n.name, n.unit) for n in names], list(gone))
        )
    return found


def check(bench: Bench, clean: Bench, told: Sequence[Told], undone: set[int], kind: str) -> None:
    """Plays the files as they come, takes some back, and compares with a store that saw the rest by day."""
    runs = [take(bench, place, one, kind) for place, one in enumerate(told)]
    for place in sorted(undone):
        bench.undo(runs[place])
    left = [place for place in range(len(told)) if place not in undone]
    for place in sorted(left, key=lambda one: told[one].day or "9"):
        take(clean, place, told[place], kind)
    assert shown(bench, kind) == shown(clean, kind)


ANNA, ZENO = ("anna", "3", "2025-01-10"), ("zeno", "1", "2025-01-01")
BOTH, ONE = (ANNA, ZENO), (ZENO,)
HISTORIES = {
    "the-later-one-is-undone": ([Told(ONE, DAYS[1]), Told(BOTH, DAYS[0])], {0}),
    "the-next-one-lacks-it-too": ([Told(BOTH, DAYS[0]), Told(ONE, DAYS[1]), Told(ONE, DAYS[2])], {1}),
    "the-middle-one-is-undone": ([Told(ONE, DAYS[2]), Told(BOTH, DAYS[1]), Told(BOTH, DAYS[0])], {1}),
    "one-between-is-undone": (
        [Told(ONE, DAYS[3]), Told(BOTH, DAYS[1]), Told(BOTH, DAYS[2])],
        {1},
    ),
    "corrected-for-the-same-day": ([Told(BOTH, DAYS[0]), Told(ONE, DAYS[1]), Told(BOTH, DAYS[1])], set()),
    "the-correction-is-undone": (
        [Told(BOTH, DAYS[0]), Told(BOTH, DAYS[1]), Told(ONE, DAYS[1]), Told(ONE, DAYS[2])],
        {1},
    ),
    "nothing-complete-told-it": ([Told(BOTH, DAYS[0]), Told(ONE, DAYS[1]), Told(BOTH, "")], {0}),
}


@pytest.mark.parametrize("kind", ["skills", "people"])
@pytest.mark.parametrize("name", HISTORIES)
def test_an_ending_stands_while_complete_files_say_so(bench: Bench, tmp_path: Path, name: str, kind: str) -> None:
    told, undone = HISTORIES[name]
    clean = Bench(embedded_store(tmp_path / "clean.db"), tmp_path / "clean")
    clean.folder.mkdir()
    check(bench, clean, told, undone, kind)
    clean.store.close()


AGAIN = Told((("anna", "5", "2025-03-10"), ZENO), "")
GONE_TWICE = [Told(BOTH, DAYS[0]), Told(ONE, DAYS[1]), Told(ONE, DAYS[2])]


@pytest.mark.parametrize(
    ("told", "undone"),
    [
        ([*GONE_TWICE, AGAIN], {2}), ([*GONE_TWICE, AGAIN], {0}), ([*GONE_TWICE, AGAIN, AGAIN], {3}),
        ([Told(ONE, DAYS[2]), Told(ONE, DAYS[3]), AGAIN, Told(BOTH, DAYS[1])], set()),
    ],
    ids=["its-cause-is-undone", "nobody-told-it", "another-tells-it-again", "late-beside-a-plain-word"],
)  # fmt: skip
def test_what_is_told_again_ends_again(bench: Bench, tmp_path: Path, told: list[Told], undone: set[int]) -> None:
    clean = Bench(embedded_store(tmp_path / "clean.db"), tmp_path / "clean")
    clean.folder.mkdir()
    check(bench, clean, told, undone, "skills")
    clean.store.close()


def test_many_runs_later_it_still_ends(bench: Bench) -> None:
    for place, one in enumerate(GONE_TWICE):
        take(bench, place, one, "skills")
    for place in range(3, 25):
        take(bench, place, Told((("other", "1", "2025-01-01"),), ""), "skills")
    take(bench, 25, AGAIN, "skills")
    assert not list(bench.rows(nq.CLAIMS_OF, people=[person_id("anna", "house")]))


def test_it_does_not_matter_where_a_chunk_ends(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph_service.store.base.Store.facts_at_once", 1)
    for place, one in enumerate(GONE_TWICE):
        take(bench, place, one, "skills")
    take(bench, 3, Told((("anna", "5", "2025-06-10"), ("anna", "4", "2025-03-10"), ZENO), ""), "skills")
    anna = [person_id("anna", "house")]
    assert not bench.rows(nq.CLAIMS_OF, as_of=at("2025-05-01"), people=anna)
    assert [row.level for row in bench.rows(nq.CLAIMS_OF, people=anna)] == [1.0]


def test_what_ended_before_is_not_withdrawn_again(bench: Bench) -> None:
    withdrawn = []
    for place in range(6):
        day = f"2025-0{place + 1}-20"
        path = write_csv(bench.folder / f"p{place}.csv", LIST, [
            dict(zip(LIST, (who, "Muster", "Max", "L"), strict=True)) for who in ("1", "3")[: 2 - place % 2]
        ])  # fmt: skip
        withdrawn.append(bench.take(path, complete_at=at(day), vanish_percent=100.0).counts.facts_withdrawn)
    assert withdrawn == [0, 1, 0, 1, 0, 1]


def test_who_came_back_reads_what_holds_and_is_erased_as_a_whole(bench: Bench) -> None:
    for place, units in enumerate(({"1": "A", "3": "A"}, {"1": "A"}, {"1": "A", "3": "B"})):
        rows = [dict(zip(LIST, (who, "Muster", "Max", unit), strict=True)) for who, unit in units.items()]
        path = write_csv(bench.folder / f"p{place}.csv", LIST, rows)
        bench.take(path, complete_at=at(DAYS[place]), vanish_percent=100.0)
    who = person_id("3", "personnel")
    told = {(row.label, row.replaced) for row in bench.rows(nq.ORIGINS, people=[who]) if row.kind == "profile"}
    assert ("Max Muster, B", 0) in told and all(replaced for label, replaced in told if label.endswith(", A"))
    (known,) = (one for one in known_accounts(bench.store.state(nq.IDENTITY_ACCOUNTS)) if one.key == "3")
    assert known.units == ("B",)
    subjects = bench.store.state(nq.SUBJECTS_OF_RUN, run=2, limit=100)
    erase_person(bench.store, who, "s" * 40, bench.now)
    own = known.account[:8]
    assert any(row.subject.startswith(own) for row in subjects)
    assert not [row for row in bench.store.state(nq.SUBJECTS_OF_RUN, run=2, limit=100) if row.subject.startswith(own)]


def test_the_guard_of_a_late_file_counts_what_stands(bench: Bench) -> None:
    def matrix(people: int, place: int, day: str) -> None:
        names = ("Personalnr", *(f"Skill {n}" for n in range(5)))
        rows = [dict(zip(names, (f"{n:04}", *"23451"), strict=True)) for n in range(people)]
        bench.take(write_csv(bench.folder / f"m{place}.csv", names, rows), complete_at=at(day))

    matrix(40, 0, DAYS[2])
    matrix(42, 1, DAYS[1])  # five percent are not in the later one


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(told=files(), undone=st.sets(st.integers(0, 4)), kind=st.sampled_from(("skills", "people")))
def test_complete_files_in_any_order(
    told: list[Told], undone: set[int], kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder: Path = tmp_path_factory.mktemp("complete")
    benches = []
    for name in ("one", "other"):
        (folder / name).mkdir()
        benches.append(Bench(embedded_store(folder / f"{name}.db"), folder / name, NOW))
    check(*benches, told, {place for place in undone if place < len(told)}, kind)
    for bench in benches:
        bench.store.close()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    there=st.lists(st.sets(st.sampled_from(PEOPLE[:2])), min_size=1, max_size=3),
    kind=st.sampled_from(("skills", "people")),
)
def test_who_comes_back_was_gone_meanwhile(
    there: list[set[str]], kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The next complete file moves nothing of what shows as of the days before."""
    folder: Path = tmp_path_factory.mktemp("back")
    bench = Bench(embedded_store(folder / "s.db"), folder, NOW)
    before: list[object] = []
    for place, (day, present) in enumerate(zip(DAYS, [set(PEOPLE[:2]), *there], strict=False)):
        rows = (*((who, "2", "2025-01-10") for who in sorted(present)), ZENO)
        take(bench, place, Told(rows, day), kind)
        now = shown(bench, kind)
        assert now[:place] == before
        known = {who: person_id(who, "house" if kind == "skills" else "personnel") for who in PEOPLE}
        before = now[: place + 1]
        claims, gone = now[place][1], now[place][3]  # type: ignore[index]
        if kind == "skills":
            assert {one for one, _ in claims} == {known[who] for who in (*present, "zeno")}
        else:
            assert {row.person for row in gone} == {known[who] for who in set(PEOPLE[:2]) - present}
    bench.store.close()
