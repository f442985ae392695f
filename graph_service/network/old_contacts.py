"""Which solved cases ran over old contacts."""

from dataclasses import dataclass

import numpy as np

from graph_service.evidence.ties import Ties
from graph_service.model import DAY

_DAYS = 1 << 20


@dataclass(frozen=True, slots=True)
class SolvedCase:
    """A case that somebody solved for somebody else: ids, instants, and when the solver was first seen in it."""

    case_id: str
    asker: str
    solver: str
    opened_at: int
    first_at: int


class Days:
    """The days on which each pair had a contact, for being asked about many pairs."""

    def __init__(self, ties: Ties) -> None:
        self._places = {person: place for place, person in enumerate(ties.people)}
        self._size = len(ties.people)
        self._sorted = np.unique(ties.pair * _DAYS + ties.day)

    def count(self, one: str, other: str, since: int, until: int) -> int:
        """On how many days from `since` to before `until` (instants) they had a contact."""
        if one not in self._places or other not in self._places:
            return 0
        first, second = sorted((self._places[one], self._places[other]))
        code = (first * self._size + second) * _DAYS
        ends = np.searchsorted(self._sorted, [code + max(0, since // DAY), code + max(0, until // DAY)])
        return int(ends[1] - ends[0])

    def is_reserve(self, case: SolvedCase, cut: int) -> bool:
        """Whether the case ran over a tie from before the cut that had no contact from the cut to its opening."""
        return bool(self.count(case.asker, case.solver, 0, min(cut, case.opened_at))) and not self.count(
            case.asker, case.solver, cut, case.opened_at
        )

    def is_known(self, case: SolvedCase) -> bool:
        """Whether asker and solver had a contact before the case was opened."""
        return self.count(case.asker, case.solver, 0, case.opened_at) > 0
