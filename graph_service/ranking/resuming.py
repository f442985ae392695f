"""A long replay that was broken off goes on where it stopped: its parts lie in a folder until its results are written.

Two runs with the same fingerprint write the same parts, so they may share the folder; a folder that cannot be used only
means that a run cannot go on.
"""

import shutil
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from zipfile import BadZipFile

import numpy as np
import orjson

from graph_service.ranking.evaluation import Judged
from graph_service.ranking.learning import Sample

PART = 1_000
KEPT_SECONDS = 7 * 24 * 3600
Entry = tuple[Judged | None, Sample | None]


class Parts:
    """The finished parts of one replay, in a folder of its own; what others left lying for a week is removed."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self._folder = folder / fingerprint[:24]
        self._count = 0
        self.can_keep = _is_writable(folder)
        for other in folder.glob("*/") if folder.is_dir() else ():
            if other != self._folder and time.time() - other.stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(other, ignore_errors=True)

    def load(self) -> list[Entry]:
        """What is there, in order, up to the first part that is missing or was cut off."""
        found: list[Entry] = []
        while (path := self._path(self._count)).is_file():
            try:
                found += _loaded(path)
            except (ValueError, KeyError, OSError, EOFError, BadZipFile):
                break
            self._count += 1
        return found

    def add(self, entries: Sequence[Entry]) -> None:
        """Writes a part; it counts from the moment its name is there. Once that fails, nothing more is kept."""
        if not self.can_keep:
            return
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, delete=False) as stream:
                np.savez(stream, allow_pickle=False, **_columns(entries))
            Path(stream.name).replace(self._path(self._count))
            self._count += 1
        except OSError:
            self.can_keep = False

    def clear(self) -> None:
        """Removes the folder."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self, number: int) -> Path:
        return self._folder / f"part-{number:05}.npz"


def _is_writable(folder: Path) -> bool:
    """Makes the folder, for this user only, and tries it."""
    try:
        for path in (folder.parent, folder):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def fingerprint_of(told: Iterable[object]) -> str:
    """A hash over everything a replay depends on, by what each thing prints as."""
    digest = sha256()
    for one in told:
        digest.update(f"{one!r}\n".encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def _columns(entries: Sequence[Entry]) -> dict[str, np.ndarray]:
    samples = [sample for _, sample in entries if sample is not None]
    judged = [None if one is None else asdict(one) for one, _ in entries]
    empty = np.empty((0, 0))
    return {
        "judged": np.frombuffer(orjson.dumps(judged), dtype=np.uint8),
        "sampled": np.array([sample is not None for _, sample in entries]),
        "sizes": np.array([sample.strengths.shape[1] for sample in samples], dtype=np.int64),
        "strengths": np.concatenate([sample.strengths for sample in samples], axis=1) if samples else empty,
        "right": np.concatenate([sample.right for sample in samples]) if samples else np.empty(0, dtype=bool),
        "stands_for": np.concatenate([sample.stands_for for sample in samples]) if samples else np.empty(0),
        "nearest": np.array([sample.nearest for sample in samples]),
        "resolved_at": np.array([sample.resolved_at for sample in samples], dtype=np.int64),
    }


def _loaded(path: Path) -> list[Entry]:
    with np.load(path, allow_pickle=False) as part:
        judged = orjson.loads(part["judged"].tobytes())
        ends = np.cumsum(part["sizes"]).tolist()
        starts = [0, *ends[:-1]] if ends else []
        strengths, right, stands_for = part["strengths"], part["right"], part["stands_for"]
        rest = zip(part["nearest"].tolist(), part["resolved_at"].tolist(), strict=True)
        samples = iter(
            [
                Sample(strengths[:, start:end].copy(), right[start:end], stands_for[start:end], nearest, resolved_at)
                for (start, end), (nearest, resolved_at) in zip(zip(starts, ends, strict=True), rest, strict=True)
            ]
        )
        return [
            (None if one is None else Judged(**one), next(samples) if sampled else None)
            for one, sampled in zip(judged, part["sampled"].tolist(), strict=True)
        ]
