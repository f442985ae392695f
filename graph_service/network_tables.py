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
        name: None if every[name] is None or cross[name] is None else every[name] - cross[name] for name in _COUNTS
    }
    return {**counts, "effect": None, "expected": None, "isThinned": False}


def against_chance(ties: Mapping[str, Any], language: Spoken) -> str:
    """The change against what is to be expected, and how far below that chance goes: `−32 % (Zufall bis −18 %)`."""
    if ties["effect"] is None:
        return sentence("network.thinned", language) if ties["isThinned"] else "–"
    chance = sentence("network.chance_to", language, low=chance_to(ties, language))
    told = f"{percent_change(ties['effect'], language)} ({chance})"
    return f"{told} {sentence('network.thinned', language)}" if ties["isThinned"] else told


def chance_to(ties: Mapping[str, Any], language: Spoken) -> str:
    """How far below what is to be expected chance goes."""
    return percent_change(min(0.0, ties["low"] / ties["expected"] - 1.0), language) if ties["expected"] else "–"


_COUNTS = ("before", "kept", "lost", "added", "after")
_FEW_COUNTS = ("before", "after")
_FIGURES = ("change", "expected", "chance", "verdict")
WIDE = 110
"""Columns of a terminal from which on all counts have room."""


def _counts(out: Console) -> Sequence[str]:
    return _COUNTS if out.width >= WIDE else _FEW_COUNTS


def _table(out: Console, language: Spoken, *first: str) -> Table:
    made = table(language, *(f"network.head.{head}" for head in (*first, *_counts(out), *_FIGURES)))
    made.columns[-1].min_width = len(sentence("network.thinned", language))
    return made


def _told(out: Console, ties: Mapping[str, Any] | None, language: Spoken) -> list[str]:
    counts = _counts(out)
    if ties is None:
        return ["–"] * (len(counts) + len(_FIGURES) - 1)
    told = ["–" if ties[name] is None else str(ties[name]) for name in counts]
    effect = percent_change(ties["effect"], language)
    mark = sentence("network.thinned", language) if ties["isThinned"] else ""
    return [*told, percent_change(change_in(ties), language), effect, chance_to(ties, language), mark]


def show_change(found: Mapping[str, Any], language: Spoken, out: Console) -> None:
    """The finding, what became of the ties, by group and by pair of groups, and what the sources tell."""
    out.print(f"\n{found['headline']}\n", style="bold", markup=False)
    whole = _table(out, language, "ties")
    rows = [("network.between.all", found["ties"])]
    if len(found["groups"]) > 1:
        by = found["by"]
        rows += [(f"network.between.{by}", found["crossTies"]), (f"network.within.{by}", within(found))]
    for name, ties in rows:
        whole.add_row(sentence(name, language), *_told(out, ties, language))
    out.print(whole)
    groups = _table(out, language, "group", "size")
    for group in found["groups"]:
        told = _told(out, group["crossTies"], language)
        groups.add_row(escape(printable(group["name"])), str(group["size"]), *told)
    if len(found["groups"]) > 1:
        _section(out, "network.by_group", language, groups)
    between = [pair for pair in found["pairs"] if pair["one"] != pair["other"]]
    if between:
        pairs = _table(out, language, "pair")
        for pair in sorted(between, key=lambda one: change_in(one["ties"]) or 0.0)[:PAIRS_SHOWN]:
            pairs.add_row(escape(printable(f"{pair['one']} – {pair['other']}")), *_told(out, pair["ties"], language))
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
    if share is None:
        return ["–", "", ""]
    if share["value"] is None:
        return [sentence("network.few", language), "", str(share["cases"])]
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
