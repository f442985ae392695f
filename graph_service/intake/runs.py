"""Import runs: take a file in, try it dry, undo it."""

import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from graph_service.derived import refresh_derived
from graph_service.errors import ExpertGraphError, FileRefused
from graph_service.intake.files import PackedFile, importer_for
from graph_service.intake.profiles import ImportProfile
from graph_service.intake.rows import Gone, entries_of
from graph_service.intake.tombstones import gone_accounts
from graph_service.model import (
    DAY,
    Importer,
    ImportRun,
    Reading,
    RowFault,
    RunCounts,
    RunKind,
    SourceRow,
)
from graph_service.store.base import Store
from graph_service.store.run_leases import new_run, open_writer
from graph_service.store.writer import Effect, Entry, Writer

CHUNK_FACTS = 2_000
FAULTS_KEPT = 1_000
FAULTS_SHOWN = 100
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: sums, reasons with their counts, and the first hundred faults."""

    run: ImportRun
    dry_run: bool
    counts: RunCounts
    reasons: dict[str, int]
    faults: tuple[RowFault, ...]


@dataclass
class _Tally:
    """Counts while reading."""

    read: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    faults: list[RowFault] = field(default_factory=list)
    unkept: list[RowFault] = field(default_factory=list)

    def refuse(self, fault: RowFault) -> None:
        self.rows["refused"] += 1
        self.reasons[fault.reason] += 1
        if self.rows["refused"] <= FAULTS_KEPT:
            self.unkept.append(fault)
        if len(self.faults) < FAULTS_SHOWN:
            self.faults.append(fault)

    def skip(self, reason: str) -> None:
        self.rows["skipped"] += 1
        self.reasons[reason] += 1

    def counts(self, writer: Writer) -> RunCounts:
        return RunCounts(
            read=self.read,
            written=self.rows["written"],
            unchanged=self.rows["unchanged"],
            refused=self.rows["refused"],
            skipped=self.rows["skipped"],
            facts_added=writer.facts_added,
            facts_withdrawn=writer.facts_withdrawn,
        )


@dataclass(frozen=True, slots=True)
class Clocks:
    """`now` dates what is imported; `wall` is for leases. Instants."""

    now: Callable[[], int]
    wall: Callable[[], int]


@dataclass(frozen=True, slots=True)
class Options:
    """How to take a file in: its format where recognition is in doubt, whether only to try, the import profile (without
    one nobody in the file takes part in anything), who does it, which facts they may bring (None: all), and the secret
    by which erased accounts are known again."""

    format_name: str | None = None
    dry_run: bool = False
    profile: ImportProfile | None = None
    actor: str = ""
    may_bring: frozenset[type] | None = None
    secret: str = ""


AS_IT_IS = Options()


def import_file(
    store: Store,
    clocks: Clocks,
    file: PackedFile,
    options: Options = AS_IT_IS,
    progress: Progress = lambda rows: None,
) -> Report:
    """Takes a file in under one run; a dry run is the same and taken back.

    Raises FileRefused before anything is written, StoreError when the store fails; then nothing of the run shows.
    """
    importer = importer_for(file, options.format_name)
    agreed = options.profile
    run = replace(
        new_run(RunKind.IMPORT, importer.name, file.name, clocks.now()),
        profile=agreed.name if agreed else "",
        purposes=tuple(agreed.purposes) if agreed else (),
        actor=options.actor,
    )
    writer = open_writer(store, run, clocks.wall)
    tally = _Tally()
    try:
        is_gone = gone_accounts(store, options.secret)
        for chunk in _chunks(_readings(importer, file), tally):
            _check_facts(chunk, options.may_bring, file)
            _take_chunk(writer, chunk, tally, is_gone)
            progress(tally.read)
        if not tally.read:
            raise FileRefused("file.no_rows", file=file.name)
        if options.dry_run:
            counts = tally.counts(writer)
            writer.roll_back(counts, tally.reasons, clocks.now(), forget=True)
            return Report(writer.run, True, counts, dict(tally.reasons), tuple(tally.faults))
        done = writer.commit(tally.counts(writer), tally.reasons, clocks.now())
    except BaseException as error:
        _fail(writer, tally, clocks, error, forget=options.dry_run)
        raise
    refresh_derived(store, done.first_known_at, clocks.now())
    return Report(done, False, done.counts, dict(tally.reasons), tuple(tally.faults))


def undo_run(store: Store, clocks: Clocks, number: int, actor: str = "") -> ImportRun:
    """Undoes an import: facts as if it had never been; returns the undo's own run. Raises RunRefused."""
    undone = store.run(number)
    run = replace(new_run(RunKind.UNDO, undone.format, undone.file, clocks.now()), undoes=number, actor=actor)
    writer = open_writer(store, run, clocks.wall)
    tally = _Tally()
    try:
        writer.undo(undone)
        done = writer.commit(tally.counts(writer), {}, clocks.now())
    except BaseException as error:
        _fail(writer, tally, clocks, error)
        raise
    refresh_derived(store, done.first_known_at, clocks.now())
    return done


