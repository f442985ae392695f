"""Views of others: said after joint work that is logged, expiring, disputed by whom they are about."""

import enum
import hmac
from hashlib import sha256

from graph_service.access import EVERYTHING
from graph_service.casework.desk import Desk, words_of
from graph_service.errors import InputRefused
from graph_service.evidence.beside import is_anew
from graph_service.evidence.relations import relations_of
from graph_service.intake.acts import account_of
from graph_service.model import DAY, Dispute, TrustRating, act_id
from graph_service.store.base import Store, View
from graph_service.store.listed import all_about, listed
from graph_service.surroundings import same, surroundings_of
from graph_service.text.terms import visible

_LONGEST_OCCASION = 100
RATED_FOR = 730 * DAY
"""So long after its day a rating counts, and so long ago the joint work may be that it comes from (`model.md`)."""


class RatingShown(enum.StrEnum):
    """To whom a rating is shown, as the rater chooses."""

    NAMED = "NAMED"
    AGGREGATE = "AGGREGATE"
    PRIVATE = "PRIVATE"


class DisputeDecision(enum.StrEnum):
    """How a dispute ends."""

    KEPT = "KEPT"
    WITHDRAWN = "WITHDRAWN"


def rate(desk: Desk, view: View, rating: TrustRating, ratee: str) -> None:
    """Says one's view of somebody's competence and reliability on a kind of problem, after joint work that is logged.

    `view` shows what the rater may see. Raises InputRefused.
    """
    if ratee == desk.me:
        raise InputRefused("act.rating_oneself")
    if rating.competence is None and rating.reliability is None:
        raise InputRefused("act.rating_empty")
    kinds = surroundings_of(view).classes
    if kinds and same(rating.subject) not in {same(kind) for kind in kinds}:
        raise InputRefused("act.subject", subjects=", ".join(sorted(kinds)[:20]))
    known = relations_of(view, [desk.me], [ratee]).get(desk.me, {}).get(ratee)
    if known is None or known.last * DAY < desk.now - RATED_FOR:
        raise InputRefused("act.no_joint_work")
    desk.said("rateTrust", rating)


def rating_of(
    desk: Desk, ratee: str, about: tuple[str, str], marks: tuple[int | None, int | None], shown: RatingShown
) -> TrustRating:
    """A rating of today about a subject, from an occasion; marks 1..5 for competence and reliability, None: not said.
    Raises InputRefused."""
    subject, occasion = about
    if any(mark is not None and not 1 <= mark <= 5 for mark in marks):
        raise InputRefused("act.mark")
    competence, reliability = (None if mark is None else (mark - 1) / 4 for mark in marks)
    return TrustRating(
        source_id=act_id("RATING", desk.me, ratee, same(subject)),
        rater=desk.account,
        ratee=account_of(desk.store, ratee),
        subject=subject,
        competence=competence,
        reliability=reliability,
        occasion=visible(occasion)[:_LONGEST_OCCASION],
        shown=shown.value,
        given_at=desk.now,
        until_at=desk.now + RATED_FOR,
    )


def rating_name(secret: str, rating: str) -> str:
    """What a rating (id) is called towards people: its id would tell who gave it to whoever computes it from names."""
    return hmac.new(secret.encode(), rating.encode(), sha256).hexdigest()[:32]


def ratings_about(store: Store, me: str, now: int) -> list[TrustRating]:
    """All ratings about somebody, for them alone, the PRIVATE ones too (`access.md`, Art. 15): they see the rater only
    where it is NAMED."""
    with store.view(EVERYTHING, as_of=now) as view:
        told = all_about(view, (TrustRating,), me).of(TrustRating)
    return [one for one in told if one.ratee.key == me]


def disputes_about(store: Store, now: int) -> list[Dispute]:
    """Everything that was ever disputed."""
    with store.view(EVERYTHING, as_of=now) as view:
        return list(listed(view, (Dispute,)).of(Dispute))


def dispute(desk: Desk, rating: str, statement: str) -> None:
    """Says that a rating about oneself is not right; it has no effect from now on, until somebody decides."""
    told = ratings_about(desk.store, desk.me, desk.now)
    about_me = {rating_name(desk.secret, one.source_id.key): one for one in told}
    if rating not in about_me:
        raise InputRefused("act.not_about_you")
    rated = about_me[rating]
    before = [one for one in disputes_about(desk.store, desk.now) if one.rating == rated.source_id.key]
    if any(one.decision and not is_anew(rated, one) for one in before):
        raise InputRefused("act.already_decided")
    own_id = act_id("DISPUTE", rated.source_id.key)
    own = Dispute(own_id, rated.source_id.key, desk.account, words_of(statement), desk.now)
    desk.said("disputeRating", own)


def decide_dispute(desk: Desk, rating: str, decision: DisputeDecision) -> None:
    """Decides a dispute; never who rated or was rated. The statement stays."""
    disputes = disputes_about(desk.store, desk.now)
    found = next((one for one in disputes if rating_name(desk.secret, one.rating) == rating), None)
    if found is None:
        raise InputRefused("act.no_dispute")
    if found.decision:
        raise InputRefused("act.already_decided")
    with desk.store.view(EVERYTHING, as_of=desk.now) as view:
        told = all_about(view, (TrustRating,), found.by.key).of(TrustRating)
    if desk.me and desk.me in {found.by.key, *(one.rater.key for one in told if one.source_id.key == found.rating)}:
        raise InputRefused("act.not_your_dispute")
    account = account_of(desk.store, found.by.key)
    decided = Dispute(
        act_id("DISPUTE", found.rating), found.rating, account, found.statement, found.opened_at, decision, desk.now
    )
    desk.said("decideDispute", decided)
