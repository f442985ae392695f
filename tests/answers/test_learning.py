"""Learning: planted weights come back, few cases change little, the same data gives the same bytes."""

import random
from dataclasses import replace

import numpy as np
import pytest
from past_cases import past_cases
from workbench import Bench

from graph_service.errors import RulesRefused
from graph_service.model import DAY
from graph_service.ranking.assessment import fitted
from graph_service.ranking.cards import changes, draft
from graph_service.ranking.evaluation import archive_of
from graph_service.ranking.learning import FEWEST_CASES, FIXED, FLOORS, Sample, learned, stands_for
from graph_service.ranking.rankers import START
from graph_service.ranking.rules import payload_of, rule_set_of

KINDS = [weigh.kind.name for weigh in START.weights]


def samples(count: int, planted: dict[str, float], seed: int = 1) -> list[Sample]:
    """Cases of ten people whose solver is drawn from a softmax over planted weights."""
    draw = np.random.default_rng(seed)
    weights = np.array([planted.get(kind, 0.0) for kind in KINDS])
    found = []
    for number in range(count):
        strengths = draw.random((len(KINDS), 10)) * 2
        scores = weights @ strengths
        chances = np.exp(scores - scores.max())
        solver = draw.choice(10, p=chances / chances.sum())
        right = np.arange(10) == solver
        found.append(Sample(strengths, right, np.ones(10), float(draw.random()), number * DAY // 10))
    return found


def weights_of(cases: list[Sample], left_out: tuple[str, ...] = ()) -> dict[str, float]:
    ranker = learned(cases, 10**13, left_out).ranker
    return {weigh.kind.name: weigh.weight for weigh in ranker.weights}


def test_planted_weights_are_found() -> None:
    planted = {"similar_solved": 2.5, "component_last": 1.5, "volume": -1.8}
    found = weights_of(samples(6_000, planted))
    for kind, weight in planted.items():
        assert found[kind] == pytest.approx(weight, abs=0.5)  # drawn towards the start weights
    assert found["typical_work"] < 0.35  # started at 1.1


def test_a_few_people_drawn_from_hundreds_teach_what_all_of_them_would() -> None:
    """The right one is seldom among the likeliest by the start weights; counted without the others, the weights would
    learn to contradict those."""
    draw = np.random.default_rng(2)
    start = np.array([weigh.weight for weigh in START.weights])
    planted = np.array([2.0 if kind == "product_usual" else 0.5 * (kind == "typical_work") for kind in KINDS])
    found: dict[str, list[Sample]] = {"everybody": [], "drawn": [], "likeliest": []}
    for number in range(600):
        strengths = draw.random((len(KINDS), 300))
        strengths = strengths[:, np.argsort(-(start @ strengths), kind="stable")]
        chances = np.exp(planted @ strengths)
        right = np.arange(300) == draw.choice(300, p=chances / chances.sum())
        drawn = stands_for(right)
        assert drawn.sum() == pytest.approx(300) and np.count_nonzero(drawn) <= 61
        likeliest = drawn * (drawn == 1)
        for name, count in (("everybody", np.ones(300)), ("drawn", drawn), ("likeliest", likeliest)):
            kept = np.flatnonzero(count)
            found[name].append(Sample(strengths[:, kept], right[kept], count[kept], 0.5, number * DAY))
    weights = {name: weights_of(cases) for name, cases in found.items()}
    assert weights["drawn"] == pytest.approx(weights["everybody"], abs=0.25)
    assert weights["likeliest"]["typical_work"] < weights["everybody"]["typical_work"] - 0.25


def test_everybody_is_kept_where_they_are_few() -> None:
    assert stands_for(np.zeros(60, dtype=bool)).tolist() == [1.0] * 60
    assert stands_for(np.zeros(0, dtype=bool)).tolist() == []


def test_no_weight_changes_its_sign_and_set_ones_stay() -> None:
    found = weights_of(samples(3_000, {"similar_solved": -3.0, "volume": 3.0}))
    start = {weigh.kind.name: weigh.weight for weigh in START.weights}
    for kind, weight in found.items():
        assert weight * start[kind] >= 0
    for kind in FIXED:
        assert found[kind] == round(start[kind], 3)


def test_few_cases_move_little() -> None:
    planted = {"similar_solved": 3.0}
    start = {weigh.kind.name: weigh.weight for weigh in START.weights}
    few, many = weights_of(samples(60, planted)), weights_of(samples(6_000, planted))
    assert abs(few["similar_solved"] - start["similar_solved"]) < 0.2 < many["similar_solved"] - start["similar_solved"]


def test_a_kind_that_is_left_out_gets_no_weight() -> None:
    assert weights_of(samples(400, {"similar_solved": 2.0}), ("similar_solved",))["similar_solved"] == 0.0


def test_thirty_usable_cases_are_needed_and_enough() -> None:
    with pytest.raises(RulesRefused) as refused:
        learned(samples(FEWEST_CASES - 1, {}), 10**13)
    assert refused.value.values == {"needed": FEWEST_CASES, "found": FEWEST_CASES - 1}
    assert learned(samples(FEWEST_CASES, {}), 10**13).cases == FEWEST_CASES


def test_only_what_was_resolved_before_the_moment_is_learned_from() -> None:
    early, late = samples(300, {"similar_solved": 2.0}), samples(300, {"volume": -3.0}, seed=2)
    until = 10**12
    later = [replace(sample, resolved_at=until + sample.resolved_at) for sample in late]
    assert weights_of_until([*early, *later], until) == weights_of_until(early, until)


def weights_of_until(cases: list[Sample], until: int) -> list[float]:
    return [weigh.weight for weigh in learned(cases, until).ranker.weights]


def test_cases_nobody_could_have_solved_lower_the_chances_only() -> None:
    known = samples(500, {"similar_solved": 2.0})
    unknown = [replace(sample, right=np.zeros(10, dtype=bool)) for sample in samples(500, {}, seed=5)]
    spread = [replace(sample, resolved_at=place * DAY // 10) for place, sample in enumerate(unknown)]
    with_them, without = learned([*known, *spread], 10**13).ranker, learned(known, 10**13).ranker
    assert [weigh.weight for weigh in with_them.weights] == [weigh.weight for weigh in without.weights]
    scores, text = np.array([3.0, 1.0]), np.array([2.0, 0.5])
    assert with_them.calibration is not None and without.calibration is not None
    assert with_them.calibration.chances(scores, text)[0] < without.calibration.chances(scores, text)[0]


def test_the_floor_lies_where_the_first_begins_to_be_right() -> None:
    draw = np.random.default_rng(4)
    cases = []
    for number in range(2_000):
        nearest = float(draw.random() * 0.5)
        first_is_right = nearest > 0.2
        strengths = np.zeros((len(KINDS), 5))
        strengths[0] = [2, 0, 0, 0, 0]
        cases.append(
            Sample(strengths, np.arange(5) == (0 if first_is_right else 3), np.ones(5), nearest, number * DAY // 10)
        )
    assert learned(cases, 10**13).ranker.measures.floor == pytest.approx(0.2, abs=0.01)
    few = [replace(sample, right=np.arange(5) == 3) if place < 6 else replace(sample, right=np.arange(5) == 0)
           for place, sample in enumerate(sorted(cases, key=lambda one: one.nearest))]  # fmt: skip
    assert learned(few, 10**13).ranker.measures.floor == FLOORS[0]  # a few misses prove nothing
    never = [replace(sample, right=np.arange(5) == (0 if place % 8 == 0 else 3)) for place, sample in enumerate(cases)]
    assert learned(never, 10**13).ranker.measures.floor == FLOORS[0]  # nor is it similarity where all are seldom right
    always = [replace(sample, right=np.arange(5) == 0) for sample in cases]
    assert learned(always, 10**13).ranker.measures.floor == FLOORS[0]


def test_weights_that_only_fit_the_older_cases_are_dropped() -> None:
    """The last tenth follows the start weights, everything before them their opposite."""
    start = {weigh.kind.name: weigh.weight for weigh in START.weights}
    turned = samples(5_400, {"volume": -6.0})
    other = samples(600, {**start, "volume": 0.0, "typical_work": 6.0}, seed=3)
    newest = [replace(one, resolved_at=one.resolved_at + 10**11) for one in other]
    assert weights_of([*turned, *newest])["volume"] == start["volume"]


def test_two_runs_give_the_same_bytes_and_the_bytes_the_same_rules(bench: Bench) -> None:
    bench.cases(*past_cases(120))
    payloads = []
    for _ in range(2):
        with bench.store.view(as_of=bench.now) as view:
            payloads.append(payload_of(draft("d", fitted(archive_of(view), bench.now, lambda done, total: None))))
    assert payloads[0] == payloads[1]
    assert payload_of(rule_set_of(payloads[0])) == payloads[0]


def test_both_stores_learn_the_same(both, tmp_path) -> None:  # type: ignore[no-untyped-def]
    payloads = []
    for store in both:
        bench = Bench(store, tmp_path)
        bench.cases(*past_cases(120))
        with store.view(as_of=bench.now) as view:
            payloads.append(payload_of(draft("d", fitted(archive_of(view), bench.now, lambda done, total: None))))
    assert payloads[0] == payloads[1]


def test_the_card_says_what_it_is_in_both_languages(bench: Bench) -> None:
    bench.cases(*past_cases(120))
    with bench.store.view(as_of=bench.now) as view:
        rules = draft("haus", fitted(archive_of(view), bench.now, lambda done, total: None))
    for language, words in (("de", ("Gelernt aus", "Grenzen")), ("en", ("Learned from", "Limits"))):
        card = rules.cards[language]
        assert rules.ranker.version in card and str(rules.cases) in card
        assert all(word in card for word in words)
        assert "{" not in card and "…" not in card


def test_changes_are_told_and_none_against_itself(bench: Bench) -> None:
    bench.cases(*past_cases(120))
    with bench.store.view(as_of=bench.now) as view:
        past = archive_of(view)
        none = changes(past, START, START, lambda done, total: None)
        turned = START.without(("similar_solved", "typical_work", "classifier"))
        some = changes(past, START, turned, lambda done, total: None)
        strict = replace(START, measures=replace(START.measures, floor=2.0))
        silent = changes(past, START, strict, lambda done, total: None)
        learned_ranker = fitted(past, bench.now, lambda done, total: None).ranker
        plain = replace(learned_ranker, calibration=None)
        banded = changes(past, plain, learned_ranker, lambda done, total: None)
    assert none.count > 100 and not none.changes and none.named_before == none.named_after
    assert some.changes and not all(change.is_in_bands_only for change in some.changes)
    assert silent.named_after == 0 < silent.named_before == len(silent.changes)
    assert not any(one.is_in_people or one.is_in_bands_only for one in silent.changes)
    assert sum(change.is_in_bands_only for change in banded.changes) > 50


def test_the_card_says_when_the_start_weights_were_kept() -> None:
    start = {weigh.kind.name: weigh.weight for weigh in START.weights}
    other = samples(600, {**start, "volume": 0.0, "typical_work": 6.0}, seed=3)
    newest = [replace(one, resolved_at=one.resolved_at + 10**11) for one in other]
    dropped = draft("a", learned([*samples(5_400, {"volume": -6.0}), *newest], 10**13))
    assert "die Startgewichte bleiben" in dropped.cards["de"] and "start weights stay" in dropped.cards["en"]
    moved = draft("b", learned(samples(3_000, {"similar_solved": 3.0}), 10**13))
    assert "bleiben" not in moved.cards["de"] and "+0,900" in moved.cards["de"] and "+0.900" in moved.cards["en"]


def test_the_order_in_which_cases_came_in_changes_no_learned_rule(bench: Bench) -> None:
    rows = list(past_cases(120))
    payloads = []
    for seed in (None, 5):
        if seed is not None:
            random.Random(seed).shuffle(rows)
        runs = [bench.cases(*rows[start : start + 40], name=f"{seed}-{start}.csv").run.number for start in (0, 40, 80)]
        with bench.store.view(as_of=bench.now) as view:
            payloads.append(payload_of(draft("d", fitted(archive_of(view), bench.now, lambda done, total: None))))
        for number in reversed(runs):
            bench.undo(number)
    assert payloads[0] == payloads[1]


def test_a_house_of_fifty_solved_cases_can_learn(bench: Bench) -> None:
    bench.cases(*past_cases(50))
    with bench.store.view(as_of=bench.now) as view:
        fit = fitted(archive_of(view), bench.now, lambda done, total: None)
    assert fit.cases >= 40 and fit.ranker.calibration is not None


def test_a_few_last_cases_after_a_long_silence_do_not_decide_alone() -> None:
    """Chances are learned from the newest hundreds of cases, however long ago they were."""
    cases = samples(1_500, {weigh.kind.name: weigh.weight for weigh in START.weights})
    late = [replace(one, right=np.zeros(10, dtype=bool), resolved_at=one.resolved_at + 3_000 * DAY)
            for one in samples(5, {}, seed=9)]  # fmt: skip
    before, after = (learned(some, 10**13).ranker.calibration for some in (cases, [*cases, *late]))
    scores, text = np.array([7.0, 5.0]), np.array([4.0, 3.0])
    assert before is not None and after is not None
    assert after.chances(scores, text)[0] == pytest.approx(before.chances(scores, text)[0], abs=0.05)
