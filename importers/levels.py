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
}  # fmt: skip
"""Words for levels; the mapping may name others. `limitedWorking` and so on are Microsoft Graph's."""
MARKS = {"x": 1.0, "✓": 1.0, "ja": 1.0, "yes": 1.0, "(x)": 0.5}
"""Signs in a matrix: there, there with restrictions."""
BROKEN = frozenset(
    {"#n/a", "#nv", "#ref!", "#bezug!", "#value!", "#wert!", "#div/0!", "#name?", "#num!", "#zahl!", "#null!"}
)
"""What a spreadsheet shows where it could not compute a cell."""
NOTHING = BROKEN | {"", "-", "–", "nein", "no", "0", "n/a", "k.a.", "k. a."}
DENIED = frozenset({"0", "nein", "no"})
"""Those that say somebody has not got it, rather than nothing."""
PLANNED = frozenset({"o", "(o)", "geplant", "planned"})
"""Signs that say a skill is wanted or being learned: nobody's claim to have it."""
_LONGEST = 200
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,30})[)\]]$")
_AFTER_COLON = re.compile(r":\s?(\d)$")
_SCHOOL_MARK = re.compile(r"([1-6])\s?([+-])")
_OF_MARKS = re.compile(r"\b(?:schul)?noten?\b", re.IGNORECASE)
_RANGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*[-–]\s*(\d+(?:[.,]\d+)?)")
_LEGEND = re.compile(r"(?<![\w.,])(\d)\s*=\s*")
_SCALE = re.compile(r"(?<![\w.-])(\d{1,2})\s?(?:-|–|bis|to)\s?(\d{1,3})(?![\w.-])")


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
    mark = _SCHOOL_MARK.fullmatch(text) if worst > best else None
    if mark:  # 2+ lies between 1 and 2, 2- between 2 and 3
        near = float(mark[1]) + (0.3 if mark[2] == "-" else -0.3)
        return on_scale(min(max(near, best), worst), scale, value, column)
    found = _RANGE.fullmatch(text)
    numbers = [figure(part, column) for part in (found.groups() if found else (text,))] if _has_figure(text) else []
    if not numbers:
        raise CellFault(column, value, "value.not_a_level")
    return on_scale(sum(numbers) / len(numbers), scale, value, column)


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


def scale_of(values: Iterable[str], legend: str) -> tuple[str, float, str]:
    """The scale of a column, how sure, and the other reading: told by a legend (`0 = keine, … 4 = …`, `1-5`), else
    from the highest figure that occurs."""
    marks = sorted({int(found) for found in _LEGEND.findall(legend)})
    if len(marks) > 1:
        return f"{marks[0]}-{marks[-1]}", 1.0, ""
    told = _SCALE.search(legend)
    if told and int(told[1]) != int(told[2]):
        return f"{told[1]}-{told[2]}", 1.0, ""
    figures = []
    for value in values:
        if _has_figure(value) and len(value) < 10:
            try:
                figures.append(figure(value.split("-")[-1], ""))
            except CellFault:
                continue
    if not figures:
        return "1-5", 1.0, ""
    if _OF_MARKS.search(legend) and max(figures) <= 6:
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
