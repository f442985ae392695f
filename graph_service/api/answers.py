"""Recommendations and explanations as GraphQL values."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import strawberry

from graph_service.api import types as t
from graph_service.api.around import around, doors, override, strip
from graph_service.api.context import Context
from graph_service.api.ids import encode
from graph_service.api.whole import Whole
from graph_service.casework.company import Company
from graph_service.casework.doors import own_words
from graph_service.casework.pairs import caution_of
from graph_service.casework.parts import PartAnswer
from graph_service.casework.questions import (
    BESIDE,
    Said,
    before_clock,
    interruption,
    knows,
    own_view,
    proven,
    reachable,
    record_of,
)
from graph_service.casework.who_may_know import Helping
from graph_service.evidence import availability, kept_promises
from graph_service.model import PersonKind, is_name_alone, moment
from graph_service.neighbours import Neighbour
from graph_service.network.connecting_words import acquaintance_sentence
from graph_service.ranking.calibration import Band, band_of
from graph_service.ranking.explain import SOLVING, Explained, Reason, in_shown_order
from graph_service.ranking.ranked import Ranked
from graph_service.ranking.recommend import Answer
from graph_service.ranking.what_if import WhatIf
from graph_service.store.named_queries import CaseHead, PersonName
from graph_service.text.messages import Spoken, sentence
from graph_service.text.terms import as_written

TERMS_SHOWN = 40


def recommendation(whole: Whole, context: Context, decision: str) -> t.Recommendation:
    """The whole answer."""
    company, parts = whole.company, whole.parts
    explanation, answer, language = company.explanation, company.answer, context.language
    helping = replace(company, explanation=replace(explanation, reasons=explanation.today))
    return t.Recommendation(
        id=strawberry.ID(encode("Recommendation", decision)),
        purpose=context.asker.purpose,
        verdict=answer.verdict,
        sentence=sentence(_verdict(answer), language, count=len(answer.proven)),
        as_of=moment(answer.as_of),
        zone=company.told.days.zone,
        rule=t.Rule(name=answer.ranker.name, version=answer.ranker.version),
        understood=_understood(explanation, language),
        strip=strip(company),
        today=_in_order(helping, answer.helping_today, is_today=True),
        experts=_in_order(company, answer.experts),
        parts=[_part(company, part) for part in parts],
        around=around(company, parts, whole.helping),
        only_declared=[expert(company, ranked) for ranked in answer.declared],
        nearest=[
            _near(case, cited_case(explanation.cases[case.case_id]), whole.helping)
            for case in answer.nearest[: answer.question.limit]
            if case.case_id in explanation.cases
        ],
        teams=list(explanation.teams),
        what_if=None if whole.hangs_on is None else what_if(whole.hangs_on, explanation, language),
        what_ifs=[what_if(one, explanation, language) for one in whole.what_ifs],
    )


def _near(case: Neighbour, cited: t.CitedCase, found: Helping) -> t.NearCase:
    near = next((one for one in found.near if one.case == case.case_id), None)
    return t.NearCase(
        similarity=case.similarity,
        case=cited,
        shared=list(near.shared) if near else [],
        lacking=list(near.lacking) if near else [],
    )


def _in_order(company: Company, named: Sequence[Ranked], *, is_today: bool = False) -> list[t.Expert]:
    """People as they are shown, level ones marked."""
    return [
        replace(expert(company, ranked, is_today=is_today), equal_to_above=bool(above and above.level == ranked.level))
        for above, ranked in pairwise((None, *in_shown_order(named, company.explanation.names)))
        if ranked
    ]


def _part(company: Company, part: PartAnswer) -> t.Part:
    own = replace(company, explanation=part.explanation) if part.explanation else company
    experts = [expert(own, ranked) for ranked in part.experts] if part.explanation else []
    return t.Part(
        text=part.part.text, classes=list(part.part.kinds), is_supposed=part.part.is_supposed, experts=experts
    )


def _verdict(answer: Answer) -> str:
    return "verdict.NOBODY_LIKELY" if answer.is_unlikely else f"verdict.{answer.verdict.value}"


def _understood(explanation: Explained, language: Spoken) -> t.Understood:
    answer = explanation.answer
    problem = answer.problem
    return t.Understood(
        language=problem.language,
        terms=_words(answer)[:TERMS_SHOWN],
        components=list(problem.components),
        products=list(problem.products),
        skills=list(dict.fromkeys(skill.label for skill in problem.skills)),
        passed_on=_passed_on(answer, language),
        case_id=strawberry.ID(encode("Case", problem.asked_case)) if problem.asked_case else None,
        solved_by=[named(explanation.names[person]) for person in _solvers(explanation)],
    )


def _solvers(explanation: Explained) -> list[str]:
    """Who has solved the very case that is asked, as far as they are shown."""
    answer = explanation.answer
    seen = explanation.names.keys() - answer.prepared.reserved
    return [person for person in answer.problem.solvers if person in seen]


def _passed_on(answer: Answer, language: Spoken) -> str | None:
    if answer.situation is None or not answer.situation.is_passed_on:
        return None
    return sentence("kind.passed_on", language, product=answer.problem.products[0])


def _words(answer: Answer) -> list[str]:
    """The words searched for as they were written, rarest first."""
    words = as_written(answer.terms, answer.problem.text, answer.problem.language)
    return [word for word in words if any(letter.isalpha() for letter in word)]


def expert(company: Company, ranked: Ranked, *, is_today: bool = False) -> t.Expert:
    """A named person with the four questions."""
    explanation, language, person = company.explanation, company.language, ranked.person
    reasons, record = explanation.reasons.get(person, ()), record_of(company, person)
    band = None if ranked.chance is None else band_of(ranked.chance)
    return t.Expert(
        person=named(explanation.names[person]),
        unit=explanation.names[person].unit,
        rank=ranked.level,
        score=ranked.score,
        equal_to_above=ranked.level < ranked.rank,
        band=band,
        chance=ranked.chance,
        match=_match(ranked, band, language),
        placed=_placed(company, ranked),
        knows=_statement(
            company,
            knows(company, ranked, record, is_today=is_today),
            [one for one in reasons if one.kind not in BESIDE],
        ),
        proven=_statement(company, proven(company, person), _of_kind(reasons, kept_promises.KIND.name)),
        reachable=_statement(company, reachable(company, person), _of_kind(reasons, availability.KIND.name)),
        interruption=_statement(company, interruption(company, person), ()),
        solved=_solved(explanation, person),
        record=record.text if record else None,
        your_view=own_view(company, person),
        doors=doors(company, person),
        how_to_ask=own_words(company, person) or None,
        override=override(company, person),
        before_clock=before_clock(company, person),
        caution=caution_of(company, person) or None,
        relation=_relation(explanation, person, language),
    )


def _of_kind(reasons: Sequence[Reason], kind: str) -> list[Reason]:
    return [one for one in reasons if one.kind == kind]


def _statement(company: Company, said: Said, reasons: Sequence[Reason]) -> t.Statement:
    """One of the questions, with the evidence that counts for it."""
    told = [_reason(reason, company.explanation, company.language) for reason in reasons]
    return t.Statement(statement=said.text, lead=said.lead, rest=list(said.rest), known=said.is_known, reasons=told)


def _solved(explanation: Explained, person: str) -> list[t.CitedCase]:
    """The cases of the most telling kind of evidence about what somebody solved."""
    told = {reason.kind: reason.citation.cases for reason in explanation.reasons.get(person, ())}
    cases = next((told[kind] for kind in SOLVING if told.get(kind)), ())
    return [cited_case(explanation.cases[case]) for case in cases if case in explanation.cases]


def _relation(explanation: Explained, person: str, language: Spoken) -> t.Relation | None:
    found = explanation.acquaintances.get(person)
    if found is None:
        return None
    through, tie = explanation.names.get(found.through or ""), found.relation or found.way
    return t.Relation(
        nearness=found.nearness,
        is_living=None if tie is None else tie.is_living,
        through=None if through is None else named(through),
        sentence=acquaintance_sentence(found, through.name if through else "", language),
    )


def _placed(company: Company, ranked: Ranked) -> str | None:
    """Why somebody stands where they do, where it is not by their score alone."""
    if ranked.before is not None and (name := company.name(ranked.before)):
        return company.say("placed.spread", name=name)
    return company.say("placed.new") if ranked is company.answer.newcomer else None


def _match(ranked: Ranked, band: Band | None, language: Spoken) -> str:
    if ranked.chance is None:
        return sentence("say.unrated", language)
    return sentence(f"band.{band.value}" if band else "say.hardly", language)


def _reason(reason: Reason, explanation: Explained, language: Spoken) -> t.Reason:
    citation = reason.citation
    return t.Reason(
        kind=reason.kind,
        sentence=reason.text(language),
        contribution=reason.contribution,
        count=citation.count,
        of=citation.of,
        since=None if citation.since is None else moment(citation.since),
        newest=None if citation.newest is None else moment(citation.newest),
        cases=[cited_case(explanation.cases[case]) for case in citation.cases if case in explanation.cases],
    )


def explanation_of(company: Company, ranked: Ranked, above: Ranked | None, hangs_on: WhatIf | None) -> t.Explanation:
    """A person's place beside the one above: the differences add up to the gap of their scores."""
    explanation, language = company.explanation, company.language
    mine, other = ranked.contributions, above.contributions if above else {}
    kinds = sorted(mine, key=lambda kind: (-abs(mine[kind] - other.get(kind, 0.0)), kind)) if above else []
    return t.Explanation(
        expert=expert(company, ranked),
        above=named(explanation.names[above.person]) if above else None,
        score_above=above.score if above else None,
        differences=[
            t.Difference(
                kind=kind, name=sentence(f"name.{kind}", language), contribution=mine[kind], above=other.get(kind, 0.0)
            )
            for kind in kinds
            if mine[kind] != other.get(kind, 0.0)
        ],
        what_if=None if hangs_on is None else what_if(hangs_on, explanation, language),
    )


def what_if(found: WhatIf, explanation: Explained, language: Spoken) -> t.WhatIf:
    """A counterfactual."""
    return t.WhatIf(
        case=None if found.case is None else cited_case(found.case),
        person=named(explanation.names[found.person]),
        is_today=found.is_today,
        rank_before=found.rank_before,
        rank=found.rank,
        sentence=found.text(language),
    )


def named(row: PersonName) -> t.NamedPerson:
    """Enough of a person to name them."""
    person = strawberry.ID(encode("Person", row.person))
    return t.NamedPerson(
        id=person,
        name=row.name,
        key=row.key,
        kind=PersonKind(row.kind),
        by_name_alone=is_name_alone(row.source),
    )


def cited_case(head: CaseHead) -> t.CitedCase:
    """Enough of a case to cite it."""
    return t.CitedCase(
        id=strawberry.ID(encode("Case", head.case_id)),
        key=head.key,
        title=head.title,
        opened_at=moment(head.opened_at),
    )
