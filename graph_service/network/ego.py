"""Somebody's own network: told to nobody else."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import orjson

from graph_service.access import Purpose, Scope
from graph_service.evidence.relations import Relation, relations_of
from graph_service.evidence.ways import Way, way_to
from graph_service.store import named_queries as nq
from graph_service.store.base import View

MOST_SHOWN = 200
SHORTEST = 3
"""Letters of a word from which on somebody is looked for by it."""


def own_scope(me: str) -> Scope:
    """Those who take part in helping with cases, and oneself: whom one may know about as one's own contacts."""
    return Scope(purpose=Purpose.CASE_HELP, viewer=me)


def own_network(view: View, me: str) -> list[Relation]:
    """One's ties, the strongest first, dormant ones last."""
    found = relations_of(view, [me]).get(me, {}).values()
    return sorted(found, key=lambda one: (-one.strength, -one.last, one.other))[:MOST_SHOWN]


def to_reconnect(ties: Sequence[Relation], units: Mapping[str, str], opted_in: Set[str], me: str) -> list[Relation]:
    """One's dormant ties to people who, as oneself, have chosen to take part in analyses of the network: those first in
    whose unit one knows nobody any more, then those with most contacts."""
    if me not in opted_in:
        return []
    near = {units.get(tie.other, "") for tie in ties if tie.is_living}
    asleep = [tie for tie in ties if not tie.is_living and tie.other in opted_in]
    return sorted(asleep, key=lambda tie: (units.get(tie.other, "") in near, -tie.contacts, tie.other))


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Somebody of us who has spoken with a customer's contact."""

    contact: str
    customer: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at a customer."""

    person: str
    name: str
    customer: str


def customer_contacts(view: View) -> list[Contact]:
    """The people at customers; not those who belong to the house as well, whose ties are their own."""
    house = {row.person for row in view.ask(nq.MEMBERSHIPS)}
    rows = [row for row in view.ask(nq.CUSTOMER_CONTACTS) if row.person and row.person not in house]
    return [Contact(row.person, row.name, _customer(row.body)) for row in rows]


def acquaintances(view: View, name: str) -> list[Acquaintance]:
    """Who of us knows the people at customers whose name, or whose customer's, has all these words, the nearest
    first."""
    words = [word for word in name.casefold().split() if len(word) >= SHORTEST]
    named = [(row, f"{row.name} {row.customer}".casefold()) for row in customer_contacts(view)]
    rows = [row for row, told in named if all(word in told for word in words)]
    known = relations_of(view, sorted({row.person for row in rows})) if rows and words else {}
    found = [
        Acquaintance(row.name, row.customer, relation)
        for row in rows
        for relation in known.get(row.person, {}).values()
    ]
    return sorted(found, key=lambda one: (one.contact, -one.relation.strength, one.relation.other))[:MOST_SHOWN]


def _customer(body: str) -> str:
    told = orjson.loads(body).get("customer")
    return str(told["key"]) if isinstance(told, dict) else ""


@dataclass(frozen=True, slots=True)
class OwnWay:
    """The way from oneself to somebody, with the tie to the first on it (None: nobody)."""

    way: Way | None
    first: Relation | None


def own_way(view: View, me: str, to: str) -> OwnWay:
    """How one reaches somebody, through people who take part."""
    way = way_to(view, me, to)
    if way is None:
        return OwnWay(None, None)
    return OwnWay(way, relations_of(view, [me])[me][(*way.through, to)[0]])
