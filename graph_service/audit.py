"""The audit: who did what for which purpose, appended before an answer leaves, and nobody can bend it unseen.

Each process writes a chain of its own. An entry holds a commitment SHA-256(salt || payload), and the chain hashes
commitments, so that age or an erasure can empty payload and salt while the chain stays whole. People stand in payloads
by names of the audit's own (`audit_key`); without its key row such a name is nobody. A month is sealed by a hash over
the last entries of its chains. Where chains end goes hourly to a place outside the store, signed (RFC 2104), so that a
cut tail or a rewrite is found there.
"""

import hmac
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import orjson

from graph_service.access import Purpose
from graph_service.model import DAY, moment, month_start, next_month
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, Transaction

HOUR = 3_600_000
RETENTION = 365 * DAY
"""So long what an entry says stays; afterwards its payload may be empty."""
_PAGE = 5_000
_START = "0" * 64
_HEADS = 2 * HOUR


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer that was given: what it was made of (JSON), and which people (with what for) and cases it named."""

    id: str
    payload: str
    people: Mapping[str, str]
    cases: frozenset[str]


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """`act` is named `subject:action`; `actor` who did it; `people` who was named or concerned (ids of Persons);
    `detail` says what else matters, never a text somebody wrote; `decision` is the answer that was given."""

    act: str
    actor: str
    role: str
    purpose: str
    people: tuple[str, ...] = ()
    detail: Mapping[str, str | int] = field(default_factory=dict)
    decision: Decision | None = None


@dataclass(slots=True)
class _Waiting:
    events: Sequence[AuditEvent]
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class _End:
    """Where this process's chain ends."""

    seq: int = 0
    hash: str = _START


