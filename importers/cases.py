"""Cases, one row each, `;` inside lists.

`title`, `description`, `labels` (they serve as components), `product` and `reporter` are known at `opened_at`; `solver`
and `participants` at `closed_at`. Participants count as commenters at `closed_at`; `comments` is a list of
`TIME PERSON`, each known at its time.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import ClassVar

from graph_service.model import (
    Case,
    CaseRole,
    Comment,
    Fact,
    Outcome,
    Participation,
    Profile,
    Resolution,
    SourceId,
    SourceRow,
    Statement,
    instant,
)
from importers.columns import Field, Kind
from importers.house import house_id, parts, person_of, turned
from importers.nobody import is_nobody
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
        people = {name: _accounts(row, name) for name in ("solver", "participants", "reporter")}
        solvers, participants = people["solver"], people["participants"]
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
        facts += [Participation(case, who, CaseRole.REPORTER, opened_at) for who in people["reporter"]]
        if closed_at is not None:
            facts += _ending(case, closed_at, solvers, participants)
        comments = [_comment(case, said, row) for said in parts(row.text("comments"))]
        facts += [comment for comment in comments if comment is not None]
        own = Statement(case, tuple(facts), row.provenance)
        return SourceRow((own, *_names(row, facts)), tuple(row.left_out))


def _ending(case: SourceId, at: int, solvers: Sequence[SourceId], participants: Sequence[SourceId]) -> Iterator[Fact]:
    outcome = Outcome.SOLVED if solvers else Outcome.UNKNOWN
    yield Resolution(case, outcome, outcome.value.lower(), at)
    for who in solvers:
        yield Participation(case, who, CaseRole.RESOLVER, at)
    for who in participants:
        yield Comment(case, who, at)


def _comment(case: SourceId, said: str, row: Row) -> Comment | None:
    written, _, name = said.partition(" ")
    if not name.strip():
        raise CellFault(row.header("comments"), said, "value.not_a_case_comment")
    who = _account(name, row)
    return None if who is None else Comment(case, who, _iso(written, row.header("comments")))


def _names(row: Row, facts: Sequence[Fact]) -> Iterator[Statement]:
    """What the list calls those whom it knows by nothing but a name."""
    known = {fact.account for fact in facts if isinstance(fact, Participation | Comment)}
    said = [one for name in ("reporter", "solver", "participants") for one in parts(row.text(name))]
    said += [one.partition(" ")[2] for one in parts(row.text("comments"))]
    for name in dict.fromkeys(turned(" ".join(one.split())) for one in said if _is_name(one)):
        if (who := person_of(name)) in known:
            subject = SourceId("cases names", who.key)
            yield Statement(subject, (Profile(who, name, listed=False),), row.provenance)


def _accounts(row: Row, name: str) -> list[SourceId]:
    found = (_account(one, row) for one in parts(row.text(name)))
    return list(dict.fromkeys(who for who in found if who is not None))


def _account(name: str, row: Row) -> SourceId | None:
    """Whom a word means: a key of the house, or somebody known by a name alone; None for nobody."""
    if is_nobody(name, row.mapping):
        row.left_out.append("account.nobody")
        return None
    return person_of(name) if _is_name(name) else house_id(name.strip())


def _is_name(said: str) -> bool:
    """Whether it is words rather than a key: `Ute Ott`, not `MA 17`."""
    return " " in said.strip() and not any(letter.isdecimal() for letter in said)


def _iso(value: str, column: str) -> int:
    """An ISO 8601 moment or day; a moment without zone counts as UTC, a day as its first moment. Raises CellFault."""
    try:
        if len(value) == 10:
            return instant(datetime.combine(date.fromisoformat(value), time(), UTC))
        moment = datetime.fromisoformat(value)
        return instant(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except ValueError:
        raise CellFault(column, value, "value.not_a_time") from None
