"""Analyses of solved cases: what they lived off, and how few people solve a subject."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_service.errors import AnalysisRefused
from graph_service.evidence.tie_kinds import TIE_KINDS
from graph_service.model import DAY
from graph_service.network.groups import Dimension
from graph_service.network.islands import Island, islands
from graph_service.network.publication import Study, analysis_view, study
from graph_service.network.reserves import (
    Days,
    Share,
    SolvedCase,
    first_right,
    reserve_by_group,
    reserve_index,
    reserve_ratio,
    reserve_ties,
)
from graph_service.network.windows import Window, first_of, shifted, window
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, View

SHORT_HALF_LIVES = 4
"""Up to how many half-lives after the cut the strength of ties still tells what comes from before it."""


@dataclass(frozen=True)
class Reserves:
    """The index of a window and of the same months two and four years before (None: no cases), by group of who asked;
    reserve ties; hours to the first right person with and without a tie."""

    span: Window
    cut: int
    index: Share | None
    earlier: Sequence[tuple[Window, Share | None]]
    names: Sequence[tuple[str, ...]]
    groups: Mapping[int, Share]
    ties: int | None
    ratio: float | None
    with_tie: float | None
    without_tie: float | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an analyst names: the first and the last month of a window, the month of the cut, by what people are
    grouped; and the fewest people of a group."""

    months: tuple[str, str]
    cut: str
    by: Dimension
    minimum: int


def reserves_of(store: Store, now: int, asked: Asked) -> Reserves:
    """The reserve index of a window; raises AnalysisRefused for what is no window, or a cut that is not before it."""
    span, cut = window(*asked.months, now), first_of(asked.cut)
    if cut >= span.since:
        raise AnalysisRefused("network.cut_late", cut=asked.cut, window=span)
    with analysis_view(store, now) as view:
        key = ("reserves", asked, view.pin.as_of, view.pin.run, view.pin.open, view.pin.crowd)
        return view.remembered(
            key, lambda: _reserves(study(store, view, now, asked.minimum), view, span, cut, asked.by)
        )


def _reserves(found: Study, view: View, span: Window, cut: int, by: Dimension) -> Reserves:
    days, division = Days(found.ties), found.divisions[by]
    spans = [shifted(span, -years) for years in (4, 2)]
    cases = {one: _askers(_solved_cases(view, one), found.minimum) for one in (*spans, span)}
    is_whole = not any(found.withheld.values())
    shares = {
        one: reserve_index(told, days, cut) if is_whole and one.since > cut else None for one, told in cases.items()
    }
    groups = reserve_by_group(cases[span], days, cut, division, found.minimum)
    first, second = first_right(cases[span], days, found.minimum) if is_whole else (None, None)
    short = found.as_of - cut < SHORT_HALF_LIVES * max(kind.half_life for kind in TIE_KINDS) * DAY
    return Reserves(
        span=span,
        cut=cut,
        index=shares[span],
        earlier=[(one, shares[one]) for one in spans],
        names=division.names,
        groups={group: share for group, share in groups.items() if group not in found.withheld[by]} if is_whole else {},
        ties=reserve_ties(found.ties, cut) if is_whole else None,
        ratio=reserve_ratio(found.ties, cut, found.as_of) if is_whole and short else None,
        with_tie=first,
        without_tie=second,
    )


def _askers(cases: list[SolvedCase], minimum: int) -> list[SolvedCase]:
    """The cases, where enough different people asked; else none."""
    return cases if len({case.asker for case in cases}) >= minimum else []


def _solved_cases(view: View, span: Window) -> list[SolvedCase]:
    """Cases solved in a window for somebody else, in four store calls."""
    solved = [
        row
        for row in view.ask(nq.SOLVED_EVENTS, since=span.since, until=span.until)
        if row.reporter is not None and row.reporter != row.person
    ]
    cases = sorted({row.case_id for row in solved})
    opened = {row.case_id: row.opened_at for row in view.ask(nq.CASE_HEADS, cases=cases)} if cases else {}
    spoke = {(row.case_id, row.person): row.first_at for row in view.ask(nq.COMMENTERS, cases=cases)} if cases else {}
    return [
        SolvedCase(
            row.case_id,
            str(row.reporter),
            row.person,
            opened[row.case_id],
            min(row.at, spoke.get((row.case_id, row.person), row.at)),
        )
        for row in solved
        if row.case_id in opened
    ]


def islands_of(store: Store, now: int, months: tuple[str, str], agreement: str) -> tuple[Window, list[Island]]:
    """The knowledge islands of a window; raises AnalysisRefused while no agreement allows them."""
    if not agreement:
        raise AnalysisRefused("network.no_islands")
    span = window(*months, now)
    with analysis_view(store, now) as view:
        return span, islands(view.ask(nq.SOLVED_EVENTS, since=span.since, until=span.until))
