"""Who has signed in to the pages: kept in this process, found by a cookie that holds nothing but a random name."""

import asyncio
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from graph_service.access import Identity, Purpose, Role
from graph_service.errors import AccessRefused
from graph_service.text.messages import Spoken
from graph_service.web.navigation import roles_for

HOLDS = 8 * 3_600_000
"""Milliseconds a session holds; the provider's token is only good for signing in."""
MOST_SESSIONS = 2_000
MOST_QUESTIONS = 12
MOST_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked on the pages: the words or a case's id, what is given beside them (`GivenInput`), whom they
    could not reach how often, and numbers that an override has opened."""

    text: str = ""
    case_id: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    unreached: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given: the value of the document, when (instant on the wall), in which language and role."""

    answer: Mapping[str, Any]
    at: int
    language: Spoken
    role: Role


@dataclass
class Taking:
    """A file on its way in: its upload, what is given with it (`ImportInput`), the work under way or done, and how it
    was read last."""

    upload: str
    name: str
    given: Mapping[str, Any]
    is_commit: bool = False
    mapping: str = ""
    work: "asyncio.Task[Any] | None" = None


@dataclass(frozen=True, slots=True)
class Analysing:
    """An analysis under way or done: since when (instant on the wall)."""

    work: "asyncio.Task[Any]"
    at: int


@dataclass
class Session:
    """Somebody who has signed in, in one browser; `subject` is how the provider calls them, `since` when (instant),
    `origin` the id of the person that their account alone would be."""

    identity: Identity
    subject: str
    since: int
    is_demo: bool = False
    origin: str | None = None
    role: Role | None = None
    language: Spoken | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    told: list[str] = field(default_factory=list)
    questions: "OrderedDict[str, Question]" = field(default_factory=OrderedDict)
    answers: "OrderedDict[str, Given]" = field(default_factory=OrderedDict)
    analyses: "OrderedDict[tuple[str, ...], Analysing]" = field(default_factory=OrderedDict)
    takings: dict[str, Taking] = field(default_factory=dict)

    def role_for(self, purpose: Purpose) -> Role:
        """The role in which they act for a purpose: the chosen one where it fits; raises AccessRefused for none."""
        fitting = roles_for(self.identity, purpose)
        if not fitting:
            raise AccessRefused("access.no_role_for_purpose", purpose=purpose)
        return self.role if self.role in fitting else fitting[0]

    def keep(self, question: Question, answer: Given | None = None) -> str:
        """Keeps a question under a name of its own; only the latest are kept."""
        name = secrets.token_urlsafe(12)
        self.questions[name] = question
        while len(self.questions) > MOST_QUESTIONS:
            self.answers.pop(self.questions.popitem(last=False)[0], None)
        if answer is not None:
            self.remember(name, answer)
        return name

    def remember(self, name: str, answer: Given) -> None:
        """Keeps an answer for going back to it."""
        self.answers[name] = answer
        self.answers.move_to_end(name)
        while len(self.answers) > MOST_ANSWERS:
            self.answers.popitem(last=False)

    def analyse(self, name: tuple[str, ...], begun: Analysing) -> None:
        """Keeps an analysis for looking at it again."""
        self.analyses[name] = begun
        while len(self.analyses) > MOST_ANSWERS:
            self.analyses.popitem(last=False)[1].work.cancel()

    def tell(self, sentence: str) -> None:
        """Says something on the next page."""
        self.told.append(sentence)

    def told_now(self) -> list[str]:
        """What is to be said on this page, once."""
        told, self.told = self.told, []
        return told


class Sessions:
    """The sessions of this process, found by the SHA-256 of what the cookie holds."""

    def __init__(self, wall: Callable[[], int]) -> None:
        self._wall = wall
        self._kept: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, session: Session) -> str:
        """Takes somebody in; returns what their cookie holds."""
        name = secrets.token_urlsafe(32)
        with self._lock:
            self._kept[_hashed(name)] = session
            while len(self._kept) > MOST_SESSIONS:
                self._kept.popitem(last=False)
        return name

    def of(self, name: str) -> Session | None:
        """Whose cookie it is; None when it is nobody's or over."""
        with self._lock:
            session = self._kept.get(_hashed(name))
            if session is None:
                return None
            if session.identity.expires_at <= self._wall():
                del self._kept[_hashed(name)]
                return None
            self._kept.move_to_end(_hashed(name))
            return session

    def end(self, name: str) -> None:
        """Signs somebody out of this browser."""
        with self._lock:
            self._kept.pop(_hashed(name), None)


def _hashed(name: str) -> str:
    return sha256(name.encode("utf-8", "replace")).hexdigest()
