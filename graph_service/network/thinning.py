"""What thinned between two windows: counted, held against chance and against what the sources tell, and protected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from graph_service.evidence.tie_kinds import KIND_NAMES
from graph_service.evidence.ties import Floats, Ints, Ties
from graph_service.model import NEVER
from graph_service.network import change as ch
from graph_service.network.chance import DRAWS, bundles
from graph_service.network.change import Change
from graph_service.network.coverage import Coverage, coverage_of
from graph_service.network.dealing import Verdict, dealt_counts, verdicts
from graph_service.network.differences import Cells
from graph_service.network.division import Division
from graph_service.network.lasting import new_a_month
from graph_service.network.protection import Selection, cells_of, of_enough
from graph_service.network.snapshots import Flags, Snapshot, known_before, snapshot
from graph_service.network.windows import Window


@dataclass(frozen=True, slots=True)
class GroupChange:
    """A group's ties to other groups; None where they may not be told."""

    names: tuple[str, ...]
    size: int
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
class Whole:
    """What is told of everybody: how many people have a tie in the first and the second window, contacts, all ties,
    those between groups. Verdicts are of people who are there in both."""

    people: tuple[int, int]
    contacts: tuple[int, int]
    ties: Change
    cross: Change
    verdict: Verdict | None
    cross_verdict: Verdict | None
    shrink: float | None
    gone: float | None
    come: float | None
    cross_share: tuple[float | None, float | None]
    cross_contacts: tuple[float | None, float | None]
    e_i: tuple[float | None, float | None]
    groups_reached: tuple[float | None, float | None]
    new_a_month: tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Thinning:
    """The comparison of two windows. `whole` is None where it would tell of few; so many pairs of groups are
    `hidden`."""

    before: Window
    after: Window
    minimum: int
    compared: tuple[str, ...]
    coverage: Sequence[Coverage]
    whole: Whole | None
    groups: Sequence[GroupChange]
    cells: Sequence[CellChange]
    hidden: int
    draws: int

    @property
    def is_thinned(self) -> bool:
        """Whether anything thinned more than chance explains."""
        found = [self.whole.verdict, self.whole.cross_verdict] if self.whole is not None else []
        found += [group.verdict for group in self.groups] + [cell.verdict for cell in self.cells]
        return any(verdict is not None and verdict.is_thinned for verdict in found)


@dataclass(frozen=True)
class Question:
    """What is compared: two windows, by some kinds of contact, told of groups of at least `minimum` people; where
    all is public nothing between such groups is hidden."""

    before: Window
    after: Window
    kinds: tuple[str, ...] = KIND_NAMES
    minimum: int = 10
    draws: int = DRAWS
    is_public: bool = False

    @property
    def fewest(self) -> int:
        """Of how many people something must be to be told."""
        return 1 if self.is_public else self.minimum


@dataclass(frozen=True)
class _Counted:
    """Ties per cell, then per group to all others, then of all groups to each other."""

    group: Ints
    cells: Cells

    def counts(self, network: Snapshot) -> Ints:
        """Of a network."""
        return np.bincount(self.place(network.one, network.other), minlength=len(self.cells.codes) + 1)[:-1]

    def place(self, one: Ints, other: Ints) -> Ints:
        """The cell of pairs of people; the number of cells for pairs in none."""
        ends = self.group[one], self.group[other]
        codes = np.minimum(*ends) * self.cells.groups + np.maximum(*ends)
        found = np.searchsorted(self.cells.codes, codes)
        known = np.isin(codes, self.cells.codes) & (np.minimum(*ends) >= 0)
        return np.where(known, found, len(self.cells.codes))

    def summed(self, counts: Floats) -> Floats:
        """(... x cells) counts with the sums behind them."""
        between = self.cells.one != self.cells.other
        sums = np.zeros((len(self.cells.codes), self.cells.groups + 1))
        rows = np.flatnonzero(between)
        sums[rows, self.cells.one[rows]] = sums[rows, self.cells.other[rows]] = sums[rows, -1] = 1.0
        return np.concatenate([counts, counts @ sums], axis=-1)

    def changes(self, networks: tuple[Snapshot, Snapshot], known: Ints) -> list[Change]:
        """What became of the ties of two networks."""
        first, second = networks
        kept = np.intersect1d(first.pairs, second.pairs, assume_unique=True)
        added = np.setdiff1d(second.pairs, first.pairs, assume_unique=True)
        again = added[np.isin(added, known)]
        told = [
            self.summed(self.counts(Snapshot(first.size, pairs, np.ones_like(pairs))).astype(np.float64))
            for pairs in (first.pairs, second.pairs, kept, again)
        ]
        return [Change(int(b), int(a), int(k), int(r), int(a - k - r)) for b, a, k, r in zip(*told, strict=True)]


