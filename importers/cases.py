"""Cases, one row each, `;` inside lists.

`title`, `description`, `labels` (they serve as components), `product` and `reporter` are known at `opened_at`; `solver`
and `participants` at `closed_at`. Participants count as commenters at `closed_at`; `comments` is a list of
`TIME PERSON`, each known at its time.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import ClassVar

from graph_service.model import (
    Case,
    CaseRole,
    Comment,
    Fact,
    Outcome,
    Participation,
    Resolution,
    SourceId,
    SourceRow,
    Statement,
    instant,
)
from importers.columns import Field, Kind
from importers.house import house_id, parts
from importers.row_format import Row, TableFormat
from importers.tables import Look
from importers.tabular import CellFault


class Cases(TableFormat):
    """The house's own case list; a moment without zone counts as UTC."""

    name: ClassVar[str] = "cases"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("case_id", ("case_id", "Fall", "Fallnummer", "Vorgang", "Vorgangsnummer", "case"), needed=True),
        Field("opened_at", ("opened_at", "eröffnet", "eröffnet am", "Eröffnung", "opened"), Kind.DAY, needed=True),
        Field("title", ("title", "Titel", "Betreff", "Kurztext"), needed=True),
        Field("closed_at", ("closed_at", "geschlossen", "geschlossen am", "gelöst am", "closed"), Kind.DAY),
        Field("description", ("description", "Beschreibung", "Langtext", "text")),
        Field("labels", ("labels", "Schlagworte", "Komponenten", "Stichworte")),
        Field("product", ("product", "Produkt", "System")),
        Field("reporter", ("reporter", "Melder", "gemeldet von")),
        Field("solver", ("solver", "Löser", "gelöst von")),
        Field(
            "participants",
            (
                "participants",
                "Beteiligte",
            ),
        ),
        Field(
            "comments",
            (
                "comments",
                "Kommentare",
            ),
        ),
    )
    settings: ClassVar[tuple[tuple[str, str], ...]] = (("zone", "UTC"),)

    def own_settings(self, look: Look) -> tuple[tuple[str, str], ...]:
        """The zone alone."""
        return self.settings

    def row(self, row: Row) -> SourceRow:
        """The case with its end and its people."""
        case = house_id(row.needed("case_id"))
        opened_at, closed_at = row.needed_at("opened_at"), row.at("closed_at")
        solvers, participants = parts(row.text("solver")), parts(row.text("participants"))
        if closed_at is None and (solvers or participants):
            raise CellFault(row.header("closed_at"), "", "value.solver_without_close")
        if closed_at is not None and closed_at < opened_at:
            raise CellFault(row.header("closed_at"), row.text("closed_at"), "value.closed_before_opened")
        facts: list[Fact] = [
            Case(
                source_id=case,
                title=row.needed("title"),
                opened_at=opened_at,
                text=row.text("description"),
                product=row.text("product"),
                components=parts(row.text("labels")),
            )
        ]
        if row.text("reporter"):
            facts.append(Participation(case, house_id(row.text("reporter")), CaseRole.REPORTER, opened_at))
        if closed_at is not None:
            facts += _ending(case, closed_at, solvers, participants)
        facts += [_comment(case, said, row.header("comments")) for said in parts(row.text("comments"))]
        return SourceRow((Statement(case, tuple(facts), row.provenance),))


def _ending(case: SourceId, at: int, solvers: tuple[str, ...], participants: tuple[str, ...]) -> Iterator[Fact]:
    outcome = Outcome.SOLVED if solvers else Outcome.UNKNOWN
    yield Resolution(case, outcome, outcome.value.lower(), at)
    for name in solvers:
        yield Participation(case, house_id(name), CaseRole.RESOLVER, at)
    for name in participants:
        yield Comment(case, house_id(name), at)


def _comment(case: SourceId, said: str, column: str) -> Comment:
    written, _, name = said.partition(" ")
    if not name.strip():
        raise CellFault(column, said, "value.not_a_case_comment")
    return Comment(case, house_id(name.strip()), _iso(written, column))


def _iso(value: str, column: str) -> int:
    """An ISO 8601 moment or day; a moment without zone counts as UTC, a day as its first moment. Raises CellFault."""
    try:
        if len(value) == 10:
            return instant(datetime.combine(date.fromisoformat(value), time(), UTC))
        moment = datetime.fromisoformat(value)
        return instant(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except ValueError:
        raise CellFault(column, value, "value.not_a_time") from None
