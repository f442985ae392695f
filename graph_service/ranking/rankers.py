"""Rankers are tables that can be read aloud. A table with other numbers gets another name."""

from dataclasses import dataclass, field

from graph_service.evidence import (
    active_lately,
    commented_similar,
    comments_component,
    comments_product,
    component_amount,
    component_last,
    declared_skill,
    reported_similar,
    similar_solved,
    solves_for_others,
    solves_own,
    typical_work,
    volume,
)
from graph_service.evidence.situation import Kind, Measures


@dataclass(frozen=True, slots=True)
class Weigh:
    """A kind of evidence and the factor it enters with."""

    kind: Kind
    weight: float


@dataclass(frozen=True, slots=True)
class Ranker:
    """score(person) = sum of weight * strength; `measures` are the numbers inside the formulas."""

    name: str
    version: str
    weights: tuple[Weigh, ...]
    measures: Measures = field(default_factory=Measures)


ONE_CASE = 1.1 / 3
"""What one solved case is worth: a third of the weight of typical work (`answer.md` 3)."""

START = Ranker(
    name="start",
    version="1",
    weights=(
        Weigh(similar_solved.KIND, 0.9),
        Weigh(typical_work.KIND, 1.1),
        Weigh(component_last.KIND, 0.2),
        Weigh(component_amount.KIND, 0.3),
        Weigh(active_lately.KIND, 0.4),
        Weigh(solves_for_others.KIND, 0.5),
        Weigh(reported_similar.KIND, 0.4),
        Weigh(commented_similar.KIND, 0.2),
        Weigh(comments_component.KIND, 0.2),
        Weigh(comments_product.KIND, 0.2),
        Weigh(solves_own.KIND, 0.6),
        Weigh(volume.KIND, -0.9),
        Weigh(declared_skill.KIND, ONE_CASE / 2),
    ),
)
"""The start weights of `ranking.md`, without the kind that needs a classifier."""