def _are_apart(selection: Selection, both: Flags, codes: Ints, minimum: int) -> Flags:
    """In which figures those who are there in one window only are nobody or enough: else counts of everybody beside
    figures of those who are there in both would tell of them."""
    ties, found = selection.ties, np.ones(len(codes) + selection.groups + 2, dtype=bool)
    for span in selection.windows:
        rows = ties.within(span.since, span.until) & selection.chosen & ~(both[ties.one] & both[ties.other])
        found &= selection.of_people(rows, ~both, codes, minimum)
    return found


def _told_apart(
    changes: Sequence[Change],
    selection: Selection,
    networks: tuple[Snapshot, Snapshot],
    known: Ints,
    protected: tuple[Ints, int],
) -> list[Change]:
    """The changes; added ties told apart only where those that were known before, and those that were not, are of
    nobody or of enough people: else they would tell of quarters in between."""
    ties, span = selection.ties, selection.windows[1]
    rows = ties.within(span.since, span.until) & selection.chosen & ~np.isin(ties.pair, networks[0].pairs)
    is_known = np.isin(ties.pair, known)
    can = selection.of_sides(rows & is_known, *protected) & selection.of_sides(rows & ~is_known, *protected)
    return [
        one if is_told else replace(one, reactivated=None, new=None)
        for one, is_told in zip(changes, can.tolist(), strict=True)
    ]


