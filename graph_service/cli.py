"""The terminal: `expert-graph demo | ask | serve | doctor`, and what the other modules of commands add.

Exit codes: 0 done, 1 refused or with faults, 2 wrong usage.
"""

import dataclasses
import io
import logging
import re
import socket
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time as day_time
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from graph_service import (
    demo as demo_company,
    identity_commands,
    import_commands,
    key_commands,
    learning_commands,
    network_commands,
    skill_commands,
)
from graph_service.access import Asker, Identity, Purpose, everybody_for
from graph_service.access.roles import Act
from graph_service.acting import asker_for, asker_of, noted
from graph_service.api.context import Context
from graph_service.api.execution import run_now
from graph_service.audit import anchor_faults, faults
from graph_service.derived import refresh_derived
from graph_service.errors import InputRefused, Told, file_refusals
from graph_service.health import Findings, findings
from graph_service.import_commands import patiently
from graph_service.model import NEVER
from graph_service.ranking.recommend import Question, recommend
from graph_service.resources import text_folder
from graph_service.shell import AsJson, Language, StoreUrl, plainly, print_json, spoken_in
from graph_service.store import named_queries as nq
from graph_service.terminal import console, printable, show_answer
from graph_service.text.messages import Spoken, sentence
from graph_service.wiring import Service, demo_store, open_service

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
import_commands.register(app)
identity_commands.register(app)
skill_commands.register(app)
learning_commands.register(app)
network_commands.register(app)
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
        raise Told(error["message"], error["extensions"]["code"])
    return dict(outcome.data)


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


@dataclasses.dataclass(frozen=True, slots=True)
class _Showing:
    """What is served besides: the key in the ready request, in the demo its people, and the first question there."""

    key: str = ""
    people: Sequence[Identity] = ()
    question: str = ""


def _serve(
    service: Service, host: str | None, port: int | None, spoken: Spoken, showing: _Showing | None = None
) -> None:
    import uvicorn

    from graph_service.api.doors import BODY_LIMIT
    from graph_service.web.site import build_site

    showing = showing or _Showing()
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
        refresh_derived(service.store, NEVER, service.now())
        with service.store.view(everybody_for(Purpose.CASE_HELP), as_of=service.now()) as view:
            recommend(view, Question(_WARM_UP, limit=1))
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("graph_service.audit").setLevel(logging.INFO)
    logging.getLogger("uvicorn.error").addFilter(_without_message)
    app, site = build_site(service, showing.people, showing.question)
    here = f"http://{f'[{address}]' if ':' in address else address}:{number}"
    _show_request(f"{here}/graphql", showing.key or "$EXPERT_GRAPH_KEY", spoken)
    _show_pages(here, site.signing.links(), spoken)
    uvicorn.run(app, host=address, port=number, log_level="warning", ws_max_size=BODY_LIMIT)


def _without_message(record: logging.LogRecord) -> bool:
    """Our own line says what went wrong, and where; an exception's message may hold what must not be there."""
    record.exc_info = record.exc_text = None
    return True


def _show_pages(here: str, links: Sequence[tuple[Identity, str]], spoken: Spoken) -> None:
    """Where the pages are; of the demo a link for each of its people, that of whoever asks last."""
    out = console()
    if not links:
        out.print(sentence("say.pages", spoken, url=here), markup=False)
    else:
        out.print(sentence("say.links", spoken), markup=False)
        for one, token in reversed(links):
            print(f"  {one.name:22} {sentence(f'pages.role.{one.roles[0]}', spoken):18} {here}/demo/{token}")
        out.print(sentence("say.first_link", spoken, name=links[0][0].name), markup=False)
    sys.stdout.flush()


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
        patiently(lambda: demo_company.fill(service, large=large), spoken)
        question = demo_company.question()
        people = demo_company.askers(large=large)
        asker = demo_company.asker(service, people, as_)
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
            identities = demo_company.identities(service, people, asker)
            _serve(service, None, port, spoken, _Showing(mine, identities, question))


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
    secret = service.settings.secret.get_secret_value()
    wrong = list(faults(service.store, service.wall(), secret))
    if anchor is not None:
        with file_refusals(anchor.name), anchor.open("rb") as lines:
            wrong += anchor_faults(service.store, lines, secret)
    facts = {**found.facts, "audit": len(wrong) or "whole"}
    return Findings(facts, [*found.faults, *(["audit"] if wrong else [])], wrong)
