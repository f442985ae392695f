"""Taking rows in: chunk by chunk, each row counted as what happened to it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from graph_service.errors import FileRefused
from graph_service.identity.names import contradicts
from graph_service.intake.annex import allowed, emptied, must_go
from graph_service.intake.planning import Part
from graph_service.intake.rows import Gone, entries_of
from graph_service.model import DAY, Profile, Reading, RowFault, RunCounts, Skipped, SourceRow
from graph_service.store.entries import Effect, Entry
from graph_service.store.writer import Writer

CHUNK_READ = 20_000
"""After so many records a chunk ends, even where nearly all were left out: progress shows, garbage goes."""
FAULTS_KEPT = 10_000
FAULTS_SHOWN = 100


@dataclass
class Tally:
    """Counts while reading; `remarks` are about rows that were taken, `emptied` places of columns not to be kept;
    `tells_people` when a row that was read mentions an account, `lists_people` while every row's record is a person;
    `renamed` are accounts with names that were remarked."""

    read: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    faults: list[RowFault] = field(default_factory=list)
    unkept: list[RowFault] = field(default_factory=list)
    remarks: list[RowFault] = field(default_factory=list)
    emptied: tuple[int, ...] = ()
    tells_people: bool = False
    lists_people: bool = True
    renamed: set[tuple[str, str]] = field(default_factory=set)

    def remark(self, remarks: tuple[RowFault, ...]) -> None:
        """Counts what looks wrong in a row that was taken, and keeps the first hundred."""
        self.reasons.update(one.reason for one in remarks)
        self.remarks += remarks[: FAULTS_SHOWN - len(self.remarks)]

    def refuse(self, fault: RowFault) -> None:
        """Counts a row that does not fit, and keeps it without what must not be kept."""
        if fault.cells:
            shifted = bool(self.emptied) and fault.reason in ("row.wide", "row.narrow")
            fault = replace(fault, cells=() if shifted else emptied(fault.cells, self.emptied))
        if must_go(fault.value):
            fault = replace(fault, value="")
        self.rows["refused"] += 1
        self.reasons[fault.reason] += 1
        if self.rows["refused"] <= FAULTS_KEPT:
            self.unkept.append(fault)
        else:
            self.reasons["row.not_kept"] += 1
        if len(self.faults) < FAULTS_SHOWN:
            self.faults.append(fault)

    def skip(self, reason: str) -> None:
        """Counts a row that was left out with a reason."""
        self.rows["skipped"] += 1
        self.reasons[reason] += 1

    def counts(self, writer: Writer) -> RunCounts:
        """The sums so far."""
        return RunCounts(
            read=self.read,
            written=self.rows["written"],
            unchanged=self.rows["unchanged"],
            refused=self.rows["refused"],
            skipped=self.rows["skipped"],
            facts_added=writer.facts_added,
            facts_withdrawn=writer.facts_withdrawn,
        )


def chunks(
    part: Part, readings: Iterator[Reading], tally: Tally, may_bring: frozenset[type] | None, facts_at_once: int
) -> Iterator[list[SourceRow]]:
    """Rows in chunks of about so many facts; what does not fit and what is left out goes to the tally.

    Raises FileRefused when the file tells what its importer's role may not bring in.
    """
    chunk: list[SourceRow] = []
    facts, begun = 0, tally.read
    file = part.file.name
    tally.emptied = part.emptied
    for reading in readings:
        tally.read += 1
        row = allowed(reading) if isinstance(reading, SourceRow) else reading
        if isinstance(row, RowFault):
            tally.refuse(row)
        elif isinstance(row, Skipped):
            tally.skip(row.reason)
        else:
            _check_facts(row, may_bring, file)
            chunk.append(row)
            facts += sum(len(statement.facts) for statement in row.statements)
        full = facts >= facts_at_once or len(chunk) + len(tally.unkept) >= facts_at_once
        if full or tally.read - begun >= CHUNK_READ:
            yield chunk
            chunk, facts, begun = [], 0, tally.read
    yield chunk


def _check_facts(row: SourceRow, may_bring: frozenset[type] | None, file: str) -> None:
    if may_bring is None:
        return
    told = {type(fact) for statement in row.statements for fact in statement.facts}
    if not told <= may_bring:
        names = ", ".join(sorted(kind.__name__ for kind in told - may_bring))
        raise FileRefused("file.not_for_role", file=file, facts=names)


def take_chunk(writer: Writer, rows: list[SourceRow], tally: Tally, is_gone: Gone | None) -> None:
    """Takes rows in under the writer's run, in one transaction, and keeps the faults so far; leaves the list empty, as
    garbage is looked for next."""
    started_at = writer.run.started_at
    fitting: list[SourceRow] = []
    entries: list[list[Entry]] = []
    for row in rows:
        made = entries_of(row, started_at, is_gone, writer.known_accounts)
        if not made:
            tally.skip("row.erased")
            continue
        if max([entry.latest for entry in made]) > started_at + DAY:
            place = row.statements[0].provenance
            tally.refuse(RowFault(place.file, place.line, "", "", "row.future", row.cells))
            continue
        fitting.append(row)
        entries.append(made)
    effects = writer.take_in(entries) if entries else []
    repeated = iter(writer.repeated)
    for row, happened in zip(fitting, effects, strict=True):
        place = row.statements[0].provenance
        other = next(repeated) if Effect.REPEATED in happened else ""
        if happened[0] is Effect.REPEATED:
            tally.refuse(RowFault(place.file, place.line, "", other, "row.repeated_key", row.cells))
            continue
        _judge(row, happened, tally)
        if other and isinstance(row.statements[0].facts[0], Profile):
            tally.remark((RowFault(place.file, place.line, "", other, "row.part_repeated"),))
    writer.repeated.clear()
    tally.remark(tuple(writer.contested))
    writer.contested.clear()
    _compare_names(writer, entries, tally)
    if tally.unkept:
        writer.keep_faults(
            [
                {
                    "run": writer.run.number,
                    "file": fault.file,
                    "line": fault.line,
                    "column_name": fault.column,
                    "value": fault.value,
                    "reason": fault.reason,
                    "cells": fault.cells,
                }
                for fault in tally.unkept
            ]
        )
        tally.unkept.clear()
    rows.clear()


def _compare_names(writer: Writer, entries: list[list[Entry]], tally: Tally) -> None:
    """Remarks, once for each, where an account is called what cannot be a name of the person it is known as."""
    called: dict[tuple[str, str], Entry] = {}
    for made in entries:
        for entry in made:
            for row in entry.rows.get("profile", ()):
                if row["name"]:
                    called.setdefault((str(row["account"]), str(row["name"])), entry)
    known = writer.other_names([account for account, _ in called]) if called else {}
    for (account, name), entry in called.items():
        other = next((one for one in known.get(account, ()) if one != name and contradicts(name, one)), None)
        if other is not None and (account, name) not in tally.renamed:
            tally.renamed.add((account, name))
            tally.remark((RowFault(*entry.provenance, "", f"{name} / {other}", "value.other_name"),))


def _judge(row: SourceRow, effects: list[Effect], tally: Tally) -> None:
    """Counts a row as what happened to its statements; accounts do not count."""
    tally.tells_people = tally.tells_people or Effect.MENTIONED in effects
    tally.lists_people = tally.lists_people and isinstance(row.statements[0].facts[0], Profile)
    if row.left_out:
        tally.reasons.update(row.left_out)
    if row.remarks:
        tally.remark(row.remarks)
    if Effect.NEW in effects or Effect.CHANGED in effects:
        tally.rows["written"] += 1
    elif effects[0] is Effect.OLDER:
        tally.skip("row.older")
    else:
        tally.rows["unchanged"] += 1
