"""Ties as the stores add them up: by hand, against a plain count, alike in both, and never stale."""

import random
from collections import defaultdict
from pathlib import Path

import pytest
from workbench import COLUMNS, NOW, Bench, at, case, person_id, write_csv

from graph_service.access import EVERYTHING, Purpose, everybody_for
from graph_service.choices import take_part
from graph_service.erasure import erase_person
from graph_service.evidence.tie_months import KIND, month_of, ties_of
from graph_service.evidence.ties import Ties, joined, ties_from
from graph_service.model import DAY, month_start, next_month
from graph_service.store import named_queries as nq
from graph_service.store.base import Store

CONTACTS = ("von", "an", "wann", "Art")
SPAN = {"since": at("2025-01-01"), "until": at("2026-05-01")}


def contacts(bench: Bench, *rows: tuple[str, str, str, str], name: str = "contacts.csv") -> int:
    told = [dict(zip(CONTACTS, row, strict=True)) for row in rows]
    return bench.take(write_csv(bench.folder / name, CONTACTS, told)).run.number


def named(bench: Bench, query: nq.NamedQuery[nq.PairDay], as_of: int | None = None) -> list[tuple[object, ...]]:
    """Rows with the last letters of the keys instead of ids."""
    keys = {}
    for account in bench.store.state(nq.IDENTITY_ACCOUNTS):
        keys.setdefault(account.person, account.key)
    rows = bench.rows(query, as_of, **SPAN)
    return sorted((*sorted((keys[row.one], keys[row.other])), *row[2:]) for row in rows)


def day(text: str) -> int:
    return at(text) // DAY


def test_contacts_are_added_up_by_pair_kind_and_day(bench: Bench) -> None:
    contacts(
        bench,
        ("a", "b", "2025-03-01T08:00", "MEETING"),
        ("b", "a", "2025-03-01T18:00", "MEETING"),
        ("a", "b", "2025-03-01T19:00", "MAIL"),
        ("a", "c", "2025-03-02T06:00", "MEETING"),
        ("a", "c", "2025-03-02T23:30", "MEETING"),
    )
    one = 10**12
    assert named(bench, nq.CONTACT_DAYS) == [
        ("a", "b", "MAIL", day("2025-03-01"), 1, one),
        ("a", "b", "MEETING", day("2025-03-01"), 2, 2 * one),
        ("a", "c", "MEETING", day("2025-03-02"), 2, 2 * one),
    ]


def test_people_meet_in_a_case_when_the_later_is_first_seen_in_it(bench: Bench) -> None:
    bench.cases(case("K-1", "2025-03-01T08:00", "Lager", closed_at="2025-03-05T08:00", reporter="a", solver="b"))
    one = 10**12
    assert named(bench, nq.CASE_DAYS) == [("a", "b", "CASE", day("2025-03-05"), 1, one)]
    assert named(bench, nq.CASE_DAYS, as_of=at("2025-03-04")) == []
    again = case("K-2", "2025-04-01T08:00", "Lager", closed_at="2025-04-05T08:00", reporter="a", solver="a")
    bench.cases(again, name="more.csv")
    assert named(bench, nq.CASE_DAYS) == [("a", "b", "CASE", day("2025-03-05"), 1, one)]  # nobody meets oneself


def history(bench: Bench, seed: int) -> list[int]:
    """Files of contacts and cases, some of them of one person under two names, some undone; returns the undone runs."""
    chance = random.Random(seed)
    names = [f"p{number}" for number in range(9)]
    rows = [
        (*chance.sample(names, 2), f"2025-0{chance.randint(1, 6)}-0{chance.randint(1, 9)}T0{chance.randint(0, 9)}:00",
         chance.choice(["MAIL", "CALL", "CHAT"]))
        for _ in range(60)
    ]  # fmt: skip
    runs = [contacts(bench, *rows[:25], name="1.csv"), contacts(bench, *rows[20:45], name="2.csv")]
    runs.append(contacts(bench, *rows[40:], name="3.csv"))
    cells = []
    for number in range(25):
        opened = f"2025-{chance.randint(1, 5):02}-{chance.randint(1, 27):02}T08:00"
        closed = f"{opened[:8]}{int(opened[8:10]) + 1:02}T0{chance.randint(0, 9)}:00"
        people = chance.sample(names, 4)
        cells.append(case(f"K-{number}", opened, "Lager voll", closed_at=closed, reporter=people[0], solver=people[1],
                          participants=";".join(people[1:])))  # fmt: skip
    bench.take(write_csv(bench.folder / "k1.csv", COLUMNS, cells[:15]))
    runs.append(bench.take(write_csv(bench.folder / "k2.csv", COLUMNS, cells[10:])).run.number)
    people = [{"person": f"p{number}", "name": f"P {number}", "unit": "U", "site": "S"} for number in range(4)]
    bench.take(write_csv(bench.folder / "people.csv", ("person", "name", "unit", "site"), people))
    undone = chance.sample(runs, 1)
    for run in undone:
        bench.undo(run)
    return undone


