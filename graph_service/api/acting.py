"""What people say themselves: each mutation goes to the audit, becomes a fact, and holds with the next question."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import strawberry

from graph_service.access.roles import Act
from graph_service.api import acting_types as a, own_types as o
from graph_service.api.context import Context
from graph_service.api.guards import Guard, asked
from graph_service.api.ids import decode
from graph_service.casework.desk import Desk
from graph_service.casework.doors import number_of
from graph_service.casework.granting import Granting, grant, override
from graph_service.casework.noting import approve_logs, confirm_address, converse, note, refer
from graph_service.casework.own_doors import set_door, set_presence, set_red_flag, set_reservation
from graph_service.casework.trusting import decide_dispute, dispute, rate, rating_of
from graph_service.errors import InputRefused
from graph_service.model import Channel, act_id, moment
from graph_service.ranking.recommend import Question, recommend
from graph_service.store.base import View
from graph_service.text.messages import sentence
from graph_service.understanding.understood import Given
from graph_service.wiring import instant_of, utc

Info = strawberry.Info[Context, None]
Told = strawberry.argument(description="What is said.")


def _desk(context: Context, *, needs_person: bool = True) -> Desk:
    me = context.me if needs_person else context.asker.identity.person or ""
    secret = context.service.settings.secret.get_secret_value()
    return Desk(context.store, context.service.clocks, me, context.asker.identity.subject, secret)


def _at(desk: Desk, moment: datetime | None) -> int | None:
    return None if moment is None else desk.until(instant_of(moment))


def _person(global_id: str) -> str:
    return decode(global_id, "Person")[1]


async def _done(
    context: Context, act: Act, people: list[str], work: Callable[[], str | None], said: str = ""
) -> a.ActResult:
    """Notes the act in the audit, does it, and says what holds; `work` returns a number to ring, or nothing; `said` is
    the code of the sentence where it is not that of the act."""

    def done() -> a.ActDone:
        context.act(f"act:{act.value}", people)
        number = work() or ""
        return a.ActDone(sentence=sentence(f"act.done_{said or act.value}", context.language), number=number)

    return await context.in_thread(lambda: o.caught(context.language, "", done))


def _seen(context: Context, work: Callable[[View], None]) -> None:
    """Runs `work` with what the asker sees, their own things included."""
    context.with_view(context.service.now(), lambda view: work(view.scoped(view.scope.seen_by(context.me))))


async def _set_red_flag(info: Info, input: Annotated[a.SetRedFlagInput, Told]) -> a.ActResult:
    context = info.context
    desk = _desk(context)

    def work() -> None:
        set_red_flag(desk, _at(desk, input.until), input.overridable_by)

    said = "tookDownFlag" if input.until is None else ""
    return await _done(context, Act.SET_RED_FLAG, [desk.me], work, said)


async def _set_presence(info: Info, input: Annotated[a.SetPresenceInput, Told]) -> a.ActResult:
    context = info.context
    desk = _desk(context)

    def work() -> None:
        set_presence(desk, input.state, desk.until(instant_of(input.until)), input.place)

    return await _done(context, Act.SET_PRESENCE, [desk.me], work)


async def _set_door(info: Info, input: Annotated[a.SetDoorInput, Told]) -> a.ActResult:
    context = info.context
    desk = _desk(context)

    def work() -> None:
        door = Channel(
            source_id=act_id(input.kind, desk.me),
            kind=input.kind.value,
            person=desk.account,
            weekday=input.weekdays,
            hours=input.hours,
            place=input.place[:100],
            amount=input.amount,
            text=input.text[:500],
            until_at=_at(desk, input.until),
        )
        set_door(desk, door)

    return await _done(context, Act.SET_DOOR, [desk.me], work)


async def _rate_trust(info: Info, input: Annotated[a.RateTrustInput, Told]) -> a.ActResult:
    context = info.context
    desk, ratee = _desk(context), _person(str(input.person))

    def work() -> None:
        marks = (input.competence, input.reliability)
        rating = rating_of(desk, ratee, (input.subject, input.occasion), marks, input.shown)
        _seen(context, lambda view: rate(desk, view, rating, ratee))

    return await _done(context, Act.RATE_TRUST, [ratee], work)


async def _note_expert(info: Info, input: Annotated[a.NoteExpertInput, Told]) -> a.ActResult:
    context = info.context
    desk, person = _desk(context), _person(str(input.person))

    def work() -> None:
        to = _person(str(input.handed_to)) if input.handed_to is not None else None
        note(desk, person, input.note, input.subject, to)

    return await _done(context, Act.NOTE_EXPERT, [person], work)


async def _record_conversation(info: Info, input: Annotated[a.RecordConversationInput, Told]) -> a.ActResult:
    context = info.context
    desk = _desk(context)

    def work() -> None:
        _seen(context, lambda view: converse(desk, view, input.contact, input.kind, input.occasion))

    return await _done(context, Act.RECORD_CONVERSATION, [desk.me], work)


async def _record_log_approval(info: Info, input: Annotated[a.RecordLogApprovalInput, Told]) -> a.ActResult:
    context = info.context
    desk = _desk(context)

    def work() -> None:
        until = desk.until(instant_of(input.until))
        _seen(context, lambda view: approve_logs(desk, view, input.contact, input.approved_by, until))

    return await _done(context, Act.RECORD_LOG_APPROVAL, [desk.me], work)


async def _confirm_address(info: Info, input: Annotated[a.ConfirmAddressInput, Told]) -> a.ActResult:
    context = info.context
    desk = _desk(context)

    def work() -> None:
        _seen(context, lambda view: confirm_address(desk, view, input.contact, input.address))

    return await _done(context, Act.CONFIRM_ADDRESS, [desk.me], work)


async def _set_reservation(info: Info, input: Annotated[a.SetReservationInput, Told]) -> a.ActResult:
    context = info.context
    desk = _desk(context)

    def work() -> None:
        until = _at(desk, input.until)
        _seen(context, lambda view: set_reservation(desk, view, input.customer, until))

    is_over = input.until is not None and utc(input.until) <= moment(desk.now)
    return await _done(context, Act.SET_RESERVATION, [desk.me], work, "tookBackReservation" if is_over else "")


async def _record_referral(info: Info, input: Annotated[a.RecordReferralInput, Told]) -> a.ActResult:
    context = info.context
    desk, by, to = _desk(context), _person(str(input.by)), _person(str(input.to))

    def work() -> None:
        refer(desk, to, by, input.problem)

    return await _done(context, Act.RECORD_REFERRAL, [by, to], work)


async def _override(info: Info, input: Annotated[a.OverrideRedFlagInput, Told]) -> a.ActResult:
    context = info.context
    desk, person = _desk(context), _person(str(input.person))
    case = decode(str(input.case_id), "Case")[1] if input.case_id else None

    def work() -> str:
        given = Given(impact=input.impact, confirmed_by=input.confirmed_by, override_reason=input.reason)

        def ways(view: View) -> str:
            answer = recommend(view, Question(input.problem, case, asker=desk.me, given=given))
            way = answer.beside.ways.get(person)
            if way is None:
                raise InputRefused("act.no_flag")
            override(desk, way, answer.understood.given)
            return number_of(way.person.points)

        return context.with_view(context.service.now(), ways)

    return await _done(context, Act.OVERRIDE_FLAG, [person], work)


async def _dispute_rating(info: Info, input: Annotated[a.DisputeRatingInput, Told]) -> a.ActResult:
    context = info.context
    desk = _desk(context)

    def work() -> None:
        dispute(desk, decode(str(input.rating), "Rating")[1], input.statement)

    return await _done(context, Act.DISPUTE_RATING, [desk.me], work)


async def _decide_dispute(info: Info, input: Annotated[a.DecideDisputeInput, Told]) -> a.ActResult:
    context = info.context
    desk = _desk(context, needs_person=False)

    def work() -> None:
        decide_dispute(desk, decode(str(input.rating), "Rating")[1], input.decision)

    return await _done(context, Act.DECIDE_DISPUTE, [], work)


async def _grant_mandate(info: Info, input: Annotated[a.GrantMandateInput, Told]) -> a.ActResult:
    context = info.context
    desk, holder = _desk(context), _person(str(input.holder))

    def work() -> None:
        grant(desk, Granting(holder, input.unit, input.hours, input.from_priority, _at(desk, input.until)))

    return await _done(context, Act.GRANT_MANDATE, [holder], work)


SET_RED_FLAG = asked(
    _set_red_flag, "Sets one's red flag until a moment, or takes it down.", Guard(act=Act.SET_RED_FLAG)
)
SET_PRESENCE = asked(_set_presence, "Says where one is until when; never why.", Guard(act=Act.SET_PRESENCE))
SET_DOOR = asked(_set_door, "Says a way to oneself: hours, focus, a cap.", Guard(act=Act.SET_DOOR))
RATE_TRUST = asked(
    _rate_trust, "Says one's view of somebody's work, after joint work that is logged.", Guard(act=Act.RATE_TRUST)
)
NOTE_EXPERT = asked(_note_expert, "Keeps a note for oneself, and for a deputy.", Guard(act=Act.NOTE_EXPERT))
RECORD_CONVERSATION = asked(
    _record_conversation, "Notes that one has spoken with a customer's contact.", Guard(act=Act.RECORD_CONVERSATION)
)
RECORD_LOG_APPROVAL = asked(
    _record_log_approval, "Notes that a customer's contact lets us have logs.", Guard(act=Act.RECORD_LOG_APPROVAL)
)
CONFIRM_ADDRESS = asked(
    _confirm_address, "Confirms how a customer's contact is addressed.", Guard(act=Act.CONFIRM_ADDRESS)
)
SET_RESERVATION = asked(
    _set_reservation, "Says for oneself alone that one would rather not work for a customer.",
    Guard(act=Act.SET_RESERVATION),
)  # fmt: skip
RECORD_REFERRAL = asked(
    _record_referral, "Notes who could not help and named whom; the next question finds it.",
    Guard(act=Act.RECORD_REFERRAL),
)  # fmt: skip
OVERRIDE_RED_FLAG = asked(
    _override, "Overrides a red flag: by confirmed impact, mandate and reason; told to whose flag it is.",
    Guard(act=Act.OVERRIDE_FLAG),
)  # fmt: skip
DISPUTE_RATING = asked(
    _dispute_rating, "Says that a rating about oneself is not right: it has no effect from now on.",
    Guard(act=Act.DISPUTE_RATING),
)  # fmt: skip
DECIDE_DISPUTE = asked(_decide_dispute, "Decides a dispute of others.", Guard(act=Act.DECIDE_DISPUTE))
GRANT_MANDATE = asked(_grant_mandate, "Grants a mandate over a unit that one leads.", Guard(act=Act.GRANT_MANDATE))
