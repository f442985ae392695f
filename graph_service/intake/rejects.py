"""The file of refused rows: in the layout of the file they came from, with a last column that says why."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from graph_service.errors import RunRefused
from graph_service.intake.mappings import parsed_mappings
from graph_service.model import ImportRun, RunKind, run_of_refused
from graph_service.store.base import Store
from graph_service.store.named_queries import FaultRow
from graph_service.text.messages import Spoken, sentence

MOST = 1_000_000
REASON = "say.reason_column"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Rejected:
    """The refused rows of a part as a file, the parts that have some, and how many rows can be in none."""

    content: bytes
    is_json: bool
    parts: list[str]
    lost: int


def rejected(store: Store, run: ImportRun, spoken: Spoken, part: str = "") -> Rejected:
    """The refused rows of a part of a run (the first that has some, unless named); raises RunRefused for none."""
    refused = refused_rows(store, run) if run.kind is RunKind.IMPORT else []
    content = rejects(refused, run, spoken, part) if refused else b""
    if not content:
        raise RunRefused("run.no_rejects", run=run.number)
    lost = sum(not row.cells for row in refused)
    return Rejected(content, content.startswith(b"{"), parts_with_rejects(refused), lost)


def refused_rows(store: Store, run: ImportRun) -> list[FaultRow]:
    """The rows a run refused; those without cells can be in no file, because nobody can tell their cells apart."""
    return store.faults(run.number, MOST)


def rejects(refused: Sequence[FaultRow], run: ImportRun, spoken: Spoken, part: str = "") -> bytes:
    """The refused rows of a part (the first that has some, unless named) as CSV under their header, in the file's own
    delimiter and encoding, or as JSON, a record on each line; empty where the format has neither. Columns the annex
    keeps out are empty; cells that a spreadsheet would compute are quoted."""
    parts = {mapping.part: mapping for mapping in parsed_mappings(run.mapping, run.file) if mapping.columns}
    rows = [row for row in refused if row.cells]
    part = part or (part_of(rows[0].file) if rows else "")
    if part not in parts_with_rejects(rows):
        return b""
    if not parts:
        return b"".join(_record(row, run, spoken) for row in rows if part_of(row.file) == part)
    mapping = parts.get(part) or next(iter(parts.values()))
    delimiter = mapping.delimiter if mapping.delimiter in (",", ";", "\t") else ";"
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    width = len(mapping.columns)
    told = [place for place, column in enumerate(mapping.columns) if run_of_refused(column.header) is None]
    headers = [safe_cell(mapping.columns[place].header) for place in told]
    writer.writerow([*headers, sentence(REASON, spoken, run=run.number)])
    for row in rows:
        if part_of(row.file) != part:
            continue
        reason = sentence(row.reason, spoken, value=row.value)
        column = f"{row.column_name}: " if row.column_name else ""
        # a row of another width stays so, and is refused again until it is corrected
        kept = [safe_cell(cell) for place, cell in enumerate(row.cells) if place in told or place >= width]
        writer.writerow([*kept, safe_cell(f"{column}{reason}")])
    text = out.getvalue()
    try:
        return text.encode(mapping.encoding or "utf-8-sig")
    except (UnicodeEncodeError, LookupError):
        return text.encode("utf-8-sig")


def _record(row: FaultRow, run: ImportRun, spoken: Spoken) -> bytes:
    """A record of JSON on a line of its own, with the reason in it."""
    reason = f"{row.column_name}: {sentence(row.reason, spoken, value=row.value)}".removeprefix(": ")
    record = orjson.loads(row.cells[0] or b"{}") | {"refused": {"run": run.number, "reason": reason}}
    return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


def parts_with_rejects(refused: Sequence[FaultRow]) -> list[str]:
    """The sheets or members that have refused rows."""
    return list(dict.fromkeys(part_of(row.file) for row in refused if row.cells))


def part_of(file: str) -> str:
    """The sheet or member that a file's name in a report tells."""
    return file.partition("#")[2]


def safe_cell(cell: str) -> str:
    """The cell so that no spreadsheet computes it (CSV injection, OWASP): a quote before what looks like a formula."""
    plain_number = cell[1:].replace(",", "").replace(".", "").isdecimal()
    return f"'{cell}" if cell.startswith(_FORMULA) and not plain_number and len(cell) > 1 else cell
