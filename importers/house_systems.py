"""House lists of units, systems, vendors and kinds of problems."""

from collections.abc import Iterator
from typing import ClassVar

from graph_service.model import Mapping, OrgUnit, ProblemClass, Reading, RowFault, SourceFile, SourceRow, System, Vendor
from importers.columns import Field
from importers.house_chains import Chains
from importers.house_list import HouseList

_UNITS = {"firma": "COMPANY", "standort": "SITE", "abteilung": "DEPARTMENT", "team": "TEAM"}


class OrgUnits(HouseList):
    """Units with the unit above; a unit above itself is refused."""

    name: ClassVar[str] = "org-units"
    noun = OrgUnit
    own_key = ("name",)
    may_be_empty = ("part_of",)
    choices: ClassVar[dict[str, dict[str, str]]] = {"kind": _UNITS}
    fields: ClassVar[tuple[Field, ...]] = (
        Field("name", ("Einheit", "Organisationseinheit", "org unit", "unit"), needed=True),
        Field("part_of", ("gehört zu", "übergeordnet", "part of", "parent unit"), needed=True),
        Field("kind", ("Art", "unit kind")),
        Field("country", ("Land", "country")),
        Field("zone", ("Zeitzone", "time zone")),
        Field("head", ("Leitung", "Leiter", "head")),
    )

    def read(self, source: SourceFile, mapping: Mapping) -> Iterator[Reading]:
        """As other lists; the row that would close a circle is a fault."""
        chains = Chains()
        for reading in super().read(source, mapping):
            unit = reading.statements[0].facts[0] if isinstance(reading, SourceRow) else None
            if isinstance(unit, OrgUnit) and isinstance(reading, SourceRow) and chains.closes(unit):
                place = reading.statements[0].provenance
                yield RowFault(place.file, place.line, "", unit.name, "value.circle", reading.cells)
            else:
                yield reading


class Systems(HouseList):
    """Systems and products, at which customer they run, and who looks after them."""

    name: ClassVar[str] = "systems"
    noun = System
    own_key = ("name", "runs_at")
    fields: ClassVar[tuple[Field, ...]] = (
        Field("name", ("System", "Produkt", "product", "system name"), needed=True),
        Field("keeper", ("kümmert sich", "Systemverantwortlicher", "looked after by"), needed=True),
        Field("version", ("Version", "Release")),
        Field("runs_at", ("läuft bei", "Kunde", "runs at")),
        Field("vendor", ("Hersteller", "vendor")),
    )


class Vendors(HouseList):
    """Who outside holds the fix for a product."""

    name: ClassVar[str] = "vendors"
    noun = Vendor
    own_key = ("name", "product")
    fields: ClassVar[tuple[Field, ...]] = (
        Field("name", ("Hersteller", "Lieferant", "vendor"), needed=True),
        Field("product", ("Produkt", "System", "product", "system"), needed=True),
        Field("reached_by", ("erreichbar", "Weg", "reached by")),
    )


class ProblemClasses(HouseList):
    """Kinds of problems and the words they are told in."""

    name: ClassVar[str] = "problem-classes"
    noun = ProblemClass
    own_key = ("label_de",)
    fields: ClassVar[tuple[Field, ...]] = (
        Field("label_de", ("Problemklasse", "problem class"), needed=True),
        Field("terms", ("Begriffe", "Wörter", "words"), needed=True),
        Field("label_en", ("Problemklasse (englisch)", "problem class en")),
        Field("part_of", ("Oberklasse", "part of")),
    )
