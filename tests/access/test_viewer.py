"""Through GraphQL on both stores: one's own data and choices, what was chosen, answers computed again, sums."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from askers import asker, context, demo_asker
from workbench import Bench, demo_person

from graph_service import demo
from graph_service.access import Asker, Role
from graph_service.api.execution import run_now
from graph_service.api.ids import encode
from graph_service.audit import AuditEvent, Decision, faults
from graph_service.erasure import erase_person
from graph_service.model import DAY
from graph_service.settings import Settings
from graph_service.store import named_queries as nq
from graph_service.wiring import Service, service_of

SANDRA = demo_asker(Role.ESCALATION_MANAGER, "sommer", "key:sommer")
WEISS = demo_asker(Role.EXPERT, "weiss", "key:weiss")
NEUMANN = demo_asker(Role.EXPERT, "neumann", "key:neumann")
COUNCIL = asker(Role.WORKS_COUNCIL, None, "key:council")
ASK = """query ($t: String!, $n: Int = 10) { recommendExperts(problem: {text: $t}, limit: $n) { id sentence teams
  understood { skills components solvedBy { name } } experts { rank score person { id name } }
  onlyDeclared { person { name } } nearest { case { id key } } } }"""
VIEWER = """{ viewer { role purpose person { name unit skillClaims { skill } } claims { claim { id skill } hiddenFor }
  participation { purpose takesPart ownChoice } solved { case { key } }
  recommendationsAboutMe { week role places reasons } digest { week questions roles } } }"""


@pytest.fixture
def company(bench: Bench) -> Service:
    service = demo.at_its_clock(service_of(bench.store, Settings()))
    demo.fill(service)
    return service


@pytest.fixture
def ask(company: Service) -> Callable[..., Any]:
    """Runs a document as somebody; the data, or the errors where there are some."""

    def run(who: Asker, document: str, **variables: Any) -> Any:
        outcome = run_now(document, variables, context(company, who=who))
        return [error["extensions"]["code"] for error in outcome.errors] if outcome.errors else outcome.data

    return run


def names(found: Any, field: str = "experts") -> list[str]:
    return [one["person"]["name"] for one in found["recommendExperts"][field]]


def test_everybody_sees_what_there_is_about_them(ask: Callable[..., Any]) -> None:
    ask(SANDRA, ASK, t=demo.question())
    mine = ask(WEISS, VIEWER)["viewer"]
    assert (mine["role"], mine["purpose"], mine["person"]["name"]) == ("EXPERT", "SELF_SERVICE", "Jürgen Weiß")
    assert {"KAN-311", "KAN-287"} <= {one["case"]["key"] for one in mine["solved"]}
    assert all(one["takesPart"] and one["ownChoice"] is None for one in mine["participation"])
    (named,) = mine["recommendationsAboutMe"]
    assert named["role"] == "ESCALATION_MANAGER" and "KANBAN-Abruf" in named["places"]
    assert "ähnliche gelöste Fälle" in named["reasons"]
    assert mine["digest"] == [{"week": named["week"], "questions": 1, "roles": ["ESCALATION_MANAGER"]}]
    assert "Sommer" not in str(mine) and "1." not in str(named["reasons"])
    assert ask(SANDRA, "{ viewer { role person { name } } }") == ["access.not_yours"]


def test_looking_again_on_a_day_is_not_being_asked_again(
    ask: Callable[..., Any], company: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every answer is in the audit; who is told how often they were named is told of questions, not of page views."""

    def told() -> list[int]:
        return [one["questions"] for one in ask(WEISS, VIEWER)["viewer"]["digest"]]

    noon = company.wall() // DAY * DAY + DAY // 2
    monkeypatch.setattr(company.journal, "_clock", lambda: noon)
    for _ in range(3):
        ask(SANDRA, ASK, t=demo.question())
    assert told() == [1]
    (row,) = company.store.journal(nq.NAMED_IN, thing=WEISS.identity.person, limit=9)
    fewer = orjson.dumps(orjson.loads(row.about) | {"kinds": []}).decode()
    given = Decision("d1", "{}", {str(WEISS.identity.person): fewer}, frozenset())
    company.journal.write(AuditEvent("answer:given", "key:sommer", row.role, "CASE_HELP", decision=given))
    assert told() == [1]  # for other reasons, but about the same
    ask(demo_asker(Role.SUPPORTER, "sommer", "key:another"), ASK, t=demo.question())
    assert told() == [2]
    monkeypatch.setattr(company.journal, "_clock", lambda: noon + DAY)
    ask(SANDRA, ASK, t=demo.question())
    assert sum(told()) == 3


