"""Living off old contacts, and subjects that few people solve: by hand, and through GraphQL on both stores."""

from typing import Any

import numpy as np
import pytest
from askers import asker, context
from drawn_ties import division, ties_of
from scipy.stats import binomtest
from workbench import Bench, at, case, write_csv

from graph_service.access import Role
from graph_service.api.execution import run_now
from graph_service.model import DAY
from graph_service.network.islands import Bracket, bracket
from graph_service.network.old_contacts import Days, SolvedCase
from graph_service.network.reserves import (
    Share,
    first_right,
    reserve_by_group,
    reserve_index,
    reserve_ratio,
    reserve_ties,
)
from graph_service.resources import text_folder
from graph_service.settings import Settings
from graph_service.wiring import Service, service_of

CUT = at("2020-03-01")
PEOPLE = ("person", "name", "unit")


def day(text: str) -> int:
    return at(text) // DAY


def solved(number: int, asker_: int, solver: int, opened: str, first: str = "") -> SolvedCase:
    return SolvedCase(f"c{number}", f"p{asker_:04}", f"p{solver:04}", at(opened), at(first or opened))


TIES = ties_of(
    [
        (0, 1, "MEETING", day("2019-05-01")),
        (0, 1, "MEETING", day("2019-06-01")),
        (0, 1, "MAIL", day("2020-02-29")),
        (0, 2, "MEETING", day("2019-05-01")),
        (0, 2, "CHAT", day("2020-03-01")),
        (1, 3, "CASE", day("2025-06-01")),
        (2, 3, "MEETING", day("2019-01-01")),
        (2, 3, "MEETING", day("2025-11-20")),
    ],
    6,
)


def test_a_case_runs_over_a_reserve_when_the_tie_is_old_and_was_not_renewed() -> None:  # A46
    days = Days(TIES)
    cases = [
        solved(1, 0, 1, "2025-10-05"),  # old, never since
        solved(2, 0, 2, "2025-10-05"),  # renewed on the very day of the cut
        solved(3, 1, 3, "2025-10-05"),  # only known since
        solved(4, 3, 2, "2025-11-20"),  # met on the day of the opening: not before it
        solved(5, 4, 5, "2025-10-05"),  # strangers
    ]
    assert [days.is_reserve(one, CUT) for one in cases] == [True, False, False, True, False]
    assert [days.is_known(one) for one in cases] == [True, True, True, True, False]
    assert reserve_index(cases, days, CUT, 1) == Share(2, 5)
    assert reserve_index([*cases, solved(3, 0, 1, "2025-10-05")], days, CUT, 1) == Share(3, 5)  # a second solver
    assert reserve_index(cases, days, CUT, 3) == Share(2, 5, is_few=True)  # two ask, two solve
    assert reserve_index(cases[1:3], days, CUT, 2) == Share(0, 2)  # nobody is not few
    assert reserve_index([], days, CUT, 1) is None


def test_interval_of_wilson() -> None:
    for count, of in ((58, 100), (0, 7), (7, 7), (1, 2)):
        expected = binomtest(count, of).proportion_ci(method="wilson")
        assert Share(count, of).interval == (
            pytest.approx(expected.low, abs=1e-9),
            pytest.approx(expected.high, abs=1e-9),
        )


def test_reserve_ties_and_ratio() -> None:
    assert reserve_ties(TIES, CUT, 2) == 1  # three occasions before, none since
    assert reserve_ties(TIES, CUT, 3) is None
    as_of = at("2020-05-30")
    parts = {"MEETING": (1.5, 120), "MAIL": (0.5, 60), "CHAT": (0.3, 30)}

    def strength(kind: str, on: str) -> float:
        weight, half_life = parts[kind]
        return weight * 2 ** (-(day("2020-05-30") - day(on)) / half_life)

    old = sum(strength("MEETING", on) for on in ("2019-05-01", "2019-06-01", "2019-05-01", "2019-01-01"))
    old += strength("MAIL", "2020-02-29")
    new = strength("CHAT", "2020-03-01")
    assert reserve_ratio(TIES, CUT, as_of, 2) == pytest.approx(old / (old + new), abs=1e-9)


