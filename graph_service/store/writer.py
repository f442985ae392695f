"""The Writer: statements in, facts out, under one run and its lease.

A statement about a subject holds while a live assertion supports it, until another about the same subject takes its
place (`timeline.py`). Both stores share this code; it decides, the named writes only carry it out.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import NamedTuple

import orjson

from graph_service.errors import LeaseLost, StoreError
from graph_service.model import NEVER, ImportRun, RowFault, RunCounts, RunState, beside, deterministic_id, month_start
from graph_service.store import named_queries as nq
from graph_service.store.base import LEASE, Store, Transaction
from graph_service.store.entries import UNDATED, Conflict, Effect, Entry
from graph_service.store.named_queries import AssertionRow, NamedWrite, grouped, in_parts
from graph_service.store.participation import settle
from graph_service.store.timeline import (
    Span,
    Spans,
    contested_by,
    is_as_before,
    left_without,
    may_end,
    precedence,
    spans_of,
)

_PART = 2_000
_SUBJECTS = 400
_COUNTS_HELD = 60_000
_ACCOUNTS_HELD = 100_000
_KEYS = frozenset({"id", "case_id", "account", "person", "skill", "other_id", "statement"})
_KEYS_OF = {table: tuple(_KEYS.intersection(write.parameters)) for table, write in nq.ADD_FACTS.items()}
"""What is never empty in the rows of a table."""


@dataclass
class _Changes:
    """What one transaction is about to do, kept apart so that it can be tried again.

    `before` are the live assertions about each subject that had some, `after` those about each that is touched; `told`
    are the entries by statement whose facts no live assertion supported before.
    """

    assertions: list[AssertionRow] = field(default_factory=list)
    before: dict[str, tuple[AssertionRow, ...]] = field(default_factory=dict)
    after: dict[str, list[AssertionRow]] = field(default_factory=dict)
    told: dict[str, Entry] = field(default_factory=dict)
    accounts: set[str] = field(default_factory=set)
    contested: list[RowFault] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)


class _Moved(NamedTuple):
    """A statement whose time changes; without a span it holds at no moment."""

    statement: str
    was: Spans
    now: Spans


@dataclass
class _Sums:
    """What one transaction did."""

    added: int = 0
    withdrawn: int = 0
    terms: Counter[tuple[str, int]] = field(default_factory=Counter)
    corpus: Counter[tuple[int, str]] = field(default_factory=Counter)
    first_known_at: int = NEVER
    conflicts: list[Conflict] = field(default_factory=list)
    contested: Sequence[RowFault] = ()
    repeated: Sequence[str] = ()
    again: dict[str, int] = field(default_factory=dict)
    lost: dict[int, set[str]] = field(default_factory=dict)


class Writer:
    """Holds one OPEN run; every write renews its lease and stops with LeaseLost when somebody took it."""

    def __init__(self, store: Store, run: ImportRun, wall_clock: Callable[[], int]) -> None:
        self.run = run
        self._store = store
        self._wall_clock = wall_clock
        self._terms: Counter[tuple[str, int]] = Counter()
        self._corpus: Counter[tuple[int, str]] = Counter()
        self._accounts: set[str] = set()
        self._persons: dict[str, str] = {}
        self.facts_added = 0
        self.facts_withdrawn = 0
        self.first_known_at = NEVER
        self.conflicts: list[Conflict] = []
        self.contested: list[RowFault] = []
        self.repeated: list[str] = []
        self.told_again: dict[str, int] = {}
        self.lost_endings: dict[int, set[str]] = {}

    @property
    def known_accounts(self) -> Collection[str]:
        """Accounts that this run has already said exist."""
        return self._accounts

    def other_names(self, accounts: Sequence[str]) -> dict[str, list[str]]:
        """What these accounts are called now, and were called before this run."""
        found = self._store.state(nq.NAMES_OF_ACCOUNTS, accounts=sorted(accounts), run=self.run.number)
        return {
            account: [row.name for row in rows] for account, rows in grouped(found, lambda row: row.account).items()
        }

    def take_in(self, rows: Sequence[Sequence[Entry]]) -> list[list[Effect]]:
        """Takes the statements of source rows in, in one transaction; an effect per entry, in order.

        A row whose first statement is REPEATED is left out as a whole, and only that effect is returned for it.
        """
        effects, sums, accounts = self._store.write(lambda transaction: self._take_in(transaction, rows))
        self._add_up(sums)
        self._accounts |= accounts
        if len(self._accounts) > _ACCOUNTS_HELD:  # they are mentioned, and looked up, again
            self._accounts.clear()
            self._persons.clear()
        return effects

    def take_in_at_once(self, transaction: Transaction, rows: Sequence[Sequence[Entry]]) -> int:
        """The same inside of a transaction that does more; returns how many facts it added."""
        return self._take_in(transaction, rows)[1].added

    def _take_in(
        self, transaction: Transaction, rows: Sequence[Sequence[Entry]]
    ) -> tuple[list[list[Effect]], _Sums, set[str]]:
        self._renew(transaction)
        self._look_up_persons(transaction, rows)
        subjects = {entry.subject for row in rows for entry in row if entry.subject not in self._accounts}
        live = grouped(transaction.read(nq.ASSERTIONS, {"subjects": sorted(subjects)}), lambda row: row.subject)
        changes = _Changes(before={subject: tuple(found) for subject, found in live.items()})

        def weighed(entry: Entry) -> Effect:
            return self._weigh(entry, live.setdefault(entry.subject, []), changes)

        effects: list[list[Effect]] = []
        for row in rows:
            first = weighed(row[0])
            effects.append([first] if first is Effect.REPEATED else [first, *map(weighed, row[1:])])
            again = [entry for entry, effect in zip(row, effects[-1], strict=False) if effect is Effect.REPEATED]
            if again:
                before = live[again[0].subject][-1]
                changes.repeated.append(f"{before.file}, {before.line}")
        return effects, self._carry_out(transaction, changes), changes.accounts

    def _look_up_persons(self, transaction: Transaction, rows: Sequence[Sequence[Entry]]) -> None:
        """Finds out whom the accounts that these rows mention mean by now, where the store has them."""
        mentioned = sorted({entry.statement for row in rows for entry in row if entry.is_account})
        if mentioned:
            found = transaction.read(nq.PERSONS_OF_ACCOUNTS, {"accounts": mentioned})
            self._persons.update({row.account: row.person for row in found})

    def _weigh(self, entry: Entry, live: list[AssertionRow], changes: _Changes) -> Effect:
        """What an entry does beside the live assertions about its subject; noted in `changes`."""
        if not entry.is_account:
            return self._decide(entry, live, changes)
        if entry.statement not in self._accounts:
            changes.accounts.add(entry.statement)
            self._decide(entry, live, changes)
        return Effect.MENTIONED

    def _decide(self, entry: Entry, live: list[AssertionRow], changes: _Changes) -> Effect:
        own = [row for row in live if row.run_in == self.run.number] if live else []
        if own and any(row.statement == entry.statement and row.stated_at >= entry.stated_at for row in own):
            return Effect.UNCHANGED
        assertion = self._assertion(entry)
        if own and (entry.stated_at == UNDATED or (self.run.complete_at is not None and contested_by(assertion, own))):
            return Effect.REPEATED
        changes.assertions.append(assertion)
        before = max(live, key=precedence, default=None)
        if before is not None and is_as_before(assertion, before):  # as most of a monthly list: it holds as it did
            live.append(assertion)
            return Effect.UNCHANGED
        changes.after[entry.subject] = live
        if all(row.statement != entry.statement for row in live):
            changes.told[entry.statement] = entry
        other = contested_by(assertion, live) if live else None
        if other is not None and entry.statement in changes.told:
            changes.contested.append(RowFault(*entry.provenance, "", f"{other.file}, {other.line}", "row.contested"))
        live.append(assertion)
        if before is None:
            return Effect.NEW
        if before.statement == entry.statement:
            return Effect.UNCHANGED
        return Effect.CHANGED if precedence(assertion) > precedence(before) else Effect.OLDER

    def _assertion(self, entry: Entry) -> AssertionRow:
        statement, subject, (file, line), stated_at, known_at, _, _ = entry
        return AssertionRow(statement, subject, self.run.number, file, line, known_at, self.run.started_at, stated_at)

    def _carry_out(self, transaction: Transaction, changes: _Changes) -> _Sums:
        sums = _Sums(contested=changes.contested, repeated=changes.repeated)
        adding: dict[str, list[tuple[Mapping[str, object], int, int]]] = {}
        moving: list[_Moved] = []
        for subject, after in changes.after.items():
            if len(after) == 1:  # nothing was said about it before, as about nearly all in a first import
                self._add(adding, changes.told[after[0].statement], after[0].imported_at, NEVER, sums)
                continue
            if any(row.is_ending for row in after):
                sums.again[subject] = min(precedence(row)[0] for row in after if row.run_in == self.run.number)
            before, now = spans_of(changes.before.get(subject, ())), spans_of(after)
            told = {row.statement: changes.told[row.statement] for row in after if row.statement in changes.told}
            for statement, entry in told.items():
                spans = now.get(statement, ())
                if len(spans) == 1 and spans[0].is_told:
                    del now[statement]
                    self._add(adding, entry, spans[0].since, NEVER, sums)
                else:  # never seen as it is, but there for what it is cut to, and for an undo
                    self._add(adding, entry, self.run.started_at, self.run.number, None)
            moving += _moved(before, now)
        for table, write in nq.ADD_FACTS.items():  # in parts: laid out all at once they need a multiple of their memory
            for part in in_parts(adding.get(table, ()), _PART):
                transaction.write(write, [self._laid_out(table, *one) for one in part])
        self._move(transaction, moving, sums)
        for said in in_parts(changes.assertions, _PART):
            transaction.write(nq.ADD_ASSERTIONS, [{**row._asdict(), "run_out": NEVER} for row in said])
        return sums

    @staticmethod
    def _add(
        adding: dict[str, list[tuple[Mapping[str, object], int, int]]],
        entry: Entry,
        since: int,
        run_out: int,
        sums: _Sums | None,
    ) -> None:
        """Notes the facts of an entry to be added, counted where they hold."""
        for table, facts in entry.rows.items():
            adding.setdefault(table, []).extend((fact, since, run_out) for fact in facts)
            if sums is not None:
                sums.added += len(facts)
        if sums is not None:
            sums.first_known_at = min(sums.first_known_at, entry.known_at)
            for fact in entry.rows.get("case_record", ()):
                _count_terms(sums, fact, 1)

    def _laid_out(self, table: str, fact: Mapping[str, object], since: int, run_out: int) -> Mapping[str, object]:
        """The fact as a row of its table; raises StoreError for a null key."""
        if not all(map(fact.__getitem__, _KEYS_OF[table])):
            raise StoreError("store.null_key", table=table)
        known_at = fact["known_at"] if fact["dated"] else since
        row = {**fact, "known_at": known_at, "run_in": self.run.number, "run_out": run_out}
        if self._persons and "person" in fact:
            row["person"] = self._persons.get(str(fact.get("account", fact.get("id")))) or fact["person"]
        return row

    def undo(self, undone: ImportRun, complete: Mapping[int, int]) -> None:
        """Withdraws everything a run asserted; what it had replaced holds again, what others confirm stays.

        `complete` are the other files like it that tell what there is as of a day (`nq.COMPLETE_RUNS`): an ending
        stands only while the file stands that lacks something, and an earlier one that had it.
        """
        while True:
            page = {"run": undone.number, "limit": _SUBJECTS}
            subjects = [row.subject for row in self._store.state(nq.SUBJECTS_OF_RUN, **page)]
            if not subjects:
                break
            self._undo(undone, complete, subjects)
        if undone.complete_at is not None:
            ended = self._store.state(nq.ENDED_BY, run=undone.number)
            for part in in_parts([row.subject for row in ended], _SUBJECTS):
                self._undo(undone, complete, part)

    def _undo(self, undone: ImportRun, complete: Mapping[int, int], subjects: Sequence[str]) -> None:
        self._add_up(self._store.write(lambda transaction: self._undo_part(transaction, undone, complete, subjects)))

    def _undo_part(
        self, transaction: Transaction, undone: ImportRun, complete: Mapping[int, int], subjects: Sequence[str]
    ) -> _Sums:
        self._renew(transaction)
        sums = _Sums()
        moving: list[_Moved] = []
        gone: list[AssertionRow] = []
        live = grouped(transaction.read(nq.ASSERTIONS, {"subjects": sorted(subjects)}), lambda row: row.subject)
        for rows in live.values():
            rest = left_without(rows, undone, complete)
            newest = max((row for row in rows if not row.is_ending), key=precedence, default=rows[0])
            own = next((row for row in rows if row.run_in == undone.number), None)
            if own is not None and newest.run_in > undone.number and newest.statement != own.statement:
                sums.conflicts.append(Conflict(own.file, own.line, newest.run_in, newest.file, newest.line))
            moving += _moved(spans_of(rows), spans_of(rest))
            gone += [row for row in rows if row not in rest]
        for row in gone:
            if row.is_ending and row.cause != undone.number:
                sums.lost.setdefault(row.cause, set()).add(row.subject)
        self._move(transaction, moving, sums)
        told = [(row.subject, row.statement, row.run_in, self.run.number) for row in gone]
        withdrawn = [dict(zip(nq.WITHDRAW_ASSERTIONS.parameters, one, strict=True)) for one in told]
        transaction.write(nq.WITHDRAW_ASSERTIONS, withdrawn)
        return sums

    def _move(self, transaction: Transaction, moving: Sequence[_Moved], sums: _Sums) -> None:
        """Gives the facts of statements their new spans: those they have are closed, and opened again as they are."""
        if not moving:
            return
        sums.first_known_at = min(sums.first_known_at, *(span.begins for one in moving for span in one.was + one.now))
        dated = [one for one in moving if not _is_redated(one)]
        redated = [one for one in moving if _is_redated(one)]
        held = [one for one in dated if any(span.holds for span in one.was)]
        cut = [one for one in dated if one.was and not any(span.holds for span in one.was)]
        self._count_terms_of(transaction, [one.statement for one in (*held, *cut)], sums, -1)
        sums.withdrawn += self._close(transaction, [one.statement for one in held], 1)
        self._close(transaction, [one.statement for one in cut], 1)
        self._close(transaction, [one.statement for one in redated], 0)
        ended = {(one.statement, span) for one in held for span in one.was if not span.holds}
        now = [(one.statement, span) for one in dated for span in one.now]
        sums.added += self._reopen(transaction, [one for one in now if one[1].holds], 1)
        sums.withdrawn -= self._reopen(transaction, [one for one in now if one in ended], 1)  # not withdrawn: as it was
        self._reopen(transaction, [one for one in now if not one[1].holds and one not in ended], 1)
        self._reopen(transaction, [(one.statement, span) for one in redated for span in one.now], 0)
        self._count_terms_of(transaction, [one.statement for one in dated if one.now], sums, 1)

    def _close(self, transaction: Transaction, statements: Iterable[str], dated: int) -> int:
        closing = {"statements": sorted(statements), "run": self.run.number, "dated": dated}
        return transaction.write(nq.CLOSE_STATEMENTS, closing) if closing["statements"] else 0

    def _reopen(self, transaction: Transaction, spans: Iterable[tuple[str, Span]], dated: int) -> int:
        """Opens the facts again; where something newer was said, only those that tell a state. Returns how many."""
        rows: dict[NamedWrite, list[dict[str, object]]] = {}
        for statement, span in spans:
            told = dict(
                zip(nq.AGAIN, (statement, span.since, span.starts, span.until, self.run.number, dated), strict=True)
            )
            if span.is_newest:
                rows.setdefault(nq.REOPEN_STATEMENTS, []).append(told)
            else:
                rows.setdefault(nq.REOPEN_STATES, []).append({**told, "whole": int(span.is_whole)})
        return sum(transaction.write(write, told) for write, told in rows.items())

    @staticmethod
    def _count_terms_of(transaction: Transaction, statements: Sequence[str], sums: _Sums, sign: int) -> None:
        if statements:
            for row in transaction.read(nq.STATEMENT_TERMS, {"statements": sorted(statements)}):
                _count_terms(sums, row._asdict(), sign)

    def end(self, subjects: Sequence[str], at: int, cause: int) -> list[AssertionRow]:
        """Says that what holds about these subjects ended at an instant, because the complete file of the run `cause`
        no longer has them; returns what held, by file and line."""
        ended: list[AssertionRow] = []
        for part in in_parts(subjects, _SUBJECTS):
            sums, rows = self._store.write(lambda transaction, part=part: self._end_part(transaction, part, at, cause))  # type: ignore[misc]
            self._add_up(sums)
            ended += rows
        return sorted(ended, key=lambda row: (row.file, row.line, row.statement))

    def _end_part(
        self, transaction: Transaction, subjects: Sequence[str], at: int, cause: int
    ) -> tuple[_Sums, list[AssertionRow]]:
        self._renew(transaction)
        sums = _Sums()
        live = grouped(transaction.read(nq.ASSERTIONS, {"subjects": sorted(subjects)}), lambda row: row.subject)
        told = [[row for row in rows if may_end(row, at)] for _, rows in sorted(live.items())]
        held = [newest for newest in (max(rows, key=precedence) for rows in told if rows) if not newest.is_ending]
        endings = {row.subject: self._ending(row, at, cause) for row in held}
        moving = [
            moved
            for subject, ending in endings.items()
            for moved in _moved(spans_of(live[subject]), spans_of([*live[subject], ending]))
        ]
        self._move(transaction, moving, sums)
        transaction.write(nq.ADD_ASSERTIONS, [{**row._asdict(), "run_out": NEVER} for row in endings.values()])
        return sums, held

    def _ending(self, row: AssertionRow, at: int, cause: int) -> AssertionRow:
        """The assertion that something ended then; it has no facts of its own."""
        own_id = deterministic_id("statement", row.subject, "ended", row.statement, str(at))
        place = (self.run.number, self.run.file, -cause)
        return AssertionRow(beside(row.subject, own_id), row.subject, *place, at, self.run.started_at, at)

    def keep_faults(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Keeps refused rows beside the run."""
        self._write_renewed(nq.ADD_FAULTS, rows)

    def commit(self, counts: RunCounts, reasons: Mapping[str, int], ended_at: int) -> ImportRun:
        """Makes everything of this run visible at once."""
        self._flush_counts()
        return self._finish(RunState.COMMITTED, counts, reasons, ended_at)

    def roll_back(self, counts: RunCounts, reasons: Mapping[str, int], ended_at: int, *, forget: bool) -> ImportRun:
        """Takes everything back; `forget` removes the run itself too (a dry run)."""
        take_back(self._store, self.run.number, self._renew)
        if forget:
            self._write_renewed(nq.FORGET_RUN, {"number": self.run.number})
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
            settle(transaction, run=self.run.number)

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
        self.conflicts += sums.conflicts
        self.contested += sums.contested
        self.repeated += sums.repeated
        for subject, at in sums.again.items():
            self.told_again[subject] = min(at, self.told_again.get(subject, at))
        for cause, subjects in sums.lost.items():
            self.lost_endings.setdefault(cause, set()).update(subjects)
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
        for part in in_parts(counted, _PART * 5):
            rows = [{"term": term, "month": month, "run": run, "cases": cases} for (term, month), cases in part]
            self._write_renewed(nq.ADD_TERM_COUNTS, rows)
        if corpus:
            self._write_renewed(nq.ADD_CORPUS_COUNTS, corpus)

    def _write_renewed(self, write: NamedWrite, rows: Mapping[str, object] | Sequence[Mapping[str, object]]) -> None:
        """Writes in one transaction that renews the lease."""

        def work(transaction: Transaction) -> None:
            self._renew(transaction)
            transaction.write(write, rows)

        self._store.write(work)


