"""What the annex lets in: never some columns, of the others those that the import profile's agreement allows."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import get_args

from graph_service.errors import FileRefused
from graph_service.intake.profiles import ImportProfile
from graph_service.model import (
    Column,
    Fact,
    Mapping,
    Profile,
    Record,
    RowFault,
    Skill,
    SkillClaim,
    Skipped,
    SourceRow,
    Statement,
    tells,
)

_TURNED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_CAMEL = re.compile(r"(?<=[a-zäöü])(?=[A-ZÄÖÜ])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[\s-]?[A-Z0-9]{4}){3,7}(?:[\s-]?[A-Z0-9]{1,3})?\b")
_BIRTH = re.compile(r"\bgeb(?:oren|\.)?\s*(?:am\s*)?\d|\bborn\b")
_INSURED = re.compile(r"\d{2}\s?(?:[0-2]\d|3[01])(?:0[1-9]|1[0-2])\d{2}\s?[a-z]\s?\d{3}")
"""A pension insurance number, which holds the birthday (SGB VI 147)."""
_BORN = re.compile(r"[(\s]*(?:\bgeb(?:oren)?\.?(?:\s*am)?|\bborn|\*)\s*\d[\d./-]*\)?", re.IGNORECASE)


@cache
def _words(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = files(__package__).joinpath("annex_words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)[kind]
    return tuple((name, re.compile("|".join(f"(?:{word})" for word in words))) for name, words in table.items())


def forbidden(header: str) -> str:
    """Why a column of this name can never enter (a key of the annex words); empty when it can."""
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", header)).casefold().translate(_TURNED)
    whole = "".join(letter for letter in text if letter.isalnum())
    words = [f"={whole}", whole, *re.findall(r"[a-z0-9]+", text)]
    return next((name for name, pattern in _words("columns") if any(pattern.fullmatch(word) for word in words)), "")


def within_annex(mapping: Mapping, profile: ImportProfile | None, file: str) -> tuple[Mapping, tuple[str, ...]]:
    """The mapping without the columns that must not enter, and their names.

    Raises FileRefused when the mapping itself asks for a column that never may.
    """
    refused = []
    columns = []
    for column in mapping.columns:
        never = _never(column)
        if never and column.field:
            raise FileRefused("mapping.forbidden", file=file, column=column.header)
        outside = column.field and profile is not None and not profile.allows(column.header, column.field)
        if never or outside:
            refused.append(column.header)
            columns.append(Column(column.header))
        else:
            columns.append(column)
    return replace(mapping, columns=tuple(columns)), tuple(refused)


def proposed_within_annex(mapping: Mapping) -> Mapping:
    """A recognised mapping, in which columns that never may enter mean nothing."""
    columns = (Column(column.header) if _never(column) else column for column in mapping.columns)
    return replace(mapping, columns=tuple(columns))


def _never(column: Column) -> bool:
    """Whether no agreement can let the column in, also not as a skill."""
    return _is_character(column.header) if column.field == "skill" else bool(forbidden(column.header))


@lru_cache(maxsize=10_000)
def _is_character(skill: str) -> bool:
    """Whether the name of a skill tells what somebody is like, or what must not be known of them at all.

    What a skill is about may sound like a forbidden column (`Lohnabrechnung`, `Steuer- und Regelungstechnik`): but for
    the gravest, only the whole name counts.
    """
    text = unicodedata.normalize("NFKC", skill).casefold().translate(_TURNED)
    whole = "".join(letter for letter in text if letter.isalnum())
    words = [word for word in re.findall(r"[a-z]{2,}", text) if word not in _LITTLE_WORDS]
    ((_, character),) = _words("skills")
    if character.fullmatch(whole) or (words and all(map(character.fullmatch, words))):
        return True
    if _BIRTH.search(text) or _INSURED.fullmatch(text.strip()):
        return True
    for name, pattern in _words("columns"):
        if _is_one(pattern, whole):
            return True
        if name == "salary" and words and all(_is_one(pattern, word) for word in words):
            return True  # beside a figure: Gehalt 52000
        if name in _GRAVEST and any(map(pattern.fullmatch, words)):
            return True
    return False


def _is_one(pattern: re.Pattern[str], name: str) -> bool:
    return bool(pattern.fullmatch(name) or pattern.fullmatch(f"={name}"))


@lru_cache(maxsize=10_000)
def tells_absence(text: str) -> bool:
    """Whether a cell says in a word or three why somebody is away, or what they believe; wherever it was written."""
    return len(text.split()) <= 3 and forbidden(text) in _WHY_AWAY


def emptied(cells: Sequence[str], refused: Sequence[int]) -> tuple[str, ...]:
    """The cells of a refused row without what must not be kept."""
    return tuple("" if place in refused or must_go(cell) else cell for place, cell in enumerate(cells))


def must_go(cell: str) -> bool:
    """Whether a cell of a refused row must not be kept, wherever it stands."""
    return has_iban(cell) or tells_absence(cell)


@lru_cache(maxsize=10_000)
def has_iban(text: str) -> bool:
    """Whether an account number stands in a text: an IBAN whose check digits are right (ISO 13616)."""
    for found in _IBAN.findall(text.upper()):
        plain = re.sub(r"[\s-]", "", found)
        figures = "".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])
        if int(figures) % 97 == 1:
            return True
    return False


_SHORTEST_IBAN = 15
_GRAVEST = frozenset({"birth", "origin", "sex", "health", "belief"})
_LITTLE_WORDS = frozenset({"und", "and", "sehr", "very", "nicht", "not", "wenig", "hoch"})
_WHY_AWAY = frozenset({"health", "belief"})
_RECORDS = frozenset(get_args(Record))
_WATCHED = frozenset({Profile, SkillClaim, Skill}) | _RECORDS


def allowed(row: SourceRow) -> SourceRow | RowFault | Skipped:
    """The row without claims about character; a fault where an account number stands in a text about a person."""
    facts = [fact for statement in row.statements for fact in statement.facts if type(fact) in _WATCHED]
    if any(type(fact) is Profile and _is_private(fact.name, fact.unit) for fact in facts):
        return allowed(_without_private(row))
    character = False
    for fact in facts:
        for text in _texts(fact):
            if len(text) >= _SHORTEST_IBAN and has_iban(text):
                return _fault(row)
        character |= isinstance(fact, SkillClaim) and _is_character(fact.skill)
    if not character:
        return row
    kept: list[Statement] = []
    left_out = list(row.left_out)
    for statement in row.statements:
        rest = tuple(
            fact for fact in statement.facts if not (isinstance(fact, SkillClaim) and _is_character(fact.skill))
        )
        left_out += ["claim.character"] * (len(statement.facts) - len(rest))
        if rest:
            kept.append(statement._replace(facts=rest))
    claims_remain = any(isinstance(fact, SkillClaim) for one in kept for fact in one.facts)
    is_about_a_claim = not kept or kept[0].subject != row.statements[0].subject
    if is_about_a_claim and not claims_remain:
        return Skipped("claim.character")
    return row._replace(statements=tuple(kept), left_out=tuple(left_out))


@lru_cache(maxsize=2_000)
def _is_private(name: str, unit: str) -> bool:
    return bool(_BORN.search(name)) or bool(unit and tells_absence(unit))


def _without_private(row: SourceRow) -> SourceRow:
    """The row without a birthday in a name and a reason of absence in place of a unit."""
    changed: list[str] = []
    statements = []
    for statement in row.statements:
        facts = statement.facts
        for place, fact in enumerate(facts):
            if isinstance(fact, Profile) and _is_private(fact.name, fact.unit):
                name = " ".join(_BORN.sub(" ", fact.name).split())
                told = fact._replace(name=name, unit="" if tells_absence(fact.unit) else fact.unit)
                facts = (*facts[:place], told, *facts[place + 1 :])
                changed.append("value.private")
        statements.append(statement._replace(facts=facts))
    return row._replace(statements=tuple(statements), left_out=(*row.left_out, *changed)) if changed else row


def _texts(fact: Fact) -> Sequence[str]:
    """What a fact says in words about people and things."""
    if isinstance(fact, SkillClaim):
        return (fact.skill, fact.original)
    if isinstance(fact, Profile):
        return (fact.name, fact.unit, fact.login, fact.email, fact.number, fact.account.key)
    if isinstance(fact, Skill):
        return (fact.label_de, fact.description)
    return [value for value in tells(fact).values() if isinstance(value, str)]  # type: ignore[arg-type]


def _fault(row: SourceRow) -> RowFault:
    place = row.statements[0].provenance
    return RowFault(place.file, place.line, "", "", "value.iban", row.cells)
