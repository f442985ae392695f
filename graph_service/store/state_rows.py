"""Rows of the queries about the service itself: who takes part, who may sign in, the audit, answers given."""

from typing import NamedTuple


class ImportProfileRow(NamedTuple):
    """A profile under which something was brought; empty: under none."""

    profile: str


class Published(NamedTuple):
    """Since when figures of a month are shown, and how many people have chosen or were erased since."""

    since: int
    left: int


class PinRow(NamedTuple):
    """The highest run number, and a name for the set of people who take part in a purpose (`all`: everybody)."""

    run: int
    crowd: str


class PersonRow(NamedTuple):
    person: str


class IdentityAccount(NamedTuple):
    """An account with one of its profiles, where it has some."""

    account: str
    person: str
    origin: str
    source: str
    key: str
    name: str
    kind: str
    unit: str
    number: str
    email: str
    login: str
    left_at: int
    ended_at: int
    listed: int


class ClassRow(NamedTuple):
    """A listed class of problems; `body` is JSON with its labels and words."""

    id: str
    body: str


class CaseOfPerson(NamedTuple):
    """Somebody had a part in a case, and when last."""

    person: str
    case_id: str
    last_at: int


class AccountPerson(NamedTuple):
    account: str
    person: str


class AccountName(NamedTuple):
    account: str
    name: str


class JudgementRow(NamedTuple):
    one: str
    other: str
    verdict: str
    decided_by: str
    decided_at: int


class TextRow(NamedTuple):
    text: str


class UnitRow(NamedTuple):
    """A unit and how many people are in it, whether they are shown or not."""

    unit: str
    members: int


class OwnChoice(NamedTuple):
    purpose: str
    takes_part: int
    decided_at: int


class HiddenClaim(NamedTuple):
    skill: str
    claimed_by: str
    purpose: str


class AuditKey(NamedTuple):
    person: str
    pseudonym: str


class AuditHead(NamedTuple):
    """Where a chain ends, signed where its process knew the secret."""

    chain: str
    seq: int
    at: int
    hash: str
    mac: str


class AuditSeal(NamedTuple):
    month: int
    digest: str


class AuditEntry(NamedTuple):
    """One entry of a chain; `salt` and `payload` are empty once age or an erasure has taken them."""

    chain: str
    seq: int
    at: int
    salt: str
    commitment: str
    hash: str
    payload: str


class AuditCount(NamedTuple):
    month: int
    role: str
    purpose: str
    act: str
    times: int


class AccountRow(NamedTuple):
    """An account; `origin` is the person it means when it stands alone."""

    id: str
    source: str
    key: str
    origin: str


class CaseText(NamedTuple):
    """A case record in any state, with all that its words are made of."""

    case_id: str
    statement: str
    run_in: int
    title: str
    text: str
    environment: str
    product: str
    components: tuple[str, ...]
    labels: tuple[str, ...]
    opened_at: int
    language: str
    terms: str
    length: int
    run_out: int


class ErasureRow(NamedTuple):
    """An erasure; `sought` are the ids still looked for on the disk, reversed so that the search does not find it."""

    id: str
    started_at: int
    purged_at: int | None
    sought: str


class DecisionText(NamedTuple):
    id: str
    payload: str
    chosen: str


class MentionRow(NamedTuple):
    case_id: str
    decided: str


class LookUpDay(NamedTuple):
    day: int
    people: int


class DecisionRow(NamedTuple):
    """An answer that was given: `asker` is the audit's name for who asked, `chosen` what they chose, as JSON."""

    id: str
    at: int
    asker: str
    role: str
    purpose: str
    payload: str
    chosen: str


class NamedIn(NamedTuple):
    """When, to whom (the audit's name) and what for somebody was named; what one asker looked at again on a day stands
    once."""

    at: int
    asker: str
    role: str
    about: str


class KeyRow(NamedTuple):
    id: str
    hash: str
    subject: str
    person: str
    role: str
    purposes: tuple[str, ...]
    sees_ids: int
    created_at: int
    expires_at: int
    revoked_at: int | None
