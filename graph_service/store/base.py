"""Store, View and Writer: the only doors to the graph.

An `Engine` runs named queries in one dialect; everything that both stores must do alike stands here once.
"""

import os
import secrets
import socket
import threading
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar, cast

import orjson

from graph_service.access import CLASS_OF_KIND, EVERYTHING, FieldClass, Reach, Scope
from graph_service.errors import RunRefused, StoreTooNew, StoreUnavailable
from graph_service.model import NEVER, ImportRun, RunCounts, RunKind, RunState
from graph_service.store import named_queries as nq
from graph_service.store.named_queries import NamedQuery, NamedWrite, RecordRow, RunRow

SCHEMA_VERSION = 12
REMEMBERED = 8
LEASE = 60_000
LONGEST_REQUEST = 60.0
LONGEST_STUDY = 4 * 3_600.0
"""Seconds a replay of the whole past may keep its View; a request has to be done sooner."""
Row = TypeVar("Row")
Result = TypeVar("Result")
Parameters = Mapping[str, object]


class Transaction(Protocol):
    """One open transaction of an engine."""

    def read(self, query: NamedQuery[Row], parameters: Parameters) -> list[Row]:
        """All rows of a named query, lists as tuples."""
        ...

    def write(self, write: NamedWrite, parameters: Parameters | Sequence[Parameters]) -> int:
        """Runs a named write; returns how many rows or facts it touched."""
        ...


class Engine(Protocol):
    """A dialect: how to reach one database. Raises only errors of `StoreError`."""

    name: str
    facts_at_once: int
    """How many facts an import writes in one transaction; others who write may have to wait that long."""

    def prepare(self, create: bool) -> None:
        """Creates the schema where there is none, or raises StoreUnavailable; never changes an existing one."""
        ...

    def reading(self, longest: float = LONGEST_REQUEST) -> AbstractContextManager[Transaction]:
        """A read transaction on a connection of its own; a server may end it after `longest` seconds."""
        ...

    def writing(self, work: Callable[[Transaction], Result]) -> Result:
        """Runs `work` in one write transaction, which may be tried again on a passing fault."""
        ...

    def journal(self) -> "Engine":
        """Where the audit and the answers given are kept: a file of its own, or the same database."""
        ...

    def purge(self) -> bool:
        """Overwrites what was deleted, on disk too as far as it can; False while somebody reads the old state."""
        ...

    def texts_left(self, texts: Sequence[str]) -> set[str]:
        """Those of these texts that still stand anywhere in it, as bytes of its files or in any property."""
        ...

    def index_state(self) -> str:
        """`online` when the term index answers and agrees with the cases."""
        ...

    def close(self) -> None:
        """Gives the connections back."""
        ...


@dataclass(frozen=True, slots=True)
class Pin:
    """What a View sees: facts known at `as_of`, written by runs up to `run` that are not among `open`.

    `crowd` names the set of people who take part in the Scope's purpose: what is derived from facts holds for it alone.
    """

    as_of: int
    run: int
    open: tuple[int, ...]
    crowd: str


@dataclass(slots=True)
class _Calls:
    """How many store calls a request has made, over all its scopes."""

    made: int = 0


