"""Rows of the queries about the graph, and about runs."""

from typing import NamedTuple


class CaseHit(NamedTuple):
    case_id: str
    length: int
    packed: bytes
    opened_at: int
    solver: str | None
    solved_at: int | None


class TermCount(NamedTuple):
    term: str
    cases: int


class CorpusSize(NamedTuple):
    cases: int
    length: int


class Checkpoint(NamedTuple):
    month: int
    payload: bytes


class WorkEvent(NamedTuple):
    """A solved case (`reporter` = who reported it) or the first comment of a person in a case (`reporter` is None)."""

    at: int
    case_id: str
    person: str
    product: str
    components: tuple[str, ...]
    reporter: str | None


class ClosedEvent(NamedTuple):
    """A closed case, whether anybody solved it or not."""

    at: int
    case_id: str
    outcome: str
    product: str


class SolvedWords(NamedTuple):
    """A solved case as the classifier learns from it: `packed` are its (term hash, count) pairs."""

    at: int
    case_id: str
    person: str
    packed: bytes


class PairDay(NamedTuple):
    """Contacts of two people (`one` < `other`) of a kind on a day since 1970; `weight` is the sum of what they count
    for this pair, in 10^-12, so that it is the same in whatever order it is summed."""

    one: str
    other: str
    kind: str
    day: int
    contacts: int
    weight: int


class RelationDay(NamedTuple):
    """Contacts of somebody with another one, as in PairDay; `occasion` is what a list says of them."""

    person: str
    other: str
    kind: str
    day: int
    contacts: int
    weight: int
    occasion: str


class ContactRow(NamedTuple):
    """Somebody at a customer as the house lists them; `body` is JSON, `person` empty where they are nobody here."""

    id: str
    name: str
    body: str
    person: str


class Membership(NamedTuple):
    person: str
    unit: str
    site: str


class OrgUnitRow(NamedTuple):
    """A unit of the house; `body` is JSON with its kind and what it is part of."""

    id: str
    name: str
    body: str


class RecordRow(NamedTuple):
    """A thing of the house with one of its people; a row for each of them, one without any where nobody is seen."""

    id: str
    kind: str
    name: str
    body: str
    role: str
    person: str


class RuleSetRow(NamedTuple):
    name: str
    created_at: int
    payload: bytes


class AgreementRow(NamedTuple):
    rule_set: str
    agreed_by: str
    role: str
    agreed_at: int


class EventRange(NamedTuple):
    first: int | None
    last: int | None


class CaseParticipant(NamedTuple):
    case_id: str
    person: str
    role: str
    known_at: int


class CaseCommenter(NamedTuple):
    case_id: str
    person: str
    first_at: int
    comments: int


class PersonName(NamedTuple):
    person: str
    name: str
    kind: str
    source: str
    key: str
    unit: str
    site: str


class CaseHead(NamedTuple):
    case_id: str
    key: str
    title: str
    opened_at: int


class CaseRecord(NamedTuple):
    case_id: str
    source: str
    key: str
    title: str
    text: str
    environment: str
    product: str
    components: tuple[str, ...]
    labels: tuple[str, ...]
    versions: tuple[str, ...]
    opened_at: int
    language: str


class PastCase(NamedTuple):
    case_id: str
    key: str
    product: str
    components: tuple[str, ...]
    language: str
    opened_at: int
    terms: str
    length: int
    packed: bytes


class CaseResolution(NamedTuple):
    case_id: str
    outcome: str
    wording: str
    resolved_at: int


class LinkedCase(NamedTuple):
    case_id: str
    other_id: str
    other_key: str
    kind: str


class Origin(NamedTuple):
    """Which fact was told where; `replaced` is the run that replaced it, 0 while it holds."""

    kind: str
    label: str
    file: str
    line: int
    run: int
    imported_at: int
    replaced: int


class CaseOrigin(NamedTuple):
    case_id: str
    run: int
    file: str
    line: int


class ClaimRow(NamedTuple):
    person: str
    skill: str
    label: str
    level: float
    original: str
    claimed_by: str
    known_at: int
    is_dated: bool = True


class SkillConcept(NamedTuple):
    """A listed skill as one statement tells it."""

    skill: str
    source: str
    key: str
    label_de: str
    label_en: str
    alternatives: tuple[str, ...]
    description: str
    broader: tuple[str, ...]


class SkillLabel(NamedTuple):
    skill: str
    label: str


class Count(NamedTuple):
    name: str
    rows: int


class RunRow(NamedTuple):
    number: int
    kind: str
    state: str
    format: str
    file: str
    started_at: int
    ended_at: int | None
    lease_until: int
    owner: str
    undoes: int | None
    counts: str
    reasons: str
    first_known_at: int
    profile: str
    purposes: tuple[str, ...]
    actor: str
    mapping: str
    shape: str
    complete_at: int | None


class FaultRow(NamedTuple):
    file: str
    line: int
    column_name: str
    value: str
    reason: str
    cells: tuple[str, ...]


class AssertionRow(NamedTuple):
    """What a run said about a subject, and where it stood; an ending stands in no line, but for minus the number of
    the run whose complete file lacks the subject."""

    statement: str
    subject: str
    run_in: int
    file: str
    line: int
    known_at: int
    imported_at: int
    stated_at: int

    @property
    def is_ending(self) -> bool:
        """Whether it only says that something ended."""
        return self.line < 1

    @property
    def cause(self) -> int:
        """The run whose file lacks the subject of an ending."""
        return -self.line


class SubjectRow(NamedTuple):
    subject: str


class CompleteRun(NamedTuple):
    """A run and the day its file was complete as of."""

    number: int
    complete_at: int


class VanishedRow(NamedTuple):
    subject: str
    is_known_later: bool


class StatementTerms(NamedTuple):
    statement: str
    terms: str
    opened_at: int
    length: int


class MetaRow(NamedTuple):
    name: str
    value: str
