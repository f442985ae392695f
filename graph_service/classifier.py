"""Which words speak for whom: a linear classifier, refitted from what was solved before each first of month.

One linear support vector machine per person against the rest (Fan et al. 2008, LIBLINEAR) over the words of solved
cases, (1 + log count) * idf at length 1. What is kept are margins, not probabilities. It is a function of the facts
before its month, so that a question of the past gets the weights of its own time.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
import orjson
from numpy.typing import NDArray

from graph_service.model import DAY, month_start
from graph_service.neighbours import term_hash
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, Transaction, View
from graph_service.store.named_queries import SolvedWords
from graph_service.store.participation import views_by_crowd

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

KIND = "words"
NEWEST = 4_000
"""How many (case, solver) pairs are learned from: older ones cost time and say little about today."""
MOST_CELLS = 20_000_000
"""How many (person, word) weights are learned at most: 80 MB kept, about four times that while learning."""
FEWEST_CASES = 3
FEWEST_DOCUMENTS = 2
HALF_LIFE = 365.0
PENALTY = 0.3
SEED = 0
Singles = NDArray[np.float32]


@dataclass(frozen=True)
class WordWeights:
    """For each known word (by hash) and person how much the word speaks for the person; as of a first of month.

    `weights` has a row per word and a column per person; a person's margin is `intercepts` plus the weights of the
    question's words times their share in it.
    """

    month: int
    people: tuple[str, ...]
    words: NDArray[np.uint32]
    idf: Singles
    weights: Singles
    intercepts: Singles

    @cached_property
    def _places(self) -> Mapping[int, int]:
        return {word: place for place, word in enumerate(self.words.tolist())}

    def shares(self, counts: Mapping[str, int]) -> dict[str, tuple[int, float]]:
        """Known terms of a question, alphabetical: their place among `words` and their share, together of length 1."""
        known = [(term, self._places.get(term_hash(term))) for term in sorted(counts)]
        found = {term: place for term, place in known if place is not None}
        raw = [(1 + float(np.log(counts[term]))) * float(self.idf[place]) for term, place in found.items()]
        length = float(np.sqrt(np.sum(np.square(raw)))) if raw else 0.0
        return {term: (place, value / length) for (term, place), value in zip(found.items(), raw, strict=True)}

    def margins(self, counts: Mapping[str, int]) -> NDArray[np.float64] | None:
        """The margin of each of `people`; None when no word of the question is known."""
        shares = self.shares(counts)
        if not shares:
            return None
        found: NDArray[np.float64] = self.intercepts.astype(np.float64)
        for place, share in shares.values():
            found = found + share * self.weights[place].astype(np.float64)
        return found

    def speaking(self, counts: Mapping[str, int], person: str) -> list[str]:
        """The question's terms that speak for a person, the strongest first."""
        if person not in self.people:
            return []
        column = self.people.index(person)
        parts = {
            term: share * float(self.weights[place, column]) for term, (place, share) in self.shares(counts).items()
        }
        return sorted((term for term in parts if parts[term] > 0), key=lambda term: (-parts[term], term))

    def dump(self) -> bytes:
        """The whole state, exactly; its hash stands in front."""
        head = orjson.dumps({"month": self.month, "people": self.people, "words": len(self.words)})
        parts = (self.words, self.idf, self.weights, self.intercepts)
        body = len(head).to_bytes(4, "little") + head + b"".join(part.tobytes() for part in parts)
        return sha256(body).digest() + body

    @classmethod
    def load(cls, payload: bytes) -> "WordWeights":
        """The state of a dump."""
        body = payload[32:]
        length = int.from_bytes(body[:4], "little")
        head = orjson.loads(body[4 : 4 + length])
        words, people = head["words"], tuple(head["people"])
        numbers = np.frombuffer(body, dtype=np.uint32, count=words, offset=4 + length)
        floats = np.frombuffer(body[4 + length + 4 * words :], dtype=np.float32)
        idf, weights, intercepts = np.split(floats, [words, words + words * len(people)])
        return cls(head["month"], people, numbers, idf, weights.reshape(words, len(people)), intercepts)


NOTHING_LEARNED = WordWeights(
    0, (), np.empty(0, np.uint32), np.empty(0, np.float32), np.empty((0, 0), np.float32), np.empty(0, np.float32)
)


