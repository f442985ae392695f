"""What each text query of `queries/embedded` and `queries/neo4j` takes and gives.

Every read that tells something of the graph also gets the View's pin (`as_of`, `run`, `open`) and its Scope (`without`,
`purpose`, `viewer`, `unit`, `sources`). Every list comes
in a total order that ends in an id. Rows are named tuples whose fields are the columns of both dialects, in order.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, get_type_hints

from graph_service.access import FieldClass
from graph_service.store.graph_rows import (
    AgreementRow as AgreementRow,
    AssertionRow as AssertionRow,
    CaseCommenter as CaseCommenter,
    CaseHead as CaseHead,
    CaseHit as CaseHit,
    CaseOrigin as CaseOrigin,
    CaseParticipant as CaseParticipant,
    CaseRecord as CaseRecord,
    CaseResolution as CaseResolution,
    Checkpoint as Checkpoint,
    ClaimRow as ClaimRow,
    ClosedEvent as ClosedEvent,
    CompleteRun as CompleteRun,
    ContactRow as ContactRow,
    CorpusSize as CorpusSize,
    Count as Count,
    EventRange as EventRange,
    FaultRow as FaultRow,
    LinkedCase as LinkedCase,
    Membership as Membership,
    MetaRow as MetaRow,
    OrgUnitRow as OrgUnitRow,
    Origin as Origin,
    PairDay as PairDay,
    PastCase as PastCase,
    PersonName as PersonName,
    RecordRow as RecordRow,
    RelationDay as RelationDay,
    RuleSetRow as RuleSetRow,
    RunRow as RunRow,
    SkillConcept as SkillConcept,
    SkillLabel as SkillLabel,
    SolvedWords as SolvedWords,
    StatementTerms as StatementTerms,
    SubjectRow as SubjectRow,
    TermCount as TermCount,
    VanishedRow as VanishedRow,
    WorkEvent as WorkEvent,
)
from graph_service.store.state_rows import (
    AccountName as AccountName,
    AccountPerson as AccountPerson,
    AccountRow as AccountRow,
    AuditCount as AuditCount,
    AuditEntry as AuditEntry,
    AuditHead as AuditHead,
    AuditKey as AuditKey,
    AuditSeal as AuditSeal,
    CaseOfPerson as CaseOfPerson,
    CaseText as CaseText,
    ClassRow as ClassRow,
    DecisionRow as DecisionRow,
    DecisionText as DecisionText,
    ErasureRow as ErasureRow,
    HiddenClaim as HiddenClaim,
    IdentityAccount as IdentityAccount,
    ImportProfileRow as ImportProfileRow,
    JudgementRow as JudgementRow,
    KeyRow as KeyRow,
    LookUpDay as LookUpDay,
    MentionRow as MentionRow,
    NamedIn as NamedIn,
    OwnChoice as OwnChoice,
    PersonRow as PersonRow,
    PinRow as PinRow,
    Published as Published,
    TextRow as TextRow,
    UnitRow as UnitRow,
)

Row = TypeVar("Row")


@dataclass(frozen=True)
class NamedQuery(Generic[Row]):
    """A read: file name, parameters beside the pin, and the noun of a row.

    `shows` is the class of what it tells: a View whose Scope does not reach it gets no rows. None: not about the graph,
    and not pinned.
    """

    name: str
    parameters: tuple[str, ...]
    row: type[Row]
    shows: FieldClass | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns both dialects return, in this order."""
        return tuple(get_type_hints(self.row))

    @property
    def list_columns(self) -> tuple[int, ...]:
        """Positions of the columns that hold lists of texts."""
        hints = get_type_hints(self.row).values()
        return tuple(place for place, hint in enumerate(hints) if hint == tuple[str, ...])


