"""What thinned, asked through GraphQL on both stores."""

import pytest
from askers import asker, context
from offices import Office, take_office
from workbench import Bench

from graph_service.access import Role
from graph_service.api.execution import run_now
from graph_service.resources import text_folder
from graph_service.settings import Settings
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
    take_office(bench, Office(cut=0.6))
    found = change(service)
    print(found)
    assert found["isThinned"]
    assert "zwischen Standorten" in found["headline"] and "abgerissen" in found["headline"]
