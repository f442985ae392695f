"""Analyses through GraphQL."""

from dataclasses import asdict
from typing import Annotated

import strawberry

from graph_service.access.roles import FieldClass, Purpose
from graph_service.api import network_types as n
from graph_service.api.context import Context
from graph_service.api.enums import ContactKind
from graph_service.api.guards import WHOLE, Guard, asked
from graph_service.api.structure_types import NetworkFigures, NetworkStructure
from graph_service.errors import AnalysisRefused
from graph_service.model import DAY, moment, month_start
from graph_service.network import change as ch
from graph_service.network.change import Change
from graph_service.network.coverage import COMMON, Coverage
from graph_service.network.dealing import Verdict, usual
from graph_service.network.groups import Dimension
from graph_service.network.publication import Spans, Terms, When, change_of, check_public, quarters_of, structure_of
from graph_service.network.source_words import coverage_sentence
from graph_service.network.thinning import Thinning
from graph_service.network.windows import Window
from graph_service.network.words import group_name, headline, remarks
from graph_service.text.messages import Spoken

Info = strawberry.Info[Context, None]
MonthsArgument = Annotated[n.MonthsInput, strawberry.argument(description="A window of whole months.")]
By = Annotated[
    Dimension | None,
    strawberry.argument(description="By what people are grouped; null: as agreed. Another one than agreed is refused."),
]
Kinds = Annotated[
    list[ContactKind] | None,
    strawberry.argument(description="Only this kind of contact; none: all. Several are refused."),
]
GUARD = Guard(FieldClass.NETWORK, WHOLE)


async def _network_change(
    info: Info, before: MonthsArgument, after: MonthsArgument, by: By = None, kinds: Kinds = None
) -> n.NetworkChange:
    context = info.context
    chosen = tuple(sorted({kind.value for kind in kinds or ()}))
    if len(chosen) > 1 and set(chosen) != set(ContactKind):
        raise AnalysisRefused("network.some_kinds")
    spans = Spans((before.first, before.last), (after.first, after.last), chosen)

    def work() -> n.NetworkChange:
        terms = terms_of(context, by)
        context.note("network:compared", before=f"{before.first}..{before.last}"[:20], by=terms.by.value)
        found = change_of(context.store, when_of(context), spans, terms)
        later = n.Later(
            lambda: context.in_thread(lambda: _structure(context, spans, terms)),
            lambda: context.in_thread(lambda: _quarters(context, spans, terms)),
        )
        return _change(found, terms, context, later)

    return await context.in_thread(work)


NETWORK_CHANGE = asked(_network_change, "What thinned between two windows, and is it more than chance?", GUARD)


def when_of(context: Context) -> When:
    """The moment that is asked about, and the one on the wall."""
    return When(context.service.now(), context.service.wall())


def terms_of(context: Context, by: Dimension | None) -> Terms:
    """What was agreed; raises AnalysisRefused where another grouping is asked for."""
    settings, is_public = context.service.settings, context.asker.purpose is Purpose.EVALUATION
    if is_public and not settings.public_data:
        raise AnalysisRefused("network.not_public")
    if is_public:
        check_public(context.store)
    agreed = Dimension(settings.analysis_by.upper())
    if by is not None and by is not agreed:
        raise AnalysisRefused("network.other_grouping", agreed=agreed.value.lower(), value=by.value.lower())
    return Terms(agreed, settings.smallest_group, is_public)


def _structure(context: Context, spans: Spans, terms: Terms) -> NetworkStructure | None:
    found = structure_of(context.store, when_of(context), spans, terms)
    if found is None:
        return None
    both, lasting = found
    return NetworkStructure(
        before=NetworkFigures(**asdict(both.before)),
        after=NetworkFigures(**asdict(both.after)),
        nmi=both.nmi,
        ari=both.ari,
        half_life_days=lasting,
    )


def _quarters(context: Context, spans: Spans, terms: Terms) -> list[n.QuarterChange]:
    return [
        n.QuarterChange(
            window=months_of(found.after),
            missing=[ContactKind(one.kind) for one in found.coverage if one.before >= COMMON > one.after],
            gaps=[
                _gap(gap)
                for one in found.coverage
                if one.is_common
                for gap in one.gaps
                if gap.since >= found.after.since
            ],
            cross_ties=None if found.whole is None else _ties(found.whole.cross, found.whole.cross_verdict),
            pairs=_pairs(found, context.language),
        )
        for found in quarters_of(context.store, when_of(context), spans, terms)
    ]


