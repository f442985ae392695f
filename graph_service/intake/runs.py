"""Import runs: take a file in, try it dry, undo it."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from itertools import count, islice

from graph_service.derived import refresh_derived
from graph_service.errors import ExpertGraphError, FileRefused
from graph_service.identity.settling import settle_identity
from graph_service.intake.complete_files import complete_beside, end_again, end_told_again, end_vanished
from graph_service.intake.files import BREAKS, PackedFile
from graph_service.intake.fitting import kept, refused_by
from graph_service.intake.mappings import mapping_text, parsed_mappings, shape_of
from graph_service.intake.planning import Part, Plan, other_scales, plan_of
from graph_service.intake.profiles import ImportProfile
from graph_service.intake.taking import Tally, chunks, take_chunk
from graph_service.intake.tombstones import gone_accounts
from graph_service.model import DAY, EVER, ImportRun, Mapping, Notice, Reading, RowFault, RunCounts, RunKind, SourceRow
from graph_service.store import named_queries as nq
from graph_service.store.base import Store
from graph_service.store.entries import Conflict
from graph_service.store.run_leases import new_run, open_writer
from graph_service.store.writer import Writer

FEWEST_JUDGED = 20
"""Below so many rows no share of them stops a run: one bad row of three says little."""
BAD_PERCENT = 20.0
VANISH_PERCENT = 20.0
CHUNKS_BETWEEN = 20
"""After so many chunks garbage is looked for among all that came since the start: others may work in this process."""
Progress = Callable[[int, float | None], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: how the file was read, sums, reasons with their counts, and the first hundred faults and remarks.

    `conflicts` are what an undone run had said and later runs have changed; `tells_people` when the file mentions some.
    """

    run: ImportRun
    dry_run: bool
    counts: RunCounts
    reasons: dict[str, int]
    faults: tuple[RowFault, ...]
    remarks: tuple[RowFault, ...] = ()
    plan: Plan | None = None
    conflicts: tuple[Conflict, ...] = ()
    tells_people: bool = False


@dataclass(frozen=True, slots=True)
class Clocks:
    """`now` dates what is imported; `wall` is for leases. Instants."""

    now: Callable[[], int]
    wall: Callable[[], int]


@dataclass(frozen=True, slots=True)
class Options:
    """How to take a file in.

    `format_name` and `mappings` where recognition is not to decide; `dry_run` only tries; without a `profile` nobody in
    the file takes part in anything; `actor` does it and may bring the facts `may_bring` (None: all); `secret` knows
    erased accounts again. A file that is complete as of an instant (`complete_at`) ends what it no longer has. `limit`
    reads only the first rows. A run stops when at least `bad_percent` of its rows do not fit or more than
    `vanish_percent` of what complete files told would end. `as_proposed` takes the first of two readings. Unless it
    `settles`, who is who and what is derived is left to `settle_all`.
    """

    format_name: str | None = None
    dry_run: bool = False
    profile: ImportProfile | None = None
    actor: str = ""
    may_bring: frozenset[type] | None = None
    secret: str = ""
    mappings: tuple[Mapping, ...] = ()
    complete_at: int | None = None
    limit: int | None = None
    bad_percent: float = BAD_PERCENT
    vanish_percent: float = VANISH_PERCENT
    as_proposed: bool = False
    settles: bool = True

    @property
    def complete_as_of(self) -> int | None:
        """As of when all of the file's rows are read; None for the first rows alone, which end nothing."""
        return None if self.limit is not None else self.complete_at


AS_IT_IS = Options()


def planned(store: Store, file: PackedFile, options: Options = AS_IT_IS) -> Plan:
    """How the file will be read: by the given mapping, as the run that refused these rows read them, as the newest file
    with the same columns, or as recognised."""
    asked = {"format_name": options.format_name, "profile": options.profile}
    if options.mappings or options.format_name:
        return plan_of(file, mappings=options.mappings, **asked)  # type: ignore[arg-type]
    earlier = _run_that_refused(store, file, options.actor)
    if earlier is None:
        plan = plan_of(file, profile=options.profile)
        found = store.state(nq.RUN_OF_SHAPE, shape=shape_of(plan.mappings), actor=options.actor)
        if not found:
            return plan
        earlier = store.run(found[0].rows)
    again = plan_of(file, mappings=kept(parsed_mappings(earlier.mapping, file.name)), profile=options.profile)
    notice = Notice("notice.kept_mapping", (("run", str(earlier.number)), ("file", earlier.file)))
    return replace(again, notices=(notice, *again.notices), questions=(*again.questions, *other_scales(again.parts)))


