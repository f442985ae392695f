"""How a file will be read: its parts, their formats and mappings, what the annex refuses, what is still to be asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph_service.errors import FileRefused
from graph_service.intake.annex import proposed_within_annex, within_annex
from graph_service.intake.files import BREAKS, PackedFile, format_named, importer_for, readings_of
from graph_service.intake.fitting import assigned, fitted, misfits
from graph_service.intake.profiles import ImportProfile
from graph_service.model import Importer, Mapping, Notice, Proposal, RowFault, called, lacking, run_of_refused

UNSURE = 0.5
LACKING = "ask.column"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file with its format and mapping; `refused` are columns the annex keeps out."""

    file: PackedFile
    importer: Importer
    mapping: Mapping
    proposal: Proposal
    refused: tuple[str, ...] = ()

    @property
    def headers(self) -> frozenset[str]:
        """The columns that stand in the file."""
        return frozenset(column.header for column in self.proposal.mapping.columns)

    @property
    def emptied(self) -> tuple[int, ...]:
        """The places of columns that nobody reads, refused or not: they are not kept with refused rows either."""
        return tuple(place for place, column in enumerate(self.mapping.columns) if not column.field)


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
    def lacks_columns(self) -> bool:
        """Whether there is a question without whose answer no row can be read."""
        return any(question.reason == LACKING for question in self.questions)

    @property
    def only_readings(self) -> bool:
        """Whether every question offers a first reading."""
        return all(question.reason == "ask.reading" for question in self.questions)

    def to_be_decided(self, *, as_proposed: bool) -> tuple[RowFault, ...]:
        """The questions that stand, where of two readings the first is to be taken or not."""
        return () if as_proposed and self.only_readings else self.questions

    @property
    def left(self) -> tuple[str, ...]:
        """Columns with something in them that are not read, each once, without those the annex keeps out."""
        unread = (column for part in self.parts for column in part.mapping.columns if not column.field and column.sure)
        told = dict.fromkeys(column.header for column in unread if run_of_refused(column.header) is None)
        return tuple(header for header in told if header and header not in self.refused)

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
    of_part = assigned(parts, mappings, file.name)
    for one in parts:
        mapping = of_part.get(one.part)
        if mapping is None and len(parts) > 1 and not _is_known(one, format_name):
            code = "notice.part_hidden" if one.hidden else "notice.part_unknown"
            notices.append(Notice(code, (("part", one.name),)))
            continue
        try:
            part = _given(one, mapping, profile) if mapping else _recognised(one, format_name, profile)
        except BREAKS:
            raise FileRefused("file.broken", file=one.name) from None
        told.append(part.mapping)
        notices += misfits(mapping, part.proposal.mapping) if mapping else []
        if not part.mapping.read:
            notices.append(Notice("notice.part_hidden" if one.hidden else "notice.part_left", (("part", one.name),)))
            continue
        notices += part.proposal.notices
        decided = {column.header for column in mapping.columns if column.form} if mapping else set()
        questions += [one for one in _questions(part) if one.reason != "ask.reading" or one.column not in decided]
        found.append(part)
    notices += [Notice("notice.part_missing", (("part", one.part),)) for one in mappings if one not in of_part.values()]
    if not found:
        raise FileRefused("file.unknown_format", file=file.name)
    return Plan(tuple(found), tuple(told), tuple(notices), tuple(questions))


def _is_known(file: PackedFile, format_name: str | None) -> bool:
    try:
        return format_name is not None or bool(file.head() and readings_of(file))
    except FileRefused:
        return False


def _recognised(file: PackedFile, format_name: str | None, profile: ImportProfile | None) -> Part:
    importer = importer_for(file, format_name)
    proposal = importer.propose(file)
    mapping = replace(proposed_within_annex(proposal.mapping), read=not file.hidden)
    return _within(Part(file, importer, mapping, proposal), profile)


def _given(file: PackedFile, given: Mapping, profile: ImportProfile | None) -> Part:
    lying, mapping, proposal = fitted(file, given)
    return _within(Part(lying, format_named(given.format), mapping, proposal), profile)


def _within(part: Part, profile: ImportProfile | None) -> Part:
    """The part without the columns that the annex and the agreement keep out."""
    mapping, refused = within_annex(part.mapping, profile, part.file.name)
    return replace(part, mapping=mapping, refused=tuple(name for name in refused if name in part.headers))


def other_scales(parts: Sequence[Part]) -> list[RowFault]:
    """Columns of which a kept mapping says another scale than the file itself does, in its titles or headers."""
    found = []
    for part in parts:
        told = {column.header: column.form for column in part.proposal.mapping.columns if column.sure == 1.0}
        for column in part.mapping.columns:
            now = told.get(column.header, column.form)
            if column.field and now != column.form and _SCALE.fullmatch(now) and _SCALE.fullmatch(column.form):
                place = (part.file.name, part.mapping.header_line, column.header)
                found.append(RowFault(*place, f"{column.form} / {now}", "ask.reading"))
    return found


_SCALE = re.compile(r"\d{1,3}-\d{1,3}")
_ASKED = {"as_above": "ask.as_above", "begins": "ask.begins"}


def _questions(part: Part) -> list[RowFault]:
    """Needed fields that no column means, columns whose reading is as likely wrong as right, and settings that nothing
    in the file tells."""
    mapping, name = part.mapping, part.file.name
    meant = {column.field for column in mapping.columns if column.header in part.headers}
    needed = lacking(part.importer.fields, meant) if part.headers and not part.refused else []
    fields = [
        RowFault(name, mapping.header_line, called(field.name, field.headers), field.name, LACKING) for field in needed
    ]
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
    return [*fields, *columns, *settings]
