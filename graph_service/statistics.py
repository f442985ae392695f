"""Decayed sums of work, carried forward in time: one object for single asks and for the replay of thousands.

An entry (sum, person, key) holds a value and the moment of its last event; an event makes it
`value * 2^(-(at - last)/half_life) + 1`. Only events change entries, so a walk from any checkpoint gives the same
floats as a walk from the beginning.
"""

import enum
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import orjson
from numpy.typing import NDArray

from graph_service.model import DAY, EVER, NEVER, Outcome, month_start, next_month
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, View
from graph_service.store.named_queries import ClosedEvent, WorkEvent
from graph_service.store.participation import views_by_crowd

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
KIND = "sums.3"
"""What it is stored as, with the crowd; another number where other sums are kept, so that older ones are left alone."""
_KEY_BITS = 28
_LIMIT = 1 << _KEY_BITS
_NOBODY = ""


class Sum(enum.IntEnum):
    """What is summed, per person (nobody for cases) and key; the value is the place of its half-life in
    `HALF_LIVES`."""

    SOLVED_YEAR = 0
    SOLVED_HALF_YEAR = 1
    SOLVED_EVER = 2
    SOLVED_FOR_OTHERS = 3
    SOLVED_COMPONENT = 4
    SOLVED_PRODUCT = 5
    COMMENTED_COMPONENT = 6
    COMMENTED_PRODUCT = 7
    REPORTED_SOLVED = 8
    SOLVED_OWN = 9
    CLOSED = 10
    CLOSED_SOLVED = 11
    SOLVED_COMPONENT_YEAR = 12
    SOLVED_PRODUCT_YEAR = 13


HALF_LIVES = (365.0, 180.0, float("inf"), float("inf"), 7.0, 7.0, 30.0, 14.0, 365.0, 365.0, 365.0, 365.0, 365.0, 365.0)
"""Days, in the order of `Sum` (`ranking.md`, kinds and half-lives)."""


class Statistics:
    """Sums over all events observed so far."""

    def __init__(self) -> None:
        self.people: list[str] = []
        self.keys: list[str] = [""]
        self.products: set[str] = set()
        self.components: set[str] = set()
        self._person_places: dict[str, int] = {}
        self._key_places: dict[str, int] = {"": 0}
        self._codes = array("q")
        self._values = array("d")
        self._last = array("q")
        self._slots: dict[int, int] | None = {}

    def solved(self, event: WorkEvent) -> None:
        """Takes a solved case in; events must come in the order of time, case, person."""
        for which in (Sum.SOLVED_YEAR, Sum.SOLVED_HALF_YEAR, Sum.SOLVED_EVER):
            self._add(which, event.person, "", event.at)
        if event.reporter is not None:
            which = Sum.SOLVED_OWN if event.reporter == event.person else Sum.SOLVED_FOR_OTHERS
            self._add(which, event.person, "", event.at)
            self._add(Sum.REPORTED_SOLVED, event.reporter, "", event.at)
        self._in_place(event, Sum.SOLVED_COMPONENT, Sum.SOLVED_PRODUCT)
        self._in_place(event, Sum.SOLVED_COMPONENT_YEAR, Sum.SOLVED_PRODUCT_YEAR)

    def commented(self, event: WorkEvent) -> None:
        """Takes a first comment of a person in a case in; same order."""
        self._in_place(event, Sum.COMMENTED_COMPONENT, Sum.COMMENTED_PRODUCT)

    def closed(self, event: ClosedEvent) -> None:
        """Takes the end of a case in, solved or not; same order."""
        for key in ("", f"p{event.product}"):
            self._add(Sum.CLOSED, _NOBODY, key, event.at)
            if event.outcome == Outcome.SOLVED:
                self._add(Sum.CLOSED_SOLVED, _NOBODY, key, event.at)

    def _in_place(self, event: WorkEvent, component_sum: Sum, product_sum: Sum) -> None:
        self._add(product_sum, event.person, "", event.at)
        if event.product:
            self.products.add(event.product)
            self._add(product_sum, event.person, f"p{event.product}", event.at)
        for component in event.components:
            self.components.add(component)
            self._add(component_sum, event.person, f"c{component}", event.at)

    def _add(self, which: Sum, person: str, key: str, at: int) -> None:
        code = self._code(which, self._key_place(key), self._person_place(person))
        slots = self._slots
        if slots is None:
            slots = self._slots = {known: slot for slot, known in enumerate(self._codes)}
        slot = slots.get(code)
        if slot is None:
            slots[code] = len(self._codes)
            self._codes.append(code)
            self._values.append(1.0)
            self._last.append(at)
            return
        days = (at - self._last[slot]) / DAY
        self._values[slot] = float(self._values[slot] * 2.0 ** (-days / HALF_LIVES[which]) + 1.0)
        self._last[slot] = at

    @staticmethod
    def _code(which: int, key: int, person: int) -> int:
        return (which << _KEY_BITS | key) << _KEY_BITS | person

    def _person_place(self, person: str) -> int:
        place = self._person_places.get(person)
        if place is None:
            place = self._person_places[person] = len(self.people)
            self.people.append(person)
        return place

    def _key_place(self, key: str) -> int:
        place = self._key_places.get(key)
        if place is None:
            place = self._key_places[key] = len(self.keys)
            self.keys.append(key)
        return place

    def places_of(self, people: Sequence[str]) -> Ints:
        """Their places in `people`, -1 for those without any entry."""
        return np.array([self._person_places.get(person, -1) for person in people], dtype=np.int64)

    def sums(self, which: Sum, key: str, as_of: int) -> tuple[Ints, Floats, Ints]:
        """(places in `people`, sums decayed to `as_of`, moments of the last event) of everybody with an entry."""
        place = self._key_places.get(key)
        codes = np.frombuffer(self._codes, dtype=np.int64)
        if place is None or not len(codes):
            return np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64)
        mine = np.flatnonzero(codes >> _KEY_BITS == (which << _KEY_BITS | place))
        people = codes[mine] & (_LIMIT - 1)
        last = np.frombuffer(self._last, dtype=np.int64)[mine]
        decay = np.exp2(-(as_of - last) / DAY / HALF_LIVES[which])
        return people, np.frombuffer(self._values, dtype=np.float64)[mine] * decay, last

    def copy(self) -> "Statistics":
        """The same sums, apart from now on."""
        other = Statistics()
        other.people, other.keys = self.people[:], self.keys[:]
        other.products, other.components = set(self.products), set(self.components)
        other._person_places, other._key_places = dict(self._person_places), dict(self._key_places)
        other._codes, other._values, other._last = self._codes[:], self._values[:], self._last[:]
        other._slots = None if self._slots is None else dict(self._slots)
        return other

    def dump(self) -> bytes:
        """The whole state, exactly."""
        head = orjson.dumps(
            {
                "people": self.people,
                "keys": self.keys,
                "products": sorted(self.products),
                "components": sorted(self.components),
                "entries": len(self._codes),
            }
        )
        body = b"".join(part.tobytes() for part in (self._codes, self._values, self._last))
        return len(head).to_bytes(4, "little") + head + body

    @classmethod
    def load(cls, payload: bytes) -> "Statistics":
        """The state of a dump."""
        length = int.from_bytes(payload[:4], "little")
        head = orjson.loads(payload[4 : 4 + length])
        loaded = cls()
        loaded.people = head["people"]
        loaded.keys = head["keys"]
        loaded.products = set(head["products"])
        loaded.components = set(head["components"])
        loaded._person_places = {person: place for place, person in enumerate(loaded.people)}
        loaded._key_places = {key: place for place, key in enumerate(loaded.keys)}
        start, size = 4 + length, 8 * head["entries"]
        for part in (loaded._codes, loaded._values, loaded._last):
            part.frombytes(payload[start : start + size])
            start += size
        loaded._slots = None
        return loaded


