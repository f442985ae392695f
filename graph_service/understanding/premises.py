"""What a text takes for granted and the lists deny: a partner firm that no longer looks after the customer."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph_service.model import Customer, PartnerFirm, holds
from graph_service.surroundings import Surroundings, same
from graph_service.understanding.signs import Signs
from graph_service.understanding.words import Span, found_in, is_like, vocabulary, words_of


@dataclass(frozen=True, slots=True)
class FalsePremise:
    """A firm that is named as if it were responsible: it was so until an instant (None: never for this customer)."""

    firm: str
    customer: str
    until_at: int | None


def false_premises(signs: Signs, around: Surroundings, customer: Customer | None) -> Sequence[FalsePremise]:
    """Partner firms that the text names and that do not look after the customer now."""
    if customer is None:
        return ()
    firms = [one for one in around.told.of(PartnerFirm) if _is_taken_for_granted(signs, one.name)]
    told = around.responsibilities_of(customer)
    found = []
    for firm in firms:
        own = [one for one in told if one.partner and same(one.partner.key) == same(firm.name)]
        if not any(holds(one, around.at) for one in own):
            ends = [one.until_at for one in own if one.until_at is not None]
            found.append(FalsePremise(firm.name, customer.name, max(ends, default=None)))
    return found


def _is_taken_for_granted(signs: Signs, name: str) -> bool:
    """Whether the first word of a firm's name stands in the text, in a clause that does not say that it is over."""
    telling = [word.form for word in words_of(name)][:1]
    for place, word in enumerate(signs.words):
        if telling and is_like(word.form, telling[0]):
            clause = signs.clause_of(Span(place, place + 1))
            if not any(found_in(signs.words[clause.first : clause.last], vocabulary("signs")["over"]["phrases"])):
                return True
    return False
