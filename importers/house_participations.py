"""Who took part in which case, as the house writes it down beside its systems: one person and role in each row."""

from typing import ClassVar

from graph_service.model import CaseRole, Comment, Participation, Skipped, SourceId, SourceRow, Statement
from importers.claims import PersonRows, name_statement
from importers.columns import Field, Kind
from importers.house import SOURCE, WHO, account_of, full_name
from importers.nobody import is_nobody
from importers.row_format import Row
from importers.tabular import CellFault

_ROLES = {
    "melder": CaseRole.REPORTER, "gemeldet": CaseRole.REPORTER, "reporter": CaseRole.REPORTER,
    "ersteller": CaseRole.CREATOR, "erfasst": CaseRole.CREATOR, "creator": CaseRole.CREATOR,
    "bearbeiter": CaseRole.ASSIGNEE, "zuständig": CaseRole.ASSIGNEE, "assignee": CaseRole.ASSIGNEE,
    "löser": CaseRole.RESOLVER, "gelöst": CaseRole.RESOLVER, "resolver": CaseRole.RESOLVER, "solver": CaseRole.RESOLVER,
}  # fmt: skip
_HELPED = frozenset({"beteiligt", "beteiligte", "beteiligter", "mitwirkung", "helfer", "participant", "helper"})


class Participations(PersonRows):
    """Role: Melder, Ersteller, Bearbeiter, Löser, or Beteiligt; `system` names where the case is kept (`jira`), without
    it the house's own list."""

    name: ClassVar[str] = "participations"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("case", ("Fall", "Fallnummer", "Vorgang", "Vorgangsnummer", "case", "case id"), needed=True),
        Field("role", ("Rolle", "Beteiligung", "role"), needed=True),
        *WHO,
        Field("at", ("am", "seit", "ab", "Datum", "wann", "at", "since", "date"), Kind.DAY, needed=True),
        Field("system", ("System", "Quelle", "source")),
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The part as a statement of its own: it comes beside what the case's own system says."""
        if any(
            said and is_nobody(said, row.mapping) for said in (full_name(row), row.text("login"), row.text("person"))
        ):
            return Skipped("account.nobody")
        case = SourceId(row.text("system").casefold() or SOURCE, row.needed("case"))
        account, at, said = account_of(row, self.name), row.needed_at("at"), row.needed("role").casefold()
        if said not in _ROLES and said not in _HELPED:
            raise CellFault(row.header("role"), row.text("role"), "value.not_a_role")
        role = _ROLES.get(said)
        fact = Comment(case, account, at) if role is None else Participation(case, account, role, at)
        part = role or f"HELPED {at}"  # somebody may help more than once
        own = SourceId(SOURCE, f"{case.source} {case.key} {account.source} {account.key} {part}")
        names = name_statement(row, account, self.name)
        return SourceRow((Statement(own, (fact,), row.provenance), *names), (), tuple(row.remarks))
