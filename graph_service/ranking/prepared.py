"""What is known before anybody is looked for: what the words say by the house's lists, who has written about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from graph_service.evidence.beside import Beside
from graph_service.evidence.reachability import Asking, Person, Reachability
from graph_service.model import (
    DAY,
    Access,
    AddressNote,
    Asked,
    CaseNote,
    CaseRole,
    Channel,
    Clash,
    ContactPoint,
    Dispute,
    Document,
    ExpertNote,
    LogApproval,
    Mandate,
    Presence,
    Promise,
    Reservation,
    Speaks,
    TeamRule,
    TrustRating,
    Workaround,
    act_id,
    holds,
    month_start,
)
from graph_service.problem import Problem, is_case_number
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.listed import Listed, listed_of
from graph_service.store.named_queries import PersonName, grouped
from graph_service.surroundings import Surroundings, heads_of, notes_of, same, surroundings_of
from graph_service.understanding.people import Named, people_named
from graph_service.understanding.standstill import PRODUCTION_DOWN
from graph_service.understanding.understood import Fault, Given, Understood, understood
from graph_service.understanding.working_days import HOME, WorkingDays

OF_KINDS = (Workaround, Document, CaseNote, Promise, LogApproval, AddressNote, Reservation)
OF_PEOPLE = (
    Channel, Presence, ContactPoint, Speaks, Access, Promise, Clash, TrustRating, Dispute, ExpertNote,
    Asked,
)  # fmt: skip
MOST_WITH_CONTACT = 500
MOST_IN_FULL = 500
"""For so many people all that is told beside their cases is read."""


@dataclass(frozen=True)
class Prepared:
    """What was understood, with the lists it was read by; `works` are about these kinds or for this customer, `named`
    people of the house whom the question names, `together` who has solved which cases with the contact, and when."""

    around: Surroundings
    understood: Understood
    works: Listed = field(default_factory=lambda: Listed(()))
    named: Sequence[Named] = ()
    together: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def beside(self) -> Beside:
        """What is told before people are known: who has written about it."""
        told = self.understood
        return Beside(
            at=self.around.at,
            kinds=told.labels,
            contact=told.contact.one,
            system=told.system.one.name if told.system.one else "",
            told=self.works,
            together=self.together,
        )

    @cached_property
    def reserved(self) -> frozenset[str]:
        """Who would rather not work for this customer: they are named for it no more than who does not take part."""
        customer = self.understood.customer.one
        told = [one for one in self.works.of(Reservation) if customer and same(one.customer) == same(customer.name)]
        return frozenset(one.person.key for one in told if holds(one, self.around.at))

    def leaving_out(self, cases: frozenset[str]) -> "Prepared":
        """The same had some cases never been."""
        if not any(cases & told.keys() for told in self.together.values()):
            return self
        left = {
            person: {case: at for case, at in told.items() if case not in cases}
            for person, told in self.together.items()
        }
        return replace(self, together={person: told for person, told in left.items() if told})

    @property
    def names_of_kinds(self) -> Mapping[str, Sequence[str]]:
        """Words that tell of a kind of problem -> all names of it."""
        kinds = self.around.classes
        return {
            told.words: (told.value, *kinds[told.value].terms)
            for told in self.understood.kinds
            if told.words and told.value in kinds
        }

    def mandates_of(self, asker: str | None) -> Sequence[Mandate]:
        """What the asker may order now."""
        told = self.around.told.of(Mandate)
        return [one for one in told if one.holder.key == asker and holds(one, self.around.at)]


def prepared(view: View, problem: Problem, given: Given, asker: str | None) -> Prepared:
    """Understands a problem by the house's lists, in at most eight store calls."""
    around = surroundings_of(view)
    own = _belonging(view.ask(nq.NAMES, people=[asker])).get(asker or "") if asker else None
    days = days_at(around, own.site if own else "")
    given, own_word = _confirmed_by_another(given, own)
    told = understood(problem.said if problem.asked_case else problem.text, problem.language, around, given, days)
    if problem.asked_case:
        told = _with_case(view, problem, told, around)
    told = replace(told, faults=[*told.faults, *own_word, *_no_such_case(view, problem, told)])
    customer = told.customer.one
    contact = told.contact.one
    theirs = [one.name for one in around.contacts_of(customer)] if customer else []
    names = [*told.labels, *([customer.name] if customer else []), *([contact.name] if contact else []), *theirs]
    works = listed_of(view, OF_KINDS, names=names)
    together = _together(view, works, contact.name, problem.asked_case) if contact else {}
    return Prepared(around, told, works, people_named(view, told), together)


