"""Accounts that are nobody: system users, function mailboxes, bots. A list that can be edited: `system_accounts.txt`,
and for one file the mapping's setting `nobody`."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from graph_service.model import Mapping

_EMPTY = frozenset({"", "?", "none", "null", "unassigned", "nicht zugewiesen", "n/a", "-", "-1"})


@cache
def _known() -> re.Pattern[str]:
    lines = files(__package__).joinpath("system_accounts.txt").read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(f"(?:{line.strip()})" for line in lines if line.strip() and not line.startswith("#")))


def is_nobody(account: str, mapping: Mapping | None = None) -> bool:
    """Whether a login, an e-mail or a name stands for no person."""
    return _is_nobody(account, mapping.setting("nobody") if mapping else "")


@lru_cache(maxsize=100_000)
def _is_nobody(account: str, own: str) -> bool:
    text = account.strip().casefold()
    if text in _EMPTY or text in {one.strip().casefold() for one in own.split(";")}:
        return True
    return bool(_known().fullmatch(text.partition("@")[0])) or bool(_known().fullmatch(text))


def is_bot(login: str) -> bool:
    """Whether a login belongs to a program."""
    return login.casefold().endswith(("[bot]", "-bot")) or login.casefold() in ("ghost", "dependabot", "renovate")
