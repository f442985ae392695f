"""ServiceNow incidents: a row per change of an incident; `?` is an empty cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from graph_service.model import (
    Case,
    CaseRole,
    Fact,
    Mapping,
    Outcome,
    Participation,
    Profile,
    Provenance,
    Reading,
    Resolution,
    RowFault,
    Skipped,
    SourceFile,
    SourceId,
    SourceRow,
    Statement,
)
from importers.columns import Field, Kind
from importers.nobody import is_nobody
from importers.row_format import Row
from importers.tables import read_table
from importers.tabular import CellFault, TableRow
from importers.utc_format import UtcFormat

SOURCE = "servicenow"
_WORDS = re.compile(r"^(?:INC|Caller|Opened by|Created by|Updated by|Resolved by|Resolver|Location|Category|"
                    r"Subcategory|Symptom|Group|code)\s*(\d+)$", re.IGNORECASE)  # fmt: skip
_OUTCOMES = {
    "not solved (not reproducible)": Outcome.NOT_REPRODUCIBLE, "not solved (too costly)": Outcome.FAILED,
    "closed/resolved by caller": Outcome.WITHDRAWN, "canceled": Outcome.WITHDRAWN, "duplicate": Outcome.DUPLICATE,
    "cancelled": Outcome.WITHDRAWN, "abgebrochen": Outcome.WITHDRAWN, "resolved by caller": Outcome.WITHDRAWN,
    "durch anrufer gelöst": Outcome.WITHDRAWN, "no resolution provided": Outcome.FAILED, "duplikat": Outcome.DUPLICATE,
}  # fmt: skip
_ENDED = frozenset({"resolved", "closed", "gelöst", "geschlossen", "6", "7"})
_CANCELLED = frozenset({"canceled", "cancelled", "abgebrochen", "storniert", "8"})


@dataclass
class _Incident:
    """An incident as its newest row tells it, and since when somebody had it."""

    last: Row
    updated_at: int
    assigned: dict[str, int] = field(default_factory=dict)


class ServiceNow(UtcFormat):
    """Incident exports in both spellings (`0000045` and `INC0000045`, `29/2/2016` and `29-02-2016`)."""

    name: ClassVar[str] = "servicenow"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("number", ("number", "Nummer"), needed=True),
        Field("opened_at", ("opened_at", "Opened", "Geöffnet"), Kind.DAY, needed=True),
        Field("state", ("incident_state", "state", "Status"), needed=True),
        Field("updated_at", ("sys_updated_at", "sys_updated_on", "Updated", "Aktualisiert"), Kind.DAY),
        Field("caller", ("caller_id", "Caller", "Anrufer")),
        Field("opened_by", ("opened_by", "Opened by"), kept=False),
        Field("assigned_to", ("assigned_to", "Assigned to", "Zugewiesen an")),
        Field("resolved_by", ("resolved_by", "Resolved by", "Gelöst von")),
        Field("resolved_at", ("resolved_at", "Resolved", "Gelöst"), Kind.DAY),
        Field("closed_at", ("closed_at", "Closed", "Geschlossen"), Kind.DAY),
        Field(
            "close_code", ("closed_code", "close_code", "Close code", "Resolution code", "Lösungscode", "Abschlusscode")
        ),
        Field("title", ("short_description", "Short description", "Kurzbeschreibung")),
        Field("text", ("description", "Description", "Beschreibung")),
        Field("category", ("category", "Kategorie")),
        Field("subcategory", ("subcategory", "Unterkategorie")),
        Field("symptom", ("u_symptom", "Symptom")),
        Field("system", ("cmdb_ci", "Configuration item")),
    )

    def recognises(self, source: SourceFile) -> float:
        """As other tables, when the columns have ServiceNow's names."""
        sure = super().recognises(source)
        return min(1.0, sure + 0.2) if sure else 0.0

    def read(self, source: SourceFile, mapping: Mapping) -> Iterator[Reading]:
        """A SourceRow per incident at the end of the file; all rows but its newest are skipped as earlier states."""
        table = read_table(source)
        mapping, places = self.placed(mapping, table.header, source)
        incidents: dict[str, _Incident] = {}
        for found in table.rows:
            if not isinstance(found, TableRow):
                yield found
                continue
            cells = ["" if cell.strip() == "?" else cell for cell in found.cells]
            row = Row(cells, places, mapping, Provenance(source.name, found.line))
            try:
                yield from _follow(incidents, row)
            except CellFault as fault:
                yield RowFault(source.name, found.line, fault.column, fault.value, fault.reason, tuple(found.cells))
        for number, incident in incidents.items():
            try:
                yield _incident_row(number, incident)
            except CellFault as fault:
                line = incident.last.provenance.line
                yield RowFault(source.name, line, fault.column, fault.value, fault.reason, tuple(incident.last.cells))


