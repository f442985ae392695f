"""House lists around people: mandates, ways to reach them, presence, promises, clashes, access, stays; and texts."""

from typing import ClassVar

from graph_service.model import (
    Access,
    Channel,
    Clash,
    Document,
    EmergencyPlan,
    Mandate,
    Presence,
    Promise,
    Stay,
    Workaround,
)
from importers.columns import Field, Kind
from importers.house_list import HouseList, since, until

_PERSON = Field("person", ("Person", "Personalnummer", "Mitarbeiter", "Login", "employee"), needed=True)
_CLASS = Field("problem_class", ("Problemklasse", "problem class"))
_AUTHOR = Field("author", ("Autor", "Autorin", "Verfasser", "author"), needed=True)
_DOORS = {"sprechstunde": "CONSULTATION_HOUR", "bereitschaft": "DUTY", "dienst": "DUTY", "rote fahne": "RED_FLAG",
          "bevorzugt": "PREFERRED"}  # fmt: skip
_WHERE = {"büro": "OFFICE", "zuhause": "HOME", "homeoffice": "HOME", "unterwegs": "TRAVELLING", "abwesend": "OFF"}
_PROMISES = {"notlösung": "WORKAROUND", "lösung": "FIX", "antwort": "ANSWER"}
_STAYS = {"praktikum": "INTERNSHIP", "hospitation": "INTERNSHIP", "besuch": "VISIT", "stelle": "POSITION"}
_STATES = {
    "entwurf": "DRAFT",
    "angeboten": "OFFERED",
    "angenommen": "ACCEPTED",
    "läuft": "RUNNING",
    "ersetzt": "REPLACED",
}


class Mandates(HouseList):
    """Hours somebody may order in a unit."""

    name: ClassVar[str] = "mandates"
    noun = Mandate
    own_key = ("holder", "unit")
    numbers = ("hours",)
    fields: ClassVar[tuple[Field, ...]] = (
        Field("holder", ("Mandat", "Mandatsträger", "Inhaber", "mandate holder", "holder"), needed=True),
        Field("unit", ("Einheit", "Team", "org unit", "unit"), needed=True),
        Field("hours", ("Stunden", "hours"), needed=True),
        Field("from_priority", ("ab Priorität", "from priority")),
        Field("granted_by", ("erteilt von", "granted by")),
        since(),
        until(),
    )


class Channels(HouseList):
    """Consultation hours, duty, red flags, preferred ways."""

    name: ClassVar[str] = "channels"
    noun = Channel
    own_key = ("person", "kind", "weekday")
    choices: ClassVar[dict[str, dict[str, str]]] = {"kind": _DOORS}
    fields: ClassVar[tuple[Field, ...]] = (
        _PERSON,
        Field("kind", ("Weg", "Tür", "channel"), needed=True),
        Field("weekday", ("Wochentag", "weekday")),
        Field("hours", ("Uhrzeit", "Zeit", "hours")),
        Field("place", ("Ort", "place")),
        until(),
    )


class Presences(HouseList):
    """Where somebody is until when. Of a list of absences only the end is kept: `Art` and reasons are not read."""

    name: ClassVar[str] = "presence"
    noun = Presence
    own_key = ("person",)
    choices: ClassVar[dict[str, dict[str, str]]] = {"state": _WHERE}
    fields: ClassVar[tuple[Field, ...]] = (
        _PERSON,
        Field("until_at", ("bis", "abwesend bis", "absent until", "until"), Kind.DAY, needed=True),
        Field("state", ("Anwesenheit", "presence"), needed=False),
        Field("place", ("Ort", "place")),
    )


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


class Workarounds(HouseList):
    """Ways around a kind of problem."""

    name: ClassVar[str] = "workarounds"
    noun = Workaround
    own_key = ("author", "text")
    choices: ClassVar[dict[str, dict[str, str]]] = {"state": _STATES}
    fields: ClassVar[tuple[Field, ...]] = (
        Field("text", ("Notlösung", "workaround"), needed=True),
        _AUTHOR,
        _CLASS,
        Field("limits", ("Grenzen", "limits")),
        Field("state", ("Stand", "Zustand", "state")),
        until(),
    )


class Documents(HouseList):
    """Texts somebody wrote."""

    name: ClassVar[str] = "documents"
    noun = Document
    own_key = ("title",)
    fields: ClassVar[tuple[Field, ...]] = (
        Field("title", ("Dokument", "document"), needed=True),
        _AUTHOR,
        _CLASS,
        Field("place", ("Ablage", "Ort", "place")),
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


class EmergencyPlans(HouseList):
    """What to do at once when a kind of problem strikes."""

    name: ClassVar[str] = "emergency-plans"
    noun = EmergencyPlan
    own_key = ("title",)
    fields: ClassVar[tuple[Field, ...]] = (
        Field("title", ("Notfallplan", "emergency plan"), needed=True),
        Field("text", ("Schritte", "steps"), needed=True),
        _CLASS,
        Field("author", ("Autor", "Autorin", "author")),
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
