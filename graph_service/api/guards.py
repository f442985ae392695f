"""Which field of the schema tells what: a guard on the field itself, so that no path leads around it.

A guarded field is nullable; where the asker's role may not read it, it is null for every row, with one error per field.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import strawberry
from graphql import GraphQLField, GraphQLInterfaceType, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema
from graphql.execution.execute import default_field_resolver

from graph_service.access.roles import Act, FieldClass, Reach
from graph_service.errors import AccessRefused

INSIDE = frozenset({Reach.ANSWER, Reach.ALL})
"""Of answers."""
DIRECT = frozenset({Reach.OWN, Reach.TEAM, Reach.ALL})
"""Of things looked up by themselves; the View shows only those within reach."""
OWN = frozenset({Reach.OWN})
WHOLE = frozenset({Reach.ALL})
_KEY = "guard"


@dataclass(frozen=True, slots=True)
class Guard:
    """A field class and the ways of seeing it that open the field, or the act that a mutation is.

    `of_case`: evidence inside a case, told only where the case is open or was named in an answer to the asker.
    """

    shows: FieldClass | None = None
    reaches: frozenset[Reach] = frozenset()
    act: Act | None = None
    of_case: bool = False


def told(text: str, guard: Guard | None = None) -> Any:
    """A field with its description, and its guard where not everybody may read it."""
    return strawberry.field(description=text, metadata={_KEY: guard} if guard else {})


def asked(resolver: Callable[..., Any], description: str, guard: Guard | None = None) -> Any:
    """A root field."""
    return strawberry.field(resolver=resolver, description=description, metadata={_KEY: guard} if guard else {})


def guards(schema: GraphQLSchema) -> Iterator[tuple[str, str, GraphQLField, Guard]]:
    """(type, field, definition, guard) of every guarded field."""
    for name, kind in schema.type_map.items():
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and not name.startswith("__"):
            for field_name, field in kind.fields.items():
                definition = (field.extensions or {}).get("strawberry-definition")
                guard = getattr(definition, "metadata", {}).get(_KEY)
                if guard is not None:
                    yield name, field_name, field, guard


def install(schema: GraphQLSchema) -> None:
    """Puts the guards before the fields' resolvers."""
    for _, name, field, guard in guards(schema):
        field.resolve = _guarded(name, field.resolve or default_field_resolver, guard)


def _guarded(name: str, resolve: Callable[..., Any], guard: Guard) -> Callable[..., Any]:
    def checked(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        context = info.context
        if guard.act is not None and not context.asker.may(guard.act):
            context.refuse(context.asker.refusal(guard.act), name)
        if guard.shows is not None:
            context.check(guard.shows, guard.reaches)
        if guard.of_case and not source.is_told:
            context.refuse(AccessRefused("access.only_in_answer"), name)
        return resolve(source, info, **arguments)

    return checked
