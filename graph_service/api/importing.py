"""Importing through GraphQL: preview, commit, undo, how far it is; the files come in by `POST /uploads`."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Annotated, TypeVar

import strawberry

from graph_service.access.brings import may_bring
from graph_service.access.roles import Act, FieldClass, Reach
from graph_service.api import types as t
from graph_service.api.context import Context
from graph_service.api.details import fault_type, run_type
from graph_service.api.guards import Guard, asked, told
from graph_service.api.own_types import UserError
from graph_service.errors import AccessRefused, FileRefused, InputRefused, RunRefused, StoreBusy
from graph_service.intake.mappings import parsed_mappings
from graph_service.intake.profiles import SHIPPED, ImportProfile, import_profile, named_profile
from graph_service.intake.runs import BAD_PERCENT, VANISH_PERCENT, Options, Report, import_file, undo_run
from graph_service.intake.uploads import Upload
from graph_service.model import Column, instant
from graph_service.store.run_leases import clean_up
from graph_service.text.messages import sentence

Info = strawberry.Info[Context, None]
Result = TypeVar("Result")
_OWN_RUNS = Guard(FieldClass.FAULTS, frozenset({Reach.OWN}))


@strawberry.type(description="How one column of the file is read.")
class ColumnReading:
    part: str = told("Sheet or member of the archive; empty where there is one table.")
    header: str = told("The column's name.")
    field: str = told("What it means; empty: it is left out.")
    form: str = told("How its values are written: a date pattern, a scale, `pad 6`.")
    sure: float = told("How sure that is, 0 to 1.")
    other: str = told("The reading that is as good, where there is one.")
    is_refused: bool = told("The annex keeps it out, whatever a mapping says.")
    samples: list[str] = told("Up to three of its values; none of columns that are left out.")


@strawberry.type(description="What a column may mean in the format that was recognised.")
class FieldChoice:
    part: str = told("Sheet or member of the archive; empty where there is one table.")
    name: str = told("The field.")
    headers: list[str] = told("Names by which lists call it.")
    is_needed: bool = told("Whether a file must have it.")


@strawberry.type(description="Something a later run has changed: it stays as it is.")
class UndoConflict:
    file: str = told("The file of the undone run.")
    line: int = told("Its line there.")
    later_run: int = told("The run that changed it.")
    later_file: str = told("The later file.")
    later_line: int = told("The line there.")


@strawberry.type(description="What an import did, or would do.")
class ImportReport:
    run: t.ImportRun = told("The run with its sums; of a preview it is gone again.")
    mapping: str = told("How the file was read, as TOML: edit it and give it back.")
    columns: list[ColumnReading] = told("Each column.")
    fields: list[FieldChoice] = told("What columns may mean here; none where the format has no columns.")
    notices: list[str] = told("What looks unusual about the file.")
    questions: list[str] = told("What must be decided before the file can be taken in.")
    has_first_reading: bool = told("Whether `asProposed` would answer all of these questions.")
    refused_columns: list[str] = told("Columns that must not be stored.")
    faults: list[t.RowFault] = told("The first hundred refused rows.")
    remarks: list[t.RowFault] = told("What looks wrong in rows that were taken, the first hundred.")


@strawberry.type(description="An import was undone.")
class ImportUndone:
    run: t.ImportRun = told("The undo's own run.")
    conflicts: list[UndoConflict] = told("What later runs had changed, the first hundred.")


@strawberry.type(description="How far a file was read.")
class ImportProgress:
    rows: int = told("Rows read.")
    share: float | None = told("Share of the file, 0 to 1; null where that is not known.")
    is_done: bool = told("Whether the run has ended.")
    rows_per_second: float | None = told("How fast it is read; null in the first second.")
    seconds_left: float | None = told("How long the rest will take at this speed; null where that is not known.")


ImportResult = Annotated[
    ImportReport | UserError, strawberry.union("ImportResult", description="The report, or why nothing was done.")
]
UndoResult = Annotated[
    ImportUndone | UserError, strawberry.union("UndoResult", description="The undo, or why nothing was done.")
]


@strawberry.input(description="Which file to take in, and how.")
class ImportInput:
    upload_id: strawberry.ID = told("What `POST /uploads` gave.")
    format: str | None = strawberry.field(default=None, description="Format, when recognition is in doubt.")
    mapping: str | None = strawberry.field(default=None, description="How the file is read, as TOML from a preview.")
    profile: str | None = strawberry.field(
        default=None, description="Import profile by name; without one nobody in the file takes part."
    )
    full: date | None = strawberry.field(
        default=None, description="The file is complete as of this day: what it lacks has ended."
    )
    limit: int | None = strawberry.field(default=None, description="Read only the first rows.")
    bad_percent: float = strawberry.field(default=BAD_PERCENT, description="Stop at this share of bad rows.")
    vanish_percent: float = strawberry.field(
        default=VANISH_PERCENT, description="With `full`: stop when more than this share would end."
    )
    as_proposed: bool = strawberry.field(default=False, description="Of two readings that are as good, take the first.")


@strawberry.input(description="Which run to undo.")
class UndoInput:
    run: int = told("Its number.")


def caught(context: Context, work: Callable[[], Result]) -> Result | UserError:
    """The result, or why it could not be; a refusal by role is no result."""
    try:
        return work()
    except AccessRefused:
        raise
    except (InputRefused, RunRefused, StoreBusy) as refused:
        message = sentence(refused.code, context.language, **refused.values)
        return UserError(code=refused.code, message=message, path=["input"])


def _options(context: Context, given: ImportInput, *, dry_run: bool) -> Options:
    if not all(0 <= share <= 100 for share in (given.bad_percent, given.vanish_percent)):
        raise InputRefused("input.percent")
    if given.limit is not None and given.limit < 1:
        raise InputRefused("page.bad_first", first=given.limit, most=2**31)
    brings = may_bring(context.asker)
    if not brings:
        context.refuse(context.asker.refusal(Act.IMPORT_PEOPLE), "importCommit")
    full = given.full
    return Options(
        format_name=given.format,
        dry_run=dry_run,
        profile=_profile(context, given.profile) if given.profile else None,
        actor=context.asker.identity.subject,
        may_bring=brings,
        secret=context.service.settings.secret.get_secret_value(),
        mappings=parsed_mappings(given.mapping, "mapping") if given.mapping else (),
        complete_at=_day(full) if full else None,
        limit=given.limit,
        bad_percent=given.bad_percent,
        vanish_percent=given.vanish_percent,
        as_proposed=given.as_proposed,
    )


def _day(day: date) -> int:
    try:
        return instant(datetime.combine(day, time(), UTC))
    except ValueError:
        raise FileRefused("file.full_future", file=day.isoformat()) from None


def _profile(context: Context, name: str) -> ImportProfile:
    """A shipped profile, or one that the server offers; raises FileRefused."""
    folder = context.service.settings.profiles
    if folder is None and name not in SHIPPED:
        raise FileRefused("file.missing", file=name[:100])
    return import_profile(name) if folder is None else named_profile(folder, name)


def _taken(context: Context, upload: Upload, options: Options) -> ImportReport:
    def tell(rows: int, share: float | None) -> None:
        upload.rows, upload.share, upload.read_to = rows, share, service.wall()

    service = context.service
    upload.rows, upload.share, upload.is_done = 0, None, False
    upload.read_from = upload.read_to = service.wall()
    clean_up(service.store, service.wall())
    try:
        return _report(context, import_file(service.store, service.clocks, upload.file, options, tell), options)
    finally:
        upload.is_done = True


async def _preview(
    info: Info, input: Annotated[ImportInput, strawberry.argument(description="The file.")]
) -> ImportReport | UserError:
    context = info.context

    def work() -> ImportReport:
        upload = context.service.uploads.of(str(input.upload_id), context.asker.identity.subject)
        context.act("file:tried", file=upload.name)
        return _taken(context, upload, _options(context, input, dry_run=True))

    return await context.in_thread(lambda: caught(context, work))


async def _commit(
    info: Info, input: Annotated[ImportInput, strawberry.argument(description="The file.")]
) -> ImportReport | UserError:
    context = info.context

    def work() -> ImportReport:
        uploads = context.service.uploads
        upload = uploads.of(str(input.upload_id), context.asker.identity.subject)
        context.act("file:imported", file=upload.name)
        report = _taken(context, upload, _options(context, input, dry_run=False))
        uploads.drop(upload)
        return report

    return await context.in_thread(lambda: caught(context, work))


async def _undo(
    info: Info, input: Annotated[UndoInput, strawberry.argument(description="The run.")]
) -> ImportUndone | UserError:
    context = info.context

    def work() -> ImportUndone:
        service, who = context.service, context.asker.identity.subject
        found = service.store.run(input.run)
        if context.asker.runs_of not in ("", found.actor):
            raise RunRefused("run.unknown", run=input.run)
        context.act("file:undone", run=input.run)
        report = undo_run(service.store, service.clocks, input.run, who)
        conflicts = [
            UndoConflict(
                file=one.file,
                line=one.line,
                later_run=one.later_run,
                later_file=one.later_file if one.later_actor == who else "",
                later_line=one.later_line,
            )
            for one in report.conflicts
        ]
        return ImportUndone(run=run_type(context, report.run), conflicts=conflicts)

    return await context.in_thread(lambda: caught(context, work))


async def _progress(
    info: Info, upload_id: Annotated[strawberry.ID, strawberry.argument(description="The upload.")]
) -> ImportProgress:
    context = info.context
    upload = context.service.uploads.progress_of(str(upload_id), context.asker.identity.subject)
    return ImportProgress(
        rows=upload.rows,
        share=upload.share,
        is_done=upload.is_done,
        rows_per_second=upload.rows_per_second,
        seconds_left=upload.seconds_left,
    )


def _report(context: Context, report: Report, options: Options) -> ImportReport:
    plan, language = report.plan, context.language
    assert plan is not None
    questions = plan.to_be_decided(as_proposed=options.as_proposed)
    return ImportReport(
        run=run_type(context, report.run),
        mapping=report.run.mapping,
        columns=[
            _column(part.file.part, column, column.header in part.refused, samples)
            for part in plan.parts
            for column, samples in zip(part.mapping.columns, (*part.proposal.samples, *[()] * 999), strict=False)
        ],
        fields=[
            FieldChoice(part=part.file.part, name=field.name, headers=list(field.headers), is_needed=field.needed)
            for part in plan.parts
            for field in part.importer.fields
        ],
        notices=[sentence(one.code, language, **dict(one.values)) for one in plan.notices],
        questions=[sentence(one.reason, language, column=one.column, value=one.value) for one in questions],
        has_first_reading=bool(questions) and plan.only_readings,
        refused_columns=list(plan.refused),
        faults=[fault_type(fault, language) for fault in report.faults],
        remarks=[fault_type(remark, language) for remark in report.remarks],
    )


def _column(part: str, column: Column, is_refused: bool, samples: tuple[str, ...]) -> ColumnReading:
    return ColumnReading(
        part=part,
        header=column.header,
        field=column.field,
        form=column.form,
        sure=column.sure,
        other=column.other,
        is_refused=is_refused,
        samples=list(samples) if column.field and not is_refused else [],
    )


IMPORT_PREVIEW = asked(_preview, "How a file would be read and what it would do; nothing is changed.", _OWN_RUNS)
IMPORT_COMMIT = asked(_commit, "Takes a file in; the uploaded file is deleted.", _OWN_RUNS)
IMPORT_UNDO = asked(_undo, "Undoes an import of one's own.", Guard(act=Act.UNDO_IMPORT))
IMPORT_PROGRESS = asked(_progress, "How far a file of one's own was read.", _OWN_RUNS)
