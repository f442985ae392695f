"""An answer with all that is needed to say what is around its names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from graph_service.casework.times import clock_text, day_text
from graph_service.evidence.reachability import Reachability
from graph_service.evidence.relations import relations_of
from graph_service.model import (
    DAY,
    CaseNote,
    Channel,
    ContactPoint,
    Customer,
    ExpertNote,
    Mandate,
    OrgUnit,
    Outcome,
    SourceId,
    System,
)
from graph_service.ranking.explain import Explained, first_names
from graph_service.ranking.near_cases import kinds_in
from graph_service.ranking.recommend import Answer
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.listed import listed_of
from graph_service.store.named_queries import CaseHead, PersonName
from graph_service.surroundings import Surroundings, heads_of, notes_of, same
from graph_service.text.messages import Spoken, in_parts, sentence
from graph_service.understanding.understood import Understood

_NOTED = 50


@dataclass(frozen=True)
class Company:
    """What an answer says around its names: `notes` are those of its nearest cases by id, whose `heads` are known, and
    `ends` how they ended; `asker` who asks, `spoken` who has spoken with the customer's contact, `points` the numbers
    of all of them."""

    explanation: Explained
    names: Mapping[str, PersonName]
    heads: Mapping[str, CaseHead]
    notes: Mapping[str, CaseNote]
    ends: Mapping[str, Outcome]
    language: Spoken
    asker: str | None = None
    spoken: Sequence["Spoke"] = field(default=())
    points: Sequence[ContactPoint] = field(default=())

    @property
    def answer(self) -> Answer:
        """The answer."""
        return self.explanation.answer

    @property
    def told(self) -> Understood:
        """What was understood."""
        return self.answer.understood

    @property
    def around(self) -> Surroundings:
        """The house's lists."""
        return self.answer.prepared.around

    @property
    def now(self) -> int:
        """The moment the answer is about."""
        return self.answer.as_of

    @property
    def customer(self) -> Customer | None:
        """The customer, where it is one."""
        return self.told.customer.one

    def name(self, person: SourceId | str | None) -> str:
        """What somebody is called; empty for nobody and for whom the asker does not see."""
        key = person.key if isinstance(person, SourceId) else person or ""
        return self.names[key].name if key in self.names else ""

    def proposed(self, person: SourceId | str | None) -> str:
        """The same; empty for who would rather not work for the customer, or is supposed to be gone."""
        key = person.key if isinstance(person, SourceId) else person
        return "" if key in self.answer.left_out else self.name(key)

    def way(self, person: str) -> Reachability | None:
        """How somebody is reached."""
        return self.answer.beside.ways.get(person)

    def say(self, code: str, **values: object) -> str:
        """The sentence of a code."""
        return sentence(code, self.language, **values)

    def in_parts(self, code: str, **values: object) -> list[str]:
        """The sentence of a code in its parts."""
        return in_parts(code, self.language, **values)

    def clock(self, at: int) -> str:
        """A moment by the asker's clock."""
        return clock_text(at, self.now, self.told.days, self.language)

    def day(self, at: int) -> str:
        """A day by the asker's clock."""
        return day_text(at, self.now, self.told.days, self.language)

    @cached_property
    def kinds_of(self) -> Mapping[str, Sequence[str]]:
        """Near case -> the kinds of problems that its title names; read once for all who are named."""
        return {case: kinds_in(head.title, self.around) for case, head in self.heads.items()}

    def unit_channels(self, unit: str, kind: str) -> list[Channel]:
        """The ways of a kind that a unit has: its consultation hour, who has its duty."""
        told = self.answer.beside.told.of(Channel)
        return [one for one in told if one.kind == kind and one.unit and same(one.unit) == same(unit)]


@dataclass(frozen=True, slots=True)
class Spoke:
    """Somebody of us who has spoken with the contact: when last, on what occasion or in which way."""

    person: str
    last: int
    occasion: str
    kind: str


def company_of(
    view: View, explanation: Explained, language: Spoken, asker: str | None, also: Sequence[str] = ()
) -> Company:
    """Reads what is around the names of an answer, and who the people `also` are, in at most eight store calls."""
    answer = explanation.answer
    spoken = _spoken(view, answer, asker)
    heads = heads_of(view, (case.case_id for case in answer.nearest[:_NOTED]))
    notes = notes_of(view, heads)
    ends = {row.case_id: Outcome(row.outcome) for row in view.ask(nq.RESOLUTIONS, cases=sorted(heads))} if heads else {}
    people = sorted((_mentioned(answer) | {one.person for one in spoken} | set(also)) - explanation.names.keys())
    names = dict(explanation.names) | (first_names(view.ask(nq.NAMES, people=people)) if people else {})
    on_duty = listed_of(view, (ContactPoint,), people=people).of(ContactPoint)
    points = [*answer.beside.told.of(ContactPoint), *on_duty]
    return Company(explanation, names, heads, notes, ends, language, asker, spoken, points)


def _spoken(view: View, answer: Answer, asker: str | None) -> Sequence[Spoke]:
    """Who of us has spoken with the contact, through whom the house's lists know them."""
    contact = answer.understood.contact.one
    person = contact.account.key if contact and contact.account else ""
    if not person:
        return ()
    own = view.scoped(view.scope.seen_by(asker or ""))
    known = relations_of(own, [person]).get(person, {})
    return [Spoke(one.other, one.last * DAY, one.occasion, one.last_kind) for one in known.values()]


def _mentioned(answer: Answer) -> set[str]:
    """Everybody who may be spoken of beside those named: owners, heads, granters, who has duty or is on call."""
    around, told = answer.prepared.around, answer.beside.told
    customer = answer.understood.customer.one
    found = {customer.owner} if customer else set()
    units = {same(way.person.unit) for way in answer.beside.ways.values()}
    found |= {one.head for one in around.told.of(OrgUnit) if same(one.name) in units}
    for mandate in around.told.of(Mandate):
        found |= {mandate.holder, mandate.granted_by, mandate.night}
    found |= {one.asked for one in (around.responsibilities_of(customer) if customer else ())}
    found |= {one.keeper for one in around.told.of(System)}
    found |= {SourceId("", one) for one in answer.beside.workarounds}
    found |= {SourceId("", one) for case in answer.nearest[:_NOTED] for one in case.solvers}
    found |= {one.owner for one in told.of(ExpertNote)}
    found |= {one.person for one in told.of(Channel) if one.unit and one.kind in ("DUTY", "ON_CALL")}
    return {one.key for one in found if one is not None}
