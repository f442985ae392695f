"""What thinned between two windows: counted, held against chance and against what the sources tell, and protected."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from graph_service.evidence.tie_kinds import KIND_NAMES
from graph_service.evidence.ties import Floats, Ints, Ties
from graph_service.network import change as ch
from graph_service.network.chance import DRAWS, EFFECT, Bundles, band, bundles, deal
from graph_service.network.change import Change
from graph_service.network.coverage import Coverage, coverage_of
from graph_service.network.differences import Cells
from graph_service.network.division import Division
from graph_service.network.groups import Dimension
from graph_service.network.protection import Selection, cells_of
from graph_service.network.snapshots import Snapshot, known_before, snapshot
from graph_service.network.windows import Window


@dataclass(frozen=True, slots=True)
class Verdict:
    """Ties of the second window as today's amount of contacts lets expect them, the change against that (-0.2: a fifth
    fewer), and whether that is more than chance."""

    expected: float
    effect: float
    is_thinned: bool


@dataclass(frozen=True, slots=True)
class GroupChange:
    """A group's ties to other groups, among people who are there in both windows; None where they may not be told, as
    of groups that are withheld until the next month."""

    names: tuple[str, ...]
    size: int
    is_withheld: bool
    cross: Change | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class CellChange:
    """The ties between two groups, or inside of one."""

    one: int
    other: int
    ties: Change
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Divided:
    """What changed by one dimension; `hidden` pairs of groups have too few people to be told of. `cross` are all ties
    between groups."""

    groups: Sequence[GroupChange]
    cells: Sequence[CellChange]
    hidden: int
    cross: Change | None
    verdict: Verdict | None
    cross_share: tuple[float | None, float | None]
    e_i: tuple[float | None, float | None]
    groups_reached: tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Thinning:
    """The comparison of two windows. `people` have a tie in the first, the second, both; `ties` are among those in
    both, `gone` and `come` the ties with others in the first and the second window. What is told of everybody is None
    while groups are withheld until the next month."""

    before: Window
    after: Window
    minimum: int
    kinds: tuple[str, ...]
    compared: tuple[str, ...]
    coverage: Sequence[Coverage]
    people: tuple[int, int, int] | None
    contacts: tuple[int, int] | None
    ties: Change | None
    gone: int | None
    come: int | None
    verdict: Verdict | None
    shrink: float | None
    share_smaller: float | None
    divided: Mapping[Dimension, Divided]
    draws: int

    def is_thinned(self, dimension: Dimension) -> bool:
        """Whether anything thinned more than chance explains, in one dimension."""
        found = self.divided[dimension]
        verdicts = [self.verdict, found.verdict]
        verdicts += [group.verdict for group in found.groups] + [cell.verdict for cell in found.cells]
        return any(verdict is not None and verdict.is_thinned for verdict in verdicts)


@dataclass(frozen=True)
class _Side:
    """One dimension of the comparison: everybody's group, the cells, and the cell of each pair that is dealt."""

    division: Division
    group: Ints
    cells: Cells
    place: Ints
    withheld: frozenset[int] = frozenset()

    def without(self, groups: frozenset[int]) -> "_Side":
        """The same with nothing told of some groups, nor of all together."""
        if not groups:
            return self
        gone = list(groups)
        shown = self.cells.shown & ~np.isin(self.cells.one, gone) & ~np.isin(self.cells.other, gone)
        sums = self.cells.sums.copy()
        sums[[*gone, -1]] = False
        return replace(self, cells=replace(self.cells, shown=shown, sums=sums), withheld=groups)

    def counts(self, present: "Snapshot") -> Ints:
        """Ties per cell."""
        return self.of(np.minimum(self.group[present.one], self.group[present.other]) * self.cells.groups
                       + np.maximum(self.group[present.one], self.group[present.other]))  # fmt: skip

    def of(self, codes: Ints) -> Ints:
        """How often each cell's code is among these."""
        known = np.isin(codes, self.cells.codes)
        return np.bincount(np.searchsorted(self.cells.codes, codes[known]), minlength=len(self.cells.codes))

    def summed(self, counts: Floats) -> Floats:
        """(… x cells) counts, then those of each group to all others, then of all groups to each other."""
        between = self.cells.one != self.cells.other
        sums = np.zeros((len(self.cells.codes), self.cells.groups + 1))
        rows = np.flatnonzero(between)
        sums[rows, self.cells.one[rows]] = sums[rows, self.cells.other[rows]] = sums[rows, -1] = 1.0
        return np.concatenate([counts, counts @ sums], axis=-1)


