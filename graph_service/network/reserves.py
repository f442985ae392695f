"""Living off old contacts: the cases that were solved between people who knew each other from before a cut and had not
met since (`network.md`, Vorrats-Index), and the ties that are kept for that."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from graph_service.evidence.ties import Ties, strengths
from graph_service.model import DAY
from graph_service.network.division import Division
from graph_service.network.old_contacts import Days, SolvedCase

FEWEST_OCCASIONS = 3
Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `of`, with the 95 % interval of Wilson (1927); `is_few`: those counted, or the others, are of some
    people, but of too few to tell more than `of`."""

    count: int
    of: int
    is_few: bool = False

    @property
    def value(self) -> float:
        """The share, 0..1; there must be cases."""
        return self.count / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """(p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)."""
        share, count, square = self.value, self.of, Z_95**2
        middle = share + square / (2 * count)
        half = Z_95 * ((share * (1 - share) + square / (4 * count)) / count) ** 0.5
        return (middle - half) / (1 + square / count), (middle + half) / (1 + square / count)


def reserve_index(cases: Sequence[SolvedCase], days: Days, cut: int, minimum: int) -> Share | None:
    """Share of the cases that ran over a reserve; a case of several solvers counts once. None without cases."""
    reserve = {case.case_id for case in cases if days.is_reserve(case, cut)}
    is_few = not _is_told(cases, reserve, minimum)
    return Share(len(reserve), len({case.case_id for case in cases}), is_few) if cases else None


def _is_told(cases: Sequence[SolvedCase], reserve: Set[str], minimum: int) -> bool:
    """Whether those that ran over a reserve, and the others, are each of nobody or of enough people."""
    parts = [[case for case in cases if (case.case_id in reserve) is old] for old in (True, False)]
    return all(not part or is_of_enough(part, minimum) for part in parts)


def is_of_enough(cases: Sequence[SolvedCase], minimum: int) -> bool:
    """Whether enough different people asked, and enough different people solved."""
    return min(len({case.asker for case in cases}), len({case.solver for case in cases})) >= minimum


def reserve_by_group(
    cases: Sequence[SolvedCase], days: Days, cut: int, division: Division, minimum: int
) -> Mapping[int, Share]:
    """The share by the asker's group, of groups in which enough different people asked; never one alone is left out,
    nor a few of too few people, as the whole less the others would tell of them; nor is the share of some alone."""
    by_group: dict[int, list[SolvedCase]] = {}
    for case in cases:
        by_group.setdefault(division.group.get(case.asker, -1), []).append(case)
    hidden = {group for group, found in by_group.items() if not is_of_enough(found, minimum)}
    for group in sorted(by_group, key=lambda one: (len(by_group[one]), one)):
        together = [case for one in sorted(hidden) for case in by_group[one]]
        if not hidden or (len(hidden) > 1 and is_of_enough(together, minimum)):
            break
        hidden.add(group)
    shares = {group: share for group, found in by_group.items() if (share := reserve_index(found, days, cut, minimum))}
    reserve = {case.case_id for case in cases if days.is_reserve(case, cut)}
    few = hidden | {group for group, share in shares.items() if share.is_few}
    for group in sorted(shares.keys() - few, key=lambda one: (shares[one].of, one)):
        if _is_told([case for one in sorted(few) for case in by_group[one]], reserve, minimum):
            break
        few.add(group)
    return {
        group: replace(share, is_few=group in few)
        for group, share in shares.items()
        if group not in hidden and group >= 0
    }


def reserve_ties(ties: Ties, cut: int, minimum: int) -> int | None:
    """Ties with an origin before the cut, at least three occasions, and none since: how many, to be told roughly, as
    one less tells that two met; None where they are of fewer people than the minimum."""
    old = ties.day < cut // DAY
    pairs, places = np.unique(ties.pair, return_inverse=True)
    before = np.bincount(places[old], weights=ties.contacts[old], minlength=len(pairs))
    after = np.bincount(places[~old], minlength=len(pairs))
    found = pairs[(before >= FEWEST_OCCASIONS) & (after == 0)]
    return len(found) if len(ties.people_of(found)) >= minimum else None


def reserve_ratio(ties: Ties, cut: int, as_of: int, minimum: int) -> float | None:
    """Share of the strength of all ties that comes from contacts before the cut; None where too few people had some
    before it, or since."""
    rows = ties.day < cut // DAY
    for part in (rows, ~rows):
        if len(ties.met(part)) < minimum:
            return None
    whole = float(strengths(ties, as_of)[1].sum())
    return float(strengths(ties.only(rows), as_of)[1].sum()) / whole


def first_right(cases: Sequence[SolvedCase], days: Days, minimum: int) -> tuple[int | None, int | None]:
    """Median over the solvers of their median hours from the opening until they were first seen in the case, with and
    without a contact before, in whole hours, as minutes would name the case; None where fewer than `minimum` people
    asked or solved. An association, no proof."""
    known = [days.is_known(case) for case in cases]
    return (
        _median([case for case, is_known in zip(cases, known, strict=True) if is_known], minimum),
        _median([case for case, is_known in zip(cases, known, strict=True) if not is_known], minimum),
    )


def _median(cases: Sequence[SolvedCase], minimum: int) -> int | None:
    if not is_of_enough(cases, minimum):
        return None
    hours: dict[str, list[float]] = {}
    for case in cases:
        hours.setdefault(case.solver, []).append((case.first_at - case.opened_at) / 3_600_000)
    return round(median(median(found) for found in hours.values()))
