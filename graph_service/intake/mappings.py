"""Mappings as TOML: what a preview writes, people edit, a run keeps, and next month's file is read by."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph_service.errors import FileRefused, file_refusals
from graph_service.model import Column, Mapping

_MOST_BYTES = 1_048_576
_TEXTS = ("format", "part", "encoding", "delimiter")
_COLUMN = ("header", "field", "form", "other")
_UNFIT = re.compile(r'[\x00-\x1f"\\\x7f]')


def mapping_text(mappings: Iterable[Mapping]) -> str:
    """The mappings as a TOML file with its explanation."""
    lines = [
        '# So wird die Datei gelesen: field = "" lässt eine Spalte weg, form sagt, wie ihre Werte geschrieben sind.',
        '# How the file is read: field = "" leaves a column out, form says how its values are written.',
    ]
    for mapping in mappings:
        lines += ["", "[[part]]"]
        lines += [f"{name} = {_quoted(getattr(mapping, name))}" for name in _TEXTS if getattr(mapping, name)]
        lines += [f"header_line = {mapping.header_line}"] if mapping.columns else []
        lines += [] if mapping.read else ["read = false"]
        if mapping.settings:
            lines += ["[part.settings]", *(f"{_quoted(name)} = {_quoted(value)}" for name, value in mapping.settings)]
        for column in mapping.columns:
            lines.append("[[part.columns]]")
            lines += [f"{name} = {_quoted(getattr(column, name))}" for name in _COLUMN if getattr(column, name)]
            lines += [] if column.field else ['field = ""']
            lines += [f"sure = {column.sure}"] if column.sure < 1 else []
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + _UNFIT.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + '"'


def read_mappings(path: Path) -> tuple[Mapping, ...]:
    """The mappings of a TOML file; raises FileRefused with what does not fit."""
    try:
        with file_refusals(path.name):
            raw = path.read_bytes()[:_MOST_BYTES]
    except OSError:
        raise FileRefused("file.not_a_file", file=path.name) from None
    try:
        return parsed_mappings(raw.decode("utf-8-sig"), path.name)
    except UnicodeError:
        raise FileRefused("mapping.not_toml", file=path.name) from None


def parsed_mappings(text: str, file: str) -> tuple[Mapping, ...]:
    """The mappings of a TOML text; raises FileRefused with what does not fit."""
    try:
        parts = tomllib.loads(text)["part"]
        return tuple(_mapping(part) for part in parts)
    except tomllib.TOMLDecodeError:
        raise FileRefused("mapping.not_toml", file=file) from None
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
        raise FileRefused("mapping.fields", file=file) from None


def _mapping(part: dict[str, Any]) -> Mapping:
    if set(part) - {*_TEXTS, "header_line", "read", "settings", "columns"}:
        raise ValueError("unknown key")
    return Mapping(
        format=_text(part["format"]),
        part=_text(part.get("part", "")),
        read=bool(part.get("read", True)),
        encoding=_text(part.get("encoding", "")),
        delimiter=_text(part.get("delimiter", "")),
        header_line=int(part.get("header_line", 1)),
        columns=tuple(_column(column) for column in part.get("columns", ())),
        settings=tuple((str(name), _text(value)) for name, value in part.get("settings", {}).items()),
    )


def _column(column: dict[str, Any]) -> Column:
    if set(column) - {*_COLUMN, "sure"}:
        raise ValueError("unknown key")
    texts = {name: _text(column.get(name, "")) for name in _COLUMN}
    return Column(**texts, sure=float(column.get("sure", 1.0)))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def shape_of(mappings: Sequence[Mapping]) -> str:
    """What next month's file of the same kind has in common with this one: part names and headers, not the values; of
    a part without columns its format."""
    told = "\x1e".join(
        "\x1f".join((one.part, *([column.header for column in one.columns] or [one.format]))) for one in mappings
    )
    return sha256(told.encode("utf-8", "replace")).hexdigest()[:32]
