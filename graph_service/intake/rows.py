"""Nouns to rows of fact tables; accounts that a statement mentions become entries of their own."""

import struct
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, TypeGuard

import orjson

from graph_service.model import (
    EVER,
    LOGINS,
    MAILS,
    NEVER,
    NUMBERS,
    Attendance,
    Case,
    CaseLink,
    Comment,
    Fact,
    Participation,
    Profile,
    Provenance,
    Record,
    Resolution,
    Skill,
    SkillClaim,
    SourceId,
    SourceRow,
    Statement,
    beside,
    concerned,
    deterministic_id,
    name_fields,
    record_kinds,
    tells,
)
from graph_service.store.entries import UNDATED, Entry
from graph_service.text.language import language_of
from graph_service.text.terms import case_words

Row = dict[str, Any]
_TABLES: dict[type, str] = {
    Profile: "profile",
    Case: "case_record",
    Resolution: "resolution",
    Participation: "participation",
    Comment: "comment",
    CaseLink: "case_link",
    SkillClaim: "skill_claim",
    Skill: "skill_record",
    Attendance: "attendance",
}
_SUBJECT_KINDS: dict[type, str] = {
    Case: "case",
    Profile: "profile",
    Comment: "comment",
    SkillClaim: "claim",
    Skill: "skill",
    Attendance: "contact",
    Resolution: "ending",
    Participation: "part",
}
_BESIDE_ACCOUNT = (Profile, SkillClaim)
_OF_ONE = frozenset({Profile, Participation, Comment, SkillClaim, Attendance})
_RECORDS = record_kinds()


@dataclass(frozen=True, slots=True)
class Packed:
    """A case's words for search and scoring: each term once, the number of words, and (term hash, count) pairs."""

    terms: str
    length: int
    counts: bytes


def pack(words: Iterable[str]) -> Packed:
    """Packs words as little-endian pairs of 32-bit term hash (CRC-32) and count, ordered by term."""
    counts = Counter(words)
    terms = sorted(counts)
    pairs = [number for term in terms for number in (zlib.crc32(term.encode()), counts[term])]
    return Packed(" ".join(terms), sum(counts.values()), struct.pack(f"<{len(pairs)}I", *pairs))


Gone = Callable[[SourceId], bool]
"""Whether somebody was erased who had this account: nothing about them is stored again."""


def entries_of(
    row: SourceRow, imported_at: int, is_gone: Gone | None = None, known: Collection[str] = ()
) -> list[Entry]:
    """The row's statements as entries; the record's own comes first, then the accounts that are mentioned, each once,
    without those that are `known` (ids). Empty where the record itself is about somebody who was erased."""
    if is_gone is not None:
        is_gone = _gone_in(row, is_gone)
    told = [_entry(statement, imported_at, is_gone) for statement in row.statements]
    if not told[0].rows:
        return []
    if is_gone is not None:
        told = [one for one in told if one.rows]
    accounts: dict[SourceId, Provenance] = {}
    for statement in row.statements:
        for fact in statement.facts:
            for account in _people(fact):
                if account in accounts or _ids(account)[0] in known or (is_gone is not None and is_gone(account)):
                    continue
                accounts[account] = statement.provenance
    mentioned = [_account_entry(account, place) for account, place in accounts.items()]
    return [told[0], *mentioned, *told[1:]]


def _gone_in(row: SourceRow, is_gone: Gone) -> Gone:
    """The same, and for the accounts of this row whose number, e-mail or login belonged to somebody who was erased."""
    profiles = [fact for one in row.statements for fact in one.facts if isinstance(fact, Profile)]
    own = {fact.account for fact in profiles if any(is_gone(account) for account in _marks(fact))}
    return (lambda account: account in own or is_gone(account)) if own else is_gone


def _is_record(fact: Fact) -> TypeGuard[Record]:
    return type(fact) in _RECORDS


def _people(fact: Fact) -> tuple[SourceId, ...]:
    """The accounts a fact is about."""
    if type(fact) in _OF_ONE:
        return (fact.account,)  # type: ignore[union-attr, return-value]
    return tuple(account for _, account in concerned(fact)) if _is_record(fact) else ()


