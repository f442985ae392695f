"""The house's skill CSV: somebody's word that a person has a skill; a hint, never evidence."""

from collections.abc import Iterator
from typing import ClassVar

from graph_service.model import ClaimedBy, Provenance, Reading, SkillClaim, SourceFile, SourceId, SourceRow, Statement
from importers.house import SOURCE, Cells, house_id, house_time, needed, read_rows, recognises_columns
from importers.tabular import CellFault

REQUIRED = ("person", "skill", "level")
OPTIONAL = ("claimed_by", "assessed_on", "valid_until")
LOWEST, HIGHEST = 1, 5


class SkillCsv:
    """Columns: person, skill, level (1-5); claimed_by (SELF, PEER, MANAGER, CERTIFICATE), assessed_on, valid_until."""

    name: ClassVar[str] = "skill-csv"

    def recognises(self, head: bytes) -> float:
        """By the three required columns."""
        return recognises_columns(head, REQUIRED, OPTIONAL)

    def read(self, source: SourceFile) -> Iterator[Reading]:
        """A SourceRow or a fault per claim."""
        return read_rows(source, (*REQUIRED, *OPTIONAL), _claim_row)


def _claim_row(cells: Cells, provenance: Provenance) -> SourceRow:
    person, skill = needed(cells, "person"), needed(cells, "skill")
    claimed_by = cells["claimed_by"].upper() or ClaimedBy.SELF
    if claimed_by not in ClaimedBy.__members__:
        raise CellFault("claimed_by", cells["claimed_by"], "value.not_a_claim_source")
    assessed_at = house_time(cells["assessed_on"], "assessed_on") if cells["assessed_on"] else None
    claim = SkillClaim(
        account=house_id(person),
        skill=skill,
        level=_level(cells["level"]),
        original=cells["level"],
        claimed_by=ClaimedBy(claimed_by),
        assessed_at=assessed_at,
        valid_until=house_time(cells["valid_until"], "valid_until") if cells["valid_until"] else None,
    )
    subject = SourceId(SOURCE, repr((person, skill, str(claimed_by))))
    return SourceRow((Statement(subject, (claim,), provenance, assessed_at),))


def _level(value: str) -> float:
    """The level 1-5 (decimal comma or point) as 0.2..1."""
    try:
        level = float(value.replace(",", "."))
    except ValueError:
        raise CellFault("level", value, "value.not_a_level") from None
    if not LOWEST <= level <= HIGHEST:
        raise CellFault("level", value, "value.not_a_level")
    return level / HIGHEST
