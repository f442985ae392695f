"""How many requests a minute a person may make in a role: a token bucket each (RFC 6585 names the refusal)."""

import threading
from collections.abc import Callable
from math import ceil

from graph_service.access import Asker, Role
from graph_service.access.roles import PER_MINUTE
from graph_service.errors import AccessRefused

_MOST = 10_000


class Rates:
    """Buckets that fill evenly and hold a minute's worth; kept in this process."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._buckets: dict[tuple[str, Role], tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, asker: Asker, count: int = 1) -> None:
        """Counts so many questions; raises AccessRefused with the seconds to wait when there were too many."""
        most = PER_MINUTE[asker.role]
        key = (asker.identity.subject, asker.role)
        with self._lock:
            now = self._clock()
            left, at = self._buckets.pop(key, (float(most), now))
            left = min(float(most), left + (now - at) * most / 60)
            enough = left >= count
            self._buckets[key] = (left - count if enough else left, now)
            while len(self._buckets) > _MOST:
                del self._buckets[next(iter(self._buckets))]
        if not enough:
            raise AccessRefused("access.too_often", seconds=max(1, ceil((count - left) * 60 / most)), most=most)
