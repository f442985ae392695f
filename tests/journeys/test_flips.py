"""Each fact turned on and off alone: the answer changes as it should, and nothing else does; on the demo company."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from askers import context, demo_asker
from test_around_the_name import DEPUTY, E_2, E_3, SANDRA, SUPPORTER, ask, do, named, own
from workbench import Bench, demo_person

from graph_service import demo
from graph_service.access import Role
from graph_service.api.execution import run_now
from graph_service.api.ids import encode
from graph_service.choices import take_part
from graph_service.evidence.beside import Beside
from graph_service.intake.acts import account_of, say
from graph_service.model import (
    DAY,
    Access,
    Asked,
    CaseNote,
    Channel,
    Clash,
    ContactPoint,
    CustomerContact,
    ExpertNote,
    Mandate,
    PartnerFirm,
    Presence,
    Promise,
    Record,
    Responsibility,
    RunCounts,
    RunKind,
    SourceId,
    Speaks,
    System,
    TrustRating,
    Workaround,
    act_id,
)
from graph_service.ranking.recommend import Question, recommend
from graph_service.settings import Settings
from graph_service.store.base import Store
from graph_service.store.listed import listed_of
from graph_service.store.run_leases import new_run, open_writer
from graph_service.wiring import Service, service_of

ABRUF = "KANBAN-Abruf geht nicht raus, brauche eine Notlösung bis heute Nachmittag"


@pytest.fixture
def company(make_embedded: Callable[[str], Store]) -> Service:
    """The demo company; that both stores tell its answers alike is seen in `test_around_the_name.py`."""
    return filled(make_embedded("company"))


@pytest.fixture
def on_each(bench: Bench) -> Service:
    """The demo company on each store, for what is said at once, while an import runs, or disputed."""
    return filled(bench.store)


def filled(store: Store) -> Service:
    service = demo.at_its_clock(service_of(store, Settings()))
    demo.fill(service)
    return service


def who(service: Service, key: str) -> SourceId:
    return account_of(service.store, demo_person(key))


def told(service: Service, *facts: Record) -> None:
    """Says facts as the house's lists would."""
    say(service.store, service.clocks, "test", "test", facts)


def scores(found: dict[str, Any], field: str) -> dict[str, float]:
    return {one["person"]["name"]: one["score"] for one in found[field]}


def told_of(found: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in named(found, name).items() if key not in ("rank", "equalToAbove")}


def flag(service: Service, ends: int) -> Record:
    person = demo_person("sahin")
    return Channel(
        act_id("RED_FLAG", person), "RED_FLAG", who(service, "sahin"), overridable_by="PRODUCTION_DOWN",
        from_at=service.now() - 1, until_at=ends,
    )  # fmt: skip


def presence(service: Service, state: str) -> Record:
    own = act_id("PRESENCE", demo_person("sahin"))
    return Presence(own, who(service, "sahin"), state, service.now() + DAY)


def promise(service: Service, days: tuple[int, int, int], kind: str, number: int = 0) -> Record:
    """A promise of Şahin: told, due, kept so many days ago."""
    told_at, due, kept = (service.now() - ago * DAY for ago in days)
    return Promise(
        source_id=act_id("PROMISE", kind, str(number), str(days)),
        case=SourceId("house", f"X-{number}"),
        kind="FIX",
        made_by=who(service, "sahin"),
        due_at=due,
        told_at=told_at,
        kept_at=kept,
        problem_class=kind,
        state="CONFIRMED",
    )


