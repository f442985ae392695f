"""House lists of ways to people: mandates, channels, presence."""

from typing import ClassVar

from graph_service.model import (
    Channel,
    Mandate,
    Presence,
)
from importers.columns import Field, Kind
from importers.house_list import HouseList, since, until

_PERSON = Field("person", ("Person", "Personalnummer", "Mitarbeiter", "Login", "employee"), needed=True)
_DOORS = {"sprechstunde": "CONSULTATION_HOUR", "bereitschaft": "DUTY", "dienst": "DUTY", "rote fahne": "RED_FLAG",
          "bevorzugt": "PREFERRED"}  # fmt: skip
_WHERE = {"büro": "OFFICE", "zuhause": "HOME", "homeoffice": "HOME", "unterwegs": "TRAVELLING", "abwesend": "OFF"}


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
        Field("reason", ("Art", "Abwesenheitsart", "Grund", "Tage", "von", "Beginn", "Name"), many=True, kept=False),
        Field("place", ("Ort", "place")),
    )
