"""What the asker may order, else who can grant it, at night too; and whether a red flag may be overridden."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph_service.casework.company import Company
from graph_service.evidence.reachability import Reachability
from graph_service.model import Mandate, holds
from graph_service.ranking.prepared import is_covered
from graph_service.surroundings import same
from graph_service.text.messages import day_of, figure


@dataclass(frozen=True, slots=True)
class Ordering:
    """What the asker may order: a sentence, the hours left (None: no mandate), whether it covers this question, and who
    can grant one (empty: nobody is told)."""

    sentence: str
    unit: str
    left: float | None
    is_covered: bool
    grants: str


@dataclass(frozen=True, slots=True)
class Override:
    """Whether somebody's red flag may be overridden; `lacks` are what is missing, as codes."""

    sentence: str
    is_allowed: bool
    lacks: tuple[str, ...]


def orderings(company: Company, units: Sequence[str]) -> list[Ordering]:
    """The asker's mandates over people who come into question; for units that none covers, who could grant one."""
    held = company.answer.prepared.mandates_of(company.asker)
    named = {same(way.person.unit) for way in company.answer.beside.ways.values()}
    mine = [one for one in held if same(one.unit) in named]
    found = [_own(company, one) for one in mine]
    covered = {same(one.unit) for one in mine}
    for unit in dict.fromkeys(unit for unit in units if unit and same(unit) not in covered):
        grants = granter(company, unit)
        code = "mandate.none" if grants else "mandate.none_known"
        found.append(Ordering(company.say(code, unit=unit, name=grants), unit, None, False, grants))
    return found


def deciders_of(company: Company, units: Sequence[str]) -> list[str]:
    """Who may decide, where a decision is asked for: whose mandate covers it, then who grants them, then whose customer
    it is."""
    if not company.told.asks_to_decide:
        return []
    found = []
    for unit in dict.fromkeys(filter(None, units)):
        told = [one for one in company.around.told.of(Mandate) if same(one.unit) == same(unit)]
        for one in told:
            covers = holds(one, company.now) and _covers(company, one)
            if covers and (name := company.name(one.holder)):
                until = day_of(one.until_at, company.language)
                found.append(company.say("decides.holder", name=name, unit=unit, until=until))
        if name := granter(company, unit):
            found.append(company.say("decides.granter", name=name, unit=unit))
    if company.customer and (name := company.name(company.customer.owner)):
        found.append(company.say("decides.owner", name=name, customer=company.customer.name))
    return found


def _own(company: Company, mandate: Mandate) -> Ordering:
    left = max(0.0, mandate.hours - mandate.spent)
    language = company.language
    values = {name: figure(value, "g", language) for name, value in
              (("hours", mandate.hours), ("spent", mandate.spent), ("left", left))}  # fmt: skip
    covers = _covers(company, mandate)
    code = "mandate.own" if left > 0 else "mandate.spent"
    said = company.say(code, unit=mandate.unit, priority=mandate.from_priority or "P5", **values)
    if name := company.name(mandate.granted_by):
        until = day_of(mandate.until_at, language)
        said += " " + company.say("mandate.granted", name=name, until=until)
    grants = granter(company, mandate.unit)
    if not covers:
        said += "; " + company.say("mandate.not_here", name=grants or "–")
    return Ordering(said, mandate.unit, left, covers, grants)


def _covers(company: Company, mandate: Mandate) -> bool:
    """Whether hours are left for what is asked."""
    return is_covered(mandate.from_priority, company.told) and mandate.hours > mandate.spent


def granter(company: Company, unit: str) -> str:
    """Who can grant a mandate over a unit: by day whoever grants them or leads it, at night who does then."""
    granters = company.around.granters_of(unit, at_night=company.told.days.is_night(company.now))
    return next((name for one in granters if (name := company.name(one))), "")


def override_of(company: Company, way: Reachability) -> Override | None:
    """What an override of a red flag needs and lacks; None where no flag stands."""
    if way.flag is None:
        return None
    wanted = way.overridable_by
    if not wanted:
        return Override(company.say("override.never"), False, ("RULE",))
    impact, lacks = company.told.impact, []
    if impact is None or impact.kind != wanted:
        lacks.append("IMPACT")
    elif not impact.is_confirmed:
        lacks.append("CONFIRMATION")
    has_mandate = way.person.id in way.asking.mandated
    if not has_mandate:
        lacks.append("MANDATE")
    if not way.asking.has_reason:
        lacks.append("REASON")
    name = company.say(f"impact.{wanted}")
    parts = [company.say("override.not_down" if "IMPACT" in lacks else "override.because", impact=name)]
    parts.append(company.say("override.mandate_yes" if has_mandate else "override.mandate_no"))
    if not has_mandate and (grants := granter(company, way.person.unit)):
        parts.append(company.say("override.grants", name=grants))
    parts += [company.say(f"override.needs_{one}") for one in lacks if one in ("CONFIRMATION", "REASON")]
    return Override("; ".join(parts), not lacks, tuple(lacks))
