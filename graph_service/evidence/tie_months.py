"""Ties month by month: as the store adds them up, and kept as derived states that imports, undos, erasures and choices
make invalid as they do the other sums."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from graph_service.access import Purpose
from graph_service.evidence.ties import Ties, joined, ties_from
from graph_service.model import EVER, NEVER, month_start, next_month
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, Transaction, View
from graph_service.store.participation import TIES_FOR, views_by_crowd

KIND = "ties.1"
"""What it is stored as, with the crowd."""


def ties_of(view: View) -> Ties:
    """All ties of the months that had ended at the View's moment, in a few store calls where the months are stored."""
    until = month_start(view.as_of)
    return view.remembered(("ties", until), lambda: joined(list(_months(view, until))))


def _months(view: View, until: int) -> Iterator[Ties]:
    stored = {} if view.scope.without else _stored(view, EVER, until)
    first = view.ask(nq.CONTACT_RANGE, since=EVER)[0].first
    month = until if first is None else month_start(first)
    while month < until:
        following = next_month(month)
        yield Ties.load(stored[following]) if following in stored else month_of(view, month, following)
        month = following


def _stored(view: View, since: int, until: int) -> dict[int, bytes]:
    rows = view.ask(nq.CHECKPOINTS, kind=f"{KIND}.{view.pin.crowd}", since=since, until=until)
    found: dict[int, bytes] = {}
    for row in rows:
        found.setdefault(row.month, row.payload)
    return found


def month_of(view: View, since: int, until: int) -> Ties:
    """The ties of a span as the store adds them up: interactions and joint cases."""
    span = {"since": since, "until": until}
    return ties_from([*view.ask(nq.CONTACT_DAYS, **span), *view.ask(nq.CASE_DAYS, **span)])


def refresh_ties(store: Store, first_known_at: int, now: int) -> Sequence[str]:
    """Stores the months that have ended and are not stored, or no longer hold, for those who take part in analyses;
    returns the kinds of state that are kept."""
    kept = []
    for view in views_by_crowd(store, now, TIES_FOR):
        kind = f"{KIND}.{view.pin.crowd}"
        kept.append(kind)
        if first_known_at < NEVER and not view.pin.open:
            _store_months(store, view, kind)
    return kept


def _store_months(store: Store, view: View, kind: str) -> None:
    until = month_start(view.as_of)
    first = view.ask(nq.CONTACT_RANGE, since=EVER)[0].first
    month = until if first is None else month_start(first)
    there = set(_stored(view, EVER, until)) if month < until else set()
    while month < until:
        following = next_month(month)
        if following not in there:
            found = month_of(view, month, following)
            row = {"kind": kind, "month": following, "run": view.pin.run, "payload": found.dump()}
            store.write(partial(_keep, view.pin.crowd, row))
        month = following


def _keep(crowd: str, row: Mapping[str, object], transaction: Transaction) -> None:
    """Keeps a month, unless somebody has left or joined, or was erased, since it was added up."""
    name = f"crowd.{Purpose.NETWORK_ANALYSIS}"
    if any(one.name == name and one.value != crowd for one in transaction.read(nq.META, {})):
        return
    transaction.write(nq.ADD_CHECKPOINTS, [row])
