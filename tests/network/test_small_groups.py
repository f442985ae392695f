"""Small groups: which groups there are, which cells may be shown, and what a curious analyst cannot work out."""

import itertools
import json
import random
from collections.abc import Sequence

import numpy as np
import pytest
from askers import asker, context
from hypothesis import given, settings, strategies as st
from workbench import Bench, at, person_id, write_csv

from graph_service.access import Role
from graph_service.api.execution import run_now
from graph_service.network import publication
from graph_service.network.crossing import uncrossed
from graph_service.network.differences import Cells
from graph_service.network.division import REST, Division
from graph_service.network.groups import whole
from graph_service.network.protection import _told, _without_differences
from graph_service.network.thinning import Question
from graph_service.resources import text_folder
from graph_service.settings import Settings
from graph_service.wiring import service_of

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


def test_units_that_cross_sites_in_few_people_are_shown_together() -> None:
    site = {f"p{number}": "Ulm" if number < 30 else "Wien" for number in range(60)}
    unit = {f"p{number}": "Lager" if number < 29 else "Service" for number in range(60)}
    sites, units = whole(site, {}, MINIMUM), whole(unit, {}, MINIMUM)
    assert shape(units) == {("Lager",): 29, ("Service",): 31}
    assert shape(uncrossed(sites, units, MINIMUM)) == {("Lager", "Service"): 60}


