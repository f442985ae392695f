"""Roles, purposes, and the two tables that say what each role may read and do; meant to be read aloud.

A role acts for one purpose at a time. What a table does not name is refused.
"""

import enum


class Role(enum.StrEnum):
    """In which role somebody acts; exactly one per request, roles never add up."""

    ESCALATION_MANAGER = "ESCALATION_MANAGER"
    DEPUTY = "DEPUTY"
    SUPPORTER = "SUPPORTER"
    EXPERT = "EXPERT"
    TEAM_LEAD = "TEAM_LEAD"
    HR = "HR"
    DATA_STEWARD = "DATA_STEWARD"
    ANALYST = "ANALYST"
    WORKS_COUNCIL = "WORKS_COUNCIL"
    DATA_PROTECTION = "DATA_PROTECTION"
    ADMIN = "ADMIN"


class Purpose(enum.StrEnum):
    """What somebody reads or does something for."""

    CASE_HELP = "CASE_HELP"
    SKILL_UPKEEP = "SKILL_UPKEEP"
    NETWORK_ANALYSIS = "NETWORK_ANALYSIS"
    SELF_SERVICE = "SELF_SERVICE"
    AUDIT = "AUDIT"
    OPERATION = "OPERATION"
    EVALUATION = "EVALUATION"


PARTICIPATION = (Purpose.CASE_HELP, Purpose.SKILL_UPKEEP, Purpose.NETWORK_ANALYSIS, Purpose.EVALUATION)
"""Purposes a person takes part in or not; the others are about the service or about oneself."""


class FieldClass(enum.StrEnum):
    """What a field tells; every GraphQL field that is not open to all has one."""

    DIRECTORY = "DIRECTORY"
    HOUSE = "HOUSE"
    WAYS = "WAYS"
    PROMISES = "PROMISES"
    TRUST = "TRUST"
    CLASHES = "CLASHES"
    CLAIMS = "CLAIMS"
    CASES = "CASES"
    TIES = "TIES"
    NETWORK = "NETWORK"
    EVIDENCE = "EVIDENCE"
    OWN_DATA = "OWN_DATA"
    DECISIONS = "DECISIONS"
    RUNS = "RUNS"
    FAULTS = "FAULTS"
    LOOK_UPS = "LOOK_UPS"
    SUMMARY = "SUMMARY"
    ERASURES = "ERASURES"


class Reach(enum.IntEnum):
    """How far a role sees into a field class.

    NONE: not at all. OWN: what is about oneself or was made by oneself. TEAM: people of the own unit. ANSWER: only
    inside an answer, or a case that is open or was named in an answer to the same asker. ALL: whatever is visible.
    """

    NONE = 0
    OWN = 1
    TEAM = 2
    ANSWER = 3
    ALL = 4


HELPERS = (Role.ESCALATION_MANAGER, Role.DEPUTY, Role.SUPPORTER)

PURPOSES: dict[Role, tuple[Purpose, ...]] = {
    Role.ESCALATION_MANAGER: (Purpose.CASE_HELP,),
    Role.DEPUTY: (Purpose.CASE_HELP,),
    Role.SUPPORTER: (Purpose.CASE_HELP,),
    Role.EXPERT: (Purpose.SELF_SERVICE,),
    Role.TEAM_LEAD: (Purpose.SKILL_UPKEEP,),
    Role.HR: (Purpose.SKILL_UPKEEP,),
    Role.DATA_STEWARD: (Purpose.SKILL_UPKEEP,),
    Role.ANALYST: (Purpose.NETWORK_ANALYSIS,),
    Role.WORKS_COUNCIL: (Purpose.AUDIT,),
    Role.DATA_PROTECTION: (Purpose.AUDIT,),
    Role.ADMIN: (Purpose.OPERATION, Purpose.EVALUATION),
}

_CASE_HELP = {
    FieldClass.DIRECTORY: Reach.ALL,
    FieldClass.CLAIMS: Reach.ALL,
    FieldClass.CASES: Reach.ALL,
    FieldClass.EVIDENCE: Reach.ANSWER,
    FieldClass.HOUSE: Reach.ALL,
    FieldClass.WAYS: Reach.ANSWER,
    FieldClass.PROMISES: Reach.ANSWER,
    FieldClass.TRUST: Reach.ANSWER,
    FieldClass.CLASHES: Reach.ANSWER,
    FieldClass.TIES: Reach.OWN,
    FieldClass.DECISIONS: Reach.OWN,
    FieldClass.LOOK_UPS: Reach.OWN,
}

