"""The terminal: `expert-graph demo | import | ask | serve | imports | doctor`, and what `learning_commands` adds.

Exit codes: 0 done, 1 refused or with faults, 2 wrong usage.
"""

import dataclasses
import io
import logging
import re
import socket
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, time as day_time
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any, TypeVar

import orjson
import typer
from rich.console import Console

from graph_service import demo as demo_company, key_commands, learning_commands
from graph_service.access import Asker, FieldClass, Purpose, Reach, everybody_for
from graph_service.access.roles import Act
from graph_service.acting import asker_for, asker_of, importer_of, noted
from graph_service.api.context import Context
from graph_service.api.execution import run_now
from graph_service.audit import anchor_faults, faults
from graph_service.classifier import refresh_words
from graph_service.errors import AccessRefused, FileRefused, InputRefused, RunRefused, StoreBusy, file_refusals
from graph_service.health import Findings, findings
from graph_service.intake.files import PackedFile
from graph_service.intake.profiles import import_profile
from graph_service.intake.runs import Options, Report, import_file, undo_run
from graph_service.model import ImportRun, RowFault
from graph_service.ranking.recommend import Question, recommend
from graph_service.resources import text_folder
from graph_service.shell import AsJson, Language, StoreUrl, plainly, print_json, progress, say_refused, spoken_in
from graph_service.store import named_queries as nq
from graph_service.store.run_leases import clean_up
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
key_commands.register(app)


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
    profile: Annotated[
        str | None,
        typer.Option(
            help="Import profile: a TOML file, or demo, evaluation. Without one nobody in the file takes part."
        ),
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
        "profile": report.run.profile,
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
        service = open_service(store)
        data = _asked(service, asker_of(service, (Purpose.CASE_HELP,)), Asking(problem, limit, moment), spoken)
        if as_json:
            print_json(data)
        else:
            show_answer(data["recommendExperts"], spoken, console())
    if data["recommendExperts"]["verdict"] == "NOTHING_TO_GO_ON":
        raise typer.Exit(1)


@dataclasses.dataclass(frozen=True, slots=True)
class Asking:
    """A question at the terminal."""

    text: str
    limit: int = 5
    as_of: datetime | None = None


def _asked(service: Service, asker: Asker, asking: Asking, spoken: Spoken) -> dict[str, Any]:
    document = (text_folder("queries") / "graphql" / "recommend_experts.graphql").read_text(encoding="utf-8")
    as_of = asking.as_of.isoformat() if asking.as_of else None
    variables = {"problem": {"text": asking.text}, "limit": asking.limit, "asOf": as_of}
    outcome = run_now(document, variables, Context(service, asker, spoken))
    if outcome.data is None or outcome.data["recommendExperts"] is None:
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
    """Serve GraphQL to whoever signs in: with an API key, or with a token of the OIDC provider."""
    spoken = spoken_in(language)
    with plainly(spoken):
        service = open_service(store, create=True)
        if not service.settings.oidc_issuer and not service.store.state(nq.API_KEYS):
            console(error=True).print(sentence("serve.nobody", spoken), style="yellow", markup=False)
        _serve(service, host, port, spoken)


def _serve(service: Service, host: str | None, port: int | None, spoken: Spoken, key: str = "") -> None:
    import uvicorn

    from graph_service.api.app import build_app
    from graph_service.api.doors import BODY_LIMIT

    known = service.settings
    address, number = host or known.host, known.port if port is None else port
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, number))
            number = probe.getsockname()[1]
        except (OSError, TypeError, UnicodeError):
            raise InputRefused("serve.port_taken", address=address, port=number) from None
    if service.store.runs(limit=1):
        refresh_words(service.store, service.now())
        with service.store.view(everybody_for(Purpose.CASE_HELP), as_of=service.now()) as view:
            recommend(view, Question(_WARM_UP, limit=1))
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("graph_service.audit").setLevel(logging.INFO)
    _show_request(f"http://{address}:{number}/graphql", key or "$EXPERT_GRAPH_KEY", spoken)
    uvicorn.run(build_app(service), host=address, port=number, log_level="warning", ws_max_size=BODY_LIMIT)


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
        f"-H 'X-Purpose: CASE_HELP' \\\n  -H 'Content-Type: application/json' -H 'Accept-Language: {spoken}' \\\n"
        f"  -d '{body}'"
    )
    out.print(sentence("say.stop", spoken), markup=False)
    print(f"\n{request}\n")
    sys.stdout.flush()


