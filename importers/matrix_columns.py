"""Which columns of a matrix are skills: by their names, and by what stands in them."""

import re
from collections.abc import Sequence

from graph_service.errors import FileRefused
from importers.columns import plain_name
from importers.levels import MARKS, NOTHING, PLANNED, WORDS, level
from importers.tables import Look
from importers.tabular import CellFault

_NO_SKILL = re.compile(
    r"(lfd\.?\s*)?nr\.?|rang|punkte|tage|jahre\b.*|gesamtnote|anzahl.*|(gesamt)?summe.*|.*schnitt|"
    r"mittelwert|gesamt(punkte|wert)?|total|"
    r"(.*\s)?(soll|ziel|target|required)(wert|stufe|level|niveau)?|(soll|ziel|target|required)\s.*",
    re.IGNORECASE,
)
"""Columns that count, sum up or say what ought to be."""
_BESIDE = frozenset({"abteilung", "team", "bereich", "kostenstelle", "standort", "eintritt", "austritt", "funktion",
                     "department", "vorgesetzter", "schicht", "bemerkung"})  # fmt: skip
"""Columns that usually stand beside the skills of a matrix and tell nothing against it."""
_PERSON = re.compile(r"[^\W\d_][\w-]+, [^\W\d_][\w-]+")
_YES_AND_NO = frozenset({"yes", "no", "ja", "nein", "true", "false", "wahr", "falsch"})
_SIGNS = frozenset({*MARKS, *WORDS, *NOTHING, *PLANNED})


def may_be_skill(header: str) -> bool:
    """Whether a column of this name may be a skill."""
    return bool(header) and not _NO_SKILL.fullmatch(header.strip())


def is_beside(header: str) -> bool:
    """Whether a column usually stands beside skills."""
    return plain_name(header) in _BESIDE


def are_levels(values: Sequence[str], trusted: int) -> bool:
    """Whether cells are short marks of a scale: figures up to 10, ranges, crosses, words for levels; yes and no alone
    only beside somebody's name (1), TRUE and FALSE of a workbook beside a personnel number (2): lists of accounts are
    full of them."""
    said = set(values)
    if said <= {"true", "false"} or ({one.casefold() for one in said} <= _YES_AND_NO and trusted < _needed(said)):
        return False
    fitting = sum(_is_level(value) for value in values)
    return bool(values) and fitting >= 0.9 * len(values)


def _needed(said: set[str]) -> int:
    return 2 if said <= {"TRUE", "FALSE"} else 1


def _is_level(value: str) -> bool:
    if value.casefold() in _SIGNS:
        return True
    try:
        level(value, "0-100" if value.endswith("%") else "0-10", {}, "")
    except CellFault:
        return False
    return len(value) <= 7


def check_shape(look: Look | None, file: str) -> None:
    """Raises FileRefused for a second header line (`Soll | Ist`), and for people in the header."""
    if look is None:
        return
    first = {cell.strip().casefold() for cell in look.rows[0].cells} if look.rows else set()
    if {"soll", "ist"} <= first:
        raise FileRefused("file.two_headers", file=file)
    if sum(bool(_PERSON.fullmatch(name.strip())) for name in look.header) > 1:
        raise FileRefused("file.people_in_header", file=file)
