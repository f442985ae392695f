"""German, English or unsure."""

from functools import cache
from typing import Literal, Protocol

Language = Literal["de", "en", ""]
SURE = 0.9
_ENOUGH = 300


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


@cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["de", "en"])
    return identifier  # type: ignore[no-any-return]


def language_of(text: str) -> Language:
    """`de` or `en` when the first 300 characters are at least 90 % likely to be it, else empty (= analyse as both)."""
    if not any(letter.isalpha() for letter in text[:_ENOUGH]):
        return ""
    language, chance = _identifier().classify(text[:_ENOUGH])
    return "" if chance < SURE else "de" if language == "de" else "en"
