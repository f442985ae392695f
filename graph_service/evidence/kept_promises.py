"""Promises on this kind of problem, and how they were kept."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from graph_service.evidence.beside import Beside
from graph_service.evidence.ratings import said_reliable
from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work
from graph_service.model import DAY, Promise

PRIOR_MEAN, PRIOR_WEIGHT, HALF_LIFE, QUANTILE = 0.75, 4.0, 365.0, 0.2
OTHER_KIND = 0.25
YEAR = 365 * DAY
_ORAL = "ORAL"


def measure(situation: Situation) -> Floats:
    """Keeps promises on this.

    log(R/R0): R the 20 % quantile of a Beta posterior over the values of promises, R0 that of the prior (mean .75,
    weight 4), which is what unknown counts.
    """
    found = situation.nothing()
    said = said_reliable(situation.beside)
    for person in sorted(said.keys() | situation.beside.promises.keys()):
        if person in situation.places:
            reliability = _reliability(situation.beside, person, said.get(person, (0.0, 0.0)))
            found[situation.places[person]] = np.log(reliability / _quantile(0.0, 0.0))
    return found


def _reliability(beside: Beside, person: str, said: tuple[float, float]) -> float:
    """R of somebody: values decay with a half-life of 365 d; of other kinds a quarter counts, and only what was kept;
    the first failure on a kind within 12 months weighs nothing (`answer.md` 3); `said` is what ratings add."""
    good = bad = 0.0
    for promise, value in _weighed(beside, person):
        weight = 2.0 ** (-(beside.at - (promise.told_at or beside.at)) / DAY / HALF_LIFE)
        if not beside.is_about(promise.problem_class):
            if not is_kept(promise, beside.at):
                continue
            weight *= OTHER_KIND
        good, bad = good + weight * value, bad + weight * (1.0 - value)
    return _quantile(round(good + said[0], 6), round(bad + said[1], 6))


def _weighed(beside: Beside, person: str) -> list[tuple[Promise, float]]:
    """Promises with their values 0..1, without each kind's first failure of the last 12 months."""
    told = [one for one in beside.promises.get(person, ()) if one.state != _ORAL]
    told.sort(key=lambda one: (one.told_at or 0, one.source_id))
    forgiven: set[str] = set()
    found = []
    for promise in told:
        value = value_of(promise, beside.at)
        if value is None:
            continue
        if value < 1.0 and (promise.told_at or 0) > beside.at - YEAR and promise.problem_class not in forgiven:
            forgiven.add(promise.problem_class)
            continue
        found.append((promise, value))
    return found


def value_of(promise: Promise, at: int) -> float | None:
    """clip(2 - r, 0, 1) with r the time taken over the time promised; open and overdue by the time elapsed, None while
    it is open and not due."""
    told_at = promise.told_at or 0
    kept_at = promise.kept_at if promise.kept_at is not None and promise.kept_at <= at else None
    if kept_at is None and at <= promise.due_at:
        return None
    taken, given = (at if kept_at is None else kept_at) - told_at, max(promise.due_at - told_at, 1)
    return min(1.0, max(0.0, 2.0 - taken / given))


def is_kept(promise: Promise, at: int) -> bool:
    """Whether it was kept in time."""
    return promise.kept_at is not None and promise.kept_at <= min(at, promise.due_at)


@lru_cache(maxsize=10_000)
def _quantile(good: float, bad: float) -> float:
    from scipy.special import betaincinv

    alpha, beta = PRIOR_MEAN * PRIOR_WEIGHT + good, (1.0 - PRIOR_MEAN) * PRIOR_WEIGHT + bad
    return float(betaincinv(alpha, beta, QUANTILE))


def counted(beside: Beside, person: str) -> tuple[Sequence[Promise], Sequence[Promise]]:
    """Promises on the kinds asked about that were due or kept within 12 months, and those of them that were kept."""
    told = [one for one in beside.promises.get(person, ()) if one.state != _ORAL]
    due = [
        one
        for one in told
        if beside.is_about(one.problem_class)
        and (one.told_at or 0) > beside.at - YEAR
        and value_of(one, beside.at) is not None
    ]
    return due, [one for one in due if is_kept(one, beside.at)]


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """How many of the last 12 months' promises on this were kept, in which cases."""
    due, kept = counted(situation.beside, person)
    newest = max((one.kept_at or 0 for one in kept), default=None)
    cases = tuple(dict.fromkeys(one.case.key for one in sorted(kept, key=lambda one: -(one.kept_at or 0))))
    return Citation(len(kept), situation.as_of - YEAR, newest, of=len(due), texts=cases[:5])


KIND = Kind("kept_promises", measure, cite, about_problem=False, of_asker=True)
