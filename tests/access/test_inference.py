"""Whoever may not see something cannot tell from what they get whether it is there."""

import json
from pathlib import Path
from typing import Any

from askers import asker, context
from graphql import GraphQLObjectType, get_named_type
from hypothesis import HealthCheck, given, settings, strategies as st
from workbench import Bench, at, case_id, embedded_store, person_id
from worlds import PEOPLE, WORDS, World, about, take_rows, worlds

from graph_service.access import EVERYTHING, Purpose, Role
from graph_service.access.roles import PARTICIPATION
from graph_service.api.execution import run_now
from graph_service.api.ids import encode
from graph_service.api.schema import SCHEMA
from graph_service.choices import ClaimKey, show_claim, take_part
from graph_service.settings import Settings
from graph_service.store import named_queries as nq
from graph_service.wiring import Service, service_of

NOW = at("2026-05-12T08:00")
FEW = settings(max_examples=15, suppress_health_check=list(HealthCheck))
ALL = """query ($t: String!, $after: String) {
  recommendExperts(problem: {text: $t}, limit: 10) { verdict sentence teams
    understood { language terms components products skills passedOn solvedBy { name } }
    experts { rank score equalToAbove band chance match person { name id key } knows { statement known
      reasons { kind sentence contribution count of since newest cases { key } } } }
    onlyDeclared { rank score person { name } knows { statement } } nearest { similarity case { key } }
    whatIf { sentence rankBefore rank case { key } } }
  similarCases(problem: {text: $t}, first: 3, after: $after) { pageInfo { hasNextPage endCursor startCursor }
    edges { cursor similarity node { key title } } } }"""
EXPLAIN = """query ($t: String!, $p: ID!) { explainRecommendation(problem: {text: $t}, person: $p) { scoreAbove
  above { name } differences { kind contribution above } expert { rank score } whatIf { sentence } }
  person(id: $p) { name skillClaims { skill original } } node(id: $p) { id } }"""
CASE = "query ($c: ID!) { case(id: $c) { title participants { role person { name } } commenters { comments } } }"
SANDRA = asker(Role.ESCALATION_MANAGER, None, "key:sandra")


def everything_told(service: Service, text: str, role: Role = Role.ESCALATION_MANAGER) -> str:
    """All that somebody can get about a question and everybody in it, as text."""
    told: list[Any] = []
    after = None
    who = asker(role, None, "key:sandra")
    for _ in range(8):
        outcome = run_now(ALL, {"t": text, "after": after}, context(service, who=who))
        told.append(outcome.body)
        page = (outcome.data or {}).get("similarCases") or {}
        after = (page.get("pageInfo") or {}).get("endCursor")
        if after is None or not page["pageInfo"]["hasNextPage"]:
            break
    for name in (*PEOPLE, "stranger"):
        one = run_now(EXPLAIN, {"t": text, "p": encode("Person", person_id(name))}, context(service, who=who))
        told.append(one.body)
    cases = [encode("Case", case_id(f"K-{number}")) for number in range(3)]
    for found in cases:
        document = (
            "query ($c: ID!) { case(id: $c) { title participants { role person { name } } commenters { comments } } }"
        )
        told.append(run_now(document, {"c": found}, context(service, who=who)).body)
    return json.dumps(told, ensure_ascii=False, default=str)


def opened(folder: Path, name: str, rows: Any) -> tuple[Bench, Service]:
    bench = Bench(embedded_store(folder / f"{name}.db"), folder, now=NOW)
    take_rows(bench, rows)
    return bench, service_of(bench.store, Settings()).at(NOW)


