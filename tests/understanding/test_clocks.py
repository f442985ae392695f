"""Clocks as people tell them, in German and English, around both clock changes and public holidays."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from graph_service.model import instant, moment
from graph_service.understanding.clocks import clocks_in
from graph_service.understanding.working_days import WorkingDays

BERLIN = ZoneInfo("Europe/Berlin")
BY, NW, NOWHERE = "DE-BY", "DE-NW", ""
TUESDAY = "2026-05-12 10:00"
BEFORE_SPRING = "2026-03-27 15:00"  # Friday; the clock leaps on Sunday 29 March
BEFORE_AUTUMN = "2026-10-23 09:00"  # Friday; the clock falls back on Sunday 25 October
BEFORE_EPIPHANY = "2026-01-05 11:00"  # Monday; 6 January is a holiday in Bavaria, not in North Rhine-Westphalia
BEFORE_CORPUS_CHRISTI = "2026-06-03 11:00"  # Wednesday; 4 June in both
BEFORE_ALL_SAINTS = "2026-10-30 10:00"

TABLE = [
    (TUESDAY, BY, "Brauche Plan B bis heute Nachmittag", "2026-05-12 16:00"),
    (TUESDAY, BY, "heute vormittag noch", "2026-05-12 12:00"),
    (TUESDAY, BY, "spätestens heute Mittag", "2026-05-12 13:00"),
    (TUESDAY, BY, "bis Feierabend", "2026-05-12 17:00"),
    (TUESDAY, BY, "bis heute Abend", "2026-05-12 20:00"),
    (TUESDAY, BY, "bis Mitternacht", "2026-05-13 00:00"),
    (TUESDAY, BY, "bis 16 Uhr", "2026-05-12 16:00"),
    (TUESDAY, BY, "bis 16:30", "2026-05-12 16:30"),
    (TUESDAY, BY, "bis 16.30 Uhr", "2026-05-12 16:30"),
    (TUESDAY, BY, "heute um 15 Uhr", "2026-05-12 15:00"),
    (TUESDAY, BY, "heute Nachmittag um 15 Uhr", "2026-05-12 15:00"),
    (TUESDAY, BY, "bis halb vier", "2026-05-12 15:30"),
    (TUESDAY, BY, "bis sechzehn uhr", "2026-05-12 16:00"),
    (TUESDAY, BY, "by four pm", "2026-05-12 16:00"),
    (TUESDAY, BY, "bis 3 Uhr nachmittags", "2026-05-12 15:00"),
    (TUESDAY, BY, "bis 8 Uhr", "2026-05-13 08:00"),
    (TUESDAY, BY, "bis morgen", "2026-05-13 17:00"),
    (TUESDAY, BY, "morgen früh", "2026-05-13 12:00"),
    (TUESDAY, BY, "morgen um 10 Uhr", "2026-05-13 10:00"),
    (TUESDAY, BY, "bis übermorgen mittag", "2026-05-14 13:00"),
    (TUESDAY, BY, "Am 2. Tag fliegt der Kunde raus", "2026-05-13 17:00"),
    (TUESDAY, BY, "am zweiten Tag", "2026-05-13 17:00"),
    (TUESDAY, BY, "am 3. Tag", "2026-05-15 17:00"),
    (TUESDAY, NOWHERE, "am 3. Tag", "2026-05-14 17:00"),
    (TUESDAY, BY, "in zwei Tagen", "2026-05-15 17:00"),
    (TUESDAY, BY, "in zwei bis drei Tagen", "2026-05-15 17:00 - 2026-05-18 17:00"),
    (TUESDAY, BY, "in 2-3 Tagen ist der Bug behoben", "2026-05-15 17:00 - 2026-05-18 17:00"),
    (TUESDAY, BY, "innerhalb von 4 Stunden", "2026-05-12 14:00"),
    (TUESDAY, BY, "in einer halben Stunde", "2026-05-12 10:30"),
    (TUESDAY, BY, "in 90 Minuten", "2026-05-12 11:30"),
    (TUESDAY, BY, "binnen drei Arbeitstagen", "2026-05-18 17:00"),
    (TUESDAY, BY, "in einer Woche", "2026-05-20 17:00"),
    (TUESDAY, BY, "bis Freitag", "2026-05-15 17:00"),
    (TUESDAY, BY, "bis Dienstag", "2026-05-19 17:00"),
    (TUESDAY, BY, "Freitag Vormittag", "2026-05-15 12:00"),
    (TUESDAY, BY, "nächste Woche Mittwoch", "2026-05-20 17:00"),
    (TUESDAY, BY, "nächste Woche", "2026-05-22 17:00"),
    (TUESDAY, BY, "Mittwoch nächster Woche um 9 Uhr", "2026-05-20 09:00"),
    (TUESDAY, BY, "bis Ende der Woche", "2026-05-15 17:00"),
    (TUESDAY, BY, "bis Monatsende", "2026-05-29 17:00"),
    (TUESDAY, BY, "zum Quartalsende", "2026-06-30 17:00"),
    (TUESDAY, BY, "bis zum 15.05.", "2026-05-15 17:00"),
    (TUESDAY, BY, "bis 15.5.2026 um 9 Uhr", "2026-05-15 09:00"),
    (TUESDAY, BY, "bis zum 20. Mai", "2026-05-20 17:00"),
    (TUESDAY, BY, "until 2026-05-15", "2026-05-15 17:00"),
    (TUESDAY, BY, "need a workaround by this afternoon", "2026-05-12 16:00"),
    (TUESDAY, BY, "by 4 pm", "2026-05-12 16:00"),
    (TUESDAY, BY, "by 4:15 pm tomorrow", "2026-05-13 16:15"),
    (TUESDAY, BY, "before noon", "2026-05-12 12:00"),
    (TUESDAY, BY, "by end of business", "2026-05-12 17:00"),
    (TUESDAY, BY, "tomorrow morning", "2026-05-13 12:00"),
    (TUESDAY, BY, "on the second day the customer is out", "2026-05-13 17:00"),
    (TUESDAY, BY, "in two to three days", "2026-05-15 17:00 - 2026-05-18 17:00"),
    (TUESDAY, BY, "within 4 hours", "2026-05-12 14:00"),
    (TUESDAY, BY, "by Friday noon", "2026-05-15 12:00"),
    (TUESDAY, BY, "by May 20", "2026-05-20 17:00"),
    (TUESDAY, BY, "until the end of the month", "2026-05-29 17:00"),
    (TUESDAY, BY, "by end of quarter", "2026-06-30 17:00"),
    (TUESDAY, BY, "within 3 working days", "2026-05-18 17:00"),
    (TUESDAY, BY, "bis Viertel vor vier", "2026-05-12 15:45"),
    (TUESDAY, BY, "bis dreiviertel vier", "2026-05-12 15:45"),
    (TUESDAY, BY, "bis viertel nach drei", "2026-05-12 15:15"),
    (TUESDAY, BY, "by half past three", "2026-05-12 15:30"),
    (TUESDAY, BY, "by quarter to four", "2026-05-12 15:45"),
    (TUESDAY, BY, "by 3 p.m.", "2026-05-12 15:00"),
    (TUESDAY, BY, "by 4 o'clock", "2026-05-12 16:00"),
    (TUESDAY, BY, "bis um drei", "2026-05-12 15:00"),
    (TUESDAY, BY, "morgen um 8", "2026-05-13 08:00"),
    (TUESDAY, BY, "tomorrow at three", "2026-05-13 15:00"),
    (TUESDAY, BY, "um 15.30", "2026-05-12 15:30"),
    (TUESDAY, BY, "bis morgen 9 Uhr 30", "2026-05-13 09:30"),
    (TUESDAY, BY, "bis 15h30", "2026-05-12 15:30"),
    (TUESDAY, BY, "kurz vor 16 Uhr", "2026-05-12 16:00"),
    (TUESDAY, BY, "tonight", "2026-05-12 20:00"),
    (TUESDAY, BY, "in anderthalb Stunden", "2026-05-12 11:30"),
    (TUESDAY, BY, "in 1,5 Stunden", "2026-05-12 11:30"),
    (TUESDAY, BY, "in an hour and a half", "2026-05-12 11:30"),
    (TUESDAY, BY, "innerhalb der nächsten Stunde", "2026-05-12 11:00"),
    (TUESDAY, BY, "in einer Dreiviertelstunde", "2026-05-12 10:45"),
    (TUESDAY, BY, "vor Freitag", "2026-05-13 17:00"),
    (TUESDAY, NOWHERE, "before Friday", "2026-05-14 17:00"),
    (TUESDAY, BY, "Freitagmittag", "2026-05-15 13:00"),
    (TUESDAY, BY, "Freitag in einer Woche", "2026-05-22 17:00"),
    (TUESDAY, BY, "heute in acht Tagen", "2026-05-19 17:00"),
    (TUESDAY, BY, "a week from Friday", "2026-05-22 17:00"),
    (TUESDAY, BY, "naechste Woche Mittwoch", "2026-05-20 17:00"),
    (TUESDAY, BY, "bis uebermorgen", "2026-05-14 17:00"),
    (TUESDAY, BY, "noch diese Woche", "2026-05-15 17:00"),
    (TUESDAY, BY, "bis Mitte nächster Woche", "2026-05-20 17:00"),
    (TUESDAY, BY, "early next week", "2026-05-18 17:00"),
    (TUESDAY, BY, "bis KW 21", "2026-05-22 17:00"),
    (TUESDAY, BY, "Anfang KW 22", "2026-05-26 17:00"),
    (TUESDAY, BY, "bis Ende Mai", "2026-05-29 17:00"),
    (TUESDAY, BY, "by mid June", "2026-06-15 17:00"),
    (TUESDAY, BY, "Anfang Juni", "2026-06-01 17:00"),
    (TUESDAY, BY, "bis Ende nächsten Monats", "2026-06-30 17:00"),
    (TUESDAY, BY, "vor Pfingsten", "2026-05-22 17:00"),
    (TUESDAY, BY, "nach Pfingsten", "2026-05-26 17:00"),
    (TUESDAY, BY, "bis Himmelfahrt", "2026-05-13 17:00"),
    (TUESDAY, BY, "before Christmas", "2026-12-23 17:00"),
    (TUESDAY, BY, "am nächsten Arbeitstag", "2026-05-13 17:00"),
    (TUESDAY, BY, "on day two", "2026-05-13 17:00"),
    (TUESDAY, BY, "within a fortnight", "2026-05-28 17:00"),
    (BEFORE_SPRING, BY, "bis Ostern", "2026-04-02 17:00"),
    (BEFORE_SPRING, BY, "nach Ostern", "2026-04-07 17:00"),
    (BEFORE_AUTUMN, BY, "in anderthalb Tagen", "2026-10-27 17:00"),
    (BEFORE_AUTUMN, BY, "vor Montag", "2026-10-23 17:00"),
    ("2026-12-30 09:00", BY, "bis KW 2", "2027-01-15 17:00"),
    ("2026-12-30 09:00", BY, "Mitte nächsten Monats", "2027-01-15 17:00"),
    (BEFORE_SPRING, BY, "in 2 Tagen", "2026-03-31 17:00"),
    (BEFORE_SPRING, BY, "bis Sonntag 2:30 Uhr", "2026-03-29 03:30"),
    (BEFORE_SPRING, BY, "in 48 Stunden", "2026-03-29 16:00"),
    (BEFORE_SPRING, BY, "am 2. Tag", "2026-03-30 17:00"),
    (BEFORE_SPRING, BY, "by Monday morning", "2026-03-30 12:00"),
    (BEFORE_AUTUMN, BY, "in 72 hours", "2026-10-26 08:00"),
    (BEFORE_AUTUMN, BY, "bis Montag Mittag", "2026-10-26 13:00"),
    (BEFORE_AUTUMN, BY, "am dritten Tag", "2026-10-27 17:00"),
    (BEFORE_AUTUMN, NW, "bis Monatsende", "2026-10-30 17:00"),
    (BEFORE_ALL_SAINTS, NW, "in einem Tag", "2026-11-02 17:00"),
    (BEFORE_EPIPHANY, BY, "am 2. Tag", "2026-01-07 17:00"),
    (BEFORE_EPIPHANY, NW, "am 2. Tag", "2026-01-06 17:00"),
    (BEFORE_EPIPHANY, BY, "in 1 Tag", "2026-01-07 17:00"),
    (BEFORE_EPIPHANY, NW, "in one day", "2026-01-06 17:00"),
    (BEFORE_CORPUS_CHRISTI, BY, "in 2 Tagen", "2026-06-08 17:00"),
    (BEFORE_CORPUS_CHRISTI, "DE-BE", "in 2 Tagen", "2026-06-05 17:00"),
    ("2026-12-23 09:00", BY, "am dritten Tag", "2026-12-28 17:00"),
    ("2026-12-23 09:00", BY, "bis Jahresende", "2026-12-31 17:00"),
    ("2026-05-16 12:00", BY, "am 2. Tag", "2026-05-19 17:00"),
]  # fmt: skip


def shown(at: int) -> str:
    return f"{moment(at).astimezone(BERLIN):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(("now", "region", "text", "wanted"), TABLE, ids=[f"{one[2]} [{one[1]}]" for one in TABLE])
def test_a_clock_is_read_as_people_mean_it(now: str, region: str, text: str, wanted: str) -> None:  # A6
    at = instant(datetime.fromisoformat(now).replace(tzinfo=BERLIN))
    (clock,) = clocks_in(text, at, WorkingDays("Europe/Berlin", region))
    told = shown(clock.at) if clock.from_at is None else f"{shown(clock.from_at)} - {shown(clock.at)}"
    assert told == wanted
    assert clock.words(text) in text


@pytest.mark.parametrize(
    "text",
    [
        "seit gestern", "seit heute früh", "Version 4.1 vom 12.03.2026", "der Fall vom Montag", "32.05.2026",
        "Bestellung 4711 mit 16 Stück", "ein Tag ohne Fehler", "letzten Freitag", "Modell 1987", "99 Uhr",
        "vor drei Tagen", "vor 2 Stunden", "nach Ostern trat es auf", "diese Woche zum dritten Mal", "KW 18", "KW 77",
        "Bestand um 3 zu hoch", "Positionen 3 bis 5", "gestern vor 16 Uhr", "Version 15.30", "Mitte April",
    ],
)  # fmt: skip
def test_what_is_over_or_no_clock_is_none(text: str) -> None:
    at = instant(datetime(2026, 5, 12, 13, tzinfo=BERLIN))
    assert not clocks_in(text, at, WorkingDays("Europe/Berlin", BY))


def test_an_unknown_part_of_a_country_has_weekends_only() -> None:
    at = instant(datetime(2026, 5, 12, 10, tzinfo=BERLIN))
    (clock,) = clocks_in("am 3. Tag", at, WorkingDays("Europe/Berlin", "QQ-X"))
    assert shown(clock.at) == "2026-05-14 17:00"


def test_a_clock_is_told_in_the_askers_zone() -> None:
    at = instant(datetime(2026, 5, 12, 10, tzinfo=BERLIN))
    (clock,) = clocks_in("by 4 pm", at, WorkingDays("America/New_York", "US"))
    assert shown(clock.at) == "2026-05-12 22:00"
