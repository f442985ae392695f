"""What every response carries, and what a form must bring: no foreign content, no framing, no caching, no forgery."""

import asyncio
import hmac
from urllib.parse import urlsplit

from starlette.datastructures import FormData, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph_service.api.app import BODY_SECONDS, UPLOAD_SECONDS
from graph_service.errors import AccessRefused, InputRefused

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
FORM_BYTES = 1_048_576
MOST_FIELDS = 400
CSRF = "csrf"


class Shielded:
    """The application with these headers on each of its responses; nothing personal is cached."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on."""

        async def shielded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, shielded if scope["type"] == "http" else send)


def check_origin(request: Request, own: str) -> None:
    """Raises AccessRefused unless a form comes from a page of this very server; `own` is its address, if one is set."""
    try:
        parts = urlsplit(request.headers.get("origin") or request.headers.get("referer") or "")
    except ValueError:
        raise AccessRefused("access.other_site") from None
    wanted = urlsplit(own).netloc if own else request.headers.get("host", "")
    schemes = (urlsplit(own).scheme,) if own else ("http", "https")
    if parts.scheme not in schemes or not wanted or parts.netloc.casefold() != wanted.casefold():
        raise AccessRefused("access.other_site")


async def form_of(request: Request, own: str, token: str, most: int = FORM_BYTES) -> FormData:
    """The fields of a form of ours, its file among them; raises AccessRefused for a forged one, InputRefused for one
    that is too big."""
    check_origin(request, own)
    size = request.headers.get("content-length", "")
    if not size.isdecimal() or int(size) > most:
        raise InputRefused("request.too_large", limit=most)
    if "charset" in request.headers.get("content-type", "").casefold().replace("charset=utf-8", ""):
        raise InputRefused("pages.unfit")  # what a codec makes of it may take the square of its length
    async with asyncio.timeout(BODY_SECONDS if most == FORM_BYTES else UPLOAD_SECONDS):
        form = await request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=FORM_BYTES)
    given = form.get(CSRF)
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), token.encode()):
        raise AccessRefused("access.other_site")
    return form
