"""A complaint of several domains: candidates for each part, who covers several, and in which order to begin; and
candidates for what somebody only supposes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph_service.casework.company import Company
from graph_service.ranking.explain import Explained, explained
from graph_service.ranking.ranked import Ranked
from graph_service.ranking.recommend import Answer, Question, Verdict, recommend
from graph_service.store.base import View
from graph_service.understanding.kinds import Part
from graph_service.understanding.signs import Told

MOST_PARTS, MOST_SUPPOSED = 4, 2
SHOWN = 3


@dataclass(frozen=True)
class PartAnswer:
    """A part with its own answer; nobody is named where nobody is proven for it."""

    part: Part
    answer: Answer
    explanation: Explained | None = None

    @property
    def experts(self) -> Sequence[Ranked]:
        """Those named for it."""
        return self.answer.order[:SHOWN] if self.answer.verdict is Verdict.PROVEN else ()


@dataclass(frozen=True, slots=True)
class Bridge:
    """Somebody who has solved cases of several of the domains asked about."""

    person: str
    kinds: tuple[str, ...]
    sentence: str


def parts_of(view: View, answer: Answer) -> list[PartAnswer]:
    """Asks for each part, and for what is supposed, by itself, with the same customer, contact and clock; at most four
    parts and two suppositions. What is supposed of the whole question is answered by it."""
    told = answer.understood
    supposed = [one for one in told.hypotheses if set(one.kinds) != set(told.labels)]
    found = []
    for part in (*told.parts[:MOST_PARTS], *supposed[:MOST_SUPPOSED]):
        told = replace(answer.understood, kinds=_kinds(answer, part), parts=(), hypotheses=(), denied=())
        known = replace(answer.prepared, understood=told)
        question = Question(part.text, limit=SHOWN, asker=answer.question.asker, given=answer.question.given)
        own = PartAnswer(part, recommend(view, question, answer.learned, earlier=replace(answer, prepared=known)))
        found.append(replace(own, explanation=explained(view, own.answer, own.experts)))
    return found


def _kinds(answer: Answer, part: Part) -> list[Told]:
    return [told for told in answer.understood.kinds if told.value in part.kinds]


def bridges_of(company: Company, parts: Sequence[PartAnswer]) -> list[Bridge]:
    """Who of those named, for the whole or for a part, has solved cases of several of the domains asked about."""
    answer = company.answer
    named = dict.fromkeys(
        ranked.person for some in (answer.experts, *(part.experts for part in parts)) for ranked in some
    )
    return [
        Bridge(person, tuple(kinds), company.say("part.bridge", name=company.name(person), kinds=" × ".join(kinds)))
        for person in named
        if (kinds := answer.beside.bridges.get(person))
    ]


def covers_of(parts: Sequence[PartAnswer], leads: Sequence[Ranked]) -> list[frozenset[str]]:
    """For each of some people the parts they are named for."""
    return [
        frozenset(part.part.text for part in parts if any(one.person == lead.person for one in part.experts[:1]))
        for lead in leads
    ]


def leads_of(parts: Sequence[PartAnswer]) -> list[Ranked]:
    """Those who stand first for a part, each once, in the order of the parts."""
    found = {part.experts[0].person: part.experts[0] for part in reversed(parts) if part.experts}
    return list(found.values())[::-1]
