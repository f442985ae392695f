"""Unique strings in every class of fields, 500 drawn documents per role, and nobody gets one that is not for them."""

import json
import logging
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from askers import Terminal, context
from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLUnionType,
    OperationDefinitionNode,
    get_named_type,
    parse,
    print_ast,
)
from matrix import SECRET, WHO, World, possible, roots
from pydantic import SecretStr
from workbench import COLUMNS, case, demo_person, person_id, write_csv

from graph_service import demo
from graph_service.access import EVERYTHING, Asker, Role
from graph_service.api.execution import run_now
from graph_service.api.ids import encode
from graph_service.choices import ClaimKey, show_claim, take_part
from graph_service.intake.acts import account_of, say
from graph_service.model import DAY, ExpertNote, FlagOverride, LogApproval, Reservation, TrustRating, act_id
from graph_service.resources import text_folder
from graph_service.settings import Settings
from graph_service.store import named_queries as nq
from graph_service.store.base import Store
from graph_service.wiring import Service, service_of

DOCUMENTS = 500
SEEN = {
    "name": "zqdirectory",
    "claim": "zqclaim",
    "peer": "zqpeer",
    "hidden": "zqhidden",
    "absent": "zqabsent",
    "case": "zqcase",
    "solver": "zqsolver",
    "fault": "zqfault",
    "file": "zqfile",
    "reason": "zqreason",
    "asker": "zqasker",
    "note": "zqnote",
    "occasion": "zqoccasion",
    "reserved": "zqreserved",
    "override": "zqoverride",
    "approved": "zqapproved",
}
"""What is planted: a name; a skill by SELF and one by PEER; a hidden claim; the name of somebody who does not take
part; a case's words; who solved a closed case; a refused value; a file; the reason of a choice; who asked; somebody's
note for themselves; the occasion of a rating that tells no rater; a customer somebody would rather not work for; why a
flag was overridden; who approved logs."""
HELP = {"name", "claim", "peer", "case", "solver", "approved"}
MAY = {
    Role.ESCALATION_MANAGER: HELP | {"reason"},
    Role.DEPUTY: HELP,
    Role.SUPPORTER: HELP,
    Role.EXPERT: {"override"},
    Role.TEAM_LEAD: set(),
    Role.HR: {"name", "claim", "solver", "fault", "file"},
    Role.DATA_STEWARD: {"name", "solver"},
    Role.ANALYST: set(),
    Role.WORKS_COUNCIL: set(),
    Role.DATA_PROTECTION: set(),
    Role.ADMIN: {"file"},
}


