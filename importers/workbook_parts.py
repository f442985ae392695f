"""What a workbook does not say through its cells: which rows it hides, which formulas have no result."""

import io
import re
import zipfile
from html import unescape
from typing import NamedTuple

from graph_service.model import SourceFile

_ROW = re.compile(rb"<row [^<>]{1,400}>")
_NUMBER, _HIDDEN = re.compile(rb' r="(\d{1,8})"'), re.compile(rb' hidden="(?:1|true)"')
_EMPTY = re.compile(rb"(?:</f>|<f [^<>]{1,400}/>)(?:<v></v>|<v ?/>)?</c>")


class Unshown(NamedTuple):
    """The numbers of hidden rows, and how many formulas have no stored result."""

    hidden: set[int]
    formulas: int


def unshown(source: SourceFile) -> Unshown:
    """What the sheet holds and its cells do not tell."""
    with source.open() as stream:
        archive = zipfile.ZipFile(io.BytesIO(stream.read()))
    found: set[int] = set()
    formulas = 0
    target = _sheet_file(archive, source.part)
    if target is not None:
        with archive.open(target) as sheet:
            rest = b""
            while part := sheet.read(1_048_576):
                text = rest + part
                found |= {
                    int(number[1])
                    for tag in _ROW.findall(text)
                    if _HIDDEN.search(tag) and (number := _NUMBER.search(tag))
                }
                formulas += sum(one.end() > len(rest) for one in _EMPTY.finditer(text))
                rest = text[-400:]
    return Unshown(found, formulas)


def _sheet_file(archive: zipfile.ZipFile, name: str) -> str | None:
    """The member in which the sheet of this name lies."""
    try:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return None
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        own = re.search(r'\bname="([^"]*)"', tag)
        link = re.search(r'\br:id="([^"]*)"', tag)
        if own and link and unescape(own[1]) == name:
            for relation in re.findall(r"<Relationship\b[^>]*>", relations):
                if f'Id="{link[1]}"' in relation and (target := re.search(r'Target="([^"]*)"', relation)):
                    member = target[1].lstrip("/")
                    member = member if member.startswith("xl/") else f"xl/{member}"
                    return member if member in archive.namelist() else None
    return None
