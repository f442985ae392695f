"""Who has to do with which other group: by ties, or by the same work."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from graph_service.evidence.ties import Ints


@dataclass(frozen=True)
class Crossing:
    """(person, another group), each once: codes `person * groups + that group` in order; `group`: everybody's own."""

    codes: Ints
    group: Ints
    groups: int

    def __sub__(self, other: "Crossing") -> "Crossing":
        return replace(self, codes=np.setdiff1d(self.codes, other.codes, assume_unique=True))

    def __or__(self, other: "Crossing") -> "Crossing":
        return replace(self, codes=np.union1d(self.codes, other.codes))

    @property
    def people(self) -> Ints:
        """(own group x other group) how many people."""
        cells = self.group[self.codes // self.groups] * self.groups + self.codes % self.groups
        return np.bincount(cells, minlength=self.groups**2).reshape(self.groups, self.groups)

    @property
    def on_both_sides(self) -> Ints:
        """(group x group) how many people of both together."""
        return self.people + self.people.T

    @property
    def fewest(self) -> Ints:
        """(group x group) how many people on the side that has fewer."""
        return np.minimum(self.people, self.people.T)


def by_ties(one: Ints, other: Ints, group: Ints, groups: int) -> Crossing:
    """Who has a tie to somebody of which other group."""
    mine, theirs = np.concatenate([one, other]), group[np.concatenate([other, one])]
    across = (group[mine] != theirs) & (group[mine] >= 0) & (theirs >= 0)
    return Crossing(np.unique(mine[across] * groups + theirs[across]), group, groups)


@dataclass(frozen=True)
class Work:
    """What people solve: names of subjects, and (group x subject) how many people of a group solve it."""

    subjects: tuple[str, ...]
    solvers: Ints

    def foremost(self, pair: tuple[int, int], minimum: int) -> str | None:
        """The subject of most people of both groups that so many of each solve."""
        both = self.solvers[list(pair)]
        enough = np.where(both.min(axis=0) >= minimum, both.sum(axis=0), 0)
        return self.subjects[int(enough.argmax())] if enough.any() else None


def by_work(people: Sequence[str], group: Ints, groups: int, solved: Mapping[str, Set[str]]) -> tuple[Crossing, Work]:
    """Who solves a subject that somebody of which other group solves too; `solved`: subject -> people."""
    names, places = tuple(sorted(solved)), {person: place for place, person in enumerate(people)}
    solvers, found = np.zeros((groups, len(names)), dtype=np.int64), [np.zeros(0, dtype=np.int64)]
    for column, name in enumerate(names):
        mine = np.array(sorted(places[person] for person in solved[name]), dtype=np.int64)
        mine = mine[group[mine] >= 0]
        solvers[:, column] = np.bincount(group[mine], minlength=groups)
        theirs = np.flatnonzero(solvers[:, column])
        met = np.unique((mine[:, None] * groups + theirs[None, :])[group[mine][:, None] != theirs[None, :]])
        found.append(met)
    return Crossing(np.unique(np.concatenate(found)), group, groups), Work(names, solvers)