@dataclass(frozen=True)
class Question:
    """What is compared: two windows, by some kinds of contact, told of groups of at least `minimum` people."""

    before: Window
    after: Window
    kinds: tuple[str, ...] = KIND_NAMES
    minimum: int = 10
    draws: int = DRAWS


Withheld = Mapping[Dimension, frozenset[int]]
"""Groups by their place that nothing is told of now."""


def thinning(
    ties: Ties, divisions: Mapping[Dimension, Division], asked: Question, withheld: Withheld = MappingProxyType({})
) -> Thinning:
    """Compares two windows of all ties."""
    coverage = coverage_of(ties, asked.before, asked.after, asked.kinds)
    common = tuple(one.kind for one in coverage if one.is_common)
    of_kinds = ties.of_kinds(common)
    whole = snapshot(of_kinds, asked.before), snapshot(of_kinds, asked.after)
    both = ch.stayers(*whole)
    first, second = (network.among(both) for network in whole)
    known = known_before(of_kinds, asked.before.since)
    total = ch.change(first, second, known)
    inside = ties.only(both[ties.one] & both[ties.other])
    dealt = bundles(inside.of_kinds(common), asked.before, asked.after)
    sides = {
        name: _side(inside, division, common, asked, dealt).without(withheld.get(name, frozenset()))
        for name, division in divisions.items()
    }
    drawn = _drawn(dealt, list(sides.values()), asked.draws)
    overall = _verdicts(drawn[0], np.array([[total.before], [total.after], [total.kept]], dtype=float))[0]
    found = Thinning(
        before=asked.before,
        after=asked.after,
        minimum=asked.minimum,
        kinds=asked.kinds,
        compared=common,
        coverage=coverage,
        people=(int(whole[0].present.sum()), int(whole[1].present.sum()), int(both.sum())),
        contacts=(int(whole[0].contacts.sum()), int(whole[1].contacts.sum())),
        ties=total,
        gone=len(whole[0].pairs) - total.before,
        come=len(whole[1].pairs) - total.after,
        verdict=overall,
        shrink=ch.size_shrink(first, second, both),
        share_smaller=ch.share_smaller(first, second, both),
        divided={
            name: _divided(side, (first, second), known, drawn[place])
            for place, (name, side) in enumerate(sides.items(), start=1)
        },
        draws=asked.draws,
    )
    return _without_everybody(found) if any(withheld.values()) else found


def _without_everybody(found: Thinning) -> Thinning:
    return replace(
        found,
        people=None,
        contacts=None,
        ties=None,
        gone=None,
        come=None,
        verdict=None,
        shrink=None,
        share_smaller=None,
    )