@st.composite
def houses(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """People by unit and by site, and a tree of units."""
    count = draw(st.integers(10, 90))
    people = [f"p{number:03}" for number in range(count)]
    unit = {one: draw(st.sampled_from(["", "a", "b", "c", "d", "e"])) for one in people}
    site = {one: draw(st.sampled_from(["", "X", "Y", "Z"])) for one in people}
    return unit, site, draw(st.sampled_from([{}, {"a": "m", "b": "m"}, {"a": "b", "b": "a"}, {"a": "m", "m": "n"}]))


@given(houses())
@settings(max_examples=60, deadline=None)
def test_no_sum_of_groups_tells_of_few(house: tuple[dict[str, str], dict[str, str], dict[str, str]]) -> None:
    unit, site, above = house
    sites = whole(site, {}, MINIMUM)
    units = uncrossed(sites, whole(unit, above, MINIMUM), MINIMUM)
    for division in (sites, units):
        assert set(division.group) == set(unit) and min(division.sizes) >= MINIMUM
    told_of_few(sites, units, list(unit))


def told_of_few(sites: Division, units: Division, people: Sequence[str]) -> None:
    """Fails when some combination of figures of groups is a figure of fewer people than the minimum: a vector in the
    row space of the groups that is nothing but on a few people's places."""
    atoms: dict[tuple[int, int], int] = {}
    for one in people:
        key = (sites.group[one], units.group[one])
        atoms[key] = atoms.get(key, 0) + 1
    places = sorted(atoms)
    rows = [[float(key[0] == group) for key in places] for group in range(len(sites.names))]
    rows += [[float(key[1] == group) for key in places] for group in range(len(units.names))]
    matrix = np.array(rows)
    rank = np.linalg.matrix_rank(matrix)
    small = [place for place, key in enumerate(places) if atoms[key] < MINIMUM]
    for count in range(1, min(len(small), 4) + 1):
        for few in itertools.combinations(small, count):
            if sum(atoms[places[place]] for place in few) < MINIMUM:
                others = [place for place in range(len(places)) if place not in few]
                assert np.linalg.matrix_rank(matrix[:, others]) == rank


@given(st.integers(2, 6), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_no_hidden_cell_follows_from_the_sums(groups: int, chance: random.Random) -> None:
    codes = np.array([a * groups + b for a in range(groups) for b in range(a, groups) if chance.random() < 0.9])
    if not len(codes):
        return
    shown = np.array([chance.random() < 0.7 for _ in codes])
    sizes = [chance.randint(10, 60) if seen else chance.randint(1, 9) for seen in shown]
    members = np.repeat(codes, sizes), np.arange(sum(sizes))
    found = _without_differences(Cells(groups, codes, shown, np.ones(0, dtype=bool)), members, MINIMUM)
    assert not (found.shown & ~shown).any()
    between = found.one != found.other
    assert not _told(found, between & ~found.shown, found.sums).any()
    people = dict(zip(codes.tolist(), sizes, strict=True))
    for kind in (between, ~between):
        hidden = [people[code] for code in codes[kind & ~found.shown].tolist()]
        assert not found.sums[-1] or sum(hidden) == 0 or (len(hidden) > 1 and sum(hidden) >= MINIMUM)


# A curious analyst

UNITS = {"Fertigung": 14, "Lager": 12, "Service": 13, "Versand": 11, "Labor": 3, "Einkauf": 9}
SITES = ("Ulm", "Wien")
MONTHS = [f"2025-{month:02}" for month in range(1, 9)]


def curious_house(bench: Bench) -> tuple[dict[str, dict[str, str]], list[tuple[str, str, str, str]]]:
    """People and contacts in which there is much to be curious about: small units, lone contacts, a unit over two
    sites."""
    chance = random.Random(7)
    people = {}
    for unit, size in UNITS.items():
        for number in range(size):
            site = SITES[1] if unit == "Service" or (unit == "Lager" and number < 2) else SITES[0]
            people[f"{unit.lower()}{number}"] = {"unit": unit, "site": site}
    names = list(people)
    contacts = []
    for month in MONTHS:
        for _ in range(350):
            one, other = chance.sample(names, 2)
            kind = chance.choice(["MEETING", "MEETING", "MEETING", "MAIL", "MAIL", "TRAINING"])
            if kind == "TRAINING" and not {people[one]["unit"], people[other]["unit"]} & {"Labor"}:
                kind = "MEETING"
            contacts.append((one, other, f"{month}-{chance.randint(1, 28):02}", kind))
    rows = [{"person": one, "name": one.title(), **told} for one, told in people.items()]
    bench.take(write_csv(bench.folder / "people.csv", ("person", "name", "unit", "site"), rows))
    told = [
        {"von": one, "an": other, "wann": f"{day}T{8 + place % 9:02}:{place % 60:02}", "Art": kind}
        for place, (one, other, day, kind) in enumerate(contacts)
    ]
    bench.take(write_csv(bench.folder / "contacts.csv", ("von", "an", "wann", "Art"), told))
    return people, contacts


def test_a_curious_analyst_never_learns_of_few(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    people, contacts = curious_house(bench)
    monkeypatch.setattr(publication, "Question", lambda *told: Question(*told, draws=2))  # chance is not what is asked
    service = service_of(bench.store, Settings()).at(at("2025-10-05"))
    document = (text_folder("queries") / "graphql" / "network_change.graphql").read_text(encoding="utf-8")
    chance = random.Random(11)
    seen: dict[str, str] = {}
    shown = hidden = 0
    for _ in range(500):
        ends = sorted(chance.sample(range(len(MONTHS)), 2))
        first, second = (
            sorted((chance.randint(0, ends[0]), ends[0])),
            sorted((ends[0] + 1, chance.randint(ends[0] + 1, ends[1]))),
        )
        kinds = chance.choice([None, ["MEETING"], ["MAIL"], ["TRAINING"], ["MEETING", "MAIL"], ["MEETING", "TRAINING"]])
        variables = {
            "before": {"first": MONTHS[first[0]], "last": MONTHS[first[1]]},
            "after": {"first": MONTHS[second[0]], "last": MONTHS[second[1]]},
            "by": chance.choice(["SITE", "DEPARTMENT", "UNIT"]),
            "kinds": kinds,
        }
        key = json.dumps(variables)
        if chance.random() < 0.1 and seen:
            key = chance.choice(sorted(seen))
            variables = json.loads(key)
        outcome = run_now(document, variables, context(service, who=asker(Role.ANALYST)))
        assert not outcome.errors and outcome.data, outcome.errors
        found = outcome.data["networkChange"]
        text = json.dumps(found, ensure_ascii=False)
        assert seen.setdefault(key, text) == text
        nobody_is_named(text, people)
        cells_are_of_many(found, variables, people, contacts)
        shown += len(found["pairs"])
        hidden += found["hiddenPairs"]
    assert shown > 500 and hidden > 500  # there was something to see, and something to hide


def nobody_is_named(text: str, people: dict[str, dict[str, str]]) -> None:
    for one in people:
        assert one not in text and one.title() not in text and person_id(one) not in text
    assert "Labor" not in text.replace("Labor,", "") and '"size": 3' not in text


def cells_are_of_many(
    found: dict[str, object],
    variables: dict[str, object],
    people: dict[str, dict[str, str]],
    contacts: Sequence[tuple[str, str, str, str]],
) -> None:
    """Whatever cell is shown, in each month of the windows nobody or ten people on each side had such a contact, by the
    kinds that were asked for and by the others."""
    by = "site" if variables["by"] == "SITE" else "unit"
    names = [group["name"] for group in found["groups"]]  # type: ignore[attr-defined]
    for group in found["groups"]:  # type: ignore[attr-defined]
        assert group["size"] >= MINIMUM
    place = {
        one: next((name for name in names if told[by] in name.split(", ")), "Übrige") for one, told in people.items()
    }
    rest = next((name for name in names if "Übrige" in name), None)
    group = {one: rest if name == "Übrige" else name for one, name in place.items()}
    spans = [(variables[name]["first"], variables[name]["last"]) for name in ("before", "after")]  # type: ignore[index]
    ties = [
        {frozenset((a, b)) for a, b, day, kind in contacts if low <= day[:7] <= high and kind in found["comparedKinds"]}  # type: ignore[operator]
        for low, high in spans
    ]
    both = set().union(*ties[0]) & set().union(*ties[1])
    months = [month for month in MONTHS if any(low <= month <= high for low, high in spans)]
    for pair in found["pairs"]:  # type: ignore[attr-defined]
        for month in months:
            for wanted in (True, False):
                sides: dict[str, set[str]] = {pair["one"]: set(), pair["other"]: set()}
                for a, b, day, kind in contacts:
                    told = day[:7] == month and (kind in found["comparedKinds"]) is wanted  # type: ignore[operator]
                    if told and {a, b} <= both and sorted((group[a], group[b])) == sorted((pair["one"], pair["other"])):
                        sides[group[a]].add(a)
                        sides[group[b]].add(b)
                for side in sides.values():
                    assert len(side) == 0 or len(side) >= MINIMUM, (pair, month, wanted)
