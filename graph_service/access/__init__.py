"""Who may see what: roles, purposes, two tables, and the Scope that goes into every query as parameters."""

from graph_service.access.asker import Asker, Identity, acting
from graph_service.access.record_classes import CLASS_OF_KIND
from graph_service.access.roles import FieldClass, Purpose, Reach, Role
from graph_service.access.scope import EVERYTHING, Scope, everybody_for, scope_of

__all__ = [
    "CLASS_OF_KIND", "EVERYTHING", "Asker", "FieldClass", "Identity", "Purpose", "Reach", "Role", "Scope", "acting",
    "everybody_for", "scope_of",
]  # fmt: skip
