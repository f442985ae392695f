"""Workday's workers, their names and e-mails; states with validity, the newest holds."""

from typing import ClassVar

from graph_service.model import PersonKind, Profile, Skipped, SourceId, SourceRow
from importers.columns import Field, Kind
from importers.row_format import Row
from importers.utc_format import UtcFormat
from importers.workday_state import SOURCE, STATE, is_deleted, state_of


class Workers(UtcFormat):
    """Who works here from when until when, under which code and login; names are in another table."""

    name: ClassVar[str] = "workday-workers"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("id", ("id",), needed=True),
        Field("code", ("worker_code",), needed=True),
        Field("login", ("user_id",)),
        Field("hired", ("hire_date",), Kind.DAY, needed=True),
        Field("ended", ("termination_date",), Kind.DAY, needed=True),
        *STATE,
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The newest version of a worker holds."""
        if is_deleted(row):
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
        return state_of(row, subject, profile)


class WorkerNames(UtcFormat):
    """What workers are called."""

    name: ClassVar[str] = "workday-names"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("id", ("personal_info_system_id",), needed=True),
        Field("first", ("first_name",), needed=True),
        Field("last", ("last_name",), needed=True),
        Field("kind", ("type",), needed=True),
        *STATE,
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The worker's name; the preferred one before the legal one."""
        if is_deleted(row):
            return Skipped("row.deleted")
        account = SourceId(SOURCE, row.needed("id"))
        name = " ".join(part for part in (row.name("first"), row.name("last")) if part)
        subject = SourceId(f"workday {row.text('kind').casefold()} name", account.key)
        return state_of(row, subject, Profile(account, name))


class WorkerMails(UtcFormat):
    """E-mails of workers."""

    name: ClassVar[str] = "workday-mails"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("worker", ("personal_info_system_id",), needed=True),
        Field("email", ("email_address",), needed=True),
        Field("code", ("email_code",), needed=True),
        *STATE,
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """One address of a worker."""
        if is_deleted(row):
            return Skipped("row.deleted")
        account = SourceId(SOURCE, row.needed("worker"))
        email = row.needed("email").casefold()
        subject = SourceId("workday mail", f"{account.key} {email}")
        return state_of(row, subject, Profile(account, "", email=email))
