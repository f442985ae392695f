"""How the service stands, for whoever runs it; nothing about people."""

from fastapi import APIRouter, Response

from graph_service.access import Purpose
from graph_service.web.visits import Visiting

router = APIRouter()


@router.get("/betrieb")
async def operation(visit: Visiting) -> Response:
    """The store, the rules, the last runs."""
    found = await visit.ask("operation", Purpose.OPERATION)
    health = found.of("health")
    facts = {one["name"]: one["value"] for one in health["facts"]}
    return visit.show(
        "operation.html",
        faults=health["faults"],
        facts={name: value for name, value in facts.items() if not name.startswith("rows.")},
        rows={name.removeprefix("rows."): value for name, value in facts.items() if name.startswith("rows.")},
        rules=found.of("ruleSets"),
        runs=[edge["node"] for edge in found.of("importRuns")["edges"]],
    )
