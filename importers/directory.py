"""A directory's people (LDAP, Active Directory): one entry each; units and groups are no people."""

from typing import ClassVar

from graph_service.model import OrgUnit, PersonKind, Profile, Skipped, SourceId, SourceRow, Statement
from importers.columns import Field
from importers.nobody import is_nobody
from importers.row_format import Row, TableFormat
from importers.tabular import CellFault

SOURCE = "directory"
_PEOPLE = frozenset({"person", "inetorgperson", "user", "organizationalperson"})
_DISABLED = 2
"""The bit of Active Directory's userAccountControl that says nobody can sign in with it."""


class Directory(TableFormat):
    """Attributes of inetOrgPerson and Active Directory."""

    name: ClassVar[str] = "directory"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("dn", ("dn",), needed=True),
        Field("object_class", ("objectClass",), needed=True),
        Field("login", ("uid", "sAMAccountName")),
        Field("name", ("displayName",)),
        Field("common_name", ("cn",)),
        Field("last", ("sn",)),
        Field("first", ("givenName",)),
        Field("email", ("mail",)),
        Field("number", ("employeeNumber", "employeeID")),
        Field("unit", ("ou", "department")),
        Field("kind", ("employeeType",)),
        Field("control", ("userAccountControl",)),
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The person's profile."""
        classes = {one.strip().casefold() for one in row.text("object_class").split(";")}
        if "organizationalunit" in classes:
            own = SourceId(SOURCE, row.needed("dn").casefold())
            unit = OrgUnit(own, row.text("unit") or row.needed("dn"), "DEPARTMENT")
            return SourceRow((Statement(own, (unit,), row.provenance),))
        if not classes & _PEOPLE or classes & {"computer", "contact"}:
            return Skipped("entry.no_person")
        if row.text("control").isdecimal() and int(row.text("control")) & _DISABLED:
            return Skipped("account.disabled")
        login = row.text("login").casefold()
        name = " ".join(part for part in (row.name("first"), row.name("last")) if part)
        name = name if row.text("first") and row.text("last") else row.name("name") or _first(row, "common_name")
        if any(one and is_nobody(one, row.mapping) for one in (login, name)):
            return Skipped("account.nobody")
        external = any(word in f"{row.text('kind')} {row.text('name')}".casefold() for word in ("extern", "contractor"))
        if not name:
            raise CellFault(row.header("common_name"), "", "value.missing")
        account = SourceId(SOURCE, login or row.needed("dn").casefold())
        profile = Profile(
            account,
            name,
            PersonKind.EXTERNAL if external else PersonKind.EMPLOYEE,
            _first(row, "unit"),
            number=_first(row, "number"),
            email=_first(row, "email").casefold(),
            login=login,
        )
        return SourceRow((Statement(account, (profile,), row.provenance),), (), tuple(row.remarks))


def _first(row: Row, name: str) -> str:
    return row.text(name).split(";")[0].strip()
