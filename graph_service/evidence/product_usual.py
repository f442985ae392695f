"""Who usually solves what comes up with this product."""

from graph_service.evidence.situation import Citation, Floats, Kind, Situation, Work, cited
from graph_service.model import DAY
from graph_service.statistics import Sum


def measure(situation: Situation) -> Floats:
    """Usually solves what comes up with this product.

    log(1 + x/0.02), x = share(1) of the sums with half-life 365 d.
    """
    if not situation.problem.products or situation.is_passed_on:
        return situation.nothing()
    spread = situation.spread(Sum.SOLVED_PRODUCT_YEAR, f"p{situation.problem.products[0]}")
    return situation.logarithm(spread.share(situation.measures.share_usual))


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The cases of this product the person solved within a year."""
    since = situation.as_of - situation.measures.window_solved * DAY
    product = situation.problem.products[:1]
    return cited([event for event in work.solved.get(person, ()) if event.product in product], since)


KIND = Kind("product_usual", measure, cite)
