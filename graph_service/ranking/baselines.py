"""What a ranking must beat: simple rules that need no learning, on the same cases, about the same people."""

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256

import numpy as np

from graph_service.evidence.situation import Floats
from graph_service.history import History
from graph_service.model import DAY
from graph_service.ranking.rankers import START
from graph_service.ranking.replay import Asked
from graph_service.store.named_queries import WorkEvent

WINDOW = 90 * DAY
_KINDS = [weigh.kind.name for weigh in START.weights]


class Baselines:
    """Ranks the people of past questions, given in the order of time, by each simple rule."""

    def __init__(self, history: History) -> None:
        self._events = history.events.solved
        self._first = self._next = 0
        self._recent: Counter[tuple[str, str]] = Counter()

    def ranked(self, asked: Asked) -> Mapping[str, list[str]]:
        """Rule -> people, best first: everybody who has a solved case, those for whom the rule says something first."""
        situation = asked.situation
        people = [situation.people[place] for place in np.flatnonzero(situation.ever_solved).tolist()]
        lots = [int.from_bytes(sha256((asked.question.case_id + person).encode()).digest()[:7]) for person in people]
        similar: Counter[str] = Counter()
        for case in situation.solved:
            for solver in case.solvers:
                similar[solver] += case.similarity  # type: ignore[assignment]
        claims: dict[str, float] = {}
        for claim in situation.claims:
            claims[claim.person] = max(claim.level, claims.get(claim.person, 0.0))
        rules: dict[str, list[tuple[float, ...]]] = {
            "random": [(lot,) for lot in lots],
            "most_active": self._activity(asked, people),
            "last_solver": self._lately(asked),
            "declared_skill": [(claims.get(person, 0.0),) for person in people],
            "bm25": [(similar[person],) for person in people],
        }
        return {
            rule: [person for _, person in sorted(zip(marks, people, strict=True), key=_best_first)]
            for rule, marks in rules.items()
        }

    def _activity(self, asked: Asked, people: Sequence[str]) -> list[tuple[float, ...]]:
        """Cases solved in 90 days before the opening: in the components, in the product, anywhere."""
        self._move(asked.question.as_of)
        problem = asked.situation.problem
        components = [f"c{name}" for name in problem.components]
        products = [f"p{name}" for name in problem.products[:1]]
        return [
            (
                float(sum(self._recent[person, key] for key in components)),
                float(sum(self._recent[person, key] for key in products)),
                float(self._recent[person, ""]),
            )
            for person in people
        ]

    def _move(self, as_of: int) -> None:
        """Counts what was solved in the 90 days strictly before a moment."""
        while self._next < len(self._events) and self._events[self._next].at < as_of:
            self._count(self._events[self._next], 1)
            self._next += 1
        while self._first < self._next and self._events[self._first].at < as_of - WINDOW:
            self._count(self._events[self._first], -1)
            self._first += 1

    def _count(self, event: WorkEvent, sign: int) -> None:
        for key in ("", f"p{event.product}", *(f"c{name}" for name in event.components)):
            self._recent[event.person, key] += sign

    @staticmethod
    def _lately(asked: Asked) -> list[tuple[float, ...]]:
        """Who solved last in the components or the product, then anywhere."""
        chosen = np.flatnonzero(asked.situation.ever_solved)
        here: Floats = asked.strengths[_KINDS.index("component_last")][chosen]
        anywhere: Floats = asked.strengths[_KINDS.index("active_lately")][chosen]
        return list(zip(here.tolist(), anywhere.tolist(), strict=True))


def _best_first(marked: tuple[tuple[float, ...], str]) -> tuple[tuple[float, ...], str]:
    marks, person = marked
    return tuple(-mark for mark in marks), person
