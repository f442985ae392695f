"""One's own doors: red flag, presence, hours, focus, cap; set in one call, ending by themselves."""

import enum
import re
from dataclasses import replace

from graph_service.casework.desk import Desk
from graph_service.errors import InputRefused
from graph_service.evidence.open_hours import WEEKDAYS
from graph_service.model import DAY, Channel, Customer, Presence, Reservation, act_id
from graph_service.store.base import View
from graph_service.store.listed import listed
from graph_service.surroundings import same
from graph_service.text.terms import visible
from graph_service.understanding.understood import IMPACTS

_HOURS = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)")
LONGEST_FLAG = 31 * DAY
MOST_A_WEEK = 1_000
_BY_HOURS = ("CONSULTATION_HOUR", "WORKING_HOURS")


class PresenceState(enum.StrEnum):
    """Where one is."""

    OFFICE = "OFFICE"
    HOME = "HOME"
    TRAVELLING = "TRAVELLING"
    OFF = "OFF"


class OwnDoor(enum.StrEnum):
    """What one says of the ways to oneself."""

    CONSULTATION_HOUR = "CONSULTATION_HOUR"
    WORKING_HOURS = "WORKING_HOURS"
    FOCUS = "FOCUS"
    CAP = "CAP"
    PREFERRED = "PREFERRED"
    ON_SITE = "ON_SITE"


def set_red_flag(desk: Desk, until_at: int | None, overridable_by: str) -> None:
    """Sets one's red flag until a moment, or takes it down (None); it ends by itself."""
    if until_at is not None and not desk.now < until_at <= desk.now + LONGEST_FLAG:
        raise InputRefused("act.flag_until", most=LONGEST_FLAG // DAY)
    if overridable_by and overridable_by not in IMPACTS:
        raise InputRefused("problem.impact", impacts=", ".join(IMPACTS))
    ends = desk.now if until_at is None else until_at
    own = act_id("RED_FLAG", desk.me)
    flag = Channel(
        own, "RED_FLAG", desk.account, overridable_by=overridable_by, from_at=min(desk.now, ends), until_at=ends
    )
    desk.said("setRedFlag", flag)


def set_presence(desk: Desk, state: PresenceState, until_at: int, place: str) -> None:
    """Says where one is until when; never why."""
    if until_at <= desk.now:
        raise InputRefused("act.past")
    own = act_id("PRESENCE", desk.me)
    desk.said("setPresence", Presence(own, desk.account, state.value, until_at, visible(place)[:100]))


def set_reservation(desk: Desk, view: View, customer: str, until_at: int | None) -> None:
    """Says, for oneself alone, that one would rather not work for a customer until a moment (None: open); a moment that
    is over takes it away."""
    known = [one for one in listed(view, (Customer,)).of(Customer) if same(one.name) == same(customer)]
    if len({same(one.name) for one in known}) != 1:
        raise InputRefused("act.customer", name=customer[:100])
    own = act_id("RESERVATION", desk.me, same(customer))
    ends = None if until_at is None else max(until_at, desk.now)
    desk.said("setReservation", Reservation(own, desk.account, known[0].name, ends))


def set_door(desk: Desk, door: Channel) -> None:
    """Says a way of one's own: consultation hour, working hours, focus time, a cap, how one likes to be asked."""
    if not 0 <= door.amount <= MOST_A_WEEK:
        raise InputRefused("act.amount", most=MOST_A_WEEK)
    begins, _, ends = door.hours.partition("-")
    if (door.hours or door.kind in _BY_HOURS) and (not _HOURS.fullmatch(door.hours) or begins == ends):
        raise InputRefused("act.hours_form", value=door.hours[:40])
    if door.weekday and not set(door.weekday.split(",")) <= set(WEEKDAYS):
        raise InputRefused("act.weekdays_form", value=door.weekday[:40])
    desk.said("setDoor", replace(door, place=visible(door.place), text=visible(door.text)))
