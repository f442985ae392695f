"""Signing in at an OIDC provider: the authorization code flow with PKCE (OpenID Connect Core 3.1, RFC 7636)."""

import base64
import hmac
import secrets
import threading
import time
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import jwt

from graph_service.access import Identity
from graph_service.errors import AccessRefused
from graph_service.model import SourceId
from graph_service.sign_in import Provider, Tokens, check_address, json_from
from graph_service.store.base import Store

CALLBACK = "/anmelden/zurueck"
HOLDS = 600
"""Seconds within which somebody has to come back from the provider."""
_SILENT = 10
_ALGORITHM = "HS256"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody the provider knows: who, by which subject, and the person's id before accounts were found to be one."""

    identity: Identity
    subject: str
    origin: str | None


class CodeFlow:
    """Sends people to the provider and takes them in when they come back; what is on its way lies in a cookie of theirs
    that this process has signed."""

    def __init__(self, provider: Provider, secret: str) -> None:
        self._provider = provider
        self._secret = secret
        self._tokens = Tokens(provider)
        self._key = secrets.token_bytes(32)
        self._known: dict[str, Any] = {}
        self._asked = float("-inf")
        self._lock = threading.Lock()

    def begin(self, back_to: str) -> tuple[str, str]:
        """(the provider's address to go to, what to hold in a cookie); raises AccessRefused when it is silent."""
        found = self._discovered()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        challenge = base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": self._provider.audience,
            "redirect_uri": back_to,
            "scope": "openid profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        address = str(found["authorization_endpoint"])
        kept = {"state": state, "nonce": nonce, "verifier": verifier, "back": back_to, "exp": time.time() + HOLDS}
        held = jwt.encode(kept, self._key, _ALGORITHM)
        return f"{address}{'&' if '?' in address else '?'}{urllib.parse.urlencode(asked)}", held

    def finish(self, store: Store, state: str, held: str, code: str) -> SignedIn:
        """Who has come back with a code; raises AccessRefused for one that did not begin here, or too long ago."""
        try:
            begun = jwt.decode(held, self._key, [_ALGORITHM], options={"require": ["exp"]})
        except jwt.PyJWTError:
            raise AccessRefused("access.sign_in_broken") from None
        if not hmac.compare_digest(state.encode(), begun["state"].encode()):
            raise AccessRefused("access.sign_in_broken")
        claims = self._tokens.claims(self._exchanged(begun, code))
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), begun["nonce"].encode()):
            raise AccessRefused("access.sign_in_broken")
        identity = self._tokens.identity_of(store, claims)
        account = claims.get(self._provider.account_claim)
        origin = SourceId(self._provider.source, account).id_of("person") if isinstance(account, str) else None
        return SignedIn(identity, str(claims["sub"]), origin)

    def _exchanged(self, begun: Mapping[str, str], code: str) -> str:
        """The id token for a code."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": begun["back"],
            "client_id": self._provider.audience,
            "code_verifier": begun["verifier"],
        }
        if self._secret:
            asked["client_secret"] = self._secret
        try:
            found = json_from(str(self._discovered()["token_endpoint"]), urllib.parse.urlencode(asked).encode())
            return str(found["id_token"])
        except (OSError, ValueError, KeyError):
            raise AccessRefused("access.sign_in_broken") from None

    def _discovered(self) -> dict[str, Any]:
        """What the provider says of itself, kept for ten minutes and while it is silent; one asks it at a time, and not
        again at once. Raises AccessRefused when nothing is known of it."""
        age = time.monotonic() - self._asked
        is_old = age >= HOLDS if self._known else age >= _SILENT
        if is_old and self._lock.acquire(blocking=False):
            try:
                self._asked = time.monotonic()
                found = json_from(f"{self._provider.issuer.rstrip('/')}/.well-known/openid-configuration")
                check_address(str(found["authorization_endpoint"]))
                self._known = found if found.get("issuer") == self._provider.issuer else {}
            except (OSError, ValueError, KeyError):
                pass  # said below, unless it was known before
            finally:
                self._lock.release()
        if not self._known:
            raise AccessRefused("access.provider_silent")
        return self._known
