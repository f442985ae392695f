"""A clash with the customer's contact: caution for this pairing, and for nothing else."""

import numpy as np

from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work

LOST = 0.8
"""What a clash takes from the score (`answer.md` 4)."""


def measure(situation: Situation) -> Floats:
    """Should not meet this contact alone.

    log(1 - 0.8) while a clash with the contact holds, else 0.
    """
    found = situation.nothing()
    for person in situation.beside.clashes:
        if person in situation.places:
            found[situation.places[person]] = np.log(1.0 - LOST)
    return found


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """Until when; never what happened."""
    clash = situation.beside.clashes.get(person)
    if clash is None:
        return Citation(0)
    return Citation(1, clash.at, clash.until_at)


KIND = Kind("clash", measure, cite, about_problem=False, of_asker=True)
