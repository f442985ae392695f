"""Statements about contacts: who took part, never what was said. Rooms and system accounts are nobody."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph_service.model import MAILS, Attendance, Contact, Mapping, Mode, Provenance, SourceId, SourceRow, Statement
from importers.nobody import is_nobody


def address_of(text: str) -> str:
    """An e-mail in lower case, `mailto:` off."""
    return text.strip().casefold().removeprefix("mailto:").strip("<> ")


def mail_accounts(addresses: Iterable[str], mapping: Mapping) -> list[SourceId]:
    """The people behind addresses, each once, in order."""
    known = dict.fromkeys(address_of(address) for address in addresses)
    return [SourceId(MAILS, address) for address in known if "@" in address and not is_nobody(address, mapping)]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A contact without its people: when, in which way, where."""

    own: SourceId
    at: int
    kind: Contact
    mode: Mode = Mode.UNKNOWN
    weight: float = 1.0
    occasion: str = ""


def contact_row(meeting: Meeting, people: Iterable[SourceId], place: Provenance) -> SourceRow:
    """The contact as a row: one attendance for each of the people."""
    own, at, kind = meeting.own, meeting.at, meeting.kind
    facts = tuple(
        Attendance(own, person, at, kind, meeting.mode, meeting.weight, meeting.occasion) for person in people
    )
    return SourceRow((Statement(own, facts, place),))