class Journal:
    """Writes this process's chain; entries that wait at the same time share one short transaction."""

    def __init__(
        self, store: Store, clock: Callable[[], int], anchor: Callable[[bytes], None], secret: str = ""
    ) -> None:
        self._store = store
        self._clock = clock
        self._secret = secret
        self._anchor = anchor
        self._chain = secrets.token_hex(8)
        self._end = _End()
        self._anchored = self._sealed = 0
        self._waiting: list[_Waiting] = []
        self._gate = threading.Lock()
        self._writing = threading.Lock()

    def write(self, *events: AuditEvent) -> None:
        """Returns once the events and their answers are on disk; raises StoreError when they cannot be."""
        mine = _Waiting(events)
        with self._gate:
            self._waiting.append(mine)
        with self._writing:
            if mine.is_done:
                return
            with self._gate:
                batch, self._waiting = self._waiting, []
            try:
                self._write(batch)
            finally:
                with self._gate:  # where it failed the others try again for themselves
                    left = [one for one in batch if one is not mine and not one.is_done]
                    self._waiting = left + self._waiting

    def _write(self, batch: Sequence[_Waiting]) -> None:
        now = self._clock()
        events = [event for one in batch for event in one.events]
        end = None
        try:
            end = self._store.write_journal(lambda transaction: self._append(transaction, events, now))
        finally:
            if end is None:  # it may be on disk all the same: whatever follows begins another chain
                self._chain = secrets.token_hex(8)
            self._end = end or _End()
        for one in batch:
            one.is_done = True
        self._seal_before(month_start(now - HOUR))
        if now - self._anchored >= HOUR:
            self._anchored = now
            self._anchor(orjson.dumps({"at": now, "heads": heads_since(self._store, now - _HEADS)}))

    def _seal_before(self, month: int) -> None:
        """Seals every month before this one that has entries and no seal, once this one is an hour old."""
        if month <= self._sealed:
            return
        self._sealed = month
        sealed = {seal.month for seal in self._store.journal(nq.AUDIT_SEALS)}
        told = {row.month for row in self._store.journal(nq.AUDIT_COUNTS, since=0)}
        for before in sorted(one for one in told - sealed if one < month):
            ends = self._store.journal(nq.AUDIT_MONTH_ENDS, since=before, until=next_month(before))
            row = {"month": before, "digest": _sealed({end.chain: _End(end.seq, end.hash) for end in ends})}
            self._store.write_journal(lambda transaction, row=row: transaction.write(nq.ADD_AUDIT_SEALS, [row]))  # type: ignore[misc]

    def _append(self, transaction: Transaction, events: Sequence[AuditEvent], now: int) -> _End:
        names = _names(transaction, {person for event in events for person in (event.actor, *event.people)})
        end, entries = self._end, []
        for event in events:
            entry, end = self._entry(event, end, names, now)
            entries.append(entry)
        transaction.write(nq.ADD_AUDIT_ENTRIES, entries)
        mac = _signature(self._secret, self._chain, end)
        head = {"chain": self._chain, "seq": end.seq, "at": now, "hash": end.hash, "mac": mac}
        transaction.write(nq.SET_AUDIT_HEADS, [head])
        transaction.write(nq.ADD_AUDIT_COUNTS, _counts(events, month_start(now)))
        looked = [
            {"day": now // DAY * DAY, "asker": names[event.actor], "person": names[person]}
            for event in events
            if event.purpose == Purpose.CASE_HELP
            for person in event.people
        ]
        if looked:
            transaction.write(nq.ADD_LOOK_UPS, looked)
        _keep(transaction, events, names, now)
        return end

    def _entry(
        self, event: AuditEvent, end: _End, names: Mapping[str, str], now: int
    ) -> tuple[dict[str, object], _End]:
        told = {
            "act": event.act,
            "actor": names[event.actor],
            "role": event.role,
            "purpose": event.purpose,
            "people": [names[person] for person in event.people],
            **event.detail,
            **_kept_as(event.decision),
        }
        payload = orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()
        salt = secrets.token_hex(16)
        commitment = _committed(salt, payload)
        seq = end.seq + 1
        hashed = _chained(end.hash, self._chain, seq, now, commitment)
        entry = {"chain": self._chain, "seq": seq, "at": now, "salt": salt, "commitment": commitment, "hash": hashed,
                 "payload": payload}  # fmt: skip
        return entry, _End(seq, hashed)


def _keep(transaction: Transaction, events: Sequence[AuditEvent], names: Mapping[str, str], now: int) -> None:
    rows: list[dict[str, object]] = []
    things: list[dict[str, object]] = []
    for event in events:
        made = event.decision
        if made is None:
            continue
        asker = {"asker": names[event.actor], "role": event.role, "purpose": event.purpose}
        rows.append({"id": made.id, "at": now, **asker, "payload": made.payload})
        named = [("person", person, about) for person, about in made.people.items()]
        named += [("case", case, "") for case in sorted(made.cases)]
        things += [{"decision": made.id, "kind": kind, "thing": thing, "about": about} for kind, thing, about in named]
    if rows:
        transaction.write(nq.ADD_DECISIONS, rows)
        transaction.write(nq.ADD_DECISION_THINGS, things)


def audit_name(store: Store, person: str) -> str:
    """The audit's name for somebody; empty when it does not know them."""
    rows = store.journal(nq.AUDIT_KEYS, people=[person])
    return rows[0].pseudonym if rows else ""


def heads_since(store: Store, since: int) -> list[tuple[str, int, str]]:
    """(chain, entries, hash of the last one) of the chains that grew since a moment."""
    return [(head.chain, head.seq, head.hash) for head in store.journal(nq.AUDIT_HEADS, since=since)]


def _names(transaction: Transaction, people: Iterable[str]) -> Mapping[str, str]:
    wanted = sorted(set(people))
    known = {row.person: row.pseudonym for row in transaction.read(nq.AUDIT_KEYS, {"people": wanted})}
    missing = [{"person": one, "pseudonym": secrets.token_hex(12)} for one in wanted if one not in known]
    if not missing:
        return known
    transaction.write(nq.ADD_AUDIT_KEYS, missing)
    return {row.person: row.pseudonym for row in transaction.read(nq.AUDIT_KEYS, {"people": wanted})}


def _counts(events: Iterable[AuditEvent], month: int) -> list[dict[str, object]]:
    times = Counter((event.role, event.purpose, event.act) for event in events)
    return [
        {"month": month, "role": role, "purpose": purpose, "act": act, "times": count}
        for (role, purpose, act), count in sorted(times.items())
    ]


def _committed(salt: str, payload: str) -> str:
    return sha256(f"{salt}{payload}".encode()).hexdigest()


def _chained(before: str, chain: str, seq: int, at: int, commitment: str) -> str:
    return sha256(f"{before}|{chain}|{seq}|{at}|{commitment}".encode()).hexdigest()


def _kept_as(decision: Decision | None) -> dict[str, str]:
    if decision is None:
        return {}
    return {"decision": decision.id, "sha256": sha256(decision.payload.encode()).hexdigest()}


def _sealed(ends: Mapping[str, _End]) -> str:
    listed = [[chain, end.seq, end.hash] for chain, end in sorted(ends.items())]
    return sha256(orjson.dumps(listed)).hexdigest()


def _signature(secret: str, chain: str, end: _End) -> str:
    """What only who knows the secret can write under the end of a chain; empty without one."""
    told = f"{chain}|{end.seq}|{end.hash}".encode()
    return hmac.digest(secret.encode(), told, "sha256").hex() if secret else ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a chain from an entry on; `kind` is a code of the message catalogue."""

    kind: str
    chain: str
    seq: int


def faults(store: Store, now: int, secret: str = "") -> Iterator[Fault]:
    """Every chain read from its first entry: changed, missing, put in another order, cut off, without an end, or (with
    the secret) not signed. What is written meanwhile is no fault."""
    heads = {head.chain: head for head in store.journal(nq.AUDIT_HEADS, since=0)}
    seen: dict[str, _End] = {}
    months: dict[int, dict[str, _End]] = {}
    counted: Counter[tuple[int, str, str, str]] = Counter()
    kept: dict[str, str] = {}
    reached: set[str] = set()
    broken: set[str] = set()
    for entry in _entries(store):
        before = seen.get(entry.chain, _End())
        seen[entry.chain] = _End(entry.seq, entry.hash)
        months.setdefault(month_start(entry.at), {})[entry.chain] = seen[entry.chain]
        head = heads.get(entry.chain)
        if head is not None and (head.seq, head.hash) == (entry.seq, entry.hash):
            reached.add(entry.chain)
        if entry.chain in broken:
            continue
        kind = _fault_of(entry, before, now)
        if kind is None and entry.payload:
            _count_again(orjson.loads(entry.payload), month_start(entry.at), counted, kept)
        if kind:
            broken.add(entry.chain)
            yield Fault(kind, entry.chain, entry.seq)
    ends = store.journal(nq.AUDIT_HEADS, since=0)
    later = {head.chain: head.seq for head in ends}
    for head in ends if secret else ():
        if not hmac.compare_digest(head.mac, _signature(secret, head.chain, _End(head.seq, head.hash))):
            yield Fault("audit.unsigned_chain", head.chain, head.seq)
    for chain in sorted({*heads, *seen} - broken):
        end = seen.get(chain, _End())
        if (chain in heads and chain not in reached) or end.seq > later.get(chain, 0):
            yield Fault("audit.cut", chain, end.seq)
    yield from _derived_faults(store, counted, kept)
    for seal in store.journal(nq.AUDIT_SEALS):
        if _sealed(months.get(seal.month, {})) != seal.digest:
            yield Fault("audit.seal", f"{moment(seal.month):%Y-%m}", 0)


def _count_again(told: Mapping[str, Any], month: int, counted: Counter[Any], kept: dict[str, str]) -> None:
    counted[month, told["role"], told["purpose"], told["act"]] += 1
    if "decision" in told:
        kept[told["decision"]] = told["sha256"]


def _derived_faults(store: Store, counted: Counter[Any], kept: Mapping[str, str]) -> Iterator[Fault]:
    """Sums that are not those of the entries (fewer entries than counted: age took some), answers that are not those
    that were given (gone ones: somebody in them was erased)."""
    sums = {(row.month, row.role, row.purpose, row.act): row.times for row in store.journal(nq.AUDIT_COUNTS, since=0)}
    for key, times in sorted(counted.items()):
        if sums.get(key, 0) < times:
            yield Fault("audit.sums", f"{moment(key[0]):%Y-%m} {key[3]}", times)
    for ids in nq.in_parts(sorted(kept), _PAGE // 10):
        for row in store.journal(nq.DECISIONS, ids=ids):
            if sha256(row.payload.encode()).hexdigest() != kept[row.id]:
                yield Fault("audit.answer", row.id, 0)


def _entries(store: Store) -> Iterator[nq.AuditEntry]:
    after, seq = "", 0
    while True:
        page = store.journal(nq.AUDIT_ENTRIES, after=after, seq=seq, limit=_PAGE)
        yield from page
        if len(page) < _PAGE:
            return
        after, seq = page[-1].chain, page[-1].seq


def _fault_of(entry: nq.AuditEntry, before: _End, now: int) -> str | None:
    if entry.seq != before.seq + 1:
        return "audit.missing"
    if entry.payload and _committed(entry.salt, entry.payload) != entry.commitment:
        return "audit.changed"
    if not entry.payload and entry.at > now - RETENTION:
        return "audit.emptied"
    if _chained(before.hash, entry.chain, entry.seq, entry.at, entry.commitment) != entry.hash:
        return "audit.order"
    return None


def signed(line: bytes, secret: str) -> bytes:
    """An anchor line with its HMAC-SHA256; unsigned without a secret."""
    mac = hmac.digest(secret.encode(), line, "sha256").hex() if secret else ""
    return orjson.dumps({"audit_anchor": line.decode(), "mac": mac})


def anchor_faults(store: Store, lines: Iterable[bytes], secret: str) -> Iterator[Fault]:
    """What a file of anchors says against the store: ends that are gone or differ, and lines nobody of us signed."""
    wanted: dict[tuple[str, int], str] = {}
    anchors = 0
    for number, line in enumerate(lines, start=1):
        _, found, text = line.partition(b'{"audit_anchor"')
        if not found:
            continue
        anchors += 1
        try:
            read = orjson.loads(found + text)
            inner = str(read["audit_anchor"]).encode()
            heads = orjson.loads(inner)["heads"]
            mac = hmac.digest(secret.encode(), inner, "sha256").hex() if secret else ""
            if not secret or not hmac.compare_digest(mac, str(read["mac"])):
                yield Fault("audit.unsigned", "", number)
            wanted |= {(str(chain), int(seq)): str(hashed) for chain, seq, hashed in heads}
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
            yield Fault("audit.unsigned", "", number)
    if not anchors:
        yield Fault("audit.no_anchor", "", 0)
    found_ends = {(e.chain, e.seq): e.hash for e in _entries(store) if (e.chain, e.seq) in wanted} if wanted else {}
    for place, hashed in sorted(wanted.items()):
        if found_ends.get(place) != hashed:
            yield Fault("audit.cut" if place not in found_ends else "audit.rewritten", *place)
