"""Accounts that must not come back: known again by a keyed hash (HMAC-SHA256, RFC 2104), readable by nobody."""

import hmac
from functools import lru_cache

from graph_service.errors import InputRefused
from graph_service.intake.rows import Gone
from graph_service.model import SourceId
from graph_service.store import named_queries as nq
from graph_service.store.base import Store

CHECK = "secret_check"


def tombstone(account: SourceId, secret: str) -> str:
    """The keyed hash of an account."""
    return hmac.digest(secret.encode(), f"{account.source}\x1f{account.key}".encode(), "sha256").hex()


def check_secret(store: Store, secret: str) -> None:
    """Raises InputRefused without a secret, or with another one than that of earlier erasures."""
    if not secret:
        raise InputRefused("erasure.no_secret")
    known = [row.value for row in store.state(nq.META) if row.name == CHECK]
    if known and not hmac.compare_digest(known[0], secret_check(secret)):
        raise InputRefused("erasure.other_secret")


def secret_check(secret: str) -> str:
    """What tells the secret from another one and nothing more."""
    return hmac.digest(secret.encode(), CHECK.encode(), "sha256").hex()


def gone_accounts(store: Store, secret: str) -> Gone | None:
    """Tells accounts of erased people, None where there are none; raises InputRefused when there are some and no secret
    to know them by."""
    stones = frozenset(row.person for row in store.state(nq.TOMBSTONES))
    if not stones:
        return None
    check_secret(store, secret)

    @lru_cache(maxsize=100_000)
    def is_gone(account: SourceId) -> bool:
        return bool(account.key) and tombstone(account, secret) in stones

    return is_gone