def test_a_red_flag_takes_the_call_and_its_end_gives_it_back(company: Service) -> None:  # B11, B6
    before = ask(company, ABRUF)
    told(company, flag(company, company.now() + DAY // 12))
    during = ask(company, ABRUF)
    assert scores(during, "experts")["Aylin Şahin"] < scores(before, "experts")["Aylin Şahin"]
    assert "CALL" not in [door["kind"] for door in named(during, "Aylin Şahin")["doors"]]
    others = [one for one in scores(before, "experts") if one != "Aylin Şahin"]
    assert all(told_of(before, one) == told_of(during, one) for one in others)
    told(company, flag(company, company.now() + 2 * DAY))
    assert "rote Fahne bis Do 14.05. 10:00" in named(ask(company, ABRUF), "Aylin Şahin")["reachable"]["statement"]
    told(company, flag(company, company.now()))
    after = ask(company, ABRUF)
    assert {**after, "id": "", "whatIfs": []} == {**before, "id": "", "whatIfs": []}


@pytest.mark.parametrize(("state", "is_there"), [("OFFICE", True), ("OFF", False), ("TRAVELLING", True)])
# A39, B6
def test_presence_moves_reachability_and_never_gives_a_reason(company: Service, state: str, is_there: bool) -> None:
    before = ask(company, ABRUF)
    told(company, presence(company, state))
    after = ask(company, ABRUF)
    assert ("Aylin Şahin" in scores(after, "today")) is is_there
    assert named(after, "Aylin Şahin")["knows"]["statement"] == named(before, "Aylin Şahin")["knows"]["statement"]
    changed = scores(after, "experts")["Aylin Şahin"] - scores(before, "experts")["Aylin Şahin"]
    assert (changed < 0) is (state == "OFF")  # in the office too her hours end before the clock
    assert named(after, "Aylin Şahin")["reachable"] != named(before, "Aylin Şahin")["reachable"]


def test_duty_consultation_hour_and_on_call_open_and_close_doors(company: Service) -> None:  # B9, B10
    before = named(ask(company, ABRUF), "Jürgen Weiß")
    assert [door["kind"] for door in before["doors"]][:2] == ["DUTY", "LATER"]
    hour = Channel(act_id("CONSULTATION_HOUR", demo_person("weiss")), "CONSULTATION_HOUR", who(company, "weiss"),
                  weekday="TUE", hours="11:00-12:00")  # fmt: skip
    told(company, hour)
    after = named(ask(company, ABRUF), "Jürgen Weiß")
    assert "11:00–12:00" in after["doors"][1]["sentence"] and before["score"] == after["score"]


def test_a_consultation_hour_after_the_clock_is_no_door(company: Service) -> None:  # B9
    def kinds(text: str) -> list[str]:
        return [door["kind"] for door in named(ask(company, text), "Jürgen Weiß")["doors"]]

    hurried, patient = kinds(ABRUF), kinds("KANBAN-Abruf geht nicht raus, brauche eine Notlösung bis Donnerstag")
    assert "CONSULTATION_HOUR" in patient and [kind for kind in patient if kind != "CONSULTATION_HOUR"] == hurried


def test_during_focus_others_are_asked_first(company: Service) -> None:  # B5
    def doors() -> list[str]:
        return [door["kind"] for door in named(ask(company, ABRUF), "Aylin Şahin")["doors"]]

    before, focus = doors(), Channel(act_id("FOCUS", demo_person("sahin")), "FOCUS", who(company, "sahin"),
                                     from_at=company.now() - DAY, until_at=company.now() + 3_600_000)  # fmt: skip
    told(company, focus)
    during = doors()
    assert before[0] == "CALL" and during[0] != "CALL" and during.index("LATER") < during.index("CALL")
    assert named(ask(company, ABRUF), "Aylin Şahin")["doors"][during.index("LATER")]["fromAt"].endswith(
        "09:00:00+00:00"
    )
    told(company, replace(focus, until_at=company.now()))
    assert doors() == before


def test_what_is_said_of_afar_is_not_told_of_similar_cases(company: Service) -> None:  # A28
    said = ask(company, "KANBAN-Abruf hängt, das geht nur vor Ort")["around"]
    assert said["remote"] == "Es ist gesagt, dass es nur vor Ort geht." and said["onSite"]
    assert ask(company, "KANBAN-Abruf hängt")["around"]["remote"] is None


def test_a_workaround_that_is_over_or_replaced_is_no_plan(company: Service) -> None:  # A14, A15
    own = Workaround(act_id("WORKAROUND"), "Abruf per Fax", who(company, "mueller.c"), "KANBAN-Abruf", state="RUNNING")

    def shown() -> list[str]:
        return [one["text"] for one in ask(company, ABRUF)["around"]["workarounds"]]

    before = shown()
    told(company, own)
    assert {*shown()} == {*before, own.text}
    told(company, replace(own, state="REPLACED"))
    assert shown() == before
    told(company, replace(own, until_at=company.now() - DAY))
    assert shown() == before


def test_a_fix_is_promised_by_the_clock_that_is_said_for_it(company: Service) -> None:  # A16, A17
    def promised(text: str) -> dict[str, Any]:
        return {one["kind"]: one for one in ask(company, text)["around"]["promises"]}

    said = promised("KANBAN-Abruf geht nicht raus, bis Freitag endgültig beheben")
    assert list(said) == ["FIX", "ANSWER"] and said["FIX"]["dueFrom"] is None
    assert said["FIX"]["dueAt"].startswith("2026-05-15") and "Fr 15.05." in said["FIX"]["sentence"]
    around = promised(ABRUF)
    assert around["WORKAROUND"]["dueAt"].startswith("2026-05-12") and around["FIX"]["dueFrom"].startswith("2026-05-15")


def test_a_mandate_and_a_confirmed_impact_let_a_flag_fall(company: Service) -> None:  # A23, B12
    confirmed = {"impact": "PRODUCTION_DOWN", "confirmedBy": "Karin Vollmer", "overrideReason": "Band steht"}
    without = named(ask(company, ABRUF, DEPUTY, **confirmed), "Jürgen Weiß")
    assert without["override"]["lacks"] == ["MANDATE"]
    mandate = Mandate(act_id("MANDATE", "vogt"), who(company, "vogt"), "Fertigung", 4.0, from_priority="P1")
    told(company, mandate)
    having = named(ask(company, ABRUF, DEPUTY, **confirmed), "Jürgen Weiß")
    assert having["override"]["isAllowed"] and having["score"] > without["score"]
    unconfirmed = named(ask(company, ABRUF, DEPUTY, impact="PRODUCTION_DOWN", overrideReason="x"), "Jürgen Weiß")
    assert unconfirmed["override"]["lacks"] == ["CONFIRMATION"] and unconfirmed["score"] == without["score"]
    told(company, replace(mandate, until_at=company.now() - DAY))
    assert named(ask(company, ABRUF, DEPUTY, **confirmed), "Jürgen Weiß")["score"] == without["score"]


def test_clearance_lets_in_and_working_without_logs_does_too(company: Service) -> None:  # C23
    before = ask(company, E_3)
    assert "Jürgen Müller" not in scores(before, "experts")
    assert len(ask(company, E_3, withoutLogs=True)["experts"]) > len(before["experts"])
    person = demo_person("mueller.j2")
    told(
        company, Access(act_id("ACCESS", person), who(company, "mueller.j2"), "Santino Systems", "", "Verschlusssache")
    )
    after = ask(company, E_3)
    assert len(after["experts"]) >= len(before["experts"])
    assert after["around"]["notShown"] != before["around"]["notShown"]


def test_a_clash_moves_this_pairing_only_and_expires(company: Service) -> None:  # C34
    clash = Clash(act_id("CLASH"), who(company, "gross.ines.1"), SourceId("house", "marco santino"),
                company.now() - DAY, company.now() + DAY)  # fmt: skip
    before, elsewhere = ask(company, E_3), ask(company, "ReFS fragmentiert")
    told(company, clash)
    after = ask(company, E_3)
    assert (
        named(after, "Ines Groß")["caution"]
        and scores(after, "experts")["Ines Groß"] < (scores(before, "experts")["Ines Groß"])
    )
    assert scores(ask(company, "ReFS fragmentiert"), "experts") == scores(elsewhere, "experts")
    assert scores(ask(company, E_3, SUPPORTER), "experts").keys() == scores(after, "experts").keys()
    told(company, replace(clash, until_at=company.now()))
    assert scores(ask(company, E_3), "experts") == scores(before, "experts")


def test_a_number_opens_the_call_and_language_is_said(company: Service) -> None:  # A2
    assert named(ask(company, E_3), "Ines Groß")["doors"][0]["number"] == ""
    person = demo_person("gross.ines.1")
    told(company, ContactPoint(act_id("POINT", person), who(company, "gross.ines.1"), "PHONE", "089 99998 355"))
    told(company, Speaks(act_id("SPEAKS", person), who(company, "gross.ines.1"), "pl", "C2"))
    found = named(ask(company, E_3), "Ines Groß")
    assert found["doors"][0]["number"] == "089 99998 355"
    assert "spricht nicht Deutsch, sondern: Polnisch" in found["reachable"]["statement"]


def test_one_broken_promise_or_low_rating_moves_nothing_elsewhere(company: Service) -> None:  # A24
    before, elsewhere = ask(company, ABRUF), ask(company, "ReFS fragmentiert")
    told(company, promise(company, (30, 20, 2), "Speicher", 1), promise(company, (60, 50, 2), "Speicher", 2))
    low = TrustRating(act_id("LOW"), who(company, "mueller.a"), who(company, "sahin"), "Speicher", competence=0.0,
                      shown="NAMED", given_at=company.now() - DAY)  # fmt: skip
    told(company, low)
    assert scores(ask(company, ABRUF), "experts") == scores(before, "experts")
    assert scores(ask(company, "ReFS fragmentiert"), "experts").keys() == scores(elsewhere, "experts").keys()


def test_the_first_failure_moves_nothing_and_the_second_does(company: Service) -> None:  # A24, C41
    before = scores(ask(company, ABRUF), "experts")["Aylin Şahin"]
    told(company, promise(company, (40, 30, 2), "KANBAN-Abruf", 1))
    assert scores(ask(company, ABRUF), "experts")["Aylin Şahin"] == before
    told(company, promise(company, (60, 50, 2), "KANBAN-Abruf", 2))
    assert scores(ask(company, ABRUF), "experts")["Aylin Şahin"] < before


def test_two_askers_get_different_orders_for_their_own_reasons(company: Service) -> None:  # A11
    mine = TrustRating(act_id("OWN"), who(company, "vogt"), who(company, "sahin"), "KANBAN-Abruf", competence=1.0,
                      shown="PRIVATE", given_at=company.now() - DAY)  # fmt: skip
    before = {key: scores(ask(company, ABRUF, asker), "experts") for key, asker in (("s", SANDRA), ("v", DEPUTY))}
    told(company, mine)
    after = {key: scores(ask(company, ABRUF, asker), "experts") for key, asker in (("s", SANDRA), ("v", DEPUTY))}
    assert after["s"] == before["s"] and after["v"]["Aylin Şahin"] > before["v"]["Aylin Şahin"]
    assert before["s"] != before["v"]
    kinds = [one["kind"] for one in named(ask(company, ABRUF, DEPUTY), "Aylin Şahin")["knows"]["reasons"]]
    assert "trust" in kinds


def test_a_supporter_hears_nobodys_views_but_their_own(company: Service) -> None:
    before = scores(ask(company, ABRUF, SUPPORTER), "experts")
    managers = scores(ask(company, ABRUF), "experts")["Jürgen Weiß"]
    low = TrustRating(act_id("NAMED"), who(company, "mueller.c"), who(company, "weiss"), "KANBAN-Abruf", competence=0.0,
                      shown="NAMED", given_at=company.now() - DAY)  # fmt: skip
    told(company, low)
    assert scores(ask(company, ABRUF, SUPPORTER), "experts") == before
    assert scores(ask(company, ABRUF), "experts")["Jürgen Weiß"] < managers
    told(company, replace(low, source_id=act_id("MINE"), rater=who(company, "mueller.a")))
    assert scores(ask(company, ABRUF, SUPPORTER), "experts")["Jürgen Weiß"] < before["Jürgen Weiß"]


def test_a_conversation_is_found_before_the_next_first_word(on_each: Service) -> None:  # A3, A19
    text = "Brenner: KANBAN-Abruf hängt"
    assert not any("Vogt" in line for line in ask(on_each, text)["around"]["briefing"])
    given = '{contact: "Dr. Ulrich Maßmann", kind: MEETING, occasion: "Messe Hannover"}'
    assert do(on_each, DEPUTY, "recordConversation", given)["__typename"] == "ActDone"
    lines = ask(on_each, text)["around"]["briefing"]
    assert "Hannelore Vogt hat zuletzt 05/2026 mit ihm oder ihr gesprochen: Messe Hannover" in lines
    assert do(on_each, DEPUTY, "recordConversation", '{contact: "Niemand"}')["code"] == "act.contact"


def test_a_red_flag_is_set_while_an_import_runs(on_each: Service) -> None:
    """What people say of themselves waits for no import, and shows before it is done."""
    running = open_writer(
        on_each.store, new_run(RunKind.IMPORT, "test", "long.csv", on_each.now()), on_each.clocks.wall
    )
    weiss = demo_asker(Role.EXPERT, "sahin", "sahin")
    assert do(on_each, weiss, "setRedFlag", '{until: "2026-05-12T10:00:00Z"}')["__typename"] == "ActDone"
    found = named(ask(on_each, ABRUF), "Aylin Şahin")
    assert "rote Fahne bis 12:00" in found["reachable"]["statement"]
    running.roll_back(RunCounts(), {}, on_each.now(), forget=False)
    assert "rote Fahne bis 12:00" in named(ask(on_each, ABRUF), "Aylin Şahin")["reachable"]["statement"]
    assert do(on_each, weiss, "setRedFlag", "{until: null}")["__typename"] == "ActDone"
    assert "Fahne" not in named(ask(on_each, ABRUF), "Aylin Şahin")["reachable"]["statement"]
    assert do(on_each, weiss, "setRedFlag", '{until: "2026-05-01T10:00:00Z"}')["code"] == "act.flag_until"


def test_what_several_say_at_once_is_all_kept(on_each: Service) -> None:
    facts = [
        ContactPoint(act_id("POINT", str(n)), who(on_each, "vollmer"), "PHONE", f"030 23125 {n}") for n in range(8)
    ]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda fact: told(on_each, fact), facts))
    with on_each.store.view(as_of=on_each.now()) as view:
        kept = listed_of(view, (ContactPoint,), people=[demo_person("vollmer")]).of(ContactPoint)
    assert {one.value for one in facts} <= {one.value for one in kept}


