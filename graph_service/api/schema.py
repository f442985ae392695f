"""The GraphQL schema: each root field hops once to a worker thread and opens one View there."""

from typing import Annotated

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from graph_service.access.roles import FieldClass, Reach
from graph_service.api import guards, own_types as o, types as t
from graph_service.api.answers import explanation_of, recommendation
from graph_service.api.around_types import PersonOption
from graph_service.api.asking import (
    AsOf,
    GivenArgument,
    Info,
    Limit,
    PersonArgument,
    ProblemArgument,
    answered,
    asking,
    given_of,
    names_in,
    question_of,
)
from graph_service.api.connecting import BOUNDARY, RECONNECT
from graph_service.api.connecting_types import Boundary, Reconnections
from graph_service.api.context import Context
from graph_service.api.details import cases, people_in, person, run_by_key, runs, similar_page
from graph_service.api.erasing import ERASURES, Erasure
from graph_service.api.guards import DIRECT, INSIDE, OWN, Guard, asked
from graph_service.api.identity_types import IDENTITY_QUEUE, IdentityLine
from graph_service.api.ids import decode
from graph_service.api.import_details import IMPORT_PROFILES, REJECTED_ROWS, ImportProfile, RejectedRows
from graph_service.api.importing import IMPORT_PROGRESS, ImportProgress
from graph_service.api.mutations import Mutation, choice_of
from graph_service.api.network import NETWORK_CHANGE
from graph_service.api.network_types import NetworkChange
from graph_service.api.operating import HEALTH, RULE_SETS, Health, RuleSet
from graph_service.api.own_network import PATH, WHO_KNOWS, Acquaintance, Path
from graph_service.api.people_called import PEOPLE
from graph_service.api.skill_types import (
    MISSING_SKILLS,
    SKILL_QUEUE,
    SKILL_SUGGESTIONS,
    MissingSkills,
    SkillSuggestion,
    UnplacedSkill,
)
from graph_service.api.solving import KNOWLEDGE_ISLANDS, RESERVE_INDEX
from graph_service.api.solving_types import KnowledgeIslands, ReserveIndex
from graph_service.api.supposing import WHAT_IF
from graph_service.api.told_about_me import DISPUTES, DisputeLine
from graph_service.api.viewer import summary, viewer
from graph_service.api.whole import named_people, people_between, whole_of
from graph_service.casework.company import company_of
from graph_service.decisions import Kept, decision_of, kept, replayed
from graph_service.errors import ProblemRefused, UnknownId
from graph_service.model import moment
from graph_service.ranking.explain import explained
from graph_service.ranking.recommend import recommend, similar_cases
from graph_service.ranking.what_if import what_if
from graph_service.store.base import View
from graph_service.text.messages import sentence

MOST_MONTHS = 24
_RUNS = frozenset({Reach.OWN, Reach.ALL})
NodeId = Annotated[strawberry.ID, strawberry.argument(description="Global id.")]
First = Annotated[int, strawberry.argument(description="How many entries at most, 1 to 100.")]
After = Annotated[str | None, strawberry.argument(description="The cursor after which to go on.")]
Months = Annotated[int, strawberry.argument(description="How many months, the current one included; 1 to 24.")]


async def _recommend_experts(
    info: Info, problem: ProblemArgument, given: GivenArgument = None, limit: Limit = 5, as_of: AsOf = None
) -> t.Recommendation:
    context = info.context
    fields = names_in(info)

    def work(view: View) -> t.Recommendation:
        question = question_of(problem, limit, asking(context, view), given_of(given))
        return answered(context, view, question, "answer:given", fields)

    return await context.in_view(as_of, work)


