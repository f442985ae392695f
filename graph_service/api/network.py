"""Analyses through GraphQL."""

from typing import Annotated

import strawberry

from graph_service.access.roles import FieldClass
from graph_service.api import network_types as n
from graph_service.api.context import Context
from graph_service.api.enums import ContactKind
from graph_service.api.guards import WHOLE, Guard, asked
from graph_service.model import DAY, moment, month_start
from graph_service.network import change as ch
from graph_service.network.change import Change
from graph_service.network.coverage import Coverage
from graph_service.network.groups import Dimension
from graph_service.network.publication import Spans, change_of
from graph_service.network.thinning import Divided, Thinning, Verdict
from graph_service.network.windows import Window
from graph_service.network.words import (
    coverage_sentence,
    group_name,
    headline,
    remarks,
)
from graph_service.text.messages import Spoken

Info = strawberry.Info[Context, None]
MonthsArgument = Annotated[n.MonthsInput, strawberry.argument(description="A window of whole months.")]
By = Annotated[Dimension, strawberry.argument(description="By what people are grouped.")]
Kinds = Annotated[
    list[ContactKind] | None,
    strawberry.argument(description="Only these kinds of contact; none: all."),
]
GUARD = Guard(FieldClass.NETWORK, WHOLE)


async def _network_change(
    info: Info, before: MonthsArgument, after: MonthsArgument, by: By = Dimension.SITE, kinds: Kinds = None
) -> n.NetworkChange:
    context = info.context
    chosen = tuple(sorted({kind.value for kind in kinds or ()}))
    spans = Spans((before.first, before.last), (after.first, after.last), chosen)

    def work() -> n.NetworkChange:
        context.note("network:compared", before=f"{before.first}..{before.last}"[:20], by=by.value)
        settings, now = context.service.settings, context.service.now()
        found = change_of(context.store, now, spans, settings.smallest_group)
        return _change(found, by, month_start(now), context)

    return await context.in_thread(work)


NETWORK_CHANGE = asked(_network_change, "What thinned between two windows, and is it more than chance?", GUARD)


def _change(found: Thinning, by: Dimension, as_of: int, context: Context) -> n.NetworkChange:
    divided, language = found.divided[by], context.language
    ties = found.ties
    return n.NetworkChange(
        headline=headline(found, by, language),
        remarks=remarks(found, by, language),
        is_thinned=found.is_thinned(by),
        purpose=context.asker.purpose,
        as_of=moment(as_of),
        minimum=found.minimum,
        draws=found.draws,
        before=months_of(found.before),
        after=months_of(found.after),
        by=by,
        compared_kinds=[ContactKind(kind) for kind in found.compared],
        coverage=[_coverage(one, language) for one in found.coverage],
        people=None if found.people is None else n.PeopleCounted(
            before=found.people[0], after=found.people[1], both=found.people[2]
        ),
        contacts=None if found.contacts is None else n.BothCounts(before=found.contacts[0], after=found.contacts[1]),
        ties=_ties(ties, found.verdict),
        cross_ties=_ties(divided.cross, divided.verdict),
        gone=found.gone,
        come=found.come,
        size_shrink=found.shrink,
        share_smaller=found.share_smaller,
        persistence=None if ties is None else ch.persistence(ties),
        churn=None if ties is None else ch.churn(ties),
        jaccard=None if ties is None else ch.jaccard(ties),
        cross_share=_both(divided.cross_share),
        e_i=_both(divided.e_i),
        groups_reached=_both(divided.groups_reached),
        groups=_groups(divided, language),
        pairs=_pairs(divided, language),
        hidden_pairs=divided.hidden,
    )  # fmt: skip


def months_of(span: Window) -> n.Months:
    """A window as its first and its last month."""
    return n.Months(first=f"{moment(span.since):%Y-%m}", last=f"{moment(span.until - DAY):%Y-%m}")


def _both(figures: tuple[float | None, float | None]) -> n.BothFigures:
    return n.BothFigures(before=figures[0], after=figures[1])


def _ties(counts: Change | None, verdict: Verdict | None) -> n.TieChange | None:
    if counts is None:
        return None
    return n.TieChange(
        before=counts.before,
        after=counts.after,
        kept=counts.kept,
        lost=counts.lost,
        added=counts.added,
        reactivated=counts.reactivated,
        new=counts.new,
        expected=None if verdict is None else verdict.expected,
        effect=None if verdict is None else verdict.effect,
        is_thinned=verdict is not None and verdict.is_thinned,
    )


def _coverage(one: Coverage, language: Spoken) -> n.KindCoverage:
    return n.KindCoverage(
        kind=ContactKind(one.kind),
        is_compared=one.is_common,
        first_at=moment(one.first_at),
        last_at=moment(one.last_at),
        before=one.before,
        after=one.after,
        gaps=[n.Gap(first=moment(gap.since).date(), last=moment(gap.until - DAY).date()) for gap in one.gaps],
        sentence=coverage_sentence(one, language),
    )


def _groups(divided: Divided, language: Spoken) -> list[n.GroupChange]:
    return [
        n.GroupChange(
            name=group_name(group.names, language),
            size=None if group.is_withheld else group.size,
            is_withheld=group.is_withheld,
            cross_ties=_ties(group.cross, group.verdict),
        )
        for group in divided.groups
    ]


def _pairs(divided: Divided, language: Spoken) -> list[n.PairChange]:
    names = [group_name(group.names, language) for group in divided.groups]
    told = [(names[cell.one], names[cell.other], _ties(cell.ties, cell.verdict)) for cell in divided.cells]
    return [n.PairChange(one=one, other=other, ties=ties) for one, other, ties in told if ties is not None]
