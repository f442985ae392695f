"""One's own ties, the way to somebody, and who of us knows a customer's contact; on both stores."""

import math
from dataclasses import replace
from typing import Any

import pytest
from askers import asker, context
from workbench import Bench, at, case, person_id, write_csv

from graph_service.access import EVERYTHING, Asker, Purpose, Role
from graph_service.api.execution import run_now
from graph_service.api.ids import encode
from graph_service.choices import take_part
from graph_service.evidence.relations import relations_of
from graph_service.settings import Settings
from graph_service.store import named_queries as nq
from graph_service.wiring import Service, service_of

NETWORK = """{ viewer { network { living dormant
  ties { id name isLiving since last contacts kinds occasion sentence } } } }"""
PATH = "query ($to: ID!) { path(to: $to) { isKnown through sentence first { name occasion } } }"
KNOWS = "query ($contact: String!) { whoKnows(contact: $contact) { contact customer tie { name sentence isLiving } } }"
PEOPLE = {
    "sommer": "Sandra Sommer", "gross": "Petra Großmann", "krueger": "Tobias Krüger", "weiss": "Jürgen Weiß",
    "vogt": "Hannelore Vogt", "fern": "Fritz Fern", "allein": "Anna Allein",
}  # fmt: skip
CONTACTS = ("von", "an", "wann", "Art", "Anlass")


@pytest.fixture
def service(bench: Bench) -> Service:
    """Sandra knows Petra and, from long ago, Tobias; Petra knows Jürgen; Hannelore had dinner with a customer."""
    people = [{"person": who, "name": name} for who, name in PEOPLE.items()]
    bench.take(write_csv(bench.folder / "people.csv", ("person", "name"), people))
    rows = [
        ("sommer", "gross", "2026-05-04T09:00", "MEETING", ""),
        ("sommer", "gross", "2026-05-05T09:00", "CHAT", ""),
        ("sommer", "krueger", "2019-09-12T09:00", "MEETING", "gemeinsames Projekt"),
        ("gross", "weiss", "2026-04-28T09:00", "MEETING", ""),
        ("weiss", "fern", "2026-04-29T10:00", "CALL", ""),
        ("vogt", "santino@santino.example", "2024-06-01T19:00", "INFORMAL", "Abendessen Barcelona"),
    ]
    told = [dict(zip(CONTACTS, row, strict=True)) for row in rows]
    bench.take(write_csv(bench.folder / "contacts.csv", CONTACTS, told))
    contact = {"Kundenkontakt": "Marco Santino", "Kunde": "Santino Systems", "E-Mail": "santino@santino.example"}
    bench.take(write_csv(bench.folder / "customers.csv", tuple(contact), [contact]))
    return service_of(bench.store, Settings()).at(bench.now)


def who(bench: Bench, key: str, role: Role = Role.EXPERT) -> Asker:
    person = bench.store.state(nq.PERSON_NOW, origin=person_id(key))[0].person
    made = asker(role)
    identity = type(made.identity)("test", (role,), made.identity.expires_at, person=person)
    return Asker(identity, role, made.purpose)


def ask(service: Service, asking: Asker, document: str, **variables: Any) -> dict[str, Any]:
    outcome = run_now(document, variables, context(service, who=asking))
    assert not outcome.errors and outcome.data, outcome.errors
    return dict(outcome.data)


def the_id(bench: Bench, key: str) -> str:
    return encode("Person", bench.store.state(nq.PERSON_NOW, origin=person_id(key))[0].person)


def test_my_network_has_living_and_dormant_ties(bench: Bench, service: Service) -> None:  # A20, A46
    for role in (Role.EXPERT, Role.ESCALATION_MANAGER):
        found = ask(service, who(bench, "sommer", role), NETWORK)["viewer"]["network"]
        assert (found["living"], found["dormant"]) == (1, 1)
        petra, tobias = found["ties"]
        assert (petra["name"], petra["isLiving"], petra["contacts"]) == ("Petra Großmann", True, 2)
        assert petra["kinds"] == ["MEETING", "CHAT"]
        assert petra["sentence"] == "lebender Kontakt, erstmals 05/2026, zuletzt 05/2026: Chat"
        assert tobias["sentence"] == "ruhender Kontakt seit 09/2019, gemeinsames Projekt"


