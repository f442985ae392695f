"""Rankers are tables that can be read aloud. A table with other numbers gets another name."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from graph_service.evidence import (
    active_lately,
    authored,
    availability,
    bridge,
    causes,
    clash,
    classifier,
    commented_similar,
    comments_component,
    comments_product,
    component_amount,
    component_last,
    component_usual,
    declared_skill,
    kept_promises,
    product_usual,
    reach,
    reported_similar,
    similar_solved,
    solves_for_others,
    solves_own,
    trust,
    typical_work,
    volume,
    with_contact,
    workarounds,
)
from graph_service.evidence.situation import Kind, Measures
from graph_service.model import EVER
from graph_service.ranking.calibration import Calibration


@dataclass(frozen=True, slots=True)
class Weigh:
    """A kind of evidence and the factor it enters with."""

    kind: Kind
    weight: float


@dataclass(frozen=True)
class Ranker:
    """score(person) = sum of weight * strength; `measures` are the numbers inside the formulas.

    `calibration` turns scores into chances (None: no bands); nothing after `trained_until` was looked at for it.
    """

    name: str
    version: str
    weights: tuple[Weigh, ...]
    measures: Measures = field(default_factory=Measures)
    calibration: Calibration | None = None
    trained_until: int = EVER

    def without(self, kinds: Collection[str]) -> "Ranker":
        """The same table with some kinds at weight 0, for ablations."""
        left = tuple(Weigh(weigh.kind, 0.0 if weigh.kind.name in kinds else weigh.weight) for weigh in self.weights)
        return replace(self, weights=left)

    def for_today(self) -> "Ranker":
        """The table of what helps today: it counts workarounds and being reached now more."""
        weights = (replace(one, weight=one.weight * TODAY.get(one.kind.name, 1.0)) for one in self.weights)
        return replace(self, weights=tuple(weights))


TEXT = ("similar_solved", "typical_work", "classifier")
"""Kinds that compare the question's words with somebody's solved cases."""

ONE_CASE = 1.1 / 3
"""What one solved case is worth: a third of the weight of typical work (`answer.md` 3)."""

TRUSTED = 1.1 * (3 / 5 - 1 / 3)
"""What trust is worth at most: the gain from one to three solved cases (`answer.md` 3); set, never learned."""
TOTAL = 2.9
"""The weights of competence, promises, Reach and availability together (`answer.md` 4); a clash stands beside them."""

START = Ranker(
    name="start",
    version="4",
    weights=(
        Weigh(similar_solved.KIND, 0.9),
        Weigh(typical_work.KIND, 1.1),
        Weigh(classifier.KIND, 1.5),
        Weigh(component_last.KIND, 0.2),
        Weigh(component_amount.KIND, 0.3),
        Weigh(component_usual.KIND, 0.3),
        Weigh(product_usual.KIND, 0.3),
        Weigh(active_lately.KIND, 0.4),
        Weigh(solves_for_others.KIND, 0.5),
        Weigh(reported_similar.KIND, 0.4),
        Weigh(commented_similar.KIND, 0.2),
        Weigh(comments_component.KIND, 0.2),
        Weigh(comments_product.KIND, 0.2),
        Weigh(solves_own.KIND, 0.6),
        Weigh(volume.KIND, -0.9),
        Weigh(declared_skill.KIND, ONE_CASE / 2),
        Weigh(workarounds.KIND, ONE_CASE),
        Weigh(authored.KIND, ONE_CASE),
        Weigh(bridge.KIND, ONE_CASE),
        Weigh(causes.KIND, ONE_CASE),
        Weigh(with_contact.KIND, ONE_CASE / 2),
        Weigh(trust.KIND, TRUSTED),
        Weigh(kept_promises.KIND, 0.8),
        Weigh(reach.KIND, 0.6),
        Weigh(availability.KIND, 0.5),
        Weigh(clash.KIND, TOTAL),
    ),
)
"""The start weights of `ranking.md`, two kinds for houses where the same people solve the same for years, and what
counts beside competence (`answer.md` 3 and 4)."""

TODAY = {workarounds.KIND.name: 3.0, availability.KIND.name: 2.0}
"""How many times more these count where something is needed today: a workaround (`answer.md` 3), and being reached now,
for whoever must wait until a flag falls has less of the day left."""

KINDS = {weigh.kind.name: weigh.kind for weigh in START.weights}