def test_hidden_claims_are_gone_with_the_next_question(ask: Callable[..., Any]) -> None:
    assert names(ask(SANDRA, ASK, t="KANBAN-Abruf"), "onlyDeclared") == ["Kevin Neumann"]
    claims = ask(NEUMANN, VIEWER)["viewer"]["claims"]
    kanban = next(one["claim"]["id"] for one in claims if one["claim"]["skill"] == "KANBAN")
    hide = "mutation ($c: ID!, $g: Boolean!) { hideSkill(input: {claim: $c, forGood: $g}) { ... on VisibilitySet { claims { claim { skill } hiddenFor } } ... on UserError { code } } }"  # noqa: E501
    hidden = ask(NEUMANN, hide, c=kanban, g=False)["hideSkill"]["claims"]
    assert next(one for one in hidden if one["claim"]["skill"] == "KANBAN")["hiddenFor"]
    assert names(ask(SANDRA, ASK, t="KANBAN-Abruf"), "onlyDeclared") == []
    person = encode("Person", demo_person("neumann"))
    read = ask(SANDRA, "query ($p: ID!) { person(id: $p) { skillClaims { skill } } }", p=person)["person"]
    assert [one["skill"] for one in read["skillClaims"]] == ["Workflow"]
    show = "mutation ($c: ID!) { setVisibility(input: {claim: $c, purposes: [CASE_HELP]}) { ... on VisibilitySet { claims { hiddenFor } } } }"  # noqa: E501
    ask(NEUMANN, show, c=kanban)
    assert names(ask(SANDRA, ASK, t="KANBAN-Abruf"), "onlyDeclared") == ["Kevin Neumann"]
    hr = ask(asker(Role.HR, None, "hr"), "query ($p: ID!) { person(id: $p) { skillClaims { skill } } }", p=person)
    assert [one["skill"] for one in hr["person"]["skillClaims"]] == ["Workflow"]
    left = ask(NEUMANN, hide, c=kanban, g=True)["hideSkill"]["claims"]
    assert [one["claim"]["skill"] for one in left] == ["Workflow"]
    assert ask(NEUMANN, hide, c=kanban, g=True)["hideSkill"]["code"] == "node.unknown"
    others = encode("Claim", f"{demo_person('weiss')}|x|SELF")
    assert ask(NEUMANN, hide, c=others, g=True)["hideSkill"]["code"] == "node.unknown"


def test_opting_out_holds_with_the_next_question(ask: Callable[..., Any]) -> None:
    leave = "mutation ($p: [Purpose!]!) { setVisibility(input: {purposes: $p}) { ... on VisibilitySet { participation { purpose takesPart ownChoice } } ... on UserError { code } } }"  # noqa: E501
    assert "Jürgen Weiß" in names(ask(SANDRA, ASK, t=demo.question()))
    told = ask(WEISS, leave, p=["SKILL_UPKEEP"])["setVisibility"]["participation"]
    assert {one["purpose"]: one["takesPart"] for one in told}["CASE_HELP"] is False
    after = ask(SANDRA, ASK, t=demo.question())
    assert "Weiß" not in str(after)
    assert ask(SANDRA, ASK, t="KAN-311")["recommendExperts"]["understood"]["solvedBy"] == []
    assert ask(WEISS, VIEWER)["viewer"]["person"]["name"] == "Jürgen Weiß"
    person = encode("Person", demo_person("weiss"))
    assert ask(SANDRA, "query ($p: ID!) { person(id: $p) { name } }", p=person)["person"] is None
    explain = 'query ($p: ID!) { explainRecommendation(problem: {text: "KANBAN"}, person: $p) { expert { rank } } }'
    assert ask(SANDRA, explain, p=person) == ["problem.not_a_candidate"]
    assert ask(WEISS, leave, p=["AUDIT"])["setVisibility"]["code"] == "choice.purposes"
    ask(WEISS, leave, p=["CASE_HELP"])
    assert "Jürgen Weiß" in names(ask(SANDRA, ASK, t=demo.question()))


