"""What an evaluation found, as plain figures for a terminal, a page or a machine."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from graph_service.evidence.situation import Floats
from graph_service.model import moment
from graph_service.ranking.calibration import LEAST, Band
from graph_service.ranking.evaluation import RULES, Judged
from graph_service.ranking.metrics import (
    BINS,
    METRICS,
    Bootstrap,
    accuracy_at_1,
    accuracy_at_5,
    calibration_error,
    gini,
    reliability,
    share_of_top,
)
from graph_service.ranking.rankers import Ranker

TOP_PART = 0.05
Plain = dict[str, Any]


def summary_of(judged: Sequence[Judged], rankers: Mapping[int, Ranker], known_at: Callable[[int], int]) -> Plain:
    """All figures of judged questions; those nobody knows the answer of are counted, not judged.

    `known_at` says how many people had solved a case until a moment.
    """
    told = [one for one in judged if one.solved_before is not None]
    found: Plain = {
        "questions": len(judged),
        "judged": len(told),
        "folds": [_fold(fold, ranker) for fold, ranker in sorted(rankers.items())],
        "exposure": _exposure(judged, known_at(max((one.as_of for one in judged), default=0))),
    }
    if not told:
        return found
    draw = Bootstrap(len(told))
    names = list(dict.fromkeys(name for one in told for name in one.ranks))
    ranks = {name: _ranks(told, name) for name in names}
    return found | {
        "solver_known_before": float(np.mean([bool(one.solved_before) for one in told])),
        "measures": {name: _measured(draw, ranks[name]) for name in names},
        "difference": {name: _compared(draw, ranks[RULES], ranks[name]) for name in names if name != RULES},
        "strata": _strata(told, ranks[RULES]),
        "calibration": _calibration(told),
        "abstentions": _abstentions(told, ranks[RULES]),
    }


def _ranks(judged: Sequence[Judged], name: str) -> Floats:
    found = [one.ranks.get(name) for one in judged]
    return np.array([np.inf if rank is None else float(rank) for rank in found])


def _measured(draw: Bootstrap, ranks: Floats) -> Plain:
    return {name: asdict(draw.figure(metric(ranks))) for name, metric in METRICS.items()}


def _compared(draw: Bootstrap, mine: Floats, other: Floats) -> Plain:
    """How much further the rules are, case by case."""
    return {name: asdict(draw.figure(metric(mine) - metric(other))) for name, metric in METRICS.items()}


def _strata(judged: Sequence[Judged], ranks: Floats) -> Plain:
    """By how many cases the solver had solved before, by language, by whether it went over to another product."""
    parts: Plain = {}
    for one, rank in zip(judged, ranks.tolist(), strict=True):
        before = one.solved_before or 0
        cases = "0" if not before else "1-3" if before <= 3 else "4+"
        named = {"solver_cases": cases, "language": one.language, "escalated": "yes" if one.escalated else "no"}
        for stratum, part in named.items():
            parts.setdefault(stratum, {}).setdefault(part, []).append(rank)
    return {
        stratum: {
            part: {"cases": len(found)}
            | {name: float(np.mean(metric(np.array(found)))) for name, metric in METRICS.items()}
            for part, found in sorted(named.items())
        }
        for stratum, named in parts.items()
    }


def _calibration(judged: Sequence[Judged]) -> Plain | None:
    """Promised against seen, for the first five and for the first alone; None when nothing was promised."""
    pairs = [pair for one in judged for pair in one.chances]
    firsts = [one.chances[0] for one in judged if one.chances]
    if not pairs:
        return None
    bounds = np.linspace(0, 1, BINS + 1).tolist()
    bands = sorted([0.0, *LEAST.values(), 1.0])
    names = ["below", *(band.value for band in reversed(Band))]
    found: Plain = {}
    for name, some in (("first_five", pairs), ("first", firsts)):
        chances, right = np.array([chance for chance, _ in some]), np.array([float(hit) for _, hit in some])
        bins = reliability(chances, right, bounds)
        by_band = zip(names, reliability(chances, right, bands), strict=True)
        found[name] = {
            "ece": calibration_error(bins),
            "bins": [asdict(one) for one in bins],
            "bands": [{"band": band, **asdict(one), "difference": one.difference} for band, one in by_band],
        }
    return found


def _abstentions(judged: Sequence[Judged], ranks: Floats) -> Plain:
    """How often nobody was named; right when the first of the list would have been wrong. Where there was no list,
    because nothing spoke for anybody, silence was no choice."""
    silent = np.array([one.abstained for one in judged])
    listed = np.array([bool(one.named) for one in judged])
    count, chosen = int(np.sum(silent)), ranks[silent & listed]
    kept = ranks[~silent]
    return {
        "count": count,
        "share": count / len(judged),
        "nobody_to_name": count - len(chosen),
        "right": float(np.mean(1 - accuracy_at_1(chosen))) if len(chosen) else None,
        "would_have_been_in_five": float(np.mean(accuracy_at_5(chosen))) if len(chosen) else None,
        "acc@1 where answered": float(np.mean(accuracy_at_1(kept))) if len(kept) else None,
    }


def _exposure(judged: Sequence[Judged], known: int) -> Plain:
    """How the places among the first five are spread over everybody with a solved case, those who never had one too;
    where nobody was named there were none."""
    named = Counter(person for one in judged if not one.abstained for person in one.named)
    counts = [*named.values(), *[0] * (known - len(named))]
    return {
        "people": len(named),
        "known": max(known, len(named)),
        "gini": gini(counts),
        "share_of_top_5_percent": share_of_top(counts, TOP_PART),
    }


def _fold(fold: int, ranker: Ranker) -> Plain:
    is_fitted = ranker.trained_until > 0
    return {
        "fold": fold,
        "rules": ranker.name,
        "trained_until": moment(ranker.trained_until).isoformat() if is_fitted else None,
        "floor": ranker.measures.floor,
        "weights": {weigh.kind.name: weigh.weight for weigh in ranker.weights},
    }
