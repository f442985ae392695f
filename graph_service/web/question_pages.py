"""The question and its answer: asked, corrected in place, carried on when nobody picks up, overridden with a reason."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Response

from graph_service.access import Purpose, Role
from graph_service.errors import InputRefused, Told, UnknownId
from graph_service.text.messages import sentence
from graph_service.web.answer_view import shown
from graph_service.web.own_pages import tell_of_overrides
from graph_service.web.sessions import Question
from graph_service.web.typed import line, typed_moment, zone_of
from graph_service.web.visits import Visit, Visiting

router = APIRouter()
HELP = Purpose.CASE_HELP
DIRECTORY = (Role.ESCALATION_MANAGER, Role.DEPUTY)
"""Who may look people up by name."""
NAMES_SHOWN = 5
EARLIER_SHOWN = 6
MOST_LETTERS, LONGEST_WORD, LONGEST_ID, MOST_TRIED = 100_000, 500, 200, 20
"""How much of a form is kept in a session; the interface says what is too long for it."""
_NAMED = ("customer", "contact", "system")
_WORDS = (*_NAMED, "mode", "priority", "impact", "confirmedBy")


@router.get("/fragen")
async def ask(visit: Visiting) -> Response:
    """The empty question; in the demo its own stands there ready to be sent."""
    await visit.enter(HELP)
    await tell_of_overrides(visit)
    before = {question.text: name for name, question in visit.who.questions.items() if question.text}
    earlier = list(before.items())[::-1][:EARLIER_SHOWN]
    return visit.show("question.html", text=visit.site.question, fault="", earlier=earlier)


@router.post("/fragen")
async def asked(visit: Visiting) -> Response:
    """Takes a question, or a case to be asked about, and goes to its answer."""
    form = await visit.form()
    await visit.acting(HELP)  # counted: each question is kept
    question = Question(line(form, "text")[: MOST_LETTERS + 1], line(form, "fall")[:LONGEST_ID])
    return visit.go(f"/fragen/{visit.who.keep(question)}")


@router.post("/fragen/{name}/berichtigen")
async def corrected(visit: Visiting, name: str) -> Response:
    """Asks again with what was corrected; what was only supposed stays so unless somebody changed it."""
    form, question = await visit.form(), _question(visit, name)
    typed = {field: line(form, field)[:LONGEST_WORD] for field in (*_WORDS, "classes", "day", "time", "withoutLogs")}
    changed = {field for field in typed if line(form, field) != line(form, f"was-{field}")}
    given = dict(question.given) | {field: typed[field] for field in _WORDS if field in changed}
    given |= {"withoutLogs": "withoutLogs" in form}
    if "classes" in changed:
        given["classes"] = [one.strip() for one in line(form, "classes").split(",") if one.strip()]
    try:
        if changed & {"day", "time"}:
            until = typed_moment(line(form, "day"), line(form, "time"), visit.now, zone_of(line(form, "zone")))
            given["deadline"] = until.isoformat() if until else None
    except InputRefused as refused:
        visit.tell_why(refused)
        visit.who.go_on(name, replace(question, typed=typed))
        return visit.go(f"/fragen/{name}#korrektur")
    again = Question(question.text, question.case_id, {field: value for field, value in given.items() if value})
    return visit.go(f"/fragen/{visit.who.keep(again)}")


@router.post("/fragen/{name}/waehlen")
async def chosen(visit: Visiting, name: str) -> Response:
    """Takes one of several that a name may mean, and asks again."""
    form, question = await visit.form(), _question(visit, name)
    given = dict(question.given) | {field: line(form, field)[:LONGEST_WORD] for field in _NAMED if field in form}
    text = line(form, "text")[: MOST_LETTERS + 1] or question.text
    return visit.go(f"/fragen/{visit.who.keep(Question(text, question.case_id, given))}")


@router.get("/fragen/{name}")
async def answer(visit: Visiting, name: str) -> Response:
    """The answer, asked anew each time: what somebody has said of themselves since counts."""
    question = visit.who.questions.get(name)
    if question is None:
        await visit.enter(HELP)
        visit.who.tell(sentence("pages.question_gone", visit.language), is_fault=True)
        return visit.go("/fragen")
    given = dict(question.given) or None
    found = await visit.ask("recommend_experts", HELP, problem=_problem(question), given=given, limit=NAMES_SHOWN)
    try:
        value: Mapping[str, Any] = found.of("recommendExperts")
    except Told as refused:
        return visit.show("question.html", 400, text=question.text, fault=refused.values["message"], earlier=())
    view = shown(value, question, visit.language)
    return visit.show(
        "answer.html",
        answer=value,
        strip=value["strip"],
        around=value["around"],
        question=question,
        name=name,
        view=view,
        zone=view.zone,
        may_refer=bool(value["around"]["mayKnow"] or not value["experts"]) and visit.who.role_for(HELP) in DIRECTORY,
    )


def _problem(question: Question) -> dict[str, str]:
    return {"caseId": question.case_id} if question.case_id else {"text": question.text}


@router.post("/fragen/{name}/nicht-erreicht")
async def unreached(visit: Visiting, name: str) -> Response:
    """Goes on to the next door of somebody, or back to the first; the clock stays."""
    form, question = await visit.form(), _question(visit, name)
    person = line(form, "person")[:LONGEST_ID]
    again = 0 if line(form, "doch") else question.unreached.get(person, 0) + 1
    tried = dict(question.unreached) | {person: again}
    if len(tried) > MOST_TRIED:
        raise InputRefused("pages.unfit")
    visit.who.go_on(name, replace(question, unreached=tried))
    return visit.go(f"/fragen/{name}#{line(form, 'anchor')}")


@router.post("/fragen/{name}/uebersteuern")
async def overridden(visit: Visiting, name: str) -> Response:
    """Overrides a red flag, by confirmed impact, mandate and reason; the number follows."""
    form, question = await visit.form(), _question(visit, name)
    person, confirmed = line(form, "person"), line(form, "confirmedBy")
    told = {
        "person": person,
        "problem": question.text,
        "caseId": question.case_id or None,
        "impact": line(form, "impact"),
        "confirmedBy": confirmed,
        "reason": line(form, "reason"),
    }
    try:
        done = (await visit.ask("override_red_flag", HELP, input=told)).done("overrideRedFlag")
    except Told as refused:
        visit.tell_why(refused)
        return visit.go(f"/fragen/{name}")
    visit.who.tell(done["sentence"])
    said = {"impact": told["impact"], "confirmedBy": confirmed, "overrideReason": told["reason"]}
    numbers = dict(question.numbers) | {person: done["number"]}
    tried = {one: often for one, often in question.unreached.items() if one != person}
    given = dict(question.given) | said
    visit.who.go_on(name, replace(question, given=given, unreached=tried, numbers=numbers))
    return visit.go(f"/fragen/{name}#{line(form, 'anchor')}")


@router.post("/fragen/{name}/entschieden")
async def decided(visit: Visiting, name: str) -> Response:
    """Notes whom a human chose, and why."""
    form = await visit.form()
    _question(visit, name)
    told = {
        "recommendation": line(form, "recommendation"),
        "person": line(form, "person") or None,
        "reason": line(form, "reason"),
    }
    try:
        (await visit.ask("choose_expert", HELP, input=told)).done("chooseExpert")
        visit.who.tell(sentence("pages.chosen", visit.language))
    except Told as refused:
        visit.tell_why(refused)
    return visit.go(f"/fragen/{name}")


@router.post("/fragen/{name}/gesprochen")
async def spoken_with(visit: Visiting, name: str) -> Response:
    """Notes that one has spoken with the customer's contact."""
    form = await visit.form()
    _question(visit, name)
    try:
        told = {"contact": line(form, "contact"), "kind": "CALL"}
        done = (await visit.ask("record_conversation", HELP, input=told)).done("recordConversation")
        visit.who.tell(done["sentence"])
    except Told as refused:
        visit.tell_why(refused)
    return visit.go(f"/fragen/{name}")