def test_strength_is_that_of_the_formula(bench: Bench, service: Service) -> None:
    me = who(bench, "sommer").identity.person or ""
    with bench.store.view(EVERYTHING, as_of=bench.now) as view:
        found = relations_of(view, [me])[me]
    told = {relation.occasion: relation.strength for relation in found.values()}
    meeting, chat = 1.5 * 2 ** (-8 / 120), 0.3 * 2 ** (-7 / 30)
    assert told[""] == pytest.approx(meeting + chat, abs=1e-9)
    days = (at("2026-05-12") - at("2019-09-12")) // 86_400_000
    assert told["gemeinsames Projekt"] == pytest.approx(1.5 * 2 ** (-days / 120), abs=1e-9)


def test_the_way_to_somebody(bench: Bench, service: Service) -> None:  # A20
    sandra = who(bench, "sommer")
    direct = ask(service, sandra, PATH, to=the_id(bench, "krueger"))["path"]
    assert direct["sentence"] == "Direkt: ruhender Kontakt seit 09/2019, gemeinsames Projekt."
    one = ask(service, sandra, PATH, to=the_id(bench, "weiss"))["path"]
    assert one["through"] == ["Petra Großmann"] and one["sentence"].startswith("Über Petra Großmann (lebender Kontakt")
    two = ask(service, sandra, PATH, to=the_id(bench, "fern"))["path"]
    assert two["through"] == ["Petra Großmann", "Jürgen Weiß"]
    none = ask(service, sandra, PATH, to=the_id(bench, "allein"))["path"]
    assert (none["isKnown"], none["first"]) == (False, None) and none["sentence"].startswith("Kein Weg")


def test_nobody_is_a_way_who_does_not_take_part(bench: Bench, service: Service) -> None:
    petra = who(bench, "gross").identity.person or ""
    take_part(bench.store, petra, [Purpose.NETWORK_ANALYSIS], bench.now)
    sandra = who(bench, "sommer")
    assert ask(service, sandra, PATH, to=the_id(bench, "weiss"))["path"]["isKnown"] is False
    assert [tie["name"] for tie in ask(service, sandra, NETWORK)["viewer"]["network"]["ties"]] == ["Tobias Krüger"]
    outcome = run_now(PATH, {"to": the_id(bench, "gross")}, context(service, who=sandra))
    assert outcome.errors[0]["extensions"]["code"] == "node.unknown"
    assert ask(service, who(bench, "gross"), NETWORK)["viewer"]["network"]["ties"]  # one's own is one's own


def test_who_of_us_knows_a_customers_contact(bench: Bench, service: Service) -> None:  # A19, A32, C16, C33
    manager = who(bench, "sommer", Role.ESCALATION_MANAGER)
    (found,) = ask(service, manager, KNOWS, contact="santino")["whoKnows"]
    assert (found["contact"], found["tie"]["name"], found["tie"]["isLiving"]) == (
        "Marco Santino",
        "Hannelore Vogt",
        False,
    )
    assert found["tie"]["sentence"] == "ruhender Kontakt seit 06/2024, Abendessen Barcelona"
    assert ask(service, manager, KNOWS, contact="niemand")["whoKnows"] == []
    assert ask(service, manager, KNOWS, contact=" ")["whoKnows"] == []


def test_people_at_customers_are_called_as_the_list_calls_them(bench: Bench, service: Service) -> None:
    (tie,) = ask(service, who(bench, "vogt"), "{ viewer { network { ties { name unit } } } }")["viewer"]["network"][
        "ties"
    ]
    assert tie == {"name": "Marco Santino", "unit": "santino systems"}


def test_a_colleague_in_a_customers_list_keeps_their_ties_to_themselves(bench: Bench, service: Service) -> None:
    people = [{"person": "fern", "name": "Fritz Fern", "unit": "Service", "email": "fern@santino.example"}]
    bench.take(write_csv(bench.folder / "unit.csv", ("person", "name", "unit", "email"), people))
    contact = {"Kundenkontakt": "Fritz Fern", "Kunde": "Santino Systems", "E-Mail": "fern@santino.example"}
    bench.take(write_csv(bench.folder / "more.csv", tuple(contact), [contact]))
    manager = who(bench, "sommer", Role.ESCALATION_MANAGER)
    assert [one["contact"] for one in ask(service, manager, KNOWS, contact="santino")["whoKnows"]] == ["Marco Santino"]