def _change(found: Thinning, terms: Terms, context: Context, later: n.Later) -> n.NetworkChange:
    language, whole = context.language, found.whole
    ties = None if whole is None else whole.ties
    nothing = (None, None)
    return n.NetworkChange(
        headline=headline(found, terms.by, language),
        remarks=remarks(found, language),
        is_thinned=found.is_thinned,
        purpose=context.asker.purpose,
        as_of=moment(month_start(context.service.now())),
        later=later,
        minimum=found.minimum,
        draws=found.draws,
        before=months_of(found.before),
        after=months_of(found.after),
        by=terms.by,
        compared_kinds=[ContactKind(kind) for kind in found.compared],
        coverage=[_coverage(one, language) for one in found.coverage],
        people=None
        if whole is None or whole.people is None
        else n.BothCounts(before=whole.people[0], after=whole.people[1]),
        contacts=None if whole is None else n.BothCounts(before=whole.contacts[0], after=whole.contacts[1]),
        ties=None if whole is None else _ties(whole.ties, whole.verdict),
        cross_ties=None if whole is None else _ties(whole.cross, whole.cross_verdict),
        gone=None if whole is None else _rounded(whole.gone, 1, terms),
        come=None if whole is None else _rounded(whole.come, 1, terms),
        size_shrink=None if whole is None else _rounded(whole.shrink, 2, terms),
        smaller_networks=None if whole is None else _rounded(whole.smaller, 1, terms),
        persistence=None if ties is None else ch.persistence(ties),
        churn=None if ties is None else ch.churn(ties),
        jaccard=None if ties is None else ch.jaccard(ties),
        cross_share=_both(nothing if whole is None else whole.cross_share),
        cross_contacts=_both(nothing if whole is None else _two_digits(whole.cross_contacts, terms)),
        e_i=_both(nothing if whole is None else whole.e_i),
        groups_reached=_both(nothing if whole is None else whole.groups_reached),
        new_a_month=_both(nothing if whole is None else _two_digits(whole.new_a_month, terms)),
        groups=_groups(found, language),
        pairs=_pairs(found, language),
        hidden_pairs=found.hidden,
    )


def _rounded(share: float | None, digits: int, terms: Terms) -> float | None:
    """What is of people who are there in one window only, or in both, of whom other pairs of windows have one more or
    less; exact where all is public."""
    return share if share is None or terms.is_public else round(share, digits)


def _two_digits(figures: tuple[float | None, float | None], terms: Terms) -> tuple[float | None, float | None]:
    """Two digits tell enough: what began in a month hangs on the months before, which no window shows, and contacts
    between groups by all kinds, less those by each, are those by a kind of which nothing is told."""
    first, second = (None if one is None else one if terms.is_public else float(f"{one:.2g}") for one in figures)
    return first, second


def months_of(span: Window) -> n.Months:
    """A window as its first and its last month."""
    first, last = span.ends
    return n.Months(first=first, last=last)


def _both(figures: tuple[float | None, float | None]) -> n.BothFigures:
    return n.BothFigures(before=figures[0], after=figures[1])


def _ties(counts: Change, verdict: Verdict | None) -> n.TieChange:
    """The counts, and what is to be expected of them, with how far chance goes."""
    expected, low, high, effect = None, None, None, None
    if verdict is not None and not verdict.is_rough:
        told = usual(counts, verdict)
        expected, effect = round(told), round(verdict.effect, 2)
        low, high = (round(told * round(end / verdict.expected, 2)) for end in (verdict.low, verdict.high))
    return n.TieChange(
        before=counts.before,
        after=counts.after,
        kept=counts.kept,
        lost=counts.lost,
        added=counts.added,
        reactivated=counts.reactivated,
        new=counts.new,
        expected=expected,
        low=low,
        high=high,
        effect=effect,
        is_thinned=verdict is not None and verdict.is_thinned,
    )


def _gap(span: Window) -> n.Gap:
    return n.Gap(first=moment(span.since).date(), last=moment(span.until - DAY).date())


def _coverage(one: Coverage, language: Spoken) -> n.KindCoverage:
    return n.KindCoverage(
        kind=ContactKind(one.kind),
        is_compared=one.is_common,
        first_at=moment(month_start(one.first_at)),
        last_at=moment(month_start(one.last_at)),
        before=one.before,
        after=one.after,
        gaps=[_gap(gap) for gap in one.gaps],
        sentence=coverage_sentence(one, language),
    )


def _groups(found: Thinning, language: Spoken) -> list[n.GroupChange]:
    return [
        n.GroupChange(
            name=group_name(group.names, language),
            size=group.size,
            cross_ties=None if group.cross is None else _ties(group.cross, group.verdict),
        )
        for group in found.groups
    ]


def _pairs(found: Thinning, language: Spoken) -> list[n.PairChange]:
    names = [group_name(group.names, language) for group in found.groups]
    return [
        n.PairChange(one=names[cell.one], other=names[cell.other], ties=_ties(cell.ties, cell.verdict))
        for cell in found.cells
    ]
