"""Moments, deterministic ids, and where a statement stands."""

import hashlib
import uuid
from datetime import UTC, datetime
from typing import NamedTuple

EVER = 0
NEVER = 9_007_199_254_740_991
DAY = 86_400_000
NUMBERS, LOGINS, MAILS = "personnel", "login", "mail"
"""Sources whose keys tell by themselves who is meant: a personnel number, a login of the house, an e-mail."""
ACTS = "act"
"""The source of what people say themselves through the service."""
_NAMES = " names"
_NAMESPACE = uuid.UUID("7f0a2c1e-5b1d-5c52-9a34-6b8a57d1f0ce").bytes
_VARIANTS = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def names_of(source: str) -> str:
    """The source of accounts that a list knows by nothing but a name."""
    return source + _NAMES


def is_name_alone(source: str) -> bool:
    """Whether an account's key is nothing but a name, so that it does not tell who is meant."""
    return source.endswith(_NAMES)


def act_id(*parts: str) -> "SourceId":
    """What an act through the service is about: said again it replaces what was said before."""
    return SourceId(ACTS, " ".join(parts))


def instant(moment: datetime) -> int:
    """Milliseconds since 1970-01-01 UTC; raises ValueError for a moment without zone or before that day."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone cannot be placed in time")
    try:
        at = int(moment.timestamp() * 1000)
    except OverflowError:
        raise ValueError("a moment outside of the calendar") from None
    if at < EVER:
        raise ValueError("a moment before 1970")
    return at


def moment(at: int) -> datetime:
    """The UTC datetime of an instant."""
    return datetime.fromtimestamp(at / 1000, tz=UTC)


def month_start(at: int) -> int:
    """The first instant of the UTC calendar month of an instant."""
    first = moment(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return int(first.timestamp()) * 1000


def next_month(month: int) -> int:
    """The first instant of the month after the one that starts at `month`."""
    return month_start(month + 32 * DAY)


def deterministic_id(kind: str, *parts: str) -> str:
    """UUIDv5 (RFC 9562) over kind and parts, the same in every store and for every order of imports."""
    text = hashlib.sha1(_NAMESPACE + "\x1f".join((kind, *parts)).encode("utf-8", "replace")).hexdigest()
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{_VARIANTS[text[16]]}{text[17:20]}-{text[20:32]}"


def beside(anchor: str, own_id: str) -> str:
    """The id `own_id`, but with the first eight signs of `anchor`: what belongs together lies side by side in the
    indexes of a store, so that writing it touches few of their pages."""
    return anchor[:8] + own_id[8:]


class SourceId(NamedTuple):
    """What a source calls a thing: `SourceId("jira", "TIMOB-8075")`."""

    source: str
    key: str

    def id_of(self, kind: str) -> str:
        """The deterministic id of the `kind` this source means."""
        return deterministic_id(kind, self.source, self.key)


class Provenance(NamedTuple):
    """Where a statement stands: file name without folders (`book.xlsx#Sheet`, `archive.zip#member`), physical line from
    1."""

    file: str
    line: int
