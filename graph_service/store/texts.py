"""Reads the named query texts of one dialect."""

from collections.abc import Iterable

from graph_service.resources import text_folder
from graph_service.store.named_queries import READS, WRITES


def query_texts(dialect: str, ending: str, comment: str) -> dict[str, tuple[str, ...]]:
    """Name -> the statements of its file, comments off; every declared name has its file."""
    folder = text_folder("queries") / dialect
    names: Iterable[str] = sorted({query.name for query in READS} | {write.name for write in WRITES})
    return {name: statements((folder / f"{name}.{ending}").read_text(encoding="utf-8"), comment) for name in names}


def statements(text: str, comment: str) -> tuple[str, ...]:
    """The statements of a text, parted by a semicolon at a line's end, comment lines off."""
    lines = "\n".join(line for line in text.splitlines() if not line.startswith(comment))
    return tuple(part.strip() for part in lines.split(";\n") if part.strip())
