"""The terminal's commands about imports: `import`, `imports list | show | undo`."""

import dataclasses
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from graph_service.access import Asker, FieldClass, Purpose, Reach
from graph_service.access.roles import Act
from graph_service.acting import asker_for, asker_of, importer_of, noted
from graph_service.errors import AccessRefused, FileRefused, RunRefused, StoreBusy
from graph_service.intake.files import PackedFile
from graph_service.intake.profiles import import_profile
from graph_service.intake.runs import Options, Report, import_file, undo_run
from graph_service.model import ImportRun, RowFault
from graph_service.shell import AsJson, Language, StoreUrl, plainly, print_json, progress, say_refused, spoken_in
from graph_service.store.run_leases import clean_up
from graph_service.terminal import console, show_fault, show_reasons, show_report, show_runs
from graph_service.text.messages import Spoken, sentence
from graph_service.wiring import Service, open_service

Result = TypeVar("Result")

imports = typer.Typer(
    help="Import runs: list, show, undo.", epilog="Example: expert-graph imports list", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Adds the commands to the terminal."""
    app.command("import", epilog="Example: expert-graph import export.csv.xz --dry-run")(import_)
    app.add_typer(imports, name="imports")


def import_(
    files: Annotated[list[Path], typer.Argument(help="Files: plain, xz, gz, bz2 or a zip with one file.")],
    format_name: Annotated[str | None, typer.Option("--format", help="Format, when recognition is in doubt.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="The same report, nothing changed.")] = False,
    profile: Annotated[
        str | None,
        typer.Option(help="Import profile: a TOML file, or evaluation. Without one nobody in the file takes part."),
    ] = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Import case histories, people and skills."""
    spoken = spoken_in(language)
    results: list[dict[str, Any]] = []
    failed = False
    with plainly(spoken, as_json):
        service = open_service(store)
        asker, brings = importer_of(service)
        clean_up(service.store, service.wall())
        agreed = import_profile(profile) if profile else None
        secret = service.settings.secret.get_secret_value()
        options = Options(format_name, dry_run, agreed, asker.identity.subject, brings, secret)
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
            if not as_json:
                show_report(report, spoken, console())
                if agreed is None:
                    console().print(sentence("say.no_profile", spoken), style="yellow", markup=False)
    if as_json:
        print_json(results)
    if failed:
        raise typer.Exit(1)


def _imported(service: Service, path: Path, options: Options, spoken: Spoken) -> Report:
    file = PackedFile(path)
    started = time.monotonic()

    def said(rows: int, _: int) -> str:
        rate = round(rows / max(time.monotonic() - started, 0.001))
        return sentence("say.rows", spoken, file=file.name, rows=rows, rate=rate)

    with progress(said) as tell:
        return patiently(
            lambda: import_file(service.store, service.clocks, file, options, lambda rows: tell(rows, 0)), spoken
        )


def patiently(work: Callable[[], Result], spoken: Spoken) -> Result:
    """Waits out another run's lease once; a killed import's lease runs out within a minute."""
    try:
        return work()
    except StoreBusy as busy:
        if busy.code != "store.import_running":
            raise
        seconds = int(str(busy.values["seconds"]))
        console(error=True).print(sentence("say.waiting", spoken, run=busy.values["run"], seconds=seconds))
        deadline = time.monotonic() + seconds + 2
    while True:
        try:
            return work()
        except StoreBusy as busy:
            if busy.code != "store.import_running" or time.monotonic() > deadline:
                raise
            time.sleep(1)


def _report_json(report: Report, spoken: Spoken) -> dict[str, Any]:
    return {
        "run": None if report.dry_run else report.run.number,
        "file": report.run.file,
        "format": report.run.format,
        "profile": report.run.profile,
        "dry_run": report.dry_run,
        "counts": dataclasses.asdict(report.counts),
        "reasons": report.reasons,
        "faults": [
            {**dataclasses.asdict(fault), "message": sentence(fault.reason, spoken, value=fault.value)}
            for fault in report.faults
        ],
    }


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
        show_reasons(found.reasons, spoken, out)
        for row in refused:
            show_fault(RowFault(*row), spoken, out)


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
            done = patiently(lambda: undo_run(service.store, service.clocks, run, who), spoken)
        if as_json:
            print_json(_run_json(done))
            return
        counts = done.counts
        out: Console = console()
        out.print(sentence("say.undone", spoken, undone=run, run=done.number))
        out.print(sentence("say.facts", spoken, added=counts.facts_added, withdrawn=counts.facts_withdrawn))


def _run_json(run: ImportRun) -> dict[str, Any]:
    return {"id": run.id, **dataclasses.asdict(run)}
