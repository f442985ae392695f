"""The terminal: `expert-graph demo | import | ask | serve | imports | doctor`, and what `learning_commands` adds.

Exit codes: 0 done, 1 refused or with faults, 2 wrong usage.
"""

import dataclasses
import io
import re
import secrets
import socket
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from datetime import time as day_time
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any, TypeVar

import orjson
import typer
from rich.console import Console

from graph_service import demo as demo_company
from graph_service import learning_commands
from graph_service.api.execution import run_now
from graph_service.api.schema import Context
from graph_service.classifier import refresh_words
from graph_service.errors import FileRefused, InputRefused, StoreBusy
from graph_service.health import findings
from graph_service.intake.files import PackedFile
from graph_service.intake.runs import Options, Report, import_file, undo_run
from graph_service.model import ImportRun, RowFault
from graph_service.resources import text_folder
from graph_service.shell import AsJson, Language, StoreUrl, plainly, print_json, progress, say_refused, spoken_in
from graph_service.terminal import console, printable, show_answer, show_fault, show_reasons, show_report, show_runs
from graph_service.text.messages import Spoken, sentence
from graph_service.wiring import Service, demo_store, open_service

Result = TypeVar("Result")
_WARM_UP = "warm up"
"""Asked once before serving, so that Neo4j has planned the main question when the first person asks it."""

app = typer.Typer(
    name="expert-graph",
    help="Names the people who are worth something for a given problem, and says why.",
    epilog='Example: expert-graph ask "Produktion steht, KANBAN-Abruf geht nicht raus"',
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
imports = typer.Typer(
    help="Import runs: list, show, undo.", epilog="Example: expert-graph imports list", no_args_is_help=True
)
app.add_typer(imports, name="imports")
learning_commands.register(app)


def main() -> None:
    """The console script; letters a terminal cannot show are replaced, never a reason to stop."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app()


@app.callback(invoke_without_command=True)
def _version(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", is_eager=True, help="Print the version and stop.")] = False,
) -> None:
    if version:
        print(f"expert-graph {metadata.version('expert-graph')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(2)


@app.command("import", epilog="Example: expert-graph import export.csv.xz --dry-run")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Files: plain, xz, gz, bz2 or a zip with one file.")],
    format_name: Annotated[str | None, typer.Option("--format", help="Format, when recognition is in doubt.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="The same report, nothing changed.")] = False,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Import case histories, people and skills."""
    spoken = spoken_in(language)
    results: list[dict[str, Any]] = []
    failed = False
    with plainly(spoken, as_json):
        service = open_service(store, create=True)
        for path in files:
            try:
                report = _imported(service, path, Options(format_name, dry_run), spoken)
            except FileRefused as refused:
                failed = True
                results.append({"file": PackedFile(path).name, **say_refused(refused, spoken)})
                continue
            failed = failed or report.counts.refused > 0
            results.append(_report_json(report, spoken))
            if not as_json:
                show_report(report, spoken, console())
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
        return _patiently(
            lambda: import_file(service.store, service.clocks, file, options, lambda rows: tell(rows, 0)), spoken
        )


def _patiently(work: Callable[[], Result], spoken: Spoken) -> Result:
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
        "dry_run": report.dry_run,
        "counts": dataclasses.asdict(report.counts),
        "reasons": report.reasons,
        "faults": [
            {**dataclasses.asdict(fault), "message": sentence(fault.reason, spoken, value=fault.value)}
            for fault in report.faults
        ],
    }


@app.command(epilog='Example: expert-graph ask "Produktion steht, KANBAN-Abruf geht nicht raus" --limit 3')
def ask(
    text: Annotated[str, typer.Argument(help="The problem in words, or a case number; - reads standard input.")],
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many names at most.")] = 5,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="As of this moment (ISO 8601; a day means its first moment, UTC)."),
    ] = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Ask who is worth something for a problem."""
    spoken = spoken_in(language)
    moment = _moment(as_of, spoken)
    with plainly(spoken, as_json):
        problem = sys.stdin.read() if text == "-" else text
        data = _asked(open_service(store), problem, limit, moment, spoken)
        if as_json:
            print_json(data)
        else:
            show_answer(data["recommendExperts"], spoken, console())
    if data["recommendExperts"]["verdict"] == "NOTHING_TO_GO_ON":
        raise typer.Exit(1)


def _asked(service: Service, text: str, limit: int, as_of: datetime | None, spoken: Spoken) -> dict[str, Any]:
    document = (text_folder("queries") / "graphql" / "recommend_experts.graphql").read_text(encoding="utf-8")
    variables = {"problem": {"text": text}, "limit": limit, "asOf": as_of.isoformat() if as_of else None}
    outcome = run_now(document, variables, Context(service, spoken))
    if outcome.data is None:
        error = outcome.errors[0]
        raise _Told(error["message"], error["extensions"]["code"])
    return dict(outcome.data)


class _Told(InputRefused):
    """An error the interface has already put into words."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__("say.told", message=message, told=code)


