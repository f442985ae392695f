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
from graph_service.web.navigation import roles_for

HOLDS = 8 * 3_600_000
"""Milliseconds a session holds; the provider's token is only good for signing in."""
MOST_SESSIONS = 2_000
MOST_OF_ONE = 10
MOST_QUESTIONS = 60
MOST_ANALYSES = 3
MOST_TAKINGS = 20


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked on the pages: the words or a case's id, what is given beside them (`GivenInput`), whom they
    could not reach how often, numbers that an override has opened, and a correction that could not be read, as it was
    typed."""

    text: str = ""
    case_id: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    unreached: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """Something to be said once: what was done, or (`is_fault`) why it was not."""

    sentence: str
    is_fault: bool


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
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    told: "list[Line]" = field(default_factory=list)
    announced: "set[str]" = field(default_factory=set)
    questions: "OrderedDict[str, Question]" = field(default_factory=OrderedDict)
    analyses: "OrderedDict[tuple[str, ...], Analysing]" = field(default_factory=OrderedDict)
    takings: "OrderedDict[str, Taking]" = field(default_factory=OrderedDict)

    def role_for(self, purpose: Purpose) -> Role | None:
        """The role in which they open pages for a purpose: the chosen one where it fits; None where none does."""
        fitting = roles_for(self.identity, purpose)
        return self.role if self.role in fitting else next(iter(fitting), None)

    def act_as(self, role: Role) -> None:
        """Goes on in another role; what was asked and brought in the one before is left behind, roles never add up."""
        self.role = role
        self.questions.clear()
        self.analyses.clear()
        self.takings.clear()

    def keep(self, question: Question) -> str:
        """Keeps a question under a name of its own; only the latest are kept."""
        name = secrets.token_urlsafe(12)
        self.questions[name] = question
        _keep_latest(self.questions, MOST_QUESTIONS)
        return name

    def go_on(self, name: str, question: Question) -> None:
        """Puts what has happened since into a question, where it is still kept."""
        if name in self.questions:
            self.questions[name] = question

    def take(self, taking: Taking) -> None:
        """Keeps a file on its way; only the latest are kept."""
        self.takings[taking.upload] = taking
        _keep_latest(self.takings, MOST_TAKINGS)

    def analyse(self, name: tuple[str, ...], begun: Analysing) -> None:
        """Keeps an analysis for looking at it again."""
        self.analyses[name] = begun
        _keep_latest(self.analyses, MOST_ANALYSES)

    def announces(self, what: str) -> bool:
        """Whether this is news in this session; from now on it is none."""
        is_news = what not in self.announced
        self.announced.add(what)
        return is_news

    def tell(self, sentence: str, *, is_fault: bool = False) -> None:
        """Says something on the next page: what was done, or why it was not."""
        self.told.append(Line(sentence, is_fault))

    def told_now(self) -> "list[Line]":
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
            own = [key for key, one in self._kept.items() if one.subject == session.subject]
            for key in own[: len(own) - MOST_OF_ONE + 1]:
                del self._kept[key]
            self._kept[hashed(name)] = session
            _keep_latest(self._kept, MOST_SESSIONS)
        return name

    def of(self, name: str) -> Session | None:
        """Whose cookie it is; None when it is nobody's or over."""
        with self._lock:
            session = self._kept.get(hashed(name))
            if session is None:
                return None
            if session.identity.expires_at <= self._wall():
                del self._kept[hashed(name)]
                return None
            self._kept.move_to_end(hashed(name))
            return session

    def end(self, name: str) -> None:
        """Signs somebody out of this browser."""
        with self._lock:
            self._kept.pop(hashed(name), None)


def hashed(name: str) -> str:
    """What is kept of a name that only a browser holds."""
    return sha256(name.encode("utf-8", "replace")).hexdigest()


def _keep_latest(kept: "OrderedDict[Any, Any]", most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
