"""An answer with all that stands around it, and whom it names."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from graph_service.casework.company import Company, company_of
from graph_service.casework.parts import PartAnswer, parts_of
from graph_service.casework.who_may_know import Helping, helping, people_in
from graph_service.ranking.explain import Explained
from graph_service.ranking.what_if import WhatIf, what_if, what_ifs
from graph_service.store.base import View
from graph_service.text.messages import Spoken

USUAL = frozenset({"whatIfs"})
"""What is told of an answer's counterfactuals where nobody says which fields are asked for."""


@dataclass(frozen=True)
class Whole:
    """An answer with all around it: the parts of the problem, what helps where nobody is named, and what it hangs
    on: a case, and facts beside the cases."""

    company: Company
    parts: Sequence[PartAnswer]
    helping: Helping
    hangs_on: WhatIf | None = None
    what_ifs: Sequence[WhatIf] = ()


def whole_of(
    view: View, explanation: Explained, language: Spoken, asker: str | None, fields: Set[str] = USUAL
) -> Whole:
    """Reads what stands around an answer; where the `fields` asked for say so, also what it hangs on, and where the
    first name would stand without the case that speaks most for it: the whole question is asked once more."""
    answer = explanation.answer
    found, parts = helping(view, answer, asker), parts_of(view, answer)
    company = company_of(view, explanation, language, asker, people_in(found))
    first = answer.experts[:1] if "whatIf" in fields else ()
    hangs_on = what_if(view, explanation, first[0]) if first else None
    return Whole(company, parts, found, hangs_on, what_ifs(answer) if "whatIfs" in fields else ())


def named_people(whole: Whole) -> list[str]:
    """Whom an answer names, in its lists, in the words around them, and beside them."""
    company, parts = whole.company, whole.parts
    answer, explanation = company.answer, company.explanation
    solvers = (one for one in answer.problem.solvers if one in explanation.names)
    of_parts = (ranked.person for part in parts for ranked in part.experts)
    beside = sorted(company.names.keys() - explanation.names.keys())
    meant = (row.person for one in answer.prepared.named for row in one.people)
    return [
        *meant,
        *(ranked.person for ranked in answer.named),
        *of_parts,
        *solvers,
        *people_between(explanation),
        *beside,
    ]


def people_between(explanation: Explained) -> list[str]:
    """Who could introduce the asker to those an answer names."""
    through = {one.through for one in explanation.acquaintances.values() if one.through}
    return sorted(through & explanation.names.keys())
