"""Files on their way in, by `POST /uploads` and by the pages alike."""

from collections.abc import AsyncIterator

from graph_service.access.brings import may_bring
from graph_service.access.roles import Act
from graph_service.api.context import Context
from graph_service.intake.uploads import Upload


async def check_may_bring(context: Context) -> None:
    """Raises AccessRefused, and notes it, for whoever may import nothing; to be asked before a file is read."""
    if may_bring(context.asker):
        return

    def refuse() -> None:
        try:
            context.refuse(context.asker.refusal(Act.IMPORT_PEOPLE), "uploads")
        finally:
            context.keep_events()

    await context.in_thread(refuse)


async def bring(context: Context, parts: AsyncIterator[bytes], name: str) -> Upload:
    """Streams a file in, kept for an hour for who sent it; noted in the audit. Raises InputRefused, StoreError."""
    upload = await context.service.uploads.take(parts, name, context.asker.identity.subject)
    await context.in_thread(lambda: context.act("file:uploaded", file=upload.name, bytes=upload.size))
    return upload
