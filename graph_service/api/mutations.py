"""What can be done through GraphQL: one input each, a success or a UserError."""

from typing import Annotated

import strawberry

from graph_service.access.roles import PARTICIPATION, Act
from graph_service.api import own_types as o
from graph_service.api.acting import (
    CONFIRM_ADDRESS,
    DECIDE_DISPUTE,
    DISPUTE_RATING,
    GRANT_MANDATE,
    NOTE_EXPERT,
    OVERRIDE_RED_FLAG,
    RATE_TRUST,
    RECORD_CONVERSATION,
    RECORD_LOG_APPROVAL,
    RECORD_REFERRAL,
    SET_DOOR,
    SET_PRESENCE,
    SET_RED_FLAG,
    SET_RESERVATION,
)
from graph_service.api.acting_types import ActResult
from graph_service.api.answers import named
from graph_service.api.context import Context
from graph_service.api.erasing import DECIDE_MENTION, ERASE_PERSON, ErasureResult
from graph_service.api.guards import Guard, asked
from graph_service.api.identity_types import DECIDE_IDENTITY, DecideResult
from graph_service.api.ids import decode
from graph_service.api.importing import IMPORT_COMMIT, IMPORT_PREVIEW, IMPORT_UNDO, ImportResult, UndoResult
from graph_service.api.skill_types import DECIDE_SKILL, DecideSkillResult
from graph_service.api.viewer import claim_key, own_claims, participation
from graph_service.choices import ClaimKey, delete_claim, show_claim, take_part
from graph_service.decisions import Kept, choose, kept
from graph_service.errors import InputRefused, UnknownId
from graph_service.intake.acts import account_of, say
from graph_service.model import Asked, act_id, moment
from graph_service.ranking.explain import first_names
from graph_service.store import named_queries as nq
from graph_service.store.base import View

Info = strawberry.Info[Context, None]


def choice_of(context: Context, found: Kept) -> o.Choice | None:
    """What was chosen; the person only where the asker still sees them."""
    chosen = found.chosen
    if chosen is None:
        return None

    def work(view: View) -> o.Choice:
        names = first_names(view.ask(nq.NAMES, people=[chosen["person"]])) if chosen["person"] else {}
        person = names.get(chosen["person"])
        return o.Choice(
            person=named(person) if person else None, reason=chosen["reason"], chosen_at=moment(chosen["at"])
        )

    return context.with_view(context.service.now(), work)


async def _choose_expert(
    info: Info, input: Annotated[o.ChooseExpertInput, strawberry.argument(description="The choice.")]
) -> o.ChooseExpertResult:
    context = info.context

    def work() -> o.ExpertChosen:
        decision = decode(str(input.recommendation), "Recommendation")[1]
        person = decode(str(input.person), "Person")[1] if input.person is not None else None
        found = kept(context.store, decision, context.asker.identity.subject)
        context.act("decision:chosen", [person] if person else (), answer=decision)
        chosen = choose(context.store, found, person, input.reason, context.service.wall())
        if person is not None:
            account, now = account_of(context.store, person), context.service.now()
            asked_for = Asked(act_id("ASKED", decision), account, now, tuple(found.read["kinds"]))
            say(context.store, context.service.clocks, "chooseExpert", context.asker.identity.subject, [asked_for])
        choice = choice_of(context, chosen)
        assert choice is not None
        return o.ExpertChosen(choice=choice)

    return await context.in_thread(lambda: o.caught(context.language, "recommendation", work))


def _own_claim(context: Context, me: str, global_id: str) -> ClaimKey:
    """The claim an id names, when it is about oneself and there; raises UnknownId."""
    key = claim_key(decode(global_id, "Claim")[1], me)
    claims = context.with_view(context.service.now(), lambda view: view.ask(nq.CLAIMS_OF, people=[me]))
    if key is None or not any((row.skill, row.claimed_by) == key for row in claims):
        raise UnknownId("node.unknown")
    return ClaimKey(me, *key)


def _now_visible(context: Context, me: str) -> o.VisibilitySet:
    claims = context.with_view(context.service.now(), lambda view: own_claims(context, view, me))
    return o.VisibilitySet(participation=participation(context, me), claims=claims)


async def _set_visibility(
    info: Info, input: Annotated[o.SetVisibilityInput, strawberry.argument(description="What is visible for what.")]
) -> o.VisibilityResult:
    context = info.context

    def work() -> o.VisibilitySet:
        me, now = context.me, context.service.wall()
        if not set(input.purposes) <= set(PARTICIPATION):
            raise InputRefused("choice.purposes", purposes=", ".join(PARTICIPATION))
        if input.claim is None:
            context.act("person:chose", [me])
            take_part(context.store, me, input.purposes, now)
        else:
            claim = _own_claim(context, me, str(input.claim))
            context.act("claim:chose", [me])
            show_claim(context.store, claim, input.purposes, now)
        return _now_visible(context, me)

    return await context.in_thread(lambda: o.caught(context.language, "claim", work))


async def _hide_skill(
    info: Info, input: Annotated[o.HideSkillInput, strawberry.argument(description="Which claim.")]
) -> o.VisibilityResult:
    context = info.context

    def work() -> o.VisibilitySet:
        me, now = context.me, context.service.wall()
        claim = _own_claim(context, me, str(input.claim))
        context.act("claim:deleted" if input.for_good else "claim:hidden", [me])
        if input.for_good:
            delete_claim(context.store, claim, now)
        else:
            show_claim(context.store, claim, (), now)
        return _now_visible(context, me)

    return await context.in_thread(lambda: o.caught(context.language, "claim", work))


@strawberry.type(description="What can be done. Nobody is committed to anything they have not accepted.")
class Mutation:
    choose_expert: o.ChooseExpertResult | None = asked(
        _choose_expert, "Notes what a human chose from an answer, and why.", Guard(act=Act.CHOOSE_EXPERT)
    )
    set_visibility: o.VisibilityResult | None = asked(
        _set_visibility,
        "Sets for which purposes one, or one claim about one, is visible; holds with the next question.",
        Guard(act=Act.SET_VISIBILITY),
    )
    hide_skill: o.VisibilityResult | None = asked(
        _hide_skill, "Hides a claim about oneself everywhere, or deletes it.", Guard(act=Act.HIDE_SKILL)
    )
    set_red_flag: ActResult | None = SET_RED_FLAG
    set_presence: ActResult | None = SET_PRESENCE
    set_door: ActResult | None = SET_DOOR
    set_reservation: ActResult | None = SET_RESERVATION
    rate_trust: ActResult | None = RATE_TRUST
    note_expert: ActResult | None = NOTE_EXPERT
    record_conversation: ActResult | None = RECORD_CONVERSATION
    record_log_approval: ActResult | None = RECORD_LOG_APPROVAL
    confirm_address: ActResult | None = CONFIRM_ADDRESS
    record_referral: ActResult | None = RECORD_REFERRAL
    override_red_flag: ActResult | None = OVERRIDE_RED_FLAG
    dispute_rating: ActResult | None = DISPUTE_RATING
    decide_dispute: ActResult | None = DECIDE_DISPUTE
    grant_mandate: ActResult | None = GRANT_MANDATE
    erase_person: ErasureResult | None = ERASE_PERSON
    decide_mention: ErasureResult | None = DECIDE_MENTION
    import_preview: ImportResult | None = IMPORT_PREVIEW
    import_commit: ImportResult | None = IMPORT_COMMIT
    import_undo: UndoResult | None = IMPORT_UNDO
    decide_identity: DecideResult | None = DECIDE_IDENTITY
    decide_skill: DecideSkillResult | None = DECIDE_SKILL
