"""The word lists that are shipped beside this module."""

from functools import cache
from importlib.resources import files


@cache
def phrase_list(name: str) -> tuple[str, ...]:
    """The lines of `NAME.txt` as phrases; those that start with # are left out."""
    text = files("graph_service.text").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.casefold() for line in text.splitlines() if line and not line.startswith("#"))


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of `NAME.txt`; lines that start with # are left out."""
    text = files("graph_service.text").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.casefold().split())
