"""The terminal's commands about the network: `thinning | reserves | islands | reconnect`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from graph_service.access import Purpose
from graph_service.acting import asker_of
from graph_service.api.context import Context
from graph_service.api.execution import run_now
from graph_service.errors import InputRefused, Told
from graph_service.evidence.tie_kinds import ContactKind
from graph_service.network.source_words import kind_name
from graph_service.network.typed_months import typed_months
from graph_service.network_export import as_csv
from graph_service.network_page import page
from graph_service.network_tables import show_change, show_islands, show_reconnections, show_reserves
from graph_service.resources import text_folder
from graph_service.shell import AsJson, Language, StoreUrl, check_writable, plainly, print_json, spoken_in
from graph_service.terminal import console
from graph_service.text.messages import LANGUAGES, Spoken
from graph_service.wiring import open_service

Before = Annotated[str, typer.Option("--before", help="The first quarter, as 2019-Q4 or 2019-10..2019-12.")]
After = Annotated[str, typer.Option("--after", help="The second quarter.")]
Months = Annotated[str, typer.Option("--window", help="A quarter as 2025-Q4; for islands a year as 2025-01..2025-12.")]
By = Annotated[str | None, typer.Option("--by", help="site, department or unit; default: as agreed.")]
Kinds = Annotated[list[str], typer.Option("--kinds", help="Only this kind of contact, such as MEETING; default: all.")]
Html = Annotated[Path | None, typer.Option("--html", help="Writes a page with the figures and pictures.")]
Csv = Annotated[Path | None, typer.Option("--csv", help="Writes the figures for a spreadsheet, with a manifest.")]
_PURPOSE = Purpose.NETWORK_ANALYSIS


@dataclass(frozen=True, slots=True)
class _Report:
    """A shipped document, the field it asks for, and how its answer is shown as a page and as tables."""

    document: str
    field: str
    page: str
    show: Callable[[Mapping[str, Any], Spoken, Console], None]


@dataclass(frozen=True, slots=True)
class _Output:
    """Where the answer goes, and in which language."""

    html: Path | None
    csv: Path | None
    as_json: bool
    store: str | None
    language: str | None


_CHANGE = _Report("network_change", "networkChange", "change", show_change)
_RESERVES = _Report("reserve_index", "reserveIndex", "reserves", show_reserves)
_ISLANDS = _Report("knowledge_islands", "knowledgeIslands", "islands", show_islands)
_RECONNECT = _Report("reconnect", "reconnect", "reconnect", show_reconnections)


def register(app: typer.Typer) -> None:
    """Adds the commands to the terminal."""
    thin = "Example: expert-graph thinning --before 2019-Q4 --after 2025-Q4 --html thin.html"
    app.command("thinning", epilog=thin)(thinning)
    app.command("reserves", epilog="Example: expert-graph reserves --window 2025-Q4")(reserves)
    app.command("islands", epilog="Example: expert-graph islands --window 2025-01..2025-12")(islands)
    app.command("reconnect", epilog="Example: expert-graph reconnect --html reconnect.html")(reconnect)


def thinning(
    before: Before,
    after: After,
    by: By = None,
    kinds: Kinds = (),  # type: ignore[assignment]
    html: Html = None,
    csv: Csv = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Compare the ties of two windows: what thinned, and is it more than chance?"""
    output = _Output(html, csv, as_json, store, language)
    _tell(
        _CHANGE,
        lambda: {
            "before": typed_months(before),
            "after": typed_months(after),
            "by": _by(by),
            "kinds": _kinds(kinds),
            "structure": as_json,
            "quarters": as_json or html is not None or csv is not None,
        },
        output,
    )


def reserves(
    window: Months,
    by: By = None,
    html: Html = None,
    csv: Csv = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """How many of the solved cases live off contacts from before a cut?"""
    _tell(
        _RESERVES, lambda: {"window": typed_months(window), "by": _by(by)}, _Output(html, csv, as_json, store, language)
    )


def islands(
    window: Months,
    html: Html = None,
    csv: Csv = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Which subjects do few people solve? Told only where an agreement allows it."""
    _tell(_ISLANDS, lambda: {"window": typed_months(window)}, _Output(html, csv, as_json, store, language))


def reconnect(
    by: By = None,
    html: Html = None,
    csv: Csv = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Between which groups would a renewed acquaintance help most? Pairs of groups, no names."""
    _tell(_RECONNECT, lambda: {"by": _by(by)}, _Output(html, csv, as_json, store, language))


def _tell(report: _Report, variables: Callable[[], dict[str, Any]], output: _Output) -> None:
    spoken = spoken_in(output.language)
    with plainly(spoken, output.as_json):
        check_writable(None, output.html, output.csv)
        found = _asked(report.document, variables(), output.store, spoken)[report.field]
        if output.html is not None:
            output.html.write_text(page(report.page, found, spoken), encoding="utf-8")
        if output.csv is not None:
            output.csv.write_text(as_csv(found, spoken), encoding="utf-8", newline="")
        if output.as_json:
            print_json(found)
        else:
            report.show(found, spoken, console())


def _by(text: str | None) -> str | None:
    if text is None:
        return None
    name = text.strip().upper()
    if name not in ("SITE", "DEPARTMENT", "UNIT"):
        raise InputRefused("network.no_dimension", value=text[:20])
    return name


def _kinds(told: Sequence[str]) -> list[str] | None:
    """Kinds by their names here, or as the tables call them in either language."""
    words = {kind_name(kind, language).casefold(): kind for kind in ContactKind for language in LANGUAGES}
    words |= {kind.value.casefold(): kind for kind in ContactKind}
    named = [kind.strip() for text in told for kind in text.split(",") if kind.strip()]
    for kind in named:
        if kind.casefold() not in words:
            raise InputRefused("network.no_kind", value=kind[:20], kinds=", ".join(ContactKind))
    return [words[kind.casefold()].value for kind in named] or None


def _asked(document: str, variables: dict[str, Any], store: str | None, spoken: Spoken) -> dict[str, Any]:
    """The answer to a shipped document, asked as an analyst."""
    service = open_service(store)
    text = (text_folder("queries") / "graphql" / f"{document}.graphql").read_text(encoding="utf-8")
    purposes = (_PURPOSE, Purpose.EVALUATION) if service.settings.public_data else (_PURPOSE,)
    outcome = run_now(text, variables, Context(service, asker_of(service, purposes), spoken))
    if outcome.errors or outcome.data is None:
        error = outcome.errors[0]
        raise Told(error["message"], error["extensions"]["code"])
    return dict(outcome.data)
