"""The whole site: GraphQL, and the pages beside it; its outer door turns every failure into a page."""

import logging
import secrets
from collections.abc import Sequence

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp

from graph_service.access import Identity
from graph_service.api.app import build_app
from graph_service.api.doors import Doors, spoken, status_of
from graph_service.api.execution import place_of
from graph_service.errors import AccessRefused, ExpertGraphError, InputRefused, ProblemRefused, StoreError, UnknownId
from graph_service.text.messages import sentence
from graph_service.web import (
    case_pages,
    health_pages,
    identity_pages,
    import_pages,
    network_pages,
    own_pages,
    question_pages,
    sign_in_pages,
)
from graph_service.web.rendering import static_address, static_files
from graph_service.web.sessions import Sessions
from graph_service.web.shielding import Shielded
from graph_service.web.signing_in import Signing
from graph_service.web.visits import SignInFirst, Site, Visit, visit_of
from graph_service.wiring import Service

PAGES = (
    sign_in_pages,
    question_pages,
    case_pages,
    import_pages,
    identity_pages,
    network_pages,
    own_pages,
    health_pages,
)
FOR_GOOD = "public, max-age=31536000, immutable"
NOTED = ("access.other_site", "access.not_your_role", "access.link_used", "access.sign_in_broken")
"""Refusals that no interface has noted yet; of somebody who has signed in."""
_API = ("/graphql", "/uploads", "/health/")
_log = logging.getLogger("graph_service.web")


def build_site(service: Service, people: Sequence[Identity] = (), question: str = "") -> tuple[ASGIApp, Site]:
    """The application with its pages, and what they share; `people` and the first `question` are the demo's."""
    doors = Doors(service)
    app = build_app(service, doors)
    site = Site(doors, Sessions(service.wall), Signing(service, people), question)
    app.state.site = site
    for pages in PAGES:
        app.include_router(pages.router)
    _serve_files(app)
    _catch(app)
    return Shielded(app), site


def _serve_files(app: FastAPI) -> None:
    @app.get("/static/{digest}/{name}")
    async def static(digest: str, name: str) -> Response:
        if name not in static_files() or static_address(name) != f"/static/{digest}/{name}":
            raise HTTPException(404)
        content, kind = static_files()[name]
        return Response(content, media_type=kind, headers={"Cache-Control": FOR_GOOD})


def _catch(app: FastAPI) -> None:
    """The outer door."""

    @app.exception_handler(SignInFirst)
    async def sign_in_first(request: Request, error: SignInFirst) -> Response:
        return Response(status_code=303, headers={"Location": "/anmelden"})

    @app.exception_handler(ExpertGraphError)
    async def refused(request: Request, error: ExpertGraphError) -> Response:
        visit = await _visit(request)
        if visit.session is not None and error.code in NOTED:
            await visit.note("access:refused", code=error.code)
        told = sentence(error.code, visit.language, **error.values)
        return visit.show("refused.html", _status(error), sentence=told, code=error.values.get("told", error.code))

    @app.exception_handler(TimeoutError)
    @app.exception_handler(ClientDisconnect)
    async def too_slow(request: Request, error: Exception) -> Response:
        return Response(status_code=408)

    @app.exception_handler(HTTPException)
    async def missing(request: Request, error: HTTPException) -> Response:
        if request.url.path.startswith(_API):
            return Response(status_code=error.status_code, headers=error.headers)
        return await _unfit(request, error.status_code)

    @app.exception_handler(RequestValidationError)
    async def no_such_address(request: Request, error: RequestValidationError) -> Response:
        return await _unfit(request, 404)

    @app.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> Response:
        reference = secrets.token_hex(4)
        _log.error("page failed, reference %s: %s in %s", reference, type(error).__name__, place_of(error))
        visit = _of_nobody(request)
        told = sentence("request.internal", visit.language, reference=reference)
        return visit.show("refused.html", 500, sentence=told, code="request.internal")


async def _unfit(request: Request, status: int) -> Response:
    """A page that is not there, or a request that no page of ours sends."""
    visit = await _visit(request)
    code = "pages.no_such_page" if status == 404 else "pages.unfit"
    return visit.show("refused.html", status, sentence=sentence(code, visit.language), code=code)


def _status(error: ExpertGraphError) -> int:
    if str(error.values.get("told", "")).startswith("access."):
        return 403
    if isinstance(error, AccessRefused):
        return status_of(error)
    if isinstance(error, UnknownId):
        return 404
    if isinstance(error, StoreError):
        return 503
    if isinstance(error, InputRefused) and error.code == "request.too_large":
        return 413
    return 400 if isinstance(error, InputRefused | ProblemRefused) else 500


async def _visit(request: Request) -> Visit:
    """The visit, or one of nobody where the store cannot say who it is."""
    try:
        return await visit_of(request)
    except ExpertGraphError:
        return _of_nobody(request)


def _of_nobody(request: Request) -> Visit:
    site: Site = request.app.state.site
    language = spoken(request.headers.get("accept-language", ""), site.doors.service.language)
    return Visit(request, site, None, language)