@pytest.mark.parametrize("seed", range(4))
def test_both_stores_give_the_same_rows(both: tuple[Store, Store], tmp_path: Path, seed: int) -> None:
    found = []
    for store in both:
        folder = tmp_path / store.name.split()[0]
        folder.mkdir()
        bench = Bench(store, folder)
        history(bench, seed)
        everybody = sorted({row.person for row in store.state(nq.IDENTITY_ACCOUNTS)})
        told = []
        for as_of in (at("2025-02-15"), at("2025-04-01"), bench.now):
            told += [bench.rows(query, as_of, **SPAN) for query in (nq.CONTACT_DAYS, nq.CASE_DAYS)]
            for others in ([], everybody[:3]):
                told += [
                    bench.rows(query, as_of, people=everybody[:4], others=others)
                    for query in (nq.CONTACTS_OF, nq.CASES_WITH)
                ]
            told += [bench.rows(query, as_of) for query in (nq.MEMBERSHIPS, nq.ORG_UNITS, nq.CUSTOMER_CONTACTS)]
            told.append(bench.rows(nq.CONTACT_RANGE, as_of, since=0))
        found.append(told)
    assert found[0] == found[1]
    assert any(found[0])


def whole(bench: Bench) -> Ties:
    """All ties, as they are read and as they are added up now; fails where these differ."""
    scope = everybody_for(Purpose.NETWORK_ANALYSIS)
    with bench.store.view(scope, as_of=bench.now) as view:
        until = month_start(view.as_of)
        kept = view.ask(nq.CHECKPOINTS, kind=f"{KIND}.{view.pin.crowd}", since=0, until=until)
        read = ties_of(view)
        month, parts = at("2024-12-01"), []
        while month < until:
            parts.append(month_of(view, month, next_month(month)))
            month = next_month(month)
        fresh = joined(parts)
    assert kept, "nothing was kept"
    same = [read.people == fresh.people, *((getattr(read, name) == getattr(fresh, name)).all() for name in FIELDS)]
    assert all(same)
    return read


FIELDS = ("one", "other", "kind", "day", "contacts", "weight")


def test_kept_months_are_never_stale(bench: Bench) -> None:
    history(bench, 7)
    sizes = [len(whole(bench))]
    old = contacts(bench, ("p0", "p8", "2025-01-20T09:00", "VISIT"), name="old.csv")
    sizes.append(len(whole(bench)))
    bench.undo(old)
    sizes.append(len(whole(bench)))
    (who,) = bench.store.state(nq.PERSON_NOW, origin=person_id("p1"))
    take_part(bench.store, who.person, [Purpose.CASE_HELP], bench.now)
    sizes.append(len(whole_or_counted(bench)))
    take_part(bench.store, who.person, [Purpose.CASE_HELP, Purpose.NETWORK_ANALYSIS], bench.now)
    sizes.append(len(whole_or_counted(bench)))
    erase_person(bench.store, who.person, "secret", bench.now)
    sizes.append(len(whole(bench)))
    first, with_old, without_old, left, back, erased = sizes
    assert with_old == first + 1 and without_old == first == back and left == erased < first


def whole_or_counted(bench: Bench) -> Ties:
    """After a choice months may not be kept yet; they are then added up."""
    with bench.store.view(everybody_for(Purpose.NETWORK_ANALYSIS), as_of=bench.now) as view:
        return ties_of(view)


def test_what_a_later_file_ends_is_gone_from_kept_months_too(bench: Bench) -> None:
    bench.now = at("2026-04-20")
    contacts(bench, ("a", "b", "2026-03-05T09:00", "MEETING"), ("a", "c", "2026-03-06T09:00", "MEETING"))
    rows = [dict(zip(CONTACTS, ("a", "b", "2026-03-05T09:00", "MEETING"), strict=True))]
    bench.take(write_csv(bench.folder / "full.csv", CONTACTS, rows), complete_at=bench.now)
    bench.now = NOW
    assert len(whole(bench)) <= 2


def test_a_dump_is_the_same_and_parts_join() -> None:
    rows = [nq.PairDay("a", "b", "MAIL", 20_000 + n, n + 1, 10**12) for n in range(4)]
    rows += [nq.PairDay("b", "c", "CASE", 20_010, 1, 10**12 // 3)]
    ties = ties_from(rows)
    again = Ties.load(ties.dump())
    assert again.people == ties.people and all((getattr(again, one) == getattr(ties, one)).all() for one in FIELDS)
    parts = joined([ties_from(rows[3:]), ties_from(rows[:3])])
    assert parts.people == ties.people and all((getattr(parts, one) == getattr(ties, one)).all() for one in FIELDS)
    assert len(joined([])) == 0 and len(ties_from([])) == 0


def test_the_plain_count_of_a_history(bench: Bench) -> None:
    chance = random.Random(5)
    names = [f"p{number}" for number in range(6)]
    rows = [
        (
            *chance.sample(names, 2),
            f"2025-0{chance.randint(1, 6)}-0{chance.randint(1, 9)}T{3 + n % 20:02}:{n % 60:02}",
            "MAIL",
        )
        for n in range(200)
    ]
    contacts(bench, *rows)
    expected: dict[tuple[str, str, int], int] = defaultdict(int)
    for one, other, moment_, _ in set(rows):  # the same contact told twice is one
        expected[*sorted((one, other)), day(moment_)] += 1
    found = {(row[0], row[1], row[3]): row[4] for row in named(bench, nq.CONTACT_DAYS)}
    assert found == dict(expected)
    with bench.store.view(EVERYTHING, as_of=bench.now) as view:
        assert int(month_of(view, **SPAN).contacts.sum()) == len(set(rows))
