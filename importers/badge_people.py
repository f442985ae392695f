"""Who wears which badge, without names: lines `badge TAB department`, as SocioPatterns adds them to its contacts."""

import re
from collections.abc import Iterator
from typing import ClassVar

from graph_service.model import (
    Mapping,
    Profile,
    Provenance,
    Reading,
    RowFault,
    SourceFile,
    SourceId,
    SourceRow,
    Statement,
)
from importers.proximity import BADGES
from importers.record_format import RecordFormat

FEWEST = 5
_LINE = re.compile(r"(\d{1,10})\t(\S[^\t]{0,100})")
_MOST_LINE = 1_000


class BadgePeople(RecordFormat):
    """A badge per line, each once; several share a department."""

    name: ClassVar[str] = "badge-people"

    def recognises(self, source: SourceFile) -> float:
        """Sure when every line is a badge of its own and a department that is no figure and stands again."""
        lines = source.head()[:65_536].decode("utf-8", "replace").splitlines()
        found = [told for told in map(_LINE.fullmatch, lines[:-1] if len(lines) > FEWEST else lines) if told]
        badges, units = {told[1] for told in found}, {told[2] for told in found}
        is_list = len(found) >= max(FEWEST, len(lines) - 1) and len(badges) == len(found)
        return 0.5 if is_list and len(units) <= len(found) / 2 and not any(map(str.isdecimal, units)) else 0.0

    def read(self, source: SourceFile, mapping: Mapping) -> Iterator[Reading]:
        """A profile without a name per badge."""
        with source.open() as stream:
            for number, line in enumerate(iter(lambda: stream.readline(_MOST_LINE), b""), start=1):
                text = line.decode("utf-8", "replace").strip("\r\n ")
                told = _LINE.fullmatch(text)
                place = Provenance(source.name, number)
                if told:
                    badge = SourceId(BADGES, told[1])
                    own = SourceId("badge people", told[1])
                    yield SourceRow((Statement(own, (Profile(badge, "", unit=told[2]),), place),))
                elif text:
                    yield RowFault(source.name, number, "", text[:200], "row.unreadable")
