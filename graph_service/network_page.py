"""An analysis as one self-contained page: pictures as SVG in the file, a table behind each, nothing from outside."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from jinja2 import Environment, PackageLoader

from graph_service.network_export import kinds_compared, manifest
from graph_service.network_multiples import multiples
from graph_service.network_tables import against_chance, beside_shares, change_in
from graph_service.text.messages import Spoken, figure, percent_change, sentence

BAR_WIDTH, BAR_LEFT, LEFT_OF_DAYS, CELL_WIDTH, CELL_HEIGHT, LEFT = 330, 110, 180, 74, 30, 190
SHADES = (0.30, 0.45, 0.60, 0.75)
"""From which share of lost ties on a cell is drawn darker."""
MOST_GROUPS = 16
AXES = (10, 20, 40, 60, 100)
"""In percent, how far a picture of shares goes."""


def page(kind: str, found: Mapping[str, Any], language: Spoken) -> str:
    """The page of an analysis (change, reserves, islands, reconnect) as HTML in one language."""
    environment = Environment(
        loader=PackageLoader("graph_service", ""), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    told = {"kind": kind, "language": language, "say": partial(_say, language)}
    return environment.get_template("network.html").render(told | drawn(kind, found, language))


def drawn(kind: str, found: Mapping[str, Any], language: Spoken) -> dict[str, Any]:
    """What the pictures and tables of an analysis are made of, for `network_parts.html`."""
    pictures = {"change": _change, "reserves": _reserves}
    return {
        "found": found,
        "manifest": manifest(found, language),
        "number": lambda value, form=".0f": figure(value, form, language),
        "since": lambda ties: percent_change(change_in(ties), language),
        "against": lambda ties: against_chance(ties, language),
        **(pictures[kind](found, language) if kind in pictures else {}),
    }


def _say(language: Spoken, code: str, **values: object) -> str:
    return sentence(code, language, **values)


def _change(found: Mapping[str, Any], language: Spoken) -> dict[str, Any]:
    counted = [ties for ties in (found["ties"], found["crossTies"]) if ties is not None]
    most = max([max(ties["before"], ties["after"], ties["expected"] or 0) for ties in counted], default=0) or 1
    where = (sentence("network.between.all", language), sentence(f"network.between.{found['by']}", language))
    told = zip(where, (found["ties"], found["crossTies"]), (True, False), strict=True)
    bars = [_bars(place, ties, BAR_WIDTH / most, is_all=is_all) for place, ties, is_all in told if ties is not None]
    is_of_days = any(len(found[name]["first"]) > len("2019-10") for name in ("before", "after"))
    return {
        "bars": bars,
        "left": LEFT_OF_DAYS if is_of_days else BAR_LEFT,
        "heat": _heat(found, language),
        "multiples": multiples(found, language),
        "kinds": kinds_compared(found, language),
    }


def _bars(place: str, ties: Mapping[str, Any], scale: float, *, is_all: bool) -> dict[str, Any]:
    """Two bars: what was, kept and lost; what is, kept, reactivated and new; and a mark where it is expected."""
    before, after = [("kept", ties["kept"]), ("lost", ties["lost"])], [("kept", ties["kept"])]
    is_apart = ties["new"] is not None
    after += [("reactivated", ties["reactivated"]), ("new", ties["new"])] if is_apart else [("added", ties["added"])]
    if ties["kept"] is None:
        before, after = ([("ties", ties[name])] for name in ("before", "after"))
    return {
        "is_all": is_all,
        "place": place,
        "ties": ties,
        "before": _stacked(before, scale),
        "after": _stacked(after, scale),
        "expected": None if ties["expected"] is None else round(ties["expected"] * scale, 1),
    }


def _stacked(parts: Sequence[tuple[str, int]], scale: float) -> list[dict[str, Any]]:
    found, start = [], 0.0
    for name, count in parts:
        width = count * scale
        found.append({"name": name, "count": count, "x": round(start, 1), "width": round(width, 1)})
        start += width
    return found


def _heat(found: Mapping[str, Any], language: Spoken) -> dict[str, Any] | None:
    """The groups against each other, what is not shown hatched; None with one group, or too many to draw."""
    names = [group["name"] for group in found["groups"]]
    if not 1 < len(names) <= MOST_GROUPS:
        return None
    ties = {frozenset((pair["one"], pair["other"])): pair["ties"] for pair in found["pairs"]}
    cells = [
        _cell(ties.get(frozenset((one, other))), language)
        | {"x": LEFT + column * CELL_WIDTH, "y": (row - 1) * CELL_HEIGHT, "pair": f"{other} – {one}"}
        for row, one in enumerate(names)
        for column, other in enumerate(names[:row])
    ]
    return {
        "cells": cells,
        "rows": [{"name": name, "y": place * CELL_HEIGHT} for place, name in enumerate(names[1:])],
        "columns": [{"name": name, "x": LEFT + place * CELL_WIDTH} for place, name in enumerate(names[:-1])],
        "width": LEFT + (len(names) - 1) * CELL_WIDTH + 8,
        "height": (len(names) - 1) * CELL_HEIGHT,
        "cell_width": CELL_WIDTH,
        "cell_height": CELL_HEIGHT,
        "left": LEFT,
    }


def _cell(ties: Mapping[str, Any] | None, language: Spoken) -> dict[str, Any]:
    change = None if ties is None else change_in(ties)
    return {
        "shade": None if change is None else sum(-round(change, 2) >= shade for shade in SHADES),
        "text": "" if change is None else percent_change(change, language),
        "is_thinned": ties is not None and ties["isThinned"],
    }


def _reserves(found: Mapping[str, Any], language: Spoken) -> dict[str, Any]:
    """The shares over time as bands with a mark, and by group; the axis goes up to what there is."""
    told = [("..".join(one["window"].values()), one["share"]) for one in found["earlier"]]
    told.append(("..".join(found["window"].values()), found["index"]))
    bands = [
        {end: share[end] * 100 for end in ("low", "high", "value")}
        | {"name": name, "is_asked": share is found["index"]}
        for name, share in told
        if share is not None and share["value"] is not None
    ]
    highest = max((band["high"] for band in bands), default=0.0)
    return {
        "bands": bands,
        "most": next(axis for axis in AXES if highest <= axis),
        "rows": [*told, *((group["name"], group["share"]) for group in found["groups"])],
        "told": beside_shares(found, language),
    }
