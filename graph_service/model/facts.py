"""Facts: what sources say about people, cases, skills and contacts."""

import enum
from typing import NamedTuple

from graph_service.model.ids import SourceId
from graph_service.model.records import Record


class PersonKind(enum.StrEnum):
    """What sort of people a Person node stands for; case histories do not say."""

    EMPLOYEE = "EMPLOYEE"
    PARTNER = "PARTNER"
    EXTERNAL = "EXTERNAL"
    GROUP = "GROUP"
    UNKNOWN = "UNKNOWN"


class CaseRole(enum.StrEnum):
    """What a person was in a case."""

    REPORTER = "REPORTER"
    CREATOR = "CREATOR"
    ASSIGNEE = "ASSIGNEE"
    RESOLVER = "RESOLVER"


class Outcome(enum.StrEnum):
    """How a case ended; only SOLVED is evidence that somebody solved it."""

    SOLVED = "SOLVED"
    DUPLICATE = "DUPLICATE"
    NOT_REPRODUCIBLE = "NOT_REPRODUCIBLE"
    WITHDRAWN = "WITHDRAWN"
    FAILED = "FAILED"
    UNKNOWN = "UNKNOWN"


class Contact(enum.StrEnum):
    """In which way people were in contact."""

    CHAT = "CHAT"
    MAIL = "MAIL"
    CALL = "CALL"
    MEETING = "MEETING"
    VISIT = "VISIT"
    INFORMAL = "INFORMAL"
    TRAINING = "TRAINING"
    INTERNSHIP = "INTERNSHIP"


class Mode(enum.StrEnum):
    """Whether people met in one place."""

    REMOTE = "REMOTE"
    ON_SITE = "ON_SITE"
    UNKNOWN = "UNKNOWN"


class ClaimedBy(enum.StrEnum):
    """Whose word a skill claim is; the four are never averaged."""

    SELF = "SELF"
    PEER = "PEER"
    MANAGER = "MANAGER"
    CERTIFICATE = "CERTIFICATE"


class Profile(NamedTuple):
    """How a source names the person behind an account, and what tells who that is; empty: not said.

    `number` is a personnel number as text, `email` and `login` are written in lower case; instants from and until when
    they belong to the house. Who is not `listed` is only named, by a list of something else: it says neither that they
    are still there nor, beside a list of people, what they are called now.
    """

    account: SourceId
    name: str
    kind: PersonKind = PersonKind.UNKNOWN
    unit: str = ""
    site: str = ""
    number: str = ""
    email: str = ""
    login: str = ""
    joined_at: int | None = None
    left_at: int | None = None
    listed: bool = True


class Case(NamedTuple):
    """What was known of a case when it was opened (reporter apart, who is a Participation)."""

    source_id: SourceId
    title: str
    opened_at: int
    text: str = ""
    environment: str = ""
    product: str = ""
    components: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()


class Resolution(NamedTuple):
    """How and when a case was closed; `wording` is the source's own word for it."""

    case: SourceId
    outcome: Outcome
    wording: str
    resolved_at: int


class Participation(NamedTuple):
    """A person in a role of a case; a RESOLVER is who solved it."""

    case: SourceId
    account: SourceId
    role: CaseRole
    known_at: int | None


class Comment(NamedTuple):
    """Somebody said something in a case at a moment; what was said is not kept.

    `number` tells apart what the same person said at the very same moment (moved trackers stamp many comments alike).
    """

    case: SourceId
    account: SourceId
    at: int
    number: int = 1


class CaseLink(NamedTuple):
    """One case points at another; sources do not say since when, so it is known from its import."""

    case: SourceId
    other: SourceId
    kind: str


class SkillClaim(NamedTuple):
    """Somebody's word that a person has a skill: `level` 0..1 beside the value as written; a hint, never evidence."""

    account: SourceId
    skill: str
    level: float
    original: str
    claimed_by: ClaimedBy
    assessed_at: int | None = None
    valid_until: int | None = None


class Skill(NamedTuple):
    """A skill of a published or house list; `retired` ones are no longer offered, what was claimed of them stays."""

    source_id: SourceId
    label_de: str
    label_en: str = ""
    alternatives: tuple[str, ...] = ()
    description: str = ""
    broader: tuple[str, ...] = ()
    retired: bool = False


class Attendance(NamedTuple):
    """Somebody took part in a contact at a moment; never what was said. `weight` is 1 shared by those who got it,
    `occasion` what brought them together (a project, a training), where a list says so."""

    contact: SourceId
    account: SourceId
    at: int
    kind: Contact
    mode: Mode = Mode.UNKNOWN
    weight: float = 1.0
    occasion: str = ""


Fact = Profile | Case | Resolution | Participation | Comment | CaseLink | SkillClaim | Skill | Attendance | Record
