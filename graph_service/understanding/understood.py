"""All that was understood of a question: each thing with the words it came from, each to be corrected in the call."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph_service.model import DAY, Customer, CustomerContact, System
from graph_service.surroundings import Surroundings
from graph_service.text.language import Language
from graph_service.text.terms import visible
from graph_service.understanding.clock_grammar import words as words_in
from graph_service.understanding.clock_reading import Clock
from graph_service.understanding.clocks import clocks_in, over_in
from graph_service.understanding.kinds import Kinds, Part, labels_of
from graph_service.understanding.names import Meant, called, contact_in, customer_in, system_in
from graph_service.understanding.premises import FalsePremise, false_premises
from graph_service.understanding.signs import Signs, Told, is_deed
from graph_service.understanding.standstill import PRODUCTION_DOWN, standstill_in
from graph_service.understanding.words import Span, forms_of, words_of
from graph_service.understanding.working_days import WorkingDays

IMPACTS = (PRODUCTION_DOWN, "DEGRADED")
MODES = ("FIX_NOW", "WORKAROUND", "DIAGNOSE", "DECIDE")
MOST_READ = 6_000
"""So many letters are read for names, clocks and signs; the search takes all of a text."""
PRIORITIES = ("P1", "P2", "P3", "P4", "P5")
_PRIORITY = re.compile(
    r"(?P<no>\b(?:kein|keine|nicht|no|not)\s+)?(?:"
    r"\b(?:P[\s-]?|(?:Prio(?:rit(?:ät|aet|y))?|Sev(?:erity)?)[\s:.-]*)(?P<digit>[1-5])\b"
    r"|\bPrio(?:rit(?:ät|aet|y))?[\s:]+(?:(?P<p1>eins|one)|(?P<p2>zwei|two)|(?P<p3>drei|three)|(?P<p4>vier|four))\b"
    r"|\b(?:(?P<p1_>höchste|oberste|erste|highest|top|first)|(?P<p2_>zweite|second)|(?P<p3_>dritte|third))[rn]?"
    r"\s+Prio(?:rit(?:ät|aet|y))?\b)",
    re.IGNORECASE,
)
_FURTHEST = 731 * DAY
_NEAR = 6
"""So many words may lie between a clock and what happens when it runs out."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the call says beside the text, or corrects in it: names as people write them, an instant for the deadline;
    whoever owns the case confirms the impact by name, and says why a red flag is to be overridden. `without_logs`: it
    can be worked on without the customer's."""

    customer: str = ""
    contact: str = ""
    system: str = ""
    kinds: tuple[str, ...] | None = None
    mode: str = ""
    deadline: int | None = None
    priority: str = ""
    impact: str = ""
    confirmed_by: str = ""
    override_reason: str = ""
    without_logs: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What the call says and cannot be: a code of the message catalogue with its values, and the field."""

    code: str
    field: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Impact:
    """How bad it is, in whose words, and who confirmed it (empty: it is only claimed)."""

    kind: str
    words: str
    confirmed_by: str = ""

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody stands for it by name."""
        return bool(self.confirmed_by)


@dataclass(frozen=True, slots=True)
class Consequence:
    """What happens when a clock runs out."""

    words: str
    clock: Clock | None