def beside(service: Service, text: str, person: str = "sommer") -> Beside:
    with service.store.view(as_of=service.now()) as view:
        return recommend(view, Question(text, asker=demo_person(person))).beside


def test_a_disputed_rating_has_no_effect_until_somebody_else_decides(on_each: Service) -> None:
    sahin = demo_asker(Role.EXPERT, "sahin", "sahin")
    officer = demo_asker(Role.DATA_PROTECTION, "mueller.j2", "officer")
    now = on_each.now()
    low = TrustRating(act_id("NAMED"), who(on_each, "mueller.c"), who(on_each, "sahin"), "KANBAN-Abruf", competence=0.0,
                      shown="NAMED", given_at=now - DAY, until_at=now + DAY)  # fmt: skip
    before = scores(ask(on_each, ABRUF), "experts")["Aylin Şahin"]
    told(on_each, low)
    rated = scores(ask(on_each, ABRUF), "experts")["Aylin Şahin"]
    assert rated < before
    fields = "ratings { id subject competence rater occasion isSuspended decision statement }"
    ratings = own(on_each, sahin, fields)["ratings"]
    mine = next(one for one in ratings if one["rater"] == "Claudia Müller")
    assert mine["competence"] == "würde ich hierzu nicht fragen" and not mine["isSuspended"]
    assert all(one["rater"] == "" and one["occasion"] == "" for one in ratings if one is not mine)
    done = do(on_each, sahin, "disputeRating", f'{{rating: "{mine["id"]}", statement: "So war es nicht"}}')
    assert done["__typename"] == "ActDone"
    assert scores(ask(on_each, ABRUF), "experts")["Aylin Şahin"] == before
    do(on_each, officer, "decideDispute", f'{{rating: "{mine["id"]}", decision: KEPT}}')
    assert scores(ask(on_each, ABRUF), "experts")["Aylin Şahin"] == rated
    kept = next(one for one in own(on_each, sahin, fields)["ratings"] if one["rater"])
    assert (kept["decision"], kept["statement"]) == ("KEPT", "So war es nicht")
    later = on_each.at(on_each.now() + 2 * DAY)
    assert not [one for one in beside(later, ABRUF).ratings if one.shown == "NAMED"]


