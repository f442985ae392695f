"""What the root fields that ask about a problem have in common: their arguments, who asks, and the answer."""

from collections.abc import Set
from datetime import datetime
from typing import Annotated

import strawberry
from strawberry.types.nodes import SelectedField

from graph_service.api import types as t
from graph_service.api.answers import recommendation
from graph_service.api.context import Context
from graph_service.api.ids import decode
from graph_service.api.whole import USUAL, named_people, whole_of
from graph_service.decisions import decision_of
from graph_service.model import month_start
from graph_service.ranking.explain import explained
from graph_service.ranking.recommend import Question, recommend
from graph_service.store.base import View
from graph_service.understanding.understood import Given
from graph_service.wiring import instant_of

NOTHING = Given()
Info = strawberry.Info[Context, None]
ProblemArgument = Annotated[t.ProblemInput, strawberry.argument(description="The problem, in words or as a case.")]
GivenArgument = Annotated[
    t.GivenInput | None, strawberry.argument(description="What is given beside the words, or corrects them.")
]
Limit = Annotated[int, strawberry.argument(description="How many names at most, 1 to 100.")]
AsOf = Annotated[
    datetime | None,
    strawberry.argument(description="The moment the answer is about, default now; UTC where no zone is given."),
]
PersonArgument = Annotated[strawberry.ID, strawberry.argument(description="Global id of the Person.")]


def question_of(problem: ProblemArgument, limit: int, asker: str | None = None, given: Given = NOTHING) -> Question:
    """The question of a call."""
    if problem.case_id is not None:
        case_id = decode(str(problem.case_id.value), "Case")[1]
        return Question(case_id=case_id, limit=limit, asker=asker, given=given)
    text = problem.text.value if problem.text is not None else ""
    return Question(text=text, limit=limit, asker=asker, given=given)


def given_of(told: t.GivenInput | None) -> Given:
    """What the call gives; moments without zone are UTC."""
    if told is None:
        return NOTHING
    return Given(
        customer=told.customer,
        contact=told.contact,
        system=told.system,
        kinds=None if told.classes is None else tuple(told.classes),
        mode=told.mode,
        deadline=None if told.deadline is None else instant_of(told.deadline),
        priority=told.priority,
        impact=told.impact,
        confirmed_by=told.confirmed_by,
        override_reason=told.override_reason,
        without_logs=told.without_logs,
    )


def asking(context: Context, view: View) -> str | None:
    """Who asks. Nobody in particular about months that are over: asked month by month, ways through others would tell
    when these met."""
    is_now = month_start(view.as_of) == month_start(context.service.now())
    return context.asker.identity.person if is_now else None


def answered(context: Context, view: View, question: Question, act: str, fields: Set[str] = USUAL) -> t.Recommendation:
    """Asks, notes under an act whom the answer names, and says all of it; `fields` as in `whole_of`."""
    explanation = explained(view, recommend(view, question))
    whole = whole_of(view, explanation, context.language, question.asker, fields)
    decision = decision_of(view, explanation)
    context.note(act, named_people(whole), decision)
    return recommendation(whole, context, decision.id)


def names_in(info: Info) -> frozenset[str]:
    """The fields that are asked for of an answer, in fragments too; the document was checked before."""
    found: set[str] = set()
    rest = [one for chosen in info.selected_fields for one in chosen.selections]
    while rest:
        one = rest.pop()
        if isinstance(one, SelectedField):
            found.add(one.name)
        else:
            rest += one.selections
    return frozenset(found)
