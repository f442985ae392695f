"""Answers and reports as a person wants to read them: colour on a terminal, plain otherwise."""

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from graph_service.intake.runs import Report
from graph_service.model import ImportRun, moment
from graph_service.text.messages import Spoken, day, sentence

_WIDTH = 110
_CASES_SHOWN = 5
_TERMS_SHOWN = 14


def console(*, error: bool = False) -> Console:
    """A console that respects NO_COLOR and non-terminals, and never breaks lines of machines."""
    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else int(os.environ.get("COLUMNS", _WIDTH))
    return Console(stderr=error, highlight=False, width=width, soft_wrap=not stream.isatty())


def show_answer(answer: Mapping[str, Any], language: Spoken, out: Console) -> None:
    """The `recommendExperts` value of the shared GraphQL document."""

    def say(code: str) -> str:
        return sentence(f"say.{code}", language)

    out.print(f"[bold]{escape(answer['sentence'])}[/bold]")
    out.print(f"[dim]{say('proposal')} · {say('as_of')} {_moment(answer['asOf'], language)}[/dim]\n")
    _understood(answer["understood"], language, out)
    for expert in answer["experts"]:
        _expert(expert, language, out)
    if answer["whatIf"]:
        out.print(f"[bold]{say('what_if')}[/bold]  {escape(_what_if(answer['whatIf']))}\n")
    if answer["onlyDeclared"]:
        out.print(f"[bold]{say('only_declared')}[/bold]")
        for expert in answer["onlyDeclared"]:
            out.print(f"  {escape(expert['person']['name'])}: {escape(expert['knows']['statement'])}")
        out.print()
    if answer["nearest"] and not answer["experts"]:
        out.print(f"[bold]{say('nearest')}[/bold]")
        for near in answer["nearest"]:
            case = near["case"]
            similarity = f"{say('similarity')} {near['similarity']:.2f}"
            out.print(f"  {escape(case['key'])}  {escape(case['title'][:80])}  [dim]{similarity}[/dim]")


def _understood(understood: Mapping[str, Any], language: Spoken, out: Console) -> None:
    def say(code: str) -> str:
        return sentence(f"say.{code}", language)

    rows = [(say("language"), say(understood["language"] or "both"))]
    rows += [(say(name), ", ".join(understood[name])) for name in ("products", "components", "skills")]
    terms = understood["terms"]
    rows.append((say("terms"), ", ".join(terms[:_TERMS_SHOWN]) + (" …" if len(terms) > _TERMS_SHOWN else "")))
    table = Table.grid(padding=(0, 2))
    for name, value in rows:
        table.add_row(f"  [dim]{name}[/dim]", escape(value or say("none")))
    out.print(f"[bold]{say('understood')}[/bold]")
    out.print(table)
    out.print()


def _expert(expert: Mapping[str, Any], language: Spoken, out: Console) -> None:
    def say(code: str) -> str:
        return sentence(f"say.{code}", language)

    name = escape(expert["person"]["name"])
    band = expert["band"] or say("unrated")
    out.print(f"[bold cyan]{expert['rank']}. {name}[/bold cyan]  [dim]{band}[/dim]")
    out.print(f"   [bold]{say('knows')}[/bold]: {escape(expert['knows']['statement'])}")
    for reason in expert["knows"]["reasons"]:
        if reason["sentence"] != expert["knows"]["statement"]:
            sign = "[dim]–[/dim]" if reason["contribution"] < 0 else "+"
            out.print(f"     {sign} {escape(reason['sentence'])}")
    cases = {case["key"]: case for reason in expert["knows"]["reasons"] for case in reason["cases"]}
    for case in list(cases.values())[:_CASES_SHOWN]:
        opened = _day(case["openedAt"], language)
        out.print(f"       [dim]{opened}[/dim]  {escape(case['key'])}  {escape(case['title'][:70])}")
    for question in ("proven", "reachable", "interruption"):
        out.print(f"   [bold]{say(question)}[/bold]: {escape(expert[question]['statement'])}")
    out.print()


def _what_if(found: Mapping[str, Any]) -> str:
    return f"{found['person']['name']} {found['sentence']}"


def show_report(report: Report, language: Spoken, out: Console) -> None:
    """What an import did, with its first faults."""
    counts = report.counts
    out.print(
        sentence(
            "say.imported",
            language,
            file=report.run.file,
            read=counts.read,
            written=counts.written,
            unchanged=counts.unchanged,
            refused=counts.refused,
            skipped=counts.skipped,
        )
    )
    out.print(sentence("say.facts", language, added=counts.facts_added, withdrawn=counts.facts_withdrawn))
    for code, number in sorted(report.reasons.items()):
        out.print(f"  {number} × {escape(sentence(code, language, value='…'))}")
    for fault in report.faults:
        place = sentence("say.fault", language, file=fault.file, line=fault.line)
        reason = sentence(fault.reason, language, value=fault.value)
        column = f", {fault.column}" if fault.column else ""
        out.print(f"  [red]{escape(place + column)}[/red]: {escape(reason)}")
    tail = sentence("say.dry", language) if report.dry_run else sentence("say.run", language, run=report.run.number)
    out.print(tail)


def show_runs(runs: Sequence[ImportRun], language: Spoken, out: Console) -> None:
    """Runs as a table, newest first."""
    if not runs:
        out.print(sentence("say.no_runs", language))
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("#", "", "", "", "", "+", "=", "!", "…"):
        table.add_column(heading)
    for run in runs:
        counts = run.counts
        table.add_row(
            str(run.number),
            run.kind.value + (f" {run.undoes}" if run.undoes else ""),
            run.state.value,
            moment(run.started_at).strftime("%Y-%m-%d %H:%M"),
            escape(run.file),
            str(counts.written),
            str(counts.unchanged),
            str(counts.refused),
            str(counts.skipped),
        )
    out.print(table)


def _moment(text: str, language: Spoken) -> str:
    at = datetime.fromisoformat(text)
    return f"{day(at, language)} {at:%H:%M} UTC"


def _day(text: str, language: Spoken) -> str:
    return day(datetime.fromisoformat(text), language)
