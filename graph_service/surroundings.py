"""The house and those around it as one View shows them: customers and their people, partners, systems, rules.

Read once for each answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from graph_service.model import (
    CaseNote,
    Customer,
    CustomerContact,
    EmergencyPlan,
    Mandate,
    OrgUnit,
    PartnerFirm,
    ProblemClass,
    Responsibility,
    SourceId,
    System,
    TeamRule,
    Vendor,
    holds,
)
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.listed import Listed, listed, listed_of
from graph_service.store.named_queries import CaseHead
from graph_service.text.terms import composed

NOUNS = (
    Customer, CustomerContact, EmergencyPlan, Mandate, OrgUnit, PartnerFirm, ProblemClass, Responsibility, System,
    TeamRule, Vendor,
)  # fmt: skip

HOUSE = "house"


@lru_cache(maxsize=20_000)
def same(name: str) -> str:
    """What two spellings of a name have in common: letters and digits, small, umlauts written out."""
    folded = composed(name).casefold()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        folded = folded.replace(umlaut, letters)
    return "".join(letter for letter in folded if letter.isalnum())


@dataclass(frozen=True)
class Surroundings:
    """Everything the lists tell that holds at `at`; of one name told twice the fuller one."""

    at: int
    told: Listed = field(default_factory=lambda: Listed(()))

    @cached_property
    def customers(self) -> Sequence[Customer]:
        """Customers, each once."""
        fuller = sorted(self.told.of(Customer), key=lambda one: (one.owner is None, not one.tier, one.source_id))
        return list({same(one.name): one for one in reversed(fuller)}.values())[::-1]

    @cached_property
    def contacts(self) -> Sequence[CustomerContact]:
        """People at customers who are there now."""
        return [one for one in self.told.of(CustomerContact) if holds(one, self.at)]

    @cached_property
    def systems(self) -> Sequence[System]:
        """Systems and products."""
        return self.told.of(System)

    @cached_property
    def classes(self) -> Mapping[str, ProblemClass]:
        """Kinds of problems by the label they are called by in lists."""
        return {one.label_de: one for one in self.told.of(ProblemClass)}

    @cached_property
    def units(self) -> Mapping[str, OrgUnit]:
        """Units by name."""
        return {same(one.name): one for one in self.told.of(OrgUnit)}

    @cached_property
    def rules(self) -> Mapping[str, TeamRule]:
        """How teams are asked, by the name of the unit."""
        return {same(one.unit): one for one in self.told.of(TeamRule)}

    def domain_of(self, kind: str) -> str:
        """The domain of a kind of problem: the class above it, or itself."""
        above = self.classes[kind].part_of
        return same(above.key if above else kind)

    def customer_of(self, reference: SourceId) -> Customer | None:
        """The customer that another list means."""
        return next((one for one in self.customers if same(one.name) == same(reference.key)), None)

    def name_of(self, reference: SourceId) -> str:
        """What the customer is called that another list means; as that list says where no list of customers has it."""
        known = self.customer_of(reference)
        return known.name if known else reference.key

    def runs_at(self, system: System, customer: Customer | None) -> bool:
        """Whether a system is told of as the customer's."""
        return customer is not None and system.runs_at is not None and self.customer_of(system.runs_at) == customer

    def contacts_of(self, customer: Customer) -> Sequence[CustomerContact]:
        """The people at a customer."""
        return [one for one in self.contacts if same(one.customer.key) == same(customer.name)]

    def responsibilities_of(self, customer: Customer) -> Sequence[Responsibility]:
        """Who looks after a customer, now or at another time."""
        return [one for one in self.told.of(Responsibility) if same(one.customer.key) == same(customer.name)]

    def granters_of(self, unit: str, *, at_night: bool) -> Sequence[SourceId]:
        """Who can grant a mandate over a unit: whoever grants those that hold, or leads it; at night others first."""
        told = [one for one in self.told.of(Mandate) if same(one.unit) == same(unit) and holds(one, self.at)]
        heads = [one.head for one in reversed(self.told.of(OrgUnit)) if same(one.name) == same(unit)]
        ways = [*(one.night for one in told if at_night), *(one.granted_by for one in told), *heads]
        return [one for one in ways if one is not None]


def surroundings_of(view: View) -> Surroundings:
    """What the lists tell at the View's moment, in one store call."""
    return Surroundings(view.as_of, listed(view, NOUNS))


def heads_of(view: View, cases: Iterable[str]) -> Mapping[str, CaseHead]:
    """Number and title of each of these cases (ids), in one store call."""
    asked = sorted(cases)
    return {head.case_id: head for head in view.ask(nq.CASE_HEADS, cases=asked)} if asked else {}


def notes_of(view: View, heads: Mapping[str, CaseHead | nq.CaseRecord]) -> Mapping[str, CaseNote]:
    """What the house notes of each of these cases, by id, in one store call."""
    ids = {SourceId(HOUSE, head.key.casefold()).id_of("case_note"): case for case, head in heads.items()}
    told = listed_of(view, (CaseNote,), ids=list(ids))
    return {ids[one.source_id.key]: one for one in told.of(CaseNote) if one.source_id.key in ids}
