"""GraphQL on FastAPI: POST /graphql, the same over a WebSocket, and a sign of life."""

import asyncio
from collections.abc import AsyncIterator

import orjson
from fastapi import FastAPI, Request, Response, WebSocket
from starlette.requests import ClientDisconnect

from graph_service.api.context import Context
from graph_service.api.doors import BODY_LIMIT, Doors, parsed, refusal, spoken, status_of
from graph_service.api.execution import run
from graph_service.api.socket import talk
from graph_service.api.uploading import bring, check_may_bring
from graph_service.errors import AccessRefused, InputRefused, StoreError
from graph_service.model import moment
from graph_service.text.messages import Spoken
from graph_service.wiring import Service

BODY_SECONDS = 30
UPLOAD_SECONDS = 900
_MODERN = "application/graphql-response+json"
_ACCEPTED = (_MODERN, "application/json", "application/*", "*/*")


def build_app(service: Service, doors: Doors | None = None) -> FastAPI:
    """The application; whoever has not signed in is refused before GraphQL looks at anything. `doors` are those that
    the pages share with it."""
    app = FastAPI(title="expert-graph", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    doors = doors or Doors(service)

    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "alive"}

    @app.post("/graphql")
    async def graphql(request: Request) -> Response:
        language = spoken(request.headers.get("accept-language", ""), service.language)
        accept = request.headers.get("accept", "").casefold() or "*/*"
        if not any(kind in accept for kind in _ACCEPTED):
            return Response(status_code=406)
        try:
            return await _answered(doors, request, language, _MODERN if _MODERN in accept else None)
        except AccessRefused as refused:
            return _denied(refused, language)
        except StoreError as failed:
            return _json({"errors": [refusal(failed.code, language, **failed.values)]}, 503, None)
        except (ClientDisconnect, TimeoutError):
            return Response(status_code=408)
        except InputRefused as refused:
            status = 413 if refused.code == "request.too_large" else 400
            return _json({"errors": [refusal(refused.code, language, **refused.values)]}, status, None)

    @app.post("/uploads")
    async def uploads(request: Request, name: str = "upload") -> Response:
        language = spoken(request.headers.get("accept-language", ""), service.language)
        try:
            return await _uploaded(doors, request, name)
        except AccessRefused as refused:
            return _denied(refused, language)
        except StoreError as failed:
            return _json({"errors": [refusal(failed.code, language, **failed.values)]}, 503, None)
        except (ClientDisconnect, TimeoutError):
            return Response(status_code=408)
        except InputRefused as refused:
            status = 413 if refused.code == "upload.too_large" else 400
            return _json({"errors": [refusal(refused.code, language, **refused.values)]}, status, None)

    @app.websocket("/graphql")
    async def socket(websocket: WebSocket) -> None:
        await talk(doors, websocket, spoken(websocket.headers.get("accept-language", ""), service.language))

    return app


async def _answered(doors: Doors, request: Request, language: Spoken, media_type: str | None) -> Response:
    given = request.headers.getlist("authorization")
    if len(given) > 1:
        raise AccessRefused("access.two_tokens")
    identity = await doors.identity(given[0] if given else "")
    async with asyncio.timeout(BODY_SECONDS):
        asked = parsed(await _body(request.stream()))
    role = request.headers.get("x-role") or asked.role
    asker = await doors.asker(identity, role, request.headers.get("x-purpose") or asked.purpose)
    context = Context(doors.service, asker, language, spend=doors.spending(asker))
    outcome = await run(asked.document, asked.variables, asked.operation_name, context)
    return _json(outcome.body, 200 if outcome.executed else 400, media_type)


async def _uploaded(doors: Doors, request: Request, name: str) -> Response:
    """Streams a file in, for those who may import; it is kept for an hour."""
    given = request.headers.getlist("authorization")
    if len(given) > 1:
        raise AccessRefused("access.two_tokens")
    identity = await doors.identity(given[0] if given else "")
    asker = await doors.asker(identity, request.headers.get("x-role"), request.headers.get("x-purpose"))
    context = Context(doors.service, asker, doors.service.language)
    await check_may_bring(context)
    async with asyncio.timeout(UPLOAD_SECONDS):
        upload = await bring(context, request.stream(), name)
    told = {
        "uploadId": upload.id,
        "name": upload.name,
        "bytes": upload.size,
        "sha256": upload.digest,
        "expiresAt": moment(upload.expires_at).isoformat(),
    }
    return _json(told, 201, None)


async def _body(stream: AsyncIterator[bytes]) -> bytes:
    body = bytearray()
    async for part in stream:
        body += part
        if len(body) > BODY_LIMIT:
            raise InputRefused("request.too_large", limit=BODY_LIMIT)
    return bytes(body)


def _denied(refused: AccessRefused, language: Spoken) -> Response:
    answer = _json({"errors": [refusal(refused.code, language, **refused.values)]}, status_of(refused), None)
    if answer.status_code == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if "seconds" in refused.values:
        answer.headers["Retry-After"] = str(refused.values["seconds"])
    return answer


def _json(content: object, status: int, media_type: str | None) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(content), status, headers, media_type or "application/json")
