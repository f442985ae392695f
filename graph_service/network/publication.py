"""An analysis as it may be shown: of groups as they were at the begin of the month, and of none whose figures would
tell of the few who have left the analysis since then."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from graph_service.access import Purpose, everybody_for
from graph_service.errors import AnalysisRefused
from graph_service.evidence.tie_kinds import KIND_NAMES
from graph_service.evidence.tie_months import ties_of
from graph_service.evidence.ties import Ties
from graph_service.model import month_start
from graph_service.network.division import Division
from graph_service.network.groups import Dimension, divisions
from graph_service.network.thinning import Question, Thinning, thinning
from graph_service.network.windows import Window, window
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, Transaction, View

LONGEST_ANALYSIS = 600.0
_SEPARATOR = " + "


@dataclass(frozen=True, slots=True)
class Spans:
    """What an analyst names: the first and the last month of two windows, and kinds of contact (none: all)."""

    before: tuple[str, str]
    after: tuple[str, str]
    kinds: tuple[str, ...] = ()

    def windows(self, now: int) -> tuple[Window, Window]:
        """The two windows; raises AnalysisRefused for what is none, or where the second does not follow the first."""
        first, second = window(*self.before, now), window(*self.after, now)
        if second.since < first.until:
            raise AnalysisRefused("network.overlap", before=first, after=second)
        return first, second


@dataclass(frozen=True)
class Study:
    """All ties and groups of one month's data, and the groups that are withheld until the next."""

    as_of: int
    minimum: int
    ties: Ties
    divisions: Mapping[Dimension, Division]
    withheld: Mapping[Dimension, frozenset[int]]


def study(store: Store, view: View, now: int, minimum: int) -> Study:
    """What every analysis of a month starts from; the View is as of its begin. In the month in which a house begins,
    its groups are those of today."""
    ties = ties_of(view)
    began = bool(view.ask(nq.MEMBERSHIPS))
    found = divisions(view if began else view.at(now), ties.people, minimum)
    return Study(view.as_of, minimum, ties, found, _withheld(store, view.as_of, found, minimum))


@contextmanager
def analysis_view(store: Store, now: int) -> Iterator[View]:
    """A View of those who take part in analyses, as of the begin of the month."""
    with store.view(everybody_for(Purpose.NETWORK_ANALYSIS), as_of=month_start(now), longest=LONGEST_ANALYSIS) as view:
        yield view


def change_of(store: Store, now: int, spans: Spans, minimum: int) -> Thinning:
    """The comparison of two windows, remembered until data or people change."""
    before, after = spans.windows(now)
    asked = Question(before, after, spans.kinds or KIND_NAMES, minimum)
    with analysis_view(store, now) as view:
        key = ("thinning", asked, view.pin.as_of, view.pin.run, view.pin.open, view.pin.crowd)

        def compare() -> Thinning:
            found = study(store, view, now, minimum)
            return thinning(found.ties, found.divisions, asked, found.withheld)

        return view.remembered(key, compare)


def _withheld(
    store: Store, month: int, found: Mapping[Dimension, Division], minimum: int
) -> Mapping[Dimension, frozenset[int]]:
    """Groups that are not those of whom figures were shown this month, but for fewer people than the minimum; noted now
    where none were."""
    marks = {(dimension, name): (size, mark) for dimension, name, size, mark in _marked(found)}
    noted = store.state(nq.PUBLISHED_GROUPS, month=month)
    if not noted:
        rows = [
            {"month": month, "dimension": dimension.value, "name": name, "size": size, "mark": mark}
            for (dimension, name), (size, mark) in marks.items()
        ]

        def note(transaction: Transaction) -> None:
            transaction.write(nq.DROP_PUBLISHED_GROUPS, {"month": month})
            transaction.write(nq.ADD_PUBLISHED_GROUPS, rows)

        store.write(note)
        return {dimension: frozenset() for dimension in found}
    shown = {(row.dimension, row.name): (row.size, row.mark) for row in noted}
    moved = abs(sum(row.size for row in noted) - sum(size for size, _ in marks.values())) >= minimum * len(found)
    changed: dict[Dimension, frozenset[int]] = {}
    for dimension, division in found.items():
        places = set()
        for place, names in enumerate(division.names):
            size, mark = marks[dimension, _SEPARATOR.join(names)]
            before = shown.get((dimension.value, _SEPARATOR.join(names)))
            few = not moved if before is None else before[1] != mark and abs(before[0] - size) < minimum
            if few:
                places.add(place)
        changed[dimension] = frozenset(places)
    return changed


def _marked(found: Mapping[Dimension, Division]) -> list[tuple[Dimension, str, int, str]]:
    rows = []
    for dimension, division in found.items():
        members: list[list[str]] = [[] for _ in division.names]
        for person in sorted(division.group):
            members[division.group[person]].append(person)
        for names, size, people in zip(division.names, division.sizes, members, strict=True):
            rows.append((dimension, _SEPARATOR.join(names), size, sha256("\n".join(people).encode()).hexdigest()))
    return rows
