"""An analysis as it may be shown: of groups as they were at the begin of the month, and of none whose figures would
tell of the few who have left the analysis since then."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple

from graph_service.access import Purpose, everybody_for
from graph_service.errors import AnalysisRefused
from graph_service.evidence.tie_kinds import KIND_NAMES
from graph_service.evidence.tie_months import ties_of
from graph_service.evidence.ties import Ties
from graph_service.model import moment, month_start, next_month
from graph_service.network.division import Division
from graph_service.network.figures import DIGITS, Structures, structures
from graph_service.network.groups import Dimension, division_by
from graph_service.network.lasting import half_life
from graph_service.network.snapshots import snapshot
from graph_service.network.thinning import Question, Thinning, thinning
from graph_service.network.windows import Window, any_days, quarter, quarters_after
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, View

LONGEST_ANALYSIS = 600.0
PUBLIC = "evaluation"
"""The import profile of what is public or pseudonymised."""
DRAWS_A_QUARTER = 199


class When(NamedTuple):
    """The moment of the service, and the one on the wall, by which people choose."""

    now: int
    wall: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed: by what people are grouped, and how many there must be at least; `is_public`: everybody can
    count for themselves, so that any days may be compared, nothing is hidden and figures of structure are exact."""

    by: Dimension
    minimum: int
    is_public: bool = False


def check_public(store: Store) -> None:
    """Raises AnalysisRefused unless everything that was ever brought came in under the profile for public data."""
    if {row.profile for row in store.state(nq.IMPORT_PROFILES)} != {PUBLIC}:
        raise AnalysisRefused("network.not_public")


@dataclass(frozen=True, slots=True)
class Spans:
    """What an analyst names: the first and the last month of two quarters, and kinds of contact (none: all)."""

    before: tuple[str, str]
    after: tuple[str, str]
    kinds: tuple[str, ...] = ()

    def windows(self, now: int, terms: Terms) -> tuple[Window, Window]:
        """The two quarters, or spans of days of public data; raises AnalysisRefused for what is none, or where the
        second does not follow the first."""
        read = any_days if terms.is_public else quarter
        first, second = read(self.before, now), read(self.after, now)
        if second.since < first.until:
            raise AnalysisRefused("network.overlap", before=first, after=second)
        return first, second


@dataclass(frozen=True)
class Study:
    """All ties and groups of one month's data."""

    as_of: int
    terms: Terms
    ties: Ties
    division: Division


def study(store: Store, view: View, when: When, terms: Terms) -> Study:
    """What every analysis of a month starts from; the View is as of its begin. In the month in which a house begins,
    its groups are those of the first analysis.

    Raises AnalysisRefused when somebody has chosen about analyses, or was erased, since figures of this month were
    shown: every further one would tell of them by a difference.
    """
    if terms.is_public:
        check_public(store)
    month = view.as_of
    noted = store.state(nq.PUBLISHED, month=month, purpose=Purpose.NETWORK_ANALYSIS.value)
    if noted and noted[0].left:
        raise AnalysisRefused("network.withheld", until=moment(next_month(month)))
    since = noted[0].since if noted else when.now
    began = bool(view.ask(nq.MEMBERSHIPS))
    ties = ties_of(view)
    division = division_by(view if began else view.at(since), ties.people, terms.by, terms.minimum)
    if not noted:
        note = {"month": month, "since": since, "noted_at": when.wall}
        store.write(lambda transaction: transaction.write(nq.ADD_PUBLISHED, note))
    return Study(month, terms, ties, division)


@contextmanager
def analysis_view(store: Store, when: When) -> Iterator[View]:
    """A View of those who take part in analyses, as of the begin of the month."""
    with store.view(
        everybody_for(Purpose.NETWORK_ANALYSIS), as_of=month_start(when.now), longest=LONGEST_ANALYSIS
    ) as view:
        yield view


def change_of(store: Store, when: When, spans: Spans, terms: Terms) -> Thinning:
    """The comparison of two quarters, remembered until data or people change."""
    before, after = spans.windows(when.now, terms)
    asked = Question(before, after, spans.kinds or KIND_NAMES, terms.minimum, is_public=terms.is_public)
    with analysis_view(store, when) as view:

        def compare() -> Thinning:
            found = study(store, view, when, terms)
            return thinning(found.ties, found.division, asked)

        return view.remembered(("thinning", asked, terms, view.as_of), compare)


def quarters_of(store: Store, when: When, spans: Spans, terms: Terms) -> Sequence[Thinning]:
    """The same comparison for each quarter up to the second one, by fewer deals; none of single days."""
    before, after = spans.windows(when.now, terms)
    quarters = quarters_after(before, after)
    if after not in quarters:
        return ()
    with analysis_view(store, when) as view:

        def compare() -> Sequence[Thinning]:
            found = study(store, view, when, terms)
            asked = Question(before, after, spans.kinds or KIND_NAMES, terms.minimum, DRAWS_A_QUARTER, terms.is_public)
            return [thinning(found.ties, found.division, replace(asked, after=span)) for span in quarters[:-1]]

        earlier = view.remembered(("quarters", before, after, spans.kinds, terms, view.as_of), compare)
    return [*earlier, change_of(store, when, spans, terms)]


def structure_of(store: Store, when: When, spans: Spans, terms: Terms) -> tuple[Structures, int | None] | None:
    """How the networks of two windows are built, and the half-life of ties in days; None where nothing is told of
    everybody."""
    compared = change_of(store, when, spans, terms)
    if compared.whole is None:
        return None
    with analysis_view(store, when) as view:
        found = study(store, view, when, terms)
    ties = found.ties.of_kinds(compared.compared)
    first, second = (snapshot(ties, window) for window in (compared.before, compared.after))
    group = None if compared.hidden else found.division.places(ties.people)
    return structures(first, second, group, None if terms.is_public else DIGITS), half_life(ties)
