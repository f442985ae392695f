"""What is remembered of people and cases: promises, ratings, clashes, workarounds, stays. One noun per kind."""

from dataclasses import dataclass
from typing import ClassVar

from graph_service.model.ids import SourceId


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised in a case (WORKAROUND, FIX, ANSWER), by whom, when (`told_at`) and for when (from `due_from`
    until `due_at`), and when it was kept. `state` is ORAL until who made it has confirmed it: then it is evidence."""

    source_id: SourceId
    case: SourceId
    kind: str
    made_by: SourceId
    due_at: int
    due_from: int | None = None
    told_to: str = ""
    told_at: int | None = None
    kept_at: int | None = None
    problem_class: str = ""
    state: str = ""
    people: ClassVar[tuple[str, ...]] = ("made_by",)
    dated_by: ClassVar[str] = "told_at"
    sought_by: ClassVar[str] = "told_to"


@dataclass(frozen=True, slots=True)
class TrustRating:
    """One person's judgement of another in a subject: competence and reliability 0..1, the best 1; either may be
    missing. `occasion` is the case or project it comes from; the rater chose who may see it (`shown`: NAMED, AGGREGATE,
    PRIVATE) and it counts until `until_at`."""

    source_id: SourceId
    rater: SourceId
    ratee: SourceId
    subject: str
    competence: float | None = None
    reliability: float | None = None
    original: str = ""
    occasion: str = ""
    shown: str = ""
    given_at: int | None = None
    until_at: int | None = None
    people: ClassVar[tuple[str, ...]] = ("rater", "ratee")
    dated_by: ClassVar[str] = "given_at"


@dataclass(frozen=True, slots=True)
class Dispute:
    """The ratee says that a rating (id) is not right, in a `statement`: it has no effect until somebody else decides.
    `decision`: empty, KEPT or WITHDRAWN; the statement stays attached."""

    source_id: SourceId
    rating: str
    by: SourceId
    statement: str
    opened_at: int
    decision: str = ""
    decided_at: int | None = None
    people: ClassVar[tuple[str, ...]] = ("by",)


@dataclass(frozen=True, slots=True)
class Clash:
    """A person and a customer's contact (by name) should not meet alone, until it expires."""

    source_id: SourceId
    person: SourceId
    contact: SourceId
    at: int
    until_at: int
    people: ClassVar[tuple[str, ...]] = ("person",)
    dated_by: ClassVar[str] = "at"


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
    sought_by: ClassVar[str] = "problem_class"


@dataclass(frozen=True, slots=True)
class Document:
    """A text somebody wrote about a kind of problem."""

    source_id: SourceId
    title: str
    author: SourceId
    problem_class: str = ""
    version: str = ""
    place: str = ""
    people: ClassVar[tuple[str, ...]] = ("author",)
    sought_by: ClassVar[str] = "problem_class"


@dataclass(frozen=True, slots=True)
class CaseNote:
    """What the house notes of a case beside the system it is kept in: for which customer and contact, in which system,
    of which class, with what impact, whether it could be done from afar (YES, NO, UNKNOWN); the `problem` it shares
    with cases of other customers; its cause and how that was found."""

    source_id: SourceId
    case: SourceId
    customer: str = ""
    contact: str = ""
    system: str = ""
    problem_class: str = ""
    problem: str = ""
    impact: str = ""
    remote: str = ""
    cause: str = ""
    found: str = ""
    people: ClassVar[tuple[str, ...]] = ()
    sought_by: ClassVar[str] = "customer"


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


@dataclass(frozen=True, slots=True)
class ExpertNote:
    """What somebody noted for themselves about another on a kind of problem; `handed_to`: who may read it besides."""

    source_id: SourceId
    owner: SourceId
    person: SourceId
    note: str
    problem_class: str = ""
    handed_to: SourceId | None = None
    people: ClassVar[tuple[str, ...]] = ("owner", "person", "handed_to")
    beside: ClassVar[tuple[str, ...]] = ("handed_to",)


@dataclass(frozen=True, slots=True)
class Referral:
    """Somebody could not help and named who can: the way that the next such question finds."""

    source_id: SourceId
    by: SourceId
    to: SourceId
    text: str
    at: int
    people: ClassVar[tuple[str, ...]] = ("by", "to")
    dated_by: ClassVar[str] = "at"


@dataclass(frozen=True, slots=True)
class FlagOverride:
    """A red flag was overridden: by whom, for which impact that who confirmed, and why; told to whose flag it was."""

    source_id: SourceId
    person: SourceId
    by: SourceId
    impact: str
    confirmed_by: str
    reason: str
    at: int
    people: ClassVar[tuple[str, ...]] = ("person", "by")
    dated_by: ClassVar[str] = "at"


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody was chosen to be asked about kinds of problems (by their labels); by whom and for which case stands
    with the answer, not here."""

    source_id: SourceId
    person: SourceId
    at: int
    kinds: tuple[str, ...] = ()
    people: ClassVar[tuple[str, ...]] = ("person",)
    dated_by: ClassVar[str] = "at"


@dataclass(frozen=True, slots=True)
class LogApproval:
    """A customer's contact (by name) lets us have logs until a day: who of them `approved_by`, noted by one of us."""

    source_id: SourceId
    contact: str
    approved_by: str
    noted_at: int
    noted_by: SourceId | None = None
    until_at: int | None = None
    people: ClassVar[tuple[str, ...]] = ("noted_by",)
    beside: ClassVar[tuple[str, ...]] = ("noted_by",)
    dated_by: ClassVar[str] = "noted_at"
    sought_by: ClassVar[str] = "contact"


@dataclass(frozen=True, slots=True)
class AddressNote:
    """How a customer's contact (by name) is addressed, SIE or DU, as one of us confirmed from their own words."""

    source_id: SourceId
    contact: str
    address: str
    noted_at: int
    noted_by: SourceId | None = None
    people: ClassVar[tuple[str, ...]] = ("noted_by",)
    beside: ClassVar[tuple[str, ...]] = ("noted_by",)
    dated_by: ClassVar[str] = "noted_at"
    sought_by: ClassVar[str] = "contact"


@dataclass(frozen=True, slots=True)
class Reservation:
    """Somebody would rather not work for a customer (by name); theirs alone: they are not proposed there, and nobody
    is told why; what is theirs by office (duty, granting, a customer) stays."""

    source_id: SourceId
    person: SourceId
    customer: str
    until_at: int | None = None
    people: ClassVar[tuple[str, ...]] = ("person",)
    sought_by: ClassVar[str] = "customer"
