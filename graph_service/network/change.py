"""What became of the ties between two windows (`network.md`, definitions). Each measure is one small function."""

from dataclasses import dataclass

import numpy as np

from graph_service.evidence.ties import Floats, Ints
from graph_service.network.snapshots import Flags, Snapshot


@dataclass(frozen=True, slots=True)
class Change:
    """Counts of ties: E1 of the first window, E2 of the second, kept = |E1 & E2|, lost = |E1 - E2|, added = |E2 - E1|,
    of which `reactivated` were known before the first window and `new` are the rest (None: not to be told apart)."""

    before: int
    after: int
    kept: int | None
    reactivated: int | None
    new: int | None

    @property
    def lost(self) -> int | None:
        """|E1 - E2|."""
        return None if self.kept is None else self.before - self.kept

    @property
    def added(self) -> int | None:
        """|E2 - E1|."""
        return None if self.kept is None else self.after - self.kept


def change(first: Snapshot, second: Snapshot, known: Ints) -> Change:
    """The counts; `known` are the pairs seen before the first window."""
    kept = len(np.intersect1d(first.pairs, second.pairs, assume_unique=True))
    added = np.setdiff1d(second.pairs, first.pairs, assume_unique=True)
    reactivated = int(np.isin(added, known).sum())
    return Change(len(first.pairs), len(second.pairs), kept, reactivated, len(added) - reactivated)


def persistence(counts: Change) -> float | None:
    """kept/|E1|; None without ties in the first window."""
    return counts.kept / counts.before if counts.before and counts.kept is not None else None


def churn(counts: Change) -> float | None:
    """(lost + added)/(|E1| + |E2|): 0 when all stays, 1 when nothing does."""
    both = counts.before + counts.after
    return (both - 2 * counts.kept) / both if both and counts.kept is not None else None


def jaccard(counts: Change) -> float | None:
    """kept/|E1 | E2|."""
    if counts.kept is None:
        return None
    union = counts.before + counts.after - counts.kept
    return counts.kept / union if union else None


def stayers(first: Snapshot, second: Snapshot) -> Flags:
    """M: who has a tie in both windows."""
    return first.present & second.present


def size_shrink(first: Snapshot, second: Snapshot, people: Flags) -> float | None:
    """1 - mean degree in the second window / mean degree in the first, over these people."""
    before = float(first.degrees[people].sum())
    return 1.0 - float(second.degrees[people].sum()) / before if before else None


def share_smaller(first: Snapshot, second: Snapshot, people: Flags) -> float | None:
    """Share of these people with fewer ties in the second window."""
    return float(np.mean(second.degrees[people] < first.degrees[people])) if people.any() else None


def cross_share(network: Snapshot, group: Ints, *, of_contacts: bool = False) -> float | None:
    """Share of the ties (or of the contacts) between people of different groups; who has none (-1) is left out."""
    told = (group[network.one] >= 0) & (group[network.other] >= 0)
    weight = network.contacts[told].astype(np.float64) if of_contacts else np.ones(int(told.sum()))
    external = group[network.one[told]] != group[network.other[told]]
    return float(weight[external].sum() / weight.sum()) if weight.sum() else None


def e_i(network: Snapshot, group: Ints) -> float | None:
    """(external - internal)/(external + internal) ties (Krackhardt and Stern 1988): -1 inward, 1 outward."""
    share = cross_share(network, group)
    return None if share is None else 2.0 * share - 1.0


def groups_reached(network: Snapshot, group: Ints) -> float | None:
    """Mean number of other groups that a person with ties has one to."""
    ends = np.concatenate([network.one, network.other]), np.concatenate([network.other, network.one])
    told = (group[ends[0]] >= 0) & (group[ends[1]] >= 0) & (group[ends[0]] != group[ends[1]])
    most = int(group.max(initial=0)) + 1
    reached = np.unique(ends[0][told] * most + group[ends[1][told]])
    people = int((network.present & (group >= 0)).sum())
    return len(reached) / people if people else None


def new_ties(months: list[Ints]) -> list[Ints]:
    """The pairs per month whose first contact was in the month, with none in the three months before; the first three
    months only show what was there (burn-in)."""
    return [np.setdiff1d(months[at], np.concatenate(months[at - 3 : at])) for at in range(3, len(months))]


def gini(values: Floats) -> float | None:
    """Gini coefficient of values from 0 on: 0 when all are alike."""
    ordered = np.sort(values)
    total, count = float(ordered.sum()), len(ordered)
    if not total:
        return None
    return float(2.0 * np.sum(np.arange(1, count + 1) * ordered) / (count * total) - (count + 1) / count)
