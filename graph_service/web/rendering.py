"""Templates with the words of one language, and what they write moments, numbers and case numbers with."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from graph_service.model import called
from graph_service.network_page import drawn
from graph_service.text.messages import Spoken, figure, sentence
from graph_service.web.typed import form_shown

HOME = ZoneInfo("Europe/Berlin")
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


@cache
def static_files() -> Mapping[str, tuple[bytes, str]]:
    """Name -> content and type of what pages load from this server."""
    folder = files("graph_service.web").joinpath("static")
    found = sorted((one for one in folder.iterdir() if one.is_file()), key=lambda one: one.name)
    return {one.name: (one.read_bytes(), _TYPES[one.name.rpartition(".")[2]]) for one in found}


@cache
def static_address(name: str) -> str:
    """Where a static file lies; changes with its content, so that it may be kept for good."""
    return f"/static/{sha256(static_files()[name][0]).hexdigest()[:16]}/{name}"


@cache
def environment(language: Spoken) -> Environment:
    """The templates, speaking one language."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader("graph_service.web"), PackageLoader("graph_service", "")]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.globals |= {
        "language": language,
        "say": lambda code, **values: sentence(code, language, **values),
        "static": static_address,
    }
    made.filters |= {
        "clock": lambda at, zone=HOME: clock(at, zone),
        "day": lambda at, zone=HOME: day(at, language, zone),
        "day_typed": lambda at, zone=HOME: f"{instant_of(at).astimezone(zone):%d.%m.%Y}",
        "month": lambda at: f"{instant_of(at):%m/%Y}",
        "short_day": lambda at, zone=HOME: short_day(at, language, zone),
        "number": lambda value, form=".0f": figure(value, form, language),
        "tel": telephone,
        "linked": linked,
        "form": lambda form: form_shown(form, language),
        "called": lambda field: called(field["name"], field["headers"]),
        "unbroken": lambda name: name.replace(" ", "\u00a0"),
        "hard_space": lambda text: text.replace(" %", "\u00a0%"),
    }
    parts = made.get_template("parts.html").module
    made.globals |= {name: getattr(parts, name) for name in ("icon", "hidden", "relation", "band")}
    return made


def instant_of(at: str | datetime) -> datetime:
    """A moment of an answer."""
    return at if isinstance(at, datetime) else datetime.fromisoformat(at)


def clock(at: str | datetime, zone: ZoneInfo) -> str:
    """`16:00`."""
    return f"{instant_of(at).astimezone(zone):%H:%M}"


def day(at: str | datetime, language: Spoken, zone: ZoneInfo = HOME) -> str:
    """`Di 12.05.2026` or `Tue 12 May 2026`."""
    told = instant_of(at).astimezone(zone)
    return _weekday(told, language) + (f"{told:%d.%m.%Y}" if language == "de" else f"{told.day} {told:%b %Y}")


def short_day(at: str | datetime, language: Spoken, zone: ZoneInfo = HOME) -> str:
    """`Mi 13.05.` or `Wed 13 May`."""
    told = instant_of(at).astimezone(zone)
    return _weekday(told, language) + (f"{told:%d.%m.}" if language == "de" else f"{told.day} {told:%b}")


def _weekday(told: datetime, language: Spoken) -> str:
    return format_date(told, "ccc", locale=language).rstrip(".") + " "


def telephone(number: str) -> str:
    """What a `tel:` link dials: digits, and a plus before them."""
    return ("+" if number.lstrip().startswith("+") else "") + "".join(filter(str.isdecimal, number))


def linked(text: str, cases: Mapping[str, str], back: str = "") -> Markup:
    """A sentence with the case numbers that can be opened as links; `cases` maps numbers to ids, `back` names the
    question to which the case leads back."""
    if not cases:
        return escape(text)
    numbers = "|".join(re.escape(number) for number in sorted(cases, key=len, reverse=True))
    parts = re.split(rf"(?<![\w-])({numbers})(?![\w-])", text)
    return Markup("").join(
        Markup('<a class="case" href="/faelle/{}{}">{}</a>').format(cases[part], back and f"?von={back}", part)
        if place % 2
        else escape(part)
        for place, part in enumerate(parts)
    )


def pictures(kind: str, found: Mapping[str, Any], language: Spoken) -> dict[str, Any]:
    """What a page draws of an analysis: its values, and `drawn`, the pictures and tables that they make."""
    values = drawn(kind, found, language)
    return values | {"drawn": environment(language).get_template("network_parts.html").make_module(values)}


def rendered(template: str, language: Spoken, values: Mapping[str, Any]) -> str:
    """A page."""
    return environment(language).get_template(template).render(values)
