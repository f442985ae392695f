"""Any days, and exact figures of structure: for public data and the purpose EVALUATION only; through GraphQL."""

import gzip
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from askers import asker, context
from offices import AFTER, BEFORE, PEOPLE, Office, take_office
from workbench import NOW, Bench, write_csv

from graph_service.access import Asker, Purpose, Role
from graph_service.api.execution import run_now
from graph_service.intake.profiles import ImportProfile
from graph_service.model import Mapping
from graph_service.resources import text_folder
from graph_service.settings import Settings
from graph_service.store.base import Store
from graph_service.wiring import Service, service_of

DAYS = {"before": {"first": "2019-10-07", "last": "2019-10-20"}, "after": {"first": "2025-10-06", "last": "2025-11-02"}}
REST = """{ reserveIndex(window: {first: "2025-10", last: "2025-12"}) { headline }
  reconnect { headline } boundary(groups: {one: "Ulm", other: "Hamburg"}, event: {first: "2025-10", last: "2025-12"})
  { headline } }"""


def evaluator() -> Asker:
    return replace(asker(Role.ADMIN), purpose=Purpose.EVALUATION)


def asked(service: Service, who: Asker, **variables: Any) -> Any:
    document = (text_folder("queries") / "graphql" / "network_change.graphql").read_text(encoding="utf-8")
    return run_now(document, {**DAYS, "structure": True, **variables}, context(service, who=who))


def told(service: Service, who: Asker, **variables: Any) -> dict[str, Any]:
    outcome = asked(service, who, **variables)
    assert outcome.data and not outcome.errors, outcome.errors
    return dict(outcome.data["networkChange"])


def refusal(service: Service, who: Asker, **variables: Any) -> str:
    return str(asked(service, who, **variables).errors[0]["extensions"]["code"])


@pytest.fixture
def service(bench: Bench) -> Service:
    return service_of(bench.store, Settings(public_data=True)).at(bench.now)


def test_any_days_of_public_data(bench: Bench, service: Service) -> None:
    office = Office(sites=(("Ulm", 20), ("Hamburg", 20)), rate=1.0)
    take_office(bench, office)
    drawn = replace(office, seed=office.seed + len("MEETING"))
    spans = (("2019-10-07", "2019-10-21"), ("2025-10-06", "2025-11-03"))
    rows = [*drawn.contacts(BEFORE, 14), *drawn.contacts(AFTER, 14, later=True)]
    counted = [
        Counter(tuple(sorted((one, other))) for one, other, day in rows if first <= str(day) < until)
        for first, until in spans
    ]
    found = told(service, evaluator())
    assert found["before"] == {"first": "2019-10-07", "last": "2019-10-20"} and found["purpose"] == "EVALUATION"
    assert found["ties"]["before"] == len(counted[0]) and found["ties"]["after"] == len(counted[1])
    assert found["contacts"] == {"before": counted[0].total(), "after": counted[1].total()}
    graph = nx.Graph(list(counted[0]))
    exact = found["structure"]["before"]
    assert exact["clustering"] == pytest.approx(nx.average_clustering(graph), abs=1e-9)
    assert exact["transitivity"] == pytest.approx(nx.transitivity(graph), abs=1e-9)
    quarters = {"before": {"first": "2019-10", "last": "2019-12"}, "after": {"first": "2025-10", "last": "2025-12"}}
    as_analyst, whole = (told(service, who, **quarters) for who in (asker(Role.ANALYST), evaluator()))
    assert as_analyst["ties"] == whole["ties"] and as_analyst["structure"]["before"]["clustering"] == pytest.approx(
        whole["structure"]["before"]["clustering"], abs=0.005
    )


def test_bad_days(bench: Bench, service: Service) -> None:
    take_office(bench, Office(sites=(("Ulm", 12), ("Hamburg", 12))))
    assert refusal(service, asker(Role.ANALYST)) == "network.free_days"
    for first, last, code in (
        ("2019-02-30", "2019-03-04", "network.no_month"),
        ("2019-10-07", "2019-10-06", "network.backwards"),
        ("1492-10-07", "1492-10-12", "network.no_month"),
        ("2026-05-11", "2026-05-12", "network.not_over"),
        ("2025-10-07", "2025-10-12", "network.overlap"),
    ):
        assert refusal(service, evaluator(), before={"first": first, "last": last}) == code


def test_not_where_a_house_keeps_its_own_people(bench: Bench, service: Service) -> None:
    take_office(bench, Office(sites=(("Ulm", 12), ("Hamburg", 12))))
    agreed = ImportProfile("Werk Ulm", "Betriebsvereinbarung", (Purpose.NETWORK_ANALYSIS, Purpose.EVALUATION))
    unset = service_of(bench.store, Settings()).at(bench.now)
    assert refusal(unset, evaluator()) == "network.not_public"
    told(service, evaluator())
    person = {"person": "neu", "name": "Nina Neu", "unit": "Ulm", "site": "Ulm"}
    bench.take(write_csv(bench.folder / "house.csv", PEOPLE, [person]), profile=agreed)
    assert refusal(service, evaluator()) == "network.not_public"
    outcome = run_now(REST, {}, context(service, who=evaluator()))
    codes = {error["extensions"]["code"] for error in outcome.errors}
    bench.undo(bench.store.runs()[0].number)
    assert refusal(service, evaluator()) == "network.not_public"  # for good
    assert codes == {"network.not_public"} and len(outcome.errors) == 3


def test_an_office_over_two_weeks_is_what_anybody_counts(
    shared: Path, make_embedded: Callable[[str], Store], tmp_path: Path
) -> None:
    folder = shared / "contacts"
    bench = Bench(make_embedded("office"), tmp_path, NOW)
    bench.take(folder / "workplace_InVS15_metadata.txt")
    begins = Mapping("proximity", settings=(("begins", "2015-06-01"), ("zone", "UTC")))
    bench.take(folder / "workplace_InVS15_tij.dat.gz", mappings=(begins,))
    service = service_of(bench.store, Settings(analysis_by="department", public_data=True)).at(bench.now)
    weeks = {
        "before": {"first": "2015-06-01", "last": "2015-06-07"},
        "after": {"first": "2015-06-08", "last": "2015-06-14"},
    }
    found = told(service, evaluator(), **weeks)
    pairs: list[set[tuple[int, int]]] = [set(), set()]
    with gzip.open(folder / "workplace_InVS15_tij.dat.gz", "rt") as lines:
        for at, one, other in map(str.split, lines):
            pairs[(int(at) - 20) // 86_400 // 7].add((min(int(one), int(other)), max(int(one), int(other))))
    for name, counted in zip(("before", "after"), pairs, strict=True):
        graph, figures = nx.Graph(list(counted)), found["structure"][name]
        assert found["ties"][name] == len(counted) and found["people"][name] == graph.number_of_nodes()
        assert figures["clustering"] == pytest.approx(nx.average_clustering(graph), abs=1e-6)
        constraint = nx.constraint(graph)
        assert figures["meanConstraint"] == pytest.approx(sum(constraint.values()) / len(constraint), abs=1e-6)
    assert found["ties"]["kept"] == len(pairs[0] & pairs[1])
