"""A byte stream of JSON that refuses what the parser cannot bear: deep nesting takes the square of its depth in memory,
and a number of thousands of digits ends the process."""

import re
from collections import Counter
from typing import BinaryIO

from graph_service.errors import FileRefused

DEEPEST = 100
_BOM = b"\xef\xbb\xbf"
_ENDLESS_NUMBER = re.compile(rb"\d{1000}")
_TELLING = re.compile(rb'\\.|["\[\]{}]', re.DOTALL)


class ShallowStream:
    """Reads through, skips a byte order mark; raises FileRefused at brackets over 100 deep or 1,000 digits in a row.

    `lists` counts by depth the lists whose first entry is an object.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._depth = 0
        self._in_text = False
        self._escaped = False
        self._started = False
        self._before = b""
        self.lists: Counter[int] = Counter()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        part = self._stream.read(size)
        if not self._started and size:  # parsers ask for nothing first, to see what they get
            self._started = True
            while 0 < len(part) < len(_BOM) and (more := self._stream.read(1)):
                part += more
            part = part.removeprefix(_BOM) or self._stream.read(size)
        if _ENDLESS_NUMBER.search(part):
            raise FileRefused("file.too_deep", file=self._name)
        self._follow(part)
        return part

    def _follow(self, part: bytes) -> None:
        start = 1 if self._escaped and part else 0
        self._escaped = self._escaped and not part
        end = start
        for found in _TELLING.finditer(part, start):
            end = found.end()
            sign = found[0]
            if sign == b'"':
                self._in_text = not self._in_text
            elif not self._in_text and len(sign) == 1:
                if (self._before, sign) == (b"[", b"{"):
                    self.lists[self._depth - 1] += 1
                self._before = sign
                self._depth += 1 if sign in b"[{" else -1
                if self._depth > DEEPEST:
                    raise FileRefused("file.too_deep", file=self._name)
        self._escaped = self._escaped or part[end:].endswith(b"\\")