def statistics_of(view: View, *, before: int = NEVER) -> Statistics:
    """The sums as of the View: the latest stored state that holds, and the events since.

    `before` keeps later stored states away (a question asked again without a case that is in them).
    """
    statistics, since = _stored(view, min(view.as_of, before))
    walk(statistics, events_of(view, since, NEVER))
    return statistics


def _stored(view: View, month: int) -> tuple[Statistics, int]:
    """The latest stored state that holds at or before a moment, with its own moment; empty where there is none."""
    found = view.ask(nq.CHECKPOINT, kind=f"{KIND}.{view.pin.crowd}", month=month)
    return (Statistics.load(found[0].payload), found[0].month) if found else (Statistics(), EVER)


@dataclass(frozen=True, slots=True)
class Events:
    """What happened in a span, each kind in the order of time."""

    solved: Sequence[WorkEvent]
    commented: Sequence[WorkEvent]
    closed: Sequence[ClosedEvent]


def events_of(view: View, since: int, until: int) -> Events:
    """The events of a span, in three store calls."""
    span = {"since": since, "until": until}
    return Events(
        view.ask(nq.SOLVED_EVENTS, **span), view.ask(nq.COMMENT_EVENTS, **span), view.ask(nq.CLOSED_EVENTS, **span)
    )


def walk(statistics: Statistics, events: Events) -> None:
    """Carries the sums over events."""
    for solved in events.solved:
        statistics.solved(solved)
    for commented in events.commented:
        statistics.commented(commented)
    for closed in events.closed:
        statistics.closed(closed)


def refresh_checkpoints(store: Store, first_known_at: int) -> int:
    """Stores the sums at each first of month that facts known since a moment have changed, for each crowd; returns how
    many. A crowd that is new begins at the beginning."""
    return sum(_refresh(store, view, first_known_at) for view in views_by_crowd(store))


def _refresh(store: Store, view: View, first_known_at: int) -> int:
    kind, kept = f"{KIND}.{view.pin.crowd}", 0
    statistics, since = _stored(view, min(first_known_at, NEVER - 1))
    if first_known_at >= NEVER and (since > EVER or view.ask(nq.EVENT_RANGE, since=EVER)[0].first is None):
        return 0
    number = min((view.pin.run, *(open_run - 1 for open_run in view.pin.open)))
    drop = {"first": since, "run": number}
    store.write(lambda transaction: transaction.write(nq.DROP_CHECKPOINTS, drop))
    for month in _walk_by_month(statistics, view, since):
        row = {"kind": kind, "month": month, "run": number, "payload": statistics.dump()}
        kept += store.write(lambda transaction, row=row: transaction.write(nq.ADD_CHECKPOINTS, [row]))  # type: ignore[misc]
    return kept


def _walk_by_month(statistics: Statistics, view: View, since: int) -> Iterator[int]:
    """Walks on from `since` to each first of month, the one after the last event included, and stops for the caller."""
    first, last = view.ask(nq.EVENT_RANGE, since=since)[0]
    if first is None or last is None:
        return
    month = since
    following = next_month(month_start(first))
    while month <= last:
        walk(statistics, events_of(view, month, following))
        month, following = following, next_month(following)
        yield month
