"""What people say of somebody's competence on this kind of problem, as far as the asker may know of it."""

import numpy as np

from graph_service.evidence.ratings import MIDDLE, heard, means
from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work

SPREAD = 2.0


def measure(situation: Situation) -> Floats:
    """Is trusted on this by whom the asker listens to.

    clip((m - 3)/2, -1, 1), m the shrunk mean of competence 1..5 on the kinds asked about; 0 for whom nobody rated.
    """
    found = situation.nothing()
    for person, mean in means(situation.beside).items():
        if person in situation.places:
            found[situation.places[person]] = np.clip((mean - MIDDLE) / SPREAD, -1.0, 1.0)
    return found


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """How many rated, and since when; nobody is named."""
    own = [one.rating for one in heard(situation.beside, "competence") if one.rating.ratee.key == person]
    mine = [one for one in own if one.rater.key == situation.beside.asker]
    named = [one for one in own if one.shown == "NAMED" and one not in mine]
    variant = "_own" if mine and len(own) == len(mine) else "_named" if len(named) == len(own) else ""
    newest = max((one.given_at or 0 for one in own), default=None)
    return Citation(len({one.rater.key for one in own}), newest=newest, variant=variant)


KIND = Kind("trust", measure, cite, about_problem=False, of_asker=True)
