"""Analyses as CSV for spreadsheets, and the manifest that every export carries."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from typing import Any

from graph_service.intake.rejects import safe_cell
from graph_service.network.source_words import kind_name
from graph_service.text.messages import Spoken, figure, sentence

DEFINITIONS = "graph_service/network/README.md"
BOM = "\ufeff"
_TIES = (
    "before",
    "kept",
    "lost",
    "added",
    "reactivated",
    "new",
    "after",
    "expected",
    "low",
    "high",
    "effect",
    "isThinned",
)
_SHARE = ("value", "low", "high", "cases")
_SINGLE = ("asOf", "by", "minimum", "purpose", "cut", "draws", "agreement")
_CODED = ("by", "purpose")
_DAY = len("2026-05-01")
_WINDOWS = ("before", "after", "window")
Cells = Sequence[object]


def manifest(found: Mapping[str, Any], language: Spoken) -> list[tuple[str, str]]:
    """What a figure is worth without its page: windows, filters, smallest group, purpose, definitions, version."""
    told = [(name, "..".join(found[name].values())) for name in _WINDOWS if found.get(name)]
    if "comparedKinds" in found:
        told.append(("kinds", kinds_compared(found, language)))
    told += [(name, _word(name, str(found[name]), language)) for name in _SINGLE if name in found]
    told += [("definitions", DEFINITIONS), ("version", f"expert-graph {metadata.version('expert-graph')}")]
    return [(sentence(f"manifest.{name}", language), " ".join(value.split())) for name, value in told]


def kinds_compared(found: Mapping[str, Any], language: Spoken) -> str:
    """The kinds by which two windows are compared, in words."""
    return ", ".join(kind_name(kind, language) for kind in found["comparedKinds"]) or "–"


def _word(name: str, value: str, language: Spoken) -> str:
    if name == "asOf":
        return value[:_DAY]
    return sentence(f"manifest.{name}.{value}", language) if name in _CODED else value


def as_csv(found: Mapping[str, Any], language: Spoken) -> str:
    """The figures of an analysis, with the manifest and the headline as lines before the header."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if language == "de" else ",", lineterminator="\r\n")
    for name, value in (*manifest(found, language), ("", found["headline"])):
        writer.writerow([f"# {name}: {value}" if name else f"# {' '.join(value.split())}"])
    for row in _rows(found):
        writer.writerow([safe_cell(_cell(cell, language)) for cell in row])
    return BOM + out.getvalue()


def _cell(cell: object, language: Spoken) -> str:
    if isinstance(cell, float):
        return figure(cell, ".4f", language)
    return "" if cell is None else str(cell)


def _rows(found: Mapping[str, Any]) -> Iterator[Cells]:
    if "subjects" in found:
        return _table(("subject", "cases", "people"), found["subjects"])
    if "index" in found:
        return _shares(found)
    if "ties" in found:
        return _changes(found)
    return _table(("one", "other", "dormant", "gained", "cases", "earlier", "proposal"), found["pairs"])


def _table(fields: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> Iterator[Cells]:
    yield fields
    for row in rows:
        yield [row[name] for name in fields]


def _shares(found: Mapping[str, Any]) -> Iterator[Cells]:
    yield ("scope", "name", *_SHARE)
    told = [("window", "..".join(one["window"].values()), one["share"]) for one in found["earlier"]]
    told += [("all", "", found["index"]), *(("group", one["name"], one["share"]) for one in found["groups"])]
    for scope, name, share in told:
        yield (scope, name, *((share or {}).get(field) for field in _SHARE))


def _changes(found: Mapping[str, Any]) -> Iterator[Cells]:
    """Everybody, groups and pairs of groups, then the quarters; what is hidden has empty cells."""
    yield ("scope", "window", "one", "other", *_TIES)
    last = "..".join(found["after"].values())
    told = [("all", last, "", "", found["ties"]), ("cross", last, "", "", found["crossTies"])]
    told += [("group", last, one["name"], "", one["crossTies"]) for one in found["groups"]]
    told += [("pair", last, one["one"], one["other"], one["ties"]) for one in found["pairs"]]
    for quarter in found.get("quarters", ()):
        window = "..".join(quarter["window"].values())
        told.append(("cross", window, "", "", quarter["crossTies"]))
        told += [("pair", window, one["one"], one["other"], one["ties"]) for one in quarter["pairs"]]
    for *head, ties in told:
        yield (*head, *((ties or {}).get(field) for field in _TIES))
