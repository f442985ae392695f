"""Ties as chance deals them, and what that leaves of a change."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph_service.evidence.ties import Floats, Ints
from graph_service.network.bursts import Bursts, few_blocks
from graph_service.network.chance import EFFECT, Bundles, band, deal
from graph_service.network.change import Change
from graph_service.network.snapshots import Flags

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """Ties after over ties before as today's amount of contacts lets expect it, from where to where chance explains it,
    the change against what is expected (-0.2: a fifth fewer), and whether that is more than chance. `is_rough`: only
    the latter may be told, as few people are there in one window only, and figures of the others would tell of them."""

    expected: float
    low: float
    high: float
    effect: float
    is_thinned: bool
    is_rough: bool = False


def usual(counts: Change, verdict: Verdict) -> float:
    """How many ties are to be expected of everybody, of whom the counts are: what they have, less the effect, to two
    digits, as people who are there in both windows are others for each pair of windows."""
    effect = round(verdict.effect, 2)
    return counts.after / (1.0 + effect) if effect > -1.0 else counts.before * verdict.expected


def dealt_counts(dealt: Bundles, place: Ints, cells: int, draws: int) -> Floats:
    """(draws x before, after, kept x figures) ties: altogether, then per cell; `place` is the cell of each pair, or
    `cells` for none."""

    def measure(first: Flags, second: Flags) -> Floats:
        told = [
            np.concatenate([[present.sum()], np.bincount(place[present], minlength=cells + 1)[:cells]])
            for present in (first, second, first & second)
        ]
        return np.array(told, dtype=np.float64)

    return deal(dealt, measure, draws)


def verdicts(drawn: Floats, seen: Sequence[Change], bursts: Sequence[Bursts]) -> list[Verdict | None]:
    """What chance leaves of figures, `drawn` (draws x 3 x figures) as `dealt_counts` gives them; `bursts` of the first
    and the second window.

    With m = ties after over ties before in the mean of the draws, the value is after - m * before: a difference, whose
    tails stay light where ties are few, as those of a ratio do not (Fieller 1954). It varies by the draws, and beyond
    them by ties that end and begin: a difference of paired counts has the variance lost + added (McNemar 1947), of
    which the draws hold what comes from seeing ties by few contacts; and by meetings of many, as far as weeks differ
    by them. None where fewer than five ties are to be expected
    in a window (Cochran 1954).
    """
    before, after, kept = np.array([[one.before, one.after, one.kept] for one in seen], dtype=np.float64).T
    mean = drawn.mean(axis=0)
    can = (before > 0) & (mean[0] >= FEWEST) & (mean[1] >= FEWEST)
    found: list[Verdict | None] = [None] * len(seen)
    if not can.any():
        return found
    before, after, kept, mean = before[can], after[can], kept[can], mean[:, can]
    expected = mean[1] / mean[0]
    chance = band(drawn[:, 1, can] - expected * drawn[:, 0, can])
    effects = after / before / expected - 1.0
    turned = (before + after - 2 * kept) - (mean[0] + mean[1] - 2 * mean[2])
    first, second = (one.variance[can] * few_blocks(chance.width, one.blocks) for one in bursts)
    half = chance.half(np.sqrt(np.maximum(turned, 0.0) + second + expected**2 * first)) / before
    thinned = (after / before < expected - half) & (effects <= -EFFECT)
    told = zip(expected, np.maximum(expected - half, 0.0), expected + half, effects, thinned, strict=True)
    for place, (usual, low, high, effect, is_thinned) in zip(np.flatnonzero(can).tolist(), told, strict=True):
        found[place] = Verdict(float(usual), float(low), float(high), float(effect), bool(is_thinned))
    return found
