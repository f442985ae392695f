"""Ways to people, and what they may do: mandates, channels, presence, numbers, access. One noun per kind."""

from dataclasses import dataclass
from typing import ClassVar

from graph_service.model.ids import SourceId


@dataclass(frozen=True, slots=True)
class Mandate:
    """Hours somebody may order in a unit and those they have `spent`, from which priority on; who grants more, and who
    at `night`."""

    source_id: SourceId
    holder: SourceId
    unit: str
    hours: float
    spent: float = 0.0
    from_priority: str = ""
    granted_by: SourceId | None = None
    night: SourceId | None = None
    from_at: int | None = None
    until_at: int | None = None
    people: ClassVar[tuple[str, ...]] = ("holder", "granted_by", "night")
    beside: ClassVar[tuple[str, ...]] = ("granted_by", "night")


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to a person, or to a unit where no person is named: CONSULTATION_HOUR, DUTY, RED_FLAG, ON_CALL, ON_SITE
    (travels to customers), WORKING_HOURS, FOCUS, AWAY (out, by the calendar), CAP or PREFERRED.

    `weekday` (MON .. SUN, empty: each) and `hours` (`10:00-11:00`) by the clock of the site; `amount` is the cap of a
    week; `overridable_by` the impact that overrides a flag; `text` what somebody says of how to ask them.
    """

    source_id: SourceId
    kind: str
    person: SourceId | None = None
    unit: str = ""
    weekday: str = ""
    hours: str = ""
    place: str = ""
    amount: float = 0.0
    text: str = ""
    overridable_by: str = ""
    from_at: int | None = None
    until_at: int | None = None
    people: ClassVar[tuple[str, ...]] = ("person",)
    sought_by: ClassVar[str] = "unit"


@dataclass(frozen=True, slots=True)
class Presence:
    """Where somebody is (OFFICE, HOME, TRAVELLING, OFF) until when; never why."""

    source_id: SourceId
    person: SourceId
    state: str = ""
    until_at: int | None = None
    place: str = ""
    people: ClassVar[tuple[str, ...]] = ("person",)


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """How somebody is reached: a PHONE, MOBILE, CHAT or MAIL and its number or address."""

    source_id: SourceId
    person: SourceId
    kind: str
    value: str
    people: ClassVar[tuple[str, ...]] = ("person",)


@dataclass(frozen=True, slots=True)
class Speaks:
    """Somebody speaks a language (ISO 639-1), as well as `level` says (CEFR, or NATIVE)."""

    source_id: SourceId
    person: SourceId
    language: str
    level: str = ""
    people: ClassVar[tuple[str, ...]] = ("person",)


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody may use a system or see a customer's things, on a level (NONE: not at all) or with a clearance."""

    source_id: SourceId
    person: SourceId
    target: str
    level: str = ""
    clearance: str = ""
    until_at: int | None = None
    people: ClassVar[tuple[str, ...]] = ("person",)
