"""A real Neo4j for the tests: the first that works of NEO4J_URI, a container, a server from Maven artifacts.

With EXPERT_GRAPH_REQUIRE_NEO4J=1 not finding one is a failure, otherwise a skip with its reason.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from platformdirs import user_cache_path

VERSION = "5.26.28"
POM = Path(__file__).parent / "neo4j_pom.xml"
START_SECONDS = 300
FETCH_SECONDS = 900


class Neo4jServer:
    """A server started from Maven artifacts; can be stopped and started again on the same port and data."""

    def __init__(self, libraries: Path, home: Path) -> None:
        self._libraries = libraries
        self._home = home
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None
        (home / "conf").mkdir(parents=True)
        (home / "conf" / "neo4j.conf").write_text(
            f"server.bolt.listen_address=127.0.0.1:{self._port}\n"
            f"server.bolt.advertised_address=127.0.0.1:{self._port}\n"
            "server.http.enabled=false\nserver.https.enabled=false\ndbms.security.auth_enabled=false\n"
            "dbms.usage_report.enabled=false\nserver.memory.heap.max_size=1g\nserver.memory.pagecache.size=256m\n"
            "server.bolt.connection_keep_alive=2s\nserver.bolt.connection_keep_alive_for_requests=ALL\n"
            "server.bolt.connection_keep_alive_probes=2\n",
            encoding="utf-8",
        )

    @property
    def uri(self) -> str:
        """Where it listens."""
        return f"bolt://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Starts and waits until bolt answers."""
        command = [
            "java", "-Xmx1g", "-cp", f"{self._libraries}/*", "org.neo4j.server.CommunityEntryPoint",
            f"--home-dir={self._home}", f"--config-dir={self._home / 'conf'}", "--console-mode",
        ]  # fmt: skip
        with (self._home / "console.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            if _answers(self.uri):
                return
            time.sleep(0.5)
        raise RuntimeError(f"Neo4j did not start: {(self._home / 'console.log').read_text()[-500:]}")

    def stop(self) -> None:
        """Kills it, as a crash would."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(20)

    def freeze(self, frozen: bool) -> None:
        """Stops it in its tracks, or lets it go on; connections stay open."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGSTOP if frozen else signal.SIGCONT)


def _answers(uri: str) -> bool:
    import neo4j
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        with neo4j.GraphDatabase.driver(uri, connection_timeout=1) as driver, driver.session() as session:
            return session.run("RETURN 1").single() is not None
    except (DriverError, Neo4jError, OSError):
        return False


def maven_libraries() -> Path:
    """The server's jars, copied once per machine; raises RuntimeError with the reason when that fails."""
    folder = user_cache_path("expert-graph-tests") / f"neo4j-{VERSION}"
    if (folder / "complete").exists():
        return folder
    if not shutil.which("mvn") or not shutil.which("java"):
        raise RuntimeError("neither NEO4J_URI nor a container engine nor Maven with Java is here")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the processes of `-n 2` fetch once
        if (folder / "complete").exists():
            return folder
        command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={folder}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=FETCH_SECONDS)
        if done.returncode:
            raise RuntimeError(f"Maven could not fetch Neo4j: {done.stdout[-300:]}")
        (folder / "complete").touch()
    return folder


def container_engine_answers() -> bool:
    """Whether testcontainers could start something."""
    if not shutil.which("docker"):
        return False
    try:
        return subprocess.run(["docker", "info"], capture_output=True, timeout=20).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def way_to_neo4j() -> str:
    """The first way that is open: uri, container or maven."""
    if os.environ.get("NEO4J_URI"):
        return "uri"
    return "container" if container_engine_answers() else "maven"


@contextlib.contextmanager
def running_neo4j() -> Iterator[tuple[str, Neo4jServer | None]]:
    """(URI, the server when it is ours to stop); skips or fails when there is none."""
    way = way_to_neo4j()
    if way == "uri":
        yield os.environ["NEO4J_URI"], None
        return
    if way == "container":
        from testcontainers.neo4j import Neo4jContainer

        container = Neo4jContainer("neo4j:5.26-community").with_env("NEO4J_AUTH", "none")
        with container as started:
            yield started.get_connection_url(), None
        return
    with tempfile.TemporaryDirectory(prefix="neo4j-", ignore_cleanup_errors=True) as home:
        try:
            server = Neo4jServer(maven_libraries(), Path(home))
            server.start()
        except (RuntimeError, OSError, subprocess.TimeoutExpired) as error:
            not_here(str(error))
        try:
            yield server.uri, server
        finally:
            server.stop()


def not_here(reason: str) -> None:
    """Skips, or fails where Neo4j is required."""
    if os.environ.get("EXPERT_GRAPH_REQUIRE_NEO4J") == "1":
        pytest.fail(f"Neo4j is required here: {reason}")
    pytest.skip(f"no Neo4j: {reason}")
