"""Who somebody is: API keys kept as hashes in the store, and bearer tokens of an OIDC provider (RFC 7519, RFC 7517)."""

import json
import secrets
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import jwt

from graph_service.access import Identity, Purpose, Role
from graph_service.access.roles import PURPOSES
from graph_service.errors import AccessRefused
from graph_service.model import DAY, SourceId
from graph_service.store import named_queries as nq
from graph_service.store.base import Store

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LONGEST_TOKEN = 8_192
CLOCK_SKEW = 30
"""Seconds a provider's clock may be ahead or behind."""
KEYS_HOLD = 600
KEYS_HOLD_AT_MOST = 3_600
ASK_AGAIN = 10
_PREFIX = "eg"
_MOST_BYTES = 524_288
_LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a key is for: the name people know, the person they are (an id, or None), one role, its purposes, how many
    days it holds, and whether evaluations may name people to them."""

    name: str
    role: Role
    purposes: tuple[Purpose, ...]
    days: int = 90
    person: str | None = None
    sees_ids: bool = False


def make_key(store: Store, holder: Holder, now: int) -> tuple[str, nq.KeyRow]:
    """A new key, told once, and its row. Raises AccessRefused for a name, time or purpose that cannot be."""
    name = " ".join(holder.name.split())
    if not 0 < len(name) <= 100 or not name.isprintable() or not 0 < holder.days <= _LONGEST_DAYS:
        raise AccessRefused("keys.holder", days=_LONGEST_DAYS)
    if not holder.purposes or not set(holder.purposes) <= set(PURPOSES[holder.role]):
        raise AccessRefused("keys.purposes", role=holder.role, purposes=", ".join(PURPOSES[holder.role]))
    own_id = secrets.token_hex(4)
    text = f"{_PREFIX}_{own_id}_{secrets.token_urlsafe(32)}"
    row = nq.KeyRow(
        id=own_id,
        hash=_hashed(text),
        subject=name,
        person=holder.person or "",
        role=holder.role.value,
        purposes=tuple(purpose.value for purpose in holder.purposes),
        sees_ids=int(holder.sees_ids),
        created_at=now,
        expires_at=now + holder.days * DAY,
        revoked_at=None,
    )
    store.write(lambda transaction: transaction.write(nq.ADD_API_KEYS, [row._asdict()]))
    return text, row


def revoke_key(store: Store, key_id: str, now: int) -> None:
    """Refuses a key from now on; raises AccessRefused when there is none that holds."""
    if not store.write(lambda transaction: transaction.write(nq.REVOKE_API_KEY, {"id": key_id, "revoked_at": now})):
        raise AccessRefused("keys.unknown", key=key_id[:40])


def end_sign_ins(store: Store, subject: str, now: int) -> None:
    """Refuses every token issued to a subject until now."""
    row = {"subject": subject, "ended_at": now}
    store.write(lambda transaction: transaction.write(nq.END_SIGN_INS, [row]))


def _hashed(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def person_now(store: Store, origin: str) -> str:
    """Whom an account means today: accounts that were found to be one person have one id."""
    rows = store.state(nq.PERSON_NOW, origin=origin)
    return rows[0].person if rows else origin


def identity_of_key(store: Store, text: str, now: int) -> Identity:
    """Whose key this is; raises AccessRefused when it is none, has expired or was revoked."""
    rows = store.state(nq.API_KEY, hash=_hashed(text))
    if not rows:
        raise AccessRefused("access.unauthorised")
    row = rows[0]
    if row.revoked_at is not None:
        raise AccessRefused("access.revoked")
    if row.expires_at <= now:
        raise AccessRefused("access.expired")
    person = row.person and person_now(store, row.person)
    return Identity(
        subject=f"person:{person}" if person else f"key:{row.id}",
        name=row.subject,
        roles=(Role(row.role),),
        expires_at=row.expires_at,
        person=person or None,
        purposes=tuple(Purpose(purpose) for purpose in row.purposes),
        sees_ids=bool(row.sees_ids),
        key=row.id,
    )


@dataclass(frozen=True, slots=True)
class Provider:
    """An OIDC provider: which tokens are for us, which claim (dots descend) holds the roles, and which claim holds the
    account by which `source` knows the person."""

    issuer: str
    audience: str
    roles_claim: str = "roles"
    account_claim: str = "preferred_username"
    source: str = "house"


class Tokens:
    """Checks a provider's tokens against its keys, which are fetched, kept for ten minutes, and fetched again when a
    token names a key that is not among them (at most every `ask_again` seconds)."""

    def __init__(self, provider: Provider, ask_again: float = ASK_AGAIN) -> None:
        self._provider = provider
        self._ask_again = ask_again
        self._keys: Mapping[str, jwt.PyJWK] = {}
        self._fetched = self._asked = float("-inf")
        self._lock = threading.Lock()

    def identity(self, store: Store, token: str) -> Identity:
        """Who the token is for; raises AccessRefused when it is forged, expired, for somebody else or signed out."""
        return self.identity_of(store, self.claims(token))

    def identity_of(self, store: Store, claims: Mapping[str, Any]) -> Identity:
        """Who the claims of a token are for; raises AccessRefused when they have signed out since."""
        subject = str(claims["sub"])
        ended = store.state(nq.SIGN_IN_END, subject=subject)
        issued = claims.get("iat")
        if ended and (not isinstance(issued, int | float) or issued * 1000 <= ended[0].rows):
            raise AccessRefused("access.revoked")
        account = claims.get(self._provider.account_claim)
        person = None
        if isinstance(account, str):
            person = person_now(store, SourceId(self._provider.source, account).id_of("person"))
        return Identity(
            subject=f"person:{person}" if person else f"oidc:{subject}",
            name=str(claims.get("name", subject))[:100],
            roles=_roles(claims, self._provider.roles_claim),
            expires_at=int(claims["exp"] * 1000),
            person=person,
        )

    def claims(self, token: str) -> dict[str, Any]:
        """What a token says; raises AccessRefused when it is forged, expired or for somebody else."""
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") not in ALGORITHMS:
                raise AccessRefused("access.unauthorised")
            for anew in (False, True):
                for key in self._keys_for(str(header.get("kid") or ""), anew):
                    with suppress(jwt.InvalidSignatureError):
                        return self._decoded(token, key)
            raise AccessRefused("access.unauthorised")
        except jwt.ExpiredSignatureError:
            raise AccessRefused("access.expired") from None
        except (jwt.PyJWTError, ValueError, TypeError):
            raise AccessRefused("access.unauthorised") from None

    def _decoded(self, token: str, key: jwt.PyJWK) -> dict[str, Any]:
        return jwt.decode(
            token,
            key=key.key,
            algorithms=[key.algorithm_name] if key.algorithm_name in ALGORITHMS else [],
            audience=self._provider.audience,
            issuer=self._provider.issuer,
            leeway=CLOCK_SKEW,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )

    def _keys_for(self, key_id: str, anew: bool) -> list[jwt.PyJWK]:
        """The key a token names, or all of them when it names none; `anew` when those known did not sign it.

        Who has a key at hand does not wait for the provider while somebody else asks it.
        """
        now = time.monotonic()
        is_needed = anew or not self._known(key_id)
        if (is_needed or now - self._fetched > KEYS_HOLD) and self._lock.acquire(blocking=is_needed):
            try:
                if now - self._asked >= self._ask_again:
                    self._asked = now
                    self._fetch(now)
            finally:
                self._lock.release()
        if now - self._fetched > KEYS_HOLD_AT_MOST:
            raise AccessRefused("access.provider_silent")
        return self._known(key_id)

    def _known(self, key_id: str) -> list[jwt.PyJWK]:
        return [key for name, key in self._keys.items() if not key_id or name == key_id]

    def _fetch(self, now: float) -> None:
        """Asks the provider for its keys; the old ones stay while it is silent."""
        issuer = self._provider.issuer
        try:
            found = json_from(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != issuer:
                return
            keys = jwt.PyJWKSet.from_dict(json_from(str(found["jwks_uri"])))
        except (OSError, ValueError, KeyError, jwt.PyJWTError):
            return
        self._keys = {str(key.key_id): key for key in keys.keys}
        self._fetched = now


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Where keys come from is what the settings say, not what an answer says."""

    def redirect_request(self, *arguments: Any, **more: Any) -> None:
        """None: the answer itself is the failure."""


