"""What somebody says themselves, in one transaction of its own: seen at once, and not kept waiting by an import."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

import orjson

from graph_service.errors import LeaseLost, StoreBusy
from graph_service.model import ImportRun, RunCounts, RunState
from graph_service.store import named_queries as nq
from graph_service.store.base import LEASE, Store, Transaction
from graph_service.store.entries import Entry
from graph_service.store.run_leases import start
from graph_service.store.writer import Writer

TRIES = 10


def record(store: Store, run: ImportRun, rows: Sequence[Sequence[Entry]], wall_clock: Callable[[], int]) -> int:
    """Takes statements in under a run that begins and ends with them; returns its number."""

    def work(transaction: Transaction) -> int:
        begun = start(transaction, run, wall_clock() + LEASE)
        added = Writer(store, begun, wall_clock).take_in_at_once(transaction, rows)
        ended = {
            "number": begun.number,
            "owner": begun.owner,
            "state": RunState.COMMITTED.value,
            "ended_at": run.started_at,
            "counts": orjson.dumps(asdict(RunCounts(read=1, written=1, facts_added=added))).decode(),
            "reasons": "{}",
            "first_known_at": run.started_at,
        }
        if transaction.write(nq.FINISH_RUN, ended) != 1:
            raise LeaseLost("run.lease_lost", run=begun.number)
        return begun.number

    for _ in range(TRIES):
        try:
            return store.write(work)
        except StoreBusy:  # somebody else said something at the same moment, and has the number
            continue
    return store.write(work)
