"""Ratings that an asker listens to, and what they come to: opinions with an author, fitted for who asks.

A rating is mean + quality of the ratee + leniency of the rater + noise; the parts are shrunk towards 0 by a
pseudo-count (ridge, which is the posterior mean of a hierarchical model with one noise variance).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph_service.evidence.beside import Beside
from graph_service.model import DAY, TrustRating
from graph_service.store.named_queries import grouped

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
HALF_LIFE, PSEUDO, ROUNDS = 730.0, 2.0, 60
MIDDLE = 3.0
FEWEST_RATERS = 3.0
CLIQUE_FROM, CLIQUE_LOSS, MUTUAL, CLIQUE_MONTHS = 3, 0.8, 4.0, 24
MOST_PSEUDO = 3.0
_AGGREGATE = "AGGREGATE"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A rating that counts: its value 1..5 and how much it weighs by age and clique."""

    rating: TrustRating
    value: float
    weight: float


def means(beside: Beside) -> Mapping[str, float]:
    """Ratee -> m."""
    return fitted(heard(beside, "competence"))


def fitted(ratings: Sequence[Weighed]) -> Mapping[str, float]:
    """Ratee -> mean + quality; by rounds of shrunk means until they stand still."""
    if not ratings:
        return {}
    ratees = sorted({one.rating.ratee.key for one in ratings})
    raters = sorted({one.rating.rater.key for one in ratings})
    ratee = np.array([ratees.index(one.rating.ratee.key) for one in ratings])
    rater = np.array([raters.index(one.rating.rater.key) for one in ratings])
    value, weight = np.array([one.value for one in ratings]), np.array([one.weight for one in ratings])
    mean, quality, leniency = MIDDLE, np.zeros(len(ratees)), np.zeros(len(raters))
    for _ in range(ROUNDS):
        rest = value - quality[ratee] - leniency[rater]
        mean = (float(np.sum(weight * rest)) + PSEUDO * MIDDLE) / (float(np.sum(weight)) + PSEUDO)
        quality = _shrunk(ratee, weight, value - mean - leniency[rater], len(ratees))
        leniency = _shrunk(rater, weight, value - mean - quality[ratee], len(raters))
    return dict(zip(ratees, (mean + quality).tolist(), strict=True))


def _shrunk(group: Ints, weight: Floats, rest: Floats, count: int) -> Floats:
    sums = np.bincount(group, weight * rest, count)
    return np.asarray(sums / (np.bincount(group, weight, count) + PSEUDO))


def heard(beside: Beside, what: str) -> list[Weighed]:
    """The ratings whose effect the asker may see: own and NAMED ones, of sums only where enough people stand behind."""
    told = [one for one in beside.ratings if getattr(one, what) is not None]
    cliques = clique_sizes(told, beside.at)
    weighed = [_weighed(one, what, cliques, beside.at) for one in told]
    enough: dict[str, float] = {}
    for one in weighed:
        if one.rating.shown == _AGGREGATE:
            size = cliques.get((one.rating.subject, one.rating.rater.key, one.rating.ratee.key), 1)
            enough[one.rating.ratee.key] = enough.get(one.rating.ratee.key, 0.0) + _share(size)
    return [
        one
        for one in weighed
        if one.rating.shown != _AGGREGATE
        or one.rating.rater.key == beside.asker
        or enough[one.rating.ratee.key] >= FEWEST_RATERS - 1e-9
    ]


def _weighed(rating: TrustRating, what: str, cliques: Mapping[tuple[str, str, str], int], at: int) -> Weighed:
    age = (at - (rating.given_at or at)) / DAY
    size = cliques.get((rating.subject, rating.rater.key, rating.ratee.key), 1)
    return Weighed(rating, 1.0 + 4.0 * getattr(rating, what), 2.0 ** (-age / HALF_LIFE) * _share(size))


def _share(size: int) -> float:
    """What a rating inside of a clique of that size counts."""
    return 1.0 / (1.0 + CLIQUE_LOSS * (size - 1)) if size >= CLIQUE_FROM else 1.0


def clique_sizes(ratings: Sequence[TrustRating], at: int) -> Mapping[tuple[str, str, str], int]:
    """(subject, rater, ratee) -> size of the largest clique of mutual ratings of 4 and more that both belong to."""
    import networkx as nx

    recent = [one for one in ratings if (one.given_at or 0) > at - CLIQUE_MONTHS * 30 * DAY]
    good = {
        (one.subject, one.rater.key, one.ratee.key)
        for one in recent
        if one.competence is not None and 1.0 + 4.0 * one.competence >= MUTUAL
    }
    found: dict[tuple[str, str, str], int] = {}
    for subject in sorted({one[0] for one in good}):
        mutual = nx.Graph(
            (rater, ratee) for known, rater, ratee in sorted(good) if known == subject and (known, ratee, rater) in good
        )
        for clique in nx.find_cliques(mutual):
            for rater in clique:
                for ratee in clique:
                    key = (subject, rater, ratee)
                    if rater != ratee and len(clique) >= CLIQUE_FROM:
                        found[key] = max(found.get(key, 1), len(clique))
    return found


def said_reliable(beside: Beside) -> Mapping[str, tuple[float, float]]:
    """Ratee -> pseudo-promises kept and not kept that ratings of reliability add: three together at most."""
    found = {}
    for ratee, own in grouped(heard(beside, "reliability"), lambda one: one.rating.ratee.key).items():
        total = sum(one.weight for one in own)
        share = min(1.0, MOST_PSEUDO / total) if total else 0.0
        kept = sum(one.weight * (one.value - 1.0) / 4.0 for one in own) * share
        found[ratee] = (kept, total * share - kept)
    return found
