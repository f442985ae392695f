"""Clocks in a sentence: `bis heute Nachmittag`, `am 2. Tag`, `in 2-3 days`, `by 4 pm`; told in the asker's zone.

A part of a day stands for its end; `am n. Tag` is the end of the n-th working day, today counted; `in n Tagen` the end
of the n-th working day after today; the end of a month, week, quarter or year is its last working day.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache
from typing import Any

from graph_service.text.terms import composed
from graph_service.understanding.words import plain, vocabulary
from graph_service.understanding.working_days import WorkingDays

END_OF_WORK = time(17)
MINUTE = 60_000
_JUST_BEEN = timedelta(days=60)
"""A date without its year that is no longer over than this is meant, and not that of next year."""
_MIDNIGHT = "24:00"
_CALENDAR = 7
"""So many days and more are days of the calendar: `in 14 Tagen`."""


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


def clocks_in(text: str, now: int, days: WorkingDays) -> list[Clock]:
    """The moments a text tells that are not over and not of the past, in its order."""
    return [clock for clock in _all(text, now, days) if clock.at > now]


def over_in(text: str, now: int, days: WorkingDays) -> str:
    """The words of a clock of today, or of one by which something is needed, that is over already; empty where there is
    none."""
    today = days.local(now).date()
    return next(
        (
            clock.words(text)
            for clock in _all(text, now, days)
            if clock.at <= now and (days.local(clock.at).date() == today or clock.is_due)
        ),
        "",
    )


def _all(text: str, now: int, days: WorkingDays) -> list[Clock]:
    low = plain(composed(text))
    found, place = [], 0
    while (start := _BEGIN.search(low, place)) is not None:
        if gone := _gone().match(low, start.start()):
            place = gone.end()
            continue
        told, end = _told_at(low, start.start())
        clock = _Reading(told, (start.start(), end), now, days).clock() if told else None
        if clock is not None and not _is_past(low, start.start()):
            found.append(replace(clock, is_due=_is_due(low, start.start(), end)))
        place = end if told else start.end()
    return found


_BEGIN = re.compile(r"\w+")


def _told_at(low: str, place: int) -> tuple[dict[str, str], int]:
    """What is told from a place on, by name, and where it ends; nothing where no clock begins there."""
    if span := _span().match(low, place):
        return _groups(span), span.end()
    for first, second in ((_day(), _hour()), (_hour(), _day())):
        if one := first.match(low, place):
            gap = _gap().match(low, one.end())
            other = second.match(low, gap.end()) if gap else None
            told, end = {**_groups(one), **(_groups(other) if other else {})}, (other or one).end()
            gap = _gap().match(low, end)
            part = _hour().match(low, gap.end()) if gap and "part" in told and "hour" not in told else None
            return (told | _groups(part), part.end()) if part else (told, end)  # `heute Nachmittag um 15 Uhr`
    return {}, place


def _groups(match: re.Match[str]) -> dict[str, str]:
    return {name.rstrip("_"): text for name, text in match.groupdict().items() if text}


def _is_due(low: str, start: int, end: int) -> bool:
    """Whether the words say that something is needed by it: `bis morgen`, `spätestens`, `in 2 Stunden`, `by 4 pm`."""
    told = re.findall(r"\w+", low[start:end])[:1]
    before = re.findall(r"\w+", low[max(0, start - 30) : start])[-2:]
    return bool({*told, *before} & _words("due"))


def _is_past(low: str, start: int) -> bool:
    """Whether the words before tell of what was, or of what is each time: `seit`, `gestern`, `jeden`."""
    before = re.findall(r"\w+", low[max(0, start - 20) : start])[-1:]
    return bool(before) and before[0] in _words("past")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(plain(word) for word in vocabulary("clock_words")[name]["words"].split())


@cache
def _gone() -> re.Pattern[str]:
    """Times of what was, or of what is each time."""
    gone = "|".join(plain(word).replace(" ", r"\s+") for word in vocabulary("clock_words")["gone"]["phrases"])
    return _compiled(rf"(?:{gone})\b")


class _Reading:
    """What a text tells at a place, read by the clock of the asker's site."""

    def __init__(self, told: dict[str, str], span: tuple[int, int], now: int, days: WorkingDays) -> None:
        self._told = told
        self._span = span
        self._now = now
        self._days = days
        self._today = days.local(now).date()

    def clock(self) -> Clock | None:
        """What it tells; None for what no calendar has."""
        try:
            return self._later() or self._ending() or self._counted() or self._dated()
        except (ValueError, OverflowError):
            return None

    def _clock(self, at: int, from_at: int | None = None, assumed: str = "") -> Clock:
        return Clock(at, from_at, *self._span, assumed)

    def _later(self) -> Clock | None:
        """`in 4 Stunden`, `in einer halben Stunde`: by the clock that does not stop at night."""
        told = self._told
        if "half_hour" in told:
            return self._clock(self._now + 30 * MINUTE)
        if "hours" not in told:
            return None
        each = 60 * MINUTE if told["hour_unit"].startswith(("s", "h")) else MINUTE
        return self._clock(self._now + _number(told["hours"]) * each)

    def _ending(self) -> Clock | None:
        """`Monatsende`: its last working day."""
        if "ends" not in self._told:
            return None
        which = _table("ends")[_spaced(self._told["ends"])]
        last = self._days.last_until(_last_day(self._today, which))
        return self._clock(self._end(last), assumed="last_working_day")

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
            return self._clock(self._end(self._days.last_until(self._today + timedelta(days=last))))
        if told["unit"].startswith("w") and not told["unit"].startswith(("werk", "work")):
            first, last = first * 5, last * 5
        ends = [self._end(self._days.after(self._today, count)) if count else None for count in (first, last)]
        return self._clock(ends[1] or self._now, ends[0], "working_days")

    def _dated(self) -> Clock | None:
        """A day, a time of day, or both."""
        day = self._day()
        if not {"hour", "part", "half"} & self._told.keys():
            assumed = "end_of_work"
            return None if day is None else self._clock(self._end(day), assumed=assumed)
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
        told, today = self._told, self._today
        if "day" in told:
            return today + timedelta(days=_table("days")[_spaced(told["day"])])
        if "weekday" in told:
            ahead = (_table("weekdays")[told["weekday"]] - today.weekday() - 1) % 7 + 1
            if "next_week" in told:
                monday = today - timedelta(days=today.weekday())
                return monday + timedelta(days=7 + _table("weekdays")[told["weekday"]])
            return today + timedelta(days=ahead)
        if "next_week" in told:
            monday = today - timedelta(days=today.weekday())
            return self._days.last_until(monday + timedelta(days=11))
        return _date(told, today)

    def _hour(self) -> tuple[time, int]:
        """The time of day, and how many days later it is (24:00 is the next one's first moment)."""
        told = self._told
        if "part" in told and "hour" not in told and "half" not in told:
            text = _table("parts")[_spaced(told["part"])]
            return (time(0), 1) if text == _MIDNIGHT else (time.fromisoformat(text), 0)
        if "half" in told:
            hour, minute = _number(told["half"]) - 1, 30
        else:
            hour, minute = _hour_number(told["hour"]), int(told.get("minute") or 0)
        is_late = told.get("half_day") == "pm" or (hour < 7 and told.get("part") in ("nachmittag", "nachmittags"))
        if told.get("half_day") == "am" and hour == 12:
            hour = 0
        if "half" in told and hour < 7:
            is_late = True
        if is_late and hour < 12:
            hour += 12
        return (time(0), 1) if (hour, minute) == (24, 0) else (time(hour, minute), 0)


