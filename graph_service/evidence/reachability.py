"""Whether somebody can be reached now: where they are until when, by which ways, and what protects them.

Presence is never told with a reason. A is the smallest of what holds (`answer.md` 3); nothing known is .7.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from graph_service.evidence.open_hours import Opening, next_opening, opening_at
from graph_service.model import Channel, ContactPoint, Presence, SourceId, Speaks, TeamRule, end_of, holds
from graph_service.surroundings import same
from graph_service.understanding.working_days import WorkingDays

UNKNOWN = 0.7
STATES: Mapping[str, float] = {"OFFICE": 1.0, "HOME": 1.0, "TRAVELLING": 0.6, "OFF": 0.0}
FOCUS, FLAGGED, OVERRIDDEN, CAPPED, NOT_ON_DUTY, GONE_BEFORE = 0.4, 0.2, 0.7, 0.3, 0.5, 0.6
AWAY = 0.0
USUAL_HOURS = Channel(SourceId("", ""), "WORKING_HOURS", weekday="MON,TUE,WED,THU,FRI", hours="07:00-18:00")
"""When people can be called whose hours nobody told."""


@dataclass(frozen=True, slots=True)
class Asking:
    """When it is asked, by when it is needed (None: no clock), what lets a flag be overridden: the confirmed impact,
    whether the asker's mandate covers the unit of each flagged one, and whether a reason was given.

    `by_doors`: the units whose agreed rule sends such a question to consultation hour and duty; `by_somebody`: somebody
    asks for now, so that whose hours nobody told are away outside of the usual ones. Of the past only cases count.
    """

    at: int
    deadline: int | None = None
    confirmed_impact: str = ""
    mandated: frozenset[str] = frozenset()
    has_reason: bool = False
    by_doors: frozenset[str] = frozenset()
    by_somebody: bool = False


@dataclass(frozen=True)
class Person:
    """What is told of somebody's ways; `unit` and `days` are those they belong to and work by; `asked` how many asks of
    this week they have got."""

    id: str
    unit: str = ""
    days: WorkingDays = field(default_factory=WorkingDays)
    channels: Sequence[Channel] = ()
    presence: Presence | None = None
    points: Sequence[ContactPoint] = ()
    speaks: Sequence[Speaks] = ()
    rule: TeamRule | None = None
    asked: int = 0

    def of_kind(self, kind: str) -> Sequence[Channel]:
        """The ways of a kind."""
        return [one for one in self.channels if one.kind == kind]


@dataclass(frozen=True)
class Reachability:
    """How somebody is reached when it is asked; instants."""

    person: Person
    asking: Asking

    def without(self, record: object) -> "Reachability":
        """The same had one channel or presence never been told."""
        own = self.person
        channels = [one for one in own.channels if one is not record]
        if len(channels) == len(own.channels) and own.presence is not record:
            return self
        presence = None if own.presence is record else own.presence
        return replace(self, person=replace(own, channels=channels, presence=presence))

    def without_mandate(self) -> "Reachability":
        """The same for whoever has no mandate over the person's unit."""
        return replace(self, asking=replace(self.asking, mandated=self.asking.mandated - {self.person.id}))

    def _open(self, kind: str) -> Opening | None:
        """The opening of a kind of way that it is asked in; the longest of several."""
        return self._longest(self.person.of_kind(kind))

    def _longest(self, channels: Sequence[Channel]) -> Opening | None:
        found = [opening_at(one, self.asking.at, self.person.days) for one in channels]
        return max((one for one in found if one), key=lambda one: one[1], default=None)

    @cached_property
    def flag(self) -> Channel | None:
        """The red flag that stands."""
        at = self.asking.at
        return next((one for one in self.person.of_kind("RED_FLAG") if opening_at(one, at, self.person.days)), None)

    @property
    def flag_until(self) -> int | None:
        """Until when it stands."""
        opened = self._open("RED_FLAG")
        return opened[1] if opened else None

    @property
    def overridable_by(self) -> str:
        """The impact that overrides the flag, by the person's own word, else by the team's rule."""
        if self.flag is None:
            return ""
        return self.flag.overridable_by or (self.person.rule.overridable_by if self.person.rule else "")

    @property
    def may_override(self) -> bool:
        """Whether all that an override needs is there: impact, confirmed by name, a mandate, a reason."""
        asking = self.asking
        is_needed = bool(self.overridable_by) and asking.confirmed_impact == self.overridable_by
        return is_needed and self.person.id in asking.mandated and asking.has_reason

    @cached_property
    def presence(self) -> Presence | None:
        """Where they are, as far as it was told and still holds."""
        told = self.person.presence
        return told if told is not None and holds(told, self.asking.at) else None

    @property
    def is_off(self) -> bool:
        """Whether they have said that they are not there, or their calendar does."""
        return self._open("AWAY") is not None or (self.presence is not None and self.presence.state == "OFF")

    @property
    def _off_until(self) -> int | None:
        """Until when they are not there; None where it is not told."""
        opened, presence = self._open("AWAY"), self.presence
        told = presence.until_at if presence is not None and presence.state == "OFF" else None
        ends = [*([opened[1]] if opened else []), *([end_of(told)] if told is not None else [])]
        return max(ends, default=None)

    @property
    def focus_until(self) -> int | None:
        """Until when they do not want to be disturbed."""
        opened = self._open("FOCUS")
        return opened[1] if opened else None

    @property
    def is_on_call(self) -> bool:
        """Whether they are on call now."""
        return self._open("ON_CALL") is not None

    @property
    def duty_until(self) -> int | None:
        """Until when they are the programmer on duty."""
        opened = self._open("DUTY")
        return opened[1] if opened else None

    @property
    def is_outside_hours(self) -> bool:
        """Whether it is outside of their working hours; of the usual ones where theirs are not told."""
        return self._hours is None

    @cached_property
    def _hours(self) -> Opening | None:
        """The working hours that it is asked in."""
        return self._longest(self._working)

    @property
    def _working(self) -> Sequence[Channel]:
        return self.person.of_kind("WORKING_HOURS") or [USUAL_HOURS]

    @property
    def may_be_called(self) -> bool:
        """Whether a call is offered: outside of working hours only to people on call (ArbZG 5)."""
        if self.is_on_call or self.duty_until is not None:
            return True
        return not self.is_outside_hours and not self.is_off

    @property
    def _of_their_own(self) -> bool:
        return bool(self.person.of_kind("WORKING_HOURS"))

    @property
    def until(self) -> int | None:
        """Until when they can be reached today, as far as it is told: the end of presence or of working hours."""
        if self.is_outside_hours or not self.may_be_called:
            return None
        ends = [self._hours[1]] if self._hours and self._of_their_own else []
        if self.presence is not None and self.presence.until_at is not None:
            ends.append(end_of(self.presence.until_at))
        return min(ends, default=None)

    @property
    def is_gone_before(self) -> bool:
        """Whether they are gone before the clock runs out, on the same day."""
        until, deadline, local = self.until, self.asking.deadline, self.person.days.local
        return (
            until is not None
            and deadline is not None
            and until < deadline
            and (local(deadline).date() == local(self.asking.at).date())
        )

    @property
    def next_at(self) -> int | None:
        """When they can be reached again, where they cannot now."""
        if self.may_be_called:
            return None
        at = self.asking.at
        if (back := self._off_until) is not None:
            at = back
            if any(opening_at(one, at, self.person.days) for one in self._working):
                return at
        found = [next_opening(one, at, self.person.days) for one in self._working]
        return min((one[0] for one in found if one), default=at if at > self.asking.at else None)

    @property
    def good_from(self) -> int | None:
        """The next good time, where now is none: after flag and focus, or when they are back."""
        ends = [end for end in (self.flag_until, self.focus_until, self.next_at) if end is not None]
        at = max(ends, default=None)
        if at is None or any(opening_at(one, at, self.person.days) for one in self._working):
            return at
        found = [next_opening(one, at, self.person.days) for one in self._working]
        return min((one[0] for one in found if one), default=at)

    @property
    def cap(self) -> float | None:
        """The most asks of a week that they set; None: none."""
        caps = [one.amount for one in self.person.of_kind("CAP") if holds(one, self.asking.at) and one.amount > 0]
        return min(caps, default=None)

    @property
    def is_capped(self) -> bool:
        """Whether they have got as many asks this week as they set."""
        return self.cap is not None and self.person.asked >= self.cap

    @property
    def is_sent_to_doors(self) -> bool:
        """Whether the agreed rule of their team sends this question to consultation hour or duty, and not to them."""
        return same(self.person.unit) in self.asking.by_doors and self.duty_until is None

    @cached_property
    def causes(self) -> Mapping[str, float]:
        """What holds now -> how much of A it leaves."""
        found: dict[str, float] = {}
        if not self.is_known and (self.may_be_called or not self.asking.by_somebody):
            found["unknown"] = UNKNOWN
        elif not self.may_be_called:
            found["away"] = AWAY
        elif self.presence is not None and self.presence.state in STATES:
            found[self.presence.state.lower()] = 1.0 if self.is_on_call else STATES[self.presence.state]
        elif self.is_on_call or self.duty_until is not None:
            found["on_duty"] = 1.0
        else:
            found["unknown"] = UNKNOWN
        if self.flag is not None:
            found["flag"] = OVERRIDDEN if self.may_override else FLAGGED
        if self.focus_until is not None:
            found["focus"] = FOCUS
        if self.is_capped:
            found["cap"] = CAPPED
        if self.is_sent_to_doors:
            found["doors"] = NOT_ON_DUTY
        if self.is_gone_before:
            found["gone_before"] = GONE_BEFORE
        return found

    @property
    def value(self) -> float:
        """A, 0..1."""
        return min(self.causes.values())

    def is_before(self, clock: int | None) -> bool:
        """Whether they can be reached before a clock runs out: a flag must end before it, or be overridden."""
        until = self.flag_until if not self.may_override else None
        if clock is not None and until is not None and until >= clock:
            return False
        if self.may_be_called:
            return True
        return self.next_at is not None and clock is not None and self.next_at < clock

    @property
    def is_known(self) -> bool:
        """Whether anything is told about it."""
        return bool(self.person.channels or self.person.presence)
