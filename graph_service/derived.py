"""What is stored besides the facts and follows from them: the sums, the word weights and the ties."""

from graph_service.classifier import KIND as WORDS, refresh_words
from graph_service.evidence.tie_months import refresh_ties
from graph_service.statistics import KIND as SUMS, refresh_checkpoints
from graph_service.store import named_queries as nq
from graph_service.store.base import Store


def refresh_derived(store: Store, first_known_at: int, now: int) -> None:
    """Stores again what facts known since a moment have changed, and drops what was derived from other people than
    those who take part now; NEVER: only for sets of people that are new."""
    refresh_checkpoints(store, first_known_at)
    crowds = refresh_words(store, now)
    kept = [f"{kind}.{crowd}" for kind in (SUMS, WORDS) for crowd in sorted(crowds)]
    kept += refresh_ties(store, first_known_at, now)
    store.write(lambda transaction: transaction.write(nq.DROP_OTHER_CROWDS, {"kept": kept}))
