"""The word lists that are shipped beside this module."""

from functools import cache
from importlib.resources import files


def _lines(name: str) -> list[str]:
    text = files("graph_service.text").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.casefold().splitlines() if line and not line.startswith("#")]


@cache
def phrase_list(name: str) -> tuple[str, ...]:
    """The lines of `NAME.txt` as phrases; those that start with # are left out."""
    return tuple(_lines(name))


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of `NAME.txt`; lines that start with # are left out."""
    return frozenset(word for line in _lines(name) for word in line.split())
