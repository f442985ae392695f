"""What a ranking must beat: simple rules that need no learning, on the same cases, about the same people.

They look at solved cases alone and share no code with the ranking but the search for similar cases.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256

from graph_service.evidence.situation import Situation
from graph_service.history import History
from graph_service.model import DAY
from graph_service.problem import Problem
from graph_service.ranking.replay import PastQuestion
from graph_service.store.named_queries import WorkEvent, grouped

WINDOW = 90 * DAY
NEVER_SOLVED = float("-inf")


class Baselines:
    """Ranks the people of past questions, given in the order of time, by each simple rule."""

    def __init__(self, history: History) -> None:
        self._events = history.events.solved
        self._of_case = grouped(self._events, lambda event: event.case_id)
        self._first = self._next = 0
        self._recent: Counter[tuple[str, str]] = Counter()
        self._solved: dict[str, dict[str, list[WorkEvent]]] = defaultdict(lambda: defaultdict(list))

    def ranked(self, question: PastQuestion, problem: Problem, situation: Situation | None) -> Mapping[str, list[str]]:
        """Rule -> people, best first: everybody who has a solved case, those for whom the rule says something first.

        `situation` is None for a question without words: then nothing is similar and nobody's claim is named.
        """
        self._move(question.as_of)
        people = self._known(question)
        similar: Counter[str] = Counter()
        claims: dict[str, float] = {}
        if situation is not None:
            for case in situation.solved:
                for solver in case.solvers:
                    similar[solver] += case.similarity  # type: ignore[assignment]
            for claim in situation.claims:
                claims[claim.person] = max(claim.level, claims.get(claim.person, 0.0))
        lots = [int.from_bytes(sha256((question.case_id + person).encode()).digest()[:7]) for person in people]
        places = [f"p{name}" for name in problem.products[:1]]
        components = [f"c{name}" for name in problem.components]
        rules: dict[str, list[tuple[float, ...]]] = {
            "random": [(lot,) for lot in lots],
            "most_active": self._activity(question, people, (components, places, [""])),
            "last_solver": [
                (self._last(question, person, components or places), self._last(question, person, [""]))
                for person in people
            ],
            "declared_skill": [(claims.get(person, 0.0),) for person in people],
            "bm25": [(similar[person],) for person in people],
        }
        return {
            rule: [person for _, person in sorted(zip(marks, people, strict=True), key=_best_first)]
            for rule, marks in rules.items()
        }

    def solved_before(self, question: PastQuestion) -> int:
        """How many cases the most experienced of the question's solvers had solved before it."""
        self._move(question.as_of)
        unseen = _unseen(question)
        known = [self._solved[person][""] for person in question.solvers if person in self._solved]
        return max((sum(event.case_id not in unseen for event in events) for events in known), default=0)

    def _known(self, question: PastQuestion) -> list[str]:
        """Who had solved a case before, in the order of ids."""
        return [person for person in sorted(self._solved) if self._last(question, person, [""]) > NEVER_SOLVED]

    def _activity(
        self, question: PastQuestion, people: Sequence[str], places: Iterable[Sequence[str]]
    ) -> list[tuple[float, ...]]:
        """Cases solved in 90 days before the opening: in the components, in the product, anywhere."""
        unseen = Counter(
            (event.person, key)
            for case in _unseen(question)
            for event in self._of_case.get(case, ())
            if question.as_of - WINDOW <= event.at < question.as_of
            for key in _keys(event)
        )
        wanted = list(places)
        return [
            tuple(float(sum(self._recent[person, key] - unseen[person, key] for key in keys)) for keys in wanted)
            for person in people
        ]

    def _last(self, question: PastQuestion, person: str, keys: Sequence[str]) -> float:
        """When the person last solved a case in one of these places."""
        unseen, solved = _unseen(question), self._solved[person]
        seen = (
            next((event.at for event in reversed(solved[key]) if event.case_id not in unseen), NEVER_SOLVED)
            for key in keys
            if key in solved
        )
        return max(seen, default=NEVER_SOLVED)

    def _move(self, as_of: int) -> None:
        """Takes in what was solved before a moment; the counts are of the 90 days before it."""
        while self._next < len(self._events) and self._events[self._next].at < as_of:
            event = self._events[self._next]
            for key in _keys(event):
                self._recent[event.person, key] += 1
                self._solved[event.person][key].append(event)
            self._next += 1
        while self._first < self._next and self._events[self._first].at < as_of - WINDOW:
            for key in _keys(self._events[self._first]):
                self._recent[self._events[self._first].person, key] -= 1
            self._first += 1


def _unseen(question: PastQuestion) -> Collection[str]:
    """Cases that do not count for a question: itself, and those left out."""
    return question.without | {question.case_id}


def _keys(event: WorkEvent) -> tuple[str, ...]:
    """The places an event counts for: anywhere, its product, its components."""
    return ("", f"p{event.product}", *(f"c{name}" for name in event.components))


def _best_first(marked: tuple[tuple[float, ...], str]) -> tuple[tuple[float, ...], str]:
    marks, person = marked
    return tuple(-mark for mark in marks), person