def test_of_ties_between_others_only_the_month_tells_whether_they_live(bench: Bench, service: Service) -> None:
    sandra = who(bench, "sommer")
    more = [
        dict(zip(CONTACTS, row, strict=True))
        for row in (
            ("gross", "allein", "2026-05-10T09:00", "MEETING", ""),
            ("gross", "vogt", "2019-05-10T09:00", "MEETING", ""),
        )
    ]
    bench.take(write_csv(bench.folder / "met.csv", CONTACTS, more))
    assert ask(service, sandra, PATH, to=the_id(bench, "allein"))["path"]["isKnown"] is False  # met this month
    assert ask(service, sandra, PATH, to=the_id(bench, "vogt"))["path"]["isKnown"] is False  # met long ago
    june = replace(service, frozen_at=at("2026-06-02"))
    assert ask(june, sandra, PATH, to=the_id(bench, "allein"))["path"]["through"] == ["Petra Großmann"]


def test_joint_cases_are_contacts_and_an_undo_takes_them_back(bench: Bench, service: Service) -> None:
    cell = case("K-1", "2026-04-01T08:00", "KANBAN", closed_at="2026-04-02T08:00", reporter="allein", solver="weiss")
    run = bench.cases(cell).run.number
    anna = who(bench, "allein")
    (tie,) = ask(service, anna, NETWORK)["viewer"]["network"]["ties"]
    assert (tie["name"], tie["kinds"], tie["last"][:10]) == ("Jürgen Weiß", ["CASE"], "2026-04-02")
    assert ask(service, anna, PATH, to=the_id(bench, "gross"))["path"]["through"] == ["Jürgen Weiß"]
    bench.undo(run)
    assert ask(service, anna, NETWORK)["viewer"]["network"]["ties"] == []


def test_an_internship_makes_host_and_guest_known_to_each_other(bench: Bench, service: Service) -> None:
    columns = ("Person", "Aufenthalt", "wo", "von", "bis", "betreut von")
    stays = [
        ("allein", "Hospitation", "Fertigung", "2026-02-02", "2026-02-27", "vogt"),
        ("allein", "Besuch", "Brenner", "2026-03-02", "2026-03-03", ""),
        ("allein", "Stelle", "Einkauf", "2020-01-01", "", "gross"),
    ]
    rows = [dict(zip(columns, row, strict=True)) for row in stays]
    run = bench.take(write_csv(bench.folder / "stays.csv", columns, rows)).run.number
    (tie,) = ask(service, who(bench, "allein"), NETWORK)["viewer"]["network"]["ties"]
    assert (tie["name"], tie["kinds"], tie["occasion"]) == ("Hannelore Vogt", ["INTERNSHIP"], "Fertigung")
    assert tie["sentence"] == "lebender Kontakt, 02/2026: Fertigung"
    bench.undo(run)
    assert ask(service, who(bench, "allein"), NETWORK)["viewer"]["network"]["ties"] == []


def test_others_see_nothing_of_it(bench: Bench, service: Service) -> None:
    for role in (Role.HR, Role.ANALYST, Role.TEAM_LEAD, Role.ADMIN, Role.WORKS_COUNCIL):
        asking = who(bench, "sommer", role)
        outcome = run_now(NETWORK, {}, context(service, who=asking))
        assert outcome.errors and outcome.data and outcome.data["viewer"]["network"] is None
        assert run_now(PATH, {"to": the_id(bench, "gross")}, context(service, who=asking)).errors
        assert run_now(KNOWS, {"contact": "santino"}, context(service, who=asking)).errors


ANSWER = """query ($text: String!) { recommendExperts(problem: {text: $text}) { experts { person { name }
  relation { nearness isLiving through { name } sentence } } } }"""


def relations(service: Service, asking: Asker) -> dict[str, dict[str, Any]]:
    experts = ask(service, asking, ANSWER, text="Materialfluss steht, Rolle statt Meter")["recommendExperts"]["experts"]
    return {one["person"]["name"]: one["relation"] for one in experts}


