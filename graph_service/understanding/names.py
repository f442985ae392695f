"""Customers, their people and systems that a text names: by whole names, or by the word that tells them apart."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from graph_service.model import Customer, CustomerContact, System
from graph_service.surroundings import Surroundings, same
from graph_service.understanding.signs import Signs, Told
from graph_service.understanding.words import Span, form_of, is_like, words_of

LEGAL = frozenset(["gmbh", "ag", "kg", "kgaa", "co", "ohg", "se", "ug", "mbh", "ltd", "inc", "llc", "und", "and"])
TITLES = frozenset(["dr", "prof", "dipl", "ing", "herr", "frau", "hr", "fr", "mr", "mrs", "ms"])
Thing = TypeVar("Thing", Customer, CustomerContact, System)


@dataclass(frozen=True)
class Meant(Generic[Thing]):
    """What a text or a call means by a name: one thing, or several to choose from; `told` are the words."""

    things: tuple[Thing, ...] = ()
    told: Told | None = None

    @property
    def one(self) -> Thing | None:
        """The thing, where it is one."""
        return self.things[0] if len(self.things) == 1 else None


def customer_in(signs: Signs, around: Surroundings) -> Meant[Customer]:
    """The customer a text names; two that are named apart are both meant, unless one supplies the other."""
    by_names = _by_names(around.customers, lambda one: one.name, first=True)
    first = _meant(signs, by_names)
    if first.one is None or first.told is None:
        return first
    own = {name: things for name, things in by_names.items() if first.one not in things}
    other = _meant(signs, own, [first.told.span])
    if other.one is None or other.told is None or first.told.span.overlaps(other.told.span):
        return first
    supplied = {same(one.key) for customer in (first.one, other.one) for one in customer.supplies}
    is_chain = bool(supplied & {same(first.one.name), same(other.one.name)})
    return first if is_chain else Meant((first.one, other.one), first.told)


def contact_in(signs: Signs, around: Surroundings, customer: Meant[Customer]) -> Meant[CustomerContact]:
    """The person at a customer whom a text names; at this customer where one is known. A name that is the firm's too
    is the person's only where no other is named."""
    there = around.contacts_of(customer.one) if customer.one else around.contacts
    taken = [customer.told.span] if customer.told else []
    return _meant(signs, _by_names(there, lambda one: one.name, first=False), taken)


def system_in(
    signs: Signs, around: Surroundings, customer: Customer | None, denied: Sequence[Span] = ()
) -> Meant[System]:
    """The system a text names, but for words that are `denied`, and one that is only supposed where no other is; the
    one that runs at the customer where several bear the name."""
    supposed = [told.span for told in signs.hypotheses]
    found = _meant(signs, _by_names(around.systems, lambda one: one.name, first=True), supposed, denied)
    here = [one for one in found.things if around.runs_at(one, customer)]
    named = {form_of(one.name): one for one in reversed(here or found.things)}
    return Meant(tuple(named.values()) if here or len(named) == 1 else found.things, found.told)


def called(name: str, things: Iterable[Thing], name_of: Callable[[Thing], str]) -> tuple[Thing, ...]:
    """The things that somebody means by a name in a call: called just so, else with all of its words."""
    known = list(things)
    wanted = [word.form for word in words_of(name)]
    whole = [one for one in known if [word.form for word in words_of(name_of(one))] == wanted]
    if whole or not wanted:
        return tuple(whole)
    return tuple(
        one for one in known if all(any(is_like(word.form, part) for word in words_of(name_of(one))) for part in wanted)
    )


def _by_names(
    things: Sequence[Thing], name_of: Callable[[Thing], str], *, first: bool
) -> Mapping[tuple[str, ...], list[Thing]]:
    """Words -> what they mean: the whole name, and the word that tells: the first of a firm, the last of a person."""
    found: dict[tuple[str, ...], list[Thing]] = {}
    for thing in things:
        words = [word.form for word in words_of(name_of(thing))]
        telling = [word for word in words if word not in LEGAL and word not in TITLES]
        if telling:
            names = {tuple(words), tuple(telling), (telling[0] if first else telling[-1],)}
            for name in sorted(names):
                found.setdefault(name, []).append(thing)
    return found


def _meant(
    signs: Signs,
    by_names: Mapping[tuple[str, ...], list[Thing]],
    taken: Sequence[Span] = (),
    denied: Sequence[Span] = (),
) -> Meant[Thing]:
    """What the longest name in the text means; of two as long the earlier. Words that are `taken` for something else
    come last; what is said not to be it (`nicht Nova, sondern Adler`, words that are `denied`) is not meant."""
    places = {place for span in taken for place in range(*span)}
    found = [
        (first in places, -len(name), first, name)
        for name in by_names
        for first in range(len(signs.words) - len(name) + 1)
        if all(is_like(signs.words[first + step].form, part) for step, part in enumerate(name))
        and not signs.is_contrasted(Span(first, first + len(name)))
        and not any(one.overlaps(Span(first, first + len(name))) for one in denied)
    ]
    if not found:
        return Meant()
    _, _, first, name = min(found)
    span = Span(first, first + len(name))
    return Meant(tuple(by_names[name]), Told(" ".join(name), signs.said(span), span))
