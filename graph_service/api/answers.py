"""Recommendations and explanations as GraphQL values."""

from dataclasses import replace
from itertools import pairwise

import strawberry

from graph_service.api import types as t
from graph_service.api.context import Context
from graph_service.api.ids import encode
from graph_service.evidence.reach import KIND as REACH
from graph_service.model import PersonKind, is_name_alone, moment
from graph_service.network.connecting_words import acquaintance_sentence
from graph_service.ranking.calibration import Band, band_of
from graph_service.ranking.explain import SOLVING, Explained, Reason, WhatIf, in_shown_order
from graph_service.ranking.recommend import Answer, Ranked
from graph_service.store.named_queries import CaseHead, PersonName
from graph_service.text.messages import Spoken, sentence
from graph_service.text.terms import as_written

TERMS_SHOWN = 40
LEADING = ("similar_solved", "component_amount", "component_usual")


def named_people(explanation: Explained) -> list[str]:
    """Whom an answer names."""
    answer = explanation.answer
    solvers = (one for one in answer.problem.solvers if one in explanation.names)
    return [*(ranked.person for ranked in answer.named), *solvers, *people_between(explanation)]


def people_between(explanation: Explained) -> list[str]:
    """Who could introduce the asker to those an answer names."""
    through = {one.through for one in explanation.acquaintances.values() if one.through}
    return sorted(through & explanation.names.keys())


def recommendation(
    explanation: Explained, hangs_on: WhatIf | None, context: Context, decision: str
) -> t.Recommendation:
    """The whole answer."""
    answer, language = explanation.answer, context.language
    return t.Recommendation(
        id=strawberry.ID(encode("Recommendation", decision)),
        purpose=context.asker.purpose,
        verdict=answer.verdict,
        sentence=sentence(_verdict(answer), language, count=len(answer.proven)),
        as_of=moment(answer.as_of),
        rule=t.Rule(name=answer.ranker.name, version=answer.ranker.version),
        understood=_understood(explanation, language),
        experts=[
            replace(expert(explanation, ranked, language), equal_to_above=bool(above and above.level == ranked.level))
            for above, ranked in pairwise((None, *in_shown_order(answer.experts, explanation.names)))
            if ranked
        ],
        only_declared=[expert(explanation, ranked, language) for ranked in answer.declared],
        nearest=[
            t.NearCase(similarity=case.similarity, case=cited_case(explanation.cases[case.case_id]))
            for case in answer.nearest[: answer.question.limit]
            if case.case_id in explanation.cases
        ],
        teams=list(explanation.teams),
        what_if=None if hangs_on is None else what_if(hangs_on, explanation, language),
    )


def _verdict(answer: Answer) -> str:
    return "verdict.NOBODY_LIKELY" if answer.is_unlikely else f"verdict.{answer.verdict.value}"


def _leading(reason: t.Reason) -> int:
    """What is said first: solved cases like this one, then in this component, then by strength."""
    return LEADING.index(reason.kind) if reason.kind in LEADING and reason.count else len(LEADING)


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
        solved_by=[named(explanation.names[person]) for person in problem.solvers if person in explanation.names],
    )


def _passed_on(answer: Answer, language: Spoken) -> str | None:
    if answer.situation is None or not answer.situation.is_passed_on:
        return None
    return sentence("kind.passed_on", language, product=answer.problem.products[0])


def _words(answer: Answer) -> list[str]:
    """The words searched for as they were written, rarest first."""
    words = as_written(answer.terms, answer.problem.text, answer.problem.language)
    return [word for word in words if any(letter.isalpha() for letter in word)]


def expert(explanation: Explained, ranked: Ranked, language: Spoken) -> t.Expert:
    """A named person with the four questions."""
    reasons = explanation.reasons.get(ranked.person, ())
    unknown = t.Statement(statement=sentence("nothing_known", language), known=False, reasons=[])
    spoken = [_reason(reason, explanation, language) for reason in reasons]
    statement = unknown.statement
    speaking = sorted((one for one in spoken if one.contribution > 0 and one.kind != REACH.name), key=_leading)
    declared = [reason for reason in speaking if reason.kind == "declared_skill"]
    if declared:  # there is nothing else: whoever has solved anything gets no declared skill
        statement = declared[0].sentence
    elif speaking:
        statement = speaking[0].sentence
        if ranked.person not in explanation.answer.proven and speaking[0].kind != "declared_skill":
            code = "knows.only_remotely" if speaking[0].kind in SOLVING else "knows.other_things"
            statement = sentence(code, language, reason=statement)
    band = None if ranked.chance is None else band_of(ranked.chance)
    return t.Expert(
        person=named(explanation.names[ranked.person]),
        rank=ranked.level,
        score=ranked.score,
        equal_to_above=ranked.level < ranked.rank,
        band=band,
        chance=ranked.chance,
        match=_match(ranked, band, language),
        knows=t.Statement(statement=statement, known=bool(reasons), reasons=spoken),
        proven=unknown,
        reachable=unknown,
        interruption=unknown,
        relation=_relation(explanation, ranked.person, language),
    )


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


def explanation_of(
    explanation: Explained, ranked: Ranked, above: Ranked | None, hangs_on: WhatIf | None, language: Spoken
) -> t.Explanation:
    """A person's place beside the one above: the differences add up to the gap of their scores."""
    mine, other = ranked.contributions, above.contributions if above else {}
    kinds = sorted(mine, key=lambda kind: (-abs(mine[kind] - other.get(kind, 0.0)), kind)) if above else []
    return t.Explanation(
        expert=expert(explanation, ranked, language),
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
        case=cited_case(found.case),
        person=named(explanation.names[found.person]),
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
