"""Which kinds of contact are told of in which part of a window: what a source did not tell is not thinning."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph_service.evidence.tie_kinds import KIND_NAMES, PLACES
from graph_service.evidence.ties import Ints, Ties
from graph_service.model import DAY
from graph_service.network.snapshots import Flags
from graph_service.network.windows import Window

USUAL = 20
"""From how many contacts in a week on one with nearly none is a gap, and not only quiet."""
NEARLY_NONE = 0.1
COMMON = 0.5
"""Which share of the days of each window a kind must cover to be compared."""
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Coverage:
    """A kind of contact: from when to when enough people are told of by it (instants), the share of the days of each
    window that it covers, the spans of days of both windows without it, and whether the windows are compared by it."""

    kind: str
    first_at: int
    last_at: int
    before: float
    after: float
    gaps: tuple[Window, ...]
    is_common: bool

    @property
    def days_missing(self) -> int:
        """How many days of both windows are without it."""
        return sum(gap.days for gap in self.gaps)


def coverage_of(ties: Ties, spans: tuple[Window, Window], kinds: Sequence[str], minimum: int) -> list[Coverage]:
    """What is told of by each kind of which at least the minimum of people are told at all, and of the others
    nothing."""
    found = []
    for place, kind in enumerate(KIND_NAMES):
        of_kind = ties.kind == place
        if kind not in kinds or len(ties.met(of_kind)) < minimum:
            continue
        days, contacts = ties.day[of_kind], ties.contacts[of_kind]
        ends = np.concatenate([ties.one[of_kind], ties.other[of_kind]])
        told, pause = _told(ends, np.tile(days, 2), minimum), _pause(days)
        missing = [
            _missing(days, contacts, span, told, pause)
            if _people(ends, days, span) >= minimum
            else np.ones(span.days, bool)
            for span in spans
        ]
        shares = [1.0 - float(one.mean()) for one in missing]
        gaps = [gap for one, span in zip(missing, spans, strict=True) for gap in _runs(one, span)]
        found.append(
            Coverage(
                kind=kind,
                first_at=told[0] * DAY,
                last_at=told[1] * DAY,
                before=shares[0],
                after=shares[1],
                gaps=tuple(gaps),
                is_common=min(shares) >= COMMON,
            )
        )
    return found


def beside(coverage: Sequence[Coverage]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The kinds, as places, that each window is told of by, whatever it is compared with."""
    return (
        tuple(PLACES[one.kind] for one in coverage if one.before >= COMMON),
        tuple(PLACES[one.kind] for one in coverage if one.after >= COMMON),
    )


def _told(people: Ints, days: NDArray[np.int32], minimum: int) -> tuple[int, int]:
    """From which to which day a kind is told of: by the first at least `minimum` people have been, from the last on no
    more than so many will be."""
    order = np.argsort(days, kind="stable")
    _, first = np.unique(people[order], return_index=True)
    _, last = np.unique(people[order[::-1]], return_index=True)
    firsts, lasts = np.sort(days[order][first]), np.sort(days[order[::-1]][last])
    return int(firsts[minimum - 1]), int(lasts[-minimum])


def _people(people: Ints, days: NDArray[np.int32], span: Window) -> int:
    inside = np.tile((days >= span.since // DAY) & (days < span.until // DAY), 2)
    return len(np.unique(people[inside]))


def _pause(days: NDArray[np.int32]) -> int:
    """From one day that is told of to the next, as a rule: three where weekends are not, a month where a list tells of
    the first of each month only."""
    pauses = np.diff(np.unique(days))
    return int(np.quantile(pauses, 0.9, method="lower")) if len(pauses) else 1


def _missing(
    days: NDArray[np.int32], contacts: NDArray[np.int32], span: Window, told: tuple[int, int], pause: int
) -> Flags:
    """The days of a window that are not covered: before a kind was first told of, after it was last told of and a pause
    more, in whole weeks, as these days are of one person's contact; and a week, or more than two pauses, that has
    nearly none of a kind of which there is much."""
    start, count, stretch = span.since // DAY, span.days, max(_WEEK, 2 * pause + 1)
    inside = (days >= start) & (days < start + count)
    counts = np.bincount(days[inside] - start, weights=contacts[inside], minlength=count)
    every = np.arange(start, start + count)
    missing: Flags = (every < told[0] // _WEEK * _WEEK) | (every >= (told[1] + pause - 1) // _WEEK * _WEEK + _WEEK)
    sums = np.convolve(counts, np.ones(stretch), "valid") if stretch <= count else np.zeros(0)
    usual = float(np.median(sums[sums > 0])) if (sums > 0).any() else 0.0
    if usual >= USUAL * stretch / _WEEK:
        for begin in np.flatnonzero(sums < NEARLY_NONE * usual):
            missing[begin : begin + stretch] = True
    if not inside.any():
        return np.ones(count, dtype=bool)
    for gap in _flags_runs(~missing):  # a few days between two gaps would tell when few people met
        if gap[0] and gap[1] < count and gap[1] - gap[0] < _WEEK:
            missing[gap[0] : gap[1]] = True
    return missing


def _flags_runs(flags: Flags) -> list[tuple[int, int]]:
    """The begin and the end of each run."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(begin), int(end)) for begin, end in edges.reshape(-1, 2)]


def _runs(missing: Flags, span: Window) -> list[Window]:
    """The spans of days on end that are missing."""
    return [Window(span.since + begin * DAY, span.since + end * DAY) for begin, end in _flags_runs(missing)]
