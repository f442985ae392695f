"""Erasing a person (GDPR 17): facts, names, terms, answers and what was derived go; an old file brings nothing back.

The act is pending until what was deleted is gone from the disk too, and open until somebody has looked at every case
whose text may mention the person: two people can bear one name.
"""

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import orjson

from graph_service.derived import refresh_derived
from graph_service.errors import InputRefused, StoreBusy, UnknownId
from graph_service.intake.rows import forget_names, identity_marks, pack, subject_id_of
from graph_service.intake.tombstones import CHECK, check_secret, secret_check, tombstone
from graph_service.model import EVER, NEVER, Profile, SourceId, month_start, roles_beside
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, Transaction
from graph_service.store.participation import MASKED, MASKED_AT, settle
from graph_service.text.terms import case_words, composed

MASK = "Person entfernt"
KEPT = "KEPT"
SHORTEST = 4
"""Refused rows are dropped by names and keys of at least so many letters; shorter ones stand in too many others."""
_DECISIONS = 500
_PAGE = 2_000
_MOST_MASKS = 20


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure: `left` are ids of the person that are still found on the disk, `mentions` case ids to look at."""

    id: str
    left: frozenset[str]
    mentions: tuple[str, ...]


def erase_person(store: Store, person: str, secret: str, now: int) -> Erasure:
    """Erases a person; raises InputRefused without the secret, UnknownId for nobody, StoreBusy while an import runs.

    The audit goes first: broken off in between, the person is still there and the act can be ordered again.
    """
    check_secret(store, secret)
    accounts = store.state(nq.ACCOUNTS_OF, person=person)
    if not accounts:
        raise UnknownId("node.unknown")
    _check_idle(store.state(nq.UNFINISHED_RUNS))
    names = [row.person for row in store.state(nq.WRITTEN_NAMES, person=person)]
    telling = _telling([*names, *(row.key for row in accounts)])
    mentioned = list(dict.fromkeys(row.case_id for row in _cases(store) if telling(_said(row))))
    others = sorted({row.origin for row in accounts} - {person})
    actors = [
        person,
        f"person:{person}",
        *(f"person:{one}" for one in others),
        *others,
        *(f"key:{row.id}" for row in store.state(nq.API_KEYS) if row.person in (person, *others)),
    ]
    asked = {"people": actors, "decisions": list(_asked_about(store, telling))}
    store.write_journal(lambda transaction: transaction.write(nq.ERASE_FROM_AUDIT, asked))
    own_id = secrets.token_hex(8)
    ids = [person, *others, *(row.id for row in accounts)]
    known = {*(SourceId(row.source, row.key) for row in accounts), *_marks(store, person)}
    gone = {
        "person": person,
        "subjects": [
            *(row.id for row in accounts),
            *(subject_id_of(own, Profile(own, "")) for own in (SourceId(row.source, row.key) for row in accounts)),
            *sorted(one.id_of("account") for one in known),
        ],
        "texts": _told_by([*names, *(one.key for one in known)]),
        "names": names,
        "actors": actors,
        "beside": list(roles_beside()),
    }
    stones = [{"digest": tombstone(account, secret), "erased_at": now} for account in sorted(known, key=str)]

    def work(transaction: Transaction) -> None:
        _check_idle(transaction.read(nq.UNFINISHED_RUNS, {}))
        sought = orjson.dumps([one[::-1] for one in ids]).decode()
        transaction.write(nq.ADD_ERASURES, [{"id": own_id, "started_at": now, "purged_at": None, "sought": sought}])
        transaction.write(nq.ADD_TOMBSTONES, stones)
        transaction.write(nq.SET_META, [{"name": CHECK, "value": secret_check(secret)}])
        rows = [{"erasure": own_id, "case_id": case, "decided": ""} for case in mentioned]
        if rows:
            transaction.write(nq.ADD_MENTIONS, rows)
        for one in (person, *others):
            transaction.write(nq.ERASE_PERSON, {**gone, "person": one})
        settle(transaction)

    store.write(work)
    forget_names()
    refresh_derived(store, EVER, now)
    finish(store, now)
    return Erasure(own_id, frozenset(store.texts_left(ids)), tuple(mentioned))


def _marks(store: Store, person: str) -> set[SourceId]:
    """Personnel numbers, e-mails and logins that mean this person and nobody else."""
    own: set[SourceId] = set()
    others: set[SourceId] = set()
    for row in store.state(nq.IDENTITY_ACCOUNTS):
        told = own if row.person == person else others
        told |= {SourceId(space, key) for space, key in identity_marks(row.number, row.email, row.login)}
    return own - others


def _check_idle(running: Sequence[nq.RunRow]) -> None:
    if running:
        raise StoreBusy("store.import_running", run=running[0].number, seconds=60)


def finish(store: Store, now: int) -> int:
    """Overwrites what erasures have deleted and looks for the ids of the erased; returns how many are still pending."""
    pending = [row for row in store.state(nq.ERASURES) if row.purged_at is None]
    if not pending:
        return 0
    is_purged = store.purge()
    for row in pending:
        ids = [one[::-1] for one in orjson.loads(row.sought)]
        if is_purged and not store.texts_left(ids):
            done = {"id": row.id, "purged_at": now}
            store.write(lambda transaction, done=done: transaction.write(nq.SET_PURGED, done))  # type: ignore[misc]
    return sum(row.purged_at is None for row in store.state(nq.ERASURES))


def decide(store: Store, mention: tuple[str, str], words: Sequence[str], now: int) -> None:
    """Masks words in a case that may mention somebody, or (no words) lets its text stand. Raises InputRefused,
    UnknownId."""
    erasure, case_id = mention
    if not any(row.case_id == case_id for row in store.state(nq.MENTIONS, erasure=erasure)):
        raise UnknownId("node.unknown")
    masked = [composed(word.strip()) for word in words]
    if len(masked) > _MOST_MASKS or not all(len(word) >= 2 for word in masked):
        raise InputRefused("erasure.words", most=_MOST_MASKS)
    rows = [row for row in store.state(nq.CASE_TEXTS, after="", only=case_id, limit=_PAGE) if masked]
    if rows and not any(_whole_words(masked).search(composed(_said(row))) for row in rows):
        raise InputRefused("erasure.not_there")

    def work(transaction: Transaction) -> None:
        if rows:
            _rewrite(transaction, rows, masked)
            transaction.write(nq.SET_META, [{"name": MASKED_AT, "value": str(now)}])
            settle(transaction)
        decided = {"erasure": erasure, "case_id": case_id, "decided": MASKED if masked else KEPT}
        transaction.write(nq.DECIDE_MENTION, decided)

    store.write(work)
    if rows:
        refresh_derived(store, EVER, now)
        store.purge()


def _cases(store: Store) -> Iterator[nq.CaseText]:
    after = ""
    while True:
        page = store.state(nq.CASE_TEXTS, after=after, only="", limit=_PAGE)
        whole = [row for row in page if row.case_id != page[-1].case_id] if len(page) == _PAGE else page
        whole = whole or page  # a case with more versions than a page has
        yield from whole
        if len(page) < _PAGE:
            return
        after = whole[-1].case_id


def _said(row: nq.CaseText) -> str:
    return "\n".join((row.title, row.text, row.environment, row.product, *row.components, *row.labels))


def _asked_about(store: Store, telling: Callable[[str], bool]) -> Iterator[str]:
    """Answers whose question or reason may name somebody."""
    after = ""
    while True:
        page = store.journal(nq.DECISION_TEXTS, after=after, limit=_DECISIONS)
        for row in page:
            reason = orjson.loads(row.chosen)["reason"] if row.chosen else ""
            if telling(f"{orjson.loads(row.payload)['question']['text']}\n{reason}"):
                yield row.id
        if len(page) < _DECISIONS:
            return
        after = page[-1].id


def _told_by(texts: Sequence[str]) -> list[str]:
    """Names, last names and keys long enough to mean somebody inside another text, in small letters too."""
    words = [one for text in texts for one in (text, *text.replace(",", " ").split()[-1:])]
    return sorted({form for one in words if len(one) >= SHORTEST for form in (one, one.casefold(), one.upper())})


def _telling(texts: Sequence[str]) -> Callable[[str], bool]:
    """Whether a text has one of these names or keys as whole words: names both ways round, and their last word."""
    found: dict[str, None] = {}
    for text in texts:
        words = text.replace(",", " ").split()
        for one in (text, " ".join(reversed(words)), *words[-1:]):
            if len(one) >= 2:
                found[composed(one)] = None
    pattern = _whole_words(list(found))
    return lambda said: bool(pattern.search(composed(said)))


def _whole_words(words: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    inner = "|".join(re.escape(word) for word in longest) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)", re.IGNORECASE)


def _rewrite(transaction: Transaction, rows: Sequence[nq.CaseText], masked: Sequence[str]) -> None:
    """Writes the texts anew with the words masked, and their terms; a version that does not hold keeps no count."""
    pattern = _whole_words(masked)
    written, counts, lengths = [], [], []

    def mask(text: str) -> str:
        return pattern.sub(MASK, composed(text))

    for row in rows:
        title, text = mask(row.title), mask(row.text)
        components, labels = [mask(one) for one in row.components], [mask(one) for one in row.labels]
        words = pack(case_words(title, text, (*components, *labels), row.language))  # type: ignore[arg-type]
        written.append({"statement": row.statement, "run_in": row.run_in, "title": title, "text": text,
                        "environment": mask(row.environment), "product": mask(row.product), "components": components,
                        "labels": labels, "terms": words.terms, "length": words.length,
                        "packed": words.counts})  # fmt: skip
        if row.run_out == NEVER:
            place = {"month": month_start(row.opened_at), "run": row.run_in}
            before, after = set(row.terms.split()), set(words.terms.split())
            counts += [{**place, "term": term, "cases": -1} for term in sorted(before - after)]
            counts += [{**place, "term": term, "cases": 1} for term in sorted(after - before)]
            lengths.append({**place, "cases": 0, "length": words.length - row.length})
    transaction.write(nq.REWRITE_CASES, written)
    if counts:
        transaction.write(nq.ADD_TERM_COUNTS, counts)
    if lengths:
        transaction.write(nq.ADD_CORPUS_COUNTS, lengths)
    transaction.write(nq.DROP_EMPTY_COUNTS, {"cases": 0})
