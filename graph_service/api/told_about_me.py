"""What others have said about oneself: ratings with their content, overrides of one's flag; and disputes to decide."""

from datetime import datetime

import strawberry

from graph_service.access import EVERYTHING
from graph_service.access.roles import FieldClass
from graph_service.api.context import Context
from graph_service.api.guards import INSIDE, OWN, WHOLE, Guard, asked, told
from graph_service.api.ids import encode
from graph_service.casework.trusting import disputes_about, rating_name, ratings_about
from graph_service.evidence.beside import is_suspended
from graph_service.evidence.reachability import Asking, Person, Reachability
from graph_service.model import (
    Asked,
    Channel,
    Clash,
    CustomerContact,
    Dispute,
    ExpertNote,
    FlagOverride,
    Presence,
    Record,
    Reservation,
    SourceId,
    TrustRating,
    holds,
    moment,
    month_start,
)
from graph_service.ranking.explain import first_names
from graph_service.ranking.prepared import days_of, is_own_word, is_said_by, of_this_week, own_words_first
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.listed import Listed, listed, listed_of
from graph_service.surroundings import same
from graph_service.text.messages import sentence
from graph_service.text.terms import collated

Info = strawberry.Info[Context, None]
_NAMED = "NAMED"


@strawberry.type(description="A rating about oneself; who gave it only where they chose to be named.")
class OwnRating:
    id: strawberry.ID = told("Names it for `disputeRating`.")
    subject: str = told("On what.")
    competence: str = told("In words; empty: not said.")
    reliability: str = told("In words; empty: not said.")
    rater: str = told("Who gave it; empty: they did not want to be named.")
    occasion: str = told("The case or project; empty: not said, or it would tell who gave it.")
    given_at: datetime | None = told("When; by the month where who gave it is not named.")
    expires_at: datetime | None = told("Until when it counts.")
    is_suspended: bool = told("Whether it has no effect, because it is disputed or was withdrawn.")
    statement: str = told("What one has said against it.")
    decision: str = told("KEPT, WITHDRAWN, or empty: not decided.")


@strawberry.type(description="One's red flag was overridden.")
class OwnOverride:
    by: str = told("Who.")
    impact: str = told("For which impact.")
    confirmed_by: str = told("Who confirmed it.")
    reason: str = told("Why.")
    at: datetime = told("When.")


@strawberry.type(description="A customer one would rather not work for; nobody else is told.")
class OwnReservation:
    customer: str = told("The customer.")
    until: datetime | None = told("Until when; null: open.")


@strawberry.type(description="A customer's contact one should not meet alone for a time; nobody is to blame.")
class OwnClash:
    contact: str = told("Who.")
    at: datetime = told("Since when.")
    until: datetime = told("Until when; then it is over.")


@strawberry.type(description="How often one was asked lately, and what one has set; told to nobody else.")
class OwnLoad:
    asked_this_week: int = told("How often one was chosen to be asked within seven days.")
    cap: float | None = told("The most asks of a week that one has set; null: none.")


@strawberry.type(description="What is told of the ways to oneself now: a flag, hours, focus, a cap, where one is.")
class OwnWay:
    kind: str = told("RED_FLAG, PRESENCE, CONSULTATION_HOUR, WORKING_HOURS, FOCUS, AWAY, CAP, PREFERRED, ON_SITE, …")
    state: str = told("Of PRESENCE: OFFICE, HOME, TRAVELLING or OFF.")
    weekdays: str = told("MON,TUE,…; empty: each day.")
    hours: str = told("10:00-11:30; empty: all day.")
    place: str = told("Where.")
    amount: float = told("Of a cap: asks a week.")
    text: str = told("How one likes to be asked.")
    from_at: datetime | None = told("Since when; null: open.")
    until: datetime | None = told("Until when; null: open.")
    is_mine: bool = told("Whether one said it oneself; else a list did.")


@strawberry.type(description="A note of one's own about somebody.")
class OwnNote:
    person: str = told("About whom.")
    subject: str = told("On which kind of problem; empty: not said.")
    note: str = told("The words.")
    handed_to: str = told("Who may read it besides; empty: nobody.")
    is_mine: bool = told("Whether it is one's own; else it was handed to one.")


@strawberry.type(description="A rating that is disputed; who rated whom stands nowhere here.")
class DisputeLine:
    rating: strawberry.ID = told("Names it for `decideDispute`.")
    statement: str = told("What is said against it.")
    opened_at: datetime = told("Since when.")
    decision: str = told("KEPT, WITHDRAWN, or empty: not decided.")