def test_an_answer_says_how_the_asker_stands_to_whom_it_names(bench: Bench, service: Service) -> None:  # A44, A45
    solvers = ("krueger", "weiss", "allein", "sommer")
    opened, closed, title = "2025-02-01T08:00", "2025-02-02T08:00", "Materialfluss steht, Rolle statt Meter"
    cells = [(f"K-{one}-{number}", one) for one in solvers for number in range(2)]
    bench.cases(*(case(key, opened, title, closed_at=closed, solver=solver) for key, solver in cells))
    manager = who(bench, "sommer", Role.ESCALATION_MANAGER)
    found = relations(service, manager)
    assert found["Tobias Krüger"] == {
        "nearness": "KNOWN", "isLiving": False, "through": None,
        "sentence": "ruhender Kontakt seit 09/2019, gemeinsames Projekt",
    }  # fmt: skip
    assert found["Jürgen Weiß"]["nearness"] == "VIA" and found["Jürgen Weiß"]["through"] == {"name": "Petra Großmann"}
    assert found["Jürgen Weiß"]["sentence"].startswith("über Petra Großmann vorstellen lassen (lebender Kontakt")
    assert found["Anna Allein"] == {
        "nearness": "UNKNOWN", "isLiving": None, "through": None, "sentence": "kein Kontakt bekannt",
    }  # fmt: skip
    assert found["Sandra Sommer"] is None  # oneself
    past = ANSWER.replace("{text: $text}", '{text: $text}, asOf: "2026-04-29T12:00:00Z"')
    told = ask(service, manager, past, text="Materialfluss steht, Rolle statt Meter")["recommendExperts"]["experts"]
    assert told and not any(one["relation"] for one in told)  # month by month it would tell when others met
    petra = who(bench, "gross").identity.person or ""
    take_part(bench.store, petra, [Purpose.NETWORK_ANALYSIS], bench.now)
    assert relations(service, manager)["Jürgen Weiß"]["nearness"] == "UNKNOWN"


RECONNECT = "{ viewer { network { reconnect { name } islands } } }"


def test_names_to_reconnect_with_only_for_two_who_chose_it(bench: Bench, service: Service) -> None:
    sandra = who(bench, "sommer")
    assert ask(service, sandra, RECONNECT)["viewer"]["network"]["reconnect"] == []
    for key in ("sommer", "krueger"):
        person = who(bench, key).identity.person or ""
        take_part(bench.store, person, [Purpose.CASE_HELP, Purpose.NETWORK_ANALYSIS], bench.now)
        found = ask(service, sandra, RECONNECT)["viewer"]["network"]["reconnect"]
        assert found == ([] if key == "sommer" else [{"name": "Tobias Krüger"}])
    person = who(bench, "sommer").identity.person or ""
    take_part(bench.store, person, [Purpose.CASE_HELP], bench.now)
    assert ask(service, sandra, RECONNECT)["viewer"]["network"]["reconnect"] == []


def test_who_solves_a_subject_nearly_alone_is_told(bench: Bench, service: Service) -> None:
    cells = [(f"K-{n}", f"2025-03-{n + 1:02}T08:00", f"2025-03-{n + 1:02}T09:00") for n in range(10)]
    told = {"solver": "weiss", "product": "Platine"}
    bench.cases(*(case(key, opened, "Platine", closed_at=closed, **told) for key, opened, closed in cells))
    agreed = service_of(bench.store, Settings(knowledge_islands="Vereinbarung")).at(bench.now)
    assert ask(agreed, who(bench, "weiss"), RECONNECT)["viewer"]["network"]["islands"] == ["Platine"]
    assert ask(agreed, who(bench, "sommer"), RECONNECT)["viewer"]["network"]["islands"] == []
    assert ask(service, who(bench, "weiss"), RECONNECT)["viewer"]["network"]["islands"] == []


ORDER = """query ($text: String!) { recommendExperts(problem: {text: $text}) { id experts { person { id name } score
  match knows { statement reasons { kind sentence contribution count } } } } }"""
EXPLAIN = """query ($text: String!, $person: ID!) { explainRecommendation(problem: {text: $text}, person: $person) {
  expert { score } scoreAbove above { name } differences { kind name contribution above } } }"""
REPLAY = "query ($id: ID!) { replay(id: $id) { isSame } }"
TEXT = "Materialfluss steht, Rolle statt Meter"
DAYS = ("03-02", "04-01", "04-20", "05-03", "05-11")


