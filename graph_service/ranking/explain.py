"""Reasons with numbers, times and cases; counterfactuals by asking again without a fact."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph_service.evidence.situation import Citation, Kind, Situation, Work
from graph_service.evidence.ways import Acquaintance
from graph_service.model import DAY, is_name_alone, moment
from graph_service.ranking.ranked import Ranked
from graph_service.ranking.recommend import Answer
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.named_queries import CaseHead, PersonName, grouped
from graph_service.text.messages import Spoken, day_of, in_parts, sentence
from graph_service.text.terms import as_written, collated

LEAST_CONTRIBUTION = 1e-9
FEWEST_IN_TEAM = 3
"""So many of a team must be left beside those an answer names: the door of fewer would be a name."""
SOLVING = (
    "similar_solved",
    "typical_work",
    "component_amount",
    "component_last",
    "component_usual",
    "product_usual",
)
"""Kinds whose cases the person has solved, the most telling first."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is here: a kind of evidence, what it adds to the score, and the facts behind it.

    `place` is the component or product that counts, None for the whole house; `words` are those of the citation as the
    question has them.
    """

    kind: str
    contribution: float
    citation: Citation
    place: str | None
    as_of: int
    words: tuple[str, ...] = ()

    def text(self, language: Spoken) -> str:
        """The sentence with its numbers."""
        code, shown = self._worded(language)
        return sentence(code, language, **shown)

    def parts(self, language: Spoken) -> list[str]:
        """The same: what is read first, and what belongs to it."""
        code, shown = self._worded(language)
        return in_parts(code, language, **shown)

    def _worded(self, language: Spoken) -> tuple[str, dict[str, object]]:
        """The code of the sentence, and what stands in it."""
        citation = self.citation
        if not citation.count:
            kind = sentence(f"name.{self.kind}", language)
            if citation.since is None:
                return "kind.only_slightly", {"kind": kind}
            return "kind.only_older", {"kind": kind, "since": moment(citation.since)}
        shown: dict[str, object] = {
            "count": citation.count,
            "of": citation.of,
            "names": ", ".join(
                self.words
                or citation.texts
                or [_claim(claim, language, whose=bool(citation.variant)) for claim in citation.claims]
            ),
            "place": self._where(language),
            "until": moment(self.as_of),
            "since": "–" if citation.since is None else moment(citation.since),
            "newest": "–" if citation.newest is None else moment(citation.newest),
        }
        return f"kind.{self.kind}{citation.variant}", shown

    def _where(self, language: Spoken) -> str:
        if self.place is None:
            return sentence("say.whole_house", language)
        return sentence("say.here", language, place=self.place)


def _claim(claim: nq.ClaimRow, language: Spoken, *, whose: bool) -> str:
    word = f"{sentence(f'claimed_by.{claim.claimed_by}', language)}, " if whose else ""
    known = day_of(claim.known_at, language)
    since = known if claim.is_dated else sentence("say.undated", language, known=known)
    return f"{claim.label} {claim.original} ({word}{since})"


@dataclass(frozen=True)
class Explained:
    """An answer with names, reasons and cited cases of the people it names, and the `teams` of people who solved
    something like it and are not shown; `today` are the reasons of those who help today."""

    answer: Answer
    names: Mapping[str, PersonName]
    cases: Mapping[str, CaseHead]
    reasons: Mapping[str, Sequence[Reason]]
    teams: Sequence[str] = ()
    today: Mapping[str, Sequence[Reason]] = field(default_factory=dict)
    acquaintances: Mapping[str, Acquaintance] = field(default_factory=dict)


def explained(view: View, answer: Answer, chosen: Iterable[Ranked] | None = None) -> Explained:
    """Names, reasons and cited cases for those `chosen` (default: all the answer names), in five store calls."""
    named = list(chosen if chosen is not None else answer.named)
    people = sorted({ranked.person for ranked in named})
    reasons: dict[str, list[Reason]] = {}
    today: dict[str, list[Reason]] = {}
    if answer.situation is not None and people:
        work = _work(view, answer.situation, people)
        kinds = {weigh.kind.name: weigh.kind for weigh in answer.ranker.weights}
        reasons = {ranked.person: _reasons(answer.situation, work, ranked, kinds) for ranked in named}
        helping = answer.helping_today if chosen is None else ()
        today = {ranked.person: _reasons(answer.situation, work, ranked, kinds) for ranked in helping}
    told = [reason for some in (*reasons.values(), *today.values()) for reason in some]
    cited = {case for reason in told for case in reason.citation.cases}
    cited.update(case.case_id for case in answer.nearest[: answer.question.limit])
    heads = view.ask(nq.CASE_HEADS, cases=sorted(cited)) if cited else []
    acquaintances = {person: answer.acquaintances[person] for person in people if person in answer.acquaintances}
    between = {one.through for one in acquaintances.values() if one.through}
    to_name = sorted({*people, *answer.problem.solvers, *between})
    names = view.ask(nq.NAMES, people=to_name) if to_name else []
    known = first_names(names)
    teams = _team_doors(view, answer, known) if chosen is None else ()
    cases = {head.case_id: head for head in heads}
    return Explained(answer, known, cases, reasons, teams, today, acquaintances)


def _team_doors(view: View, answer: Answer, named: Mapping[str, PersonName]) -> list[str]:
    """Teams with people who solved something like it and do not take part, where enough of the team are not named here
    that the door is nobody's name."""
    situation = answer.situation
    if situation is None:
        return []
    floor = situation.measures.floor
    alike = sorted(case.case_id for case in situation.opened if situation.is_alike(case, floor))
    beside = Counter(row.unit for row in named.values())
    rows = view.ask(nq.TEAM_DOORS, cases=alike) if alike else []
    return [row.unit for row in rows if row.members - beside[row.unit] >= FEWEST_IN_TEAM]


