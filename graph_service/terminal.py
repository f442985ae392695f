"""Answers and reports as a person wants to read them: colour on a terminal, plain otherwise."""

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from graph_service.intake.mappings import left_columns
from graph_service.intake.planning import Plan
from graph_service.intake.runs import Report
from graph_service.model import ImportRun, Notice, RowFault, moment
from graph_service.terminal_around import show_around, show_doors, show_today, strip_rows
from graph_service.text.messages import Spoken, command_after, day, sentence

_WIDTH = 110
_NARROWEST = 40
_FAULTS_SHOWN = 10
_COLUMNS_SHOWN = 12
_TITLE = 70
_CASES_SHOWN = 5
_TERMS_SHOWN = 14


def console(*, error: bool = False) -> Console:
    """A console that respects NO_COLOR and non-terminals, and never breaks lines of machines."""
    stream = sys.stderr if error else sys.stdout
    asked = os.environ.get("COLUMNS", "")
    width = None if stream.isatty() else max(int(asked), _NARROWEST) if asked.isdecimal() else _WIDTH
    return Console(stderr=error, highlight=False, width=width, soft_wrap=not stream.isatty() and not asked)


def printable(text: str) -> str:
    """A text without anything that could steer a terminal."""
    return "".join(letter if letter == "\n" or letter.isprintable() else " " for letter in text)


def _plain(text: str) -> str:
    """A text on one line, safe for the terminal and for markup."""
    return escape(" ".join(printable(text).split()))


def _short(title: str) -> str:
    return title if len(title) <= _TITLE else f"{title[:_TITLE]}…"


def _say(language: Spoken, code: str) -> str:
    return sentence(f"say.{code}", language)


def show_answer(answer: Mapping[str, Any], language: Spoken, out: Console) -> None:
    """The `recommendExperts` value of the shared GraphQL document."""

    say = partial(_say, language)

    out.print(f"[bold]{_plain(answer['sentence'])}[/bold]")
    out.print(f"[dim]{say('proposal')} · {say('as_of')} {_moment(answer['asOf'], language)}[/dim]\n")
    _understood(answer["understood"], strip_rows(answer["strip"], language), language, out)
    show_today(answer, _plain, language, out)
    for expert in answer["experts"]:
        _expert(expert, language, out)
    if answer["whatIf"]:
        out.print(f"[bold]{say('what_if')}[/bold]  {_plain(_what_if(answer['whatIf']))}\n")
    show_around(answer, _plain, language, out)
    if answer["onlyDeclared"]:
        out.print(f"[bold]{say('only_declared')}[/bold]")
        for expert in answer["onlyDeclared"]:
            person = expert["person"]
            out.print(f"  {_plain(person['name'])}{_by_name(person, language)}: {_plain(expert['knows']['statement'])}")
        out.print()
    if answer["teams"]:
        out.print(printable(sentence("say.teams", language, teams=", ".join(answer["teams"]))), markup=False)
    if answer["nearest"] and not answer["experts"]:
        out.print(f"[bold]{say('nearest')}[/bold]")
        for near in answer["nearest"]:
            case = near["case"]
            similarity = f"{say('similarity')} {near['similarity']:.2f}"
            out.print(f"  {_plain(case['key'])}  {_plain(_short(case['title']))}  [dim]{similarity}[/dim]")


def _understood(understood: Mapping[str, Any], told: Sequence[tuple[str, str]], language: Spoken, out: Console) -> None:
    say = partial(_say, language)

    rows = [(say("language"), say(understood["language"] or "both"))]
    rows += [(say(name), ", ".join(understood[name])) for name in ("products", "components", "skills")]
    if understood["solvedBy"]:
        rows.append((say("solved_by"), ", ".join(person["name"] for person in understood["solvedBy"])))
    terms = understood["terms"]
    rows.append((say("terms"), ", ".join(terms[:_TERMS_SHOWN]) + (" …" if len(terms) > _TERMS_SHOWN else "")))
    table = Table.grid(padding=(0, 2))
    for name, value in (*told, *rows):
        table.add_row(f"  [dim]{name}[/dim]", _plain(value or say("none")))
    out.print(f"[bold]{say('understood')}[/bold]")
    out.print(table)
    if understood["passedOn"]:
        out.print(f"  {_plain(understood['passedOn'])}")
    out.print()


