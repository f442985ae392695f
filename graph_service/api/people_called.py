"""Whom a name means, for those who may look people up: as a list to choose from, never as evidence."""

from typing import Annotated

import strawberry

from graph_service.access.roles import FieldClass
from graph_service.api.around_types import PersonOption
from graph_service.api.context import Context
from graph_service.api.guards import WHOLE, Guard, asked
from graph_service.api.ids import encode
from graph_service.errors import InputRefused
from graph_service.ranking.explain import first_names
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.surroundings import same
from graph_service.text.terms import collated

Info = strawberry.Info[Context, None]
MOST, SHORTEST, LONGEST = 10, 2, 100


async def _people(
    info: Info, name: Annotated[str, strawberry.argument(description="The name, or words of it, 2 to 100 letters.")]
) -> list[PersonOption]:
    context = info.context
    words = [same(word) for word in name[:LONGEST].split()]
    if not SHORTEST <= len(name.strip()) <= LONGEST or not any(words):
        raise InputRefused("page.bad_name", least=SHORTEST, most=LONGEST)

    def work(view: View) -> list[PersonOption]:
        rows = first_names(view.ask(nq.ALL_NAMES)).values()
        found = [row for row in rows if set(words) <= {same(word) for word in row.name.split()}]
        found = sorted(found, key=lambda row: (collated(row.name), row.person))[:MOST]
        context.note("people:looked_up", [row.person for row in found])
        return [
            PersonOption(id=strawberry.ID(encode("Person", row.person)), name=row.name, unit=row.unit) for row in found
        ]

    return await context.in_view(None, work)


PEOPLE = asked(_people, "Whom a name means; at most ten.", Guard(FieldClass.DIRECTORY, WHOLE))
