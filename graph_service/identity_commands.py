"""The terminal's commands about who is who: `identity list | decide | undo | export | import`."""

import dataclasses
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from graph_service.access.roles import Act
from graph_service.acting import asker_for, noted
from graph_service.errors import FileRefused, file_refusals
from graph_service.identity.deciding import decide_identity, decisions_file, read_decisions, undo_decision
from graph_service.identity.linking import Judgement
from graph_service.identity.review import Line, Reason
from graph_service.identity.settling import waiting
from graph_service.shell import AsJson, Language, StoreUrl, other_and_verdict, plainly, print_json, spoken_in
from graph_service.terminal import console, printable
from graph_service.text.messages import Spoken, sentence
from graph_service.wiring import open_service

MOST_LINES = 50
identity = typer.Typer(
    help="Who is who: accounts nobody could place, and what was decided about them.",
    epilog="Example: expert-graph identity list",
    no_args_is_help=True,
)
OneAccount = Annotated[str, typer.Argument(help="The account, by its id from `identity list`.")]
_ALONE = "The other account, by its id; or alone: EXTERNAL (somebody new, from outside), LATER."
OtherAccount = Annotated[str, typer.Argument(help="The other account; left out for EXTERNAL and LATER.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to the terminal."""
    app.add_typer(identity, name="identity")


@identity.command("list", epilog="Example: expert-graph identity list --json")
def list_(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many lines.")] = MOST_LINES,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """List accounts that nobody could place, with the people they may be and what speaks for and against each."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        asker = asker_for(service, Act.DECIDE_IDENTITY)
        with noted(service, asker, "identity:listed"):
            lines = waiting(service.store, limit)
        if as_json:
            print_json([_line_json(line, spoken) for line in lines])
        else:
            _show(lines, spoken)


def _line_json(line: Line, spoken: Spoken) -> dict[str, Any]:
    told = dataclasses.asdict(line)
    for shown, candidate in zip(told["candidates"], line.candidates, strict=True):
        del shown["left_at"]
        shown["speaks_for"] = [_said(reason, spoken) for reason in candidate.speaks_for]
        shown["speaks_against"] = [_said(reason, spoken) for reason in candidate.speaks_against]
    return told


def _said(reason: Reason, spoken: Spoken) -> str:
    return sentence(reason.code, spoken, value=reason.value)


def _show(lines: list[Line], spoken: Spoken) -> None:
    out = console()
    if not lines:
        out.print(sentence("say.queue_empty", spoken))
        return
    table = Table(title=sentence("say.same_person", spoken), title_justify="left")
    ids = [line.account for line in lines] + [one.account for line in lines for one in line.candidates]
    widest = max(map(len, ids))
    table.add_column(sentence("say.account", spoken), overflow="fold", min_width=widest)
    for code in ("say.speaks_for", "say.speaks_against"):
        table.add_column(sentence(code, spoken), overflow="fold")
    for line in lines:
        name = escape(printable(f"{line.name} ({line.source})"))
        table.add_row(f"[bold]{name}[/bold]\n[dim]{line.account}[/dim]", "", "")
        for one in line.candidates:
            mark = "✓ " if one.is_suggested else "  "
            name = escape(printable(f"{mark}{one.name}{', ' + one.unit if one.unit else ''} ({one.key})"))
            reasons = ["; ".join(_said(r, spoken) for r in told) for told in (one.speaks_for, one.speaks_against)]
            table.add_row(f"{name}\n[dim]{one.account}[/dim]", *(escape(printable(reason)) for reason in reasons))
    out.print(table)


@identity.command(epilog="Example: expert-graph identity decide ACCOUNT OTHER SAME")
def decide(
    one: OneAccount,
    other: Annotated[str, typer.Argument(metavar="OTHER|EXTERNAL|LATER", help=_ALONE)],
    verdict: Annotated[str, typer.Argument(metavar="[SAME|NOT_SAME]", help="What the two accounts are.")] = "",
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Decide whether two accounts are the same person; what was decided is never asked again."""
    spoken = spoken_in(language)
    second, told = other_and_verdict(other, verdict)
    with plainly(spoken, as_json):
        service = open_service(store)
        asker = asker_for(service, Act.DECIDE_IDENTITY)
        with noted(service, asker, "identity:decided", verdict=told.value):
            judgement = Judgement(one, second, told, asker.identity.subject)
            moved = decide_identity(service.store, [judgement], service.now())
        _done(moved, as_json, spoken)


@identity.command(epilog="Example: expert-graph identity undo ACCOUNT OTHER")
def undo(
    one: OneAccount,
    other: OtherAccount = "",
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Undo a decision about two accounts."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        asker = asker_for(service, Act.DECIDE_IDENTITY)
        with noted(service, asker, "identity:undone"):
            moved = undo_decision(service.store, one, other, service.now())
        _done(moved, as_json, spoken, "say.undone_decision")


@identity.command(epilog="Example: expert-graph identity export --out decisions.csv")
def export(
    out: Annotated[Path | None, typer.Option(help="File to write; default: standard output.")] = None,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Write all decisions as CSV, by what sources call the accounts."""
    spoken = spoken_in(language)
    with plainly(spoken):
        service = open_service(store)
        asker = asker_for(service, Act.DECIDE_IDENTITY)
        with noted(service, asker, "identity:exported"):
            content = decisions_file(service.store)
        if out is None:
            typer.echo(content, nl=False)
        else:
            out.write_text(content, encoding="utf-8")


@identity.command(name="import", epilog="Example: expert-graph identity import keys.csv")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV with the columns source,key,other_source,other_key,verdict.")],
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Take decisions in: keys, what a store exported, or mail aliases (rows `mail,old@x.de,mail,new@x.de,SAME`)."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        asker = asker_for(service, Act.DECIDE_IDENTITY)
        with noted(service, asker, "identity:imported"):
            try:
                with file_refusals(file.name):
                    content = file.read_bytes()
            except OSError:
                raise FileRefused("file.not_a_file", file=file.name) from None
            judgements = read_decisions(content, file.name, asker.identity.subject)
            moved = decide_identity(service.store, judgements, service.now(), ahead=True)
        _done(moved, as_json, spoken)


def _done(moved: int, as_json: bool, spoken: Spoken, code: str = "say.decided") -> None:
    if as_json:
        print_json({"moved": moved})
    else:
        console().print(sentence(code, spoken, moved=moved))