def test_first_right_person_with_and_without_a_tie() -> None:
    cases = [solved(n, 0, 1, "2025-10-05T08:00", "2025-10-05T09:30") for n in range(3)]
    cases += [solved(9, 4, 5, "2025-10-05T08:00", "2025-10-05T12:00")]
    assert first_right(cases, Days(TIES), 1) == (2, 4)
    assert first_right(cases, Days(TIES), 2) == (None, None)  # one asks, one solves
    assert reserve_ratio(TIES, CUT, at("2020-05-30"), 5) is None


def test_no_group_is_told_of_few_askers_nor_left_out_alone() -> None:
    people = [f"p{number:04}" for number in range(60)]
    groups = division(["A"] * 20 + ["B"] * 20 + ["C"] * 20, people)
    days = Days(ties_of([(0, 1, "MAIL", 1)], 60))
    cases = [solved(n, n, (n + 7) % 60, "2025-10-05") for n in [*range(12), *range(20, 33), *range(40, 45)]]
    shown = reserve_by_group(cases, days, CUT, groups, 10)
    assert set(shown) == {1}  # C has five askers, and A goes with it: the whole less the others would be C
    by_one = [solved(n, n, 1, "2025-10-05") for n in range(60) if n != 1]
    assert reserve_by_group(by_one, days, CUT, groups, 10) == {}  # whatever they ask, it tells of the one who solves
    stranger = [*cases, solved(99, 900, 7, "2025-10-05")]
    assert set(reserve_by_group(stranger, days, CUT, groups, 10)) == {1}


def test_no_share_tells_of_the_few_whose_cases_are_counted() -> None:
    groups = division(["A"] * 20 + ["B"] * 20 + ["C"] * 20, [f"p{number:04}" for number in range(60)])
    every = [solved(n, n, (n + 30) % 60, "2025-10-05") for n in range(60)]

    def told(*old: int) -> tuple[list[int], bool]:
        days = Days(ties_of([(min(n, n + 30), n + 30, "MAIL", 1) for n in old], 60))
        shares = reserve_by_group(every, days, CUT, groups, 10)
        whole = reserve_index(every, days, CUT, 10)
        return [group for group, share in shares.items() if not share.is_few], bool(whole and not whole.is_few)

    assert told(*range(20)) == ([0, 1, 2], True)  # all of A, ten of B and ten of C, who are twenty each
    assert told(*range(15)) == ([1], True)  # all but five of A and five of C; together they are enough
    assert told(*range(20, 22), *range(10)) == ([0], True)  # two of B and ten; of C no more than two, so B goes with it
    assert told(0, 1) == ([], False)
    assert told() == ([0, 1, 2], True)


def test_brackets() -> None:
    assert [bracket(count) for count in (1, 2, 3, 9, 10, 400)] == [
        *[Bracket.ONE_OR_TWO] * 2, *[Bracket.A_FEW] * 2, *[Bracket.MANY] * 2,
    ]  # fmt: skip
    assert np.array(list(Bracket)).tolist() == ["1-2", "3-9", "10+"]


# Through GraphQL


