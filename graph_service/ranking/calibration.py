"""From scores to chances: how often somebody standing like this was among those who solved such a case.

A logistic regression on four numbers, then a monotone curve through what was seen (isotonic regression, Zadrozny and
Elkan 2002). Both are fitted on the house's own past, forward in time.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph_service.evidence.situation import Floats

CLIP = 8.0
"""Differences of scores beyond this are all the same: hopeless, or beyond doubt."""


FEWEST_FOR_CURVE = 2_000
"""People judged below which a curve would follow chance, so that the logistic regression stands alone."""


class Band(enum.StrEnum):
    """How likely a person is among those who solve such a case: at least .60, .30, .15."""

    STRONG = "STRONG"
    GOOD = "GOOD"
    POSSIBLE = "POSSIBLE"


LEAST = {Band.STRONG: 0.60, Band.GOOD: 0.30, Band.POSSIBLE: 0.15}


def band_of(chance: float) -> Band | None:
    """The band of a chance; None below POSSIBLE."""
    return next((band for band, least in LEAST.items() if chance >= least), None)


EQUAL = 0.05
"""Gap of log scores below which two people of one band stand level (`answer.md` 4)."""
SPREAD = 2.9
"""The sum of the ranker's factors: a score over it is a log score."""


def level_ranks(scores: Sequence[float], chances: Sequence[float]) -> list[int]:
    """The place that is shown for each person, given best first: those who stand level with the first of them share it,
    1, 2, 2, 4."""
    ranks: list[int] = []
    for place, (score, chance) in enumerate(zip(scores, chances, strict=True)):
        first = ranks[-1] - 1 if ranks else 0
        is_level = (scores[first] - score) / SPREAD < EQUAL and band_of(chances[first]) == band_of(chance)
        ranks.append(first + 1 if is_level else place + 1)
    return ranks


def features(scores: Floats, text: Floats) -> Floats:
    """What the chance of each person is read from, four rows: the gap to the best score and, for the best, the lead
    over the next (square roots, clipped at 8); what text evidence gives to the score, and what everything else does."""
    if not len(scores):
        return np.empty((4, 0))
    best = float(np.max(scores))
    gap = -np.sqrt(np.minimum(best - scores, CLIP))
    first = int(np.argmax(scores))
    rest = np.delete(scores, first)
    lead = np.zeros(len(scores))
    lead[first] = np.sqrt(min(best - float(np.max(rest)), CLIP)) if len(rest) else np.sqrt(CLIP)
    return np.array([gap, lead, text, scores - text])


@dataclass(frozen=True, slots=True)
class Calibration:
    """`weights` belong to the rows of `features`; `curve` holds (raw chance, seen chance) points, rising."""

    intercept: float
    weights: tuple[float, ...]
    curve: tuple[tuple[float, float], ...]

    def chances(self, scores: Floats, text: Floats) -> Floats:
        """The chance of each person of one question, 0..1, given best first: it never rises down the order."""
        raw = np.minimum.accumulate(_raw(self.intercept, np.array(self.weights), features(scores, text)))
        at, seen = np.array(self.curve).T
        found: Floats = np.interp(raw, at, seen)
        return found


def _raw(intercept: float, weights: Floats, rows: Floats) -> Floats:
    total = np.full(rows.shape[1], intercept)
    for weight, row in zip(weights.tolist(), rows, strict=True):
        total = total + weight * row
    chance: Floats = 1.0 / (1.0 + np.exp(-total))
    return chance


def fit_calibration(rows: Floats, right: Floats, weights: Floats, firsts: Sequence[int]) -> Calibration | None:
    """Fits on (4 x n) features of people, whether each solved the case, and how much each counts; None without both
    kinds of outcome. `firsts` are the places where a question begins, its people best first. The chance never falls
    with any of the four."""
    from scipy.optimize import minimize
    from sklearn.isotonic import IsotonicRegression

    if not 0 < np.sum(right) < len(right):
        return None
    design = np.vstack([np.ones(rows.shape[1]), rows])

    def loss(point: Floats) -> tuple[float, Floats]:
        chance = 1.0 / (1.0 + np.exp(-(point @ design)))
        inside = np.clip(np.where(right > 0, chance, 1 - chance), 1e-12, 1.0)
        slope = design @ ((chance - right) * weights)
        return float(-np.sum(weights * np.log(inside)) + 0.005 * point[1:] @ point[1:]), slope + np.append(
            0.0, 0.01 * point[1:]
        )

    bounds = [(None, None)] + [(0.0, None)] * len(rows)
    found = minimize(loss, np.zeros(len(design)), jac=True, method="L-BFGS-B", bounds=bounds).x
    fitted = float(found[0]), tuple(found[1:].tolist())
    if len(right) < FEWEST_FOR_CURVE:
        return Calibration(*fitted, ((0.0, 0.0), (1.0, 1.0)))
    raw = _raw(float(found[0]), found[1:], rows)
    raw = np.concatenate([np.minimum.accumulate(part) for part in np.split(raw, firsts[1:])])
    curve = IsotonicRegression(y_min=0.0, y_max=1.0).fit(raw, right, sample_weight=weights)
    points = zip(curve.X_thresholds_.tolist(), curve.y_thresholds_.tolist(), strict=True)
    return Calibration(*fitted, _thinned(list(points)))


def _thinned(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """At most a hundred points, first and last among them, rounded to six digits so that people can read them."""
    places = sorted({round(place) for place in np.linspace(0, len(points) - 1, min(len(points), 100)).tolist()})
    return tuple((round(points[place][0], 6), round(points[place][1], 6)) for place in places)