def _follow(incidents: dict[str, _Incident], row: Row) -> Iterator[Reading]:
    """Takes a change of an incident in; the earlier state it replaces, or itself, is skipped."""
    number = plain(row.needed("number"))
    opened_at = row.needed_at("opened_at")
    updated_at = row.at("updated_at") or opened_at
    known = incidents.get(number)
    if known is None:
        known = incidents[number] = _Incident(row, updated_at)
    else:
        yield Skipped("row.earlier_state")
        if updated_at >= known.updated_at:
            known.last, known.updated_at = row, updated_at
    holder = _account(row, "assigned_to")
    if holder:
        known.assigned[holder] = min(updated_at, known.assigned.get(holder, updated_at))


def plain(value: str) -> str:
    """A code without the word of its column: `Category 55` and `55` are one."""
    found = _WORDS.match(" ".join(value.split()))
    return found[1] if found else value.strip()


def _account(row: Row, name: str) -> str:
    """Who a cell means; codes count per column, as their numbers do not mean the same person in two of them."""
    code = plain(row.text(name))
    if is_nobody(code, row.mapping):
        return ""
    kind = "caller" if name == "caller" else "agent" if name == "opened_by" else "resolver"
    return f"{kind} {code}" if code.isdecimal() else code.casefold()


def _incident_row(number: str, incident: _Incident) -> SourceRow:
    row = incident.last
    case = SourceId(SOURCE, number)
    opened_at = row.needed_at("opened_at")
    codes = [f"{name} {plain(row.text(name))}" for name in ("category", "subcategory", "symptom") if row.text(name)]
    facts: list[Fact] = [
        Case(
            case,
            title=row.text("title") or ", ".join(codes) or number,
            opened_at=opened_at,
            text=row.text("text"),
            product=plain(row.text("system")),
            components=tuple(codes[:1]),
        )
    ]
    if caller := _account(row, "caller"):
        facts.append(Participation(case, SourceId(SOURCE, caller), CaseRole.REPORTER, opened_at))
    ended_at = row.at("resolved_at") or row.at("closed_at")
    resolver = _account(row, "resolved_by")
    state = row.text("state").casefold()
    if state in _CANCELLED:
        facts.append(
            Resolution(case, Outcome.WITHDRAWN, row.text("state"), max(ended_at or incident.updated_at, opened_at))
        )
    elif ended_at is not None and state in _ENDED:
        wording = plain(row.text("close_code")) or row.text("state")
        outcome = _OUTCOMES.get(wording.casefold(), Outcome.SOLVED if resolver else Outcome.UNKNOWN)
        ended_at = max(ended_at, opened_at)
        facts.append(Resolution(case, outcome, wording, ended_at))
        if resolver and outcome is Outcome.SOLVED:
            facts.append(Participation(case, SourceId(SOURCE, resolver), CaseRole.RESOLVER, ended_at))
    for holder, since in sorted(incident.assigned.items()):
        if holder != resolver:
            facts.append(Participation(case, SourceId(SOURCE, holder), CaseRole.ASSIGNEE, since))
    names = [
        Statement(SourceId(SOURCE, who), (Profile(SourceId(SOURCE, who), row.text(name)),), row.provenance)
        for name, who in (("caller", caller), ("resolved_by", resolver))
        if who and " " in row.text(name) and who == row.text(name).casefold()
    ]
    return SourceRow((Statement(case, tuple(facts), row.provenance, incident.updated_at), *names))
