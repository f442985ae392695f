"""Things of the house that lists tell of: units, customers, partners, doors, promises. One noun per kind.

A record is kept as a fact of its own kind; `people` names its fields that are accounts, which stand beside it, so that
each person finds, and an erasure takes, all that is said about them. `from_at` and `until_at` are instants, None: open.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import ClassVar

from graph_service.model.ids import SourceId


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """A company, site, department or team."""

    source_id: SourceId
    name: str
    kind: str = ""
    country: str = ""
    part_of: SourceId | None = None
    head: SourceId | None = None
    people: ClassVar[tuple[str, ...]] = ("head",)


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody belongs to a unit, in a role there."""

    source_id: SourceId
    person: SourceId
    unit: SourceId
    role: str = ""
    people: ClassVar[tuple[str, ...]] = ("person",)


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer; `tier` is set by a person, `owner` is whom to ask about it."""

    source_id: SourceId
    name: str
    tier: str = ""
    owner: SourceId | None = None
    supplies: tuple[SourceId, ...] = ()
    people: ClassVar[tuple[str, ...]] = ("owner",)


@dataclass(frozen=True, slots=True)
class CustomerContact:
    """Somebody at a customer: form of address (SIE, DU), depth (BASIC, PRO, EXPERT), how their talks are logged; by
    which `account` contacts with them are told of."""

    source_id: SourceId
    name: str
    customer: SourceId
    address: str = ""
    depth: str = ""
    log_policy: str = ""
    account: SourceId | None = None
    from_at: int | None = None
    until_at: int | None = None
    people: ClassVar[tuple[str, ...]] = ("account",)


@dataclass(frozen=True, slots=True)
class PartnerFirm:
    """A firm that works for customers beside us."""

    source_id: SourceId
    name: str
    people: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A partner firm looks after a customer for a time; no partner means that none is known."""

    source_id: SourceId
    customer: SourceId
    partner: SourceId | None
    scope: str = ""
    from_at: int | None = None
    until_at: int | None = None
    asked: SourceId | None = None
    people: ClassVar[tuple[str, ...]] = ("asked",)


@dataclass(frozen=True, slots=True)
class System:
    """A system or product, and who looks after it."""

    source_id: SourceId
    name: str
    version: str = ""
    runs_at: SourceId | None = None
    vendor: str = ""
    keeper: SourceId | None = None
    people: ClassVar[tuple[str, ...]] = ("keeper",)


@dataclass(frozen=True, slots=True)
class Vendor:
    """Somebody outside who holds the fix for a product."""

    source_id: SourceId
    name: str
    product: str = ""
    reached_by: str = ""
    people: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class Occupation:
    """What people work as, by a published classification; `group` is its code there."""

    source_id: SourceId
    label_de: str
    label_en: str = ""
    group: str = ""
    people: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class ProblemClass:
    """A kind of problem with the words it is told in."""

    source_id: SourceId
    label_de: str
    label_en: str = ""
    terms: tuple[str, ...] = ()
    part_of: SourceId | None = None
    people: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class TrustRating:
    """One person's judgement of another in a subject: competence and reliability 0..1, the best 1; either may be
    missing."""

    source_id: SourceId
    rater: SourceId
    ratee: SourceId
    subject: str
    competence: float | None = None
    reliability: float | None = None
    original: str = ""
    given_at: int | None = None
    people: ClassVar[tuple[str, ...]] = ("rater", "ratee")


@dataclass(frozen=True, slots=True)
class Mandate:
    """Hours somebody may order in a unit, from which priority on."""

    source_id: SourceId
    holder: SourceId
    unit: str
    hours: float
    from_priority: str = ""
    granted_by: SourceId | None = None
    from_at: int | None = None
    until_at: int | None = None
    people: ClassVar[tuple[str, ...]] = ("holder", "granted_by")


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to somebody: CONSULTATION_HOUR, DUTY, RED_FLAG or PREFERRED; weekday and hours where it has some."""

    source_id: SourceId
    person: SourceId
    kind: str
    weekday: str = ""
    hours: str = ""
    place: str = ""
    until_at: int | None = None
    people: ClassVar[tuple[str, ...]] = ("person",)


@dataclass(frozen=True, slots=True)
class Presence:
    """Where somebody is (OFFICE, HOME, TRAVELLING, OFF) until when; never why."""

    source_id: SourceId
    person: SourceId
    state: str
    until_at: int | None = None
    place: str = ""
    people: ClassVar[tuple[str, ...]] = ("person",)


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised in a case (WORKAROUND, FIX, ANSWER), by whom, for when, and when it was kept."""

    source_id: SourceId
    case: SourceId
    kind: str
    made_by: SourceId
    due_at: int
    told_to: str = ""
    kept_at: int | None = None
    people: ClassVar[tuple[str, ...]] = ("made_by",)


@dataclass(frozen=True, slots=True)
class Clash:
    """A person and a customer's contact should not meet alone, until it expires."""

    source_id: SourceId
    person: SourceId
    contact: SourceId
    at: int
    until_at: int
    people: ClassVar[tuple[str, ...]] = ("person",)


@dataclass(frozen=True, slots=True)
class Workaround:
    """A way around a kind of problem, with its limits."""

    source_id: SourceId
    text: str
    author: SourceId
    problem_class: str = ""
    limits: str = ""
    state: str = ""
    until_at: int | None = None
    people: ClassVar[tuple[str, ...]] = ("author",)


@dataclass(frozen=True, slots=True)
class Document:
    """A text somebody wrote about a kind of problem."""

    source_id: SourceId
    title: str
    author: SourceId
    problem_class: str = ""
    place: str = ""
    people: ClassVar[tuple[str, ...]] = ("author",)


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody may use a system or enter a customer's house, on a level or with a clearance."""

    source_id: SourceId
    person: SourceId
    target: str
    level: str = ""
    clearance: str = ""
    until_at: int | None = None
    people: ClassVar[tuple[str, ...]] = ("person",)


@dataclass(frozen=True, slots=True)
class EmergencyPlan:
    """What to do at once when a kind of problem strikes."""

    source_id: SourceId
    title: str
    text: str
    problem_class: str = ""
    author: SourceId | None = None
    people: ClassVar[tuple[str, ...]] = ("author",)


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody was somewhere for a time: an INTERNSHIP in another unit, a VISIT at a customer, a POSITION."""

    source_id: SourceId
    person: SourceId
    kind: str
    where: str
    from_at: int
    until_at: int | None = None
    occasion: str = ""
    people: ClassVar[tuple[str, ...]] = ("person",)


Record = (
    OrgUnit
    | Membership
    | Customer
    | CustomerContact
    | PartnerFirm
    | Responsibility
    | System
    | Vendor
    | Occupation
    | ProblemClass
    | TrustRating
    | Mandate
    | Channel
    | Presence
    | Promise
    | Clash
    | Workaround
    | Document
    | Access
    | EmergencyPlan
    | Stay
)


def concerned(record: Record) -> Iterator[tuple[str, SourceId]]:
    """The people of a record with their part in it."""
    for name in record.people:
        account = getattr(record, name)
        if account is not None:
            yield name, account


def tells(record: Record) -> dict[str, object]:
    """What a record says beside its people and its id."""
    return {
        one.name: getattr(record, one.name)
        for one in fields(record)
        if one.name not in (*record.people, "source_id") and getattr(record, one.name) not in (None, "", ())
    }
