"""Cases in several of the domains that a problem falls into."""

from graph_service.evidence.situation import CITED, Citation, Floats, Kind, Situation, Work


def measure(situation: Situation) -> Floats:
    """Has solved cases in two of the domains asked about.

    1 for who did among the nearest cases, else 0 (`answer.md` 3: a bridge is worth one case).
    """
    return situation.ones_for(situation.beside.bridges)


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The kinds of problems they connect."""
    kinds = situation.beside.bridges.get(person, ())
    return Citation(len(kinds), texts=tuple(kinds[:CITED]))


KIND = Kind("bridge", measure, cite, is_beside=True)
