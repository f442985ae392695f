"""What similar cases came from, how that was found, and which cases of other customers share the problem."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph_service.casework.company import Company
from graph_service.model import CaseNote
from graph_service.surroundings import same

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


def related_of(company: Company) -> list[Related]:
    """Near cases of other customers under one problem."""
    own = company.customer.name if company.customer else ""
    return [
        Related(note.problem, company.heads[case].key, note.customer)
        for case, note in _alike(company)
        if note.problem and note.customer and same(note.customer) != same(own)
    ]


def is_remote_doubtful(company: Company) -> bool:
    """Whether it is said that it cannot be done from afar, or similar cases could not."""
    if company.told.remote:
        return company.told.remote == "NO"
    told: Sequence[str] = [note.remote for _, note in _alike(company) if note.remote]
    return told.count("NO") >= _NEEDED_NO and told.count("NO") > told.count("YES")
