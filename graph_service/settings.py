"""Every name this service reads from the environment, in one table."""

from pathlib import Path

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def default_store() -> str:
    """The embedded store in the user's data directory."""
    return f"sqlite:///{user_data_path('expert-graph') / 'expert-graph.db'}"


def cache_folder() -> Path:
    """Where long work keeps its finished parts until it is done."""
    return user_cache_path("expert-graph")


class Settings(BaseSettings):
    """Read once by `wiring`; frozen afterwards."""

    model_config = SettingsConfigDict(env_prefix="EXPERT_GRAPH_", frozen=True, extra="ignore")

    store: str = Field(default_factory=default_store, description="Store URL: sqlite:///FILE, bolt://, neo4j:// (+s)")
    neo4j_user: str = Field(default="", description="Neo4j user; empty = no authentication")
    neo4j_password: SecretStr = Field(default=SecretStr(""), description="Neo4j password")
    neo4j_database: str = Field(default="neo4j", description="Neo4j database")
    neo4j_timeout_seconds: float = Field(default=5.0, gt=0, le=3600, description="Longest wait for a Neo4j connection")
    busy_timeout_seconds: float = Field(default=10.0, gt=0, le=3600, description="Longest wait for the SQLite writer")
    key: SecretStr = Field(default=SecretStr(""), description="API key with which the terminal acts")
    secret: SecretStr = Field(default=SecretStr(""), description="Secret for the audit's anchors and for erasures")
    audit_anchor: Path | None = Field(default=None, description="File for the audit's anchors; default: the log")
    people_a_day: int = Field(default=40, ge=1, description="Distinct people a day that are usual for one asker")
    oidc_issuer: str = Field(default="", description="OIDC issuer whose tokens are accepted; empty = only API keys")
    oidc_audience: str = Field(default="expert-graph", description="Audience those tokens must name")
    oidc_roles_claim: str = Field(default="roles", description="Claim that holds the roles; dots descend")
    oidc_account_claim: str = Field(default="preferred_username", description="Claim that holds the person's account")
    oidc_account_source: str = Field(default="house", description="Source that knows the person by that account")
    oidc_client_id: str = Field(default="", description="Client id of the pages; empty: no sign-in there")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="Its secret; empty: a public client")
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[^/?#@\s]+)?$",
        description="Address of the pages as people type it",
    )
    smallest_group: int = Field(default=10, ge=8, description="Fewest people of a group in an analysis; 8 by agreement")
    analysis_by: str = Field(default="site", pattern="^(site|department|unit)$", description="By what analyses group")
    reserve_cut: str = Field(
        default="2020-03", pattern=r"^\d{4}-\d{2}$", description="Month from which contacts renew ties"
    )
    knowledge_islands: str = Field(default="", description="Agreement that lets analyses tell how few solve a subject")
    public_data: bool = Field(default=False, description="All data here are public: any days may be analysed")
    profiles: Path | None = Field(default=None, description="Folder with the import profiles offered over HTTP")
    language: str = Field(default="de", pattern="^(de|en)$", description="Language of sentences on the terminal")
    host: str = Field(default="127.0.0.1", description="Address `serve` listens on")
    port: int = Field(default=8000, ge=0, le=65535, description="Port `serve` listens on")


def sqlite_path(url: str) -> Path:
    """The file of a `sqlite:///FILE` URL."""
    return Path(url.removeprefix("sqlite:///")).expanduser()
