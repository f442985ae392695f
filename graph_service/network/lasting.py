"""How many ties begin, and how long they last (`network.md`, new ties per month, tie half-life)."""

import numpy as np

from graph_service.evidence.ties import Floats, Ints, Ties
from graph_service.model import month_start, next_month
from graph_service.network.change import new_ties
from graph_service.network.windows import Window, shifted

GAP = 60
"""Days without a contact after which a tie has ended, 45 to 90."""


def spans_of(ties: Ties, gap: int = GAP) -> tuple[Ints, Ints]:
    """Per pair the days from its first to its last contact, and whether it has ended: no contact for `gap` days to the
    end of what is known. A tie of which the last `gap` days are not known yet is censored there."""
    if not len(ties):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    _, places = np.unique(ties.pair, return_inverse=True)
    days = ties.day.astype(np.int64)
    first = np.full(places.max() + 1, np.iinfo(np.int64).max)
    last = np.full(places.max() + 1, np.iinfo(np.int64).min)
    np.minimum.at(first, places, days)
    np.maximum.at(last, places, days)
    ended = last < int(days.max()) - gap
    return last - first, ended.astype(np.int64)


def survival(durations: Ints, ended: Ints) -> tuple[Ints, Floats]:
    """The days on which ties end and the share that lasts longer (Kaplan and Meier 1958)."""
    times = np.unique(durations[ended == 1])
    at_risk = np.array([(durations >= time).sum() for time in times], dtype=np.float64)
    deaths = np.array([((durations == time) & (ended == 1)).sum() for time in times], dtype=np.float64)
    lasting: Floats = np.cumprod(1.0 - deaths / at_risk).astype(np.float64)
    return times, lasting


def half_life(ties: Ties, gap: int = GAP) -> int | None:
    """The median of the survival in days: the first day from which on half of the ties have ended; None where more than
    half last."""
    times, lasting = survival(*spans_of(ties, gap))
    below = np.flatnonzero(lasting <= 0.5)
    return int(times[below[0]]) if len(below) else None


BURN_IN = 3
"""Months without a contact after which a contact is a new tie."""


def new_a_month(ties: Ties, span: Window, told_from: int, minimum: int) -> float | None:
    """Mean number of ties a month of the window that had no contact in the three months before; None where the sources
    tell of these only from a later moment, the window is not of whole months, or ties that had one, ties that had
    none, or the ties of the months before are of too few people, or there are so few that times three they would be
    a count."""
    begin, months = shifted(span.since, -BURN_IN), []
    if told_from >= next_month(begin) or {span.since, span.until} != {month_start(span.since), month_start(span.until)}:
        return None
    while begin < span.until:
        until = next_month(begin)
        months.append(np.unique(ties.pair[ties.within(begin, until)]))
        begin = until
    begun, before = new_ties(months), np.unique(np.concatenate(months[:BURN_IN]))
    new = np.unique(np.concatenate(begun))
    old = np.setdiff1d(np.concatenate(months[BURN_IN:]), new)
    for pairs in (before, new, old):
        if 0 < len(ties.people_of(pairs)) < minimum:
            return None
    mean = float(np.mean([len(pairs) for pairs in begun]))
    return mean if mean >= minimum or minimum == 1 or not mean else None
