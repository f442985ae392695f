"""By which doors somebody is reached, in their order; outside of working hours a call only to people on call."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from graph_service.casework.company import Company
from graph_service.casework.times import span_text
from graph_service.evidence.open_hours import Opening, next_opening, opening_at
from graph_service.evidence.reachability import Reachability
from graph_service.model import Channel, ContactPoint, holds

_SPOKEN = ("PHONE", "MOBILE")


class DoorKind(enum.StrEnum):
    """In which way somebody is asked."""

    CALL = "CALL"
    DUTY = "DUTY"
    ON_CALL = "ON_CALL"
    CONSULTATION_HOUR = "CONSULTATION_HOUR"
    LATER = "LATER"
    INTRODUCTION = "INTRODUCTION"
    WRITTEN = "WRITTEN"


@dataclass(frozen=True, slots=True)
class Door:
    """A door: whom it leads to (empty: to the unit), the sentence, the number where one is to be rung now, and from and
    until when it is open (instants; None: not told)."""

    kind: DoorKind
    sentence: str
    person: str = ""
    number: str = ""
    from_at: int | None = None
    until_at: int | None = None

    @property
    def words(self) -> str:
        """The sentence without the number, for where that stands beside it."""
        if not self.number:
            return self.sentence
        return self.sentence.replace(f": {self.number}", "").replace(f", {self.number}", "")


def doors_of(company: Company, person: str) -> list[Door]:
    """The doors to somebody, the first to be tried first."""
    way = company.way(person)
    if way is None:
        return [Door(DoorKind.WRITTEN, company.say("door.written"), person)]
    is_free = way.may_be_called and way.flag is None and not way.is_sent_to_doors
    is_good = is_free and way.focus_until is None
    found = [_call(company, way)] if is_good else []
    found += _of_unit(company, way)
    if not is_good:
        found += _later(company, way)
    if is_free and not is_good:
        found.append(_call(company, way))
    acquaintance = company.answer.acquaintances.get(person)
    through = company.name(acquaintance.through) if acquaintance else ""
    if through:
        found.append(Door(DoorKind.INTRODUCTION, company.say("door.introduction", name=through), person))
    return [*found, Door(DoorKind.WRITTEN, company.say("door.written"), person)]


def _call(company: Company, way: Reachability) -> Door:
    number = number_of(way.person.points)
    until = way.duty_until or way.until
    code = "door.call" if number else "door.no_number"
    text = company.say(code, number=number) + (
        f", {company.say('door.until', clock=company.clock(until))}" if until else ""
    )
    return Door(DoorKind.CALL, text, way.person.id, number, until_at=until)


def _of_unit(company: Company, way: Reachability) -> list[Door]:
    """Who has duty or is on call in the unit now, and its next consultation hour, where that is before the clock."""
    unit, shown, clock = way.person.unit, {way.person.id}, company.told.deadline
    found = []
    for kind in (DoorKind.DUTY, DoorKind.ON_CALL):
        for channel in company.unit_channels(unit, kind.value) if unit else ():
            opened = opening_at(channel, company.now, way.person.days)
            if opened and channel.person and channel.person.key not in shown and company.name(channel.person):
                shown.add(channel.person.key)
                found.append(_on_duty(company, kind, channel.person.key, opened))
    slots = [
        (slot, whose, channel.place)
        for whose, channels in (
            (unit, company.unit_channels(unit, "CONSULTATION_HOUR")),
            (company.name(way.person.id), way.person.of_kind("CONSULTATION_HOUR")),
        )
        for channel in channels
        if (slot := next_slot(channel, company.now, way)) and (clock is None or slot[0] < clock.at)
    ]
    for slot, whose, place in sorted(slots)[:1]:
        text = span_text(*slot, company.now, company.told.days, company.language)
        said = company.say("door.consultation", time=text, unit=whose) + (f", {place}" if place else "")
        found.append(Door(DoorKind.CONSULTATION_HOUR, said, "", "", *slot))
    return found


def own_words(company: Company, person: str) -> str:
    """How somebody says they are asked best; empty where they do not, or where the agreed rule sends elsewhere."""
    way = company.way(person)
    told = way.person.of_kind("PREFERRED") if way and not way.is_sent_to_doors else ()
    return next((one.text for one in told if one.text and holds(one, company.now)), "")


def next_slot(channel: Channel, at: int, way: Reachability) -> Opening | None:
    """The consultation hour that is on, else the next one."""
    return opening_at(channel, at, way.person.days) or next_opening(channel, at, way.person.days)


def _on_duty(company: Company, kind: DoorKind, person: str, opened: Opening) -> Door:
    points = [one for one in company.points if one.person.key == person]
    number = number_of(points)
    code = "door.duty" if kind is DoorKind.DUTY else "door.on_call"
    said = company.say(
        code,
        name=company.name(person),
        number=number or company.say("door.no_number"),
        until=company.clock(opened[1]),
    )
    return Door(kind, said, person, number, until_at=opened[1])


def _later(company: Company, way: Reachability) -> list[Door]:
    """When they can be asked themselves: after flag and focus, or when they are back."""
    at = way.good_from
    if at is None or way.is_sent_to_doors:
        return []
    number = number_of(way.person.points)
    said = company.say("door.later", clock=company.clock(at), number=number or company.say("door.no_number"))
    return [Door(DoorKind.LATER, said, way.person.id, "", from_at=at)]


def number_of(points: Sequence[ContactPoint]) -> str:
    """The number to ring: a telephone's before a mobile's."""
    told = {one.kind: one.value for one in reversed(points)}
    return next((told[kind] for kind in _SPOKEN if kind in told), "")
