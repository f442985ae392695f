"""What helpers note: whom they would ask themselves, with whom they have spoken, who named whom."""

from graph_service.casework.desk import Desk, words_of
from graph_service.derived import refresh_derived
from graph_service.errors import InputRefused
from graph_service.intake.acts import account_of
from graph_service.model import Attendance, Contact, CustomerContact, ExpertNote, Mode, Referral, act_id
from graph_service.store.base import View
from graph_service.store.listed import listed
from graph_service.surroundings import same

LONGEST_NOTE = 500


def note(desk: Desk, person: str, text: str, kind: str, handed_to: str | None) -> None:
    """Keeps a note about somebody for oneself, and for whom it is handed to; an empty one takes it away."""
    to = account_of(desk.store, handed_to) if handed_to else None
    own = act_id("NOTE", desk.me, person, same(kind))
    desk.said(
        "noteExpert",
        ExpertNote(own, desk.account, account_of(desk.store, person), text.strip()[:LONGEST_NOTE], kind, to),
    )


def converse(desk: Desk, view: View, contact: str, kind: str, occasion: str) -> None:
    """Notes that one has spoken with a customer's contact now; never what was said."""
    told = [one for one in listed(view, (CustomerContact,)).of(CustomerContact) if same(one.name) == same(contact)]
    if len(told) != 1:
        raise InputRefused("act.contact", name=contact[:100])
    if told[0].account is None:
        raise InputRefused("act.contact_account", name=contact[:100])
    if kind not in Contact.__members__:
        raise InputRefused("act.contact_kind", kinds=", ".join(Contact))
    other = account_of(desk.store, told[0].account.key)
    own = act_id("CONVERSATION", desk.me, same(contact), str(desk.now))
    parts = [
        Attendance(own, account, desk.now, Contact[kind], Mode.UNKNOWN, 1.0, occasion.strip()[:200])
        for account in (desk.account, other)
    ]
    desk.said("recordConversation", parts)
    refresh_derived(desk.store, desk.now, desk.now)


def refer(desk: Desk, to: str, by: str, text: str) -> None:
    """Notes that somebody could not help and named who can."""
    own = act_id("REFERRAL", by, to, same(text)[:200])
    referral = Referral(own, account_of(desk.store, by), account_of(desk.store, to), words_of(text), desk.now)
    desk.said("recordReferral", referral)
