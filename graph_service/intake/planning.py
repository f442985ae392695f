"""How a file will be read: its parts, their formats and mappings, what the annex refuses, what is still to be asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph_service.errors import FileRefused
from graph_service.intake.annex import forbidden, proposed_within_annex, within_annex
from graph_service.intake.files import BREAKS, PackedFile, format_named, importer_for, readings_of
from graph_service.intake.profiles import ImportProfile
from graph_service.model import Column, Importer, Mapping, Notice, Proposal, RowFault

UNSURE = 0.5


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file with its format and mapping; `refused` are columns the annex keeps out."""

    file: PackedFile
    importer: Importer
    mapping: Mapping
    proposal: Proposal
    refused: tuple[str, ...] = ()

    @property
    def emptied(self) -> tuple[int, ...]:
        """The places of refused columns."""
        return tuple(place for place, column in enumerate(self.mapping.columns) if column.header in self.refused)


@dataclass(frozen=True, slots=True)
class Plan:
    """All parts of a file that are read, the mappings of all, what looks unusual, and what must be asked first."""

    parts: tuple[Part, ...]
    mappings: tuple[Mapping, ...]
    notices: tuple[Notice, ...]
    questions: tuple[RowFault, ...]

    @property
    def format(self) -> str:
        """The names of the formats."""
        return " + ".join(dict.fromkeys(part.importer.name for part in self.parts))

    @property
    def only_readings(self) -> bool:
        """Whether every question offers a first reading."""
        return all(question.reason == "ask.reading" for question in self.questions)

    @property
    def refused(self) -> tuple[str, ...]:
        """Columns the annex keeps out, each once."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.refused))


def plan_of(
    file: PackedFile,
    *,
    format_name: str | None = None,
    mappings: Sequence[Mapping] = (),
    profile: ImportProfile | None = None,
) -> Plan:
    """How the file is read; raises FileRefused when no part is of a known format or the mapping does not fit."""
    found: list[Part] = []
    told: list[Mapping] = []
    notices: list[Notice] = []
    questions: list[RowFault] = []
    parts = file.parts()
    by_part = {mapping.part: mapping for mapping in mappings}
    for one in parts:
        mapping = by_part.get(one.part) if mappings else None
        if mapping is None and len(parts) > 1 and not _is_known(one, format_name):
            code = "notice.part_hidden" if one.hidden else "notice.part_unknown"
            notices.append(Notice(code, (("part", one.name),)))
            continue
        try:
            part = _part(one, format_name, mapping, profile)
        except BREAKS:
            raise FileRefused("file.broken", file=one.name) from None
        told.append(part.mapping)
        notices += _misfits(part, mapping)
        if not part.mapping.read:
            notices.append(Notice("notice.part_hidden" if one.hidden else "notice.part_left", (("part", one.name),)))
            continue
        notices += part.proposal.notices
        questions += [one for one in _questions(part) if mapping is None or one.reason != "ask.reading"]
        found.append(part)
    if not found:
        raise FileRefused("file.unknown_format", file=file.name)
    return Plan(tuple(found), tuple(told), tuple(notices), tuple(questions))


def _misfits(part: Part, given: Mapping | None) -> list[Notice]:
    """What a given mapping says of columns that are not there, and which columns it does not know."""
    if given is None or not given.columns or not given.read:
        return []
    there = [column.header for column in part.proposal.mapping.columns]
    named = [column.header for column in given.columns]
    missing = [column.header for column in given.columns if column.field and column.header not in there]
    new = [header for header in there if header and header not in named]
    told = [("notice.columns_missing", missing), ("notice.columns_new", new)]
    return [Notice(code, (("columns", ", ".join(columns)),)) for code, columns in told if columns]


def _is_known(file: PackedFile, format_name: str | None) -> bool:
    try:
        return format_name is not None or bool(file.head() and readings_of(file))
    except FileRefused:
        return False


def _part(file: PackedFile, format_name: str | None, given: Mapping | None, profile: ImportProfile | None) -> Part:
    if given is not None:
        importer = format_named(given.format)
        file.head()
        proposal = importer.propose(file) if given.read else Proposal(given)
        mapping = given
    else:
        importer = importer_for(file, format_name)
        proposal = importer.propose(file)
        mapping = replace(proposed_within_annex(proposal.mapping), read=not file.hidden)
    if given is not None and given.columns and proposal.mapping.columns:
        mapping = replace(mapping, columns=_in_order(given.columns, proposal.mapping.columns))
    if given is not None and given.header_line > proposal.mapping.header_line:
        _check_above(proposal.mapping, file.name)
    mapping, refused = within_annex(mapping, profile, file.name)
    there = {column.header for column in proposal.mapping.columns}
    refused = tuple(name for name in refused if name in there)
    return Part(file, importer, mapping, proposal, refused)


def _check_above(recognised: Mapping, file: str) -> None:
    """Raises FileRefused where a mapping puts the header below one that names columns which never may enter."""
    never = next((column.header for column in recognised.columns if forbidden(column.header)), "")
    if never:
        raise FileRefused("mapping.forbidden", file=file, column=never)


def _in_order(given: Sequence[Column], there: Sequence[Column]) -> tuple[Column, ...]:
    """One column for each of the file's, in the file's order, as the mapping says; columns it does not know mean
    nothing, and what it names besides stands last."""
    waiting = list(given)
    placed = []
    for column in there:
        found = next((one for one in waiting if one.header == column.header), None)
        if found is not None:
            waiting.remove(found)
        placed.append(found or Column(column.header))
    return (*placed, *waiting)


_ASKED = {"as_above": "ask.as_above", "begins": "ask.begins"}


def _questions(part: Part) -> list[RowFault]:
    """Columns whose reading is as likely wrong as right, and settings that nothing in the file tells."""
    mapping, name = part.mapping, part.file.name
    columns = [
        RowFault(name, mapping.header_line, column.header, f"{column.form} / {column.other}", "ask.reading")
        for column in mapping.columns
        if column.field and column.other and column.sure < UNSURE
    ]
    settings = [
        RowFault(name, 0, setting, "", _ASKED.get(setting, "ask.setting"))
        for setting, value in mapping.settings
        if value == "?"
    ]
    return [*columns, *settings]