def thinning(ties: Ties, division: Division, asked: Question) -> Thinning:
    """Compares two windows: everybody's ties are counted, those of people there in both are held against chance."""
    coverage = coverage_of(ties, (asked.before, asked.after), asked.kinds, asked.fewest)
    common = tuple(one.kind for one in coverage if one.is_common)
    of_kinds = ties.of_kinds(common)
    networks = snapshot(of_kinds, asked.before), snapshot(of_kinds, asked.after)
    both = ch.stayers(*networks)
    stayed = networks[0].among(both), networks[1].among(both)
    chosen = ties.is_of(common)
    group = division.places(ties.people)
    selection = Selection(ties, chosen, (asked.before, asked.after), group, len(division.names))
    counted = _Counted(group, cells_of(selection, asked.fewest))
    known = known_before(of_kinds, asked.before.since)
    steady, total_steady = counted.changes(stayed, known), ch.change(*stayed, known)
    everybody = [*counted.changes(networks, known), ch.change(*networks, known)]
    *changes, total = _told_apart(everybody, selection, networks, known, (counted.cells.codes, asked.fewest))
    staying = both[ties.one] & both[ties.other]
    dealt = bundles(ties.only(staying & chosen), asked.before, asked.after)
    place = counted.place(dealt.pairs // len(ties.people), dealt.pairs % len(ties.people))
    drawn = dealt_counts(dealt, place, len(counted.cells.codes), asked.draws)
    among = replace(selection, ties=ties.only(staying), chosen=chosen[staying])
    enough = of_enough(among, counted.cells.codes, asked.fewest)
    apart = _are_apart(selection, both, counted.cells.codes, asked.fewest)
    told = [
        None if not is_enough or found is None else replace(found, is_rough=not is_apart)
        for found, is_enough, is_apart in zip(
            verdicts(counted.summed(drawn[:, :, 1:]), steady), enough, apart[:-1], strict=True
        )
    ]
    cells, at = counted.cells, len(counted.cells.codes)
    is_told = bool(common) and bool(cells.sums[-1]) and selection.is_of_enough(asked.fewest)
    verdict = verdicts(drawn[:, :, :1], [total_steady])[0] if enough[-1] else None
    verdict = None if verdict is None else replace(verdict, is_rough=not apart[-1])
    told_from = max((one.first_at for one in coverage if one.is_common), default=NEVER)
    begun = [new_a_month(of_kinds, span, told_from, asked.fewest) for span in (asked.before, asked.after)]
    changed = _Changed(total, changes[-1], verdict, told[-1], (begun[0], begun[1]))
    return Thinning(
        before=asked.before,
        after=asked.after,
        minimum=asked.minimum,
        compared=common,
        coverage=coverage,
        whole=_whole(networks, stayed, changed, group, asked.fewest) if is_told else None,
        groups=[
            GroupChange(
                names,
                size,
                changes[at + place] if cells.sums[place] else None,
                told[at + place] if cells.sums[place] else None,
            )
            for place, (names, size) in enumerate(zip(division.names, division.sizes, strict=True))
            if common
        ],
        cells=[
            CellChange(int(cells.one[cell]), int(cells.other[cell]), changes[cell], told[cell])
            for cell in np.flatnonzero(cells.shown)
        ],
        hidden=int((~cells.shown).sum()),
        draws=asked.draws,
    )


@dataclass(frozen=True, slots=True)
class _Changed:
    """All ties and those between groups of everybody, and the verdicts on people who are there in both."""

    ties: Change
    cross: Change
    verdict: Verdict | None
    cross_verdict: Verdict | None
    new_a_month: tuple[float | None, float | None]


Networks = tuple[Snapshot, Snapshot]


def _whole(networks: Networks, stayed: Networks, changed: _Changed, group: Ints, minimum: int) -> Whole:
    both = ch.stayers(*networks)
    return Whole(
        people=(int(networks[0].present.sum()), int(networks[1].present.sum())),
        contacts=(int(networks[0].contacts.sum()), int(networks[1].contacts.sum())),
        ties=changed.ties,
        cross=changed.cross,
        verdict=changed.verdict,
        cross_verdict=changed.cross_verdict,
        shrink=_shrink(networks),
        gone=_share(networks[0], stayed[0], both, minimum),
        come=_share(networks[1], stayed[1], both, minimum),
        cross_share=_both(networks, lambda network: ch.cross_share(network, group)),
        cross_contacts=_both(networks, lambda network: ch.cross_share(network, group, of_contacts=True)),
        e_i=_both(networks, lambda network: ch.e_i(network, group)),
        groups_reached=_both(networks, lambda network: ch.groups_reached(network, group)),
        new_a_month=changed.new_a_month,
    )


def _shrink(networks: Networks) -> float | None:
    """1 - mean number of ties in the second window over that in the first, each of those who have one there."""
    means = [2 * len(network.pairs) / max(1, int(network.present.sum())) for network in networks]
    return 1.0 - means[1] / means[0] if means[0] else None


def _share(whole: Snapshot, stayed: Snapshot, both: Flags, minimum: int) -> float | None:
    """Share of the ties that are with people who are in this window only; None where these are too few."""
    others = int((whole.present & ~both).sum())
    return None if others < minimum else 1.0 - len(stayed.pairs) / len(whole.pairs)


def _both(
    networks: tuple[Snapshot, Snapshot], measure: Callable[[Snapshot], float | None]
) -> tuple[float | None, float | None]:
    return measure(networks[0]), measure(networks[1])