CHOOSE = """mutation ($r: ID!, $p: ID, $why: String!) {
  chooseExpert(input: {recommendation: $r, person: $p, reason: $why}) {
    ... on ExpertChosen { choice { person { name } reason } } ... on UserError { code message } } }"""
REPLAY = """query ($r: ID!) { replay(id: $r) { isSame causes { kind run } choice { reason person { name } }
  recommendation { experts { score person { name } } } } }"""


def test_what_was_chosen_is_kept_with_the_answer(ask: Callable[..., Any]) -> None:  # C40
    found = ask(SANDRA, ASK, t=demo.question())["recommendExperts"]
    first, answer = found["experts"][0]["person"]["id"], found["id"]
    chosen = ask(SANDRA, CHOOSE, r=answer, p=first, why="kennt den Kunden")["chooseExpert"]["choice"]
    assert chosen == {"person": {"name": "Jürgen Weiß"}, "reason": "kennt den Kunden"}
    again = ask(SANDRA, REPLAY, r=answer)["replay"]
    assert (again["isSame"], again["causes"], again["choice"]["reason"]) == (True, [], "kennt den Kunden")
    assert again["recommendation"]["experts"][0] == {
        "score": found["experts"][0]["score"],
        "person": {"name": "Jürgen Weiß"},
    }
    assert ask(SANDRA, CHOOSE, r=answer, p=None, why="Kunde will niemanden")["chooseExpert"]["choice"]["person"] is None
    stranger = encode("Person", demo_person("vollmer"))
    assert ask(SANDRA, CHOOSE, r=answer, p=stranger, why="x")["chooseExpert"]["code"] == "decision.not_named"
    for why in ("", "  ", "x" * 1_001):
        assert ask(SANDRA, CHOOSE, r=answer, p=first, why=why)["chooseExpert"]["code"] == "decision.reason"
    other = demo_asker(Role.DEPUTY, "vogt", "key:vogt")
    assert ask(other, CHOOSE, r=answer, p=first, why="x")["chooseExpert"]["code"] == "node.unknown"
    assert ask(other, REPLAY, r=answer) == ["node.unknown"]
    assert ask(SANDRA, REPLAY, r=encode("Recommendation", "nope")) == ["node.unknown"]
    assert ask(WEISS, CHOOSE, r=answer, p=first, why="x") == ["access.not_allowed"]


def test_what_happened_since_is_named(company: Service, ask: Callable[..., Any], bench: Bench) -> None:
    from workbench import case

    answer = ask(SANDRA, ASK, t=demo.question())["recommendExperts"]["id"]
    bench.now = company.now()
    late = case("N-1", "2026-03-01", "KANBAN-Abruf hängt im Workflow", closed_at="2026-03-02", solver="sahin")
    report = bench.cases(late, name="late.csv")
    again = ask(SANDRA, REPLAY, r=answer)["replay"]
    assert not again["isSame"] and again["causes"] == [{"kind": "cause.import", "run": report.run.number}]
    undo = bench.undo(report.run.number)
    again = ask(SANDRA, REPLAY, r=answer)["replay"]
    assert again["isSame"]
    assert [cause["kind"] for cause in again["causes"]] == ["cause.import", "cause.undo"]
    ask(NEUMANN, "mutation { setVisibility(input: {purposes: [CASE_HELP]}) { __typename } }")
    ask(NEUMANN, "mutation { setVisibility(input: {purposes: [CASE_HELP, EVALUATION]}) { __typename } }")
    assert ask(SANDRA, REPLAY, r=answer)["replay"]["causes"] == again["causes"]  # what changes nothing is not told
    assert again["causes"][1]["run"] == undo.number
    ask(WEISS, "mutation { setVisibility(input: {purposes: []}) { __typename } }")
    claims = ask(NEUMANN, VIEWER)["viewer"]["claims"]
    ask(NEUMANN, "mutation ($c: ID!) { hideSkill(input: {claim: $c}) { __typename } }", c=claims[0]["claim"]["id"])
    again = ask(SANDRA, REPLAY, r=answer)["replay"]
    assert {"cause.participation", "cause.visibility"} <= {cause["kind"] for cause in again["causes"]}
    assert not again["isSame"] and "Weiß" not in str(again)
    erase_person(bench.store, demo_person("mueller.e"), "secret", company.wall())
    again = ask(SANDRA, REPLAY, r=answer)["replay"]
    assert "cause.erasure" in {cause["kind"] for cause in again["causes"]}


