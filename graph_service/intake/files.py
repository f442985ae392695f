"""Files to import: unpacked on the fly, in parts where they are workbooks or archives, recognised from content."""

import bz2
import csv
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from importlib.metadata import entry_points
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from graph_service.errors import FileRefused, file_refusals
from graph_service.model import Importer, Mapping, SourceFile

HEAD = 262_144
SURE = 0.5
MOST_PARTS = 200
MOST_WORKBOOK = 134_217_728
MOST_UNPACKED = 1_073_741_824
_DOUBT = 0.02
_MAGIC: dict[bytes, Callable[[BinaryIO, str], Any]] = {
    b"\xfd7zXZ\x00": lzma.open,
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BREAKS = (EOFError, OSError, lzma.LZMAError, zlib.error, zipfile.BadZipFile, UnicodeError, csv.Error)
"""What reading a broken file raises."""


class PackedFile:
    """A file on disk: plain, xz, gz, bz2, one member of a zip, or one sheet of a workbook; read once from its start.

    `shown_as` is what it was called where it came from, when it lies under another name.
    """

    def __init__(self, path: Path, member: str = "", sheet: str = "", shown_as: str = "", hidden: bool = False) -> None:
        self.path = path
        self.part = sheet or member
        self.hidden = hidden
        self._member = member
        self._sheet = sheet
        self._plain: BinaryIO | None = None
        self._shown_as = shown_as
        self.read_by: Mapping | None = None

    @property
    def name(self) -> str:
        """The file's name without its folders, always printable as text, `#` and the part where there is one."""
        own = (self._shown_as or self.path.name or self.path.resolve().name).encode("utf-8", "replace").decode()
        return "#".join(part for part in (own, self._member, self._sheet) if part)

    def lying_as(self, mapping: Mapping) -> "PackedFile":
        """The same file, its table lying as the mapping says."""
        other = PackedFile(self.path, self._member, self._sheet, self._shown_as, self.hidden)
        other.read_by = mapping
        return other

    def parts(self) -> Sequence["PackedFile"]:
        """Its sheets or members, itself where it has none, the same each time: what was looked at once is not unpacked
        again. Raises FileRefused with a remedy."""
        return self._parts

    @cached_property
    def _parts(self) -> Sequence["PackedFile"]:
        members = self._members()
        if len(members) > MOST_PARTS:
            raise FileRefused("file.many_in_archive", file=self.name, count=len(members))
        if "[Content_Types].xml" in members:
            return self._sheets()
        return [self] if len(members) < 2 else [PackedFile(self.path, name, "", self._shown_as) for name in members]

    def _members(self) -> list[str]:
        with _refusals(self.name), self.path.open("rb") as plain:
            magic = plain.read(4)
            if magic == _OLE:
                locked = "EncryptedPackage".encode("utf-16-le") in plain.read(MOST_WORKBOOK)
                raise FileRefused("file.locked" if locked else "file.old_workbook", file=self.name)
            if magic != _ZIP or self._member:
                return []
            archive = zipfile.ZipFile(plain)
            return [one.filename for one in archive.infolist() if not one.is_dir()]

    def _sheets(self) -> Sequence["PackedFile"]:
        with zipfile.ZipFile(self.path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if self.path.stat().st_size > MOST_WORKBOOK or unpacked > MOST_UNPACKED:
            raise FileRefused("file.too_big_unpacked", file=self.name)
        try:
            sheets = CalamineWorkbook.from_path(str(self.path)).sheets_metadata
        except (CalamineError, OSError, ValueError):
            raise FileRefused("file.broken_archive", file=self.name) from None
        visible = SheetVisibleEnum.Visible
        return [PackedFile(self.path, "", one.name, self._shown_as, one.visible != visible) for one in sheets]

    def open(self) -> BinaryIO:
        """A fresh binary stream of the unpacked content; raises FileRefused with a remedy."""
        with _refusals(self.name):
            return self._open()

    def _open(self) -> BinaryIO:
        if self.path.exists() and not self.path.is_dir() and not self.path.is_file():
            raise FileRefused("file.not_a_file", file=self.name)
        plain = self._plain = self.path.open("rb")
        magic = plain.read(6)
        plain.seek(0)
        for start, opener in _MAGIC.items():
            if magic.startswith(start):
                return cast(BinaryIO, opener(plain, "rb"))
        if magic.startswith(_ZIP) and not self._sheet:
            return self._open_member()
        return plain

    def share_read(self) -> float | None:
        """How much of the file on disk has been read, 0..1; None where that is not known."""
        if self._plain is None or self._plain.closed or self.part:
            return None
        return self._plain.tell() / max(self.path.stat().st_size, 1)

    def _open_member(self) -> BinaryIO:
        archive = zipfile.ZipFile(self.path)
        names = [self._member] if self._member else [one.filename for one in archive.infolist() if not one.is_dir()]
        stream: IO[bytes] = archive.open(names[0]) if names else io.BytesIO()
        return cast(BinaryIO, stream)

    def head(self) -> bytes:
        """The first 256 KiB of the unpacked content; raises FileRefused when there is none."""
        return self._head

    @cached_property
    def _head(self) -> bytes:
        with self.open() as stream:
            try:
                head = stream.read(HEAD)
            except BREAKS:
                raise FileRefused("file.broken_archive", file=self.name) from None
        if not head.strip():
            raise FileRefused("file.empty", file=self.name)
        return head

    def state(self) -> tuple[int, int]:
        """What changes when somebody writes into the file: size in bytes and time of change."""
        with _refusals(self.name):
            found = self.path.stat()
        return found.st_size, found.st_mtime_ns


@contextmanager
def _refusals(name: str) -> Iterator[None]:
    """Turns what the system says about a file into FileRefused."""
    try:
        with file_refusals(name):
            yield
    except OSError:
        raise FileRefused("file.not_a_file", file=name) from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        raise FileRefused("file.broken_archive", file=name) from None


@cache
def importers() -> dict[str, Importer]:
    """All installed formats by name, those of third parties too."""
    found: Iterable[Importer] = (point.load()() for point in entry_points(group="graph_service.importers"))
    return {importer.name: importer for importer in sorted(found, key=lambda importer: importer.name)}


def format_named(name: str) -> Importer:
    """The format of this name; raises FileRefused when there is none."""
    known = importers()
    if name not in known:
        raise FileRefused("file.no_such_format", format=name, formats=", ".join(known))
    return known[name]


def readings_of(file: SourceFile) -> list[tuple[float, str]]:
    """How sure each format is of the file, the surest first; only those that are at all. Raises FileRefused when none
    is and one could not even look into it."""
    sure: list[tuple[float, str]] = []
    broken: FileRefused | None = None
    for name, importer in importers().items():
        try:
            sure.append((importer.recognises(file), name))
        except FileRefused as refused:
            broken = refused
        except BREAKS:
            broken = FileRefused("file.broken", file=file.name)
    found = sorted(((chance, name) for chance, name in sure if chance >= SURE), key=lambda one: (-one[0], one[1]))
    if broken is not None and not found and not (broken.code == "file.broken" and _is_whole_json(file)):
        raise broken
    return found


def _is_whole_json(file: SourceFile) -> bool:
    """Whether a text begins and ends as JSON does: then it is whole, and of no known format."""
    end = b""
    with file.open() as stream:
        while part := stream.read(HEAD):
            end = (end + part)[-1_000:]
    return file.head().lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[") and end.rstrip()[-1:] in (b"}", b"]")


def importer_for(file: SourceFile, format_name: str | None = None) -> Importer:
    """The named format, or the one surest of the file's first rows; raises FileRefused in doubt."""
    file.head()
    if format_name is not None:
        return format_named(format_name)
    best = readings_of(file)
    if not best:
        raise FileRefused("file.unknown_format", file=file.name)
    close = sorted(name for chance, name in best if chance > best[0][0] - _DOUBT)
    if len(close) > 1:
        raise FileRefused("file.two_formats", file=file.name, formats=", ".join(close))
    return importers()[best[0][1]]
