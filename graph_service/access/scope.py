"""What a View shows, as parameters of every query."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from graph_service.access.asker import Asker
from graph_service.access.roles import ALL_SOURCES, READS, SOURCES, FieldClass, Purpose, Reach, Role

_EVERY_CLASS = MappingProxyType(dict.fromkeys(FieldClass, Reach.ALL))
EVERYBODY = "*"
NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a View shows. Whoever takes part in `purpose` is there (`*`: everybody), and the `viewer` themselves; nobody
    else. `unit`: only people of this unit (empty: of any). `sources`: whose word about a skill counts. `reach` says
    which field classes exist at all. `without` are cases left out (a question asked again without them).
    """

    purpose: str = EVERYBODY
    viewer: str = ""
    unit: str = ""
    sources: tuple[str, ...] = ALL_SOURCES
    reach: Mapping[FieldClass, Reach] = field(default_factory=lambda: _EVERY_CLASS)
    without: frozenset[str] = frozenset()

    def leaving_out(self, cases: frozenset[str]) -> "Scope":
        """The same without some cases more."""
        return replace(self, without=self.without | cases)

    def seen_by(self, viewer: str) -> "Scope":
        """The same with what is a person's own."""
        return replace(self, viewer=viewer)

    @property
    def whole(self) -> "Scope":
        """The same with no case left out."""
        return replace(self, without=frozenset())


EVERYTHING = Scope()
"""All that is stored: for the service's own upkeep, never for an asker."""


def everybody_for(purpose: Purpose) -> Scope:
    """Everybody who takes part in a purpose, in full: what is derived from the facts is derived from this."""
    return Scope(purpose=purpose)


def scope_of(asker: Asker, unit: str = "") -> Scope:
    """What this asker may see; `unit` is their own one, for a team lead."""
    reach = READS[asker.role, asker.purpose]
    is_own = asker.purpose is Purpose.SELF_SERVICE
    return Scope(
        purpose=NOBODY if is_own else asker.purpose,
        viewer=(asker.identity.person or "") if is_own else "",
        unit=(unit or NOBODY) if asker.role is Role.TEAM_LEAD else "",
        sources=SOURCES.get(asker.role, ALL_SOURCES),
        reach=MappingProxyType(reach),
    )