def _run_that_refused(store: Store, file: PackedFile, actor: str) -> ImportRun | None:
    """The same person's run whose refused rows the file holds; none where another store's is meant."""
    number, headers = refused_by(file.parts())
    if not number or not store.state(nq.RUN, number=number):
        return None
    run = store.run(number)
    if (run.actor, run.kind) != (actor, RunKind.IMPORT):
        return None
    read = [{column.header for column in one.columns} for one in parsed_mappings(run.mapping, run.file)]
    return run if any(headers <= known for known in read) else None


def import_file(
    store: Store,
    clocks: Clocks,
    file: PackedFile,
    options: Options = AS_IT_IS,
    progress: Progress = lambda rows, share: None,
) -> Report:
    """Takes a file in under one run; a dry run is the same and taken back.

    Raises FileRefused before anything shows, StoreError when the store fails; then nothing of the run shows.
    """
    if options.complete_at is not None and options.complete_at > clocks.now() + DAY:
        raise FileRefused("file.full_future", file=file.name)
    state = file.state()
    plan = planned(store, file, options)
    if plan.lacks_columns and options.dry_run:  # without it the reader says which column is missing
        return _report(_new_run(plan, file, options, clocks), plan, Tally(), dry_run=True)
    if plan.to_be_decided(as_proposed=options.as_proposed) and not (options.dry_run or plan.lacks_columns):
        columns = ", ".join(f"{one.column}: {one.value}" if one.value else one.column for one in plan.questions)
        code = "file.questions" if plan.only_readings else "file.unanswered"
        raise FileRefused(code, file=file.name, columns=columns)
    writer = open_writer(store, _new_run(plan, file, options, clocks), clocks.wall)
    tally = Tally()
    try:
        is_gone = gone_accounts(store, options.secret)
        with _collected_by_chunk() as collect:
            for part in plan.parts:
                left = None if options.limit is None else max(options.limit - tally.read, 0)
                readings = islice(_readings(part, options), left)
                for chunk in chunks(part, readings, tally, options.may_bring, store.facts_at_once):
                    take_chunk(writer, chunk, tally, is_gone)
                    progress(tally.read, part.file.share_read())
                    collect()
        _check(writer, tally, file, state, options)
        end_vanished(store, writer, tally, options.vanish_percent)
        end_told_again(store, writer, tally)
        if options.dry_run:
            counts = tally.counts(writer)
            writer.roll_back(counts, tally.reasons, clocks.now(), forget=True)
            return _report(replace(writer.run, counts=counts), plan, tally, dry_run=True)
        done = writer.commit(tally.counts(writer), tally.reasons, clocks.now())
    except BaseException as error:
        _fail(writer, tally, clocks, error, forget=options.dry_run)
        raise
    if options.settles:
        _refresh(store, done, clocks)
    return _report(done, plan, tally, dry_run=False)


def settle_all(store: Store, clocks: Clocks) -> None:
    """Who is who, and what is derived, after several files that were taken in without (`settles` False)."""
    settle_identity(store)
    refresh_derived(store, EVER, clocks.now())


@contextmanager
def _collected_by_chunk() -> Iterator[Callable[[], None]]:
    """Garbage is looked for after each chunk (call what this yields), among what came since the start: nearly all that
    a chunk makes lives until its end and need not be searched again and again meanwhile."""
    was_on = gc.isenabled()
    numbers = count(1)

    def collect() -> None:
        gc.collect(1 if next(numbers) % CHUNKS_BETWEEN else 2)

    gc.freeze()
    gc.disable()
    try:
        yield collect
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()


def _refresh(store: Store, done: ImportRun, clocks: Clocks) -> None:
    """Who is who after a run, and what is derived from it."""
    moved = settle_identity(store)
    refresh_derived(store, EVER if moved else done.first_known_at, clocks.now())


