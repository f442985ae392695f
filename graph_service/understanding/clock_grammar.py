"""How clocks are told: which words stand for what, as patterns made of `clock_words.toml`; nothing is counted here."""

import re
from functools import cache
from typing import Any

from graph_service.understanding.words import plain, vocabulary

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def told_at(low: str, place: int) -> tuple[dict[str, str], int]:
    """What is told from a place of a plain text on, by name, and where it ends; nothing where no clock begins there."""
    for pattern in (_span(), _feast()):
        if found := pattern.match(low, place):
            return _groups(found), found.end()
    side = _side().match(low, place)
    begin = side.end() if side else place
    for first, seconds in ((_day(), (_hour(), _bare_hour())), (_hour(), (_day(),))):
        if one := first.match(low, begin):
            gap = _gap().match(low, one.end())
            other = next((two for each in seconds if gap and (two := each.match(low, gap.end()))), None)
            told, end = {**_groups(one), **(_groups(other) if other else {})}, (other or one).end()
            gap = _gap().match(low, end) if "part" in told and "hour" not in told else None
            part = (_hour().match(low, gap.end()) or _bare_hour().match(low, gap.end())) if gap else None
            told, end = (told | _groups(part), part.end()) if part else (told, end)  # `heute Nachmittag um 15 Uhr`
            return told | (_groups(side) if side else {}), end
    if bare := _until_bare_hour().match(low, place):
        return _groups(bare), bare.end()
    return {}, place


@cache
def gone() -> re.Pattern[str]:
    """Times of what was, or of what is each time."""
    return _compiled("(?:" + "|".join(one.replace(" ", r"\s+") for one in _phrases("gone")) + r")\b")


@cache
def table(name: str) -> dict[str, Any]:
    """What the words of a section stand for, by their plain spellings."""
    return {spelling: value for word, value in vocabulary("clock_words")[name].items() for spelling in _spellings(word)}


@cache
def words(name: str) -> frozenset[str]:
    """The words of a line, plain."""
    return frozenset(each for word in vocabulary("clock_words")[name]["words"].split() for each in _spellings(word))


def spaced(text: str) -> str:
    """Words with one blank between them."""
    return " ".join(text.split())


def _groups(match: re.Match[str]) -> dict[str, str]:
    """What was found, by name; `face` is there for an hour as a clock's face shows it."""
    return {name.rstrip("_"): text for name, text in match.groupdict().items() if text is not None}


def _spellings(word: str) -> set[str]:
    """`übermorgen` and `uebermorgen`."""
    return {plain(word), plain(word.translate(_UMLAUTS))}


def _phrases(name: str) -> list[str]:
    return [spelling for phrase in vocabulary("clock_words")[name]["phrases"] for spelling in _spellings(phrase)]


@cache
def _any(name: str) -> str:
    known = sorted(table(name), key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in known)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


def _numbers() -> str:
    return rf"\d{{1,3}}(?:[.,]5)?|{_any('numbers')}"


@cache
def _gap() -> re.Pattern[str]:
    """What may stand between a day and its hour."""
    fill = "|".join(words("filling"))
    return _compiled(rf"[\s,]+(?:(?:{fill})\b[\s,]*)*")


@cache
def _side() -> re.Pattern[str]:
    """`vor Freitag`, `before 4 pm`."""
    return _compiled(r"(?P<side>vor|before)\s+(?:dem\s+|der\s+|the\s+)?")


@cache
def _span() -> re.Pattern[str]:
    """Clocks that are counted from now, and parts of months and the like."""
    number = _numbers()
    week = r"(?:kw|kalenderwoche|calendar\s+week)\s*(?P<week{}>\d{{1,2}})"
    return _compiled(rf"""
        (?P<ends>{_any("ends")})\b
        | (?P<portion>{_any("portions")})(?:\s+|-)(?:(?P<period>{_any("periods")})\b
            | (?:des\s+|der\s+)?{week.format("")}\b
            | (?P<of_month>{_any("months")})\b(?:\s+(?P<of_year>\d{{4}}))?)
        | {week.format("_")}\b
        | (?:(?:am|an\s+dem|zum|on\s+the|on|the)\s+)(?P<nth>\d{{1,2}}\.?|{_any("ordinals")})\s+
          (?:arbeits|werk)?(?:working\s+|business\s+)?(?:tag|day)e?s?\b
        | (?:am|an|on)\s+(?:tag|day)\s+(?P<nth_>\d{{1,2}}|{_any("numbers")})\b
        | noch\s+(?P<hours_>{number})\s*(?P<hour_unit_>stunden?|minuten?)(?=[\s,–-]+(?:dann|bis)\b)
        | (?:in|innerhalb(?:\s+von)?|binnen|within|innert)\s+(?:
            (?P<minutes>{_any("spans")})\b
            | (?:den\s+|der\s+|the\s+)?(?:na(?:e)?chsten\s+|next\s+)?(?:
              (?P<hours>{number})\s*(?P<hour_unit>stunden?|std|hours?|hrs?|h|minuten?|minutes?|mins?)\b
                (?P<and_half>\s+and\s+a\s+half\b)?
              | (?:(?P<count_from>{number})\s*(?:-|–|bis|to|or|oder)\s*)?(?P<count>{number})\s+
                (?P<unit>tag|werktag|arbeitstag|day|working\s+day|work\s*day|business\s+day|woche|week|fortnight)
                (?:en|e|s|n)?\b
            )
          )
        """)


