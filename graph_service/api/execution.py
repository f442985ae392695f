"""Runs one GraphQL document: bounds first, then Strawberry, then errors that say nothing internal."""

import asyncio
import logging
import re
import secrets
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphql import DocumentNode, GraphQLError, GraphQLSyntaxError, OperationDefinitionNode, parse

from graph_service.api import limits
from graph_service.api.context import Context
from graph_service.api.schema import SCHEMA
from graph_service.errors import ExpertGraphError, InputRefused, ProblemRefused, StoreError
from graph_service.text.messages import Spoken, sentence

MOST_ERRORS = 20
LONGEST_MESSAGE = 500
_HINT = re.compile(r" Did you mean .*?\?")
_log = logging.getLogger("graph_service.api")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`data` is absent (`executed` false) when the request never ran."""

    executed: bool
    data: Mapping[str, Any] | None
    errors: list[dict[str, Any]]

    @property
    def body(self) -> dict[str, Any]:
        """As GraphQL over HTTP wants it."""
        return {**({"data": self.data} if self.executed else {}), **({"errors": self.errors} if self.errors else {})}


async def run(
    document: str, variables: Mapping[str, Any] | None, operation_name: str | None, context: Context
) -> Outcome:
    """Runs a document; never raises for what a client can send, but AccessRefused for too much of it."""
    try:
        parsed = parse(document, max_tokens=limits.MOST_TOKENS)
        roots = limits.check(parsed)
        _check_operation(parsed, operation_name)
    except GraphQLSyntaxError as error:
        return Outcome(False, None, [_shown(error, context.language)])
    except (InputRefused, RecursionError) as error:
        return Outcome(False, None, [_refusal(error, context.language)])
    context.spend(roots - 1)  # the request itself is counted at the door
    result = await SCHEMA.execute(
        document,
        variable_values=dict(variables or {}),
        operation_name=operation_name,
        context_value=context,
    )
    for failed in result.errors or []:
        if isinstance(failed.original_error, ProblemRefused):
            context.note("question:refused", code=failed.original_error.code)
    try:
        await context.in_thread(context.keep_events)
    except StoreError as error:
        return Outcome(True, None, [_typed(error, context.language)])
    errors = _once_per_field([_shown(error, context.language) for error in (result.errors or [])])[:MOST_ERRORS]
    executed = result.data is not None or any("path" in error for error in errors)
    return Outcome(executed, result.data, errors)


def _once_per_field(errors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A field that may not be read is one error, however many rows it has."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for error in errors:
        place = tuple(part for part in error.get("path", ()) if not isinstance(part, int))
        key = (error["extensions"]["code"], *place)
        if not error["extensions"]["code"].startswith("access.") or key not in seen:
            kept.append(error)
        seen.add(key)
    return kept


def run_now(document: str, variables: Mapping[str, Any], context: Context) -> Outcome:
    """The same from synchronous code, for the terminal."""
    return asyncio.run(run(document, variables, None, context))


def _check_operation(document: DocumentNode, name: str | None) -> None:
    """Exactly one operation without a name, or one of the given name."""
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    if name is None and len(operations) == 1:
        return
    if [node.name.value for node in operations if node.name].count(name or "") != 1:
        raise InputRefused("request.which_operation")


def _refusal(error: InputRefused | RecursionError, language: Spoken) -> dict[str, Any]:
    if isinstance(error, RecursionError):
        error = InputRefused("request.too_complex", what="depth", found="…", limit=limits.LIMITS["depth"])
    return _typed(error, language)


def _typed(error: ExpertGraphError, language: Spoken) -> dict[str, Any]:
    return {"message": sentence(error.code, language, **error.values), "extensions": {"code": error.code}}


def place_of(cause: BaseException) -> str:
    """Where it happened; the message stays out of the log, it may hold what must not be there."""
    frames = traceback.extract_tb(cause.__traceback__)
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-4:]))


def _shown(error: GraphQLError, language: Spoken) -> dict[str, Any]:
    """Typed errors as sentences, the client's own mistakes as they are, everything else masked under a reference."""
    place: dict[str, Any] = {"path": error.path} if error.path else {}
    cause = error.original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    if isinstance(cause, ExpertGraphError):
        return {**_typed(cause, language), **place}
    if cause is None or not error.path:
        locations = [{"line": spot.line, "column": spot.column} for spot in error.locations or ()]
        return {
            "message": _HINT.sub("", error.message)[:LONGEST_MESSAGE],
            "extensions": {"code": "request.invalid"},
            **({"locations": locations} if locations else {}),
            **place,
        }
    reference = secrets.token_hex(4)
    _log.error("request failed, reference %s: %s in %s", reference, type(cause).__name__, place_of(cause))
    message = sentence("request.internal", language, reference=reference)
    return {"message": message, "extensions": {"code": "request.internal"}, **place}
