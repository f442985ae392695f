"""What tests of formats share: a file as its format reads it, counted."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from graph_service.intake.files import PackedFile
from graph_service.intake.mappings import mapping_text, parsed_mappings
from graph_service.intake.planning import Plan, plan_of
from graph_service.model import Fact, Mapping, RowFault, Skipped, SourceRow

F = TypeVar("F")


@dataclass
class Told:
    """All that a file tells: its plan, rows, faults, and how often what was left out or remarked."""

    plan: Plan
    rows: list[SourceRow] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)

    def facts(self, kind: type[F]) -> list[F]:
        """The facts of a kind."""
        return [fact for row in self.rows for one in row.statements for fact in one.facts if isinstance(fact, kind)]

    @property
    def all_facts(self) -> list[Fact]:
        """Every fact in order."""
        return [fact for row in self.rows for one in row.statements for fact in one.facts]

    @property
    def formats(self) -> list[str]:
        """The formats of its parts."""
        return [part.importer.name for part in self.plan.parts]

    @property
    def remarks(self) -> Counter[str]:
        """What looks wrong in rows that were taken."""
        return Counter(remark.reason for row in self.rows for remark in row.remarks)

    @property
    def left_out(self) -> Counter[str]:
        """Parts of rows that were left out."""
        return Counter(reason for row in self.rows for reason in row.left_out)


def told(path: Path, *, settings: dict[str, str] | None = None, mappings: tuple[Mapping, ...] = ()) -> Told:
    """Reads a file by recognition, or as mappings say; the mapping goes through its TOML as a preview's does."""
    plan = plan_of(PackedFile(path), mappings=mappings)
    if settings:
        texts = mapping_text(plan.mappings)
        for name, value in settings.items():
            texts = texts.replace(f'"{name}" = "?"', f'"{name}" = "{value}"')
        plan = plan_of(PackedFile(path), mappings=parsed_mappings(texts, "m"))
    found = Told(plan)
    for part in plan.parts:
        for reading in part.importer.read(part.file, part.mapping):
            if isinstance(reading, SourceRow):
                found.rows.append(reading)
            elif isinstance(reading, Skipped):
                found.skipped[reading.reason] += 1
            else:
                found.faults.append(reading)
    return found


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A file with this text, line ends as they are."""
    path.write_bytes(text.encode(encoding))
    return path
