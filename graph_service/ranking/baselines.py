"""What a ranking must beat: simple rules that need no learning, on the same cases, about the same people.

They look at solved cases alone and share no code with the ranking but the search for similar cases.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256

import numpy as np

from graph_service.evidence.situation import Floats, Situation
from graph_service.history import History
from graph_service.model import DAY
from graph_service.neighbours import Ints
from graph_service.problem import Problem
from graph_service.ranking.replay import PastQuestion
from graph_service.store.named_queries import WorkEvent, grouped

WINDOW = 90 * DAY
ANYWHERE = ""


class Baselines:
    """Ranks the people of past questions, given in the order of time, by each simple rule.

    Marks are an array with a place for everybody who ever solved a case, in the order of ids.
    """

    def __init__(self, history: History) -> None:
        self._events = history.events.solved
        self._of_case = grouped(self._events, lambda event: event.case_id)
        self._people = sorted({event.person for event in self._events})
        self._places = {person: place for place, person in enumerate(self._people)}
        self._first = self._next = 0
        self._recent: dict[str, Counter[int]] = defaultdict(Counter)
        self._solved: dict[str, dict[int, list[WorkEvent]]] = defaultdict(lambda: defaultdict(list))

    def ranked(self, question: PastQuestion, problem: Problem, situation: Situation | None) -> Mapping[str, list[str]]:
        """Rule -> people, best first: everybody who has a solved case, those for whom the rule says something first.

        `situation` is None for a question that says nothing: then nothing is similar and nobody's claim is named.
        """
        self._move(question.as_of)
        similar, claims = np.zeros(len(self._people)), np.zeros(len(self._people))
        for case in situation.solved if situation else ():
            for solver in case.solvers:
                similar[self._places[solver]] += case.similarity
        for claim in situation.claims if situation else ():
            if claim.person in self._places:
                place = self._places[claim.person]
                claims[place] = max(claim.level, claims[place])
        products = [f"p{name}" for name in problem.products[:1]]
        components = [f"c{name}" for name in problem.components]
        seed = int.from_bytes(sha256(question.case_id.encode()).digest()[:8])
        lately = self._last(question, [ANYWHERE])
        rules: Mapping[str, Sequence[Floats]] = {
            "random": [np.random.default_rng(seed).random(len(self._people))],
            "most_active": [self._active(question, keys) for keys in (components, products, [ANYWHERE])],
            "last_solver": [self._last(question, components or products), lately],
            "declared_skill": [claims],
            "bm25": [similar],
        }
        known = np.flatnonzero(lately > -np.inf)
        return {rule: self._ordered(known, marks) for rule, marks in rules.items()}

    def _ordered(self, known: Ints, marks: Sequence[Floats]) -> list[str]:
        """Known people by their marks, the first of which counts most; by id where they are equal."""
        order = np.lexsort([-mark[known] for mark in reversed(marks)])
        return [self._people[place] for place in known[order].tolist()]

    def solved_before(self, question: PastQuestion) -> int:
        """How many cases the most experienced of the question's solvers had solved until it."""
        self._move(question.as_of)
        unseen, anywhere = _unseen(question), self._solved[ANYWHERE]
        known = [anywhere.get(self._places[person], ()) for person in question.solvers if person in self._places]
        return max((sum(event.case_id not in unseen for event in events) for events in known), default=0)

    def _active(self, question: PastQuestion, keys: Sequence[str]) -> Floats:
        """Cases each person solved in the 90 days before the opening, in these places."""
        found = np.zeros(len(self._people))
        for key in keys:
            for place, count in self._recent[key].items():
                found[place] += count
        for case in _unseen(question):
            for event in self._of_case.get(case, ()):
                if question.as_of - WINDOW <= event.at <= question.as_of:
                    found[self._places[event.person]] -= len(set(keys).intersection(_keys(event)))
        for event in self._events[self._first : self._next] if len(keys) > 1 else ():
            places = len(set(keys).intersection(_keys(event)))
            if places > 1 and event.case_id not in _unseen(question):  # a case of two places is one case
                found[self._places[event.person]] -= places - 1
        return found

    def _last(self, question: PastQuestion, keys: Sequence[str]) -> Floats:
        """When each person last solved a case in one of these places; minus infinity for never."""
        unseen, found = _unseen(question), np.full(len(self._people), -np.inf)
        for key in keys:
            for place, events in self._solved[key].items():
                at = next((event.at for event in reversed(events) if event.case_id not in unseen), -np.inf)
                found[place] = max(found[place], at)
        return found

    def _move(self, as_of: int) -> None:
        """Takes in what was solved until a moment, as an answer would; the counts are of the 90 days before it."""
        while self._next < len(self._events) and self._events[self._next].at <= as_of:
            event = self._events[self._next]
            for key in _keys(event):
                self._recent[key][self._places[event.person]] += 1
                self._solved[key][self._places[event.person]].append(event)
            self._next += 1
        while self._first < self._next and self._events[self._first].at < as_of - WINDOW:
            event = self._events[self._first]
            for key in _keys(event):
                self._recent[key][self._places[event.person]] -= 1
            self._first += 1


def _unseen(question: PastQuestion) -> Collection[str]:
    """Cases that do not count for a question: itself, and those left out."""
    return question.without | {question.case_id}


def _keys(event: WorkEvent) -> tuple[str, ...]:
    """The places an event counts for: anywhere, its product, its components."""
    return (ANYWHERE, f"p{event.product}", *(f"c{name}" for name in event.components))