def fit(solved: Sequence[SolvedWords], month: int) -> WordWeights:
    """Learns from solved cases, given in the order of time, case and person; at most the newest are used.

    People with fewer than three of them are left out, and with fewer than two people nothing can be learned.
    """
    newest = solved[-NEWEST:]
    often = {person for person, cases in Counter(row.person for row in newest).items() if cases >= FEWEST_CASES}
    rows = [row for row in newest if row.person in often and row.packed]
    people = tuple(sorted({row.person for row in rows}))
    if len(people) < 2:
        return NOTHING_LEARNED
    from scipy.sparse import csr_matrix  # on first use: most questions need none of it

    packed = [np.frombuffer(row.packed, dtype="<u4").reshape(-1, 2) for row in rows]
    pairs = np.concatenate(packed)
    words, columns, documents = np.unique(pairs[:, 0], return_inverse=True, return_counts=True)
    kept = _kept(documents, MOST_CELLS // len(people))
    if not kept.any():
        return NOTHING_LEARNED
    idf = np.where(kept, np.log((1 + len(rows)) / (1 + documents)) + 1, 0.0)
    values = (1 + np.log(pairs[:, 1])) * idf[columns]
    starts = np.concatenate(([0], np.cumsum([len(part) for part in packed])))
    weights, intercepts = _separated(rows, people, csr_matrix((values, columns, starts))[:, kept])
    return WordWeights(
        month=month,
        people=people,
        words=words[kept].astype(np.uint32),
        idf=idf[kept].astype(np.float32),
        weights=weights.T.astype(np.float32).copy(),
        intercepts=intercepts.astype(np.float32),
    )


def _kept(documents: NDArray[np.int64], most: int) -> NDArray[np.bool_]:
    """Which words are learned from: those of two documents and more, the most frequent where there are too many."""
    kept = documents >= FEWEST_DOCUMENTS
    if np.sum(kept) > most:
        kept &= np.isin(np.arange(len(documents)), np.argsort(-documents, kind="stable")[:most])
    return kept


def _separated(
    rows: Sequence[SolvedWords], people: Sequence[str], cells: "csr_matrix"
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(person x word) weights and intercepts from (row x word) values."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.preprocessing import normalize
    from sklearn.svm import LinearSVC

    matrix = normalize(cells)
    places = {person: place for place, person in enumerate(people)}
    told = np.array([places[row.person] for row in rows])
    age = (rows[-1].at - np.array([row.at for row in rows])) / DAY
    machine = LinearSVC(C=PENALTY, tol=1e-3, max_iter=300, random_state=SEED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        machine.fit(matrix, told, sample_weight=0.5 ** (age / HALF_LIFE))
    if len(people) == 2:  # the library keeps one row, for the second against the first
        return np.vstack([-machine.coef_, machine.coef_]), np.concatenate([-machine.intercept_, machine.intercept_])
    return machine.coef_, machine.intercept_


def word_weights_of(view: View) -> WordWeights:
    """The weights of the View's month: as stored, or learned now and remembered while the store is open.

    The View's scope must leave no case out.
    """
    month = month_start(view.as_of)
    return view.remembered(("words", month), lambda: _stored_or_fitted(view, month))


def refresh_words(store: Store, now: int) -> list[str]:
    """Stores the weights of the current month where they are not yet, so that the next question need not learn, and
    drops those of months before (a question of the past learns its own anew); nothing while a run is open. Returns the
    crowds there are."""
    crowds = []
    for view in views_by_crowd(store, now):
        crowds.append(view.pin.crowd)
        if not view.pin.open:
            _refresh(store, view, month_start(now))
    return crowds


def _refresh(store: Store, view: View, month: int) -> None:
    kind = f"{KIND}.{view.pin.crowd}"
    stored = view.ask(nq.CHECKPOINT, month=month, kind=kind)
    if stored and stored[0].month == month:
        return
    learned = fit(view.ask(nq.SOLVED_WORDS, until=month, limit=NEWEST), month)
    row = {"kind": kind, "month": month, "run": view.pin.run, "payload": learned.dump()}

    def work(transaction: Transaction) -> None:
        transaction.write(nq.DROP_OLDER_CHECKPOINTS, {"kind": kind, "month": month})
        transaction.write(nq.ADD_CHECKPOINTS, [row])

    store.write(work)


def _stored_or_fitted(view: View, month: int) -> WordWeights:
    stored = view.ask(nq.CHECKPOINT, month=month, kind=f"{KIND}.{view.pin.crowd}")
    if stored and stored[0].month == month:
        return WordWeights.load(stored[0].payload)
    return fit(view.ask(nq.SOLVED_WORDS, until=month, limit=NEWEST), month)
