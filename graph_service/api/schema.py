"""The GraphQL schema: each root field hops once to a worker thread and opens one View there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar

import anyio.to_thread
import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from graph_service.api import types as t
from graph_service.api.answers import explanation_of, recommendation
from graph_service.api.details import cases, person, run_by_key, runs, similar_page
from graph_service.api.ids import decode
from graph_service.errors import ProblemRefused, UnknownId
from graph_service.ranking.explain import explained, what_if
from graph_service.ranking.recommend import Question, recommend, similar_cases
from graph_service.store.base import View
from graph_service.text.messages import Spoken
from graph_service.wiring import Service

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Context:
    """What a request carries: the service and the language of sentences."""

    service: Service
    language: Spoken

    async def in_view(self, as_of: datetime | None, work: Callable[[View], Result]) -> Result:
        """Runs `work` with a View of `as_of` in a worker thread."""

        def hop() -> Result:
            with self.service.store.view(as_of=self.service.as_of(as_of)) as view:
                return work(view)

        return await anyio.to_thread.run_sync(hop)


Info = strawberry.Info[Context, None]
ProblemArgument = Annotated[t.ProblemInput, strawberry.argument(description="The problem, in words or as a case.")]
Limit = Annotated[int, strawberry.argument(description="How many names at most, 1 to 100.")]
AsOf = Annotated[
    datetime | None,
    strawberry.argument(description="The moment the answer is about, default now; UTC where no zone is given."),
]
PersonArgument = Annotated[strawberry.ID, strawberry.argument(description="Global id of the Person.")]
NodeId = Annotated[strawberry.ID, strawberry.argument(description="Global id.")]
First = Annotated[int, strawberry.argument(description="How many entries at most, 1 to 100.")]
After = Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")]


def _question(problem: ProblemArgument, limit: int) -> Question:
    if problem.case_id is not None:
        return Question(case_id=decode(str(problem.case_id.value), "Case")[1], limit=limit)
    return Question(text=problem.text.value if problem.text is not None else "", limit=limit)


async def _recommend_experts(
    info: Info, problem: ProblemArgument, limit: Limit = 5, as_of: AsOf = None
) -> t.Recommendation:
    context = info.context

    def work(view: View) -> t.Recommendation:
        explanation = explained(view, recommend(view, _question(problem, limit)))
        first = explanation.answer.experts[:1]
        hangs_on = what_if(view, explanation, first[0]) if first else None
        return recommendation(explanation, hangs_on, context.language)

    return await context.in_view(as_of, work)


async def _explain_recommendation(
    info: Info, problem: ProblemArgument, person: PersonArgument, as_of: AsOf = None
) -> t.Explanation:
    context = info.context
    person_id = decode(str(person), "Person")[1]

    def work(view: View) -> t.Explanation:
        answer = recommend(view, _question(problem, 1))
        ranked = answer.place_of(person_id)
        if ranked is None:
            raise ProblemRefused("problem.not_a_candidate")
        beside = answer.order if ranked in answer.order else answer.only_declared
        above = next((other for other in beside if other.rank == ranked.rank - 1), None)
        explanation = explained(view, answer, [ranked, *([above] if above else [])])
        return explanation_of(explanation, ranked, above, what_if(view, explanation, ranked), context.language)

    return await context.in_view(as_of, work)


async def _similar_cases(
    info: Info,
    problem: ProblemArgument,
    first: First = 20,
    after: After = None,
    as_of: AsOf = None,
) -> t.SimilarCaseConnection:
    def work(view: View) -> t.SimilarCaseConnection:
        return similar_page(view, similar_cases(view, _question(problem, 1)), first, after)

    return await info.context.in_view(as_of, work)


async def _person(info: Info, id: NodeId) -> t.Person | None:
    key = decode(str(id), "Person")[1]
    return await info.context.in_view(None, lambda view: person(view, key))


async def _case(info: Info, id: NodeId, as_of: AsOf = None) -> t.Case | None:
    key = decode(str(id), "Case")[1]
    return await info.context.in_view(as_of, lambda view: cases(view, [key]).get(key))


async def _node(info: Info, id: NodeId) -> t.Node | None:
    kind, key = decode(str(id))
    context = info.context
    store = context.service.store

    def work(view: View) -> t.Node | None:
        if kind == "Person":
            return person(view, key)
        if kind == "Case":
            return cases(view, [key]).get(key)
        if kind == "ImportRun":
            return run_by_key(store, key, context.language)
        raise UnknownId("node.unknown")

    return await context.in_view(None, work)


async def _import_runs(info: Info, first: First = 20, after: After = None) -> t.ImportRunConnection:
    context = info.context

    def hop() -> t.ImportRunConnection:
        return runs(context.service.store, first, after, context.language)

    return await anyio.to_thread.run_sync(hop)


def _asked(resolver: Callable[..., Any], description: str) -> Any:
    """A root field."""
    return strawberry.field(resolver=resolver, description=description)


@strawberry.type(description="Questions to the expert graph.")
class Query:
    recommend_experts: t.Recommendation = _asked(
        _recommend_experts, "Who is worth something for this problem, and why?"
    )
    explain_recommendation: t.Explanation = _asked(
        _explain_recommendation, "Why does this person stand where they stand for this problem?"
    )
    similar_cases: t.SimilarCaseConnection = _asked(_similar_cases, "Which cases are like this problem?")
    person: t.Person | None = _asked(_person, "A person by global id.")
    case: t.Case | None = _asked(_case, "A case by global id.")
    node: t.Node | None = _asked(_node, "Anything by global id; null when there is nothing to see.")
    import_runs: t.ImportRunConnection = _asked(
        _import_runs, "Import runs, newest first; the refused rows of one through `node`."
    )


class QuietSchema(strawberry.Schema):
    """Strawberry logs each error with its literals; what is worth logging is logged by `api/execution.py`."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Logs nothing."""


SCHEMA = QuietSchema(
    query=Query,
    types=[t.Person, t.Case, t.ImportRun],
    config=StrawberryConfig(disable_field_suggestions=True),
)


def printed() -> str:
    """The SDL as it is committed in `schema/schema.graphql`."""
    return SCHEMA.as_str() + "\n"
