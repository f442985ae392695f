"""Settings in, opened store and service out; the only reader of settings."""

import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from platformdirs import user_data_path
from pydantic import ValidationError

from graph_service.audit import Journal, signed
from graph_service.erasure import finish as finish_erasures
from graph_service.errors import InputRefused, ProblemRefused, StoreUnavailable
from graph_service.intake.runs import Clocks
from graph_service.intake.uploads import Uploads
from graph_service.model import instant
from graph_service.settings import Settings, cache_folder, sqlite_path
from graph_service.sign_in import Provider
from graph_service.store.base import SCHEMA_VERSION, Engine, Store
from graph_service.store.embedded_store import EmbeddedEngine
from graph_service.store.run_leases import clean_up
from graph_service.text.messages import Spoken
from graph_service.text.terms import ANALYSIS_VERSION

__all__ = [
    "Service", "cache_folder", "demo_store", "drop_evaluations", "open_service", "page_provider_of", "provider_of",
    "service_of", "settings",
]  # fmt: skip
_log = logging.getLogger("graph_service.audit")


def utc(asked: datetime) -> datetime:
    """A moment that somebody gives, in UTC where no zone is."""
    return asked if asked.tzinfo else asked.replace(tzinfo=UTC)


def instant_of(asked: datetime) -> int:
    """The instant of a moment that somebody gives, in UTC where no zone is; raises ProblemRefused for what is none."""
    try:
        return instant(utc(asked))
    except ValueError:
        raise ProblemRefused("problem.bad_date", value=asked.isoformat()) from None


@dataclass(frozen=True, slots=True)
class Service:
    """An open store with its audit and its clock; `frozen_at` is set when the clock stands still (the demo)."""

    store: Store
    settings: Settings
    journal: Journal
    frozen_at: int | None = None
    uploads: Uploads = field(default_factory=lambda: Uploads(wall_clock))

    def wall(self) -> int:
        """The moment on the wall: for sign-ins, the audit and what people choose."""
        return wall_clock()

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
        at = instant_of(asked)
        if at > self.now():
            raise ProblemRefused("problem.future", value=asked.isoformat())
        return at

    def at(self, frozen_at: int) -> "Service":
        """The same service with its clock standing still."""
        return replace(self, frozen_at=frozen_at)


def settings() -> Settings:
    """What the environment says; raises InputRefused with the names that do not fit."""
    try:
        return Settings()
    except ValidationError as error:
        names = ", ".join(f"EXPERT_GRAPH_{str(fault['loc'][0]).upper()}" for fault in error.errors())
        raise InputRefused("settings.bad", names=names) from None


def demo_store(*, large: bool = False) -> str:
    """The demo's own embedded store, never the default one; one for each schema version, so that a newer version of the
    software shows its demo without asking what to do about an older one's."""
    name = f"demo-large-{SCHEMA_VERSION}.db" if large else f"demo-{SCHEMA_VERSION}.db"
    return f"sqlite:///{user_data_path('expert-graph') / name}"


def wall_clock() -> int:
    """The instant on the wall."""
    return int(time.time() * 1000)


def open_service(url: str | None = None, *, create: bool = False) -> Service:
    """Opens the store of `url` (default: the settings'); raises StoreError.

    With `create` a missing store is made and runs that broke off are cleaned up; otherwise nothing is written.
    """
    known = settings()
    store = Store(_engine(url or known.store, known), create=create)
    if create:
        if "text_version" not in store.versions:
            store.set_versions({"text_version": ANALYSIS_VERSION})
        clean_up(store, wall_clock())
        finish_erasures(store, wall_clock())
    return service_of(store, known)


def service_of(store: Store, known: Settings) -> Service:
    """The service on an open store."""
    secret = known.secret.get_secret_value()
    return Service(store, known, Journal(store, wall_clock, _anchor(known), secret))


def _anchor(known: Settings) -> Callable[[bytes], None]:
    """Where the ends of the audit's chains are told: a file outside the store, else the log."""
    secret = known.secret.get_secret_value()

    def tell(line: bytes) -> None:
        text = signed(line, secret).decode()
        if known.audit_anchor is None:
            _log.info("%s", text)
            return
        try:
            with known.audit_anchor.open("a", encoding="utf-8") as stream:
                stream.write(f"{text}\n")
        except OSError as error:
            _log.warning("the anchor could not be written: %s", type(error).__name__)
            _log.info("%s", text)

    return tell


def drop_evaluations() -> None:
    """Deletes what broken-off evaluations have left in the cache folder: it names people."""
    shutil.rmtree(cache_folder() / "evaluations", ignore_errors=True)


def provider_of(known: Settings) -> Provider | None:
    """The OIDC provider of the settings; None without one."""
    if not known.oidc_issuer:
        return None
    return Provider(
        issuer=known.oidc_issuer,
        audience=known.oidc_audience,
        roles_claim=known.oidc_roles_claim,
        account_claim=known.oidc_account_claim,
        source=known.oidc_account_source,
    )


def page_provider_of(known: Settings) -> Provider | None:
    """The provider by which people sign in to the pages: its tokens name the pages' own client."""
    provider = provider_of(known)
    return replace(provider, audience=known.oidc_client_id) if provider and known.oidc_client_id else None


def _engine(url: str, known: Settings) -> Engine:
    scheme, _, rest = url.partition("://")
    if url.startswith("sqlite:///") and rest.strip("/") and ":memory:" not in rest:
        try:
            return EmbeddedEngine(sqlite_path(url), known.busy_timeout_seconds)
        except RuntimeError:  # a home directory of nobody
            raise StoreUnavailable("store.bad_url") from None
    if scheme.startswith(("bolt", "neo4j")) and rest.strip("/"):
        from graph_service.store.neo4j_store import Neo4jEngine

        login = (known.neo4j_user, known.neo4j_password.get_secret_value()) if known.neo4j_user else None
        return Neo4jEngine(url, login, known.neo4j_database, known.neo4j_timeout_seconds)
    raise StoreUnavailable("store.bad_url")
