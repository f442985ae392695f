"""House lists of what is between people and customers: promises, clashes, access, stays."""

from typing import ClassVar

from graph_service.model import Access, Clash, Contact, Mode, Promise, SourceId, SourceRow, Stay
from importers.columns import Field, Kind
from importers.contacts import Meeting, contact_row
from importers.house import person_of
from importers.house_list import HouseList, since, until
from importers.row_format import Row

_PERSON = Field("person", ("Person", "Personalnummer", "Mitarbeiter", "Login", "employee"), needed=True)
_PROMISES = {"notlösung": "WORKAROUND", "lösung": "FIX", "antwort": "ANSWER"}
_STAYS = {"praktikum": "INTERNSHIP", "hospitation": "INTERNSHIP", "besuch": "VISIT", "stelle": "POSITION"}


class Promises(HouseList):
    """What was promised in a case, by whom, for when."""

    name: ClassVar[str] = "promises"
    noun = Promise
    own_key = ("case", "kind", "made_by")
    choices: ClassVar[dict[str, dict[str, str]]] = {
        "kind": _PROMISES, "state": {"mündlich": "ORAL", "bestätigt": "CONFIRMED"}
    }  # fmt: skip
    fields: ClassVar[tuple[Field, ...]] = (
        Field("case", ("Fall", "Fallnummer", "case"), needed=True),
        Field("kind", ("Zusage", "promise"), needed=True),
        Field("made_by", ("zugesagt von", "promised by"), needed=True),
        Field("due_at", ("fällig", "fällig am", "due"), Kind.DAY, needed=True),
        Field("due_from", ("fällig ab", "due from"), Kind.DAY),
        Field("told_to", ("zugesagt an", "promised to")),
        Field("told_at", ("zugesagt am", "promised on"), Kind.DAY),
        Field("kept_at", ("erfüllt", "erfüllt am", "kept"), Kind.DAY),
        Field("problem_class", ("Problemklasse", "problem class")),
        Field("state", ("Bestätigung", "confirmation")),
    )


class Clashes(HouseList):
    """Who should not meet whom alone, until when."""

    name: ClassVar[str] = "clashes"
    noun = Clash
    own_key = ("person", "contact")
    fields: ClassVar[tuple[Field, ...]] = (
        _PERSON,
        Field("contact", ("Kundenkontakt", "customer contact"), needed=True),
        Field("at", ("am", "wann", "date"), Kind.DAY, needed=True),
        Field("until_at", ("läuft ab", "bis", "expires"), Kind.DAY, needed=True),
    )


class Accesses(HouseList):
    """Who may use a system or enter a customer's house."""

    name: ClassVar[str] = "access"
    noun = Access
    own_key = ("person", "target")
    choices: ClassVar[dict[str, dict[str, str]]] = {
        "level": {"kein": "NONE", "lesen": "READ", "schreiben": "WRITE", "verwalten": "ADMIN"}
    }
    fields: ClassVar[tuple[Field, ...]] = (
        _PERSON,
        Field("target", ("Zugang zu", "Zugang", "access to"), needed=True),
        Field("level", ("Recht", "right")),
        Field("clearance", ("Freigabe", "Überprüfung", "clearance")),
        until(),
    )


class Stays(HouseList):
    """Internships in other units and visits at customers; who was host there has met the guest."""

    name: ClassVar[str] = "stays"
    noun = Stay
    own_key = ("person", "where", "from_at")
    choices: ClassVar[dict[str, dict[str, str]]] = {"kind": _STAYS}
    fields: ClassVar[tuple[Field, ...]] = (
        _PERSON,
        Field("kind", ("Aufenthalt", "stay"), needed=True),
        Field("where", ("wo", "bei", "where"), needed=True),
        since(needed=True),
        until(),
        Field("occasion", ("Anlass", "occasion")),
        Field("host", ("Gastgeber", "betreut von", "host")),
    )

    def row(self, row: Row) -> SourceRow:
        """The stay, and the contact of host and guest on its first day."""
        found = super().row(row)
        (stay,) = (fact for fact in found.statements[0].facts if isinstance(fact, Stay))
        host = row.text("host")
        if not host or stay.kind not in Contact.__members__:
            return found
        own = SourceId("house stay", stay.source_id.key)
        met = Meeting(own, stay.from_at, Contact[stay.kind], Mode.ON_SITE, occasion=stay.occasion or stay.where)
        contact = contact_row(met, (stay.person, person_of(host)), row.provenance)
        return found._replace(statements=(*found.statements, *contact.statements))
