"""A text as words with their places, folded so that spellings meet, and phrases found among them."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA

from graph_service.text.terms import composed

_WORD = re.compile(r"\w+")
_PART = re.compile(r"\w+\*?|…")
_ENDS = re.compile(r"[,;:!?\n()–]|\.(?=\s|$)")
_PAIRS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ss", "s"))
_MOST_BETWEEN = 3
_FEWEST_LETTERS = 6
"""Words from so many letters on may have a slip in them."""


class Word(NamedTuple):
    """A word of a text: `form` is how it is compared, `clause` counts the parts between punctuation."""

    form: str
    start: int
    end: int
    clause: int


class Span(NamedTuple):
    """Words `first` up to, not including, `last` of a text."""

    first: int
    last: int

    def overlaps(self, other: "Span") -> bool:
        """Whether both have a word in common."""
        return self.first < other.last and other.first < self.last


def plain(text: str) -> str:
    """Small letters without marks, each in its place: as long as the composed text."""
    return "".join(_plain_letter(letter) for letter in text)


@cache
def _plain_letter(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter.lower())[:1] or letter
    return {"ß": "s", "ı": "i", "ø": "o", "ł": "l"}.get(base, base)


def form_of(word: str) -> str:
    """A word as it is compared: `Größe`, `Groesse` and `GRÖSSE` are one."""
    form = plain(composed(word))
    for pair, one in _PAIRS:
        form = form.replace(pair, one)
    return form


def words_of(text: str) -> list[Word]:
    """The words of a text in its order."""
    text = composed(text)
    ends = [found.start() for found in _ENDS.finditer(text)]
    found, clause, place = [], 0, 0
    for match in _WORD.finditer(text):
        while place < len(ends) and ends[place] < match.start():
            clause, place = clause + 1, place + 1
        found.append(Word(form_of(match[0]), match.start(), match.end(), clause))
    return found


@cache
def vocabulary(name: str) -> Mapping[str, Any]:
    """The rules of `NAME.toml` beside this module."""
    text = files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def forms_of(name: str) -> frozenset[str]:
    """The words of a line of `signs.toml` as they are compared."""
    return frozenset(form_of(word) for word in vocabulary("signs")[name].split())


Phrase = tuple[str, ...]


@cache
def phrase(text: str) -> Phrase:
    """A phrase of a data file: words in their order; `steh*` begins so, `…` stands for up to three words."""
    return tuple(form_of(word) if word != "…" else word for word in _PART.findall(text))


def found_in(words: Sequence[Word], phrases: Iterable[str]) -> Iterator[Span]:
    """Where any of the phrases stands, in the order of the text; the longest at each place."""
    known = [phrase(one) for one in phrases]
    for first in range(len(words)):
        ends = [end for one in known if (end := _match(words, first, one)) is not None]
        if ends:
            yield Span(first, max(ends))


def _match(words: Sequence[Word], place: int, rest: Phrase) -> int | None:
    """Where a phrase that begins at a place ends; None where it does not stand there."""
    for position, part in enumerate(rest):
        if part == "…":
            tries = range(place, min(place + _MOST_BETWEEN, len(words)) + 1)
            ends = (_match(words, one, rest[position + 1 :]) for one in tries)
            return next((end for end in ends if end is not None), None)
        if place >= len(words) or not is_like(words[place].form, part):
            return None
        place += 1
    return place


def is_like(form: str, wanted: str) -> bool:
    """Whether a word is the wanted one, begins so where that ends in `*`, or is it but for one slip."""
    if wanted.endswith("*"):
        return form.startswith(wanted[:-1])
    if form == wanted:
        return True
    if len(wanted) < _FEWEST_LETTERS or abs(len(form) - len(wanted)) > 1 or form[:1] != wanted[:1]:
        return False
    return OSA.distance(form, wanted, score_cutoff=1) <= 1
