"""The embedded store: one SQLite file, nothing to install (the only importer of sqlite3)."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import orjson

from graph_service.errors import StoreBusy, StoreError, StoreUnavailable
from graph_service.resources import text_folder
from graph_service.store.base import Parameters, Transaction
from graph_service.store.named_queries import NamedQuery, NamedWrite
from graph_service.store.texts import query_texts

Row = TypeVar("Row")
Result = TypeVar("Result")
_CACHE_KIB = 32_768


class EmbeddedEngine:
    """SQLite in WAL mode: readers never wait, one writer at a time waits at most `busy_seconds`."""

    def __init__(self, path: Path, busy_seconds: float) -> None:
        self.name = f"SQLite {sqlite3.sqlite_version}"
        self._path = path
        self._busy_seconds = busy_seconds
        self._texts = query_texts("embedded", "sql", "--")
        self._writing = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._idle_lock = threading.Lock()
        self._writer: sqlite3.Connection | None = None

    def prepare(self) -> None:
        """Creates folder, file and schema where there is none."""
        with _translated(self._path):
            if self._path.is_dir():
                raise StoreUnavailable("store.is_folder", path=self._path.name)
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = self._connect()
            known = self._writer.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]
            if not known:
                self._create(self._writer)
            elif not self._writer.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'assertion'").fetchone()[0]:
                raise StoreUnavailable("store.foreign", path=self._path.name)

    def _create(self, connection: sqlite3.Connection) -> None:
        for file in sorted((text_folder("schema") / "embedded").glob("*.sql")):
            try:
                connection.executescript(f"BEGIN IMMEDIATE;\n{file.read_text(encoding='utf-8')}\nCOMMIT;")
            except sqlite3.OperationalError as error:
                connection.rollback()
                if "already exists" not in str(error):  # another process was faster
                    raise

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=self._busy_seconds, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        return connection

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A snapshot on a connection borrowed for this request."""
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

    def index_state(self) -> str:
        """`online` when the full-text index passes its own check against the case records."""
        with _translated(self._path), self._writing:
            writer = self._writer = self._writer or self._connect()
            try:
                writer.execute("INSERT INTO case_terms (case_terms, rank) VALUES ('integrity-check', 1)")
            except sqlite3.DatabaseError:
                return "damaged"
            return "online"

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
                touched += self._connection.executemany(statement, [_bound(row) for row in parameters]).rowcount
            else:
                touched += self._connection.execute(statement, _bound(parameters)).rowcount
        return touched


def _bound(parameters: Parameters) -> dict[str, object]:
    return {
        name: orjson.dumps(value).decode() if isinstance(value, list | tuple) else value
        for name, value in parameters.items()
    }


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            raise StoreBusy("store.busy", path=path.name) from error
        if "full" in text:
            raise StoreError("store.full", path=path.name) from error
        if "readonly" in text or "unable to open" in text or "permission" in text:
            raise StoreUnavailable("store.no_rights", path=path.name) from error
        raise
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error) or "malformed" in str(error):
            raise StoreUnavailable("store.foreign", path=path.name) from error
        raise
    except OSError as error:
        raise StoreUnavailable("store.no_rights", path=path.name) from error
