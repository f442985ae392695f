"""Mandates that are granted, and red flags that are overridden."""

from dataclasses import dataclass

from graph_service.access import EVERYTHING
from graph_service.casework.desk import Desk
from graph_service.errors import InputRefused
from graph_service.evidence.reachability import Reachability
from graph_service.intake.acts import account_of
from graph_service.model import FlagOverride, Mandate, act_id
from graph_service.surroundings import same, surroundings_of
from graph_service.understanding.understood import PRIORITIES, Given
from graph_service.understanding.working_days import WorkingDays

LEAST_MANDATE_HOURS, LONGEST_MANDATE_HOURS = 0.25, 2_000.0


@dataclass(frozen=True, slots=True)
class Granting:
    """What is granted to a holder (id): hours over a unit, from a priority on, until an instant (None: open)."""

    holder: str
    unit: str
    hours: float
    priority: str = ""
    until_at: int | None = None


def grant(desk: Desk, given: Granting) -> None:
    """Grants a mandate over a unit that one leads or grants mandates for. Raises InputRefused."""
    if given.holder == desk.me:
        raise InputRefused("act.grant_oneself")
    if given.priority and given.priority.upper() not in PRIORITIES:
        raise InputRefused("problem.priority", priorities=", ".join(PRIORITIES))
    if not LEAST_MANDATE_HOURS <= given.hours <= LONGEST_MANDATE_HOURS:
        raise InputRefused("act.hours", most=int(LONGEST_MANDATE_HOURS))
    if given.until_at is not None and given.until_at <= desk.now:
        raise InputRefused("act.past")
    unit = given.unit
    with desk.store.view(EVERYTHING, as_of=desk.now) as view:
        around = surroundings_of(view)
    if desk.me not in {one.key for one in around.granters_of(unit, at_night=WorkingDays().is_night(desk.now))}:
        raise InputRefused("act.not_yours_to_grant", unit=unit[:100])
    mandate = Mandate(
        source_id=act_id("MANDATE", given.holder, same(unit)),
        holder=account_of(desk.store, given.holder),
        unit=unit,
        hours=given.hours,
        from_priority=given.priority.upper(),
        granted_by=desk.account,
        from_at=desk.now,
        until_at=given.until_at,
    )
    desk.said("grantMandate", mandate)


def override(desk: Desk, way: Reachability, given: Given) -> None:
    """Overrides a red flag where impact, confirmation, mandate and reason are there; told to whose flag it is."""
    if way.flag is None:
        raise InputRefused("act.no_flag")
    if not way.may_override:
        raise InputRefused("act.no_override")
    note = FlagOverride(
        source_id=act_id("OVERRIDE", desk.me, way.person.id, str(desk.now)),
        person=account_of(desk.store, way.person.id),
        by=desk.account,
        impact=given.impact,
        confirmed_by=given.confirmed_by,
        reason=given.override_reason,
        at=desk.now,
    )
    desk.said("overrideRedFlag", note)
