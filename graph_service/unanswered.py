"""What was asked and nobody could be named for: counts by class, for those who look after skills; never who asked."""

from collections import Counter
from dataclasses import dataclass

import orjson

from graph_service.model import DAY
from graph_service.store import named_queries as nq
from graph_service.store.base import Store

LEAST = 10
"""Classes asked about less often are told only together (the smallest group, access rules)."""
_YEAR = 365 * DAY
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Questions of the last twelve months without anybody proven or declared: all (0 where the difference to
    the classes would tell of a few), by class, and those in no class asked about often enough."""

    asked: int
    classes: tuple[tuple[str, int], ...]
    in_few: int


def unanswered(store: Store, now: int) -> Unanswered:
    """Counts over the answers that are kept."""
    questions: list[list[str]] = []
    after = ""
    while page := store.journal(nq.DECISION_TEXTS, after=after, limit=_PAGE):
        after = page[-1].id
        for row in page:
            told = orjson.loads(row.payload) if row.payload else {}
            if told and not told["experts"] and not told["declared"] and told["as_of"] >= now - _YEAR:
                questions.append(told["about"])
    counted = Counter(name for about in questions for name in set(about))
    often = {name: count for name, count in counted.items() if count >= LEAST}
    in_few = sum(not often.keys() & set(about) for about in questions)
    if 0 < in_few < LEAST:  # the difference would tell them
        return Unanswered(0, _ordered(often), 0)
    return Unanswered(len(questions), _ordered(often), in_few)


def _ordered(often: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(often.items(), key=lambda one: (-one[1], one[0])))
