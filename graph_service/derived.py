"""What is stored besides the facts and follows from them: the sums and the word weights."""

from graph_service.classifier import refresh_words
from graph_service.statistics import refresh_checkpoints
from graph_service.store.base import Store


def refresh_derived(store: Store, first_known_at: int, now: int) -> None:
    """Stores again what facts known since a moment have changed; NEVER: only for sets of people that are new."""
    refresh_checkpoints(store, first_known_at)
    refresh_words(store, now)
