"""Certificates, licences and instructions, one row each: who has which, since when, until when."""

from typing import ClassVar

from graph_service.model import ClaimedBy, SkillClaim, SourceRow
from importers.claims import ClaimList, claim_statement, name_statement
from importers.columns import Field, Kind
from importers.house import WHO, account_of
from importers.row_format import Row
from importers.tabular import CellFault

_HELD = 1.0
"""Somebody has a certificate or has not: there are no degrees of it."""


class Certificates(ClaimList):
    """Columns that tell the person and the certificate; since when and until when, where the list says it."""

    name: ClassVar[str] = "certificates"
    fields: ClassVar[tuple[Field, ...]] = (
        *WHO,
        Field(
            "certificate",
            ("Zertifikat", "Zertifizierung", "Schein", "Nachweis", "Befähigungsnachweis", "Berechtigung",
             "Bescheinigung", "Unterweisung", "Lizenz", "certificate", "certification", "licence", "license"),
            needed=True,
        ),
        Field(
            "issued",
            ("ausgestellt am", "Ausstellungsdatum", "erworben am", "bestanden am", "gültig ab", "gültig von", "Stand",
             "Datum", "issued", "issue date", "valid from", "date"),
            Kind.DAY,
        ),
        Field(
            "valid_until",
            ("gültig bis", "Gültigkeit", "Ablauf", "Ablaufdatum", "läuft ab am", "valid until", "expires",
             "expiry date"),
            Kind.DAY,
        ),
    )  # fmt: skip

    def row(self, row: Row) -> SourceRow:
        """The certificate, and what the list calls the person."""
        named = row.needed("certificate")
        account = account_of(row, self.name)
        since, until = row.at("issued"), row.at("valid_until")
        if since is not None and until is not None and until < since:
            raise CellFault(row.header("valid_until"), row.text("valid_until"), "value.ends_before")
        claim = SkillClaim(account, named, _HELD, "", ClaimedBy.CERTIFICATE, since, until)
        names = name_statement(row, account, self.name)
        return SourceRow((claim_statement(row, claim), *names), tuple(row.left_out), tuple(row.remarks))
