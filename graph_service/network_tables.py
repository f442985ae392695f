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


def within(found: Mapping[str, Any]) -> dict[str, Any] | None:
    """The ties inside of groups: all less those between groups."""
    every, cross = found["ties"], found["crossTies"]
    if every is None or cross is None:
        return None
    counts = {
        name: None if every[name] is None or cross[name] is None else every[name] - cross[name]
        for name in ("before", "kept", "lost", "added", "after")
    }
    return {**counts, "effect": None, "isThinned": False}


def against_chance(ties: Mapping[str, Any], language: Spoken) -> str:
    """The change against what is to be expected, and how far below that chance goes: `−32 % (Zufall bis −18 %)`."""
    if ties["effect"] is None:
        return sentence("network.thinned", language) if ties["isThinned"] else "–"
    low = percent_change(min(0.0, ties["low"] / ties["expected"] - 1.0), language) if ties["expected"] else "–"
    told = f"{percent_change(ties['effect'], language)} ({sentence('network.chance_to', language, low=low)})"
    return f"{told} {sentence('network.thinned', language)}" if ties["isThinned"] else told


def _told(ties: Mapping[str, Any] | None, language: Spoken) -> list[str]:
    if ties is None:
        return ["–"] * len(_HEADS)
    counts = ["–" if ties[name] is None else str(ties[name]) for name in _HEADS[:5]]
    return [*counts, percent_change(change_in(ties), language), against_chance(ties, language)]


_HEADS = ("before", "kept", "lost", "added", "after", "change", "expected")


def show_change(found: Mapping[str, Any], language: Spoken, out: Console) -> None:
    """The finding, what became of the ties, by group and by pair of groups, and what the sources tell."""
    out.print(f"\n{found['headline']}\n", style="bold", markup=False)
    by = sentence(f"network.between.{found['by']}", language)
    whole = table(language, "network.head.ties", *(f"network.head.{head}" for head in _HEADS))
    whole.add_row(sentence("network.between.all", language), *_told(found["ties"], language))
    whole.add_row(by, *_told(found["crossTies"], language))
    if len(found["groups"]) > 1:
        whole.add_row(sentence(f"network.within.{found['by']}", language), *_told(within(found), language))
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
    shares = table(language, "network.head.span", "network.head.share", "network.head.band", "network.head.cases")
    for one in found["earlier"]:
        shares.add_row("..".join(one["window"].values()), *_share(one["share"], language))
    shares.add_row("..".join(found["window"].values()), *_share(found["index"], language))
    for group in found["groups"]:
        shares.add_row(escape(printable(group["name"])), *_share(group["share"], language))
    out.print(shares)
    _lines(out, [*found["remarks"], *beside_shares(found, language)])


def beside_shares(found: Mapping[str, Any], language: Spoken) -> list[str]:
    """What is told beside the index: ties in reserve, hours to the first right person."""
    told = []
    if found["reserveTies"] is not None:
        told.append(
            sentence("network.reserve_ties", language, ties=found["reserveTies"].replace("-", "–"), cut=found["cut"])
        )
    if found["hoursWithTie"] is not None and found["hoursWithoutTie"] is not None:
        hours = {"known": found["hoursWithTie"], "unknown": found["hoursWithoutTie"]}
        told.append(sentence("network.first_right", language, **hours))
    return told


def _share(share: Mapping[str, Any] | None, language: Spoken) -> list[str]:
    if share is None or share["value"] is None:
        return [
            "–" if share is None else sentence("network.few", language),
            "",
            "" if share is None else str(share["cases"]),
        ]
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
            one["dormant"] or "–",
            *told,
        )
    if found["pairs"]:
        out.print(pairs)
    _lines(out, found["remarks"])


def _section(out: Console, head: str, language: Spoken, made: Table) -> None:
    out.print(f"\n{sentence(head, language)}", style="bold", markup=False)
    out.print(made)


def _lines(out: Console, lines: Sequence[str]) -> None:
    out.print()
    for line in lines:
        out.print(f"· {printable(line)}", style="dim", markup=False)
