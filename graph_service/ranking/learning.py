"""Learning from the house's own past: weights, chances and the floor of similarity.

Weights: a conditional logit (McFadden 1974) over the people who came into question, P(person) = softmax of the scores,
fitted by L-BFGS; none changes its sign, all are drawn towards the start weights. Only cases resolved before a moment
are learned from, each as it looked when it was opened.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from graph_service.errors import RulesRefused
from graph_service.evidence.situation import Floats
from graph_service.model import DAY
from graph_service.ranking.calibration import LEAST, Band, Calibration, features, fit_calibration
from graph_service.ranking.metrics import METRICS, accuracy_at_1, reciprocal_at_10
from graph_service.ranking.rankers import START, Ranker, Weigh
from graph_service.ranking.replay import Asked
from graph_service.ranking.standing import Flags, Standing, parts_of, scores_of, text_of

FEWEST_CASES = 30
"""Solved cases whose solver had solved something before: a house of fifty solved cases has about as many."""
MOST_CASES = 20_000
LIKELIEST = 40
OTHERS = 20
"""People beyond the likeliest that are drawn evenly from the rest and stand for all of it; without them the weights
would learn to contradict the start weights wherever the right one was not among the likeliest."""
NAMED = 20
HALF_LIFE = 730.0
CALIBRATION_HALF_LIFE = 400.0
SHRINKAGES = (200.0, 50.0)
"""How strongly weights are drawn to the start ones; the weaker where the house's own later cases clearly ask for it."""
FLOORS = (0.05, 0.30)
FLOOR_PRIOR = 10.0
FEWEST_JUDGED = 20
NOISE = 2.0
"""Standard errors that count as clear: by which the weaker shrinkage must win on the tenth before the newest to be
used, and by which learned weights must lose on the newest to be dropped."""
FIXED = ("declared_skill", "reach")
"""Kinds whose weight is set, never learned: who solved a case has none of the first, and who asked is not replayed."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A solved case as it looked at its opening.

    (kind x person) strengths of the likeliest people, of those who solved it and of some others; who did; for how many
    people each stands; how similar the nearest solved case was that could prove something; when it was resolved.
    """

    strengths: Floats
    right: Flags
    stands_for: Floats
    nearest: float
    resolved_at: int


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted ranker, what it was fitted to (cases resolved from `since` on), and how it did on the newest tenth."""

    ranker: Ranker
    since: int
    cases: int
    figures: dict[str, float]


def sample_of(asked: Asked, solvers: Collection[str], resolved_at: int) -> Sample | None:
    """A sample of a replayed case; None when nobody could have been named. Nobody may be right in it: such cases say
    how often the right one is unknown."""
    standing = Standing(asked.situation, START, asked.strengths)
    people = asked.situation.people
    right = np.array([people[place] in solvers for place in standing.order.tolist()], dtype=bool)
    if not len(right):
        return None
    count = stands_for(right)
    kept = np.flatnonzero(count)
    columns = asked.strengths[:, standing.order[kept]]
    return Sample(columns, right[kept], count[kept], asked.situation.nearest_alike, resolved_at)


def stands_for(right: Flags) -> Floats:
    """For how many people each one counts, given best first: the likeliest and those who are right for themselves, some
    others, evenly drawn, for all the rest, and everybody else for nobody."""
    found: Floats = ((np.arange(len(right)) < LIKELIEST) | right).astype(np.float64)
    rest = np.flatnonzero(found == 0)
    if len(rest):
        drawn = rest[np.linspace(0, len(rest) - 1, min(OTHERS, len(rest))).round().astype(np.int64)]
        found[drawn] = len(rest) / len(drawn)
    return found


def learned(samples: Sequence[Sample], until: int, left_out: Collection[str] = ()) -> Fit:
    """The start rules fitted to what was resolved before a moment; kinds in `left_out` get no weight.

    The newest tenth decides whether the fit is any better than the start weights; where it is worse, those stay. Raises
    RulesRefused with too few samples that somebody could have been named for.
    """
    early = (sample for sample in samples if sample.resolved_at < until)
    everything = sorted(early, key=lambda one: one.resolved_at)[-MOST_CASES:]
    known = [sample for sample in everything if sample.right.any()]
    if len(known) < FEWEST_CASES:
        raise RulesRefused("rules.too_few", needed=FEWEST_CASES, found=len(known))
    newest = everything[-1].resolved_at
    start = START.without(left_out)
    tenth = len(known) // 10
    kept, judged = known[:-tenth], known[-tenth:]
    shrinkage = _chosen(kept[:-tenth], kept[-tenth:], start, newest)
    tried = _weighted(start, _fitted(kept, start, newest, shrinkage))
    before, after = _ranks(start, judged), _ranks(tried, judged)
    gain = reciprocal_at_10(after) - reciprocal_at_10(before)
    is_worse = float(np.mean(gain)) < -NOISE * float(np.std(gain)) / np.sqrt(len(gain))
    ranker = start if is_worse else _weighted(start, _fitted(known, start, newest, shrinkage))
    fitted = replace(
        ranker,
        name="learned",
        version="",
        measures=replace(ranker.measures, floor=_floor(ranker, everything)),
        calibration=_calibrated(ranker, everything),
        trained_until=newest + 1,
    )
    return Fit(fitted, known[0].resolved_at, len(known), _figures(before, after))


def _figures(before: Floats, after: Floats) -> dict[str, float]:
    """Start weights and learned ones on the newest tenth, learned from the nine before it."""
    told = {"judged": float(len(after))}
    for name, metric in METRICS.items():
        told[f"{name} start"] = round(float(np.mean(metric(before))), 4)
        told[f"{name} learned"] = round(float(np.mean(metric(after))), 4)
    return told


def _weighted(ranker: Ranker, weights: Floats) -> Ranker:
    """The table with other weights, rounded so that they can be read aloud."""
    pairs = zip(ranker.weights, weights.tolist(), strict=True)
    return replace(ranker, weights=tuple(Weigh(weigh.kind, round(weight, 3)) for weigh, weight in pairs))


def _ranks(ranker: Ranker, samples: Sequence[Sample]) -> Floats:
    """The rank of the best placed solver of each sample."""
    found = []
    for sample in samples:
        scores = scores_of(parts_of(ranker, sample.strengths))
        best = np.max(scores[sample.right], initial=-np.inf)
        found.append(1 + float(sample.stands_for @ (scores > best)) if sample.right.any() else np.inf)
    return np.array(found)


def _chosen(kept: Sequence[Sample], judged: Sequence[Sample], start: Ranker, newest: int) -> float:
    """How strongly to draw towards the start weights: the weaker where enough later cases clearly surprise less."""
    if len(judged) < FEWEST_JUDGED:
        return SHRINKAGES[0]
    strong, weak = (_surprises(_fitted(kept, start, newest, shrinkage), judged) for shrinkage in SHRINKAGES)
    gain = strong - weak
    is_clear = float(np.mean(gain)) > NOISE * float(np.std(gain)) / np.sqrt(len(gain))
    return SHRINKAGES[1] if is_clear else SHRINKAGES[0]


def _surprises(weights: Floats, samples: Sequence[Sample]) -> Floats:
    """For each sample minus the logarithm of the probability of those who solved it."""
    found = []
    for sample in samples:
        scores = weights @ sample.strengths
        best = float(np.max(scores))
        total = np.log(sample.stands_for @ np.exp(scores - best)) + best
        found.append(float(total - np.mean(scores[sample.right])))
    return np.array(found)


def _fitted(samples: Sequence[Sample], start: Ranker, newest: int, shrinkage: float) -> Floats:
    """The weights with the highest likelihood, minus the squared distance to the start weights.

    A case of several solvers counts each in equal parts; older cases count less, half after two years.
    """
    from scipy.optimize import minimize

    begin = np.array([weigh.weight for weigh in start.weights])
    strengths = np.concatenate([sample.strengths for sample in samples], axis=1).T.copy()
    sizes = [sample.strengths.shape[1] for sample in samples]
    first = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    group = np.repeat(np.arange(len(sizes)), sizes)
    told = np.concatenate([sample.right / np.sum(sample.right) for sample in samples])
    count = np.concatenate([sample.stands_for for sample in samples])
    counts = 0.5 ** ((newest - np.array([sample.resolved_at for sample in samples])) / DAY / HALF_LIFE)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = strengths @ weights
        best = np.maximum.reduceat(scores, first)
        raised = count * np.exp(scores - best[group])
        total = np.add.reduceat(raised, first)
        surprise = np.log(total) + best - np.add.reduceat(told * scores, first)
        slope = strengths.T @ ((raised / total[group] - told) * counts[group])
        away = weights - begin
        return float(counts @ surprise + 0.5 * shrinkage * away @ away), slope + shrinkage * away

    bounds = [_bounds(weigh) for weigh in start.weights]
    found: Floats = minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


def _bounds(weigh: Weigh) -> tuple[float | None, float | None]:
    """A weight keeps its sign; one that is set or left out keeps its value."""
    if weigh.kind.name in FIXED or not weigh.weight:
        return (weigh.weight, weigh.weight)
    return (0.0, None) if weigh.weight > 0 else (None, 0.0)


def _calibrated(ranker: Ranker, samples: Sequence[Sample]) -> Calibration | None:
    """Chances of the people who would be named, learned from how often they solved it."""
    rows, right, sizes = [], [], []
    for sample in samples:
        parts = parts_of(ranker, sample.strengths)
        scores, text = scores_of(parts), text_of(ranker, parts)
        named = np.argsort(-scores, kind="stable")[:NAMED]
        rows.append(features(scores, text)[:, named])
        right.append(sample.right[named].astype(np.float64))
        sizes.append(len(named))
    counts = np.repeat(_freshness(samples), sizes)
    firsts = np.cumsum([0, *sizes[:-1]]).tolist()
    return fit_calibration(np.concatenate(rows, axis=1), np.concatenate(right), counts, firsts)


def _freshness(samples: Sequence[Sample]) -> Floats:
    """How much each sample, given in the order of time, counts for chances and floor: half with every 400 newer ones.

    Counted in cases, not in days: where little happens any more, a few last cases would decide alone.
    """
    counts: Floats = 0.5 ** (np.arange(len(samples))[::-1] / CALIBRATION_HALF_LIFE)
    return counts


def _floor(ranker: Ranker, samples: Sequence[Sample]) -> float:
    """The similarity below which the first is hardly ever right (less than POSSIBLE), where those above it are.

    What was seen is made monotone (isotonic regression); below it, ten cases' worth of the house's own share is added,
    so that a few misses prove nothing. As for the chances, older cases count less.
    """
    from sklearn.isotonic import IsotonicRegression

    nearest = np.array([sample.nearest for sample in samples])
    order = np.argsort(nearest, kind="stable")
    nearest, counts = nearest[order], _freshness(samples)[order]
    right = accuracy_at_1(_ranks(ranker, samples))[order]
    house = float(counts @ right / np.sum(counts))
    if house < LEAST[Band.POSSIBLE]:
        return FLOORS[0]
    rising = IsotonicRegression().fit(nearest, right, sample_weight=counts).predict(nearest)
    below = (np.cumsum(counts * right) + FLOOR_PRIOR * house) / (np.cumsum(counts) + FLOOR_PRIOR)
    hardly = nearest[np.maximum(rising, below) < LEAST[Band.POSSIBLE]]
    return round(float(np.clip(np.max(hardly, initial=0.0), *FLOORS)), 3)
