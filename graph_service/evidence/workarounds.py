"""Ways around such a problem that somebody has written."""

from graph_service.evidence.situation import CITED, Citation, Floats, Kind, Situation, Work


def measure(situation: Situation) -> Floats:
    """Has written ways around this kind of problem.

    log(1 + n), n the number of workarounds of the kinds asked about that still hold.
    """
    return situation.log_of(situation.beside.workarounds)


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The workarounds in their words."""
    written = situation.beside.workarounds.get(person, ())
    return Citation(len(written), texts=tuple(one.text for one in written[:CITED]))


KIND = Kind("workarounds", measure, cite, is_beside=True)