def _no_such_case(view: View, problem: Problem, told: Understood) -> list[Fault]:
    """A number alone that is neither a case, nor anything the house's lists know, nor a word of any case; in two more
    store calls."""
    is_something = problem.asked_case or told.customer.things or told.system.things or told.kinds
    if is_something or not is_case_number(problem.text):
        return []
    cases = view.ask(nq.CASES_BY_KEYS, keys=sorted({problem.text, problem.text.upper()}))
    words = view.ask(nq.TERM_COUNTS, terms=sorted(problem.words), month=month_start(view.as_of))
    if cases or words:
        return []
    return [Fault("problem.no_such_number", "text", (("number", problem.text[:100]),))]


def _confirmed_by_another(given: Given, own: PersonName | None) -> tuple[Given, list[Fault]]:
    """Whoever asks does not confirm their own word."""
    if own is None or not given.confirmed_by or same(given.confirmed_by) != same(own.name):
        return given, []
    return replace(given, confirmed_by=""), [Fault("problem.confirmed_oneself", "confirmedBy")]


def _with_case(view: View, problem: Problem, said: Understood, around: Surroundings) -> Understood:
    """What is said beside a case's number, and what the case tells where that says nothing: its customer, contact and
    system, by the house's note of it or its words, its kinds; what it does only while nobody has solved it. Its clocks
    are those of the day it was told."""
    notes = notes_of(view, heads_of(view, filter(None, [problem.asked_case])))
    note = next(iter(notes.values()), None)
    told = Given(customer=note.customer, contact=note.contact, system=note.system) if note else Given()
    case = understood(problem.text, problem.language, around, told, said.days)
    return replace(
        said,
        customer=said.customer if said.customer.things else case.customer,
        contact=said.contact if said.contact.told or said.given.contact else case.contact,
        system=said.system if said.system.things else case.system,
        kinds=said.kinds or case.kinds,
        denied=said.denied or case.denied,
        impact=said.impact or (None if problem.solvers else case.impact),
        tried=said.tried or case.tried,
        hypotheses=said.hypotheses or case.hypotheses,
        parts=said.parts or case.parts,
    )


def _together(view: View, works: Listed, contact: str, asked: str | None) -> Mapping[str, Mapping[str, int]]:
    """Person -> cases they solved with a contact, the newest of the noted ones, and when; in two store calls."""
    keys = [one.case.key for one in works.of(CaseNote) if one.contact and same(one.contact) == same(contact)]
    heads = view.ask(nq.CASES_BY_KEYS, keys=sorted(set(keys))[:MOST_WITH_CONTACT]) if keys else ()
    cases = sorted({head.case_id for head in heads} - {asked})
    found: dict[str, dict[str, int]] = {}
    for row in view.ask(nq.PARTICIPANTS, cases=cases) if cases else ():
        if row.role == CaseRole.RESOLVER:
            found.setdefault(row.person, {})[row.case_id] = row.known_at
    return found


def days_at(around: Surroundings, site: str) -> WorkingDays:
    """The days of a site, by the house's list of units."""
    unit = around.units.get(same(site)) if site else None
    return WorkingDays(unit.zone or HOME, unit.country) if unit else WorkingDays()


def days_of(view: View, person: str) -> WorkingDays:
    """The days of somebody's own site, in two store calls."""
    own = _belonging(view.ask(nq.NAMES, people=[person])).get(person)
    return days_at(surroundings_of(view), own.site if own else "")


def with_people(view: View, known: Prepared, beside: Beside, people: Sequence[str], asker: str | None) -> Beside:
    """What is told of these people, in two store calls."""
    if not people:
        return beside
    people = people[:MOST_IN_FULL]
    names = _belonging(view.ask(nq.NAMES, people=sorted(people)))
    units = sorted({row.unit for row in names.values() if row.unit})
    told = listed_of(view, OF_PEOPLE, names=units, people=people)
    asking = _asking(known, names, asker)
    ways = {one.id: Reachability(one, asking) for one in _people(known.around, told, names)}
    return replace(beside, asker=asker or "", told=beside.told.and_of(told), ways={**beside.ways, **ways})