def take_back(store: Store, run: int, renew: Callable[[Transaction], None]) -> None:
    """Removes all that an unfinished run did, in parts."""

    parts = ((nq.TAKE_BACK_ADDED, _PART), (nq.TAKE_BACK_CLOSED, _PART * 2), (nq.TAKE_BACK_TERMS, _PART * 10))
    for write, limit in parts:

        def work(transaction: Transaction, write: NamedWrite = write, limit: int = limit) -> int:
            renew(transaction)
            return transaction.write(write, {"run": run, "limit": limit})

        while store.write(work):
            pass


def _count_terms(sums: _Sums, fact: Mapping[str, object], sign: int) -> None:
    month = month_start(int(str(fact["opened_at"])))
    for term in str(fact["terms"]).split():
        sums.terms[term, month] += sign
    sums.corpus[month, "cases"] += sign
    sums.corpus[month, "length"] += sign * int(str(fact["length"]))


def _moved(before: Mapping[str, Spans], after: Mapping[str, Spans]) -> list[_Moved]:
    """The statements about a subject whose spans differ, in a fixed order."""
    differing = sorted(one for one in before.keys() | after.keys() if before.get(one) != after.get(one))
    return [_Moved(one, before.get(one, ()), after.get(one, ())) for one in differing]


def _is_redated(moved: _Moved) -> bool:
    """Whether it only changes since when undated facts are known."""
    was, now = ([span[1:5] for span in spans] for spans in (moved.was, moved.now))
    return bool(was) and was == now
