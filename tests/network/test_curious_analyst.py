"""A curious analyst: whatever is asked, in whatever order, nothing that is told is of fewer people than the minimum."""

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from askers import asker, context
from workbench import Bench, at, case, person_id, write_csv

from graph_service.access import Role
from graph_service.api.execution import run_now
from graph_service.network import comparison
from graph_service.network.islands import roughly
from graph_service.resources import text_folder
from graph_service.settings import Settings
from graph_service.wiring import service_of

MINIMUM = 10
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
    contacts += [(f"versand{place}", f"service{place}", "2024-02-05", "MEETING") for place in range(11)]
    rows = [{"person": one, "name": one.title(), "unit": unit} for one, unit in people.items()]
    bench.take(write_csv(bench.folder / "people.csv", ("person", "name", "unit"), rows))
    told_of = [
        {"von": one, "an": other, "wann": f"{day}T{8 + place % 9:02}:{place % 60:02}", "Art": kind}
        for place, (one, other, day, kind) in enumerate(contacts)
    ]
    bench.take(write_csv(bench.folder / "contacts.csv", ("von", "an", "wann", "Art"), told_of))
    return people, contacts


def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chance is not what is asked."""
    whole = comparison.dealt_counts
    monkeypatch.setattr(comparison, "dealt_counts", lambda dealt, place, cells, draws: whole(dealt, place, cells, 2))


def test_a_curious_analyst_never_learns_of_few(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    people, contacts = curious_house(bench)
    few_draws(monkeypatch)
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
    found: dict[str, Any], spans: Sequence[tuple[str, str]], people: dict[str, str], contacts: Contacts
) -> None:
    """Whatever is shown, and what is left of it less all that is shown beside it, is of nobody or of ten people on each
    side, in each quarter, by the kinds that were compared and by the others."""
    names = [group["name"] for group in found["groups"]]
    if not names:  # nothing to be compared
        assert found["pairs"] == [] and found["ties"] is None
        return
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


CASES = 170
DOCUMENTS = {
    "networkChange": """query ($before: MonthsInput!, $after: MonthsInput!, $kinds: [ContactKind!]) {
      networkChange(before: $before, after: $after, kinds: $kinds) { comparedKinds hiddenPairs ties { before }
        groups { name size crossTies { after } } pairs { one other ties { after } } newAMonth { before after }
        quarters { window { first last } missing crossTies { after low } pairs { one other ties { after } } } } }""",
    "reserveIndex": """query ($after: MonthsInput!) { reserveIndex(window: $after) { headline index { value cases }
      groups { name share { value cases } } reserveTies hoursWithTie hoursWithoutTie } }""",
    "knowledgeIslands": """query ($year: MonthsInput!) { knowledgeIslands(window: $year) {
      headline subjects { subject cases people } } }""",
    "boundary": """query ($groups: GroupsInput!, $after: MonthsInput!) { boundary(groups: $groups, event: $after) {
      headline before { window { first last } ties interruptionsAWeek } after { window { first last } ties } } }""",
    "reconnect": "{ reconnect { headline pairs { one other dormant gained cases } } }",
}


def solved_cases(bench: Bench, people: dict[str, str]) -> list[tuple[str, str, str]]:
    """(who asked, who solved, day) of cases; nearly all of the Lager are solved by one person."""
    chance, names, told, rows = random.Random(3), list(people), [], []
    for number in range(CASES):
        day = f"{chance.choice((2024, 2025))}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        if not QUARTERS[0][0] <= day[:7] <= QUARTERS[-1][1]:
            continue
        unit = chance.choice(("Fertigung", "Lager", "Service", "Versand"))
        asking = chance.choice(names)
        few = {"Lager": "lager1", "Versand": "versand0"}
        solver = few.get(unit) or chance.choice([one for one in names if people[one] == unit])
        if asking != solver and people[asking] != "Versand":
            told.append((asking, solver, day))
            ends = {"closed_at": f"{day}T12:00", "reporter": asking, "solver": solver, "product": f"Halle {unit}"}
            rows.append(case(f"C-{number}", f"{day}T08:00", f"{unit} steht", **ends))
    bench.cases(*rows)
    return told


def same_work(bench: Bench, people: dict[str, str]) -> None:
    """A unit that has no contacts with anybody solves what another solves, both with one person more than must be."""
    archive = {f"archiv{number}": "Archiv" for number in range(MINIMUM + 1)}
    rows = [{"person": one, "name": one.title(), "unit": unit} for one, unit in archive.items()]
    bench.take(write_csv(bench.folder / "archive.csv", ("person", "name", "unit"), rows))
    people.update(archive)
    solvers = [*archive, *(f"service{number}" for number in range(MINIMUM + 1)), "lager1", "lager2"]
    ends = {"closed_at": "2025-05-06T12:00", "product": "Halle Archiv"}
    bench.cases(
        *(case(f"A-{one}", "2025-05-06T08:00", "Archiv steht", solver=one, **ends) for one in solvers), name="work.csv"
    )


def question(chance: random.Random) -> tuple[str, dict[str, Any], tuple[tuple[str, str], tuple[str, str]]]:
    """What is asked, with which variables, about which quarters."""
    name = chance.choice(list(DOCUMENTS))
    first, second = sorted(chance.sample(QUARTERS, 2))
    spans = {"before": first, "after": second, "year": ("2024-01", "2024-12")}
    asked: dict[str, Any] = {one: {"first": low, "last": high} for one, (low, high) in spans.items()}
    asked["groups"] = dict(zip(("one", "other"), chance.sample(list(UNITS), 2), strict=True))
    asked["kinds"] = chance.choice([None, None, *([kind] for kind in (*KINDS, "CASE"))])
    return name, {one: value for one, value in asked.items() if f"${one}" in DOCUMENTS[name]}, (first, second)


def test_all_five_questions_tell_of_nobody(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    people, contacts = curious_house(bench)
    cases = solved_cases(bench, people)
    same_work(bench, people)
    met = [*contacts, *((asking, solver, day, "CASE") for asking, solver, day in cases)]
    few_draws(monkeypatch)
    terms = Settings(analysis_by="unit", knowledge_islands="Vereinbarung", reserve_cut="2024-07")
    service = service_of(bench.store, terms).at(at("2026-01-05"))
    checks: dict[str, Callable[..., None]] = {
        "networkChange": lambda found, spans: changes_are_of_enough(found, spans, people, met),
        "reserveIndex": lambda found, spans: shares_are_of_enough(found, spans[1], people, cases),
        "knowledgeIslands": lambda found, _: subjects_are_rough(found),
        "boundary": lambda found, _: boundary_is_of_enough(found, people, met),
        "reconnect": lambda found, _: proposals_are_of_enough(found, people, met),
    }
    chance, seen, told = random.Random(5), {}, dict.fromkeys(DOCUMENTS, 0)
    for _ in range(500):
        name, asked, spans = question(chance)
        key = json.dumps([name, asked])
        if key in seen and chance.random() < 0.8:
            continue
        outcome = run_now(DOCUMENTS[name], asked, context(service, who=asker(Role.ANALYST)))
        codes = {one["extensions"]["code"] for one in outcome.errors}
        answer = json.dumps([outcome.data, sorted(codes)], ensure_ascii=False)
        assert seen.setdefault(key, answer) == answer and codes <= REFUSED, answer
        assert not any(one in answer or one.title() in answer or person_id(one) in answer for one in people)
        assert "Labor" not in answer and "Einkauf" not in answer
        if not codes and outcome.data:
            told[name] += bool(something_in(outcome.data[name]))
            checks[name]({**outcome.data[name], "asked": asked}, spans)
    assert all(told.values()), told


def something_in(found: dict[str, Any]) -> object:
    """What there is to be checked in an answer."""
    return found.get("pairs") or found.get("index") or found.get("subjects") or found.get("before", {}).get("ties")


def changes_are_of_enough(found: dict[str, Any], spans: Any, people: dict[str, str], met: Contacts) -> None:
    """The comparison, and each quarter in which the same kinds are compared."""
    nothing_is_of_few(found, spans, people, met)
    bare = [{**group, "crossTies": None} for group in found["groups"]]
    for quarter in found["quarters"]:
        if not quarter["missing"]:
            window = (quarter["window"]["first"], quarter["window"]["last"])
            told = {**found, "groups": bare, "pairs": quarter["pairs"], "ties": None}
            nothing_is_of_few(told, (window,), people, met)


def subjects_are_rough(found: dict[str, Any]) -> None:
    for one in found["subjects"]:
        assert one["people"] in {"1-2", "3-9", "10+"} and one["cases"] in {"10-19", "20-49", "50-99", "100-199"}


REFUSED = {"network.no_group", "network.cell_hidden", "network.cut_late"}


def shares_are_of_enough(
    found: dict[str, Any], span: tuple[str, str], people: dict[str, str], cases: Sequence[tuple[str, str, str]]
) -> None:
    inside = [one for one in cases if span[0] <= one[2][:7] <= span[1]]
    if found["index"] is not None:
        assert found["index"]["cases"] == len(inside)
        enough_asked_and_solved(inside)
    shown = [group for group in found["groups"] if group["share"] is not None]
    names = {name for group in shown for name in group["name"].split(", ")}
    for group in shown:
        if "Übrige" not in group["name"]:
            of_group = [one for one in inside if people[one[0]] in group["name"].split(", ")]
            assert group["share"]["cases"] == len(of_group)
            enough_asked_and_solved(of_group)
    left = [one for one in inside if people[one[0]] not in names]
    if shown and found["index"] is not None and left and not any("Übrige" in group["name"] for group in shown):
        enough_asked_and_solved(left)


def enough_asked_and_solved(cases: Sequence[tuple[str, str, str]]) -> None:
    assert min(len({asking for asking, *_ in cases}), len({solver for _, solver, _ in cases})) >= MINIMUM


def proposals_are_of_enough(found: dict[str, Any], people: dict[str, str], met: Contacts) -> None:
    last: dict[tuple[str, str], str] = {}
    for one, other, day, _ in met:
        pair = (min(one, other), max(one, other))
        last[pair] = max(last.get(pair, ""), day)
    for proposal in found["pairs"]:
        units = (set(proposal["one"].split(", ")), set(proposal["other"].split(", ")))
        if any("Übrige" in name for side in units for name in side):
            continue
        if proposal["dormant"] is None:
            assert units == ({"Archiv"}, {"Service"}) and proposal["gained"] == "20-49"
            continue
        asleep = [
            pair
            for pair, day in last.items()
            if day < "2025-01-01"
            and any(people[pair[0]] in one and people[pair[1]] in other for one, other in (units, units[::-1]))
        ]
        assert proposal["dormant"] == roughly(len(asleep))
        are_enough([{end for pair in asleep for end in pair if people[end] in side} for side in units], proposal)


def boundary_is_of_enough(found: dict[str, Any], people: dict[str, str], met: Contacts) -> None:
    groups = found["asked"]["groups"]
    for first, last in (found[side]["window"].values() for side in ("before", "after")):
        pairs = {
            (one, other)
            for one, other, day, _ in met
            if first <= day[:7] <= last and {people[one], people[other]} == set(groups.values())
        }
        for unit in groups.values():
            side = {end for pair in pairs for end in pair if people[end] == unit}
            assert not side or len(side) >= MINIMUM
