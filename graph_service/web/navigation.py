"""Which pages there are, and who may open them for what."""

from dataclasses import dataclass

from graph_service.access import Identity, Purpose, Role
from graph_service.access.roles import HELPERS

ROLES: dict[Purpose, tuple[Role, ...]] = {
    Purpose.CASE_HELP: HELPERS,
    Purpose.SKILL_UPKEEP: (Role.HR, Role.DATA_STEWARD),
    Purpose.NETWORK_ANALYSIS: (Role.ANALYST,),
    Purpose.OPERATION: (Role.ADMIN,),
    Purpose.SELF_SERVICE: (Role.EXPERT,),
}
"""Purpose -> the roles that have pages for it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the navigation: where it leads, what it is called, and for what."""

    path: str
    code: str
    purpose: Purpose

    def is_open_to(self, identity: Identity) -> bool:
        """Whether somebody may open it."""
        return bool(roles_for(identity, self.purpose))


NAVIGATION = (
    Entry("/fragen", "pages.nav.ask", Purpose.CASE_HELP),
    Entry("/einspielen", "pages.nav.import", Purpose.SKILL_UPKEEP),
    Entry("/netz", "pages.nav.network", Purpose.NETWORK_ANALYSIS),
    Entry("/betrieb", "pages.nav.health", Purpose.OPERATION),
    Entry("/mein-netz", "pages.nav.own_network", Purpose.SELF_SERVICE),
    Entry("/mein-profil", "pages.nav.own", Purpose.SELF_SERVICE),
)


def roles_for(identity: Identity, purpose: Purpose) -> list[Role]:
    """The roles of somebody in which pages may be opened for a purpose."""
    return [role for role in identity.roles if role in ROLES.get(purpose, ()) and identity.may_act(role, purpose)]