@cache
def _feast() -> re.Pattern[str]:
    """`bis Pfingsten`, `before Christmas`."""
    return _compiled(
        rf"(?P<side>{_any('sides')})\s+(?:zu\s+|zum\s+|dem\s+|den\s+|the\s+)?(?P<feast>{_any('feasts')})\b"
    )


@cache
def _day() -> re.Pattern[str]:
    """A day: from today, of a week, of a calendar."""
    months, weekdays, later = _any("months"), _any("weekdays"), _any("later")
    return _compiled(rf"""
        (?:(?P<later>{later})\s+)?(?:
          (?P<day>{_any("days")})\b
          | (?P<next_week>(?:(?P<after_next>u(?:e)?berna(?:e)?chste)|na(?:e)?chste|kommende|next)[rn]?\s+(?:woche|week))
            (?:[\s,]+(?:am\s+|on\s+)?(?P<weekday>{weekdays})\b)?
          | (?:(?:diesen|kommenden|na(?:e)?chsten|(?P<after_next_>u(?:e)?berna(?:e)?chste[nr]?)|this|next|coming)\s+)?
            (?P<weekday_>{weekdays})
            (?:\b|(?P<part>{_any("parts")})\b)
            (?:\s+(?:der\s+)?(?P<next_week_>na(?:e)?chste[rn]?\s+woche|next\s+week))?
          | (?P<iso>\d{{4}}-\d\d-\d\d)\b
          | (?P<dom>\d{{1,2}})\.\s?(?:(?P<month>\d{{1,2}})\.|(?P<month_name>{months})\b)
            (?:\s?(?P<year>\d{{4}}|\d\d(?!\d|[:.]\d|\s*uhr)))?(?!\d|\s*uhr)
          | (?P<en_month>{months})\s+(?P<en_day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<en_year>\d{{4}}))?
        )(?:\s+(?P<later_>{later})\b)?
        """)


@cache
def _hour() -> re.Pattern[str]:
    """A time of day: by the clock, or the end of a part of it."""
    hours, parts = _any("hours"), _any("parts")
    half_day = r"(?P<half_day{}>[ap](?:\.\s?)?m\b\.?)"
    return _compiled(rf"""
        (?P<fraction>{_any("fractions")})\s+(?P<hour>\d{{1,2}}|{hours})\b
          (?:\s*(?:uhr\b|{half_day.format("")}))?(?:\s+(?P<part>{parts})\b)?
        | (?P<hour_>\d{{1,2}}|{hours})(?:[:.](?P<minute>\d\d))?\s*(?:{half_day.format("_")}|(?P<face>o['’]?clock)\b
          |(?:uhr\b|h\b|h(?=\d\d\b))(?:\s*(?P<minute_>[0-5]\d)\b)?)(?:\s+(?P<part_>{parts})\b)?
        | (?P<hour__>\d{{1,2}}):(?P<minute__>\d\d)\b
        | (?P<part__>{parts})\b
        """)


@cache
def _bare_hour() -> re.Pattern[str]:
    """The hour behind a day or its part: `morgen um 8`, `heute Nachmittag um drei`, `Friday 6 in the morning`; the gap
    has taken `um`."""
    hour = rf"(?P<hour{{0}}>\d{{{{1,2}}}}|{_any('hours')})(?:[:.](?P<minute{{0}}>\d\d))?(?P<face{{0}}>)\b"
    parts = rf"\s+(?:in\s+the\s+|am\s+)?(?P<part>{_any('parts')})\b"
    return _compiled(rf"(?<=um\s|at\s){hour.format('')}|{hour.format('_')}{parts}")


@cache
def _until_bare_hour() -> re.Pattern[str]:
    """`bis um drei`, `um 15.30`, `bis fünf` where nothing counted follows."""
    hour = rf"(?P<hour{{0}}>\d{{{{1,2}}}}|{_any('hours')})(?P<face{{0}}>)\b"
    follows = "|".join(words("after_hour"))
    return _compiled(rf"""
        bis\s+um\s+(?P<hour__>\d{{1,2}}|{_any("hours")})(?:[:.](?P<minute>[0-5]\d))?(?P<face__>)\b
        | um\s+(?P<hour___>\d{{1,2}})\.(?P<minute_>[0-5]\d)(?![.\d])
        | bis\s+(?P<hour____>\d{{1,2}})\.(?P<minute__>[0-5]\d)(?![.\d])
        | (?<!\d\s)(?<!\d)(?:bis|by)\s+{hour.format("")}(?=\s*(?:$|[^\w\s:.]|\n|:(?!\d)|\.(?:\s|$)|(?:{follows})\b))
        """)
