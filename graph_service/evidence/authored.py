"""Documents about such a problem that somebody has written."""

from graph_service.evidence.situation import CITED, Citation, Floats, Kind, Situation, Work


def measure(situation: Situation) -> Floats:
    """Has written a document about this kind of problem.

    1 for the author of a document of the kinds asked about, else 0.
    """
    found = situation.nothing()
    for person in situation.beside.documents:
        if person in situation.places:
            found[situation.places[person]] = 1.0
    return found


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The documents by title."""
    written = situation.beside.documents.get(person, ())
    return Citation(len(written), texts=tuple(one.title for one in written[:CITED]))


KIND = Kind("authored", measure, cite, is_beside=True)
