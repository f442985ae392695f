"""Moments in words, by the clock of whoever asks."""

from graph_service.text.messages import Spoken, sentence
from graph_service.understanding.working_days import WorkingDays

_WEEKDAYS = {"de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"), "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clock_text(at: int, now: int, days: WorkingDays, language: Spoken) -> str:
    """`13:00` today, else with its day: `Mi 13.05. 10:00`."""
    told, today = days.local(at), days.local(now)
    clock = f"{told:%H:%M}"
    return clock if told.date() == today.date() else f"{day_text(at, now, days, language)} {clock}"


def day_text(at: int, now: int, days: WorkingDays, language: Spoken) -> str:
    """`heute`, `Mi 13.05.`; with the year where it is another one."""
    told, today = days.local(at), days.local(now)
    if told.date() == today.date():
        return sentence("time.today", language)
    weekday = _WEEKDAYS[language][told.weekday()]
    if language == "de":
        return f"{weekday} {told:%d.%m.}" + (f"{told:%Y}" if told.year != today.year else "")
    year = f" {told.year}" if told.year != today.year else ""
    return f"{weekday} {told.day} {_MONTHS[told.month - 1]}{year}"


def span_text(from_at: int, until_at: int, now: int, days: WorkingDays, language: Spoken) -> str:
    """`Mi 13.05. 10:00–11:00`."""
    return f"{clock_text(from_at, now, days, language)}–{days.local(until_at):%H:%M}"
