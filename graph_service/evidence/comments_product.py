"""Who comments on this product lately."""

from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work, cited
from graph_service.model import DAY
from graph_service.statistics import Sum


def measure(situation: Situation) -> Floats:
    """Takes part in this product's cases at present.

    log(1 + x/0.02), x = share(.5) of first comments with half-life 14 d.
    """
    if not situation.problem.products or situation.is_passed_on:
        return situation.nothing()
    spread = situation.spread(Sum.COMMENTED_PRODUCT, f"p{situation.problem.products[0]}")
    return situation.logarithm(spread.share(situation.measures.share_comments))


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The cases of this product on which the person first commented within 90 days."""
    since = situation.as_of - situation.measures.window_lately * DAY
    product = situation.problem.products[:1]
    return cited([event for event in work.commented.get(person, ()) if event.product in product], since)


KIND = Kind("comments_product", measure, cite)
