"""What the house's own lists have in common: who is meant by a row, lists in a cell, and words that choose."""

import enum
import re
from typing import TypeVar

from graph_service.model import LOGINS, MAILS, NUMBERS, ClaimedBy, SourceId, names_of
from importers.cells import is_title
from importers.columns import Field, Kind
from importers.row_format import Row
from importers.tabular import CellFault

SOURCE = "house"
Choice = TypeVar("Choice", bound=enum.StrEnum)
_BETWEEN = re.compile(r"[;|\n]")
_ADDRESS = re.compile(r"^[^\s@,;]+@[^\s@,;]+$")

WHO = (
    Field("person", ("person", "Schlüssel", "key")),
    Field(
        "number",
        ("Personalnummer", "Personalnr", "Pers.-Nr.", "PersNr", "Personal-Nr.", "MA-Nr.", "Mitarbeiternummer",
         "Employee ID", "employee number", "Worker ID", "personnel number", "person number"),
        Kind.KEY,
    ),
    Field("login", ("Login", "Kürzel", "Benutzer", "Benutzername", "Anmeldename", "Kennung", "username", "user id")),
    Field("email", ("E-Mail", "Mail", "E-Mail-Adresse", "email address", "Mailadresse")),
    Field("last", ("Nachname", "Familienname", "last name", "surname", "family name")),
    Field("first", ("Vorname", "Rufname", "first name", "given name")),
    Field(
        "name",
        ("name", "Mitarbeiter", "Mitarbeiterin", "Mitarbeiter/in", "Name, Vorname", "Vorname Name", "Vor- und Nachname",
         "employee", "full name"),
    ),
)  # fmt: skip
"""The columns that tell whom a row is about."""
WHO_NAMES = frozenset(field.name for field in WHO)


def house_id(key: str) -> SourceId:
    """What the house's own lists call a person, a case or a thing."""
    return SourceId(SOURCE, key)


def account_of(row: Row, source: str = SOURCE) -> SourceId:
    """Whom a row is about: by the house's key, the personnel number, login, e-mail, else by the name as `source` writes
    it. Raises CellFault when nothing tells."""
    for name, space in (("person", SOURCE), ("number", NUMBERS), ("login", LOGINS)):
        key = row.key(name)
        if key:
            return SourceId(space, key.casefold() if space == LOGINS else key)
    if address := email_of(row):
        return SourceId(MAILS, address)
    if full := full_name(row):
        return SourceId(names_of(source), full.casefold())
    there = [field.name for field in WHO if field.name in row.places]
    raise CellFault(row.header(there[0]) if there else "", "", "value.nobody")


def person_of(value: str) -> SourceId:
    """Whom a single cell means: a personnel number, an e-mail, a name of several words, or a login."""
    text = " ".join(value.split())
    if text.isdecimal():
        return SourceId(NUMBERS, text)
    if " " in text:
        return SourceId(names_of(SOURCE), turned(text).casefold())
    return SourceId(MAILS if _ADDRESS.match(text) else LOGINS, text.casefold())


def email_of(row: Row) -> str:
    """The e-mail in lower case; something else in the cell is remarked and left out."""
    text = row.text("email").casefold()
    if text and not _ADDRESS.match(text):
        row.remark("email", "value.not_an_email")
        return ""
    return text


def full_name(row: Row) -> str:
    """The name as it is said, first name first."""
    if row.text("last"):
        return f"{row.name('first')} {row.name('last')}".strip()
    name = " ".join(row.name("name").split())
    other = turned(name)
    if other != name:
        return other
    given = row.name("first")
    return name if not given or given.casefold() in name.casefold() else f"{given} {name}"


def turned(name: str) -> str:
    """The usual way round: `Müller, Jörg` with the first name first; a degree behind the comma stays there."""
    last, comma, first = name.partition(",")
    if comma and first.strip() and "," not in first and not is_title(first):
        return f"{first.strip()} {last.strip()}"
    return name


def parts(value: str) -> tuple[str, ...]:
    """The parts of a list with `;`, `|` or line breaks between them, each once, in order."""
    return tuple(dict.fromkeys(part.strip() for part in _BETWEEN.split(value) if part.strip()))


def chosen(row: Row, name: str, default: Choice, words: dict[str, str], *, reason: str) -> Choice:
    """The kind a cell names, by its own name or a German word; raises CellFault for anything else."""
    text = row.text(name)
    if not text:
        return default
    kinds = type(default)
    key = words.get(text.casefold(), text.upper())
    if key not in kinds.__members__:
        raise CellFault(row.header(name), text, reason)
    return kinds[key]


CLAIM_WORDS = {
    "selbst": "SELF", "selbsteinschätzung": "SELF", "eigene": "SELF", "mitarbeiter": "SELF", "kollege": "PEER",
    "kollegin": "PEER", "kollegen": "PEER", "vorgesetzter": "MANAGER", "vorgesetzte": "MANAGER",
    "führungskraft": "MANAGER", "fremdeinschätzung": "MANAGER", "zertifikat": "CERTIFICATE", "nachweis": "CERTIFICATE",
    "schulung": "CERTIFICATE",
}  # fmt: skip


def claimed_by(row: Row) -> ClaimedBy:
    """Whose word a claim is: the cell's, else the mapping's."""
    default = row.mapping.setting("claimed_by", ClaimedBy.SELF)
    return chosen(row, "claimed_by", ClaimedBy(default), CLAIM_WORDS, reason="value.not_a_claim_source")