def _new_run(plan: Plan, file: PackedFile, options: Options, clocks: Clocks) -> ImportRun:
    agreed = options.profile
    return replace(
        new_run(RunKind.IMPORT, plan.format, file.name, clocks.now()),
        profile=agreed.name if agreed else "",
        purposes=tuple(agreed.purposes) if agreed else (),
        actor=options.actor,
        mapping=mapping_text(plan.mappings),
        shape=shape_of(plan.mappings),
        complete_at=options.complete_as_of,
    )


def _report(run: ImportRun, plan: Plan, tally: Tally, *, dry_run: bool) -> Report:
    faults, remarks = tuple(tally.faults), tuple(tally.remarks)
    return Report(run, dry_run, run.counts, dict(tally.reasons), faults, remarks, plan, tells_people=tally.tells_people)


def _check(writer: Writer, tally: Tally, file: PackedFile, state: tuple[int, int], options: Options) -> None:
    """Raises FileRefused for a file that changed under the reader, holds nothing, or too much that does not fit."""
    if file.state() != state:
        raise FileRefused("file.changed", file=file.name)
    if not tally.read:
        raise FileRefused("file.no_rows", file=file.name)
    refused = tally.rows["refused"]
    if refused and tally.read >= FEWEST_JUDGED and refused * 100 >= options.bad_percent * tally.read:
        if options.dry_run:  # so that it shows what does not fit, and how else it may be read
            tally.reasons["run.would_stop"] += 1
            return
        values = {"refused": refused, "read": tally.read, "percent": f"{options.bad_percent:g}"}
        raise FileRefused("file.too_many_bad", file=file.name, run=writer.run.number, **values)


def undo_run(store: Store, clocks: Clocks, number: int, actor: str = "") -> Report:
    """Undoes an import: facts as if it had never been; returns the undo's own run. Raises RunRefused."""
    undone = store.run(number)
    run = new_run(RunKind.UNDO, undone.format, undone.file, clocks.now())
    run = replace(run, undoes=number, actor=actor, profile=undone.profile)
    writer = open_writer(store, run, clocks.wall)
    tally = Tally()
    try:
        writer.undo(undone, complete_beside(store, undone))
        end_again(store, writer, tally, undone)
        if writer.conflicts:
            tally.reasons["undo.changed_later"] = len(writer.conflicts)
        done = writer.commit(tally.counts(writer), tally.reasons, clocks.now())
    except BaseException as error:
        _fail(writer, tally, clocks, error)
        raise
    _refresh(store, done, clocks)
    conflicts = sorted(set(writer.conflicts), key=astuple)[:100]
    actors = {number: store.run(number).actor for number in {one.later_run for one in conflicts}}
    told = tuple(replace(one, later_actor=actors[one.later_run]) for one in conflicts)
    return Report(done, False, done.counts, dict(tally.reasons), (), conflicts=told)


def _readings(part: Part, options: Options) -> Iterator[Reading]:
    """What the importer reads; a file that breaks off is refused as a whole."""
    try:
        for reading in part.importer.read(part.file, part.mapping):
            yield _dated(reading, options.complete_as_of)
    except FileRefused as error:
        if error.code == "file.missing_column" and part.refused and options.profile:
            values = {"refused": ", ".join(part.refused), "profile": options.profile.name, **error.values}
            raise FileRefused("file.column_not_agreed", **values) from None
        raise
    except BREAKS:
        raise FileRefused("file.broken", file=part.file.name) from None


def _dated(reading: Reading, complete_at: int | None) -> Reading:
    """A row of a complete file holds as of the file's day, whatever dates its cells have."""
    if complete_at is None or not isinstance(reading, SourceRow):
        return reading
    statements = tuple(statement._replace(stated_at=complete_at) for statement in reading.statements)
    return reading._replace(statements=statements)


def _fail(writer: Writer, tally: Tally, clocks: Clocks, error: BaseException, *, forget: bool = False) -> None:
    """Takes the run back; when the store itself is gone, the lease runs out and the next start cleans up."""
    reason = error.code if isinstance(error, ExpertGraphError) else "run.broken_off"
    try:
        writer.roll_back(tally.counts(writer), {**tally.reasons, reason: 1}, clocks.now(), forget=forget)
    except ExpertGraphError as second:
        error.add_note(f"the run could not be taken back now: {second.code}")
