"""How good a ranking was. Ranks count from 1; infinite = not in the list. Intervals: 95 %, bootstrap over cases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph_service.evidence.situation import Floats

RESAMPLES = 1_000
FEWEST_FOR_INTERVAL = 10
SEED = 1
BINS = 10


def accuracy_at_1(ranks: Floats) -> Floats:
    """1 where the best placed right person stands first."""
    return (ranks <= 1).astype(np.float64)


def accuracy_at_5(ranks: Floats) -> Floats:
    """1 where a right person is among the first five."""
    return (ranks <= 5).astype(np.float64)


def reciprocal_at_10(ranks: Floats) -> Floats:
    """1/rank up to rank 10, else 0; its mean is MRR@10 (Voorhees 1999)."""
    return np.where(ranks <= 10, 1 / np.maximum(ranks, 1), 0.0)


METRICS: Mapping[str, Callable[[Floats], Floats]] = {
    "acc@1": accuracy_at_1,
    "acc@5": accuracy_at_5,
    "mrr@10": reciprocal_at_10,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean with its 95 % interval; without one (None) where there are too few cases for it."""

    value: float
    low: float | None
    high: float | None


class Bootstrap:
    """Means over the same resampled cases for whatever is compared, so that differences are paired (Efron 1979)."""

    def __init__(self, cases: int, seed: int = SEED) -> None:
        draw = np.random.default_rng(seed)
        count = RESAMPLES if cases >= FEWEST_FOR_INTERVAL else 0
        self._counts: NDArray[np.uint8] = np.zeros((count, cases), dtype=np.uint8)  # a case is drawn once on average
        for row in self._counts:
            row += np.bincount(draw.integers(0, cases, cases), minlength=cases).astype(np.uint8)

    def figure(self, values: Floats) -> Figure:
        """The mean of a value per case."""
        if not len(self._counts):
            return Figure(float(np.mean(values)), None, None)
        means = [float(part @ values) / len(values) for part in self._counts]
        low, high = np.percentile(means, [2.5, 97.5]).tolist()
        return Figure(float(np.mean(values)), low, high)


@dataclass(frozen=True, slots=True)
class Bin:
    """Chances between two bounds: how many, what they promised on average, how often they were right (None: none)."""

    low: float
    high: float
    count: int
    promised: float | None
    seen: float | None

    @property
    def difference(self) -> float | None:
        """Seen minus promised."""
        return None if self.seen is None or self.promised is None else self.seen - self.promised


def reliability(chances: Floats, right: Floats, bounds: Sequence[float]) -> list[Bin]:
    """Promised against seen between each pair of neighbouring bounds; the last bound is included."""
    bins = []
    for low, high in pairwise(bounds):
        inside = (chances >= low) & ((chances < high) if high < bounds[-1] else (chances <= high))
        count = int(np.sum(inside))
        promised = float(np.mean(chances[inside])) if count else None
        seen = float(np.mean(right[inside])) if count else None
        bins.append(Bin(low, high, count, promised, seen))
    return bins


def calibration_error(bins: Sequence[Bin]) -> float:
    """ECE: the mean distance between promised and seen, weighted by count (Naeini et al. 2015)."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.difference or 0.0) for one in bins) / total if total else 0.0


def gini(counts: Sequence[float]) -> float:
    """How unevenly something is spread: 0 = everybody the same, towards 1 = one has it all (Gini 1912)."""
    ordered = np.sort(np.array(counts, dtype=np.float64))
    total = float(np.sum(ordered))
    if not total:
        return 0.0
    places = np.arange(1, len(ordered) + 1)
    return float(2 * np.sum(places * ordered) / (len(ordered) * total) - (len(ordered) + 1) / len(ordered))


def share_of_top(counts: Sequence[float], part: float) -> float:
    """The share that the most frequent `part` of all people have together, at least one person."""
    ordered = sorted(counts, reverse=True)
    top = ordered[: max(1, round(len(ordered) * part))]
    return sum(top) / sum(ordered) if sum(ordered) else 0.0
