"""Taking files in: looked at first, corrected in how they are read, taken in, undone."""

import asyncio
import base64
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import anyio.to_thread
from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import FormData, UploadFile

from graph_service.access import Purpose
from graph_service.api.uploading import bring, check_may_bring
from graph_service.errors import InputRefused, Told, UnknownId
from graph_service.intake.mappings import mapping_text, parsed_mappings
from graph_service.intake.uploads import MOST_BYTES
from graph_service.text.messages import Spoken, sentence
from graph_service.web.own_pages import tell_of_overrides
from graph_service.web.sessions import Taking
from graph_service.web.shielding import FORM_BYTES
from graph_service.web.typed import form_typed, line, typed_day
from graph_service.web.visits import Found, Visit, Visiting

router = APIRouter()
UPKEEP = Purpose.SKILL_UPKEEP
PATIENCE = 4.0
"""Seconds for which a page waits for a file; a longer one shows how far it is."""
CHUNK = 262_144
LONGEST_NAME = 60
RUNS_SHOWN = 15
WAYS_ON: Mapping[str, tuple[str, ...]] = {
    "file.questions": ("proposed",),
    "file.too_many_bad": ("anyway",),
    "file.too_much_gone": ("anyway",),
    "file.unknown_format": ("format",),
    "file.two_formats": ("format",),
    "file.no_such_format": ("format",),
    "file.missing_column": ("format",),
}
"""Why a file was refused -> by which acts it may be looked at all the same."""


@router.get("/einspielen")
async def desk(visit: Visiting, nach: str = "") -> Response:
    """Where a file is brought, what came before, and how many accounts wait to be placed."""
    found = await visit.ask("import_desk", UPKEEP, first=RUNS_SHOWN, after=nach or None)
    await tell_of_overrides(visit)
    runs = found.of("importRuns")
    return visit.show(
        "import.html",
        runs=[edge["node"] for edge in runs["edges"]],
        more=runs["pageInfo"]["endCursor"] if runs["pageInfo"]["hasNextPage"] else "",
        profiles=found.data["importProfiles"] or (),
        waiting=len(found.data["identityQueue"] or ()),
    )


@router.post("/einspielen")
async def brought(visit: Visiting) -> Response:
    """Takes a file from a form, and looks at it."""
    context = await visit.acting(UPKEEP)
    await check_may_bring(context)  # before the file is read
    form = await visit.form(MOST_BYTES + FORM_BYTES)
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        visit.who.tell(sentence("pages.import.no_file", visit.language), is_fault=True)
        return visit.go("/einspielen")
    try:
        full = _full(visit, form)
    except InputRefused as refused:
        visit.tell_why(refused)
        return visit.go("/einspielen")
    upload = await bring(context, _parts(file), file.filename)
    taking = Taking(upload.id, upload.name, {"profile": line(form, "profile") or None} | full)
    visit.who.take(taking)
    _begin(visit, taking, is_commit=False)
    return visit.go(f"/einspielen/{upload.id}")


async def _parts(file: UploadFile) -> AsyncIterator[bytes]:
    while part := await file.read(CHUNK):
        yield part


def _full(visit: Visit, form: FormData) -> dict[str, Any]:
    """The day as of which a file is complete, where it is."""
    if not line(form, "full"):
        return {}
    return {"full": typed_day(line(form, "full"), visit.now.date()).isoformat()}


def _begin(visit: Visit, taking: Taking, *, is_commit: bool) -> "asyncio.Task[Found]":
    """Looks at the file, or takes it in, beside the pages."""
    name = "import_commit" if is_commit else "import_preview"
    taking.is_commit, told = is_commit, dict(taking.given) | {"uploadId": taking.upload}
    work = taking.work = asyncio.create_task(visit.ask(name, UPKEEP, input=told))
    return work


@router.get("/einspielen/{upload}")
async def look(visit: Visiting, upload: str) -> Response:
    """What a file would do, or has done; how far it is while it is read."""
    taking = _taking(visit, upload)
    work = taking.work or _begin(visit, taking, is_commit=False)
    done, _ = await asyncio.wait([work], timeout=PATIENCE)
    if not done:
        return visit.show("import_running.html", taking=taking, progress=await _progress(visit, upload))
    if work.exception() is not None:
        taking.work = None  # asked too often, say: looked at again with the next visit
    field = "importCommit" if taking.is_commit else "importPreview"
    try:
        report: Mapping[str, Any] = work.result().done(field)
    except Told as refused:
        told, code = refused.values["message"], str(refused.values["told"])
        return visit.show("import_refused.html", 400, taking=taking, fault=told, ways=WAYS_ON.get(code, ()))
    if taking.is_commit:
        visit.who.takings.pop(upload, None)
        counts = report["run"]["counts"]
        visit.who.tell(sentence("pages.import.taken", visit.language, file=taking.name, count=counts["written"]))
        return visit.go("/einspielen")
    taking.mapping = report["mapping"]
    return visit.show("import_preview.html", taking=taking, report=report, counts=report["run"]["counts"])