READS: dict[tuple[Role, Purpose], dict[FieldClass, Reach]] = {
    (Role.ESCALATION_MANAGER, Purpose.CASE_HELP): _CASE_HELP,
    (Role.DEPUTY, Purpose.CASE_HELP): _CASE_HELP,
    (Role.SUPPORTER, Purpose.CASE_HELP): {
        **{shows: reach for shows, reach in _CASE_HELP.items() if shows is not FieldClass.CLASHES},
        FieldClass.DIRECTORY: Reach.ANSWER,
        FieldClass.CLAIMS: Reach.ANSWER,
        FieldClass.TRUST: Reach.OWN,
    },
    (Role.EXPERT, Purpose.SELF_SERVICE): {
        FieldClass.DIRECTORY: Reach.OWN,
        FieldClass.CLAIMS: Reach.OWN,
        FieldClass.CASES: Reach.OWN,
        FieldClass.EVIDENCE: Reach.OWN,
        FieldClass.HOUSE: Reach.ALL,
        FieldClass.WAYS: Reach.OWN,
        FieldClass.PROMISES: Reach.OWN,
        FieldClass.TRUST: Reach.OWN,
        FieldClass.CLASHES: Reach.OWN,
        FieldClass.TIES: Reach.OWN,
        FieldClass.OWN_DATA: Reach.OWN,
        FieldClass.LOOK_UPS: Reach.OWN,
    },
    (Role.TEAM_LEAD, Purpose.SKILL_UPKEEP): {FieldClass.DIRECTORY: Reach.TEAM},
    (Role.HR, Purpose.SKILL_UPKEEP): {
        FieldClass.DIRECTORY: Reach.ALL,
        FieldClass.CLAIMS: Reach.ALL,
        FieldClass.RUNS: Reach.OWN,
        FieldClass.FAULTS: Reach.OWN,
    },
    (Role.DATA_STEWARD, Purpose.SKILL_UPKEEP): {
        FieldClass.DIRECTORY: Reach.ALL,
        FieldClass.RUNS: Reach.OWN,
        FieldClass.FAULTS: Reach.OWN,
    },
    (Role.ANALYST, Purpose.NETWORK_ANALYSIS): {FieldClass.NETWORK: Reach.ALL},
    (Role.WORKS_COUNCIL, Purpose.AUDIT): {FieldClass.SUMMARY: Reach.ALL},
    (Role.DATA_PROTECTION, Purpose.AUDIT): {FieldClass.SUMMARY: Reach.ALL, FieldClass.ERASURES: Reach.ALL},
    (Role.ADMIN, Purpose.OPERATION): {FieldClass.RUNS: Reach.ALL},
    (Role.ADMIN, Purpose.EVALUATION): {FieldClass.NETWORK: Reach.ALL},
}
"""Role and purpose -> field class -> how far. `evaluate` and `learn` replay the history of those who take part in
EVALUATION and give figures; of the network that purpose reads only where all data are public."""

SOURCES: dict[Role, tuple[str, ...]] = {
    Role.HR: ("SELF", "MANAGER", "CERTIFICATE"),
}
"""Whose word about a skill a role may read, where not everybody's."""

ALL_SOURCES = ("SELF", "PEER", "MANAGER", "CERTIFICATE")


class Act(enum.StrEnum):
    """What somebody may do, by mutation or command."""

    CHOOSE_EXPERT = "chooseExpert"
    RATE_TRUST = "rateTrust"
    NOTE_EXPERT = "noteExpert"
    RECORD_CONVERSATION = "recordConversation"
    RECORD_LOG_APPROVAL = "recordLogApproval"
    CONFIRM_ADDRESS = "confirmAddress"
    RECORD_REFERRAL = "recordReferral"
    OVERRIDE_FLAG = "overrideRedFlag"
    SET_RED_FLAG = "setRedFlag"
    SET_PRESENCE = "setPresence"
    SET_DOOR = "setDoor"
    SET_RESERVATION = "setReservation"
    DISPUTE_RATING = "disputeRating"
    DECIDE_DISPUTE = "decideDispute"
    GRANT_MANDATE = "grantMandate"
    SET_VISIBILITY = "setVisibility"
    HIDE_SKILL = "hideSkill"
    ERASE_PERSON = "erasePerson"
    DECIDE_MENTION = "decideMention"
    IMPORT_SKILLS = "import skills"
    IMPORT_PEOPLE = "import people"
    IMPORT_CASES = "import cases"
    UNDO_IMPORT = "importUndo"
    DECIDE_IDENTITY = "decideIdentity"
    MAP_SKILLS = "decideSkill"
    AGREE_TO_RULES = "agree to rules"
    EVALUATE = "evaluate and learn"
    MANAGE_KEYS = "make and revoke keys"
    CHECK_STORE = "check the store"


