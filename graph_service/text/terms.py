"""Words to terms: one analysis for both stores.

A term is at most 64 characters of [a-z0-9], so that SQLite's `ascii` tokenizer and Neo4j's `whitespace` analyzer cut it
alike. Words are stemmed (Snowball), identifiers are kept whole and in parts, German compounds whole and in parts.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from graph_service.text.compounds import VOCABULARY_VERSION, compound_parts
from graph_service.text.language import Language
from graph_service.text.word_lists import word_list

ANALYSIS_VERSION = f"2.{VOCABULARY_VERSION}"
LONGEST_TERM = 64
TITLE_WEIGHT = 2
_TOKEN = re.compile(r"[^\W_]+(?:[-_.:/#][^\W_]+)*")
_CONNECTOR = re.compile(r"[-_.:/#]")
_HUMP = re.compile(r"[A-ZÄÖÜ]+(?=[A-ZÄÖÜ][a-zäöüß])|[A-ZÄÖÜ]?[a-zäöüß]+|[A-ZÄÖÜ]+|\d+|[^\W\d_a-zA-ZäöüÄÖÜß]+")
_PLAIN = re.compile(r"[a-wyz0-9]*\Z")
_ESCAPED = re.compile(r"x(?:x|([0-9a-f]+)x)")
_LONGEST_TOKEN = 200
_CACHE_LIMIT = 100_000
_known: dict[tuple[str, str], tuple[str, ...]] = {}


def printed(text: str) -> str:
    """The text with spaces for letters that nobody sees: controls, surrogates; its lines and tabs stay."""
    return "".join(one if one in "\n\t" or unicodedata.category(one)[0] != "C" else " " for one in text)


def visible(text: str) -> str:
    """The same with one space between words."""
    return " ".join(printed(text).split())


def composed(text: str) -> str:
    """NFC, runs of combining marks cut to 30 (UAX 15, stream-safe): composing longer ones takes their square."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _long_marks().sub(r"\1", text))


@cache
def _long_marks() -> re.Pattern[str]:
    marks = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    return re.compile(f"([{marks}]{{30}})[{marks}]+")


def escape(word: str) -> str:
    """A folded word as [a-z0-9], unambiguous: `x` doubles, any other character becomes x<hex>x; German umlauts become
    ae, oe, ue and sharp s becomes ss first. Cut at 64 characters."""
    word = word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    if not _PLAIN.match(word):
        word = "".join(
            c if c in "abcdefghijklmnopqrstuvwyz0123456789" else "xx" if c == "x" else f"x{ord(c):x}x" for c in word
        )
    return word[:LONGEST_TERM]


def readable(term: str) -> str:
    """A term as people read it: `kanbanx2dxabruf` -> `kanban-abruf`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else "x", term)


def terms_of(text: str, language: Language) -> list[str]:
    """The terms of a text in its order, with repeats."""
    text = composed(text)
    found: list[str] = []
    for token in _TOKEN.findall(text):
        key = (language, token)
        terms = _known.get(key)
        if terms is None:
            if len(_known) > _CACHE_LIMIT:
                _known.clear()
            terms = _known[key] = _terms_of_token(token, language) if len(token) <= _LONGEST_TOKEN else ()
        found += terms
    return found


def case_words(title: str, text: str, names: Iterable[str], language: Language) -> list[str]:
    """The words a case is found, scored and asked by: title twice, text, the names of components and labels."""
    return [*terms_of(title, language) * TITLE_WEIGHT, *terms_of("\n".join((text, *names)), language)]


def written_words(text: str, language: Language) -> dict[str, str]:
    """Term -> the word of the text it was first made of, in small letters."""
    written: dict[str, str] = {}
    for token in _TOKEN.findall(composed(text)):
        for term in terms_of(token, language):
            written.setdefault(term, token.casefold())
    return written


def as_written(terms: Iterable[str], text: str, language: Language) -> list[str]:
    """The words of a text that terms were made of, each once, in the order of the terms."""
    written = written_words(text, language)
    return list(dict.fromkeys(written.get(term, readable(term)) for term in terms))


def collated(name: str) -> str:
    """A name as German dictionaries sort it (DIN 5007-1): umlauts as their vowels, sharp s as ss, marks left out."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in folded if not unicodedata.combining(letter)).replace("ı", "i")


def labels_in(text: str, labels: Iterable[str]) -> list[str]:
    """Which labels stand in the text as whole words, in the order of the labels, letters folded; numbers are none."""
    words = f" {_spaced(text)} "
    return [
        label for label in labels if not label.isdecimal() and (spaced := _spaced(label)) and f" {spaced} " in words
    ]


def by_words(labels: Mapping[str, str]) -> dict[str, str]:
    """What labels stand for, by their words as `named_in` looks for them; numbers alone are no labels."""
    spaced = {_spaced(label): shown for label, shown in labels.items() if not label.isdecimal()}
    return {words: shown for words, shown in spaced.items() if words}


def named_in(text: str, words_of: Mapping[str, str]) -> set[str]:
    """What of it a text names as whole words, up to six together."""
    words = _spaced(text).split()
    spans = (" ".join(words[start : start + size]) for start in range(len(words)) for size in range(1, _LONGEST + 1))
    return {words_of[span] for span in spans if span in words_of}


_LONGEST = 6


def _spaced(text: str) -> str:
    folded = composed(text).casefold()
    return " ".join(escape(word) for token in _TOKEN.findall(folded) for word in _CONNECTOR.split(token))


def _terms_of_token(token: str, language: Language) -> tuple[str, ...]:
    pieces = [piece for part in _CONNECTOR.split(token) for piece in _HUMP.findall(part)]
    whole = token.casefold()
    terms: list[str] = []
    if len(pieces) > 1:
        terms.append(escape(whole))
        if _CONNECTOR.search(token):
            terms += [escape(part.casefold()) for part in _CONNECTOR.split(token) if len(_HUMP.findall(part)) > 1]
    for piece in pieces if len(pieces) > 1 else [token]:
        terms += _terms_of_word(piece.lower(), language)
    return tuple(dict.fromkeys(term for term in terms if term))


def _terms_of_word(word: str, language: Language) -> list[str]:
    if len(word) < 2 or word in word_list("stop_words"):
        return []
    if word.isdigit():
        return [escape(word)]
    terms = []
    if language != "en":
        terms.append(escape(_stem("german", word)))
        terms += [escape(_stem("german", part)) for part in compound_parts(word)]
    if language != "de":
        terms.append(escape(_stem("english", word)))
    return terms


def _stem(algorithm: str, word: str) -> str:
    return str(_stemmer(algorithm)(word.lower()))


@cache
def _stemmer(algorithm: str):  # type: ignore[no-untyped-def]
    import Stemmer

    return Stemmer.Stemmer(algorithm, 0).stemWord
