"""House lists of what is between people and customers: promises, clashes, access, stays."""

from typing import ClassVar

from graph_service.model import (
    Access,
    Clash,
    Promise,
    Stay,
)
from importers.columns import Field, Kind
from importers.house_list import HouseList, since, until

_PERSON = Field("person", ("Person", "Personalnummer", "Mitarbeiter", "Login", "employee"), needed=True)
_PROMISES = {"notlösung": "WORKAROUND", "lösung": "FIX", "antwort": "ANSWER"}
_STAYS = {"praktikum": "INTERNSHIP", "hospitation": "INTERNSHIP", "besuch": "VISIT", "stelle": "POSITION"}


class Promises(HouseList):
    """What was promised in a case, by whom, for when."""

    name: ClassVar[str] = "promises"
    noun = Promise
    own_key = ("case", "kind", "made_by")
    choices: ClassVar[dict[str, dict[str, str]]] = {"kind": _PROMISES}
    fields: ClassVar[tuple[Field, ...]] = (
        Field("case", ("Fall", "Fallnummer", "case"), needed=True),
        Field("kind", ("Zusage", "promise"), needed=True),
        Field("made_by", ("zugesagt von", "promised by"), needed=True),
        Field("due_at", ("fällig", "fällig am", "due"), Kind.DAY, needed=True),
        Field("told_to", ("zugesagt an", "promised to")),
        Field("kept_at", ("erfüllt", "erfüllt am", "kept"), Kind.DAY),
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
    fields: ClassVar[tuple[Field, ...]] = (
        _PERSON,
        Field("target", ("Zugang zu", "Zugang", "access to"), needed=True),
        Field("level", ("Recht", "right")),
        Field("clearance", ("Freigabe", "Überprüfung", "clearance")),
        until(),
    )


class Stays(HouseList):
    """Internships in other units and visits at customers."""

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
    )
