"""The boundary of two groups, and where to reconnect, through GraphQL on both stores."""

from typing import Any

import pytest
from askers import asker, context
from workbench import Bench, case, write_csv

from graph_service.access import Role
from graph_service.api.execution import run_now
from graph_service.settings import Settings
from graph_service.wiring import Service, service_of

BOUNDARY = """query ($one: String!, $other: String!, $first: String!, $last: String!) {
  boundary(groups: {one: $one, other: $other}, event: {first: $first, last: $last}) { headline remarks change compared
    before { ties interruptionsAWeek brokers } after { ties interruptionsAWeek brokers } } }"""
RECONNECT = "{ reconnect { headline pairs { one other dormant gained cases earlier proposal } } }"
UNITS = ("Support", "Entwicklung", "Vertrieb")


@pytest.fixture
def service(bench: Bench) -> Service:
    """Three units of twelve. Each of support calls a colleague of development every month until March 2025, from then
    on two of them; with sales they meet all the time; development and sales last met in 2023."""
    people = [
        {"person": f"{unit[0].lower()}{n:02}", "name": f"{unit[0]} {n}", "unit": unit}
        for unit in UNITS
        for n in range(12)
    ]
    bench.take(write_csv(bench.folder / "people.csv", ("person", "name", "unit"), people))
    rows = []
    for month in range(1, 7):
        for number in range(12):
            kinds = (number, (number + 1) % 12) if month >= 4 else (number,)
            rows += [(f"s{number:02}", f"e{other:02}", f"2025-{month:02}-10T09:{other:02}", "CALL") for other in kinds]
            rows.append((f"s{number:02}", f"v{number:02}", f"2025-{month:02}-11T09:00", "MEETING"))
    rows += [(f"e{number:02}", f"v{number:02}", "2023-06-01T09:00", "VISIT") for number in range(12)]
    told = [dict(zip(("von", "an", "wann", "Art"), row, strict=True)) for row in rows]
    bench.take(write_csv(bench.folder / "contacts.csv", ("von", "an", "wann", "Art"), told))
    return service_of(bench.store, Settings(analysis_by="unit")).at(bench.now)


def ask(service: Service, document: str, **variables: Any) -> Any:
    return run_now(document, variables, context(service, who=asker(Role.ANALYST)))


def boundary(service: Service, one: str, other: str, first: str = "2025-04", last: str = "2025-06") -> Any:
    return ask(service, BOUNDARY, one=one, other=other, first=first, last=last)