def test_a_rating_needs_joint_work_and_a_known_subject(company: Service) -> None:
    def rate(who_: str, subject: str, mark: int = 4) -> dict[str, Any]:
        person = encode("Person", demo_person(who_))
        given = f'{{person: "{person}", subject: "{subject}", competence: {mark}, shown: NAMED}}'
        return do(company, SANDRA, "rateTrust", given)

    assert rate("petrow", "Speicher")["code"] == "act.no_joint_work"
    assert rate("krueger", "Material")["code"] == "act.no_joint_work"  # the last contact is of 2019
    assert rate("weiss", "Unfug")["code"] == "act.subject"
    assert rate("weiss", "KANBAN-Abruf", 9)["code"] == "act.mark"
    assert rate("sommer", "KANBAN-Abruf")["code"] == "act.rating_oneself"
    assert rate("weiss", "KANBAN-Abruf")["__typename"] == "ActDone"


def test_the_partner_firm_is_the_one_of_the_day(company: Service) -> None:  # A9
    text = "Brenner: KANBAN-Abruf hängt, NordSoft ist zuständig"
    found = ask(company, text)
    assert found["strip"]["contradicted"] == [
        "NordSoft Consulting war bis 31.12.2025 für Brenner Fahrzeugteile GmbH zuständig."
    ]
    told(company, Responsibility(act_id("RESPONSIBLE"), SourceId("house", "brenner fahrzeugteile gmbh"),
                                 SourceId("house", "nordsoftconsulting"), from_at=company.now() - DAY))  # fmt: skip
    again = ask(company, text)
    assert again["around"]["partner"]["sentence"] == "zuständig: NordSoft Consulting"
    assert again["strip"]["contradicted"] == [] and scores(again, "experts") == scores(found, "experts")


