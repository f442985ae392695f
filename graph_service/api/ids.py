"""Relay ids and cursors: opaque to clients, `Type:id` in base64 inside."""

import base64
import binascii

from graph_service.errors import InputRefused, UnknownId

MOST_PER_PAGE = 100


def encode(kind: str, key: str) -> str:
    """The global id of a node."""
    return base64.urlsafe_b64encode(f"{kind}:{key}".encode()).decode()


def decode(global_id: str, kind: str | None = None) -> tuple[str, str]:
    """(kind, key) of a global id; raises UnknownId for anything else or another kind than asked for."""
    try:
        found, _, key = base64.urlsafe_b64decode(global_id.encode()).decode().partition(":")
    except (binascii.Error, UnicodeError, ValueError):
        raise UnknownId("node.unknown") from None
    if not key or kind not in (None, found):
        raise UnknownId("node.unknown")
    return found, key


def page_size(first: int) -> int:
    """`first` within its limits; raises InputRefused."""
    if not 1 <= first <= MOST_PER_PAGE:
        raise InputRefused("page.bad_first", first=first, most=MOST_PER_PAGE)
    return first


def cursor_key(after: str | None) -> str | None:
    """What a cursor stands for; raises InputRefused when it is none."""
    if after is None:
        return None
    try:
        return decode(after, "cursor")[1]
    except UnknownId:
        raise InputRefused("page.bad_cursor") from None
