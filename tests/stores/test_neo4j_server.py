"""Which Neo4j the tests take, without starting any."""

import subprocess

import neo4j_server
import pytest


def test_a_given_uri_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://example:7687")
    monkeypatch.setattr(neo4j_server, "container_engine_answers", lambda: True)
    assert neo4j_server.way_to_neo4j() == "uri"
    with neo4j_server.running_neo4j() as (uri, server):
        assert (uri, server) == ("bolt://example:7687", None)


@pytest.mark.parametrize(("answers", "way"), [(True, "container"), (False, "maven")])
def test_then_a_container_engine_that_answers_then_maven(
    monkeypatch: pytest.MonkeyPatch, answers: bool, way: str
) -> None:
    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.setattr(neo4j_server, "container_engine_answers", lambda: answers)
    assert neo4j_server.way_to_neo4j() == way


@pytest.mark.parametrize(("code", "answers"), [(0, True), (1, False)])
def test_a_client_without_an_engine_does_not_count(monkeypatch: pytest.MonkeyPatch, code: int, answers: bool) -> None:
    monkeypatch.setattr(neo4j_server.shutil, "which", lambda name: "/bin/docker")
    monkeypatch.setattr(neo4j_server.subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, code))
    assert neo4j_server.container_engine_answers() is answers


def test_the_container_is_asked_for_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    class Started:
        def __init__(self, image: str) -> None:
            assert image.startswith("neo4j:5.26")

        def with_env(self, name: str, value: str) -> "Started":
            assert (name, value) == ("NEO4J_AUTH", "none")
            return self

        def __enter__(self) -> "Started":
            return self

        def __exit__(self, *problem: object) -> None:
            stopped.append(True)

        def get_connection_url(self) -> str:
            return "bolt://container:1"

    stopped: list[bool] = []
    monkeypatch.setattr("testcontainers.neo4j.Neo4jContainer", Started)
    monkeypatch.setattr(neo4j_server, "way_to_neo4j", lambda: "container")
    with neo4j_server.running_neo4j() as (uri, _):
        assert uri == "bolt://container:1"
    assert stopped == [True]


def test_a_missing_neo4j_skips_or_fails_as_it_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXPERT_GRAPH_REQUIRE_NEO4J", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no Java"):
        neo4j_server.not_here("no Java")
    monkeypatch.setenv("EXPERT_GRAPH_REQUIRE_NEO4J", "1")
    with pytest.raises(pytest.fail.Exception, match="required"):
        neo4j_server.not_here("no Java")
