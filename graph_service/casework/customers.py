"""The customer: who looks after it from outside, whom it delivers to, what its people are to be told first."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph_service.casework.company import Company
from graph_service.casework.contacts import address_of, before_line, logs_line
from graph_service.casework.questions import Said
from graph_service.model import CaseNote, CustomerContact, PartnerFirm, Promise, Responsibility, Vendor, end_of, holds
from graph_service.surroundings import same
from graph_service.text.messages import day_of
from graph_service.understanding.words import words_of


@dataclass(frozen=True, slots=True)
class Partner:
    """Which firm looks after the customer now (empty: none is known), whom to ask, and both in words as they are
    read."""

    firm: str
    ask: str
    said: Said


def partner_of(company: Company) -> Partner | None:
    """The partner firm of the customer; None where no customer is known or no list tells of it."""
    customer = company.customer
    if customer is None:
        return None
    told = company.around.responsibilities_of(customer)
    if not told:
        return None
    now = _of_scope(company, [one for one in told if holds(one, company.now)])
    ask = next(filter(None, (company.name(one.asked) for one in now)), "") or company.name(customer.owner)
    told_ask = ask or "–"
    firms = [_firm(company, one) for one in now if one.partner]
    if len(firms) > 1:
        return Partner(firms[0], ask, Said.of(company, "partner.several", firms=", ".join(firms), ask=told_ask))
    if firms:
        return Partner(firms[0], ask, Said.of(company, "partner.now", firm=firms[0]))
    ended = max((one for one in told if one.partner and one.until_at), key=lambda one: one.until_at or 0, default=None)
    if ended is None or ended.until_at is None:
        return Partner("", ask, Said.of(company, "partner.unknown", ask=told_ask))
    since = day_of(end_of(ended.until_at), company.language)
    until = day_of(ended.until_at, company.language)
    firm = _firm(company, ended)
    return Partner("", ask, Said.of(company, "partner.ended", firm=firm, until=until, since=since, ask=told_ask))


def _of_scope(company: Company, told: Sequence[Responsibility]) -> Sequence[Responsibility]:
    """Those whose scope is what is asked about: a kind, the system, or words of the question; else those for
    everything, else all."""
    asked = {same(one) for one in company.told.labels}
    asked |= {same(company.told.system.one.name)} if company.told.system.one else set()
    words = {word.form for word in words_of(company.answer.problem.text)}
    own = [
        one
        for one in told
        if one.scope and (same(one.scope) in asked or {word.form for word in words_of(one.scope)} <= words)
    ]
    return own or [one for one in told if not one.scope] or told


def _firm(company: Company, one: Responsibility) -> str:
    """Its name, for what it is responsible, and how it is reached."""
    key = one.partner.key if one.partner else ""
    name = next((firm.name for firm in company.around.told.of(PartnerFirm) if same(firm.name) == same(key)), key)
    beside = ", ".join(filter(None, (one.scope, one.reached_by)))
    return f"{name} ({beside})" if beside else name


def consequences(company: Company) -> list[str]:
    """Whom the customer delivers to, and how important it is, as somebody said with a reason."""
    customer = company.customer
    if customer is None:
        return []
    names = [company.around.name_of(other) for other in customer.supplies]
    code = "customer.supplies" if customer.by else "customer.supplies_only"
    found = [company.say(code, name=name, by=customer.by) for name in names]
    if customer.loss_risk:
        found.append(company.say("customer.loss_risk", risk=customer.loss_risk, reason=customer.reason or "–"))
    return found


def briefing_of(company: Company) -> list[str]:
    """What to know before the first word to the contact; facts and agreements, never a label. Where no contact is
    known, what is promised to the customer."""
    contact, customer = company.told.contact.one, company.customer
    if contact is None:
        return [] if customer is None else [_promises(company, customer.name)]
    lines = [_headline(company, contact)]
    lines.append(logs_line(company, contact))
    if contact.depth == "EXPERT":
        lines.append(company.say("briefing.skip_basics"))
    if contact.wants:
        lines.append(company.say(f"briefing.wants_{contact.wants}"))
    lines += [company.say("briefing.agreed", text=text) for text in contact.agreed]
    noted = company.name(contact.noted_by)
    by = company.say("briefing.noted", name=noted, day=day_of(contact.noted_at, company.language)) if noted else ""
    lines += [company.say("briefing.known", text=text) + by for text in contact.known]
    if company.told.tried:
        lines.append(company.say("briefing.tried", steps=", ".join(company.told.tried)))
    if company.told.asks:
        lines.append(company.say(f"briefing.asks_{company.told.asks}"))
    lines.append(_promises(company, contact.name))
    lines += _spoken(company)
    lines += filter(None, [before_line(company, contact)])
    cases = _with(company, contact)
    if cases:
        lines.append(company.say("briefing.cases", count=len(cases)))
    return lines


def _headline(company: Company, contact: CustomerContact) -> str:
    """`Dr. Beispiel, per Sie, Experte`: title and surname as they were noted; without a title the whole name."""
    surname = contact.name.split()[-1]
    has_title = contact.title and contact.title not in contact.name
    parts = [f"{contact.title} {surname}" if has_title else contact.name]
    address = address_of(company, contact)
    parts += [company.say(f"briefing.address_{address}")] if address else []
    parts += [company.say(f"briefing.depth_{contact.depth}")] if contact.depth else []
    parts += [contact.job] if contact.job else []
    return ", ".join(parts)


def _promises(company: Company, name: str) -> str:
    """What was promised to somebody, to their firm or to others there, and is open; overdue where it is."""
    customer = company.customer
    firm = [customer.name, *(one.name for one in company.around.contacts_of(customer))] if customer else []
    whom = {same(one) for one in (name, *firm)}
    told = [one for one in company.answer.beside.told.of(Promise) if one.told_to and same(one.told_to) in whom]
    still = sorted(
        (one for one in told if one.kept_at is None or one.kept_at > company.now), key=lambda one: one.due_at
    )
    if still:
        due = ", ".join(_due(company, one) for one in still)
        return company.say("briefing.promises_open", count=len(still), due=due)
    last = max(told, key=lambda one: one.kept_at or 0, default=None)
    if last is None or last.kept_at is None:
        return company.say("briefing.promises_none")
    return company.say("briefing.promises_kept", case=last.case.key, day=day_of(last.kept_at, company.language))


def _due(company: Company, promise: Promise) -> str:
    code = "briefing.promise_overdue" if promise.due_at < company.now else "briefing.promise_due"
    return company.say(code, case=promise.case.key, clock=company.clock(promise.due_at))


def _spoken(company: Company) -> list[str]:
    """Who of us has spoken with the contact, the asker first."""
    found = []
    for spoke in sorted(company.spoken, key=lambda one: (one.person != company.asker, -one.last, one.person))[:5]:
        month = f"{company.told.days.local(spoke.last):%m/%Y}"
        if spoke.person == company.asker:
            found.append(company.say("briefing.you_spoke", month=month))
        elif name := company.name(spoke.person):
            kind = company.say(f"contact_kind.{spoke.kind}")
            found.append(company.say("briefing.spoke", name=name, month=month, occasion=spoke.occasion or kind))
    return found


def _with(company: Company, contact: CustomerContact) -> list[CaseNote]:
    told = company.answer.beside.told.of(CaseNote)
    return [one for one in told if one.contact and same(one.contact) == same(contact.name)]


def vendors_of(company: Company) -> list[str]:
    """Who outside holds the fix: the vendors whose product the question names."""
    words = {word.form for word in words_of(company.answer.problem.text)}
    found = []
    for vendor in company.around.told.of(Vendor):
        product = [word.form for word in words_of(vendor.product)]
        if product and all(any(word.startswith(part) for word in words) for part in product):
            code = "vendor.reached" if vendor.reached_by else "vendor.known"
            found.append(company.say(code, name=vendor.name, product=vendor.product, way=vendor.reached_by))
    return found
