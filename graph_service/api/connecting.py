"""Boundaries and reconnection through GraphQL."""

from typing import Annotated

import strawberry

from graph_service.api import connecting_types as c, network_types as n
from graph_service.api.guards import asked
from graph_service.api.network import GUARD, By, Info, months_of, terms_of, when_of
from graph_service.model import moment, month_start
from graph_service.network.boundary import Side
from graph_service.network.connecting import Event, boundary_of, proposals_of
from graph_service.network.connecting_words import boundary_headline, earlier_words, proposal_words, reconnect_headline
from graph_service.network.source_words import coverage_sentence, source_sentence
from graph_service.network.words import group_name

Groups = Annotated[c.GroupsInput, strawberry.argument(description="The two groups.")]
Begin = Annotated[n.MonthsInput, strawberry.argument(description="The quarter in which something began.")]


async def _boundary(info: Info, groups: Groups, event: Begin) -> c.Boundary:
    context = info.context

    def work() -> c.Boundary:
        terms, language = terms_of(context, None), context.language
        context.note("network:boundary", event=f"{event.first}..{event.last}"[:20])
        asked_for = Event((groups.one, groups.other), (event.first, event.last))
        found, *names = boundary_of(context.store, when_of(context), asked_for, terms)
        one, other = (group_name(name, language) for name in names)
        return c.Boundary(
            headline=boundary_headline(found, one, other, language),
            remarks=[coverage_sentence(kind, language) for kind in found.coverage],
            purpose=context.asker.purpose,
            minimum=terms.minimum,
            one=one,
            other=other,
            before=_side(found.before),
            after=_side(found.after),
            change=found.change,
            compared=found.compared,
        )

    return await context.in_thread(work)


def _side(side: Side) -> c.BoundarySide:
    return c.BoundarySide(
        window=months_of(side.span),
        ties=side.ties,
        interruptions_a_week=None if side.interruptions is None else float(f"{side.interruptions:.2g}"),
        brokers=None if side.brokers is None else side.brokers.value,
    )


async def _reconnect(info: Info, by: By = None) -> c.Reconnections:
    context = info.context

    def work() -> c.Reconnections:
        terms = terms_of(context, by)
        context.note("network:reconnect", by=terms.by.value)
        found = proposals_of(context.store, when_of(context), terms)
        told = [group_name(name, context.language) for name in found.names]
        return c.Reconnections(
            headline=reconnect_headline(found.pairs, told, context.language),
            remarks=[source_sentence(one, "last_year", context.language) for one in found.sources],
            purpose=context.asker.purpose,
            as_of=moment(month_start(context.service.now())),
            minimum=terms.minimum,
            by=terms.by,
            pairs=[
                c.Reconnection(
                    one=told[one.pair[0]],
                    other=told[one.pair[1]],
                    dormant=None if one.dormant is None else one.dormant.ties,
                    gained=one.gained,
                    cases=None if one.dormant is None else one.dormant.cases,
                    earlier=earlier_words(one, context.language),
                    proposal=proposal_words(one, context.language),
                )
                for one in found.pairs
            ],
        )

    return await context.in_thread(work)


BOUNDARY = asked(_boundary, "The boundary of two groups before and after an event: an association, no proof.", GUARD)
RECONNECT = asked(_reconnect, "Between which groups would a renewed acquaintance help most? No names.", GUARD)
