"""Kinds of contact, what each counts and how long it lasts (`answer.md` 3, ties)."""

import enum
from dataclasses import dataclass

import numpy as np


class ContactKind(enum.StrEnum):
    """In which way two people were in contact; CASE: both worked on it."""

    CHAT = "CHAT"
    MAIL = "MAIL"
    CALL = "CALL"
    MEETING = "MEETING"
    INFORMAL = "INFORMAL"
    VISIT = "VISIT"
    CASE = "CASE"
    TRAINING = "TRAINING"
    INTERNSHIP = "INTERNSHIP"


@dataclass(frozen=True, slots=True)
class TieKind:
    """A kind of contact: what one counts, and after how many days half of it."""

    name: ContactKind
    weight: float
    half_life: float


TIE_KINDS = (
    TieKind(ContactKind.CHAT, 0.3, 30),
    TieKind(ContactKind.MAIL, 0.5, 60),
    TieKind(ContactKind.CALL, 1.0, 90),
    TieKind(ContactKind.MEETING, 1.5, 120),
    TieKind(ContactKind.INFORMAL, 1.0, 180),
    TieKind(ContactKind.VISIT, 3.0, 365),
    TieKind(ContactKind.CASE, 3.0, 365),
    TieKind(ContactKind.TRAINING, 3.0, 365),
    TieKind(ContactKind.INTERNSHIP, 3.0, 365),
)
"""`answer.md` 3, ties."""
KIND_NAMES = tuple(kind.name.value for kind in TIE_KINDS)
PLACES = {name: place for place, name in enumerate(KIND_NAMES)}
"""Where each kind stands in arrays."""
WEIGHTS = np.array([kind.weight for kind in TIE_KINDS])
HALF_LIVES = np.array([kind.half_life for kind in TIE_KINDS])
LIVING = 0.25
"""From which strength on a tie is living; a weaker one is dormant."""
SCALE = 1.5
"""The strength at which a tie is 1 - 1/e."""
INTRODUCED = 0.6
"""What being introduced is worth beside knowing somebody."""
OF_OTHERS = 0.5
"""What a living tie between two others counts, however strong it is."""