async def _explain_recommendation(
    info: Info,
    problem: ProblemArgument,
    person: PersonArgument,
    given: GivenArgument = None,
    as_of: AsOf = None,
) -> t.Explanation:
    context = info.context
    person_id = decode(str(person), "Person")[1]

    def work(view: View) -> t.Explanation:
        asker = asking(context, view)
        answer = recommend(view, question_of(problem, 1, asker, given_of(given)))
        ranked = answer.place_of(person_id)
        if ranked is None:
            raise ProblemRefused("problem.not_a_candidate")
        beside = answer.order if ranked in answer.order else answer.only_declared
        above = next((other for other in beside if other.rank == ranked.rank - 1), None)
        explanation = explained(view, answer, [ranked, *([above] if above else [])])
        told = [ranked, *([above] if above else [])]
        named = [*(one.person for one in told), *people_between(explanation)]
        context.note("answer:explained", named, decision_of(view, explanation, told))
        company = company_of(view, explanation, context.language, asker)
        return explanation_of(company, ranked, above, what_if(view, explanation, ranked))

    return await context.in_view(as_of, work)


async def _similar_cases(
    info: Info,
    problem: ProblemArgument,
    first: First = 20,
    after: After = None,
    as_of: AsOf = None,
) -> t.SimilarCaseConnection:
    context = info.context

    def work(view: View) -> t.SimilarCaseConnection:
        question = question_of(problem, 1)
        page = similar_page(view, similar_cases(view, question), first, after, context.shown_before)
        context.note("cases:searched", people_in(edge.node for edge in page.edges))
        return page

    return await context.in_view(as_of, work)


def _person_read(context: Context, view: View, key: str) -> t.Person | None:
    found = person(view, key)
    context.note("person:read", [key] if found else ())
    return found


def _case_read(context: Context, view: View, key: str) -> t.Case | None:
    found = cases(view, [key], context.shown_before).get(key)
    context.note("case:read", people_in([found] if found else ()))
    return found


async def _person(info: Info, id: NodeId) -> t.Person | None:
    key = decode(str(id), "Person")[1]
    context = info.context
    return await context.in_view(None, lambda view: _person_read(context, view, key))


async def _case(info: Info, id: NodeId, as_of: AsOf = None) -> t.Case | None:
    key = decode(str(id), "Case")[1]
    context = info.context
    return await context.in_view(as_of, lambda view: _case_read(context, view, key))


async def _node(info: Info, id: NodeId) -> t.Node | None:
    kind, key = decode(str(id))
    context = info.context

    def work(view: View) -> t.Node | None:
        if kind == "Person":
            context.check(FieldClass.DIRECTORY, DIRECT)
            return _person_read(context, view, key)
        if kind == "Case":
            context.check(FieldClass.CASES, INSIDE)
            return _case_read(context, view, key)
        if kind == "ImportRun":
            context.check(FieldClass.RUNS, _RUNS)
            return run_by_key(context, key)
        raise UnknownId("node.unknown")

    return await context.in_view(None, work)


async def _import_runs(info: Info, first: First = 20, after: After = None) -> t.ImportRunConnection:
    context = info.context
    return await context.in_thread(lambda: runs(context, first, after))


async def _viewer(info: Info) -> o.Viewer:
    context = info.context
    fields = names_in(info)
    return await context.in_thread(lambda: viewer(context, fields))


async def _audit_summary(info: Info, months: Months = 12) -> o.AuditSummary:
    context = info.context
    if not 1 <= months <= MOST_MONTHS:
        raise ProblemRefused("page.bad_first", first=months, most=MOST_MONTHS)
    return await context.in_thread(lambda: summary(context, months))


async def _replay(info: Info, id: NodeId) -> o.Replay:
    context = info.context
    key = decode(str(id), "Recommendation")[1]

    def work() -> o.Replay:
        found = kept(context.store, key, context.asker.identity.subject)
        return context.with_view(found.read["as_of"], lambda view: _replayed(context, view, found))

    return await context.in_thread(work)


