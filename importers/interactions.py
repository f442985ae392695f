"""Contacts between two people, one row each: the house's own list."""

from typing import ClassVar

from graph_service.model import Contact, Mode, Skipped, SourceFile, SourceId, SourceRow
from importers.cells import figure
from importers.columns import Field, Kind, plain_name
from importers.contacts import Meeting, contact_row
from importers.house import chosen, person_of
from importers.nobody import is_nobody
from importers.row_format import Row, TableFormat
from importers.tables import header_of

_KINDS = {
    "besprechung": "MEETING", "termin": "MEETING", "anruf": "CALL", "telefonat": "CALL", "telefon": "CALL",
    "besuch": "VISIT", "kaffee": "INFORMAL", "abendessen": "INFORMAL", "schulung": "TRAINING",
    "praktikum": "INTERNSHIP", "e-mail": "MAIL", "email": "MAIL", "videokonferenz": "MEETING", "video": "MEETING",
    "video call": "MEETING", "meeting": "MEETING", "gespräch": "MEETING", "phone": "CALL", "phone call": "CALL",
    "teams": "CHAT", "slack": "CHAT", "nachricht": "CHAT",
}  # fmt: skip
_MODES = {
    "vor ort": "ON_SITE", "präsenz": "ON_SITE", "büro": "ON_SITE", "on site": "ON_SITE", "onsite": "ON_SITE",
    "on-site": "ON_SITE", "in person": "ON_SITE", "remote": "REMOTE", "online": "REMOTE", "virtuell": "REMOTE",
    "unbekannt": "UNKNOWN",
}  # fmt: skip
_LETTERS = frozenset({"content", "conversationid", "body", "subject", "betreff", "inhalt"})
"""Columns of lists of letters: what people wrote to each other is not for us."""


class Interactions(TableFormat):
    """Two people, when, in which way; people by personnel number, login or e-mail."""

    name: ClassVar[str] = "interactions"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("one", ("von", "from", "from id", "Person 1", "person_a"), needed=True),
        Field("other", ("an", "mit", "to", "to id", "with", "Person 2", "person_b"), needed=True),
        Field("at", ("wann", "am", "Zeit", "Datum", "date", "time", "sent at"), Kind.DAY, needed=True),
        Field("kind", ("Art", "Kanal", "type", "channel")),
        Field("mode", ("Ort", "Weise", "place")),
        Field("weight", ("Gewicht", "Anzahl", "count")),
        Field("occasion", ("Anlass", "occasion")),
    )

    def recognises(self, source: SourceFile) -> float:
        """As other tables; a list that holds what was written is none."""
        header = {plain_name(name) for name in header_of(source)}
        return 0.0 if header & _LETTERS else super().recognises(source)

    def row(self, row: Row) -> SourceRow | Skipped:
        """The contact; to oneself is none."""
        one, other, at = row.needed("one"), row.needed("other"), row.needed_at("at")
        if one.casefold() == other.casefold():
            return Skipped("contact.oneself")
        if is_nobody(one, row.mapping) or is_nobody(other, row.mapping):
            return Skipped("account.nobody")
        kind = chosen(row, "kind", Contact.MEETING, _KINDS, reason="value.not_a_contact")
        mode = chosen(row, "mode", Mode.UNKNOWN, _MODES, reason="value.not_a_mode")
        weight = figure(row.text("weight"), row.header("weight")) if row.text("weight") else 1.0
        own = SourceId("house", f"{one.casefold()} {other.casefold()} {at} {kind}")
        contact = Meeting(own, at, kind, mode, weight, row.text("occasion"))
        return contact_row(contact, (person_of(one), person_of(other)), row.provenance)
