"""Two instead of one: for a contact somebody should not meet alone, and for a visit on site."""

from collections.abc import Sequence

from graph_service.casework.company import Company
from graph_service.model import CaseNote
from graph_service.ranking.ranked import Ranked
from graph_service.surroundings import same


def caution_of(company: Company, person: str) -> str:
    """`nicht allein hinschicken`, while a clash with the contact holds; empty for everybody else."""
    clash = company.answer.beside.clashes.get(person)
    if clash is None:
        return ""
    until = f"{company.told.days.local(clash.until_at):%m/%Y}"
    beside = next((one.person for one in company.answer.experts if one.person not in company.answer.beside.clashes), "")
    code = "pair.not_alone_with" if beside else "pair.not_alone"
    return company.say(code, until=until, name=company.name(beside))


def on_site_pair(company: Company, leads: Sequence[Ranked], covers: Sequence[frozenset[str]]) -> str | None:
    """Names the two that cover most parts of the problem together, of whom one travels; of those as good the pair with
    somebody who is known at the customer. `leads` are candidates, best first, `covers` the parts each can solve."""
    travels = {one.person for one in leads if _travels(company, one.person)}
    known = {spoke.person for spoke in company.spoken} | _worked_for(company)
    pairs = [
        (
            -len(covers[first] | covers[second]),
            not {leads[first].person, leads[second].person} & known,
            first + second,
            (leads[first].person, leads[second].person),
        )
        for first in range(len(leads))
        for second in range(first + 1, len(leads))
        if covers[first] != covers[second] and {leads[first].person, leads[second].person} & travels
    ]
    if not pairs:
        return None
    one, other = min(pairs)[3]
    return company.say("pair.on_site", one=company.name(one), other=company.name(other))


def _travels(company: Company, person: str) -> bool:
    way = company.way(person)
    return way is not None and bool(way.person.of_kind("ON_SITE"))


def _worked_for(company: Company) -> set[str]:
    """Who has solved a case of this customer among the nearest."""
    customer = company.customer
    if customer is None:
        return set()
    notes: dict[str, CaseNote] = {
        case: note for case, note in company.notes.items() if same(note.customer) == same(customer.name)
    }
    return {solver for case in company.answer.nearest if case.case_id in notes for solver in case.solvers}
