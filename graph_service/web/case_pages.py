"""A case, how it ended, and the cases that are like it."""

from fastapi import APIRouter, Response

from graph_service.access import Purpose
from graph_service.errors import UnknownId
from graph_service.web.visits import Visiting

router = APIRouter()


@router.get("/faelle/{case}")
async def one_case(visit: Visiting, case: str, von: str = "") -> Response:
    """The page of a case, by its global id."""
    found = await visit.ask("case", Purpose.CASE_HELP, id=case)
    value = found.of("case")
    if value is None:
        raise UnknownId("pages.case.gone")
    similar = [edge for edge in found.of("similarCases")["edges"] if edge["node"]["id"] != value["id"]]
    return visit.show("case.html", case=value, similar=similar, back=von if von in visit.who.questions else "")
