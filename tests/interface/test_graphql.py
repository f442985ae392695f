"""The GraphQL interface over HTTP: who may ask, what is bounded, what an error says."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from askers import key_of
from workbench import embedded_store

from graph_service import demo
from graph_service.access import Role
from graph_service.access.roles import PURPOSES
from graph_service.api.app import build_app
from graph_service.api.doors import BODY_LIMIT
from graph_service.api.schema import printed
from graph_service.resources import text_folder
from graph_service.settings import Settings
from graph_service.store.base import View
from graph_service.wiring import Service, service_of

ASK = "query ($t: String!, $n: Int) { recommendExperts(problem: {text: $t}, limit: $n) { sentence experts { person { id name } } } }"  # noqa: E501


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    opened = demo.at_its_clock(service_of(embedded_store(tmp_path_factory.mktemp("api") / "demo.db"), Settings()))
    demo.fill(opened)
    yield opened
    opened.store.close()


KEYS: dict[tuple[int, Role], str] = {}


def key(service: Service, role: Role) -> str:
    """One key per service and role."""
    place = (id(service), role)
    if place not in KEYS:
        KEYS[place] = key_of(service.store, role)
    return KEYS[place]


def send(service: Service, role: Role = Role.ESCALATION_MANAGER, **request: Any) -> httpx.Response:
    """One request to /graphql with a key of the role, for its first purpose, unless said otherwise."""
    own = {"Authorization": f"Bearer {key(service, role)}", "X-Purpose": PURPOSES[role][0].value}
    headers = {**own, **request.pop("headers", {})}

    async def call() -> httpx.Response:
        transport = httpx.ASGITransport(build_app(service))
        async with httpx.AsyncClient(transport=transport, base_url="http://local") as client:
            return await client.post("/graphql", headers=headers, **request)

    return asyncio.run(call())


def ask(service: Service, query: str, role: Role = Role.ESCALATION_MANAGER, **variables: Any) -> dict[str, Any]:
    return dict(send(service, role, json={"query": query, "variables": variables}).json())


def test_the_main_question(service: Service) -> None:
    answer = ask(service, ASK, t=demo.question())
    assert [e["person"]["name"] for e in answer["data"]["recommendExperts"]["experts"]][:2] == [
        "Jürgen Weiß", "Aylin Şahin",
    ]  # fmt: skip


def test_the_committed_sdl_is_the_printed_one() -> None:
    committed = (text_folder("schema") / "schema.graphql").read_text(encoding="utf-8")
    assert committed == printed()


def test_everything_in_the_sdl_is_described() -> None:
    from graph_service.api.schema import SCHEMA

    for name, kind in SCHEMA._schema.type_map.items():
        if name.startswith("__") or name in ("String", "Int", "Float", "Boolean", "ID", "DateTime"):
            continue
        assert kind.description, name
        for field, definition in getattr(kind, "fields", {}).items():
            assert definition.description, f"{name}.{field}"
            for argument, meaning in getattr(definition, "args", {}).items():
                assert meaning.description, f"{name}.{field}({argument})"
        for value, meaning in getattr(kind, "values", {}).items():
            assert meaning.description, f"{name}.{value}"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", "Basic {}", "Bearer {}x", "{}", "Bearer {} {}"])
def test_without_a_sign_in_nothing_is_answered(service: Service, header: str) -> None:
    own = header.format(*[key(service, Role.ESCALATION_MANAGER)] * 2)
    answer = send(service, json={"query": "{ __typename }"}, headers={"Authorization": own})
    assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["errors"][0]["extensions"]["code"] == "access.unauthorised"


@pytest.mark.parametrize(
    "body",
    [b"null", b'"x"', b"1", b"[]", b"\xff\xfe", b"{", b"[" * 20_000, b'{"query": 3}', b'{"query": "", "variables": 1}'],
)  # fmt: skip
def test_bodies_of_another_shape_are_refused(service: Service, body: bytes) -> None:
    answer = send(service, content=body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "request.not_json"


def test_a_body_over_the_limit_is_refused(service: Service) -> None:
    assert send(service, content=b" " * (BODY_LIMIT + 1)).status_code == 413

    async def parts() -> Any:
        for _ in range(20):
            yield b" " * 40_000

    assert send(service, content=parts()).status_code == 413


BOMB = "query { ...f0 } " + " ".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(40))
TOO_MUCH = {
    "aliases": "{" + " ".join(f"a{n}: __typename" for n in range(16)) + "}",
    "roots": "{" + " ".join("importRuns { edges { cursor } }" for _ in range(11)) + "}",
    "directives": "{ __typename " + "@include(if: true) " * 21 + "}",
    "fields": "{ importRuns { edges { node { " + "id " * 501 + "} } } }",
    "depth": "{" + "importRuns {" * 11 + "id" + "}" * 12,
}


@pytest.mark.parametrize("what", list(TOO_MUCH))
def test_documents_built_too_large_are_refused_before_they_run(service: Service, what: str) -> None:
    answer = send(service, json={"query": TOO_MUCH[what]})
    assert answer.status_code == 400
    assert what in answer.json()["errors"][0]["message"]
    assert "data" not in answer.json()


def test_a_fragment_bomb_costs_nothing(service: Service) -> None:
    bomb = BOMB + " fragment f40 on Query { a: __typename b: __typename }"
    started = time.process_time()
    answer = send(service, json={"query": bomb})
    assert answer.status_code == 400
    assert time.process_time() - started < 1.0


def test_a_cycle_of_fragments_is_refused(service: Service) -> None:
    answer = send(service, json={"query": "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "request_body",
    [
        {"query": "query A { __typename }", "operationName": "B"},
        {"query": "query A { __typename }", "operationName": ""},
        {"query": "fragment F on Query { __typename }"},
        {"query": "type Foo { a: Int }"},
        {"query": "query A { __typename } query A { __typename }", "operationName": "A"},
    ],
)
def test_a_document_without_the_wanted_operation_is_refused(service: Service, request_body: dict[str, str]) -> None:
    answer = send(service, json=request_body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "request.which_operation"


def test_unused_fragments_count_too(service: Service) -> None:
    waste = "query { __typename } fragment F on Query { " + "similarCases { edges { node { id } } } " * 200 + "}"
    assert send(service, json={"query": waste}).json()["errors"][0]["extensions"]["code"] == "request.too_complex"


def test_messages_never_echo_long_input(service: Service) -> None:
    answer = send(service, json={"query": "{ importRuns(first: " + "9" * 400_000 + ") { edges { cursor } } }"})
    assert len(answer.content) < 2_000


@pytest.mark.parametrize("moment", ["2020-01-01T00:00:00", "2020-01-01", "2020-01-01T00:00:00+02:00"])
def test_moments_with_and_without_zone_are_taken(service: Service, moment: str) -> None:
    answer = ask(service, f'{{ recommendExperts(problem: {{text: "a"}}, asOf: "{moment}") {{ asOf }} }}')
    assert answer.get("errors") is None or answer["errors"][0]["extensions"]["code"] == "request.invalid"


def test_moments_outside_of_time_are_refused(service: Service) -> None:
    query = '{ recommendExperts(problem: {text: "a"}, asOf: "0001-01-01T00:00:00+14:00") { asOf } }'
    assert ask(service, query)["errors"][0]["extensions"]["code"] == "problem.bad_date"


def test_odd_run_ids_and_cursors_are_the_clients_mistake(service: Service) -> None:
    from graph_service.api.ids import encode

    for digits in ("9" * 30, "9" * 5_000, "77", "²"):
        node = ask(service, "query ($id: ID!) { node(id: $id) { id } }", Role.ADMIN, id=encode("ImportRun", digits))
        assert node["errors"][0]["extensions"]["code"] == "node.unknown"
    for digits in ("9" * 30, "9" * 5_000, "²"):
        query = "query ($a: String!) { importRuns(after: $a) { edges { cursor } } }"
        page = ask(service, query, Role.ADMIN, a=encode("cursor", digits))
        assert page["errors"][0]["extensions"]["code"] == "page.bad_cursor"


@pytest.mark.parametrize("accept", ["APPLICATION/JSON", "", "*/*"])
def test_accept_is_read_kindly(service: Service, accept: str) -> None:
    assert send(service, json={"query": "{ __typename }"}, headers={"Accept": accept}).status_code == 200


def test_two_operations_need_a_name(service: Service) -> None:
    two = "query A { __typename } query B { __typename }"
    assert send(service, json={"query": two}).json()["errors"][0]["extensions"]["code"] == "request.which_operation"
    assert send(service, json={"query": two, "operationName": "B"}).json()["data"] == {"__typename": "Query"}


def test_the_response_type_is_negotiated(service: Service) -> None:
    modern = send(service, json={"query": "{ nope }"}, headers={"Accept": "application/graphql-response+json"})
    assert (modern.status_code, modern.headers["content-type"]) == (400, "application/graphql-response+json")
    assert send(service, json={"query": "{ __typename }"}, headers={"Accept": "text/html"}).status_code == 406


def test_mistakes_get_no_hints_about_names(service: Service) -> None:
    text = send(
        service, json={"query": "{ recommendExpert(problm: 1) { x } importRuns(frst: 1) { edges { cursr } } }"}
    ).text
    assert "Did you mean" not in text


def test_internal_errors_say_nothing(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: View, query: object, **parameters: object) -> object:
        raise RuntimeError("bolt://user:secret@host")

    monkeypatch.setattr(View, "ask", broken)
    answer = send(service, json={"query": ASK, "variables": {"t": "KANBAN"}})
    assert "secret" not in answer.text
    assert "secret" not in caplog.text and "RuntimeError" in caplog.text
    assert answer.json()["errors"][0]["extensions"]["code"] == "request.internal"


@pytest.mark.parametrize(
    ("language", "word"), [("en-GB,de;q=0.5", "names"), ("de", "Namen"), ("fr, en;q=0.3", "names")]
)
def test_messages_follow_accept_language(service: Service, language: str, word: str) -> None:
    answer = send(service, json={"query": ASK, "variables": {"t": "x", "n": 0}}, headers={"Accept-Language": language})
    error = answer.json()["errors"][0]
    assert error["extensions"]["code"] == "problem.limit"
    assert word in error["message"]


def test_problem_input_takes_exactly_one(service: Service) -> None:
    for given in ("{}", '{text: "a", caseId: "b"}', "{text: null}"):
        answer = ask(service, f"{{ recommendExperts(problem: {given}) {{ sentence }} }}")
        assert answer["errors"]


def test_a_moment_in_the_future_is_refused(service: Service) -> None:
    answer = ask(service, '{ recommendExperts(problem: {text: "a"}, asOf: "2030-01-01T00:00:00Z") { sentence } }')
    assert answer["errors"][0]["extensions"]["code"] == "problem.future"


def test_nodes_are_found_by_their_ids_and_nothing_else(service: Service) -> None:
    person = ask(service, ASK, t=demo.question())["data"]["recommendExperts"]["experts"][0]["person"]["id"]
    query = "query ($id: ID!) { node(id: $id) { id __typename ... on Person { name skillClaims { skill original } } } }"
    node = ask(service, query, id=person)["data"]["node"]
    assert node == {
        "id": person,
        "__typename": "Person",
        "name": "Jürgen Weiß",
        "skillClaims": [{"skill": "KANBAN", "original": "4"}],
    }
    for bad in ("", "x", "UGVyc29uOg==", "Tm9wZTp4", "💥"):
        answer = ask(service, query, id=bad)
        assert answer["data"]["node"] is None
        assert answer["errors"][0]["extensions"]["code"] == "node.unknown"


def test_a_case_tells_who_was_what_and_from_which_line(service: Service) -> None:
    query = """query ($t: String!) { similarCases(problem: {text: $t}, first: 1) { edges { similarity node { key title
      resolution { outcome } participants { role person { name } } commenters { person { name } comments }
      origins { file line } } } } }"""
    text = "Produktion steht, der Abruf hängt"
    ask(service, ASK, t=text)  # who was in a closed case stands in an answer only
    case = ask(service, query, t=text)["data"]["similarCases"]["edges"][0]["node"]
    assert case["key"] == "KAN-311"
    assert {"role": "RESOLVER", "person": {"name": "Jürgen Weiß"}} in case["participants"]
    assert case["resolution"] == {"outcome": "SOLVED"}
    assert case["origins"][0]["file"] == "demo_cases.csv"
    line = (Path(demo.__file__).parent / "demo_cases.csv").read_text(encoding="utf-8").splitlines()
    assert line[case["origins"][0]["line"] - 1].startswith("KAN-311")


def test_pages_of_similar_cases_join_without_gap_or_repeat(service: Service) -> None:
    query = """query ($n: Int!, $after: String) { similarCases(problem: {text: "Lager Produktion Abruf"}, first: $n,
      after: $after) { pageInfo { hasNextPage endCursor } edges { node { id } } } }"""
    whole = [edge["node"]["id"] for edge in ask(service, query, n=100)["data"]["similarCases"]["edges"]]
    found: list[str] = []
    after = None
    while True:
        page = ask(service, query, n=4, after=after)["data"]["similarCases"]
        found += [edge["node"]["id"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert found == whole
    assert len(whole) > 8
    for bad in ({"n": 0}, {"n": 101}, {"n": 4, "after": "x"}):
        assert ask(service, query, **bad)["errors"][0]["extensions"]["code"].startswith("page.")


def test_import_runs_come_newest_first_in_pages(service: Service) -> None:
    query = "query ($after: String) { importRuns(first: 3, after: $after) { pageInfo { hasNextPage endCursor } edges { node { number file counts { read written } } } } }"  # noqa: E501
    pages, after = [], None
    while not pages or pages[-1]["pageInfo"]["hasNextPage"]:
        pages.append(ask(service, query, Role.ADMIN, after=after)["data"]["importRuns"])
        after = pages[-1]["pageInfo"]["endCursor"]
    numbers = [edge["node"]["number"] for page in pages for edge in page["edges"]]
    assert numbers == list(range(len(demo.FILES), 0, -1))


def test_why_not_x_adds_up(service: Service) -> None:
    experts = ask(service, ASK, t=demo.question(), n=10)["data"]["recommendExperts"]["experts"]
    query = """query ($t: String!, $p: ID!) { explainRecommendation(problem: {text: $t}, person: $p) {
      expert { rank score person { name } } above { name } scoreAbove differences { kind contribution above }
      whatIf { sentence rank } } }"""
    second = ask(service, query, t=demo.question(), p=experts[1]["person"]["id"])["data"]["explainRecommendation"]
    assert second["above"]["name"] == "Jürgen Weiß"
    gap = sum(part["contribution"] - part["above"] for part in second["differences"])
    assert gap == pytest.approx(second["expert"]["score"] - second["scoreAbove"], abs=1e-9)
    stranger = ask(service, query, t=demo.question(), p="UGVyc29uOnN0cmFuZ2Vy")
    assert stranger["errors"][0]["extensions"]["code"] == "problem.not_a_candidate"


def test_store_calls_of_a_request_are_few_and_do_not_grow(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    real = View.ask

    def counted(self: View, query: Any, **parameters: object) -> Any:
        calls.append(query.name)
        return real(self, query, **parameters)

    monkeypatch.setattr(View, "ask", counted)
    counts = []
    ask(service, ASK, t=demo.question(), n=1)  # what is derived once is there from here on
    for limit in (1, 20):
        calls.clear()
        ask(service, ASK, t=demo.question(), n=limit)
        counts.append(len(calls))
    assert counts[0] == counts[1] <= 48
    assert len(set(calls)) <= 25