def test_who_does_not_take_part_is_nowhere_in_it(company: Service) -> None:
    before = ask(company, ABRUF)
    assert any("Dieter Müller" in door["sentence"] for one in before["experts"] for door in one["doors"])
    for key in ("mueller.d", "sahin"):
        take_part(company.store, demo_person(key), [], company.now())
    after = ask(company, ABRUF)
    assert "Dieter Müller" not in str(after) and "Şahin" not in str(after)
    assert not any(one["kind"] == "workarounds" for expert in after["today"] for one in expert["knows"]["reasons"])


def test_a_holiday_closes_doors_of_weekdays(company: Service) -> None:
    ascension = company.at(company.now() + 2 * DAY)
    found = named(ask(ascension, ABRUF), "Jürgen Weiß")
    assert found["reachable"]["statement"] == "erreichbar ab Fr 15.05. 07:00"
    assert not any(door["kind"] in ("CALL", "DUTY") for door in found["doors"])


def test_a_weekly_cap_is_said_without_numbers(company: Service) -> None:  # B1
    cap = Channel(act_id("CAP", demo_person("sahin")), "CAP", who(company, "sahin"), amount=1.0)
    told(company, cap)
    before = named(ask(company, ABRUF), "Aylin Şahin")
    assert before["interruption"]["statement"] == "ja"
    found = ask(company, ABRUF)
    given = f'{{recommendation: "{found["id"]}", person: "{encode("Person", demo_person("sahin"))}", reason: "Plan B"}}'
    chosen = run_now(f"mutation {{ chooseExpert(input: {given}) {{ __typename }} }}", {}, context(company, who=SANDRA))
    assert chosen.data == {"chooseExpert": {"__typename": "ExpertChosen"}}
    after = named(ask(company, ABRUF), "Aylin Şahin")
    assert after["interruption"]["statement"] == "gerade ungünstig" and after["score"] < before["score"]


