"""Which kinds of problems a text names, which it denies, and into which parts it falls."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from graph_service.model import ProblemClass
from graph_service.surroundings import Surroundings, same
from graph_service.text.language import Language
from graph_service.text.terms import terms_of
from graph_service.understanding.signs import Signs, Told, is_contrast
from graph_service.understanding.words import Span, Word, forms_of, found_in, is_like, vocabulary, words_of

_NEGATION_BEFORE = 5
_CONTRAST_WITHIN = 3
_JOINED = 3
_BEHIND = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a complaint with a domain of its own, or what somebody only supposes: its words, and the kinds of
    problems it names."""

    text: str
    kinds: tuple[str, ...]
    is_supposed: bool = False


class Kinds:
    """The kinds of problems that a text tells of, except where words `taken` already say something else; `slips` are
    words with a slip in them, and what they are meant for."""

    def __init__(self, signs: Signs, language: Language, around: Surroundings, taken: Iterable[Span]) -> None:
        self._signs = signs
        self._language = language
        self._around = around
        places = {place for span in taken for place in range(*span)}
        self.slips: dict[str, str] = {}
        self._all_told = self._all()
        self._told = [told for told in self._all_told if not places.intersection(range(*told.span))]

    @cached_property
    def named(self) -> list[Told]:
        """Kinds that are meant, each once, with the words that led to them; not what is said to be fine."""
        found: dict[str, Told] = {}
        for told in self._meant:
            known = found.get(told.value)
            found[told.value] = told if known is None or len(told.words) > len(known.words) else known
        return sorted(found.values(), key=lambda one: one.span)

    @cached_property
    def denied(self) -> list[Told]:
        """Kinds that it is said not to be, and never said to be."""
        meant = {told.value for told in self.named}
        found = {told.value: told for told in self._told if self._is_denied(told.span) and told.value not in meant}
        return sorted(found.values(), key=lambda one: one.span)

    @cached_property
    def _meant(self) -> Sequence[Told]:
        """What is neither denied nor said to be well."""
        return [told for told in self._told if not self._is_denied(told.span) and not self._is_fine(told.span)]

    @cached_property
    def _covered(self) -> frozenset[int]:
        """Where words of any kind stand."""
        return frozenset(place for told in self._all_told for place in range(*told.span))

    @cached_property
    def _starts(self) -> Sequence[int]:
        """Where the words of a kind begin, in their order."""
        return sorted({told.span.first for told in self._all_told})

    @cached_property
    def _borne(self) -> frozenset[str]:
        """The words of all names of kinds."""
        names = (name for label, kind in self._around.classes.items() for name in (label, kind.label_en, *kind.terms))
        return frozenset(form for name in names for form, _ in _parts(name, self._language))

    def _all(self) -> list[Told]:
        found: list[Told] = []
        for label, kind in self._around.classes.items():
            for name in (label, kind.label_en, *kind.terms):
                for span in self._spans(name):
                    found.append(Told(label, self._signs.said(span), span))
                    if self._has_slip(span, name):
                        self.slips[self._signs.said(span)] = name
        return sorted(found, key=lambda told: (told.span, told.value))

    def _has_slip(self, span: Span, name: str) -> bool:
        """Whether the words are the name but for a slip of the pen, and no other name's (`production`)."""
        said = (word.form for word in self._signs.words[span.first : span.last])
        return any(
            form != part and form not in self._borne and not (stem and _stem(form, self._language) == stem)
            for form, (part, stem) in zip(said, _parts(name, self._language), strict=True)
        )

    def _spans(self, name: str) -> list[Span]:
        parts = _parts(name, self._language)
        words = self._signs.words
        if not parts:
            return []
        return [
            Span(first, first + len(parts))
            for first in range(len(words) - len(parts) + 1)
            if all(self._is(words[first + step], part) for step, part in enumerate(parts))
        ]

    def _is(self, word: Word, wanted: tuple[str, str]) -> bool:
        form, stem = wanted
        return (
            is_like(word.form, form)
            or word.form == f"{form}s"
            or (bool(stem) and _stem(word.form, self._language) == stem)
        )

    def _is_denied(self, span: Span) -> bool:
        """`nicht der Abruf`, `es ist kein Abruf-Problem`, `not the call-off`, `Abruf ist es nicht`; `kein Abruf kommt
        an` denies no kind."""
        words = self._signs.words
        clause = self._signs.clause_of(span)
        if self._is_behind(span, "denied_behind") is not None:
            return True
        if words[clause.first].form in forms_of("negations_of_kinds") | forms_of("withouts"):
            rest = range(clause.first + 1, clause.last)
            if self._covered.issuperset(rest):
                return True  # `Kein Workflow-Fehler.`
        near = words[max(0, span.first - _NEGATION_BEFORE) : span.first]
        before = [word.form for word in near if word.clause == words[span.first].clause]
        if "noch" in before[-2:] and any(word.form == "weder" for word in words[: span.first]):
            return True  # `weder Abruf noch Workflow`
        skipped = forms_of("articles") | (forms_of("links") if forms_of("negations_of_kinds") & set(before) else set())
        while before and before[-1] in skipped:
            before.pop()
        if not before or before[-1] not in forms_of("negations_of_kinds"):
            return False
        is_about = any(word in forms_of("copulas") for word in before[:-1]) or self._is_contrasted(span)
        return not before[-1].startswith(("kein", "no")) or before[-1] == "not" or is_about

    def _is_contrasted(self, span: Span) -> bool:
        """Whether something else is said to be it: `kein Workflow-Fehler, sondern KANBAN`."""
        return is_contrast(self._signs.words[span.last : span.last + _CONTRAST_WITHIN])

    def _is_fine(self, span: Span) -> bool:
        """`Rechnungen stimmen`, `the call-off works fine`: what is said to be well is no kind of this problem."""
        fine = self._is_behind(span, "fine_behind")
        clause = self._signs.clause_of(span)
        return fine is not None and not any(
            word.form in forms_of("negations") for word in self._signs.words[span.last : clause.last]
        )

    def _is_behind(self, span: Span, section: str) -> Span | None:
        """Where one of the phrases stands behind a kind in its clause, before another kind is named."""
        clause = self._signs.clause_of(span)
        last = min(clause.last, span.last + _BEHIND + 3)
        other = bisect_left(self._starts, span.last)
        stop = self._starts[other] if other < len(self._starts) else last
        behind = self._signs.words[span.last : min(last, stop)]
        return next(found_in(behind, vocabulary("signs")[section]["phrases"]), None)

    def parts(self) -> list[Part]:
        """The parts with a domain each, where there are several; else none."""
        supposed = [told.span for told in self._signs.hypotheses]
        named = [told for told in self._meant if not any(told.span.overlaps(one) for one in supposed)]
        groups: list[list[Told]] = []
        domains: list[set[str]] = []
        for told in sorted(named, key=lambda one: one.span):
            group = groups[-1] if groups else None
            domain = self._around.domain_of(told.value)
            if group is not None and (domain in domains[-1] or self._is_one(group[-1].span, told.span)):
                group.append(told)
                domains[-1].add(domain)
            else:
                groups.append([told])
                domains.append({domain})
        if len(groups) < 2:
            return []
        cuts = [self._cut(before[-1].span, after[0].span) for before, after in pairwise(groups)]
        edges = [0, *cuts, len(self._signs.words)]
        return [
            Part(self._signs.said(self._without_joint(Span(*edge))), tuple(dict.fromkeys(told.value for told in group)))
            for group, edge in zip(groups, pairwise(edges), strict=True)
        ]

    def supposed(self) -> list[Part]:
        """What is supposed, each with the kinds it names."""
        return [
            Part(
                told.words,
                tuple(dict.fromkeys(one.value for one in self._told if one.span.overlaps(told.span))),
                is_supposed=True,
            )
            for told in self._signs.hypotheses
        ]

    def _is_one(self, before: Span, after: Span) -> bool:
        """Whether they belong together: in one clause of a text that has several, unless each has words of its own
        (`Rechnungen fehlen und der Abruf hängt`), or, where nothing parts the text (it was dictated), with nothing but
        small words between them: `Materialverfügbarkeit in der Produktion`."""
        words, small = self._signs.words, forms_of("joints")
        between = words[before.last : after.first]
        told = [word for word in words[self._signs.clause_of(before).first : before.first] if word.form not in small]
        if (
            len(between) == 2
            and between[0].form in forms_of("conjunctions")
            and between[1].form in forms_of("subjects")
        ):
            return len(told) < 2  # `falsche Positionen auf Rechnungen und die Mengeneinheiten passen nicht`
        if words[-1].clause > 0:
            is_joined = any(word.form in forms_of("conjunctions") for word in between[1:])
            has_own = any(word.form not in small for word in between[:1])
            return words[before.last - 1].clause == words[after.first].clause and not (is_joined and has_own)
        return len(between) <= _JOINED and all(word.form in small for word in between)

    def _cut(self, before: Span, after: Span) -> int:
        """Where the later part begins: with its clause, else with its first kind and the small words before it."""
        words = self._signs.words
        clause = words[after.first].clause
        if words[before.last - 1].clause != clause:
            return next(place for place in range(before.last, after.first + 1) if words[place].clause == clause)
        begin = after.first
        while begin > before.last and words[begin - 1].form in forms_of("articles"):
            begin -= 1
        return begin

    def _without_joint(self, span: Span) -> Span:
        is_joint = span.last - span.first > 1 and self._signs.words[span.last - 1].form in forms_of("conjunctions")
        return Span(span.first, span.last - 1) if is_joint else span


@lru_cache(maxsize=10_000)
def _parts(name: str, language: Language) -> tuple[tuple[str, str], ...]:
    return tuple((word.form, _stem(word.form, language)) for word in words_of(name))


@lru_cache(maxsize=20_000)
def _stem(form: str, language: Language) -> str:
    terms = terms_of(form, language)
    return terms[0] if terms and len(form) > _JOINED else ""


def labels_of(kinds: Mapping[str, ProblemClass], chosen: Sequence[str]) -> list[str]:
    """The labels of kinds that somebody chose by any of their names."""
    by_name = {same(name): label for label, kind in kinds.items() for name in (label, kind.label_en) if name}
    return [by_name[same(name)] for name in chosen if same(name) in by_name]
