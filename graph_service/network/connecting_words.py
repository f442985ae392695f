"""What connects people and groups, in words."""

from collections.abc import Sequence

from graph_service.evidence.relations import Relation
from graph_service.evidence.tie_kinds import ContactKind
from graph_service.evidence.ways import Acquaintance
from graph_service.model import DAY, moment
from graph_service.network.boundary import Boundary
from graph_service.network.ego import OwnWay
from graph_service.network.reconnection import Proposal
from graph_service.network.source_words import kind_name
from graph_service.text.messages import Spoken, percent_change, sentence


def relation_sentence(relation: Relation, language: Spoken) -> str:
    """A tie in words: `ruhender Kontakt seit 09/2019, gemeinsames Projekt`."""
    last = f"{moment(relation.last * DAY):%m/%Y}"
    occasion = relation.occasion or kind_name(relation.last_kind, language)
    code = "network.living" if relation.is_living else "network.dormant"
    since = f"{moment(relation.since * DAY):%m/%Y}"
    return sentence(code, language, last=last, since=since, occasion=occasion, count=relation.contacts)


def way_sentence(found: OwnWay, through: Sequence[str], language: Spoken) -> str:
    """How one reaches somebody."""
    if found.way is None or found.first is None:
        return sentence("network.no_way", language)
    tie = relation_sentence(found.first, language)
    if not through:
        return sentence("network.direct", language, tie=tie)
    return sentence(
        "network.through", language, first=through[0], tie=tie, then=", ".join(through[1:]), of=len(through)
    )


def boundary_headline(found: Boundary, one: str, other: str, language: Spoken) -> str:
    """What became of the ties between two groups, beside what became of their other ties."""
    if found.change is None:
        return sentence("network.boundary_none", language, one=one, other=other)
    values = {"one": one, "other": other, "change": percent_change(found.change, language)}
    if found.compared is None:
        return sentence("network.boundary_alone", language, **values)
    return sentence("network.boundary", language, **values, compared=percent_change(found.compared, language))


def reconnect_headline(found: Sequence[Proposal], names: Sequence[str], language: Spoken) -> str:
    """Where a renewed acquaintance would help most."""
    if not found:
        return sentence("network.reconnect_none", language)
    first = found[0]
    pair = f"{names[first.pair[0]]} – {names[first.pair[1]]}"
    return sentence("network.reconnect", language, pair=pair, gained=first.gained.replace("-", "–"))


def earlier_words(one: Proposal, language: Spoken) -> str:
    """What brought two groups together before: `Besprechung, 2019`."""
    if one.dormant is None:
        return sentence("network.never_met", language)
    if one.dormant.earlier is None:
        return sentence("network.several", language)
    kind, year = one.dormant.earlier
    return f"{kind_name(kind, language)}, {year}"


def proposal_words(one: Proposal, language: Spoken) -> str:
    """What could bring them together now."""
    if one.dormant is not None:
        kind, _ = one.dormant.earlier or (ContactKind.MEETING, 0)
        return sentence(f"network.propose.{kind.value}", language)
    if one.subject is None:
        return sentence("network.propose.common", language)
    return sentence("network.propose.subject", language, subject=one.subject)


def acquaintance_sentence(found: Acquaintance, through: str, language: Spoken) -> str:
    """How an asker stands to somebody, in words."""
    told = [] if found.relation is None else [relation_sentence(found.relation, language)]
    if found.way is not None:
        told.append(sentence("relation.via", language, through=through, tie=relation_sentence(found.way, language)))
    return "; ".join(told) or sentence("relation.unknown", language)
