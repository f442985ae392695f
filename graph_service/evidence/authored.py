"""Documents about such a problem that somebody has written."""

from graph_service.evidence.situation import CITED, Citation, Floats, Kind, Situation, Work


def measure(situation: Situation) -> Floats:
    """Has written a document about this kind of problem.

    1 for the author of a document of the kinds asked about, else 0.
    """
    return situation.ones_for(situation.beside.documents)


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The documents by title."""
    written = situation.beside.documents.get(person, ())
    return Citation(len(written), texts=tuple(one.title for one in written[:CITED]))


KIND = Kind("authored", measure, cite, is_beside=True)
