"""The exception tree.

ExpertGraphError            everything this service raises on purpose; has a stable code
├── AccessRefused           this role may not do or read this for this purpose, or nobody has signed in
├── InputRefused            what the user gave cannot be used
│   ├── ProblemRefused      the problem text or its parameters
│   ├── FileRefused         a file to import as a whole
│   ├── RulesRefused        rules that cannot be learned, found or agreed to
│   ├── AnalysisRefused     windows, groups or kinds of an analysis that cannot be told
│   ├── Told                what the interface has already put into words
│   └── UnknownId           no such thing for this viewer
├── StoreError              the store cannot do its work now
│   ├── StoreUnavailable    not reachable, no rights, not a store
│   ├── StoreBusy           somebody else has been writing for too long
│   ├── StoreTooNew         written by a newer version of this software
│   └── LeaseLost           another process has taken this run over
└── RunRefused              an import run cannot be shown or undone

The sentence for people comes from `text/messages.*.toml` under the code, in their language, with a remedy.
Nothing but `code` and `values` ever leaves the service.
"""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager

NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
"""What the system says when nothing more can be written: a full disk, a spent quota."""


class ExpertGraphError(Exception):
    """Raised on purpose; `code` names the sentence for people and `values` fill it."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class AccessRefused(ExpertGraphError):
    """Not signed in, no purpose, not one's role, or not allowed to it; the sentence says what would be."""


class InputRefused(ExpertGraphError):
    """What the user gave cannot be used; the sentence says what to give instead."""


class ProblemRefused(InputRefused):
    """The problem text, its date or its limit is out of bounds."""


class FileRefused(InputRefused):
    """A file cannot be imported at all: not there, not readable, not a known format."""


class RulesRefused(InputRefused):
    """There is too little to learn from, no such rule set, or nobody to agree to it."""


class AnalysisRefused(InputRefused):
    """The windows, the groups or the kinds of an analysis cannot be told, or would tell of too few people."""


class Told(InputRefused):
    """An error that has already been put into words; `told` is its own code."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__("say.told", message=message, told=code)


@contextmanager
def file_refusals(name: str) -> Iterator[None]:
    """Turns the ways in which a file cannot be opened into FileRefused with its name."""
    try:
        yield
    except FileNotFoundError:
        raise FileRefused("file.missing", file=name) from None
    except IsADirectoryError:
        raise FileRefused("file.is_folder", file=name) from None
    except PermissionError:
        raise FileRefused("file.no_rights", file=name) from None


def line_of(error: Exception, last: int) -> int:
    """The line that a reader of TOML names in what it says; `last` where it names the end."""
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else last


class UnknownId(InputRefused):
    """No case, person or node with this id is visible to this viewer."""


class StoreError(ExpertGraphError):
    """The store cannot do its work now; trying again later may help."""


class StoreUnavailable(StoreError):
    """The store is not reachable, may not be opened, or is something else."""


class StoreBusy(StoreError):
    """Another writer held the store for longer than the busy time-out."""


class StoreTooNew(StoreError):
    """The store was written by a newer schema version; this software must not touch it."""


class LeaseLost(StoreError):
    """The run's lease ran out and another process cleaned it up; nothing of it is visible."""


class RunRefused(ExpertGraphError):
    """There is no such run, or its state does not allow what was asked."""
