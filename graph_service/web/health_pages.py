"""How the service stands, for whoever runs it; nothing about people."""

from fastapi import APIRouter, Response

from graph_service.access import Purpose
from graph_service.text.messages import Spoken, sentence
from graph_service.web.own_pages import tell_of_overrides
from graph_service.web.visits import Visiting

router = APIRouter()
ROWS, NO_KEY = "rows.", "null_keys."


def _label(name: str, language: Spoken) -> str:
    """What a fact of the store is called."""
    if name.startswith(NO_KEY):
        kind = sentence(f"pages.fact.{ROWS}{name.removeprefix(NO_KEY)}", language)
        return sentence("pages.fact.null_keys", language, rows=kind)
    return sentence(f"pages.fact.{name}", language)


def _value(name: str, value: str, language: Spoken) -> str:
    """What is told of a fact, the state of the index in words."""
    return sentence(f"pages.fact_is.{value}", language) if name == "index" else value or "–"


@router.get("/betrieb")
async def operation(visit: Visiting) -> Response:
    """The store, the rules, the last runs."""
    found = await visit.ask("operation", Purpose.OPERATION)
    await tell_of_overrides(visit)
    health = found.of("health")
    facts = {one["name"]: one["value"] for one in health["facts"]}
    rows = {name: value for name, value in facts.items() if name.startswith(ROWS)}
    return visit.show(
        "operation.html",
        faults=[_label(name, visit.language) for name in health["faults"]],
        facts=[
            (_label(name, visit.language), _value(name, value, visit.language), name in health["faults"])
            for name, value in facts.items()
            if name not in rows
        ],
        rows=sorted((_label(name, visit.language), value) for name, value in rows.items() if value != "0"),
        rules=found.of("ruleSets"),
        runs=[edge["node"] for edge in found.of("importRuns")["edges"]],
    )
