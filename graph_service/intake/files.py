"""Files to import: unpacked on the fly, their format recognised from content."""

import bz2
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from graph_service.errors import FileRefused, file_refusals
from graph_service.model import Importer

HEAD = 262_144
SURE = 0.5
_MAGIC: dict[bytes, Callable[[Path, str], Any]] = {b"\xfd7zXZ\x00": lzma.open, b"\x1f\x8b": gzip.open, b"BZh": bz2.open}


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file on disk: plain, xz, gz, bz2, or a zip with exactly one file in it."""

    path: Path

    @property
    def name(self) -> str:
        """The file's name without its folders, always printable as text."""
        return self.path.name.encode("utf-8", "replace").decode()

    def open(self) -> BinaryIO:
        """A fresh binary stream of the unpacked content; raises FileRefused with a remedy."""
        try:
            with file_refusals(self.name):
                return self._open()
        except OSError:
            raise FileRefused("file.not_a_file", file=self.name) from None
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
            raise FileRefused("file.broken_archive", file=self.name) from None

    def _open(self) -> BinaryIO:
        if self.path.exists() and not self.path.is_dir() and not self.path.is_file():
            raise FileRefused("file.not_a_file", file=self.name)
        with self.path.open("rb") as plain:
            magic = plain.read(6)
        for start, opener in _MAGIC.items():
            if magic.startswith(start):
                return cast(BinaryIO, opener(self.path, "rb"))
        if magic.startswith(b"PK\x03\x04"):
            return _only_member(self.path)
        return self.path.open("rb")

    def head(self) -> bytes:
        """The first 256 KiB of the unpacked content; raises FileRefused when there is none."""
        with self.open() as stream:
            try:
                head = stream.read(HEAD)
            except (OSError, EOFError, lzma.LZMAError, zlib.error, zipfile.BadZipFile):
                raise FileRefused("file.broken_archive", file=self.name) from None
        if not head.strip():
            raise FileRefused("file.empty", file=self.name)
        return head


def _only_member(path: Path) -> BinaryIO:
    archive = zipfile.ZipFile(path)
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) != 1:
        raise FileRefused("file.many_in_archive", file=path.name, count=len(members))
    stream: IO[bytes] = archive.open(members[0])
    return cast(BinaryIO, stream)


@cache
def importers() -> dict[str, Importer]:
    """All installed formats by name, those of third parties too."""
    found: Iterable[Importer] = (point.load()() for point in entry_points(group="graph_service.importers"))
    return {importer.name: importer for importer in sorted(found, key=lambda importer: importer.name)}


def importer_for(file: PackedFile, format_name: str | None) -> Importer:
    """The named format, or the one surest of the file's first bytes; raises FileRefused in doubt."""
    head = file.head()
    known = importers()
    if format_name is not None:
        if format_name not in known:
            raise FileRefused("file.no_such_format", format=format_name, formats=", ".join(known))
        return known[format_name]
    sure = sorted(((importer.recognises(head), name) for name, importer in known.items()), reverse=True)
    best = [name for chance, name in sure if chance >= SURE and chance == sure[0][0]]
    if not best:
        raise FileRefused("file.unknown_format", file=file.name, formats=", ".join(known))
    if len(best) > 1:
        raise FileRefused("file.two_formats", file=file.name, formats=", ".join(sorted(best)))
    return known[best[0]]
