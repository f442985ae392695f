"""Analyses of the network as tables on a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from graph_service.terminal import printable
from graph_service.text.messages import Spoken, figure, percent_change, sentence

PAIRS_SHOWN = 20


def change_in(ties: Mapping[str, Any]) -> float | None:
    """Ties after against ties before: -0.4 is four in ten fewer."""
    return ties["after"] / ties["before"] - 1.0 if ties["before"] else None


def table(language: Spoken, *heads: str) -> Table:
    """A table without lines whose numbers stand right."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for place, head in enumerate(heads):
        made.add_column(sentence(head, language), justify="left" if place == 0 else "right")
    return made


def _told(ties: Mapping[str, Any] | None, language: Spoken) -> list[str]:
    if ties is None:
        return ["–"] * 7
    mark = sentence("network.thinned", language) if ties["isThinned"] else ""
    counts = [str(ties[name]) for name in ("before", "kept", "lost", "added", "after")]
    return [
        *counts,
        figure(ties["expected"], ".0f", language),
        f"{percent_change(change_in(ties), language)} {mark}".rstrip(),
    ]


_HEADS = ("before", "kept", "lost", "added", "after", "expected", "change")


def show_change(found: Mapping[str, Any], language: Spoken, out: Console) -> None:
    """The finding, what became of the ties, by group and by pair of groups, and what the sources tell."""
    out.print(f"\n{found['headline']}\n", style="bold", markup=False)
    by = sentence(f"network.between.{found['by']}", language)
    whole = table(language, "network.head.ties", *(f"network.head.{head}" for head in _HEADS))
    whole.add_row(sentence("network.between.all", language), *_told(found["ties"], language))
    whole.add_row(by, *_told(found["crossTies"], language))
    out.print(whole)
    groups = table(language, "network.head.group", "network.head.size", *(f"network.head.{head}" for head in _HEADS))
    for group in found["groups"]:
        groups.add_row(escape(printable(group["name"])), str(group["size"]), *_told(group["crossTies"], language))
    if found["groups"]:
        _section(out, "network.by_group", language, groups)
    between = [pair for pair in found["pairs"] if pair["one"] != pair["other"]]
    if between:
        pairs = table(language, "network.head.pair", *(f"network.head.{head}" for head in _HEADS))
        for pair in sorted(between, key=lambda one: change_in(one["ties"]) or 0.0)[:PAIRS_SHOWN]:
            pairs.add_row(escape(printable(f"{pair['one']} – {pair['other']}")), *_told(pair["ties"], language))
        _section(out, "network.by_pair", language, pairs)
    _lines(out, [*(one["sentence"] for one in found["coverage"]), *found["remarks"]])


def show_reserves(found: Mapping[str, Any], language: Spoken, out: Console) -> None:
    """How far solved cases live off old contacts, by time and by group."""
    out.print(f"\n{found['headline']}\n", style="bold", markup=False)
    shares = table(language, "network.head.group", "network.head.share", "network.head.band", "network.head.cases")
    for one in found["earlier"]:
        shares.add_row(f"{one['window']['first']}..{one['window']['last']}", *_share(one["share"], language))
    for group in found["groups"]:
        shares.add_row(escape(printable(group["name"])), *_share(group["share"], language))
    out.print(shares)
    _lines(out, [*found["remarks"], *beside_shares(found, language)])


def beside_shares(found: Mapping[str, Any], language: Spoken) -> list[str]:
    """What is told beside the index: ties in reserve, hours to the first right person."""
    told = []
    if found["reserveTies"] is not None:
        told.append(sentence("network.reserve_ties", language, count=found["reserveTies"], cut=found["cut"]))
    if found["hoursWithTie"] is not None and found["hoursWithoutTie"] is not None:
        hours = [figure(found[name], ".1f", language) for name in ("hoursWithTie", "hoursWithoutTie")]
        told.append(sentence("network.first_right", language, known=hours[0], unknown=hours[1]))
    return told


def _share(share: Mapping[str, Any] | None, language: Spoken) -> list[str]:
    if share is None:
        return ["–", "", ""]
    low, high = (figure(share[end], ".0%", language) for end in ("low", "high"))
    return [figure(share["value"], ".0%", language), f"{low} – {high}", str(share["cases"])]


def show_islands(found: Mapping[str, Any], language: Spoken, out: Console) -> None:
    """Subjects and how many people solve them."""
    out.print(f"\n{found['headline']}\n", style="bold", markup=False)
    subjects = table(language, "network.head.subject", "network.head.cases", "network.head.people")
    for one in found["subjects"]:
        subjects.add_row(escape(printable(one["subject"])), str(one["cases"]), one["people"])
    if found["subjects"]:
        out.print(subjects)
    _lines(out, [sentence("network.agreed", language, agreement=found["agreement"])])


def show_reconnections(found: Mapping[str, Any], language: Spoken, out: Console) -> None:
    """Pairs of groups where reconnecting would help."""
    out.print(f"\n{found['headline']}\n", style="bold", markup=False)
    heads = ("pair", "dormant", "gained", "joint", "earlier", "proposal")
    pairs = table(language, *(f"network.head.{head}" for head in heads))
    for one in found["pairs"]:
        cases = "–" if one["cases"] is None else str(one["cases"])
        told = [one["gained"], cases, escape(one["earlier"]), escape(one["proposal"])]
        pairs.add_row(
            escape(printable(f"{one['one']} – {one['other']}")),
            "–" if one["dormant"] is None else str(one["dormant"]),
            *told,
        )
    if found["pairs"]:
        out.print(pairs)


def _section(out: Console, head: str, language: Spoken, made: Table) -> None:
    out.print(f"\n{sentence(head, language)}", style="bold", markup=False)
    out.print(made)


def _lines(out: Console, lines: Sequence[str]) -> None:
    out.print()
    for line in lines:
        out.print(f"· {printable(line)}", style="dim", markup=False)
