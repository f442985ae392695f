"""Erasing a person through GraphQL: pending, reviewed, done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import strawberry

from graph_service.access.roles import Act, FieldClass
from graph_service.api.context import Context
from graph_service.api.guards import WHOLE, Guard, asked, told
from graph_service.api.ids import decode, encode
from graph_service.api.own_types import UserError, caught
from graph_service.erasure import decide, erase_person
from graph_service.model import SourceId, moment
from graph_service.store import named_queries as nq
from graph_service.text.messages import sentence
from graph_service.wiring import drop_evaluations

Info = strawberry.Info[Context, None]
_MOST_VERSIONS = 50


@strawberry.type(description="A case whose text may mention somebody who was erased; two people can bear one name.")
class Mention:
    case_id: strawberry.ID = told("Global id of the Case.")
    title: str = told("Its title.")
    text: str = told("Its description.")
    environment: str = told("Its environment.")
    decided: str = told("MASKED, KEPT, or empty: not yet looked at.")


@strawberry.type(description="An erasure. It does not say of whom.")
class Erasure:
    id: strawberry.ID = told("Global id.")
    started_at: datetime = told("When it was ordered.")
    purged_at: datetime | None = told("When what was deleted was gone from the disk too; null: not yet.")
    mentions: list[Mention] = told("Cases to look at.")
    is_done: bool = told("Purged, and every mention was looked at.")
    notice: str = told("What else may still hold traces, and for how long.")


ErasureResult = Annotated[
    Erasure | UserError,
    strawberry.union("ErasureResult", description="Where it stands, or why nothing was done."),
]


@strawberry.input(description="Whom to erase: by an account that a source knows them by.")
class ErasePersonInput:
    source: str = told("The source, e.g. house or jira.")
    key: str = told("The person's key there.")


@strawberry.input(description="What to do about a mention.")
class DecideMentionInput:
    erasure: strawberry.ID = told("The erasure.")
    case_id: strawberry.ID = told("The case.")
    mask: list[str] = told(
        'Words to replace in the case by "Person entfernt"; empty: another person is meant, keep it.'
    )


def _erasure(context: Context, row: nq.ErasureRow) -> Erasure:
    mentions = [_mention(context, one) for one in context.store.state(nq.MENTIONS, erasure=row.id)]
    return Erasure(
        id=strawberry.ID(encode("Erasure", row.id)),
        started_at=moment(row.started_at),
        purged_at=None if row.purged_at is None else moment(row.purged_at),
        mentions=mentions,
        is_done=row.purged_at is not None and all(one.decided for one in mentions),
        notice=sentence(f"erasure.traces_{context.store.name.split()[0].casefold()}", context.language),
    )


def _mention(context: Context, row: nq.MentionRow) -> Mention:
    versions = context.store.state(nq.CASE_TEXTS, after="", only=row.case_id, limit=_MOST_VERSIONS)
    newest = max(versions, key=lambda one: (one.run_out, one.run_in), default=None)
    return Mention(
        case_id=strawberry.ID(encode("Case", row.case_id)),
        title=newest.title if newest else "",
        text=newest.text if newest else "",
        environment=newest.environment if newest else "",
        decided=row.decided,
    )


def _found(context: Context, erasure: str) -> Erasure:
    rows: Mapping[str, nq.ErasureRow] = {row.id: row for row in context.store.state(nq.ERASURES)}
    return _erasure(context, rows[erasure])


async def erasures(info: Info) -> list[Erasure]:
    """All erasures, oldest first."""
    context = info.context

    def work() -> list[Erasure]:
        context.note("erasures:listed")
        return [_erasure(context, row) for row in context.store.state(nq.ERASURES)]

    return await context.in_thread(work)


async def _erase_person(
    info: Info, input: Annotated[ErasePersonInput, strawberry.argument(description="Whom.")]
) -> ErasureResult:
    context = info.context

    def work() -> Erasure:
        person = SourceId(input.source, input.key).id_of("person")
        secret = context.service.settings.secret.get_secret_value()
        context.act("person:erased")
        done = erase_person(context.store, person, secret, context.service.wall())
        drop_evaluations()
        return _found(context, done.id)

    return await context.in_thread(lambda: caught(context.language, "key", work))


async def _decide_mention(
    info: Info, input: Annotated[DecideMentionInput, strawberry.argument(description="The decision.")]
) -> ErasureResult:
    context = info.context

    def work() -> Erasure:
        erasure, case_id = decode(str(input.erasure), "Erasure")[1], decode(str(input.case_id), "Case")[1]
        context.act("mention:decided", erasure=erasure, masked=int(bool(input.mask)))
        decide(context.store, (erasure, case_id), input.mask, context.service.wall())
        return _found(context, erasure)

    return await context.in_thread(lambda: caught(context.language, "mask", work))


ERASURES = asked(erasures, "Erasures, oldest first.", Guard(FieldClass.ERASURES, WHOLE))
ERASE_PERSON = asked(
    _erase_person,
    "Erases a person: facts, names, answers, what was derived; an old file brings nothing back.",
    Guard(act=Act.ERASE_PERSON),
)
DECIDE_MENTION = asked(
    _decide_mention,
    "Masks words in a case that mention somebody who was erased, or lets them stand.",
    Guard(act=Act.DECIDE_MENTION),
)
