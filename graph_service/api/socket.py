"""GraphQL over a WebSocket: graphql-transport-ws with the token in `connection_init`.

The sign-in is looked at again before each operation and every half minute, so that a revoked key ends an open socket.
"""

import asyncio
from typing import Any

import orjson
from fastapi import WebSocket, WebSocketDisconnect

from graph_service.access import Identity
from graph_service.api.context import Context
from graph_service.api.doors import BODY_LIMIT, Doors, asked_of, refusal, role_and_purpose
from graph_service.api.execution import run
from graph_service.errors import AccessRefused, ExpertGraphError, InputRefused, StoreError
from graph_service.text.messages import Spoken

PROTOCOL = "graphql-transport-ws"
INIT_SECONDS = 10
CHECK_SECONDS = 30
_BAD, _UNAUTHORISED, _FORBIDDEN, _LATE, _TWICE, _NO_PROTOCOL, _INTERNAL = 4400, 4401, 4403, 4408, 4429, 4406, 1011


class _Closing(Exception):
    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


async def talk(doors: Doors, websocket: WebSocket, language: Spoken) -> None:
    """One socket from its opening to its end."""
    if PROTOCOL not in websocket.scope.get("subprotocols", []) or not _is_same_origin(websocket):
        await websocket.accept(PROTOCOL)
        await websocket.close(_NO_PROTOCOL, "Subprotocol not acceptable")
        return
    await websocket.accept(PROTOCOL)
    talking = _Talk(doors, websocket, language)
    try:
        await talking.begin()
        while True:
            await talking.step()
    except WebSocketDisconnect:
        return
    except _Closing as closing:
        await websocket.close(closing.code, closing.reason)
    except AccessRefused as refused:
        await websocket.close(_FORBIDDEN if talking.identity else _UNAUTHORISED, refused.code)
    except StoreError as failed:
        await websocket.close(_INTERNAL, failed.code)


def _is_same_origin(websocket: WebSocket) -> bool:
    """A browser tells where its page came from; a page of another host may not talk to us."""
    origin = websocket.headers.get("origin")
    return origin is None or origin.partition("://")[2] == websocket.headers.get("host")


class _Talk:
    def __init__(self, doors: Doors, websocket: WebSocket, language: Spoken) -> None:
        self._doors = doors
        self._websocket = websocket
        self._language = language
        self._authorization = ""
        self._told: dict[str, Any] = {}
        self.identity: Identity | None = None

    async def begin(self) -> None:
        """`connection_init` with `authorization`, and role and purpose for all operations that name none."""
        try:
            async with asyncio.timeout(INIT_SECONDS):
                message = await self._receive()
        except TimeoutError:
            raise _Closing(_LATE, "Connection initialisation timeout") from None
        if message.get("type") != "connection_init":
            raise _Closing(_UNAUTHORISED, "Unauthorized")
        payload = message.get("payload")
        self._told = payload if isinstance(payload, dict) else {}
        self._authorization = str(self._told.get("authorization", ""))
        self.identity = await self._doors.identity(self._authorization)
        await self._send({"type": "connection_ack"})

    async def step(self) -> None:
        """The next message; without one in half a minute only another look at the sign-in."""
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                message = await self._receive()
        except TimeoutError:
            await self._doors.identity(self._authorization)
            return
        kind = message.get("type")
        if kind == "ping":
            await self._send({"type": "pong"})
        elif kind == "subscribe":
            await self._operate(message)
        elif kind == "connection_init":
            raise _Closing(_TWICE, "Too many initialisation requests")
        elif kind not in ("pong", "complete"):
            raise _Closing(_BAD, "Invalid message")

    async def _operate(self, message: dict[str, Any]) -> None:
        own_id = message.get("id")
        if not isinstance(own_id, str) or not own_id:
            raise _Closing(_BAD, "Invalid message")
        try:
            asked = asked_of(message.get("payload"))
            role, purpose = role_and_purpose(self._told)
            identity = await self._doors.identity(self._authorization)
            asker = await self._doors.asker(identity, asked.role or role, asked.purpose or purpose)
        except AccessRefused as refused:
            await self._fail(own_id, refused)
            if refused.code in ("access.expired", "access.revoked", "access.unauthorised"):
                raise
            return
        except InputRefused as refused:
            await self._fail(own_id, refused)
            return
        context = Context(self._doors.service, asker, self._language, spend=self._doors.spending(asker))
        try:
            outcome = await run(asked.document, asked.variables, asked.operation_name, context)
        except AccessRefused as refused:
            await self._fail(own_id, refused)
            return
        if not outcome.executed:
            await self._send({"id": own_id, "type": "error", "payload": outcome.errors})
            return
        await self._send({"id": own_id, "type": "next", "payload": outcome.body})
        await self._send({"id": own_id, "type": "complete"})

    async def _fail(self, own_id: str, error: ExpertGraphError) -> None:
        told = refusal(error.code, self._language, **error.values)
        await self._send({"id": own_id, "type": "error", "payload": [told]})

    async def _receive(self) -> dict[str, Any]:
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1000))
        text = message.get("text")
        if text is None or len(text) > BODY_LIMIT:
            raise _Closing(_BAD, "Invalid message")
        try:
            read = orjson.loads(text)
        except orjson.JSONDecodeError:
            raise _Closing(_BAD, "Invalid message") from None
        if not isinstance(read, dict):
            raise _Closing(_BAD, "Invalid message")
        return read

    async def _send(self, message: dict[str, Any]) -> None:
        await self._websocket.send_text(orjson.dumps(message).decode())
