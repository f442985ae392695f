"""The file of refused rows: in the layout of the file they came from, with a last column that says why."""

import csv
import io

from graph_service.intake.mappings import parsed_mappings
from graph_service.model import ImportRun
from graph_service.store.base import Store
from graph_service.text.messages import Spoken, sentence

MOST = 1_000_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rejects(store: Store, run: ImportRun, spoken: Spoken) -> bytes:
    """The refused rows as CSV under their header, in the file's own delimiter and encoding; empty where the format has
    no rows of cells. Columns the annex keeps out are empty; cells that a spreadsheet would compute are quoted."""
    parts = {mapping.part: mapping for mapping in parsed_mappings(run.mapping, run.file) if mapping.columns}
    rows = [row for row in store.faults(run.number, MOST) if row.cells]
    if not parts or not rows:
        return b""
    mapping = parts.get(rows[0].file.rpartition("#")[2]) or next(iter(parts.values()))
    delimiter = mapping.delimiter if mapping.delimiter in (",", ";", "\t") else ";"
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    width = len(mapping.columns)
    writer.writerow([*(column.header for column in mapping.columns), sentence("say.reason_column", spoken)])
    for row in rows:
        cells = [*row.cells[:width], *[""] * (width - len(row.cells))]
        reason = sentence(row.reason, spoken, value=row.value)
        column = f"{row.column_name}: " if row.column_name else ""
        writer.writerow([*map(safe_cell, cells), f"{column}{reason}"])
    text = out.getvalue()
    try:
        return text.encode(mapping.encoding or "utf-8-sig")
    except (UnicodeEncodeError, LookupError):
        return text.encode("utf-8-sig")


def safe_cell(cell: str) -> str:
    """The cell so that no spreadsheet computes it (CSV injection, OWASP): a quote before what looks like a formula."""
    plain_number = cell[1:].replace(",", "").replace(".", "").isdecimal()
    return f"'{cell}" if cell.startswith(_FORMULA) and not plain_number and len(cell) > 1 else cell