@FEW
@given(world=worlds, name=st.sampled_from(PEOPLE), text=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))
def test_somebody_who_left_cannot_be_told_from_somebody_who_never_was(
    tmp_path_factory: Any, world: World, name: str, text: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("left")
    bench, service = opened(folder, "left", world.rows())
    take_part(bench.store, person_id(name), [one for one in PARTICIPATION if one is not Purpose.CASE_HELP], NOW)
    other, never = opened(folder, "never", world.rows(lambda fact: not about(fact, name)))
    left, absent = (everything_told(one, " ".join(text)) for one in (service, never))
    assert without_doors(left) == without_doors(absent)
    bench.store.close()
    other.store.close()


def without_doors(text: str) -> Any:
    """What was told, the doors to teams apart."""

    def shut(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: shut(one) for key, one in value.items() if key != "teams"}
        return [shut(one) for one in value] if isinstance(value, list) else value

    return shut(json.loads(text))


@FEW
@given(world=worlds, text=st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))
def test_a_hidden_claim_cannot_be_told_from_none(tmp_path_factory: Any, world: World, text: list[str]) -> None:
    if not world.claims:
        return
    folder = tmp_path_factory.mktemp("hidden")
    name, skill, by, _ = world.claims[0]
    bench, service = opened(folder, "hidden", world.rows())
    with bench.store.view(EVERYTHING, as_of=NOW) as view:
        rows = view.ask(nq.CLAIMS_OF, people=[person_id(name)])
    row = next(one for one in rows if (one.label, one.claimed_by) == (skill, by.value))
    show_claim(bench.store, ClaimKey(row.person, row.skill, row.claimed_by), [], NOW)
    told = [one for one in world.claims if one != world.claims[0]]
    other, never = opened(folder, "none", World(world.cases, tuple(told)).rows())
    for role in (Role.ESCALATION_MANAGER, Role.HR):
        asked = " ".join([*text, skill])
        assert everything_told(service, asked, role) == everything_told(never, asked, role)
    bench.store.close()
    other.store.close()


def test_no_field_lists_cases_by_person() -> None:
    """From a person no path leads to a case, but for oneself; and no root takes a person and gives a list of cases."""
    types = SCHEMA._schema.type_map
    reached, todo = set[str](), ["Person", "NamedPerson"]
    while todo:
        kind = types[todo.pop()]
        if kind.name in reached or not isinstance(kind, GraphQLObjectType):
            continue
        reached.add(kind.name)
        todo += [get_named_type(field.type).name for field in kind.fields.values()]
    assert not reached & {"Case", "CitedCase", "SimilarCaseEdge", "Reason"}
    query = types["Query"]
    assert isinstance(query, GraphQLObjectType)
    for name, field in query.fields.items():
        takes = {argument for argument in field.args if argument in ("person", "people", "solver")}
        assert not takes or name == "explainRecommendation", name
        if takes:
            assert "problem" in field.args


def test_explaining_somebody_is_seen_by_them(tmp_path: Path) -> None:
    from worlds import DrawnCase

    world = World(tuple(DrawnCase(("kanban", "abruf"), "F", "cora", (), who) for who in ("anna", "bert", "anna")), ())
    bench, service = opened(tmp_path, "seen", world.rows())
    explain = 'query ($p: ID!) { explainRecommendation(problem: {text: "kanban"}, person: $p) { expert { rank } } }'
    assert run_now(explain, {"p": encode("Person", person_id("bert"))}, context(service, who=SANDRA)).data
    own = "{ viewer { recommendationsAboutMe { role } } }"
    mine = run_now(own, {}, context(service, who=asker(Role.EXPERT, "bert")))
    assert mine.data == {"viewer": {"recommendationsAboutMe": [{"role": "ESCALATION_MANAGER"}]}}
    bench.store.close()


def test_errors_about_what_is_hidden_and_what_is_not_there_are_alike(tmp_path: Path) -> None:
    bench, service = opened(tmp_path, "errors", World((), ()).rows())
    take_part(bench.store, person_id("anna"), [], NOW)
    ask = "query ($p: ID!) { person(id: $p) { name } node(id: $p) { id } }"
    hidden, none = (
        run_now(ask, {"p": encode("Person", person_id(name))}, context(service, who=SANDRA)).body
        for name in ("anna", "nobody")
    )
    assert hidden == none == {"data": {"person": None, "node": None}}
    bench.store.close()
