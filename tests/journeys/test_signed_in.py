"""A firm's own sign-in service, the server, and people with roles: three processes, one question."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from askers import Terminal
from workbench import COLUMNS, case, write_csv

from graph_service.access import Role

CASES = [
    case(f"K-{number}", f"2026-0{number}-05", "KANBAN-Abruf hängt", closed_at=f"2026-0{number}-06", solver="weiss")
    for number in range(1, 4)
]
PEOPLE = {
    "s-1": {"roles": ["SUPPORTER", "EXPERT"], "preferred_username": "ernst"},
    "s-2": {"roles": ["EXPERT"], "preferred_username": "weiss"},
    "s-3": {"roles": ["works_council"]},
}
ASK = '{ recommendExperts(problem: {text: "KANBAN-Abruf hängt"}) { experts { person { name } } } }'


def free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        for probe in (one, other):
            probe.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1]), int(other.getsockname()[1])


def waited(address: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            httpx.get(address)
            return
        except httpx.HTTPError:
            assert time.monotonic() < deadline, address
            time.sleep(0.2)


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., httpx.Response]]:
    """Starts the provider and the server; gives a function that asks as somebody."""
    folder = tmp_path_factory.mktemp("firm")
    url, anchors = f"sqlite:///{folder / 's.db'}", folder / "anchors.log"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("EXPERT_GRAPH_STORE", url)
        patched.setenv("EXPERT_GRAPH_SECRET", "outside")
        assert Terminal()("import", str(write_csv(folder / "cases.csv", COLUMNS, CASES))).exit_code == 0
    ports = free_ports()
    issuer, server = f"http://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}"
    people = [part for sub, claims in PEOPLE.items() for part in ("--user-claims", json.dumps({"sub": sub, **claims}))]
    provider = [sys.executable, "-m", "oidc_provider_mock", "--port", str(ports[0]), *people]
    serve = [sys.executable, "-m", "graph_service", "serve", "--port", str(ports[1]), "--store", url]
    environment = {**os.environ, "EXPERT_GRAPH_OIDC_ISSUER": issuer, "EXPERT_GRAPH_SECRET": "outside",
                   "EXPERT_GRAPH_AUDIT_ANCHOR": str(anchors)}  # fmt: skip
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [subprocess.Popen(command, env=environment, **quiet) for command in (provider, serve)]
    try:
        waited(f"{issuer}/.well-known/openid-configuration")
        waited(f"{server}/health/live")

        def ask(who: str | None, purpose: str, document: str = ASK, role: str = "") -> httpx.Response:
            headers = {"X-Purpose": purpose, "X-Role": role} if role else {"X-Purpose": purpose}
            if who is not None:
                headers["Authorization"] = f"Bearer {who if who.count('.') == 2 else token(issuer, who)}"
            return httpx.post(f"{server}/graphql", json={"query": document}, headers=headers)

        ask.issuer, ask.url, ask.anchors = issuer, url, anchors  # type: ignore[attr-defined]
        yield ask
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def token(issuer: str, subject: str) -> str:
    """An id token by the authorisation code flow."""
    back = {"client_id": "expert-graph", "redirect_uri": "http://localhost/cb"}
    asked = {**back, "response_type": "code", "scope": "openid profile", "state": "x"}
    sent = httpx.post(f"{issuer}/oauth2/authorize", params=asked, data={"sub": subject})
    code = httpx.URL(sent.headers["location"]).params["code"]
    form = {**back, "grant_type": "authorization_code", "code": code, "client_secret": "x"}
    return str(httpx.post(f"{issuer}/oauth2/token", data=form).json()["id_token"])


def error(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, str(answer.json()["errors"][0]["extensions"]["code"])


def test_people_ask_in_their_roles(firm: Callable[..., httpx.Response]) -> None:
    def answered() -> int:
        summed = firm("s-3", "AUDIT", "{ auditSummary { months { act times } } }").json()["data"]["auditSummary"]
        return sum(one["times"] for one in summed["months"] if one["act"] == "answer:given")

    before = answered()
    assert firm("s-1", "CASE_HELP").json()["data"]["recommendExperts"]["experts"][0]["person"]["name"] == "weiss"
    assert firm("s-2", "SELF_SERVICE", "{ viewer { recommendationsAboutMe { role } } }").json()["data"] == {
        "viewer": {"recommendationsAboutMe": [{"role": "SUPPORTER"}]}
    }
    assert answered() == before + 1
    assert error(firm("s-2", "CASE_HELP")) == (403, "access.no_role_for_purpose")
    assert error(firm("s-1", "CASE_HELP", role="ADMIN")) == (403, "access.not_your_role")
    assert error(firm(None, "CASE_HELP")) == (401, "access.unauthorised")


def test_the_anchors_hold_the_audit(firm: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    firm("s-1", "CASE_HELP")
    monkeypatch.setenv("EXPERT_GRAPH_STORE", firm.url)
    monkeypatch.setenv("EXPERT_GRAPH_SECRET", "outside")
    run = Terminal()
    checked = run("doctor", "--audit", "--anchor", str(firm.anchors), role=Role.ADMIN)
    assert checked.exit_code == 0 and re.search(r"audit +whole", checked.output), checked.output
    monkeypatch.setenv("EXPERT_GRAPH_SECRET", "another")
    wrong = run("doctor", "--anchor", str(firm.anchors), role=Role.ADMIN)
    assert wrong.exit_code == 1 and "nicht von diesem Dienst" in wrong.output


def test_signed_out_people_are_refused_at_once(firm: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPERT_GRAPH_STORE", firm.url)
    monkeypatch.setenv("EXPERT_GRAPH_SECRET", "outside")
    mine = token(firm.issuer, "s-2")
    assert firm(mine, "SELF_SERVICE", "{ viewer { role } }").status_code == 200
    time.sleep(1.1)  # tokens tell their moment in whole seconds
    assert Terminal()("keys", "revoke", "s-2", "--sign-ins").exit_code == 0
    assert error(firm(mine, "SELF_SERVICE", "{ viewer { role } }")) == (401, "access.revoked")
    time.sleep(1.1)
    assert firm("s-2", "SELF_SERVICE", "{ viewer { role } }").status_code == 200
