"""What the house's lists tell, as nouns: the people in them are persons, no accounts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, TypeVar, get_args

import orjson

from graph_service.access import FieldClass, Reach, Scope
from graph_service.model import ExpertNote, Record, SourceId, TrustRating, name_fields, record_kinds
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.named_queries import RecordRow

PRIVATE = "PRIVATE"
PERSON = "person"
"""The source of the SourceIds that stand for people here: their keys are ids of Persons."""
Noun = TypeVar("Noun", bound=Record)


class Listed:
    """Things by their noun, each list in the order of ids; of people, whom the View shows, and no others."""

    def __init__(self, found: Iterable[Record]) -> None:
        self._by_noun: dict[type, list[Any]] = {}
        for one in found:
            self._by_noun.setdefault(type(one), []).append(one)

    def of(self, noun: type[Noun]) -> Sequence[Noun]:
        """All of a noun."""
        return self._by_noun.get(noun, ())

    def without(self, record: Record) -> "Listed":
        """The same without one of them."""
        return Listed(one for some in self._by_noun.values() for one in some if one is not record)

    def and_of(self, other: "Listed") -> "Listed":
        """Both together; what stands in both stands once."""
        own = {one.source_id for some in self._by_noun.values() for one in some}
        more = (one for some in other._by_noun.values() for one in some if one.source_id not in own)
        return Listed([*(one for some in self._by_noun.values() for one in some), *more])


def listed(view: View, nouns: Iterable[type[Record]]) -> Listed:
    """Everything of these nouns, in one store call."""
    return Listed(_nouns(view.ask(nq.RECORDS, kinds=_kinds(nouns)), view.scope))


def listed_of(
    view: View,
    nouns: Iterable[type[Record]],
    *,
    ids: Sequence[str] = (),
    names: Sequence[str] = (),
    people: Sequence[str] = (),
) -> Listed:
    """What of these nouns has one of these ids or names, or concerns one of these people, in one store call."""
    if not (ids or names or people):
        return Listed(())
    asked = {"ids": sorted(ids), "names": sorted(names), "people": sorted(people)}
    return Listed(_nouns(view.ask(nq.RECORDS_OF, kinds=_kinds(nouns), **asked), view.scope))


def all_about(view: View, nouns: Iterable[type[Record]], person: str) -> Listed:
    """What of these nouns concerns a person, also what others keep to themselves: for that person alone, and for who
    decides between them."""
    rows = view.ask(nq.RECORDS_OF, kinds=_kinds(nouns), ids=[], names=[], people=[person])
    return Listed(_nouns(rows, view.scope, with_kept=True))


def _kinds(nouns: Iterable[type[Record]]) -> list[str]:
    return sorted(record_kinds()[noun] for noun in nouns)


def _nouns(rows: Sequence[RecordRow], scope: Scope, *, with_kept: bool = False) -> Iterable[Record]:
    """The nouns of the rows; none where somebody it cannot be told without is not seen, or that is kept from the
    viewer."""
    by_thing: dict[tuple[str, str], list[RecordRow]] = {}
    for row in rows:
        by_thing.setdefault((row.kind, row.id), []).append(row)
    for (kind, _), parts in by_thing.items():
        noun = _of_kind()[kind]
        people = {part.role: SourceId(PERSON, part.person) for part in parts if part.person}
        if all(role in people for role in _needed()[noun]):
            told = _noun(noun, parts[0], people)
            if with_kept or not _is_kept_from(told, scope):
                yield told


def _is_kept_from(told: Record, scope: Scope) -> bool:
    """Whether somebody keeps it to themselves and to whom they handed it; who reaches only their own ratings sees no
    others."""
    if isinstance(told, TrustRating):
        is_kept = told.shown == PRIVATE or scope.reach.get(FieldClass.TRUST) is Reach.OWN
        return is_kept and told.rater.key != scope.viewer
    if isinstance(told, ExpertNote):
        readers = {told.owner.key, *([told.handed_to.key] if told.handed_to else [])}
        return scope.viewer not in readers
    return False


def _noun(noun: type[Record], row: RecordRow, people: Mapping[str, SourceId]) -> Record:
    told = {name: _value(value) for name, value in orjson.loads(row.body).items()}
    by = name_fields()[noun]
    named = {by: row.name} if by else {}
    own_id = {"source_id": SourceId("id", row.id)}
    make: Callable[..., Record] = noun
    return make(**own_id, **named, **told, **people)


def _value(value: object) -> object:
    if isinstance(value, list):
        return tuple(_value(one) for one in value)
    return SourceId(**value) if isinstance(value, dict) else value


@cache
def _of_kind() -> Mapping[str, type[Record]]:
    return {kind: noun for noun, kind in record_kinds().items()}


@cache
def _needed() -> Mapping[type, Sequence[str]]:
    """The people without whom a record is none."""
    return {
        noun: [one.name for one in fields(noun) if one.name in noun.people and one.default is MISSING]
        for noun in get_args(Record)
    }
