"""German compounds: `Mengeneinheiten` is also about `Menge` and `Einheit`.

The vocabulary is shipped and frozen; a new list is a new version, because stored terms depend on it.
"""

from functools import cache

from graph_service.text.word_lists import word_list

VOCABULARY_VERSION = 1
SHORTEST = 8
_LINKS = ("", "s", "es", "n", "en", "er", "e", "nen", "ns")


@cache
def _forms() -> dict[str, str]:
    """Every form a part may take inside a compound -> the part; the plain word wins."""
    vocabulary = word_list("compounds_de")
    forms = {word + link: word for link in reversed(_LINKS) for word in sorted(vocabulary)}
    forms |= {word.removesuffix("e"): word for word in sorted(vocabulary) if word.endswith("e") and len(word) > 4}
    return forms | {word: word for word in vocabulary}


def compound_parts(word: str) -> tuple[str, ...]:
    """The known words a lower-case German word is made of, fewest first; empty when it is no known compound."""
    if len(word) < SHORTEST:
        return ()
    word = word.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü") if word.isascii() else word
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    forms = _forms()
    for end in range(3, len(word) + 1):
        for start in range(max(0, end - 20), end - 2):
            before = best[start]
            part = forms.get(word[start:end])
            if before is None or part is None:
                continue
            found = best[end]
            if found is None or len(before) + 1 < len(found):
                best[end] = (*before, part)
    parts = best[len(word)]
    return parts if parts is not None and len(parts) > 1 else ()
