"""Enums of the model as GraphQL enums, each value with a description; whoever names one in a type imports it from here
first."""

from enum import Enum

import strawberry

from graph_service.access.roles import Purpose, Role
from graph_service.casework.doors import DoorKind
from graph_service.casework.noting import AddressForm
from graph_service.casework.own_doors import OwnDoor, PresenceState
from graph_service.casework.plans import PromiseKind
from graph_service.casework.trusting import DisputeDecision, RatingShown
from graph_service.evidence.tie_kinds import ContactKind
from graph_service.evidence.ways import Nearness
from graph_service.model import CaseRole, ClaimedBy, Contact, Outcome, PersonKind, RunKind, RunState
from graph_service.network.groups import Dimension
from graph_service.ranking.calibration import Band
from graph_service.ranking.recommend import Verdict

__all__ = [
    "AddressForm", "Band", "CaseRole", "ClaimedBy", "Contact", "ContactKind", "Dimension", "DisputeDecision",
    "DoorKind", "Nearness", "Outcome", "OwnDoor", "PersonKind", "PresenceState", "PromiseKind", "Purpose",
    "RatingShown", "Role", "RunKind", "RunState", "Verdict",
]  # fmt: skip


def named(kind: type[Enum], description: str, /, name: str | None = None, **meanings: str) -> None:
    """Makes an enum of the model a GraphQL enum, of its own name or another, with a description for each value."""
    strawberry.enum(kind, name=name, description=description)
    for value in kind.__strawberry_definition__.values:  # type: ignore[attr-defined]
        value.description = meanings[value.name]


named(
    CaseRole,
    "What a person was in a case.",
    REPORTER="Reported it.",
    CREATOR="Entered it for the reporter.",
    ASSIGNEE="It was last assigned to them; it was not solved, or is open.",
    RESOLVER="Solved it.",
)
named(
    Band,
    "How likely a person is among those who solve such a case; about the match, never a mark for a person.",
    STRONG="Very likely: at least .60.",
    GOOD="Likely: at least .30.",
    POSSIBLE="Possible: at least .15.",
)
named(
    ClaimedBy,
    "Whose word a skill claim is; the four are never averaged.",
    SELF="The person's own word.",
    PEER="Colleagues.",
    MANAGER="A manager.",
    CERTIFICATE="A certificate.",
)
named(
    DoorKind,
    "In which way somebody is asked.",
    CALL="A call, now.",
    DUTY="Whoever is on duty in their unit.",
    ON_CALL="Whoever is on call in their unit.",
    CONSULTATION_HOUR="The next consultation hour.",
    LATER="Themselves, later.",
    INTRODUCTION="An introduction by somebody both know.",
    WRITTEN="In writing, with the handover note.",
)
named(
    PromiseKind,
    "What is promised.",
    WORKAROUND="A way around, by the clock.",
    FIX="A permanent fix.",
    ANSWER="An answer.",
)
named(
    Outcome,
    "How a case ended; only SOLVED is evidence that somebody solved it.",
    SOLVED="It was solved.",
    DUPLICATE="It was the same as another one.",
    NOT_REPRODUCIBLE="It could not be seen again.",
    WITHDRAWN="It was not pursued.",
    FAILED="It was closed without a solution.",
    UNKNOWN="The source does not say, or in words we do not know.",
)
named(
    PersonKind,
    "What sort of people a Person stands for.",
    EMPLOYEE="Somebody of the house.",
    PARTNER="Somebody of a partner firm.",
    EXTERNAL="Somebody else from outside.",
    GROUP="No single person.",
    UNKNOWN="The sources do not say.",
)
named(
    Role,
    "In which role somebody acts; exactly one per request.",
    ESCALATION_MANAGER="Leads escalations.",
    DEPUTY="Stands in for an escalation manager.",
    SUPPORTER="Helps customers.",
    EXPERT="Everybody, for their own data.",
    TEAM_LEAD="Leads a team.",
    HR="Human resources.",
    DATA_STEWARD="Imports case histories.",
    ANALYST="Looks at the network of groups.",
    WORKS_COUNCIL="The works council.",
    DATA_PROTECTION="The data protection officer.",
    ADMIN="Runs the service.",
)
named(
    Purpose,
    "What somebody reads or does something for.",
    CASE_HELP="Getting a problem solved.",
    SKILL_UPKEEP="Keeping people and skills up to date.",
    NETWORK_ANALYSIS="Looking at how groups are connected.",
    SELF_SERVICE="One's own data.",
    AUDIT="Looking after those who look.",
    OPERATION="Running the service.",
    EVALUATION="Measuring how often the right person is named.",
)
named(
    RunKind,
    "Imports assert, undos withdraw, acts assert what somebody said themselves.",
    IMPORT="Takes a file in.",
    UNDO="Takes an import back.",
    ACT="What somebody said themselves.",
)
named(
    RunState,
    "A run's facts show only in COMMITTED.",
    OPEN="Still writing, or broken off and not yet cleaned up.",
    COMMITTED="Done; its facts hold.",
    UNDONE="Taken back by a later run.",
    FAILED="Broken off; nothing of it is left.",
)
named(
    Verdict,
    "What an answer is able to say.",
    PROVEN="Somebody has solved something like it.",
    NOBODY_PROVEN="No solved case is similar enough; the nearest are named.",
    NOTHING_TO_GO_ON="The words say nothing about a problem.",
)
named(
    Dimension,
    "By what people are grouped.",
    SITE="The site they work at.",
    DEPARTMENT="The department their unit belongs to.",
    UNIT="The unit they are listed in.",
)
named(
    Nearness,
    "How the asker stands to somebody.",
    KNOWN="They have had contact, lately or long ago.",
    VIA="Somebody whom the asker knows knows them.",
    UNKNOWN="No tie is known.",
)
named(
    ContactKind,
    "A kind of contact.",
    CHAT="Messages.",
    MAIL="Letters by mail.",
    CALL="Calls.",
    MEETING="Meetings.",
    INFORMAL="Coffee, lunch, an evening.",
    VISIT="Visits.",
    CASE="A case both worked on.",
    TRAINING="Trainings.",
    INTERNSHIP="Internships in another unit.",
)
named(
    Contact,
    "In which way somebody was spoken with.",
    name="ConversationKind",
    CHAT="Messages.",
    MAIL="Letters by mail.",
    CALL="A call.",
    MEETING="A meeting.",
    VISIT="A visit.",
    INFORMAL="Coffee, lunch, an evening.",
    TRAINING="A training.",
    INTERNSHIP="An internship.",
)
named(
    PresenceState,
    "Where somebody is; never why.",
    OFFICE="In the office.",
    HOME="At home, working.",
    TRAVELLING="On the way.",
    OFF="Not there.",
)
named(
    OwnDoor,
    "What somebody says of the ways to themselves.",
    CONSULTATION_HOUR="A consultation hour.",
    WORKING_HOURS="Working hours.",
    FOCUS="Time in which they are not disturbed.",
    CAP="The most asks of a week.",
    PREFERRED="How they like to be asked.",
    ON_SITE="They go to customers.",
)
named(
    RatingShown,
    "To whom a rating is shown, as the rater chooses.",
    NAMED="With the rater's name, to those who may see ratings.",
    AGGREGATE="Only within the mean of several.",
    PRIVATE="To the rater, and without a name to whom it is about.",
)
named(
    DisputeDecision,
    "How a dispute ends.",
    KEPT="The rating holds again.",
    WITHDRAWN="The rating has no effect.",
)
named(AddressForm, "How somebody is addressed.", SIE="Formally: Sie.", DU="Informally: du.")
