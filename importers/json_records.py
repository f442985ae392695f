"""The records of a JSON file, wherever they stand: in a list, in a list within an object, or one on each line."""

import codecs
import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast
from weakref import WeakKeyDictionary

import ijson
import orjson

from graph_service.errors import FileRefused
from graph_service.model import SourceFile
from importers.json_stream import ShallowStream

_REFUSED = b'"refused":'
"""What a file of refused records says in each of them."""
_DEEPEST = 3
_USUAL = frozenset(
    f"{name}.item" for name in ("issues", "result", "records", "value", "items", "tickets", "users", "data", "rows")
)
"""What systems call the list of records, beside which they write lists of other things."""
_PLACES: WeakKeyDictionary[SourceFile, str | None] = WeakKeyDictionary()
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def place_of(source: SourceFile) -> str | None:
    """Where the records stand, as ijson names it: `item`, `result.item`, empty for one on each line; None without.

    Raises FileRefused for what no parser bears.
    """
    if source not in _PLACES:
        _PLACES[source] = _place(source)
    return _PLACES[source]


def _place(source: SourceFile) -> str | None:
    start = as_utf8(source.head()).lstrip(b"\xef\xbb\xbf \r\n\t")
    if start[:1] not in (b"{", b"["):
        return None
    first, _, rest = start.partition(b"\n")
    if (rest.lstrip()[:1] == b"{" or _REFUSED in first) and _is_object(first):
        return ""
    found: list[str] = []
    before = ""
    try:
        for place, event, _ in ijson.parse(ShallowStream(io.BytesIO(start), source.name)):
            if (before, event) == ("start_array", "start_map") and place.count(".") < _DEEPEST:
                if not found or place in _USUAL:
                    found.append(str(place))
                if place == "item" or place in _USUAL:
                    break
            before = event
    except (ijson.JSONError, UnicodeDecodeError):
        pass
    return found[-1] if found else None


def records(source: SourceFile) -> Iterator[tuple[int, Any]]:
    """Each record with its number in the file, counted from 1; raises FileRefused when the file breaks off."""
    place = place_of(source)
    if place is None:
        return
    with source.open() as stream:
        told = ShallowStream(_read_as_utf8(stream, source.head()), source.name)
        try:
            yield from enumerate(ijson.items(told, place, multiple_values=not place), start=1)
            if place and place not in _USUAL and told.lists[place.count(".")] > 1:
                raise FileRefused("file.several_lists", file=source.name)
        except (ijson.JSONError, UnicodeError):
            raise FileRefused("file.broken", file=source.name) from None


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def as_utf8(head: bytes) -> bytes:
    """What a file starts with in JSON's own encoding."""
    return head.decode("utf-16", "ignore").encode("utf-8", "ignore") if head.startswith(_UTF16) else head


def _read_as_utf8(stream: BinaryIO, head: bytes) -> BinaryIO:
    """The stream as JSON's own encoding; Windows' own shell writes another."""
    return cast(BinaryIO, codecs.EncodedFile(stream, "utf-8", "utf-16")) if head.startswith(_UTF16) else stream
