"""House lists of ways to people: mandates, channels, presence."""

from typing import ClassVar

from graph_service.model import Channel, ContactPoint, Mandate, Presence, Speaks, TeamRule
from importers.columns import Field, Kind
from importers.house_list import HouseList, since, until

_PERSON = Field("person", ("Person", "Personalnummer", "Mitarbeiter", "Login", "employee"), needed=True)
_DOORS = {"sprechstunde": "CONSULTATION_HOUR", "dienst": "DUTY", "diensthabend": "DUTY", "rote fahne": "RED_FLAG",
          "bereitschaft": "ON_CALL", "rufbereitschaft": "ON_CALL", "arbeitszeit": "WORKING_HOURS", "fokus": "FOCUS",
          "fokuszeit": "FOCUS", "ausseneinsatz": "ON_SITE", "obergrenze": "CAP", "bevorzugt": "PREFERRED"}  # fmt: skip
_NUMBERS = {"telefon": "PHONE", "festnetz": "PHONE", "mobil": "MOBILE", "handy": "MOBILE", "chat": "CHAT",
            "e-mail": "MAIL", "mail": "MAIL"}  # fmt: skip
_IMPACTS = {"produktionsstillstand": "PRODUCTION_DOWN"}
_OVERRIDE = Field("overridable_by", ("übersteuerbar bei", "übersteuerbar durch", "overridable by"))
_WHERE = {"büro": "OFFICE", "zuhause": "HOME", "homeoffice": "HOME", "unterwegs": "TRAVELLING", "abwesend": "OFF"}


class Mandates(HouseList):
    """Hours somebody may order in a unit."""

    name: ClassVar[str] = "mandates"
    noun = Mandate
    own_key = ("holder", "unit")
    numbers = ("hours", "spent")
    fields: ClassVar[tuple[Field, ...]] = (
        Field("holder", ("Mandat", "Mandatsträger", "Inhaber", "mandate holder", "holder"), needed=True),
        Field("unit", ("Einheit", "Team", "org unit", "unit"), needed=True),
        Field("hours", ("Stunden", "hours"), needed=True),
        Field("spent", ("verbraucht", "spent")),
        Field("from_priority", ("ab Priorität", "from priority")),
        Field("granted_by", ("erteilt von", "granted by")),
        Field("night", ("nachts", "erteilt nachts", "at night")),
        since(),
        until(),
    )


class Channels(HouseList):
    """Consultation hours, duty, on call, working hours, focus time, red flags, caps of a week, preferred ways; of a
    person, or of a unit."""

    name: ClassVar[str] = "channels"
    noun = Channel
    own_key = ("person", "unit", "kind", "weekday", "from_at")
    may_be_empty = ("person",)
    numbers = ("amount",)
    choices: ClassVar[dict[str, dict[str, str]]] = {"kind": _DOORS, "overridable_by": _IMPACTS}
    fields: ClassVar[tuple[Field, ...]] = (
        _PERSON,
        Field("kind", ("Weg", "Tür", "channel"), needed=True),
        Field("unit", ("Einheit", "Team", "unit")),
        Field("weekday", ("Wochentag", "weekday")),
        Field("hours", ("Uhrzeit", "Zeit", "hours")),
        Field("place", ("Ort", "place")),
        Field("amount", ("Anzahl", "je Woche", "amount")),
        Field("text", ("so frage ich mich am besten", "Hinweis", "how to ask me")),
        _OVERRIDE,
        since(),
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


class ContactPoints(HouseList):
    """Numbers and addresses at which somebody is reached."""

    name: ClassVar[str] = "contact-points"
    noun = ContactPoint
    own_key = ("person", "kind", "value")
    choices: ClassVar[dict[str, dict[str, str]]] = {"kind": _NUMBERS}
    fields: ClassVar[tuple[Field, ...]] = (
        _PERSON,
        Field("kind", ("Kontaktweg", "contact kind"), needed=True),
        Field("value", ("Nummer oder Adresse", "Rufnummer", "number or address"), needed=True),
    )


class Languages(HouseList):
    """Which language somebody speaks, and how well."""

    name: ClassVar[str] = "languages"
    noun = Speaks
    own_key = ("person", "language")
    choices: ClassVar[dict[str, dict[str, str]]] = {
        "language": {"deutsch": "de", "german": "de", "englisch": "en", "english": "en", "französisch": "fr",
                     "french": "fr", "polnisch": "pl", "polish": "pl", "tschechisch": "cs", "czech": "cs",
                     "türkisch": "tr", "turkish": "tr", "italienisch": "it", "italian": "it", "spanisch": "es",
                     "spanish": "es"}
    }  # fmt: skip
    fields: ClassVar[tuple[Field, ...]] = (
        _PERSON,
        Field("language", ("Sprache", "language"), needed=True),
        Field("level", ("Sprachniveau", "language level"), needed=True),
    )


class TeamRules(HouseList):
    """How a team is asked, agreed by those who ask and those who are asked."""

    name: ClassVar[str] = "team-rules"
    noun = TeamRule
    own_key = ("unit",)
    choices: ClassVar[dict[str, dict[str, str]]] = {"overridable_by": _IMPACTS}
    fields: ClassVar[tuple[Field, ...]] = (
        Field("unit", ("Team", "Einheit", "unit"), needed=True),
        Field("doors_from", ("Türen ab Priorität", "doors from priority"), needed=True),
        _OVERRIDE,
        Field("agreed_by", ("vereinbart von", "agreed by"), needed=True),
        Field("version", ("Fassung", "version")),
    )
