"""Sentences for people, German and English, from one catalogue per language."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from graph_service.model import moment

Spoken = Literal["de", "en"]
LANGUAGES: tuple[Spoken, ...] = ("de", "en")
BAR = "|"
"""In a template: here one part of the sentence ends that may be read without the next."""


@cache
def catalogue(language: Spoken) -> Mapping[str, str]:
    """Code -> template of one language; what only pages say lies in a file of its own."""
    folder = files("graph_service.text")
    texts = [folder.joinpath(f"{name}_{language}.toml").read_text(encoding="utf-8") for name in ("messages", "pages")]
    return cast(Mapping[str, str], tomllib.loads("\n".join(texts)))


def sentence(code: str, language: Spoken, **values: object) -> str:
    """The sentence of a code, in its form `.only` when `of` is 1, `.one` when `count` is 1, where there is one.

    A code without a sentence (of somebody else's format) stands for itself. Moments (datetime) become days as people
    of that language write them; a hole without a value becomes "…".
    """
    return _filled(_template(code, language, values).replace(BAR, ""), language, values)


def command_after(code: str, language: Spoken, **values: object) -> str:
    """How a command goes on after the sentence of a code, a blank before it (`CODE.terminal`); empty where there is
    nothing to say: pages and interface have no commands."""
    more = f"{code}.terminal"
    return f" {sentence(more, language, **values)}" if more in catalogue(language) else ""


def in_parts(code: str, language: Spoken, **values: object) -> list[str]:
    """The same sentence in the parts between its bars, without the punctuation that joins them."""
    parts = _template(code, language, values).split(BAR)
    return [_filled(part, language, values).strip(" ,:;") for part in parts]


def _template(code: str, language: Spoken, values: Mapping[str, object]) -> str:
    templates = catalogue(language)
    forms = [f"{code}.{form}" for form, name in (("only", "of"), ("one", "count")) if values.get(name) == 1]
    return next((templates[form] for form in forms if form in templates), templates.get(code, code))


def _filled(template: str, language: Spoken, values: Mapping[str, object]) -> str:
    shown = {name: day(value, language) if isinstance(value, datetime) else value for name, value in values.items()}
    return template.format_map(defaultdict(lambda: "…", shown))


def figure(value: float | None, form: str, language: Spoken) -> str:
    """A number in a format such as `.3f` or `+.1%`, with the comma of German; a dash for none."""
    if value is None:
        return "–"
    text = format(value, form).replace("%", " %")
    return text.replace(".", ",") if language == "de" else text


def percent_change(share: float | None, language: Spoken) -> str:
    """A change in whole percent with its sign: `+4 %`, `−12 %`; a dash for none."""
    return "±0 %" if share is not None and round(share, 2) == 0 else figure(share, "+.0%", language).replace("-", "−")


def day(at: datetime, language: Spoken) -> str:
    """14.11.2025 or 14 Nov 2025."""
    return at.strftime("%d.%m.%Y") if language == "de" else f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def day_of(at: int | None, language: Spoken) -> str:
    """The day of an instant; a dash when it is unknown."""
    return "–" if at is None else day(moment(at), language)


def tongue(code: str, language: Spoken) -> str:
    """The name of a language in German or English; the code where it has none."""
    from babel import Locale

    return str(Locale(language).languages.get(code, code))


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