@dataclass(frozen=True)
class Understood:
    """What was understood; empty and None: not said. `titled` are people named by title who are no contact of the
    customer's, `over` the words of a deadline that is past already, `aside` words that no like case would hold: by when
    and in what way help is wanted, and what it is said not to be; `slips` are words with a slip of the pen, and what
    they are meant for."""

    customer: Meant[Customer] = field(default_factory=Meant)
    contact: Meant[CustomerContact] = field(default_factory=Meant)
    system: Meant[System] = field(default_factory=Meant)
    kinds: Sequence[Told] = ()
    denied: Sequence[Told] = ()
    impact: Impact | None = None
    deadline: Clock | None = None
    consequence: Consequence | None = None
    mode: str = MODES[0]
    mode_words: str = ""
    priority: str = ""
    tried: Sequence[str] = ()
    hypotheses: Sequence[Part] = ()
    premises: Sequence[FalsePremise] = ()
    parts: Sequence[Part] = ()
    remote: str = ""
    asks: str = ""
    titled: Sequence[Told] = ()
    over: str = ""
    aside: Sequence[str] = ()
    slips: Mapping[str, str] = field(default_factory=dict)
    faults: Sequence[Fault] = ()
    given: Given = field(default_factory=Given)
    days: WorkingDays = field(default_factory=WorkingDays)

    @property
    def labels(self) -> tuple[str, ...]:
        """The kinds of problems by name."""
        return tuple(told.value for told in self.kinds)

    @property
    def wants_workaround(self) -> bool:
        """Whether something is needed at once: a way around is asked for, production is down, or there is a clock and
        nobody has said that it is to be fixed for good."""
        is_fix = self.mode == MODES[0] and bool(self.mode_words or self.given.mode)
        return self.mode == "WORKAROUND" or self.is_down or (self.deadline is not None and not is_fix)

    @property
    def clock_at(self) -> int | None:
        """By when: the deadline, else when something happens; None: no clock is told."""
        if self.deadline is not None:
            return self.deadline.at
        return self.consequence.clock.at if self.consequence is not None and self.consequence.clock else None

    @property
    def asks_for_cause(self) -> bool:
        """Whether the cause is asked for."""
        return self.mode == "DIAGNOSE"

    @property
    def asks_to_decide(self) -> bool:
        """Whether it is asked who may decide."""
        return self.mode == "DECIDE"

    @property
    def is_critical(self) -> bool:
        """Whether something is at stake: help is needed at once, an impact is said, or it is P1 or P2."""
        return self.wants_workaround or self.impact is not None or self.priority in PRIORITIES[:2]

    @property
    def is_down(self) -> bool:
        """Whether production is said to stand still."""
        return self.impact is not None and self.impact.kind == PRODUCTION_DOWN

    @property
    def confirmed_impact(self) -> str:
        """What it does, where somebody stands for it by name; else empty."""
        return self.impact.kind if self.impact is not None and self.impact.is_confirmed else ""

    @property
    def missing(self) -> tuple[str, ...]:
        """What one would be asked for: customer, system, symptom; all of them only where there is nothing to go on."""
        known = {"customer": self.customer.things, "system": self.system.things, "symptom": self.kinds}
        return tuple(name for name, told in known.items() if not told)


def understood(text: str, language: Language, around: Surroundings, given: Given, days: WorkingDays) -> Understood:
    """What a text says, with what the call corrects; what the call cannot mean is a fault, and the rest holds."""
    given, faults = checked(given, around)
    text = text[:MOST_READ]
    words = words_of(text)
    signs = Signs(text, words)
    customer, contact, titled = _whose(signs, around, given)
    clocks = [clock for clock in clocks_in(text, around.at, days) if not _is_of_the_past(signs, clock)]
    standstill = standstill_in(signs, clocks)
    impacts = [*standstill.now, *signs.told("impact")]
    consequences = sorted([*signs.told("consequence", supposed=True), *standstill.ahead], key=lambda one: one.span)
    modes, remote = signs.told("mode"), signs.told("remote")
    taken = [span for section in ("impact", "running", "consequence", "mode") for span in signs.spans(section)]
    kinds = Kinds(signs, language, around, [*taken, *standstill.spans])
    system = _system(signs, around, given, customer.one, [one.span for one in kinds.denied])
    consequence = _consequence(signs, consequences, clocks)
    due = [clock for clock in _due(clocks, consequence) if _is_wanted(signs, clock)]
    named = kinds.named if given.kinds is None else _chosen(around, given.kinds)
    asked = signs.told("questions")
    over = over_in(text, around.at, days) if not due and not given.deadline else ""
    aside = [
        *(clock.words(text) for clock in clocks),
        *filter(None, [over]),
        *(told.words for told in (*modes, *kinds.denied)),
        *(told.words.split()[0] for told in titled),
    ]
    return Understood(
        customer=customer,
        contact=contact,
        system=system,
        kinds=named,
        denied=kinds.denied,
        impact=_impact(impacts, given),
        deadline=Clock(given.deadline, None, 0, 0) if given.deadline else next(iter(due), None),
        consequence=consequence,
        mode=given.mode or (modes[0].value if modes else MODES[0]),
        mode_words="" if given.mode or not modes else modes[0].words,
        priority=given.priority or _priority(text),
        tried=[told.words for told in signs.tried()],
        hypotheses=kinds.supposed(),
        premises=false_premises(signs, around, customer.one),
        parts=kinds.parts() if given.kinds is None else (),
        remote=remote[0].value if remote else "",
        asks=asked[0].value if asked else "",
        titled=titled,
        over=over,
        aside=aside,
        slips=kinds.slips,
        faults=faults,
        given=given,
        days=days,
    )