@app.command(epilog="Example: expert-graph demo --size large --no-serve")
def demo(
    size: Annotated[str, typer.Option(help="small, or large: a generated company of 2,100 people.")] = "small",
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop after the answer.")] = False,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; default 8000.")] = None,
    as_: Annotated[str | None, typer.Option("--as", help="Account of the invented person who asks.")] = None,
    store: Annotated[str | None, typer.Option("--store", help="Another store; default: the demo's own.")] = None,
    language: Language = None,
) -> None:
    """Fill the demo's own store with an invented company, ask one question, then serve GraphQL to its people."""
    spoken = spoken_in(language)
    if size not in ("small", "large"):
        raise typer.BadParameter("small, large", param_hint="--size")
    large = size == "large"
    out = console()
    with plainly(spoken):
        service = demo_company.at_its_clock(open_service(store or demo_store(large=large), create=True))
        _patiently(lambda: demo_company.fill(service, large=large), spoken)
        question = demo_company.question()
        people = demo_company.askers(large=large)
        asker = demo_company.asker(people, as_, service.wall())
        out.print(
            sentence("say.demo_clock", spoken, at=f"{demo_company.CLOCK:%d.%m.%Y %H:%M}"), style="dim", markup=False
        )
        out.print(f"\n» {question}\n", style="italic", markup=False)
        show_answer(_asked(service, asker, Asking(question), spoken)["recommendExperts"], spoken, out)
        if not no_serve:
            keys = demo_company.tokens(service, people)
            out.print(sentence("say.tokens", spoken), markup=False)
            for name, role, key in keys:
                print(f"  {role:18} {name:18} {key}")
            mine = next(key for name, role, key in keys if role is asker.role)
            _serve(service, None, port, spoken, mine)


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
            runs = service.store.runs(limit=limit, actor=_own_only(asker))
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


def _own_only(asker: Asker) -> str:
    return asker.identity.subject if asker.reach(FieldClass.RUNS) is Reach.OWN else ""


def _own_run(service: Service, asker: Asker, number: int) -> ImportRun:
    """The run; raises RunRefused for another's and for none alike."""
    found = service.store.run(number)
    if _own_only(asker) not in ("", found.actor):
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
            done = _patiently(lambda: undo_run(service.store, service.clocks, run, who), spoken)
        if as_json:
            print_json(_run_json(done))
            return
        counts = done.counts
        out: Console = console()
        out.print(sentence("say.undone", spoken, undone=run, run=done.number))
        out.print(sentence("say.facts", spoken, added=counts.facts_added, withdrawn=counts.facts_withdrawn))


def _run_json(run: ImportRun) -> dict[str, Any]:
    return {"id": run.id, **dataclasses.asdict(run)}


@app.command(epilog="Example: expert-graph doctor --audit --anchor anchors.log")
def doctor(
    audit: Annotated[
        bool, typer.Option("--audit", help="Also read the whole audit: changed, missing, cut off?")
    ] = False,
    anchor: Annotated[Path | None, typer.Option(help="File of anchors to hold the audit against.")] = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Check the store: reachable, versions, index, unfinished runs, counts, null keys; with --audit the audit too."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        asker = asker_for(service, Act.CHECK_STORE)
        with noted(service, asker, "store:checked"):
            found = findings(service)
            if audit or anchor is not None:
                found = _with_audit(service, found, anchor)
    if as_json:
        print_json(dataclasses.asdict(found))
    else:
        out = console()
        for name, value in found.facts.items():
            out.print(f"{name:24} {value}", markup=False)
        for fault in found.broken:
            out.print(sentence(fault.kind, spoken, chain=fault.chain, seq=fault.seq), style="red", markup=False)
        told = sentence("say.unhealthy", spoken, what=", ".join(found.faults)) if found.faults else None
        out.print(told or sentence("say.healthy", spoken), style="red" if told else "green", markup=False)
    if found.faults:
        raise typer.Exit(1)


def _with_audit(service: Service, found: Findings, anchor: Path | None) -> Findings:
    """What the audit's own check adds; raises FileRefused when the file of anchors cannot be read."""
    wrong = list(faults(service.store))
    if anchor is not None:
        with file_refusals(anchor.name), anchor.open("rb") as lines:
            wrong += anchor_faults(service.store, lines, service.settings.secret.get_secret_value())
    facts = {**found.facts, "audit": len(wrong) or "whole"}
    return Findings(facts, [*found.faults, *(["audit"] if wrong else [])], wrong)
