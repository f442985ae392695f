"""What stands around the names of an answer, as GraphQL values."""

from collections.abc import Sequence

import strawberry

from graph_service.api import around_types as a
from graph_service.api.ids import encode
from graph_service.casework.company import Company
from graph_service.casework.contacts import moved, proposed_address
from graph_service.casework.customers import briefing_of, consequences, partner_of, vendors_of
from graph_service.casework.doors import doors_of
from graph_service.casework.handover import note_of
from graph_service.casework.mandates import deciders_of, orderings, override_of
from graph_service.casework.not_shown import not_shown
from graph_service.casework.pairs import on_site_pair
from graph_service.casework.parts import PartAnswer, bridges_of, covers_of, leads_of
from graph_service.casework.patterns import patterns_of, recurrences, related_of, remote_doubt
from graph_service.casework.plans import WayAround, empty_promises, plans_of, ways_around
from graph_service.casework.who_may_know import Helping, dormant_line, lines
from graph_service.model import moment
from graph_service.ranking.ranked import Ranked
from graph_service.text.messages import day_of
from graph_service.understanding.clock_reading import Clock
from graph_service.understanding.names import Meant
from graph_service.understanding.understood import Understood


def strip(company: Company) -> a.Strip:
    """What was understood."""
    told, problem = company.told, company.answer.problem
    text = problem.said if problem.asked_case else problem.text
    impact, end = told.impact, told.consequence
    return a.Strip(
        customer=_recognised(told.customer),
        contact=_recognised(told.contact),
        system=_recognised(told.system),
        classes=[a.Recognised(name=one.value, words=one.words) for one in told.kinds],
        denied=[a.Recognised(name=one.value, words=one.words) for one in told.denied],
        impact=None
        if impact is None
        else a.ImpactSaid(
            kind=impact.kind,
            name=company.say(f"impact.{impact.kind}"),
            words=impact.words,
            confirmed_by=impact.confirmed_by,
        ),
        deadline=None if told.deadline is None else _clock(company, told.deadline, text),
        consequence=None if end is None or end.clock is None else _clock(company, end.clock, text, end.words),
        mode=told.mode,
        mode_words=told.mode_words,
        priority=told.priority,
        tried=list(told.tried),
        hypotheses=[one.text for one in told.hypotheses],
        contradicted=[
            company.say("premise.ended" if one.until_at else "premise.never", firm=one.firm, customer=one.customer,
                        until=day_of(one.until_at, company.language))
            for one in told.premises
        ]
        + moved(company)
        + ([company.say("premise.over", words=told.over)] if told.over else []),
        importance=consequences(company),
        missing=[company.say(f"missing.{one}") for one in told.missing],
        choices=_choices(told),
        people=_people(company),
        faults=[
            a.GivenFault(field=one.field, code=one.code, message=company.say(one.code, **dict(one.values)))
            for one in told.faults
        ],
    )  # fmt: skip


def _choices(told: Understood) -> list[a.Choices]:
    return [
        a.Choices(field=field, options=[thing.name for thing in meant.things])
        for field, meant in (("customer", told.customer), ("contact", told.contact), ("system", told.system))
        if len(meant.things) > 1
    ]


def _people(company: Company) -> list[a.PeopleNamed]:
    return [
        a.PeopleNamed(
            words=one.words,
            options=[
                a.PersonOption(id=strawberry.ID(encode("Person", row.person)), name=row.name, unit=row.unit)
                for row in one.people
            ],
        )
        for one in company.answer.prepared.named
    ]


def _recognised(meant: Meant) -> a.Recognised | None:  # type: ignore[type-arg]
    if meant.one is None:
        return None
    return a.Recognised(name=meant.one.name, words=meant.told.words if meant.told else "")


def _clock(company: Company, clock: Clock, text: str, what: str = "") -> a.ClockSaid:
    return a.ClockSaid(
        at=moment(clock.at),
        from_at=None if clock.from_at is None else moment(clock.from_at),
        text=company.clock(clock.at),
        words=clock.words(text) if clock.end else "",
        assumed=company.say(f"assumed.{clock.assumed}") if clock.assumed else "",
        what=what,
    )


