"""Each kind of evidence against its formula by hand, and what it cites."""

from collections.abc import Sequence

import numpy as np
import pytest
from workbench import NOW, at

from graph_service.evidence import (
    active_lately,
    commented_similar,
    comments_component,
    comments_product,
    component_amount,
    component_last,
    component_usual,
    declared_skill,
    product_usual,
    reported_similar,
    similar_solved,
    solves_for_others,
    solves_own,
    typical_work,
    volume,
)
from graph_service.evidence.reachability import Asking, Person, Reachability
from graph_service.evidence.situation import Kind, Measures, Situation, Work
from graph_service.model import DAY
from graph_service.neighbours import Matches, Neighbour, Neighbours
from graph_service.problem import Problem
from graph_service.ranking.rankers import ONE_CASE, START
from graph_service.statistics import Statistics
from graph_service.store.named_queries import CaseCommenter, CaseParticipant, ClaimRow, WorkEvent

PEOPLE = ("anna", "bert", "cora", "dora")
NO_WORK = Work({}, {}, {})
EMPTY = np.empty(0, np.int64)


def solved_case(name: str, similarity: float, days: float, *solvers: str) -> Neighbour:
    """A near case, solved so many days ago."""
    at = NOW - round(days * DAY)
    return Neighbour(name, similarity, 3, at - DAY, solvers, at if solvers else None)


def event(person: str, days: float, case: str = "k", **more: object) -> WorkEvent:
    """A solved case or a first comment so many days ago."""
    defaults = {"product": "F", "components": ("X",), "reporter": "rita"} | more
    return WorkEvent(NOW - round(days * DAY), case, person, **defaults)  # type: ignore[arg-type]


def situation(
    *,
    solved: Sequence[Neighbour] = (),
    opened: Sequence[Neighbour] = (),
    reporters: Sequence[tuple[str, str]] = (),
    commenters: Sequence[tuple[str, str]] = (),
    claims: Sequence[ClaimRow] = (),
    events: Sequence[WorkEvent] = (),
    comments: Sequence[WorkEvent] = (),
    components: tuple[str, ...] = (),
    products: tuple[str, ...] = (),
    reporter: str | None = None,
) -> Situation:
    """Four candidates and whatever is known around them."""
    statistics = Statistics()
    for done in sorted(events):
        statistics.solved(done)
    for said in sorted(comments):
        statistics.commented(said)
    return Situation(
        problem=Problem("", "de", {}, components, products, (), reporter),
        as_of=NOW,
        people=PEOPLE,
        neighbours=neighbours([*solved, *opened]),
        reporters=[CaseParticipant(case, person, "REPORTER", 0) for case, person in reporters],
        commenters=[CaseCommenter(case, person, NOW - 5 * DAY, 1) for case, person in commenters],
        claims=claims,
        statistics=statistics,
        measures=Measures(),
    )


def neighbours(cases: Sequence[Neighbour]) -> Neighbours:
    """The columns a search would give for these cases."""
    cases = sorted(cases, key=lambda case: case.case_id)
    people = sorted({person for case in cases for person in case.solvers})
    pairs = [(place, people.index(one), case.solved_at) for place, case in enumerate(cases) for one in case.solvers]
    solved, solvers, solved_at = np.array(pairs, dtype=np.int64).reshape(-1, 3).T
    matches = Matches(
        case_ids=[case.case_id for case in cases],
        rows=np.arange(len(cases)),
        opened_at=np.array([case.opened_at for case in cases], dtype=np.int64),
        lengths=np.ones(len(cases)),
        owners=EMPTY,
        terms=EMPTY,
        counts=np.empty(0),
        solved=solved,
        solvers=solvers,
        solved_at=solved_at,
        people=people,
    )
    similarity = np.array([case.similarity for case in cases])
    return Neighbours(matches, similarity, np.array([case.shared for case in cases]), ("a", "b", "c", "d", "e"),
                      np.zeros(len(cases), dtype=np.bool_))  # fmt: skip


