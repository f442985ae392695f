"""Who can help before the clock, and who may not see what this customer keeps."""

from dataclasses import replace

from graph_service.evidence.beside import NO_ACCESS
from graph_service.model import Access, holds
from graph_service.ranking.prepared import Prepared
from graph_service.ranking.standing import Standing
from graph_service.surroundings import same


def standing_today(standing: Standing) -> Standing:
    """The same people by what helps today, without those who cannot be reached before the clock and those who are known
    to have no access to the system: they can advise, and not step in."""
    beside = standing.situation.beside
    cannot = {person for person, right in beside.rights.items() if right.level == NO_ACCESS}
    return replace(
        standing, ranker=standing.ranker.for_today(), left_out=standing.left_out | gone_before(standing) | cannot
    )


def gone_before(standing: Standing) -> frozenset[str]:
    """Who cannot be reached before the clock, or now where there is none."""
    ways = standing.situation.beside.ways
    return frozenset(person for person, way in ways.items() if not way.is_before(way.asking.deadline))


def without_clearance(known: Prepared, standing: Standing) -> frozenset[str]:
    """Who has not the clearance that this customer asks for; nobody where it asks for none, or where it can be worked
    on without its logs."""
    customer = known.understood.customer.one
    if customer is None or not customer.clearance or known.understood.given.without_logs:
        return frozenset()
    cleared = {
        one.person.key
        for one in standing.situation.beside.told.of(Access)
        if same(one.target) == same(customer.name)
        and same(one.clearance) == same(customer.clearance)
        and holds(one, known.around.at)
    }
    return frozenset(standing.situation.people) - cleared
