"""The house's case CSV: one row per case, ISO times, `;` inside lists.

`title`, `description`, `labels` (they serve as components), `product` and `reporter` are known at `opened_at`; `solver`
and `participants` at `closed_at`. Participants count as commenters at `closed_at`; `comments` is a list of
`TIME PERSON`, each known at its time.
"""

from collections.abc import Iterator
from typing import ClassVar

from graph_service.model import (
    Case,
    CaseRole,
    Comment,
    Fact,
    Outcome,
    Participation,
    Provenance,
    Reading,
    Resolution,
    SourceFile,
    SourceId,
    SourceRow,
    Statement,
)
from importers.house import Cells, house_id, house_time, needed, parts, read_rows, recognises_columns
from importers.tabular import CellFault

REQUIRED = ("case_id", "opened_at", "title")
OPTIONAL = ("closed_at", "description", "labels", "product", "reporter", "solver", "participants", "comments")


class CaseCsv:
    """Columns: case_id, opened_at, title; closed_at, description, labels, product, reporter, solver, participants,
    comments."""

    name: ClassVar[str] = "case-csv"

    def recognises(self, head: bytes) -> float:
        """By the three required columns."""
        return recognises_columns(head, REQUIRED, OPTIONAL)

    def read(self, source: SourceFile) -> Iterator[Reading]:
        """A SourceRow or a fault per case."""
        return read_rows(source, (*REQUIRED, *OPTIONAL), _case_row)


def _case_row(cells: Cells, provenance: Provenance) -> SourceRow:
    case = house_id(needed(cells, "case_id"))
    opened_at = house_time(needed(cells, "opened_at"), "opened_at")
    closed_at = house_time(cells["closed_at"], "closed_at") if cells["closed_at"] else None
    solvers, participants = parts(cells["solver"]), parts(cells["participants"])
    if closed_at is None and (solvers or participants):
        raise CellFault("closed_at", "", "value.solver_without_close")
    if closed_at is not None and closed_at < opened_at:
        raise CellFault("closed_at", cells["closed_at"], "value.closed_before_opened")
    facts: list[Fact] = [
        Case(
            source_id=case,
            title=needed(cells, "title"),
            opened_at=opened_at,
            text=cells["description"],
            product=cells["product"],
            components=parts(cells["labels"]),
        )
    ]
    if cells["reporter"]:
        facts.append(Participation(case, house_id(cells["reporter"]), CaseRole.REPORTER, opened_at))
    if closed_at is not None:
        outcome = Outcome.SOLVED if solvers else Outcome.UNKNOWN
        facts.append(Resolution(case, outcome, outcome.value.lower(), closed_at))
        facts += [Participation(case, house_id(name), CaseRole.RESOLVER, closed_at) for name in solvers]
        facts += [Comment(case, house_id(name), closed_at) for name in participants]
    facts += [_comment(case, said) for said in parts(cells["comments"])]
    return SourceRow((Statement(case, tuple(facts), provenance),))


def _comment(case: SourceId, said: str) -> Comment:
    time, _, name = said.partition(" ")
    if not name.strip():
        raise CellFault("comments", said, "value.not_a_case_comment")
    return Comment(case, house_id(name.strip()), house_time(time, "comments"))
