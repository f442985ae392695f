"""Analyses of what connects groups: the boundary of two of them, and where to reconnect."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph_service.errors import AnalysisRefused
from graph_service.model import DAY, month_start
from graph_service.network.boundary import Boundary, boundary
from graph_service.network.division import REST
from graph_service.network.groups import Dimension
from graph_service.network.publication import analysis_view, study
from graph_service.network.reconnection import Proposal, proposals
from graph_service.network.windows import Window, first_of
from graph_service.store.base import Store

MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Event:
    """What an analyst names: two groups of a dimension, the month in which something began, and how many whole months
    before it and from it on are compared."""

    by: Dimension
    groups: tuple[str, str]
    month: str
    months: int

    def windows(self, now: int) -> tuple[Window, Window]:
        """The windows before and from the month on; raises AnalysisRefused where they are none, or not over."""
        if not 1 <= self.months <= MOST_MONTHS:
            raise AnalysisRefused("network.too_long", most=MOST_MONTHS)
        middle = first_of(self.month)
        spans = Window(_shifted(middle, -self.months), middle), Window(middle, _shifted(middle, self.months))
        if spans[1].until > month_start(now):
            raise AnalysisRefused("network.not_over", month=str(spans[1]))
        return spans


def _shifted(month: int, count: int) -> int:
    """The first instant of a month so many months later, or earlier."""
    at = month
    for _ in range(abs(count)):
        at = month_start(at + 32 * DAY) if count > 0 else month_start(at - DAY)
    return at


def boundary_of(store: Store, now: int, event: Event, minimum: int) -> Boundary:
    """The boundary of two groups around an event; raises AnalysisRefused for groups there are not, or withheld ones."""
    spans = event.windows(now)
    with analysis_view(store, now) as view:
        found = study(store, view, now, minimum)
    division = found.divisions[event.by]
    places = {name: place for place, names in enumerate(division.names) for name in names if name != REST}
    unknown = next((name for name in event.groups if name not in places), None)
    pair = (places.get(event.groups[0], -1), places.get(event.groups[1], -1))
    if unknown is not None or pair[0] == pair[1]:
        shown = ", ".join(sorted(places))
        raise AnalysisRefused("network.no_group", value=(unknown or event.groups[0])[:60], groups=shown[:400])
    if set(pair) & found.withheld[event.by]:
        raise AnalysisRefused("network.withheld_all")
    return boundary(found.ties, division, pair, spans, minimum)


def proposals_of(
    store: Store, now: int, by: Dimension, minimum: int
) -> tuple[Sequence[tuple[str, ...]], list[Proposal]]:
    """Names of the groups, and the pairs of them where reconnecting would help most."""
    with analysis_view(store, now) as view:
        found = study(store, view, now, minimum)
    division, withheld = found.divisions[by], found.withheld[by]
    told = proposals(found.ties, division, found.as_of // DAY, minimum)
    return division.names, [one for one in told if not set(one.pair) & withheld]
