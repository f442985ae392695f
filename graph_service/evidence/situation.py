"""What every kind of evidence looks at, and what it gives."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph_service.classifier import NOTHING_LEARNED, WordWeights
from graph_service.evidence.beside import NOTHING_BESIDE, Beside
from graph_service.evidence.ways import Acquaintance
from graph_service.model import DAY
from graph_service.neighbours import Ints, Neighbour, Neighbours
from graph_service.problem import Problem
from graph_service.statistics import Statistics, Sum
from graph_service.store.named_queries import CaseCommenter, CaseParticipant, ClaimRow, WorkEvent

Floats = NDArray[np.float64]
CITED = 5


@dataclass(frozen=True, slots=True)
class Measures:
    """The numbers inside the formulas, handed over by the rule set. Days where not said otherwise (`ranking.md`).

    `floor`: from which similarity on a case proves something; `weakest`: below it nobody counts as the best;
    `passed_on`: the share of a product's closed cases that somebody solves, over that of the whole house, below which
    its cases are mostly passed on, once at least `fewest_closed` were closed (half-life a year).
    """

    nearest_solved: int = 30
    nearest_opened: int = 50
    floor: float = 0.10
    weakest: float = 0.10
    margin: float = 1.5
    passed_on: float = 0.5
    fewest_closed: float = 10.0
    similar_half_life: float = 360.0
    typical_prior: float = 2.0
    recent_half_life: float = 30.0
    scale: float = 0.02
    share_small: float = 0.25
    share_comments: float = 0.5
    share_own: float = 1.0
    share_usual: float = 1.0
    window_solved: int = 365
    window_lately: int = 90


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
    """The problem, the candidates (by id) and what is known around them, as of one moment; `acquaintances` says how the
    asker stands to them (empty: nobody in particular asks), `beside` what is told of them beside their cases."""

    problem: Problem
    as_of: int
    people: tuple[str, ...]
    neighbours: Neighbours
    reporters: Sequence[CaseParticipant]
    commenters: Sequence[CaseCommenter]
    claims: Sequence[ClaimRow]
    statistics: Statistics
    measures: Measures
    words: WordWeights = NOTHING_LEARNED
    acquaintances: Mapping[str, Acquaintance] = field(default_factory=dict)
    beside: Beside = NOTHING_BESIDE

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Person -> place in `people`."""
        return {person: place for place, person in enumerate(self.people)}

    @cached_property
    def solved(self) -> Sequence[Neighbour]:
        """The nearest solved cases."""
        return self.neighbours.nearest_solved(self.measures.nearest_solved)

    @cached_property
    def opened(self) -> Sequence[Neighbour]:
        """The nearest cases, solved or not."""
        return self.neighbours.nearest(self.measures.nearest_opened)

    @cached_property
    def solvers(self) -> Ints:
        """The candidate's place for each (case, solver) pair among the neighbours."""
        matches = self.neighbours.matches
        places = np.array([self.places[person] for person in matches.people], dtype=np.int64)
        return places[matches.solvers]

    @cached_property
    def ever_solved(self) -> NDArray[np.bool_]:
        """Who has a solved case at all."""
        found = self.spread(Sum.SOLVED_EVER).amount > 0
        found[self.solvers] = True
        return found

    @cached_property
    def is_passed_on(self) -> bool:
        """Whether cases of this product are mostly handed to others: who works there then says little about who solves.

        A help desk's cases are solved elsewhere; its own people must not stand first for being there.
        """
        if not self.problem.products:
            return False
        here = f"p{self.problem.products[0]}"
        closed = self.spread(Sum.CLOSED, here).total
        if closed < self.measures.fewest_closed:
            return False
        share = self.spread(Sum.CLOSED_SOLVED, here).total / closed
        house = self.spread(Sum.CLOSED_SOLVED).total / self.spread(Sum.CLOSED).total
        return share < self.measures.passed_on * house

    @cached_property
    def _spreads(self) -> dict[tuple[Sum, str], Spread]:
        return {}

    @cached_property
    def _known_places(self) -> Ints:
        """Place in the statistics' people -> place among the candidates, -1 for everybody else."""
        found = np.full(len(self.statistics.people), -1, dtype=np.int64)
        places = self.statistics.places_of(self.people)
        candidates = np.arange(len(self.people))
        found[places[places >= 0]] = candidates[places >= 0]
        return found

    def is_alike(self, case: Neighbour, floor: float) -> bool:
        """Whether a case is similar enough to prove something: above the floor, and not by a single word of several,
        unless that tells of the kind of problem asked about."""
        return case.similarity >= floor and self._shares_enough(case)

    @property
    def nearest_alike(self) -> float:
        """The floor up to which some solved case would still prove something; 0 when none would."""
        return max((case.similarity for case in self.solved if self._shares_enough(case)), default=0.0)

    def _shares_enough(self, case: Neighbour) -> bool:
        return case.tells or case.shared >= min(2, len(self.neighbours.terms))

    def decay(self, at: Floats | Ints | int, half_life: float) -> Floats:
        """0.5^(age / half-life in days)."""
        return np.exp2(-(self.as_of - np.asarray(at, dtype=np.float64)) / DAY / half_life)

    def spread(self, which: Sum, key: str = "") -> Spread:
        """The sum decayed to now and the days since its last event, per candidate, and the sum over everybody."""
        known = (which, key)
        if known not in self._spreads:
            people, values, last = self.statistics.sums(which, key, self.as_of)
            amount, days = self.nothing(), np.full(len(self.people), np.inf)
            places = self._known_places[people]
            mine = places >= 0
            amount[places[mine]] = values[mine]
            days[places[mine]] = (self.as_of - last[mine]) / DAY
            self._spreads[known] = Spread(amount, days, math.fsum(values.tolist()))
        return self._spreads[known]

    def over_places(self, component: Sum, product: Sum) -> list[Spread]:
        """`spread` for each component of the problem, or for its product when it has none; for the
        whole house where cases are passed on."""
        if self.is_passed_on:
            return [self.spread(product, "")]
        if self.problem.components:
            return [self.spread(component, f"c{name}") for name in self.problem.components]
        return [self.spread(product, f"p{name}") for name in self.problem.products[:1]]

    def near_share(self, rows: Iterable[tuple[str, str]]) -> Floats:
        """Share of people around the nearest opened cases, given as (case, person): (similarity/nearest)^2 with decay,
        over the sum of everybody around them, candidates or not."""
        found, total = self.nothing(), 0.0
        for case_id, person in rows:
            weight = self._near_weights[case_id]
            total += weight
            if person in self.places:
                found[self.places[person]] += weight
        return found / (total + self.measures.share_small)

    @cached_property
    def _near_weights(self) -> Mapping[str, float]:
        nearest = self.opened[0].similarity if self.opened else 0.0
        if not nearest:
            return {case.case_id: 0.0 for case in self.opened}
        similarity = np.array([case.similarity for case in self.opened])
        opened_at = np.array([case.opened_at for case in self.opened], dtype=np.float64)
        weights = (similarity / nearest) ** 2 * self.decay(opened_at, self.measures.similar_half_life)
        return dict(zip([case.case_id for case in self.opened], weights.tolist(), strict=True))

    def logarithm(self, x: Floats) -> Floats:
        """log(1 + x / scale): 0 without evidence, growing ever slower with it."""
        return np.log1p(x / self.measures.scale)

    def ones_for(self, people: Iterable[str]) -> Floats:
        """1 for each of these people who is a candidate, else 0."""
        found = self.nothing()
        found[[self.places[person] for person in people if person in self.places]] = 1.0
        return found

    def log_of(self, counted: Mapping[str, Sized]) -> Floats:
        """log(1 + n) for each of these people who is a candidate, n how many things they have; 0 for everybody else."""
        found = self.nothing()
        for person, things in counted.items():
            if person in self.places:
                found[self.places[person]] = np.log1p(len(things))
        return found

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
    """The numbers and facts behind a reason: `count` of `of` (None = no share) from `since` to the View's moment; where
    `words` speak, they were learned until `since`; `texts` name what is cited and is no case. `variant` says which of
    the kind's sentences tells it."""

    count: int
    since: int | None = None
    newest: int | None = None
    cases: tuple[str, ...] = ()
    of: int | None = None
    claims: tuple[ClaimRow, ...] = ()
    words: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of evidence: its name in rankers and message catalogues, how it is measured and what it cites.

    `about_problem` is False for what would be the same whatever was asked; `of_asker` is what hangs on who asks: it
    moves the order, but is no part of what somebody can, nor of their chance to have solved such a case. `is_beside`:
    read from what is told beside cases, and part of what somebody can.
    """

    name: str
    measure: Callable[[Situation], Floats]
    cite: Callable[[Situation, Work, str], Citation]
    about_problem: bool = True
    of_asker: bool = False
    is_beside: bool = False


def cited(events: Sequence[WorkEvent], since: int) -> Citation:
    """Counts events since a moment and cites the newest ones."""
    within = [event for event in events if event.at >= since]
    cases = tuple(dict.fromkeys(event.case_id for event in within))
    return Citation(len(cases), since, within[0].at if within else None, cases[:CITED])


def in_place(situation: Situation, events: Sequence[WorkEvent]) -> Sequence[WorkEvent]:
    """Those events in a component of the problem, or in its product when it has no component; all of them where cases
    are passed on (the places of `over_places`)."""
    problem = situation.problem
    if situation.is_passed_on:
        return events
    if problem.components:
        return [event for event in events if set(event.components) & set(problem.components)]
    return [event for event in events if event.product in problem.products[:1]]
