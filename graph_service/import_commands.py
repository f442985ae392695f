"""The terminal's commands about imports: `import`, `imports list | show | rejects | undo`."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from time import monotonic, sleep
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from graph_service.access import Asker, FieldClass, Purpose, Reach
from graph_service.access.roles import Act
from graph_service.acting import asker_for, asker_of, importer_of, noted
from graph_service.errors import AccessRefused, FileRefused, RunRefused, StoreBusy
from graph_service.intake.files import PackedFile
from graph_service.intake.mappings import left_columns, read_mappings
from graph_service.intake.planning import Plan
from graph_service.intake.profiles import import_profile
from graph_service.intake.rejects import rejected
from graph_service.intake.runs import BAD_PERCENT, VANISH_PERCENT, Options, Report, import_file, undo_run
from graph_service.model import ImportRun, RowFault, instant, moment
from graph_service.shell import AsJson, Language, StoreUrl, plainly, print_json, progress, say_refused, spoken_in
from graph_service.store.run_leases import clean_up
from graph_service.terminal import (
    console,
    notice_at_terminal,
    show_fault,
    show_mapping,
    show_reasons,
    show_report,
    show_run,
    show_runs,
)
from graph_service.text.messages import Spoken, sentence
from graph_service.wiring import Service, open_service

Result = TypeVar("Result")
_WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".ods")

imports = typer.Typer(
    help="Import runs: list, show, rejects, undo.",
    epilog="Example: expert-graph imports list",
    no_args_is_help=True,
)
Files = Annotated[list[Path], typer.Argument(help="Files: plain, xz, gz, bz2, zip, XLSX.")]
FormatName = Annotated[str | None, typer.Option("--format", help="Format, when recognition is in doubt.")]
MappingFile = Annotated[Path | None, typer.Option(help="TOML file that says how the file is read.")]
WriteMapping = Annotated[
    Path | None, typer.Option("--write-mapping", help="With --dry-run: write how the file is read, to be edited.")
]
ProfileName = Annotated[
    str | None,
    typer.Option(help="Import profile: a TOML file, or evaluation. Without one nobody in the file takes part."),
]
FullAsOf = Annotated[
    str | None, typer.Option(help="The file is complete as of this day (YYYY-MM-DD): what it lacks has ended.")
]
Delta = Annotated[
    bool,
    typer.Option("--delta", help="The file tells only what changed: what it lacks stays. So it is without --full."),
]
Limit = Annotated[int | None, typer.Option(min=1, help="Read only the first rows.")]
BadPercent = Annotated[
    float, typer.Option(min=0, max=100, help="Stop at this share of bad rows, in files of 20 rows and more.")
]
VanishPercent = Annotated[
    float, typer.Option(min=0, max=100, help="With --full: stop when more than this share would end.")
]
AsProposed = Annotated[bool, typer.Option("--as-proposed", help="Where two readings are as good, take the first.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="The same report, nothing changed.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to the terminal."""
    app.command("import", epilog="Example: expert-graph import export.csv.xz --dry-run")(import_)
    app.add_typer(imports, name="imports")


