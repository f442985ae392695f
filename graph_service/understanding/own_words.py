"""How somebody at a customer speaks with us, read from their own words: form of address and signature, as a proposal.

Nothing is read about moods. What is read is shown with its quote, and holds only once a person has confirmed it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph_service.text.terms import composed

_QUOTED = re.compile(r"[„“\"»](?P<quote>[^„“”\"»«]{3,2000})[“”\"«]")
_SENTENCE = re.compile(r"[^.!?\n]+")
_DU = re.compile(r"\b(?:du|dir|dich|dein(?:e[mnrs]?)?|euch|eu(?:er|re[mnrs]?))\b")
_SIE = re.compile(r"(?<=[\w,;] )(?:Sie|Ihnen|Ihre?[mnrs]?)\b")
_SIGNED = re.compile(
    r"\b(?:(?i:gr[uü](?:ß|ss)e?n?|mfg|vg|lg|regards|sincerely))\b[\s,.!]*"
    r"(?P<name>[A-ZÄÖÜ][\w.\-]{1,30}(?: [A-ZÄÖÜ][\w.\-]{1,30}){0,2})"
)
_LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Proposal:
    """SIE or DU (empty: the words tell neither, or both), how they sign (empty: they do not), and the words."""

    address: str
    signature: str
    quote: str


def quoted_in(text: str) -> list[str]:
    """What stands in quotation marks."""
    return [found["quote"] for found in _QUOTED.finditer(composed(text))]


def proposal_of(words: Iterable[str]) -> Proposal | None:
    """What their own words tell; None where they tell nothing."""
    told = [composed(one) for one in words]
    by = {address: _first(pattern, told) for address, pattern in (("DU", _DU), ("SIE", _SIE))}
    address = next((one for one, quote in by.items() if quote), "") if not all(by.values()) else ""
    signed = next((found for one in told if (found := _SIGNED.search(one))), None)
    if not address and signed is None:
        return None
    quote = by[address] if address else signed[0] if signed else ""
    return Proposal(address, signed["name"] if signed else "", " ".join(quote.split())[:_LONGEST_QUOTE])


def _first(pattern: re.Pattern[str], told: Iterable[str]) -> str:
    """The first sentence that has it."""
    return next((one[0] for text in told for one in _SENTENCE.finditer(text) if pattern.search(one[0])), "")
