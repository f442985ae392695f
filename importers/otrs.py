"""OTRS and Znuny: the ticket search as CSV, headers in German or English."""

from typing import ClassVar

from graph_service.model import (
    Case,
    CaseRole,
    Customer,
    Fact,
    Outcome,
    Participation,
    PersonKind,
    Profile,
    Resolution,
    Skipped,
    SourceId,
    SourceRow,
    Statement,
)
from importers.columns import Field, Kind
from importers.nobody import is_nobody
from importers.row_format import Row, TableFormat

SOURCE = "otrs"
_OUTCOMES = {
    "erfolgreich geschlossen": Outcome.SOLVED, "closed successful": Outcome.SOLVED,
    "mit workaround geschlossen": Outcome.SOLVED, "closed with workaround": Outcome.SOLVED,
    "erfolglos geschlossen": Outcome.FAILED, "closed unsuccessful": Outcome.FAILED,
    "zusammengefügt": Outcome.DUPLICATE, "merged": Outcome.DUPLICATE, "entfernt": Outcome.WITHDRAWN,
    "removed": Outcome.WITHDRAWN,
}  # fmt: skip
_OPEN = ("neu", "new", "offen", "open", "warten", "pending", "wieder", "reopen")
"""How states begin whose tickets go on, whenever they were closed before."""


class Otrs(TableFormat):
    """One row per ticket; the owner works on it, a responsible beside them watches over it."""

    name: ClassVar[str] = "otrs"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("ticket", ("Ticket#", "Ticketnummer", "TicketNumber"), needed=True),
        Field("created", ("Erstellt", "Erstellzeit", "Created", "Create Time"), Kind.DAY, needed=True),
        Field("subject", ("Betreff", "Subject", "Titel", "Title")),
        Field("state", ("Status", "State"), needed=True),
        Field("closed", ("Geschlossen", "Schließzeit", "Closed", "Close Time"), Kind.DAY),
        Field("queue", ("Queue",)),
        Field("priority", ("Priorität", "Priority"), kept=False),
        Field("owner", ("Besitzer", "Agent/Besitzer", "Owner", "Agent/Owner")),
        Field("first", ("Vorname", "First Name", "Firstname")),
        Field("last", ("Nachname", "Last Name", "Lastname")),
        Field("responsible", ("Verantwortlicher", "Responsible")),
        Field("customer", ("Kundennummer", "CustomerID", "Customer ID")),
        Field("customer_name", ("Kundenname", "Customer Name", "Customer Realname"), kept=False),  # of a person there
        Field("sender", ("Von", "From")),
        Field("age", ("Alter", "Age"), kept=False),
        Field("lock", ("Sperre", "Lock"), kept=False),
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The ticket with its end, its people and its customer."""
        if is_nobody(row.text("sender").split("<")[-1].strip("> "), row.mapping) and row.text("queue") == "Postmaster":
            return Skipped("case.bounce")
        case, opened_at = SourceId(SOURCE, row.needed("ticket")), row.needed_at("created")
        queue = row.text("queue")
        title = " ".join(row.text("subject").split()) or row.needed("ticket")
        facts: list[Fact] = [
            Case(case, title, opened_at, product=queue.partition("::")[0], components=(queue,) if queue else ())
        ]
        state = row.needed("state")
        closed_at = row.at("closed")
        outcome = None if state.casefold().startswith(_OPEN) else _OUTCOMES.get(state.casefold(), Outcome.UNKNOWN)
        if outcome is not None and closed_at is not None:
            facts.append(Resolution(case, outcome, state, max(closed_at, opened_at)))
        owner, responsible = _agent(row, "owner"), _agent(row, "responsible")
        if owner is not None and outcome is not Outcome.DUPLICATE:
            solved = outcome is Outcome.SOLVED and closed_at is not None
            facts.append(Participation(case, owner, CaseRole.RESOLVER if solved else CaseRole.ASSIGNEE, closed_at))
        if responsible is not None and responsible != owner:
            facts.append(Participation(case, responsible, CaseRole.ASSIGNEE, opened_at))
        statements = [Statement(case, tuple(facts), row.provenance)]
        name = " ".join(part for part in (row.name("first"), row.name("last")) if part)
        full = " ".join(row.text("owner").split())
        if owner is not None and (name or " " in full):
            profile = Profile(owner, name or full, PersonKind.EMPLOYEE, login="" if " " in full else owner.key)
            statements.append(Statement(owner, (profile,), row.provenance))
        if row.text("customer"):
            own = SourceId(SOURCE, row.text("customer"))
            statements.append(Statement(own, (Customer(own, row.text("customer")),), row.provenance))
        left_out = ("case.nobody_assigned",) if owner is None else ()
        return SourceRow(tuple(statements), left_out, tuple(row.remarks))


def _agent(row: Row, name: str) -> SourceId | None:
    login = row.text(name).casefold()
    return None if is_nobody(login, row.mapping) else SourceId(SOURCE, login)
