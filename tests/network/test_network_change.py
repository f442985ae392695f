"""What thinned, asked through GraphQL on both stores."""

import pytest
from askers import asker, context
from offices import CONTACTS, Office, take_office
from workbench import Bench, at, person_id, write_csv

from graph_service.access import Purpose, Role
from graph_service.api.execution import run_now
from graph_service.choices import take_part
from graph_service.erasure import erase_person
from graph_service.resources import text_folder
from graph_service.settings import Settings
from graph_service.store import named_queries as nq
from graph_service.wiring import Service, service_of

QUARTERS = {"before": {"first": "2019-10", "last": "2019-12"}, "after": {"first": "2025-10", "last": "2025-12"}}


def asked(service: Service, **variables: object) -> dict[str, object]:
    """The outcome of the shipped document."""
    document = (text_folder("queries") / "graphql" / "network_change.graphql").read_text(encoding="utf-8")
    outcome = run_now(document, {**QUARTERS, "by": "SITE", **variables}, context(service, who=asker(Role.ANALYST)))
    return {"data": outcome.data, "errors": outcome.errors}


def change(service: Service, **variables: object) -> dict[str, object]:
    outcome = asked(service, **variables)
    assert not outcome["errors"], outcome["errors"]
    return outcome["data"]["networkChange"]  # type: ignore[index]


@pytest.fixture
def service(bench: Bench) -> Service:
    return service_of(bench.store, Settings()).at(bench.now)


def test_thinning_between_sites_is_found_and_said(bench: Bench, service: Service) -> None:
    take_office(bench, Office(sites=(("Ulm", 24), ("Hamburg", 24)), between=0.25, cut=0.6))
    found = change(service)
    assert found["isThinned"]
    assert "zwischen Standorten" in found["headline"] and "abgerissen" in found["headline"]


def test_nothing_thinned_is_said(bench: Bench, service: Service) -> None:
    take_office(bench, Office(sites=(("Ulm", 20), ("Hamburg", 20)), ratio=0.8))
    found = change(service)
    assert not found["isThinned"] and str(found["headline"]).startswith("Keine Ausdünnung erkennbar")
    assert str(change_in(service, "en")["headline"]).startswith("No thinning to be seen")


def change_in(service: Service, language: str) -> dict[str, object]:
    document = (text_folder("queries") / "graphql" / "network_change.graphql").read_text(encoding="utf-8")
    who = context(service, "en" if language == "en" else "de", asker(Role.ANALYST))
    outcome = run_now(document, {**QUARTERS, "by": "SITE"}, who)
    assert outcome.data and not outcome.errors
    return dict(outcome.data["networkChange"])


def code(outcome: dict[str, object]) -> str:
    return str(outcome["errors"][0]["extensions"]["code"])  # type: ignore[index]


@pytest.mark.parametrize(
    ("spans", "wanted"),
    [
        ({"before": {"first": "2019-12", "last": "2019-10"}}, "network.backwards"),
        ({"before": {"first": "2019-13", "last": "2019-13"}}, "network.no_month"),
        ({"before": {"first": "2019-10-07", "last": "2019-10-13"}}, "network.free_days"),
        ({"before": {"first": "2016-01", "last": "2019-12"}}, "network.not_a_quarter"),
        ({"before": {"first": "2019-10", "last": "2019-11"}}, "network.not_a_quarter"),
        ({"before": {"first": "2019-11", "last": "2020-01"}}, "network.not_a_quarter"),
        ({"before": {"first": "9999-10", "last": "9999-12"}}, "network.no_month"),
        ({"before": {"first": "0000-01", "last": "0000-03"}}, "network.no_month"),
        ({"after": {"first": "2026-04", "last": "2026-06"}}, "network.not_over"),
        ({"after": {"first": "2019-10", "last": "2019-12"}}, "network.overlap"),
        ({"by": "UNIT"}, "network.other_grouping"),
        ({"kinds": ["MAIL", "CALL"]}, "network.some_kinds"),
    ],
)
def test_windows_that_are_none_are_refused_in_words(
    bench: Bench, service: Service, spans: dict[str, object], wanted: str
) -> None:
    found = asked(service, **spans)
    assert code(found) == wanted
    assert "Bitte" in found["errors"][0]["message"]  # type: ignore[index]


def test_a_period_without_contacts_says_so(bench: Bench, service: Service) -> None:
    take_office(bench, Office(sites=(("Ulm", 12), ("Hamburg", 12))))
    found = change(service, before={"first": "2012-01", "last": "2012-03"})
    assert (found["isThinned"], found["comparedKinds"], found["pairs"]) == (False, [], [])
    assert str(found["headline"]).startswith("Nicht vergleichbar")


