"""Which kinds of contact are told of in which part of a window: what a source did not tell is not thinning."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph_service.evidence.ties import KIND_NAMES, Ints, Ties
from graph_service.model import DAY
from graph_service.network.snapshots import Window

USUAL = 20
"""From how many contacts a week on a week with nearly none is a gap, and not only a quiet one."""
NEARLY_NONE = 0.1
COMMON = 0.5
"""Which share of the weeks of each window a kind must cover to be compared."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """A kind of contact: when it was first and last told of (instants; None: never), the share of the weeks of each
    window that it covers, the instants at which weeks without it begin, and whether the windows are compared by it."""

    kind: str
    first_at: int | None
    last_at: int | None
    before: float
    after: float
    gaps: tuple[int, ...]
    is_common: bool


def coverage_of(ties: Ties, first: Window, second: Window, kinds: Sequence[str] = KIND_NAMES) -> list[Coverage]:
    """What is told of by each kind that is told of at all."""
    found = []
    for place, kind in enumerate(KIND_NAMES):
        of_kind = ties.kind == place
        if kind not in kinds or not of_kind.any():
            continue
        days, contacts = ties.day[of_kind], ties.contacts[of_kind]
        gaps = [_gaps(days, contacts, span) for span in (first, second)]
        shares = [1.0 - len(gap) / len(span.weeks) for gap, span in zip(gaps, (first, second), strict=True)]
        found.append(
            Coverage(
                kind=kind,
                first_at=int(days.min()) * DAY,
                last_at=int(days.max()) * DAY,
                before=shares[0],
                after=shares[1],
                gaps=tuple(week * 7 * DAY for gap in gaps for week in gap),
                is_common=min(shares) >= COMMON,
            )
        )
    return found


def _gaps(days: Ints, contacts: Ints, span: Window) -> list[int]:
    """The weeks of a window that are not covered: before a kind was first told of, after it was last told of, and where
    a kind of which there is much is nearly not there."""
    weeks = days.astype(np.int64) // 7
    counts = np.bincount(
        np.clip(weeks - span.weeks.start + 1, 0, len(span.weeks) + 1), contacts, minlength=len(span.weeks) + 2
    )[1:-1]
    usual = float(np.median(counts[counts > 0])) if (counts > 0).any() else 0.0
    is_busy = usual >= USUAL
    told = range(int(weeks.min()), int(weeks.max()) + 1)
    return [
        week
        for week, count in zip(span.weeks, counts.tolist(), strict=True)
        if week not in told or (is_busy and count < NEARLY_NONE * usual) or not usual
    ]
