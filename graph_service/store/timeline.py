"""When what was said about a subject holds: from its beginning until what took its place begins.

Events are corrected, states are followed. Of the versions of a case only the newest was ever true; of two declared
levels the first held until the second began. Which tables tell states, the texts of the named writes know.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from graph_service.model import EVER, NEVER, ImportRun
from graph_service.store.entries import UNDATED
from graph_service.store.graph_rows import AssertionRow


class Span(NamedTuple):
    """A part of a statement's time: undated facts are known from `since`, dated ones not before `starts`, which is when
    there was something again after an ending; all end at `until`.

    Facts that tell an event hold only where it `is_newest`; who somebody was, where it `is_whole` too: the last word
    before an ending. `begins` is the first moment it tells.
    """

    since: int
    starts: int
    until: int
    is_newest: bool
    is_whole: bool
    begins: int

    @property
    def holds(self) -> bool:
        """Whether it is what holds from now on."""
        return self.is_newest and self.until == NEVER

    @property
    def is_told(self) -> bool:
        """Whether its facts hold as they were told."""
        return self.holds and self.starts == EVER


Spans = tuple[Span, ...]
"""The parts of a statement's time, the newest first."""


def precedence(row: AssertionRow) -> tuple[int, int, bool, int, str]:
    """Newest source stamp first (undated rows: the start of their run, then its number), at the same stamp what tells
    it before what says that it ended, then what begins later, then the larger hash."""
    stamp = (row.imported_at, row.run_in) if row.stated_at == UNDATED else (row.stated_at, 0)
    return (*stamp, not row.is_ending, row.known_at, row.statement)


def is_as_before(row: AssertionRow, newest: AssertionRow) -> bool:
    """Whether it says once more what was said last and moves nothing by that."""
    begins_later = row.known_at >= newest.known_at and row.imported_at >= newest.imported_at
    return row.statement == newest.statement and begins_later and precedence(row) > precedence(newest)


def may_end(row: AssertionRow, at: int) -> bool:
    """Whether an ending at that instant comes after it: what is told as of the same day has not ended."""
    stamp = precedence(row)[0]
    return stamp < at or (stamp == at and row.is_ending)


def contested_by(row: AssertionRow, live: Sequence[AssertionRow]) -> AssertionRow | None:
    """What else is said about the subject with the same stamp and the same beginning."""
    if row.stated_at == UNDATED:
        return None
    own = (row.stated_at, row.known_at)
    others = (one for one in live if not one.is_ending and one.statement != row.statement)
    return next((one for one in others if (one.stated_at, one.known_at) == own), None)


def spans_of(live: Sequence[AssertionRow]) -> dict[str, Spans]:
    """Statement -> its spans, for all about one subject that hold at some moment."""
    if len(live) == 1 and not live[0].is_ending:
        row = live[0]
        return {row.statement: (Span(row.imported_at, EVER, NEVER, True, True, row.known_at),)}
    rows = sorted(live, key=precedence, reverse=True)
    spans: dict[str, list[Span]] = {}
    until, above, is_newest, is_whole = NEVER, "", True, True
    for row, starts in zip(rows, _starts(rows), strict=True):
        if row.is_ending:
            until, above, is_whole = min(until, row.known_at), "", True
            continue
        own = spans.setdefault(row.statement, [])
        since, begins = max(row.imported_at, starts), max(row.known_at, starts)
        if row.statement == above:
            own[-1] = own[-1]._replace(since=min(own[-1].since, since), begins=min(own[-1].begins, begins))
        else:
            own.append(Span(since, starts, until, is_newest, is_whole, begins))
            above, is_newest, is_whole = row.statement, False, False
        until = min(until, begins)
    lasting = {one: tuple(span for span in own if span.begins < span.until) for one, own in spans.items()}
    return {statement: parts for statement, parts in lasting.items() if parts}


def _starts(rows: Sequence[AssertionRow]) -> list[int]:
    """When there was something to tell again, for each of these rows in their order, newest first; EVER where nothing
    had ended before."""
    found: list[int] = []
    starts, has_ended = EVER, False
    for row in reversed(rows):
        if row.is_ending:
            has_ended = True
        elif has_ended:
            starts, has_ended = precedence(row)[0], False
        found.append(starts)
    return found[::-1]


def left_without(
    rows: Sequence[AssertionRow], undone: ImportRun, complete: Mapping[int, int]
) -> Sequence[AssertionRow]:
    """What is left of the live assertions about a subject when a run is undone."""
    rest = [row for row in rows if undone.number not in (row.run_in, row.cause)]
    if undone.complete_at is not None:
        days = [complete[row.run_in] for row in rest if not row.is_ending and row.run_in in complete]
        first = min(days, default=NEVER)
        rest = [row for row in rest if not row.is_ending or row.cause not in complete or row.stated_at > first]
    return rest if not all(row.is_ending for row in rest) else ()
