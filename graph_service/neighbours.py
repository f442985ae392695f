"""The search for similar cases: terms to hits, hits to BM25 scores.

The engine only matches; scores are computed here, in the order of ids, so that both stores give the same numbers.
Source of the formula: Robertson and Zaragoza 2009, with idf = log(1 + (N - df + .5)/(df + .5)).
"""

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from graph_service.model import CaseRole, month_start
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.named_queries import CaseCommenter, CaseHit, CaseParticipant, CorpusSize

BUDGET = 10_000
FEWEST_TERMS = 3
MOST_TERMS = 256
K1 = 1.2
B = 0.75
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A case that shares terms with the problem. `similarity` = BM25(case) / BM25(the problem against itself).

    `shared` is how many of the terms searched for it has, `tells` whether a word among them tells of the kind of
    problem that is asked about.
    """

    case_id: str
    similarity: float
    shared: int
    opened_at: int
    solvers: tuple[str, ...]
    solved_at: int | None
    tells: bool = False


@dataclass(frozen=True, slots=True)
class Matches:
    """Cases that have one of the terms, as columns, by case id; `rows` are places in `case_ids`.

    `owners`, `terms` and `counts` hold one entry per case and term, by case, then term: the place of the case among
    `rows`, the place of the term, how often. `solved`, `solvers` and `solved_at` hold one per case and solver, by case,
    moment and person: the place of the case among `rows`, the place in `people`, the instant.
    """

    case_ids: Sequence[str]
    rows: Ints
    opened_at: Ints
    lengths: Floats
    owners: Ints
    terms: Ints
    counts: Floats
    solved: Ints
    solvers: Ints
    solved_at: Ints
    people: Sequence[str]


@dataclass(frozen=True, slots=True)
class Around:
    """Who reported some cases and who commented on them, each by case, then person."""

    reporters: Sequence[CaseParticipant] = ()
    commenters: Sequence[CaseCommenter] = ()


class Corpus(Protocol):
    """Where cases are looked up: the store, or a history in memory; both as of one moment."""

    @property
    def as_of(self) -> int:
        """The moment nothing later is known."""
        ...

    def frequencies(self, terms: Sequence[str], month: int) -> Mapping[str, int]:
        """How many cases opened before a month have each term."""
        ...

    def size(self, month: int) -> CorpusSize:
        """How many cases were opened before a month, and their length together."""
        ...

    def matches(self, terms: Sequence[str]) -> Matches:
        """The visible cases that have one of the terms, which come in alphabetical order."""
        ...

    def around(self, cases: Sequence[str]) -> Around:
        """Who reported these cases and who commented on them."""
        ...


@dataclass(frozen=True)
class Neighbours:
    """All matching cases with their similarity and the number of shared terms, in the order of `matches.rows`.

    `terms` are those searched for, rarest first; `telling` are flags: which cases have a word that tells of the kind of
    problem asked about.
    """

    matches: Matches
    similarity: Floats
    shared: Ints
    terms: tuple[str, ...]
    telling: Flags

    @cached_property
    def order(self) -> Ints:
        """Places by similarity, then case id."""
        return np.argsort(-self.similarity, kind="stable")

    @cached_property
    def is_solved(self) -> Flags:
        """Which of the cases somebody solved."""
        flags = np.zeros(len(self.similarity), dtype=bool)
        flags[self.matches.solved] = True
        return flags

    def nearest(self, most: int | None = None) -> list[Neighbour]:
        """The most similar cases."""
        return self._drawn(self.order[:most])

    def nearest_solved(self, most: int | None = None) -> list[Neighbour]:
        """The most similar cases that somebody solved."""
        return self._drawn(self.order[self.is_solved[self.order]][:most])

    def solved_by(self, person: str) -> list[Neighbour]:
        """The cases a person solved, most similar first."""
        mine = np.zeros(len(self.similarity), dtype=bool)
        matches = self.matches
        if person in matches.people:
            mine[matches.solved[matches.solvers == matches.people.index(person)]] = True
        return self._drawn(self.order[mine[self.order]])

    def _drawn(self, places: Ints) -> list[Neighbour]:
        matches = self.matches
        solvers: dict[int, list[str]] = {}
        first: dict[int, int] = {}
        asked = np.zeros(len(self.similarity), dtype=bool)
        asked[places] = True
        for pair in np.flatnonzero(asked[matches.solved]).tolist():
            place, person = int(matches.solved[pair]), matches.people[matches.solvers[pair]]
            first.setdefault(place, int(matches.solved_at[pair]))
            solvers.setdefault(place, []).append(person)
        return [
            Neighbour(
                case_id=matches.case_ids[matches.rows[place]],
                similarity=float(self.similarity[place]),
                shared=int(self.shared[place]),
                opened_at=int(matches.opened_at[place]),
                solvers=tuple(solvers.get(place, ())),
                solved_at=first.get(place),
                tells=bool(self.telling[place]),
            )
            for place in places.tolist()
        ]


def no_matches(people: Sequence[str] = ()) -> Matches:
    """No case at all."""
    ints, floats = np.empty(0, np.int64), np.empty(0)
    return Matches((), ints, ints, floats, ints, ints, floats, ints, ints, ints, people)


def neighbours_of(corpus: Corpus, counts: Mapping[str, int], telling: Collection[str] = ()) -> Neighbours:
    """Every visible case that shares one of the problem's rarest terms, scored; `counts` are the problem's terms,
    `telling` those that name the kind of problem by themselves."""
    month = month_start(corpus.as_of)
    frequencies = corpus.frequencies(sorted(counts), month)
    size = corpus.size(month)
    chosen = _rarest(counts, frequencies)
    if not chosen:
        return Neighbours(no_matches(), np.empty(0), np.empty(0, np.int64), (), np.empty(0, np.bool_))
    terms = sorted(chosen)
    idf = np.array([_idf(size.cases, frequencies.get(term, 0)) for term in terms])
    asked = np.array([counts[term] for term in terms], dtype=np.float64)
    length = float(sum(counts.values()))
    mean = size.length / size.cases if size.cases else length
    itself = float(np.sum(asked * idf * _saturated(asked, np.full(len(terms), length), mean)))
    matches = corpus.matches(terms)
    parts = (idf * asked)[matches.terms] * _saturated(matches.counts, matches.lengths[matches.owners], mean)
    scores = np.bincount(matches.owners, weights=parts, minlength=len(matches.rows)).astype(np.float64)
    shared = np.bincount(matches.owners, minlength=len(matches.rows))
    is_telling = np.array([term in telling for term in terms], dtype=np.bool_)
    tells = np.bincount(matches.owners, weights=is_telling[matches.terms], minlength=len(matches.rows)) > 0
    return Neighbours(matches, scores / itself if itself else scores, shared, tuple(chosen), tells)


def _rarest(counts: Mapping[str, int], frequencies: Mapping[str, int]) -> list[str]:
    """Terms rarest first until their document frequencies add up to the budget."""
    chosen: list[str] = []
    spent = 0
    for term in sorted(counts, key=lambda term: (frequencies.get(term, 0), term)):
        spent += frequencies.get(term, 0)
        if len(chosen) >= MOST_TERMS or (spent > BUDGET and len(chosen) >= FEWEST_TERMS):
            break
        chosen.append(term)
    return chosen


def _idf(cases: int, frequency: int) -> float:
    return float(np.log(1 + (max(cases - frequency, 0) + 0.5) / (frequency + 0.5)))


def _saturated(count: Floats, length: Floats, mean: float) -> Floats:
    return count * (K1 + 1) / (count + K1 * (1 - B + B * length / mean if mean else 1.0))


@dataclass(frozen=True, slots=True)
class StoredCorpus:
    """The store's own term index, through a View. One store call each."""

    view: View

    @property
    def as_of(self) -> int:
        """The View's moment."""
        return self.view.as_of

    def frequencies(self, terms: Sequence[str], month: int) -> Mapping[str, int]:
        """How many cases opened before a month have each term."""
        return {row.term: row.cases for row in self.view.ask(nq.TERM_COUNTS, terms=terms, month=month)}

    def size(self, month: int) -> CorpusSize:
        """How many cases were opened before a month, and their length together."""
        return self.view.ask(nq.CORPUS_SIZE, month=month)[0]

    def matches(self, terms: Sequence[str]) -> Matches:
        """The visible cases that have one of the terms."""
        hits = self.view.ask(nq.SEARCH_CASES, match=" OR ".join(f'"{term}"' for term in terms))
        return _columns(hits, terms) if hits else no_matches()

    def around(self, cases: Sequence[str]) -> Around:
        """Who reported these cases and who commented on them; two store calls."""
        people = self.view.ask(nq.PARTICIPANTS, cases=cases)
        reporters = [row for row in people if row.role == CaseRole.REPORTER]
        return Around(reporters, self.view.ask(nq.COMMENTERS, cases=cases))


