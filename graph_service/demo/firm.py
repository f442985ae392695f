"""The generated company: its time and its people."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

FIRST_DAY = datetime(2018, 5, 1, 6, tzinfo=UTC)
LAST_DAY = datetime(2026, 5, 11, 17, tzinfo=UTC)
BREAK = datetime(2020, 3, 16, tzinfo=UTC)
"""From here on people of other sites are drawn into a case far less often."""


@dataclass
class Colleague:
    """Somebody with a site and a time with the firm; `skill` 0..1 for each class they can solve, and from when until
    when that is their work."""

    login: str
    name: str
    site: str
    since: datetime
    until: datetime
    skill: dict[str, float] = field(default_factory=dict)
    terms: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)

    def can(self, noun: str, moment: datetime) -> bool:
        """Whether they can solve a class and it is their work at a moment."""
        since, until = self.terms.get(noun, (self.since, self.until))
        return noun in self.skill and since <= moment < until and self.is_there(moment)

    def is_there(self, moment: datetime) -> bool:
        """Whether they are with the firm."""
        return self.since <= moment < self.until