@router.post("/fragen/{name}/verweis")
async def referred(visit: Visiting, name: str) -> Response:
    """Notes who could not help and named whom; the next question finds the way."""
    form, question = await visit.form(), _question(visit, name)
    try:
        by, to = [await _one_called(visit, line(form, field)) for field in ("by", "to")]
        told = {"by": by, "to": to, "problem": question.text}
        done = (await visit.ask("record_referral", HELP, input=told)).done("recordReferral")
        visit.who.tell(done["sentence"])
    except Told as refused:
        visit.tell_why(refused)
    return visit.go(f"/fragen/{name}")


async def _one_called(visit: Visit, name: str) -> str:
    """The id of the one person that a name, or name and unit by a comma, means; raises Told with who it may be."""
    found = (await visit.ask("people", HELP, name=name.partition(",")[0])).of("people")
    exact = [
        one for one in found if name.casefold() in (one["name"].casefold(), f"{one['name']}, {one['unit']}".casefold())
    ]
    fitting = exact if len(exact) == 1 else found
    if len(fitting) != 1:
        known = " / ".join(f"{one['name']}, {one['unit']}" for one in fitting)
        code = "pages.referral.several" if fitting else "pages.referral.nobody"
        raise Told(sentence(code, visit.language, name=name[:LONGEST_WORD], people=known), code)
    return str(fitting[0]["id"])


def _question(visit: Visit, name: str) -> Question:
    """A question of this session; raises UnknownId."""
    question = visit.who.questions.get(name)
    if question is None:
        raise UnknownId("pages.question_gone")
    return question
