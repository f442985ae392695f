"""What HTTP and WebSocket share: from a token and headers to an asker, refusals, and the shape of a request."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import anyio.to_thread
import orjson

from graph_service.access import Asker, Identity, acting
from graph_service.api.rates import Rates
from graph_service.audit import AuditEvent
from graph_service.errors import AccessRefused, InputRefused
from graph_service.sign_in import SignIn
from graph_service.text.messages import Spoken, sentence
from graph_service.wiring import Service, provider_of

BODY_LIMIT = 524_288
UNAUTHORISED = ("access.unauthorised", "access.expired", "access.revoked", "access.token_too_long", "access.two_tokens")
_STATUS = {
    **dict.fromkeys(UNAUTHORISED, 401),
    "access.no_purpose": 400,
    "access.unknown_purpose": 400,
    "access.which_role": 400,
    "access.provider_silent": 503,
    "access.sign_in_broken": 400,
    "access.link_used": 404,
    "access.no_provider": 404,
    "access.too_often": 429,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A GraphQL request: its document, variables, operation name, and the role and purpose it names for itself."""

    document: str
    variables: dict[str, Any] | None
    operation_name: str | None
    role: str | None
    purpose: str | None


class Doors:
    """Signs requests in and counts them; one per server."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.rates = Rates(time.monotonic)
        self._sign_in = SignIn(service.store, provider_of(service.settings))

    async def identity(self, authorization: str) -> Identity:
        """Whose `Bearer TOKEN` this is; raises AccessRefused, StoreError."""
        scheme, _, token = authorization.partition(" ")
        if scheme.casefold() != "bearer":
            raise AccessRefused("access.unauthorised")
        return await anyio.to_thread.run_sync(self._sign_in.identity, token.strip(), self.service.wall())

    async def asker(self, identity: Identity, role: str | None, purpose: str | None) -> Asker:
        """The identity in its one role and purpose, counted; raises AccessRefused, and notes it."""
        try:
            asker = acting(identity, role, purpose)
        except AccessRefused as refused:
            event = AuditEvent("access:refused", identity.subject, "", "", detail={"code": refused.code})
            await anyio.to_thread.run_sync(self.service.journal.write, event)
            raise
        self.rates.take(asker)
        return asker

    def spending(self, asker: Asker) -> Callable[[int], None]:
        """Counts further questions of one request."""
        return lambda count: self.rates.take(asker, count) if count > 0 else None


def status_of(refused: AccessRefused) -> int:
    """The HTTP status of a refusal."""
    return _STATUS.get(refused.code, 403)


def refusal(code: str, language: Spoken, **values: object) -> dict[str, Any]:
    """A typed error as GraphQL tells it."""
    return {"message": sentence(code, language, **values), "extensions": {"code": code}}


def parsed(body: bytes | str) -> Asked:
    """A request body; raises InputRefused for any other shape."""
    try:
        return asked_of(orjson.loads(body))
    except orjson.JSONDecodeError:
        raise InputRefused("request.not_json") from None


def asked_of(read: object) -> Asked:
    """A request of parsed JSON; raises InputRefused for any other shape."""
    if not isinstance(read, dict) or not isinstance(read.get("query"), str):
        raise InputRefused("request.not_json")
    variables, name, extensions = read.get("variables"), read.get("operationName"), read.get("extensions") or {}
    if not isinstance(variables, dict | None) or not isinstance(name, str | None) or not isinstance(extensions, dict):
        raise InputRefused("request.not_json")
    role, purpose = role_and_purpose(extensions)
    return Asked(read["query"], variables, name, role, purpose)


def role_and_purpose(told: Mapping[str, object]) -> tuple[str | None, str | None]:
    """`role` and `purpose` of what a client tells beside its document, where they are texts."""
    role, purpose = told.get("role"), told.get("purpose")
    return (role if isinstance(role, str) else None), (purpose if isinstance(purpose, str) else None)


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