def test_a_group_of_three_is_part_of_the_rest_and_too_few_people_are_nothing(bench: Bench, service: Service) -> None:
    take_office(bench, Office(sites=(("Ulm", 14), ("Hamburg", 13), ("Labor", 3))))
    found = change(service)
    assert {group["name"]: group["size"] for group in found["groups"]} == {"Hamburg, Übrige": 16, "Ulm": 14}  # type: ignore[attr-defined]
    few = Settings(smallest_group=40)
    assert code(asked(service_of(bench.store, few).at(bench.now))) == "network.too_few"


def test_nobody_but_an_analyst_with_a_purpose_and_nobody_by_name(bench: Bench, service: Service) -> None:
    take_office(bench, Office(sites=(("Ulm", 12), ("Hamburg", 12))))
    document = (text_folder("queries") / "graphql" / "network_change.graphql").read_text(encoding="utf-8")
    for role in Role:
        outcome = run_now(document, {**QUARTERS, "by": "SITE"}, context(service, who=asker(role)))
        assert bool(outcome.errors) is (role is not Role.ANALYST)
    named = 'query { networkChange(before: {first: "2019-10", last: "2019-12"}, after: {first: "2025-10", last: '
    named += '"2025-12"}, person: "x") { headline } }'
    assert run_now(named, {}, context(service, who=asker(Role.ANALYST))).errors
    for text in ("Top 10 Influencer mit Namen", "Wer sind die größten Influencer?"):
        problem = "query ($text: String!) { recommendExperts(problem: {text: $text}) { sentence } }"
        found = run_now(problem, {"text": text}, context(service))
        assert found.errors[0]["extensions"]["code"] == "problem.ranks_people", text


def test_who_leaves_is_gone_at_once_and_no_difference_tells_of_them(bench: Bench, service: Service) -> None:
    take_office(bench, Office(sites=(("Ulm", 14), ("Hamburg", 13)), between=0.4))
    first = change(service)
    assert first["ties"]
    (who,) = bench.store.state(nq.PERSON_NOW, origin=person_id("ulm003"))
    take_part(bench.store, who.person, [Purpose.CASE_HELP], service.wall() + 1)
    refused = asked(service)
    assert code(refused) == "network.withheld" and "01.06.2026" in refused["errors"][0]["message"]  # type: ignore[index]
    later = change(service.at(at("2026-06-02")))
    assert later["people"]["before"] == first["people"]["before"] - 1  # type: ignore[index]


def test_who_left_before_anything_was_shown_is_just_not_there(bench: Bench, service: Service) -> None:
    take_office(bench, Office(sites=(("Ulm", 14), ("Hamburg", 13)), between=0.4))
    (who,) = bench.store.state(nq.PERSON_NOW, origin=person_id("ulm003"))
    take_part(bench.store, who.person, [Purpose.CASE_HELP], service.now())
    assert change(service)["people"]["before"] == 26  # type: ignore[index]


def test_an_erasure_too_ends_the_analyses_of_the_month(bench: Bench, service: Service) -> None:
    take_office(bench, Office(sites=(("Ulm", 14), ("Hamburg", 13)), between=0.4))
    change(service)
    (who,) = bench.store.state(nq.PERSON_NOW, origin=person_id("ulm003"))
    erase_person(bench.store, who.person, "secret", service.wall() + 1)
    assert code(asked(service)) == "network.withheld"


def test_an_undone_import_takes_its_contacts_along(bench: Bench, service: Service) -> None:
    take_office(bench, Office(sites=(("Ulm", 12), ("Hamburg", 12))))
    first = change(service)
    more = [{"von": f"ulm{n:03}", "an": f"hamburg{n:03}", "wann": "2025-11-05T10:00", "Art": "CALL"} for n in range(12)]
    run = bench.take(write_csv(bench.folder / "calls.csv", CONTACTS, more)).run.number
    assert [one["kind"] for one in change(service)["coverage"]] == ["CALL", "MEETING"]  # type: ignore[attr-defined]
    bench.undo(run)
    assert change(service) == first


def test_structure_is_told_where_it_is_asked_for(bench: Bench, service: Service) -> None:
    take_office(bench, Office(sites=(("Ulm", 14), ("Hamburg", 13)), between=0.4))
    assert "structure" not in change(service)
    found = change(service, structure=True)["structure"]
    for when in ("before", "after"):
        assert 0 < found[when]["clustering"] <= 1 and found[when]["communities"] >= 1  # type: ignore[index]
        assert found[when]["leidenModularity"] >= found[when]["modularity"] - 1e-9  # type: ignore[index]
    assert 0 <= found["nmi"] <= 1  # type: ignore[index]