def _side(ties: Ties, division: Division, common: Sequence[str], asked: Question, dealt: Bundles) -> _Side:
    group = division.places(ties.people)
    chosen = np.isin(ties.kind, [KIND_NAMES.index(kind) for kind in common])
    selection = Selection(ties, chosen, (asked.before, asked.after), group, len(division.names))
    cells = cells_of(selection, asked.minimum)
    one, other = group[dealt.pairs // len(ties.people)], group[dealt.pairs % len(ties.people)]
    code = np.minimum(one, other) * len(division.names) + np.maximum(one, other)
    return _Side(division, group, cells, np.searchsorted(cells.codes, code))


def _drawn(dealt: Bundles, sides: Sequence[_Side], draws: int) -> list[Floats]:
    """(draws x before, after, kept x figures) ties as chance deals them: altogether, and per dimension its cells and
    sums."""
    sizes = [len(side.cells.codes) for side in sides]

    def measure(first: "np.ndarray", second: "np.ndarray") -> Floats:
        counts = [
            np.bincount(side.place[present], minlength=size)
            for side, size in zip(sides, sizes, strict=True)
            for present in (first, second, first & second)
        ]
        return np.concatenate([[first.sum(), second.sum(), (first & second).sum()], *counts])

    drawn = deal(dealt, measure, draws).astype(np.float64)
    found, start = [drawn[:, :3, None]], 3
    for side, size in zip(sides, sizes, strict=True):
        cells = drawn[:, start : start + 3 * size].reshape(len(drawn), 3, size)
        found.append(side.summed(cells))
        start += 3 * size
    return found


def _verdicts(drawn: Floats, seen: Floats) -> list[Verdict | None]:
    """What chance leaves of figures: `drawn` (draws x 3 x figures), `seen` (3 x figures): before, after and kept.

    The value is ties after over ties before. It varies by the draws, and beyond them by ties that end and begin: a
    difference of paired counts has the variance lost + added (McNemar 1947), of which the draws hold what comes from
    seeing ties by few contacts.
    """
    before, after, kept = seen
    can = (before > 0) & (drawn[:, 0] > 0).all(axis=0)
    if not can.any():
        return [None] * len(before)
    ratio = after[can] / before[can]
    chance = band(drawn[:, 1, can] / drawn[:, 0, can])
    effects = chance.effect(ratio)
    turned = (before + after - 2 * kept)[can] - (drawn[:, 0] + drawn[:, 1] - 2 * drawn[:, 2]).mean(axis=0)[can]
    outside = chance.is_outside(ratio, np.sqrt(np.maximum(turned, 0.0)) / before[can])
    told = zip(chance.mean * before[can], effects, outside & (effects <= -EFFECT), strict=True)
    found: list[Verdict | None] = [None] * len(before)
    for place, (expected, effect, is_thinned) in zip(np.flatnonzero(can).tolist(), told, strict=True):
        found[place] = Verdict(float(expected), float(effect), bool(is_thinned))
    return found


def _divided(side: _Side, networks: tuple[Snapshot, Snapshot], known: Ints, drawn: Floats) -> Divided:
    first, second = networks
    kept = np.intersect1d(first.pairs, second.pairs, assume_unique=True)
    added = np.setdiff1d(second.pairs, first.pairs, assume_unique=True)
    again = added[np.isin(added, known)]
    counted = [
        side.summed(side.counts(Snapshot(first.size, pairs, np.ones_like(pairs))).astype(np.float64))
        for pairs in (first.pairs, second.pairs, kept, again)
    ]
    before, after, stayed, reactivated = counted
    verdicts = _verdicts(drawn, np.array([before, after, stayed]))
    changes = [
        Change(int(b), int(a), int(k), int(r), int(a - k - r))
        for b, a, k, r in zip(before, after, stayed, reactivated, strict=True)
    ]
    cells, at = side.cells, len(side.cells.codes)
    return Divided(
        groups=[
            GroupChange(
                names,
                size,
                place in side.withheld,
                changes[at + place] if cells.sums[place] else None,
                verdicts[at + place] if cells.sums[place] else None,
            )
            for place, (names, size) in enumerate(zip(side.division.names, side.division.sizes, strict=True))
        ],
        cells=[
            CellChange(int(cells.one[cell]), int(cells.other[cell]), changes[cell], verdicts[cell])
            for cell in np.flatnonzero(cells.shown)
        ],
        hidden=int((~cells.shown).sum()),
        cross=changes[-1] if cells.sums[-1] else None,
        verdict=verdicts[-1] if cells.sums[-1] else None,
        cross_share=_both(networks, lambda network: ch.cross_share(network, side.group), cells),
        e_i=_both(networks, lambda network: ch.e_i(network, side.group), cells),
        groups_reached=_both(networks, lambda network: ch.groups_reached(network, side.group), cells),
    )


def _both(
    networks: tuple[Snapshot, Snapshot], measure: Callable[[Snapshot], float | None], cells: Cells
) -> tuple[float | None, float | None]:
    if not cells.sums[-1]:
        return None, None
    return measure(networks[0]), measure(networks[1])