@pytest.fixture
def service(bench: Bench) -> Service:
    """Two units of twelve; each asks twice in the last quarter of 2025: somebody of the other unit, whom half of them
    know from before the cut, and a stranger who is quicker."""
    units = {f"a{number:02}": "Service" for number in range(12)} | {f"b{number:02}": "Vertrieb" for number in range(12)}
    people = [{"person": one, "name": one.upper(), "unit": unit} for one, unit in units.items()]
    bench.take(write_csv(bench.folder / "people.csv", PEOPLE, people))
    rows = []
    for number, one in enumerate(units):
        other, month = f"{'b' if one[0] == 'a' else 'a'}{one[1:]}", 10 + number % 3
        if number % 2 == 0:
            rows.append(case(f"O-{number}", "2019-05-01T08:00", "Drucker streikt", closed_at="2019-05-02T08:00",
                             reporter=one, solver=other))  # fmt: skip
        rows.append(case(f"N-{number}", f"2025-{month}-05T08:00", "Drucker streikt", closed_at=f"2025-{month}-05T12:00",
                         reporter=one, solver=other, product="Druck"))  # fmt: skip
        rows.append(case(f"L-{number}", f"2025-{month}-06T08:00", "Lager voll", closed_at=f"2025-{month}-06T10:00",
                         reporter=one, solver=f"s{number % 13}", product="Lager"))  # fmt: skip
        rows.append(case(f"P-{number}", f"2025-{month}-07T08:00", "Platine defekt", closed_at=f"2025-{month}-07T10:00",
                         solver="meister", product="Platine"))  # fmt: skip
    bench.cases(*rows)
    settings = Settings(knowledge_islands="Betriebsvereinbarung 4", analysis_by="unit")
    return service_of(bench.store, settings).at(bench.now)


def ask(service: Service, name: str, role: Role = Role.ANALYST, **variables: Any) -> Any:
    document = (text_folder("queries") / "graphql" / f"{name}.graphql").read_text(encoding="utf-8")
    return run_now(document, variables, context(service, who=asker(role)))


QUARTER = {"first": "2025-10", "last": "2025-12"}


def test_reserve_index_by_unit(bench: Bench, service: Service) -> None:
    outcome = ask(service, "reserve_index", window=QUARTER)
    assert not outcome.errors, outcome.errors
    found = outcome.data["reserveIndex"]
    assert (found["index"]["value"], found["index"]["cases"]) == (0.25, 48)
    assert found["headline"].startswith("25 % der 48 gelösten Fälle leben von alten Kontakten")
    assert {group["name"]: group["share"] and group["share"]["value"] for group in found["groups"]} == {
        "Service": None, "Vertrieb": None, "Übrige": None,
    }  # fmt: skip
    shares = [group["share"] for group in found["groups"] if group["share"]]
    assert [share["cases"] for share in shares] == [24, 24]  # six of twelve asked whom they knew: too few to tell of
    assert (found["hoursWithTie"], found["hoursWithoutTie"]) == (4, 2)
    assert found["reserveTies"] is None and found["reserveRatio"] is None
    assert [one["share"] for one in found["earlier"]] == [None, None]
    late = ask(service_of(bench.store, Settings(reserve_cut="2025-11")).at(bench.now), "reserve_index", window=QUARTER)
    assert late.errors[0]["extensions"]["code"] == "network.cut_late"
    month = ask(service, "reserve_index", window={"first": "2025-11", "last": "2025-11"})
    assert month.errors[0]["extensions"]["code"] == "network.not_a_quarter"


def test_knowledge_islands_need_an_agreement(bench: Bench, service: Service) -> None:
    outcome = ask(service, "knowledge_islands", window={"first": "2025-01", "last": "2025-12"})
    assert not outcome.errors, outcome.errors
    found = outcome.data["knowledgeIslands"]
    assert [(one["subject"], one["cases"], one["people"]) for one in found["subjects"]] == [
        ("Platine", "20-49", "1-2"), ("Druck", "20-49", "10+"), ("Lager", "20-49", "10+"),
    ]  # fmt: skip
    assert found["headline"].startswith("Am dünnsten: Platine.") and found["agreement"] == "Betriebsvereinbarung 4"
    without = service_of(bench.store, Settings()).at(bench.now)
    quarter = ask(service, "knowledge_islands", window=QUARTER)
    assert quarter.errors[0]["extensions"]["code"] == "network.not_a_year"
    refused = ask(without, "knowledge_islands", window={"first": "2025-01", "last": "2025-12"})
    assert refused.errors[0]["extensions"]["code"] == "network.no_islands"


def test_only_analysts_ask(bench: Bench, service: Service) -> None:
    for role in Role:
        if role is not Role.ANALYST:
            assert ask(service, "reserve_index", role, window=QUARTER).errors
            assert ask(service, "knowledge_islands", role, window=QUARTER).errors
            assert ask(service, "reconnect", role).errors
