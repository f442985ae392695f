"""Mailboxes (mbox): who wrote to whom when; bodies and subjects are not read."""

import io
import re
from collections.abc import Iterator
from datetime import UTC
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import HeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from typing import ClassVar

from graph_service.model import (
    MAILS,
    Contact,
    Mapping,
    Mode,
    Profile,
    Provenance,
    Reading,
    RowFault,
    Skipped,
    SourceFile,
    SourceId,
    SourceRow,
    Statement,
    instant,
)
from importers.contacts import Meeting, address_of, contact_row, mail_accounts
from importers.nobody import is_nobody
from importers.record_format import RecordFormat

SOURCE = "mbox"
MOST_RECIPIENTS = 25
MOST_HEADER = 262_144
_START = re.compile(rb"^From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ")
_AUTOMATIC = ("automatische antwort", "abwesenheitsnotiz", "automatic reply", "out of office", "undelivered mail")


class Mailbox(RecordFormat):
    """A message counts 1, shared by its recipients; copies of one message count once, automatic answers not at all."""

    name: ClassVar[str] = "mailbox"

    def recognises(self, source: SourceFile) -> float:
        """Sure when the text starts with a message's first line and has headers."""
        head = source.head()
        return 0.99 if _START.match(head) and re.search(rb"^(Date|Message-ID|From):", head, re.M | re.I) else 0.0

    def read(self, source: SourceFile, mapping: Mapping) -> Iterator[Reading]:
        """A SourceRow, a fault or a reason per message."""
        seen: set[str] = set()
        for line, header in _headers(source):
            yield _message(Provenance(source.name, line), header, seen, mapping)


def _headers(source: SourceFile) -> Iterator[tuple[int, bytes]]:
    """The header of each message with its first physical line; a line that only looks like a start does not split."""
    held: list[bytes] = []
    start, size, in_header, blank = 0, 0, False, True
    with source.open() as stream:
        for number, line in enumerate(io.BufferedReader(stream), start=1):  # type: ignore[type-var]
            if blank and _START.match(line):
                if start:
                    yield start, b"".join(held)
                held, start, size, in_header = [], number, 0, True
            elif in_header:
                in_header = bool(line.strip())
                size += len(line)
                if size < MOST_HEADER:
                    held.append(line)
            blank = not line.strip()
    if start:
        yield start, b"".join(held)


def _message(place: Provenance, header: bytes, seen: set[str], mapping: Mapping) -> Reading:
    message = HeaderParser().parsestr(_read(header))
    try:
        sent = parsedate_to_datetime(str(message["Date"]))
        at = instant(sent if sent.tzinfo else sent.replace(tzinfo=UTC))  # -0000: in UTC, wherever it was (RFC 5322)
    except (TypeError, ValueError, IndexError, OverflowError):
        return RowFault(place.file, place.line, "Date", str(message["Date"] or "")[:200], "value.not_a_time")
    sender = [address for _, address in getaddresses([str(message.get("From", ""))]) if address][:1]
    if not sender:
        return RowFault(place.file, place.line, "From", "", "value.missing")
    subject = _decoded(str(message.get("Subject", ""))).casefold()
    if _is_automatic(message) or subject.startswith(_AUTOMATIC) or is_nobody(sender[0], mapping):
        return Skipped("mail.automatic")
    if message.get("List-Id") or str(message.get("Precedence", "")).casefold() == "list":
        return Skipped("mail.to_many")
    key = str(message.get("Message-ID", "")).strip() or f"{place.file} {place.line}"
    if key in seen:
        return Skipped("mail.copy")
    seen.add(key)
    told = [str(value) for name in ("To", "Cc") for value in message.get_all(name, [])]
    people = mail_accounts([*sender, *(address for _, address in getaddresses(told))], mapping)
    if len(people) < 2 or len(people) > MOST_RECIPIENTS + 1:
        return Skipped("mail.nobody" if len(people) < 2 else "mail.to_many")
    weight = 1 / (len(people) - 1)
    row = contact_row(Meeting(SourceId(SOURCE, key), at, Contact.MAIL, Mode.REMOTE, weight), people, place)
    names = [_named(pair, place) for pair in getaddresses([str(message.get("From", "")), *told])]
    return SourceRow((*row.statements, *(name for name in names if name)))


def _read(header: bytes) -> str:
    """The header as text: what is not encoded as it should be is UTF-8, else Western."""
    try:
        return header.decode("utf-8")
    except UnicodeDecodeError:
        return header.decode("cp1252", "replace")


def _is_automatic(message: Message) -> bool:
    """Whether a program says that it wrote this."""
    report = str(message.get("Content-Type", "")).casefold().startswith("multipart/report")
    bulk = str(message.get("Precedence", "")).casefold() in ("bulk", "junk", "auto_reply")
    answers = str(message.get("Auto-Submitted", "no")).casefold() != "no"
    return report or bulk or answers or "X-Autoreply" in message or "X-Autorespond" in message


def _named(pair: tuple[str, str], place: Provenance) -> Statement | None:
    """What a message calls somebody."""
    name, address = " ".join(_decoded(pair[0]).split()), address_of(pair[1])
    if not name or "@" in name or "@" not in address or is_nobody(address):
        return None
    account = SourceId(MAILS, address)
    subject = SourceId("mail names", f"{address} {name}")
    return Statement(subject, (Profile(account, _turned(name), email=address),), place)


def _turned(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else name


def _decoded(text: str) -> str:
    """The text with its encoded words; parts stand side by side as they were, also inside a word."""
    try:
        parts = decode_header(text)
    except (MessageError, LookupError, ValueError):
        return text
    return "".join(part if isinstance(part, str) else _bytes_as(part, name or "ascii") for part, name in parts)


def _bytes_as(part: bytes, encoding: str) -> str:
    try:
        return part.decode(encoding, "replace")
    except (LookupError, ValueError):
        return part.decode("ascii", "replace")
