"""Import profiles: which agreement lets the people of a file take part in what. A TOML file per profile."""

import tomllib
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from graph_service.access.roles import PARTICIPATION, Purpose
from graph_service.errors import FileRefused, file_refusals, line_of

SHIPPED = ("evaluation",)
_MOST_BYTES = 65_536
_TEXTS = ("name", "state", "agreement")


@dataclass(frozen=True, slots=True)
class ImportProfile:
    """`agreement`: the works agreement or other legal basis, as people cite it; `purposes` it switches on.

    `columns` are those it lets in, by their names in files or the fields they mean; None lets in all that a format
    reads and the annex does not forbid.
    """

    name: str
    agreement: str
    purposes: tuple[Purpose, ...]
    columns: frozenset[str] | None = None

    def allows(self, header: str, field: str) -> bool:
        """Whether the agreement lets a column in."""
        return self.columns is None or bool({_plain(header), _plain(field)} & self.columns)


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def import_profile(name: str, *, in_demo: bool = False) -> ImportProfile:
    """A shipped profile by name (`demo` only for its own store), or that of a TOML file; raises FileRefused when it is
    none or not AGREED."""
    if name in SHIPPED or (in_demo and name == "demo"):
        text = files(__package__).joinpath(f"profile_{name}.toml").read_text(encoding="utf-8")
        return _profile(tomllib.loads(text), name, is_shipped=True)
    return _read(Path(name))


def offered_profiles(folder: Path | None) -> dict[str, ImportProfile]:
    """The profiles of a folder by the names their files have, else the shipped ones; those that are not agreed are not
    among them."""
    if folder is None:
        return {name: import_profile(name) for name in SHIPPED}
    known = {}
    for path in sorted(folder.glob("*.toml")):
        with suppress(FileRefused):
            known[path.stem] = _read(path)
    return known


def named_profile(folder: Path, name: str) -> ImportProfile:
    """The profile of a folder by its file's name without ending; raises FileRefused."""
    known = {path.stem: path for path in folder.glob("*.toml")}
    if name not in known:
        raise FileRefused("profile.unknown", profile=name[:100], profiles=", ".join(sorted(known)))
    return _read(known[name])


def _read(path: Path) -> ImportProfile:
    try:
        with file_refusals(path.name):
            raw = path.read_bytes()[:_MOST_BYTES]
    except OSError:
        raise FileRefused("file.not_a_file", file=path.name) from None
    try:
        return _profile(tomllib.loads(raw.decode("utf-8-sig")), path.name)
    except UnicodeError:
        raise FileRefused("profile.not_toml", file=path.name, line=1) from None
    except tomllib.TOMLDecodeError as error:
        raise FileRefused("profile.not_toml", file=path.name, line=line_of(error, raw.count(b"\n") + 1)) from None


def _profile(read: dict[str, Any], file: str, *, is_shipped: bool = False) -> ImportProfile:
    unknown = set(read) - {"name", "state", "agreement", "purposes", "columns"}
    columns = read.get("columns")
    if columns is not None and not (isinstance(columns, list) and all(isinstance(one, str) for one in columns)):
        raise FileRefused("profile.columns", file=file)
    purposes = read.get("purposes")
    texts = [read.get(key) for key in _TEXTS]
    wanting = [key for key, text in zip(_TEXTS, texts, strict=True) if not isinstance(text, str) or not text.strip()]
    wanting += [] if isinstance(purposes, list) else ["purposes"]
    if unknown or wanting or not isinstance(purposes, list):
        told = {"unknown": ", ".join(sorted(unknown)) or "–", "wanting": ", ".join(wanting) or "–"}
        raise FileRefused("profile.fields", file=file, **told)
    if not all(isinstance(one, str) and one in PARTICIPATION for one in purposes):
        raise FileRefused("profile.purposes", file=file, purposes=", ".join(PARTICIPATION))
    if not is_shipped and read["name"].strip() in (*SHIPPED, "demo"):
        raise FileRefused("profile.reserved", file=file, name=read["name"].strip())
    if read["state"] != "AGREED":
        raise FileRefused("profile.not_agreed", file=file, state=str(read["state"])[:40])
    return ImportProfile(
        read["name"].strip()[:100],
        read["agreement"].strip()[:400],
        tuple(map(Purpose, purposes)),
        None if columns is None else frozenset(map(_plain, columns)),
    )
