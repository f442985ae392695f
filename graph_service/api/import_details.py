"""What stands around an import: the profiles that are offered, and the refused rows as a file to correct."""

import base64
from typing import Annotated

import strawberry

from graph_service.access.roles import FieldClass
from graph_service.api.context import Context
from graph_service.api.guards import OWN, Guard, asked, told
from graph_service.errors import RunRefused
from graph_service.intake.profiles import offered_profiles
from graph_service.intake.rejects import rejected

Info = strawberry.Info[Context, None]
_OWN_FAULTS = Guard(FieldClass.FAULTS, OWN)


@strawberry.type(description="By which agreement the people of a file take part, and in what.")
class ImportProfile:
    name: str = told("The name that an import gives.")
    agreement: str = told("What it rests on.")


@strawberry.type(description="The refused rows of a run, in the layout of their file with the reasons beside them.")
class RejectedRows:
    name: str = told("A name for the file.")
    content: str = told("The file, base64; in the encoding of the file it came from.")
    parts: list[str] = told("Sheets or members that have refused rows.")
    lost: int = told("How many rows are in no file, because nobody can tell their cells apart.")


async def _profiles(info: Info) -> list[ImportProfile]:
    context = info.context

    def work() -> list[ImportProfile]:
        known = offered_profiles(context.service.settings.profiles)
        return [ImportProfile(name=name, agreement=one.agreement) for name, one in known.items()]

    return await context.in_thread(work)


async def _rejected(
    info: Info,
    run: Annotated[int, strawberry.argument(description="Number of the run.")],
    part: Annotated[str, strawberry.argument(description="Sheet or member; empty: the first that has some.")] = "",
) -> RejectedRows:
    context = info.context

    def work() -> RejectedRows:
        found = context.store.run(run)
        if context.asker.runs_of not in ("", found.actor):
            raise RunRefused("run.unknown", run=run)
        context.act("run:rejects", run=run)
        rows = rejected(context.store, found, context.language, part)
        return RejectedRows(
            name=f"refused-{run}.{'json' if rows.is_json else 'csv'}",
            content=base64.b64encode(rows.content).decode(),
            parts=rows.parts,
            lost=rows.lost,
        )

    return await context.in_thread(work)


IMPORT_PROFILES = asked(_profiles, "Profiles by which files may be taken in.", _OWN_FAULTS)
REJECTED_ROWS = asked(_rejected, "The refused rows of a run of one's own, to be corrected.", _OWN_FAULTS)
