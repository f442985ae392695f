"""Ties as chance deals them, and what that leaves of a change."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph_service.evidence.ties import Floats, Ints
from graph_service.network.chance import EFFECT, Bundles, band, deal
from graph_service.network.change import Change
from graph_service.network.snapshots import Flags


@dataclass(frozen=True, slots=True)
class Verdict:
    """Ties after over ties before as today's amount of contacts lets expect it, the change against that (-0.2: a fifth
    fewer), and whether that is more than chance."""

    expected: float
    effect: float
    is_thinned: bool


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


def verdicts(drawn: Floats, seen: Sequence[Change]) -> list[Verdict | None]:
    """What chance leaves of figures, `drawn` (draws x 3 x figures) as `dealt_counts` gives them.

    The value is ties after over ties before. It varies by the draws, and beyond them by ties that end and begin: a
    difference of paired counts has the variance lost + added (McNemar 1947), of which the draws hold what comes from
    seeing ties by few contacts.
    """
    before, after, kept = np.array([[one.before, one.after, one.kept] for one in seen], dtype=np.float64).T
    can = (before > 0) & (drawn[:, 0] > 0).all(axis=0)
    found: list[Verdict | None] = [None] * len(seen)
    if not can.any():
        return found
    ratio = after[can] / before[can]
    chance = band(drawn[:, 1, can] / drawn[:, 0, can])
    effects = chance.effect(ratio)
    turned = (before + after - 2 * kept)[can] - (drawn[:, 0] + drawn[:, 1] - 2 * drawn[:, 2]).mean(axis=0)[can]
    outside = chance.is_outside(ratio, np.sqrt(np.maximum(turned, 0.0)) / before[can])
    told = zip(chance.mean, effects, outside & (effects <= -EFFECT), strict=True)
    for place, (expected, effect, is_thinned) in zip(np.flatnonzero(can).tolist(), told, strict=True):
        found[place] = Verdict(float(expected), float(effect), bool(is_thinned))
    return found
