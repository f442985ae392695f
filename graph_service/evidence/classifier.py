"""Which of the question's words speak for somebody."""

import numpy as np

from graph_service.evidence.situation import CITED, Citation, Floats, Kind, Situation, Work


def measure(situation: Situation) -> Floats:
    """The words of the question speak for this person.

    max(0, margin + 1.5) of a linear classifier learned from what was solved before the first of the month; 0 for
    everybody when it knows no word of the question.
    """
    found = situation.nothing()
    margins = situation.words.margins(situation.problem.words)
    if margins is None:
        return found
    strengths = np.maximum(0.0, margins + situation.measures.margin).tolist()
    for person, strength in zip(situation.words.people, strengths, strict=True):
        if person in situation.places:
            found[situation.places[person]] = strength
    return found


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The words that speak most for the person."""
    speaking = situation.words.speaking(situation.problem.words, person)[:CITED]
    return Citation(len(speaking), since=situation.words.month if speaking else None, words=tuple(speaking))


KIND = Kind("classifier", measure, cite, about_problem=False)
