"""One request to a page: who asks, in which language, what they may open, and the documents they ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Any, cast
from urllib.parse import urlencode

import anyio.to_thread
from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from graph_service.access import Purpose, Role
from graph_service.api.context import Context
from graph_service.api.doors import Doors, spoken
from graph_service.api.execution import run
from graph_service.audit import AuditEvent
from graph_service.errors import AccessRefused, InputRefused, Told
from graph_service.model import moment
from graph_service.resources import text_folder
from graph_service.text.messages import Spoken, sentence
from graph_service.web.navigation import NAVIGATION
from graph_service.web.rendering import HOME, rendered
from graph_service.web.sessions import Session, Sessions
from graph_service.web.shielding import FORM_BYTES, form_of
from graph_service.web.signing_in import Signing

COOKIE = "expert-graph"
LANGUAGE_COOKIE = "expert-graph-language"
KEPT = ("von", "bis", "nach", "konto")
"""What of an address stays when its page is shown in the other language."""
_YEAR = 365 * 86_400


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages share; `question` is what the question page begins with in the demo."""

    doors: Doors
    sessions: Sessions
    signing: Signing
    question: str = ""

    @property
    def own(self) -> str:
        """The address of these pages as people type it; empty: as the request says."""
        return self.doors.service.settings.public_url

    @property
    def is_demo(self) -> bool:
        """Whether all people here are invented."""
        return bool(self.question)


@dataclass(frozen=True, slots=True)
class Found:
    """What a document gave: its data, and errors as GraphQL tells them."""

    data: Mapping[str, Any]
    errors: Sequence[Mapping[str, Any]]

    def of(self, field: str) -> Any:
        """The value of a root field; raises Told with the sentence of the error where there is none."""
        if self.data.get(field) is None and self.errors:
            told = self.errors[0]
            raise Told(told["message"], told.get("extensions", {}).get("code", "request.invalid"))
        return self.data.get(field)

    def done(self, field: str) -> Mapping[str, Any]:
        """The value of a mutation; raises Told where it was refused."""
        value = self.of(field) or {}
        if "code" in value:
            raise Told(value["message"], value["code"])
        return cast(Mapping[str, Any], value)


@cache
def document(name: str) -> str:
    """A document of `queries/graphql/`."""
    return (text_folder("queries") / "graphql" / f"{name}.graphql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody, or of nobody yet."""

    request: Request
    site: Site
    session: Session | None
    language: Spoken

    @property
    def who(self) -> Session:
        """Who has signed in; raises SignInFirst."""
        if self.session is None:
            raise SignInFirst
        return self.session

    @property
    def now(self) -> datetime:
        """The moment answers are about."""
        return moment(self.site.doors.service.now())

    async def enter(self, purpose: Purpose) -> Role:
        """The role in which somebody may open pages for a purpose; raises AccessRefused, and notes it."""
        role = self.who.role_for(purpose)
        if role is None:
            refused = AccessRefused("pages.not_for_you")
            await self.note("access:refused", purpose, code=refused.code)
            raise refused
        return role

    async def note(self, act: str, purpose: str = "", **detail: str | int) -> None:
        """Notes in the audit what somebody did that no document of the interface notes."""
        event = AuditEvent(act, self.who.identity.subject, "", purpose, detail=detail)
        await anyio.to_thread.run_sync(self.site.doors.service.journal.write, event)

    def tell_why(self, refused: InputRefused) -> None:
        """Says on the next page why something was not done."""
        self.who.tell(sentence(refused.code, self.language, **refused.values), is_fault=True)

    async def acting(self, purpose: Purpose) -> Context:
        """What carries a request of somebody in the one role that serves the purpose; counted. Raises AccessRefused."""
        doors = self.site.doors
        asker = await doors.asker(self.who.identity, await self.enter(purpose), purpose.value)
        return Context(doors.service, asker, self.language, spend=doors.spending(asker))

    async def ask(self, name: str, purpose: Purpose, /, **variables: object) -> Found:
        """Asks a document in the one role that serves the purpose; raises AccessRefused."""
        outcome = await run(document(name), variables, None, await self.acting(purpose))
        return Found(outcome.data or {}, outcome.errors)

    async def form(self, most: int = FORM_BYTES) -> FormData:
        """What a form of ours brings; raises AccessRefused, InputRefused."""
        return await form_of(self.request, self.site.own, self.who.token, most)

    def show(self, template: str, status: int = 200, **values: object) -> HTMLResponse:
        """A page in the frame of all pages."""
        who = self.session
        entries = [entry for entry in NAVIGATION if who and entry.is_open_to(who.identity)]
        frame = {
            "who": who,
            "entries": entries,
            "path": self.request.url.path,
            "is_demo": self.site.is_demo,
            "now": self.now,
            "zone": HOME,
            "told": who.told_now() if who else [],
            "other_language": self._in_other_language(),
            "csrf": who.token if who else "",
        }
        page = HTMLResponse(rendered(template, self.language, frame | values), status)
        if self.request.query_params.get("sprache") == self.language:
            page.set_cookie(LANGUAGE_COOKIE, self.language, _YEAR, httponly=True, samesite="lax", secure=self.is_safe)
        return page

    def _in_other_language(self) -> tuple[str, str]:
        """The other language, and this very page in it."""
        other = "en" if self.language == "de" else "de"
        kept = {name: value for name, value in self.request.query_params.items() if name in KEPT}
        return other, f"?{urlencode({**kept, 'sprache': other})}"

    def go(self, path: str) -> RedirectResponse:
        """Goes on to another page of ours."""
        return RedirectResponse(path, 303)

    @property
    def is_safe(self) -> bool:
        """Whether people come here by TLS."""
        return (self.site.own or str(self.request.base_url)).startswith("https:")


class SignInFirst(Exception):
    """Raised where a page is only for who has signed in."""


async def visit_of(request: Request) -> Visit:
    """The visit of a request."""
    site: Site = request.app.state.site
    session = site.sessions.of(request.cookies.get(COOKIE, ""))
    if session is not None:
        session = await site.signing.still(session)
    asked = request.query_params.get("sprache") or request.cookies.get(LANGUAGE_COOKIE)
    usual = spoken(request.headers.get("accept-language", ""), site.doors.service.language)
    return Visit(request, site, session, cast(Spoken, asked) if asked in ("de", "en") else usual)


Visiting = Annotated[Visit, Depends(visit_of)]