def _date(told: dict[str, str], today: date) -> date | None:
    """A date with its year, or the next one of that day and month."""
    if "iso" in told:
        return date.fromisoformat(told["iso"])
    if "dom" in told:
        day, month = int(told["dom"]), int(told["month"]) if "month" in told else _table("months")[told["month_name"]]
        year = told.get("year")
    elif "en_day" in told:
        day, month, year = int(told["en_day"]), _table("months")[told["en_month"]], told.get("en_year")
    else:
        return None
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found = date(today.year, month, day)
    return found if found >= today - _JUST_BEEN else date(today.year + 1, month, day)


def _last_day(today: date, which: str) -> date:
    if which == "week":
        return today + timedelta(days=(4 - today.weekday()) % 7)
    month = {"month": today.month, "quarter": (today.month - 1) // 3 * 3 + 3, "year": 12}[which]
    following = date(today.year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _table("numbers")[text]


def _hour_number(text: str) -> int:
    return int(text) if text.isdecimal() else _table("hours")[text]


def _ordinal(text: str) -> int:
    digits = text.strip(" .")
    return int(digits) if digits.isdecimal() else _table("ordinals")[digits]


@cache
def _table(name: str) -> dict[str, Any]:
    return {plain(word): value for word, value in vocabulary("clock_words")[name].items()}


def _any(name: str) -> str:
    words = sorted((plain(word) for word in vocabulary("clock_words")[name]), key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


def _numbers() -> str:
    return rf"\d{{1,3}}|{_any('numbers')}"


@cache
def _gap() -> re.Pattern[str]:
    """What may stand between a day and its hour."""
    fill = "|".join(plain(word) for word in vocabulary("clock_words")["filling"].split())
    return _compiled(rf"[\s,]+(?:(?:{fill})\b[\s,]*)*")


@cache
def _span() -> re.Pattern[str]:
    """Clocks that are counted from now, and the ends of months and the like."""
    number = _numbers()
    return _compiled(rf"""
        (?P<ends>{_any("ends")})\b
        | (?:am|an\s+dem|on\s+the|on)\s+(?P<nth>\d{{1,2}}\.?|{_any("ordinals")})\s+
          (?:arbeits|werk)?(?:working\s+)?(?:tag|day)e?s?\b
        | (?:in|innerhalb(?:\s+von)?|binnen|within|innert)\s+(?:den\s+|the\s+)?(?:nachsten\s+|next\s+)?(?:
            (?P<half_hour>(?:einer\s+)?halben\s+stunde|half\s+an\s+hour)\b
            | (?P<hours>{number})\s*(?P<hour_unit>stunden?|std|hours?|hrs?|h|minuten?|minutes?|mins?)\b
            | (?:(?P<count_from>{number})\s*(?:-|–|bis|to|or|oder)\s*)?(?P<count>{number})\s+
              (?P<unit>tag|werktag|arbeitstag|day|working\s+day|work\s*day|business\s+day|woche|week)
              (?:en|e|s|n)?\b
          )
        """)


@cache
def _day() -> re.Pattern[str]:
    """A day: from today, of a week, of a calendar."""
    months = _any("months")
    return _compiled(rf"""
        (?P<day>{_any("days")})\b
        | (?P<next_week>(?:nachste|kommende|next)[rn]?\s+(?:woche|week))
          (?:[\s,]+(?:am\s+|on\s+)?(?P<weekday>{_any("weekdays")})\b)?
        | (?:(?:diesen|kommenden|nachsten|this|next|coming)\s+)?(?P<weekday_>{_any("weekdays")})\b
          (?:\s+(?:der\s+)?(?P<next_week_>nachste[rn]?\s+woche|next\s+week))?
        | (?P<iso>\d{{4}}-\d\d-\d\d)\b
        | (?P<dom>\d{{1,2}})\.\s?(?:(?P<month>\d{{1,2}})\.|(?P<month_name>{months})\b)
          (?:\s?(?P<year>\d{{4}}|\d\d(?!\d|[:.]\d|\s*uhr)))?(?!\d|\s*uhr)
        | (?P<en_month>{months})\s+(?P<en_day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<en_year>\d{{4}}))?
        """)


@cache
def _hour() -> re.Pattern[str]:
    """A time of day: by the clock, or the end of a part of it."""
    return _compiled(rf"""
        (?P<hour>\d{{1,2}}|{_any("hours")})(?:[:.](?P<minute>\d\d))?\s*(?:uhr\b|h\b|(?P<half_day>am|pm)\b)
          (?:\s+(?P<part>{_any("parts")})\b)?
        | (?P<hour_>\d{{1,2}}):(?P<minute_>\d\d)\b
        | halb\s+(?P<half>\d{{1,2}}|{_any("numbers")})\b
        | (?P<part_>{_any("parts")})\b
        """)
