"""The production store: Neo4j 5.26 or newer by URI (the only importer of neo4j)."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

import neo4j
from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError, TransientError

from graph_service.errors import StoreBusy, StoreError, StoreUnavailable
from graph_service.resources import text_folder
from graph_service.store import named_queries as nq
from graph_service.store.base import LONGEST_REQUEST, SCHEMA_VERSION, Parameters, Transaction
from graph_service.store.named_queries import NamedQuery, NamedWrite
from graph_service.store.texts import query_texts, statements

Row = TypeVar("Row")
Result = TypeVar("Result")
_FACTS_AT_ONCE = 4_000
"""A server is asked by many: larger transactions cost an import less, but other writes wait for seconds."""
_POOL = 50
_INDEX_WAIT = 120
logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what went wrong is told by our own errors
logging.getLogger("neo4j").setLevel(logging.WARNING)  # below it the driver logs what is asked and answered


_SCAN = """WITH n UNWIND keys(n) AS key WITH n[key] AS value
WITH CASE WHEN value IS :: STRING THEN [value] WHEN value IS :: LIST<STRING NOT NULL> THEN value ELSE [] END AS values
UNWIND values AS value UNWIND $texts AS text WITH value, text WHERE value CONTAINS text
RETURN collect(DISTINCT text) AS rows"""
_SCAN_NODES = f"MATCH (n) {_SCAN}"
_SCAN_RELATIONSHIPS = f"MATCH ()-[n]->() {_SCAN}"


class Neo4jEngine:
    """A bounded pool of connections; reads follow writes by bookmarks; every wait ends after `timeout` seconds."""

    def __init__(self, uri: str, login: tuple[str, str] | None, database: str, timeout: float) -> None:
        self.name = "Neo4j"
        self.facts_at_once = _FACTS_AT_ONCE
        self._database = database
        self._texts = query_texts("neo4j", "cypher", "//")
        try:
            self._address = urlsplit(uri).netloc.rpartition("@")[2]
            self._driver = neo4j.GraphDatabase.driver(
                uri,
                auth=login,
                connection_timeout=timeout,
                connection_acquisition_timeout=timeout,
                max_transaction_retry_time=timeout,
                max_connection_pool_size=_POOL,
                notifications_min_severity="OFF",
                user_agent="expert-graph",
            )
        except (ConfigurationError, ValueError):
            raise StoreUnavailable("store.bad_url") from None
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()

    def prepare(self, create: bool) -> None:
        """Creates constraints and indexes where there is no schema version yet and `create` says so."""
        with self._translated(), self._session(neo4j.WRITE_ACCESS) as session:
            if session.execute_read(lambda transaction: _rows(transaction.run(self._texts[nq.META.name][0]))):
                return
            if not create:
                raise StoreUnavailable("store.missing", path=self._address)
            for file in sorted((text_folder("schema") / "neo4j").glob("*.cypher")):
                for statement in statements(file.read_text(encoding="utf-8"), "//"):
                    _make(session, statement)
            session.run("CALL db.awaitIndexes($seconds)", seconds=_INDEX_WAIT).consume()
            version = [{"name": "schema_version", "value": str(SCHEMA_VERSION)}]
            session.execute_write(
                lambda transaction: transaction.run(self._texts[nq.SET_META.name][0], rows=version).consume()
            )

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(
            database=self._database, default_access_mode=access, bookmark_manager=self._bookmarks
        )

    @contextmanager
    def reading(self, longest: float = LONGEST_REQUEST) -> Iterator[Transaction]:
        """One read transaction for a request."""
        with (
            self._translated(),
            self._session(neo4j.READ_ACCESS) as session,
            session.begin_transaction(timeout=longest) as transaction,
        ):
            yield _Neo4jTransaction(transaction, self._texts)

    def writing(self, work: Callable[[Transaction], Result]) -> Result:
        """A managed write transaction; the driver tries again on a passing fault."""
        with self._translated(), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(lambda transaction: work(_Neo4jTransaction(transaction, self._texts)))

    def journal(self) -> "Neo4jEngine":
        """The same database."""
        return self

    def purge(self) -> bool:
        """Nothing to do from here: the database reuses its space, its transaction logs go by their retention."""
        return True

    def texts_left(self, texts: Sequence[str]) -> set[str]:
        """By a scan of all properties of all nodes and relationships."""
        found: set[str] = set()
        with self._translated(), self._session(neo4j.READ_ACCESS) as session:
            for scan in (_SCAN_NODES, _SCAN_RELATIONSHIPS):
                record = session.run(scan, texts=list(texts)).single(strict=True)
                found |= set(record["rows"])
        return found

    def index_state(self) -> str:
        """`online` when the full-text index is."""
        with self._translated(), self._session(neo4j.READ_ACCESS) as session:
            states = session.execute_read(
                lambda transaction: [
                    record["state"]
                    for record in transaction.run("SHOW FULLTEXT INDEXES YIELD name, state WHERE name = 'case_terms'")
                ]
            )
        return states[0].casefold() if states else "missing"

    def close(self) -> None:
        """Closes the pool."""
        self._driver.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except AuthError:
            raise StoreUnavailable("store.login") from None
        except TransientError as error:
            raise StoreBusy("store.busy", path=self._address) from error
        except DriverError as error:
            raise StoreUnavailable("store.unreachable", address=self._address) from error
        except Neo4jError as error:
            if error.is_retryable():
                raise StoreUnavailable("store.unreachable", address=self._address) from error
            if "Database" in (error.code or ""):
                raise StoreUnavailable("store.no_database", database=self._database) from error
            raise StoreError("store.failed", reason=error.code) from error


class _Neo4jTransaction:
    def __init__(
        self, transaction: neo4j.Transaction | neo4j.ManagedTransaction, texts: dict[str, tuple[str, ...]]
    ) -> None:
        self._transaction = transaction
        self._texts = texts

    def read(self, query: NamedQuery[Row], parameters: Parameters) -> list[Row]:
        found = _rows(self._transaction.run(self._texts[query.name][0], dict(parameters)))
        make = query.row._make  # type: ignore[attr-defined]
        lists = query.list_columns
        if not lists:
            return [make(row) for row in found]
        return [make(tuple(cell) if place in lists else cell for place, cell in enumerate(row)) for row in found]

    def write(self, write: NamedWrite, parameters: Parameters | Sequence[Parameters]) -> int:
        given = {"rows": [dict(row) for row in parameters]} if isinstance(parameters, Sequence) else dict(parameters)
        touched = 0
        for statement in self._texts[write.name]:
            record = self._transaction.run(statement, given).single()
            touched += record[0] if record is not None else 0
        return touched


def _make(session: neo4j.Session, statement: str) -> None:
    """Makes a constraint or an index; that another process makes it at the same moment is as good."""
    try:
        session.execute_write(lambda transaction: transaction.run(statement).consume())
    except Neo4jError as error:
        if not (error.code or "").endswith("AlreadyExists"):
            raise


def _rows(result: neo4j.Result) -> list[list[Any]]:
    """The one record of a read: collected rows; none when a query found nothing to collect over."""
    record = result.single()
    return record[0] if record is not None else []
