"""What people say through the service and cannot mean: refused in a sentence, and nobody's answer breaks of it."""

import hmac
import time
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from askers import demo_asker
from test_around_the_name import DEPUTY, E_3, SANDRA, SUPPORTER, WEISS, ask, do, named, names, own
from test_flips import filled
from workbench import demo_person, embedded_store

from graph_service.access import Role
from graph_service.api.ids import decode, encode
from graph_service.casework.trusting import ratings_about
from graph_service.intake.acts import account_of, say
from graph_service.model import DAY, Presence, act_id, instant
from graph_service.store.base import Store
from graph_service.wiring import Service

ABRUF = "KANBAN-Abruf hängt, Plan B bis heute Nachmittag"
FAR = '"9999-12-31T23:59:59-12:00"'
SAHIN = demo_asker(Role.EXPERT, "sahin", "sahin")
LEAD, STAND_IN = demo_asker(Role.TEAM_LEAD, "mueller.b", "lead"), demo_asker(Role.TEAM_LEAD, "mueller.e", "night")
OFFICER = demo_asker(Role.DATA_PROTECTION, "mueller.j2", "officer")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return filled(embedded_store(tmp_path_factory.mktemp("acts") / "s.db"))


@pytest.fixture
def fresh(make_embedded: Callable[[str], Store]) -> Service:
    return filled(make_embedded("fresh"))


def person(key: str) -> str:
    return encode("Person", demo_person(key))


