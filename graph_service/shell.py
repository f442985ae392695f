"""What all commands share: their common options, the outer door for errors, JSON for machines, progress."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.progress import Progress, SpinnerColumn, TextColumn

from graph_service.errors import ExpertGraphError, InputRefused
from graph_service.identity.linking import IdentityVerdict
from graph_service.terminal import console, printable
from graph_service.text.messages import Spoken, command_after, sentence
from graph_service.wiring import settings

StoreUrl = Annotated[
    str | None, typer.Option("--store", help="Store: sqlite:///FILE, bolt://HOST or neo4j://HOST (+s for TLS).",
                             envvar="EXPERT_GRAPH_STORE", show_envvar=True)
]  # fmt: skip
AsJson = Annotated[bool, typer.Option("--json", help="For machines: JSON on standard output.")]
Language = Annotated[str | None, typer.Option(help="de or en; default: EXPERT_GRAPH_LANGUAGE, else de.")]


def spoken_in(language: str | None) -> Spoken:
    """The language of sentences: as asked, else as the environment says."""
    if language not in (None, "de", "en"):
        raise typer.BadParameter("de or en", param_hint="--language")
    with plainly("de"):
        chosen = language or settings().language
    return "en" if chosen == "en" else "de"


@contextmanager
def plainly(language: Spoken, as_json: bool = False, broken_off: str = "say.broken_off") -> Iterator[None]:
    """The outer door: every expected failure becomes a sentence and exit code 1, never a stack trace.

    `broken_off` names the sentence for who interrupts.
    """
    try:
        yield
    except ExpertGraphError as error:
        told = say_refused(error, language)
        if as_json:
            print_json(told)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        console(error=True).print(sentence(broken_off, language), markup=False)
        raise typer.Exit(1) from None
    except BrokenPipeError:  # nobody reads on
        raise typer.Exit(1) from None
    except OSError as error:  # the disk behind the output is full, say
        name = Path(str(error.filename)).name if error.filename else sentence("say.the_output", language)
        failed = ExpertGraphError("output.failed", file=name)
        told = say_refused(failed, language)
        if as_json:
            print_json(told)
        raise typer.Exit(1) from None


def say_refused(error: ExpertGraphError, language: Spoken) -> dict[str, Any]:
    """Says it to the person on standard error; returns it for machines."""
    code = str(error.values.get("told", error.code))
    said = sentence(error.code, language, **error.values) + command_after(code, language, **error.values)
    message = printable(said)
    console(error=True).print(message, style="red", markup=False)
    return {"error": {"code": code, "message": message}}


def print_json(value: object) -> None:
    """Writes a value for machines."""
    print(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


@contextmanager
def progress(said: Callable[[int, int], str]) -> Iterator[Callable[[int, int], None]]:
    """Tells how far long work is: a live line on a terminal, a line every five seconds elsewhere, on standard error.

    `said` turns how much is done, and a second number of the caller's, into the line.
    """
    err = console(error=True)
    last = time.monotonic()

    if not err.is_terminal:

        def line(done: int, other: int) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= 5:
                last = now
                err.print(printable(said(done, other)), markup=False)

        yield line
        return
    column = TextColumn("{task.description}", markup=False)
    with Progress(SpinnerColumn(), column, console=err, transient=True) as live:
        task = live.add_task("")

        def moving(done: int, other: int) -> None:
            live.update(task, description=printable(said(done, other)))

        yield moving


def check_writable(given: Path | None, *outputs: Path | None) -> None:
    """Looks before the long work whether its results can be written; raises InputRefused."""
    taken = set() if given is None else {given.absolute()}
    for path in outputs:
        if path is None:
            continue
        if path.absolute() in taken:
            raise InputRefused("evaluate.same_file", file=path.name)
        taken.add(path.absolute())
        if path.is_dir() or not os.access(path if path.exists() else path.absolute().parent, os.W_OK):
            raise InputRefused("evaluate.output", file=path.name or str(path))


def other_and_verdict(other: str, verdict: str) -> tuple[str, IdentityVerdict]:
    """What stands after the first argument: the other one and the verdict, or only a verdict about one alone."""
    second, told = (other, verdict) if verdict else ("", other)
    if told.upper() not in IdentityVerdict.__members__:
        raise typer.BadParameter("give OTHER SAME, OTHER NOT_SAME, or EXTERNAL or LATER alone", param_hint="VERDICT")
    return second, IdentityVerdict(told.upper())
