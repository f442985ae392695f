"""Ties: who had how many contacts with whom, of which kind, on which day, and how strong that makes them now.

Derived from interactions and joint cases, which the store adds up by pair, kind and day (`tie_months.py`).
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import orjson
from numpy.typing import NDArray

from graph_service.evidence.tie_kinds import HALF_LIVES, PLACES, WEIGHTS
from graph_service.model import DAY
from graph_service.store.named_queries import PairDay

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
UNIT = 1e-12
"""What the stores count weights in, so that sums are exact."""
"""What a weight is counted in by the stores, so that sums are exact."""
_COMPRESSION = 1


@dataclass(frozen=True)
class Ties:
    """Rows of (pair, kind, day) in the order of `one`, `other`, kind, day: places in `people` (in order of their ids,
    `one` < `other`), days since 1970, contacts, and what these count for the pair (1 for a contact of two)."""

    people: tuple[str, ...]
    one: NDArray[np.int32]
    other: NDArray[np.int32]
    kind: NDArray[np.int8]
    day: NDArray[np.int32]
    contacts: NDArray[np.int32]
    weight: Floats

    def __len__(self) -> int:
        return len(self.day)

    @property
    def pair(self) -> Ints:
        """One number per pair: `one` times the number of people plus `other`."""
        return self.one.astype(np.int64) * len(self.people) + self.other

    def met(self, rows: NDArray[np.bool_]) -> Ints:
        """The people of some of the rows, each once, as places."""
        return np.unique(np.concatenate([self.one[rows], self.other[rows]])).astype(np.int64)

    def people_of(self, pairs: Ints) -> Ints:
        """The people of pairs that are numbered as in `pair`, each once, as places."""
        return np.unique(np.concatenate([pairs // len(self.people), pairs % len(self.people)]))

    def is_of(self, kinds: Sequence[str]) -> NDArray[np.bool_]:
        """Which rows are of some kinds."""
        found: NDArray[np.bool_] = np.isin(self.kind, [PLACES[kind] for kind in kinds])
        return found

    def only(self, rows: NDArray[np.bool_]) -> "Ties":
        """Some of the rows; the people stay."""
        parts = (self.one, self.other, self.kind, self.day, self.contacts, self.weight)
        return Ties(self.people, *(part[rows] for part in parts))  # type: ignore[arg-type]

    def between(self, since: int, until: int) -> "Ties":
        """Rows of days in a span of instants."""
        return self.only(self.within(since, until))

    def within(self, since: int, until: int) -> NDArray[np.bool_]:
        """Which rows are of days in a span of instants."""
        found: NDArray[np.bool_] = (self.day >= since // DAY) & (self.day < until // DAY)
        return found

    def of_kinds(self, kinds: Sequence[str]) -> "Ties":
        """Rows of some kinds."""
        return self.only(self.is_of(kinds))

    def dump(self) -> bytes:
        """The whole state, exactly."""
        head = orjson.dumps({"people": self.people, "rows": len(self)})
        parts = (self.one, self.other, self.day, self.contacts, self.weight, self.kind)
        body = zlib.compress(b"".join(np.ascontiguousarray(part).tobytes() for part in parts), _COMPRESSION)
        return len(head).to_bytes(4, "little") + head + body

    @classmethod
    def load(cls, payload: bytes) -> "Ties":
        """The state of a dump."""
        length = int.from_bytes(payload[:4], "little")
        head, body = orjson.loads(payload[4 : 4 + length]), zlib.decompress(payload[4 + length :])
        rows, start, parts = head["rows"], 0, []
        for sort in (np.int32, np.int32, np.int32, np.int32, np.float64, np.int8):
            parts.append(np.frombuffer(body, dtype=sort, count=rows, offset=start))
            start += rows * np.dtype(sort).itemsize
        one, other, day, contacts, weight, kind = parts
        return cls(tuple(head["people"]), one, other, kind, day, contacts, weight)  # type: ignore[arg-type]


def ties_from(rows: Sequence[PairDay]) -> Ties:
    """Ties of rows, in whatever order these come."""
    people = tuple(sorted({row.one for row in rows} | {row.other for row in rows}))
    places = {person: place for place, person in enumerate(people)}
    ordered = sorted(rows)
    return Ties(
        people,
        np.array([places[row.one] for row in ordered], dtype=np.int32),
        np.array([places[row.other] for row in ordered], dtype=np.int32),
        np.array([PLACES[row.kind] for row in ordered], dtype=np.int8),
        np.array([row.day for row in ordered], dtype=np.int32),
        np.array([row.contacts for row in ordered], dtype=np.int32),
        np.array([row.weight for row in ordered], dtype=np.float64) * UNIT,
    )


def joined(parts: Sequence[Ties]) -> Ties:
    """Ties of several spans together, ordered anew."""
    people = tuple(sorted(set().union(*(part.people for part in parts))))
    places = {person: place for place, person in enumerate(people)}
    moved = [np.array([places[person] for person in part.people], dtype=np.int32) for part in parts]
    one = _together([place[part.one] for place, part in zip(moved, parts, strict=True)], np.int32)
    other = _together([place[part.other] for place, part in zip(moved, parts, strict=True)], np.int32)
    kind, day = _together([part.kind for part in parts], np.int8), _together([part.day for part in parts], np.int32)
    order = np.lexsort((day, kind, other, one))
    contacts = _together([part.contacts for part in parts], np.int32)
    weight = _together([part.weight for part in parts], np.float64)
    return Ties(people, one[order], other[order], kind[order], day[order], contacts[order], weight[order])


def _together(parts: Sequence[NDArray[np.generic]], sort: type) -> NDArray:  # type: ignore[type-arg]
    return np.concatenate(parts) if parts else np.array([], dtype=sort)


def strengths(ties: Ties, as_of: int) -> tuple[Ints, Floats]:
    """Pairs and S = sum over contacts of w * 2^(-age/h), with weight and half-life of their kind, age in whole days
    (`answer.md` 3). Contacts of that day or later count in full or not at all."""
    age = as_of // DAY - ties.day.astype(np.int64)
    there = age >= 0
    kinds = ties.kind[there]
    each = ties.weight[there] * WEIGHTS[kinds] * np.exp2(-age[there] / HALF_LIVES[kinds])
    pairs, places = np.unique(ties.pair[there], return_inverse=True)
    return pairs, np.bincount(places, weights=each, minlength=len(pairs)).astype(np.float64)