async def _progress(visit: Visit, upload: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = (await visit.ask("import_progress", UPKEEP, uploadId=upload)).of("importProgress")
    return found


@router.get("/einspielen/{upload}/fortschritt")
async def progress(visit: Visiting, upload: str) -> Response:
    """How far a file was read, for the script of the page."""
    taking = _taking(visit, upload)
    found = await _progress(visit, upload)
    is_done = taking.work is not None and taking.work.done()
    return JSONResponse({"rows": found["rows"], "share": found["share"], "done": is_done})


@router.post("/einspielen/{upload}")
async def go_on(visit: Visiting, upload: str) -> Response:
    """Takes the file in, or looks at it again with how it is to be read."""
    form, taking = await visit.form(), _taking(visit, upload)
    if taking.work is not None and not taking.work.done():
        return visit.go(f"/einspielen/{upload}")
    act = line(form, "act")
    if act == "mapping":
        edited = await anyio.to_thread.run_sync(_mapping, form, taking, visit.language)
        taking.given = dict(taking.given) | {"mapping": edited}
    elif act == "proposed":
        taking.given = dict(taking.given) | {"asProposed": True}
    elif act == "format":
        taking.given = dict(taking.given) | {"format": line(form, "format")[:LONGEST_NAME] or None}
    elif act == "anyway":
        taking.given = dict(taking.given) | {"badPercent": 100.0, "vanishPercent": 100.0}
    _begin(visit, taking, is_commit=act == "commit")
    return visit.go(f"/einspielen/{upload}")


def _mapping(form: FormData, taking: Taking, language: Spoken) -> str:
    """The mapping as it was edited: column by column, or as text where that was changed; raises FileRefused."""
    text = line(form, "mapping")
    if text and text != taking.mapping.strip():
        parsed_mappings(text, "mapping")
        return text
    made, place = [], 0
    for part in parsed_mappings(taking.mapping, "mapping"):
        columns = []
        for column in part.columns:
            field, how = line(form, f"field-{place}"), form_typed(line(form, f"form-{place}"), language)
            is_same = (field, how) == (column.field, column.form)
            columns.append(column if is_same else replace(column, field=field, form=how, sure=1.0, other=""))
            place += 1
        made.append(replace(part, columns=tuple(columns)))
    return mapping_text(made)


@router.post("/einspielen/{upload}/verwerfen")
async def drop(visit: Visiting, upload: str) -> Response:
    """Forgets a file that was only looked at."""
    await visit.form()
    taking = _taking(visit, upload)
    if taking.work is None or taking.work.done():
        del visit.who.takings[upload]
        visit.site.doors.service.uploads.forget(upload, visit.who.identity.subject)
        await visit.note("file:dropped", UPKEEP, file=taking.name)
    return visit.go("/einspielen")


def _taking(visit: Visit, upload: str) -> Taking:
    """A file of this session; raises UnknownId."""
    taking = visit.who.takings.get(upload)
    if taking is None:
        raise UnknownId("upload.unknown")
    return taking


@router.get("/einspielen/laeufe/{run}")
async def one_run(visit: Visiting, run: str) -> Response:
    """A run and what it refused."""
    value = (await visit.ask("import_run", UPKEEP, id=run)).of("node")
    if not value:
        raise UnknownId("node.unknown")
    rejects: Mapping[str, Any] = {"parts": [], "lost": 0}
    if value["counts"]["refused"]:
        found = await visit.ask("rejected_parts", UPKEEP, run=value["number"])
        rejects = found.data.get("rejectedRows") or rejects
    return visit.show("import_run.html", run=value, **rejects)


@router.get("/einspielen/laeufe/{run}/abgewiesen")
async def rejected(visit: Visiting, run: int, teil: str = "") -> Response:
    """The refused rows as a file."""
    found = (await visit.ask("rejected_rows", UPKEEP, run=run, part=teil)).of("rejectedRows")
    content = base64.b64decode(found["content"])
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found['name'])}"}
    return Response(content, media_type="application/octet-stream", headers=headers)


@router.post("/einspielen/laeufe/{run}/zurueck")
async def undo(visit: Visiting, run: int) -> Response:
    """Undoes a run of one's own."""
    await visit.form()
    try:
        done = (await visit.ask("import_undo", UPKEEP, input={"run": run})).done("importUndo")
        visit.who.tell(sentence("pages.import.undone", visit.language, run=run))
        if done["conflicts"]:
            visit.who.tell(sentence("pages.import.stays", visit.language, count=len(done["conflicts"])), is_fault=True)
    except Told as refused:
        visit.tell_why(refused)
    return visit.go("/einspielen")
