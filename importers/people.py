"""People: the house's own list and what personnel systems export; `person` is the key used in the other house lists."""

from typing import ClassVar

from graph_service.model import (
    ClaimedBy,
    PersonKind,
    Profile,
    SkillClaim,
    Skipped,
    SourceFile,
    SourceId,
    SourceRow,
    Statement,
)
from importers.cells import is_total
from importers.claims import NO_LEVEL, claim_statement
from importers.columns import Field, Kind, matches
from importers.house import WHO, account_of, chosen, email_of, full_name
from importers.levels import level, parts_with_levels
from importers.nobody import is_nobody
from importers.row_format import Row, TableFormat, own_words
from importers.tables import header_of
from importers.tabular import CellFault

_KINDS = {
    "angestellt": "EMPLOYEE", "mitarbeiter": "EMPLOYEE", "intern": "EMPLOYEE", "partner": "PARTNER",
    "extern": "EXTERNAL", "gruppe": "GROUP", "angestellte": "EMPLOYEE", "angestellter": "EMPLOYEE",
    "angestellte/r": "EMPLOYEE", "mitarbeiterin": "EMPLOYEE", "mitarbeiter/in": "EMPLOYEE", "vollzeit": "EMPLOYEE",
    "teilzeit": "EMPLOYEE", "azubi": "EMPLOYEE", "auszubildende": "EMPLOYEE", "auszubildender": "EMPLOYEE",
    "werkstudent": "EMPLOYEE", "werkstudentin": "EMPLOYEE", "praktikant": "EMPLOYEE", "praktikantin": "EMPLOYEE",
    "full-time": "EMPLOYEE", "part-time": "EMPLOYEE", "regular": "EMPLOYEE", "externer": "EXTERNAL",
    "externe": "EXTERNAL", "leiharbeitnehmer": "EXTERNAL", "leiharbeitnehmerin": "EXTERNAL", "zeitarbeit": "EXTERNAL",
    "freelancer": "EXTERNAL", "freiberufler": "EXTERNAL", "contractor": "EXTERNAL",
}  # fmt: skip


class People(TableFormat):
    """One row per person; skills in a cell (`Hydraulik (4), Pneumatik (3)`) become claims."""

    name: ClassVar[str] = "people"
    fields: ClassVar[tuple[Field, ...]] = (
        *WHO,
        Field("kind", ("kind", "Personenart", "Mitarbeiterart", "Beschäftigungsart", "employee type", "worker type")),
        Field(
            "unit",
            (
                "unit",
                "Abteilung",
                "Abteilungen",
                "Team",
                "Bereich",
                "Organisationseinheit",
                "OE",
                "Orgeinheit",
                "department",
                "org unit",
            ),
        ),
        Field(
            "site", ("Standort", "Arbeitsort", "Werk", "Niederlassung", "site", "location", "office", "work location")
        ),
        Field("joined", ("Eintritt", "Eintrittsdatum", "hire date", "start date", "joined"), Kind.DAY),
        Field("left", ("Austritt", "Austrittsdatum", "termination date", "end date", "left"), Kind.DAY),
        Field("skills", ("skills", "Kenntnisse", "Fähigkeiten", "Qualifikationen", "Kompetenzen")),
    )
    settings: ClassVar[tuple[tuple[str, str], ...]] = (("claimed_by", ClaimedBy.SELF), ("scale", "1-5"))

    def recognises(self, source: SourceFile) -> float:
        """As other tables, when there is a name beside something that tells people apart."""
        header = {field.name for field in matches(self.fields, header_of(source)) if field}
        if not header & {"person", "number", "login", "email"} or not header & {"name", "last"}:
            return 0.0
        return super().recognises(source)

    def row(self, row: Row) -> SourceRow | Skipped:
        """The person's profile, and a claim for each skill in the cell; function accounts and sums are no people."""
        name = full_name(row)
        numbered = row.key("number")
        if name and is_nobody(name, row.mapping) and not (numbered and row.text("last")):
            return Skipped("account.nobody")
        functions = [*name.split(), row.text("email")]
        if row.text("email") and not numbered and all(is_nobody(one, row.mapping) for one in functions):
            return Skipped("account.nobody")
        if is_total(name) and not numbered and not row.text("email"):
            return Skipped("row.total")
        account = account_of(row)
        if not name:
            raise CellFault(row.header("last" if row.places.get("last") else "name"), "", "value.missing")
        external = "(extern)" in name.casefold() or "(extern" in row.text("function").casefold()
        usual = PersonKind.EXTERNAL if external else PersonKind.UNKNOWN
        kind = _kind(row, usual)
        profile = Profile(account, name, kind, row.text("unit"), number=row.key("number"))
        subject = account if {"unit", "kind"} & row.places.keys() else _beside(account, "name")
        claims = [claim_statement(row, claim) for claim in _claims(row, account)]
        said = (Statement(subject, (profile,), row.provenance), *_more(row, account), *claims)
        return SourceRow(said, tuple(row.left_out), tuple(row.remarks))


def _kind(row: Row, usual: PersonKind) -> PersonKind:
    """What the cell says of them; another word is remarked without it, as it may say what nobody may know."""
    try:
        return chosen(row, "kind", usual, _KINDS, reason="value.not_a_kind")
    except CellFault:
        row.remark("kind", "value.not_a_kind", "")
        return usual


def _more(row: Row, account: SourceId) -> list[Statement]:
    """What else a list says about somebody, each told apart: one without such a column knows nothing of it, and takes
    nothing of it back."""
    told = {
        "email": Profile(account, "", email=email_of(row)),
        "login": Profile(account, "", login=row.key("login").casefold()),
        "joined": Profile(account, "", joined_at=row.at("joined", early=True)),
        "left": Profile(account, "", left_at=row.at("left", early=True)),
        "site": Profile(account, "", site=row.text("site")),
    }
    there = [name for name in told if name in row.places]
    return [Statement(_beside(account, name), (told[name],), row.provenance) for name in there]


def _beside(account: SourceId, what: str) -> SourceId:
    return SourceId(f"house {what}", f"{account.source}:{account.key}")


def _claims(row: Row, account: SourceId) -> list[SkillClaim]:
    by, scale = ClaimedBy(row.mapping.setting("claimed_by", "SELF")), row.mapping.setting("scale", "1-5")
    claims = []
    for told, written in parts_with_levels(row.text("skills")):
        try:
            found = level(written, scale, own_words(row.mapping), row.header("skills")) if written else NO_LEVEL
            claim = None if found is None else SkillClaim(account, told, found, written, by)
        except CellFault:
            if any(letter.isdecimal() for letter in written):
                raise
            claim = SkillClaim(account, f"{told} ({written})", NO_LEVEL, "", by)  # part of the name: SAP (FI/CO)
        if claim is not None:
            claims.append(claim)
    return claims