def _columns(hits: Sequence[CaseHit], terms: Sequence[str]) -> Matches:
    """Hits come once per solver, ordered by case id: here they become one row per case, and pairs with solvers."""
    starts = [0, *(place for place in range(1, len(hits)) if hits[place].case_id != hits[place - 1].case_id)]
    cases = [hits[start] for start in starts]
    people: dict[str, int] = {}
    pairs: dict[tuple[int, int], int] = {}
    for place, (start, end) in enumerate(zip(starts, [*starts[1:], len(hits)], strict=True)):
        for hit in hits[start:end]:
            if hit.solver is not None and hit.solved_at is not None:
                pairs.setdefault((place, people.setdefault(hit.solver, len(people))), hit.solved_at)
    solved = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    owners, which, counts = _counted([hit.packed for hit in cases], terms)
    return Matches(
        case_ids=[hit.case_id for hit in cases],
        rows=np.arange(len(cases)),
        opened_at=np.array([hit.opened_at for hit in cases], dtype=np.int64),
        lengths=np.array([hit.length for hit in cases], dtype=np.float64),
        owners=owners,
        terms=which,
        counts=counts,
        solved=solved[:, 0],
        solvers=solved[:, 1],
        solved_at=np.array(list(pairs.values()), dtype=np.int64),
        people=list(people),
    )


def term_hash(term: str) -> int:
    """The 32-bit number a term is packed as."""
    return zlib.crc32(term.encode())


def _counted(packed: Sequence[bytes], terms: Sequence[str]) -> tuple[Ints, Ints, Floats]:
    """(case, term, count) of the packed (hash, count) pairs that are among the terms, all cases at once."""
    hashes = np.array([term_hash(term) for term in terms], dtype=np.uint32)
    order = np.argsort(hashes, kind="stable")
    pairs = np.frombuffer(b"".join(packed), dtype="<u4").reshape(-1, 2)
    owner = np.repeat(np.arange(len(packed)), [len(part) // 8 for part in packed])
    place = np.minimum(np.searchsorted(hashes[order], pairs[:, 0]), len(hashes) - 1)
    matching = np.flatnonzero(hashes[order][place] == pairs[:, 0])
    return owner[matching], order[place[matching]], pairs[matching, 1].astype(np.float64)
