"""How near somebody is to the asker: known, or through somebody known."""

import numpy as np

from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work
from graph_service.evidence.ways import STRANGER
from graph_service.model import DAY

UNREACHED = 0.15
"""What counts for people the asker has no way to (`answer.md` 4)."""


def measure(situation: Situation) -> Floats:
    """Is near to the asker.

    log((0.15 + 0.85 Reach)/0.15), Reach 0..1: the larger of the direct tie and of the best way through one person; 0
    without one, and for everybody where nobody in particular asks.
    """
    found = situation.nothing()
    for person, acquaintance in situation.acquaintances.items():
        found[situation.places[person]] = np.log1p(acquaintance.reach * (1.0 - UNREACHED) / UNREACHED)
    return found


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The contacts with the person, or with whom one knows and they know too."""
    acquaintance = situation.acquaintances.get(person, STRANGER)
    relation, variant = (acquaintance.way, "_via") if acquaintance.through else (acquaintance.relation, "")
    if relation is None:
        return Citation(0)
    return Citation(relation.contacts, relation.since * DAY, relation.last * DAY, variant=variant)


KIND = Kind("reach", measure, cite, about_problem=False, of_asker=True)
