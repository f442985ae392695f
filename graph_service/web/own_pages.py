"""What is one's own: the profile with doors, claims, ratings and what it was used for, and the network."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response
from starlette.datastructures import FormData

from graph_service.access import Purpose
from graph_service.access.roles import PARTICIPATION
from graph_service.errors import InputRefused
from graph_service.evidence.open_hours import WEEKDAYS
from graph_service.text.messages import sentence
from graph_service.web.rendering import HOME, clock, short_day
from graph_service.web.typed import end_of, line, typed_moment, typed_time, zone_of
from graph_service.web.visits import Visit, Visiting

router = APIRouter()
OWN = Purpose.SELF_SERVICE
STATES = ("OFFICE", "HOME", "TRAVELLING", "OFF")
ROWS_SHOWN = 20
OTHER_WAYS = ("WORKING_HOURS", "FOCUS", "AWAY", "ON_SITE")
REASONS_SHOWN = 4
TOLD_FIRST = ("skill_claim", "profile")
_NOBODY: Mapping[str, Any] = {"accounts": ()}
_FLAG_HOURS = 4
_OF_LATE = timedelta(days=7)
Act = Callable[[Visit, FormData], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Hours:
    """A consultation hour as it is typed; days that no list names are all of them."""

    weekdays: frozenset[str]
    begins: str
    ends: str

    @classmethod
    def of(cls, way: Mapping[str, Any]) -> "Hours":
        """Of what is told of it; a list may name no time."""
        begins, _, ends = way["hours"].partition("-")
        return cls(frozenset(way["weekdays"].split(",") if way["weekdays"] else WEEKDAYS), begins, ends)


async def tell_of_overrides(visit: Visit) -> None:
    """Says on the next page, once in a session, who has rung of late in spite of one's red flag."""
    if visit.who.role_for(OWN) is None:
        return
    viewer = (await visit.ask("my_overrides", OWN)).data.get("viewer") or {}
    late = visit.now - _OF_LATE
    of_late = [one for one in viewer.get("overrides") or () if datetime.fromisoformat(one["at"]) > late]
    news = [one for one in of_late if visit.who.announces(f"override {one['at']}")]
    if not news:
        return
    own = (await visit.ask("my_zone", OWN)).data.get("viewer") or {}
    zone = ZoneInfo(own.get("zone") or HOME.key)
    for one in news:
        told = {"by": one["by"] or sentence("pages.own.somebody", visit.language), "reason": one["reason"]}
        when = f"{short_day(one['at'], visit.language, zone)} {clock(one['at'], zone)}"
        visit.who.tell(sentence("pages.own.overridden_told", visit.language, when=when, **told), is_fault=True)


@router.get("/mein-profil")
async def profile(visit: Visiting) -> Response:
    """What is stored about oneself, from where, and what it was used for."""
    viewer: Mapping[str, Any] = (await visit.ask("my_profile", OWN)).of("viewer")
    ways: dict[str, list[Mapping[str, Any]]] = {}
    for way in viewer["ways"]:
        ways.setdefault(way["kind"], []).append(way)
    flags = [one for one in ways.get("RED_FLAG", ()) if _began(one, visit.now)]
    return visit.show(
        "my_profile.html",
        zone=ZoneInfo(viewer["zone"] or HOME.key),
        viewer=viewer,
        ways=ways,
        flag=flags[0] if flags else None,
        flag_until=visit.now + timedelta(hours=_FLAG_HOURS),
        opens_cases=visit.who.role_for(Purpose.CASE_HELP) is not None,
        weekdays=WEEKDAYS,
        other_ways=[one for one in viewer["ways"] if one["kind"] in OTHER_WAYS],
        hours=[Hours.of(one) for one in ways.get("CONSULTATION_HOUR", ())],
        states=STATES,
        named=_grouped(viewer["recommendationsAboutMe"])[:ROWS_SHOWN],
        changes=[one for one in viewer["changes"] if one["kind"] in TOLD_FIRST][:ROWS_SHOWN],
        other_changes=[one for one in viewer["changes"] if one["kind"] not in TOLD_FIRST],
        accounts=sorted({f"{one['source']}: {one['key']}" for one in (viewer["person"] or _NOBODY)["accounts"]}),
    )


