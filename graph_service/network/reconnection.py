"""Where a new or renewed acquaintance would help most: pairs of groups, never a name (requirement B8)."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

import numpy as np

from graph_service.evidence.tie_kinds import ContactKind
from graph_service.evidence.ties import Ints, Ties
from graph_service.network.crossing import by_ties, by_work
from graph_service.network.division import Division
from graph_service.network.islands import BRACKETS, roughly
from graph_service.network.snapshots import Flags

RECENT = 365
"""Days without a contact after which a tie is dormant here, and after which two no longer do the same work."""
MOST_PROPOSED = 20


@dataclass(frozen=True, slots=True)
class Dormant:
    """Dormant ties between two groups: about how many (one less would tell that two met), the most frequent kind of
    their last contacts with its middle year (None: no kind is of enough people), and about how often people of both met
    in a case in the last year (None: too few people did)."""

    ties: str
    earlier: tuple[ContactKind, int] | None
    cases: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two groups, and about how many people of theirs, who reach nobody of the other group now, would: again, by
    `dormant` ties, or for the first time, as the other group solves what they solve, foremost `subject` (None: no
    subject is of enough people)."""

    pair: tuple[int, int]
    gained: str
    dormant: Dormant | None
    subject: str | None


@dataclass(frozen=True)
class _Pairs:
    """The pairs of people of different groups that ever met: their places, the two groups, and the day and the kind of
    their last contact."""

    one: Ints
    other: Ints
    low: Ints
    high: Ints
    day: Ints
    kind: Ints

    @classmethod
    def of(cls, ties: Ties, group: Ints) -> "_Pairs":
        order = np.lexsort((ties.day, ties.pair))
        pair = ties.pair[order]
        last = order[np.flatnonzero(np.append(pair[1:] != pair[:-1], True))] if len(pair) else order
        ends = group[ties.one[last]], group[ties.other[last]]
        last = last[(ends[0] != ends[1]) & (np.minimum(*ends) >= 0)]
        low, high = np.sort([group[ties.one[last]], group[ties.other[last]]], axis=0)
        told = (ties.one[last], ties.other[last], low, high, ties.day[last], ties.kind[last])
        return cls(*(part.astype(np.int64) for part in told))

    def only(self, rows: Flags) -> "_Pairs":
        """Some of them."""
        return _Pairs(*(part[rows] for part in (self.one, self.other, self.low, self.high, self.day, self.kind)))

    def counts(self, groups: int) -> Ints:
        """(lower x higher group) how many."""
        return np.bincount(self.low * groups + self.high, minlength=groups**2).reshape(groups, groups)


def proposals(
    ties: Ties, division: Division, solved: Mapping[str, Set[str]], as_of_day: int, minimum: int
) -> list[Proposal]:
    """Pairs of groups, those first of whom most people would reach the other group; only where at least `minimum`
    people on each side have a dormant tie, or fewer have any tie and so many do the same work (`solved`: subject ->
    people, of the last year)."""
    people = (*ties.people, *sorted(set().union(*solved.values()) - set(ties.people)))
    group, count = division.places(people), len(division.names)
    pairs = _Pairs.of(ties, group)
    is_live = pairs.day >= as_of_day - RECENT
    live, asleep = pairs.only(is_live), pairs.only(~is_live)
    awake, sleeping = (by_ties(some.one, some.other, group, count) for some in (live, asleep))
    alike, work = by_work(people, group, count, solved)
    again, first = (sleeping - awake).on_both_sides, alike - (sleeping | awake)
    is_dormant = (sleeping.fewest >= minimum) & (again >= minimum)
    is_missing = ((sleeping | awake).fewest < minimum) & (first.fewest >= minimum)
    gained = np.where(is_dormant, again, first.on_both_sides)
    dormant = np.where(is_dormant, asleep.counts(count), 0)
    found = [(one, other) for one, other in np.argwhere(np.triu(is_dormant | is_missing, 1)).tolist()]
    rough = {pair: (roughly(int(gained[pair])), roughly(int(dormant[pair]))) for pair in found}
    # by what is shown: the order of exact counts would tell more
    found.sort(key=lambda pair: (*(-BRACKETS.index(told) for told in rough[pair]), pair))
    joint = ties.only(ties.is_of((ContactKind.CASE,)) & (ties.day >= as_of_day - RECENT))
    return [
        Proposal(pair, rough[pair][0], None, work.foremost(pair, minimum))
        if is_missing[pair]
        else Proposal(
            pair,
            rough[pair][0],
            Dormant(rough[pair][1], _earlier(asleep, group, pair, minimum), _cases(joint, group, pair, minimum)),
            None,
        )
        for pair in found[:MOST_PROPOSED]
    ]


def _earlier(asleep: _Pairs, group: Ints, pair: tuple[int, int], minimum: int) -> tuple[ContactKind, int] | None:
    """What brought people of two groups together last, as a rule, and in which year."""
    mine = asleep.only((asleep.low == pair[0]) & (asleep.high == pair[1]))
    kind = int(np.bincount(mine.kind).argmax())
    usual = mine.only(mine.kind == kind)
    if _fewest(group[np.unique(np.concatenate([usual.one, usual.other]))], pair) < minimum:
        return None
    day = np.datetime64(int(np.median(usual.day)), "D")
    return list(ContactKind)[kind], int(day.astype("datetime64[Y]").astype(int)) + 1970


def _cases(joint: Ties, group: Ints, pair: tuple[int, int], minimum: int) -> str | None:
    """About how many contacts by joint cases there were between two groups; None: of too few people."""
    ends = group[joint.one], group[joint.other]
    between = (np.minimum(*ends) == pair[0]) & (np.maximum(*ends) == pair[1])
    enough = _fewest(group[joint.met(between)], pair) >= minimum
    return roughly(int(joint.contacts[between].sum())) if enough else None


def _fewest(groups: Ints, pair: tuple[int, int]) -> int:
    """How many people of the side that has fewer; `groups` are everybody's own."""
    return min(int((groups == side).sum()) for side in pair)