class Planted(World):
    """The company with canaries; ids of everything, also of what one may not see."""

    def __init__(self, service: Service, folder: Path) -> None:
        super().__init__(service, folder)
        store = service.store
        names = {"berta": "zqdirectory", "absent": "zqabsent", "solver": "zqsolver"}
        rows = [{"person": key, "name": name, "kind": "EMPLOYEE", "unit": ""} for key, name in names.items()]
        self._take(write_csv(folder / "names.csv", ("person", "name", "kind", "unit"), rows), Role.DATA_STEWARD)
        skills = [("berta", "zqclaim", "SELF"), ("berta", "zqpeer", "PEER"), ("berta", "zqhidden", "SELF")]
        told = [{"person": who, "skill": skill, "level": "4", "claimed_by": by} for who, skill, by in skills]
        told += [{"person": "berta", "skill": "x", "level": "zqfault"}]
        self._take(write_csv(folder / "zqfile.csv", ("person", "skill", "level", "claimed_by"), told), Role.HR)
        text = "KANBAN-Abruf zqcase hängt im Workflow-Fehler"
        cases = [
            case("Z-1", "2026-04-01", text, closed_at="2026-04-02", solver="solver", product="F", reporter="berta"),
            case("Z-2", "2026-04-03", text, closed_at="2026-04-04", solver="absent", product="F", reporter="absent"),
        ]
        self._take(write_csv(folder / "planted.csv", COLUMNS, cases), Role.DATA_STEWARD)
        take_part(store, person_id("absent"), [], service.now())
        with store.view(EVERYTHING, as_of=service.now()) as view:
            claims = view.ask(nq.CLAIMS_OF, people=[person_id("berta")])
        (hidden,) = [row for row in claims if row.label == "zqhidden"]
        show_claim(store, ClaimKey(hidden.person, hidden.skill, hidden.claimed_by), [], service.now())
        self._say()
        chosen = self.decision(self.who(Role.ESCALATION_MANAGER))
        self.chosen = encode("Recommendation", chosen)
        why = f'recommendation: "{self.chosen}", reason: "zqreason"'
        choose = f"mutation {{ chooseExpert(input: {{{why}}}) {{ __typename }} }}"
        assert not run_now(choose, {}, context(service, who=self.who(Role.ESCALATION_MANAGER))).errors
        people = ("weiss", "sahin", "berta", "absent", "solver")
        self.ids = [encode("Person", demo_person(who)) for who in people]
        self.ids += [encode("Case", view_id) for view_id in self._cases("Z-1", "Z-2", "KAN-311", "K-9")]
        self.ids += [encode("ImportRun", str(number)) for number in range(1, 10)]
        self.ids += [self.chosen, encode("Claim", f"{hidden.person}|{hidden.skill}|{hidden.claimed_by}"), "x"]

    def _say(self) -> None:
        """What people have said of each other and of themselves."""
        store, now = self.service.store, self.service.now()
        weiss, sahin, vogt = (account_of(store, demo_person(one)) for one in ("weiss", "sahin", "vogt"))
        rated = TrustRating(act_id("zq"), sahin, weiss, "KANBAN-Abruf", competence=0.5, occasion="zqoccasion",
                            shown="AGGREGATE", given_at=now - DAY)  # fmt: skip
        facts = [
            ExpertNote(act_id("zqnote"), vogt, sahin, "zqnote", "KANBAN-Abruf"),
            rated,
            Reservation(act_id("zqreserved"), sahin, "zqreserved"),
            FlagOverride(act_id("zqoverride"), weiss, vogt, "PRODUCTION_DOWN", "x", "zqoverride", now - DAY),
            LogApproval(act_id("zqapproved"), "Marco Santino", "zqapproved", now - DAY, vogt, now + DAY),
        ]
        say(store, self.service.clocks, "test", "test", facts)

    def _cases(self, *keys: str) -> list[str]:
        from workbench import case_id

        return [case_id(key) for key in keys]