def grouped(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    """Rows by a key, each group in the order of the rows."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def in_parts(rows: Sequence[Row], most: int) -> Iterator[Sequence[Row]]:
    """The rows in their order, at most so many at a time; none where there are none."""
    return (rows[start : start + most] for start in range(0, len(rows), most))


SEARCH_CASES = NamedQuery("search_cases", ("match",), CaseHit, FieldClass.EVIDENCE)
TERM_COUNTS = NamedQuery("term_counts", ("terms", "month"), TermCount, FieldClass.CASES)
CORPUS_SIZE = NamedQuery("corpus_size", ("month",), CorpusSize, FieldClass.CASES)
CHECKPOINT = NamedQuery("checkpoint", ("kind", "month"), Checkpoint, FieldClass.EVIDENCE)
SOLVED_WORDS = NamedQuery("solved_words", ("until", "limit"), SolvedWords, FieldClass.EVIDENCE)
SOLVED_EVENTS = NamedQuery("solved_events", ("since", "until"), WorkEvent, FieldClass.EVIDENCE)
COMMENT_EVENTS = NamedQuery("comment_events", ("since", "until"), WorkEvent, FieldClass.EVIDENCE)
CLOSED_EVENTS = NamedQuery("closed_events", ("since", "until"), ClosedEvent, FieldClass.EVIDENCE)
EVENT_RANGE = NamedQuery("event_range", ("since",), EventRange, FieldClass.EVIDENCE)
SOLVED_BY = NamedQuery("solved_by", ("people", "since"), WorkEvent, FieldClass.EVIDENCE)
COMMENTED_BY = NamedQuery("commented_by", ("people", "since"), WorkEvent, FieldClass.EVIDENCE)
PARTICIPANTS = NamedQuery("participants", ("cases",), CaseParticipant, FieldClass.EVIDENCE)
COMMENTERS = NamedQuery("commenters", ("cases",), CaseCommenter, FieldClass.EVIDENCE)
NAMES = NamedQuery("names", ("people",), PersonName, FieldClass.DIRECTORY)
ALL_NAMES = NamedQuery("all_names", (), PersonName, FieldClass.DIRECTORY)
DEPARTED = NamedQuery("departed", ("people",), PersonRow, FieldClass.DIRECTORY)
CASE_HEADS = NamedQuery("case_heads", ("cases",), CaseHead, FieldClass.CASES)
CASE_RECORDS = NamedQuery("case_records", ("cases",), CaseRecord, FieldClass.CASES)
CASE_HISTORY = NamedQuery("case_history", (), PastCase, FieldClass.CASES)
REPORTS = NamedQuery("reports", (), CaseParticipant, FieldClass.EVIDENCE)
CASES_BY_KEYS = NamedQuery("cases_by_keys", ("keys",), CaseHead, FieldClass.CASES)
RESOLUTIONS = NamedQuery("resolutions", ("cases",), CaseResolution, FieldClass.EVIDENCE)
CASE_LINKS = NamedQuery("case_links", ("cases",), LinkedCase, FieldClass.CASES)
CASE_ORIGINS = NamedQuery("case_origins", ("cases",), CaseOrigin, FieldClass.CASES)
SKILL_LABELS = NamedQuery("skill_labels", (), SkillLabel, FieldClass.CLAIMS)
SKILL_CLAIMS = NamedQuery("skill_claims", ("skills",), ClaimRow, FieldClass.CLAIMS)
CLAIMS_OF = NamedQuery("claims_of", ("people",), ClaimRow, FieldClass.CLAIMS)
TEAM_DOORS = NamedQuery("team_doors", ("cases",), UnitRow, FieldClass.EVIDENCE)
CONTACT_DAYS = NamedQuery("contact_days", ("since", "until"), PairDay, FieldClass.TIES)
CASE_DAYS = NamedQuery("case_days", ("since", "until"), PairDay, FieldClass.TIES)
CONTACTS_OF = NamedQuery("contacts_of", ("people", "others"), RelationDay, FieldClass.TIES)
CASES_WITH = NamedQuery("cases_with", ("people", "others"), RelationDay, FieldClass.TIES)
CUSTOMER_CONTACTS = NamedQuery("customer_contacts", (), ContactRow, FieldClass.DIRECTORY)
CONTACT_RANGE = NamedQuery("contact_range", ("since",), EventRange, FieldClass.TIES)
CHECKPOINTS = NamedQuery("checkpoints", ("kind", "since", "until"), Checkpoint, FieldClass.TIES)
MEMBERSHIPS = NamedQuery("memberships", (), Membership, FieldClass.DIRECTORY)
ORG_UNITS = NamedQuery("org_units", (), OrgUnitRow, FieldClass.DIRECTORY)
RECORDS = NamedQuery("records", ("kinds",), RecordRow, FieldClass.HOUSE)
RECORDS_OF = NamedQuery("records_of", ("kinds", "ids", "names", "people"), RecordRow, FieldClass.HOUSE)

ORIGINS = NamedQuery("origins", ("people",), Origin, FieldClass.OWN_DATA)

PIN = NamedQuery("pin", ("purpose",), PinRow)
ABSTAINING = NamedQuery("abstaining", ("purpose",), PersonRow)
OWN_CHOICES = NamedQuery("own_choices", ("person",), OwnChoice)
OPTED_IN = NamedQuery("opted_in", ("purpose",), PersonRow)
PURPOSES_OF = NamedQuery("purposes_of", ("person",), Count)
HIDDEN_CLAIMS = NamedQuery("hidden_claims", ("person",), HiddenClaim)
SKILL_CONCEPTS = NamedQuery("skill_concepts", (), SkillConcept)
PROBLEM_CLASSES = NamedQuery("problem_classes", (), ClassRow)
SKILL_NAMES = NamedQuery("skill_names", (), SkillLabel)
IDENTITY_ACCOUNTS = NamedQuery("identity_accounts", (), IdentityAccount)
SAID_NAMES = NamedQuery("said_names", ("accounts",), AccountName)
CASES_OF_PEOPLE = NamedQuery("cases_of_people", ("people",), CaseOfPerson)
NAMES_OF_ACCOUNTS = NamedQuery("names_of_accounts", ("accounts", "run"), AccountName)
PERSONS_OF_ACCOUNTS = NamedQuery("persons_of_accounts", ("accounts",), AccountPerson)
IMPORT_PROFILES = NamedQuery("import_profiles", (), ImportProfileRow)
PUBLISHED = NamedQuery("published", ("month", "purpose"), Published)
JUDGEMENTS = NamedQuery("judgements", ("kind",), JudgementRow)
PERSON_NOW = NamedQuery("person_now", ("origin",), PersonRow)
ACCOUNTS_OF = NamedQuery("accounts_of", ("person",), AccountRow)
WRITTEN_NAMES = NamedQuery("written_names", ("person",), PersonRow)
CASE_TEXTS = NamedQuery("case_texts", ("after", "only", "limit"), CaseText)
TOMBSTONES = NamedQuery("tombstones", (), PersonRow)
ERASURES = NamedQuery("erasures", (), ErasureRow)
MENTIONS = NamedQuery("mentions", ("erasure",), MentionRow)
API_KEY = NamedQuery("api_key", ("hash",), KeyRow)
API_KEYS = NamedQuery("api_keys", (), KeyRow)
SIGN_IN_END = NamedQuery("sign_in_end", ("subject",), Count)
AUDIT_KEYS = NamedQuery("audit_keys", ("people",), AuditKey)
AUDIT_HEADS = NamedQuery("audit_heads", ("since",), AuditHead)
AUDIT_ENTRIES = NamedQuery("audit_entries", ("after", "seq", "limit"), AuditEntry)
AUDIT_MONTH_ENDS = NamedQuery("audit_month_ends", ("since", "until"), AuditHead)
AUDIT_SEALS = NamedQuery("audit_seals", (), AuditSeal)
AUDIT_COUNTS = NamedQuery("audit_counts", ("since",), AuditCount)
WIDE_LOOK_UPS = NamedQuery("wide_look_ups", ("since", "most"), Count)
LOOK_UPS_OF = NamedQuery("look_ups_of", ("asker", "since"), LookUpDay)
DECISIONS = NamedQuery("decisions", ("ids",), DecisionRow)
DECISION_TEXTS = NamedQuery("decision_texts", ("after", "limit"), DecisionText)
SHOWN_TO = NamedQuery("shown_to", ("asker", "things"), PersonRow)
NAMED_IN = NamedQuery("named_in", ("thing", "limit"), NamedIn)

RULE_SET = NamedQuery("rule_set", ("name",), RuleSetRow)
RULE_SETS = NamedQuery("rule_sets", (), RuleSetRow)
AGREEMENTS = NamedQuery("agreements", (), AgreementRow)
RUNS = NamedQuery("runs", ("before", "limit", "actor"), RunRow)
RUN = NamedQuery("run", ("number",), RunRow)
UNFINISHED_RUNS = NamedQuery("unfinished_runs", (), RunRow)
NEWEST_RUN = NamedQuery("newest_run", (), Count)
FAULTS = NamedQuery("faults", ("run", "limit"), FaultRow)
META = NamedQuery("meta", (), MetaRow)
COUNTS = NamedQuery("counts", (), Count)
NULL_KEYS = NamedQuery("null_keys", (), Count)
ASSERTIONS = NamedQuery("assertions", ("subjects",), AssertionRow)
COMPLETE_RUNS = NamedQuery("complete_runs", ("format", "profile"), CompleteRun)
ENDED_BY = NamedQuery("ended_by", ("run",), SubjectRow)
VANISHED = NamedQuery("vanished", ("format", "profile", "run", "before", "profiles", "writing"), VanishedRow)
STANDING = NamedQuery("standing", ("format", "profile", "run", "before", "profiles"), Count)
RUN_OF_SHAPE = NamedQuery("run_of_shape", ("shape", "actor"), Count)
SUBJECTS_OF_RUN = NamedQuery("subjects_of_run", ("run", "limit"), SubjectRow)
STATEMENT_TERMS = NamedQuery("statement_terms", ("statements",), StatementTerms)

READS: tuple[NamedQuery[object], ...] = tuple(
    query for query in list(globals().values()) if isinstance(query, NamedQuery)
)


@dataclass(frozen=True)
class NamedWrite:
    """A write: `many` takes a list of rows with these parameters, otherwise one set of parameters."""

    name: str
    parameters: tuple[str, ...]
    many: bool = False


FACT = ("statement", "dated", "known_at", "ended_at", "run_in", "run_out")

ADD_ASSERTIONS = NamedWrite(
    "add_assertions",
    ("statement", "subject", "run_in", "run_out", "file", "line", "known_at", "imported_at", "stated_at"),
    many=True,
)
ADD_FACTS = {
    "account": NamedWrite("add_accounts", ("id", "person", "origin", "source", "key", *FACT), many=True),
    "profile": NamedWrite(
        "add_profiles",
        ("account", "person", "name", "kind", "unit", "site", "number", "email", "login", "joined_at", "left_at",
         "listed", *FACT),
        many=True,
    ),
    "case_record": NamedWrite(
        "add_case_records",
        ("id", "source", "key", "title", "text", "environment", "product", "components", "labels", "versions",
         "opened_at", "language", "terms", "length", "packed", *FACT),
        many=True,
    ),
    "resolution": NamedWrite("add_resolutions", ("case_id", "outcome", "wording", "resolved_at", *FACT), many=True),
    "participation": NamedWrite("add_participations", ("case_id", "account", "person", "role", *FACT), many=True),
    "comment": NamedWrite("add_comments", ("case_id", "account", "person", "at", *FACT), many=True),
    "case_link": NamedWrite("add_case_links", ("case_id", "other_id", "other_key", "kind", *FACT), many=True),
    "skill_claim": NamedWrite(
        "add_skill_claims",
        ("account", "person", "skill", "label", "level", "original", "claimed_by", "assessed_at", "valid_until", *FACT),
        many=True,
    ),
    "skill_record": NamedWrite(
        "add_skill_records",
        ("skill", "source", "key", "label_de", "label_en", "alternatives", "description", "broader", "retired", *FACT),
        many=True,
    ),
    "attendance": NamedWrite(
        "add_attendances",
        ("contact", "account", "person", "at", "kind", "mode", "weight", "occasion", *FACT),
        many=True,
    ),
    "record": NamedWrite("add_records", ("id", "kind", "name", "body", *FACT), many=True),
    "concern": NamedWrite("add_concerns", ("id", "account", "person", "role", *FACT), many=True),
}  # fmt: skip
CLOSE_STATEMENTS = NamedWrite("close_statements", ("statements", "run", "dated"))
AGAIN = ("statement", "known_at", "begins", "ended_at", "run", "dated")
REOPEN_STATEMENTS = NamedWrite("reopen_statements", AGAIN, many=True)
REOPEN_STATES = NamedWrite("reopen_states", (*AGAIN, "whole"), many=True)
MOVE_ACCOUNTS = NamedWrite("move_accounts", ("account", "was", "person"), many=True)
WITHDRAW_ASSERTIONS = NamedWrite("withdraw_assertions", ("subject", "statement", "withdrawn", "run"), many=True)
TAKE_BACK_ADDED = NamedWrite("take_back_added", ("run", "limit"))
TAKE_BACK_CLOSED = NamedWrite("take_back_closed", ("run", "limit"))
TAKE_BACK_TERMS = NamedWrite("take_back_terms", ("run", "limit"))
ADD_TERM_COUNTS = NamedWrite("add_term_counts", ("term", "month", "run", "cases"), many=True)
ADD_CORPUS_COUNTS = NamedWrite("add_corpus_counts", ("month", "run", "cases", "length"), many=True)
ADD_FAULTS = NamedWrite("add_faults", ("run", "file", "line", "column_name", "value", "reason", "cells"), many=True)
ADD_CHECKPOINTS = NamedWrite("add_checkpoints", ("kind", "month", "run", "payload"), many=True)
DROP_OLDER_CHECKPOINTS = NamedWrite("drop_older_checkpoints", ("kind", "month"))
ADD_PUBLISHED = NamedWrite("add_published", ("month", "since", "noted_at"))
DROP_CHECKPOINTS = NamedWrite("drop_checkpoints", ("first", "run"))
START_RUN = NamedWrite(
    "start_run",
    (
        "number",
        "kind",
        "format",
        "file",
        "started_at",
        "lease_until",
        "owner",
        "undoes",
        "profile",
        "purposes",
        "actor",
        "mapping",
        "shape",
        "complete_at",
    ),
)
RENEW_LEASE = NamedWrite("renew_lease", ("number", "owner", "lease_until"))
FINISH_RUN = NamedWrite("finish_run", ("number", "owner", "state", "ended_at", "counts", "reasons", "first_known_at"))
SEIZE_RUN = NamedWrite("seize_run", ("number", "owner", "lease_until", "now"))
FORGET_RUN = NamedWrite("forget_run", ("number",))
MARK_UNDONE = NamedWrite("mark_undone", ("number",))
ADD_RULE_SETS = NamedWrite("add_rule_sets", ("name", "created_at", "payload"))
ADD_AGREEMENTS = NamedWrite("add_agreements", ("rule_set", "agreed_by", "role", "agreed_at"), many=True)
SET_META = NamedWrite("set_meta", ("name", "value"), many=True)
REFRESH_TAKING_PART = NamedWrite("refresh_taking_part", ("run", "people"))
CARRY_CHOICES = NamedWrite("carry_choices", ("was", "person", "joined", "purposes"), many=True)
SET_JUDGEMENTS = NamedWrite(
    "set_judgements", ("kind", "one", "other", "verdict", "decided_by", "decided_at"), many=True
)
DROP_JUDGEMENT = NamedWrite("drop_judgement", ("kind", "one", "other"))
SET_OWN_CHOICES = NamedWrite("set_own_choices", ("person", "purpose", "takes_part", "decided_at"), many=True)
HIDE_CLAIMS = NamedWrite("hide_claims", ("person", "skill", "claimed_by", "purpose", "decided_at"), many=True)
SHOW_CLAIM = NamedWrite("show_claim", ("person", "skill", "claimed_by"))
EMPTY_DELETED_CLAIMS = NamedWrite("empty_deleted_claims", ("purpose",))
DROP_OTHER_CROWDS = NamedWrite("drop_other_crowds", ("kept",))
ADD_API_KEYS = NamedWrite(
    "add_api_keys",
    ("id", "hash", "subject", "person", "role", "purposes", "sees_ids", "created_at", "expires_at", "revoked_at"),
    many=True,
)
ADD_ERASURES = NamedWrite("add_erasures", ("id", "started_at", "purged_at", "sought"), many=True)
SET_PURGED = NamedWrite("set_purged", ("id", "purged_at"))
ADD_TOMBSTONES = NamedWrite("add_tombstones", ("digest", "erased_at"), many=True)
ADD_MENTIONS = NamedWrite("add_mentions", ("erasure", "case_id", "decided"), many=True)
REOPEN_MENTIONS = NamedWrite("reopen_mentions", ("run", "decided"))
DECIDE_MENTION = NamedWrite("decide_mention", ("erasure", "case_id", "decided"))
ERASE_PERSON = NamedWrite("erase_person", ("person", "subjects", "texts", "names", "actors", "beside"))
ERASE_FROM_AUDIT = NamedWrite("erase_from_audit", ("people", "decisions"))
REWRITE_CASES = NamedWrite(
    "rewrite_cases",
    (
        "statement",
        "run_in",
        "title",
        "text",
        "environment",
        "product",
        "components",
        "labels",
        "terms",
        "length",
        "packed",
    ),
    many=True,
)
DROP_EMPTY_COUNTS = NamedWrite("drop_empty_counts", ("cases",))
REVOKE_API_KEY = NamedWrite("revoke_api_key", ("id", "revoked_at"))
END_SIGN_INS = NamedWrite("end_sign_ins", ("subject", "ended_at"), many=True)
ADD_AUDIT_KEYS = NamedWrite("add_audit_keys", ("person", "pseudonym"), many=True)
ADD_AUDIT_ENTRIES = NamedWrite(
    "add_audit_entries", ("chain", "seq", "at", "salt", "commitment", "hash", "payload"), many=True
)
ADD_AUDIT_SEALS = NamedWrite("add_audit_seals", ("month", "digest"), many=True)
SET_AUDIT_HEADS = NamedWrite("set_audit_heads", ("chain", "seq", "at", "hash", "mac"), many=True)
ADD_AUDIT_COUNTS = NamedWrite("add_audit_counts", ("month", "role", "purpose", "act", "times"), many=True)
ADD_LOOK_UPS = NamedWrite("add_look_ups", ("day", "asker", "person"), many=True)
ADD_DECISIONS = NamedWrite("add_decisions", ("id", "at", "asker", "role", "purpose", "payload"), many=True)
ADD_DECISION_THINGS = NamedWrite("add_decision_things", ("decision", "kind", "thing", "about"), many=True)
SET_CHOSEN = NamedWrite("set_chosen", ("id", "chosen"))

WRITES: tuple[NamedWrite, ...] = (
    *(write for write in list(globals().values()) if isinstance(write, NamedWrite)),
    *ADD_FACTS.values(),
)
