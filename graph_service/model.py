"""The nouns, frozen, without input or output.

Shared by all of them:

* An *instant* (`*_at`, `known_at`) is a whole number of milliseconds since 1970-01-01 UTC, so that both stores keep and
  compare the same value. `EVER` means "has always been known", `NEVER` "has not ended".
* A *fact* is a node's field set or a relationship. Facts that one source row tells about one subject form a
  `Statement`; the statement is what import runs assert, confirm, replace and withdraw.
* `known_at` of a fact is when the world could know it: the source's own time stamp, or None for "when it was imported".
* `None` means nothing is known; `0` or an empty tuple means known to be none.
"""

import enum
import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO, ClassVar, Protocol

EVER = 0
NEVER = 9_007_199_254_740_991
DAY = 86_400_000
_NAMESPACE = uuid.UUID("7f0a2c1e-5b1d-5c52-9a34-6b8a57d1f0ce").bytes


def instant(moment: datetime) -> int:
    """Milliseconds since 1970-01-01 UTC; raises ValueError for a moment without zone or before that day."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone cannot be placed in time")
    try:
        at = int(moment.timestamp() * 1000)
    except OverflowError:
        raise ValueError("a moment outside of the calendar") from None
    if at < EVER:
        raise ValueError("a moment before 1970")
    return at


def moment(at: int) -> datetime:
    """The UTC datetime of an instant."""
    return datetime.fromtimestamp(at / 1000, tz=UTC)


def month_start(at: int) -> int:
    """The first instant of the UTC calendar month of an instant."""
    first = moment(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return int(first.timestamp()) * 1000


def next_month(month: int) -> int:
    """The first instant of the month after the one that starts at `month`."""
    return month_start(month + 32 * DAY)


def deterministic_id(kind: str, *parts: str) -> str:
    """UUIDv5 (RFC 9562) over kind and parts, the same in every store and for every order of imports."""
    digest = bytearray(hashlib.sha1(_NAMESPACE + "\x1f".join((kind, *parts)).encode("utf-8", "replace")).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


@dataclass(frozen=True, slots=True)
class SourceId:
    """What a source calls a thing: `SourceId("jira", "TIMOB-8075")`."""

    source: str
    key: str

    def id_of(self, kind: str) -> str:
        """The deterministic id of the `kind` this source means."""
        return deterministic_id(kind, self.source, self.key)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a statement stands: file name without folders, physical line counted from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that does not fit: `reason` is a code of the message catalogue, `value` at most 200 characters of it."""

    file: str
    line: int
    column: str
    value: str
    reason: str


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
    UNKNOWN = "UNKNOWN"


class ClaimedBy(enum.StrEnum):
    """Whose word a skill claim is; the four are never averaged."""

    SELF = "SELF"
    PEER = "PEER"
    MANAGER = "MANAGER"
    CERTIFICATE = "CERTIFICATE"


class RunState(enum.StrEnum):
    """A run's facts show only in COMMITTED."""

    OPEN = "OPEN"
    COMMITTED = "COMMITTED"
    UNDONE = "UNDONE"
    FAILED = "FAILED"


class RunKind(enum.StrEnum):
    """Imports assert statements, undos withdraw those of one import."""

    IMPORT = "IMPORT"
    UNDO = "UNDO"


@dataclass(frozen=True, slots=True)
class Profile:
    """How a source names the person behind an account, and the unit they belong to (empty: not said)."""

    account: SourceId
    name: str
    kind: PersonKind = PersonKind.UNKNOWN
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Case:
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


@dataclass(frozen=True, slots=True)
class Resolution:
    """How and when a case was closed; `wording` is the source's own word for it."""

    case: SourceId
    outcome: Outcome
    wording: str
    resolved_at: int


@dataclass(frozen=True, slots=True)
class Participation:
    """A person in a role of a case; a RESOLVER is who solved it."""

    case: SourceId
    account: SourceId
    role: CaseRole
    known_at: int | None


@dataclass(frozen=True, slots=True)
class Comment:
    """Somebody said something in a case at a moment; what was said is not kept.

    `number` tells apart what the same person said at the very same moment (moved trackers stamp many comments alike).
    """

    case: SourceId
    account: SourceId
    at: int
    number: int = 1


@dataclass(frozen=True, slots=True)
class CaseLink:
    """One case points at another; sources do not say since when, so it is known from its import."""

    case: SourceId
    other: SourceId
    kind: str


@dataclass(frozen=True, slots=True)
class SkillClaim:
    """Somebody's word that a person has a skill: `level` 0..1 beside the value as written; a hint, never evidence."""

    account: SourceId
    skill: str
    level: float
    original: str
    claimed_by: ClaimedBy
    assessed_at: int | None = None
    valid_until: int | None = None


Fact = Profile | Case | Resolution | Participation | Comment | CaseLink | SkillClaim


@dataclass(frozen=True, slots=True)
class Statement:
    """All that one source row says about one subject.

    A later statement about the same subject replaces an earlier one: by `stated_at` (the source's own stamp of this
    state), then by the larger hash; without `stated_at` the later run wins. Events are their own subjects: they add up.
    """

    subject: SourceId
    facts: tuple[Fact, ...]
    provenance: Provenance
    stated_at: int | None = None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What one record of a file yields: at least one statement, the first one about the record itself.

    `left_out` are codes of parts that were left out on purpose, one for each.
    """

    statements: tuple[Statement, ...]
    left_out: tuple[str, ...] = ()


Reading = SourceRow | RowFault


class SourceFile(Protocol):
    """A file to import, unpacked on the fly."""

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        ...

    def open(self) -> BinaryIO:
        """A fresh binary stream of the unpacked content."""
        ...


class Importer(Protocol):
    """A format: found by the entry point group `graph_service.importers`."""

    name: ClassVar[str]

    def recognises(self, head: bytes) -> float:
        """How sure the first bytes (at most 256 KiB) are of this format, 0..1."""
        ...

    def read(self, source: SourceFile) -> Iterator[Reading]:
        """Streams the file; rows that do not fit come as faults, never as exceptions."""
        ...


@dataclass(frozen=True, slots=True)
class RunCounts:
    """Sums of a run: rows read = written + unchanged + refused + skipped; facts added and withdrawn."""

    read: int = 0
    written: int = 0
    unchanged: int = 0
    refused: int = 0
    skipped: int = 0
    facts_added: int = 0
    facts_withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One run of an import or of an undo; `number` orders all that was ever written.

    The people in it take part in `purposes` by the agreement of the import `profile`; `actor` is who ran it.
    """

    number: int
    kind: RunKind
    state: RunState
    format: str
    file: str
    started_at: int
    ended_at: int | None
    lease_until: int
    owner: str
    undoes: int | None
    counts: RunCounts
    reasons: dict[str, int] = field(default_factory=dict)
    first_known_at: int = NEVER
    profile: str = ""
    purposes: tuple[str, ...] = ()
    actor: str = ""

    @property
    def id(self) -> str:
        """The run's deterministic id."""
        return deterministic_id("run", str(self.number))
