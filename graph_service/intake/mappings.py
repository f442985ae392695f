"""Mappings as TOML: what a preview writes, people edit, a run keeps, and next month's file is read by."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from graph_service.errors import FileRefused, file_refusals, line_of
from graph_service.model import Column, ImportRun, Mapping

_MOST_BYTES = 1_048_576
_TEXTS = ("format", "part", "encoding", "delimiter")
_COLUMN = ("header", "field", "form", "other")
_PART = (*_TEXTS, "header_line", "read", "settings", "columns")
_COLUMN_KEYS = (*_COLUMN, "sure")
_LOWEST_HEADER = 1_000_000
_Kind = TypeVar("_Kind")
_MOST_LETTERS = 262_144
_TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')
_DEEP = re.compile(r"(?:[\w-]+[ \t]*\.[ \t]*){9}")
"""Keys of more parts than any mapping has: reading them takes the square of their number."""
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
        raise FileRefused("mapping.not_toml", file=path.name, line=1) from None


def parsed_mappings(text: str, file: str) -> tuple[Mapping, ...]:
    """The mappings of a TOML text; raises FileRefused with what does not fit."""
    if len(text) > _MOST_LETTERS or _DEEP.search(_TEXT.sub("t", text)):
        raise FileRefused("mapping.not_toml", file=file, line=1)
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileRefused("mapping.not_toml", file=file, line=line_of(error, text.count("\n") + 1)) from None
    except (RecursionError, ValueError):  # also a number of thousands of digits
        raise FileRefused("mapping.not_toml", file=file, line=1) from None
    parts = _Table(told, file, ("part",)).tables("part")
    if not parts:
        raise FileRefused("mapping.no_format", file=file)
    return tuple(_mapping(_Table(part, file, _PART)) for part in parts)


@dataclass(frozen=True)
class _Table:
    """A table of the TOML text; raises FileRefused for keys it should not have and values of another kind."""

    values: dict[str, Any]
    file: str
    keys: Sequence[str]

    def __post_init__(self) -> None:
        if not isinstance(self.values, dict):
            raise FileRefused("mapping.no_format", file=self.file)
        strange = next((name for name in self.values if name not in self.keys), None)
        if strange is not None:
            raise FileRefused("mapping.unknown_key", file=self.file, name=strange[:100], keys=", ".join(self.keys))

    def text(self, name: str) -> str:
        """The text of a key; empty where there is none."""
        return self.of(str, name, "")

    def whole(self, name: str, default: int) -> int:
        """The whole number of a key."""
        return self.of(int, name, default)

    def tables(self, name: str) -> list[Any]:
        """The tables of a key."""
        return self.of(list, name, [])

    def refuse(self, name: str, value: object) -> NoReturn:
        """Says which value cannot be."""
        shown = str(value)[:100] if isinstance(value, str | int | float) else type(value).__name__
        raise FileRefused("mapping.bad_value", file=self.file, name=name[:100], value=shown)

    def of(self, kind: type[_Kind], name: str, default: _Kind) -> _Kind:
        """The value of a key, of this kind."""
        value = self.values.get(name, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.refuse(name, value)
        return value


def _mapping(part: _Table) -> Mapping:
    if not part.text("format"):
        raise FileRefused("mapping.no_format", file=part.file)
    texts = {name: part.text(name) for name in _TEXTS}
    if texts["encoding"] and not _is_encoding(texts["encoding"]):
        part.refuse("encoding", texts["encoding"])
    if len(texts["delimiter"]) > 1 or texts["delimiter"] in ("\n", "\r", '"'):
        part.refuse("delimiter", texts["delimiter"])
    header_line = part.whole("header_line", 1)
    if not 1 <= header_line <= _LOWEST_HEADER:
        part.refuse("header_line", header_line)
    settings = part.of(dict, "settings", {})
    own = _Table(settings, part.file, list(settings))
    return Mapping(
        **texts,
        read=bool(part.of(bool, "read", True)),
        header_line=header_line,
        columns=tuple(_column(_Table(column, part.file, _COLUMN_KEYS)) for column in part.tables("columns")),
        settings=tuple((name, own.text(name)) for name in settings),
    )


def _is_encoding(name: str) -> bool:
    try:
        return bool("a".encode(name))
    except (LookupError, ValueError):
        return False


def _column(column: _Table) -> Column:
    sure = column.values.get("sure", 1.0)
    if not isinstance(sure, int | float) or not 0 <= sure <= 1:
        column.refuse("sure", sure)
    return Column(**{name: column.text(name) for name in _COLUMN}, sure=float(sure))


def shape_of(mappings: Sequence[Mapping]) -> str:
    """What next month's file of the same kind has in common with this one: headers, not the values; of a part without
    columns its format; where there are several parts, their names. A part that is not read and has no columns, such as
    a cover sheet, is none."""
    mappings = [one for one in mappings if one.read or one.columns]
    several = len(mappings) > 1
    told = "\x1e".join(
        "\x1f".join((one.part if several else "", *([column.header for column in one.columns] or [one.format])))
        for one in mappings
    )
    return sha256(told.encode("utf-8", "replace")).hexdigest()[:32]


def left_columns(run: ImportRun) -> list[str]:
    """The columns of a run's file that were not read, each once."""
    mappings = parsed_mappings(run.mapping, run.file) if run.mapping else ()
    read = [mapping for mapping in mappings if mapping.read]
    left = [column.header for mapping in read for column in mapping.columns if not column.field]
    return list(dict.fromkeys(filter(None, left)))
