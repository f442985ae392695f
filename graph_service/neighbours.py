"""The search for similar cases: terms to hits, hits to BM25 scores.

The engine only matches; scores are computed here, in the order of ids, so that both stores give the same numbers.
Source of the formula: Robertson and Zaragoza 2009, with idf = log(1 + (N - df + .5)/(df + .5)).
"""

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph_service.model import month_start
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.named_queries import CaseHit

BUDGET = 10_000
FEWEST_TERMS = 3
MOST_TERMS = 256
K1 = 1.2
B = 0.75
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A case that shares terms with the problem. `similarity` = BM25(case) / BM25(the problem against itself).

    `shared` is how many of the terms searched for it has.
    """

    case_id: str
    similarity: float
    shared: int
    opened_at: int
    solvers: tuple[str, ...]
    solved_at: int | None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """All matching cases, most similar first (then by id); `terms` are those searched for, rarest first."""

    cases: tuple[Neighbour, ...]
    terms: tuple[str, ...]

    def solved(self) -> list[Neighbour]:
        """Those that somebody solved."""
        return [case for case in self.cases if case.solvers]


def neighbours_of(view: View, words: Sequence[str]) -> Neighbours:
    """Every visible case that shares one of the problem's rarest terms, scored. Three store calls."""
    counts = Counter(words)
    month = month_start(view.as_of)
    frequencies = {row.term: row.cases for row in view.ask(nq.TERM_COUNTS, terms=sorted(counts), month=month)}
    size = view.ask(nq.CORPUS_SIZE, month=month)[0]
    chosen = _rarest(counts, frequencies)
    if not chosen:
        return Neighbours((), ())
    terms = sorted(chosen)
    idf = np.array([_idf(size.cases, frequencies.get(term, 0)) for term in terms])
    asked = np.array([counts[term] for term in terms], dtype=np.float64)
    length = float(len(words))
    mean = size.length / size.cases if size.cases else length
    itself = float(np.sum(asked * idf * _saturated(asked, np.full(len(terms), length), mean)))
    hits = view.ask(nq.SEARCH_CASES, match=" OR ".join(f'"{term}"' for term in terms))
    scores, shared = _scores(hits, terms, idf * asked, mean)
    return Neighbours(_merged(hits, scores / itself if itself else scores, shared), tuple(chosen))


def _rarest(counts: Counter[str], frequencies: dict[str, int]) -> list[str]:
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


def _scores(
    hits: Sequence[CaseHit], terms: Sequence[str], weights: Floats, mean: float
) -> tuple[Floats, NDArray[np.int64]]:
    """BM25 of each hit from its packed (hash, count) pairs, and how many terms it shares, all hits at once."""
    if not hits:
        return np.empty(0), np.empty(0, np.int64)
    hashes = np.array([zlib.crc32(term.encode()) for term in terms], dtype=np.uint32)
    order = np.argsort(hashes, kind="stable")
    pairs = np.frombuffer(b"".join([hit.packed for hit in hits]), dtype="<u4").reshape(-1, 2)
    owner = np.repeat(np.arange(len(hits)), [len(hit.packed) // 8 for hit in hits])
    place = np.minimum(np.searchsorted(hashes[order], pairs[:, 0]), len(hashes) - 1)
    matching = np.flatnonzero(hashes[order][place] == pairs[:, 0])
    owner, which = owner[matching], order[place[matching]]
    lengths = np.array([hit.length for hit in hits], dtype=np.float64)
    parts = weights[which] * _saturated(pairs[matching, 1].astype(np.float64), lengths[owner], mean)
    scores = np.asarray(np.bincount(owner, weights=parts, minlength=len(hits)), dtype=np.float64)
    return scores, np.bincount(owner, minlength=len(hits))


def _merged(hits: Sequence[CaseHit], scores: Floats, shared: NDArray[np.int64]) -> tuple[Neighbour, ...]:
    """One neighbour per case: hits come once per solver, ordered by case id."""
    solvers: dict[str, list[str]] = {}
    first: dict[str, int] = {}
    for place, hit in enumerate(hits):
        first.setdefault(hit.case_id, place)
        if hit.solver is not None and hit.solver not in solvers.setdefault(hit.case_id, []):
            solvers[hit.case_id].append(hit.solver)
    found = [
        Neighbour(
            case_id=case_id,
            similarity=float(scores[place]),
            shared=int(shared[place]),
            opened_at=hits[place].opened_at,
            solvers=tuple(solvers.get(case_id, ())),
            solved_at=hits[place].solved_at,
        )
        for case_id, place in first.items()
    ]
    return tuple(sorted(found, key=lambda case: (-case.similarity, case.case_id)))
