"""Importing: what formats yield, how a file is to be read, and what became of it."""

import enum
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, ClassVar, NamedTuple, Protocol

from graph_service.model.facts import Fact
from graph_service.model.ids import NEVER, Provenance, SourceId, deterministic_id


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that does not fit: `reason` is a code of the message catalogue, `value` at most 200 characters of it.

    `cells` is the row as it was read, for the file of refused rows; empty where the format has no rows of cells.
    """

    file: str
    line: int
    column: str
    value: str
    reason: str
    cells: tuple[str, ...] = ()


class RunState(enum.StrEnum):
    """A run's facts show only in COMMITTED."""

    OPEN = "OPEN"
    COMMITTED = "COMMITTED"
    UNDONE = "UNDONE"
    FAILED = "FAILED"


class RunKind(enum.StrEnum):
    """Imports assert statements, undos withdraw those of one import, acts assert what somebody said themselves."""

    IMPORT = "IMPORT"
    UNDO = "UNDO"
    ACT = "ACT"


class Statement(NamedTuple):
    """All that one source row says about one subject.

    A later statement about the same subject replaces an earlier one: by `stated_at` (the source's own stamp of this
    state), then by the larger hash; without `stated_at` the later run wins. Events are their own subjects: they add up.
    What is claimed of somebody and what somebody is called is about the account too: of another one it adds up.
    """

    subject: SourceId
    facts: tuple[Fact, ...]
    provenance: Provenance
    stated_at: int | None = None


class SourceRow(NamedTuple):
    """What one record of a file yields: at least one statement, the first one about the record itself.

    `left_out` are codes of parts that were left out on purpose, one for each; `remarks` say what looks wrong in a row
    that was taken nevertheless; `cells` is the row as it was read, should it be refused later.
    """

    statements: tuple[Statement, ...]
    left_out: tuple[str, ...] = ()
    remarks: tuple[RowFault, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that says nothing to be kept: `reason` is a code (a line of sums, a bot, a cancelled meeting)."""

    reason: str


Reading = SourceRow | RowFault | Skipped


@dataclass(frozen=True, slots=True)
class Column:
    """How one column of a table is read.

    `field` is the format's name for it, empty when the column is left out; `form` how its values are written (a date
    pattern, a scale such as `1-5`, `pad 6`); `sure` 0..1, and below 0.5 `other` names the reading that is as good; at 0
    the file told nothing, and the next one is looked at anew.
    """

    header: str
    field: str = ""
    form: str = ""
    sure: float = 1.0
    other: str = ""


FROM_TITLE = "title:"
"""A setting so begun is told by a title line of each file; what follows is what it told last."""
OF_THE_FILE = ("assessed_on",)
"""Settings that hold for one file alone: a mapping that is kept asks for them again."""
_REASONS = re.compile(r"(?:Ablehnungsgrund|reason of refusal)(?: \((?:Lauf|run) (\d{1,15})\))?")


def run_of_refused(header: str) -> int | None:
    """The run whose refused rows stand above this column of reasons, 0 where it does not say; None for others."""
    found = _REASONS.fullmatch(header.strip())
    return int(found[1] or 0) if found else None


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a file, or one part of it (a sheet, a member of an archive), is read: recognised, edited, kept with the run.

    `settings` are the format's own, by name (`claimed_by`, `zone`); `read` is False for a part that is left out.
    """

    format: str
    part: str = ""
    read: bool = True
    encoding: str = ""
    delimiter: str = ""
    header_line: int = 1
    columns: tuple[Column, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()

    def setting(self, name: str, default: str = "") -> str:
        """The value of a setting, or the default where none is said (`?`: still to be asked)."""
        for known, told in self.settings:
            if known == name:
                return default if told in ("", "?") else told
        return default


@dataclass(frozen=True, slots=True)
class Notice:
    """What looks unusual about a file as a whole: a code of the message catalogue and its values."""

    code: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a format would read a file: the mapping, samples of each column, and what looks unusual."""

    mapping: Mapping
    samples: tuple[tuple[str, ...], ...] = ()
    notices: tuple[Notice, ...] = ()


class SourceFile(Protocol):
    """A file to import, unpacked on the fly; `part` names the sheet or the member of an archive."""

    @property
    def name(self) -> str:
        """The file's name without its folders, `#` and the part where there is one."""
        ...

    @property
    def part(self) -> str:
        """The sheet of a workbook or the member of an archive; empty for other files."""
        ...

    @property
    def read_by(self) -> Mapping | None:
        """The mapping that says how its table lies; None where that is to be recognised."""
        ...

    def head(self) -> bytes:
        """The first bytes (at most 256 KiB) of the unpacked content."""
        ...

    def open(self) -> BinaryIO:
        """A fresh binary stream of the unpacked content."""
        ...


class FieldNames(Protocol):
    """What a column may mean in a format."""

    @property
    def name(self) -> str:
        """The field."""
        ...

    @property
    def headers(self) -> tuple[str, ...]:
        """What files call it."""
        ...

    @property
    def needed(self) -> bool:
        """Whether a file must have it."""
        ...

    @property
    def kept(self) -> bool:
        """Whether it is read; else it only tells the format."""
        ...


def lacking(fields: Iterable[FieldNames], meant: Container[str]) -> list[FieldNames]:
    """Fields that a file must have and none of its columns means."""
    return [field for field in fields if field.needed and field.kept and field.name not in meant]


def called(name: str, headers: Sequence[str]) -> str:
    """What lists call a field, in words of theirs where there are any."""
    return " / ".join(([header for header in headers if header != name] or headers)[:3])


class Importer(Protocol):
    """A format: found by the entry point group `graph_service.importers`."""

    name: ClassVar[str]

    @property
    def fields(self) -> Sequence[FieldNames]:
        """What its columns may mean; empty for formats without columns."""
        ...

    def recognises(self, source: SourceFile) -> float:
        """How sure it is that the file is of this format, 0..1, from its first rows or bytes."""
        ...

    def propose(self, source: SourceFile) -> Proposal:
        """How it would read the file, in doubt with the other reading."""
        ...

    def completed(self, source: SourceFile, mapping: Mapping) -> Mapping:
        """The mapping with how values are written in columns of which it only says what they mean; in doubt with the
        other reading."""
        ...

    def read(self, source: SourceFile, mapping: Mapping) -> Iterator[Reading]:
        """Streams the file; rows that do not fit come as faults, never as exceptions."""
        ...


@dataclass(frozen=True, slots=True)
class RunCounts:
    """Sums of a run: rows read = written + unchanged + refused + skipped; facts added and withdrawn."""

    read: int = 0
    written: int = 0
    unchanged: int = 0
    refused: int = 0
    skipped: int = 0
    facts_added: int = 0
    facts_withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One run of an import or of an undo; `number` orders all that was ever written.

    The people in it take part in `purposes` by the agreement of the import `profile`; `actor` is who ran it. `mapping`
    is how the file was read (TOML), `shape` what files of its kind have in common; a file that was complete on a day
    has that day as `complete_at`.
    """

    number: int
    kind: RunKind
    state: RunState
    format: str
    file: str
    started_at: int
    ended_at: int | None
    lease_until: int
    owner: str
    undoes: int | None
    counts: RunCounts
    reasons: dict[str, int] = field(default_factory=dict)
    first_known_at: int = NEVER
    profile: str = ""
    purposes: tuple[str, ...] = ()
    actor: str = ""
    mapping: str = ""
    shape: str = ""
    complete_at: int | None = None

    @property
    def id(self) -> str:
        """The run's deterministic id."""
        return deterministic_id("run", str(self.number))
