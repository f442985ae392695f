"""Words to a Problem: what was understood of a rough sentence, or of a case number."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import orjson

from graph_service.access import Scope
from graph_service.errors import ProblemRefused
from graph_service.model import month_start
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.named_queries import SkillLabel
from graph_service.text.language import Language, language_of
from graph_service.text.messages import LANGUAGES
from graph_service.text.terms import by_words, case_words, composed, escape, labels_in, named_in, printed, terms_of

LONGEST_TEXT = 100_000
_CASE_NUMBER = re.compile(r"\b[A-Za-z][A-Za-z0-9_]*-\d+\b")
_MOST_NUMBERS = 20
_COMPARED = re.compile(
    r"\b(?:wie|damals|ähnlich|vgl|vergleiche|siehe|analog|like|similar|same\s+as|see|as\s+in)\b[^,;:!?]{0,20}$",
    re.IGNORECASE,
)
"""Before a case's number: it is named to compare, and not what is asked about."""
_FOREIGN = 1 / 3
"""A text of whose words no more than this share is in any case is in another language than they are."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is asked. `words`: how often each term stands in it (a title counts twice); `asked_case`: the case it came
    as, which `solvers` have solved; `said` are the words beside its number; `telling` those that each
    name a kind of problem by themselves."""

    text: str
    language: Language
    words: Mapping[str, int]
    components: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    skills: tuple[SkillLabel, ...] = ()
    reporter: str | None = None
    said: str = ""
    asked_case: str | None = None
    solvers: tuple[str, ...] = ()
    telling: frozenset[str] = frozenset()

    @property
    def says_something(self) -> bool:
        """Whether there is anything to go on: words to search for, or at least a component or product."""
        return bool(self.words or self.components or self.products)


def cleaned(text: str) -> str:
    """The text without control characters; raises ProblemRefused when it is too long."""
    if len(text) > LONGEST_TEXT:
        raise ProblemRefused("problem.too_long", limit=LONGEST_TEXT, length=len(text))
    return composed(printed(text)).strip()


def case_meant(view: View, text: str) -> str | None:
    """The id of the case when the text names exactly one known case number, and not to compare (`wie damals K-1`)."""
    asked = [found[0] for found in _CASE_NUMBER.finditer(text) if not _COMPARED.search(text[: found.start()])]
    keys = [key for found in asked for key in (found, found.upper())]
    if text.isdecimal():
        keys.append(text)
    cases = view.ask(nq.CASES_BY_KEYS, keys=list(dict.fromkeys(keys))[:_MOST_NUMBERS]) if keys else ()
    return cases[0].case_id if len(cases) == 1 else None


def is_case_number(text: str) -> bool:
    """Whether a text is nothing but the number of a case."""
    return text.isdecimal() or _CASE_NUMBER.fullmatch(text) is not None


def problem_of_text(text: str) -> Problem:
    """A Problem from words alone; names are found later, in `recognised`. A bare number is one word, not its parts."""
    language = language_of(text)
    if _CASE_NUMBER.fullmatch(text):
        return Problem(text, language, {escape(text.casefold()): 1})
    return Problem(text=text, language=language, words=Counter(terms_of(text, language)))


def problem_of_case(view: View, case_id: str, said: str = "") -> Problem:
    """A Problem from what was known of a case when it was opened, and what was said beside its number.

    Raises ProblemRefused when the case is not visible.
    """
    records = view.ask(nq.CASE_RECORDS, cases=[case_id])
    if not records:
        raise ProblemRefused("problem.unknown_case", case=case_id)
    record = records[0]
    language = language_of(f"{record.title}\n{record.text}")
    words = case_words(record.title, record.text, (*record.components, *record.labels), language)
    beside = said.casefold().replace(record.key.casefold(), " ")
    words += terms_of(beside, language)
    people = view.ask(nq.PARTICIPANTS, cases=[case_id])
    reporters = [row.person for row in people if row.role == "REPORTER"]
    return Problem(
        text=f"{record.title}\n{record.text}".strip(),
        language=language,
        words=Counter(words),
        components=record.components,
        products=(record.product,) if record.product else (),
        reporter=reporters[0] if reporters else None,
        said=_CASE_NUMBER.sub(" ", said).strip(" ,.:;–-"),
        asked_case=case_id,
        solvers=tuple(row.person for row in people if row.role == "RESOLVER"),
    )


