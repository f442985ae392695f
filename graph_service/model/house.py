"""Units, customers and their people, partner firms, systems: the house and those around it. One noun per kind."""

from dataclasses import dataclass
from typing import ClassVar

from graph_service.model.ids import SourceId


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """A company, site, department or team. `country` is an ISO code, with the part of the country whose public holidays
    count (`DE-BY`); `zone` the time zone of a site (IANA)."""

    source_id: SourceId
    name: str
    kind: str = ""
    country: str = ""
    zone: str = ""
    part_of: SourceId | None = None
    head: SourceId | None = None
    people: ClassVar[tuple[str, ...]] = ("head",)
    beside: ClassVar[tuple[str, ...]] = ("head",)


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
    """A customer; `tier` and `loss_risk` are set by a person with a `reason`, `owner` is whom to ask about it.
    `supplies` are the customers it delivers to, `by` what (KANBAN); `clearance` is what whoever sees its logs needs."""

    source_id: SourceId
    name: str
    tier: str = ""
    loss_risk: str = ""
    reason: str = ""
    clearance: str = ""
    owner: SourceId | None = None
    supplies: tuple[SourceId, ...] = ()
    by: str = ""
    people: ClassVar[tuple[str, ...]] = ("owner",)
    beside: ClassVar[tuple[str, ...]] = ("owner",)


@dataclass(frozen=True, slots=True)
class CustomerContact:
    """Somebody at a customer, with `title` and job: form of address (SIE, DU), technical depth (BASIC, PRO, EXPERT),
    whether they want a DIALOGUE or a DIRECT answer, how logs are passed on (`log_policy`), what was agreed and what is
    known, by whom and since when; by which `account` contacts with them are told of. Never a label."""

    source_id: SourceId
    name: str
    customer: SourceId
    title: str = ""
    job: str = ""
    address: str = ""
    depth: str = ""
    wants: str = ""
    log_policy: str = ""
    agreed: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    account: SourceId | None = None
    noted_by: SourceId | None = None
    noted_at: int | None = None
    from_at: int | None = None
    until_at: int | None = None
    people: ClassVar[tuple[str, ...]] = ("account", "noted_by")
    beside: ClassVar[tuple[str, ...]] = ("noted_by",)


@dataclass(frozen=True, slots=True)
class PartnerFirm:
    """A firm that works for customers beside us."""

    source_id: SourceId
    name: str
    people: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A partner firm looks after a customer for a time, for a `scope` (a kind of problem or a system; empty: all), and
    is `reached_by` somebody or somehow; no partner means that none is known. `asked` is whom of us to ask about it."""

    source_id: SourceId
    customer: SourceId
    partner: SourceId | None = None
    scope: str = ""
    from_at: int | None = None
    until_at: int | None = None
    asked: SourceId | None = None
    reached_by: str = ""
    people: ClassVar[tuple[str, ...]] = ("asked",)
    beside: ClassVar[tuple[str, ...]] = ("asked",)


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
    beside: ClassVar[tuple[str, ...]] = ("keeper",)


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
class TeamRule:
    """How a team is asked, as those who ask and those who are asked agreed: from `doors_from` on (`P3`: P3 and below)
    by consultation hour or duty; which impact overrides a red flag."""

    source_id: SourceId
    unit: str
    doors_from: str = ""
    overridable_by: str = ""
    agreed_by: tuple[str, ...] = ()
    version: str = ""
    people: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True)
class EmergencyPlan:
    """What to do at once when a kind of problem strikes; `steps` in their order, the first `message` to the customer,
    the `times` until when what is done, `version` as its author counts."""

    source_id: SourceId
    title: str
    steps: tuple[str, ...]
    problem_class: str = ""
    message: str = ""
    times: str = ""
    version: str = ""
    author: SourceId | None = None
    people: ClassVar[tuple[str, ...]] = ("author",)
    beside: ClassVar[tuple[str, ...]] = ("author",)
    sought_by: ClassVar[str] = "problem_class"
