"""House lists of customers, their people, and partner firms."""

from typing import ClassVar

from graph_service.model import Customer, CustomerContact, PartnerFirm
from importers.columns import Field, Kind
from importers.house_list import HouseList, since, until

_ADDRESS = {"sie": "SIE", "per sie": "SIE", "du": "DU", "per du": "DU"}
_DEPTH = {"laie": "BASIC", "grundlagen": "BASIC", "fortgeschritten": "PRO", "pro": "PRO", "experte": "EXPERT"}
_WANTS = {"gespräch": "DIALOGUE", "dialog": "DIALOGUE", "direkte antwort": "DIRECT"}
_LOGS = {"keine": "NONE", "geschwärzt": "REDACTED", "vor ort": "ON_SITE", "nach genehmigung": "AFTER_APPROVAL"}


class Customers(HouseList):
    """Customers: `supplies` lists the customers they deliver to."""

    name: ClassVar[str] = "customers"
    noun = Customer
    own_key = ("name",)
    fields: ClassVar[tuple[Field, ...]] = (
        Field("name", ("Kunde", "customer"), needed=True),
        Field("owner", ("Kundenverantwortlicher", "Betreuer", "account owner"), needed=True),
        Field("tier", ("Stufe", "Klasse", "tier")),
        Field("loss_risk", ("Verlustrisiko", "loss risk")),
        Field("reason", ("Begründung", "reason")),
        Field("clearance", ("verlangte Freigabe", "needed clearance")),
        Field("supplies", ("beliefert", "Abnehmer", "supplies")),
        Field("by", ("beliefert durch", "Verfahren", "supplies by")),
    )


class CustomerContacts(HouseList):
    """People at customers: form of address, depth, how talks with them are logged."""

    name: ClassVar[str] = "customer-contacts"
    noun = CustomerContact
    own_key = ("customer", "name")
    choices: ClassVar[dict[str, dict[str, str]]] = {"address": _ADDRESS, "depth": _DEPTH, "log_policy": _LOGS,
                                                    "wants": _WANTS}  # fmt: skip
    fields: ClassVar[tuple[Field, ...]] = (
        Field("name", ("Ansprechpartner beim Kunden", "Kundenkontakt", "customer contact"), needed=True),
        Field("customer", ("Kunde", "customer"), needed=True),
        Field("title", ("Titel", "Anrede und Titel", "title")),
        Field("job", ("Funktion", "job")),
        Field("address", ("Anrede", "form of address")),
        Field("depth", ("Fachtiefe", "technical depth")),
        Field("log_policy", ("Protokolle", "log policy")),
        Field("wants", ("wünscht", "wants")),
        Field("agreed", ("Absprachen", "agreed")),
        Field("known", ("bekannt", "known")),
        Field("account", ("E-Mail", "email", "Konto")),
        Field("noted_by", ("notiert von", "noted by")),
        Field("noted_at", ("notiert am", "noted on"), Kind.DAY),
        since(),
        until(),
    )


class PartnerFirms(HouseList):
    """Partner firms by name; which customer they look after is another list."""

    name: ClassVar[str] = "partner-firms"
    noun = PartnerFirm
    own_key = ("name",)
    fields: ClassVar[tuple[Field, ...]] = (Field("name", ("Partner", "Partnerfirma", "partner firm"), needed=True),)
