"""Signing in and out: by the provider, in the demo by a one-time link; whoever has no session sees nothing else."""

import anyio.to_thread
from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from graph_service.access import Role
from graph_service.audit import AuditEvent
from graph_service.errors import AccessRefused
from graph_service.web.code_flow import CALLBACK, HOLDS as FLOW_HOLDS
from graph_service.web.navigation import NAVIGATION
from graph_service.web.sessions import HOLDS, Session
from graph_service.web.visits import COOKIE, Visit, Visiting

router = APIRouter()
LOOPBACK = ("localhost", "127.0.0.1", "::1")
STATE_COOKIE = "expert-graph-sign-in"


@router.get("/")
async def home(visit: Visiting) -> Response:
    """Goes to the first page that somebody may open, which tells them what is new."""
    who = visit.who
    first = next((entry.path for entry in NAVIGATION if entry.is_open_to(who.identity)), None)
    return visit.go(first) if first else visit.show("home.html")


@router.get("/anmelden")
async def sign_in(visit: Visiting) -> Response:
    """Says how one signs in."""
    if visit.session is not None:
        return visit.go("/")
    return visit.show("sign_in.html", has_provider=visit.site.signing.flow is not None)


@router.get("/anmelden/los")
def begin(visit: Visiting) -> Response:
    """Goes to the provider."""
    flow = visit.site.signing.flow
    here = visit.request.base_url
    if flow is None or not (visit.site.own or here.hostname in LOOPBACK):  # a Host header is anybody's word
        raise AccessRefused("access.no_provider")
    own = visit.site.own or str(here).rstrip("/")
    address, held = flow.begin(f"{own}{CALLBACK}")
    away = RedirectResponse(address, 303)
    away.set_cookie(STATE_COOKIE, held, FLOW_HOLDS, path=CALLBACK, httponly=True, samesite="lax", secure=visit.is_safe)
    return away


@router.get(CALLBACK)
def come_back(visit: Visiting, state: str = "", code: str = "") -> Response:
    """Takes in who comes back from the provider. The page goes on by itself: a cookie of ours alone does not travel
    with a redirect that began at another site."""
    flow = visit.site.signing.flow
    held = visit.request.cookies.get(STATE_COOKIE, "")
    if flow is None or not state or not code:
        raise AccessRefused("access.sign_in_broken")
    found = flow.finish(visit.site.doors.service.store, state, held, code)
    page = _taken_in(visit, visit.site.signing.by_provider(found), visit.show("signed_in.html"))
    page.delete_cookie(STATE_COOKIE, path=CALLBACK)
    return page


@router.get("/demo/{token}")
def by_link(visit: Visiting, token: str) -> Response:
    """Takes in whoever has a one-time link of the demo."""
    return _taken_in(visit, visit.site.signing.by_link(token), visit.show("signed_in.html"))


@router.get("/demo")
async def invented(visit: Visiting) -> Response:
    """The invented people of the demo, for whoever has come in by a link."""
    if not visit.who.is_demo:
        raise AccessRefused("access.link_used")
    return visit.show("invented.html", people=visit.site.signing.people)


@router.post("/demo")
async def change(visit: Visiting) -> Response:
    """Goes on as another invented person."""
    form = await visit.form()
    people = {one.subject: one for one in visit.site.signing.people}
    chosen = people.get(str(form.get("person")))
    if not visit.who.is_demo or chosen is None:
        raise AccessRefused("access.link_used")
    session = visit.site.signing.as_invented(chosen)
    return await anyio.to_thread.run_sync(_taken_in, visit, session, visit.go("/"))


@router.post("/rolle")
async def act_as(visit: Visiting) -> Response:
    """Acts in another of one's roles."""
    form = await visit.form()
    wanted = str(form.get("rolle"))
    if wanted not in visit.who.identity.roles:
        raise AccessRefused("access.not_your_role", roles=", ".join(visit.who.identity.roles))
    visit.who.act_as(Role(wanted))
    return visit.go("/")


@router.post("/abmelden")
async def sign_out(visit: Visiting) -> Response:
    """Ends the session of this browser."""
    await visit.form()
    await visit.note("session:ended")
    visit.site.sessions.end(visit.request.cookies.get(COOKIE, ""))
    gone = visit.go("/anmelden")
    gone.delete_cookie(COOKIE, path="/")
    return gone


def _taken_in(visit: Visit, session: Session, page: HTMLResponse | RedirectResponse) -> Response:
    event = AuditEvent("session:begun", session.identity.subject, "", "", detail={"demo": int(session.is_demo)})
    visit.site.doors.service.journal.write(event)
    visit.site.sessions.end(visit.request.cookies.get(COOKIE, ""))
    name = visit.site.sessions.begin(session)
    page.set_cookie(COOKIE, name, HOLDS // 1000, path="/", httponly=True, samesite="strict", secure=visit.is_safe)
    return page
