"""Metrics by hand."""

import numpy as np
import pytest

from graph_service.ranking.metrics import (
    METRICS,
    Bootstrap,
    calibration_error,
    gini,
    reciprocal_at_10,
    reliability,
    share_of_top,
)

RANKS = np.array([1, 2, 5, 6, 10, 11, np.inf])


@pytest.mark.parametrize(
    ("name", "expected"),
    [("acc@1", 1 / 7), ("acc@5", 3 / 7), ("mrr@10", (1 + 1 / 2 + 1 / 5 + 1 / 6 + 1 / 10) / 7)],
)
def test_means_by_hand(name: str, expected: float) -> None:
    assert float(np.mean(METRICS[name](RANKS))) == pytest.approx(expected)


def test_nothing_beyond_rank_ten_counts() -> None:
    assert reciprocal_at_10(RANKS)[-2:].tolist() == [0.0, 0.0]


def test_intervals_hold_the_mean_and_shrink_with_more_cases() -> None:
    draw = np.random.default_rng(3)
    widths = []
    for cases in (100, 10_000):
        values = (draw.random(cases) < 0.4).astype(float)
        figure = Bootstrap(cases).figure(values)
        assert figure.low <= figure.value <= figure.high
        assert figure.value == pytest.approx(values.mean())
        widths.append(figure.high - figure.low)
    assert widths[0] == pytest.approx(2 * 1.96 * np.sqrt(0.24 / 100), rel=0.25)
    assert widths[1] < widths[0] / 8


def test_the_same_seed_gives_the_same_interval_and_another_hardly_a_different_one() -> None:
    values = (np.arange(2_000) % 5 == 0).astype(float)
    first, again, other = (Bootstrap(2_000, seed).figure(values) for seed in (1, 1, 2))
    assert first == again
    assert first.value == other.value and abs(first.low - other.low) < 0.003


def test_differences_are_paired() -> None:
    """Two rankings that are right on the same cases but a few differ far more surely than two unrelated ones."""
    draw = np.random.default_rng(5)
    base = (draw.random(1_000) < 0.5).astype(float)
    better = base.copy()
    better[np.flatnonzero(base == 0)[:30]] = 1.0
    figure = Bootstrap(1_000).figure(better - base)
    assert figure.low > 0 and figure.value == pytest.approx(0.03)


def test_reliability_and_its_error_by_hand() -> None:
    chances, right = np.array([0.1, 0.2, 0.7, 0.9, 1.0]), np.array([0.0, 1.0, 1.0, 1.0, 0.0])
    low, high = reliability(chances, right, [0.0, 0.5, 1.0])
    assert (low.count, low.promised, low.seen) == (2, pytest.approx(0.15), 0.5)
    assert (high.count, high.promised, high.seen) == (3, pytest.approx(2.6 / 3), pytest.approx(2 / 3))
    assert calibration_error([low, high]) == pytest.approx((2 * 0.35 + 3 * 0.2) / 5)
    assert calibration_error([]) == 0.0


def test_spread_by_hand() -> None:
    assert gini([5, 5, 5, 5]) == pytest.approx(0.0)
    assert gini([0, 0, 0, 8]) == pytest.approx(0.75)
    assert gini([1, 3]) == pytest.approx(0.25)
    assert gini([]) == gini([0.0]) == 0.0
    assert share_of_top([10, 5, 5], 0.05) == 0.5
    assert share_of_top([], 0.05) == 0.0