class Drawn:
    """Documents drawn over the schema: other fields, other ids, other depths, aliases, fragments."""

    def __init__(self, world: Planted, seed: str) -> None:
        self._draw = random.Random(seed)
        self._ids = world.ids
        self._roots = [one for one in roots() if one[0] == "query"]

    def document(self) -> str:
        draw = self._draw
        operation, name, field = draw.choice(self._roots)
        inner = self._selection(field.type, draw.randint(2, 6))
        alias = "a: " if draw.random() < 0.3 else ""
        return f"{operation} {{ {alias}{name}{self._arguments(field)} {{ {inner} }} }}"

    def variables(self, document: str) -> dict[str, Any]:
        """What the pages' documents are asked with; inputs of what is written are left out, and so refused."""
        known = {"problem": {"text": "KANBAN-Abruf zqcase"}, "limit": 20}
        (operation,) = (one for one in parse(document).definitions if isinstance(one, OperationDefinitionNode))
        for one in operation.variable_definitions or ():
            if print_ast(one.type).strip("!") == "ID":
                known[one.variable.name.value] = self._draw.choice(self._ids)
        return known

    def _arguments(self, field: Any) -> str:
        given = []
        for name, argument in field.args.items():
            kind = argument.type
            if not isinstance(kind, GraphQLNonNull) and self._draw.random() < 0.6:
                continue
            given.append(f"{name}: {self._value(name, get_named_type(kind))}")
        return f"({', '.join(given)})" if given else ""

    def _value(self, name: str, kind: Any) -> str:
        draw = self._draw
        texts = ["KANBAN-Abruf zqcase", "zqcase", "Z-1", "KAN-311", "Workflow-Fehler", "zqclaim", "Lager",
                 "Santino: ReFS"]  # fmt: skip
        if kind.name == "MonthsInput":
            return draw.choice(['{first: "2025-10", last: "2025-12"}', '{first: "2026-01", last: "2026-03"}'])
        if isinstance(kind, GraphQLEnumType):
            return str(draw.choice(sorted(kind.values)))
        if kind.name == "GroupsInput":
            return '{one: "Nord", other: "Süd"}'
        if kind.name == "GivenInput":
            given = ('{customer: "Brenner"}', '{contact: "zqdirectory"}', '{mode: "DIAGNOSE", priority: "P3"}',
                     '{impact: "PRODUCTION_DOWN", confirmedBy: "x"}', "{withoutLogs: true}")  # fmt: skip
            return draw.choice(given)
        if kind.name == "ProblemInput":
            return (
                f'{{text: "{draw.choice(texts)}"}}'
                if draw.random() < 0.7
                else f'{{caseId: "{draw.choice(self._ids)}"}}'
            )
        return {
            "ID": json.dumps(draw.choice(self._ids)),
            "Boolean": draw.choice(["true", "false"]),
            "Int": str(draw.choice([1, 5, 20, 100])),
            "String": json.dumps(draw.choice([encode("cursor", "5"), "x"])),
            "DateTime": json.dumps(draw.choice(["2026-05-01T00:00:00Z", "2025-01-01", "2026-04-05"])),
        }[kind.name]

    def _selection(self, kind: Any, depth: int) -> str:
        kind = get_named_type(kind)
        if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
            one = self._draw.choice(possible(kind))  # type: ignore[arg-type]
            return f"__typename ... on {one.name} {{ {self._selection(one, depth)} }}"
        parts = ["__typename"]
        for name, field in kind.fields.items():
            inner = get_named_type(field.type)
            if isinstance(inner, GraphQLEnumType) or (not hasattr(inner, "fields") and not hasattr(inner, "types")):
                if self._draw.random() < 0.8:
                    parts.append(name)
            elif depth > 1 and self._draw.random() < 0.6:
                parts.append(f"{name} {{ {self._selection(inner, depth - 1)} }}")
        return " ".join(parts)


def shared_documents() -> Iterator[str]:
    for path in sorted((text_folder("queries") / "graphql").glob("*.graphql")):
        yield path.read_text(encoding="utf-8")


def leaked(text: str, role: Role) -> set[str]:
    """Which canaries stand in a text that are not for a role."""
    return {name for name, canary in SEEN.items() if canary in text.casefold() and name not in MAY[role]}


def check(world: Planted, who: Asker, documents: int, caplog: pytest.LogCaptureFixture) -> None:
    drawn = Drawn(world, f"{who.role}")
    caplog.clear()
    sent = [(document, drawn.variables(document)) for document in shared_documents()]
    sent += [(drawn.document(), {}) for _ in range(documents)]
    answered = 0
    for document, variables in sent:
        outcome = run_now(document, variables, context(world.service, who=who))
        answered += bool(outcome.data) and not variables
        text = json.dumps(outcome.body, default=str, ensure_ascii=False)
        text = text.replace(json.dumps(document)[1:-1], "")  # what one has sent is no secret
        assert not leaked(text, who.role), (who.role, document, leaked(text, who.role))
        assert "request.internal" not in text, (document, text)
    assert answered > documents / 2
    assert not any(canary in caplog.text.casefold() for canary in SEEN.values())


@pytest.fixture
def world(store: Store, tmp_path: Path) -> Planted:
    return Planted(demo.at_its_clock(service_of(store, Settings(secret=SecretStr(SECRET)))), tmp_path)


