"""Whose turn it is: load is spread within a band, and one place goes to somebody new where nothing is at stake."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from workbench import COLUMNS, Bench, case, person_id, write_csv

from graph_service.intake.acts import say
from graph_service.intake.runs import Clocks
from graph_service.model import DAY, Asked, ProblemClass, SourceId, act_id
from graph_service.ranking.calibration import Calibration
from graph_service.ranking.rankers import START
from graph_service.ranking.recommend import Answer, Question, recommend

TEXT = "Förderband ruckelt an der Weiche"
EVEN = Calibration(0.0, (0.0, 0.0, 0.0, 0.0), ((0.0, 0.5), (1.0, 0.5)))
"""Everybody of a question in one band."""
OLD = [f"alt{place}" for place in range(6)]


@pytest.fixture
def house(make_embedded, tmp_path) -> Bench:  # type: ignore[no-untyped-def]
    """Six who solved such cases for years, each more than the next; somebody new has solved one, within a year."""
    bench = Bench(make_embedded("turns"), tmp_path)
    rows = [
        case(
            f"B-{place}-{year}-{one}",
            f"20{year}-02-0{one}",
            TEXT,
            closed_at=f"20{year}-03-01",
            solver=who,
            product="Band",
        )
        for place, who in enumerate(OLD)
        for year in (24, 25)
        for one in range(1, 5 if place == 0 else 3)
    ]
    rows.append(case("B-neu", "2025-06-02", "Förderband ruckelt", closed_at="2025-06-03", solver="neu", product="Band"))
    rows += [
        case(f"F-{number}", "2025-05-05", f"Rechnung {number} fehlt", closed_at="2025-05-06", solver="fremd")
        for number in range(30)
    ]
    bench.take(write_csv(tmp_path / "cases.csv", COLUMNS, rows))
    tell(bench, ProblemClass(act_id("CLASS", "band"), "Förderband"))
    return bench


def tell(bench: Bench, *facts: object) -> None:
    say(bench.store, Clocks(lambda: bench.now, lambda: bench.wall), "test", "test", list(facts))  # type: ignore[arg-type]


def asked(bench: Bench, text: str = TEXT, *, limit: int = 5, calibration: Calibration | None = EVEN) -> Answer:
    with bench.store.view(as_of=bench.now) as view:
        return recommend(view, Question(text, limit=limit), ranker=replace(START, calibration=calibration))


def choose(bench: Bench, kind: str, times: int, days: int = 0) -> None:
    first = SourceId("house", OLD[0])
    ids = [act_id("ASKED", kind, str(days), str(number)) for number in range(times)]
    tell(bench, *(Asked(one, first, bench.now - days * DAY, (kind,)) for one in ids))


def order(answer: Answer) -> list[str]:
    return [one.person for one in answer.order]


def test_who_was_asked_much_more_stands_behind_the_next_as_good(house: Bench) -> None:
    before = asked(house)
    assert before.understood.labels == ("Förderband",) and before.order[0].person == person_id(OLD[0])
    choose(house, "Rechnung", 5)
    choose(house, "Förderband", 5, days=31)
    choose(house, "Förderband", 2)
    assert order(asked(house)) == order(before)
    choose(house, "Förderband", 3, days=2)
    after = asked(house)
    assert order(after) == [order(before)[1], order(before)[0], *order(before)[2:]]
    assert after.order[0].before == before.order[0].person and [one.level for one in after.order[:2]] == [1, 2]
    assert {one.person: one.score for one in after.order} == {one.person: one.score for one in before.order}
    assert order(asked(house, calibration=None)) == order(before)  # without bands nobody is known to be as good


@pytest.mark.parametrize(
    ("more", "limit", "gets"),
    [("", 5, True), (", P4", 5, True), (", P1", 5, False), (" bis heute Nachmittag", 5, False),
     (", Produktion steht", 5, False), ("", 2, False), ("", 7, False)],
)  # fmt: skip
def test_one_place_goes_to_somebody_new_where_nothing_is_at_stake(
    house: Bench, more: str, limit: int, gets: bool
) -> None:
    answer = asked(house, TEXT + more, limit=limit, calibration=None)
    assert (answer.newcomer is not None) is gets
    best: Sequence[object] = answer.order[:limit]
    if answer.newcomer is None:
        assert answer.experts == best
    else:
        assert answer.newcomer.person == person_id("neu") and answer.newcomer.rank == 7
        assert answer.experts == [*best[:-1], answer.newcomer]