def test_only_who_asks_for_the_cause_hears_who_found_some(company: Service) -> None:  # A13
    text = "Bestand im Lager stimmt nicht, Mengeneinheit"
    asked, fixing = (ask(company, text, mode=mode) for mode in ("DIAGNOSE", "FIX_NOW"))
    by_name = experts_by_name(asked)
    found = [one for one in by_name.values() if "causes" in kinds_of(one)]
    assert found and not any("causes" in kinds_of(one) for one in fixing["experts"])
    gained = {name: round(by_name[name]["score"] - one["score"], 6) for name, one in experts_by_name(fixing).items()}
    assert {name for name, more in gained.items() if more} == {one["person"]["name"] for one in found}


def test_only_who_asks_who_decides_is_told_who_may(company: Service) -> None:  # A13
    text = "Brenner: KANBAN-Abruf geht nicht raus, P1"
    assert ask(company, text)["around"]["deciders"] == []
    told_now = ask(company, text, mode="DECIDE")["around"]["deciders"]
    assert told_now[0].startswith("Sandra Sommer darf für Team Fertigung entscheiden")
    assert not any(
        "Sandra" in one for one in ask(company, text + " P4", mode="DECIDE", priority="P4")["around"]["deciders"]
    )


def test_a_bridge_counts_where_the_problem_falls_into_domains(company: Service) -> None:  # A35
    whole = ask(company, E_2)
    connecting = {one["person"]["name"] for one in whole["experts"] if "bridge" in kinds_of(one)}
    assert connecting == {one["name"] for one in whole["around"]["bridges"]} and "Tobias Krüger" in connecting
    alone = ask(company, E_2, classes=["Material"])
    assert not any("bridge" in kinds_of(one) for one in alone["experts"]) and not alone["around"]["bridges"]


def kinds_of(expert: dict[str, Any]) -> list[str]:
    return [one["kind"] for one in expert["knows"]["reasons"]]


def experts_by_name(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["person"]["name"]: one for one in found["experts"]}


def test_good_work_with_a_contact_counts_for_that_contact_only(company: Service) -> None:  # C10, C11
    with_him, elsewhere = ask(company, "Brenner: KANBAN-Abruf hängt"), ask(company, "Polar: KANBAN-Abruf hängt")
    (one,) = [one for one in named(with_him, "Jürgen Weiß")["knows"]["reasons"] if one["kind"] == "with_contact"]
    assert one["sentence"] == "einen Fall mit Dr. Ulrich Maßmann abgeschlossen, 13.11.2025"
    assert [case["key"] for case in one["cases"]] == ["KAN-311"]
    assert "with_contact" not in [kind for expert in elsewhere["experts"] for kind in kinds_of(expert)]
    told(company, *(
        CaseNote(act_id("CASE_NOTE", key), SourceId("house", key), "Brenner Fahrzeugteile GmbH", "Dr. Ulrich Maßmann")
        for key in ("KAN-294", "KAN-305")
    ))  # fmt: skip
    again = ask(company, "Brenner: KANBAN-Abruf hängt")
    assert scores(again, "experts")["Jürgen Weiß"] > scores(with_him, "experts")["Jürgen Weiß"]
    assert "3 Fälle mit Dr. Ulrich Maßmann abgeschlossen" in str(named(again, "Jürgen Weiß")["knows"])
    assert scores(ask(company, "Polar: KANBAN-Abruf hängt"), "experts") == scores(elsewhere, "experts")


