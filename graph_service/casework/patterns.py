"""What similar cases came from, how that was found, how often they came, which of other customers share a problem."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph_service.casework.company import Company
from graph_service.evidence.kept_promises import YEAR
from graph_service.model import CaseNote
from graph_service.neighbours import Neighbour
from graph_service.surroundings import same
from graph_service.text.messages import day_of
from graph_service.text.terms import collated

_NEEDED_NO = 2
"""From so many similar cases on that could not be done from afar this one is doubted too."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A cause that similar cases had: in words, with the keys of these cases."""

    cause: str
    found: str
    cases: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Related:
    """A case of another customer that shares a problem with one of the nearest."""

    problem: str
    case: str
    customer: str


def patterns_of(company: Company) -> list[Pattern]:
    """Causes of the nearest cases that are similar enough, those of most cases first."""
    found: dict[tuple[str, str], list[str]] = {}
    for case, note in _alike(company):
        if note.cause:
            found.setdefault((note.cause, note.found), []).append(company.heads[case].key)
    ordered = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
    return [
        Pattern(cause, how, tuple(cases), company.say("pattern.cause" if how else "pattern.cause_only",
                cause=cause, found=how, cases=", ".join(cases), count=len(cases)))
        for (cause, how), cases in ordered
    ]  # fmt: skip


def _alike(company: Company) -> Iterator[tuple[str, CaseNote]]:
    situation = company.answer.situation
    if situation is None:
        return
    for case in company.answer.nearest:
        note = company.notes.get(case.case_id)
        if note is not None and situation.is_alike(case, situation.measures.floor):
            yield case.case_id, note


def recurrences(company: Company) -> list[str]:
    """`mal wieder`: how often each kind asked about came within twelve months among the nearest cases, how often at
    this customer, and the last with who solved it; nothing of a kind that came once."""
    found: dict[str, list[Neighbour]] = {}
    for case in company.answer.nearest:
        named = company.kinds_of.get(case.case_id, ()) if company.now - YEAR < case.opened_at else ()
        for kind in named:
            if kind in company.told.labels:
                found.setdefault(kind, []).append(case)
    return [_recurrence(company, kind, cases) for kind, cases in sorted(found.items()) if len(cases) > 1]


def _recurrence(company: Company, kind: str, cases: Sequence[Neighbour]) -> str:
    last, customer = max(cases, key=lambda one: (one.opened_at, one.case_id)), company.customer
    day = day_of(last.opened_at, company.language)
    said = [company.say("again.cases", kind=kind, count=len(cases), case=company.heads[last.case_id].key, day=day)]
    names = ", ".join(sorted(filter(None, map(company.proposed, last.solvers)), key=collated))
    said += [company.say("again.solved_by", names=names)] if names else []
    notes = [company.notes[one.case_id] for one in cases if one.case_id in company.notes]
    here = sum(same(note.customer) == same(customer.name) for note in notes) if customer else 0
    said += [company.say("again.here", here=here)] if here else []
    return "; ".join(said)


def related_of(company: Company) -> list[Related]:
    """Near cases of other customers under one problem."""
    own = company.customer.name if company.customer else ""
    return [
        Related(note.problem, company.heads[case].key, note.customer)
        for case, note in _alike(company)
        if note.problem and note.customer and same(note.customer) != same(own)
    ]


def remote_doubt(company: Company) -> str:
    """Why it cannot be done from afar: it is said, or similar cases could not; empty where it can, or nothing tells."""
    if company.told.remote:
        return company.say("remote.said") if company.told.remote == "NO" else ""
    told: Sequence[str] = [note.remote for _, note in _alike(company) if note.remote]
    is_doubtful = told.count("NO") >= _NEEDED_NO and told.count("NO") > told.count("YES")
    return company.say("remote.doubtful") if is_doubtful else ""
