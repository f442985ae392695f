"""Ways around such a problem that somebody has written."""

import numpy as np

from graph_service.evidence.situation import CITED, Citation, Floats, Kind, Situation, Work


def measure(situation: Situation) -> Floats:
    """Has written ways around this kind of problem.

    log(1 + n), n the number of workarounds of the kinds asked about that still hold.
    """
    found = situation.nothing()
    for person, written in situation.beside.workarounds.items():
        if person in situation.places:
            found[situation.places[person]] = np.log1p(len(written))
    return found


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The workarounds in their words."""
    written = situation.beside.workarounds.get(person, ())
    return Citation(len(written), texts=tuple(one.text for one in written[:CITED]))


KIND = Kind("workarounds", measure, cite, is_beside=True)
