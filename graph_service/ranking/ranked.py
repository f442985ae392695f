"""People in their order: what each kind adds, who stands level, and whose turn it is among those as good."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from graph_service.evidence.beside import Beside
from graph_service.evidence.situation import Situation
from graph_service.model import DAY
from graph_service.neighbours import Ints
from graph_service.ranking.calibration import band_of, level_ranks
from graph_service.ranking.standing import Standing
from graph_service.statistics import Sum

STEP = 3
"""Who was asked so many times more in thirty days than the next of the same band stands behind them."""
NEW_DAYS, NEW_CASES = 365, 10
"""Who has solved nothing like it before, and no more cases than these, is new."""
FEWEST_WITH_NEW = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A person in the order: rank from 1, score, what each kind of evidence adds to it, and the chance of being among
    those who solve such a case (None: not calibrated). `level` is the rank that is shown: people who stand level share
    that of the first of them. `before`: whom as good they stand before, because these were asked more of late."""

    person: str
    rank: int
    score: float
    contributions: Mapping[str, float]
    level: int
    chance: float | None = None
    before: str | None = None


def ranked_of(standing: Standing, places: Ints) -> list[Ranked]:
    """People at these places, best first, with what each kind adds."""
    kinds = [weigh.kind.name for weigh in standing.ranker.weights]
    chances = standing.chances or {}
    scores = standing.scores[places].tolist()
    ranks = list(range(1, len(scores) + 1))
    told = [chances[place] for place in places.tolist() if place in chances]
    levels = level_ranks(scores, told) if len(told) == len(scores) else ranks
    return [
        Ranked(
            person=standing.situation.people[place],
            rank=rank,
            score=score,
            contributions=dict(zip(kinds, standing.parts[:, place].tolist(), strict=True)),
            level=level,
            chance=chances.get(place),
        )
        for rank, level, score, place in zip(ranks, levels, scores, places.tolist(), strict=True)
    ]


def in_turn(standing: Standing) -> list[Ranked]:
    """Everybody of a standing in the order of scores, the load spread within each band (`answer.md` 4)."""
    beside, found = standing.situation.beside, ranked_of(standing, standing.order)
    if not beside.asked:
        return found
    bands = groupby(found, key=lambda one: None if one.chance is None else band_of(one.chance))
    return [one for band, some in bands for one in (_spread(list(some), beside) if band else some)]


def _spread(band: Sequence[Ranked], beside: Beside) -> list[Ranked]:
    """People of a band, each behind the next where they were asked so much more; nobody moves by more than a place."""
    found, place = list(band), 0
    while place + 1 < len(found):
        one, other = found[place], found[place + 1]
        if beside.asked.get(one.person, 0) - beside.asked.get(other.person, 0) >= STEP:
            found[place : place + 2] = [replace(other, before=one.person), one]
            place += 1
        place += 1
    if found == list(band):
        return found
    first = band[0].rank
    return [replace(one, rank=rank, level=rank) for rank, one in enumerate(found, first)]


def newcomer_of(situation: Situation, order: Sequence[Ranked], proven: frozenset[str], limit: int) -> Ranked | None:
    """The best behind the first `limit - 1` who is new to it and has solved something like it; None where one of these
    is new already, or where fewer than three are named."""
    if limit < FEWEST_WITH_NEW or len(order) <= limit:
        return None
    new = _new(situation) & proven
    if any(one.person in new for one in order[:limit]):
        return None
    return next((one for one in order[limit:] if one.person in new), None)


def _new(situation: Situation) -> frozenset[str]:
    """Who solved the nearest cases within a year and has not solved many."""
    since = situation.as_of - NEW_DAYS * DAY
    older = {solver for case in situation.solved if (case.solved_at or 0) <= since for solver in case.solvers}
    few = np.flatnonzero(situation.spread(Sum.SOLVED_EVER).amount <= NEW_CASES)
    return frozenset(situation.people[place] for place in few.tolist()) - older
