"""Cells of a group x group table from which, and from the sums over groups, no hidden cell can be worked out."""

from dataclasses import dataclass, replace

import numpy as np

from graph_service.evidence.ties import Ints
from graph_service.network.snapshots import Flags

_ALIKE = 1e-9


@dataclass(frozen=True)
class Cells:
    """Pairs of groups with a tie between them or inside of one: codes `smaller group * groups + larger group` in order,
    which of them may be shown, and for which groups (the last: for all together) the sum over all other groups may
    be."""

    groups: int
    codes: Ints
    shown: Flags
    sums: Flags

    @property
    def one(self) -> Ints:
        """The first group of each cell."""
        return self.codes // self.groups

    @property
    def other(self) -> Ints:
        """The second group of each cell."""
        return self.codes % self.groups


@dataclass(frozen=True)
class Members:
    """Who has a tie in which cell: places of cells, people, and the people's groups, row by row."""

    place: Ints
    person: Ints
    group: Ints

    def count(self, cells: Flags, of: Flags | None = None) -> int:
        """How many people are in some cells, of the rows `of` only."""
        rows = cells[self.place] if of is None else cells[self.place] & of
        return len(np.unique(self.person[rows]))


def without_differences(cells: Cells, members: Members, minimum: int) -> Cells:
    """Hides more cells until no hidden one can be worked out from the sums, nor a few of too few people; where that
    cannot be, the sums go too. Each round hides something, so it ends."""
    sizes = np.bincount(members.place, minlength=len(cells.codes))
    found = cells
    while True:
        further = _without_few(_without_told(found, sizes), members, sizes, minimum)
        if (further.shown == found.shown).all() and (further.sums == found.sums).all():
            return found
        found = further


def _without_told(cells: Cells, sizes: Ints) -> Cells:
    """The same without cells, or sums, from which a hidden cell between two groups follows."""
    shown, sums = cells.shown.copy(), cells.sums.copy()
    between = cells.one != cells.other
    while (found := told(cells, between & ~shown, sums)).any():
        cell = int(np.flatnonzero(found)[0])
        ring = _ring(cells, cell, np.where(shown, sizes, 0))
        if ring is None:
            sums[[cells.one[cell], cells.other[cell], -1]] = False
        else:
            shown[ring] = False
    return replace(cells, shown=shown, sums=sums)


def _without_few(cells: Cells, members: Members, sizes: Ints, minimum: int) -> Cells:
    """The same where what is hidden of a group is of nobody or of enough people on both sides, and what is hidden of
    all groups, or inside of groups, of nobody, or of enough people and of more than one cell."""
    shown, sums = cells.shown.copy(), cells.sums.copy()
    between = cells.one != cells.other
    for group in range(cells.groups):
        hidden = between & ~shown & ((cells.one == group) | (cells.other == group))
        own = members.group == group
        if any(0 < members.count(hidden, side) < minimum for side in (own, ~own)):
            sums[[group, -1]] = False
    for kind in (between, ~between):
        for cell in np.flatnonzero(kind)[np.argsort(sizes[kind], kind="stable")]:
            if not 0 < members.count(kind & ~shown) < minimum and (kind & ~shown).sum() != 1:
                break
            shown[cell] = False
        if 0 < members.count(kind & ~shown) < minimum or (kind & ~shown).sum() == 1:
            sums[-1] = False
    return replace(cells, shown=shown, sums=sums)


def _ring(cells: Cells, cell: int, cost: Ints) -> Ints | None:
    """The cheapest three further cells that make a ring of four groups with this one: in it, what one hides, the next
    may have. None where there is no such ring."""
    groups = cells.groups
    place = np.full((groups, groups), -1)
    place[cells.one, cells.other] = place[cells.other, cells.one] = np.arange(len(cells.codes))
    np.fill_diagonal(place, -1)
    price = np.where(place >= 0, cost[place], np.inf)
    one, other = int(cells.one[cell]), int(cells.other[cell])
    total = price[other][:, None] + price + price[one][None, :]
    total[[one, other], :] = total[:, [one, other]] = np.inf
    np.fill_diagonal(total, np.inf)
    third, fourth = np.unravel_index(int(np.argmin(total)), total.shape)
    if not np.isfinite(total[third, fourth]):
        return None
    return np.array([place[other, third], place[third, fourth], place[fourth, one]])


def told(cells: Cells, hidden: Flags, sums: Flags) -> Flags:
    """Which hidden cells follow from the sums over groups: those whose own vector is in the row space of the (groups x
    hidden cells) incidence matrix."""
    places = np.flatnonzero(hidden)
    found = np.zeros(len(hidden), dtype=bool)
    if not len(places):
        return found
    incidence = np.zeros((cells.groups, len(places)))
    for side in (cells.one, cells.other):
        incidence[side[places], np.arange(len(places))] = 1.0
    _, values, right = np.linalg.svd(incidence[sums[:-1]], full_matrices=False)
    space = right[values > _ALIKE]
    found[places] = (space**2).sum(axis=0) > 1.0 - _ALIKE
    return found
