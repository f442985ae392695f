"""The Writer: statements in, facts out, under one run and its lease.

A statement about a subject holds while a live assertion supports it and no live statement about the same subject takes
precedence. Both stores share this code; it decides, the named writes only carry it out.
"""

import enum
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

import orjson

from graph_service.errors import LeaseLost, RunRefused, StoreBusy
from graph_service.model import NEVER, ImportRun, Provenance, RunCounts, RunKind, RunState, month_start
from graph_service.store import named_queries as nq
from graph_service.store.base import LEASE, Store, Transaction, new_owner, run_of
from graph_service.store.named_queries import AssertionRow, NamedWrite

UNDATED = -1
_PART = 2_000
_SUBJECTS = 400
_COUNTS_HELD = 60_000


class Effect(enum.Enum):
    """What taking a statement in did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OLDER = "older"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement as rows of fact tables; `known_at` is the earliest of them."""

    statement: str
    subject: str
    provenance: Provenance
    stated_at: int
    known_at: int
    rows: Mapping[str, Sequence[Mapping[str, object]]]


@dataclass
class _Changes:
    """What one transaction is about to do, kept apart so that it can be tried again."""

    assertions: list[dict[str, object]] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    opened: dict[str, Entry] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)


@dataclass
class _Sums:
    """What one transaction did."""

    added: int = 0
    withdrawn: int = 0
    terms: Counter[tuple[str, int]] = field(default_factory=Counter)
    corpus: Counter[tuple[int, str]] = field(default_factory=Counter)
    first_known_at: int = NEVER


