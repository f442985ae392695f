"""Ties between groups over the quarters, as small pictures of the same size."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from graph_service.network.source_words import kind_name
from graph_service.network_tables import change_in
from graph_service.text.messages import Spoken, day, figure, sentence

MOST = 6
LEFT, WIDTH, TOP, HEIGHT = 26, 258, 20, 76
HIGHEST = 120
"""Up to which index a picture goes at least; the first window is 100."""
CORONA = 2020 + 2 / 12
FIELDS = ("after", "expected", "low", "high")
Ties = Mapping[str, Any] | None


def multiples(found: Mapping[str, Any], language: Spoken) -> list[dict[str, Any]]:
    """All ties between groups, and the pairs of groups that fell most."""
    quarters = found["quarters"]
    if len(quarters) < 2:
        return []
    fallen = [pair for pair in found["pairs"] if pair["one"] != pair["other"] and pair["ties"]["before"]]
    fallen = sorted(fallen, key=lambda pair: change_in(pair["ties"]) or 0.0)[: MOST - 1]
    told = [(sentence(f"network.between.{found['by']}", language), [one["crossTies"] for one in quarters])]
    for pair in fallen:
        ends = (pair["one"], pair["other"])
        rows = [[one["ties"] for one in quarter["pairs"] if (one["one"], one["other"]) == ends] for quarter in quarters]
        told.append((" – ".join(ends), [row[0] if row else None for row in rows]))
    return [_multiple(name, row, found, language) for name, row in told if any(one and one["before"] for one in row)]


def _multiple(name: str, ties: Sequence[Ties], found: Mapping[str, Any], language: Spoken) -> dict[str, Any]:
    """One picture: the index of each quarter, what is expected, the band of chance, quarters without a source."""
    quarters = found["quarters"]
    rows = {field: [_index(one, field) for one in ties] for field in FIELDS}
    most = max(HIGHEST, *(value for field in FIELDS[:2] for value in rows[field] if value is not None))
    years = _Years(_year(found["before"]["first"]), _year(quarters[-1]["window"]["first"]))
    places = [years.place(_year(one["window"]["first"])) for one in quarters]
    heights = {
        field: [None if value is None else TOP + HEIGHT * (1 - min(value, most) / most) for value in row]
        for field, row in rows.items()
    }
    begin, last = TOP + HEIGHT * (1 - 100 / most), heights["after"][-1]
    wide = WIDTH / len(quarters)
    shown = [[figure(rows[field][at], ".0f", language) for field in FIELDS] for at in range(len(quarters))]
    return {
        "name": name,
        "top": round(begin, 1),
        "actual": _path([(LEFT, begin), *zip(places, heights["after"], strict=True)]),
        "base": _path([(LEFT, begin), *zip(places, heights["expected"], strict=True)]),
        "band": _band(places, heights["low"], heights["high"]),
        "missing": [
            {
                "x": round(place - wide, 1),
                "width": round(wide, 1),
                "kinds": sentence("page.missing", language, kinds=_missing(one, language)),
            }
            for place, one in zip(places, quarters, strict=True)
            if one["missing"] or one["gaps"]
        ],
        "corona": round(years.place(CORONA), 1) if years.first < CORONA < years.last else None,
        "years": [{"x": round(years.place(year), 1), "year": year} for year in years.marks],
        "now": dict(zip(FIELDS, shown[-1], strict=True)),
        "now_at": None if last is None else round(last + 4, 1),
        "rows": [
            [f"{one['window']['first']}..{one['window']['last'][5:]}", *row, _missing(one, language) or "–"]
            for one, row in zip(quarters, shown, strict=True)
        ],
    }


class _Years:
    """Where years stand in a picture."""

    def __init__(self, first: float, last: float) -> None:
        self.first, self.last = first, last

    def place(self, year: float) -> float:
        """Of a moment, as a year with its fraction."""
        return LEFT + WIDTH * (year - self.first) / (self.last - self.first)

    @property
    def marks(self) -> list[int]:
        """Years to be written below: each, or every second one."""
        step = 2 if self.last - self.first > 3 else 1
        return [year for year in range(int(self.first) + 1, int(self.last) + 1) if (int(self.last) - year) % step == 0]


def _missing(quarter: Mapping[str, Any], language: Spoken) -> str:
    """Which kinds no source tells of in a quarter, and on which days it tells of none that is compared."""
    told = [kind_name(kind, language) for kind in quarter["missing"]]
    for gap in quarter["gaps"]:
        days = "–".join(day(datetime.fromisoformat(gap[end]), language) for end in ("first", "last"))
        told.append(sentence("page.some_days", language, days=days))
    return ", ".join(dict.fromkeys(told))


def _index(ties: Ties, field: str) -> float | None:
    if ties is None or not ties["before"] or ties[field] is None:
        return None
    return float(100.0 * ties[field] / ties["before"])


def _year(month: str) -> float:
    return int(month[:4]) + (int(month[5:7]) - 1) / 12


def _path(points: Sequence[tuple[float, float | None]]) -> str:
    """An SVG path, broken where nothing is told."""
    told, is_broken = [], True
    for x, y in points:
        if y is not None:
            told.append(f"{'M' if is_broken else 'L'}{x:.1f} {y:.1f}")
        is_broken = y is None
    return "".join(told)


def _band(places: Sequence[float], low: Sequence[float | None], high: Sequence[float | None]) -> str:
    """The band of chance, broken where nothing is told."""
    runs: list[list[tuple[float, float, float]]] = [[]]
    for x, top, bottom in zip(places, high, low, strict=True):
        if top is None or bottom is None:
            runs.append([])
        else:
            runs[-1].append((x, top, bottom))
    return "".join(
        _path([*((x, top) for x, top, _ in run), *((x, bottom) for x, _, bottom in reversed(run))]) + "Z"
        for run in runs
        if len(run) > 1
    )
