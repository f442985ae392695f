"""What people decide about themselves: in what they take part, and for what their claims are visible.

It holds with the next question; no import overrides it, and nothing else shows it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from graph_service.access.roles import PARTICIPATION, Purpose
from graph_service.access.scope import EVERYBODY
from graph_service.derived import refresh_derived
from graph_service.model import NEVER
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, Transaction
from graph_service.store.participation import settle

CHOSEN = "claims.chosen_at"


@dataclass(frozen=True, slots=True)
class ClaimKey:
    """A claim about a person: which skill (id), by whose word."""

    person: str
    skill: str
    claimed_by: str


def take_part(store: Store, person: str, purposes: Collection[Purpose], now: int) -> None:
    """The person takes part in these purposes and in no other; what was derived from them goes or comes at once."""
    rows = [
        {"person": person, "purpose": one.value, "takes_part": int(one in purposes), "decided_at": now}
        for one in PARTICIPATION
    ]

    def work(transaction: Transaction) -> None:
        transaction.write(nq.SET_OWN_CHOICES, rows)
        settle(transaction, people=[person])

    store.write(work)
    refresh_derived(store, NEVER, now)


def show_claim(store: Store, claim: ClaimKey, purposes: Collection[Purpose], now: int) -> None:
    """The claim is visible for these purposes and for no other."""
    rows = [_hidden(claim, one.value, now) for one in PARTICIPATION if one not in purposes]

    def work(transaction: Transaction) -> None:
        _mark(transaction, now)
        key = {"person": claim.person, "skill": claim.skill, "claimed_by": claim.claimed_by}
        transaction.write(nq.SHOW_CLAIM, key)
        if rows:
            transaction.write(nq.HIDE_CLAIMS, rows)

    store.write(work)


def delete_claim(store: Store, claim: ClaimKey, now: int) -> None:
    """The claim is gone; an import that says it again counts as before and brings nothing back."""

    def work(transaction: Transaction) -> None:
        _mark(transaction, now)
        transaction.write(nq.HIDE_CLAIMS, [_hidden(claim, EVERYBODY, now)])
        transaction.write(nq.EMPTY_DELETED_CLAIMS, {"purpose": EVERYBODY})

    store.write(work)


def _mark(transaction: Transaction, now: int) -> None:
    """Notes when somebody last chose anything about a claim: answers of before may come out otherwise since."""
    transaction.write(nq.SET_META, [{"name": CHOSEN, "value": str(now)}])


def _hidden(claim: ClaimKey, purpose: str, now: int) -> dict[str, object]:
    return {"person": claim.person, "skill": claim.skill, "claimed_by": claim.claimed_by, "purpose": purpose,
            "decided_at": now}  # fmt: skip
