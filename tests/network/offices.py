"""Companies of several sites with contacts over time, drawn from a seed, as the house's own lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from workbench import Bench, write_csv

PEOPLE = ("person", "name", "unit", "site")
CONTACTS = ("von", "an", "wann", "Art")


@dataclass(frozen=True)
class Office:
    """People of sites and their ties; `rate` contacts a week of a tie in the middle, `share` of pairs with a tie inside
    and between sites."""

    sites: tuple[tuple[str, int], ...] = (("Ulm", 40), ("Hamburg", 40), ("Leipzig", 40))
    rate: float = 0.5
    inside: float = 0.3
    between: float = 0.1
    seed: int = 0
    cut: float = 0.0
    cut_at: str = ""
    ratio: float = 1.0
    turnover: float = 0.0
    weeks_without: range = field(default=range(0))

    @property
    def people(self) -> list[tuple[str, str]]:
        """Names and sites."""
        return [(f"{site.lower()}{number:03}", site) for site, size in self.sites for number in range(size)]

    def ties(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Pairs of places and their weekly rate."""
        rng = np.random.default_rng(self.seed)
        site = np.array([site for _, site in self.people])
        one, other = np.triu_indices(len(site), 1)
        has = rng.random(len(one)) < np.where(site[one] == site[other], self.inside, self.between)
        return one[has], other[has], rng.gamma(1.0, self.rate, int(has.sum()))

    def contacts(self, first: date, weeks: int, *, later: bool = False) -> list[tuple[int, int, date]]:
        """Contacts of some weeks; the later ones are thinned as the office says."""
        one, other, rate = self.ties()
        rng = np.random.default_rng((self.seed, first.toordinal()))
        site = np.array([site for _, site in self.people])
        alive = np.ones(len(one), dtype=bool)
        if later:
            cross = site[one] != site[other]
            if self.cut_at:
                cross &= (site[one] == self.cut_at) | (site[other] == self.cut_at)
            alive &= ~(cross & (rng.random(len(one)) < self.cut))
            moved = np.flatnonzero(rng.random(len(one)) < self.turnover)
            for place in moved:  # the tie goes to somebody else of the same sites
                one[place] = rng.choice(np.flatnonzero(site == site[one[place]]))
                other[place] = rng.choice(
                    np.flatnonzero((site == site[other[place]]) & (np.arange(len(site)) != one[place]))
                )
        counts = rng.poisson(rate * weeks * (self.ratio if later else 1.0)) * alive
        rows = np.repeat(np.arange(len(one)), counts)
        days = rng.integers(0, weeks * 7, len(rows))
        return [
            (int(one[row]), int(other[row]), first + timedelta(days=int(day)))
            for row, day in zip(rows, days, strict=True)
            if not later or int(day) // 7 not in self.weeks_without
        ]


BEFORE, AFTER = date(2019, 9, 30), date(2025, 9, 29)
WEEKS = 14
"""Each window and a little of the months beside it."""


def take_office(bench: Bench, office: Office, kinds: Sequence[str] = ("MEETING",), name: str = "") -> None:
    """Imports people and contacts of the fourth quarters of 2019 and 2025."""
    people = [{"person": who, "name": who.title(), "unit": site, "site": site} for who, site in office.people]
    bench.take(write_csv(bench.folder / f"people{name}.csv", PEOPLE, people))
    for kind in kinds:
        drawn = replace(office, seed=office.seed + len(kind))
        found = [*drawn.contacts(BEFORE, WEEKS), *drawn.contacts(AFTER, WEEKS, later=True)]
        names = [who for who, _ in office.people]
        rows = [
            {"von": names[one], "an": names[other], "wann": f"{at}T{8 + number % 9:02}:{number % 60:02}", "Art": kind}
            for number, (one, other, at) in enumerate(found)
        ]
        bench.take(write_csv(bench.folder / f"{kind}{name}.csv", CONTACTS, rows))


def folder_of(path: Path) -> Path:
    """A folder that is there."""
    path.mkdir(exist_ok=True)
    return path