def checked(given: Given, around: Surroundings) -> tuple[Given, Sequence[Fault]]:
    """What of the call can be meant, and what cannot."""
    faults: list[Fault] = []
    if given.deadline is not None and given.deadline <= around.at:
        faults.append(Fault("problem.deadline_past", "deadline"))
        given = replace(given, deadline=None)
    if given.deadline is not None and given.deadline > around.at + _FURTHEST:
        faults.append(Fault("problem.deadline_far", "deadline"))
        given = replace(given, deadline=None)
    given = replace(
        given, confirmed_by=visible(given.confirmed_by)[:200], override_reason=visible(given.override_reason)[:1_000]
    )
    if given.mode and given.mode not in MODES:
        faults.append(Fault("problem.mode", "mode", (("modes", ", ".join(MODES)),)))
        given = replace(given, mode="")
    if given.priority and given.priority.upper() not in PRIORITIES:
        faults.append(Fault("problem.priority", "priority", (("priorities", ", ".join(PRIORITIES)),)))
        given = replace(given, priority="")
    if given.impact and given.impact not in IMPACTS:
        faults.append(Fault("problem.impact", "impact", (("impacts", ", ".join(IMPACTS)),)))
        given = replace(given, impact="")
    if given.confirmed_by and not given.impact:
        faults.append(Fault("problem.confirmed_nothing", "confirmedBy"))
        given = replace(given, confirmed_by="")
    if given.customer and not called(given.customer, around.customers, lambda one: one.name):
        faults.append(_unknown("customer", given.customer))
        given = replace(given, customer="")
    if given.contact and not called(given.contact, around.contacts, lambda one: one.name):
        faults.append(_unknown("contact", given.contact))
        given = replace(given, contact="")
    if given.system and not called(given.system, around.systems, lambda one: one.name):
        faults.append(_unknown("system", given.system))
        given = replace(given, system="")
    if given.kinds is not None and len(labels_of(around.classes, given.kinds)) < len(given.kinds):
        faults.append(Fault("problem.unknown_class", "classes", (("name", ", ".join(given.kinds)[:100]),)))
        given = replace(given, kinds=None)
    return replace(given, priority=given.priority.upper()), faults


def _unknown(field_name: str, name: str) -> Fault:
    return Fault(f"problem.unknown_{field_name}", field_name, (("name", name[:100]),))


def _whose(
    signs: Signs, around: Surroundings, given: Given
) -> tuple[Meant[Customer], Meant[CustomerContact], Sequence[Told]]:
    """The customer, their contact, and people named by title who are no contact. The only contact there is is meant,
    unless somebody else is named."""
    customer = _customer(signs, around, given)
    contact = _contact(signs, around, given, customer)
    if len(customer.things) > 1 and contact.told and contact.told.span in _firms(signs, customer):
        contact = Meant()  # the word is the firm's, and which firm is asked back
    if contact.one is not None and _is_somebody_else(signs, contact.one, contact.told):
        contact = Meant()
    if customer.one is None and contact.one is not None:
        customer = Meant(tuple(filter(None, (around.customer_of(contact.one.customer),))), contact.told)
    titled = [one for one in signs.titled() if contact.told is None or not one.span.overlaps(contact.told.span)]
    is_open = not contact.things and all(one.value != "honorifics" for one in titled)
    there = around.contacts_of(customer.one) if customer.one is not None and is_open else ()
    return customer, Meant(tuple(there)) if len(there) == 1 else contact, titled


def _is_somebody_else(signs: Signs, contact: CustomerContact, told: Told | None) -> bool:
    """Whether the text says Frau where the list says Herr, or the other way round."""
    before = signs.words[told.span.first - 1].form if told and told.span.first else ""
    noted = {word.form for word in words_of(contact.title)}
    return any(
        before in forms_of(said) and noted & forms_of(other) for said, other in (("women", "men"), ("men", "women"))
    )


