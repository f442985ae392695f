"""What a request carries: who asks, in which role and for what, and what it has to tell the audit."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NoReturn, TypeVar

import anyio.to_thread

from graph_service.access import EVERYTHING, Asker, FieldClass, Reach, Role, scope_of
from graph_service.access.roles import HELPERS
from graph_service.audit import AuditEvent, Decision, audit_name
from graph_service.errors import AccessRefused
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, View
from graph_service.text.messages import Spoken
from graph_service.wiring import Service

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Context:
    """One request: the service, the asker, the language of sentences, the events noted so far, and what counts further
    questions in it against the asker's rate (raises AccessRefused)."""

    service: Service
    asker: Asker
    language: Spoken
    events: list[AuditEvent] = field(default_factory=list)
    spend: Callable[[int], None] = lambda count: None

    @property
    def store(self) -> Store:
        """The store behind the service."""
        return self.service.store

    async def in_view(self, as_of: datetime | None, work: Callable[[View], Result]) -> Result:
        """Runs `work` in a worker thread with a View of `as_of` that shows what the asker may see."""
        return await self.in_thread(lambda: self.with_view(self.service.as_of(as_of), work))

    def with_view(self, as_of: int, work: Callable[[View], Result]) -> Result:
        """The same where a thread is at hand; `as_of` is an instant."""
        with self.store.view(scope_of(self.asker, self._unit()), as_of=as_of) as view:
            return work(view)

    async def in_thread(self, work: Callable[[], Result]) -> Result:
        """Runs `work`, which may wait for the store, in a worker thread."""
        return await anyio.to_thread.run_sync(work)

    def _unit(self) -> str:
        """A team lead's own unit; nothing without one."""
        person = self.asker.identity.person
        if self.asker.role is not Role.TEAM_LEAD or person is None:
            return ""
        with self.store.view(EVERYTHING, as_of=self.service.now()) as view:
            return next((row.unit for row in view.ask(nq.NAMES, people=[person]) if row.unit), "")

    def note(self, act: str, people: Iterable[str] = (), decision: Decision | None = None, **detail: str | int) -> None:
        """Notes what this request does; it is in the audit before the answer leaves."""
        asker = self.asker
        named = tuple(dict.fromkeys(people))
        event = AuditEvent(act, asker.identity.subject, asker.role, asker.purpose, named, detail, decision)
        if event not in self.events:  # a field refused for many rows is one refusal
            self.events.append(event)

    def keep_events(self) -> None:
        """Writes what was noted into the audit; raises StoreError when it cannot be, then nothing may be answered."""
        if self.events:
            self.service.journal.write(*self.events)
            self.events.clear()

    def act(self, act: str, people: Iterable[str] = (), **detail: str | int) -> None:
        """Notes what is about to be done, in the audit before it is; raises StoreError."""
        self.note(act, people, None, **detail)
        self.keep_events()

    def check(self, shows: FieldClass, reaches: Iterable[Reach]) -> None:
        """Raises AccessRefused, and notes it, unless the asker sees a field class in one of these ways."""
        if self.asker.reach(shows) not in reaches:
            self.refuse(
                AccessRefused("access.not_yours", role=self.asker.role, purpose=self.asker.purpose), shows.value
            )

    def refuse(self, refused: AccessRefused, what: str) -> NoReturn:
        """Notes that the asker was refused something, and raises it."""
        self.note("access:refused", what=what, code=refused.code)
        raise refused

    @property
    def me(self) -> str:
        """The person who asks; raises AccessRefused, and notes it, when the sign-in belongs to nobody here."""
        person = self.asker.identity.person
        if person is None:
            self.refuse(AccessRefused("access.nobody_here"), "viewer")
        return person

    def shown_before(self, cases: Iterable[str]) -> set[str]:
        """Those of these cases that were named in an answer to this asker."""
        if self.asker.role not in HELPERS:
            return set()
        who = audit_name(self.store, self.asker.identity.subject)
        things = sorted(cases)
        rows = self.store.journal(nq.SHOWN_TO, asker=who, things=things) if who and things else []
        return {row.person for row in rows}
