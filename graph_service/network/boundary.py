"""The boundary between two groups around an event: ties, contacts a week, and who stands on it (requirement B2)."""

from dataclasses import dataclass

import numpy as np

from graph_service.errors import AnalysisRefused
from graph_service.evidence.tie_kinds import ContactKind
from graph_service.evidence.ties import Ints, Ties
from graph_service.network.division import Division
from graph_service.network.islands import Bracket, bracket
from graph_service.network.protection import Selection, cells_of
from graph_service.network.snapshots import Flags, Snapshot, snapshot
from graph_service.network.windows import Window

UNPLANNED = (ContactKind.CHAT, ContactKind.MAIL, ContactKind.CALL)
"""Contacts that interrupt somebody."""
FEWEST_TIES = 2
"""Ties to the other group from which on somebody is a broker."""


@dataclass(frozen=True, slots=True)
class Side:
    """A window: ties between the groups, unplanned contacts between them a week, and how many people hold at least two
    ties into the other group."""

    span: Window
    ties: int
    interruptions: float
    brokers: Bracket | None


@dataclass(frozen=True, slots=True)
class Boundary:
    """Before and after an event; `compared` is the change of the ties of both groups to all other groups meanwhile
    (None: there are none), with which the change between them has to be compared."""

    before: Side
    after: Side
    change: float | None
    compared: float | None


def boundary(
    ties: Ties, division: Division, pair: tuple[int, int], spans: tuple[Window, Window], minimum: int
) -> Boundary:
    """The boundary of two groups; raises AnalysisRefused where too few people stand on it to be told of."""
    group = division.places(ties.people)
    selection = Selection(ties, np.ones(len(ties), dtype=bool), spans, group, len(division.names))
    cells = cells_of(selection, minimum)
    one, other = sorted(pair)
    place = np.flatnonzero(cells.codes == one * cells.groups + other)
    if len(place) and not cells.shown[place[0]]:
        raise AnalysisRefused("network.cell_hidden", minimum=minimum)
    sides = [_side(ties, group, (one, other), span) for span in spans]
    outer = [_outer(snapshot(ties, span), group, (one, other)) for span in spans]
    can = bool(cells.sums[one] and cells.sums[other])
    return Boundary(
        before=sides[0],
        after=sides[1],
        change=_change(sides[0].ties, sides[1].ties),
        compared=_change(*outer) if can else None,
    )


def _change(before: int, after: int) -> float | None:
    return after / before - 1.0 if before else None


def _between(network: Snapshot, group: Ints, pair: tuple[int, int]) -> Flags:
    ends = group[network.one], group[network.other]
    found: Flags = (np.minimum(*ends) == pair[0]) & (np.maximum(*ends) == pair[1])
    return found


def _side(ties: Ties, group: Ints, pair: tuple[int, int], span: Window) -> Side:
    network = snapshot(ties, span)
    rows = _between(network, group, pair)
    held = np.bincount(np.concatenate([network.one[rows], network.other[rows]]), minlength=network.size)
    brokers = int((held >= FEWEST_TIES).sum())
    sudden = snapshot(ties.of_kinds(UNPLANNED), span)
    contacts = int(sudden.contacts[_between(sudden, group, pair)].sum())
    return Side(span, int(rows.sum()), contacts * 7 / span.days, bracket(brokers) if brokers else None)


def _outer(network: Snapshot, group: Ints, pair: tuple[int, int]) -> int:
    """Ties of both groups to all others."""
    ends = np.isin(group[network.one], pair), np.isin(group[network.other], pair)
    return int((ends[0] ^ ends[1]).sum())