def strengths(kind: Kind, given: Situation) -> dict[str, float]:
    """Person -> strength, those with none left out."""
    return {person: value for person, value in zip(PEOPLE, kind.measure(given).tolist(), strict=True) if value}


def log(x: float) -> float:
    return float(np.log1p(x / 0.02))


@pytest.mark.parametrize("kind", [weigh.kind for weigh in START.weights], ids=lambda kind: kind.name)
def test_no_evidence_is_zero_for_everybody(kind: Kind) -> None:
    assert strengths(kind, situation()) == {}
    assert kind.cite(situation(), NO_WORK, "anna").count == 0


def test_similar_solved_is_the_share_of_the_best() -> None:
    near = [solved_case("a", 0.8, 0, "anna"), solved_case("b", 0.4, 360, "bert"), solved_case("c", 0.4, 0, "anna")]
    found = strengths(similar_solved.KIND, situation(solved=near))
    assert found == {"anna": 1.0, "bert": pytest.approx(0.2 / 1.2)}
    citation = similar_solved.cite(situation(solved=near), NO_WORK, "anna")
    assert (citation.count, citation.of, citation.cases, citation.newest) == (2, 3, ("a", "c"), NOW)
    assert citation.since == NOW - 360 * DAY  # the window of all three, not of the person's own


def test_only_the_thirty_nearest_count_as_similar() -> None:
    near = [solved_case(f"n{place}", 0.5, 1, "anna") for place in range(30)] + [solved_case("late", 0.4, 1, "bert")]
    assert set(strengths(similar_solved.KIND, situation(solved=near))) == {"anna"}
    assert similar_solved.cite(situation(solved=near), NO_WORK, "anna").of == 30


def test_a_case_of_two_solvers_counts_for_both() -> None:
    near = [solved_case("a", 0.8, 0, "anna", "bert")]
    assert strengths(similar_solved.KIND, situation(solved=near)) == {"anna": 1.0, "bert": 1.0}


def test_typical_work_divides_by_all_work() -> None:
    near = [solved_case("a", 0.6, 0, "anna"), solved_case("b", 0.6, 0, "bert"), solved_case("c", 0.05, 0, "dora")]
    events = [event("anna", 0)] + [event("bert", 0, f"k{n}") for n in range(8)]
    found = strengths(typical_work.KIND, situation(solved=near, events=events))
    dora = (0.0025 / 2) / (0.36 / 3)
    assert found == {"anna": 1.0, "bert": pytest.approx((0.36 / 10) / (0.36 / 3)), "dora": pytest.approx(dora)}
    assert typical_work.cite(situation(solved=near, events=events), NO_WORK, "dora").count == 0
    citation = typical_work.cite(situation(solved=near, events=events), NO_WORK, "bert")
    assert (citation.count, citation.of) == (1, 8)


def test_a_weak_signal_never_gets_full_weight() -> None:
    far = [solved_case("a", 0.02, 0, "anna")]
    assert strengths(similar_solved.KIND, situation(solved=far)) == {"anna": pytest.approx(0.2)}
    events = [event("anna", 0)]
    found = strengths(typical_work.KIND, situation(solved=far, events=events))
    assert found == {"anna": pytest.approx((0.0004 / 3) / (0.01 / 3))}


def test_a_single_shared_word_of_several_is_not_alike() -> None:
    given = situation()
    assert given.is_alike(Neighbour("a", 0.2, 2, NOW, (), None), 0.1)
    assert not given.is_alike(Neighbour("a", 0.2, 1, NOW, (), None), 0.1)
    assert not given.is_alike(Neighbour("a", 0.09, 4, NOW, (), None), 0.1)


def test_component_kinds_know_when_and_how_much() -> None:
    events = [event("anna", 30), event("bert", 0), event("bert", 7), event("cora", 0, components=("Y",))]
    given = situation(events=events, components=("X",))
    assert strengths(component_last.KIND, given) == {"anna": pytest.approx(log(0.5)), "bert": pytest.approx(log(1))}
    total = 2 ** (-30 / 7) + 1.5 + 0.25
    found = strengths(component_amount.KIND, given)
    assert found["bert"] == pytest.approx(log(1.5 / total)) and set(found) == {"anna", "bert"}
    work = Work({"bert": [event("bert", 0, "new"), event("bert", 7, "old"), event("bert", 400, "ancient")]}, {}, {})
    citation = component_amount.cite(given, work, "bert")
    assert (citation.count, citation.cases, citation.since) == (2, ("new", "old"), NOW - 90 * DAY)
    assert component_last.cite(given, work, "bert").cases == ("new",)


