"""Who asks, in which role and for what."""

from dataclasses import dataclass

from graph_service.access.roles import ACTS, PURPOSES, READS, Act, FieldClass, Purpose, Reach, Role
from graph_service.errors import AccessRefused


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody who has signed in: `subject` tells them from everybody else (the same for all sign-ins of a person),
    `name` is what people call them, `person` the id of the Person they are (None: nobody in the graph), `expires_at`
    the instant until which the sign-in holds.

    `purposes` narrows what the roles allow (None: not at all); `sees_ids` allows lists of people in evaluations.
    """

    subject: str
    roles: tuple[Role, ...]
    expires_at: int
    name: str = ""
    person: str | None = None
    purposes: tuple[Purpose, ...] | None = None
    sees_ids: bool = False
    key: str | None = None

    def may_act(self, role: Role, purpose: Purpose) -> bool:
        """Whether this role may act for this purpose here."""
        return role in self.roles and purpose in PURPOSES[role] and (self.purposes is None or purpose in self.purposes)


@dataclass(frozen=True, slots=True)
class Asker:
    """An identity that acts in exactly one role for exactly one purpose."""

    identity: Identity
    role: Role
    purpose: Purpose

    def reach(self, shows: FieldClass) -> Reach:
        """How far this asker sees into a field class."""
        return READS[self.role, self.purpose].get(shows, Reach.NONE)

    @property
    def runs_of(self) -> str:
        """Whose import runs this asker sees: their own, or (empty) everybody's."""
        return self.identity.subject if self.reach(FieldClass.RUNS) is Reach.OWN else ""

    def may(self, act: Act) -> bool:
        """Whether this asker may do it."""
        return (self.role, self.purpose) in ACTS[act]

    def refusal(self, act: Act) -> AccessRefused:
        """What an asker is told who may not do it."""
        return AccessRefused("access.not_allowed", role=self.role, purpose=self.purpose, act=act)


def acting(identity: Identity, role: str | None, purpose: str | None) -> Asker:
    """The identity in the named role for the named purpose; without a role the only one that allows the purpose.

    Raises AccessRefused for an unknown or missing purpose, a role the person does not have, or several that fit.
    """
    if not purpose:
        raise AccessRefused("access.no_purpose", purposes=", ".join(Purpose))
    if purpose not in Purpose.__members__:
        raise AccessRefused("access.unknown_purpose", purposes=", ".join(Purpose))
    for_what = Purpose(purpose)
    if role:
        if role not in Role.__members__ or Role(role) not in identity.roles:
            raise AccessRefused("access.not_your_role", roles=", ".join(identity.roles))
        if not identity.may_act(Role(role), for_what):
            raise AccessRefused("access.purpose_of_other_role", role=role, purpose=purpose)
        return Asker(identity, Role(role), for_what)
    fitting = [one for one in identity.roles if identity.may_act(one, for_what)]
    if not fitting:
        raise AccessRefused("access.no_role_for_purpose", purpose=purpose)
    if len(fitting) > 1:
        raise AccessRefused("access.which_role", roles=", ".join(fitting))
    return Asker(identity, fitting[0], for_what)