def test_closed_cases_name_people_only_where_an_answer_has(ask: Callable[..., Any]) -> None:
    node = "query ($c: ID!) { case(id: $c) { key title participants { role person { name } } } }"
    found = ask(SANDRA, ASK, t=demo.question())["recommendExperts"]["nearest"][0]["case"]
    other = demo_asker(Role.SUPPORTER, "mueller.a", "key:mueller.a")
    assert ask(other, node, c=found["id"]) == ["access.only_in_answer"]
    assert ask(SANDRA, node, c=found["id"])["case"]["participants"]
    similar = 'query { similarCases(problem: {text: "Lager Produktion Abruf"}, first: 50) { edges { node { participants { person { name } } commenters { person { name } } } } } }'  # noqa: E501
    assert set(ask(other, similar)) == {"access.only_in_answer"}
    assert len(ask(other, similar)) == 2  # one error per field, however many rows


def test_open_is_what_is_open_today(ask: Callable[..., Any]) -> None:
    """Asking as of a moment before the closing opens nothing."""
    other = demo_asker(Role.SUPPORTER, "mueller.a", "key:mueller.a")
    past = """{ similarCases(problem: {text: "KANBAN-Abruf hängt"}, first: 5, asOf: "2025-11-12T12:00:00Z") {
      edges { node { key participants { person { name } } } } } }"""
    assert set(ask(other, past)) == {"access.only_in_answer"}


@pytest.mark.parametrize(
    "text",
    [
        "Top10 Mitarbeiter",
        "the worst performing developer",
        "Wer ist der schlechteste Entwickler?",
        "Ranking aller Mitarbeiter",
        "top 10",
        "Top 10 Influencer mit Namen",
        "wer sind unsere besten leute",
        "Rangliste der Kollegen nach Leistung",
        "who is the worst developer at KANBAN",
        "list all employees ranked by score",
        "Wer ist schuld am KANBAN-Fehler bei Brenner?",
        "Wer von den Kollegen ist am langsamsten bei KANBAN?",
    ],
)
def test_people_are_not_compared_without_a_task(company: Service, ask: Callable[..., Any], text: str) -> None:
    assert ask(SANDRA, ASK, t=text) == ["problem.ranks_people"]
    (entry,) = company.store.journal(nq.AUDIT_ENTRIES, after="", seq=0, limit=9)
    assert '"question:refused"' in entry.payload and text not in entry.payload


@pytest.mark.parametrize(
    "text",
    [
        "Top 10 Kundenreport bricht ab, Mitarbeiter können nicht arbeiten",
        "Bestellung der Mitarbeiter hängt",
        "Schlechteste Druckqualität, Leute warten",
        "best practice für ReFS",
        "Ranking im Suchindex falsch sortiert",
        "Wer ist der beste Entwickler für KANBAN-Abruf?",
    ],
)
def test_tasks_with_such_words_are_answered(ask: Callable[..., Any], text: str) -> None:
    assert "recommendExperts" in ask(SANDRA, ASK, t=text)


def test_the_council_sees_sums_and_no_names(company: Service, ask: Callable[..., Any]) -> None:
    for _ in range(3):
        ask(SANDRA, ASK, t=demo.question())
    text = "{ auditSummary(months: 2) { months { month role purpose act times } usualPeople wideDays } }"
    found = ask(COUNCIL, text)["auditSummary"]
    done = {(one["role"], one["act"]): one["times"] for one in found["months"]}
    assert done["ESCALATION_MANAGER", "answer:given"] == 3
    assert (found["usualPeople"], found["wideDays"]) == (40, 0)
    assert "sommer" not in str(found)
    assert ask(SANDRA, text) == ["access.not_yours"]
    assert ask(COUNCIL, "{ auditSummary(months: 99) { wideDays } }") == ["page.bad_first"]
    assert not list(faults(company.store, company.wall()))


def test_somebody_without_a_person_has_no_data_here(ask: Callable[..., Any]) -> None:
    nobody = asker(Role.EXPERT, None, "key:nobody")
    assert ask(nobody, VIEWER) == ["access.nobody_here"]
    assert ask(nobody, "mutation { setVisibility(input: {purposes: []}) { __typename } }") == ["access.nobody_here"]
