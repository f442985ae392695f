"""Requests from outside: one role and one purpose, counted, revocable, over HTTP and over a WebSocket."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from askers import key_of, wall
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from workbench import embedded_store

from graph_service import demo
from graph_service.access import Role
from graph_service.access.roles import PER_MINUTE
from graph_service.api import socket
from graph_service.api.app import build_app
from graph_service.api.doors import BODY_LIMIT
from graph_service.api.rates import Rates
from graph_service.errors import AccessRefused
from graph_service.settings import Settings
from graph_service.sign_in import revoke_key
from graph_service.store import named_queries as nq
from graph_service.wiring import Service, service_of

ASK = {"query": '{ recommendExperts(problem: {text: "KANBAN Abruf"}) { purpose experts { person { name } } } }'}
CASE_HELP = {"X-Purpose": "CASE_HELP"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    opened = demo.at_its_clock(service_of(embedded_store(tmp_path_factory.mktemp("api") / "demo.db"), Settings()))
    demo.fill(opened)
    yield opened
    opened.store.close()


@pytest.fixture
def client(service: Service) -> TestClient:
    return TestClient(build_app(service), base_url="http://local")


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def code(answer: Any) -> str:
    return str(answer.json()["errors"][0]["extensions"]["code"])


def test_the_purpose_is_told_by_header_or_beside_the_document(service: Service, client: TestClient) -> None:
    key = key_of(service.store, Role.SUPPORTER)
    for headers, body in ((CASE_HELP, ASK), ({}, {**ASK, "extensions": {"purpose": "CASE_HELP"}})):
        answer = client.post("/graphql", json=body, headers={**bearer(key), **headers}).json()
        assert answer["data"]["recommendExperts"]["purpose"] == "CASE_HELP"
        assert answer["data"]["recommendExperts"]["experts"]


@pytest.mark.parametrize(
    ("headers", "status", "expected"),
    [
        ({}, 400, "access.no_purpose"),
        ({"X-Purpose": "CURIOSITY"}, 400, "access.unknown_purpose"),
        ({"X-Purpose": "AUDIT"}, 403, "access.no_role_for_purpose"),
        ({"X-Purpose": "CASE_HELP", "X-Role": "ADMIN"}, 403, "access.not_your_role"),
        ({"X-Purpose": "AUDIT", "X-Role": "SUPPORTER"}, 403, "access.purpose_of_other_role"),
    ],
)
def test_purposes_and_roles_that_are_not_ones_own(
    service: Service, client: TestClient, headers: dict[str, str], status: int, expected: str
) -> None:
    key = key_of(service.store, Role.SUPPORTER)
    answer = client.post("/graphql", json=ASK, headers={**bearer(key), **headers})
    assert (answer.status_code, code(answer)) == (status, expected)
    assert "data" not in answer.json()


def test_nobody_is_refused_before_graphql_looks_at_anything(client: TestClient) -> None:
    answer = client.post("/graphql", content=b"\xff" * (BODY_LIMIT + 1), headers=CASE_HELP)
    assert (answer.status_code, code(answer)) == (401, "access.unauthorised")


def test_two_sign_ins_and_long_ones_are_refused(service: Service, client: TestClient) -> None:
    key = key_of(service.store, Role.SUPPORTER)
    twice = [("Authorization", f"Bearer {key}"), ("Authorization", f"Bearer {key}"), ("X-Purpose", "CASE_HELP")]
    answer = client.post("/graphql", json=ASK, headers=twice)
    assert (answer.status_code, code(answer)) == (401, "access.two_tokens")
    answer = client.post("/graphql", json=ASK, headers={**bearer("x" * 9_000), **CASE_HELP})
    assert (answer.status_code, code(answer)) == (401, "access.token_too_long")


def test_a_revoked_key_is_refused_at_once(service: Service, client: TestClient) -> None:
    key = key_of(service.store, Role.SUPPORTER)
    assert client.post("/graphql", json=ASK, headers={**bearer(key), **CASE_HELP}).status_code == 200
    revoke_key(service.store, key.split("_")[1], wall())
    answer = client.post("/graphql", json=ASK, headers={**bearer(key), **CASE_HELP})
    assert (answer.status_code, code(answer)) == (401, "access.revoked")


def test_too_many_requests_are_told_when_to_come_again(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph_service.api.doors.Rates", lambda clock: Rates(lambda: 0.0))  # however slow the machine
    client = TestClient(build_app(service), base_url="http://local")
    key = key_of(service.store, Role.ANALYST, name="hasty")
    headers = {**bearer(key), "X-Purpose": "NETWORK_ANALYSIS"}
    answers = [client.post("/graphql", json={"query": "{ __typename }"}, headers=headers) for _ in range(40)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(answers) - len(refused) == PER_MINUTE[Role.ANALYST]
    assert code(refused[0]) == "access.too_often" and 1 <= int(refused[0].headers["Retry-After"]) <= 60
    other = key_of(service.store, Role.ANALYST, name="calm")
    answer = client.post("/graphql", json={"query": "{ __typename }"}, headers={**headers, **bearer(other)})
    assert answer.status_code == 200


def test_every_root_field_counts(service: Service, client: TestClient) -> None:
    key = key_of(service.store, Role.ANALYST, name="greedy")
    headers = {**bearer(key), "X-Purpose": "NETWORK_ANALYSIS"}
    many = {"query": "{" + " ".join(f"a{n}: viewer {{ role }}" for n in range(10)) + "}"}
    answers = [client.post("/graphql", json=many, headers=headers).status_code for _ in range(6)]
    assert answers[:2] == [200, 200] and answers[-1] == 429


def test_refusals_at_the_door_are_in_the_audit(service: Service, client: TestClient) -> None:
    key = key_of(service.store, Role.SUPPORTER)
    before = len(service.store.journal(nq.AUDIT_ENTRIES, after="", seq=0, limit=5_000))
    client.post("/graphql", json=ASK, headers={**bearer(key), "X-Purpose": "AUDIT"})
    assert len(service.store.journal(nq.AUDIT_ENTRIES, after="", seq=0, limit=5_000)) == before + 1


def test_buckets_fill_again(service: Service) -> None:
    from askers import asker

    now = 0.0
    rates = Rates(lambda: now)
    who = asker(Role.SUPPORTER)
    for _ in range(PER_MINUTE[Role.SUPPORTER]):
        rates.take(who)
    with pytest.raises(AccessRefused) as refused:
        rates.take(who)
    now += float(refused.value.values["seconds"])  # type: ignore[arg-type]
    rates.take(who)


def test_what_is_answered_is_in_the_audit_first(service: Service, client: TestClient) -> None:
    key = key_of(service.store, Role.SUPPORTER, name="watched")
    before = len(service.store.journal(nq.AUDIT_ENTRIES, after="", seq=0, limit=5_000))
    client.post("/graphql", json=ASK, headers={**bearer(key), **CASE_HELP})
    client.post("/graphql", json={"query": "{ importRuns { edges { cursor } } }"}, headers={**bearer(key), **CASE_HELP})
    entries = service.store.journal(nq.AUDIT_ENTRIES, after="", seq=0, limit=5_000)
    assert len(entries) == before + 2
    assert any('"answer:given"' in entry.payload for entry in entries)
    assert any('"access:refused"' in entry.payload for entry in entries)


def test_no_answer_leaves_when_the_audit_cannot_be_written(
    service: Service, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graph_service.errors import StoreError

    def full(work: Any) -> Any:
        raise StoreError("store.full", path="x.audit")

    key = key_of(service.store, Role.SUPPORTER)
    monkeypatch.setattr(service.store, "write_journal", full)
    answer = client.post("/graphql", json=ASK, headers={**bearer(key), **CASE_HELP}).json()
    assert answer["data"] is None and answer["errors"][0]["extensions"]["code"] == "store.full"
    assert "Weiß" not in str(answer)


def opened(client: TestClient, payload: dict[str, Any] | None) -> Any:
    """A socket that has sent its first message."""
    talking = client.websocket_connect("/graphql", subprotocols=[socket.PROTOCOL])
    session = talking.__enter__()
    session.send_json({"type": "connection_init", **({"payload": payload} if payload is not None else {})})
    return session


def closed_with(session: Any) -> tuple[int, str]:
    with pytest.raises(WebSocketDisconnect) as closed:
        session.receive_json()
    return closed.value.code, closed.value.reason or ""


def test_a_socket_answers_after_its_token(service: Service, client: TestClient) -> None:
    key = key_of(service.store, Role.SUPPORTER)
    session = opened(client, {"authorization": f"Bearer {key}", "purpose": "CASE_HELP"})
    assert session.receive_json() == {"type": "connection_ack"}
    session.send_json({"type": "ping"})
    assert session.receive_json() == {"type": "pong"}
    session.send_json({"id": "1", "type": "subscribe", "payload": ASK})
    answer = session.receive_json()
    assert answer["type"] == "next" and answer["payload"]["data"]["recommendExperts"]["experts"]
    assert session.receive_json() == {"id": "1", "type": "complete"}
    session.send_json({"id": "2", "type": "subscribe", "payload": {"query": "{ nope }"}})
    assert session.receive_json()["type"] == "error"
    session.send_json({"id": "3", "type": "subscribe", "payload": {**ASK, "extensions": {"purpose": "AUDIT"}}})
    assert session.receive_json()["payload"][0]["extensions"]["code"] == "access.no_role_for_purpose"
    session.close()


@pytest.mark.parametrize("payload", [None, {}, {"authorization": "Bearer x"}, {"authorization": 3}])
def test_a_socket_without_a_sign_in_is_closed(client: TestClient, payload: dict[str, Any] | None) -> None:
    assert closed_with(opened(client, payload)) == (4401, "access.unauthorised")


def test_a_revoked_key_ends_an_open_socket(service: Service, client: TestClient) -> None:
    key = key_of(service.store, Role.SUPPORTER)
    session = opened(client, {"authorization": f"Bearer {key}", "purpose": "CASE_HELP"})
    session.receive_json()
    revoke_key(service.store, key.split("_")[1], wall())
    session.send_json({"id": "1", "type": "subscribe", "payload": ASK})
    assert session.receive_json()["payload"][0]["extensions"]["code"] == "access.revoked"
    assert closed_with(session) == (4403, "access.revoked")


def test_a_silent_socket_of_a_revoked_key_is_closed_too(
    service: Service, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "CHECK_SECONDS", 0.1)
    key = key_of(service.store, Role.SUPPORTER)
    session = opened(client, {"authorization": f"Bearer {key}", "purpose": "CASE_HELP"})
    session.receive_json()
    time.sleep(0.3)
    session.send_json({"type": "ping"})
    assert session.receive_json() == {"type": "pong"}
    revoke_key(service.store, key.split("_")[1], wall())
    assert closed_with(session) == (4403, "access.revoked")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("not json", 4400),
        ("[]", 4400),
        ('{"type": "nonsense"}', 4400),
        ('{"type": "subscribe"}', 4400),
        ('{"type": "connection_init"}', 4429),
        ("x" * (BODY_LIMIT + 1), 4400),
    ],
)
def test_odd_messages_end_a_socket(service: Service, client: TestClient, message: str, expected: int) -> None:
    key = key_of(service.store, Role.SUPPORTER)
    session = opened(client, {"authorization": f"Bearer {key}", "purpose": "CASE_HELP"})
    session.receive_json()
    session.send_text(message)
    assert closed_with(session)[0] == expected


def test_other_protocols_and_pages_of_other_hosts_are_refused(client: TestClient) -> None:
    for protocols, headers in ((["graphql-ws"], {}), ([socket.PROTOCOL], {"Origin": f"{'https'}://evil.test"})):
        with client.websocket_connect("/graphql", subprotocols=protocols, headers=headers) as session:
            assert closed_with(session)[0] == 4406


def test_a_socket_that_says_nothing_is_closed(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "INIT_SECONDS", 0.1)
    with client.websocket_connect("/graphql", subprotocols=[socket.PROTOCOL]) as session:
        assert closed_with(session)[0] == 4408


def test_the_key_is_nowhere_in_the_store(service: Service, tmp_path: Path) -> None:
    key = key_of(service.store, Role.SUPPORTER)
    secret = key.split("_", 2)[2].encode()
    assert len(secret) > 40
    (main,) = [row[2] for row in service.store._engine._writer.execute("PRAGMA database_list")]  # type: ignore[attr-defined]
    for file in Path(main).parent.iterdir():
        assert secret not in file.read_bytes(), file
