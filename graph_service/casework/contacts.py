"""What is known of a contact beside the list: confirmed address, approval of logs, where they were before."""

from typing import TypeVar

from graph_service.casework.company import Company
from graph_service.model import AddressNote, CustomerContact, LogApproval, SourceId, end_of, holds
from graph_service.surroundings import same
from graph_service.text.messages import day_of
from graph_service.understanding.own_words import Proposal, proposal_of, quoted_in
from graph_service.understanding.words import form_of, words_of

Noted = TypeVar("Noted", AddressNote, LogApproval)


def address_of(company: Company, contact: CustomerContact) -> str:
    """SIE or DU: as the list tells, else as somebody confirmed last."""
    newest = max(_noted(company, AddressNote, contact), key=_when, default=None)
    return contact.address or (newest.address if newest else "")


def proposed_address(company: Company) -> Proposal | None:
    """What the contact's own words tell of how to speak with them, where nobody has noted it: the case they reported,
    or what is quoted in the question."""
    contact, problem = company.told.contact.one, company.answer.problem
    if contact is None or address_of(company, contact):
        return None
    is_theirs = problem.asked_case is not None and contact.account and problem.reporter == contact.account.key
    return proposal_of([problem.text] if is_theirs else quoted_in(problem.text))


def logs_line(company: Company, contact: CustomerContact) -> str:
    """How logs are passed on, and who approved it until when."""
    told = _noted(company, LogApproval, contact)
    now = [one for one in told if one.noted_at <= company.now and holds(one, company.now)]
    if contact.log_policy == "AFTER_APPROVAL" and now:
        newest = max(now, key=_when)
        until = day_of(newest.until_at, company.language)
        return company.say("briefing.logs_approved", by=newest.approved_by, until=until)
    return company.say(f"briefing.logs_{contact.log_policy or 'unknown'}")


def before_line(company: Company, contact: CustomerContact) -> str:
    """At which other customer they were until when; empty where they were at none."""
    left = [one for one in _left(company, contact.name) if same(one.customer.key) != same(contact.customer.key)]
    last = max(left, key=lambda one: one.until_at or 0, default=None)
    if last is None:
        return ""
    return company.say(
        "briefing.before", customer=company.around.name_of(last.customer), until=day_of(last.until_at, company.language)
    )


def moved(company: Company) -> list[str]:
    """People named by title who are no longer where the question seeks them, and where they are now."""
    customer, found = company.customer, []
    for named in company.told.titled:
        surname = form_of(named.words.split()[0])
        for one in company.around.told.of(CustomerContact):
            is_here = customer is not None and same(one.customer.key) == same(customer.name)
            if is_here and _is_over(company, one) and words_of(one.name)[-1].form == surname:
                now = next((other for other in company.around.contacts if same(other.name) == same(one.name)), None)
                code = "premise.contact_moved" if now else "premise.contact_left"
                told = {
                    "name": one.name,
                    "customer": company.around.name_of(one.customer),
                    "now": company.around.name_of((now or one).customer),
                }
                found.append(company.say(code, until=day_of(one.until_at, company.language), **told))
    return found


def _left(company: Company, name: str) -> list[CustomerContact]:
    told = [one for one in company.around.told.of(CustomerContact) if same(one.name) == same(name)]
    return [one for one in told if _is_over(company, one)]


def _is_over(company: Company, contact: CustomerContact) -> bool:
    return contact.until_at is not None and end_of(contact.until_at) <= company.now


def _noted(company: Company, noun: type[Noted], contact: CustomerContact) -> list[Noted]:
    """What was noted of a contact, by their name."""
    return [one for one in company.answer.prepared.works.of(noun) if same(one.contact) == same(contact.name)]


def _when(note: AddressNote | LogApproval) -> tuple[int, SourceId]:
    return note.noted_at, note.source_id
