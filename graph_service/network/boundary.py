"""The boundary between two groups around an event: ties, contacts a week, and who stands on it (requirement B2)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from graph_service.errors import AnalysisRefused
from graph_service.evidence.tie_kinds import KIND_NAMES, ContactKind
from graph_service.evidence.ties import Ints, Ties
from graph_service.network.coverage import Coverage, beside, coverage_of
from graph_service.network.differences import Cells
from graph_service.network.division import Division
from graph_service.network.islands import Bracket
from graph_service.network.protection import Selection, cells_of
from graph_service.network.snapshots import Flags, Snapshot, snapshot
from graph_service.network.windows import Window

UNPLANNED = (ContactKind.CHAT, ContactKind.MAIL, ContactKind.CALL)
"""Contacts that interrupt somebody."""
FEWEST_TIES = 2
"""Ties to the other group from which on somebody is a broker."""
MANY = 10
"""From how many brokers on it is told that there are some."""


@dataclass(frozen=True, slots=True)
class Side:
    """A quarter: ties between the groups, unplanned contacts between them a week (None: of too few people, or not told
    of in both quarters), and whether ten people or more of each hold at least two ties into the other group (else it is
    not told how many)."""

    span: Window
    ties: int
    interruptions: float | None
    brokers: Bracket | None


@dataclass(frozen=True, slots=True)
class Boundary:
    """Before and after an event, by kinds that sources tell of in both quarters; `compared` is the change of the ties
    of both groups to all other groups meanwhile (None: there are none), with which that between them is to be compared.
    """

    before: Side
    after: Side
    change: float | None
    compared: float | None
    coverage: Sequence[Coverage]


def boundary(
    ties: Ties, division: Division, pair: tuple[int, int], spans: tuple[Window, Window], minimum: int
) -> Boundary:
    """The boundary of two groups; raises AnalysisRefused where too few people stand on it to be told of, or no
    source tells of both quarters."""
    group, ends = division.places(ties.people), (min(pair), max(pair))
    coverage = coverage_of(ties, spans, KIND_NAMES, minimum)
    common = [one.kind for one in coverage if one.is_common]
    if not common:
        raise AnalysisRefused("network.no_source")
    by_common = Selection(ties, ties.is_of(common), spans, group, len(division.names), beside(coverage))
    cells = cells_of(by_common, minimum)
    if not _is_shown(cells, ends):
        raise AnalysisRefused("network.cell_hidden", minimum=minimum)
    sudden = [kind for kind in common if kind in UNPLANNED]
    is_told = bool(sudden) and _is_shown(cells_of(replace(by_common, chosen=ties.is_of(sudden)), minimum), ends)
    seen, unplanned = ties.of_kinds(common), ties.of_kinds(sudden) if is_told else None
    sides = [_side(seen, unplanned, group, ends, span) for span in spans]
    one, other = ends
    outer = [_outer(snapshot(seen, span), group, ends) for span in spans]
    can = bool(cells.sums[one] and cells.sums[other])
    return Boundary(
        before=sides[0],
        after=sides[1],
        change=_change(sides[0].ties, sides[1].ties),
        compared=_change(*outer) if can else None,
        coverage=coverage,
    )


def _is_shown(cells: Cells, pair: tuple[int, int]) -> bool:
    place = np.flatnonzero(cells.codes == pair[0] * cells.groups + pair[1])
    return not len(place) or bool(cells.shown[place[0]])


def _change(before: int, after: int) -> float | None:
    return after / before - 1.0 if before else None


def _between(network: Snapshot, group: Ints, pair: tuple[int, int]) -> Flags:
    ends = group[network.one], group[network.other]
    found: Flags = (np.minimum(*ends) == pair[0]) & (np.maximum(*ends) == pair[1])
    return found


def _side(ties: Ties, unplanned: Ties | None, group: Ints, pair: tuple[int, int], span: Window) -> Side:
    network = snapshot(ties, span)
    rows = _between(network, group, pair)
    held = np.bincount(np.concatenate([network.one[rows], network.other[rows]]), minlength=network.size)
    brokers = min(int(((held >= FEWEST_TIES) & (group == side)).sum()) for side in pair)
    return Side(
        span,
        int(rows.sum()),
        None if unplanned is None else _a_week(snapshot(unplanned, span), group, pair, span),
        Bracket.MANY if brokers >= MANY else None,
    )


def _a_week(network: Snapshot, group: Ints, pair: tuple[int, int], span: Window) -> float:
    return int(network.contacts[_between(network, group, pair)].sum()) * 7 / span.days


def _outer(network: Snapshot, group: Ints, pair: tuple[int, int]) -> int:
    """Ties of both groups to all others."""
    ends = np.isin(group[network.one], pair), np.isin(group[network.other], pair)
    return int((ends[0] ^ ends[1]).sum())