def _firms(signs: Signs, customer: Meant[Customer]) -> set[Span]:
    """Where the words stand that tell of these firms."""
    telling = {words_of(one.name)[0].form for one in customer.things}
    return {Span(place, place + 1) for place, word in enumerate(signs.words) if word.form in telling}


def _customer(signs: Signs, around: Surroundings, given: Given) -> Meant[Customer]:
    if given.customer:
        return Meant(called(given.customer, around.customers, lambda one: one.name))
    return customer_in(signs, around)


def _contact(signs: Signs, around: Surroundings, given: Given, customer: Meant[Customer]) -> Meant[CustomerContact]:
    if not given.contact:
        return contact_in(signs, around, customer)
    there = called(given.contact, around.contacts_of(customer.one) if customer.one else (), lambda one: one.name)
    return Meant(there or called(given.contact, around.contacts, lambda one: one.name))


def _system(
    signs: Signs, around: Surroundings, given: Given, customer: Customer | None, denied: Sequence[Span]
) -> Meant[System]:
    if given.system:
        return Meant(called(given.system, around.systems, lambda one: one.name))
    return system_in(signs, around, customer, denied)


def _chosen(around: Surroundings, kinds: Sequence[str]) -> list[Told]:
    return [Told(label, "", Span(0, 0)) for label in labels_of(around.classes, kinds)]


def _impact(told: Sequence[Told], given: Given) -> Impact | None:
    if given.impact:
        words = next((one.words for one in told if one.value == given.impact), "")
        return Impact(given.impact, words, given.confirmed_by.strip())
    worst = next((one for one in told if one.value == PRODUCTION_DOWN), next(iter(told), None))
    return None if worst is None else Impact(worst.value, worst.words)


def _consequence(signs: Signs, told: Sequence[Told], clocks: Sequence[Clock]) -> Consequence | None:
    """What happens, and the clock beside it."""
    if not told:
        return None
    what = told[0]
    start, end = signs.words[what.span.first].start, signs.words[what.span.last - 1].end

    def between(clock: Clock) -> int:
        first, last = sorted(((clock.start, clock.end), (start, end)))
        return sum(first[1] <= word.start < last[0] for word in signs.words)

    near = sorted((between(clock), place) for place, clock in enumerate(clocks) if between(clock) <= _NEAR)
    return Consequence(what.words, clocks[near[0][1]] if near else None)


def _due(clocks: Sequence[Clock], consequence: Consequence | None) -> list[Clock]:
    """The clocks by which something is needed, those first that say so; `bis 14 Uhr, sonst kündigt der Kunde` is both:
    what is needed, and what happens."""
    end = consequence.clock if consequence is not None else None
    left = [clock for clock in clocks if clock is not end or clock.is_due]
    return sorted(left, key=lambda clock: (clock is end, not clock.is_due, clock.start))


def _is_of_the_past(signs: Signs, clock: Clock) -> bool:
    """Whether the words beside it tell of what was: `hab um 8 Uhr angerufen`, `Frist war 9 Uhr`."""
    before, _, behind = signs.forms_around(clock.start, clock.end)
    near = [*before[-_NEAR:], *behind[:_NEAR]]
    has_been = bool({*near} & words_in("told")) and any(map(is_deed, near))
    return (has_been and not clock.is_due) or bool({*before[-2:], *behind[:1]} & words_in("was"))


def _is_wanted(signs: Signs, clock: Clock) -> bool:
    """Whether something may be needed by it: not where somebody is busy until then (`bis 13 Uhr in Besprechung`), nor
    by a bare `heute` where nothing is wanted (`läuft heute wieder nicht`)."""
    before, told, behind = signs.forms_around(clock.start, clock.end)
    is_bare = len(told) == 1 and told[0] in words_in("today") and not {*before[-2:]} & words_in("due")
    is_wanted = bool({*before, *told, *behind} & words_in("wanted")) or behind == ["noch"]
    return not {*behind[: _NEAR // 2]} & words_in("busy") and (not is_bare or is_wanted)


def _priority(text: str) -> str:
    for found in _PRIORITY.finditer(text):
        told = {name.rstrip("_"): words for name, words in found.groupdict().items() if words}
        if "no" not in told:
            return f"P{told['digit']}" if "digit" in told else next(name for name in told if name != "no").upper()
    return ""
