"""Which cells of a group x group table may be shown: none with too few people on a side, and none that follows from
what else is shown. Suppressed, never rounded."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from graph_service.evidence.ties import Ints, Ties
from graph_service.network.snapshots import Flags, Window

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
class Selection:
    """What is counted: ties, which of their rows are of the chosen kinds, in which windows, and everybody's group."""

    ties: Ties
    chosen: Flags
    windows: tuple[Window, ...]
    group: Ints
    groups: int

    @property
    def codes(self) -> Ints:
        """The cell of each row; -1 for people in no group."""
        one, other = self.group[self.ties.one], self.group[self.ties.other]
        codes = np.minimum(one, other) * self.groups + np.maximum(one, other)
        return np.where((one < 0) | (other < 0), -1, codes)

    def members(self, rows: Flags) -> tuple[Ints, Ints]:
        """(cell code, person) of everybody who has a tie in a cell by these rows, each once."""
        size, codes = len(self.ties.people), self.codes[rows]
        ends = np.concatenate([self.ties.one[rows], self.ties.other[rows]]).astype(np.int64)
        seen = np.unique((np.tile(codes, 2) * size + ends)[np.tile(codes, 2) >= 0])
        return seen // size, seen % size


def cells_of(selection: Selection, minimum: int) -> Cells:
    """Which cells may be shown.

    In each month of the windows there must be nobody or at least `minimum` people on each side, by the chosen kinds and
    by the others: then neither a month more nor a kind less tells of fewer. Then further cells are left out until none
    that is hidden follows from the sums.
    """
    in_windows = np.zeros(len(selection.ties), dtype=bool)
    for span in selection.windows:
        in_windows |= selection.ties.within(span.since, span.until)
    codes = np.unique(selection.codes[in_windows & selection.chosen])
    codes = codes[codes >= 0]
    shown = np.ones(len(codes), dtype=bool)
    for since, until in (month for span in selection.windows for month in span.by_month):
        rows = selection.ties.within(since, until)
        for part in (rows & selection.chosen, rows & ~selection.chosen):
            fewest = _on_smaller_side(selection, part, codes)
            shown &= (fewest == 0) | (fewest >= minimum)
    cell, person = selection.members(in_windows & selection.chosen)
    return _without_differences(Cells(selection.groups, codes, shown, np.ones(0, bool)), (cell, person), minimum)


def _on_smaller_side(selection: Selection, rows: Flags, codes: Ints) -> Ints:
    """Per cell the number of people with a tie in it, on the side that has fewer of them."""
    cell, person = selection.members(rows)
    known = np.isin(cell, codes)
    place, person = np.searchsorted(codes, cell[known]), person[known]
    first, second = codes // selection.groups, codes % selection.groups
    group = selection.group[person]
    counts = [np.bincount(place[group == side[place]], minlength=len(codes)) for side in (first, second)]
    return np.minimum(*counts)


def _without_differences(cells: Cells, members: tuple[Ints, Ints], minimum: int) -> Cells:
    """Hides more cells until no hidden one can be worked out from the sums, nor a few of too few people; where that
    cannot be, the sums go too. Each round hides something, so it ends."""
    place = np.searchsorted(cells.codes, members[0])
    sizes = np.bincount(place, minlength=len(cells.codes))

    def people(of_cells: Flags) -> int:
        return len(np.unique(members[1][of_cells[place]]))

    found = replace(cells, sums=np.ones(cells.groups + 1, dtype=bool))
    while True:
        further = _without_few(_without_told(found, sizes), people, sizes, minimum)
        if (further.shown == found.shown).all() and (further.sums == found.sums).all():
            return found
        found = further


def _without_told(cells: Cells, sizes: Ints) -> Cells:
    """The same without cells, or sums, from which a hidden cell between two groups follows."""
    shown, sums = cells.shown.copy(), cells.sums.copy()
    between = cells.one != cells.other
    while (told := _told(cells, between & ~shown, sums)).any():
        cell = int(np.flatnonzero(told)[0])
        ring = _ring(cells, cell, np.where(shown, sizes, 0))
        if ring is None:
            sums[[cells.one[cell], cells.other[cell], -1]] = False
        else:
            shown[ring] = False
    return replace(cells, shown=shown, sums=sums)


def _without_few(cells: Cells, people: Callable[[Flags], int], sizes: Ints, minimum: int) -> Cells:
    """The same where what is hidden of a group, of all groups, and inside of groups is of nobody, or of enough people
    and of more than one cell."""
    shown, sums = cells.shown.copy(), cells.sums.copy()
    between = cells.one != cells.other
    for group in range(cells.groups):
        if 0 < people(between & ~shown & ((cells.one == group) | (cells.other == group))) < minimum:
            sums[[group, -1]] = False
    for kind in (between, ~between):
        for cell in np.flatnonzero(kind)[np.argsort(sizes[kind], kind="stable")]:
            if not 0 < people(kind & ~shown) < minimum and (kind & ~shown).sum() != 1:
                break
            shown[cell] = False
        if 0 < people(kind & ~shown) < minimum or (kind & ~shown).sum() == 1:
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


def _told(cells: Cells, hidden: Flags, sums: Flags) -> Flags:
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