def _entry(statement: Statement, imported_at: int, is_gone: Gone | None) -> Entry:
    """The statement as an entry. Its id is made of all that was said, so that the same row is the same statement before
    and after an erasure."""
    subject, facts, provenance, stated_at = statement
    kept = facts if is_gone is None else tuple(fact for fact in facts if not any(map(is_gone, _marks(fact))))
    is_name = len(kept) == len(facts) == 1 and type(facts[0]) is Profile
    made = _named(subject, facts, imported_at) if is_name else _made(subject, facts, kept, imported_at)
    own_id, subject_id, known_at, latest, rows = made
    return Entry(own_id, subject_id, provenance, UNDATED if stated_at is None else stated_at, known_at, latest, rows)


class _Made(NamedTuple):
    """A statement without its place: the rows of its facts, and the first and the last moment they tell."""

    id: str
    subject: str
    known_at: int
    latest: int
    rows: Mapping[str, Sequence[Row]]


def subject_id_of(subject: SourceId, first: Fact) -> str:
    """The id of what a statement with this first fact is about; for claims and profiles beside that of the account."""
    if isinstance(first, _BESIDE_ACCOUNT):
        return beside(_ids(first.account)[0], subject.id_of(_SUBJECT_KINDS[type(first)]))
    return _whole(subject, _SUBJECT_KINDS.get(type(first)) or _RECORDS[type(first)].lower())


def _made(subject: SourceId, facts: tuple[Fact, ...], kept: tuple[Fact, ...], imported_at: int) -> _Made:
    """The rows of the facts that are kept; nothing in a case is known before its opening."""
    subject_id = subject_id_of(subject, facts[0])
    content = orjson.dumps([[_name(fact), fact] for fact in facts], default=list).decode()
    own_id = beside(subject_id, deterministic_id("statement", subject_id, content))
    opened_at = max([fact.opened_at for fact in facts if isinstance(fact, Case)], default=EVER)
    rows: dict[str, list[Row]] = {}
    known: list[int] = []
    for fact in kept:
        for table, row in _rows(fact):
            own = row["known_at"]
            row["dated"] = int(own is not None)
            row["known_at"] = imported_at if own is None else max(own, opened_at)
            row["statement"] = own_id
            row.setdefault("ended_at", NEVER)
            known.append(row["known_at"])
            rows.setdefault(table, []).append(row)
    return _Made(own_id, subject_id, min(known, default=EVER), max(known, default=EVER), rows)


@lru_cache(maxsize=2_000)
def _named(subject: SourceId, facts: tuple[Fact, ...], imported_at: int) -> _Made:
    """The same for somebody's name, which a list of skills says in each of their rows."""
    return _made(subject, facts, facts, imported_at)


def forget_names() -> None:
    """Drops the names kept for the next row, when somebody was erased."""
    _named.cache_clear()
    _ids.cache_clear()
    _whole.cache_clear()


def _marks(fact: Fact) -> Iterator[SourceId]:
    """The accounts a fact is about, and what else tells who that is."""
    yield from _people(fact)
    if isinstance(fact, Profile):
        yield from (SourceId(space, key) for space, key in identity_marks(fact.number, fact.email, fact.login))


def identity_marks(number: str, email: str, login: str) -> Iterator[tuple[str, str]]:
    """The accounts that a personnel number, an e-mail and a login stand for by themselves."""
    for space, key in ((NUMBERS, number), (MAILS, email), (LOGINS, login)):
        if key:
            yield space, key


def _name(fact: Fact) -> str:
    return _TABLES.get(type(fact)) or _RECORDS[type(fact)]


def _rows(fact: Fact) -> Iterator[tuple[str, Row]]:
    """The rows of tables that a fact is kept in."""
    if not _is_record(fact):
        yield _TABLES[type(fact)], _ROWS[type(fact)](fact)
        return
    kind = _RECORDS[type(fact)]
    own_id = fact.source_id.id_of(kind.lower())
    shown = tells(fact)
    known_at = getattr(fact, getattr(fact, "dated_by", ""), None)
    name = str(shown.pop(name_fields()[type(fact)], ""))
    body = orjson.dumps(shown, default=SourceId._asdict, option=orjson.OPT_SORT_KEYS).decode()
    yield "record", {"id": own_id, "kind": kind, "name": name, "body": body, "known_at": known_at}
    for role, account in concerned(fact):
        yield "concern", {"id": own_id, **_person(account), "role": role, "known_at": known_at}


