"""Settings in, opened store and service out; the only reader of settings."""

import time
from dataclasses import dataclass, replace
from datetime import datetime

from graph_service.errors import ProblemRefused, StoreUnavailable
from graph_service.intake.runs import Clocks
from graph_service.model import instant
from graph_service.settings import Settings, demo_store, sqlite_path
from graph_service.store.base import Engine, Store
from graph_service.store.embedded_store import EmbeddedEngine
from graph_service.text.messages import Spoken
from graph_service.text.terms import ANALYSIS_VERSION

__all__ = ["Service", "demo_store", "open_service", "settings"]


@dataclass(frozen=True, slots=True)
class Service:
    """An open store with its clock; `frozen_at` is set when the clock stands still (the demo)."""

    store: Store
    settings: Settings
    frozen_at: int | None = None

    def now(self) -> int:
        """The moment answers are about."""
        return wall_clock() if self.frozen_at is None else self.frozen_at

    @property
    def clocks(self) -> Clocks:
        """The service's clock for facts, the wall clock for leases."""
        return Clocks(self.now, wall_clock)

    @property
    def language(self) -> Spoken:
        """The language of sentences where nobody asks for another."""
        return "en" if self.settings.language == "en" else "de"

    def as_of(self, asked: datetime | None) -> int:
        """The asked moment, or now; raises ProblemRefused for one in the future."""
        if asked is None:
            return self.now()
        at = instant(asked)
        if at > self.now():
            raise ProblemRefused("problem.future", value=asked.isoformat())
        return at

    def at(self, frozen_at: int) -> "Service":
        """The same service with its clock standing still."""
        return replace(self, frozen_at=frozen_at)


def settings() -> Settings:
    """What the environment says."""
    return Settings()


def wall_clock() -> int:
    """The instant on the wall."""
    return int(time.time() * 1000)


def open_service(url: str | None = None) -> Service:
    """Opens the store of `url` (default: the settings'); raises StoreError."""
    known = settings()
    store = Store(_engine(url or known.store, known))
    service = Service(store, known)
    if "text_version" not in store.versions:
        store.set_versions({"text_version": ANALYSIS_VERSION})
    return service


def _engine(url: str, known: Settings) -> Engine:
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite" and rest.strip("/"):
        return EmbeddedEngine(sqlite_path(url), known.busy_timeout_seconds)
    if scheme.startswith(("bolt", "neo4j")) and rest.strip("/"):
        from graph_service.store.neo4j_store import Neo4jEngine

        login = (known.neo4j_user, known.neo4j_password.get_secret_value()) if known.neo4j_user else None
        return Neo4jEngine(url, login, known.neo4j_database, known.neo4j_timeout_seconds)
    raise StoreUnavailable("store.bad_url")
