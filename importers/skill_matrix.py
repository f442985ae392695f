"""Skill matrices: a person per row, a skill per column, however the cells say it."""

from dataclasses import replace
from functools import lru_cache
from typing import ClassVar

from graph_service.model import (
    FROM_TITLE,
    ClaimedBy,
    Notice,
    Proposal,
    SkillClaim,
    Skipped,
    SourceFile,
    SourceId,
    SourceRow,
    Statement,
)
from importers.cells import is_total
from importers.claims import claim_statement, name_statement
from importers.columns import Field, Kind, column_of, matches
from importers.dates import day_or_moment
from importers.house import WHO, WHO_NAMES, account_of, full_name
from importers.levels import BROKEN, DENIED, MARKS, PLANNED, level
from importers.matrix_columns import are_levels, check_shape, is_beside, may_be_skill
from importers.row_format import Row, TableFormat, own_words
from importers.tables import Look, look_at
from importers.tabular import CellFault

_SKILL = Field("skill", ("-",), Kind.LEVEL, many=True)
_UNTIL = Field("valid_until", ("gültig bis", "Ablauf", "Ablaufdatum", "valid until", "expires"), Kind.DAY, many=True)


class SkillMatrix(TableFormat):
    """Columns of levels are skills; `gültig bis` beside one makes it a certificate; the day of the assessment may stand
    in a title line (`Stand: 03.11.2024`)."""

    name: ClassVar[str] = "skill-matrix"
    fields: ClassVar[tuple[Field, ...]] = (*WHO, _SKILL, _UNTIL)
    settings: ClassVar[tuple[tuple[str, str], ...]] = (("claimed_by", ClaimedBy.MANAGER),)
    said_once: ClassVar[frozenset[str]] = WHO_NAMES

    def recognises(self, source: SourceFile) -> float:
        """By a column of people and at least two of levels."""
        look = look_at(source)
        if look is None:
            return 0.0
        found = self.meanings(look)
        skills = sum(field is _SKILL for field in found)
        unknown = sum(field is None and not is_beside(name) for name, field in zip(look.header, found, strict=True))
        return 0.0 if skills < 2 or not _tells_who(found) else 0.5 + 0.4 * skills / (skills + unknown)

    def meanings(self, look: Look) -> list[Field | None]:
        """A column without a name of its own is a skill when its cells are levels."""
        found = matches((*WHO, _UNTIL), look.header)
        told = {field.name for field in found if field}
        trusted = 2 if "number" in told else 1 if told & {"name", "last"} else 0
        return [
            _SKILL if field is None and may_be_skill(header) and are_levels(look.values(place), trusted) else field
            for place, (header, field) in enumerate(zip(look.header, found, strict=True))
        ]

    def propose(self, source: SourceFile) -> Proposal:
        """As other tables; where all skills together are told by 0 and 1 alone, 1 is the best. Crosses beside figures
        are pointed out, as they count as the best of the scale."""
        proposal, look = super().propose(source), look_at(source)
        check_shape(look, source.name)
        columns, notices = list(proposal.mapping.columns), list(proposal.notices)
        values = {n: set(look.values(n)) for n, one in enumerate(columns) if look and one.field == "skill"}
        if set().union(*values.values()) == {"0", "1"}:
            for place in values:
                columns[place] = replace(columns[place], form="0-1", sure=0.6, other="1-5")
        mixed = [columns[place].header for place, said in values.items() if _is_mixed(said)]
        if mixed:
            notices.append(Notice("notice.marks_beside_figures", (("columns", ", ".join(mixed)),)))
        mapping = replace(proposal.mapping, columns=tuple(columns))
        return replace(proposal, mapping=mapping, notices=tuple(notices))

    def own_settings(self, look: Look) -> tuple[tuple[str, str], ...]:
        """Whose word it is and, where a title says it, since when."""
        cells = [cell.strip() for record in look.titles for cell in record if cell.strip()]
        for before, cell in zip(["", *cells], cells, strict=False):
            told = cell.partition(":")[2].strip() or (
                cell if before.rstrip(": ").casefold() in ("stand", "datum", "date") else ""
            )
            at = _day(told)
            if at:
                return (*self.settings, ("assessed_on", f"{FROM_TITLE} {told}"))
        return self.settings

    def row(self, row: Row) -> SourceRow | Skipped:
        """A claim for each filled cell; a line of sums is no person."""
        who = full_name(row) or row.key("number") or row.key("login")
        if is_total(who) and not row.key("number"):
            return Skipped("row.total")
        account = account_of(row, self.name)
        assessed_at = _day(row.mapping.setting("assessed_on").removeprefix(FROM_TITLE).strip())
        claims: list[Statement] = []
        for place in row.places.get("skill", ()):
            claim = _claim(row, account, place, assessed_at)
            if claim is not None:
                claims.append(claim_statement(row, claim))
        names = name_statement(row, account, self.name)
        if not claims and not names:
            return Skipped("row.claims_nothing")
        return SourceRow((*claims, *names), tuple(row.left_out), tuple(row.remarks))


def _claim(row: Row, account: SourceId, place: int, assessed_at: int | None) -> SkillClaim | None:
    column, written = row.mapping.columns[place], row.cells[place].strip()
    if not written:
        return None
    if written.casefold() in PLANNED:
        row.left_out.append("claim.planned")
        return None
    found = level(written, column.form or "1-5", own_words(row.mapping), column.header)
    if found is None:
        if written.casefold() in DENIED | BROKEN:
            row.left_out.append("claim.denied" if written.casefold() in DENIED else "claim.broken")
        return None
    after = row.places.get("valid_until", [])
    ends = place + 1 if place + 1 in after else None
    until = None
    if ends is not None and row.cells[ends].strip():
        until = day_or_moment(row.cells[ends], row.mapping.columns[ends].form, "UTC", row.mapping.columns[ends].header)
    by = ClaimedBy.CERTIFICATE if ends is not None else ClaimedBy(row.mapping.setting("claimed_by", ClaimedBy.MANAGER))
    return SkillClaim(account, column.header, found, written, by, assessed_at, until)


def _is_mixed(values: set[str]) -> bool:
    """Whether crosses stand beside figures."""
    return any(one.casefold() in MARKS for one in values) and any(one.isdecimal() and one not in "01" for one in values)


def _tells_who(found: list[Field | None]) -> bool:
    return bool({field.name for field in found if field} & {"number", "login", "email", "name", "last", "person"})


@lru_cache(maxsize=100)
def _day(text: str) -> int | None:
    try:
        return (
            day_or_moment(text, column_of("", Field("day", (), Kind.DAY), [text], "").form, "UTC", "") if text else None
        )
    except CellFault:
        return None
