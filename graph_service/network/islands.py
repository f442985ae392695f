"""Knowledge islands: subjects that few people solve, told as a bracket and without a unit."""

import enum
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph_service.store.named_queries import WorkEvent

FEWEST_CASES = 10
_STEPS = (0, 10, 20, 50, 100, 200, 500)
BRACKETS = (*(f"{low}-{high - 1}" for low, high in pairwise(_STEPS)), f"{_STEPS[-1]}+")


class Bracket(enum.StrEnum):
    """How many people solve a subject."""

    ONE_OR_TWO = "1-2"
    A_FEW = "3-9"
    MANY = "10+"


@dataclass(frozen=True, slots=True)
class Island:
    """A subject, about how many of its cases were solved, and by how many people."""

    subject: str
    cases: str
    people: Bracket


def subjects(event: WorkEvent) -> tuple[str, ...]:
    """What a solved case is about: its components, else its product."""
    return event.components or ((event.product,) if event.product else ())


def solvers(events: Sequence[WorkEvent]) -> dict[str, tuple[set[str], set[str]]]:
    """Subject -> (cases, people who solved them), of subjects with at least ten cases."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for event in events:
        for subject in subjects(event):
            cases, people = found.setdefault(subject, (set(), set()))
            cases.add(event.case_id)
            people.add(event.person)
    return {subject: both for subject, both in found.items() if len(both[0]) >= FEWEST_CASES}


def islands(events: Sequence[WorkEvent]) -> list[Island]:
    """The subjects with at least ten solved cases, those of the fewest people first."""
    order = list(Bracket)
    told = [(bracket(len(people)), len(cases), subject) for subject, (cases, people) in solvers(events).items()]
    told.sort(key=lambda one: (order.index(one[0]), one[2]))
    return [Island(subject, roughly(cases), people) for people, cases, subject in told]


def roughly(count: int) -> str:
    """0-9, 10-19, 20-49 ... 500+: a count of which one more or less tells nothing."""
    return BRACKETS[bisect_right(_STEPS, count) - 1]


def bracket(people: int) -> Bracket:
    """1-2, 3-9 or 10+."""
    if people < 3:
        return Bracket.ONE_OR_TWO
    return Bracket.A_FEW if people < 10 else Bracket.MANY
