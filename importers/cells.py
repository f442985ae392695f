"""Figures, keys and names in a cell."""

import re
from collections.abc import Sequence

from importers.tabular import CellFault

_FIGURE = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,25})?(?:[eE][+-]?\d{1,2})?")


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
    """Whether letters of a name were lost on the way: `?` or the replacement mark stand in no name."""
    return "\ufffd" in name or "?" in name
