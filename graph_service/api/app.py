"""GraphQL over HTTP on FastAPI: POST /graphql with a bearer token, and a sign of life."""

import asyncio
import hmac
from collections.abc import AsyncIterator
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from starlette.requests import ClientDisconnect

from graph_service.api.execution import run
from graph_service.api.schema import Context
from graph_service.errors import InputRefused
from graph_service.text.messages import Spoken, sentence
from graph_service.wiring import Service

BODY_LIMIT = 524_288
BODY_SECONDS = 30
_MODERN = "application/graphql-response+json"
_ACCEPTED = (_MODERN, "application/json", "application/*", "*/*")


def build_app(service: Service, token: str) -> FastAPI:
    """The application; every request to /graphql needs the token."""
    app = FastAPI(title="expert-graph", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "alive"}

    @app.post("/graphql")
    async def graphql(request: Request) -> Response:
        language = spoken(request.headers.get("accept-language", ""), service.language)
        accept = request.headers.get("accept", "").casefold() or "*/*"
        if not any(kind in accept for kind in _ACCEPTED):
            return Response(status_code=406)
        if not _authorised(request.headers.get("authorization", ""), token):
            return _refused("request.unauthorised", language, 401)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                asked = _asked(await _body(request.stream()))
        except (ClientDisconnect, TimeoutError):
            return Response(status_code=408)
        except InputRefused as refused:
            status = 413 if refused.code == "request.too_large" else 400
            return _refused(refused.code, language, status, **refused.values)
        outcome = await run(*asked, Context(service, language))
        return _json(outcome.body, 200 if outcome.executed else 400, _MODERN if _MODERN in accept else None)

    return app


def spoken(accept_language: str, fallback: Spoken) -> Spoken:
    """The first of German and English that Accept-Language names, by its weights."""
    wanted: list[tuple[float, str]] = []
    for part in accept_language.split(",")[:20]:
        tag, _, weight = part.strip().partition(";q=")
        try:
            wanted.append((-float(weight or 1), tag[:2].casefold()))
        except ValueError:
            continue
    for _, tag in sorted(wanted, key=lambda entry: entry[0]):
        if tag == "de":
            return "de"
        if tag == "en":
            return "en"
    return fallback


def _authorised(header: str, token: str) -> bool:
    scheme, _, given = header.partition(" ")
    return scheme.casefold() == "bearer" and hmac.compare_digest(
        given.strip().encode("latin-1", "replace"), token.encode()
    )


async def _body(stream: AsyncIterator[bytes]) -> bytes:
    body = bytearray()
    async for part in stream:
        body += part
        if len(body) > BODY_LIMIT:
            raise InputRefused("request.too_large", limit=BODY_LIMIT)
    return bytes(body)


def _asked(body: bytes) -> tuple[str, dict[str, Any] | None, str | None]:
    """(document, variables, operation name) of a request body; raises InputRefused for any other shape."""
    try:
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise InputRefused("request.not_json") from None
    if not isinstance(parsed, dict) or not isinstance(parsed.get("query"), str):
        raise InputRefused("request.not_json")
    variables, name = parsed.get("variables"), parsed.get("operationName")
    if not isinstance(variables, dict | None) or not isinstance(name, str | None):
        raise InputRefused("request.not_json")
    return parsed["query"], variables, name


def _refused(code: str, language: Spoken, status: int, **values: object) -> Response:
    error = {"message": sentence(code, language, **values), "extensions": {"code": code}}
    return _json({"errors": [error]}, status, None)


def _json(content: object, status: int, media_type: str | None) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(content), status, headers, media_type or "application/json")
