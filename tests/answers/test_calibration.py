"""Chances: features by hand, never falling, honest on invented outcomes; bands and who stands level."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from graph_service.ranking.calibration import (
    CLIP,
    FEWEST_FOR_CURVE,
    Band,
    Calibration,
    band_of,
    features,
    fit_calibration,
    level_ranks,
)
from graph_service.ranking.explain import in_shown_order
from graph_service.ranking.ranked import Ranked
from graph_service.store.named_queries import PersonName
from graph_service.text.terms import collated


def test_features_by_hand() -> None:
    gap, lead, text, rest = features(np.array([3.0, 2.0, -9.0]), np.array([1.0, 2.5, 0.0]))
    assert gap == pytest.approx([0.0, -1.0, -np.sqrt(CLIP)])
    assert lead == pytest.approx([1.0, 0.0, 0.0])
    assert text == pytest.approx([1.0, 2.5, 0.0])
    assert rest == pytest.approx([2.0, -0.5, -9.0])
    assert features(np.empty(0), np.empty(0)).shape == (4, 0)


def test_a_single_candidate_leads_beyond_doubt() -> None:
    assert features(np.array([1.0]), np.array([0.0]))[1] == pytest.approx([np.sqrt(CLIP)])


@pytest.mark.parametrize(
    ("chance", "band"),
    [(1.0, Band.STRONG), (0.6, Band.STRONG), (0.59, Band.GOOD), (0.3, Band.GOOD), (0.15, Band.POSSIBLE), (0.14, None)],
)
def test_bands_by_their_bounds(chance: float, band: Band | None) -> None:
    assert band_of(chance) is band


def outcomes(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Features of people and whether they solved it, by a law the fit does not know: a probit with a kink."""
    draw = np.random.default_rng(seed)
    rows = np.array([-draw.random(count) * 2, draw.random(count), draw.random(count) * 3, draw.random(count) * 2])
    truth = np.clip(0.02 + 0.25 * np.maximum(rows.sum(axis=0) - 1, 0) / 2, 0, 0.95)
    return rows, (draw.random(count) < truth).astype(float)


def test_promised_and_seen_agree_on_outcomes_that_were_not_learned_from() -> None:
    rows, right = outcomes(20_000, 1)
    fitted = fit_calibration(rows, right, np.ones(len(right)), [0])
    assert fitted is not None
    new_rows, new_right = outcomes(20_000, 2)
    told = chances_of(fitted, new_rows)
    for low, high in ((0.0, 0.15), (0.15, 0.3), (0.3, 0.6), (0.6, 1.01)):
        inside = (told >= low) & (told < high)
        if inside.sum() > 200:
            assert abs(told[inside].mean() - new_right[inside].mean()) < 0.03


def chances_of(fitted: Calibration, rows: np.ndarray) -> np.ndarray:
    raw = 1 / (1 + np.exp(-(fitted.intercept + np.array(fitted.weights) @ rows)))
    return np.interp(raw, *np.array(fitted.curve).T)


def test_little_data_gets_no_curve_and_one_outcome_nothing() -> None:
    rows, right = outcomes(FEWEST_FOR_CURVE - 1, 3)
    fitted = fit_calibration(rows, right, np.ones(len(right)), [0])
    assert fitted is not None and fitted.curve == ((0.0, 0.0), (1.0, 1.0))
    assert fit_calibration(rows, np.zeros(len(right)), np.ones(len(right)), [0]) is None
    assert fit_calibration(rows, np.ones(len(right)), np.ones(len(right)), [0]) is None


people = st.lists(st.tuples(st.floats(-5, 15), st.floats(0, 10)), min_size=1, max_size=12)


@given(people=people, seed=st.integers(0, 9))
def test_the_chance_never_rises_down_the_order(people: list[tuple[float, float]], seed: int) -> None:
    rows, right = outcomes(300, seed)
    fitted = fit_calibration(rows, right, np.ones(len(right)), range(0, 300, 10))
    assert fitted is not None
    given_scores, text = np.array(sorted(people, reverse=True)).T
    told = fitted.chances(given_scores, text)
    assert np.all(np.diff(told) <= 1e-12)
    assert np.all((told >= 0) & (told <= 1))


def test_people_of_one_band_with_hardly_a_gap_stand_level() -> None:
    assert level_ranks([3.0, 2.95, 2.9, 2.8, 1.0, 0.99], [0.7, 0.69, 0.68, 0.5, 0.4, 0.2]) == [1, 1, 1, 4, 5, 6]
    assert level_ranks([3.0, 2.9, 2.8], [0.7, 0.7, 0.7]) == [1, 1, 3]  # the gap is to the first of them
    assert level_ranks([], []) == []


def test_level_people_are_shown_by_german_collation() -> None:
    people = [("a", 1, 1), ("b", 2, 1), ("c", 3, 1), ("d", 4, 4), ("e", 5, 5)]
    told = [Ranked(person, rank, 1.0, {}, level) for person, rank, level in people]
    names = {"a": "Zoë", "b": "Özil", "c": "Olga", "d": "Zimmer", "e": "Anna"}
    rows = {person: PersonName(person, name, "EMPLOYEE", "house", person, "", "") for person, name in names.items()}
    assert [one.person for one in in_shown_order(told, rows)] == ["c", "b", "a", "d", "e"]


def test_german_collation() -> None:
    people = ["Zimmer", "Öztürk", "Oben", "Ärmel", "Arzt", "Groß", "Gross", "Yıldız", "Yilmaz"]
    assert sorted(people, key=collated) == [
        "Ärmel",
        "Arzt",
        "Groß",
        "Gross",
        "Oben",
        "Öztürk",
        "Yıldız",
        "Yilmaz",
        "Zimmer",
    ]
