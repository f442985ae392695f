"""The whole history in memory, for asking thousands of past questions: the same words, events and scores as the store.

Loaded by five store calls; a question then costs what its own hits cost, and no store call.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

import numpy as np

from graph_service.classifier import NEWEST, WordWeights, fit
from graph_service.model import EVER, NEVER
from graph_service.neighbours import Around, Floats, Ints, Matches, term_hash
from graph_service.problem import Problem
from graph_service.statistics import Events, Statistics, events_of, walk
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.named_queries import (
    CaseCommenter,
    CaseParticipant,
    ClosedEvent,
    CorpusSize,
    PastCase,
    SolvedWords,
    WorkEvent,
    grouped,
)
from graph_service.text.language import Language

Event = TypeVar("Event", WorkEvent, ClosedEvent)


class History:
    """Every visible case with its words, who reported, commented and solved it, and when each became known."""

    def __init__(self, view: View) -> None:
        self.cases: Sequence[PastCase] = view.ask(nq.CASE_HISTORY)
        self.places: Mapping[str, int] = {case.case_id: place for place, case in enumerate(self.cases)}
        self.events = events_of(view, EVER, NEVER)
        self.reports: Sequence[CaseParticipant] = view.ask(nq.REPORTS)
        self._reports = grouped(self.reports, lambda row: row.case_id)
        self._comments = grouped(self.events.commented, lambda event: event.case_id)
        self.opened_at: Ints = np.array([case.opened_at for case in self.cases], dtype=np.int64)
        self._lengths: Floats = np.array([case.length for case in self.cases], dtype=np.float64)
        self._in_time = np.argsort(self.opened_at, kind="stable")
        self._moments: Ints = self.opened_at[self._in_time]
        self._length_until = np.concatenate(([0], np.cumsum(self._lengths[self._in_time])))
        self._case_ids = [case.case_id for case in self.cases]
        self._index()
        self._pair()

    def _index(self) -> None:
        """Postings by term hash, then time, so that what is known at a moment is the first part of each."""
        packed = [case.packed for case in self.cases]
        pairs = np.frombuffer(b"".join(packed), dtype="<u4").reshape(-1, 2)
        rows = np.repeat(np.arange(len(packed)), [len(part) // 8 for part in packed])
        rank = np.empty(len(packed), dtype=np.int64)
        rank[self._in_time] = np.arange(len(packed))
        order = np.lexsort((rank[rows], pairs[:, 0]))
        hashes, starts = np.unique(pairs[order, 0], return_index=True)
        ends = [*starts[1:].tolist(), len(order)][: len(starts)]  # without any word there is no span at all
        spans = zip(starts.tolist(), ends, strict=True)
        self._spans: Mapping[int, tuple[int, int]] = dict(zip(hashes.tolist(), spans, strict=True))
        self._rows = rows[order].astype(np.int32)
        self._ranks = rank[self._rows].astype(np.int32)
        self._counts = pairs[order, 1]

    def _pair(self) -> None:
        """(case, solver, moment), each pair once, by case, moment and person."""
        pairs: dict[tuple[int, str], int] = {}
        for event in sorted(self.events.solved, key=lambda event: (event.case_id, event.at, event.person)):
            pairs.setdefault((self.places[event.case_id], event.person), event.at)
        self._people = sorted({person for _, person in pairs})
        places = {person: place for place, person in enumerate(self._people)}
        self._pair_cases: Ints = np.array([case for case, _ in pairs], dtype=np.int64)
        self._pair_people: Ints = np.array([places[person] for _, person in pairs], dtype=np.int64)
        self._pair_at: Ints = np.array(list(pairs.values()), dtype=np.int64)
        self._solutions = sorted((at, self._case_ids[case], person) for (case, person), at in pairs.items())
        self._words: tuple[int, WordWeights] | None = None

    def _posting(self, term: str, known: int) -> range:
        """Where the postings of a term lie whose cases are among the first `known` in time."""
        start, end = self._spans.get(term_hash(term), (0, 0))
        return range(start, start + int(np.searchsorted(self._ranks[start:end], np.int32(known))))

    def problem(self, case: PastCase, as_of: int) -> Problem:
        """The case as a problem, as it was known at a moment."""
        counts = np.frombuffer(case.packed, dtype="<u4")[1::2].tolist()
        reporters = [row.person for row in self._reports.get(case.case_id, ()) if row.known_at <= as_of]
        return Problem(
            text="",
            language=cast(Language, case.language),
            words=dict(zip(case.terms.split(), counts, strict=True)),
            components=case.components,
            products=(case.product,) if case.product else (),
            reporter=reporters[0] if reporters else None,
            asked_case=case.case_id,
        )

    def words(self, month: int) -> WordWeights:
        """What the classifier learns from everything solved before a month; the last answer is kept."""
        if self._words is None or self._words[0] != month:
            before = bisect_left(self._solutions, (month,))
            rows = self._solutions[max(0, before - NEWEST) : before]
            solved = [SolvedWords(at, case, person, self.cases[self.places[case]].packed) for at, case, person in rows]
            self._words = month, fit(solved, month)
        return self._words[1]


class Walk:
    """The sums carried forward through a history."""

    def __init__(self, history: History) -> None:
        self._statistics = Statistics()
        self._events = history.events
        self._solved = self._commented = self._closed = 0

    def to(self, as_of: int, case_id: str) -> Statistics:
        """The sums over everything known at a moment, without a case in which nothing was known before it.

        Moments must not go back. What happened at the very moment is added to a copy.
        """
        events, statistics = self._events, self._statistics
        self._solved, solved = _taken(events.solved, self._solved, as_of, statistics.solved)
        self._commented, commented = _taken(events.commented, self._commented, as_of, statistics.commented)
        self._closed, closed = _taken(events.closed, self._closed, as_of, statistics.closed)
        if not solved and not commented and not closed:
            return statistics
        there = statistics.copy()
        now = Events(_but(solved, case_id), _but(commented, case_id), _but(closed, case_id))
        walk(there, now)
        return there


def _but(events: Sequence[Event], case_id: str) -> list[Event]:
    return [event for event in events if event.case_id != case_id]


def _taken(
    events: Sequence[Event], start: int, as_of: int, take: Callable[[Event], None]
) -> tuple[int, Sequence[Event]]:
    """Takes events before a moment in, from a place on; returns the place of the next and those at the moment."""
    while start < len(events) and events[start].at < as_of:
        take(events[start])
        start += 1
    end = start
    while end < len(events) and events[end].at == as_of:
        end += 1
    return start, events[start:end]


@dataclass(frozen=True)
class Past:
    """A history as of one moment, without some cases: what the store's own search would give."""

    history: History
    as_of: int
    without: frozenset[str] = frozenset()

    def frequencies(self, terms: Sequence[str], month: int) -> Mapping[str, int]:
        """How many cases opened before a month have each term."""
        history = self.history
        before = int(np.searchsorted(history._moments, month, side="left"))
        return {term: len(history._posting(term, before)) for term in terms}

    def size(self, month: int) -> CorpusSize:
        """How many cases were opened before a month, and their length together."""
        before = int(np.searchsorted(self.history._moments, month, side="left"))
        return CorpusSize(before, int(self.history._length_until[before]))

    def matches(self, terms: Sequence[str]) -> Matches:
        """The visible cases that have one of the terms."""
        history = self.history
        known = int(np.searchsorted(history._moments, self.as_of, side="right"))
        postings = [history._posting(term, known) for term in terms]
        rows = np.concatenate([history._rows[posting.start : posting.stop] for posting in postings])
        counts = np.concatenate([history._counts[posting.start : posting.stop] for posting in postings])
        which = np.repeat(np.arange(len(terms)), [len(posting) for posting in postings])
        present = np.zeros(len(history.cases), dtype=bool)
        present[rows] = True
        for case_id in self.without:
            if case_id in history.places:
                present[history.places[case_id]] = False
        keep = present[rows]
        if not keep.all():
            rows, counts, which = rows[keep], counts[keep], which[keep]
        places = np.cumsum(present) - 1
        found = np.flatnonzero(present)
        pairs = np.flatnonzero(present[history._pair_cases] & (history._pair_at <= self.as_of))
        people, solvers = np.unique(history._pair_people[pairs], return_inverse=True)
        return Matches(
            case_ids=history._case_ids,
            rows=found,
            opened_at=history.opened_at[found],
            lengths=history._lengths[found],
            owners=places[rows],
            terms=which,
            counts=counts.astype(np.float64),
            solved=places[history._pair_cases[pairs]],
            solvers=solvers,
            solved_at=history._pair_at[pairs],
            people=[history._people[person] for person in people.tolist()],
        )

    def around(self, cases: Sequence[str]) -> Around:
        """Who reported these cases and who commented on them."""
        history = self.history
        reporters: list[CaseParticipant] = []
        commenters: list[CaseCommenter] = []
        for case_id in sorted(cases):
            reporters += [row for row in history._reports.get(case_id, ()) if row.known_at <= self.as_of]
            said = [event for event in history._comments.get(case_id, ()) if event.at <= self.as_of]
            commenters += sorted(CaseCommenter(case_id, event.person, event.at, 1) for event in said)
        return Around(reporters, commenters)
