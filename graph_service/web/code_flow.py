"""Signing in at an OIDC provider: the authorization code flow with PKCE (OpenID Connect Core 3.1, RFC 7636)."""

import base64
import hmac
import secrets
import threading
import time
import urllib.parse
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from graph_service.access import Identity
from graph_service.errors import AccessRefused
from graph_service.model import SourceId
from graph_service.sign_in import Provider, Tokens, check_address, json_from
from graph_service.store.base import Store

CALLBACK = "/anmelden/zurueck"
HOLDS = 600
"""Seconds within which somebody has to come back from the provider."""
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in on its way: the nonce its token must carry, the verifier of its code, the address it comes back to, and
    until when (monotonic seconds)."""

    nonce: str
    verifier: str
    back_to: str
    until: float


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody the provider knows: who, by which subject, and the person's id before accounts were found to be one."""

    identity: Identity
    subject: str
    origin: str | None


class CodeFlow:
    """Sends people to the provider and takes them in when they come back; what is on its way is kept in this process,
    found by a name that only the browser holds which began."""

    def __init__(self, provider: Provider, secret: str) -> None:
        self._provider = provider
        self._secret = secret
        self._tokens = Tokens(provider)
        self._begun: OrderedDict[str, Begun] = OrderedDict()
        self._known: tuple[dict[str, Any], float] = ({}, 0.0)
        self._lock = threading.Lock()

    def begin(self, back_to: str) -> tuple[str, str]:
        """(the provider's address to go to, the state to hold in a cookie); raises AccessRefused when it is silent."""
        found = self._discovered()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        with self._lock:
            self._begun[state] = Begun(nonce, verifier, back_to, time.monotonic() + HOLDS)
            while len(self._begun) > _MOST:
                self._begun.popitem(last=False)
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
        return f"{address}{'&' if '?' in address else '?'}{urllib.parse.urlencode(asked)}", state

    def finish(self, store: Store, state: str, held: str, code: str) -> SignedIn:
        """Who has come back with a code; raises AccessRefused for one that did not begin here, or too long ago."""
        with self._lock:
            begun = self._begun.pop(state, None)
        if begun is None or begun.until < time.monotonic() or not hmac.compare_digest(state.encode(), held.encode()):
            raise AccessRefused("access.sign_in_broken")
        claims = self._tokens.claims(self._exchanged(begun, code))
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), begun.nonce.encode()):
            raise AccessRefused("access.sign_in_broken")
        identity = self._tokens.identity_of(store, claims)
        account = claims.get(self._provider.account_claim)
        origin = SourceId(self._provider.source, account).id_of("person") if isinstance(account, str) else None
        return SignedIn(identity, str(claims["sub"]), origin)

    def _exchanged(self, begun: Begun, code: str) -> str:
        """The id token for a code."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": begun.back_to,
            "client_id": self._provider.audience,
            "code_verifier": begun.verifier,
        }
        if self._secret:
            asked["client_secret"] = self._secret
        try:
            found = json_from(str(self._discovered()["token_endpoint"]), urllib.parse.urlencode(asked).encode())
            return str(found["id_token"])
        except (OSError, ValueError, KeyError):
            raise AccessRefused("access.sign_in_broken") from None

    def _discovered(self) -> dict[str, Any]:
        """What the provider says of itself; raises AccessRefused when it is silent or says something else."""
        known, at = self._known
        if known and time.monotonic() - at < HOLDS:
            return known
        try:
            found = json_from(f"{self._provider.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self._provider.issuer:
                raise ValueError("another issuer")
            check_address(str(found["authorization_endpoint"]))
        except (OSError, ValueError, KeyError):
            raise AccessRefused("access.provider_silent") from None
        self._known = (found, time.monotonic())
        return found
