"""Which days are worked at a site: no weekends, no public holidays of its part of the country."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from graph_service.model import instant, moment

_LONGEST = 400
_DAY_BEGINS, _DAY_ENDS = 7, 18
_YEARS = (1, 3)
HOME = "Europe/Berlin"
_FAR = instant(datetime(9990, 1, 1, tzinfo=UTC))
"""Later days are told as this one: lists write 31.12.9999 for what has no end, and no calendar goes on from there."""


@lru_cache(maxsize=64)
def _holidays(region: str, year: int) -> frozenset[date]:
    """The public holidays of a year and its neighbours in a country (`DE`) or a part of it (`DE-BY`)."""
    import holidays

    country, _, part = region.partition("-")
    years = range(year - _YEARS[0], year + _YEARS[1])
    try:
        return frozenset(holidays.country_holidays(country, subdiv=part or None, years=years))
    except NotImplementedError:  # no such country or part: its weekends are all that is known
        return frozenset()


@dataclass(frozen=True)
class WorkingDays:
    """The days of a site; `zone` is its time zone (IANA), `region` tells whose public holidays count (empty: none)."""

    zone: str = HOME
    region: str = ""

    @cached_property
    def clock(self) -> ZoneInfo:
        """The zone."""
        return ZoneInfo(self.zone)

    def local(self, at: int) -> datetime:
        """An instant by the clock of the site."""
        return moment(min(at, _FAR)).astimezone(self.clock)

    def at(self, day: date, hour: time) -> int:
        """The instant of a time of a day; one that the clock leaps over is an hour later, of two alike the first."""
        told = datetime.combine(day, hour, self.clock)
        return instant(told)

    def is_worked(self, day: date) -> bool:
        """Whether people work."""
        return day.weekday() < 5 and not (self.region and day in _holidays(self.region, day.year))

    def is_night(self, at: int) -> bool:
        """Whether an instant is outside of usual working hours."""
        local = self.local(at)
        return not (_DAY_BEGINS <= local.hour < _DAY_ENDS and self.is_worked(local.date()))

    def next_from(self, day: date) -> date:
        """The first day from this one on that is worked."""
        return next(one for step in range(_LONGEST) if self.is_worked(one := day + timedelta(days=step)))

    def nth(self, day: date, count: int) -> date:
        """The `count`-th day that is worked from this one on, this one counted where it is worked."""
        found = self.next_from(day)
        for _ in range(min(count, _LONGEST) - 1):
            found = self.next_from(found + timedelta(days=1))
        return found

    def after(self, day: date, count: int) -> date:
        """The `count`-th day that is worked after this one."""
        return self.nth(day + timedelta(days=1), count)

    def last_until(self, day: date) -> date:
        """The last day up to this one that is worked."""
        return next(one for step in range(_LONGEST) if self.is_worked(one := day - timedelta(days=step)))