class Writer:
    """Holds one OPEN run; every write renews its lease and stops with LeaseLost when somebody took it."""

    def __init__(self, store: Store, run: ImportRun, wall_clock: Callable[[], int]) -> None:
        self.run = run
        self._store = store
        self._wall_clock = wall_clock
        self._terms: Counter[tuple[str, int]] = Counter()
        self._corpus: Counter[tuple[int, str]] = Counter()
        self.facts_added = 0
        self.facts_withdrawn = 0
        self.first_known_at = NEVER

    def take_in(self, entries: Sequence[Entry]) -> list[Effect]:
        """Takes statements in, in one transaction; an effect per entry, in order."""
        effects, sums = self._store.write(lambda transaction: self._take_in(transaction, entries))
        self._add_up(sums)
        return effects

    def _take_in(self, transaction: Transaction, entries: Sequence[Entry]) -> tuple[list[Effect], _Sums]:
        self._renew(transaction)
        live: dict[str, list[AssertionRow]] = {}
        for row in transaction.read(nq.ASSERTIONS, {"subjects": sorted({entry.subject for entry in entries})}):
            live.setdefault(row.subject, []).append(row)
        changes = _Changes()
        for entry in entries:
            changes.effects.append(self._weigh(entry, live.setdefault(entry.subject, []), changes))
        return changes.effects, self._carry_out(transaction, changes)

    def _weigh(self, entry: Entry, live: list[AssertionRow], changes: _Changes) -> Effect:
        """Decides what an entry does beside the live assertions about its subject, and notes it in `changes`."""
        run = self.run.number
        assertion = AssertionRow(
            entry.statement, entry.subject, run, *_place(entry.provenance), entry.known_at, entry.stated_at
        )
        own = [row for row in live if row.run_in == run]
        if any(row.statement == entry.statement and row.stated_at >= entry.stated_at for row in own):
            return Effect.UNCHANGED
        if entry.stated_at == UNDATED and own:
            return Effect.REPEATED
        before = max(live, key=self._precedence) if live else None
        live.append(assertion)
        changes.assertions.append({**assertion._asdict(), "run_out": NEVER})
        if before is None:
            changes.opened[entry.subject] = entry
            return Effect.NEW
        if before.statement == entry.statement:
            return Effect.UNCHANGED
        if self._precedence(assertion) < self._precedence(before):
            return Effect.OLDER
        if entry.statement in changes.closed:  # back to what held before this transaction
            changes.closed.discard(entry.statement)
            del changes.opened[entry.subject]
            return Effect.CHANGED
        if entry.subject not in changes.opened:
            changes.closed.add(before.statement)
        changes.opened[entry.subject] = entry
        return Effect.CHANGED

    def _precedence(self, row: AssertionRow) -> tuple[int, int, str]:
        """Newest source stamp first, then the larger hash; undated rows by import, then run."""
        if row.stated_at == UNDATED:
            return (max(row.known_at, 0), row.run_in, row.statement)
        return (row.stated_at, 0, row.statement)

    def _carry_out(self, transaction: Transaction, changes: _Changes) -> _Sums:
        sums = _Sums()
        if changes.closed:
            self._close(transaction, changes.closed, sums)
        rows: dict[str, list[Mapping[str, object]]] = {}
        for entry in changes.opened.values():
            sums.first_known_at = min(sums.first_known_at, entry.known_at)
            for table, facts in entry.rows.items():
                rows.setdefault(table, []).extend(facts)
        for table, write in nq.ADD_FACTS.items():
            if table in rows:
                facts = [{**fact, "run_in": self.run.number, "run_out": NEVER} for fact in rows[table]]
                transaction.write(write, facts)
                sums.added += len(facts)
        for fact in rows.get("case_record", ()):
            _count_terms(sums, fact, 1)
        if changes.assertions:
            transaction.write(nq.ADD_ASSERTIONS, changes.assertions)
        return sums

    def _close(self, transaction: Transaction, statements: Iterable[str], sums: _Sums) -> None:
        closing = sorted(statements)
        for row in transaction.read(nq.STATEMENT_TERMS, {"statements": closing}):
            _count_terms(sums, row._asdict(), -1)
            sums.first_known_at = min(sums.first_known_at, row.opened_at)
        parameters = {"statements": closing, "run": self.run.number, "dated": 1}
        sums.withdrawn += transaction.write(nq.CLOSE_STATEMENTS, parameters)

    def undo(self, undone: ImportRun) -> None:
        """Withdraws everything a run asserted; what it had replaced holds again, what others confirm stays."""
        after = ""
        while True:
            done = self._store.write(lambda transaction, after=after: self._undo_part(transaction, undone, after))  # type: ignore[misc]
            self._add_up(done[1])
            if not done[0]:
                return
            after = done[0]

    def _undo_part(self, transaction: Transaction, undone: ImportRun, after: str) -> tuple[str, _Sums]:
        self._renew(transaction)
        sums = _Sums()
        page = {"run": undone.number, "after": after, "limit": _SUBJECTS}
        subjects = [row.subject for row in transaction.read(nq.SUBJECTS_OF_RUN, page)]
        if not subjects:
            return "", sums
        closing: list[str] = []
        reopening: list[dict[str, object]] = []
        redating: list[dict[str, object]] = []
        started: dict[int, int] = {}
        for rows in _by_subject(transaction.read(nq.ASSERTIONS, {"subjects": subjects})):
            before = max(rows, key=self._precedence)
            rest = [row for row in rows if row.run_in != undone.number]
            now = max(rest, key=self._precedence) if rest else None
            if now is None or now.statement != before.statement:
                closing.append(before.statement)
                sums.first_known_at = min(sums.first_known_at, before.known_at)
            if now is None:
                continue
            first = min(row.run_in for row in rest if row.statement == now.statement)
            if first not in started:
                started[first] = transaction.read(nq.RUN, {"number": first})[0].started_at
            again = {"statement": now.statement, "known_at": started[first], "run": self.run.number}
            if now.statement != before.statement:
                reopening.append({**again, "dated": 1})
                sums.first_known_at = min(sums.first_known_at, now.known_at)
            elif first > undone.number:
                redating.append({**again, "dated": 0})
        self._move(transaction, closing, reopening, redating, sums)
        transaction.write(
            nq.WITHDRAW_ASSERTIONS, {"withdrawn": undone.number, "subjects": subjects, "run": self.run.number}
        )
        return subjects[-1], sums

    def _move(
        self,
        transaction: Transaction,
        closing: list[str],
        reopening: list[dict[str, object]],
        redating: list[dict[str, object]],
        sums: _Sums,
    ) -> None:
        if closing:
            self._close(transaction, closing, sums)
        if redating:
            undated = {"statements": [row["statement"] for row in redating], "run": self.run.number, "dated": 0}
            transaction.write(nq.CLOSE_STATEMENTS, undated)
            transaction.write(nq.REOPEN_STATEMENTS, redating)
        if reopening:
            sums.added += transaction.write(nq.REOPEN_STATEMENTS, reopening)
            statements = [row["statement"] for row in reopening]
            for row in transaction.read(nq.STATEMENT_TERMS, {"statements": statements}):
                _count_terms(sums, row._asdict(), 1)

    def keep_faults(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Keeps refused rows beside the run."""
        self._store.write(lambda transaction: transaction.write(nq.ADD_FAULTS, rows))

    def commit(self, counts: RunCounts, reasons: Mapping[str, int], ended_at: int) -> ImportRun:
        """Makes everything of this run visible at once."""
        self._flush_counts()
        return self._finish(RunState.COMMITTED, counts, reasons, ended_at)

    def roll_back(self, counts: RunCounts, reasons: Mapping[str, int], ended_at: int, *, forget: bool) -> ImportRun:
        """Takes everything back; `forget` removes the run itself too (a dry run)."""
        take_back(self._store, self.run.number, self._renew)
        if forget:
            self._store.write(lambda transaction: transaction.write(nq.FORGET_RUN, {"number": self.run.number}))
            return self.run
        return self._finish(RunState.FAILED, counts, reasons, ended_at)

    def _finish(self, state: RunState, counts: RunCounts, reasons: Mapping[str, int], ended_at: int) -> ImportRun:
        parameters = {
            "number": self.run.number,
            "owner": self.run.owner,
            "state": state.value,
            "ended_at": ended_at,
            "counts": orjson.dumps(asdict(counts)).decode(),
            "reasons": orjson.dumps(dict(reasons), option=orjson.OPT_SORT_KEYS).decode(),
            "first_known_at": self.first_known_at,
        }

        def work(transaction: Transaction) -> None:
            if transaction.write(nq.FINISH_RUN, parameters) != 1:
                raise LeaseLost("run.lease_lost", run=self.run.number)
            if self.run.undoes is not None and state is RunState.COMMITTED:
                transaction.write(nq.MARK_UNDONE, {"number": self.run.undoes})

        self._store.write(work)
        return self._store.run(self.run.number)

    def _renew(self, transaction: Transaction) -> None:
        lease = {
            "number": self.run.number,
            "owner": self.run.owner,
            "lease_until": self._wall_clock() + LEASE,
        }
        if transaction.write(nq.RENEW_LEASE, lease) != 1:
            raise LeaseLost("run.lease_lost", run=self.run.number)

    def _add_up(self, sums: _Sums) -> None:
        self.facts_added += sums.added
        self.facts_withdrawn += sums.withdrawn
        self.first_known_at = min(self.first_known_at, sums.first_known_at)
        self._terms.update(sums.terms)
        self._corpus.update(sums.corpus)
        if len(self._terms) > _COUNTS_HELD:
            self._flush_counts()

    def _flush_counts(self) -> None:
        run = self.run.number
        counted = sorted((key, cases) for key, cases in self._terms.items() if cases)
        months = sorted({month for month, _ in self._corpus})
        corpus = [
            {"month": m, "run": run, "cases": self._corpus[m, "cases"], "length": self._corpus[m, "length"]}
            for m in months
        ]
        self._terms.clear()
        self._corpus.clear()
        for start in range(0, len(counted), _PART * 5):
            part = [
                {"term": term, "month": month, "run": run, "cases": cases}
                for (term, month), cases in counted[start : start + _PART * 5]
            ]
            self._write_renewed(nq.ADD_TERM_COUNTS, part)
        if corpus:
            self._write_renewed(nq.ADD_CORPUS_COUNTS, corpus)

    def _write_renewed(self, write: NamedWrite, rows: Sequence[Mapping[str, object]]) -> None:
        """Writes rows in one transaction that renews the lease."""

        def work(transaction: Transaction) -> None:
            self._renew(transaction)
            transaction.write(write, rows)

        self._store.write(work)


def open_writer(store: Store, run: ImportRun, wall_clock: Callable[[], int]) -> Writer:
    """Starts `run` under the next number after cleaning up runs whose lease has run out.

    Raises StoreBusy while another run is alive; RunRefused when there is nothing to undo.
    """
    clean_up(store, wall_clock())

    def work(transaction: Transaction) -> ImportRun:
        alive = transaction.read(nq.UNFINISHED_RUNS, {})
        if alive:
            seconds = max(1, (alive[0].lease_until - wall_clock()) // 1000 + 1)
            raise StoreBusy("store.import_running", run=alive[0].number, seconds=seconds)
        if run.undoes is not None:
            _check_undoable(transaction, run.undoes)
        number = transaction.read(nq.NEWEST_RUN, {})[0].rows + 1
        fresh = {
            "number": number,
            "kind": run.kind.value,
            "format": run.format,
            "file": run.file,
            "started_at": run.started_at,
            "lease_until": wall_clock() + LEASE,
            "owner": run.owner,
            "undoes": run.undoes,
        }
        transaction.write(nq.START_RUN, fresh)
        started = run_of(transaction.read(nq.RUN, {"number": number})[0])
        if started.owner != run.owner:
            raise StoreBusy("store.import_running", run=number, seconds=LEASE // 1000)
        return started

    return Writer(store, store.write(work), wall_clock)


def new_run(kind: RunKind, format_name: str, file: str, started_at: int, undoes: int | None = None) -> ImportRun:
    """A run that has no number yet."""
    return ImportRun(0, kind, RunState.OPEN, format_name, file, started_at, None, 0, new_owner(), undoes, RunCounts())


def clean_up(store: Store, now: int) -> list[int]:
    """Takes runs back whose lease has run out; returns their numbers."""
    dead = [run for run in store.unfinished() if run.lease_until < now]
    for run in dead:
        owner = new_owner()
        seize = {"number": run.number, "owner": owner, "lease_until": now + LEASE, "now": now}
        if store.write(lambda transaction, seize=seize: transaction.write(nq.SEIZE_RUN, seize)) != 1:  # type: ignore[misc]
            continue
        take_back(store, run.number, lambda transaction: None)
        failed = {
            "number": run.number,
            "owner": owner,
            "state": RunState.FAILED.value,
            "ended_at": now,
            "counts": orjson.dumps(asdict(RunCounts())).decode(),
            "reasons": orjson.dumps({"run.cleaned_up": 1}).decode(),
            "first_known_at": NEVER,
        }
        store.write(lambda transaction, failed=failed: transaction.write(nq.FINISH_RUN, failed))  # type: ignore[misc]
    return [run.number for run in dead]


def take_back(store: Store, run: int, renew: Callable[[Transaction], None]) -> None:
    """Removes all that an unfinished run did, in parts."""

    for write, limit in ((nq.TAKE_BACK, _PART), (nq.TAKE_BACK_TERMS, _PART * 10)):

        def work(transaction: Transaction, write: NamedWrite = write, limit: int = limit) -> int:
            renew(transaction)
            return transaction.write(write, {"run": run, "limit": limit})

        while store.write(work):
            pass


def _check_undoable(transaction: Transaction, number: int) -> None:
    rows = transaction.read(nq.RUN, {"number": number})
    if not rows:
        raise RunRefused("run.unknown", run=number)
    if rows[0].kind != RunKind.IMPORT or rows[0].state != RunState.COMMITTED:
        raise RunRefused("run.not_undoable", run=number, state=rows[0].state, kind=rows[0].kind)


def _count_terms(sums: _Sums, fact: Mapping[str, object], sign: int) -> None:
    month = month_start(int(str(fact["opened_at"])))
    for term in str(fact["terms"]).split():
        sums.terms[term, month] += sign
    sums.corpus[month, "cases"] += sign
    sums.corpus[month, "length"] += sign * int(str(fact["length"]))


def _by_subject(rows: Iterable[AssertionRow]) -> list[list[AssertionRow]]:
    found: dict[str, list[AssertionRow]] = {}
    for row in rows:
        found.setdefault(row.subject, []).append(row)
    return list(found.values())


def _place(provenance: Provenance) -> tuple[str, int]:
    return provenance.file, provenance.line