def _grouped(named: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Where one was named, alike ones of a week once with how often; of the reasons the first."""
    often = Counter(
        (one["week"], one["role"], tuple(one["places"]), tuple(one["reasons"][:REASONS_SHOWN])) for one in named
    )
    return [
        {"week": week, "role": role, "places": places, "reasons": reasons, "times": times}
        for (week, role, places, reasons), times in often.items()
    ]


def _began(way: Mapping[str, Any], now: datetime) -> bool:
    return way["fromAt"] is None or datetime.fromisoformat(way["fromAt"]) <= now


@router.post("/mein-profil/{what}")
async def change(visit: Visiting, what: str) -> Response:
    """Says something about oneself, or objects to something that was said."""
    form = await visit.form()
    act = _ACTS.get(what)
    if act is None:
        raise InputRefused("pages.no_such_page")
    try:
        visit.who.tell(await act(visit, form))
    except InputRefused as refused:
        visit.tell_why(refused)
    return visit.go(f"/mein-profil#{line(form, 'anchor')}")


async def _said(visit: Visit, name: str, field: str, told: Mapping[str, object]) -> str:
    """Says it, and returns what holds now."""
    return str((await visit.ask(name, OWN, input=told)).done(field)["sentence"])


def _until(visit: Visit, form: FormData) -> str:
    """Until when, as it must be typed; raises InputRefused."""
    until = typed_moment(line(form, "day"), line(form, "time"), visit.now, zone_of(line(form, "zone")))
    if until is None:
        raise InputRefused("pages.no_time")
    return until.isoformat()


async def _flag(visit: Visit, form: FormData) -> str:
    if line(form, "state") == "off":
        return await _said(visit, "set_red_flag", "setRedFlag", {"until": None})
    until = _until(visit, form)
    return await _said(visit, "set_red_flag", "setRedFlag", {"until": until})


async def _presence(visit: Visit, form: FormData) -> str:
    until = _until(visit, form)
    told = {"state": line(form, "state"), "until": until, "place": line(form, "place")}
    return await _said(visit, "set_presence", "setPresence", told)


async def _hours(visit: Visit, form: FormData) -> str:
    days = [day for day in WEEKDAYS if day in form]
    if not days:  # to the interface none is each day
        raise InputRefused("pages.own.no_weekday")
    begins, ends = (typed_time(line(form, name)) for name in ("begins", "ends"))
    told = {
        "kind": "CONSULTATION_HOUR",
        "weekdays": ",".join(days),
        "hours": f"{begins:%H:%M}-{ends:%H:%M}",
        "until": visit.now.isoformat() if line(form, "state") == "off" else None,
    }
    return await _said(visit, "set_door", "setDoor", told)


async def _cap(visit: Visit, form: FormData) -> str:
    try:
        amount = float(line(form, "amount").replace(",", ".") or 0)
    except ValueError:
        raise InputRefused("pages.bad_number", value=line(form, "amount")[:40]) from None
    return await _said(visit, "set_door", "setDoor", {"kind": "CAP", "amount": amount})


async def _preferred(visit: Visit, form: FormData) -> str:
    return await _said(visit, "set_door", "setDoor", {"kind": "PREFERRED", "text": line(form, "text")})


async def _reserve(visit: Visit, form: FormData) -> str:
    day = line(form, "day")
    until = end_of(day, visit.now, zone_of(line(form, "zone"))).isoformat() if day else None
    if line(form, "state") == "off":
        until = visit.now.isoformat()
    told = {"customer": line(form, "customer"), "until": until}
    return await _said(visit, "set_reservation", "setReservation", told)


async def _visibility(visit: Visit, form: FormData) -> str:
    """Of oneself, or of one claim."""
    told: dict[str, object] = {"purposes": [one.value for one in PARTICIPATION if one.value in form]}
    if line(form, "claim"):
        told["claim"] = line(form, "claim")
    (await visit.ask("set_visibility", OWN, input=told)).done("setVisibility")
    return sentence("pages.own.visibility_set", visit.language)


async def _claim(visit: Visit, form: FormData) -> str:
    told = {"claim": line(form, "claim"), "forGood": line(form, "how") == "delete"}
    (await visit.ask("hide_skill", OWN, input=told)).done("hideSkill")
    return sentence("pages.own.claim_deleted" if told["forGood"] else "pages.own.claim_hidden", visit.language)


async def _object(visit: Visit, form: FormData) -> str:
    told = {"rating": line(form, "rating"), "statement": line(form, "statement")}
    return await _said(visit, "dispute_rating", "disputeRating", told)


_ACTS: Mapping[str, Act] = {
    "fahne": _flag,
    "anwesenheit": _presence,
    "sprechstunde": _hours,
    "grenze": _cap,
    "ansprache": _preferred,
    "vorbehalt": _reserve,
    "sichtbarkeit": _visibility,
    "angabe": _claim,
    "einwand": _object,
}


@router.get("/mein-netz")
async def network(visit: Visiting) -> Response:
    """One's own ties; nobody else is told."""
    await tell_of_overrides(visit)
    viewer: Mapping[str, Any] = (await visit.ask("my_network", OWN)).of("viewer")
    ties = viewer["network"]["ties"]
    return visit.show(
        "my_network.html",
        network=viewer["network"],
        living=[tie for tie in ties if tie["isLiving"]],
        dormant=[tie for tie in ties if not tie["isLiving"]],
    )
