"""What stands around the names of an answer, as GraphQL types."""

from datetime import datetime

import strawberry

from graph_service.api.enums import DoorKind, PromiseKind
from graph_service.api.guards import told


@strawberry.type(description="Something that was recognised in the text, or given in the call.")
class Recognised:
    name: str = told("What it is.")
    words: str = told("The words it came from; empty when the call gave it.")


@strawberry.type(description="A name that may mean several: to be chosen, never picked silently.")
class Choices:
    field: str = told("The field of `given` to choose with.")
    options: list[str] = told("What it may mean.")


@strawberry.type(description="Somebody of the house who may be meant.")
class PersonOption:
    id: strawberry.ID = told("Global id of the Person.")
    name: str = told("What they are called.")
    unit: str = told("Where they belong; empty: not told.")


@strawberry.type(
    description="People whom the question names and who are no contact: nobody, one, or several to choose."
)
class PeopleNamed:
    words: str = told("The name as it was written.")
    options: list[PersonOption] = told("Who may be meant; empty: nobody by that name.")


@strawberry.type(description="How bad it is; never read from shouting.")
class ImpactSaid:
    kind: str = told("PRODUCTION_DOWN or DEGRADED.")
    name: str = told("In words.")
    words: str = told("The words it came from.")
    confirmed_by: str = told("Who confirmed it by name; empty: it is only claimed.")


@strawberry.type(description="A moment that the text tells, in the asker's zone.")
class ClockSaid:
    at: datetime = told("The moment.")
    from_at: datetime | None = told("The earlier end of a range.")
    text: str = told("The moment in words.")
    words: str = told("The words it came from.")
    assumed: str = told("What was assumed, to be corrected in the call; empty: nothing.")
    what: str = told("What happens then; empty for a deadline.")


@strawberry.type(description="What the call says and cannot be; the rest of the answer holds.")
class GivenFault:
    field: str = told("The field of `given`.")
    code: str = told("Stable code.")
    message: str = told("The reason and its remedy.")


@strawberry.type(description="What the words say by the house's lists; each can be corrected with `given`.")
class Strip:
    customer: Recognised | None = told("The customer.")
    contact: Recognised | None = told("The customer's contact.")
    system: Recognised | None = told("The system.")
    classes: list[Recognised] = told("Kinds of problems.")
    denied: list[Recognised] = told("Kinds that it is said not to be.")
    impact: ImpactSaid | None = told("How bad it is.")
    deadline: ClockSaid | None = told("By when something is needed.")
    consequence: ClockSaid | None = told("What happens when.")
    mode: str = told("FIX_NOW, WORKAROUND, DIAGNOSE or DECIDE.")
    mode_words: str = told("The words it came from; empty: assumed, or given.")
    priority: str = told("P1 to P5; empty: not said.")
    tried: list[str] = told("Steps that were tried.")
    hypotheses: list[str] = told("What is supposed.")
    contradicted: list[str] = told("What the text takes for granted and the lists deny.")
    importance: list[str] = told("Whom the customer delivers to, and what somebody noted of its loss, with a reason.")
    missing: list[str] = told("What one would be asked for.")
    choices: list[Choices] = told("Names that may mean several.")
    people: list[PeopleNamed] = told("People named by title, or as a contact that no list knows.")
    faults: list[GivenFault] = told("What the call says and cannot be.")


@strawberry.type(description="A way to somebody, in the order they are tried.")
class Door:
    kind: DoorKind = told("In which way.")
    sentence: str = told("In words.")
    words: str = told("The same without the number, for where that stands beside it.")
    number: str = told("The number to ring now; empty: none is rung.")
    from_at: datetime | None = told("From when it is open; null: now, or not told.")
    until_at: datetime | None = told("Until when.")


@strawberry.type(
    description="Whether a red flag may be overridden: by agreed impact, confirmed by name, mandate, reason."
)
class Override:
    sentence: str = told("In words.")
    is_allowed: bool = told("Whether all that it needs is there.")
    lacks: list[str] = told("What is missing: RULE, IMPACT, CONFIRMATION, MANDATE, REASON.")


