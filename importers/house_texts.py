"""House lists of texts: workarounds, documents, emergency plans."""

from typing import ClassVar

from graph_service.model import (
    Document,
    EmergencyPlan,
    Workaround,
)
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
        Field("place", ("Ablage", "Ort", "place")),
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
