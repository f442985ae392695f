"""Causes of such problems that somebody has found."""

from graph_service.evidence.situation import CITED, Citation, Floats, Kind, Situation, Work


def measure(situation: Situation) -> Floats:
    """Has found the cause of similar cases.

    1 for who solved a similar case whose cause is noted, where the cause is asked for (mode DIAGNOSE), else 0
    (`answer.md` 3: one case).
    """
    return situation.ones_for(situation.beside.finders)


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The causes in the words of their notes."""
    causes = situation.beside.finders.get(person, ())
    return Citation(len(causes), texts=tuple(causes[:CITED]))


KIND = Kind("causes", measure, cite, is_beside=True)