@strawberry.type(description="What the asker may order in a unit, or who can grant it.")
class Ordering:
    unit: str = told("The unit.")
    sentence: str = told("In words.")
    left_hours: float | None = told("Hours that are left; null: no mandate.")
    is_covered: bool = told("Whether it covers this question.")
    grants: str = told("Who can grant one now; empty: nobody is on file.")


@strawberry.type(description="The partner firm that looks after the customer.")
class Partner:
    firm: str = told("The firm; empty: none is known.")
    sentence: str = told("In words.")
    lead: str = told("What is read first of it.")
    rest: list[str] = told("What belongs to that.")
    ask: str = told("Whom to ask about it.")


@strawberry.type(description="A known way around this kind of problem.")
class Workaround:
    text: str = told("What to do.")
    limits: str = told("Its limits; empty: not told.")
    until: datetime | None = told("Until when it holds; null: open.")
    authors: list[str] = told("Who wrote it.")
    sentence: str = told("In words.")


@strawberry.type(description="What to do at once when this kind of problem strikes.")
class Plan:
    title: str = told("Its title.")
    steps: list[str] = told("The steps in their order.")
    message: str = told("The first message to the customer; empty: not told.")
    times: str = told("Until when what is done; empty: not told.")
    version: str = told("Its version.")


@strawberry.type(description="A promise that may be made and that nobody has made yet.")
class EmptyPromise:
    kind: PromiseKind = told("What is promised.")
    due_from: datetime | None = told("From when, for a range.")
    due_at: datetime = told("By when.")
    sentence: str = told("In words.")


@strawberry.type(description="What similar cases came from.")
class Pattern:
    cause: str = told("The cause.")
    found: str = told("How it was found.")
    cases: list[str] = told("Keys of the cases.")
    sentence: str = told("In words.")


@strawberry.type(description="A case of another customer that shares a problem.")
class Related:
    problem: str = told("The problem.")
    case: str = told("Key of the case.")
    customer: str = told("The other customer.")


@strawberry.type(description="Somebody who has solved cases of several of the domains asked about.")
class Bridge:
    name: str = told("Who.")
    classes: list[str] = told("The kinds they connect.")
    sentence: str = told("In words.")


@strawberry.type(description="Somebody who may know who knows.")
class MayKnow:
    name: str = told("Who.")
    why: str = told("Why they may know.")


@strawberry.type(description="How the contact is spoken with, from their own words; holds once somebody confirms it.")
class AddressProposed:
    address: str = told("SIE or DU; empty: their words tell neither.")
    signature: str = told("How they sign; empty: they do not.")
    quote: str = told("The words it was read from.")
    sentence: str = told("In words.")


@strawberry.type(description="What stands around the names.")
class Around:
    mandates: list[Ordering] = told("What the asker may order, else who can grant it.")
    deciders: list[str] = told("Who may decide; told where a decision is asked for.")
    partner: Partner | None = told("The partner firm; null: no customer is known, or nothing is told of it.")
    briefing: list[str] = told("What to know before the first word to the contact.")
    address: AddressProposed | None = told("The contact's form of address as proposed; null: it is noted, or unknown.")
    workarounds: list[Workaround] = told("Known ways around, with their limits.")
    plans: list[Plan] = told("Emergency plans of the kinds asked about.")
    promises: list[EmptyPromise] = told("Promises that may be made.")
    patterns: list[Pattern] = told("What similar cases came from.")
    recurrences: list[str] = told("How often this kind of problem came, and who solved it last.")
    related: list[Related] = told("Cases of other customers under one problem.")
    vendors: list[str] = told("Who outside may hold the fix.")
    bridges: list[Bridge] = told("Who connects the parts of the problem.")
    may_know: list[MayKnow] = told("Who may know who knows.")
    dormant: str | None = told("The asker's dormant tie that may help; only where nobody is proven.")
    on_site: str | None = told("Two who would go together where it cannot be done from afar.")
    remote: str | None = told("Whether it is doubtful from afar, and why.")
    not_shown: list[str] = told("How many have no clearance or are absent; nobody else is counted.")
    handover_note: str = told("Facts, what was tried, the question and the deadline, to be copied.")
