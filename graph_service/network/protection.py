"""Which cells of a group x group table may be shown: none with too few people on a side, and none that follows from
what else is shown. Suppressed, never rounded."""

from dataclasses import dataclass

import numpy as np

from graph_service.evidence.ties import Ints, Ties
from graph_service.network.differences import Cells, without_differences
from graph_service.network.snapshots import Flags
from graph_service.network.windows import Window


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
    return without_differences(Cells(selection.groups, codes, shown, np.ones(0, bool)), (cell, person), minimum)


def _on_smaller_side(selection: Selection, rows: Flags, codes: Ints) -> Ints:
    """Per cell the number of people with a tie in it, on the side that has fewer of them."""
    cell, person = selection.members(rows)
    known = np.isin(cell, codes)
    place, person = np.searchsorted(codes, cell[known]), person[known]
    first, second = codes // selection.groups, codes % selection.groups
    group = selection.group[person]
    counts = [np.bincount(place[group == side[place]], minlength=len(codes)) for side in (first, second)]
    return np.minimum(*counts)