ACTS: dict[Act, tuple[tuple[Role, Purpose], ...]] = {
    Act.CHOOSE_EXPERT: tuple((role, Purpose.CASE_HELP) for role in HELPERS),
    Act.RATE_TRUST: tuple((role, Purpose.CASE_HELP) for role in HELPERS),
    Act.NOTE_EXPERT: tuple((role, Purpose.CASE_HELP) for role in HELPERS),
    Act.RECORD_CONVERSATION: tuple((role, Purpose.CASE_HELP) for role in HELPERS),
    Act.RECORD_LOG_APPROVAL: tuple((role, Purpose.CASE_HELP) for role in HELPERS),
    Act.CONFIRM_ADDRESS: tuple((role, Purpose.CASE_HELP) for role in HELPERS),
    Act.RECORD_REFERRAL: tuple((role, Purpose.CASE_HELP) for role in HELPERS),
    Act.OVERRIDE_FLAG: ((Role.ESCALATION_MANAGER, Purpose.CASE_HELP), (Role.DEPUTY, Purpose.CASE_HELP)),
    Act.SET_RED_FLAG: ((Role.EXPERT, Purpose.SELF_SERVICE),),
    Act.SET_PRESENCE: ((Role.EXPERT, Purpose.SELF_SERVICE),),
    Act.SET_DOOR: ((Role.EXPERT, Purpose.SELF_SERVICE),),
    Act.SET_RESERVATION: ((Role.EXPERT, Purpose.SELF_SERVICE),),
    Act.DISPUTE_RATING: ((Role.EXPERT, Purpose.SELF_SERVICE),),
    Act.DECIDE_DISPUTE: ((Role.DATA_PROTECTION, Purpose.AUDIT),),
    Act.GRANT_MANDATE: ((Role.TEAM_LEAD, Purpose.SKILL_UPKEEP),),
    Act.SET_VISIBILITY: ((Role.EXPERT, Purpose.SELF_SERVICE),),
    Act.HIDE_SKILL: ((Role.EXPERT, Purpose.SELF_SERVICE),),
    Act.ERASE_PERSON: ((Role.DATA_PROTECTION, Purpose.AUDIT),),
    Act.DECIDE_MENTION: ((Role.DATA_PROTECTION, Purpose.AUDIT),),
    Act.IMPORT_SKILLS: ((Role.HR, Purpose.SKILL_UPKEEP),),
    Act.IMPORT_PEOPLE: ((Role.HR, Purpose.SKILL_UPKEEP), (Role.DATA_STEWARD, Purpose.SKILL_UPKEEP)),
    Act.IMPORT_CASES: ((Role.DATA_STEWARD, Purpose.SKILL_UPKEEP),),
    Act.UNDO_IMPORT: ((Role.HR, Purpose.SKILL_UPKEEP), (Role.DATA_STEWARD, Purpose.SKILL_UPKEEP)),
    Act.DECIDE_IDENTITY: ((Role.HR, Purpose.SKILL_UPKEEP), (Role.DATA_STEWARD, Purpose.SKILL_UPKEEP)),
    Act.MAP_SKILLS: ((Role.HR, Purpose.SKILL_UPKEEP),),
    Act.AGREE_TO_RULES: ((Role.WORKS_COUNCIL, Purpose.AUDIT), (Role.ADMIN, Purpose.OPERATION)),
    Act.EVALUATE: ((Role.ADMIN, Purpose.EVALUATION),),
    Act.MANAGE_KEYS: ((Role.ADMIN, Purpose.OPERATION),),
    Act.CHECK_STORE: ((Role.ADMIN, Purpose.OPERATION),),
}
"""Act -> who may, for what."""

PER_MINUTE: dict[Role, int] = {
    Role.ESCALATION_MANAGER: 60,
    Role.DEPUTY: 60,
    Role.SUPPORTER: 30,
    Role.EXPERT: 60,
    Role.TEAM_LEAD: 30,
    Role.HR: 120,
    Role.DATA_STEWARD: 120,
    Role.ANALYST: 30,
    Role.WORKS_COUNCIL: 30,
    Role.DATA_PROTECTION: 60,
    Role.ADMIN: 120,
}
"""Root fields a minute per person and role; as many at once."""