def _replayed(context: Context, view: View, found: Kept) -> o.Replay:
    again = replayed(context.store, view, found, context.asker.identity.person)
    whole = whole_of(view, explained(view, again.answer), context.language, again.answer.question.asker)
    context.note("answer:replayed", named_people(whole), answer=found.id)
    return o.Replay(
        recommendation=recommendation(whole, context, found.id),
        is_same=again.is_same,
        causes=[
            o.Cause(
                kind=cause.kind,
                sentence=sentence(cause.kind, context.language, run=cause.run),
                at=None if cause.at is None else moment(cause.at),
                run=cause.run,
            )
            for cause in again.causes
        ],
        choice=choice_of(context, found),
    )


@strawberry.type(description="Questions to the expert graph.")
class Query:
    recommend_experts: t.Recommendation | None = asked(
        _recommend_experts,
        "Who is worth something for this problem, and why?",
        Guard(FieldClass.EVIDENCE, INSIDE),
    )
    explain_recommendation: t.Explanation | None = asked(
        _explain_recommendation,
        "Why does this person stand where they stand for this problem?",
        Guard(FieldClass.EVIDENCE, INSIDE),
    )
    what_if: t.Recommendation | None = WHAT_IF
    similar_cases: t.SimilarCaseConnection | None = asked(
        _similar_cases, "Which cases are like this problem?", Guard(FieldClass.CASES, INSIDE)
    )
    person: t.Person | None = asked(_person, "A person by global id.", Guard(FieldClass.DIRECTORY, DIRECT))
    people: list[PersonOption] | None = PEOPLE
    case: t.Case | None = asked(_case, "A case by global id.", Guard(FieldClass.CASES, INSIDE))
    node: t.Node | None = asked(_node, "Anything by global id; null when there is nothing to see.")
    import_runs: t.ImportRunConnection | None = asked(
        _import_runs,
        "Import runs, newest first; the refused rows of one through `node`.",
        Guard(FieldClass.RUNS, _RUNS),
    )
    viewer: o.Viewer | None = asked(_viewer, "Who asks, and what there is about them.")
    audit_summary: o.AuditSummary | None = asked(
        _audit_summary, "What was done how often; sums without names.", Guard(FieldClass.SUMMARY, guards.WHOLE)
    )
    erasures: list[Erasure] | None = ERASURES
    disputes: list[DisputeLine] | None = DISPUTES
    import_progress: ImportProgress | None = IMPORT_PROGRESS
    import_profiles: list[ImportProfile] | None = IMPORT_PROFILES
    rejected_rows: RejectedRows | None = REJECTED_ROWS
    health: Health | None = HEALTH
    rule_sets: list[RuleSet] | None = RULE_SETS
    identity_queue: list[IdentityLine] | None = IDENTITY_QUEUE
    skill_suggestions: list[SkillSuggestion] | None = SKILL_SUGGESTIONS
    skill_queue: list[UnplacedSkill] | None = SKILL_QUEUE
    missing_skills: MissingSkills | None = MISSING_SKILLS
    path: Path | None = PATH
    who_knows: list[Acquaintance] | None = WHO_KNOWS
    network_change: NetworkChange | None = NETWORK_CHANGE
    reserve_index: ReserveIndex | None = RESERVE_INDEX
    knowledge_islands: KnowledgeIslands | None = KNOWLEDGE_ISLANDS
    boundary: Boundary | None = BOUNDARY
    reconnect: Reconnections | None = RECONNECT
    replay: o.Replay | None = asked(
        _replay, "An answer of one's own, computed again.", Guard(FieldClass.DECISIONS, OWN)
    )


class QuietSchema(strawberry.Schema):
    """Strawberry logs each error with its literals; what is worth logging is logged by `api/execution.py`."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Logs nothing."""


SCHEMA = QuietSchema(
    query=Query,
    mutation=Mutation,
    types=[t.Person, t.Case, t.ImportRun],
    config=StrawberryConfig(disable_field_suggestions=True),
)
guards.install(SCHEMA._schema)


def printed() -> str:
    """The SDL as it is committed in `schema/schema.graphql`."""
    return SCHEMA.as_str() + "\n"
