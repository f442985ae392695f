"""Where acts are said: what somebody says themselves, seen with the next question."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph_service.errors import InputRefused
from graph_service.intake.acts import account_of, say
from graph_service.intake.runs import Clocks
from graph_service.model import Attendance, Record, SourceId
from graph_service.store.base import Store

LONGEST_WORDS = 1_000


@dataclass(frozen=True)
class Desk:
    """Where acts are said: the store, its clocks, who says it (their person's id and the name of their sign-in)."""

    store: Store
    clocks: Clocks
    me: str
    actor: str

    @property
    def now(self) -> int:
        """The moment."""
        return self.clocks.now()

    @property
    def account(self) -> SourceId:
        """Their own account."""
        return account_of(self.store, self.me)

    def said(self, act: str, *facts: Record | Sequence[Attendance]) -> None:
        """Takes it in."""
        say(self.store, self.clocks, act, self.actor, facts)


def words_of(text: str, code: str = "act.words") -> str:
    """The words; raises InputRefused for none or too many."""
    words = " ".join(text.split())
    if not words or len(words) > LONGEST_WORDS:
        raise InputRefused(code, most=LONGEST_WORDS)
    return words
