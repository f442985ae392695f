"""Levels of skills and marks of ratings: whatever scale, as 0..1 beside what was written."""

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from importers.cells import figure
from importers.tabular import CellFault

WORDS = {
    "grundlagen": 0.25, "grundkenntnisse": 0.25, "anfänger": 0.25, "basis": 0.25, "beginner": 0.25, "basic": 0.25,
    "elementary": 0.25, "fortgeschritten": 0.5, "mittel": 0.5, "gut": 0.5, "intermediate": 0.5, "limitedworking": 0.5,
    "limited working": 0.5, "sehr gut": 0.75, "erfahren": 0.75, "advanced": 0.75, "generalprofessional": 0.6,
    "general professional": 0.6, "advancedprofessional": 0.8, "advanced professional": 0.8, "experte": 1.0,
    "expertin": 1.0, "expert": 1.0, "spezialist": 1.0, "verhandlungssicher": 0.9, "muttersprache": 1.0,
    "fortgeschrittene": 0.5, "fortgeschrittener": 0.5, "fortgeschrittene/r": 0.5, "könner": 0.75, "könnerin": 0.75,
    "fließend": 0.75, "fliessend": 0.75, "fluent": 0.75, "native": 1.0, "a1": 0.17, "a2": 0.33, "b1": 0.5, "b2": 0.67,
    "c1": 0.83, "c2": 1.0, "◔": 0.25, "◑": 0.5, "◐": 0.5, "◕": 0.75, "●": 1.0,
}  # fmt: skip
"""Words for levels; the mapping may name others. `limitedWorking` and so on are Microsoft Graph's."""
MARKS = {"x": 1.0, "✓": 1.0, "✔": 1.0, "ja": 1.0, "yes": 1.0, "wahr": 1.0, "true": 1.0, "(x)": 0.5}
"""Signs in a matrix: there, there with restrictions."""
BROKEN = frozenset(
    {"#n/a", "#nv", "#ref!", "#bezug!", "#value!", "#wert!", "#div/0!", "#name?", "#num!", "#zahl!", "#null!"}
)
"""What a spreadsheet shows where it could not compute a cell."""
DENIED = frozenset(
    {"0", "0 %", "0%", "0,0", "0.0", "nein", "no", "falsch", "false", "keine", "keine kenntnisse", "none", "○", "✗"}
)
"""Signs that say somebody has not got it, rather than nothing."""
NOTHING = BROKEN | DENIED | {"", "-", "–", "n/a", "k.a.", "k. a."}
PLANNED = frozenset({"o", "(o)", "geplant", "planned"})
"""Signs that say a skill is wanted or being learned: nobody's claim to have it."""
_LONGEST = 200
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,30})[)\]]$")
_AFTER_COLON = re.compile(r":\s?(\d)$")
_SCHOOL_MARK = re.compile(r"([1-6])\s?([+-])")
_OF_MARKS = re.compile(r"\b(?:schul)?noten?\b", re.IGNORECASE)
_RANGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*[-–]\s*(\d+(?:[.,]\d+)?)")
_LEGEND = re.compile(r"(?<![\w.,-])(\d{1,2})\s*([=:(–-]?)\s*([^\W\d_][^,;|/=()\d]{0,40})")
_SCALE = re.compile(r"(?<![\w.-])(\d{1,2})\s?(?:-|–|bis|to)\s?(\d{1,3})(?![\w.-])")
_OF_SCALE = re.compile(
    r"\b(?:skala|stufen?|levels?|bewertung(?:en)?|niveaus?|punkte|werte|scale|rating|grades?)\b[^\d|]{0,20}"
    + _SCALE.pattern,
    re.IGNORECASE,
)
_WORST = re.compile(r"\b(?:kein|nicht\b|no\b|none\b|ohne\b|ungenügend|mangelhaft|laie|unbekannt)")
_BEST = re.compile(r"(?:expert|beste|hervorragend|exzellent|excellent|sehr gut|very good|spezialist)")
_NAMED = re.compile(r"(?:stufe|level|lvl|niveau|grad|l)?\s?\.?(\d+(?:[.,]\d+)?)(?:\s*[-–=:(]\s*[^\W\d_].*)?")
_OUT_OF = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:/|von|of)\s*(\d{1,3})")


def level(value: str, scale: str, words: dict[str, float], column: str) -> float | None:
    """0..1 on a scale `lowest-highest` (`5-1`: the first is the worst); None for signs that claim nothing.

    Figures become value / highest, as a level 1 of 5 is little but not nothing; `3-4` is the middle. Raises CellFault.
    """
    text = value.strip().casefold()
    if text in words and text not in NOTHING and text not in PLANNED:
        return words[text]
    return _level(value, scale, column)


