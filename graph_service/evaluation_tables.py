"""Evaluations and rule sets as tables on a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from graph_service.ranking.assessment import Assessment
from graph_service.ranking.metrics import METRICS
from graph_service.ranking.rules import RuleState
from graph_service.terminal import printable, show_fault
from graph_service.text.messages import Spoken, sentence

FAULTS_SHOWN = 10
CHANGES_SHOWN = 10


def method_name(method: str, language: Spoken) -> str:
    """A ranking's name for people."""
    kind = method.removeprefix("without ")
    if kind != method:
        return sentence("method.without", language, kind=sentence(f"name.{kind}", language))
    return sentence(f"method.{method}", language)


def part_name(stratum: str, part: str, language: Spoken) -> str:
    """A group's name for people."""
    if stratum == "language":
        return sentence(f"say.{part}", language) if part in ("de", "en", "both") else part or "–"
    return sentence(f"part.{part}", language) if part in ("yes", "no") else part


def _table(language: Spoken, *heads: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, head in enumerate(heads):
        title = sentence(head, language) if "." in head else head
        table.add_column(title, justify="left" if place == 0 else "right")
    return table


def _cell(texts: Sequence[str]) -> str:
    """Foreign texts as a cell: nothing in them steers the terminal or is read as markup."""
    return escape(printable(", ".join(texts)))


def _figure(figure: Mapping[str, float], sign: str = "") -> str:
    return f"{figure['value']:{sign}.3f} [{figure['low']:{sign}.3f}, {figure['high']:{sign}.3f}]"


def show_evaluation(found: Assessment, language: Spoken, out: Console) -> None:
    """All figures, the most telling first."""
    figures = found.figures
    if found.faults:
        out.print(sentence("say.refused_rows", language, count=len(found.faults)), style="red", markup=False)
        for fault in found.faults[:FAULTS_SHOWN]:
            show_fault(fault, language, out)
    if not figures["judged"]:
        out.print(sentence("say.unjudged", language, questions=figures["questions"]), markup=False)
        return
    told = {name: figures[name] for name in ("judged", "questions", "rules")}
    out.print(sentence("say.evaluated", language, known=f"{figures['solver_known_before']:.1%}", **told), markup=False)
    table = _table(language, "head.method", *METRICS, f"Δ acc@1 ({sentence('say.better', language)})")
    for method, measured in figures["measures"].items():
        ahead = figures["difference"].get(method)
        cells = [_figure(measured[metric]) for metric in METRICS]
        table.add_row(method_name(method, language), *cells, _figure(ahead["acc@1"], "+") if ahead else "")
    out.print(table)
    _bands(figures["calibration"], language, out)
    _strata(figures["strata"], language, out)
    _rest(figures, language, out)


def _bands(calibration: Mapping[str, Any] | None, language: Spoken, out: Console) -> None:
    if calibration is None:
        out.print(f"\n{sentence('say.no_bands', language)}", markup=False)
        return
    for part, title in (("first_five", "say.bands"), ("first", "say.bands_first")):
        out.print(f"\n{sentence(title, language)}: ECE {calibration[part]['ece']:.3f}", markup=False)
        table = _table(language, "head.band", "head.count", "head.promised", "head.seen", "Δ")
        for band in reversed(calibration[part]["bands"]):
            shown = [f"{band[name]:.3f}" for name in ("promised", "seen")] if band["count"] else ["–", "–"]
            name = sentence(f"band.{band['band']}", language)
            table.add_row(name, str(band["count"]), *shown, f"{band['difference']:+.3f}" if band["count"] else "–")
        out.print(table)


def _strata(strata: Mapping[str, Any], language: Spoken, out: Console) -> None:
    out.print(f"\n{sentence('say.strata', language)}", markup=False)
    table = _table(language, "head.stratum", "head.cases", *METRICS)
    for stratum, parts in strata.items():
        for part, measured in parts.items():
            name = f"{sentence(f'stratum.{stratum}', language)}: {part_name(stratum, part, language)}"
            table.add_row(name, str(measured["cases"]), *(f"{measured[metric]:.3f}" for metric in METRICS))
    out.print(table)


def _rest(figures: Mapping[str, Any], language: Spoken, out: Console) -> None:
    spread, silent = figures["exposure"], figures["abstentions"]
    share = f"{spread['share_of_top_5_percent']:.0%}"
    told = {"people": spread["people"], "gini": f"{spread['gini']:.2f}", "share": share}
    out.print(f"\n{sentence('say.spread', language, **told)}", markup=False)
    if not silent["count"]:
        out.print(sentence("say.never_abstained", language), markup=False)
        return
    told = {"count": silent["count"], "share": f"{silent['share']:.1%}", "right": f"{silent['right']:.0%}"}
    out.print(sentence("say.abstained", language, **told), markup=False)


def show_rules(found: Sequence[RuleState], language: Spoken, out: Console) -> None:
    """Rule sets and where they stand."""
    table = _table(language, "head.name", "head.state", "head.agreed")
    for one in found:
        state = "IN_FORCE" if one.is_in_force else "DRAFT" if one.agreed_at is None else "AGREED"
        table.add_row(one.name, sentence(f"state.{state}", language), _cell(one.agreed_by))
    out.print(table)


def show_changes(told: Mapping[str, Any], found: Sequence[Mapping[str, Any]], language: Spoken, out: Console) -> None:
    """How many past questions would be answered otherwise, and the first of them."""
    counts = {"changed": told["changed"], "count": told["compared"]}
    out.print(sentence("say.differs", language, **counts, before=told["before"], after=told["after"]), markup=False)
    table = _table(language, "head.case", "head.before", "head.after")
    for change in found[:CHANGES_SHOWN]:
        table.add_row(_cell([change["case"]]), _cell(change["before"]), _cell(change["after"]))
    if found:
        out.print(table)