def in_shown_order(named: Sequence[Ranked], names: Mapping[str, PersonName]) -> list[Ranked]:
    """Named people as they are shown: level ones by German collation, then id."""
    return sorted(named, key=lambda one: (one.level, collated(names[one.person].name), one.person))


def first_names(rows: Iterable[PersonName]) -> dict[str, PersonName]:
    """One name per person: the first account's; its key is that of the first that is more than a name."""
    found: dict[str, PersonName] = {}
    for row in rows:
        known = found.setdefault(row.person, row)
        if is_name_alone(known.source) and not is_name_alone(row.source):
            found[row.person] = known._replace(source=row.source, key=row.key)
    return found


def _work(view: View, situation: Situation, people: Sequence[str]) -> Work:
    measures = situation.measures
    solved = view.ask(nq.SOLVED_BY, people=people, since=situation.as_of - measures.window_solved * DAY)
    commented = view.ask(nq.COMMENTED_BY, people=people, since=situation.as_of - measures.window_lately * DAY)
    return Work(
        solved=grouped(solved, lambda event: event.person),
        commented=grouped(commented, lambda event: event.person),
        claims=grouped(situation.claims, lambda claim: claim.person),
    )


def _reasons(situation: Situation, work: Work, ranked: Ranked, kinds: Mapping[str, Kind]) -> list[Reason]:
    """The kinds that moved the score, strongest first, what takes off last; they add up to it."""
    problem = situation.problem
    place = None if situation.is_passed_on else ", ".join(problem.components or problem.products[:1])
    found = []
    for kind, contribution in ranked.contributions.items():
        if abs(contribution) > LEAST_CONTRIBUTION:
            citation = kinds[kind].cite(situation, work, ranked.person)
            words = as_written(citation.words, problem.text, problem.language) if citation.words else ()
            found.append(Reason(kind, contribution, citation, place, situation.as_of, tuple(words)))
    return sorted(found, key=lambda reason: (-reason.contribution, reason.kind))
