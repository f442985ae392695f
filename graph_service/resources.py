"""Where the text folders `schema/` and `queries/` are.

They lie inside the package in a wheel and one level up in a checkout. A checkout is recognised by its own folders, so
that stale copies left by an editable install are never read.
"""

from functools import cache
from pathlib import Path

import graph_service

_PACKAGE = Path(graph_service.__file__).parent


@cache
def text_folder(name: str) -> Path:
    """The folder `schema` or `queries`; raises FileNotFoundError when the installation is incomplete."""
    checkout = _PACKAGE.parent / name
    if (_PACKAGE.parent / "pyproject.toml").is_file() and checkout.is_dir():
        return checkout
    inside = _PACKAGE / name
    if not inside.is_dir():
        raise FileNotFoundError(f"the text folder {name!r} is missing from this installation")
    return inside