def _moment(text: str | None, spoken: Spoken) -> datetime | None:
    if text is None:
        return None
    try:
        if re.fullmatch(r"\d{2}\.\d{2}\.\d{4}", text):
            text = "-".join(reversed(text.split(".")))
        if len(text) == 10:
            return datetime.combine(date.fromisoformat(text), day_time(), UTC)
        moment = datetime.fromisoformat(text)
    except ValueError:
        told = sentence("problem.bad_date", spoken, value=printable(text[:60]))
        raise typer.BadParameter(told, param_hint="--as-of") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@app.command(epilog="Example: expert-graph serve --port 8000")
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; default 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; default 8000.")] = None,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Serve GraphQL; only the printed token is accepted."""
    spoken = spoken_in(language)
    with plainly(spoken):
        _serve(open_service(store, create=True), host, port, spoken)


def _serve(service: Service, host: str | None, port: int | None, spoken: Spoken) -> None:
    import uvicorn

    from graph_service.api.app import build_app

    known = service.settings
    address, number = host or known.host, known.port if port is None else port
    own = known.token.get_secret_value()
    if not own.isascii():
        raise InputRefused("settings.token")
    token = own or secrets.token_urlsafe(24)
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, number))
            number = probe.getsockname()[1]
        except (OSError, TypeError, UnicodeError):
            raise InputRefused("serve.port_taken", address=address, port=number) from None
    if service.store.runs(limit=1):
        refresh_words(service.store, service.now())
        _asked(service, _WARM_UP, 1, None, spoken)
    _show_request(f"http://{address}:{number}/graphql", "$EXPERT_GRAPH_TOKEN" if own else token, spoken)
    uvicorn.run(build_app(service, token), host=address, port=number, log_level="warning", ws="none")


def _show_request(url: str, token: str, spoken: Spoken) -> None:
    body = orjson.dumps(
        {
            "query": "query ($text: String!) { recommendExperts(problem: {text: $text}) "
            "{ sentence experts { rank person { name } knows { statement } } } }",
            "variables": {"text": demo_company.question()},
        }
    ).decode()
    out = console()
    out.print(sentence("say.serving", spoken, url=url), markup=False)
    request = (
        f'curl -s {url} -H "Authorization: Bearer {token}" '
        f"-H 'Content-Type: application/json' -H 'Accept-Language: {spoken}' \\\n  -d '{body}'"
    )
    out.print(sentence("say.stop", spoken), markup=False)
    print(f"\n{request}\n")
    sys.stdout.flush()


@app.command(epilog="Example: expert-graph demo --size large --no-serve")
def demo(
    size: Annotated[str, typer.Option(help="small, or large: a generated company of 2,100 people.")] = "small",
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop after the answer.")] = False,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; default 8000.")] = None,
    store: Annotated[str | None, typer.Option("--store", help="Another store; default: the demo's own.")] = None,
    language: Language = None,
) -> None:
    """Fill the demo's own store with an invented company, ask one question, then serve GraphQL."""
    spoken = spoken_in(language)
    if size not in ("small", "large"):
        raise typer.BadParameter("small, large", param_hint="--size")
    large = size == "large"
    out = console()
    with plainly(spoken):
        service = demo_company.at_its_clock(open_service(store or demo_store(large=large), create=True))
        _patiently(lambda: demo_company.fill(service, large=large), spoken)
        question = demo_company.question()
        out.print(
            sentence("say.demo_clock", spoken, at=f"{demo_company.CLOCK:%d.%m.%Y %H:%M}"), style="dim", markup=False
        )
        out.print(f"\n» {question}\n", style="italic", markup=False)
        show_answer(_asked(service, question, 5, None, spoken)["recommendExperts"], spoken, out)
        if not no_serve:
            _serve(service, None, port, spoken)


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
        runs = open_service(store).store.runs(limit=limit)
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
        opened = open_service(store).store
        found, faults = opened.run(run), opened.faults(run)
        if as_json:
            shown = {**_run_json(found), "faults": [fault._asdict() for fault in faults]}
            print_json(shown)
            return
        out = console()
        show_runs([found], spoken, out)
        show_reasons(found.reasons, spoken, out)
        for row in faults:
            show_fault(RowFault(*row), spoken, out)


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
        done = _patiently(lambda: undo_run(service.store, service.clocks, run), spoken)
        if as_json:
            print_json(_run_json(done))
            return
        counts = done.counts
        out: Console = console()
        out.print(sentence("say.undone", spoken, undone=run, run=done.number))
        out.print(sentence("say.facts", spoken, added=counts.facts_added, withdrawn=counts.facts_withdrawn))


def _run_json(run: ImportRun) -> dict[str, Any]:
    return {"id": run.id, **dataclasses.asdict(run)}


@app.command(epilog="Example: expert-graph doctor --json")
def doctor(as_json: AsJson = False, store: StoreUrl = None, language: Language = None) -> None:
    """Check the store: reachable, versions, index, unfinished runs, counts, null keys."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        found = findings(open_service(store))
    if as_json:
        print_json(dataclasses.asdict(found))
    else:
        out = console()
        for name, value in found.facts.items():
            out.print(f"{name:24} {value}", markup=False)
        told = sentence("say.unhealthy", spoken, what=", ".join(found.faults)) if found.faults else None
        out.print(told or sentence("say.healthy", spoken), style="red" if told else "green", markup=False)
    if found.faults:
        raise typer.Exit(1)
