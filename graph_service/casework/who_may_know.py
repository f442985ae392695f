"""Who may know who knows; where nobody is proven one dormant tie, and what the nearest cases share."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph_service.casework.company import Company
from graph_service.evidence.relations import Relation, relations_of
from graph_service.model import ExpertNote, Referral
from graph_service.network.connecting_words import relation_sentence
from graph_service.ranking.recommend import Answer
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.listed import listed, listed_of
from graph_service.surroundings import same
from graph_service.text.terms import as_written, case_words, terms_of

NEAREST = 5
SHOWN = 3
_FEWEST_SHARED = 2


@dataclass(frozen=True, slots=True)
class MayKnow:
    """Somebody (id) who may know who knows: they had a part in a near case (key), were named by `referred_by`, look
    after the `system`, or the asker has a `note` about them."""

    person: str
    case: str = ""
    referred_by: str = ""
    system: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """A near case (id): the words of the question that it has, and those that it lacks."""

    case: str
    shared: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Helping:
    """What helps where nobody is named: people, the asker's strongest dormant tie, and the nearest cases."""

    people: Sequence[MayKnow] = ()
    dormant: Relation | None = None
    near: Sequence[Near] = ()


def helping(view: View, answer: Answer, asker: str | None) -> Helping:
    """Looks for them, in at most six store calls: whom others named, who looks after the system, whom the asker has
    noted; where nobody is named also those around near cases."""
    named = {one.person for one in answer.named}
    told = [*_referred(view, answer), *_keepers(answer), *_noted(view, answer, asker)]
    told = [one for one in told if one.referred_by or one.person not in named]
    if answer.experts:
        return Helping(told[:SHOWN])
    return Helping((*told, *_around(answer))[:SHOWN], _dormant(view, answer, asker), _near(view, answer))


def _keepers(answer: Answer) -> list[MayKnow]:
    """Who looks after the system that is asked about, at this customer first."""
    told, around = answer.understood, answer.prepared.around
    system, customer = told.system.one, told.customer.one
    if system is None:
        return []
    here = [one for one in around.systems if same(one.name) == same(system.name) and one.keeper]
    own = [one for one in here if around.runs_at(one, customer)]
    keepers = dict.fromkeys(one.keeper.key for one in own or here if one.keeper)
    return [MayKnow(person, system=system.name) for person in keepers if person not in answer.left_out]


def _noted(view: View, answer: Answer, asker: str | None) -> list[MayKnow]:
    """Whom the asker has noted on the kinds asked about; never part of the order."""
    if asker is None:
        return []
    told = listed_of(view.scoped(view.scope.seen_by(asker)), (ExpertNote,), people=[asker]).of(ExpertNote)
    return [
        MayKnow(one.person.key, note=one.note)
        for one in told
        if one.owner.key == asker
        and one.note
        and answer.beside.is_about(one.problem_class)
        and one.person.key not in answer.left_out
    ]


def _referred(view: View, answer: Answer) -> list[MayKnow]:
    """Whom others named for a question with two of its words, or all of a short one."""
    words = set(terms_of(answer.problem.text, answer.problem.language))
    found = []
    for one in listed(view, (Referral,)).of(Referral):
        shared = words & set(terms_of(one.text, answer.problem.language))
        if (
            one.to.key not in answer.left_out
            and one.at <= answer.as_of
            and len(shared) >= min(_FEWEST_SHARED, len(words))
            and shared
        ):
            found.append((-len(shared), -one.at, MayKnow(one.to.key, referred_by=one.by.key)))
    ordered = [one for _, _, one in sorted(found, key=lambda one: (one[:2], one[2].person))]
    return list({one.person: one for one in reversed(ordered)}.values())[::-1]


def _around(answer: Answer) -> list[MayKnow]:
    """Who solved or talked in the nearest cases, each once, with the nearest of these."""
    situation = answer.situation
    if situation is None:
        return []
    found: dict[str, MayKnow] = {}
    for case in situation.opened[:NEAREST]:
        talked = [row.person for row in situation.commenters if row.case_id == case.case_id]
        for person in sorted({*case.solvers, *talked} - answer.left_out):
            found.setdefault(person, MayKnow(person, case.case_id))
    return list(found.values())


def _dormant(view: View, answer: Answer, asker: str | None) -> Relation | None:
    """The asker's dormant tie with most contacts."""
    if asker is None:
        return None
    own = relations_of(view.scoped(view.scope.seen_by(asker)), [asker]).get(asker, {})
    asleep = [one for one in own.values() if not one.is_living and one.other not in answer.left_out]
    return max(asleep, key=lambda one: (one.contacts, one.last, one.other), default=None)


def _near(view: View, answer: Answer) -> list[Near]:
    """The nearest cases with what they share with the question, and what not."""
    ids = [case.case_id for case in answer.nearest[:SHOWN]]
    problem = answer.problem
    asked = list(dict.fromkeys(terms_of(problem.text, problem.language)))
    found = {}
    for row in view.ask(nq.CASE_RECORDS, cases=ids) if ids else ():
        words = set(case_words(row.title, row.text, (*row.components, *row.labels), problem.language))
        shared = as_written([term for term in asked if term in words], problem.text, problem.language)
        lacking = as_written([term for term in asked if term not in words], problem.text, problem.language)
        found[row.case_id] = Near(row.case_id, tuple(shared), tuple(one for one in lacking if one not in shared))
    return [found[case] for case in ids if case in found]


def people_in(found: Helping) -> list[str]:
    """Everybody it speaks of."""
    told = [person for one in found.people for person in (one.person, one.referred_by) if person]
    return [*told, *([found.dormant.other] if found.dormant else [])]


def lines(company: Company, found: Helping) -> list[tuple[str, str]]:
    """(name, why they may know) for each of them whom the asker sees."""
    return [(name, _why(company, one)) for one in found.people if (name := company.name(one.person))]


def _why(company: Company, one: MayKnow) -> str:
    if one.referred_by:
        return company.say("may_know.referral", name=company.name(one.referred_by) or "–")
    if one.system:
        return company.say("may_know.keeper", system=one.system)
    if one.note:
        return company.say("may_know.note", text=one.note)
    case = company.heads[one.case].key if one.case in company.heads else ""
    return company.say("may_know.case", case=case)


def dormant_line(company: Company, found: Helping) -> str:
    """The dormant tie in words; empty where there is none."""
    tie = found.dormant
    name = company.name(tie.other) if tie else ""
    if tie is None or not name:
        return ""
    return company.say("dormant.tie", name=name, tie=relation_sentence(tie, company.language))
