"""Which field class each noun of the house's lists belongs to."""

from collections.abc import Mapping

from graph_service.access.roles import FieldClass
from graph_service.model import (
    Access,
    CaseNote,
    Channel,
    Clash,
    ContactPoint,
    Customer,
    CustomerContact,
    Document,
    EmergencyPlan,
    Mandate,
    Membership,
    Occupation,
    OrgUnit,
    PartnerFirm,
    Presence,
    ProblemClass,
    Promise,
    Responsibility,
    Speaks,
    Stay,
    System,
    TeamRule,
    TrustRating,
    Vendor,
    Workaround,
    record_kinds,
)

RECORD_CLASSES: Mapping[type, FieldClass] = {
    OrgUnit: FieldClass.HOUSE,
    Customer: FieldClass.HOUSE,
    PartnerFirm: FieldClass.HOUSE,
    Responsibility: FieldClass.HOUSE,
    System: FieldClass.HOUSE,
    Vendor: FieldClass.HOUSE,
    Occupation: FieldClass.HOUSE,
    ProblemClass: FieldClass.HOUSE,
    EmergencyPlan: FieldClass.HOUSE,
    TeamRule: FieldClass.HOUSE,
    Membership: FieldClass.DIRECTORY,
    CustomerContact: FieldClass.WAYS,
    Mandate: FieldClass.WAYS,
    Channel: FieldClass.WAYS,
    Presence: FieldClass.WAYS,
    ContactPoint: FieldClass.WAYS,
    Speaks: FieldClass.WAYS,
    Access: FieldClass.WAYS,
    Workaround: FieldClass.EVIDENCE,
    Document: FieldClass.EVIDENCE,
    CaseNote: FieldClass.EVIDENCE,
    Promise: FieldClass.PROMISES,
    TrustRating: FieldClass.TRUST,
    Clash: FieldClass.CLASHES,
    Stay: FieldClass.TIES,
}
CLASS_OF_KIND: Mapping[str, FieldClass] = {kind: RECORD_CLASSES[noun] for noun, kind in record_kinds().items()}
"""The same by what stores call a noun."""
