"""Acts: what somebody says themselves through the service, as facts of their own with who said it."""

from collections.abc import Sequence
from dataclasses import replace

from graph_service.errors import InputRefused
from graph_service.intake.rows import entries_of
from graph_service.intake.runs import Clocks
from graph_service.model import (
    Attendance,
    Provenance,
    Record,
    RunKind,
    SourceId,
    SourceRow,
    Statement,
    is_name_alone,
)
from graph_service.store import named_queries as nq
from graph_service.store.acts import record
from graph_service.store.base import Store
from graph_service.store.run_leases import new_run


def account_of(store: Store, person: str) -> SourceId:
    """An account of a person by which facts about them are told; raises InputRefused where they have none."""
    rows = store.state(nq.ACCOUNTS_OF, person=person)
    ordered = sorted(rows, key=lambda row: (is_name_alone(row.source), row.source, row.key))
    if not ordered:
        raise InputRefused("act.nobody")
    return SourceId(ordered[0].source, ordered[0].key)


def say(store: Store, clocks: Clocks, act: str, actor: str, facts: Sequence[Record | Sequence[Attendance]]) -> int:
    """Takes facts in that somebody says now, each about its own subject (a contact: those who took part); they are
    seen with the next question."""
    now = clocks.now()
    run = replace(new_run(RunKind.ACT, act, "", now), actor=actor)
    rows = [entries_of(SourceRow((_statement(fact, act),)), now) for fact in facts]
    return record(store, run, rows, clocks.wall)


def _statement(fact: Record | Sequence[Attendance], act: str) -> Statement:
    if isinstance(fact, Sequence):
        return Statement(fact[0].contact, tuple(fact), Provenance(act, 1))
    return Statement(fact.source_id, (fact,), Provenance(act, 1))
