"""Who is who through GraphQL: the review queue, and decisions."""

from typing import Annotated

import strawberry

from graph_service.access.roles import Act
from graph_service.api.context import Context
from graph_service.api.guards import Guard, asked, told
from graph_service.api.importing import caught
from graph_service.api.own_types import UserError
from graph_service.errors import ProblemRefused
from graph_service.identity.deciding import decide_identity
from graph_service.identity.linking import IdentityVerdict, Judgement
from graph_service.identity.review import Candidate, Line
from graph_service.identity.settling import waiting
from graph_service.text.messages import Spoken, sentence

MOST = 100
Info = strawberry.Info[Context, None]
strawberry.enum(IdentityVerdict, description="What was decided about two accounts.")
_MEANINGS = {
    "SAME": "They are one person.",
    "NOT_SAME": "They are two; never asked again.",
    "EXTERNAL": "Somebody new from outside.",
    "LATER": "Not decided yet.",
}
for _value in IdentityVerdict.__strawberry_definition__.values:  # type: ignore[attr-defined]
    _value.description = _MEANINGS[_value.name]


@strawberry.type(description="A person whom an account may mean.")
class IdentityCandidate:
    account: strawberry.ID = told("The account that stands for them.")
    name: str = told("What they are called.")
    unit: str = told("Their unit.")
    key: str = told("How the account's source calls them, as SOURCE:KEY; namesakes differ in it.")
    likeness: float = told("How alike the names are, 0 to 100.")
    speaks_for: list[str] = told("What speaks for it.")
    speaks_against: list[str] = told("What speaks against it.")
    is_suggested: bool = told("Name and unit fit exactly one: ticked in advance, never decided by itself.")


@strawberry.type(description="An account that nobody could place.")
class IdentityLine:
    account: strawberry.ID = told("The account.")
    name: str = told("What its source calls it.")
    source: str = told("The source.")
    candidates: list[IdentityCandidate] = told("Whom it may mean, at most five.")


@strawberry.type(description="A decision was kept.")
class IdentityDecided:
    moved: int = told("How many accounts mean another person now.")


@strawberry.input(description="What was decided about two accounts.")
class DecideIdentityInput:
    account: strawberry.ID = told("The account.")
    verdict: IdentityVerdict = told("The decision.")
    other: strawberry.ID | None = strawberry.field(default=None, description="The other account.")


DecideResult = Annotated[
    IdentityDecided | UserError, strawberry.union("DecideIdentityResult", description="The decision, or why not.")
]


async def _queue(
    info: Info, first: Annotated[int, strawberry.argument(description="How many lines at most, 1 to 100.")] = 20
) -> list[IdentityLine]:
    context = info.context
    if not 1 <= first <= MOST:
        raise ProblemRefused("page.bad_first", first=first, most=MOST)

    def work() -> list[IdentityLine]:
        lines = [_line(line, context.language) for line in waiting(context.store, first)]
        context.note("identity:listed")
        return lines

    return await context.in_thread(work)


def _line(line: Line, language: Spoken) -> IdentityLine:
    return IdentityLine(
        account=strawberry.ID(line.account),
        name=line.name,
        source=line.source,
        candidates=[_candidate(one, language) for one in line.candidates],
    )


def _candidate(one: Candidate, language: Spoken) -> IdentityCandidate:
    return IdentityCandidate(
        account=strawberry.ID(one.account),
        name=one.name,
        unit=one.unit,
        key=one.key,
        likeness=one.likeness,
        speaks_for=[sentence(reason.code, language, value=reason.value) for reason in one.speaks_for],
        speaks_against=[sentence(reason.code, language, value=reason.value) for reason in one.speaks_against],
        is_suggested=one.is_suggested,
    )


async def _decide(
    info: Info, input: Annotated[DecideIdentityInput, strawberry.argument(description="The decision.")]
) -> IdentityDecided | UserError:
    context = info.context

    def work() -> IdentityDecided:
        context.act("identity:decided", verdict=input.verdict.value)
        other = str(input.other or "")
        judgement = Judgement(str(input.account), other, input.verdict, context.asker.identity.subject)
        return IdentityDecided(moved=decide_identity(context.store, [judgement], context.service.now()))

    return await context.in_thread(lambda: caught(context, work))


IDENTITY_QUEUE = asked(
    _queue, "Accounts that nobody could place, with whom they may mean.", Guard(act=Act.DECIDE_IDENTITY)
)
DECIDE_IDENTITY = asked(_decide, "Decides whether two accounts are one person.", Guard(act=Act.DECIDE_IDENTITY))
