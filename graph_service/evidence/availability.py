"""Reachable now."""

import numpy as np

from graph_service.evidence.reachability import UNKNOWN
from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work

LEAST, REST = 0.10, 0.90
"""What counts for people who cannot be reached, and the rest that grows with A (`answer.md` 4)."""


def measure(situation: Situation) -> Floats:
    """Can be reached now.

    log((0.10 + 0.90 A)/(0.10 + 0.90 * 0.7)), A 0..1: the smallest of presence, hours, flag, focus, cap and doors; 0
    where nothing is known, for that is .7.
    """
    found = situation.nothing()
    for person, way in situation.beside.ways.items():
        if person in situation.places:
            found[situation.places[person]] = np.log((LEAST + REST * way.value) / (LEAST + REST * UNKNOWN))
    return found


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """What holds now: the cause that leaves least of A."""
    way = situation.beside.ways.get(person)
    if way is None:
        return Citation(0)
    cause = min(way.causes, key=lambda one: (way.causes[one], one))
    return Citation(1, variant=f"_{cause}")


KIND = Kind("availability", measure, cite, about_problem=False, of_asker=True)
