"""Which facts a role may bring in by an import."""

from graph_service.access.asker import Asker
from graph_service.access.roles import Act
from graph_service.model import (
    Access,
    Attendance,
    Case,
    CaseLink,
    CaseNote,
    Channel,
    Clash,
    Comment,
    ContactPoint,
    Customer,
    CustomerContact,
    Document,
    EmergencyPlan,
    Mandate,
    Membership,
    Occupation,
    OrgUnit,
    Participation,
    PartnerFirm,
    Presence,
    ProblemClass,
    Profile,
    Promise,
    Resolution,
    Responsibility,
    Skill,
    SkillClaim,
    Speaks,
    Stay,
    System,
    TeamRule,
    TrustRating,
    Vendor,
    Workaround,
)

BRINGS: dict[Act, frozenset[type]] = {
    Act.IMPORT_SKILLS: frozenset({SkillClaim, Skill, Occupation}),
    Act.IMPORT_PEOPLE: frozenset({Profile, OrgUnit, Membership, Stay, Presence, ContactPoint, Speaks}),
    Act.IMPORT_CASES: frozenset({
        Case, Resolution, Participation, Comment, CaseLink, Attendance, Customer, CustomerContact, PartnerFirm,
        Responsibility, System, Vendor, ProblemClass, Mandate, Channel, Promise, Clash, Workaround, Document, Access,
        EmergencyPlan, TrustRating, CaseNote, TeamRule,
    }),
}  # fmt: skip
"""HR brings skills and people; the data steward people, cases, contacts and all that is around them."""


def may_bring(asker: Asker) -> frozenset[type]:
    """All that somebody in a role may bring in; empty: nothing."""
    return frozenset().union(*(facts for act, facts in BRINGS.items() if asker.may(act)))
