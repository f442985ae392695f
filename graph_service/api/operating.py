"""How the service stands, for whoever runs it: the store, and the rules with their signatures; nothing about people."""

from datetime import datetime

import strawberry

from graph_service.access.roles import Act
from graph_service.api.context import Context
from graph_service.api.guards import Guard, asked, told
from graph_service.health import findings
from graph_service.model import moment
from graph_service.ranking.rules import RuleState, states

Info = strawberry.Info[Context, None]
_CHECKS = Guard(act=Act.CHECK_STORE)


@strawberry.type(description="Something the store tells of itself.")
class StoreFact:
    name: str = told("What.")
    value: str = told("How much, or which.")


@strawberry.type(description="What `doctor` finds, without reading the audit.")
class Health:
    facts: list[StoreFact] = told("Versions, the index, counts.")
    faults: list[str] = told("Names of what is wrong; empty: nothing.")


@strawberry.type(description="Rules that were learned, and who has agreed to them; the start rules need no agreement.")
class RuleSet:
    name: str = told("Its name.")
    agreed_by: list[str] = told("Who put it in force; empty: nobody yet.")
    agreed_at: datetime | None = told("When; null: never.")
    waiting: list[str] = told("Who has agreed while it waits for the other signature.")
    is_in_force: bool = told("Whether it ranks now.")
    withdrawn_runs: list[int] = told("Imports it was learned from that were undone since.")


async def _health(info: Info) -> Health:
    context = info.context

    def work() -> Health:
        context.act("store:checked")
        found = findings(context.service)
        return Health(
            facts=[StoreFact(name=name, value=str(value)) for name, value in found.facts.items()],
            faults=list(found.faults),
        )

    return await context.in_thread(work)


async def _rule_sets(info: Info) -> list[RuleSet]:
    context = info.context

    def work() -> list[RuleSet]:
        context.act("rules:listed")
        return [_rule_set(one) for one in states(context.store)]

    return await context.in_thread(work)


def _rule_set(one: RuleState) -> RuleSet:
    return RuleSet(
        name=one.name,
        agreed_by=list(one.agreed_by),
        agreed_at=None if one.agreed_at is None else moment(one.agreed_at),
        waiting=list(one.waiting),
        is_in_force=one.is_in_force,
        withdrawn_runs=list(one.withdrawn),
    )


HEALTH = asked(_health, "How the store stands.", _CHECKS)
RULE_SETS = asked(_rule_sets, "Which rules there are, and which rank.", _CHECKS)