def _expert(expert: Mapping[str, Any], language: Spoken, out: Console) -> None:
    say = partial(_say, language)

    person, knows = expert["person"], expert["knows"]
    group = f" ({say('group')})" if person["kind"] == "GROUP" else ""
    match = f"{say('level')} · {expert['match']}" if expert["equalToAbove"] else expert["match"]
    name = f"{_plain(person['name'])}{group}{_by_name(person, language)}"
    out.print(f"[bold cyan]{expert['rank']}. {name}[/bold cyan]  [dim]{match}[/dim]")
    out.print(f"   [bold]{say('knows')}[/bold]: {_plain(knows['statement'])}")
    for reason in knows["reasons"]:
        if reason["sentence"] not in knows["statement"]:
            sign = "[dim]–[/dim]" if reason["contribution"] < 0 else "+"
            out.print(f"     {sign} {_plain(reason['sentence'])}")
    for case in expert["solved"][:_CASES_SHOWN]:
        opened = f"{say('opened')} {_day(case['openedAt'], language)}"
        out.print(f"       {_plain(case['key'])}  {_plain(_short(case['title']))}  [dim]{opened}[/dim]")
    if expert["relation"] is not None and expert["relation"]["nearness"] != "UNKNOWN":
        out.print(f"   [bold]{say('relation')}[/bold]: {_plain(expert['relation']['sentence'])}")
    show_doors(expert, _plain, language, out)
    silent = [question for question in ("proven", "reachable", "interruption") if not expert[question]["known"]]
    if silent:
        asked = " · ".join(say(question).rstrip("?") for question in silent)
        out.print(f"   [dim]{asked}: {sentence('nothing_known', language)}[/dim]")
    out.print()


def _by_name(person: Mapping[str, Any], language: Spoken) -> str:
    return f" ({_say(language, 'by_name_alone')})" if person["byNameAlone"] else ""


def _what_if(found: Mapping[str, Any]) -> str:
    return f"{found['person']['name']} {found['sentence']}"


def show_report(report: Report, language: Spoken, out: Console) -> None:
    """What an import did, with its first faults."""
    counts = report.counts
    out.print(
        sentence(
            "say.imported",
            language,
            file=printable(report.run.file),
            read=counts.read,
            written=counts.written,
            unchanged=counts.unchanged,
            refused=counts.refused,
            skipped=counts.skipped,
        ),
        markup=False,
    )
    out.print(sentence("say.facts", language, added=counts.facts_added, withdrawn=counts.facts_withdrawn))
    if report.plan is not None:
        _show_plan(report.plan, language, out)
    show_reasons(report.reasons, language, out)
    for remark in report.remarks[:_FAULTS_SHOWN]:
        show_fault(remark, language, out, "yellow")
    if (others := len(report.remarks) - _FAULTS_SHOWN) > 0:
        out.print(sentence("say.more_remarks", language, count=others), style="yellow")
    for fault in report.faults[:_FAULTS_SHOWN]:
        show_fault(fault, language, out)
    more = counts.refused - min(len(report.faults), _FAULTS_SHOWN)
    if more > 0:
        out.print(sentence("say.more_faults", language, count=more, run="N" if report.dry_run else report.run.number))
    if report.dry_run:
        out.print(sentence("say.dry", language))
        return
    if any(fault.cells for fault in report.faults):
        out.print(sentence("say.rejects", language, run=report.run.number), markup=False)
    out.print(sentence("say.run", language, run=report.run.number))


def show_reasons(reasons: Mapping[str, int], language: Spoken, out: Console) -> None:
    """How often something was left out, and why."""
    for code, number in sorted(reasons.items()):
        out.print(f"  {number} × {_plain(sentence(code, language))}")


