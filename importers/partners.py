"""Which partner firm looks after which customer: gaps and overlaps are kept and said, not repaired."""

from collections.abc import Iterator
from typing import ClassVar

from graph_service.model import (
    Customer,
    Mapping,
    PartnerFirm,
    Reading,
    Responsibility,
    RowFault,
    SourceFile,
    SourceId,
    SourceRow,
    Statement,
)
from importers.columns import Field, Kind, plain_name
from importers.house import SOURCE, person_of
from importers.row_format import Row, TableFormat

_FOREVER = 2**53


class Partners(TableFormat):
    """Customer, partner firm and time; a customer without a partner is known to have none that we know."""

    name: ClassVar[str] = "partners"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("customer", ("Kunde", "Kundenname"), needed=True),
        Field("partner", ("Partnerfirma", "Partner", "partner firm"), needed=True),
        Field("from_at", ("zuständig ab", "ab", "von", "from", "since"), Kind.DAY, needed=True),
        Field("until_at", ("zuständig bis", "bis", "until"), Kind.DAY),
        Field("asked", ("Ansprechpartner intern", "Ansprechpartner", "contact"), Kind.KEY),
        Field("scope", ("Umfang", "Bereich")),
        Field("reached_by", ("Ansprechpartner beim Partner", "erreichbar", "reached by")),
    )

    def read(self, source: SourceFile, mapping: Mapping) -> Iterator[Reading]:
        """A SourceRow per line; two firms at once for a customer and names in two spellings are remarked."""
        times: dict[str, list[tuple[int, int, str]]] = {}
        written: dict[str, str] = {}
        for reading in super().read(source, mapping):
            if isinstance(reading, SourceRow):
                remarks = tuple(_remarks(reading, times, written))
                own, customer, *firm = reading.statements
                spelt_so = all(remark.reason != "value.other_spelling" for remark in remarks)
                said = (own, customer, *firm) if spelt_so else (own, *firm)  # one spelling of a file holds: its first
                yield reading._replace(statements=said, remarks=remarks)
            else:
                yield reading

    def row(self, row: Row) -> SourceRow:
        """The customer, the firm, and since when the one looks after the other."""
        name, firm = row.needed("customer"), row.text("partner")
        customer = SourceId(SOURCE, plain_name(name))
        partner = SourceId(SOURCE, plain_name(firm)) if firm else None
        from_at = row.at("from_at")
        scope = f" {row.text('scope').casefold()}" if row.text("scope") else ""
        own = SourceId(SOURCE, f"{customer.key} {partner.key if partner else '-'} {from_at}{scope}")
        asked = person_of(row.key("asked")) if row.text("asked") else None
        until_at, reached_by = row.at("until_at"), row.text("reached_by")
        responsible = Responsibility(own, customer, partner, row.text("scope"), from_at, until_at, asked, reached_by)
        statements = [
            Statement(own, (responsible,), row.provenance),
            Statement(customer, (Customer(customer, name),), row.provenance, 0),
        ]
        if partner:
            statements.append(Statement(partner, (PartnerFirm(partner, firm),), row.provenance, 0))
        return SourceRow(tuple(statements))


def _remarks(
    row: SourceRow, times: dict[str, list[tuple[int, int, str]]], written: dict[str, str]
) -> Iterator[RowFault]:
    place = row.statements[0].provenance
    responsible, customer = row.statements[0].facts[0], row.statements[1].facts[0]
    assert isinstance(responsible, Responsibility) and isinstance(customer, Customer)
    key = customer.source_id.key
    if written.setdefault(key, customer.name) != customer.name:
        yield RowFault(place.file, place.line, "", customer.name[:200], "value.other_spelling")
    if responsible.partner is None:
        yield RowFault(place.file, place.line, "", customer.name[:200], "value.no_partner")
        return
    start, end = responsible.from_at or 0, responsible.until_at or _FOREVER
    for other_start, other_end, firm in times.get(key, ()):
        if firm != responsible.partner.key and start < other_end and other_start < end:
            yield RowFault(place.file, place.line, "", customer.name[:200], "value.two_partners")
    times.setdefault(key, []).append((start, end, responsible.partner.key))
