"""Who may see what: the Scope goes into every query as parameters."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """What a View shows: everything but the cases in `without` (a question asked again without them).

    Roles and purposes come with sign-in; until then everybody imported takes part and everybody may see everything.
    """

    without: frozenset[str] = frozenset()


EVERYTHING = Scope()
