"""House lists of texts: workarounds, documents, emergency plans."""

from typing import ClassVar

from graph_service.model import CaseNote, Document, EmergencyPlan, Workaround
from importers.columns import Field
from importers.house_list import HouseList, until

_CLASS = Field("problem_class", ("Problemklasse", "problem class"))
_AUTHOR = Field("author", ("Autor", "Autorin", "Verfasser", "author"), needed=True)
_STATES = {
    "entwurf": "DRAFT",
    "angeboten": "OFFERED",
    "angenommen": "ACCEPTED",
    "läuft": "RUNNING",
    "ersetzt": "REPLACED",
}


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
        Field("version", ("Fassung", "version")),
        Field("place", ("Ablage", "Ort", "place")),
    )


class EmergencyPlans(HouseList):
    """What to do at once when a kind of problem strikes."""

    name: ClassVar[str] = "emergency-plans"
    noun = EmergencyPlan
    own_key = ("title",)
    fields: ClassVar[tuple[Field, ...]] = (
        Field("title", ("Notfallplan", "emergency plan"), needed=True),
        Field("steps", ("Schritte", "steps"), needed=True),
        _CLASS,
        Field("message", ("erste Nachricht", "first message")),
        Field("times", ("Zeiten", "times")),
        Field("version", ("Fassung", "version")),
        Field("author", ("Autor", "Autorin", "author")),
    )


class CaseNotes(HouseList):
    """What the house notes of a case beside the system it is kept in."""

    name: ClassVar[str] = "case-notes"
    noun = CaseNote
    own_key = ("case",)
    choices: ClassVar[dict[str, dict[str, str]]] = {
        "impact": {"produktionsstillstand": "PRODUCTION_DOWN"},
        "remote": {"ja": "YES", "nein": "NO", "unbekannt": "UNKNOWN"},
    }
    fields: ClassVar[tuple[Field, ...]] = (
        Field("case", ("Fall", "Fallnummer", "case"), needed=True),
        Field("customer", ("Kunde", "customer"), needed=True),
        Field("contact", ("Kundenkontakt", "customer contact")),
        Field("system", ("System", "Produkt", "system")),
        _CLASS,
        Field("problem", ("gemeinsames Problem", "problem")),
        Field("impact", ("Auswirkung", "impact")),
        Field("remote", ("aus der Ferne", "remote")),
        Field("cause", ("Ursache", "cause"), needed=True),
        Field("found", ("gefunden", "found")),
    )