def import_(
    files: Files,
    format_name: FormatName = None,
    mapping: MappingFile = None,
    write_mapping: WriteMapping = None,
    profile: ProfileName = None,
    full: FullAsOf = None,
    delta: Delta = False,
    limit: Limit = None,
    bad_percent: BadPercent = BAD_PERCENT,
    vanish_percent: VanishPercent = VANISH_PERCENT,
    as_proposed: AsProposed = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Import people, skills, cases, contacts, ratings: the format is recognised from the content."""
    spoken = spoken_in(language)
    _check_usage(write_mapping is not None and (not dry_run or len(files) > 1), delta and full is not None)
    results: list[dict[str, Any]] = []
    failed = False
    with plainly(spoken, as_json):
        service = open_service(store)
        asker, brings = importer_of(service)
        clean_up(service.store, service.wall())
        agreed = import_profile(profile) if profile else None
        options = Options(
            format_name,
            dry_run,
            agreed,
            asker.identity.subject,
            brings,
            service.settings.secret.get_secret_value(),
            mappings=read_mappings(mapping) if mapping else (),
            complete_at=_day(full) if full else None,
            limit=limit,
            bad_percent=bad_percent,
            vanish_percent=vanish_percent,
            as_proposed=as_proposed,
        )
        for path in files:
            try:
                with noted(service, asker, "file:tried" if dry_run else "file:imported"):
                    report = _imported(service, path, options, spoken)
            except FileRefused as refused:
                failed = True
                results.append({"file": PackedFile(path).name, **say_refused(refused, spoken)})
                continue
            failed = failed or report.counts.refused > 0
            results.append(_report_json(report, spoken))
            if write_mapping is not None:
                _write(write_mapping, report.run.mapping.encode(), "say.mapping_written", spoken)
            if not as_json:
                _show(report, spoken, agreed is None)
    if as_json:
        print_json(results)
    if failed:
        raise typer.Exit(1)


def _check_usage(mapping_of_several: bool, full_and_delta: bool) -> None:
    if mapping_of_several:
        raise typer.BadParameter("only with --dry-run, and for one file", param_hint="--write-mapping")
    if full_and_delta:
        raise typer.BadParameter("either --full or --delta", param_hint="--delta")


def _show(report: Report, spoken: Spoken, without_profile: bool) -> None:
    show_report(report, spoken, console())
    if report.dry_run and report.plan is not None:
        show_mapping(report.plan, spoken, console())
    if without_profile and report.tells_people:
        console().print(sentence("say.no_profile", spoken), style="yellow", markup=False)


def _write(path: Path, content: bytes, code: str, spoken: Spoken) -> None:
    path.write_bytes(content)
    console(error=True).print(sentence(code, spoken, file=path.name), markup=False)


def _day(text: str) -> int:
    try:
        return instant(datetime.combine(date.fromisoformat(text), time(), UTC))
    except ValueError:
        raise typer.BadParameter("YYYY-MM-DD", param_hint="--full") from None


def _imported(service: Service, path: Path, options: Options, spoken: Spoken) -> Report:
    file = PackedFile(path)
    started = 0.0

    def said(rows: int, share: int) -> str:
        spent = max(monotonic() - started, 0.001)
        left = sentence("say.left", spoken, seconds=round(spent * (100 - share) / share)) if share > 0 else ""
        return sentence("say.rows", spoken, file=file.name, rows=rows, rate=round(rows / spent), left=left)

    with progress(said) as tell:

        def read(rows: int, share: float | None) -> None:
            nonlocal started
            started = started or monotonic()  # waiting for another run is no work
            tell(rows, round((share or 0) * 100))

        return patiently(lambda: import_file(service.store, service.clocks, file, options, read), spoken)


def patiently(work: Callable[[], Result], spoken: Spoken) -> Result:
    """Waits out another run's lease once; a killed import's lease runs out within a minute."""
    try:
        return work()
    except StoreBusy as busy:
        if busy.code != "store.import_running":
            raise
        seconds = int(str(busy.values["seconds"]))
        console(error=True).print(sentence("say.waiting", spoken, run=busy.values["run"], seconds=seconds))
        deadline = monotonic() + seconds + 2
    while True:
        try:
            return work()
        except StoreBusy as busy:
            if busy.code != "store.import_running" or monotonic() > deadline:
                raise
            sleep(1)


def _report_json(report: Report, spoken: Spoken) -> dict[str, Any]:
    return {
        "run": None if report.dry_run else report.run.number,
        "file": report.run.file,
        "format": report.run.format,
        "profile": report.run.profile,
        "dry_run": report.dry_run,
        "counts": dataclasses.asdict(report.counts),
        "reasons": report.reasons,
        "faults": [_fault_json(fault, spoken) for fault in report.faults],
        "remarks": [_fault_json(remark, spoken) for remark in report.remarks],
        **_plan_json(report.plan, spoken),
        "mapping": report.run.mapping,
    }


def _plan_json(plan: Plan | None, spoken: Spoken) -> dict[str, Any]:
    if plan is None:
        return {}
    return {
        "refused_columns": list(plan.refused),
        "left_columns": list(plan.left),
        "notices": [notice_at_terminal(one, spoken) for one in plan.notices],
        "questions": [_fault_json(one, spoken) for one in plan.questions],
    }


def _fault_json(fault: RowFault, spoken: Spoken) -> dict[str, Any]:
    told = {name: getattr(fault, name) for name in ("file", "line", "column", "value", "reason")}
    return {**told, "message": sentence(fault.reason, spoken, value=fault.value, column=fault.column)}


@imports.command("list", epilog="Example: expert-graph imports list --json")
def list_(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many runs, newest first.")] = 20,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """List import runs, newest first."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        asker = _looking_at_runs(service)
        with noted(service, asker, "runs:listed"):
            runs = service.store.runs(limit=limit, actor=asker.runs_of)
        if as_json:
            print_json([_run_json(run) for run in runs])
        else:
            show_runs(runs, spoken, console())


@imports.command(epilog="Example: expert-graph imports show 3")
def show(
    run: Annotated[int, typer.Argument(min=1, max=2**53, help="Number of the run.")],
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Show a run with the rows it refused."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        asker = _looking_at_runs(service)
        with noted(service, asker, "run:read", run=run):
            found = _own_run(service, asker, run)
            may_see = asker.reach(FieldClass.FAULTS) is not Reach.NONE
            refused = service.store.faults(run) if may_see else []
        if as_json:
            shown = {**_run_json(found), "faults": [fault._asdict() for fault in refused] if may_see else None}
            print_json(shown)
            return
        out = console()
        show_runs([found], spoken, out)
        show_run(found, spoken, out)
        show_reasons(found.reasons, spoken, out)
        for row in refused:
            show_fault(RowFault(*row), spoken, out)


@imports.command(name="rejects", epilog="Example: expert-graph imports rejects 3 --out refused.csv")
def rejects_(
    run: Annotated[int, typer.Argument(min=1, max=2**53, help="Number of the run.")],
    out: Annotated[Path | None, typer.Option(help="File to write; default: standard output.")] = None,
    part: Annotated[str, typer.Option(help="Sheet or member of the archive; default: the first that has some.")] = "",
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Write the refused rows of a run in their own layout, with the reasons: correct them and import the file again."""
    spoken = spoken_in(language)
    if out is not None and out.suffix.lower() in _WORKBOOKS:
        raise typer.BadParameter("refused rows are written as CSV, which spreadsheets open too", param_hint="--out")
    with plainly(spoken):
        service = open_service(store)
        asker = _looking_at_runs(service)
        with noted(service, asker, "run:rejects", run=run):
            found = _own_run(service, asker, run)
            if asker.reach(FieldClass.FAULTS) is Reach.NONE:
                raise AccessRefused("access.not_yours", role=asker.role, purpose=asker.purpose)
            told = rejected(service.store, found, spoken, part)
        if told.lost:
            lost = sentence("say.not_in_rejects", spoken, rows=told.lost)
            console(error=True).print(lost, style="yellow", markup=False)
        if len(told.parts) > 1 and not part:
            others = sentence("say.other_parts", spoken, parts=", ".join(told.parts[1:]))
            console(error=True).print(others, style="yellow", markup=False)
        if out is None:
            typer.echo(told.content, nl=False)
        else:
            _write(out, told.content, "say.written", spoken)


def _looking_at_runs(service: Service) -> Asker:
    asker = asker_of(service, (Purpose.SKILL_UPKEEP, Purpose.OPERATION))
    if asker.reach(FieldClass.RUNS) is Reach.NONE:
        raise AccessRefused("access.not_yours", role=asker.role, purpose=asker.purpose)
    return asker


def _own_run(service: Service, asker: Asker, number: int) -> ImportRun:
    """The run; raises RunRefused for another's and for none alike."""
    found = service.store.run(number)
    if asker.runs_of not in ("", found.actor):
        raise RunRefused("run.unknown", run=number)
    return found


@imports.command(epilog="Example: expert-graph imports undo 3")
def undo(
    run: Annotated[int, typer.Argument(min=1, max=2**53, help="Number of the import to undo.")],
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Undo an import: facts as if it had never been; what other runs confirm stays."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        asker = asker_for(service, Act.UNDO_IMPORT)
        with noted(service, asker, "file:undone", run=run):
            _own_run(service, asker, run)
            who = asker.identity.subject
            report = patiently(lambda: undo_run(service.store, service.clocks, run, who), spoken)
        may_see = asker.reach(FieldClass.FAULTS) is not Reach.NONE
        own = [
            dataclasses.replace(one, later_file=one.later_file if one.later_actor == who else "", later_actor="")
            for one in report.conflicts
        ]
        conflicts = own if may_see else []
        if as_json:
            print_json({**_run_json(report.run), "conflicts": [dataclasses.asdict(one) for one in conflicts]})
            return
        counts = report.counts
        out: Console = console()
        out.print(sentence("say.undone", spoken, undone=run, run=report.run.number))
        out.print(sentence("say.facts", spoken, added=counts.facts_added, withdrawn=counts.facts_withdrawn))
        show_reasons(report.reasons, spoken, out)
        for one in conflicts:
            places = {"file": one.file, "line": one.line, "later": one.later_file, "later_line": one.later_line}
            out.print(sentence("say.conflict", spoken, run=one.later_run, **places), style="yellow", markup=False)


_SHOWN = ("number", "kind", "state", "format", "file", "profile", "purposes", "actor", "undoes", "reasons", "mapping")


def _run_json(run: ImportRun) -> dict[str, Any]:
    """A run for machines: what it did, not what keeps it going."""
    moments = {name: getattr(run, name) for name in ("started_at", "ended_at", "complete_at")}
    return {
        "id": run.id,
        **{name: getattr(run, name) for name in _SHOWN},
        **{name: None if at is None else moment(at).isoformat() for name, at in moments.items()},
        "counts": dataclasses.asdict(run.counts),
        "left_columns": left_columns(run),
    }