def recognised(view: View, problem: Problem, components: set[str], products: set[str]) -> Problem:
    """The Problem with the names of components, products and skills that stand in its text as whole words."""
    labels = view.ask(nq.SKILL_LABELS)
    claimed = {label.skill for label in labels}
    labels = [*labels, *(name for name in view.ask(nq.SKILL_NAMES) if name.skill in claimed)]
    named = set(labels_in(problem.text, [label.label for label in labels]))
    found = {label.skill: label for label in reversed(labels) if label.label in named}
    skills = tuple(sorted(found.values(), key=lambda label: (label.label, label.skill)))
    if problem.asked_case is not None:
        return replace(problem, skills=skills)
    return replace(
        problem,
        components=tuple(labels_in(problem.text, sorted(components))),
        products=tuple(labels_in(problem.text, sorted(products))),
        skills=skills,
    )


def listed_in(view: View, text: str) -> list[str]:
    """The house's classes of problems and the listed skills that a text names: nobody needs to have solved or claimed
    them. Asked when the question is, so that words listed later tell nothing about earlier questions."""
    names = {
        label: one.label_de or one.label_en
        for one in view.ask(nq.SKILL_CONCEPTS)
        for label in (one.label_de, one.label_en)
        if label
    }
    for row in view.ask(nq.PROBLEM_CLASSES):
        told = orjson.loads(row.body)
        names |= {
            label: told["label_de"]
            for label in (told["label_de"], told.get("label_en"), *told.get("terms", ()))
            if label
        }
    return sorted(named_in(text, by_words(names)))


def spelt(problem: Problem, slips: Mapping[str, str]) -> Problem:
    """The Problem with words as they are meant where a slip of the pen is in them."""
    words = dict(problem.words)
    for said, meant in slips.items():
        counts = [words.pop(term, 0) for term in terms_of(said, problem.language)]
        for term in terms_of(meant, problem.language):
            words[term] = words.get(term, 0) + max(counts, default=1)
    return replace(problem, words={term: count for term, count in words.items() if count > 0})


def in_words_of_cases(view: View, problem: Problem, told: Mapping[str, Sequence[str]]) -> Problem:
    """The Problem with other names of what it tells of, where no case holds its own words and some hold those: `told`
    is words -> names of what they mean (`invoices` -> `Rechnung`, ...); in one store call, none where nothing is told.

    Where hardly a word beside them is in any case, it is told in a language that the cases are not written in: words
    that none of them could hold tell nothing about what is like it, and are left out.
    """
    own = {said: terms_of(said, problem.language) for said in told}
    named = {
        said: [terms for name in names for language in LANGUAGES if (terms := terms_of(name, language))]
        for said, names in told.items()
    }
    asked = {*problem.words, *(term for some in named.values() for terms in some for term in terms)}
    month = month_start(view.as_of)
    rows = view.ask(nq.TERM_COUNTS, terms=sorted(asked), month=month) if told else ()
    known = {row.term for row in rows}
    words, meant = dict(problem.words), set[str]()
    for said, some in named.items():
        held = dict.fromkeys(term for terms in some if all(term in known for term in terms) for term in terms)
        if not held or any(term in known for term in own[said]):
            continue
        counts = [words.pop(term, 0) for term in own[said]]
        words |= {term: words.get(term, 0) + max(1, *counts) for term in held}
        meant |= held.keys()
    beside = [term for term in words if term not in meant]
    if meant and sum(term in known for term in beside) < _FOREIGN * len(beside):
        words = {term: count for term, count in words.items() if term in known}
    words = {term: count for term, count in words.items() if count > 0}
    whole = {terms[0] for some in named.values() for terms in some}
    return replace(problem, words=words, telling=frozenset(whole & words.keys()))


def without_words(problem: Problem, aside: Sequence[str]) -> Problem:
    """The Problem without these words."""
    dropped = {term for words in aside for term in terms_of(words, problem.language)}
    return replace(problem, words={term: count for term, count in problem.words.items() if term not in dropped})


def without_asked_case(scope: Scope, problem: Problem) -> Scope:
    """The scope in which the asked case itself is no evidence."""
    return scope.leaving_out(frozenset({problem.asked_case})) if problem.asked_case else scope
