"""Small groups: which groups there are, which cells may be shown, and what a curious analyst cannot work out."""

import random

import numpy as np
from askers import asker, context
from hypothesis import given, settings, strategies as st
from offices import Office, take_office
from workbench import Bench, at, person_id

from graph_service.access import Purpose, Role
from graph_service.api.execution import run_now
from graph_service.choices import take_part
from graph_service.network.differences import Cells, Members, told, without_differences
from graph_service.network.division import REST, Division
from graph_service.network.groups import whole
from graph_service.settings import Settings
from graph_service.store import named_queries as nq
from graph_service.wiring import Service, service_of

MINIMUM = 10


def named(**sizes: int) -> dict[str, str]:
    return {f"{name}{number}": name for name, size in sizes.items() for number in range(size)}


def shape(division: Division) -> dict[tuple[str, ...], int]:
    return dict(zip(division.names, division.sizes, strict=True))


def test_too_small_units_are_shown_as_the_next_bigger_one() -> None:
    above = {"Dreherei": "Fertigung", "Fräserei": "Fertigung", "Fertigung": "Werk"}
    found = whole(named(Dreherei=4, Fräserei=12, Fertigung=7, Einkauf=15), above, MINIMUM)
    assert shape(found) == {("Fräserei",): 12, ("Fertigung",): 11, ("Einkauf",): 15}


def test_what_has_no_bigger_unit_is_with_the_rest_and_a_small_rest_with_the_smallest_group() -> None:
    assert shape(whole(named(A=20, B=9, C=8), {}, MINIMUM)) == {(REST,): 17, ("A",): 20}
    assert shape(whole(named(A=20, B=12, C=3), {}, MINIMUM)) == {(REST, "B"): 15, ("A",): 20}


@given(st.integers(2, 6), st.randoms(use_true_random=False))
@settings(max_examples=80)
def test_no_hidden_cell_follows_from_the_sums(groups: int, chance: random.Random) -> None:
    codes = np.array([a * groups + b for a in range(groups) for b in range(a, groups) if chance.random() < 0.9])
    if not len(codes):
        return
    shown = np.array([chance.random() < 0.7 for _ in codes])
    rows = []
    for place, code in enumerate(codes.tolist()):
        for side in {code // groups, code % groups}:
            few = not shown[place] and chance.random() < 0.7
            count = chance.randint(1, 9) if few else 20
            rows += [(place, side * 100 + one, side) for one in chance.sample(range(40), count)]
    members = Members(*(np.array(column) for column in zip(*rows, strict=True)))
    cells = Cells(groups, codes, shown, np.ones(groups + 1, dtype=bool))
    found = without_differences(cells, members, MINIMUM)
    assert not (found.shown & ~shown).any()
    between = found.one != found.other
    assert not told(found, between & ~found.shown, found.sums).any()
    for group in range(groups):
        hidden = between & ~found.shown & ((found.one == group) | (found.other == group))
        for side in (members.group == group, members.group != group):
            assert not found.sums[group] or members.count(hidden, side) == 0 or members.count(hidden, side) >= MINIMUM
    for kind in (between, ~between):
        hidden = kind & ~found.shown
        assert not found.sums[-1] or not hidden.any() or (hidden.sum() > 1 and members.count(hidden) >= MINIMUM)


LATE = '{first: "2025-10", last: "2025-12"}'


def test_after_somebody_left_no_question_is_answered_until_the_next_month(bench: Bench) -> None:
    take_office(bench, Office(sites=(("Fertigung", 16), ("Lager", 15), ("Service", 14)), between=0.4))
    service = service_of(bench.store, Settings(knowledge_islands="Vereinbarung")).at(bench.now)
    queries = (
        '{ reserveIndex(window: {first: "2025-10", last: "2025-12"}) { headline } }',
        '{ knowledgeIslands(window: {first: "2025-01", last: "2025-12"}) { headline } }',
        f'{{ boundary(groups: {{one: "Lager", other: "Service"}}, event: {LATE}) {{ headline }} }}',
        "{ reconnect { headline } }",
        f'{{ networkChange(before: {{first: "2019-10", last: "2019-12"}}, after: {LATE}) {{ headline }} }}',
    )

    def codes(of: Service) -> list[str]:
        outcomes = [run_now(query, {}, context(of, who=asker(Role.ANALYST))) for query in queries]
        return [outcome.errors[0]["extensions"]["code"] if outcome.errors else "" for outcome in outcomes]

    assert "network.withheld" not in codes(service)
    (who,) = bench.store.state(nq.PERSON_NOW, origin=person_id("lager003"))
    take_part(bench.store, who.person, [Purpose.CASE_HELP], service.wall() + 1)
    assert codes(service) == ["network.withheld"] * len(queries)
    assert "network.withheld" not in codes(service.at(at("2026-06-01")))
