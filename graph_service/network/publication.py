"""An analysis as it may be shown: of groups as they were at the begin of the month, and of none whose figures would
tell of the few who have left the analysis since then."""

from collections.abc import Iterator, Sequence
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
from graph_service.network.figures import Structures, structures
from graph_service.network.groups import Dimension, division_by
from graph_service.network.lasting import half_life
from graph_service.network.snapshots import snapshot
from graph_service.network.thinning import Question, Thinning, thinning
from graph_service.network.windows import Window, quarter
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, Transaction, View

LONGEST_ANALYSIS = 600.0
_SEPARATOR = " + "


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed: by what people are grouped, and how many there must be at least."""

    by: Dimension
    minimum: int


@dataclass(frozen=True, slots=True)
class Spans:
    """What an analyst names: the first and the last month of two quarters, and kinds of contact (none: all)."""

    before: tuple[str, str]
    after: tuple[str, str]
    kinds: tuple[str, ...] = ()

    def windows(self, now: int) -> tuple[Window, Window]:
        """The two quarters; raises AnalysisRefused for what is none, or where the second does not follow the first."""
        first, second = quarter(self.before, now), quarter(self.after, now)
        if second.since < first.until:
            raise AnalysisRefused("network.overlap", before=first, after=second)
        return first, second


@dataclass(frozen=True)
class Study:
    """All ties and groups of one month's data, and the groups that are withheld until the next."""

    as_of: int
    terms: Terms
    ties: Ties
    division: Division
    withheld: frozenset[int]

    def check_whole(self) -> None:
        """Raises AnalysisRefused while groups are withheld."""
        if self.withheld:
            raise AnalysisRefused("network.withheld_all")


def study(store: Store, view: View, now: int, terms: Terms) -> Study:
    """What every analysis of a month starts from; the View is as of its begin. In the month in which a house begins,
    its groups are those of the first analysis."""
    ties, month = ties_of(view), view.as_of
    noted = [row for row in store.state(nq.PUBLISHED_GROUPS, month=month) if row.dimension == terms.by.value]
    began = bool(view.ask(nq.MEMBERSHIPS))
    since = month if began else noted[0].noted_at if noted else now
    division = division_by(view.at(since), ties.people, terms.by, terms.minimum)
    marks = _marks(division)
    if not noted:
        _note(store, month, since, terms.by, marks)
        return Study(month, terms, ties, division, frozenset())
    shown = {row.name: row.mark for row in noted}
    withheld = frozenset(place for place, (name, mark) in enumerate(marks) if shown.get(name) != mark)
    return Study(month, terms, ties, division, withheld)


@contextmanager
def analysis_view(store: Store, now: int) -> Iterator[View]:
    """A View of those who take part in analyses, as of the begin of the month."""
    with store.view(everybody_for(Purpose.NETWORK_ANALYSIS), as_of=month_start(now), longest=LONGEST_ANALYSIS) as view:
        yield view


def change_of(store: Store, now: int, spans: Spans, terms: Terms) -> Thinning:
    """The comparison of two windows, remembered until data or people change."""
    before, after = spans.windows(now)
    asked = Question(before, after, spans.kinds or KIND_NAMES, terms.minimum)
    with analysis_view(store, now) as view:
        key = ("thinning", asked, terms, view.pin.as_of, view.pin.run, view.pin.open, view.pin.crowd)

        def compare() -> Thinning:
            found = study(store, view, now, terms)
            return thinning(found.ties, found.division, asked, found.withheld)

        return view.remembered(key, compare)


def structure_of(store: Store, now: int, spans: Spans, terms: Terms) -> tuple[Structures, int | None] | None:
    """How the networks of two windows are built, and the half-life of ties in days; None where nothing is told of
    everybody."""
    compared = change_of(store, now, spans, terms)
    if compared.whole is None:
        return None
    with analysis_view(store, now) as view:
        found = study(store, view, now, terms)
    ties = found.ties.of_kinds(compared.compared)
    first, second = (snapshot(ties, window) for window in (compared.before, compared.after))
    return structures(first, second, found.division.places(ties.people)), half_life(ties)


def _note(store: Store, month: int, since: int, by: Dimension, marks: Sequence[tuple[str, str]]) -> None:
    """Notes the groups of which figures of a month are shown from now on."""
    rows = [
        {"month": month, "dimension": by.value, "name": name, "mark": mark, "noted_at": since} for name, mark in marks
    ]

    def note(transaction: Transaction) -> None:
        transaction.write(nq.DROP_PUBLISHED_GROUPS, {"month": month})
        transaction.write(nq.ADD_PUBLISHED_GROUPS, rows)

    store.write(note)


def _marks(division: Division) -> list[tuple[str, str]]:
    """The name of each group and a hash over who is in it."""
    members: list[list[str]] = [[] for _ in division.names]
    for person in sorted(division.group):
        members[division.group[person]].append(person)
    return [
        (_SEPARATOR.join(names), sha256("\n".join(people).encode()).hexdigest())
        for names, people in zip(division.names, members, strict=True)
    ]
