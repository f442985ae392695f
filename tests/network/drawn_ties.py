"""Ties of invented networks, straight as arrays: what a store would give, without one."""

from collections.abc import Iterable
from datetime import UTC, datetime

import numpy as np

from graph_service.evidence.tie_kinds import KIND_NAMES
from graph_service.evidence.ties import Ties
from graph_service.model import DAY, instant
from graph_service.network.division import Division
from graph_service.network.thinning import Question
from graph_service.network.windows import Window, quarter

NOW = instant(datetime(2026, 5, 12, tzinfo=UTC))
BEFORE, AFTER = quarter(("2019-10", "2019-12"), NOW), quarter(("2025-10", "2025-12"), NOW)
QUESTION = Question(BEFORE, AFTER)


def ties_of(contacts: Iterable[tuple[int, int, str, int]], people: int) -> Ties:
    """Ties of (one, other, kind, day since 1970) contacts between places."""
    counts: dict[tuple[int, int, int, int], int] = {}
    for one, other, kind, day in contacts:
        key = (min(one, other), max(one, other), KIND_NAMES.index(kind), day)
        counts[key] = counts.get(key, 0) + 1
    rows = sorted(counts)
    parts = np.array(rows, dtype=np.int64).reshape(-1, 4)
    number = np.array([counts[row] for row in rows], dtype=np.int32)
    one, other, kind, day = (parts[:, place] for place in range(4))
    names = tuple(f"p{place:04}" for place in range(people))
    return Ties(names, one.astype(np.int32), other.astype(np.int32), kind.astype(np.int8), day.astype(np.int32), number,
                number.astype(np.float64))  # fmt: skip


def division(groups: Iterable[str], people: Iterable[str]) -> Division:
    """Everybody in the named group."""
    told = dict(zip(people, groups, strict=True))
    names = sorted(set(told.values()))
    sizes = tuple(sum(group == name for group in told.values()) for name in names)
    return Division(tuple((name,) for name in names), sizes, {one: names.index(group) for one, group in told.items()})


class Drawn:
    """A network of sites in which each tie has a weekly rate; the second window may have fewer contacts (`ratio`),
    other ties (`turnover`), or fewer ties between sites (`cut`, of one site only)."""

    def __init__(self, seed: int, rate: float = 0.3, people: int = 240, sites: int = 4) -> None:
        self.rng = np.random.default_rng(seed)
        self.site, self.people = np.arange(people) % sites, people
        one, other = np.triu_indices(people, 1)
        has = self.rng.random(len(one)) < np.where(self.site[one] == self.site[other], 0.20, 0.05)
        self.one, self.other = one[has], other[has]
        self.rate = self.rng.gamma(1.0, rate, int(has.sum()))

    def window(self, span: Window, ratio: float = 1.0, cut: float = 0.0, turnover: float = 0.0, only: int | None = None,
               without: range = range(0)) -> list[tuple[int, int, str, int]]:  # fmt: skip
        """Contacts of a window; none in its weeks `without`."""
        rng, one, other = self.rng, self.one.copy(), self.other.copy()
        cross = self.site[one] != self.site[other]
        if only is not None:
            cross &= (self.site[one] == only) | (self.site[other] == only)
        alive = ~(cross & (rng.random(len(one)) < cut))
        for place in np.flatnonzero(rng.random(len(one)) < turnover):
            one[place] = rng.choice(np.flatnonzero(self.site == self.site[one[place]]))
            there = self.site == self.site[other[place]]
            there[one[place]] = False
            other[place] = rng.choice(np.flatnonzero(there))
        days = (span.until - span.since) // DAY
        counts = rng.poisson(self.rate * days / 7 * ratio) * alive
        rows = np.repeat(np.arange(len(one)), counts)
        at = rng.integers(0, days, len(rows))
        first = span.since // DAY
        return [
            (int(one[row]), int(other[row]), "MEETING", first + int(day))
            for row, day in zip(rows, at, strict=True)
            if int(day) // 7 not in without
        ]

    def ties(self, **later: object) -> tuple[Ties, Division]:
        """Both windows, and the sites as groups."""
        ties = ties_of([*self.window(BEFORE), *self.window(AFTER, **later)], self.people)  # type: ignore[arg-type]
        return ties, division([f"S{site}" for site in self.site], ties.people)
