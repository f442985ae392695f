"""The network since Corona: what thinned, what still carries, where knowledge is thin; groups only, never a name."""

import asyncio
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Response

from graph_service.access import Purpose
from graph_service.errors import AnalysisRefused, Told
from graph_service.network.typed_months import typed_months
from graph_service.network_tables import beside_shares
from graph_service.text.messages import sentence
from graph_service.web.own_pages import tell_of_overrides
from graph_service.web.rendering import pictures
from graph_service.web.sessions import Analysing
from graph_service.web.visits import Visit, Visiting

router = APIRouter()
GROUPS = Purpose.NETWORK_ANALYSIS
BEFORE = "2019-Q4"
"""The last quarter before Corona."""
PATIENCE = 4.0
"""Seconds for which the page waits; longer work says that it is under way."""
FRESH = 600_000
"""Milliseconds for which an analysis is shown again as it was: it is of whole months, and decided once a month."""
KINDS = ("change", "reserves", "islands", "reconnect")


@router.get("/netz")
async def network(visit: Visiting, von: str = "", bis: str = "") -> Response:
    """Two windows beside each other, and what the later one lives off."""
    role = await visit.enter(GROUPS)
    before, after = von.strip() or BEFORE, bis.strip() or f"{visit.now.year - 1}-Q4"
    try:
        asked = {"before": typed_months(before), "after": typed_months(after)}
    except AnalysisRefused as refused:
        fault = sentence(refused.code, visit.language, **refused.values)
        return visit.show("analysis.html", 400, von=before, bis=after, fault=fault, **_nothing())
    name = (before, after, visit.language, role)
    now = visit.site.doors.service.wall()
    begun = visit.who.analyses.get(name)
    if begun is None or now - begun.at > FRESH or (begun.work.done() and begun.work.exception()):
        begun = Analysing(asyncio.create_task(_analysed(visit, asked["before"], asked["after"])), now)
        visit.who.analyse(name, begun)
    done, _ = await asyncio.wait([begun.work], timeout=PATIENCE)
    if not done:
        return visit.show("analysing.html", before=before, after=after)
    found = begun.work.result()
    told = dict(zip(KINDS, found, strict=True))
    parts: dict[str, object] = {
        kind: None if value is None else pictures(kind, value, visit.language) for kind, (value, _) in told.items()
    }
    await tell_of_overrides(visit)
    reserves = told["reserves"][0]
    parts |= {"refused": {kind: why for kind, (_, why) in told.items()}, "year": asked["after"]["last"][:4]}
    parts |= {"beside": beside_shares(reserves, visit.language) if reserves else []}
    return visit.show("analysis.html", 200, von=before, bis=after, fault=told["change"][1], **parts)


async def _analysed(
    visit: Visit, before: Mapping[str, str], after: Mapping[str, str]
) -> list[tuple[Mapping[str, Any] | None, str]]:
    """All four analyses, one after the other: each is heavy."""
    year = after["last"][:4]
    return [
        await _found(visit, "network_change", "networkChange", before=before, after=after, quarters=True),
        await _found(visit, "reserve_index", "reserveIndex", window=after),
        await _found(
            visit, "knowledge_islands", "knowledgeIslands", window={"first": f"{year}-01", "last": f"{year}-12"}
        ),
        await _found(visit, "reconnect", "reconnect"),
    ]


def _nothing() -> dict[str, Any]:
    return {**dict.fromkeys(KINDS), "refused": dict.fromkeys(KINDS, ""), "year": "", "beside": []}


async def _found(visit: Visit, name: str, field: str, **variables: object) -> tuple[Mapping[str, Any] | None, str]:
    """An analysis, or why there is none."""
    try:
        return (await visit.ask(name, GROUPS, **variables)).of(field), ""
    except Told as refused:
        return None, str(refused.values["message"])
