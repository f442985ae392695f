"""Two windows side by side: ties per pair of groups, per group and altogether, and what chance leaves of their change.

Figures stand in one order everywhere: each cell, the ties of each group to all others, those between all groups, all
ties.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from graph_service.evidence.ties import Floats, Ints, Ties
from graph_service.network.bursts import Bursts, blocks_of, bursts_of, only_once
from graph_service.network.chance import bundles
from graph_service.network.change import Change, change, stayers
from graph_service.network.dealing import Verdict, dealt_counts, verdicts
from graph_service.network.differences import Cells
from graph_service.network.protection import Selection, cells_of, of_enough
from graph_service.network.snapshots import Flags, Snapshot, known_before, snapshot
from graph_service.network.windows import Window

Networks = tuple[Snapshot, Snapshot]


@dataclass(frozen=True)
class Comparison:
    """What is compared, by which cells, and of how many people something must be to be told."""

    selection: Selection
    fewest: int

    @cached_property
    def cells(self) -> Cells:
        """Which pairs of groups and sums may be shown."""
        return cells_of(self.selection, self.fewest)

    @cached_property
    def ties(self) -> Ties:
        """Those of the chosen kinds."""
        return self.selection.ties.only(self.selection.chosen)

    @cached_property
    def networks(self) -> Networks:
        """Everybody's, of both windows."""
        before, after = self.selection.windows
        return snapshot(self.ties, before), snapshot(self.ties, after)

    @cached_property
    def both(self) -> Flags:
        """Who has a tie in both windows."""
        return stayers(*self.networks)

    @cached_property
    def stayed(self) -> Networks:
        """The networks of those."""
        return self.networks[0].among(self.both), self.networks[1].among(self.both)

    @cached_property
    def known(self) -> Ints:
        """The pairs that had a contact before the first window."""
        return known_before(self.ties, self.selection.windows[0].since)

    def changes(self) -> list[Change]:
        """What became of everybody's ties. Lost, kept and added are told only where lost and added ones are each of
        nobody or of enough people: else they would tell of a lone leaver; added ones apart only where those known
        before, and those not, are: else they would tell of quarters in between."""
        before, after = self.selection.windows
        lost = self._rows_without(before, self.networks[1])
        added = self._rows_without(after, self.networks[0])
        is_known = np.isin(self.selection.ties.pair, self.known)
        can_move = self._are_of_enough(lost) & self._are_of_enough(added)
        can_part = self._are_of_enough(added & is_known) & self._are_of_enough(added & ~is_known)
        found = []
        for one, moves, parts in zip(self._changes(self.networks), can_move.tolist(), can_part.tolist(), strict=True):
            told = one if parts and moves else replace(one, reactivated=None, new=None)
            found.append(told if moves else replace(told, kept=None))
        return found

    def _are_both(self, ties: Ties) -> Flags:
        """Which rows are of two people who have a tie in both windows."""
        found: Flags = self.both[ties.one] & self.both[ties.other]
        return found

    def _rows_without(self, span: Window, other: Snapshot) -> Flags:
        """Rows of a window of pairs that are not in the other one."""
        ties = self.selection.ties
        rows: Flags = ties.within(span.since, span.until) & self.selection.chosen & ~np.isin(ties.pair, other.pairs)
        return rows

    def _are_of_enough(self, rows: Flags) -> Flags:
        return self.selection.of_sides(rows, self.cells.codes, self.fewest)

    def verdicts(self, draws: int) -> list[Verdict | None]:
        """What chance leaves of the changes of those who are there in both windows; None where they are too few."""
        ties, steady = self.selection.ties, self._changes(self.stayed)
        staying = self._are_both(ties)
        dealt = bundles(ties.only(staying & self.selection.chosen), *self.selection.windows)
        place = self._place(dealt.pairs // len(ties.people), dealt.pairs % len(ties.people))
        drawn = dealt_counts(dealt, place, len(self.cells.codes), draws)
        bursts = [self._bursts(span) for span in self.selection.windows]
        every, last = slice(None, -1), slice(-1, None)
        found = [
            *verdicts(self._summed(drawn[:, :, 1:]), steady[every], [one.of(every) for one in bursts]),
            *verdicts(drawn[:, :, :1], steady[last], [one.of(last) for one in bursts]),
        ]
        among = replace(self.selection, ties=ties.only(staying), chosen=self.selection.chosen[staying])
        enough = of_enough(among, self.cells.codes, self.fewest)
        told = zip(found, [*enough.tolist(), enough[-1]], self.are_apart.tolist(), strict=True)
        return [
            replace(one, is_rough=not is_apart) if one is not None and is_enough else None
            for one, is_enough, is_apart in told
        ]

    def _bursts(self, span: Window) -> Bursts:
        """How far the ties of those who are there in both windows come together in one."""
        ties = self.ties.only(self._are_both(self.ties)).between(span.since, span.until)
        blocks, cells = blocks_of(ties.day.astype(np.int64), span), len(self.cells.codes)
        count, pair = int(blocks.max(initial=0)) + 1, ties.pair
        rows = only_once(pair, blocks)
        place = self._place(*divmod(pair[rows], len(ties.people)))
        once = np.bincount(blocks[rows] * (cells + 1) + place, minlength=count * (cells + 1)).reshape(count, -1)
        told = np.concatenate([self._summed(once[:, :-1].astype(np.float64)), once.sum(axis=1, keepdims=True)], axis=1)
        contacts = np.bincount(blocks, weights=ties.contacts, minlength=count).astype(np.float64)
        return bursts_of(told, contacts)

    @cached_property
    def are_apart(self) -> Flags:
        """In which figures those who are there in one window only are nobody or enough: else counts of everybody beside
        figures of those who are there in both would tell of them."""
        ties, found = self.selection.ties, np.ones(len(self.cells.codes) + self.cells.groups + 2, dtype=bool)
        for span in self.selection.windows:
            rows = ties.within(span.since, span.until) & self.selection.chosen & ~self._are_both(ties)
            found &= self.selection.of_people(rows, ~self.both, self.cells.codes, self.fewest)
        return found

    def _changes(self, networks: Networks) -> list[Change]:
        first, second = networks
        kept = np.intersect1d(first.pairs, second.pairs, assume_unique=True)
        added = np.setdiff1d(second.pairs, first.pairs, assume_unique=True)
        again = added[np.isin(added, self.known)]
        told = [self._counts(pairs) for pairs in (first.pairs, second.pairs, kept, again)]
        found = [Change(int(b), int(a), int(k), int(r), int(a - k - r)) for b, a, k, r in zip(*told, strict=True)]
        return [*found, change(first, second, self.known)]

    def _counts(self, pairs: Ints) -> Floats:
        size, cells = len(self.selection.ties.people), len(self.cells.codes)
        counts = np.bincount(self._place(pairs // size, pairs % size), minlength=cells + 1)[:-1]
        return self._summed(counts.astype(np.float64))

    def _place(self, one: Ints, other: Ints) -> Ints:
        """The cell of pairs of people; the number of cells for pairs in none."""
        ends = self.selection.group[one], self.selection.group[other]
        codes = np.minimum(*ends) * self.cells.groups + np.maximum(*ends)
        known = np.isin(codes, self.cells.codes) & (np.minimum(*ends) >= 0)
        return np.where(known, np.searchsorted(self.cells.codes, codes), len(self.cells.codes))

    def _summed(self, counts: Floats) -> Floats:
        """(... x cells) counts with the sums of groups and of all behind them."""
        between = self.cells.one != self.cells.other
        sums = np.zeros((len(self.cells.codes), self.cells.groups + 1))
        rows = np.flatnonzero(between)
        sums[rows, self.cells.one[rows]] = sums[rows, self.cells.other[rows]] = sums[rows, -1] = 1.0
        return np.concatenate([counts, counts @ sums], axis=-1)