def _belonging(rows: Iterable[PersonName]) -> dict[str, PersonName]:
    """A row for each person with the first unit and the first site that any of their accounts tells."""
    found: dict[str, PersonName] = {}
    for row in rows:
        known = found.setdefault(row.person, row)
        found[row.person] = known._replace(unit=known.unit or row.unit, site=known.site or row.site)
    return found


def _people(around: Surroundings, told: Listed, names: dict[str, PersonName]) -> list[Person]:
    mine = [one for one in told.of(Channel) if one.person]
    channels = grouped(own_words_first(mine), lambda one: one.person.key if one.person else "")
    presence = {one.person.key: one for one in sorted(told.of(Presence), key=lambda one: is_own_word(one, around.at))}
    points = grouped(told.of(ContactPoint), lambda one: one.person.key)
    asked = grouped(of_this_week(told.of(Asked), around.at), lambda one: one.person.key)
    speaks = grouped(told.of(Speaks), lambda one: one.person.key)
    return [
        Person(
            id=person,
            unit=row.unit,
            days=days_at(around, row.site),
            channels=channels.get(person, ()),
            presence=presence.get(person),
            points=points.get(person, ()),
            speaks=speaks.get(person, ()),
            asked=len(asked.get(person, ())),
            rule=around.rules.get(same(row.unit)) if row.unit else None,
        )
        for person, row in names.items()
    ]


def of_this_week(asks: Iterable[Asked], at: int) -> list[Asked]:
    """Those of the seven days up to a moment, which count against a cap."""
    return [one for one in asks if at - 7 * DAY < one.at <= at]


def own_words_first(channels: Sequence[Channel]) -> list[Channel]:
    """Without what lists tell of a kind of way that the person has spoken of themselves."""
    said = {(one.person, one.kind) for one in channels if _is_said(one)}
    return [one for one in channels if (one.person, one.kind) not in said or _is_said(one)]


def _is_said(one: Channel) -> bool:
    return is_said_by(one, one.person.key if one.person else "")


def is_said_by(one: Channel, person: str) -> bool:
    """Whether a person has spoken of this way themselves."""
    return one.source_id.key == act_id(one.kind, person).id_of("channel")


def is_own_word(presence: Presence, at: int) -> bool:
    """Whether the person said it themselves and it still holds."""
    own = act_id("PRESENCE", presence.person.key).id_of("presence")
    return presence.source_id.key == own and holds(presence, at)


def _asking(known: Prepared, names: dict[str, PersonName], asker: str | None) -> Asking:
    told, around = known.understood, known.around
    units = {same(one.unit) for one in known.mandates_of(asker) if is_covered(one.from_priority, told)}
    return Asking(
        at=around.at,
        deadline=told.deadline.at if told.deadline else None,
        confirmed_impact=told.confirmed_impact,
        mandated=frozenset(person for person, row in names.items() if same(row.unit) in units),
        has_reason=bool(told.given.override_reason.strip()),
        by_somebody=asker is not None,
        by_doors=frozenset(same(rule.unit) for rule in around.rules.values() if goes_by_doors(rule, told)),
    )


def goes_by_doors(rule: TeamRule, told: Understood) -> bool:
    """Whether a team's agreed rule sends the question to consultation hour or duty: by its priority, where one is said
    and no impact that overrides is confirmed."""
    if told.confirmed_impact and told.confirmed_impact == rule.overridable_by:
        return False
    return bool(told.priority) and bool(rule.doors_from) and told.priority >= rule.doors_from.upper()


def is_covered(from_priority: str, told: Understood) -> bool:
    """Whether a mandate from a priority on covers what is asked: production down is P1, what says nothing is P3."""
    is_down_for_sure = told.confirmed_impact == PRODUCTION_DOWN
    priority = "P1" if is_down_for_sure else told.priority or ("P1" if told.is_down else "P3")
    return not from_priority or priority <= from_priority.upper()
