"""Analyses of what connects groups: the boundary of two of them, and where to reconnect."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph_service.errors import AnalysisRefused
from graph_service.evidence.tie_kinds import KIND_NAMES
from graph_service.model import DAY
from graph_service.network.boundary import Boundary, boundary
from graph_service.network.coverage import Coverage, coverage_of
from graph_service.network.division import REST
from graph_service.network.islands import solvers
from graph_service.network.publication import Terms, When, analysis_view, study
from graph_service.network.reconnection import RECENT, Proposal, proposals
from graph_service.network.windows import QUARTER, Window, quarter, shifted
from graph_service.store import named_queries as nq
from graph_service.store.base import Store


@dataclass(frozen=True, slots=True)
class Event:
    """What an analyst names: two groups, and the quarter in which something began; it is compared with the one
    before."""

    groups: tuple[str, str]
    months: tuple[str, str]

    def windows(self, now: int) -> tuple[Window, Window]:
        """The quarter before and the quarter; raises AnalysisRefused where it is none, or not over."""
        span = quarter(self.months, now)
        return Window(shifted(span.since, -QUARTER), span.since), span


def boundary_of(
    store: Store, when: When, event: Event, terms: Terms
) -> tuple[Boundary, tuple[str, ...], tuple[str, ...]]:
    """The boundary of two groups around an event, and what the groups are called; raises AnalysisRefused for groups
    there are not."""
    spans = event.windows(when.now)
    with analysis_view(store, when) as view:
        found = study(store, view, when, terms)
    names = found.division.names
    places = {name: place for place, several in enumerate(names) for name in several if name != REST}
    unknown = next((name for name in event.groups if name not in places), None)
    pair = (places.get(event.groups[0], -1), places.get(event.groups[1], -1))
    if unknown is not None or pair[0] == pair[1]:
        shown = ", ".join(sorted(places))
        raise AnalysisRefused("network.no_group", value=(unknown or event.groups[0])[:60], groups=shown[:400])
    return boundary(found.ties, found.division, pair, spans, terms.minimum), names[pair[0]], names[pair[1]]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Names of the groups, the pairs of them where an acquaintance would help most, and what sources tell of the last
    year."""

    names: Sequence[tuple[str, ...]]
    pairs: list[Proposal]
    sources: Sequence[Coverage]


def proposals_of(store: Store, when: When, terms: Terms) -> Proposals:
    """Where an acquaintance would help most."""
    with analysis_view(store, when) as view:
        found = study(store, view, when, terms)
        recent = view.ask(nq.SOLVED_EVENTS, since=found.as_of - RECENT * DAY, until=found.as_of)
    solved = {subject: people for subject, (_, people) in solvers(recent).items()}
    last_year = Window(found.as_of - RECENT * DAY, found.as_of)
    return Proposals(
        found.division.names,
        proposals(found.ties, found.division, solved, found.as_of // DAY, terms.minimum),
        coverage_of(found.ties, (last_year, last_year), KIND_NAMES, terms.minimum),
    )
