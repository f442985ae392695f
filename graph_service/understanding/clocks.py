"""Clocks in a sentence: `bis heute Nachmittag`, `am 2. Tag`, `in 2-3 days`, `by 4 pm`; told in the asker's zone."""

import re
from dataclasses import replace

from graph_service.text.terms import composed
from graph_service.understanding.clock_grammar import gone, told_at, words
from graph_service.understanding.clock_reading import Clock, Reading
from graph_service.understanding.words import plain
from graph_service.understanding.working_days import WorkingDays

_BEGIN = re.compile(r"\w+")
_BEFORE = re.compile(r"(?:vor|before)\b")


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
        if over := gone().match(low, start.start()):
            place = _with_hour(low, over.end())
            continue
        told, end = told_at(low, start.start())
        clock = Reading(told, (start.start(), end), now, days).clock() if told else None
        if clock is not None and not _is_past(low, start.start(), end):
            found.append(replace(clock, is_due=_is_due(low, start.start(), end)))
        place = end if told else start.end()
    return found


def _with_hour(low: str, end: int) -> int:
    """Where a time that is over ends: with the hour behind it (`seit heute früh 6 Uhr`)."""
    following = _BEGIN.search(low, end)
    if following is None or low[end : following.start()].strip():
        return end
    told, last = told_at(low, following.start())
    return last if told.keys() <= {"hour", "minute", "face", "half_day", "fraction", "part"} and told else end


def _is_due(low: str, start: int, end: int) -> bool:
    """Whether the words say that something is needed by it: `bis morgen`, `spätestens`, `in 2 Stunden`, `by 4 pm`."""
    told = re.findall(r"\w+", low[start:end])[:1]
    before = re.findall(r"\w+", low[max(0, start - 30) : start])[-2:]
    return bool({*told, *before} & words("due"))


def _is_past(low: str, start: int, end: int) -> bool:
    """Whether the words before tell of what was, of what is each time, or of when something begins: `seit`, `jeden`,
    `ab`, `nicht vor`."""
    before = re.findall(r"\w+", low[max(0, start - 20) : start])[-1:]
    if set(re.findall(r"\w+", low[end : end + 20])[:1]) & words("before_today"):
        return True
    is_not_before = bool(before) and before[0] in words("negations") and bool(_BEFORE.match(low, start))
    return bool(before) and (before[0] in words("past") or is_not_before)
