"""Fixtures: one suite, every store."""

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from browsing import Running, demo_running, demo_service
from neo4j_server import Neo4jServer, running_neo4j
from workbench import Bench, embedded_store, emptied, neo4j_store

from graph_service import demo
from graph_service.settings import Settings
from graph_service.store.base import Store
from graph_service.wiring import service_of

SHARED = Path(__file__).parents[2] / "shared" / "data"
hypothesis.settings.register_profile(
    "house", deadline=None, derandomize=os.environ.get("EXPERT_GRAPH_REQUIRE_NEO4J") == "1"
)
hypothesis.settings.load_profile("house")  # a slow machine is no failure; what is new is found here, not in CI
FILES_KEPT = 8
"""More stores than a test compares at once."""


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("NEO4J_URI") and (getattr(config.option, "numprocesses", None) or 0) > 1:
        raise pytest.UsageError("NEO4J_URI names one server, which each test empties: leave -n away")
    for name in list(os.environ):
        if name.startswith("EXPERT_GRAPH_") and not name.endswith(("REQUIRE_NEO4J", "BENCHMARK_ROWS", "KILLS")):
            del os.environ[name]
    os.environ.pop("COLUMNS", None)  # told to the processes of `-n 2`; what is printed here goes to no terminal


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data beside the checkout; required where Neo4j is (in CI)."""
    if not SHARED.is_dir():
        if os.environ.get("EXPERT_GRAPH_REQUIRE_NEO4J") == "1":
            pytest.fail("the shared data is required here")
        pytest.skip("the shared data is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def neo4j_running() -> Iterator[tuple[str, Neo4jServer | None]]:
    with running_neo4j() as found:
        yield found


@pytest.fixture(params=["embedded", "neo4j"])
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Opens the same empty store as often as wanted."""
    opened: list[Store] = []
    if request.param == "neo4j":
        uri = emptied(request.getfixturevalue("neo4j_running")[0])

    def open_it() -> Store:
        opened.append(neo4j_store(uri) if request.param == "neo4j" else embedded_store(tmp_path / "store.db"))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    """An empty store; every test with it runs once per engine."""
    return open_store()


@pytest.fixture
def bench(store: Store, tmp_path: Path) -> Bench:
    """A store with a clock and a folder for files."""
    return Bench(store, tmp_path)


@pytest.fixture
def both(neo4j_running: tuple[str, Neo4jServer | None], tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two empty stores, one of each engine."""
    stores = embedded_store(tmp_path / "both.db"), neo4j_store(emptied(neo4j_running[0]))
    yield stores
    for store in stores:
        store.close()


@pytest.fixture
def make_embedded(tmp_path: Path) -> Callable[[str], Store]:
    """Makes empty stores in files, as many as wanted; the files of all but the last few go, or a disk would fill."""
    made: list[Path] = []
    numbers = itertools.count(1)

    def make(name: str) -> Store:
        for old in made[:-FILES_KEPT]:
            for file in old.parent.glob(f"{old.name}*"):
                file.unlink()
        made[:] = [*made[-FILES_KEPT:], tmp_path / f"{name}-{next(numbers)}.db"]
        return embedded_store(made[-1])

    return make


@pytest.fixture
def make_neo4j(neo4j_running: tuple[str, Neo4jServer | None]) -> Callable[[str], Store]:
    """Empties the server for each store that is made: one after the other, never two at once."""
    return lambda name: neo4j_store(emptied(neo4j_running[0]))


@pytest.fixture(scope="session")
def filled_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that holds the demo's company; to be copied."""
    path = tmp_path_factory.mktemp("filled") / "demo.db"
    store = embedded_store(path)
    demo.fill(demo.at_its_clock(service_of(store, Settings())))
    store.purge()  # all of it in the one file
    store.close()
    return path


@pytest.fixture(scope="module")
def demo_site(filled_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The demo's pages; what one test changes the next of its module sees."""
    with demo_running(demo_service(tmp_path_factory.mktemp("site") / "store.db", filled_demo)) as found:
        yield found


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def demo_pages(
    request: pytest.FixtureRequest, filled_demo: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """The demo's pages on each store; tests that change something stand at the end of their file."""
    if request.param == "embedded":
        service = demo_service(tmp_path_factory.mktemp("pages") / "store.db", filled_demo)
    else:
        store = neo4j_store(emptied(request.getfixturevalue("neo4j_running")[0]))
        service = demo.at_its_clock(service_of(store, Settings()))
        demo.fill(service)
    with demo_running(service) as found:
        yield found
    service.store.close()
