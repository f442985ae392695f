"""What `doctor` finds: versions, index state, counts, null keys, unfinished runs."""

from dataclasses import dataclass, field

from graph_service.audit import Fault
from graph_service.store import named_queries as nq
from graph_service.store.base import SCHEMA_VERSION
from graph_service.text.terms import ANALYSIS_VERSION
from graph_service.wiring import Service, wall_clock


@dataclass(frozen=True, slots=True)
class Findings:
    """Facts by name, the names of what is wrong, and what is wrong with the audit, where it was read."""

    facts: dict[str, str | int]
    faults: list[str]
    broken: list[Fault] = field(default_factory=list)


def findings(service: Service) -> Findings:
    """Looks at the store without changing it."""
    store = service.store
    health = store.health()
    unfinished = store.unfinished()
    text_version = store.versions.get("text_version", "")
    facts: dict[str, str | int] = {
        "store": store.name,
        "schema_version": store.versions.get("schema_version", ""),
        "known_schema_version": SCHEMA_VERSION,
        "text_version": text_version,
        "known_text_version": ANALYSIS_VERSION,
        "index": store.index_state(),
        "open_runs": len(unfinished),
    }
    pending = sum(row.purged_at is None for row in store.state(nq.ERASURES))
    facts["pending_erasures"] = pending
    facts |= {f"rows.{count.name}": count.rows for count in health["counts"]}
    facts |= {f"null_keys.{count.name}": count.rows for count in health["null_keys"] if count.rows}
    faults = [f"null_keys.{count.name}" for count in health["null_keys"] if count.rows]
    if text_version not in ("", ANALYSIS_VERSION):
        faults.append("text_version")
    if pending:
        faults.append("pending_erasures")
    if facts["index"] != "online":
        faults.append("index")
    if any(run.lease_until < wall_clock() for run in unfinished):
        faults.append("open_runs")
    return Findings(facts, faults)