def test_usual_kinds_look_at_the_year() -> None:
    """One case each of a year ago counts half; the prior is one case."""
    events = [event("anna", 365), event("anna", 365, product="G"), event("bert", 0, components=("Y",))]
    given = situation(events=events, components=("X",), products=("F",))
    assert strengths(component_usual.KIND, given) == {"anna": pytest.approx(log(1.0 / 2.0))}
    found = strengths(product_usual.KIND, given)
    assert found == {"anna": pytest.approx(log(0.5 / 2.5)), "bert": pytest.approx(log(1 / 2.5))}
    both = strengths(component_usual.KIND, situation(events=events, components=("X", "Y")))
    assert both == {"anna": pytest.approx(log(1.0 / 2.0 / 2)), "bert": pytest.approx(log(1 / 2 / 2))}
    assert strengths(component_usual.KIND, situation(events=events, products=("F",))) == {}
    assert strengths(product_usual.KIND, situation(events=events, components=("X",))) == {}
    work = Work({"bert": [event("bert", 1, "new", product="G"), event("bert", 7, "old", components=("Y",)),
                          event("bert", 400, "ancient")]}, {}, {})  # fmt: skip
    assert component_usual.cite(given, work, "bert").cases == ("new",)
    assert product_usual.cite(given, work, "bert").cases == ("old",)


def test_several_components_are_a_mean_and_none_is_the_product() -> None:
    events = [event("anna", 0, components=("X",)), event("bert", 0, components=("X", "Y"))]
    both = strengths(component_last.KIND, situation(events=events, components=("X", "Y")))
    assert both == {"anna": pytest.approx(log(0.5)), "bert": pytest.approx(log(1))}
    product = strengths(component_last.KIND, situation(events=events, products=("F",)))
    assert product == {"anna": pytest.approx(log(1)), "bert": pytest.approx(log(1))}


def test_active_lately_halves_in_thirty_days() -> None:
    events = [event("anna", 60), event("bert", 0)]
    found = strengths(active_lately.KIND, situation(events=events))
    assert found == {"anna": pytest.approx(log(0.25)), "bert": pytest.approx(log(1))}


def test_solves_for_others_leaves_own_reports_out() -> None:
    events = [event("anna", 9, "a"), event("anna", 8, "b", reporter="anna"), event("bert", 7, "c", reporter=None)]
    found = strengths(solves_for_others.KIND, situation(events=events))
    assert found == {"anna": pytest.approx(2 / 4), "bert": pytest.approx(1 / 3)}
    work = Work({"anna": [event("anna", 8, "b", reporter="anna"), event("anna", 9, "a")]}, {}, {})
    citation = solves_for_others.cite(situation(events=events), work, "anna")
    assert (citation.count, citation.of, citation.cases) == (1, 2, ("a",))


@pytest.mark.parametrize(
    ("kind", "given"), [(reported_similar.KIND, "reporters"), (commented_similar.KIND, "commenters")]
)
def test_around_similar_cases(kind: Kind, given: str) -> None:
    opened = [Neighbour("a", 0.8, 3, NOW, (), None), Neighbour("b", 0.4, 3, NOW - 360 * DAY, (), None)]
    around = situation(opened=opened, **{given: [("a", "anna"), ("b", "bert"), ("a", "stranger")]})  # type: ignore[arg-type]
    found = strengths(kind, around)
    anna, bert, others = 1.0, 0.25 * 0.5, 1.0  # the stranger counts too, candidate or not
    total = anna + bert + others + 0.25
    assert found == {"anna": pytest.approx(log(anna / total)), "bert": pytest.approx(log(bert / total))}
    citation = kind.cite(around, NO_WORK, "bert")
    assert (citation.count, citation.of, citation.cases) == (1, 2, ("b",))


