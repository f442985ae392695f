"""What to do at once: known ways around, the emergency plan of the kind, the promises that may be made, still empty."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from graph_service.casework.company import Company
from graph_service.model import EmergencyPlan, Workaround
from graph_service.surroundings import same
from graph_service.text.messages import day_of
from graph_service.text.terms import collated
from graph_service.understanding.clock_reading import END_OF_WORK

_FIX_FROM, _FIX_UNTIL = 2, 3
"""A permanent fix is promised for the second to the third working day after today (seed A17)."""


class PromiseKind(enum.StrEnum):
    """What is promised."""

    WORKAROUND = "WORKAROUND"
    FIX = "FIX"
    ANSWER = "ANSWER"


@dataclass(frozen=True, slots=True)
class EmptyPromise:
    """A promise that nobody has made yet: due from (None: no range) until, instants."""

    kind: PromiseKind
    due_from: int | None
    due_at: int
    sentence: str


@dataclass(frozen=True, slots=True)
class WayAround:
    """A known way around one of the kinds asked about: its limits, until when it holds (None: open), who wrote it."""

    text: str
    limits: str
    until_at: int | None
    authors: tuple[str, ...]
    sentence: str


def ways_around(company: Company) -> list[WayAround]:
    """Ways around that still hold, those with most authors first; one that several wrote is one."""
    by_text: dict[str, list[Workaround]] = {}
    for some in company.answer.beside.workarounds.values():
        for one in some:
            by_text.setdefault(same(one.text), []).append(one)
    return [_way_around(company, by_text[text]) for text in sorted(by_text, key=lambda one: (-len(by_text[one]), one))]


def _way_around(company: Company, told: Sequence[Workaround]) -> WayAround:
    one = told[0]
    authors = tuple(sorted(filter(None, (company.proposed(each.author) for each in told)), key=collated))
    said = [one.text]
    said += [company.say("workaround.limits", limits=one.limits)] if one.limits else []
    if one.until_at is not None:
        said.append(company.say("workaround.until", day=day_of(one.until_at, company.language)))
    said += [company.say(f"workaround.{one.state}")] if one.state else []
    said += [company.say("workaround.by", names=", ".join(authors))] if authors else []
    return WayAround(one.text, one.limits, one.until_at, authors, "; ".join(said))


def plans_of(company: Company) -> list[EmergencyPlan]:
    """The emergency plans of the kinds asked about."""
    is_about = company.answer.beside.is_about
    return [one for one in company.around.told.of(EmergencyPlan) if is_about(one.problem_class)]


def empty_promises(company: Company) -> list[EmptyPromise]:
    """A workaround by the clock, a fix by the clock that is said for it, else in two to three working days, an answer:
    each to be given by the expert."""
    told, days = company.told, company.told.days
    today = days.local(company.now).date()
    if not told.kinds:
        return []
    found = []
    if told.wants_workaround and told.deadline is not None:
        found.append(_empty(company, PromiseKind.WORKAROUND, None, told.deadline.at))
    if told.mode != "DECIDE":
        is_for_good = told.mode != "WORKAROUND" and not told.is_down
        if told.deadline is not None and is_for_good:
            found.append(_empty(company, PromiseKind.FIX, None, told.deadline.at))
        else:
            first, last = (days.at(days.after(today, count), END_OF_WORK) for count in (_FIX_FROM, _FIX_UNTIL))
            found.append(_empty(company, PromiseKind.FIX, first, last))
    answer_on = days.next_from(today) if company.now < days.at(today, END_OF_WORK) else days.after(today, 1)
    found.append(_empty(company, PromiseKind.ANSWER, None, days.at(answer_on, END_OF_WORK)))
    return found


def _empty(company: Company, kind: PromiseKind, first: int | None, last: int) -> EmptyPromise:
    if first is None:
        time = company.clock(last) if kind is PromiseKind.WORKAROUND else company.day(last)
    else:
        time = f"{company.day(first)} – {company.day(last)}"
    code = f"promise.{kind.value}"
    if kind is PromiseKind.ANSWER and company.told.asks:
        code = f"promise.ANSWER_{company.told.asks}"
    return EmptyPromise(kind, first, last, company.say(code, time=time))
