"""Things of the house that lists tell of.

A record is kept as a fact of its own kind; `people` names its fields that are accounts, which stand beside it, so that
each person finds, and an erasure takes, all that is said about them; the thing itself stays where they are only named
`beside` it: a customer without its owner. `dated_by` names the field that says since when it is known, where one does,
`sought_by` the one it is looked up by where it has no name. `from_at` and `until_at` are instants, None: open; an end
at midnight is the end of that day.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import get_args

from graph_service.model.doors import Access, Channel, ContactPoint, Mandate, Presence, Speaks
from graph_service.model.house import (
    Customer,
    CustomerContact,
    EmergencyPlan,
    Membership,
    Occupation,
    OrgUnit,
    PartnerFirm,
    ProblemClass,
    Responsibility,
    System,
    TeamRule,
    Vendor,
)
from graph_service.model.ids import DAY, SourceId
from graph_service.model.memory import (
    AddressNote,
    Asked,
    CaseNote,
    Clash,
    Dispute,
    Document,
    ExpertNote,
    FlagOverride,
    LogApproval,
    Promise,
    Referral,
    Reservation,
    Stay,
    TrustRating,
    Workaround,
)

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
    | TeamRule
    | EmergencyPlan
    | Mandate
    | Channel
    | Presence
    | ContactPoint
    | Speaks
    | Access
    | Promise
    | TrustRating
    | Dispute
    | ExpertNote
    | Referral
    | FlagOverride
    | Asked
    | Clash
    | Workaround
    | Document
    | CaseNote
    | LogApproval
    | AddressNote
    | Reservation
    | Stay
)


_LAST_DAY = 253_402_214_400_000
"""31.12.9999, which lists write for what has no end."""
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@cache
def record_kinds() -> Mapping[type, str]:
    """What each noun is called in a store: `CUSTOMER_CONTACT`."""
    return {noun: _CAPITAL.sub("_", noun.__name__).upper() for noun in get_args(Record)}


@cache
def roles_beside() -> tuple[str, ...]:
    """People without whom things stay what they are, by kind and field: `CUSTOMER.owner`."""
    kinds = record_kinds().items()
    return tuple(sorted(f"{kind}.{role}" for noun, kind in kinds for role in getattr(noun, "beside", ())))


@cache
def name_fields() -> Mapping[type, str]:
    """The field a store finds records of a noun by: what they are sought by, else their name or title."""
    return {noun: _name_field(noun) for noun in get_args(Record)}


def _name_field(noun: type) -> str:
    names = {one.name for one in fields(noun)}
    return str(getattr(noun, "sought_by", next((name for name in ("name", "title") if name in names), "")))


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


def holds(record: Record, at: int) -> bool:
    """Whether what a record tells is so at an instant, by its own beginning and end."""
    begins, ends = getattr(record, "from_at", None), getattr(record, "until_at", None)
    return (begins is None or begins <= at) and (ends is None or at < end_of(ends))


def end_of(until_at: int) -> int:
    """The first instant after an end: a day lasts until its midnight, the last one of the calendar excepted."""
    return until_at + DAY if until_at % DAY == 0 and until_at < _LAST_DAY else until_at
