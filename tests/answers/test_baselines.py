"""The simple rules, by hand: what counts, what does not, and nothing of the ranking in them."""

from dataclasses import replace

import pytest
from workbench import Bench, at, case, case_id, person_id

from graph_service.history import History
from graph_service.ranking.baselines import Baselines
from graph_service.ranking.replay import PastQuestion

HERE = {"product": "Lager", "reporter": "rita"}


def solved(key: str, day: str, solver: str, **cells: str) -> dict[str, str]:
    return case(key, day, f"Frage {key}", closed_at=f"{day}T12:00", solver=solver, **cells)


ROWS = [
    solved("A-1", "2024-01-01", "alt", **HERE),
    solved("A-2", "2024-05-01", "bea", **HERE, labels="Kran"),
    solved("A-3", "2024-05-02", "bea", **HERE, labels="Kran"),
    solved("A-4", "2024-05-03", "cem", **HERE, labels="Kran"),
    solved("A-5", "2024-05-04", "dan", product="Versand", reporter="rolf"),
    solved("A-6", "2024-05-05", "dan", product="Versand", reporter="rolf"),
    solved("A-7", "2024-05-06", "dan", product="Versand", reporter="rolf"),
    case("Q-1", "2024-05-10", "Kran steht", **HERE, labels="Kran", closed_at="2024-05-11", solver="eva"),
]
QUESTION = PastQuestion(case_id("Q-1"), "Q-1", at("2024-05-10"), 1, frozenset({person_id("bea")}))


def ranked(bench: Bench, question: PastQuestion) -> dict[str, list[str]]:
    with bench.store.view(as_of=bench.now) as view:
        history = History(view)
        problem = history.problem(history.cases[history.places[question.case_id]], question.as_of)
        found = Baselines(history).ranked(question, problem, None)
    keys = {person_id(name): name for name in ("alt", "bea", "cem", "dan", "eva")}
    return {rule: [keys[person] for person in people] for rule, people in found.items()}


def test_most_active_counts_ninety_days_in_the_component_then_the_product_then_anywhere(bench: Bench) -> None:
    bench.cases(*ROWS)
    assert ranked(bench, QUESTION)["most_active"] == ["bea", "cem", "dan", "alt"]


def test_a_case_of_two_components_is_one_case(bench: Bench) -> None:
    both = [solved(f"B-{n}", f"2024-05-0{n}", "bea", **HERE, labels="Kran;Band") for n in (1, 2)]
    three = [solved(f"C-{n}", f"2024-05-0{n}", "cem", **HERE, labels="Kran") for n in (1, 2, 3)]
    bench.cases(*both, *three, case("Q-1", "2024-05-10", "Kran", **HERE, labels="Kran;Band"))
    assert ranked(bench, QUESTION)["most_active"] == ["cem", "bea"]


def test_last_solver_is_the_newest_in_the_component_then_anywhere(bench: Bench) -> None:
    bench.cases(*ROWS)
    assert ranked(bench, QUESTION)["last_solver"] == ["cem", "bea", "dan", "alt"]


def test_cases_left_out_and_the_asked_one_do_not_count(bench: Bench) -> None:
    bench.cases(*ROWS)
    without = replace(QUESTION, without=frozenset({case_id("A-2"), case_id("A-3"), case_id("A-4"), case_id("A-7")}))
    found = ranked(bench, without)
    assert found["most_active"] == found["last_solver"] == ["dan", "alt"]
    late = ranked(bench, replace(QUESTION, as_of=at("2024-06-01")))
    assert all("eva" not in people for people in late.values())


def test_everybody_with_a_solved_case_is_in_every_list(bench: Bench) -> None:
    bench.cases(*ROWS)
    for rule, people in ranked(bench, QUESTION).items():
        assert sorted(people) == ["alt", "bea", "cem", "dan"], rule


@pytest.mark.parametrize(("left_out", "expected"), [((), 2), (("A-2",), 1), (("A-2", "A-3"), 0)])
def test_what_the_solver_had_solved_before(bench: Bench, left_out: tuple[str, ...], expected: int) -> None:
    bench.cases(*ROWS)
    with bench.store.view(as_of=bench.now) as view:
        baselines = Baselines(History(view))
        assert baselines.solved_before(replace(QUESTION, without=frozenset(map(case_id, left_out)))) == expected


def test_what_is_solved_at_the_very_moment_counts_as_it_does_in_an_answer(bench: Bench) -> None:
    """Everything on one day: all see the same."""
    rows = [case(f"S-{n}", "2024-05-10", "Kran", closed_at="2024-05-10", solver=f"s{n % 3}") for n in range(9)]
    bench.cases(*rows)
    with bench.store.view(as_of=bench.now) as view:
        history = History(view)
        baselines = Baselines(history)
        for row in rows:
            key = case_id(row["case_id"])
            question = PastQuestion(key, "", at("2024-05-10"), 1, frozenset({person_id(row["solver"])}))
            problem = history.problem(history.cases[history.places[key]], question.as_of)
            assert len(baselines.ranked(question, problem, None)["last_solver"]) == 3
            assert baselines.solved_before(question) == 2
