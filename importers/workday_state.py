"""What Workday's tables share: states with validity, of which the newest holds; deleted ones are left out."""

from graph_service.model import Fact, SourceId, SourceRow, Statement
from importers.columns import Field, Kind
from importers.row_format import Row

SOURCE = "workday"
STATE = (
    Field("deleted", ("_fivetran_deleted",)),
    Field("since", ("_fivetran_start", "_fivetran_synced"), Kind.DAY),
)


def is_deleted(row: Row) -> bool:
    """Whether the state says that it is gone."""
    return row.text("deleted").casefold() == "true"


def state_of(row: Row, subject: SourceId, fact: Fact) -> SourceRow:
    """The row's only fact, as said since the state began."""
    return SourceRow((Statement(subject, (fact,), row.provenance, row.at("since")),))
