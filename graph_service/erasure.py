"""Erasing a person (GDPR 17): facts, names, terms, answers and what was derived go; an old file brings nothing back.

The act is pending until what was deleted is gone from the disk too, and open until somebody has looked at every case
whose text may mention the person: two people can bear one name.
"""

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph_service.classifier import refresh_words
from graph_service.errors import InputRefused, StoreBusy, UnknownId
from graph_service.intake.rows import pack
from graph_service.intake.tombstones import tombstone
from graph_service.model import EVER, NEVER, SourceId, deterministic_id, month_start
from graph_service.statistics import refresh_checkpoints
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, Transaction
from graph_service.store.participation import settle
from graph_service.text.terms import case_words, composed

MASK = "Person entfernt"
MASKED, KEPT = "MASKED", "KEPT"
SHORTEST = 4
"""Shorter keys and names are looked for as whole words only where they stand beside others."""
_PAGE = 2_000
_MOST_MASKS = 20


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure: `left` are ids of the person that are still found on the disk, `mentions` case ids to look at."""

    id: str
    left: frozenset[str]
    mentions: tuple[str, ...]


def erase_person(store: Store, person: str, secret: str, now: int) -> Erasure:
    """Erases a person; raises InputRefused without a secret, UnknownId for nobody, StoreBusy while an import runs."""
    if not secret:
        raise InputRefused("erasure.no_secret")
    accounts = store.state(nq.ACCOUNTS_OF, person=person)
    if not accounts:
        raise UnknownId("node.unknown")
    names = [row.person for row in store.state(nq.WRITTEN_NAMES, person=person)]
    texts = _telling([*names, *(row.key for row in accounts)])
    mentioned = list(dict.fromkeys(row.case_id for row in _cases(store) if _mentions(row, texts)))
    own_id = secrets.token_hex(8)
    subjects = [one for row in accounts for one in (row.id, deterministic_id("profile", row.source, row.key))]
    stones = [{"digest": tombstone(SourceId(row.source, row.key), secret), "erased_at": now} for row in accounts]

    def work(transaction: Transaction) -> None:
        alive = transaction.read(nq.UNFINISHED_RUNS, {})
        if alive:
            raise StoreBusy("store.import_running", run=alive[0].number, seconds=60)
        transaction.write(nq.ADD_ERASURES, [{"id": own_id, "started_at": now, "purged_at": None}])
        transaction.write(nq.ADD_TOMBSTONES, stones)
        rows = [{"erasure": own_id, "case_id": case, "decided": ""} for case in mentioned]
        if rows:
            transaction.write(nq.ADD_MENTIONS, rows)
        transaction.write(nq.ERASE_PERSON, {"person": person, "subjects": subjects, "texts": texts})
        settle(transaction)

    keys = [f"key:{row.subject}" for row in store.state(nq.API_KEYS) if row.person == person]
    store.write(work)
    named = {"people": [person, *keys], "texts": texts}
    store.write_journal(lambda transaction: transaction.write(nq.ERASE_FROM_AUDIT, named))
    _derive_again(store, now)
    left = purge(store, own_id, [person, *(row.id for row in accounts)], now)
    return Erasure(own_id, left, tuple(mentioned))


def purge(store: Store, erasure: str, ids: Sequence[str], now: int) -> frozenset[str]:
    """Overwrites what was deleted and looks whether ids are left; notes when all is gone."""
    is_purged = store.purge()
    left = frozenset(store.texts_left(ids))
    if is_purged and not left:
        row = {"id": erasure, "purged_at": now}
        store.write(lambda transaction: transaction.write(nq.SET_PURGED, row))
    return left


def finish(store: Store, now: int) -> int:
    """Tries again to overwrite what earlier erasures have deleted; returns how many are still pending."""
    pending = [row for row in store.state(nq.ERASURES) if row.purged_at is None]
    if pending and store.purge():
        for row in pending:
            done = {"id": row.id, "purged_at": now}
            store.write(lambda transaction, done=done: transaction.write(nq.SET_PURGED, done))  # type: ignore[misc]
        return 0
    return len(pending)


def decide(store: Store, mention: tuple[str, str], words: Sequence[str], now: int) -> None:
    """Masks words in a case that may mention somebody, or (no words) lets its text stand. Raises InputRefused,
    UnknownId."""
    erasure, case_id = mention
    if not any(row.case_id == case_id for row in store.state(nq.MENTIONS, erasure=erasure)):
        raise UnknownId("node.unknown")
    masked = [word.strip() for word in words]
    if len(masked) > _MOST_MASKS or not all(len(word) >= 2 for word in masked):
        raise InputRefused("erasure.words", most=_MOST_MASKS)
    rows = [row for row in store.state(nq.CASE_TEXTS, after="", only=case_id, limit=_PAGE) if masked]

    def work(transaction: Transaction) -> None:
        if rows:
            _rewrite(transaction, rows, masked)
        decided = {"erasure": erasure, "case_id": case_id, "decided": MASKED if masked else KEPT}
        transaction.write(nq.DECIDE_MENTION, decided)

    store.write(work)
    if rows:
        _derive_again(store, now)
        store.purge()


def _derive_again(store: Store, now: int) -> None:
    refresh_checkpoints(store, EVER)
    refresh_words(store, now)


def _cases(store: Store) -> Iterator[nq.CaseText]:
    after = ""
    while True:
        page = store.state(nq.CASE_TEXTS, after=after, only="", limit=_PAGE)
        whole = [row for row in page if row.case_id != page[-1].case_id] if len(page) == _PAGE else page
        yield from whole
        if len(page) < _PAGE:
            return
        after = whole[-1].case_id


def _telling(texts: Sequence[str]) -> list[str]:
    """Names and keys that tell a person: whole names, both ways round, their last words, and keys long enough."""
    found: dict[str, None] = {}
    for text in texts:
        words = text.replace(",", " ").split()
        for one in (text, " ".join(reversed(words)), *words[-1:]):
            if len(one) >= SHORTEST:
                found[one] = None
    return list(found)


def _mentions(row: nq.CaseText, texts: Sequence[str]) -> bool:
    said = composed(f"{row.title}\n{row.text}\n{row.environment}").casefold()
    return any(composed(text).casefold() in said for text in texts)


def _rewrite(transaction: Transaction, rows: Sequence[nq.CaseText], masked: Sequence[str]) -> None:
    """Writes the texts anew with the words masked, and their terms; a version that does not hold keeps no count."""
    longest = sorted(masked, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(word) for word in longest), re.IGNORECASE)
    written, counts, lengths = [], [], []
    for row in rows:
        title, text, environment = (pattern.sub(MASK, part) for part in (row.title, row.text, row.environment))
        words = pack(case_words(title, text, (*row.components, *row.labels), row.language))  # type: ignore[arg-type]
        written.append({"statement": row.statement, "run_in": row.run_in, "title": title, "text": text,
                        "environment": environment, "terms": words.terms, "length": words.length,
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
