"""Accounts that are nobody: system users, function mailboxes, bots. A list that can be edited: `system_accounts.txt`,
and for one file the mapping's setting `nobody`."""

from functools import lru_cache

from graph_service.model import Mapping
from importers.tabular import patterns

_EMPTY = frozenset({"", "?", "none", "null", "unassigned", "nicht zugewiesen", "n/a", "-", "-1"})


def is_nobody(account: str, mapping: Mapping | None = None) -> bool:
    """Whether a login, an e-mail or a name stands for no person."""
    return _is_nobody(account, mapping.setting("nobody") if mapping else "")


@lru_cache(maxsize=100_000)
def _is_nobody(account: str, own: str) -> bool:
    text = account.strip().casefold()
    if text in _EMPTY or text in {one.strip().casefold() for one in own.split(";")}:
        return True
    known = patterns("system_accounts.txt")
    return bool(known.fullmatch(text.partition("@")[0])) or bool(known.fullmatch(text))


def is_bot(login: str) -> bool:
    """Whether a login belongs to a program."""
    return login.casefold().endswith(("[bot]", "-bot")) or login.casefold() in ("ghost", "dependabot", "renovate")
