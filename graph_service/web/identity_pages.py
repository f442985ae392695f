"""Who is who: accounts that nobody could place, one after the other; a human decides."""

from urllib.parse import quote

from fastapi import APIRouter, Response

from graph_service.access import Purpose
from graph_service.errors import InputRefused, Told
from graph_service.identity.linking import IdentityVerdict
from graph_service.text.messages import sentence
from graph_service.web.typed import line
from graph_service.web.visits import Visiting

router = APIRouter()
UPKEEP = Purpose.SKILL_UPKEEP
LINES = 100


@router.get("/dieselbe-person")
async def identities(visit: Visiting, konto: str = "") -> Response:
    """Accounts that nobody could place, one after the other; by keyboard."""
    lines = (await visit.ask("identity_queue", UPKEEP, first=LINES)).of("identityQueue") or []
    at = next((place for place, one in enumerate(lines) if one["account"] == konto), 0)
    one, after = (lines[at], lines[(at + 1) % len(lines)]["account"]) if lines else (None, "")
    return visit.show("identity.html", lines=lines, one=one, at=at, next=after)


@router.post("/dieselbe-person")
async def decide(visit: Visiting) -> Response:
    """Keeps a decision, and goes on to the next."""
    form = await visit.form()
    verdict, other = line(form, "verdict"), line(form, "other")
    told = {"account": line(form, "account"), "verdict": verdict, "other": other or None}
    if verdict not in IdentityVerdict.__members__:
        raise InputRefused("pages.no_such_page")
    if verdict == "LATER":
        return visit.go(f"/dieselbe-person?konto={quote(line(form, 'next'))}")
    if verdict == "EXTERNAL":
        told["other"] = None
    try:
        (await visit.ask("decide_identity", UPKEEP, input=told)).done("decideIdentity")
        visit.who.tell(sentence(f"pages.identity.done.{verdict}", visit.language))
    except Told as refused:
        visit.tell_why(refused)
    return visit.go(f"/dieselbe-person?konto={quote(line(form, 'next'))}")
