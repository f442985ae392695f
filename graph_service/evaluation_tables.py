"""Evaluations and rule sets as tables on a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from graph_service.ranking.assessment import Assessment
from graph_service.ranking.metrics import METRICS
from graph_service.ranking.rankers import START
from graph_service.ranking.rules import RuleState
from graph_service.terminal import printable, show_fault
from graph_service.text.messages import Spoken, figure, sentence

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


def with_interval(found: Mapping[str, float | None], language: Spoken, sign: str = "") -> str:
    """A figure with its interval, where it has one."""
    value, low, high = (figure(found[name], f"{sign}.3f", language) for name in ("value", "low", "high"))
    return value if found["low"] is None else f"{value} [{low}; {high}]"


def show_evaluation(found: Assessment, language: Spoken, out: Console) -> None:
    """All figures, the most telling first."""
    figures = found.figures
    if found.faults:
        out.print(sentence("say.refused_rows", language, count=len(found.faults)), style="red", markup=False)
        for fault in found.faults[:FAULTS_SHOWN]:
            show_fault(fault, language, out)
    if not figures["judged"]:
        out.print(nothing_judged(figures, language), markup=False)
        return
    out.print(in_short(figures, language), markup=False)
    _measures(figures["measures"], "", language, out)
    out.print(f"\n{sentence('say.ahead', language)}", markup=False)
    _measures(figures["difference"], "+", language, out)
    _bands(figures["calibration"], language, out)
    _strata(figures["strata"], language, out)
    _rest(figures, language, out)


def _measures(measures: Mapping[str, Any], sign: str, language: Spoken, out: Console) -> None:
    table = _table(language, "head.method", *(f"Δ {metric}" if sign else metric for metric in METRICS))
    for method, measured in measures.items():
        cells = [with_interval(measured[metric], language, sign) for metric in METRICS]
        table.add_row(method_name(method, language), *cells)
    out.print(table)


def _bands(calibration: Mapping[str, Any] | None, language: Spoken, out: Console) -> None:
    if calibration is None:
        out.print(f"\n{sentence('say.no_bands', language)}", markup=False)
        return
    for part, title in (("first_five", "say.bands"), ("first", "say.bands_first")):
        out.print(
            f"\n{sentence(title, language)}: ECE {figure(calibration[part]['ece'], '.3f', language)}", markup=False
        )
        table = _table(language, "head.band", "head.count", "head.promised", "head.seen", "Δ")
        for band in reversed(calibration[part]["bands"]):
            forms = {"promised": ".3f", "seen": ".3f", "difference": "+.3f"}
            shown = [figure(band[name], form, language) for name, form in forms.items()]
            table.add_row(sentence(f"band.{band['band']}", language), str(band["count"]), *shown)
        out.print(table)


def _strata(strata: Mapping[str, Any], language: Spoken, out: Console) -> None:
    out.print(f"\n{sentence('say.strata', language)}", markup=False)
    table = _table(language, "head.stratum", "head.cases", *METRICS)
    for stratum, parts in strata.items():
        for part, measured in parts.items():
            name = f"{sentence(f'stratum.{stratum}', language)}: {part_name(stratum, part, language)}"
            shown = [figure(measured[metric], ".3f", language) for metric in METRICS]
            table.add_row(name, str(measured["cases"]), *shown)
    out.print(table)


def _rest(figures: Mapping[str, Any], language: Spoken, out: Console) -> None:
    out.print(f"\n{spread(figures, language)}", markup=False)
    for line in silence(figures, language):
        out.print(line, markup=False)


def nothing_judged(figures: Mapping[str, Any], language: Spoken) -> str:
    """Why there are no figures."""
    code = "say.unjudged" if figures["questions"] else "say.nothing_asked"
    return sentence(code, language, count=figures["questions"])


def in_short(figures: Mapping[str, Any], language: Spoken) -> str:
    """How many questions were judged by which rules, what could be reached at most, what was left out."""
    told = {name: figures[name] for name in ("judged", "questions", "rules")}
    known = figure(figures["solver_known_before"], ".1%", language)
    lines = [sentence("say.evaluated", language, known=known, count=figures["questions"], **told)]
    if figures["left_out"]:
        lines.append(sentence("say.left_out", language, count=figures["left_out"]))
    unlearned = sum(fold["rules"] == START.name for fold in figures["folds"])
    if unlearned and figures["rules"] == "rolling":
        lines.append(sentence("say.unlearned", language, unlearned=unlearned, folds=len(figures["folds"])))
    return " ".join(lines)


def spread(figures: Mapping[str, Any], language: Spoken) -> str:
    """How the places among the first five are spread."""
    exposure = figures["exposure"]
    told = {name: exposure[name] for name in ("people", "known")}
    share = figure(exposure["share_of_top_5_percent"], ".0%", language)
    return sentence(
        "say.spread",
        language,
        gini=figure(exposure["gini"], ".2f", language),
        share=share,
        count=told["people"],
        **told,
    )


def silence(figures: Mapping[str, Any], language: Spoken) -> list[str]:
    """How often nobody was named, and whether that was right."""
    silent = figures["abstentions"]
    if not silent["count"]:
        return [sentence("say.never_abstained", language)]
    told = {"count": silent["count"], "share": figure(silent["share"], ".1%", language)}
    lines = [sentence("say.abstained", language, **told)]
    if silent["right"] is not None:
        lines.append(sentence("say.rightly_silent", language, right=figure(silent["right"], ".0%", language)))
    if silent["nobody_to_name"]:
        lines.append(sentence("say.nobody_to_name", language, count=silent["nobody_to_name"]))
    return lines


def show_rules(found: Sequence[RuleState], language: Spoken, out: Console) -> None:
    """Rule sets and where they stand."""
    table = _table(language, "head.name", "head.state", "head.agreed")
    for one in found:
        table.add_row(one.name, sentence(f"state.{_state(one)}", language), _cell(one.agreed_by or one.waiting))
    out.print(table)
    for one in found:
        if one.withdrawn:
            out.print(withdrawn(one, language), style="red", markup=False)


def _state(one: RuleState) -> str:
    if one.is_in_force:
        return "IN_FORCE"
    if one.agreed_at is not None:
        return "AGREED"
    return "SHIPPED" if one.name == START.name else "DRAFT"


def withdrawn(one: RuleState, language: Spoken) -> str:
    """That a rule set was learned from imports that are no longer there."""
    runs = ", ".join(map(str, one.withdrawn))
    return sentence("say.withdrawn", language, name=one.name, runs=runs, count=len(one.withdrawn))


def show_changes(told: Mapping[str, Any], language: Spoken, out: Console) -> None:
    """How many past questions would be answered otherwise, and the first of them."""
    out.print(sentence("say.differs", language, **told, count=told["compared"]), markup=False)
    out.print(sentence("say.differs_bands", language, count=told["bands_only"]), markup=False)
    out.print(sentence("say.differs_named", language, **told), markup=False)
    table = _table(language, "head.case", "head.before", "head.after")
    for change in told["changes"][:CHANGES_SHOWN]:
        table.add_row(_cell([change["case"]]), *(_shown(change[side], language) for side in ("before", "after")))
    if told["changes"]:
        out.print(table)


def _shown(side: Mapping[str, Any], language: Spoken) -> str:
    """The first five with their bands; in brackets where nobody would be named."""
    bands = [f" ({sentence(f'band.{band}', language)})" if band else "" for band in side["bands"]]
    people = [f"{name}{band}" for name, band in zip(side["people"], bands or [""] * len(side["people"]), strict=True)]
    return _cell(people) if side["is_named"] else f"{sentence('say.nobody', language)} \\[{_cell(people)}]"
