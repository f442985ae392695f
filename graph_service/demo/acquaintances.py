"""Contacts of the generated company: who keeps up with whom, thinner between sites since March 2020.

Planted: of the ties between sites that were there before the break, `CUT` no longer meet; inside of a site nothing
thins. Chats are told of from April 2021 on only; for three weeks in 2023 the calendar was not read.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from graph_service.demo.firm import BREAK, LAST_DAY, Colleague

FIRST_CONTACT = datetime(2019, 7, 1, 7, tzinfo=BREAK.tzinfo)
CHATS_FROM = datetime(2021, 4, 1, tzinfo=BREAK.tzinfo)
UNREAD = (datetime(2023, 8, 7, tzinfo=BREAK.tzinfo), datetime(2023, 8, 28, tzinfo=BREAK.tzinfo))
NEAR, FAR = 3, 2
"""Ties that everybody seeks inside of and between sites; as many come from others on the average."""
CUT = 0.55
A_YEAR = 6.0
"""Contacts a year of a tie in the mean."""
COLUMNS = ("von", "an", "wann", "Art", "Anlass")
OCCASIONS = ("gemeinsames Projekt", "Schulung Wien", "Hospitation", "Werksrundgang")


def contacts(people: Sequence[Colleague], seed: int) -> Iterator[dict[str, str]]:
    """Rows of the list of contacts."""
    draw = random.Random(seed)
    at_site: dict[str, list[Colleague]] = {}
    for one in people:
        at_site.setdefault(one.site, []).append(one)
    for one in people:
        far = [other for other in draw.sample(people, FAR * 2) if other.site != one.site][:FAR]
        near = draw.sample(at_site[one.site], min(NEAR, len(at_site[one.site])))
        for other in (*near, *far):
            if other is not one:
                yield from _of_tie(draw, one, other)


def _of_tie(draw: random.Random, one: Colleague, other: Colleague) -> Iterator[dict[str, str]]:
    until = min(LAST_DAY, one.until, other.until)
    at = max(FIRST_CONTACT, one.since, other.since)
    is_far = one.site != other.site
    is_first, is_cut = True, is_far and at < BREAK and draw.random() < CUT
    rate = draw.gammavariate(2.0, A_YEAR / 2.0)
    while True:
        at += timedelta(days=365 * draw.expovariate(max(rate, 0.5)))
        if at >= until or (is_cut and at >= BREAK):
            return
        kind = "Chat" if at >= CHATS_FROM and draw.random() < 0.5 else "Besprechung"
        if kind == "Besprechung" and UNREAD[0] <= at < UNREAD[1]:
            continue
        occasion = draw.choice(OCCASIONS) if is_far and is_first else ""
        by_day = at.replace(hour=7 + at.hour * 9 // 24)
        yield {"von": one.login, "an": other.login, "wann": by_day.isoformat(timespec="minutes"), "Art": kind,
               "Anlass": occasion}  # fmt: skip
        is_first = False
