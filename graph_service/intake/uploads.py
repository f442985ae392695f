"""Files that came in over HTTP: kept for an hour, for who sent them, deleted with their run."""

import secrets
import tempfile
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from graph_service.errors import NO_SPACE, InputRefused, StoreError, UnknownId
from graph_service.intake.files import PackedFile

MOST_BYTES = 268_435_456
LIVES = 3_600_000
MOST_FILES = 50


@dataclass(slots=True)
class Upload:
    """A file that came in: its SHA-256, size, whose it is, until when it is kept (instant), and how far it was read
    since when (`read_from`, `read_to`: instants)."""

    id: str
    path: Path
    name: str
    owner: str
    expires_at: int
    digest: str = ""
    size: int = 0
    rows: int = 0
    share: float | None = None
    is_done: bool = False
    read_from: int = 0
    read_to: int = 0

    @property
    def rows_per_second(self) -> float | None:
        """How fast it is read; None in the first second."""
        spent = self.read_to - self.read_from
        return self.rows * 1000 / spent if spent >= 1000 else None

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take at this speed; None where the share is not known."""
        if self.is_done or not self.share or self.rows_per_second is None:
            return None
        return (self.read_to - self.read_from) / 1000 * (1 - self.share) / self.share

    @property
    def file(self) -> PackedFile:
        """The file under the name it was sent by."""
        return PackedFile(self.path, shown_as=self.name)


@dataclass
class Uploads:
    """The uploads of one server process, in a folder of its own that goes with it."""

    clock: Callable[[], int]
    _kept: dict[str, Upload] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _folder: tempfile.TemporaryDirectory[str] | None = None

    async def take(self, parts: AsyncIterator[bytes], name: str, owner: str) -> Upload:
        """Streams a file in; all of it or nothing. Raises InputRefused for one that is too big, and for too many."""
        self.drop_old()
        if sum(upload.owner == owner and upload.path.exists() for upload in self._kept.values()) >= MOST_FILES:
            raise InputRefused("upload.too_many", most=MOST_FILES)
        own_id = secrets.token_urlsafe(18)
        upload = Upload(own_id, self._place() / own_id, _plain(name), owner, self.clock() + LIVES)
        digest = sha256()
        try:
            with upload.path.open("xb") as out:
                async for part in parts:
                    upload.size += len(part)
                    if upload.size > MOST_BYTES:
                        raise InputRefused("upload.too_large", most=MOST_BYTES // 1_048_576)
                    digest.update(part)
                    out.write(part)
            upload.digest = digest.hexdigest()
            with self._lock:
                self._kept[own_id] = upload
        except OSError as error:
            if error.errno in NO_SPACE:
                raise StoreError("store.full", path=upload.name) from error
            raise
        finally:
            if not upload.digest:
                upload.path.unlink(missing_ok=True)
        return upload

    def of(self, own_id: str, owner: str) -> Upload:
        """The upload; raises UnknownId for another's, an expired one and none alike."""
        self.drop_old()
        upload = self._kept.get(own_id)
        if upload is None or upload.owner != owner or not upload.path.exists():
            raise UnknownId("upload.unknown")
        return upload

    def progress_of(self, own_id: str, owner: str) -> Upload:
        """How far an upload was read, also after its file is gone; raises UnknownId."""
        upload = self._kept.get(own_id)
        if upload is None or upload.owner != owner:
            raise UnknownId("upload.unknown")
        return upload

    def drop(self, upload: Upload) -> None:
        """Deletes the file; how far it was read stays known until it would have expired."""
        upload.path.unlink(missing_ok=True)
        upload.is_done = True

    def forget(self, own_id: str, owner: str) -> None:
        """Deletes an upload of somebody's own that is to be no run; raises UnknownId."""
        self.drop(self.of(own_id, owner))

    def drop_old(self) -> None:
        """Deletes what has expired."""
        with self._lock:
            for own_id, upload in list(self._kept.items()):
                if upload.expires_at <= self.clock():
                    upload.path.unlink(missing_ok=True)
                    del self._kept[own_id]

    def _place(self) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="expert-graph-", ignore_cleanup_errors=True)
        return Path(self._folder.name)


def _plain(name: str) -> str:
    """A name without folders and signs that belong to none."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(letter for letter in last if letter.isprintable() and letter != "#").strip()
    return kept[:200] or "upload"
