"""Who takes part in what: settled in the same transaction as the run or the choice that changes it."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from graph_service.access import Purpose, everybody_for
from graph_service.access.scope import EVERYBODY
from graph_service.model import NEVER
from graph_service.store import named_queries as nq
from graph_service.store.base import LONGEST_STUDY, Store, Transaction, View

MASKED = "MASKED"
"""What was decided about a mention of somebody who was erased: the words were masked."""
MASKED_AT = "cases.masked_at"
WHO = "identity.version"
"""How often accounts were given to other people."""
DERIVED_FOR = (Purpose.CASE_HELP, Purpose.EVALUATION)
"""Purposes for which sums and word weights are derived from the facts of those who take part."""
TIES_FOR = (Purpose.NETWORK_ANALYSIS,)
"""Purposes for which the ties of those who take part are kept."""


def settle(transaction: Transaction, *, run: int = 0, people: Sequence[str] = ()) -> None:
    """Works out anew who takes part, for the people of a run and these people, empties deleted claims, and asks
    again about masked cases whose text a run has brought anew.

    `crowd.PURPOSE` in the store's versions names the set of people who take part: `all`, or a hash over those who do
    not, over what was erased and masked and over who is who, so that no process uses again what was derived from
    somebody who left or was somebody else.
    """
    transaction.write(nq.REFRESH_TAKING_PART, {"run": run, "people": list(people)})
    transaction.write(nq.EMPTY_DELETED_CLAIMS, {"purpose": EVERYBODY})
    transaction.write(nq.REOPEN_MENTIONS, {"run": run, "decided": MASKED})
    rows = []
    gone = [row.id for row in transaction.read(nq.ERASURES, {})]
    gone += [f"{row.name} {row.value}" for row in transaction.read(nq.META, {}) if row.name in (MASKED_AT, WHO)]
    for purpose in (*DERIVED_FOR, *TIES_FOR):
        people = [row.person for row in transaction.read(nq.ABSTAINING, {"purpose": purpose.value})]
        left = "\n".join([*people, *gone])
        crowd = sha256(left.encode()).hexdigest()[:16] if left else "all"
        rows.append({"name": f"crowd.{purpose}", "value": crowd})
    transaction.write(nq.SET_META, rows)


def views_by_crowd(store: Store, as_of: int = NEVER - 1, purposes: Sequence[Purpose] = DERIVED_FOR) -> Iterator[View]:
    """A View for each set of people that something is derived for; purposes with the same people share one. What is
    derived from a long history takes longer than a request may."""
    seen: set[str] = set()
    for purpose in purposes:
        with store.view(everybody_for(purpose), as_of=as_of, longest=LONGEST_STUDY) as view:
            if view.pin.crowd not in seen:
                seen.add(view.pin.crowd)
                yield view
