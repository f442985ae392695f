"""What is told of the nearest cases beside the system they are kept in: their kinds, and what they came from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph_service.evidence.situation import Situation
from graph_service.model import CaseNote
from graph_service.neighbours import Neighbour
from graph_service.ranking.prepared import Prepared
from graph_service.store.base import View
from graph_service.store.named_queries import CaseHead
from graph_service.surroundings import Surroundings, heads_of, notes_of
from graph_service.text.language import language_of
from graph_service.understanding.kinds import Kinds
from graph_service.understanding.signs import Signs
from graph_service.understanding.words import words_of


def kinds_in(title: str, around: Surroundings) -> list[str]:
    """The kinds of problems that the title of a case names."""
    signs = Signs(title, words_of(title))
    return [told.value for told in Kinds(signs, language_of(title), around, ()).named]


def with_near_cases(view: View, known: Prepared, situation: Situation) -> Situation:
    """The situation with who connects the domains asked about, where it falls into several, and who has found causes,
    where these are asked for; in at most two store calls."""
    told = known.understood
    if not told.parts and not told.asks_for_cause:
        return situation
    heads = heads_of(view, (case.case_id for case in situation.solved))
    beside = situation.beside
    if told.parts:
        beside = replace(beside, bridges=_bridges(known, situation.solved, heads))
    if told.asks_for_cause:
        beside = replace(beside, finders=_finders(situation, notes_of(view, heads)))
    return replace(situation, beside=beside)


def _bridges(
    known: Prepared, solved: Sequence[Neighbour], heads: Mapping[str, CaseHead]
) -> Mapping[str, tuple[str, ...]]:
    """Person -> the kinds asked about that they solved cases of, for who did in several domains."""
    found: dict[str, set[str]] = {}
    for case in solved:
        head = heads.get(case.case_id)
        kinds = set(kinds_in(head.title, known.around) if head else ()).intersection(known.understood.labels)
        for solver in case.solvers if kinds else ():
            found.setdefault(solver, set()).update(kinds)
    return {
        person: tuple(sorted(kinds))
        for person, kinds in found.items()
        if len({known.around.domain_of(kind) for kind in kinds}) > 1
    }


def _finders(situation: Situation, notes: Mapping[str, CaseNote]) -> Mapping[str, tuple[str, ...]]:
    """Person -> causes of similar cases that they solved."""
    found: dict[str, dict[str, None]] = {}
    for case in situation.solved:
        note = notes.get(case.case_id)
        if note is not None and note.cause and situation.is_alike(case, situation.measures.floor):
            for solver in case.solvers:
                found.setdefault(solver, {})[note.cause] = None
    return {person: tuple(causes) for person, causes in found.items()}