@lru_cache(maxsize=10_000)
def _level(value: str, scale: str, column: str) -> float | None:
    text = value.strip().casefold()
    if text in NOTHING or text in PLANNED:
        return None
    for known in (WORDS, MARKS):
        if text in known:
            return known[text]
    worst, best = bounds(scale)
    mark = _SCHOOL_MARK.fullmatch(text)
    if mark:  # a little better or worse than the figure, whichever way the scale goes
        near = float(mark[1]) + (0.3 if (mark[2] == "+") == (best > worst) else -0.3)
        return on_scale(min(max(near, min(worst, best)), max(worst, best)), scale, value, column)
    share = _OUT_OF.fullmatch(text)
    if share and 0 < figure(share[2], column) >= figure(share[1], column):
        return figure(share[1], column) / figure(share[2], column) or None
    named = _NAMED.fullmatch(text)
    text = named[1] if named else text
    found = _RANGE.fullmatch(text)
    try:
        numbers = [figure(part, column) for part in (found.groups() if found else (text,))]
    except CellFault:
        raise CellFault(column, value, "value.not_a_level") from None
    number = sum(numbers) / len(numbers)
    return None if number == 0 < min(worst, best) else on_scale(number, scale, value, column)


def on_scale(number: float, scale: str, value: str, column: str) -> float:
    """A figure on its scale as 0..1, the best 1; raises CellFault outside of it."""
    worst, best = bounds(scale)
    if not min(worst, best) <= number <= max(worst, best):
        raise CellFault(column, value, "value.off_scale")
    if worst > best:
        return (worst - number) / (worst - best)
    return number / best


def bounds(scale: str) -> tuple[float, float]:
    """The worst and the best figure of `1-5` or `6-1`."""
    worst, _, best = scale.partition("-")
    return float(worst), float(best)


def _has_figure(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _told_scale(header: str, legend: str, highest: float) -> str:
    """The scale that a legend (`0 = keine, … 4 = …`) or the column's name (`1-5`) tells, the worst figure first; no
    legend is what speaks of something else, or leaves out the highest figure that occurs."""
    told: dict[int, float | None] = {}
    for number, sign, word in _LEGEND.findall(f"{header} {legend}"):
        good = _goodness(word.strip(" -–.:").casefold())
        if sign or good is not None:
            told[int(number)] = good
    found = _SCALE.search(header) or _OF_SCALE.search(legend)
    low, high = (min(told), max(told)) if len(told) > 1 else (0, 0)
    worst, best = told.get(low), told.get(high)
    if high >= highest and low < high and (worst is not None or best is not None):
        turned = (0.5 if worst is None else worst) > (0.5 if best is None else best)
        return f"{high}-{low}" if turned else f"{low}-{high}"
    if _OF_MARKS.search(f"{header} {legend}"):
        return ""
    return f"{found[1]}-{found[2]}" if found and int(found[1]) != int(found[2]) else ""


def _goodness(word: str) -> float | None:
    """How much a legend's word says, 0..1; None for a word that nobody knows."""
    if not word or _WORST.search(word):
        return 0.0 if word else None
    return 1.0 if _BEST.match(word) else WORDS.get(word, WORDS.get(word.split()[0]))


def scale_of(values: Iterable[str], header: str, legend: str) -> tuple[str, float, str]:
    """The scale of a column, how sure, and the other reading: told by a legend or the column's name, else from the
    highest figure that occurs."""
    figures = []
    for value in values:
        if _has_figure(value) and len(value) < 10:
            try:
                figures.append(figure(value.split("-")[-1], ""))
            except CellFault:
                continue
    told = _told_scale(header, legend, max(figures, default=0))
    if told:
        return told, 1.0, ""
    if not figures:
        return "1-5", 0.9, ""
    if _OF_MARKS.search(f"{header} {legend}") and max(figures) <= 6:
        return "6-1", 0.9, "1-6"
    if min(figures) >= 0 and max(figures) <= 1 and any(0 < one < 1 for one in figures):
        return "0-1", 0.9, "1-5"
    ordered = sorted(figures)
    usual = ordered[int(0.95 * (len(ordered) - 1))]
    for highest in (5, 10, 100):
        if usual <= highest:
            best = max(2, math.ceil(ordered[-1]))
            sure = usual > highest * 0.8 or best >= highest
            return f"1-{highest}", 0.9 if sure else 0.6, "" if sure else f"1-{best}"
    return "1-100", 0.3, "1-5"


def parts_with_levels(value: str) -> Sequence[tuple[str, str]]:
    """`Hydraulik (4), Pneumatik (3)` as pairs of skill and level; no level is an empty text."""
    pairs = []
    for part in _parted(value):
        text = " ".join(part.split())[:_LONGEST]
        told = _IN_BRACKETS.search(text) or _AFTER_COLON.search(text)
        skill = text[: told.start()].strip() if told else text
        if skill:
            pairs.append((skill, told[1].strip() if told else ""))
    return pairs


def _parted(value: str) -> list[str]:
    """The parts of a list; a sign inside of brackets parts nothing."""
    parts, depth = [""], 0
    for letter in value:
        depth = max(0, depth + (letter in "([") - (letter in ")]"))
        if letter in ",;\n" and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
