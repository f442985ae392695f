"""Small groups: which groups there are, which cells may be shown, and what a curious analyst cannot work out."""

import json
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from askers import asker, context
from hypothesis import given, settings, strategies as st
from offices import Office, take_office
from workbench import Bench, at, person_id, write_csv

from graph_service.access import Purpose, Role
from graph_service.api.execution import run_now
from graph_service.choices import take_part
from graph_service.network import publication
from graph_service.network.differences import Cells, Members, told, without_differences
from graph_service.network.division import REST, Division
from graph_service.network.groups import whole
from graph_service.network.thinning import Question
from graph_service.resources import text_folder
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
@settings(max_examples=80, deadline=None)
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


# A curious analyst

UNITS = {"Fertigung": 14, "Lager": 12, "Service": 13, "Versand": 11, "Labor": 3, "Einkauf": 9}
QUARTERS = [(f"{year}-{first:02}", f"{year}-{first + 2:02}") for year in (2024, 2025) for first in (1, 4, 7, 10)][:6]
KINDS = ("MEETING", "MAIL", "TRAINING", "CALL")
Contacts = Sequence[tuple[str, str, str, str]]


def curious_house(bench: Bench) -> tuple[dict[str, str], Contacts]:
    """People and contacts in which there is much to be curious about: small units, lone contacts, a seldom kind, a unit
    with one liaison."""
    chance = random.Random(7)
    people = {f"{unit.lower()}{number}": unit for unit, size in UNITS.items() for number in range(size)}
    names = list(people)
    contacts = []
    for month in [f"{first[:4]}-{int(first[5:]) + more:02}" for first, _ in QUARTERS for more in range(3)]:
        for _ in range(220):
            one, other = chance.sample(names, 2)
            if "Versand" in (people[one], people[other]) and people[one] != people[other]:
                other = "versand0" if people[other] == "Versand" else other
                one = "versand0" if people[one] == "Versand" else one
            contacts.append((one, other, f"{month}-{chance.randint(1, 28):02}", chance.choice(KINDS[:2])))
        contacts.append((*chance.sample(names[:5], 2), f"{month}-09", "TRAINING"))
        contacts += [("lager1", "service2", f"{month}-1{day}", "CALL") for day in range(3)]
    rows = [{"person": one, "name": one.title(), "unit": unit} for one, unit in people.items()]
    bench.take(write_csv(bench.folder / "people.csv", ("person", "name", "unit"), rows))
    told_of = [
        {"von": one, "an": other, "wann": f"{day}T{8 + place % 9:02}:{place % 60:02}", "Art": kind}
        for place, (one, other, day, kind) in enumerate(contacts)
    ]
    bench.take(write_csv(bench.folder / "contacts.csv", ("von", "an", "wann", "Art"), told_of))
    return people, contacts


def test_a_curious_analyst_never_learns_of_few(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    people, contacts = curious_house(bench)
    monkeypatch.setattr(publication, "Question", lambda *asked, **more: Question(*asked, draws=2, **more))
    service = service_of(bench.store, Settings(analysis_by="unit")).at(at("2026-01-05"))
    text = (text_folder("queries") / "graphql" / "network_change.graphql").read_text(encoding="utf-8")
    chance, seen, shown, hidden = random.Random(11), {}, 0, 0
    for _ in range(500):
        first, second = sorted(chance.sample(QUARTERS, 2))
        kinds = chance.choice([None, None, *([kind] for kind in KINDS)])
        spans = {
            name: dict(zip(("first", "last"), span, strict=True))
            for name, span in (("before", first), ("after", second))
        }
        key = json.dumps([first, second, kinds])
        if key in seen and chance.random() < 0.8:
            continue
        outcome = run_now(text, {**spans, "kinds": kinds}, context(service, who=asker(Role.ANALYST)))
        assert not outcome.errors and outcome.data, outcome.errors
        found = outcome.data["networkChange"]
        answer = json.dumps(found, ensure_ascii=False)
        assert seen.setdefault(key, answer) == answer
        assert not any(one in answer or one.title() in answer or person_id(one) in answer for one in people)
        assert "Labor" not in answer and "Einkauf" not in answer
        nothing_is_of_few(found, (first, second), people, contacts)
        shown += len(found["pairs"])
        hidden += found["hiddenPairs"]
    assert shown > 100 and hidden > 100  # there was something to see, and something to hide


def nothing_is_of_few(
    found: dict[str, Any], spans: tuple[tuple[str, str], tuple[str, str]], people: dict[str, str], contacts: Contacts
) -> None:
    """Whatever is shown, and what is left of it less all that is shown beside it, is of nobody or of ten people on each
    side, in each quarter, by the kinds that were compared and by the others."""
    names = [group["name"] for group in found["groups"]]
    rest = next(name for name in names if "Übrige" in name)
    group = {one: next((name for name in names if unit in name.split(", ")), rest) for one, unit in people.items()}
    compared = set(found["comparedKinds"])
    assert all(group["size"] >= MINIMUM for group in found["groups"])
    of_kinds = [(a, b, day, kind) for a, b, day, kind in contacts if kind in compared]
    others = [(a, b, day, kind) for a, b, day, kind in contacts if kind not in compared]
    for low, high in spans:
        for rows in (of_kinds, others):
            ties = {(min(a, b), max(a, b)) for a, b, day, _ in rows if low <= day[:7] <= high}
            told_cells = {frozenset((pair["one"], pair["other"])) for pair in found["pairs"]}
            for cell in told_cells:
                are_enough(ends(ties, group, lambda one, other, cell=cell: frozenset((one, other)) == cell), cell)
            for name in (one["name"] for one in found["groups"] if one["crossTies"]):
                across = [tie for tie in ties if (group[tie[0]] == name) != (group[tie[1]] == name)]
                left = [tie for tie in across if frozenset((group[tie[0]], group[tie[1]])) not in told_cells]
                for some in (across, left) if rows is of_kinds else (across,):
                    own = {end for tie in some for end in tie if group[end] == name}
                    away = {end for tie in some for end in tie if group[end] != name}
                    assert all(not side or len(side) >= MINIMUM for side in (own, away)), (name, len(own), len(away))
            if found["ties"] is not None:
                assert not ties or len({end for tie in ties for end in tie}) >= MINIMUM
                inside = [tie for tie in ties if group[tie[0]] == group[tie[1]]]
                left = {end for tie in inside for end in tie if frozenset((group[end],)) not in told_cells}
                assert rows is others or not left or len(left) >= MINIMUM


def ends(ties: set[tuple[str, str]], group: dict[str, str], test: Any) -> list[set[str]]:
    """The people on both sides of the ties between two groups; one side inside of one."""
    sides: dict[str, set[str]] = {}
    for one, other in ties:
        if test(group[one], group[other]):
            sides.setdefault(group[one], set()).add(one)
            sides.setdefault(group[other], set()).add(other)
    return list(sides.values())


def are_enough(sides: list[set[str]], what: object) -> None:
    assert all(len(side) >= MINIMUM for side in sides), (what, [len(side) for side in sides])


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
