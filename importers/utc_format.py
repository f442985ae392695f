"""Tables of systems that write times in UTC without saying so."""

from importers.row_format import TableFormat
from importers.tables import Look


class UtcFormat(TableFormat):
    """A table format whose times of day are UTC unless the mapping says otherwise."""

    def own_settings(self, look: Look) -> tuple[tuple[str, str], ...]:
        """The zone alone."""
        return (("zone", "UTC"),)
