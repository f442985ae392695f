"""What helpers note: whom they would ask themselves, with whom they have spoken, who named whom."""

import enum

from graph_service.casework.desk import Desk, words_of
from graph_service.derived import refresh_derived
from graph_service.errors import InputRefused
from graph_service.intake.acts import account_of
from graph_service.model import (
    AddressNote,
    Attendance,
    Contact,
    CustomerContact,
    ExpertNote,
    LogApproval,
    Mode,
    Referral,
    act_id,
    holds,
)
from graph_service.store.base import View
from graph_service.store.listed import listed
from graph_service.surroundings import same
from graph_service.text.terms import visible

LONGEST_NOTE = 500
_LONGEST_NAME = 100


class AddressForm(enum.StrEnum):
    """How somebody is addressed."""

    SIE = "SIE"
    DU = "DU"


def note(desk: Desk, person: str, text: str, kind: str, handed_to: str | None) -> None:
    """Keeps a note about somebody for oneself, and for whom it is handed to; an empty one takes it away."""
    to = account_of(desk.store, handed_to) if handed_to else None
    kind = visible(kind)[:_LONGEST_NAME]
    own = act_id("NOTE", desk.me, person, same(kind))
    desk.said(
        "noteExpert",
        ExpertNote(own, desk.account, account_of(desk.store, person), visible(text)[:LONGEST_NOTE], kind, to),
    )


def converse(desk: Desk, view: View, contact: str, kind: Contact, occasion: str) -> None:
    """Notes that one has spoken with a customer's contact now; never what was said."""
    known = _contact(desk, view, contact)
    if known.account is None:
        raise InputRefused("act.contact_account", name=contact[:100])
    other = account_of(desk.store, known.account.key)
    own = act_id("CONVERSATION", desk.me, same(contact), str(desk.now))
    parts = [
        Attendance(own, account, desk.now, kind, Mode.UNKNOWN, 1.0, visible(occasion)[:200])
        for account in (desk.account, other)
    ]
    desk.said("recordConversation", parts)
    refresh_derived(desk.store, desk.now, desk.now)


def approve_logs(desk: Desk, view: View, contact: str, approved_by: str, until_at: int) -> None:
    """Notes that a customer's contact lets us have logs until a day."""
    if until_at <= desk.now:
        raise InputRefused("act.past")
    known, own = _contact(desk, view, contact), act_id("LOG_APPROVAL", same(contact), str(desk.now))
    by = words_of(approved_by)[:_LONGEST_NAME]
    desk.said("recordLogApproval", LogApproval(own, known.name, by, desk.now, desk.account, until_at))


def confirm_address(desk: Desk, view: View, contact: str, address: AddressForm) -> None:
    """Confirms how a customer's contact is addressed; the last word holds."""
    known, own = _contact(desk, view, contact), act_id("ADDRESS", same(contact))
    desk.said("confirmAddress", AddressNote(own, known.name, address.value, desk.now, desk.account))


def _contact(desk: Desk, view: View, name: str) -> CustomerContact:
    """The one contact of a name who is there now; raises InputRefused."""
    told = [one for one in listed(view, (CustomerContact,)).of(CustomerContact) if same(one.name) == same(name)]
    now = [one for one in told if holds(one, desk.now)]
    if len(now) != 1:
        raise InputRefused("act.contact", name=name[:100])
    return now[0]


def refer(desk: Desk, to: str, by: str, text: str) -> None:
    """Notes that somebody could not help and named who can."""
    if by == to or to == desk.me:
        raise InputRefused("act.referral_oneself")
    own = act_id("REFERRAL", by, to, same(text)[:200])
    referral = Referral(own, account_of(desk.store, by), account_of(desk.store, to), words_of(text), desk.now)
    desk.said("recordReferral", referral)
