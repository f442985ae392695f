"""The answer as it would be: without some people, or for whoever stands in for the asker."""

from dataclasses import replace
from typing import Annotated

import strawberry

from graph_service.access.roles import FieldClass
from graph_service.api import types as t
from graph_service.api.asking import GivenArgument, Info, ProblemArgument, answered, asking, given_of, question_of
from graph_service.api.guards import INSIDE, Guard, asked
from graph_service.api.ids import decode
from graph_service.errors import InputRefused
from graph_service.store.base import View

MOST_GONE = 20
SHOWN = 5
Gone = Annotated[list[strawberry.ID] | None, strawberry.argument(description="Global ids of people who are not there.")]
Absent = Annotated[
    bool, strawberry.argument(description="The asker is not there: nobody's ties, mandates, views and notes count.")
]


async def _what_if(
    info: Info,
    problem: ProblemArgument,
    given: GivenArgument = None,
    gone: Gone = None,
    asker_absent: Absent = False,
) -> t.Recommendation:
    context = info.context
    people = gone or []
    if len(people) > MOST_GONE:
        raise InputRefused("what_if.most_gone", most=MOST_GONE)
    left_out = frozenset(decode(str(one), "Person")[1] for one in people)

    def work(view: View) -> t.Recommendation:
        asker = None if asker_absent else asking(context, view)
        question = replace(question_of(problem, SHOWN, asker, given_of(given)), gone=left_out)
        return answered(context, view, question, "answer:supposed")

    return await context.in_view(None, work)


WHAT_IF = asked(
    _what_if, "What would the answer be without some people, or without the asker?", Guard(FieldClass.EVIDENCE, INSIDE)
)
