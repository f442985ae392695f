"""One's own network through GraphQL: ties, the way to somebody, and who of us knows a customer's contact."""

from datetime import datetime
from typing import Annotated

import strawberry

from graph_service.access.roles import FieldClass, Purpose
from graph_service.api.context import Context
from graph_service.api.enums import ContactKind
from graph_service.api.guards import INSIDE, OWN, Guard, asked, told
from graph_service.api.ids import decode, encode
from graph_service.errors import UnknownId
from graph_service.evidence.relations import Relation
from graph_service.model import DAY, Customer, moment
from graph_service.network.connecting_words import relation_sentence, way_sentence
from graph_service.network.ego import acquaintances, customer_contacts, own_network, own_scope, own_way, to_reconnect
from graph_service.network.publication import When
from graph_service.network.solving import own_islands
from graph_service.ranking.explain import first_names
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.listed import listed
from graph_service.surroundings import same
from graph_service.text.messages import Spoken

Info = strawberry.Info[Context, None]
_OWN = Guard(FieldClass.TIES, OWN)


@strawberry.type(description="A tie to somebody.")
class Tie:
    id: strawberry.ID = told("Global id of the other person.")
    name: str = told("What the other is called.")
    unit: str = told("The other's unit, or customer; empty: not known.")
    is_living: bool = told("Whether there is enough contact lately; else it is dormant.")
    since: datetime = told("The day of the first contact.")
    last: datetime = told("The day of the latest contact.")
    contacts: int = told("How many contacts.")
    kinds: list[ContactKind] = told("Kinds of contact, the one that counts most first.")
    occasion: str = told("The latest occasion a list names; empty: none.")
    sentence: str = told("The same in words.")


@strawberry.type(description="One's own network; nobody else sees it.")
class OwnNetwork:
    living: int = told("How many living ties.")
    dormant: int = told("How many dormant ones.")
    ties: list[Tie] = told("The strongest first; at most 200.")
    reconnect: list[Tie] = told(
        "Dormant ties to people who, as oneself, have chosen to take part in analyses of the network; first those in "
        "whose unit one knows nobody any more."
    )
    islands: list[str] = told(
        "Subjects of the last whole year which an analysis says one or two people solve, oneself among them."
    )


@strawberry.type(description="How one reaches somebody.")
class Path:
    is_known: bool = told("Whether there is a tie or a way at all.")
    through: list[str] = told("The people between, the nearest first; none: directly. Only who takes part.")
    first: Tie | None = told("One's own tie to the first on the way.")
    sentence: str = told("The same in words.")


@strawberry.type(description="Somebody of us who has spoken with a customer's contact.")
class Acquaintance:
    contact: str = told("What the contact is called.")
    customer: str = told("The customer, by the house's key.")
    tie: Tie = told("Who of us, and since when.")


def _tie(relation: Relation, names: dict[str, nq.PersonName], language: Spoken) -> Tie:
    row = names[relation.other]
    return Tie(
        id=strawberry.ID(encode("Person", relation.other)),
        name=row.name,
        unit=row.unit,
        is_living=relation.is_living,
        since=moment(relation.since * DAY),
        last=moment(relation.last * DAY),
        contacts=relation.contacts,
        kinds=[ContactKind(kind) for kind in relation.kinds],
        occasion=relation.occasion,
        sentence=relation_sentence(relation, language),
    )


def _names(view: View, people: list[str]) -> dict[str, nq.PersonName]:
    """The people's names; those at customers as the house's list calls them, with the customer as their unit."""
    names = first_names(view.ask(nq.NAMES, people=sorted(set(people)))) if people else {}
    outside = [one for one in customer_contacts(view) if one.person in names] if names else []
    firms = {same(one.name): one.name for one in listed(view, (Customer,)).of(Customer)} if outside else {}
    for contact in outside:
        firm = firms.get(same(contact.customer), contact.customer)
        names[contact.person] = names[contact.person]._replace(name=contact.name, unit=firm)
    return names


async def _network(info: Info) -> OwnNetwork:
    context = info.context

    def work() -> OwnNetwork:
        me = context.me
        with context.store.view(own_scope(me), as_of=context.service.now()) as view:
            found = own_network(view, me)
            names = _names(view, [one.other for one in found])
        known = [one for one in found if one.other in names]
        told = [_tie(one, names, context.language) for one in known]
        opted_in = {row.person for row in context.store.state(nq.OPTED_IN, purpose=Purpose.NETWORK_ANALYSIS.value)}
        again = to_reconnect(known, {one: names[one].unit for one in names}, opted_in, me)
        context.note("network:own", [me])
        living = sum(one.is_living for one in told)
        agreement = context.service.settings.knowledge_islands
        return OwnNetwork(
            living=living,
            dormant=len(told) - living,
            ties=told,
            reconnect=[_tie(one, names, context.language) for one in again],
            islands=own_islands(context.store, When(context.service.now(), context.service.wall()), me)
            if agreement
            else [],
        )

    return await context.in_thread(work)


async def _path(
    info: Info, to: Annotated[strawberry.ID, strawberry.argument(description="Global id of the Person.")]
) -> Path:
    context = info.context
    other = decode(str(to), "Person")[1]

    def work() -> Path:
        me = context.me
        with context.store.view(own_scope(me), as_of=context.service.now()) as view:
            if not view.ask(nq.NAMES, people=[other]):
                raise UnknownId("node.unknown")
            found = own_way(view, me, other)
            people = [] if found.way is None else [*found.way.through, other]
            names = _names(view, people)
        context.note("network:path", [other])
        first = None if found.first is None else _tie(found.first, names, context.language)
        through = [] if found.way is None else [names[one].name for one in found.way.through]
        said = way_sentence(found, through, context.language)
        return Path(is_known=found.way is not None, through=through, first=first, sentence=said)

    return await context.in_thread(work)


async def _who_knows(
    info: Info,
    contact: Annotated[str, strawberry.argument(description="Name, or part of it, of a customer's contact.")],
) -> list[Acquaintance]:
    context = info.context

    def work() -> list[Acquaintance]:
        with context.store.view(own_scope(context.me), as_of=context.service.now()) as view:
            found = acquaintances(view, contact[:200])
            names = _names(view, [one.relation.other for one in found])
        shown = [one for one in found if one.relation.other in names]
        context.note("network:who_knows", [one.relation.other for one in shown])
        return [
            Acquaintance(contact=one.contact, customer=one.customer, tie=_tie(one.relation, names, context.language))
            for one in shown
        ]

    return await context.in_thread(work)


OWN_NETWORK = asked(_network, "One's own ties, living and dormant; told to nobody else.", _OWN)
PATH = asked(_path, "How does one reach somebody, through people who take part?", _OWN)
WHO_KNOWS = asked(_who_knows, "Who of us has spoken with a customer's contact?", Guard(FieldClass.EVIDENCE, INSIDE))
