"""What thinned between two windows: counted, held against chance and against what the sources tell, and protected."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph_service.evidence.tie_kinds import KIND_NAMES
from graph_service.evidence.ties import Ties
from graph_service.model import NEVER
from graph_service.network.chance import DRAWS
from graph_service.network.change import Change
from graph_service.network.comparison import Comparison
from graph_service.network.coverage import Coverage, beside, coverage_of
from graph_service.network.dealing import Verdict
from graph_service.network.division import Division
from graph_service.network.lasting import new_a_month
from graph_service.network.protection import Selection
from graph_service.network.whole import Whole, whole_of
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
    def is_tested(self) -> bool:
        """Whether there is anything that could be held against chance."""
        return bool(self._verdicts)

    @property
    def is_thinned(self) -> bool:
        """Whether anything thinned more than chance explains."""
        return any(verdict.is_thinned for verdict in self._verdicts)

    @property
    def _verdicts(self) -> list[Verdict]:
        found = [self.whole.verdict, self.whole.cross_verdict] if self.whole is not None else []
        found += [group.verdict for group in self.groups] + [cell.verdict for cell in self.cells]
        return [verdict for verdict in found if verdict is not None]


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


def thinning(ties: Ties, division: Division, asked: Question) -> Thinning:
    """Compares two windows: everybody's ties are counted, those of people there in both are held against chance."""
    spans = asked.before, asked.after
    every = coverage_of(ties, spans, KIND_NAMES, asked.fewest)
    coverage = [one for one in every if one.kind in asked.kinds]
    common = tuple(one.kind for one in coverage if one.is_common)
    group, groups = division.places(ties.people), len(division.names)
    selection = Selection(ties, ties.is_of(common), spans, group, groups, beside(every))
    compared = Comparison(selection, asked.fewest)
    cells, changes, verdicts = compared.cells, compared.changes(), compared.verdicts(asked.draws)
    told_from = max((one.first_at for one in coverage if one.is_common), default=NEVER)
    begun = [new_a_month(compared.ties, span, told_from, asked.fewest) for span in spans]
    is_told = bool(common) and bool(cells.sums[-1]) and compared.selection.is_of_enough(asked.fewest)
    sums = zip(cells.sums[:-1], changes[len(cells.codes) : -2], verdicts[len(cells.codes) : -2], strict=True)
    return Thinning(
        before=asked.before,
        after=asked.after,
        minimum=asked.minimum,
        compared=common,
        coverage=coverage,
        whole=whole_of(compared, (changes[-2], changes[-1]), (verdicts[-2], verdicts[-1]), (begun[0], begun[1]))
        if is_told
        else None,
        groups=[
            GroupChange(names, size, *(told if can else (None, None)))
            for names, size, (can, *told) in zip(division.names, division.sizes, sums, strict=True)
            if common
        ],
        cells=[
            CellChange(int(cells.one[cell]), int(cells.other[cell]), changes[cell], verdicts[cell])
            for cell in np.flatnonzero(cells.shown)
        ],
        hidden=int((~cells.shown).sum()),
        draws=asked.draws,
    )
