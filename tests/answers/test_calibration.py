"""Chances: features by hand, never falling, honest on invented outcomes; bands and who stands level."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.ranking.calibration import (
    CLIP,
    FEWEST_FOR_CURVE,
    Band,
    Calibration,
    band_of,
    features,
    fit_calibration,
)
from graph_service.ranking.explain import levels
from graph_service.ranking.recommend import Ranked
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
    fitted = fit_calibration(rows, right, np.ones(len(right)))
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
    fitted = fit_calibration(rows, right, np.ones(len(right)))
    assert fitted is not None and fitted.curve == ((0.0, 0.0), (1.0, 1.0))
    assert fit_calibration(rows, np.zeros(len(right)), np.ones(len(right))) is None
    assert fit_calibration(rows, np.ones(len(right)), np.ones(len(right))) is None


@given(scores=st.lists(st.floats(-5, 15), min_size=1, max_size=12), seed=st.integers(0, 9))
def test_a_better_score_never_has_a_smaller_chance(scores: list[float], seed: int) -> None:
    rows, right = outcomes(300, seed)
    fitted = fit_calibration(rows, right, np.ones(len(right)))
    assert fitted is not None
    given_scores = np.array(sorted(scores, reverse=True))
    told = fitted.chances(given_scores, given_scores / 2)
    assert np.all(np.diff(told) <= 1e-12)
    assert np.all((told >= 0) & (told <= 1))


def ranked(person: str, rank: int, score: float, chance: float | None) -> Ranked:
    return Ranked(person, rank, score, {}, chance)


def names(**told: str) -> dict[str, PersonName]:
    return {person: PersonName(person, name, "EMPLOYEE", "house", person) for person, name in told.items()}


def test_people_of_one_band_with_hardly_a_gap_stand_level_by_german_collation() -> None:
    given_people = [
        ranked("a", 1, 3.0, 0.7),
        ranked("b", 2, 2.95, 0.69),
        ranked("c", 3, 2.9, 0.68),
        ranked("d", 4, 1.0, 0.4),
    ]
    shown = levels(given_people, names(a="Zoë", b="Özil", c="Olga", d="Anna"))
    assert [(one.ranked.person, one.rank, one.is_equal) for one in shown] == [
        ("c", 1, False),
        ("b", 1, True),
        ("a", 1, True),
        ("d", 4, False),
    ]


def test_nobody_stands_level_across_bands_or_without_them() -> None:
    across = [ranked("a", 1, 3.0, 0.61), ranked("b", 2, 2.99, 0.59)]
    without = [ranked("a", 1, 3.0, None), ranked("b", 2, 3.0, None)]
    for people in (across, without):
        assert [one.is_equal for one in levels(people, names(a="B", b="A"))] == [False, False]


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
