"""What every kind of evidence looks at, and what it gives."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graph_service.model import DAY
from graph_service.neighbours import Neighbour
from graph_service.problem import Problem
from graph_service.statistics import Statistics, Sum
from graph_service.store.named_queries import CaseCommenter, CaseParticipant, ClaimRow, WorkEvent

Floats = NDArray[np.float64]
CITED = 5


@dataclass(frozen=True, slots=True)
class Measures:
    """The numbers inside the formulas, handed over by the rule set. Days where not said otherwise (`ranking.md`)."""

    nearest_solved: int = 30
    nearest_opened: int = 50
    floor: float = 0.10
    similar_half_life: float = 360.0
    typical_prior: float = 2.0
    recent_half_life: float = 30.0
    scale: float = 0.02
    share_small: float = 0.25
    share_comments: float = 0.5
    share_own: float = 1.0
    window_solved: int = 365
    window_commented: int = 90


@dataclass(frozen=True, slots=True)
class Spread:
    """A sum over the candidates: amounts, days since the last event (infinite = never), and everybody's total."""

    amount: Floats
    days: Floats
    total: float

    def share(self, prior: float) -> Floats:
        """Each candidate's amount over the total of everybody plus `prior`."""
        return self.amount / (self.total + prior)


@dataclass(frozen=True)
class Situation:
    """The problem, the candidates (by id) and what is known around them, as of one moment.

    `searched` is how many terms of the problem were searched for.
    """

    problem: Problem
    as_of: int
    people: tuple[str, ...]
    solved: Sequence[Neighbour]
    opened: Sequence[Neighbour]
    reporters: Sequence[CaseParticipant]
    commenters: Sequence[CaseCommenter]
    claims: Sequence[ClaimRow]
    statistics: Statistics
    measures: Measures
    searched: int
    places: Mapping[str, int] = field(default_factory=dict)
    spreads: dict[tuple[Sum, str], Spread] = field(default_factory=dict, compare=False)

    def is_alike(self, case: Neighbour) -> bool:
        """Whether a case is similar enough to prove something: above the floor, and not by a single word of several."""
        return case.similarity >= self.measures.floor and case.shared >= min(2, self.searched)

    def decay(self, at: Floats | int, half_life: float) -> Floats:
        """0.5^(age / half-life in days)."""
        return np.exp2(-(self.as_of - np.asarray(at, dtype=np.float64)) / DAY / half_life)

    def spread(self, which: Sum, key: str = "") -> Spread:
        """The sum decayed to now and the days since its last event, per candidate, and the sum over everybody."""
        known = (which, key)
        if known not in self.spreads:
            people, values, last = self.statistics.sums(which, key, self.as_of)
            amount, days = np.zeros(len(self.people)), np.full(len(self.people), np.inf)
            places = np.array(
                [self.places.get(self.statistics.people[person], -1) for person in people], dtype=np.int64
            )
            mine = places >= 0
            amount[places[mine]] = values[mine]
            days[places[mine]] = (self.as_of - last[mine]) / DAY
            self.spreads[known] = Spread(amount, days, float(np.sum(values)))
        return self.spreads[known]

    def over_places(self, component: Sum, product: Sum) -> list[Spread]:
        """`spread` for each component of the problem, or for its product when it has none."""
        if self.problem.components:
            return [self.spread(component, f"c{name}") for name in self.problem.components]
        return [self.spread(product, f"p{name}") for name in self.problem.products[:1]]

    def near_share(self, rows: Iterable[tuple[str, str]]) -> Floats:
        """Share of people around the nearest opened cases, given as (case, person): (similarity/nearest)^2 with decay,
        over the sum of everybody around them, candidates or not."""
        found, total = self.nothing(), 0.0
        nearest = self.opened[0].similarity if self.opened else 0.0
        if not nearest:
            return found
        cases = {case.case_id: case for case in self.opened}
        for case_id, person in rows:
            case = cases[case_id]
            decay = float(self.decay(case.opened_at, self.measures.similar_half_life))
            weight = float((case.similarity / nearest) ** 2 * decay)
            total += weight
            if person in self.places:
                found[self.places[person]] += weight
        return found / (total + self.measures.share_small)

    def logarithm(self, x: Floats) -> Floats:
        """log(1 + x / scale): 0 without evidence, growing ever slower with it."""
        return np.log1p(x / self.measures.scale)

    def nothing(self) -> Floats:
        """No evidence for anybody."""
        return np.zeros(len(self.people))


@dataclass(frozen=True, slots=True)
class Work:
    """What the people shown did lately: solved cases and first comments, newest first per person."""

    solved: Mapping[str, Sequence[WorkEvent]]
    commented: Mapping[str, Sequence[WorkEvent]]
    claims: Mapping[str, Sequence[ClaimRow]]


@dataclass(frozen=True, slots=True)
class Citation:
    """The numbers and facts behind a reason: `count` of `of` (None = no share) from `since` to the View's moment."""

    count: int
    since: int | None = None
    newest: int | None = None
    cases: tuple[str, ...] = ()
    of: int | None = None
    claims: tuple[ClaimRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of evidence: its name in rankers and message catalogues, how it is measured and what it cites.

    `about_problem` is False for what would be the same whatever was asked.
    """

    name: str
    measure: Callable[[Situation], Floats]
    cite: Callable[[Situation, Work, str], Citation]
    about_problem: bool = True


def cited(events: Sequence[WorkEvent], since: int) -> Citation:
    """Counts events since a moment and cites the newest ones."""
    within = [event for event in events if event.at >= since]
    cases = tuple(dict.fromkeys(event.case_id for event in within))
    return Citation(len(cases), since, within[0].at if within else None, cases[:CITED])


def in_place(situation: Situation, events: Sequence[WorkEvent]) -> list[WorkEvent]:
    """Those events in a component of the problem, or in its product when it has no component."""
    problem = situation.problem
    if problem.components:
        return [event for event in events if set(event.components) & set(problem.components)]
    return [event for event in events if event.product in problem.products[:1]]
