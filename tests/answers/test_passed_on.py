"""Where cases are mostly handed to others, being there says little; else nothing changes."""

import pytest
from workbench import Bench, case, person_id

from graph_service.ranking.explain import explained
from graph_service.ranking.recommend import Verdict


def desk_and_workshop(bench: Bench) -> None:
    """A help desk that closes 30 cases and solves two; a workshop that solves 30 of 30."""
    desk = [
        case(f"D-{n}", f"2026-03-{n % 28 + 1:02}", f"Frage {n} zum Kanban", closed_at=f"2026-03-{n % 28 + 1:02}T12:00",
             product="Desk", reporter="rita", solver="dina" if n < 2 else "")
        for n in range(30)
    ]  # fmt: skip
    workshop = [
        case(f"W-{n}", f"2026-03-{n % 28 + 1:02}", f"Kanban Abruf {n} hängt",
             closed_at=f"2026-03-{n % 28 + 1:02}T12:00", product="Werkstatt", reporter="rolf",
             solver="wim" if n % 3 else "wanda")
        for n in range(30)
    ]  # fmt: skip
    bench.cases(*desk, *workshop)


def test_the_desk_does_not_stand_first_for_being_the_desk(bench: Bench) -> None:
    desk_and_workshop(bench)
    bench.cases(case("D-99", "2026-04-02", "Kanban Abruf hängt", product="Desk", reporter="rita"), name="new.csv")
    answer = bench.ask("D-99")
    assert answer.situation is not None and answer.situation.is_passed_on
    assert answer.order[0].person == person_id("wim")
    parts = answer.order[0].contributions
    assert parts["volume"] == parts["comments_product"] == 0.0
    assert parts["component_amount"] > 0  # what they solve in the whole house


def test_a_product_that_solves_its_own_cases_is_no_desk(bench: Bench) -> None:
    desk_and_workshop(bench)
    bench.cases(case("W-99", "2026-04-02", "Kanban Abruf hängt", product="Werkstatt"), name="new.csv")
    answer = bench.ask("W-99")
    assert answer.situation is not None and not answer.situation.is_passed_on
    assert answer.order[0].contributions["volume"] < 0


def test_a_few_closed_cases_make_no_desk(bench: Bench) -> None:
    rows = [
        case(f"N-{n}", "2026-04-01", f"Frage {n}", closed_at="2026-04-01T12:00", product="Neu", reporter="rita")
        for n in range(5)
    ]
    desk_and_workshop(bench)
    bench.cases(*rows, case("N-9", "2026-04-02", "Kanban Abruf hängt", product="Neu"), name="new.csv")
    answer = bench.ask("N-9")
    assert answer.situation is not None and not answer.situation.is_passed_on


def test_where_cases_are_passed_on_reasons_speak_of_the_whole_house(bench: Bench) -> None:
    """The amount counts everywhere, so the cases that are cited lie everywhere, and the sentence says so."""
    desk_and_workshop(bench)
    bench.cases(case("D-99", "2026-04-02", "Kanban Abruf hängt", product="Desk", reporter="rita"), name="new.csv")
    with bench.store.view(as_of=bench.now) as view:
        told = explained(view, bench.ask("D-99"))
    reasons = {reason.kind: reason for reason in told.reasons[person_id("wim")]}
    for kind in ("component_amount", "component_last"):
        assert reasons[kind].citation.count == 20 and "W-" in told.cases[reasons[kind].citation.cases[0]].key
        assert "im ganzen Haus" in reasons[kind].text("de") and "in the whole house" in reasons[kind].text("en")
        assert "Desk" not in reasons[kind].text("de")


@pytest.mark.parametrize("product", ["Desk", "Werkstatt"])
def test_lately_in_the_named_component_proves_something_only_where_cases_are_not_passed_on(
    bench: Bench, product: str
) -> None:
    desk_and_workshop(bench)
    rows = [
        case(f"L-{n}", "2026-03-20", f"Kanban Abruf {n} hängt", closed_at="2026-03-21", labels="Annahme",
             product="Werkstatt", reporter="rolf", solver="wim")
        for n in range(3)
    ]  # fmt: skip
    bench.cases(*rows, name="near.csv")
    answer = bench.ask(f"{product} Annahme Kanban " + " ".join(f"Sonderwort{chr(97 + n)}" for n in range(20)))
    assert answer.situation is not None and answer.problem.components == ("Annahme",)
    assert answer.situation.is_passed_on == (product == "Desk")
    assert answer.situation.nearest_alike < 0.1
    assert answer.verdict is (Verdict.NOBODY_PROVEN if product == "Desk" else Verdict.PROVEN)
