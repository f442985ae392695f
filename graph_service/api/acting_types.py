"""What people say themselves through GraphQL: inputs, and the one result of all."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from graph_service.api.enums import AddressForm, Contact, DisputeDecision, OwnDoor, PresenceState, RatingShown
from graph_service.api.guards import told
from graph_service.api.own_types import UserError


@strawberry.type(description="It was noted, and holds with the next question.")
class ActDone:
    sentence: str = told("What holds now.")
    number: str = told("The number that may now be rung, where it was about one; else empty.")


ActResult = Annotated[
    ActDone | UserError, strawberry.union("ActResult", description="What holds now, or why nothing was noted.")
]


def told_in(text: str, default: Any = strawberry.UNSET) -> Any:
    """A field of an input with its description."""
    if default is strawberry.UNSET:
        return strawberry.field(description=text)
    return strawberry.field(default=default, description=text)


@strawberry.input(description="A red flag of one's own.")
class SetRedFlagInput:
    until: datetime | None = told_in("Until when it stands; null: it is taken down.", None)
    overridable_by: str = told_in("The impact that overrides it; empty: as the team's rule says.", "")


@strawberry.input(description="Where one is; never why.")
class SetPresenceInput:
    state: PresenceState = told_in("Where one is.")
    until: datetime = told_in("Until when.")
    place: str = told_in("Where.", "")


@strawberry.input(description="A way to oneself: hours, focus, a cap, how one likes to be asked.")
class SetDoorInput:
    kind: OwnDoor = told_in("What is said.")
    weekdays: str = told_in("MON,TUE,…; empty: each day.", "")
    hours: str = told_in("10:00-11:30, by the clock of one's site.", "")
    place: str = told_in("Where.", "")
    amount: float = told_in("The cap of a week.", 0.0)
    text: str = told_in("How one likes to be asked.", "")
    until: datetime | None = told_in("Until when it holds; null: open.", None)


@strawberry.input(description="A view of somebody's work on a kind of problem.")
class RateTrustInput:
    person: strawberry.ID = told_in("Global id of the Person.")
    subject: str = told_in("The kind of problem.")
    competence: int | None = told_in("1 to 5; null: not said.", None)
    reliability: int | None = told_in("1 to 5; null: not said.", None)
    occasion: str = told_in("The case or project it comes from.", "")
    shown: RatingShown = told_in("To whom it is shown.", RatingShown.PRIVATE)


@strawberry.input(description="A note for oneself about somebody; an empty one takes it away.")
class NoteExpertInput:
    person: strawberry.ID = told_in("Global id of the Person.")
    note: str = told_in("The words.")
    subject: str = told_in("The kind of problem.", "")
    handed_to: strawberry.ID | None = told_in("Who may read it besides: a deputy.", None)


@strawberry.input(description="One has spoken with a customer's contact.")
class RecordConversationInput:
    contact: str = told_in("The contact's name.")
    kind: Contact = told_in("In which way.", Contact.CALL)
    occasion: str = told_in("What brought it about; never what was said.", "")


@strawberry.input(description="A customer's contact lets us have logs.")
class RecordLogApprovalInput:
    contact: str = told_in("The contact's name.")
    approved_by: str = told_in("Who of the customer approved it, by name.")
    until: datetime = told_in("Until when.")


@strawberry.input(description="How a customer's contact is addressed, as their own words tell and one confirms.")
class ConfirmAddressInput:
    contact: str = told_in("The contact's name.")
    address: AddressForm = told_in("The form of address.")


@strawberry.input(description="One would rather not work for a customer; told to nobody.")
class SetReservationInput:
    customer: str = told_in("The customer's name.")
    until: datetime | None = told_in("Until when; null: open; a moment that is over: it is taken away.", None)


@strawberry.input(description="Somebody could not help and named who can.")
class RecordReferralInput:
    by: strawberry.ID = told_in("Who could not help.")
    to: strawberry.ID = told_in("Whom they named.")
    problem: str = told_in("The problem in words.")


@strawberry.input(description="A red flag is overridden: impact, confirmed by name, and a reason.")
class OverrideRedFlagInput:
    person: strawberry.ID = told_in("Whose flag.")
    problem: str = strawberry.field(default="", description="The problem in words; empty where it is a case.")
    impact: str = told_in("The impact.")
    confirmed_by: str = told_in("Who confirmed it, by name.")
    reason: str = told_in("Why.")
    case_id: strawberry.ID | None = strawberry.field(default=None, description="The problem as a case.")


@strawberry.input(description="A rating about oneself is not right.")
class DisputeRatingInput:
    rating: strawberry.ID = told_in("Global id of the rating.")
    statement: str = told_in("Why.")


@strawberry.input(description="A dispute is decided.")
class DecideDisputeInput:
    rating: strawberry.ID = told_in("Global id of the rating.")
    decision: DisputeDecision = told_in("Whether it holds again.")


@strawberry.input(description="A mandate over a unit that one leads.")
class GrantMandateInput:
    holder: strawberry.ID = told_in("Global id of the Person.")
    unit: str = told_in("The unit.")
    hours: float = told_in("Hours.")
    from_priority: str = told_in("From which priority on.", "")
    until: datetime | None = told_in("Until when; null: open.", None)