_PLAIN = urllib.request.build_opener(_NoRedirect)


def json_from(address: str, form: bytes | None = None) -> dict[str, Any]:
    """A JSON object over https, or over http from this very machine, in answer to a form where one is given; raises
    OSError or ValueError."""
    check_address(address)
    with _PLAIN.open(address, form, timeout=5) as answer:
        found = json.loads(answer.read(_MOST_BYTES))
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def check_address(address: str) -> None:
    """Raises ValueError for an address that is neither https nor http on this very machine."""
    parts = urllib.parse.urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")):
        raise ValueError("a provider is asked over https only")


def _roles(claims: Mapping[str, Any], path: str) -> tuple[Role, ...]:
    """The roles a claim names; what is none of ours is left out."""
    found: Any = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    names = found.split() if isinstance(found, str) else found if isinstance(found, list) else []
    wanted = {str(name).upper() for name in names}
    return tuple(role for role in Role if role.value in wanted)


class SignIn:
    """Turns what a request brings into an identity."""

    def __init__(self, store: Store, provider: Provider | None) -> None:
        self._store = store
        self._tokens = Tokens(provider) if provider else None

    def identity(self, token: str, now: int) -> Identity:
        """Whose key or token this is; raises AccessRefused."""
        if not token:
            raise AccessRefused("access.unauthorised")
        if len(token) > LONGEST_TOKEN:
            raise AccessRefused("access.token_too_long", limit=LONGEST_TOKEN)
        if token.startswith(f"{_PREFIX}_"):
            return identity_of_key(self._store, token, now)
        if self._tokens is None:
            raise AccessRefused("access.unauthorised")
        return self._tokens.identity(self._store, token)
