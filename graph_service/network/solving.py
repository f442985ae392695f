"""Analyses of solved cases: what they lived off, and how few people solve a subject."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_service.errors import AnalysisRefused
from graph_service.evidence.tie_kinds import KIND_NAMES, TIE_KINDS
from graph_service.model import DAY, moment, month_start
from graph_service.network.coverage import Coverage, coverage_of
from graph_service.network.islands import Bracket, Island, bracket, islands, solvers
from graph_service.network.old_contacts import Days, SolvedCase
from graph_service.network.publication import Study, Terms, When, analysis_view, study
from graph_service.network.reserves import (
    Share,
    first_right,
    is_of_enough,
    reserve_by_group,
    reserve_index,
    reserve_ratio,
    reserve_ties,
)
from graph_service.network.windows import YEAR, Window, first_of, quarter, shifted, year
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, View

SHORT_HALF_LIVES = 4
"""Up to how many half-lives after the cut the strength of ties still tells what comes from before it."""


@dataclass(frozen=True)
class Reserves:
    """The index of a window and of the same months two and four years before (None: no cases), by group of who asked;
    reserve ties; hours to the first right person with and without a tie; what sources tell since the cut."""

    span: Window
    index: Share | None
    earlier: Sequence[tuple[Window, Share | None]]
    names: Sequence[tuple[str, ...]]
    groups: Mapping[int, Share]
    ties: int | None
    ratio: float | None
    with_tie: int | None
    without_tie: int | None
    sources: Sequence[Coverage]


def reserves_of(store: Store, when: When, months: tuple[str, str], cut: str, terms: Terms) -> Reserves:
    """The reserve index of a quarter by the cut that was agreed; raises AnalysisRefused for what is no quarter, or
    begins before the cut."""
    span, since = quarter(months, when.now), first_of(cut)
    if since >= span.since:
        raise AnalysisRefused("network.cut_late", cut=cut, window=span)
    with analysis_view(store, when) as view:
        key = ("reserves", span, since, terms, view.as_of)
        return view.remembered(key, lambda: _reserves(study(store, view, when, terms), view, span, since))


def _reserves(found: Study, view: View, span: Window, cut: int) -> Reserves:
    days, division, minimum = Days(found.ties), found.division, found.terms.minimum
    spans = [Window(shifted(span.since, -months), shifted(span.until, -months)) for months in (48, 24)]
    cases = {one: _of_enough(_solved_cases(view, one), minimum) for one in (*spans, span)}
    shares = {one: reserve_index(told, days, cut, minimum) if one.since > cut else None for one, told in cases.items()}
    with_tie, without_tie = first_right(cases[span], days, minimum)
    short = found.as_of - cut < SHORT_HALF_LIVES * max(kind.half_life for kind in TIE_KINDS) * DAY
    return Reserves(
        span=span,
        index=shares[span],
        earlier=[(one, shares[one]) for one in spans],
        names=division.names,
        groups=reserve_by_group(cases[span], days, cut, division, minimum),
        ties=reserve_ties(found.ties, cut, minimum),
        ratio=reserve_ratio(found.ties, cut, found.as_of, minimum) if short else None,
        with_tie=with_tie,
        without_tie=without_tie,
        sources=coverage_of(found.ties, (Window(cut, span.until), span), KIND_NAMES, minimum),
    )


def _of_enough(cases: list[SolvedCase], minimum: int) -> list[SolvedCase]:
    """The cases, where enough different people asked and solved; else none."""
    return cases if is_of_enough(cases, minimum) else []


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


def islands_of(
    store: Store, when: When, months: tuple[str, str], agreement: str, terms: Terms
) -> tuple[Window, list[Island]]:
    """The knowledge islands of a calendar year; raises AnalysisRefused while no agreement allows them."""
    if not agreement:
        raise AnalysisRefused("network.no_islands")
    span = year(months, when.now)
    with analysis_view(store, when) as view:
        study(store, view, when, terms)
        return span, islands(view.ask(nq.SOLVED_EVENTS, since=span.since, until=span.until))


def own_islands(store: Store, when: When, me: str) -> list[str]:
    """The subjects of the last whole year that one or two people solve, somebody among them; for nobody but them."""
    until = shifted(month_start(when.now), 1 - moment(when.now).month)
    with analysis_view(store, when) as view:
        events = view.ask(nq.SOLVED_EVENTS, since=shifted(until, -YEAR), until=until)
    told = solvers(events).items()
    return sorted(
        subject for subject, (_, people) in told if me in people and bracket(len(people)) is Bracket.ONE_OR_TWO
    )
