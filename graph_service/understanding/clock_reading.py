"""What a told clock means: counted by the calendar and the clock of the asker's site.

A part of a day stands for its end; `am n. Tag` is the end of the n-th working day, today counted; `in n Tagen` the end
of the n-th working day after today; the end of a month, week, quarter or year is its last working day, its beginning
the first; `vor Freitag` is the end of the working day before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from math import ceil

from dateutil.easter import easter

from graph_service.text.terms import composed
from graph_service.understanding.clock_grammar import spaced, table
from graph_service.understanding.working_days import WorkingDays

END_OF_WORK = time(17)
MINUTE = 60_000
_JUST_BEEN = timedelta(days=60)
"""A date without its year that is no longer over than this is meant, and not that of next year."""
_MIDNIGHT = "24:00"
_LATE = ("16:00", "20:00")
"""The ends of the parts of a day in which an hour is one after noon: `heute Abend um sieben`."""
_CALENDAR = 7
"""So many days and more are days of the calendar: `in 14 Tagen`."""
_FRIDAY, _WEDNESDAY, _MIDDLE = 4, 2, 15
_WORKED = 5
_NIGHT_ENDS = 7
"""Hours before this one that are told without `Uhr` are those of the afternoon."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A moment that a text tells: the instant, the earlier end of a range (None: no range), where its words stand, the
    code of what was assumed (empty: nothing), and whether the words say that something is needed by it."""

    at: int
    from_at: int | None
    start: int
    end: int
    assumed: str = ""
    is_due: bool = False

    def words(self, text: str) -> str:
        """The words it was told in."""
        return composed(text)[self.start : self.end]


class Reading:
    """What a text tells at a place, `told` by name as `clock_grammar.told_at` gives it."""

    def __init__(self, told: Mapping[str, str], span: tuple[int, int], now: int, days: WorkingDays) -> None:
        self._told = told
        self._span = span
        self._now = now
        self._days = days
        self._today = days.local(now).date()

    def clock(self) -> Clock | None:
        """What it tells; None for what no calendar has."""
        try:
            return self._later() or self._portion() or self._feast() or self._counted() or self._dated()
        except (ValueError, OverflowError):
            return None

    def _clock(self, at: int, from_at: int | None = None, assumed: str = "") -> Clock:
        return Clock(at, from_at, *self._span, assumed)

    def _later(self) -> Clock | None:
        """`in 4 Stunden`, `in einer halben Stunde`: by the clock that does not stop at night."""
        told = self._told
        if "minutes" in told:
            return self._clock(self._now + table("spans")[spaced(told["minutes"])] * MINUTE)
        if "hours" not in told:
            return None
        each = 60 * MINUTE if told["hour_unit"].startswith(("s", "h")) else MINUTE
        return self._clock(self._now + int((_number(told["hours"]) + ("and_half" in told) / 2) * each))

    def _portion(self) -> Clock | None:
        """`Monatsende`, `Mitte nächster Woche`, `KW 21`: a working day of it."""
        told = self._told
        if "ends" in told:
            portion, _, period = table("ends")[spaced(told["ends"])].partition(" ")
        elif "portion" in told or "week" in told:
            portion = table("portions")[spaced(told["portion"])] if "portion" in told else "end"
            period = table("periods")[spaced(told["period"])] if "period" in told else ""
        else:
            return None
        first, last = self._named_period() if not period else _period(self._today, period)
        if portion == "end":
            return self._clock(self._end(self._days.last_until(last)), assumed="last_working_day")
        if portion == "middle":
            is_week = last - first < timedelta(days=7)
            middle = first + timedelta(days=_WEDNESDAY if is_week else _MIDDLE - 1)
            return self._clock(self._end(self._days.last_until(middle)), assumed="end_of_work")
        return self._clock(self._end(self._days.next_from(first)), assumed="first_working_day")

    def _named_period(self) -> tuple[date, date]:
        """The first and last day of a week by its number, or of a month by its name: this year's, or the next one's."""
        told, today = self._told, self._today
        year = int(told.get("of_year") or today.year)

        def of(year: int) -> tuple[date, date]:
            if "week" in told:
                monday = date.fromisocalendar(year, int(told["week"]), 1)
                return monday, monday + timedelta(days=_FRIDAY)
            first = date(year, table("months")[told["of_month"]], 1)
            return first, _month_after(first, 1) - timedelta(days=1)

        found = of(year)
        return found if "of_year" in told or found[1] >= today - _JUST_BEEN else of(year + 1)

    def _feast(self) -> Clock | None:
        """`bis Pfingsten`: the last day that is worked before; `nach Pfingsten`: the first one after."""
        if "feast" not in self._told:
            return None
        value = table("feasts")[spaced(self._told["feast"])]
        last = _feast_of(value, self._today.year)
        if last < self._today - _JUST_BEEN:
            last = _feast_of(value, self._today.year + 1)
        if table("sides")[self._told["side"]] == "after":
            return self._clock(self._end(self._days.next_from(last + timedelta(days=1))), assumed="first_working_day")
        return self._clock(self._end(self._days.last_until(last)), assumed="last_working_day")

    def _counted(self) -> Clock | None:
        """`am 2. Tag`, `in zwei bis drei Tagen`, `in 3 Arbeitstagen`, `in 2 Wochen`."""
        told = self._told
        if "nth" in told:
            day = self._days.nth(self._today, _ordinal(told["nth"]))
            return self._clock(self._end(day), assumed="counted_from_today")
        if "count" not in told:
            return None
        first, last = (_number(told[name]) if name in told else 0 for name in ("count_from", "count"))
        if told["unit"] in ("tag", "day") and last >= _CALENDAR:
            return self._clock(self._end(self._days.last_until(self._today + timedelta(days=ceil(last)))))
        each = {"woche": _WORKED, "week": _WORKED, "fortnight": 2 * _WORKED}.get(told["unit"], 1)
        ends = [
            self._end(self._days.after(self._today, ceil(count * each))) if count else None for count in (first, last)
        ]
        return self._clock(ends[1] or self._now, ends[0], "working_days")

    def _dated(self) -> Clock | None:
        """A day, a time of day, or both."""
        day = self._day()
        if not {"hour", "part"} & self._told.keys():
            if day is not None and "side" in self._told:
                before = self._days.last_until(day - timedelta(days=1))
                return self._clock(self._end(before), assumed="last_working_day")
            return None if day is None else self._clock(self._end(day), assumed="end_of_work")
        hour, after = self._hour()
        at = self._at(day or self._today, hour, after)
        if day is None and at <= self._now and "part" not in self._told:  # `bis 8 Uhr`, said at ten: tomorrow's
            at = self._at(self._today + timedelta(days=1), hour, after)
            return self._clock(at, assumed="tomorrow")
        return self._clock(at, assumed="part_of_day" if "part" in self._told else "")

    def _at(self, day: date, hour: time, after: int) -> int:
        return self._days.at(day + timedelta(days=after), hour)

    def _end(self, day: date) -> int:
        return self._days.at(day, END_OF_WORK)

    def _day(self) -> date | None:
        day = self._plain_day()
        later = self._told.get("later")
        return day + timedelta(days=table("later")[spaced(later)]) if day and later else day

    def _plain_day(self) -> date | None:
        told, today = self._told, self._today
        if "day" in told:
            return today + timedelta(days=table("days")[spaced(told["day"])])
        monday = today - timedelta(days=today.weekday())
        later = timedelta(days=7 if "after_next" in told else 0)
        if "weekday" in told:
            weekday = table("weekdays")[told["weekday"]]
            if "next_week" in told:
                return monday + timedelta(days=7 + weekday) + later
            return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1) + later
        if "next_week" in told:
            return self._days.last_until(monday + timedelta(days=7 + _FRIDAY) + later)
        return _date(told, today)

    def _hour(self) -> tuple[time, int]:
        """The time of day, and how many days later it is (24:00 is the next one's first moment)."""
        told = self._told
        if "hour" not in told:
            text = table("parts")[spaced(told["part"])]
            return (time(0), 1) if text == _MIDNIGHT else (time.fromisoformat(text), 0)
        hour, minute = _hour_number(told["hour"]), int(told.get("minute") or 0)
        if "fraction" in told:
            hour, minute = divmod(hour * 60 + table("fractions")[spaced(told["fraction"])], 60)
        half = told.get("half_day", "")[:1]
        if half == "a" and hour == 12:
            hour = 0
        is_face = "fraction" in told or "face" in told
        part = table("parts").get(spaced(told.get("part", "")), "")
        if part == _MIDNIGHT and hour < _NIGHT_ENDS:  # `heute Nacht um zwei`
            return time(hour, minute), 1
        is_noon = part in _LATE
        is_late = half == "p" or is_noon or (hour < _NIGHT_ENDS and is_face and half != "a" and not part)
        if is_late and hour < 12:
            hour += 12
        return (time(0), 1) if (hour, minute) == (24, 0) else (time(hour, minute), 0)


def _period(today: date, period: str) -> tuple[date, date]:
    """The first and the last day of `week`, `next month` and the like; a week ends on Friday."""
    following, _, kind = period.rpartition(" ")
    ahead = 1 if following else 0
    if kind == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * ahead)
        return monday, monday + timedelta(days=_FRIDAY)
    months = {"month": 1, "quarter": 3, "year": 12}[kind]
    first = _month_after(date(today.year, (today.month - 1) // months * months + 1, 1), months * ahead)
    return first, _month_after(first, months) - timedelta(days=1)


def _month_after(first: date, months: int) -> date:
    """The first day of a month so many months later."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _feast_of(value: str, year: int) -> date:
    if value.startswith("easter"):
        sunday: date = easter(year)
        return sunday + timedelta(days=int(value.removeprefix("easter")))
    month, _, day = value.partition("-")
    return date(year, int(month), int(day))


def _date(told: Mapping[str, str], today: date) -> date | None:
    """A date with its year, or the next one of that day and month."""
    if "iso" in told:
        return date.fromisoformat(told["iso"])
    if "dom" in told:
        day, month = int(told["dom"]), int(told["month"]) if "month" in told else table("months")[told["month_name"]]
        year = told.get("year")
    elif "en_day" in told:
        day, month, year = int(told["en_day"]), table("months")[told["en_month"]], told.get("en_year")
    else:
        return None
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found = date(today.year, month, day)
    return found if found >= today - _JUST_BEEN else date(today.year + 1, month, day)


def _number(text: str) -> float:
    digits = text.replace(",", ".")
    return float(digits) if digits[:1].isdecimal() else table("numbers")[spaced(text)]


def _hour_number(text: str) -> int:
    return int(text) if text.isdecimal() else table("hours")[text]


def _ordinal(text: str) -> int:
    digits = text.strip(" .")
    if digits.isdecimal():
        return int(digits)
    known = table("ordinals")
    return known[digits] if digits in known else int(table("numbers")[digits])