async def _ratings(info: Info) -> list[OwnRating]:
    context = info.context

    def work() -> list[OwnRating]:
        me, now = context.me, context.service.now()
        found = ratings_about(context.store, me, now)
        disputes = {one.rating: one for one in disputes_about(context.store, now)}
        raters = sorted({one.rater.key for one in found if one.shown == _NAMED})
        names = _names(context, raters)
        context.note("ratings:read_own", [me])
        return [_rating(context, one, disputes.get(one.source_id.key), names) for one in found]

    return await context.in_thread(work)


def _names(context: Context, people: list[str]) -> dict[str, str]:
    if not people:
        return {}
    with context.store.view(EVERYTHING, as_of=context.service.now()) as view:
        return {person: row.name for person, row in first_names(view.ask(nq.NAMES, people=people)).items()}


def _secret(context: Context) -> str:
    return context.service.settings.secret.get_secret_value()


def _rating(context: Context, one: TrustRating, dispute: Dispute | None, names: dict[str, str]) -> OwnRating:
    is_named = one.shown == _NAMED
    return OwnRating(
        id=strawberry.ID(encode("Rating", rating_name(_secret(context), one.source_id.key))),
        subject=one.subject,
        competence=_words(context, one.competence),
        reliability=_words(context, one.reliability, "rating.reliability"),
        rater=names.get(one.rater.key, "") if is_named else "",
        occasion=one.occasion if is_named else "",
        given_at=None if one.given_at is None else moment(one.given_at if is_named else month_start(one.given_at)),
        expires_at=None if one.until_at is None else moment(one.until_at),
        is_suspended=is_suspended(one, dispute),
        statement=dispute.statement if dispute else "",
        decision=dispute.decision if dispute else "",
    )


def _words(context: Context, value: float | None, kind: str = "rating") -> str:
    """A rating in words, never as a mark."""
    return "" if value is None else sentence(f"{kind}.{1 + round(value * 4)}", context.language)


def _told(context: Context, *nouns: type[Record]) -> Listed:
    """What of these nouns is told of oneself, whoever told it."""
    with context.store.view(EVERYTHING, as_of=context.service.now()) as view:
        return listed_of(view, nouns, people=[context.me])


async def _overrides(info: Info) -> list[OwnOverride]:
    context = info.context

    def work() -> list[OwnOverride]:
        me, told = context.me, _told(context, FlagOverride).of(FlagOverride)
        found = sorted((one for one in told if one.person.key == me), key=lambda one: -one.at)
        names = _names(context, sorted({one.by.key for one in found}))
        context.note("overrides:read_own", [me])
        return [
            OwnOverride(
                by=names.get(one.by.key, ""),
                impact=one.impact,
                confirmed_by=one.confirmed_by,
                reason=one.reason,
                at=moment(one.at),
            )
            for one in found
        ]

    return await context.in_thread(work)


async def _reservations(info: Info) -> list[OwnReservation]:
    context = info.context

    def work() -> list[OwnReservation]:
        now = context.service.now()
        told = [one for one in _told(context, Reservation).of(Reservation) if holds(one, now)]
        context.note("reservations:read_own", [context.me])
        return [
            OwnReservation(customer=one.customer, until=None if one.until_at is None else moment(one.until_at))
            for one in sorted(told, key=lambda one: one.customer)
        ]

    return await context.in_thread(work)


async def _clashes(info: Info) -> list[OwnClash]:
    context = info.context

    def work() -> list[OwnClash]:
        now = context.service.now()
        told = [one for one in _told(context, Clash).of(Clash) if holds(one, now)]
        with context.store.view(EVERYTHING, as_of=now) as view:
            names = {same(one.name): one.name for one in listed(view, (CustomerContact,)).of(CustomerContact)}
        context.note("clashes:read_own", [context.me])
        return [
            OwnClash(
                contact=names.get(same(one.contact.key), one.contact.key), at=moment(one.at), until=moment(one.until_at)
            )
            for one in sorted(told, key=lambda one: one.until_at)
        ]

    return await context.in_thread(work)


async def _load(info: Info) -> OwnLoad:
    context = info.context

    def work() -> OwnLoad:
        me, now = context.me, context.service.now()
        told = _told(context, Asked, Channel)
        asked_lately = len(of_this_week(told.of(Asked), now))
        own = Reachability(Person(me, channels=own_words_first(told.of(Channel)), asked=asked_lately), Asking(now))
        context.note("load:read_own", [me])
        return OwnLoad(asked_this_week=asked_lately, cap=own.cap)

    return await context.in_thread(work)


