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
    """Questions of the last twelve months without anybody proven or declared: all, by class, and those in classes too
    seldom asked about to be shown."""

    asked: int
    classes: tuple[tuple[str, int], ...]
    in_few: int


def unanswered(store: Store, now: int) -> Unanswered:
    """Counts over the answers that are kept."""
    counted: Counter[str] = Counter()
    asked = in_few = 0
    after = ""
    while page := store.journal(nq.DECISION_TEXTS, after=after, limit=_PAGE):
        after = page[-1].id
        for row in page:
            told = orjson.loads(row.payload) if row.payload else {}
            if told.get("experts") or told.get("declared") or told.get("as_of", 0) < now - _YEAR or not told:
                continue
            asked += 1
            about = told.get("about", [])
            counted.update(set(about))
            in_few += not about
    often = [(name, count) for name, count in counted.items() if count >= LEAST]
    shown = tuple(sorted(often, key=lambda one: (-one[1], one[0])))
    in_few += sum(count for count in counted.values() if count < LEAST)
    return Unanswered(asked if asked >= LEAST else 0, shown, in_few if in_few >= LEAST else 0)