def test_an_approval_opens_the_logs_until_its_day(on_each: Service) -> None:  # C22
    before = ask(on_each, E_3)["around"]["briefing"]
    assert "Protokolle nur nach Genehmigung" in before
    given = '{contact: "Marco Santino", approvedBy: "Marco Santino", until: "2026-05-31T00:00:00Z"}'
    assert do(on_each, SANDRA, "recordLogApproval", given)["__typename"] == "ActDone"
    after = ask(on_each, E_3)["around"]["briefing"]
    assert "Protokolle: genehmigt durch Marco Santino bis 31.05.2026" in after
    assert [one for one in after if "Protokolle" not in one] == [one for one in before if "Protokolle" not in one]
    later = on_each.at(on_each.now() + 30 * DAY)
    assert "Protokolle nur nach Genehmigung" in ask(later, E_3)["around"]["briefing"]
    assert do(on_each, SANDRA, "recordLogApproval", given.replace("2026", "2025"))["code"] == "act.past"
    assert do(on_each, SANDRA, "recordLogApproval", given.replace("Marco S", "Nico S", 1))["code"] == "act.contact"


def test_a_form_of_address_is_proposed_with_its_words_and_holds_once_confirmed(company: Service) -> None:  # A3, C21
    text = "Brenner, Dr. Maßmann schreibt: „Bitte helfen Sie, können Sie das prüfen. Gruß, Ulrich Maßmann“ KANBAN-Abruf"
    proposed = ask(company, text)["around"]["address"]
    assert (proposed["address"], proposed["signature"]) == ("SIE", "Ulrich Maßmann")
    assert proposed["quote"] in text and "bitte bestätigen" in proposed["sentence"]
    assert ask(company, "Brenner: können Sie helfen? KANBAN-Abruf")["around"]["address"] is None
    do(company, SANDRA, "confirmAddress", '{contact: "Dr. Ulrich Maßmann", address: SIE}')
    after = ask(company, text)["around"]
    assert after["address"] is None and after["briefing"][0] == "Dr. Ulrich Maßmann, per Sie, Produktionsleiter"
    assert do(company, SANDRA, "confirmAddress", '{contact: "Niemand", address: SIE}')["code"] == "act.contact"


def test_whoever_would_rather_not_is_not_named_for_this_customer_and_nobody_is_told(on_each: Service) -> None:  # C8
    sahin = demo_asker(Role.EXPERT, "sahin", "sahin")
    text, other = "Brenner: KANBAN-Abruf hängt, Plan B bis heute Nachmittag", "Polar: KANBAN-Abruf hängt"
    before, elsewhere = ask(on_each, text), ask(on_each, other)
    assert "Aylin Şahin" in scores(before, "today")
    done = do(on_each, sahin, "setReservation", '{customer: "Brenner Fahrzeugteile GmbH"}')
    assert done["__typename"] == "ActDone"
    after = ask(on_each, text)
    assert "Şahin" not in str({**after, "id": ""}) and after["around"]["notShown"] == before["around"]["notShown"]
    assert {**ask(on_each, other), "id": ""} == {**elsewhere, "id": ""}
    assert own(on_each, sahin, "reservations { customer until }")["reservations"] == [
        {"customer": "Brenner Fahrzeugteile GmbH", "until": None}
    ]
    over = '{customer: "Brenner Fahrzeugteile GmbH", until: "2026-01-01T00:00:00Z"}'
    assert do(on_each, sahin, "setReservation", over)["__typename"] == "ActDone"
    assert scores(ask(on_each, text), "today") == scores(before, "today")
    assert own(on_each, sahin, "reservations { customer }")["reservations"] == []
    assert do(on_each, sahin, "setReservation", '{customer: "Nix"}')["code"] == "act.customer"


def test_a_contact_who_moved_is_said_and_known_where_they_are_now(company: Service) -> None:  # C4
    was = CustomerContact(act_id("CONTACT", "1"), "Dr. Rita Beispiel", SourceId("house", "polar aggregate ag"),
                          until_at=company.now() - DAY)  # fmt: skip
    told(company, was, replace(was, source_id=act_id("CONTACT", "2"), until_at=None,
                               customer=SourceId("house", "santino systems")))  # fmt: skip
    found = ask(company, "Polar, Frau Dr. Beispiel: KANBAN-Abruf hängt")
    assert found["strip"]["contact"] is None and found["strip"]["contradicted"] == [
        "Dr. Rita Beispiel war bis 11.05.2026 bei Polar Aggregate AG und ist jetzt bei Santino Systems."
    ]
    there = ask(company, "Santino, Frau Dr. Beispiel: ReFS fragmentiert")
    assert "war bis 11.05.2026 bei Polar Aggregate AG" in there["around"]["briefing"]


