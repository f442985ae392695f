"""Hours of the day and days of the week as lists write them."""

import re

from importers.tabular import CellFault

DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_WRITTEN = (
    "montag monday mo mon", "dienstag tuesday di tu tue", "mittwoch wednesday mi we wed",
    "donnerstag thursday do th thu", "freitag friday fr fri", "samstag sonnabend saturday sa sat",
    "sonntag sunday so su sun",
)  # fmt: skip
_NAMES = {name: place for place, names in enumerate(_WRITTEN) for name in names.split()}
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:uhr)?\s*(?:-|–|bis|to)\s*(\d{1,2})(?:[:.](\d{2}))?\s*(?:uhr|h)?")


def span_of_day(text: str, column: str) -> str:
    """`10:00-11:30` of `10 bis 11.30 Uhr`, over midnight too; raises CellFault for anything else."""
    found = _SPAN.fullmatch(text.strip().casefold())
    if found:
        hours = int(found[1]), int(found[3])
        minutes = int(found[2] or 0), int(found[4] or 0)
        if max(hours) <= 24 and max(minutes) < 60 and (hours[0], minutes[0]) != (hours[1], minutes[1]):
            return f"{hours[0]:02}:{minutes[0]:02}-{hours[1]:02}:{minutes[1]:02}"
    raise CellFault(column, text, "value.not_hours")


def weekdays(text: str, column: str) -> str:
    """`MON,TUE,WED` of `Mo-Mi` or `Montag, Dienstag und Mittwoch`; raises CellFault for anything else."""
    found: set[int] = set()
    for part in re.split(r"[,;/]|\bund\b|\band\b", text.casefold()):
        ends = [_NAMES.get(one.strip(" .")) for one in re.split(r"-|–|\bbis\b|\bto\b", part)]
        if not 1 <= len(ends) <= 2 or None in ends:
            raise CellFault(column, text, "value.not_a_weekday")
        first, last = int(ends[0] or 0), int(ends[-1] or 0)
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return ",".join(DAYS[place] for place in sorted(found))
