"""Face-to-face contacts from badges (SocioPatterns `t i j`): who stood before whom, in steps of 20 seconds."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import ClassVar

from graph_service.model import (
    Contact,
    Mapping,
    Mode,
    Provenance,
    Reading,
    RowFault,
    Skipped,
    SourceFile,
    SourceId,
)
from importers.contacts import Meeting, contact_row
from importers.dates import ISO, day_or_moment
from importers.record_format import RecordFormat

BADGES = "badge"
STEP = 20
"""Each line stands for the 20 seconds before its time."""
_LINE = re.compile(rb"(\d{1,10})[ \t]+([^\s,;]{1,100})[ \t]+([^\s,;]{1,100})\s*")
_MOST_LINE = 1_000
_Pair = tuple[str, str]
_Seen = dict[_Pair, tuple[int, int, int]]


class Proximity(RecordFormat):
    """Lines of a pair that follow each other are one contact; `begins` is the day that second 0 belongs to."""

    name: ClassVar[str] = "proximity"
    settings: ClassVar[tuple[tuple[str, str], ...]] = (("begins", "?"), ("zone", "Europe/Berlin"))

    def recognises(self, source: SourceFile) -> float:
        """Sure when most of the first lines are a time, seldom less than the one before, and two badges."""
        lines = source.head().splitlines()[:50]
        found = [_LINE.fullmatch(line) for line in lines if len(line) < _MOST_LINE]
        times = [int(one[1]) for one in found if one]
        back = sum(one > other for one, other in pairwise(times))
        return 0.9 if len(times) >= 5 and len(times) >= len(lines) / 2 and back <= len(times) / 5 else 0.0

    def read(self, source: SourceFile, mapping: Mapping) -> Iterator[Reading]:
        """A contact per pair and uninterrupted time, when it has ended; lines that go back in time are faults."""
        seen: _Seen = {}
        begin, now = _begin(mapping), 0
        with source.open() as stream:
            for number, line in enumerate(iter(lambda: stream.readline(_MOST_LINE), b""), start=1):
                found = _LINE.fullmatch(line)
                if found is None:
                    if line.strip():
                        yield RowFault(source.name, number, "", _text(line[:200]), "row.unreadable")
                    continue
                at, one, other = int(found[1]), *sorted((_text(found[2]), _text(found[3])))
                if one == other:
                    yield Skipped("contact.oneself")
                    continue
                if at < now:
                    yield RowFault(source.name, number, "t", str(at), "value.not_a_time")
                    continue
                if at > now:
                    yield from _ended(source.name, begin, seen, at - STEP)
                now = at
                start, _, place = seen.get((one, other), (at - STEP, at, number))
                seen[one, other] = (start, at, place)
        yield from _ended(source.name, begin, seen, now + 1)


def _ended(file: str, begin: int, seen: _Seen, before: int) -> Iterator[Reading]:
    """The contacts that were last seen earlier, which are dropped from `seen`."""
    for pair in [pair for pair, (_, last, _) in seen.items() if last < before]:
        start, _, line = seen.pop(pair)
        meeting = Meeting(
            SourceId(BADGES, f"{pair[0]} {pair[1]} {start}"), begin + start * 1000, Contact.MEETING, Mode.ON_SITE
        )
        yield contact_row(meeting, (SourceId(BADGES, badge) for badge in pair), Provenance(file, line))


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _begin(mapping: Mapping) -> int:
    """The instant of second 0; 0 as long as nobody has said which day that is."""
    day = mapping.setting("begins", "")
    return day_or_moment(f"{day}T00:00", ISO, mapping.setting("zone", "UTC"), "begins", early=True) or 0 if day else 0