def _account_entry(account: SourceId, provenance: Provenance) -> Entry:
    own_id, person = _ids(account)
    row: Row = {
        "id": own_id,
        "person": person,
        "origin": person,
        "source": account.source,
        "key": account.key,
        "statement": own_id,
        "dated": 1,
        "known_at": EVER,
        "ended_at": NEVER,
    }
    return Entry(own_id, own_id, provenance, UNDATED, EVER, EVER, {"account": [row]})


def _profile(fact: Profile) -> Row:
    return {
        **_person(fact.account),
        "name": fact.name,
        "kind": fact.kind.value,
        "unit": fact.unit,
        "site": fact.site,
        "number": fact.number,
        "email": fact.email,
        "login": fact.login,
        "joined_at": fact.joined_at,
        "left_at": fact.left_at,
        "listed": int(fact.listed),
        "known_at": EVER,
    }


def _case(fact: Case) -> Row:
    language = language_of(f"{fact.title}\n{fact.text}")
    packed = pack(case_words(fact.title, fact.text, (*fact.components, *fact.labels), language))
    return {
        "id": _whole(fact.source_id, "case"),
        "source": fact.source_id.source,
        "key": fact.source_id.key,
        "title": fact.title,
        "text": fact.text,
        "environment": fact.environment,
        "product": fact.product,
        "components": fact.components,
        "labels": fact.labels,
        "versions": fact.versions,
        "opened_at": fact.opened_at,
        "language": language,
        "terms": packed.terms,
        "length": packed.length,
        "packed": packed.counts,
        "known_at": fact.opened_at,
    }


def _resolution(fact: Resolution) -> Row:
    return {
        "case_id": _whole(fact.case, "case"),
        "outcome": fact.outcome.value,
        "wording": fact.wording,
        "resolved_at": fact.resolved_at,
        "known_at": fact.resolved_at,
    }


def _participation(fact: Participation) -> Row:
    return {
        "case_id": _whole(fact.case, "case"),
        **_person(fact.account),
        "role": fact.role.value,
        "known_at": fact.known_at,
    }


def _comment(fact: Comment) -> Row:
    return {"case_id": _whole(fact.case, "case"), **_person(fact.account), "at": fact.at, "known_at": fact.at}


def _case_link(fact: CaseLink) -> Row:
    return {
        "case_id": _whole(fact.case, "case"),
        "other_id": fact.other.id_of("case"),
        "other_key": fact.other.key,
        "kind": fact.kind,
        "known_at": None,
    }


def _skill_claim(fact: SkillClaim) -> Row:
    until = NEVER if fact.valid_until is None else fact.valid_until
    return {
        **_person(fact.account),
        "skill": _skill_id(fact.skill),
        "label": fact.skill,
        "level": fact.level,
        "original": fact.original,
        "claimed_by": fact.claimed_by.value,
        "assessed_at": fact.assessed_at,
        "known_at": fact.assessed_at,
        "valid_until": until,
        "ended_at": until,
    }


def _skill(fact: Skill) -> Row:
    return {
        "skill": fact.source_id.id_of("skill"),
        "source": fact.source_id.source,
        "key": fact.source_id.key,
        "label_de": fact.label_de,
        "label_en": fact.label_en,
        "alternatives": fact.alternatives,
        "description": fact.description,
        "broader": fact.broader,
        "retired": int(fact.retired),
        "known_at": EVER,
    }


def _attendance(fact: Attendance) -> Row:
    return {
        "contact": _whole(fact.contact, "contact"),
        **_person(fact.account),
        "at": fact.at,
        "kind": fact.kind.value,
        "mode": fact.mode.value,
        "weight": fact.weight,
        "occasion": fact.occasion,
        "known_at": fact.at,
    }


def _person(account: SourceId) -> Row:
    account_id, person = _ids(account)
    return {"account": account_id, "person": person}


@lru_cache(maxsize=10_000)
def _skill_id(name: str) -> str:
    return deterministic_id("skill", name.casefold())


@lru_cache(maxsize=16)
def _whole(source_id: SourceId, kind: str) -> str:
    """The id of a case or a contact, which each of its facts names again."""
    return source_id.id_of(kind)


@lru_cache(maxsize=20_000)
def _ids(account: SourceId) -> tuple[str, str]:
    return account.id_of("account"), account.id_of("person")


_ROWS: Mapping[type, Callable[..., Row]] = {
    Profile: _profile,
    Case: _case,
    Resolution: _resolution,
    Participation: _participation,
    Comment: _comment,
    CaseLink: _case_link,
    SkillClaim: _skill_claim,
    Skill: _skill,
    Attendance: _attendance,
}
