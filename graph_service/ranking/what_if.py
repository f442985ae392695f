"""Where somebody would stand without a fact: asked again without a case, or weighed again without a record."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph_service.evidence.beside import Beside
from graph_service.evidence.kept_promises import counted
from graph_service.ranking.explain import SOLVING, Explained
from graph_service.ranking.ranked import Ranked, in_turn, ranked_of
from graph_service.ranking.recommend import Answer, Verdict, without_case
from graph_service.ranking.today import standing_today
from graph_service.store.base import View
from graph_service.store.named_queries import CaseHead
from graph_service.text.messages import Spoken, sentence

FIRST = 3
"""So many of each list are asked what they hang on."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Where a person would stand had a case never been, or a record (`fact` says which, as a code); None = not among
    those with a solved case, or nobody proven. `is_today`: in the list of who can help today."""

    person: str
    rank_before: int
    rank: int | None
    nobody_proven: bool = False
    case: CaseHead | None = None
    fact: str = ""
    shown: str = ""
    is_today: bool = False

    def text(self, language: Spoken) -> str:
        """The sentence for people."""
        code = "absent" if self.rank is None else "same" if self.rank == self.rank_before else "rank"
        if self.case is None:
            fact = sentence(f"what_if.fact_{self.fact}", language, shown=self.shown)
            return sentence(f"what_if.without_{code}", language, fact=fact, rank=self.rank)
        code = "nobody" if self.nobody_proven else code
        return sentence(f"what_if.{code}", language, case=self.case.key, rank=self.rank)


def what_if(view: View, explanation: Explained, ranked: Ranked) -> WhatIf | None:
    """Asks again without the solved case that speaks most for a person; None when no case does."""
    for reason in explanation.reasons.get(ranked.person, ()):
        if reason.kind in SOLVING and reason.contribution > 0 and reason.citation.cases:
            case = explanation.cases[reason.citation.cases[0]]
            again = without_case(view, explanation.answer, case.case_id)
            place = next((other for other in again.order if other.person == ranked.person), None)
            nobody = again.verdict is not Verdict.PROVEN
            rank = place.level if place and not nobody else None
            return WhatIf(ranked.person, ranked.level, rank, nobody, case)
    return None


def what_ifs(answer: Answer) -> list[WhatIf]:
    """What those named first hang on beside their cases: flag, mandate, presence, the newest promise kept, a
    workaround, the asker's own view of them."""
    found = []
    for named, is_today in ((answer.experts[:FIRST], False), (answer.helping_today[:FIRST], True)):
        for ranked in named:
            for fact, shown, beside in _facts(answer, ranked.person):
                rank = _rank_with(answer, ranked.person, beside, is_today=is_today)
                found.append(WhatIf(ranked.person, ranked.level, rank, fact=fact, shown=shown, is_today=is_today))
    return found


def _facts(answer: Answer, person: str) -> Iterator[tuple[str, str, Beside]]:
    """(code, what is shown, all that is told without it) for each fact about somebody."""
    beside = answer.beside
    way = beside.ways.get(person)
    if way is not None and way.flag is not None:
        yield "flag", "", beside.without(way.flag)
        if way.may_override:
            yield "mandate", "", replace(beside, ways={**beside.ways, person: way.without_mandate()})
    if way is not None and way.presence is not None:
        yield "presence", "", beside.without(way.presence)
    for workaround in beside.workarounds.get(person, ())[:1]:
        yield "workaround", workaround.text, beside.without(workaround)
    kept = sorted(counted(beside, person)[1], key=lambda one: (-(one.kept_at or 0), one.source_id))
    for promise in kept[:1]:
        yield "promise", promise.case.key, beside.without(promise)
    for rating in beside.ratings:
        if (rating.rater.key, rating.ratee.key) == (beside.asker, person):
            yield "rating", rating.subject, beside.without(rating)


def _rank_with(answer: Answer, person: str, beside: Beside, *, is_today: bool) -> int | None:
    """The place in a list had this been told; None where they would not be in it."""
    standing = answer.standing
    if standing is None:
        return None
    again = standing.seen_anew(replace(standing.situation, beside=beside))
    today = standing_today(again) if is_today else None
    order = in_turn(again) if today is None else ranked_of(today, today.order)
    return next((one.level for one in order if one.person == person), None)
