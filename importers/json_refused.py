"""What is kept of a refused record of JSON."""

import json
from collections.abc import Mapping

Shape = Mapping[str, "Shape | bool"]
"""Which parts of a record are read: by name, all of it or parts again."""


def kept(record: object, shape: Shape) -> tuple[str, ...]:
    """What of a refused record is read, as the one cell of its row; nothing else of it may be kept."""
    return (json.dumps(_only(record, shape), default=str, ensure_ascii=False),) if isinstance(record, dict) else ()


def _only(value: object, shape: Shape | bool) -> object:
    if isinstance(shape, bool):
        return value
    if isinstance(value, list):
        return [_only(one, shape) for one in value]
    if isinstance(value, dict):
        return {name: _only(value[name], inner) for name, inner in shape.items() if name in value}
    return None if value is None else str(value)[:200]
