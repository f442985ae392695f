"""Who stands where for one question: strengths, scores, chances, and who is proven. The same for an answer and for the
replay of thousands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph_service.evidence.situation import Floats, Situation
from graph_service.neighbours import Ints
from graph_service.ranking.calibration import LEAST, Band
from graph_service.ranking.rankers import TEXT, Ranker

Flags = NDArray[np.bool_]


def strengths_of(situation: Situation, ranker: Ranker) -> Floats:
    """(kind x person) strengths, kinds in the order of the ranker; weights play no part."""
    return np.array([weigh.kind.measure(situation) for weigh in ranker.weights])


def parts_of(ranker: Ranker, strengths: Floats) -> Floats:
    """(kind x person) contributions: weight times strength."""
    return np.array([weigh.weight * row for weigh, row in zip(ranker.weights, strengths, strict=True)])


def scores_of(parts: Floats) -> Floats:
    """The score of each person: their contributions added in the order of the ranker."""
    total = np.zeros(parts.shape[1])
    for part in parts:
        total = total + part
    return total


def text_of(ranker: Ranker, parts: Floats) -> Floats:
    """What text evidence gives to each score."""
    compares = np.array([weigh.kind.name in TEXT for weigh in ranker.weights])
    found: Floats = parts[compares].sum(axis=0)
    return found


@dataclass(frozen=True)
class Standing:
    """Everybody with a solved case for whom something speaks that has to do with the problem.

    `strengths` come from `strengths_of`, a column per person of the situation; people in `left_out` do not come into
    question.
    """

    situation: Situation
    ranker: Ranker
    strengths: Floats
    left_out: frozenset[str] = frozenset()

    @cached_property
    def parts(self) -> Floats:
        """(kind x person) contributions."""
        return parts_of(self.ranker, self.strengths)

    @cached_property
    def scores(self) -> Floats:
        """The score of each person."""
        return scores_of(self.parts)

    @cached_property
    def knowledge(self) -> Floats:
        """The score of each person whoever asks: what replay and evaluation look at, and chances are read from."""
        mine = np.array([not weigh.kind.of_asker for weigh in self.ranker.weights])
        return scores_of(self.parts[mine])

    def seen_anew(self, situation: Situation) -> "Standing":
        """The same cases with other things told beside them, or seen by somebody else."""
        rows = zip(self.ranker.weights, self.strengths, strict=True)
        strengths = [
            weigh.kind.measure(situation) if weigh.kind.of_asker or weigh.kind.is_beside else row for weigh, row in rows
        ]
        return replace(self, situation=situation, strengths=np.array(strengths))

    def part(self, kind: str) -> Floats:
        """What one kind of evidence contributes to each person; nothing when the ranker does not know it."""
        named = np.array([weigh.kind.name == kind for weigh in self.ranker.weights])
        found: Floats = self.parts[named].sum(axis=0)
        return found

    @cached_property
    def eligible(self) -> Flags:
        """Who has a solved case and anything about this problem, or has written about it."""
        about = np.array([weigh.kind.about_problem for weigh in self.ranker.weights])
        spoken: Flags = (self.parts[about] > 0).any(axis=0)
        has_done = self.situation.ever_solved.copy()
        has_done[[self.situation.places[person] for person in self.situation.beside.authors]] = True
        found: Flags = spoken & has_done & self.in_question
        return found

    @cached_property
    def in_question(self) -> Flags:
        """Everybody who is not left out."""
        found = np.ones(len(self.situation.people), dtype=bool)
        for person in self.left_out & self.situation.places.keys():
            found[self.situation.places[person]] = False
        return found

    @cached_property
    def order(self) -> Ints:
        """Places of those people, best first, then by id."""
        places = np.flatnonzero(self.eligible)
        return places[np.argsort(-self.scores[places], kind="stable")]

    @cached_property
    def chances(self) -> Mapping[int, float] | None:
        """Place -> chance of being among those who solve such a case; None without calibration."""
        calibration = self.ranker.calibration
        if calibration is None:
            return None
        text = text_of(self.ranker, self.parts)
        order = self.order[np.argsort(-self.knowledge[self.order], kind="stable")]
        found = calibration.chances(self.knowledge[order], text[order])
        return dict(zip(order.tolist(), found.tolist(), strict=True))

    @cached_property
    def proven(self) -> frozenset[int]:
        """Places of those who solved a case that is similar enough by the ranker's floor, or a near one in a component
        the asker's words name."""
        situation, floor = self.situation, self.ranker.measures.floor
        alike = {solver for case in situation.solved if situation.is_alike(case, floor) for solver in case.solvers}
        if situation.problem.components and situation.problem.asked_case is None and not situation.is_passed_on:
            near = {solver for case in situation.solved for solver in case.solvers}
            lately = self.part("component_last") > 0
            alike |= {person for person in near if lately[situation.places[person]]}
        places = {situation.places[person] for person in alike}
        return frozenset(place for place in places if self.eligible[place])

    @property
    def is_unlikely(self) -> bool:
        """Whether nobody's chance reaches POSSIBLE; never without calibration."""
        return self.chances is not None and max(self.chances.values(), default=0.0) < LEAST[Band.POSSIBLE]
