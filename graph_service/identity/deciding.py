"""Decisions about who is who: kept as data, undone, taken out and in as a file."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph_service.derived import refresh_derived
from graph_service.errors import FileRefused, InputRefused, StoreBusy
from graph_service.identity.linking import IdentityVerdict, Judgement, Known, Links
from graph_service.identity.settling import PERSON, judgements_of, links_of, settle_identity
from graph_service.model import EVER, LOGINS, MAILS, SourceId
from graph_service.store import named_queries as nq
from graph_service.store.base import Store

COLUMNS = ("source", "key", "other_source", "other_key", "verdict", "decided_by", "decided_at")
_MOST_BYTES = 16_777_216


def decide_identity(store: Store, judgements: Sequence[Judgement], now: int, *, ahead: bool = False) -> int:
    """Keeps decisions and acts on them; returns how many accounts were moved.

    Raises InputRefused for an account and itself and, unless decided `ahead` (a key file before its people), for
    accounts that are not known; StoreBusy while an import runs.
    """
    running = store.state(nq.UNFINISHED_RUNS)
    if running:
        raise StoreBusy("store.import_running", run=running[0].number, seconds=60)
    known = links_of(store).known
    for one in judgements:
        other_needed = one.verdict in (IdentityVerdict.SAME, IdentityVerdict.NOT_SAME)
        is_known = one.one in known and (not other_needed or one.other in known)
        if one.one == one.other or (other_needed and not one.other) or not (ahead or is_known):
            raise InputRefused("identity.unknown_account")
    rows = [_row(one, now) for one in judgements]
    _check_together(known.values(), judgements_of(store), rows)
    if rows:
        store.write(lambda transaction: transaction.write(nq.SET_JUDGEMENTS, rows))
    return _settle(store, now)


def _check_together(known: Iterable[Known], before: Iterable[Judgement], rows: Sequence[dict[str, object]]) -> None:
    """Raises InputRefused where accounts that were decided to be two people would become one by other decisions."""
    said = {(one.one, one.other): one for one in before}
    for row in rows:
        pair = str(row["one"]), str(row["other"])
        said[pair] = Judgement(*pair, IdentityVerdict(str(row["verdict"])))
    links = Links(known, said.values())
    person = links.run()
    for one in said.values():
        if one.verdict is IdentityVerdict.NOT_SAME and person.get(one.one, one.one) == person.get(one.other, one.other):
            raise InputRefused("identity.contradiction", one=_called(links, one.one), other=_called(links, one.other))


def _called(links: Links, account: str) -> str:
    called = links.called(account)
    return called.key if called else account


def undo_decision(store: Store, one: str, other: str, now: int) -> int:
    """Forgets what was decided about two accounts and acts on it; returns how many accounts were moved."""
    pair = _pair(one, other)
    dropped = store.write(
        lambda transaction: transaction.write(nq.DROP_JUDGEMENT, {"kind": PERSON, "one": pair[0], "other": pair[1]})
    )
    if not dropped:
        raise InputRefused("identity.not_decided")
    return _settle(store, now)


def _settle(store: Store, now: int) -> int:
    moved = settle_identity(store)
    if moved:
        refresh_derived(store, EVER, now)
    return moved


def _row(one: Judgement, now: int) -> dict[str, object]:
    about_two = one.verdict in (IdentityVerdict.SAME, IdentityVerdict.NOT_SAME)
    first, second = _pair(one.one, one.other if about_two else "")
    return replace(one, one=first, other=second, decided_at=one.decided_at or now).as_row(PERSON)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if not other or one < other else (other, one)


def decisions_file(store: Store) -> str:
    """All decisions as CSV, by what sources call the accounts; those about accounts that nothing tells of yet are not
    in it."""
    links = links_of(store)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in judgements_of(store):
        first, second = links.called(one.one), links.called(one.other)
        if first is not None and (second is not None or not one.other):
            other = (second.source, second.key) if second else ("", "")
            writer.writerow((first.source, first.key, *other, one.verdict.value, one.decided_by, one.decided_at))
    return out.getvalue()


def read_decisions(content: bytes, file: str, decided_by: str) -> list[Judgement]:
    """The decisions of a CSV with at least the two accounts; `verdict` is SAME unless said. Raises FileRefused."""
    if len(content) > _MOST_BYTES:
        raise FileRefused("file.too_big_unpacked", file=file)
    try:
        text = content.decode("utf-8-sig")
        delimiter = ";" if ";" in text.partition("\n")[0] else ","
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        if not set(COLUMNS[:4]) <= set(reader.fieldnames or ()):
            raise ValueError("no columns of decisions")
        return [_judgement(row, decided_by, file, reader.line_num) for row in reader]
    except UnicodeDecodeError:
        raise FileRefused("file.not_utf8", file=file) from None
    except (KeyError, ValueError, TypeError, AttributeError, csv.Error):
        raise FileRefused("identity.not_decisions", file=file, columns=", ".join(COLUMNS)) from None


def _judgement(row: dict[str, str], decided_by: str, file: str, line: int) -> Judgement:
    told = (row.get("verdict") or "SAME").strip().upper()
    if told not in IdentityVerdict.__members__:
        possible = ", ".join(IdentityVerdict.__members__)
        raise FileRefused("identity.not_a_verdict", file=file, line=line, value=told[:40], possible=possible)
    one, other = _account(row["source"], row["key"]), _account(row["other_source"], row["other_key"])
    by = (row.get("decided_by") or "").strip() or decided_by
    second = other.id_of("account") if other.key else ""
    return Judgement(one.id_of("account"), second, IdentityVerdict(told), by, int(row.get("decided_at") or 0))


def _account(source: str, key: str) -> SourceId:
    """What a file calls an account; e-mails and logins are known in lower case."""
    space, own = source.strip(), key.strip()
    return SourceId(space, own.casefold() if space in (MAILS, LOGINS) else own)
