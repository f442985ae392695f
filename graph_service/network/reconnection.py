"""Where a new or renewed acquaintance would help most: pairs of groups, never a name (requirement B8)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph_service.evidence.tie_kinds import ContactKind
from graph_service.evidence.ties import Ints, Ties
from graph_service.network.division import Division
from graph_service.network.islands import roughly


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two groups whose dormant ties would help most: how many ties are dormant, how many people would reach the other
    group again who reach nobody there now, the most frequent kind of their last contacts and its middle year,
    and how often people of both met in a case in the last year (None: too few people did)."""

    pair: tuple[int, int]
    dormant: int
    gained: str
    kind: ContactKind
    year: int
    cases: str | None


RECENT = 365
"""Days without a contact after which a tie is dormant here."""
MOST_PROPOSED = 20


def proposals(ties: Ties, division: Division, as_of_day: int, minimum: int) -> list[Proposal]:
    """Pairs of groups, those first whose dormant ties would let most people reach the other group again; only where at
    least `minimum` people on each side have a dormant tie."""
    group, size = division.places(ties.people), len(ties.people)
    pairs, days, kinds = _lasting(ties)
    ends = pairs // size, pairs % size
    groups = group[ends[0]], group[ends[1]]
    crossing = groups[0] != groups[1]
    live = days >= as_of_day - RECENT
    count = len(division.names)
    code = np.minimum(*groups) * count + np.maximum(*groups)
    found = []
    for cell in np.unique(code[crossing & ~live]).tolist():
        mine = crossing & (code == cell)
        sleeping = mine & ~live
        pair = (cell // count, cell % count)
        people = [
            np.unique(np.concatenate(ends)[np.tile(sleeping, 2) & (np.concatenate(groups) == side)]) for side in pair
        ]
        if min(map(len, people)) < minimum:
            continue
        awake = np.unique(np.concatenate([ends[0][mine & live], ends[1][mine & live]]))
        again = int(sum((~np.isin(side, awake)).sum() for side in people))
        if again < minimum:
            continue
        kind = int(np.bincount(kinds[sleeping]).argmax())
        usual = int(np.median(days[sleeping & (kinds == kind)]))
        year = int(np.datetime64(usual, "D").astype("datetime64[Y]").astype(int)) + 1970
        found.append(
            (
                again,
                Proposal(
                    pair=pair,
                    dormant=int(sleeping.sum()),
                    gained=roughly(again),
                    kind=list(ContactKind)[kind],
                    year=year,
                    cases=_cases(ties, group, pair, as_of_day, minimum),
                ),
            )
        )
    ordered = sorted(found, key=lambda one: (-one[0], -one[1].dormant, one[1].pair))
    return [proposal for _, proposal in ordered[:MOST_PROPOSED]]


def _lasting(ties: Ties) -> tuple[Ints, NDArray[np.int32], NDArray[np.int8]]:
    """Each pair, and the day and the kind of its last contact."""
    order = np.lexsort((ties.day, ties.pair))
    pair = ties.pair[order]
    ends = np.flatnonzero(np.append(pair[1:] != pair[:-1], True)) if len(pair) else np.zeros(0, dtype=np.int64)
    return pair[ends], ties.day[order][ends], ties.kind[order][ends]


def _cases(ties: Ties, group: Ints, pair: tuple[int, int], as_of_day: int, minimum: int) -> str | None:
    """About how many contacts by joint cases of the last year there were between two groups; None: of too few
    people."""
    rows = (ties.kind == list(ContactKind).index(ContactKind.CASE)) & (ties.day >= as_of_day - RECENT)
    ends = group[ties.one[rows]], group[ties.other[rows]]
    between = (np.minimum(*ends) == pair[0]) & (np.maximum(*ends) == pair[1])
    people = np.unique(np.concatenate([ties.one[rows][between], ties.other[rows][between]]))
    sides = [int((group[people] == side).sum()) for side in pair]
    return roughly(int(ties.contacts[rows][between].sum())) if min(sides) >= minimum else None