def test_comments_by_component_and_product() -> None:
    comments = [event("anna", 30), event("bert", 0), event("stranger", 0)]
    given = situation(comments=comments, components=("X",), products=("F",))
    total = 0.5 + 1 + 1 + 0.5
    assert strengths(comments_component.KIND, given)["anna"] == pytest.approx(log(0.5 / total))
    total = 2 ** (-30 / 14) + 2 + 0.5
    assert strengths(comments_product.KIND, given)["bert"] == pytest.approx(log(1 / total))
    work = Work({}, {"bert": [event("bert", 0, "new"), event("bert", 91, "old")]}, {})
    assert comments_component.cite(given, work, "bert").cases == ("new",)
    assert comments_product.cite(given, work, "bert").count == 1


def test_the_reporter_solves_own_reports() -> None:
    events = [event("anna", 0, "a", reporter="anna"), event("bert", 0, "b", reporter="anna")]
    assert strengths(solves_own.KIND, situation(events=events, reporter="anna")) == {
        "anna": pytest.approx(log(1 / (2 + 1)))
    }
    assert strengths(solves_own.KIND, situation(events=events, reporter="bert")) == {}
    assert strengths(solves_own.KIND, situation(events=events)) == {}
    work = Work({"anna": [event("anna", 0, "a", reporter="anna"), event("anna", 1, "z")]}, {}, {})
    assert solves_own.cite(situation(events=events, reporter="anna"), work, "anna").cases == ("a",)


def test_volume_is_a_share_of_everything_and_taken_off() -> None:
    events = [event("anna", 0, f"k{n}") for n in range(3)] + [event("bert", 365)]
    found = strengths(volume.KIND, situation(events=events))
    assert found["anna"] == pytest.approx(log(3 / (3.5 + 0.25)))
    assert next(weigh.weight for weigh in START.weights if weigh.kind is volume.KIND) < 0


def test_a_declared_skill_is_at_most_half_a_case_and_only_without_solved_ones() -> None:
    claims = [
        ClaimRow("anna", "s", "KANBAN", 1.0, "5", "SELF", 0),
        ClaimRow("bert", "s", "KANBAN", 0.4, "2", "SELF", 0),
        ClaimRow("bert", "s", "KANBAN", 0.6, "3", "MANAGER", 0),
    ]
    given = situation(claims=claims, events=[event("anna", 900)])
    assert strengths(declared_skill.KIND, given) == {"bert": 0.6}
    weight = next(weigh.weight for weigh in START.weights if weigh.kind is declared_skill.KIND)
    assert weight == pytest.approx(ONE_CASE / 2)
    citation = declared_skill.cite(given, Work({}, {}, {"bert": claims[1:]}), "bert")
    assert [claim.original for claim in citation.claims] == ["3"]


def test_only_the_volume_discount_is_negative() -> None:
    assert {weigh.kind.name for weigh in START.weights if weigh.weight < 0} == {"volume"}


def test_statistics_survive_a_dump_exactly() -> None:
    statistics = situation(events=[event("anna", n * 1.37, f"k{n}") for n in range(50)]).statistics
    again = Statistics.load(statistics.dump())
    assert again.dump() == statistics.dump()
    later = event("anna", -1.5, "later")
    statistics.solved(later)
    again.solved(later)
    assert again.dump() == statistics.dump()


@pytest.mark.parametrize(("day", "asked_now", "left"), [
    ("2026-05-16T09:00", True, 0.0), ("2026-05-16T09:00", False, 0.7), ("2026-05-15T09:00", True, 0.7),
])  # fmt: skip
def test_whose_hours_nobody_told_are_away_outside_of_the_usual_ones(day: str, asked_now: bool, left: float) -> None:
    """On a Saturday nobody stands above a solver who is away because nothing is told of them."""
    assert Reachability(Person("p"), Asking(at=at(day), by_somebody=asked_now)).value == left
