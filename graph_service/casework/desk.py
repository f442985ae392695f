"""Where acts are said: what somebody says themselves, seen with the next question."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph_service.errors import InputRefused
from graph_service.intake.acts import account_of, say
from graph_service.intake.runs import Clocks
from graph_service.model import DAY, Attendance, Record, SourceId
from graph_service.store.base import Store
from graph_service.text.terms import visible

LONGEST_WORDS = 1_000
LATEST = 3_653 * DAY


@dataclass(frozen=True)
class Desk:
    """Where acts are said: the store, its clocks, who says it (their person's id and the name of their sign-in),
    and what names of things told to people are made with."""

    store: Store
    clocks: Clocks
    me: str
    actor: str
    secret: str = ""

    @property
    def now(self) -> int:
        """The moment."""
        return self.clocks.now()

    @property
    def account(self) -> SourceId:
        """Their own account."""
        return account_of(self.store, self.me)

    def until(self, at: int) -> int:
        """A moment that somebody gives as an end; raises InputRefused for one that is further off than ten years."""
        if at > self.now + LATEST:
            raise InputRefused("act.too_far")
        return at

    def said(self, act: str, *facts: Record | Sequence[Attendance]) -> None:
        """Takes it in."""
        say(self.store, self.clocks, act, self.actor, facts)


def words_of(text: str, code: str = "act.words") -> str:
    """The words; raises InputRefused for none or too many."""
    words = visible(text)
    if not words or len(words) > LONGEST_WORDS:
        raise InputRefused(code, most=LONGEST_WORDS)
    return words
