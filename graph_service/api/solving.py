"""Analyses of solved cases through GraphQL."""

from graph_service.api import solving_types as s
from graph_service.api.context import Context
from graph_service.api.guards import asked
from graph_service.api.network import GUARD, By, Info, MonthsArgument, months_of, terms_of, when_of
from graph_service.model import moment, month_start
from graph_service.network.islands import roughly
from graph_service.network.publication import Terms
from graph_service.network.reserves import Share
from graph_service.network.solving import Reserves, islands_of, reserves_of
from graph_service.network.solving_words import islands_headline, reserves_headline, reserves_remarks
from graph_service.network.words import group_name


async def _reserve_index(info: Info, window: MonthsArgument, by: By = None) -> s.ReserveIndex:
    context = info.context

    def work() -> s.ReserveIndex:
        terms, cut = terms_of(context, by), context.service.settings.reserve_cut
        context.note("network:reserves", window=f"{window.first}..{window.last}"[:20], by=terms.by.value)
        found = reserves_of(context.store, when_of(context), (window.first, window.last), cut, terms)
        return _reserves(found, terms, cut, context)

    return await context.in_thread(work)


async def _islands(info: Info, window: MonthsArgument) -> s.KnowledgeIslands:
    context = info.context

    def work() -> s.KnowledgeIslands:
        context.note("network:islands", window=f"{window.first}..{window.last}"[:20])
        agreement = context.service.settings.knowledge_islands
        months, terms = (window.first, window.last), terms_of(context, None)
        span, found = islands_of(context.store, when_of(context), months, agreement, terms)
        return s.KnowledgeIslands(
            headline=islands_headline(found, context.language),
            agreement=agreement,
            purpose=context.asker.purpose,
            window=months_of(span),
            subjects=[
                s.KnowledgeIsland(subject=one.subject, cases=one.cases, people=one.people.value) for one in found
            ],
        )

    return await context.in_thread(work)


RESERVE_INDEX = asked(_reserve_index, "How many solved cases live off contacts from before a cut?", GUARD)


KNOWLEDGE_ISLANDS = asked(_islands, "Which subjects do few people solve?", GUARD)


def _reserves(found: Reserves, terms: Terms, cut: str, context: Context) -> s.ReserveIndex:
    language = context.language
    return s.ReserveIndex(
        headline=reserves_headline(found.index, found.span, cut, language),
        remarks=reserves_remarks(found, language),
        purpose=context.asker.purpose,
        as_of=moment(month_start(context.service.now())),
        minimum=terms.minimum,
        window=months_of(found.span),
        cut=cut,
        by=terms.by,
        index=_share(found.index),
        earlier=[s.EarlierShare(window=months_of(span), share=_share(share)) for span, share in found.earlier],
        groups=[
            s.GroupShare(name=group_name(names, language), share=_share(found.groups.get(place)))
            for place, names in enumerate(found.names)
        ],
        reserve_ties=None if found.ties is None else roughly(found.ties),
        reserve_ratio=found.ratio,
        hours_with_tie=found.with_tie,
        hours_without_tie=found.without_tie,
    )


def _share(share: Share | None) -> s.CaseShare | None:
    if share is None:
        return None
    if share.is_few:
        return s.CaseShare(value=None, low=None, high=None, cases=share.of)
    low, high = share.interval
    return s.CaseShare(value=share.value, low=low, high=high, cases=share.of)