def test_who_can_be_reached_comes_before_who_is_as_able_and_a_stranger(bench: Bench, service: Service) -> None:
    opened, closed = "2025-02-01T08:00", "2025-02-02T08:00"
    cells = [(f"K-{one}-{n}", one) for one in ("allein", "fern", "gross", "weiss") for n in range(2)]
    bench.cases(*(case(key, opened, TEXT, closed_at=closed, solver=one) for key, one in cells))
    made = asker(Role.ESCALATION_MANAGER)
    unknown = replace(made, identity=replace(made.identity, person=None))
    nobody = ask(service, unknown, ORDER, text=TEXT)["recommendExperts"]["experts"]
    assert all(reason["kind"] != "reach" for one in nobody for reason in one["knows"]["reasons"])
    sandra = who(bench, "sommer", Role.ESCALATION_MANAGER)
    answer = ask(service, sandra, ORDER, text=TEXT)["recommendExperts"]
    assert [one["person"]["name"] for one in answer["experts"]][:2] == ["Petra Großmann", "Jürgen Weiß"]
    petra, juergen, *_ = answer["experts"]
    able = {one["person"]["name"]: one["score"] for one in nobody}
    for one in answer["experts"]:
        added = sum(reason["contribution"] for reason in one["knows"]["reasons"] if reason["kind"] == "reach")
        assert one["score"] == pytest.approx(able[one["person"]["name"]] + added, abs=1e-9)
    (known,) = (one for one in petra["knows"]["reasons"] if one["kind"] == "reach")
    tie = 1 - math.exp(-(1.5 * 2 ** (-8 / 120) + 0.3 * 2 ** (-7 / 30)) / 1.5)
    assert known["contribution"] == pytest.approx(0.6 * math.log((0.15 + 0.85 * tie) / 0.15), abs=1e-9)
    assert (known["sentence"], known["count"]) == ("2 Kontakte mit Ihnen (04.05.2026 bis 05.05.2026)", 2)
    (led,) = (one for one in juergen["knows"]["reasons"] if one["kind"] == "reach")
    way = 0.6 * math.sqrt(tie * 0.5)  # of ties between others only that they are living counts
    assert led["contribution"] == pytest.approx(0.6 * math.log((0.15 + 0.85 * way) / 0.15), abs=1e-9)
    assert led["sentence"] == "steht jemandem nahe, mit dem Sie 2 Kontakte hatten (04.05.2026 bis 05.05.2026)"
    assert ask(service, sandra, REPLAY, id=answer["id"])["replay"]["isSame"]


def test_reach_does_not_tell_when_or_how_often_others_met(bench: Bench, service: Service) -> None:
    cells = [(f"K-{n}", "weiss") for n in range(2)]
    bench.cases(*(case(key, "2025-02-01", TEXT, closed_at="2025-02-02", solver=one) for key, one in cells))
    sandra = who(bench, "sommer", Role.ESCALATION_MANAGER)

    def told() -> Any:
        return ask(service, sandra, ORDER, text=TEXT)["recommendExperts"]["experts"]

    before = told()
    more = [
        ("gross", "weiss", f"2026-{day}T11:00", "CALL", "") for day in ("03-02", "04-01", "04-20", "05-03", "05-11")
    ]
    rows = [dict(zip(CONTACTS, row, strict=True)) for row in more]
    bench.take(write_csv(bench.folder / "more.csv", CONTACTS, rows))
    assert told() == before


def test_other_askers_get_another_order_and_the_difference_is_explained(bench: Bench, service: Service) -> None:
    opened, closed = "2025-02-01T08:00", "2025-02-02T08:00"
    cells = [(f"K-{one}-{n}", one) for one in ("allein", "fern") for n in range(2)]
    bench.cases(*(case(key, opened, TEXT, closed_at=closed, solver=one) for key, one in cells))
    juergen = who(bench, "weiss", Role.ESCALATION_MANAGER)
    assert ask(service, juergen, ORDER, text=TEXT)["recommendExperts"]["experts"][0]["person"]["name"] == "Fritz Fern"
    told = ask(service, juergen, EXPLAIN, text=TEXT, person=the_id(bench, "allein"))["explainRecommendation"]
    assert told["above"]["name"] == "Fritz Fern" and "reach" in [one["kind"] for one in told["differences"]]
    gap = sum(one["contribution"] - one["above"] for one in told["differences"])
    assert gap == pytest.approx(told["expert"]["score"] - told["scoreAbove"], abs=1e-9) and gap < 0
    fritz = who(bench, "fern").identity.person or ""
    take_part(bench.store, fritz, [], bench.now)
    left = ask(service, juergen, ORDER, text=TEXT)["recommendExperts"]["experts"]
    assert [one["person"]["name"] for one in left] == ["Anna Allein"]


def test_nearness_is_no_ability(bench: Bench, service: Service) -> None:
    """Whom the asker knows best is not named where they solved nothing like it, and nobody's chance is moved."""
    cells = [(f"K-{n}", "allein", TEXT) for n in range(2)] + [("K-9", "gross", "Rechnung zeigt falsche Steuer")]
    told = {"closed_at": "2025-02-02T08:00"}
    bench.cases(*(case(key, "2025-02-01T08:00", title, solver=one, **told) for key, one, title in cells))
    sandra = who(bench, "sommer", Role.ESCALATION_MANAGER)
    experts = ask(service, sandra, ORDER, text=TEXT)["recommendExperts"]["experts"]
    assert [one["person"]["name"] for one in experts] == ["Anna Allein"]
