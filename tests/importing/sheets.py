"""Workbooks for tests, written as plainly as the format allows."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_KIND = "http" + "://schemas.openxmlformats.org/"
_SHEET, _RELATION = f"{_KIND}spreadsheetml/2006/main", f"{_KIND}officeDocument/2006/relationships"


def workbook(path: Path, sheets: Mapping[str, Iterable[Sequence[str]]]) -> Path:
    """A workbook of these sheets; rows are written as they come, whatever their number."""
    names = list(sheets)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_KIND}package/2006/content-types"/>')
        archive.writestr("_rels/.rels", _relations([("r1", "officeDocument", "xl/workbook.xml")]))
        listed = "".join(
            f'<sheet name="{escape(name)}" sheetId="{place}" r:id="r{place}"/>' for place, name in enumerate(names, 1)
        )
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATION}"><sheets>{listed}</sheets></workbook>'
        )
        targets = [(f"r{place}", "worksheet", f"worksheets/sheet{place}.xml") for place in range(1, len(names) + 1)]
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(targets))
        for place, name in enumerate(names, 1):
            with archive.open(f"xl/worksheets/sheet{place}.xml", "w") as out:
                out.write(f'<worksheet xmlns="{_SHEET}"><sheetData>'.encode())
                for number, row in enumerate(sheets[name], start=1):
                    cells = "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row)
                    out.write(f'<row r="{number}">{cells}</row>'.encode())
                out.write(b"</sheetData></worksheet>")
    return path


def _relations(targets: Iterable[tuple[str, str, str]]) -> str:
    told = "".join(f'<Relationship Id="{id_}" Type="{_RELATION}/{kind}" Target="{to}"/>' for id_, kind, to in targets)
    return f'<Relationships xmlns="{_KIND}package/2006/relationships">{told}</Relationships>'