def doors(company: Company, person: str) -> list[a.Door]:
    """The doors to somebody."""
    return [
        a.Door(
            kind=door.kind,
            sentence=door.sentence,
            words=door.words,
            number=door.number,
            from_at=None if door.from_at is None else moment(door.from_at),
            until_at=None if door.until_at is None else moment(door.until_at),
        )
        for door in doors_of(company, person)
    ]


def override(company: Company, person: str) -> a.Override | None:
    """What an override of somebody's red flag needs."""
    way = company.way(person)
    found = override_of(company, way) if way else None
    if found is None:
        return None
    return a.Override(sentence=found.sentence, is_allowed=found.is_allowed, lacks=list(found.lacks))


def around(company: Company, parts: Sequence[PartAnswer], found: Helping) -> a.Around:
    """Everything beside the names."""
    answer = company.answer
    doubt = remote_doubt(company)
    parts = [part for part in parts if not part.part.is_supposed]
    return a.Around(
        mandates=[
            a.Ordering(
                unit=one.unit,
                sentence=one.sentence,
                left_hours=one.left,
                is_covered=one.is_covered,
                grants=one.grants,
            )
            for one in orderings(company, _units(company, [*answer.experts[:1], *answer.helping_today[:1]]))
        ],
        deciders=deciders_of(company, _units(company, answer.experts)),
        partner=_partner(company),
        briefing=briefing_of(company),
        address=_address(company),
        workarounds=[_workaround(one) for one in ways_around(company)],
        plans=[
            a.Plan(title=one.title, steps=list(one.steps), message=one.message, times=one.times, version=one.version)
            for one in plans_of(company)
        ],
        promises=[
            a.EmptyPromise(
                kind=one.kind,
                due_from=None if one.due_from is None else moment(one.due_from),
                due_at=moment(one.due_at),
                sentence=one.sentence,
            )
            for one in empty_promises(company)
        ],
        patterns=[
            a.Pattern(cause=one.cause, found=one.found, cases=list(one.cases), sentence=one.sentence)
            for one in patterns_of(company)
        ],
        recurrences=recurrences(company),
        related=[a.Related(problem=one.problem, case=one.case, customer=one.customer) for one in related_of(company)],
        vendors=vendors_of(company),
        bridges=[
            a.Bridge(name=company.name(one.person), classes=list(one.kinds), sentence=one.sentence)
            for one in bridges_of(company, parts)
        ],
        may_know=[a.MayKnow(name=name, why=why) for name, why in lines(company, found)],
        dormant=dormant_line(company, found) or None,
        on_site=_on_site(company, parts) if doubt else None,
        remote=doubt or None,
        not_shown=not_shown(company),
        handover_note=note_of(company),
    )


def _partner(company: Company) -> a.Partner | None:
    found = partner_of(company)
    if found is None:
        return None
    said = found.said
    return a.Partner(firm=found.firm, sentence=said.text, lead=said.lead, rest=list(said.rest), ask=found.ask)


def _workaround(one: WayAround) -> a.Workaround:
    return a.Workaround(
        text=one.text,
        limits=one.limits,
        until=None if one.until_at is None else moment(one.until_at),
        authors=list(one.authors),
        sentence=one.sentence,
    )


def _address(company: Company) -> a.AddressProposed | None:
    found = proposed_address(company)
    if found is None:
        return None
    address = company.say(f"briefing.address_{found.address}") if found.address else "–"
    said = company.say("briefing.proposed", address=address, signature=found.signature or "–", quote=found.quote)
    return a.AddressProposed(address=found.address, signature=found.signature, quote=found.quote, sentence=said)


def _on_site(company: Company, parts: Sequence[PartAnswer]) -> str | None:
    leads = leads_of(parts) if parts else list(company.answer.experts)
    covers = covers_of(parts, leads) if parts else [frozenset({one.person}) for one in leads]
    return on_site_pair(company, leads, covers)


def _units(company: Company, named: Sequence[Ranked]) -> list[str]:
    ways = [company.way(one.person) for one in named]
    return [way.person.unit for way in ways if way is not None]
