"""A site of pages as it runs for people: on a port of its own, with the demo's people, and visitors who signed in."""

import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from workbench import embedded_store

from graph_service import demo
from graph_service.access import Identity
from graph_service.settings import Settings
from graph_service.web.site import build_site
from graph_service.web.visits import Site
from graph_service.wiring import Service, service_of

_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
_ZONE = re.compile(r'name="zone" value="([^"]+)"')
_LOOKS_AGAIN = 'http-equiv="refresh" content="3"'


@dataclass(frozen=True)
class Running:
    """A site that answers at `address`."""

    address: str
    site: Site
    service: Service


@contextmanager
def running(service: Service, people: Sequence[Identity] = (), question: str = "") -> Iterator[Running]:
    """Serves a site from a thread."""
    app, site = build_site(service, people, question)
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, args=([bound],), daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        try:
            yield Running(f"http://127.0.0.1:{port}", site, service)
        finally:
            server.should_exit = True
            thread.join(10)


@contextmanager
def demo_running(service: Service, *, large: bool = False) -> Iterator[Running]:
    """The demo's site on a store that holds its company, at its clock."""
    people = demo.askers(large=large)
    first = demo.asker(service, people, None)
    with running(service, demo.identities(service, people, first), demo.question()) as found:
        yield found


def demo_service(path: Path, filled: Path, **settings: Any) -> Service:
    """A service on a copy of a store that holds the demo's company."""
    shutil.copy(filled, path)
    return demo.at_its_clock(service_of(embedded_store(path), Settings(**settings)))


@dataclass
class Visitor:
    """Somebody with a browser that knows no script: follows links and sends forms as pages hand them out."""

    running: Running
    name: str = ""
    language: str = "de"
    client: httpx.Client = field(init=False)
    token: str = ""
    zone: str = ""
    is_patient: bool = True

    def __post_init__(self) -> None:
        headers = {"Accept-Language": self.language}
        self.client = httpx.Client(base_url=self.running.address, headers=headers, follow_redirects=True, timeout=60)
        if self.name:
            self.sign_in()

    def sign_in(self) -> None:
        """Comes in by a one-time link of the demo."""
        links = {one.name: token for one, token in self.running.site.signing.links()}
        assert self.client.get(f"/demo/{links[self.name]}").status_code == 200

    def get(self, path: str, **more: Any) -> httpx.Response:
        """A page; what it hands out for forms is kept."""
        return self._seen(self.client.get(path, **more))

    def post(
        self, path: str, fields: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None, **more: Any
    ) -> httpx.Response:
        """Sends a form of ours."""
        told = {"csrf": self.token, "zone": self.zone, **(fields or {})}
        return self._seen(
            self.client.post(path, data=told, headers={"Origin": self.running.address, **(headers or {})}, **more)
        )

    def _seen(self, found: httpx.Response) -> httpx.Response:
        """A page as it is once it need not look again by itself: a busy machine reads a file no faster."""
        until = time.monotonic() + 120
        while self.is_patient and _LOOKS_AGAIN in found.text and time.monotonic() < until:
            time.sleep(0.3)
            found = self.client.get(found.url)
        if told := _CSRF.search(found.text):
            self.token = told[1]
        if told := _ZONE.search(found.text):
            self.zone = told[1]
        return found

    def ask(self, text: str) -> httpx.Response:
        """The answer to a question."""
        self.get("/fragen")
        return self.post("/fragen", {"text": text})


def text_of(page: httpx.Response | str) -> str:
    """What a page says, on one line."""
    source = page if isinstance(page, str) else page.text
    source = re.sub(r"<(script|style)\b.*?</\1>", " ", source, flags=re.S)
    plain = re.sub(r"<[^>]+>", " ", source)
    for code, letter in (("&#34;", '"'), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("\u00a0", " ")):
        plain = plain.replace(code, letter)
    return " ".join(plain.split())


def chromium() -> str:
    """The system's Chromium; skips, or fails where all is required, without one."""
    import os

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        if os.environ.get("EXPERT_GRAPH_REQUIRE_NEO4J") == "1":
            pytest.fail("Chromium is required here")
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    return found
