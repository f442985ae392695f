"""A division of everybody into groups, and groups that are joined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph_service.evidence.ties import Ints

REST = ""
"""The name of those who are in no group of their own."""


@dataclass(frozen=True)
class Division:
    """Everybody in one group: its names (several: shown together; REST: everybody else) and how many are in it."""

    names: tuple[tuple[str, ...], ...]
    sizes: tuple[int, ...]
    group: Mapping[str, int]

    def places(self, people: Sequence[str]) -> Ints:
        """The group of each of these people."""
        rest = next((place for place, names in enumerate(self.names) if REST in names), -1)
        return np.array([self.group.get(person, rest) for person in people], dtype=np.int64)


def join(groups: dict[tuple[str, ...], set[str]], one: tuple[str, ...], other: tuple[str, ...]) -> None:
    """Makes two of the groups one."""
    members = groups.pop(one) | groups.pop(other)
    groups[tuple(sorted({*one, *other}))] = members


def division_of(groups: Mapping[tuple[str, ...], set[str]]) -> Division:
    """The groups in the order of their names."""
    names = tuple(sorted(groups))
    group = {person: place for place, name in enumerate(names) for person in groups[name]}
    return Division(names, tuple(len(groups[name]) for name in names), group)
