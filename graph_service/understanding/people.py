"""People of the house whom a question names: by title, or as a contact that is none."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.named_queries import PersonName
from graph_service.understanding.understood import Understood
from graph_service.understanding.words import is_like, words_of

MOST, MOST_NAMES = 20, 5
"""So many of a name are told at most, and so many names."""


@dataclass(frozen=True)
class Named:
    """A name as it was written, and everybody of the house who may be meant: several are asked back, nobody stays
    unknown."""

    words: str
    people: Sequence[PersonName]


def people_named(view: View, told: Understood) -> list[Named]:
    """Everybody named by title who is no contact, and a contact in the call that no list knows; in one store call, none
    where nobody is."""
    unknown = [dict(fault.values)["name"] for fault in told.faults if fault.code == "problem.unknown_contact"]
    names = list(dict.fromkeys([*unknown, *(one.words for one in told.titled)]))[:MOST_NAMES]
    rows = [(row, _borne(row.name)) for row in view.ask(nq.ALL_NAMES)] if names else []
    return [Named(name, _called(name, rows)[:MOST]) for name in names]


def _borne(name: str) -> list[str]:
    """The words of a name, the surname last."""
    surname, comma, first = name.partition(",")
    return [word.form for part in ((first, surname) if comma else (name,)) for word in words_of(part)]


def _called(name: str, rows: Sequence[tuple[PersonName, Sequence[str]]]) -> list[PersonName]:
    """Each person who bears all the words of a name, else its first one as their surname: what follows may be another
    word."""
    wanted = [word.form for word in words_of(name)]
    for parts in ([wanted] if len(wanted) > 1 else []) + [wanted[:1]]:
        found: dict[str, PersonName] = {}
        for row, borne in rows:
            among = borne if len(parts) > 1 else borne[-1:]
            if parts and all(any(is_like(one, part) for one in among) for part in parts):
                found.setdefault(row.person, row)
        if found:
            return sorted(found.values(), key=lambda one: (one.name, one.unit, one.person))
    return []
