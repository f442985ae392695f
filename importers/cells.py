"""Figures, keys and names in a cell."""

import re
from collections.abc import Sequence

from importers.tabular import CellFault

_FIGURE = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,25})?(?:[eE][+-]?\d{1,2})?")
_TWICE = re.compile(r"[ÃÅÄ][\u0080-\u00bf\u0152-\u0178\u2013-\u203a\u20ac\u2122]")
_TITLE = re.compile(
    r"mba|m\.?sc\.?|b\.?sc\.?|m\.?a\.?|b\.?a\.?|ph\.?d\.?|dr\.?|prof\.?|ing\.?|dipl\.?|ll\.?m\.?|jr\.?|sr\.?|cfa|pmp"
)
_NO_KEY = frozenset({"-", "–", "0", "k.a.", "k. a.", "n/a", "unbekannt", "unknown", "keine", "none", "null", "?"})
_TOTAL = re.compile(
    r"(gesamt)?(summe|total|durchschnitt|anzahl|mittelwert|schnitt|gesamt|soll|ziel|ist)n?\b[-: ]*(\d[\d.,]*|punkte|"
    r"besetzung|stufe|stand|wert|ma|der .*|aller .*|mitarbeiter|personen)?|mindestbesetzung|abdeckung|delta|differenz",
    re.IGNORECASE,
)
_ROUNDED = re.compile(r"\d[.,]\d+[eE]\+?\d+")
_WHOLE = re.compile(r"\d+[.,]0")


def figure(value: str, column: str) -> float:
    """A number with decimal comma or point, thousands marked, the minus at either end, a percent sign after it. Raises
    CellFault."""
    text = value.strip().replace("\u00a0", "").replace(" ", "").removesuffix("%")
    if text.endswith("-"):
        text = f"-{text[:-1]}"
    if "," in text and text.rfind(".") > text.rfind(","):
        text = text.replace(",", "")
    elif "," in text:
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3})+", text):
        text = text.replace(".", "")
    if not _FIGURE.fullmatch(text):
        raise CellFault(column, value, "value.not_a_number")
    return float(text)


def padded(value: str, form: str) -> str:
    """A key as text; `pad N` fills figures with zeros from the left to N places."""
    text = value.strip()
    return text.zfill(int(form[4:])) if form.startswith("pad ") and text.isdecimal() else text


def pad_form(values: Sequence[str]) -> str:
    """`pad N` where keys with leading zeros have N figures: a spreadsheet leaves the zeros away, here or next month."""
    widths = {len(value) for value in values if value.isdecimal() and value.startswith("0")}
    return f"pad {max(widths)}" if len(widths) == 1 else ""


def name_is_damaged(name: str) -> bool:
    """Whether letters of a name were lost on the way: `?` or the replacement mark stand in no name, nor does what
    becomes of an umlaut that was encoded twice."""
    return "\ufffd" in name or "?" in name or bool(_TWICE.search(name))


def is_title(text: str) -> bool:
    """Whether what stands behind a comma is a degree, and no first name."""
    return bool(text.split()) and all(_TITLE.fullmatch(word.strip(",;").casefold()) for word in text.split())


def is_total(name: str) -> bool:
    """Whether a line's name says that it sums up others, or says what ought to be."""
    return bool(_TOTAL.fullmatch(name.strip()))


def key_of(value: str, column: str) -> str:
    """A key as it is meant: nothing for signs that say there is none, whole figures without a decimal part. Raises
    CellFault where a spreadsheet has rounded it."""
    text = value.strip()
    if text.isdecimal() and text != "0":
        return text
    if text.casefold() in _NO_KEY:
        return ""
    if _ROUNDED.fullmatch(text):
        raise CellFault(column, value, "value.rounded_key")
    return text[:-2] if _WHOLE.fullmatch(text) else text
