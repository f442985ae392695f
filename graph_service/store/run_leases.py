"""Who may write: one run at a time, under a lease that every chunk renews; runs whose lease ran out are cleaned up."""

from collections.abc import Callable
from dataclasses import asdict

import orjson

from graph_service.errors import RunRefused, StoreBusy
from graph_service.model import NEVER, ImportRun, RunCounts, RunKind, RunState
from graph_service.store import named_queries as nq
from graph_service.store.base import LEASE, Store, Transaction, new_owner, run_of
from graph_service.store.writer import Writer, take_back


def open_writer(store: Store, run: ImportRun, wall_clock: Callable[[], int]) -> Writer:
    """Starts `run` under the next number after cleaning up runs whose lease has run out.

    Raises RunRefused when there is nothing to undo, StoreBusy while another run is alive.
    """
    clean_up(store, wall_clock())

    def work(transaction: Transaction) -> ImportRun:
        newest = transaction.read(nq.NEWEST_RUN, {})[0].rows  # first, so that a run starting now shows as unfinished
        if run.undoes is not None:  # before anybody waits for another run in vain
            _check_undoable(transaction, run.undoes)
        alive = transaction.read(nq.UNFINISHED_RUNS, {})
        if alive:
            seconds = max(1, (alive[0].lease_until - wall_clock()) // 1000 + 1)
            raise StoreBusy("store.import_running", run=alive[0].number, seconds=seconds)
        return _started(transaction, run, newest + 1, wall_clock() + LEASE)

    return Writer(store, store.write(work), wall_clock)


def start(transaction: Transaction, run: ImportRun, lease_until: int) -> ImportRun:
    """Starts a run under the next number, whatever else is running; raises StoreBusy when somebody else took it."""
    return _started(transaction, run, transaction.read(nq.NEWEST_RUN, {})[0].rows + 1, lease_until)


def _started(transaction: Transaction, run: ImportRun, number: int, lease_until: int) -> ImportRun:
    fresh = {
        "number": number,
        "kind": run.kind.value,
        "format": run.format,
        "file": run.file,
        "started_at": run.started_at,
        "lease_until": lease_until,
        "owner": run.owner,
        "undoes": run.undoes,
        "profile": run.profile,
        "purposes": run.purposes,
        "actor": run.actor,
        "mapping": run.mapping,
        "shape": run.shape,
        "complete_at": run.complete_at,
    }
    transaction.write(nq.START_RUN, fresh)
    started = run_of(transaction.read(nq.RUN, {"number": number})[0])
    if started.owner != run.owner:
        raise StoreBusy("store.import_running", run=number, seconds=LEASE // 1000)
    return started


def new_run(kind: RunKind, format_name: str, file: str, started_at: int) -> ImportRun:
    """A run that has no number yet."""
    return ImportRun(0, kind, RunState.OPEN, format_name, file, started_at, None, 0, new_owner(), None, RunCounts())


def clean_up(store: Store, now: int) -> list[int]:
    """Takes runs back whose lease has run out; returns their numbers."""
    dead = [run for run in store.unfinished() if run.lease_until < now]
    for run in dead:
        owner = new_owner()
        seize = {"number": run.number, "owner": owner, "lease_until": now + LEASE, "now": now}
        if store.write(lambda transaction, seize=seize: transaction.write(nq.SEIZE_RUN, seize)) != 1:  # type: ignore[misc]
            continue
        take_back(store, run.number, lambda transaction: None)
        failed = {
            "number": run.number,
            "owner": owner,
            "state": RunState.FAILED.value,
            "ended_at": now,
            "counts": orjson.dumps(asdict(RunCounts())).decode(),
            "reasons": orjson.dumps({"run.cleaned_up": 1}).decode(),
            "first_known_at": NEVER,
        }
        store.write(lambda transaction, failed=failed: transaction.write(nq.FINISH_RUN, failed))  # type: ignore[misc]
    return [run.number for run in dead]


def _check_undoable(transaction: Transaction, number: int) -> None:
    rows = transaction.read(nq.RUN, {"number": number})
    if not rows:
        raise RunRefused("run.unknown", run=number)
    if rows[0].kind != RunKind.IMPORT or rows[0].state != RunState.COMMITTED:
        raise RunRefused("run.not_undoable", run=number, state=rows[0].state, kind=rows[0].kind)