async def _ways(info: Info) -> list[OwnWay]:
    context = info.context

    def work() -> list[OwnWay]:
        me, now = context.me, context.service.now()
        told = _told(context, Channel, Presence)
        channels = [one for one in own_words_first(told.of(Channel)) if _still(one.until_at, now)]
        present = [one for one in told.of(Presence) if one.person.key == me and holds(one, now)]
        own = [one for one in present if is_own_word(one, now)]
        context.note("ways:read_own", [me])
        return [
            *(_presence(one, is_mine=bool(own)) for one in (own or present)[:1]),
            *(_way(one, me) for one in sorted(channels, key=lambda one: (one.kind, one.weekday, one.hours))),
        ]

    return await context.in_thread(work)


async def _zone(info: Info) -> str:
    context = info.context

    def work() -> str:
        context.note("ways:read_own", [context.me])
        return context.with_view(context.service.now(), lambda view: days_of(view, context.me).zone)

    return await context.in_thread(work)


def _still(until: int | None, now: int) -> bool:
    return until is None or until > now


def _presence(one: Presence, *, is_mine: bool) -> OwnWay:
    return OwnWay(
        kind="PRESENCE", state=one.state, weekdays="", hours="", place=one.place, amount=0.0, text="",
        from_at=None, until=None if one.until_at is None else moment(one.until_at), is_mine=is_mine,
    )  # fmt: skip


def _way(one: Channel, me: str) -> OwnWay:
    return OwnWay(
        kind=one.kind,
        state="",
        weekdays=one.weekday,
        hours=one.hours,
        place=one.place,
        amount=one.amount,
        text=one.text,
        from_at=None if one.from_at is None else moment(one.from_at),
        until=None if one.until_at is None else moment(one.until_at),
        is_mine=is_said_by(one, me),
    )


async def _notes(info: Info) -> list[OwnNote]:
    context = info.context

    def work() -> list[OwnNote]:
        me = context.asker.identity.person
        if me is None:
            return []

        def read(view: View) -> list[OwnNote]:
            told = listed_of(view.scoped(view.scope.seen_by(me)), (ExpertNote,), people=[me]).of(ExpertNote)
            told = [one for one in told if one.note]
            people = sorted({one.key for note in told for one in (note.person, note.handed_to) if one})
            names = first_names(view.ask(nq.NAMES, people=people)) if people else {}

            def name(person: SourceId | None) -> str:
                return names[person.key].name if person and person.key in names else ""

            found = [
                OwnNote(
                    person=name(one.person),
                    subject=one.problem_class,
                    note=one.note,
                    handed_to=name(one.handed_to),
                    is_mine=one.owner.key == me,
                )
                for one in told
            ]
            return sorted((one for one in found if one.person), key=lambda one: (collated(one.person), one.subject))

        found: list[OwnNote] = context.with_view(context.service.now(), read)
        context.note("notes:read_own", [me])
        return found

    return await context.in_thread(work)


async def _disputes(info: Info) -> list[DisputeLine]:
    context = info.context

    def work() -> list[DisputeLine]:
        context.note("disputes:listed")
        return [
            DisputeLine(
                rating=strawberry.ID(encode("Rating", rating_name(_secret(context), one.rating))),
                statement=one.statement,
                opened_at=moment(one.opened_at),
                decision=one.decision,
            )
            for one in disputes_about(context.store, context.service.now())
        ]

    return await context.in_thread(work)


OWN_RATINGS = asked(_ratings, "What others have said of one's work.", Guard(FieldClass.TRUST, OWN))
OWN_OVERRIDES = asked(_overrides, "Overrides of one's red flag, newest first.", Guard(FieldClass.WAYS, OWN))
OWN_RESERVATIONS = asked(_reservations, "Customers one would rather not work for.", Guard(FieldClass.WAYS, OWN))
OWN_CLASHES = asked(_clashes, "Contacts one should not meet alone for a time.", Guard(FieldClass.CLASHES, OWN))
OWN_LOAD = asked(_load, "How often one was asked lately.", Guard(FieldClass.OWN_DATA, OWN))
OWN_WAYS = asked(_ways, "What is told of the ways to oneself.", Guard(FieldClass.WAYS, OWN))
OWN_ZONE = asked(
    _zone, "Time zone (IANA) of one's own site, by which one's hours are read.", Guard(FieldClass.WAYS, OWN)
)
OWN_NOTES = asked(_notes, "One's notes about others, and those handed to one.", Guard(FieldClass.TRUST, OWN | INSIDE))
DISPUTES = asked(_disputes, "Disputed ratings.", Guard(FieldClass.ERASURES, WHOLE))