class View:
    """The graph as one Scope may see it, at one moment, within one read transaction."""

    def __init__(self, transaction: Transaction, pin: Pin, scope: Scope, memory: "Memory") -> None:
        self._transaction = transaction
        self._memory = memory
        self._scope = scope
        self._pin = {
            "as_of": pin.as_of,
            "run": pin.run,
            "open": list(pin.open),
            "without": sorted(scope.without),
            "purpose": scope.purpose,
            "viewer": scope.viewer,
            "unit": scope.unit,
            "sources": list(scope.sources),
        }
        self.pin = pin
        self.calls = _Calls()

    @property
    def as_of(self) -> int:
        """The moment this View is pinned to."""
        return self.pin.as_of

    @property
    def scope(self) -> Scope:
        """Whose view this is."""
        return self._scope

    def scoped(self, scope: Scope) -> "View":
        """The same moment, people and transaction under a Scope of the same purpose; store calls count together."""
        other = View(self._transaction, self.pin, scope, self._memory)
        other.calls = self.calls
        return other

    def at(self, as_of: int) -> "View":
        """The same transaction, runs and Scope at an earlier moment."""
        other = View(self._transaction, replace(self.pin, as_of=as_of), self._scope, self._memory)
        other.calls = self.calls
        return other

    def sees(self, shows: FieldClass) -> bool:
        """Whether the Scope reaches anything of a field class."""
        return self._scope.reach.get(shows, Reach.NONE) is not Reach.NONE

    def remembered(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """What the store remembers under a key that says all it depends on but the facts and people seen."""
        return self._memory.recall((key, self.pin.run, self.pin.open, self.pin.crowd, self._scope.without), make)

    def ask(self, query: NamedQuery[Row], **parameters: object) -> list[Row]:
        """The rows of a named query; `parameters` are exactly those of its declaration. None of a class that the Scope
        does not reach; of the house's lists only the kinds whose own class it reaches."""
        if query.shows is not None and not self.sees(query.shows):
            return []
        if "kinds" in parameters and query.row is RecordRow:
            kinds = cast(Sequence[str], parameters["kinds"])
            parameters["kinds"] = [kind for kind in kinds if self.sees(CLASS_OF_KIND[kind])]
        self.calls.made += 1
        return self._transaction.read(query, {**self._pin, **parameters} if query.shows else parameters)


class Memory:
    """A few costly things derived from facts, kept while the store is open; the least lately used go first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Hashable, object] = {}
        self._lock = threading.Lock()

    def recall(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """What is known under the key, made now when it is not."""
        with self._lock:
            found = self._known.pop(key, None)
        if found is None:
            found = make()
        with self._lock:
            self._known[key] = found
            while len(self._known) > self._most:
                del self._known[next(iter(self._known))]
        return cast(Result, found)


class Store:
    """A graph of people and cases behind one engine."""

    def __init__(self, engine: Engine, *, create: bool = True) -> None:
        self._engine = engine
        self._memory = Memory(REMEMBERED)
        engine.prepare(create)
        self._journal = engine.journal()
        with engine.reading() as transaction:
            versions = {row.name: row.value for row in transaction.read(nq.META, {})}
        found = versions.get("schema_version", str(SCHEMA_VERSION))
        if not found.isdecimal() or int(found) > SCHEMA_VERSION:
            raise StoreTooNew("store.too_new", found=found, known=SCHEMA_VERSION)
        if int(found) < SCHEMA_VERSION:
            raise StoreUnavailable("store.too_old", found=found, known=SCHEMA_VERSION)
        self.versions = versions

    @property
    def facts_at_once(self) -> int:
        """How many facts an import should write in one transaction."""
        return self._engine.facts_at_once

    @property
    def name(self) -> str:
        """The engine's name for people."""
        return self._engine.name

    @contextmanager
    def view(
        self, scope: Scope = EVERYTHING, *, as_of: int = NEVER - 1, longest: float = LONGEST_REQUEST
    ) -> Iterator[View]:
        """A View for one request, or for work of up to `longest` seconds; `as_of` defaults to all that is known."""
        with self._engine.reading(longest) as transaction:
            pin = transaction.read(nq.PIN, {"purpose": scope.purpose})[0]  # first: a run that starts now is above it
            open_runs = tuple(run.number for run in transaction.read(nq.UNFINISHED_RUNS, {}))
            yield View(transaction, Pin(as_of, pin.run, open_runs, pin.crowd), scope, self._memory)

    def runs(self, *, before: int = NEVER, limit: int = 20, actor: str = "") -> list[ImportRun]:
        """Runs with a number below `before`, newest first; of one `actor` only, where named."""
        return [run_of(row) for row in self.state(nq.RUNS, before=before, limit=limit, actor=actor)]

    def run(self, number: int) -> ImportRun:
        """One run; raises RunRefused when there is none."""
        with self._engine.reading() as transaction:
            rows = transaction.read(nq.RUN, {"number": number})
        if not rows:
            raise RunRefused("run.unknown", run=number)
        return run_of(rows[0])

    def faults(self, number: int, limit: int = 100) -> list[nq.FaultRow]:
        """The rows a run refused, by file and line."""
        with self._engine.reading() as transaction:
            return transaction.read(nq.FAULTS, {"run": number, "limit": limit})

    def health(self) -> dict[str, list[nq.Count]]:
        """Row counts and null keys, for `doctor`."""
        with self._engine.reading() as transaction:
            return {"counts": transaction.read(nq.COUNTS, {}), "null_keys": transaction.read(nq.NULL_KEYS, {})}

    def index_state(self) -> str:
        """`online` when the term index answers and agrees with the cases."""
        return self._engine.index_state()

    def unfinished(self) -> list[ImportRun]:
        """Runs that are open, whether their owners live or not."""
        with self._engine.reading() as transaction:
            return [run_of(row) for row in transaction.read(nq.UNFINISHED_RUNS, {})]

    def state(self, query: NamedQuery[Row], **parameters: object) -> list[Row]:
        """The rows of a query about the service itself (keys, choices); never of the graph, which a View shows."""
        assert query.shows is None, query.name
        with self._engine.reading() as transaction:
            return transaction.read(query, parameters)

    def journal(self, query: NamedQuery[Row], **parameters: object) -> list[Row]:
        """The rows of a query about the audit and the answers given."""
        with self._journal.reading() as transaction:
            return transaction.read(query, parameters)

    def write_journal(self, work: Callable[[Transaction], Result]) -> Result:
        """One short write transaction in the audit."""
        return self._journal.writing(work)

    def agreements(self) -> list[nq.AgreementRow]:
        """Who agreed to which rule set, in the order of time."""
        with self._engine.reading() as transaction:
            return transaction.read(nq.AGREEMENTS, {})

    def rule_set(self, name: str) -> list[nq.RuleSetRow]:
        """The rule set of a name, or none."""
        with self._engine.reading() as transaction:
            return transaction.read(nq.RULE_SET, {"name": name})

    def rule_sets(self) -> list[nq.RuleSetRow]:
        """All rule sets, in the order they were made."""
        with self._engine.reading() as transaction:
            return transaction.read(nq.RULE_SETS, {})

    def purge(self) -> bool:
        """Overwrites what was deleted, in the store and in the audit; False while somebody reads the old state."""
        purged = self._engine.purge()
        return purged if self._journal is self._engine else self._journal.purge() and purged

    def texts_left(self, texts: Sequence[str]) -> set[str]:
        """Those of these texts that still stand anywhere in the store or in the audit."""
        wanted = [text for text in texts if text]
        return self._engine.texts_left(wanted) | self._journal.texts_left(wanted)

    def set_versions(self, versions: Mapping[str, str]) -> None:
        """Writes versions into the store."""
        rows = [{"name": name, "value": value} for name, value in sorted(versions.items())]
        self.write(lambda transaction: transaction.write(nq.SET_META, rows))
        self.versions = {**self.versions, **versions}

    def write(self, work: Callable[[Transaction], Result]) -> Result:
        """One short write transaction, for the Writer and the clean-up."""
        return self._engine.writing(work)

    def close(self) -> None:
        """Gives all connections back."""
        if self._journal is not self._engine:
            self._journal.close()
        self._engine.close()


def run_of(row: RunRow) -> ImportRun:
    """The noun of a stored run."""
    return ImportRun(
        number=row.number,
        kind=RunKind(row.kind),
        state=RunState(row.state),
        format=row.format,
        file=row.file,
        started_at=row.started_at,
        ended_at=row.ended_at,
        lease_until=row.lease_until,
        owner=row.owner,
        undoes=row.undoes,
        counts=RunCounts(**orjson.loads(row.counts)),
        reasons=orjson.loads(row.reasons),
        first_known_at=row.first_known_at,
        profile=row.profile,
        purposes=row.purposes,
        actor=row.actor,
        mapping=row.mapping,
        shape=row.shape,
        complete_at=row.complete_at,
    )


def new_owner() -> str:
    """A name for this process as the holder of a lease."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
