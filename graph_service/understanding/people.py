"""People of the house whom a question names: by title, or as a contact that is none."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.named_queries import PersonName
from graph_service.understanding.understood import Understood
from graph_service.understanding.words import is_like, words_of

MOST = 20
"""So many of a name are told at most."""


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
    names = list(dict.fromkeys([*unknown, *(one.words for one in told.titled)]))
    rows = view.ask(nq.ALL_NAMES) if names else ()
    return [Named(name, _called(name, rows)[:MOST]) for name in names]


def _called(name: str, rows: Sequence[PersonName]) -> list[PersonName]:
    """Each person who bears all the words of a name, else its first one: what follows it may be another word."""
    wanted = [word.form for word in words_of(name)]
    for parts in (wanted, wanted[:1]):
        found: dict[str, PersonName] = {}
        for row in rows:
            borne = [word.form for word in words_of(row.name)]
            if parts and all(any(is_like(one, part) for one in borne) for part in parts):
                found.setdefault(row.person, row)
        if found:
            return sorted(found.values(), key=lambda one: (one.name, one.unit, one.person))
    return []
