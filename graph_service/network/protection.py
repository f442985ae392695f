"""Which cells and sums of a group x group table may be shown: none with too few people on a side, and none that follows
from what else is shown. Suppressed, never rounded."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graph_service.evidence.ties import Ints, Ties
from graph_service.network.differences import Cells, Members, without_differences
from graph_service.network.snapshots import Flags
from graph_service.network.windows import Window


@dataclass(frozen=True)
class Selection:
    """What is counted: ties, which of their rows are of the chosen kinds, in which windows, and everybody's group;
    `beside`: the kinds that are told of in each window, and so may be in other comparisons of it."""

    ties: Ties
    chosen: Flags
    windows: tuple[Window, ...]
    group: Ints
    groups: int
    beside: tuple[tuple[int, ...], ...] = ()

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

    def parts(self, span: Window) -> Iterator[Flags]:
        """What must be of nobody or of enough people each, so that no kind more or less tells of few: the chosen kinds,
        the others, pairs that met by others only and pairs that met by both, and pairs that met by each one of the
        others that may be told of beside and by none that is chosen."""
        rows = self.ties.within(span.since, span.until)
        chosen, others = rows & self.chosen, rows & ~self.chosen
        yield chosen
        if others.any():
            apart = self._pairs_without(others, chosen)
            yield from (others, apart, others & ~apart)
            for kind in self.beside[self.windows.index(span)] if self.beside else ():
                yield apart & (self.ties.kind == kind)

    def _pairs_without(self, some: Flags, others: Flags) -> Flags:
        """Those of some rows whose pairs have none of the others."""
        return some & ~np.isin(self.ties.pair, self.ties.pair[others])

    def is_of_enough(self, minimum: int) -> bool:
        """Whether each part is of nobody or of enough people altogether, and so are those who met anybody by other
        kinds only."""
        for span in self.windows:
            parts = [np.unique(self.members(part)[1]) for part in self.parts(span)]
            if len(parts) > 1:
                parts.append(np.setdiff1d(parts[1], parts[0]))
            if not all(_is_enough(len(people), minimum) for people in parts):
                return False
        return True

    def are_people_of_enough(self, minimum: int) -> bool:
        """Whether people by one kind only, and people by it and by another, are each nobody or enough: else numbers of
        people by several kinds would tell of them."""
        for span in self.windows:
            rows = self.ties.within(span.since, span.until)
            for kind in np.unique(self.ties.kind[rows]).tolist():
                some = rows & (self.ties.kind == kind)
                told, others = self.ties.met(some), self.ties.met(rows & ~some)
                parts = (np.setdiff1d(told, others), np.intersect1d(told, others))
                if not all(_is_enough(len(people), minimum) for people in parts):
                    return False
        return True

    def of_people(self, rows: Flags, people: Flags, codes: Ints, minimum: int) -> Flags:
        """Of which cells, then sums of each group, of all to each other, and of all, some people with a tie by these
        rows are nobody or enough."""
        cell, person = self.members(rows)
        cell, person = cell[people[person]], person[people[person]]
        size, ends = len(self.ties.people), (cell // self.groups, cell % self.groups)
        known = np.isin(cell, codes)
        by_cell = np.bincount(np.searchsorted(codes, cell[known]), minlength=len(codes))
        between = ends[0] != ends[1]
        sides = np.unique(np.concatenate([side[between] * size + person[between] for side in ends]))
        across = len(np.unique(person[between]))
        by_group, everybody = np.bincount(sides // size, minlength=self.groups), len(np.unique(person))
        return _are_enough(np.concatenate([by_cell, by_group, [across, everybody]]), minimum)

    def of_sides(self, rows: Flags, codes: Ints, minimum: int) -> Flags:
        """Of which cells, then sums of each group, of all to each other, and of all, ties by these rows are of nobody
        or of enough people on each side."""
        fewest, own, others = _on_sides(self, rows, codes)
        flags = self.of_people(rows, np.ones(len(self.ties.people), dtype=bool), codes, minimum)
        flags[:-2] &= _are_enough(np.concatenate([fewest, np.minimum(own, others)]), minimum)
        return flags


def _is_enough(count: int, minimum: int) -> bool:
    return count == 0 or count >= minimum


def _are_enough(counts: Ints, minimum: int) -> Flags:
    found: Flags = (counts == 0) | (counts >= minimum)
    return found


def cells_of(selection: Selection, minimum: int) -> Cells:
    """Which cells and sums may be shown: those that may be in each window, whatever it is compared with."""
    parts = [_cells_in(selection, span, minimum) for span in selection.windows]
    codes = np.unique(np.concatenate([part.codes for part in parts]))
    shown, sums = np.ones(len(codes), dtype=bool), np.ones(selection.groups + 1, dtype=bool)
    for part in parts:
        shown &= ~np.isin(codes, part.codes[~part.shown])
        sums &= part.sums
    return Cells(selection.groups, codes, shown, sums)


def _cells_in(selection: Selection, span: Window, minimum: int) -> Cells:
    """By each part nobody or at least `minimum` people on each side; a sum over all other groups likewise. Then further
    cells are left out until none that is hidden follows from the sums."""
    rows = selection.ties.within(span.since, span.until) & selection.chosen
    codes = np.unique(selection.codes[rows])
    codes = codes[codes >= 0]
    shown, sums = np.ones(len(codes), dtype=bool), np.ones(selection.groups + 1, dtype=bool)
    for part in selection.parts(span):
        fewest, own, others = _on_sides(selection, part, codes)
        shown &= _are_enough(fewest, minimum)
        sums[:-1] &= _are_enough(own, minimum) & _are_enough(others, minimum)
    sums[-1] = bool(sums[:-1].all())
    cell, person = selection.members(rows)
    members = Members(np.searchsorted(codes, cell), person, selection.group[person])
    return without_differences(Cells(selection.groups, codes, shown, sums), members, minimum)


def of_enough(selection: Selection, codes: Ints, minimum: int) -> Flags:
    """Of which cells, then sums of each group, then of all, at least `minimum` people on each side are told in each
    window: of less nothing is said, however it is rounded."""
    found = np.ones(len(codes) + selection.groups + 1, dtype=bool)
    for span in selection.windows:
        rows = selection.ties.within(span.since, span.until) & selection.chosen
        fewest, own, others = _on_sides(selection, rows, codes)
        everybody = len(np.unique(selection.members(rows)[1]))
        found &= np.concatenate([fewest, np.minimum(own, others), [everybody]]) >= minimum
    return found


def _on_sides(selection: Selection, rows: Flags, codes: Ints) -> tuple[Ints, Ints, Ints]:
    """Per cell the number of people with a tie in it, on the side that has fewer; per group how many of its own people
    have a tie to another group, and how many others have one to it."""
    cell, person = selection.members(rows)
    first, second = cell // selection.groups, cell % selection.groups
    group = selection.group[person]
    known = np.isin(cell, codes)
    place = np.searchsorted(codes, cell[known])
    counts = [
        np.bincount(place[group[known] == side], minlength=len(codes))
        for side in ((codes // selection.groups)[place], (codes % selection.groups)[place])
    ]
    between, size = first != second, len(selection.ties.people)
    own = np.unique(group[between] * size + person[between]) // size
    away = np.where(group == first, second, first)[between]
    others = np.unique(away * size + person[between]) // size
    return (
        np.minimum(*counts),
        np.bincount(own, minlength=selection.groups),
        np.bincount(others, minlength=selection.groups),
    )
