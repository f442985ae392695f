"""Workday's tables: workers, their names, e-mails and positions, organisations; states with validity, newest last."""

from typing import ClassVar

from graph_service.model import Membership, OrgUnit, PersonKind, Profile, Skipped, SourceId, SourceRow, Statement, Stay
from importers.columns import Field, Kind
from importers.row_format import Row, TableFormat
from importers.tables import Look

SOURCE = "workday"
_STATE = (
    Field("deleted", ("_fivetran_deleted",)),
    Field("since", ("_fivetran_start", "_fivetran_synced"), Kind.DAY),
)


class _Workday(TableFormat):
    def own_settings(self, look: Look) -> tuple[tuple[str, str], ...]:
        """The zone alone."""
        return (("zone", "UTC"),)


def _is_deleted(row: Row) -> bool:
    return row.text("deleted").casefold() == "true"


class Workers(_Workday):
    """Who works here from when until when, under which code and login; names are in another table."""

    name: ClassVar[str] = "workday-workers"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("id", ("id",), needed=True),
        Field("code", ("worker_code",), needed=True),
        Field("login", ("user_id",)),
        Field("hired", ("hire_date",), Kind.DAY, needed=True),
        Field("ended", ("termination_date",), Kind.DAY, needed=True),
        *_STATE,
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The newest version of a worker holds."""
        if _is_deleted(row):
            return Skipped("row.deleted")
        account = SourceId(SOURCE, row.needed("id"))
        profile = Profile(
            account,
            "",
            PersonKind.EMPLOYEE,
            number=row.text("code"),
            login=row.text("login").casefold(),
            joined_at=row.at("hired", early=True),
            left_at=row.at("ended", early=True),
        )
        subject = SourceId("workday worker", account.key)
        return SourceRow((Statement(subject, (profile,), row.provenance, row.at("since")),))


class WorkerNames(_Workday):
    """What workers are called."""

    name: ClassVar[str] = "workday-names"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("id", ("personal_info_system_id",), needed=True),
        Field("first", ("first_name",), needed=True),
        Field("last", ("last_name",), needed=True),
        Field("kind", ("type",), needed=True),
        *_STATE,
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The worker's name; the preferred one before the legal one."""
        if _is_deleted(row):
            return Skipped("row.deleted")
        account = SourceId(SOURCE, row.needed("id"))
        name = " ".join(part for part in (row.name("first"), row.name("last")) if part)
        subject = SourceId(f"workday {row.text('kind').casefold()} name", account.key)
        return SourceRow((Statement(subject, (Profile(account, name),), row.provenance, row.at("since")),))


class WorkerMails(_Workday):
    """E-mails of workers."""

    name: ClassVar[str] = "workday-mails"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("worker", ("personal_info_system_id",), needed=True),
        Field("email", ("email_address",), needed=True),
        Field("code", ("email_code",), needed=True),
        *_STATE,
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """One address of a worker."""
        if _is_deleted(row):
            return Skipped("row.deleted")
        account = SourceId(SOURCE, row.needed("worker"))
        email = row.needed("email").casefold()
        subject = SourceId("workday mail", f"{account.key} {email}")
        return SourceRow((Statement(subject, (Profile(account, "", email=email),), row.provenance, row.at("since")),))


class WorkerPositions(_Workday):
    """Which position a worker had, where and until when."""

    name: ClassVar[str] = "workday-positions"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("position", ("position_id",), needed=True),
        Field("worker", ("worker_id",), needed=True),
        Field("title", ("business_title",), needed=True),
        Field("site", ("business_site_summary_location", "business_site_summary_name")),
        Field("start", ("start_date", "effective_date"), Kind.DAY),
        Field("end", ("end_date",), Kind.DAY),
        *_STATE,
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The position as a stay."""
        start = row.at("start")
        if _is_deleted(row) or start is None:
            return Skipped("row.deleted" if _is_deleted(row) else "row.no_start")
        own = SourceId(SOURCE, f"{row.needed('worker')} {row.needed('position')}")
        worker = SourceId(SOURCE, row.needed("worker"))
        stay = Stay(own, worker, "POSITION", row.text("site"), start, row.at("end"), row.text("title"))
        return SourceRow((Statement(own, (stay,), row.provenance, row.at("since")),))


class Organisations(_Workday):
    """Units and what they are part of."""

    name: ClassVar[str] = "workday-organisations"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("id", ("id",), needed=True),
        Field("name", ("name",), needed=True),
        Field("code", ("organization_code",), needed=True),
        Field("superior", ("superior_organization_id",), needed=True),
        Field("kind", ("sub_type",)),
        Field("site", ("location",)),
        Field("manager", ("manager_id",)),
        Field("inactive", ("inactive",)),
        *_STATE,
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The unit."""
        if _is_deleted(row) or row.text("inactive").casefold() == "true":
            return Skipped("row.deleted")
        own = SourceId(SOURCE, row.needed("id"))
        superior = row.text("superior")
        part_of = SourceId(SOURCE, superior) if superior and superior != own.key else None
        unit = OrgUnit(own, row.needed("name"), row.text("kind").upper(), part_of=part_of)
        return SourceRow((Statement(own, (unit,), row.provenance, row.at("since")),))


class Positions(_Workday):
    """Positions and who fills them."""

    name: ClassVar[str] = "workday-open-positions"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("id", ("id",), needed=True),
        Field("title", ("job_posting_title",), needed=True),
        Field("worker", ("worker_for_filled_position_id",), needed=True),
        Field("start", ("effective_date",), Kind.DAY, needed=True),
        Field("unit", ("supervisory_organization_id",)),
        Field("code", ("position_code",)),
        *_STATE,
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The position of the worker who fills it."""
        if _is_deleted(row) or not row.text("worker"):
            return Skipped("row.deleted" if _is_deleted(row) else "position.open")
        worker = SourceId(SOURCE, row.text("worker"))
        own = SourceId(SOURCE, f"{worker.key} {row.needed('id')}")
        stay = Stay(own, worker, "POSITION", row.text("unit"), row.needed_at("start"), None, row.text("title"))
        return SourceRow((Statement(own, (stay,), row.provenance, row.at("since")),))


class Roles(_Workday):
    """Which role a worker has in which organisation."""

    name: ClassVar[str] = "workday-roles"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("worker", ("associated_worker_id",), needed=True),
        Field("unit", ("organization_id",), needed=True),
        Field("role", ("role_id",), needed=True),
        *_STATE,
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The membership."""
        if _is_deleted(row):
            return Skipped("row.deleted")
        worker, unit = SourceId(SOURCE, row.needed("worker")), SourceId(SOURCE, row.needed("unit"))
        own = SourceId(SOURCE, f"{worker.key} {unit.key} {row.needed('role')}")
        member = Membership(own, worker, unit, row.needed("role"))
        return SourceRow((Statement(own, (member,), row.provenance, row.at("since")),))