# B16
def test_a_way_around_the_standstill_of_a_question_is_told_with_what_is_promised_to_the_firm(company: Service) -> None:
    """An open promise to anybody at the customer is told before the first word, overdue where it is."""
    text = "Polar Aggregate: KANBAN-Abruf hängt"
    assert not any("überfällig" in line for line in ask(company, text)["around"]["briefing"])
    own = Promise(
        act_id("PROMISE"),
        SourceId("house", "KAN-287"),
        "FIX",
        who(company, "weiss"),
        company.now() - DAY,
        told_to="Polar Aggregate AG",
        told_at=company.now() - 3 * DAY,
        problem_class="KANBAN-Abruf",
    )
    told(company, own)
    (line,) = ask(company, text)["around"]["briefing"]
    assert line.startswith("eine offene Zusage: KAN-287 (überfällig seit")
    told(company, replace(own, kept_at=company.now() - DAY))
    assert not any("überfällig" in line for line in ask(company, text)["around"]["briefing"])


def test_who_looks_after_the_system_may_know_who_knows(company: Service) -> None:  # A40
    text = "Brenner: Schnittstelle zum Leitstand der Fertigungsplanung zeigt nichts"

    def known() -> list[str]:
        return [f"{one['name']}: {one['why']}" for one in ask(company, text)["around"]["mayKnow"]]

    assert not any("kümmert sich" in one for one in known())
    told(company, System(act_id("SYSTEM"), "Leitstand", "3.1", SourceId("house", "brenner fahrzeugteile gmbh"),
                         keeper=who(company, "mueller.c")))  # fmt: skip
    assert known()[0].endswith("kümmert sich um Leitstand")
    assert "System: Leitstand 3.1" in ask(company, text)["around"]["handoverNote"]


def test_a_note_of_ones_own_names_somebody_beside_the_order_for_oneself_alone(company: Service) -> None:  # A21
    person = who(company, "mueller.d")
    before = ask(company, ABRUF)
    note = ExpertNote(act_id("NOTE", "d"), who(company, "sommer"), person, "fragt schnell nach", "KANBAN-Abruf")
    told(company, note)
    after = ask(company, ABRUF)
    assert any(one["why"] == "Ihre Notiz: fragt schnell nach" for one in after["around"]["mayKnow"])
    assert scores(after, "experts") == scores(before, "experts")
    assert not any("Notiz" in one["why"] for one in ask(company, ABRUF, SUPPORTER)["around"]["mayKnow"])
    mine = own(company, SANDRA, "notes { subject note isMine }")["notes"]
    assert {"subject": "KANBAN-Abruf", "note": "fragt schnell nach", "isMine": True} in mine


def test_no_access_is_said_and_keeps_out_of_what_helps_today(company: Service) -> None:  # A41
    before = ask(company, ABRUF + " KANBAN")
    assert "Aylin Şahin" in scores(before, "today")
    told(company, Access(act_id("ACCESS", "sahin"), who(company, "sahin"), "KANBAN", "NONE"))
    after = ask(company, ABRUF + " KANBAN")
    assert "Aylin Şahin" not in scores(after, "today")
    assert "kann beraten, nicht eingreifen: kein Zugriff" in named(after, "Aylin Şahin")["reachable"]["statement"]


def test_a_partner_firm_is_the_one_for_what_is_asked_about(company: Service) -> None:  # A9
    customer = SourceId("house", "polar aggregate ag")
    firms = [PartnerFirm(SourceId("house", name.casefold()), name) for name in ("Abrufhaus", "Rechnungshof")]
    told(company, *firms)
    for firm, scope, way in zip(firms, ("KANBAN-Abruf", "Fakturierung"), ("Frau Zander, 030 99", ""), strict=True):
        told(company, Responsibility(act_id("PARTNER", firm.name), customer, firm.source_id, scope, reached_by=way))
    assert ask(company, "Polar Aggregate: KANBAN-Abruf hängt")["around"]["partner"]["sentence"] == (
        "zuständig: Abrufhaus (KANBAN-Abruf, Frau Zander, 030 99)"
    )
    assert ask(company, "Polar Aggregate: Rechnungen fehlen")["around"]["partner"]["firm"].startswith("Rechnungshof")
    assert "mehrere" in ask(company, "Polar Aggregate: ReFS fragmentiert")["around"]["partner"]["sentence"]


def test_ones_own_clashes_and_load_are_told_to_oneself(company: Service) -> None:  # B1, C34
    petrow = demo_asker(Role.EXPERT, "petrow", "petrow")
    (clash,) = own(company, petrow, "clashes { contact until } load { askedThisWeek cap }")["clashes"]
    assert clash["contact"] == "Marco Santino" and clash["until"].startswith("2026-06-20")
    told(company, Asked(act_id("ASKED", "p"), who(company, "petrow"), company.now() - DAY, ("Speicher",)))
    told(company, Channel(act_id("CAP", "p"), "CAP", who(company, "petrow"), amount=3))
    assert own(company, petrow, "load { askedThisWeek cap }")["load"] == {"askedThisWeek": 1, "cap": 3.0}
