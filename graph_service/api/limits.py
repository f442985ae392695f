"""Bounds on a document, counted before anything else looks at it.

Each fragment is measured once and its sums are reused, so nested spreads cost what they are written with, not what they
expand to.
"""

from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from graph_service.errors import InputRefused

LIMITS = {"depth": 10, "aliases": 15, "directives": 20, "fields": 500, "roots": 10}
INTROSPECTION_DEPTH = 15
MOST_TOKENS = 5_000


@dataclass(frozen=True, slots=True)
class _Size:
    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0
    roots: int = 0

    def beside(self, other: "_Size") -> "_Size":
        return _Size(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.fields + other.fields,
            self.roots + other.roots,
        )


def check(document: DocumentNode) -> int:
    """Raises InputRefused when an operation passes a bound, its fragments expanded, or the text has too many fields;
    returns the most root fields of an operation."""
    roots = 0
    fragments = {
        definition.name.value: definition
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }
    written = sum(_written_fields(getattr(node, "selection_set", None)) for node in document.definitions)
    if written > LIMITS["fields"]:
        raise InputRefused("request.too_complex", what="fields", found=written, limit=LIMITS["fields"])
    measured: dict[str, _Size] = {}
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            size = _measure(definition.selection_set, fragments, measured)
            roots = max(roots, size.roots)
            size = size.beside(_Size(directives=len(definition.directives or ())))
            introspects = not _root_names(definition).isdisjoint(("__schema", "__type"))
            for what, limit in LIMITS.items():
                bound = INTROSPECTION_DEPTH if what == "depth" and introspects else limit
                found = getattr(size, what)
                if found > bound:
                    raise InputRefused("request.too_complex", what=what, found=found, limit=bound)
    return roots


def _written_fields(selection: SelectionSetNode | None) -> int:
    """Fields as they stand in the text, also in fragments that nothing uses: validation looks at those too."""
    nodes = selection.selections if selection else ()
    return sum(isinstance(node, FieldNode) + _written_fields(getattr(node, "selection_set", None)) for node in nodes)


def _root_names(operation: OperationDefinitionNode) -> set[str]:
    return {node.name.value for node in operation.selection_set.selections if isinstance(node, FieldNode)}


def _measure(
    selection: SelectionSetNode | None, fragments: dict[str, FragmentDefinitionNode], measured: dict[str, _Size]
) -> _Size:
    """The size of a selection; `roots` counts its own fields, spreads included."""
    total = _Size()
    for node in selection.selections if selection else ():
        directives = _Size(directives=len(node.directives or ()))
        if isinstance(node, FieldNode):
            below = _measure(node.selection_set, fragments, measured)
            own = _Size(below.depth + 1, below.aliases + bool(node.alias), below.directives, below.fields + 1, 1)
        elif isinstance(node, FragmentSpreadNode):
            own = _fragment(node.name.value, fragments, measured)
        else:
            own = _measure(getattr(node, "selection_set", None), fragments, measured)
        total = total.beside(own).beside(directives)
    return total


def _fragment(name: str, fragments: dict[str, FragmentDefinitionNode], measured: dict[str, _Size]) -> _Size:
    if name not in measured:
        measured[name] = _Size()  # a cycle counts once here; validation refuses it afterwards
        if name in fragments:
            measured[name] = _measure(fragments[name].selection_set, fragments, measured)
    return measured[name]
