"""Whether a JSON answer is one page of several."""

import re

from graph_service.model import Notice, SourceFile
from importers.json_records import as_utf8

_TOLD_WITHIN, _PART = 2_000, 262_144
_MORE = re.compile(rb'"isLast"\s*:\s*false|"(?:next_page|nextPageToken|@odata\.nextLink)"\s*:\s*"')
_COUNTS = {name: re.compile(rb'"%s"\s*:\s*(\d{1,9})' % name.encode()) for name in ("total", "startAt", "maxResults")}


def page_notices(source: SourceFile) -> tuple[Notice, ...]:
    """A notice where the answer itself says that it is one page of several."""
    start = as_utf8(source.head())[:_TOLD_WITHIN]
    with source.open() as stream:
        end = b""
        while part := stream.read(_PART):
            end = (end + part)[-_TOLD_WITHIN:]
    told = {name: int(found[1]) for name, sign in _COUNTS.items() if (found := sign.search(start) or sign.search(end))}
    last = told.get("startAt", 0) + told.get("maxResults", 0)
    is_part = _MORE.search(start) or _MORE.search(end) or (told.get("total", 0) > last > 0)
    return (Notice("notice.more_pages"),) if is_part else ()
