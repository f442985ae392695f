"""What a page costs beside the GraphQL answer it shows: time of both, interleaved in one run, and bytes.

`pytest tests/benchmarks/test_pages_cost.py -s -m benchmark`; nothing here is a timed test.
"""

import statistics
import time
from pathlib import Path

import httpx
import pytest
from browsing import Visitor, demo_running, demo_service
from workbench import embedded_store

from graph_service import demo
from graph_service.access import Role
from graph_service.api.rates import Rates
from graph_service.settings import Settings
from graph_service.web.visits import document
from graph_service.wiring import Service, service_of

pytestmark = pytest.mark.benchmark
TIMES = 20


def large(path: Path) -> Service:
    """The generated company."""
    service = demo.at_its_clock(service_of(embedded_store(path), Settings()))
    demo.fill(service, large=True)
    return service


@pytest.mark.parametrize("size", ["small", "large"])
def test_the_answer_page_beside_the_answer(size: str, filled_demo: Path, tmp_path: Path) -> None:
    is_large = size == "large"
    service = large(tmp_path / "l.db") if is_large else demo_service(tmp_path / "s.db", filled_demo)
    people = demo.askers(large=is_large)
    with demo_running(service, large=is_large) as site:
        first = site.site.signing.people[0]
        key = next(key for _, role, key in demo.tokens(service, people) if role is Role.ESCALATION_MANAGER)
        visitor = Visitor(site, first.name)
        visitor.get("/fragen")
        client = httpx.Client(base_url=site.address, timeout=60)
        headers = {"Authorization": f"Bearer {key}", "X-Purpose": "CASE_HELP", "Accept-Language": "de"}
        asked = {"query": document("recommend_experts"), "variables": {"problem": {"text": demo.question()}}}
        page = visitor.post("/fragen", {"text": demo.question()})
        pages, answers = [], []
        for _ in range(TIMES):
            began = time.perf_counter()
            assert client.post("/graphql", json=asked, headers=headers).json()["data"]["recommendExperts"]
            answers.append(time.perf_counter() - began)
            began = time.perf_counter()
            assert visitor.client.get(page.url.path).status_code == 200
            pages.append(time.perf_counter() - began)
            site.site.doors.rates = Rates(time.monotonic)  # so many in a row are no rate of people
    ratio = statistics.median(pages) / statistics.median(answers)
    print(
        f"\n{size}: answer {statistics.median(answers) * 1000:.0f} ms, page {statistics.median(pages) * 1000:.0f} ms, "
        f"ratio of medians {ratio:.2f} (aim: at most 1.3), of minima {min(pages) / min(answers):.2f}; "
        f"page {len(page.content) / 1000:.0f} kB"
    )
