"""When what was said about a subject holds: from its beginning until what took its place begins.

Events are corrected, states are followed. Of the versions of a case only the newest was ever true; of two declared
levels the first held until the second began. Which tables tell states, the texts of the named writes know.
"""

from collections.abc import Sequence
from typing import NamedTuple

from graph_service.model import NEVER
from graph_service.store.entries import UNDATED
from graph_service.store.graph_rows import AssertionRow


class Span(NamedTuple):
    """How long a statement's facts hold: undated ones are known from `since`, all end at `until`, and those that tell
    an event hold only where the statement `is_newest`; `begins` is the first moment it tells."""

    since: int
    until: int
    is_newest: bool
    begins: int

    @property
    def holds(self) -> bool:
        """Whether it is what holds from now on."""
        return self.is_newest and self.until == NEVER


def precedence(row: AssertionRow) -> tuple[int, int, bool, int, str]:
    """Newest source stamp first (undated rows: the start of their run, then its number), at the same stamp what says
    that it ended, then what begins later, then the larger hash."""
    stamp = (row.imported_at, row.run_in) if row.stated_at == UNDATED else (row.stated_at, 0)
    return (*stamp, row.line == 0, row.known_at, row.statement)


def contested_by(row: AssertionRow, live: Sequence[AssertionRow]) -> AssertionRow | None:
    """What else is said about the subject with the same stamp and the same beginning."""
    if row.stated_at == UNDATED:
        return None
    own = (row.stated_at, row.known_at)
    same = (one for one in live if one.line and one.statement != row.statement and (one.stated_at, one.known_at) == own)
    return next(same, None)


def spans_of(live: Sequence[AssertionRow]) -> dict[str, Span]:
    """Statement -> its span, for all about one subject that hold at some moment; of what was said, contradicted and
    said again only the last time counts."""
    if len(live) == 1 and live[0].line:
        return {live[0].statement: Span(live[0].imported_at, NEVER, True, live[0].known_at)}
    spans: dict[str, Span] = {}
    taken: set[str] = set()
    until, above = NEVER, ""
    for row in sorted(live, key=precedence, reverse=True):
        if row.statement == above:
            span = spans[above]
            spans[above] = span._replace(since=min(span.since, row.imported_at), begins=min(span.begins, row.known_at))
        elif row.line and row.statement not in taken:  # line 0 only says that something ended
            spans[row.statement] = Span(row.imported_at, until, not spans, row.known_at)
            taken.add(row.statement)
            above = row.statement
        else:
            above = ""
        until = min(until, row.known_at)
    return {statement: span for statement, span in spans.items() if span.begins < span.until}