def notice_at_terminal(notice: Notice, language: Spoken) -> str:
    """What is unusual about a file, and by which command one goes on."""
    values = dict(notice.values)
    return sentence(notice.code, language, **values) + command_after(notice.code, language, **values)


def _show_plan(plan: Plan, language: Spoken, out: Console) -> None:
    """What is unusual about the file, what the annex kept out, and what must be asked."""
    for notice in plan.notices:
        out.print(f"  [yellow]{_plain(notice_at_terminal(notice, language))}[/yellow]")
    if plan.refused:
        columns = ", ".join(plan.refused)
        out.print(f"  [yellow]{_plain(sentence('say.refused_columns', language, columns=columns))}[/yellow]")
    if plan.left:
        columns = ", ".join(plan.left[:_COLUMNS_SHOWN]) + (" …" if len(plan.left) > _COLUMNS_SHOWN else "")
        out.print(f"  [yellow]{_plain(sentence('say.not_read', language))}: {_plain(columns)}[/yellow]")
    for question in plan.questions:
        values = {"column": question.column, "value": question.value}
        told = sentence(question.reason, language, **values) + command_after(question.reason, language, **values)
        out.print(f"  [bold yellow]? {_plain(told)}[/bold yellow]")


def show_mapping(plan: Plan, language: Spoken, out: Console) -> None:
    """How each part is read: columns with what they mean, how sure that is, and samples of what may be read."""
    for part in plan.parts:
        if not part.mapping.columns:
            continue
        title = f"{sentence('say.mapping', language)}: {printable(part.file.name)} ({part.importer.name})"
        table = Table(title=title, title_justify="left")
        for code in ("say.column", "say.means", "say.form", "say.sure", "say.samples"):
            table.add_column(sentence(code, language), overflow="fold")
        for column, samples in zip(part.mapping.columns, (*part.proposal.samples, *[()] * 999), strict=False):
            other = f" {sentence('say.or', language)} {column.other}" if column.other else ""
            shown = "" if column.header in part.refused or not column.field else " · ".join(samples)[:60]
            means = column.field or sentence("say.left_column", language)
            cells = (column.header, means, column.form + other, f"{column.sure:.0%}" if column.field else "", shown)
            table.add_row(*(_plain(cell) for cell in cells))
        out.print(table)
        told = " · ".join(f"{name} = {value}" for name, value in part.mapping.settings)
        if told:
            out.print(f"  {sentence('say.settings', language)}: {printable(told)}", markup=False)


def show_fault(fault: RowFault, language: Spoken, out: Console, style: str = "red") -> None:
    """A refused or remarkable row: where, and what to do."""
    place = sentence("say.fault", language, file=fault.file, line=fault.line) if fault.line else fault.file
    reason = sentence(fault.reason, language, value=fault.value)
    column = f", {fault.column}" if fault.column else ""
    out.print(f"  [{style}]{_plain(place + column)}[/{style}]: {_plain(reason)}")


def show_run(run: ImportRun, language: Spoken, out: Console) -> None:
    """What the table of runs has no room for: the agreement, the format, the columns that were not read."""
    told = (("say.agreement", run.profile), ("say.format", run.format), ("say.not_read", ", ".join(left_columns(run))))
    for code, value in told:
        if value:
            out.print(f"{sentence(code, language)}: {printable(value)}", markup=False)


def show_runs(runs: Sequence[ImportRun], language: Spoken, out: Console) -> None:
    """Runs as a table, newest first."""
    if not runs:
        out.print(sentence("say.no_runs", language))
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("number", "kind", "state", "started", "file", "written", "unchanged", "refused", "skipped"):
        table.add_column(sentence(f"head.{heading}", language))
    for run in runs:
        counts = run.counts
        table.add_row(
            str(run.number),
            sentence(f"run_kind.{run.kind}", language) + (f" {run.undoes}" if run.undoes else ""),
            sentence(f"run_state.{run.state}", language),
            _moment(moment(run.started_at).isoformat(), language).removesuffix(" UTC"),
            _plain(run.file),
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
