"""What goes into the Writer and what comes out of it."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graph_service.model import Provenance

UNDATED = -1


class Effect(enum.Enum):
    """What taking a statement in did; MENTIONED is an account, whether it is new or not."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OLDER = "older"
    REPEATED = "repeated"
    MENTIONED = "mentioned"


class Entry(NamedTuple):
    """A statement as rows of fact tables; `known_at` is the earliest moment they tell, `latest` the last."""

    statement: str
    subject: str
    provenance: Provenance
    stated_at: int
    known_at: int
    latest: int
    rows: Mapping[str, Sequence[Mapping[str, object]]]

    @property
    def is_account(self) -> bool:
        """Whether it only says that an account exists; such an entry means the same in every row."""
        return "account" in self.rows


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something an undone run said that a later run has changed: where the one and the other stand."""

    file: str
    line: int
    later_run: int
    later_file: str
    later_line: int
    later_actor: str = ""
