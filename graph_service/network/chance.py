"""What chance alone would do: the contacts of both windows pooled and dealt anew, 999 times.

The unit is what a pair had in one week by one kind of contact; it moves as a whole. Each kind is dealt for itself until
the second window holds as many contacts of it as were seen there, so that more or fewer contacts altogether, or a
source that failed for a while, are chance and not thinning. (Thinning only the larger window alarms on networks that
stay the same; so does dealing without regard to ties that end and begin, which `spread` adds.)
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from graph_service.evidence.tie_kinds import KIND_NAMES
from graph_service.evidence.ties import Floats, Ints, Ties
from graph_service.network.snapshots import Flags
from graph_service.network.windows import Window

DRAWS = 999
QUANTILE = 0.99
EFFECT = 0.10
"""From which change against the mean of the draws on a network is called thinned."""


@dataclass(frozen=True)
class Bundles:
    """The contacts of both windows: per bundle its place in `pairs` (in order), its contacts, its kind; `second` are
    the contacts per kind seen in the second window."""

    pairs: Ints
    place: Ints
    contacts: Ints
    kind: Ints
    second: Ints


def bundles(ties: Ties, first: Window, second: Window) -> Bundles:
    """The bundles of two windows: contacts of a pair, week and kind."""
    early, late = (ties.between(span.since, span.until) for span in (first, second))
    parts = []
    for part in (early, late):
        week = part.day.astype(np.int64) // 7
        codes = (part.pair * len(KIND_NAMES) + part.kind) * (1 << 20) + week
        found, places = np.unique(codes, return_inverse=True)
        parts.append((found >> 20, np.bincount(places, weights=part.contacts, minlength=len(found)).astype(np.int64)))
    codes, contacts = (np.concatenate(both) for both in zip(*parts, strict=True))
    pairs, place = np.unique(codes // len(KIND_NAMES), return_inverse=True)
    seen = np.bincount(late.kind, weights=late.contacts, minlength=len(KIND_NAMES)).astype(np.int64)
    return Bundles(pairs, place, contacts, codes % len(KIND_NAMES), seen)


Measure = Callable[[Flags, Flags], Floats]
"""Figures of one deal: which pairs have a tie in the first window, which in the second."""


def deal(found: Bundles, measure: Measure, draws: int = DRAWS, seed: int = 0) -> Floats:
    """(draws x figures): what the measure tells of each deal."""
    rng = np.random.default_rng(seed)
    order = np.argsort(found.kind, kind="stable")
    ends = np.searchsorted(found.kind[order], np.arange(len(KIND_NAMES) + 1))
    strata = [order[ends[kind] : ends[kind + 1]] for kind in range(len(KIND_NAMES))]
    rows = []
    for _ in range(draws):
        first, second = np.zeros(len(found.pairs), dtype=bool), np.zeros(len(found.pairs), dtype=bool)
        for kind, stratum in enumerate(strata):
            if len(stratum):
                mixed = rng.permutation(stratum)
                cut = _cut(found.contacts[mixed], int(found.second[kind]))
                second[found.place[mixed[:cut]]] = True
                first[found.place[mixed[cut:]]] = True
        rows.append(measure(first, second))
    return np.array(rows)


def _cut(contacts: Ints, wanted: int) -> int:
    """After how many bundles the sum of contacts is nearest to what is wanted."""
    if not wanted:
        return 0
    sums = np.cumsum(contacts)
    at = int(np.searchsorted(sums, wanted))
    if at == len(sums):
        return at
    before = int(sums[at - 1]) if at else 0
    return at + 1 if int(sums[at]) - wanted <= wanted - before else at


@dataclass(frozen=True)
class Band:
    """Per figure its spread over the draws, and how many spreads chance leaves it (the 99 % quantile of the largest
    departure over all figures in each draw)."""

    sd: Floats
    width: float

    def half(self, spread: Floats | float = 0.0) -> Floats:
        """How far from its mean chance explains each figure; `spread` is what else moves it, independent of the
        draws."""
        found: Floats = self.width * np.hypot(self.sd, spread)
        return found


def band(drawn: Floats) -> Band:
    """The band of (draws x figures); figures that no draw moves take no part in its width."""
    mean, sd = drawn.mean(axis=0), drawn.std(axis=0, ddof=1)
    moving = sd > 0
    if not moving.any():
        return Band(sd, 0.0)
    largest = np.max(np.abs(drawn[:, moving] - mean[moving]) / sd[moving], axis=1)
    return Band(sd, float(np.quantile(largest, QUANTILE)))
