"""What formats share that have no columns: nothing to map, only settings."""

from typing import ClassVar

from graph_service.model import Mapping, Proposal, SourceFile
from importers.columns import Field


class RecordFormat:
    """A format of records that need no mapping; `settings` are what may be edited."""

    name: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]] = ()
    settings: ClassVar[tuple[tuple[str, str], ...]] = ()

    def propose(self, source: SourceFile) -> Proposal:
        """The format's own settings."""
        return Proposal(Mapping(self.name, part=source.part, settings=self.settings))

    def completed(self, source: SourceFile, mapping: Mapping) -> Mapping:
        """The mapping as it is."""
        return mapping