def test_no_role_gets_what_is_not_for_it(
    world: Planted, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    caplog.set_level(logging.DEBUG)
    on_file = "embedded" in request.node.name
    for role, purpose in WHO:
        check(world, world.who(role, purpose), DOCUMENTS if on_file else 30, caplog)


def test_the_canaries_can_be_found(world: Planted) -> None:
    """Whoever may see a class does: else nothing of the other test would mean anything."""
    ask = '{ recommendExperts(problem: {text: "KANBAN-Abruf zqcase zqclaim"}, limit: 50) { experts { person { name } } onlyDeclared { person { name } } nearest { case { title } } } }'  # noqa: E501
    manager = world.who(Role.ESCALATION_MANAGER)
    found = str(run_now(ask, {}, context(world.service, who=manager)).data)
    assert {"zqsolver", "zqdirectory", "zqcase"} <= {canary for canary in SEEN.values() if canary in found}
    replay = f'{{ replay(id: "{world.chosen}") {{ choice {{ reason }} }} }}'
    assert "zqreason" in str(run_now(replay, {}, context(world.service, who=manager)).data)
    person = encode("Person", person_id("berta"))
    read = f'{{ person(id: "{person}") {{ name skillClaims {{ skill }} }} }}'
    hr = str(run_now(read, {}, context(world.service, who=world.who(Role.HR))).data)
    assert "zqclaim" in hr and "zqpeer" not in hr and "zqhidden" not in hr
    runs = "{ importRuns(first: 50) { edges { node { id file } } } }"
    own = run_now(runs, {}, context(world.service, who=world.who(Role.HR))).data
    assert "zqfile" in str(own)
    run = next(edge["node"]["id"] for edge in own["importRuns"]["edges"] if "zqfile" in edge["node"]["file"])  # type: ignore[index]
    faults = f'{{ node(id: "{run}") {{ ... on ImportRun {{ faults {{ value }} }} }} }}'
    santino = '{ recommendExperts(problem: {text: "Santino: ReFS"}) { around { briefing } } }'
    supporter = world.who(Role.SUPPORTER)
    assert "zqapproved" in str(run_now(santino, {}, context(world.service, who=supporter)).data)
    flags = "{ viewer { overrides { reason } ratings { subject occasion } } }"
    told = str(run_now(flags, {}, context(world.service, who=world.who(Role.EXPERT))).data)
    assert "zqoverride" in told and "KANBAN-Abruf" in told
    assert "zqfault" in str(run_now(faults, {}, context(world.service, who=world.who(Role.HR))).data)


def test_import_reports_tell_nothing_of_who_is_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report of the same file is the same whether a claim is visible, hidden or deleted."""
    reports = []
    for number, act in enumerate(("", "hide", "delete")):
        monkeypatch.setenv("EXPERT_GRAPH_STORE", f"sqlite:///{tmp_path / f's{number}.db'}")
        run = Terminal()
        rows = [{"person": "berta", "skill": "KANBAN", "level": "4"}]
        path = write_csv(tmp_path / "skills.csv", ("person", "skill", "level"), rows)
        run("import", str(path), role=Role.HR)
        _decide(run, act)
        again = run("import", str(path), "--json", role=Role.HR).stdout
        rows[0]["level"] = "5"
        changed = run("import", str(write_csv(path, ("person", "skill", "level"), rows)), "--json", role=Role.HR).stdout
        reports.append((again, changed))
    assert reports[0] == reports[1] == reports[2]
    assert json.loads(reports[0][0])[0]["counts"]["unchanged"] == 1


def _decide(run: Terminal, act: str) -> None:
    import os

    from graph_service.choices import delete_claim
    from graph_service.wiring import open_service

    store = open_service(os.environ["EXPERT_GRAPH_STORE"]).store
    with store.view(EVERYTHING) as view:
        (row,) = view.ask(nq.CLAIMS_OF, people=[person_id("berta")])
    key = ClaimKey(row.person, row.skill, row.claimed_by)
    if act == "hide":
        show_claim(store, key, [], 1)
    elif act == "delete":
        delete_claim(store, key, 1)
    store.close()
