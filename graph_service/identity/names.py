"""Names of people in one form: what two lists write differently for one person, and what cannot be one.

The original is kept where it stands; these are keys to compare by.
"""

import re
import unicodedata
from functools import lru_cache

_TITLES = frozenset({
    "dr", "prof", "dipl", "ing", "mag", "med", "phil", "rer", "nat", "herr", "frau", "mba", "msc", "bsc", "ma", "ba",
    "mr", "mrs", "ms", "jr", "sr", "phd", "ext", "extern", "external", "h", "c",
})  # fmt: skip
_PARTICLES = frozenset(
    {"von", "van", "der", "den", "de", "zu", "zum", "zur", "vom", "di", "da", "la", "le", "el", "al"}
)
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"})
_BARE = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "þ": "th"})
_BRACKETS = re.compile(r"[(\[].*?[)\]]|[\"'„“”]")
_LONGEST = 200
_PARTS = re.compile(r"[^\w?\ufffd]+")
_LOST = frozenset("?\ufffd")
Key = tuple[str, ...]


@lru_cache(maxsize=200_000)
def keys_of(name: str) -> tuple[Key, Key]:
    """The name's words, sorted, with umlauts written out and with accents off; titles, brackets and particles off."""
    short = " ".join(name[:_LONGEST].split())
    text = _BRACKETS.sub(" ", unicodedata.normalize("NFC", short)).casefold()
    last, comma, first = text.partition(",")
    text = f"{first} {last}" if comma and "," not in first else text
    return _key(text.translate(_GERMAN)), _key(text)


def _key(text: str) -> Key:
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    words = [word for word in _PARTS.split(bare.translate(_BARE)) if word and word not in _TITLES]
    kept = [word for word in words if word not in _PARTICLES] or words
    return tuple(sorted(kept))


def plain(name: str) -> str:
    """The name as words to measure likeness by."""
    return " ".join(keys_of(name)[0])


def is_same_name(one: str, other: str) -> bool:
    """Whether two spellings may be one name letter for letter, up to umlauts, accents, order, titles and particles."""
    return bool(set(keys_of(one)) & set(keys_of(other)))


def contradicts(one: str, other: str) -> bool:
    """Whether two names cannot be of one person; initials and lost letters contradict nothing that fits."""
    if not one.strip() or not other.strip() or is_same_name(one, other):
        return False
    return not any(_fits(a, b) for a in keys_of(one) for b in keys_of(other))


def _fits(one: Key, other: Key) -> bool:
    """Whether each word of the shorter key stands in the longer one, as an initial or with lost letters too."""
    short, long = sorted((one, other), key=len)
    left = list(long)
    for word in sorted(short, key=len, reverse=True):
        found = next((candidate for candidate in left if _is_word(word, candidate)), None)
        if found is None:
            return False
        left.remove(found)
    return len(short) > 1 or bool(_LOST & set("".join(one + other)))


def _is_word(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    lost = _LOST & set(one + other)
    return one == other or bool(
        lost and len(one) == len(other) and all(a == b or {a, b} & _LOST for a, b in zip(one, other, strict=True))
    )