@pytest.mark.parametrize(
    ("who", "mutation", "given", "code"),
    [
        (SAHIN, "setDoor", '{kind: CAP, amount: 1e999}', "act.amount"),
        (SAHIN, "setDoor", '{kind: CAP, amount: -1.0}', "act.amount"),
        (SAHIN, "setDoor", f'{{kind: FOCUS, until: {FAR}}}', "act.too_far"),
        (SAHIN, "setDoor", '{kind: WORKING_HOURS, hours: "10:00-10:00"}', "act.hours_form"),
        (SAHIN, "setDoor", '{kind: CONSULTATION_HOUR}', "act.hours_form"),
        (SAHIN, "setPresence", f'{{state: OFF, until: {FAR}}}', "act.too_far"),
        (SAHIN, "setRedFlag", '{until: "2026-05-12T12:00:00Z", overridableBy: "Quatsch"}', "problem.impact"),
        (SAHIN, "setReservation", '{customer: "Brenner Fahrzeugteile GmbH", until: "1960-01-01"}', "problem.bad_date"),
        (SAHIN, "setReservation", f'{{customer: "Brenner Fahrzeugteile GmbH", until: {FAR}}}', "act.too_far"),
        (SUPPORTER, "recordLogApproval", f'{{contact: "Marco Santino", approvedBy: "x", until: {FAR}}}', "act.too_far"),
        (SUPPORTER, "recordLogApproval",
         '{contact: "Marco Santino", approvedBy: "\\u200b", until: "2026-06-01T00:00:00Z"}', "act.words"),
        (LEAD, "grantMandate", f'{{holder: "{person("vogt")}", unit: "Fertigung", hours: 5.0, until: {FAR}}}',
         "act.too_far"),
        (LEAD, "grantMandate", f'{{holder: "{person("mueller.b")}", unit: "Fertigung", hours: 5.0}}',
         "act.grant_oneself"),
        (LEAD, "grantMandate", f'{{holder: "{person("vogt")}", unit: "Fertigung", hours: 5.0, fromPriority: "ZZZ"}}',
         "problem.priority"),
        (LEAD, "grantMandate", f'{{holder: "{person("vogt")}", unit: "Fertigung", hours: 1e-300}}', "act.hours"),
        (STAND_IN, "grantMandate", f'{{holder: "{person("vogt")}", unit: "Fertigung", hours: 5.0}}',
         "act.not_yours_to_grant"),
        (SUPPORTER, "recordReferral", f'{{by: "{person("weiss")}", to: "{person("mueller.a")}", problem: "x"}}',
         "act.referral_oneself"),
        (SUPPORTER, "recordReferral", f'{{by: "{person("weiss")}", to: "{person("weiss")}", problem: "x"}}',
         "act.referral_oneself"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_code(
    company: Service, who: Any, mutation: str, given: str, code: str
) -> None:
    assert do(company, who, mutation, given)["code"] == code


def test_the_stand_in_grants_at_night_and_whoever_has_it_may_order(fresh: Service) -> None:
    night = fresh.at(instant(datetime(2026, 5, 12, 22, 10, tzinfo=ZoneInfo("Europe/Berlin"))))
    given = f'{{holder: "{person("vogt")}", unit: "Fertigung", hours: 5.0, fromPriority: "P1"}}'
    assert do(night, STAND_IN, "grantMandate", given)["__typename"] == "ActDone"


@pytest.mark.parametrize("by", ["Sandra Sommer", "\\u200b", "\\u0000"])
def test_a_flag_is_not_overridden_by_ones_own_or_invisible_word(company: Service, by: str) -> None:  # B12
    given = f'{{person: "{person("weiss")}", problem: "KANBAN-Abruf", impact: "PRODUCTION_DOWN", confirmedBy: "{by}", reason: "Band"}}'  # noqa: E501
    assert do(company, SANDRA, "overrideRedFlag", given)["code"] == "act.no_override"


def test_an_end_that_no_calendar_reaches_breaks_no_answer(fresh: Service) -> None:
    """HR systems write 31.12.9999 for what has no end."""
    at = instant(datetime(9999, 12, 31, tzinfo=ZoneInfo("UTC")))
    off = Presence(act_id("PRESENCE", demo_person("sahin")), account_of(fresh.store, demo_person("sahin")), "OFF", at)
    say(fresh.store, fresh.clocks, "test", "test", [off])
    assert "Aylin Şahin" not in names(ask(fresh, ABRUF), "today")
    far = ask(fresh, ABRUF, deadline="9999-12-31T23:59:59Z")
    assert [one["code"] for one in far["strip"]["faults"]] == ["problem.deadline_far"]


def test_a_decision_about_a_rating_stands_until_it_is_given_anew(fresh: Service) -> None:
    given = f'{{person: "{person("weiss")}", subject: "KANBAN-Abruf", competence: 1, shown: NAMED}}'
    assert do(fresh, SANDRA, "rateTrust", given)["__typename"] == "ActDone"
    fields = "ratings { id rater isSuspended decision givenAt }"

    def mine(service: Service) -> dict[str, Any]:
        return next(one for one in own(service, WEISS, fields)["ratings"] if one["rater"] == "Sandra Sommer")

    rating = mine(fresh)["id"]
    say_no = f'{{rating: "{rating}", statement: "nein"}}'
    assert do(fresh, WEISS, "disputeRating", say_no)["__typename"] == "ActDone"
    assert (
        do(fresh, OFFICER, "decideDispute", f'{{rating: "{rating}", decision: WITHDRAWN}}')["__typename"] == "ActDone"
    )
    assert (
        do(fresh, OFFICER, "decideDispute", f'{{rating: "{rating}", decision: KEPT}}')["code"] == "act.already_decided"
    )
    assert do(fresh, WEISS, "disputeRating", say_no)["code"] == "act.already_decided"
    later = fresh.at(fresh.now() + DAY)
    assert mine(later)["isSuspended"]
    assert do(later, SANDRA, "rateTrust", given)["__typename"] == "ActDone"
    assert not mine(later)["isSuspended"]
    assert do(later, WEISS, "disputeRating", say_no)["__typename"] == "ActDone"


def test_a_rating_is_called_by_a_name_that_tells_nobody_who_gave_it(fresh: Service) -> None:
    given = f'{{person: "{person("weiss")}", subject: "KANBAN-Abruf", competence: 1, shown: AGGREGATE}}'
    do(fresh, SANDRA, "rateTrust", given)
    told = {decode(one["id"], "Rating")[1]: one for one in own(fresh, WEISS, "ratings { id givenAt rater }")["ratings"]}
    ids = {one.source_id.key: one for one in ratings_about(fresh.store, demo_person("weiss"), fresh.now())}
    assert ids and not ids.keys() & told.keys()
    secret = fresh.settings.secret.get_secret_value().encode()
    for own_id, rating in ids.items():
        name = hmac.new(secret, own_id.encode(), sha256).hexdigest()[:32]
        assert told[name]["rater"] or told[name]["givenAt"].endswith("-01T00:00:00+00:00") or rating.shown == "NAMED"


def test_a_case_number_brings_its_customer_and_what_is_said_beside_it_counts(company: Service) -> None:
    text = "KAN-311 bei Brenner, Produktion steht, Plan B bis 14 Uhr"
    strip = ask(company, text)["strip"]
    assert strip["customer"]["name"] == "Brenner Fahrzeugteile GmbH" and strip["impact"]["words"] == "Produktion steht"
    assert strip["deadline"]["text"] == "14:00" and strip["mode"] == "WORKAROUND"
    bare = ask(company, "KAN-311")
    assert bare["strip"]["customer"]["name"] == "Brenner Fahrzeugteile GmbH" and bare["strip"]["impact"] is None
    assert "2 ohne Freigabe" in str(ask(company, "SPE-041")["around"]["notShown"])
    assert named(ask(company, E_3), names(ask(company, E_3))[0])


def test_a_reservation_holds_beside_the_names_and_at_the_cases_number_too(fresh: Service) -> None:
    do(fresh, WEISS, "setReservation", '{customer: "Brenner Fahrzeugteile GmbH"}')
    for text in ("KAN-311", "Brenner KAN-305", "Brenner: KANBAN-Abruf hängt"):
        found = ask(fresh, text)
        assert "Jürgen Weiß" not in names(found) and "Jürgen Weiß" not in str(found["understood"])
    do(
        fresh,
        DEPUTY,
        "recordReferral",
        f'{{by: "{person("sahin")}", to: "{person("weiss")}", problem: "Leitstand OPC Brenner"}}',
    )
    assert "Jürgen Weiß" not in str(ask(fresh, "Brenner: Leitstand OPC klassisch")["around"]["mayKnow"])
    assert "Jürgen Weiß" in str(ask(fresh, "Leitstand OPC klassisch")["around"]["mayKnow"])


@pytest.mark.parametrize(
    "text",
    [
        "KANBAN-Abruf hängt " * 5_000, "1 " * 50_000, "in 3 " * 20_000, "heute um " * 10_000, "„abc" * 25_000,
        "Gruß " * 20_000, "Herr Xa1 Yb1 " * 7_000, "Frau Müller " * 8_000, "bis " * 25_000,
        "nicht KANBAN-Abruf " * 5_000, "nächste woche " * 7_000,
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_the_longest_texts_are_answered_in_about_a_second(company: Service, text: str) -> None:
    begin = time.process_time()
    ask(company, text[:99_000])
    assert time.process_time() - begin < 6  # seconds of CPU on any machine; they took up to eighty


def test_what_somebody_keeps_to_themselves_is_told_to_whom_it_is_about_without_a_name(fresh: Service) -> None:  # C12
    fields = "ratings { id rater occasion competence isSuspended }"
    before = own(fresh, WEISS, fields)["ratings"]
    assert any(one["competence"] == "würde ich hierzu sofort wieder fragen" for one in before)
    given = f'{{person: "{person("weiss")}", subject: "Workflow-Fehler", competence: 1}}'
    assert do(fresh, SANDRA, "rateTrust", given)["__typename"] == "ActDone"
    (new,) = [one for one in own(fresh, WEISS, fields)["ratings"] if one not in before]
    assert (new["rater"], new["occasion"]) == ("", "") and new["competence"] == "würde ich hierzu nicht fragen"
    said = do(fresh, WEISS, "disputeRating", f'{{rating: "{new["id"]}", statement: "nein"}}')
    assert said["__typename"] == "ActDone"
