"""Who may begin a session: somebody an OIDC provider knows, or, in the demo, who has one of its one-time links."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

import anyio.to_thread

from graph_service.access import Identity, Role
from graph_service.errors import AccessRefused
from graph_service.sign_in import person_now
from graph_service.store import named_queries as nq
from graph_service.web.code_flow import CodeFlow, SignedIn
from graph_service.web.sessions import HOLDS, Session, hashed
from graph_service.wiring import Service, page_provider_of


class Signing:
    """Begins sessions, and looks whether they still hold; `people` are the invented ones of the demo."""

    def __init__(self, service: Service, people: Sequence[Identity] = ()) -> None:
        self._service = service
        provider = page_provider_of(service.settings)
        self.flow = CodeFlow(provider, service.settings.oidc_client_secret.get_secret_value()) if provider else None
        self.people = tuple(people)
        self._links: dict[str, Identity] = {}

    def links(self) -> list[tuple[Identity, str]]:
        """A link for each invented person that lets somebody in once: (who, its token)."""
        made = [(one, secrets.token_urlsafe(24)) for one in self.people]
        self._links |= {hashed(token): one for one, token in made}
        return made

    def by_link(self, token: str) -> Session:
        """Who a one-time link is for; raises AccessRefused for one that is used up or was never made."""
        found = self._links.pop(hashed(token), None)
        if found is None:
            raise AccessRefused("access.link_used")
        return self.as_invented(found)

    def as_invented(self, identity: Identity) -> Session:
        """A session of an invented person."""
        now = self._service.wall()
        return Session(replace(identity, expires_at=now + HOLDS), identity.subject, now, is_demo=True)

    def by_provider(self, found: SignedIn) -> Session:
        """A session of somebody the provider knows; everybody may act for their own data."""
        now, identity = self._service.wall(), found.identity
        roles = identity.roles
        if identity.person is not None and Role.EXPERT not in roles:
            roles = (*roles, Role.EXPERT)
        whole = replace(identity, roles=roles, expires_at=now + HOLDS)
        return Session(whole, found.subject, now, origin=found.origin)

    async def still(self, session: Session) -> Session | None:
        """The session as it holds now: None where all sign-ins of the subject were ended since, and under the person
        that their account means today."""

        def work() -> Session | None:
            ended = self._service.store.state(nq.SIGN_IN_END, subject=session.subject)
            if ended and session.since <= ended[0].rows:
                return None
            if session.origin is not None:
                person = person_now(self._service.store, session.origin)
                if person != session.identity.person:
                    session.identity = replace(session.identity, person=person, subject=f"person:{person}")
            return session

        return await anyio.to_thread.run_sync(work)
