"""LDIF (RFC 2849), a directory's export, as a table: a row per entry, attributes as columns, several values by `; `."""

import base64
import binascii
import io
from collections.abc import Iterator

from graph_service.model import RowFault, Skipped, SourceFile
from importers.tabular import Layout, Table, TableRow

MOST_VALUE = 4_000
"""Longer values (pictures) are not read."""
_BINARY = "(binary)"
_TELLING = frozenset({"uid", "samaccountname", "employeenumber", "mail", "cn", "sn", "givenname", "displayname"})
"""What tells who somebody is: a value that is no text tells nothing."""


def ldif_layout(head: bytes) -> Layout | None:
    """Whether the text starts with an entry."""
    start = head[:4_096].lstrip(b"\xef\xbb\xbf \r\n").lower()
    lines = [line for line in start.splitlines() if line and not line.startswith((b"#", b"version:"))]
    return Layout("utf-8", ":") if lines and lines[0].startswith(b"dn:") else None


def read_ldif(source: SourceFile) -> Table:
    """Reads twice: which attributes there are, then the entries."""
    header: dict[str, None] = {}
    for _, entry in _entries(source):
        header.update(dict.fromkeys(entry))
    names = list(header)
    return Table([], names, _rows(source, names))


def _rows(source: SourceFile, names: list[str]) -> Iterator[TableRow | RowFault | Skipped]:
    for line, entry in _entries(source):
        yield TableRow(line, ["; ".join(entry.get(name, ())) for name in names])


def _entries(source: SourceFile) -> Iterator[tuple[int, dict[str, list[str]]]]:
    entry: dict[str, list[str]] = {}
    start = 0
    for number, text in _lines(source):
        if not text:
            if entry:
                yield start, entry
            entry = {}
            continue
        name, value = _attribute(text)
        start = number if not entry else start
        if name and (entry or name == "dn"):
            entry.setdefault(name, []).append(value)
    if entry:
        yield start, entry


def _lines(source: SourceFile) -> Iterator[tuple[int, str]]:
    """Unfolded lines with the physical line each starts on; an empty one ends an entry."""
    held, at = "", 0
    with io.TextIOWrapper(source.open(), encoding="utf-8-sig", errors="replace") as stream:
        for number, raw in enumerate(stream, start=1):
            line = raw.rstrip("\r\n")
            if line.startswith(" ") and held:
                held = held if len(held) > MOST_VALUE * 2 else held + line[1:]
                continue
            if held:
                yield at, held
            held, at = ("", number) if line.startswith("#") else (line, number)
            if not line:
                yield number, ""
    if held:
        yield at, held


def _attribute(line: str) -> tuple[str, str]:
    """Name without options in lower case, and value; base64 (`::`) is decoded where it is short text."""
    name, _, value = line.partition(":")
    name = name.partition(";")[0].strip().lower()
    if not value.startswith(":"):
        return name, value.strip()
    encoded = value[1:].strip()
    if len(encoded) > MOST_VALUE:
        return name, _BINARY
    try:
        return name, base64.b64decode(encoded, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return name, "" if name in _TELLING else _BINARY
