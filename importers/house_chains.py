"""Hierarchies in a list: a thing must not be above itself."""

from graph_service.model import OrgUnit


class Chains:
    """Which unit is part of which, as far as a file was read."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def closes(self, unit: OrgUnit) -> bool:
        """Whether a unit would be above itself."""
        own, above = unit.source_id.key, unit.part_of.key if unit.part_of else ""
        self._above[own] = above
        seen = own
        for _ in range(len(self._above)):
            if not above:
                return False
            if above == seen:
                del self._above[own]
                return True
            above = self._above.get(above, "")
        return False