def _readings(importer: Importer, file: PackedFile) -> Iterator[Reading]:
    """What the importer reads; a file that breaks off is refused as a whole."""
    try:
        yield from importer.read(file)
    except (EOFError, OSError, lzma.LZMAError, zlib.error, zipfile.BadZipFile, UnicodeError):
        raise FileRefused("file.broken", file=file.name) from None


def _fail(writer: Writer, tally: _Tally, clocks: Clocks, error: BaseException, *, forget: bool = False) -> None:
    """Takes the run back; when the store itself is gone, the lease runs out and the next start cleans up."""
    reason = error.code if isinstance(error, ExpertGraphError) else "run.broken_off"
    try:
        writer.roll_back(tally.counts(writer), {reason: 1}, clocks.now(), forget=forget)
    except ExpertGraphError as second:
        error.add_note(f"the run could not be taken back now: {second.code}")


def _chunks(readings: Iterator[Reading], tally: _Tally) -> Iterator[list[SourceRow]]:
    """Rows in chunks of about 2,000 facts; faults go to the tally."""
    chunk: list[SourceRow] = []
    facts = 0
    for reading in readings:
        tally.read += 1
        if isinstance(reading, RowFault):
            tally.refuse(reading)
        else:
            chunk.append(reading)
            facts += sum(len(statement.facts) for statement in reading.statements)
        if facts >= CHUNK_FACTS or len(chunk) + len(tally.unkept) >= CHUNK_FACTS:
            yield chunk
            chunk, facts = [], 0
    yield chunk


def _check_facts(rows: list[SourceRow], may_bring: frozenset[type] | None, file: PackedFile) -> None:
    """Raises FileRefused when the file tells what its importer's role may not bring in."""
    if may_bring is None:
        return
    told = {type(fact) for row in rows for statement in row.statements for fact in statement.facts}
    if not told <= may_bring:
        names = ", ".join(sorted(kind.__name__ for kind in told - may_bring))
        raise FileRefused("file.not_for_role", file=file.name, facts=names)


def _take_chunk(writer: Writer, rows: list[SourceRow], tally: _Tally, is_gone: Gone) -> None:
    started_at = writer.run.started_at
    fitting: list[SourceRow] = []
    entries: list[list[Entry]] = []
    for row in rows:
        made = entries_of(row, started_at, is_gone)
        if not made:
            tally.skip("row.erased")
            continue
        if max(latest for _, latest in made) > started_at + DAY:
            place = row.statements[0].provenance
            tally.refuse(RowFault(place.file, place.line, "", "", "row.future"))
            continue
        fitting.append(row)
        entries.append([entry for entry, _ in made])
    effects = writer.take_in(entries) if entries else []
    for row, told, happened in zip(fitting, entries, effects, strict=True):
        _judge(row, [effect for entry, effect in zip(told, happened, strict=False) if not entry.is_account], tally)
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
                }
                for fault in tally.unkept
            ]
        )
        tally.unkept.clear()


def _judge(row: SourceRow, effects: list[Effect], tally: _Tally) -> None:
    """Counts a row as what happened to its statements; accounts do not count."""
    if effects[0] is Effect.REPEATED:
        place = row.statements[0].provenance
        tally.refuse(RowFault(place.file, place.line, "", "", "row.repeated_key"))
        return
    tally.reasons.update(row.left_out)
    if Effect.NEW in effects or Effect.CHANGED in effects:
        tally.rows["written"] += 1
    elif effects[0] is Effect.OLDER:
        tally.skip("row.older")
    else:
        tally.rows["unchanged"] += 1