def test_the_boundary_before_and_after(bench: Bench, service: Service) -> None:  # B2
    found = boundary(service, "Support", "Entwicklung").data["boundary"]
    assert (found["before"]["ties"], found["after"]["ties"], found["change"]) == (12, 24, 1.0)
    assert found["before"]["brokers"] is None and found["after"]["brokers"] == "10+"
    assert found["before"]["interruptionsAWeek"] == 2.8  # 36 in 90 days
    assert found["after"]["interruptionsAWeek"] == 5.5  # 72 in 91 days
    assert found["compared"] == pytest.approx(0.0)
    assert found["headline"].startswith("Verbindungen zwischen Support und Entwicklung: +100 %; zu allen anderen")
    calm = boundary(service, "Support", "Vertrieb").data["boundary"]
    assert (calm["change"], calm["before"]["interruptionsAWeek"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("one", "other", "span", "code"),
    [
        ("Support", "Support", ("2025-04", "2025-06"), "network.no_group"),
        ("Support", "s00", ("2025-04", "2025-06"), "network.no_group"),
        ("Support", "Entwicklung", ("2025", "2025"), "network.no_month"),
        ("Support", "Entwicklung", ("2026-04", "2026-06"), "network.not_over"),
        ("Support", "Entwicklung", ("2025-05", "2025-07"), "network.not_a_quarter"),
        ("Support", "Entwicklung", ("9999-10", "9999-12"), "network.no_month"),
    ],
)
def test_bad_boundaries(bench: Bench, service: Service, one: str, other: str, span: tuple[str, str], code: str) -> None:
    assert boundary(service, one, other, *span).errors[0]["extensions"]["code"] == code


def test_where_to_reconnect(bench: Bench, service: Service) -> None:
    found = ask(service, RECONNECT).data["reconnect"]
    assert found["pairs"] == [
        {
            "one": "Entwicklung", "other": "Vertrieb", "dormant": "10-19", "gained": "20-49", "cases": None,
            "earlier": "Besuch, 2023", "proposal": "gemeinsamer Einsatz vor Ort, danach ein Rückblick",
        }
    ]  # fmt: skip
    assert found["headline"] == (
        "Am meisten hilft es zwischen Entwicklung – Vertrieb: "
        "20–49 Menschen, die dort heute niemanden haben, erreichten die andere Gruppe."
    )


def test_calls_of_few_are_not_counted(bench: Bench, service: Service) -> None:
    more = [{"von": "s00", "an": "v00", "wann": f"2025-05-0{day}T10:00", "Art": "CALL"} for day in range(1, 9)]
    bench.take(write_csv(bench.folder / "chats.csv", ("von", "an", "wann", "Art"), more))
    found = boundary(service, "Support", "Vertrieb").data["boundary"]
    assert (found["after"]["ties"], found["after"]["interruptionsAWeek"], found["after"]["brokers"]) == (12, None, None)


def test_few_people_on_a_boundary_are_not_told_of(bench: Bench, service: Service) -> None:
    more = [{"von": "e00", "an": "v00", "wann": "2025-05-02T10:00", "Art": "CALL"}]
    bench.take(write_csv(bench.folder / "more.csv", ("von", "an", "wann", "Art"), more))
    assert boundary(service, "Entwicklung", "Vertrieb").errors[0]["extensions"]["code"] == "network.cell_hidden"


def both_solve(bench: Bench, *people: str, subject: str = "KANBAN", day: str = "2025-11-20") -> None:
    """Each has solved a case of a subject, and so have two of sales."""
    told = {"closed_at": f"{day}T12:00", "product": subject}
    rows = [
        case(f"{subject}-{one}", f"{day}T08:00", f"{subject} steht", solver=one, **told)
        for one in (*people, "v00", "v01")
    ]
    bench.cases(*rows, name=f"{subject}.csv")


MISSING = {"dormant": None, "cases": None, "earlier": "keiner, oder von zu wenigen"}


def test_who_does_the_same_work_and_never_met(bench: Bench, service: Service) -> None:
    people = [{"person": f"m{n:02}", "name": f"M {n}", "unit": "Montage"} for n in range(12)]
    bench.take(write_csv(bench.folder / "more.csv", ("person", "name", "unit"), people))
    both_solve(bench, *(f"{unit}{n:02}" for unit in "sm" for n in range(10)))
    both_solve(bench, *(f"e{n:02}" for n in range(12)), *(f"m{n:02}" for n in range(9)), subject="Druck")
    both_solve(bench, *(f"e{n:02}" for n in range(12)), *(f"s{n:02}" for n in range(12)), subject="Etikett")
    dormant, missing = ask(service, RECONNECT).data["reconnect"]["pairs"]
    assert (dormant["one"], dormant["other"], dormant["dormant"]) == ("Entwicklung", "Vertrieb", "10-19")
    told = "Hospitation in beide Richtungen: beide lösen Fälle zu KANBAN"
    assert missing == {"one": "Montage", "other": "Support", "gained": "20-49", "proposal": told, **MISSING}
    bench.take(
        write_csv(
            bench.folder / "met.csv",
            ("von", "an", "wann", "Art"),
            [{"von": "s00", "an": "m00", "wann": "2019-02-01T09:00", "Art": "CALL"}],
        )
    )
    assert len(ask(service, RECONNECT).data["reconnect"]["pairs"]) == 1


def test_old_work_in_common_proposes_nothing(bench: Bench, service: Service) -> None:
    people = [{"person": f"m{n:02}", "name": f"M {n}", "unit": "Montage"} for n in range(12)]
    bench.take(write_csv(bench.folder / "more.csv", ("person", "name", "unit"), people))
    both_solve(bench, *(f"{unit}{n:02}" for unit in "sm" for n in range(12)), day="2023-11-20")
    assert [one["dormant"] for one in ask(service, RECONNECT).data["reconnect"]["pairs"]] == ["10-19"]


def test_a_source_that_begins_makes_no_new_ties_on_a_boundary(bench: Bench, service: Service) -> None:
    calm = boundary(service, "Support", "Vertrieb").data["boundary"]
    chats = [
        {"von": f"s{one:02}", "an": f"v{(one + step) % 12:02}", "wann": f"2025-{month}-{day}T10:00", "Art": "CHAT"}
        for month in ("04", "05", "06")
        for day in range(10, 29, 2)
        for one in range(12)
        for step in (0, 3)
    ]
    bench.take(write_csv(bench.folder / "chats.csv", ("von", "an", "wann", "Art"), chats))
    found = boundary(service, "Support", "Vertrieb").data["boundary"]
    assert found == calm | {"remarks": found["remarks"]} and found["change"] == 0.0
    assert found["remarks"][0].startswith("Chat: Daten von 04/2025 bis 06/2025; erstes Zeitfenster 0 %")
    assert found["remarks"][0].endswith("deshalb nicht verglichen")


def test_what_the_sources_tell_of_the_last_year(bench: Bench, service: Service) -> None:
    told = ask(service, "{ reconnect { remarks } }").data["reconnect"]["remarks"]
    assert "Besuch: Daten von 06/2023 bis 06/2023; das letzte Jahr ist zu 0 % gedeckt" in told[-1]


def test_who_solves_but_belongs_to_no_unit_proposes_nothing(bench: Bench, service: Service) -> None:
    both_solve(bench, *(f"s{n:02}" for n in range(12)), "niemand", subject="Waage")
    assert [one["dormant"] for one in ask(service, RECONNECT).data["reconnect"]["pairs"]] == ["10-19"]


def test_a_boundary_of_which_no_source_tells_is_not_told(bench: Bench, service: Service) -> None:
    assert boundary(service, "Support", "Vertrieb", "2024-04", "2024-06").errors[0]["extensions"]["code"] == (
        "network.no_source"
    )
