"""A directory's people (LDAP, Active Directory): one entry each; units and groups are no people."""

from typing import ClassVar

from graph_service.model import OrgUnit, PersonKind, Profile, Skipped, SourceId, SourceRow, Statement
from importers.columns import Field
from importers.nobody import is_nobody
from importers.row_format import Row, TableFormat
from importers.tabular import CellFault

SOURCE = "directory"


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
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The person's profile."""
        classes = {one.strip().casefold() for one in row.text("object_class").split(";")}
        if "organizationalunit" in classes:
            own = SourceId(SOURCE, row.needed("dn").casefold())
            unit = OrgUnit(own, row.text("unit") or row.needed("dn"), "DEPARTMENT")
            return SourceRow((Statement(own, (unit,), row.provenance),))
        if not classes & {"person", "inetorgperson", "user", "organizationalperson"} or "computer" in classes:
            return Skipped("entry.no_person")
        login = row.text("login").casefold()
        if login and is_nobody(login, row.mapping):
            return Skipped("account.nobody")
        name = " ".join(part for part in (row.text("first"), row.text("last")) if part)
        name = name if row.text("first") and row.text("last") else row.text("name") or _first(row, "common_name")
        if not name:
            raise CellFault(row.header("common_name"), "", "value.missing")
        account = SourceId(SOURCE, login or row.needed("dn").casefold())
        profile = Profile(
            account,
            name,
            PersonKind.EXTERNAL if "extern" in row.text("kind").casefold() else PersonKind.EMPLOYEE,
            _first(row, "unit"),
            number=_first(row, "number"),
            email=_first(row, "email").casefold(),
            login=login,
        )
        return SourceRow((Statement(account, (profile,), row.provenance),))


def _first(row: Row, name: str) -> str:
    return row.text(name).split(";")[0].strip()
