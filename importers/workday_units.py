"""Workday's positions, organisations and roles; states with validity, the newest holds."""

from typing import ClassVar

from graph_service.model import Membership, OrgUnit, Skipped, SourceId, SourceRow, Stay
from importers.columns import Field, Kind
from importers.row_format import Row
from importers.utc_format import UtcFormat
from importers.workday_state import SOURCE, STATE, is_deleted, state_of


class WorkerPositions(UtcFormat):
    """Which position a worker had, where and until when."""

    name: ClassVar[str] = "workday-positions"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("position", ("position_id",), needed=True),
        Field("worker", ("worker_id",), needed=True),
        Field("title", ("business_title",), needed=True),
        Field("site", ("business_site_summary_location", "business_site_summary_name")),
        Field("start", ("start_date", "effective_date"), Kind.DAY),
        Field("end", ("end_date",), Kind.DAY),
        *STATE,
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The position as a stay."""
        start = row.at("start")
        if is_deleted(row) or start is None:
            return Skipped("row.deleted" if is_deleted(row) else "row.no_start")
        own = SourceId(SOURCE, f"{row.needed('worker')} {row.needed('position')}")
        worker = SourceId(SOURCE, row.needed("worker"))
        stay = Stay(own, worker, "POSITION", row.text("site"), start, row.at("end"), row.text("title"))
        return state_of(row, own, stay)


class Positions(UtcFormat):
    """Positions and who fills them."""

    name: ClassVar[str] = "workday-open-positions"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("id", ("id",), needed=True),
        Field("title", ("job_posting_title",), needed=True),
        Field("worker", ("worker_for_filled_position_id",), needed=True),
        Field("start", ("effective_date",), Kind.DAY, needed=True),
        Field("unit", ("supervisory_organization_id",)),
        Field("code", ("position_code",)),
        *STATE,
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The position of the worker who fills it."""
        if is_deleted(row) or not row.text("worker"):
            return Skipped("row.deleted" if is_deleted(row) else "position.open")
        worker = SourceId(SOURCE, row.text("worker"))
        own = SourceId(SOURCE, f"{worker.key} {row.needed('id')}")
        stay = Stay(own, worker, "POSITION", row.text("unit"), row.needed_at("start"), None, row.text("title"))
        return state_of(row, own, stay)


class Organisations(UtcFormat):
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
        *STATE,
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The unit."""
        if is_deleted(row) or row.text("inactive").casefold() == "true":
            return Skipped("row.deleted")
        own = SourceId(SOURCE, row.needed("id"))
        superior = row.text("superior")
        part_of = SourceId(SOURCE, superior) if superior and superior != own.key else None
        unit = OrgUnit(own, row.needed("name"), row.text("kind").upper(), part_of=part_of)
        return state_of(row, own, unit)


class Roles(UtcFormat):
    """Which role a worker has in which organisation."""

    name: ClassVar[str] = "workday-roles"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("worker", ("associated_worker_id",), needed=True),
        Field("unit", ("organization_id",), needed=True),
        Field("role", ("role_id",), needed=True),
        *STATE,
    )

    def row(self, row: Row) -> SourceRow | Skipped:
        """The membership."""
        if is_deleted(row):
            return Skipped("row.deleted")
        worker, unit = SourceId(SOURCE, row.needed("worker")), SourceId(SOURCE, row.needed("unit"))
        own = SourceId(SOURCE, f"{worker.key} {unit.key} {row.needed('role')}")
        member = Membership(own, worker, unit, row.needed("role"))
        return state_of(row, own, member)
