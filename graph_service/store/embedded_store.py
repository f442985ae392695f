"""The embedded store: one SQLite file, nothing to install (the only importer of sqlite3)."""

import contextlib
import os
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import orjson

from graph_service.errors import NO_SPACE, StoreBusy, StoreError, StoreUnavailable
from graph_service.resources import text_folder
from graph_service.store.base import LONGEST_REQUEST, Parameters, Transaction
from graph_service.store.byte_search import texts_in
from graph_service.store.named_queries import NamedQuery, NamedWrite
from graph_service.store.texts import query_texts

Row = TypeVar("Row")
Result = TypeVar("Result")
_FACTS_AT_ONCE = 12_000
"""Keys are hashes, so fewer and larger transactions write the same pages less often; memory sets the end."""
_CACHE_KIB = 32_768
_PAGE_BYTES = 8_192
"""Keys are hashes, so a transaction touches most pages of their indexes: half as many of twice the size cost less."""
_LOG_PAGES = 8_000
"""An import comes back to the same pages: the later the log is written back, the fewer of them."""
_PAUSE = 0.01
_PARAMETER = re.compile(r":([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Schema:
    """The folder of a schema's texts and the tables that mark a file of its own."""

    folder: str
    marks: frozenset[str]


_STORE = Schema("embedded", frozenset({"meta", "run", "assertion"}))
_AUDIT = Schema("embedded_audit", frozenset({"audit_entry", "decision"}))


class EmbeddedEngine:
    """SQLite in WAL mode: readers never wait, one writer at a time waits at most `busy_seconds`."""

    def __init__(self, path: Path, busy_seconds: float, schema: Schema = _STORE) -> None:
        self.name = f"SQLite {sqlite3.sqlite_version}"
        self.facts_at_once = _FACTS_AT_ONCE
        self._path = path
        self._schema = schema
        self._busy_seconds = busy_seconds
        self._texts = query_texts("embedded", "sql", "--")
        self._writing = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._idle_lock = threading.Lock()
        self._writer: sqlite3.Connection | None = None

    def prepare(self, create: bool) -> None:
        """Creates folder, file and schema where there is none and `create` says so."""
        with _translated(self._path):
            if self._path.is_dir():
                raise StoreUnavailable("store.is_folder", path=self._path.name)
            if self._path.exists():
                self._check_own(create)
            elif create:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._path.touch(mode=0o600)  # people's work is nobody else's business on this machine
            else:
                raise StoreUnavailable("store.missing", path=self._path.name)
            self._writer = self._connect()
            if not self._writer.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
                self._create(self._writer)

    def _check_own(self, create: bool) -> None:
        """Looks without touching: a store of ours, or an empty file where one may be made; anything else is refused."""
        if not self._path.is_file():
            raise StoreUnavailable("store.foreign", path=self._path.name)
        if not self._path.stat().st_size:
            if not create:
                raise StoreUnavailable("store.missing", path=self._path.name)
            return
        with contextlib.closing(sqlite3.connect(self._uri("ro"), uri=True, timeout=self._busy_seconds)) as probe:
            names = {row[0] for row in probe.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if names and not self._schema.marks <= names:
            raise StoreUnavailable("store.foreign", path=self._path.name)

    def _uri(self, mode: str) -> str:
        return f"file:///{quote(os.fsencode(self._path.absolute()).lstrip(b'/'))}?mode={mode}"

    def _create(self, connection: sqlite3.Connection) -> None:
        for file in sorted((text_folder("schema") / self._schema.folder).glob("*.sql")):
            try:
                connection.executescript(f"BEGIN IMMEDIATE;\n{file.read_text(encoding='utf-8')}\nCOMMIT;")
            except sqlite3.OperationalError as error:
                connection.rollback()
                if "already exists" not in str(error):  # another process was faster
                    raise

    def _connect(self, mode: str = "rw") -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._uri(mode), uri=True, timeout=self._busy_seconds, isolation_level=None, check_same_thread=False
        )
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        self._set_up_log(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten, not only forgotten
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
        return connection

    def _set_up_log(self, connection: sqlite3.Connection) -> None:
        """Puts the file into WAL mode; where several processes do that to a new file at once, SQLite refuses all but
        one without waiting."""
        until = time.monotonic() + self._busy_seconds
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() >= until:
                    raise
                time.sleep(_PAUSE)

    @contextmanager
    def reading(self, longest: float = LONGEST_REQUEST) -> Iterator[Transaction]:
        """A snapshot on a connection borrowed for this request, as long as it takes: it keeps nobody waiting."""
        with _translated(self._path):
            with self._idle_lock:
                connection = self._idle.pop() if self._idle else None
            connection = connection or self._connect()
            try:
                connection.execute("BEGIN")
                yield _EmbeddedTransaction(connection, self._texts)
            finally:
                connection.rollback()
                with self._idle_lock:
                    self._idle.append(connection)

    def writing(self, work: Callable[[Transaction], Result]) -> Result:
        """One write transaction; all or nothing, on disk when it returns."""
        with _translated(self._path), self._writing:
            writer = self._writer = self._writer or self._connect()
            writer.execute("BEGIN IMMEDIATE")
            try:
                result = work(_EmbeddedTransaction(writer, self._texts))
                writer.execute("COMMIT")
            except BaseException:
                writer.rollback()
                raise
            return result

    def journal(self) -> "EmbeddedEngine":
        """A file of its own beside the store, so that answers never wait for an import."""
        engine = EmbeddedEngine(self._path.with_name(f"{self._path.name}.audit"), self._busy_seconds, _AUDIT)
        engine.prepare(create=True)
        return engine

    def index_state(self) -> str:
        """`online` when the full-text index passes its own check against the case records."""
        with _translated(self._path), self._writing:
            writer = self._writer = self._writer or self._connect()
            try:
                writer.execute("INSERT INTO case_terms (case_terms, rank) VALUES ('integrity-check', 1)")
                whole = writer.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            except sqlite3.DatabaseError as error:
                if "locked" in str(error):
                    raise
                return "damaged"
            return "online" if whole else "damaged"

    def purge(self) -> bool:
        """Rebuilds the term index, writes the whole file anew, and empties the write-ahead log."""
        with _translated(self._path), self._writing:
            writer = self._writer = self._writer or self._connect()
            if self._schema is _STORE:
                writer.execute("INSERT INTO case_terms (case_terms) VALUES ('rebuild')")
            try:
                writer.execute("VACUUM")
                return bool(writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
            except sqlite3.OperationalError as error:
                if "locked" in str(error) or "busy" in str(error):
                    return False
                raise

    def texts_left(self, texts: Sequence[str]) -> set[str]:
        """By a search through the bytes of the file and of its log."""
        found: set[str] = set()
        with _translated(self._path):
            for path in (self._path, self._path.with_name(f"{self._path.name}-wal")):
                if path.exists():
                    found |= texts_in(path, texts)
        return found

    def close(self) -> None:
        """Closes the idle connections and the writer."""
        with self._idle_lock:
            for connection in (*self._idle, *((self._writer,) if self._writer else ())):
                connection.close()
            self._idle.clear()
            self._writer = None


class _EmbeddedTransaction:
    def __init__(self, connection: sqlite3.Connection, texts: dict[str, tuple[str, ...]]) -> None:
        self._connection = connection
        self._texts = texts

    def read(self, query: NamedQuery[Row], parameters: Parameters) -> list[Row]:
        cursor = self._connection.execute(self._texts[query.name][0], _bound(parameters))
        make = query.row._make  # type: ignore[attr-defined]
        lists = query.list_columns
        if not lists:
            return [make(row) for row in cursor]
        return [
            make(tuple(orjson.loads(cell)) if place in lists else cell for place, cell in enumerate(row))
            for row in cursor
        ]

    def write(self, write: NamedWrite, parameters: Parameters | Sequence[Parameters]) -> int:
        touched = 0
        for statement in self._texts[write.name]:
            if isinstance(parameters, Sequence):
                text, cells = _by_place(statement)
                touched += self._connection.executemany(text, map(cells, _bound_rows(parameters))).rowcount
            else:
                touched += self._connection.execute(statement, _bound(parameters)).rowcount
        return touched


@cache
def _by_place(statement: str) -> tuple[str, Callable[[Parameters], tuple[object, ...]]]:
    """The statement with its parameters by place, cheaper than by name for many rows, and what lays a row out so."""
    first, *others = _PARAMETER.findall(statement)
    cells = itemgetter(first, *others) if others else lambda row: (row[first],)
    return _PARAMETER.sub("?", statement), cells


def _bound_rows(rows: Sequence[Parameters]) -> Sequence[Parameters]:
    """Rows of one table have lists in the same columns, so the first one tells whether any needs binding."""
    lists = rows and any(isinstance(value, list | tuple) for value in rows[0].values())
    return [_bound(row) for row in rows] if lists else rows


def _bound(parameters: Parameters) -> dict[str, object]:
    return {
        name: orjson.dumps(value).decode() if isinstance(value, list | tuple) else value
        for name, value in parameters.items()
    }


_TELLING: tuple[tuple[str, type[StoreError], str], ...] = (
    ("locked", StoreBusy, "store.busy"),
    ("busy", StoreBusy, "store.busy"),
    ("full", StoreError, "store.full"),
    ("readonly", StoreUnavailable, "store.no_rights"),
    ("unable to open", StoreUnavailable, "store.no_rights"),
    ("disk I/O error", StoreUnavailable, "store.no_rights"),
    ("not a database", StoreUnavailable, "store.foreign"),
    ("malformed", StoreUnavailable, "store.damaged"),
    ("no such table", StoreUnavailable, "store.foreign"),
)
"""What SQLite's own words mean for people."""


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        for words, kind, code in _TELLING:
            if words in str(error):
                raise kind(code, path=path.name) from error
        raise
    except OSError as error:
        if error.errno in NO_SPACE:
            raise StoreError("store.full", path=path.name) from error
        raise StoreUnavailable("store.no_rights", path=path.name) from error
