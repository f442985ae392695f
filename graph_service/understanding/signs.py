"""What fixed words tell: impact, mode, steps tried, suppositions, whether it can be done from afar."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from graph_service.text.terms import composed
from graph_service.understanding.words import Span, Word, forms_of, found_in, phrase, vocabulary

_BEFORE, _AFTER, _CONDITION, _CONTRAST = 2, 2, 4, 3
_MOST_STEPS = 3
_DEED = re.compile(
    r"(?:ab|an|auf|aus|durch|ein|fest|her|hin|hoch|los|mit|nach|neu|raus|rein|um|vor|weg|zu|zuruck)?ge\w{2,}(?:t|en)|\w{3,}iert"
    r"|\w{3,}ed"
)


class Told(NamedTuple):
    """Something that was recognised: what it is, the words it came from, and where they stand."""

    value: str
    words: str
    span: Span


def is_contrast(words: Sequence[Word]) -> bool:
    """Whether something else is named instead: `sondern`."""
    return any(word.form in forms_of("contrasts") for word in words)


def is_deed(form: str) -> bool:
    """Whether a word may be a participle: `geleert`, `ausgetauscht`, `neugestartet`, `restarted`."""
    return _DEED.fullmatch(form) is not None


class Signs:
    """The signs of one text."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self.text = composed(text)
        self.words = words

    def told(self, section: str, *, supposed: bool = False) -> list[Told]:
        """What of a section of `signs.toml` the text tells, in its order, each value once; what is only `supposed`
        (`sonst`, `falls`) where that counts too."""
        found: dict[str, Told] = {}
        for value, phrases in vocabulary("signs")[section].items():
            denies = any(part in forms_of("negations") for one in phrases for part in phrase(one))
            for span in found_in(self.words, phrases):
                is_over = any(word.form in forms_of("past_days") for word in self._near(span, _BEFORE, _AFTER))
                is_denied = self.is_denied(span, itself=not denies)
                if not is_over and not is_denied and (supposed or not self.is_supposed(span)):
                    found.setdefault(value, Told(value, self.said(span), span))
        return sorted(found.values(), key=lambda one: one.span)

    def forms_around(self, start: int, end: int) -> tuple[list[str], list[str], list[str]]:
        """The words of a clause before, within and behind two places of the text, the first of which is a word's."""
        at = max((index for index, word in enumerate(self.words) if word.start <= start), default=0)
        clause = self.clause_of(Span(at, at + 1))
        words = self.words[clause.first : clause.last]
        return (
            [word.form for word in words if word.end <= start],
            [word.form for word in words if start <= word.start < end],
            [word.form for word in words if word.start >= end],
        )

    def spans(self, section: str) -> list[Span]:
        """Where anything of a section stands, denied or not."""
        known = vocabulary("signs")[section].values()
        return [span for phrases in known for span in found_in(self.words, phrases)]

    def said(self, span: Span) -> str:
        """The words of a span as they were written."""
        return self.text[self.words[span.first].start : self.words[span.last - 1].end]

    def titled(self) -> list[Told]:
        """Names behind `Herr`, `Frau Dr.`, `Kollegin`: one word or two, with the kind of the word before them."""
        found: list[Told] = []
        for kind in ("honorifics", "colleagues"):
            forms = forms_of(kind)
            for place, word in enumerate(self.words):
                follows = place + 1 < len(self.words) and self.words[place + 1].form not in forms_of("honorifics")
                if word.form in forms and follows and self._is_capital(place + 1):
                    ends = place + 3 if self._is_second(place + 2) else place + 2
                    found.append(Told(kind, self.said(Span(place + 1, ends)), Span(place, ends)))
        return sorted(found, key=lambda one: one.span)

    def _is_capital(self, place: int) -> bool:
        return place < len(self.words) and self.text[self.words[place].start].isupper()

    def _is_second(self, place: int) -> bool:
        """Whether a word may be the second of a name."""
        if not self._is_capital(place) or self.words[place - 1].end + 1 != self.words[place].start:
            return False
        return self.words[place].form not in forms_of("honorifics") | forms_of("colleagues")

    def is_denied(self, span: Span, *, itself: bool = True) -> bool:
        """Whether a negation stands just before or just behind a span in the same clause, or in it (`itself`)."""
        own = set() if itself else set(self.words[span.first : span.last])
        return any(word.form in forms_of("negations") and word not in own for word in self._near(span, _BEFORE, _AFTER))

    def is_contrasted(self, span: Span) -> bool:
        """Whether it is denied and something else said to be it: `nicht Nova, sondern Adler`."""
        before = [word.form for word in self.words[max(0, span.first - _BEFORE) : span.first]]
        while before and before[-1] in forms_of("articles"):
            before.pop()
        behind = self.words[span.last : span.last + _CONTRAST]
        return bool(before) and before[-1] in forms_of("negations_of_kinds") and is_contrast(behind)

    def is_asked(self, clause: Span) -> bool:
        """Whether a clause asks for yes or no: `Is production down?`"""
        rest = self.text[self.words[clause.last - 1].end :].lstrip()
        return rest.startswith("?") and self.words[clause.first].form in forms_of("asking")

    def is_supposed(self, span: Span) -> bool:
        """Whether it stands under a condition: `falls die Produktion steht`."""
        if any(word.form in forms_of("conditions") for word in self._near(span, _CONDITION, 0)):
            return True
        begins = self.clause_of(span).first
        is_first = span.first == begins and begins > 0
        return is_first and self.words[self.clause_of(Span(begins - 1, begins)).first].form in forms_of("conditions")

    def _near(self, span: Span, before: int, after: int) -> list[Word]:
        clauses = {self.words[place].clause for place in range(span.first, span.last)}
        near = self.words[max(0, span.first - before) : span.last + after]
        return [word for word in near if word.clause in clauses]

    def tried(self) -> list[Told]:
        """Steps that were tried, in the words of their clause; in those after it, or of the clauses before, where it
        says only who did: `wir haben schon versucht, den Dienst neu zu starten`, `Cache geleert, ohne Erfolg`."""
        known = vocabulary("signs")["tried"]
        found: dict[int, list[Told]] = {}
        for span in (*found_in(self.words, known["after"]), *found_in(self.words, known["before"])):
            clause = self.clause_of(span)
            steps = [Span(clause.first, span.first), Span(span.last, clause.last)]
            step = next((one for one in map(self._without_small_words, steps) if one.first < one.last), None)
            told = [step] if step is not None else self._beside(clause)
            found.setdefault(clause.first, [Told("tried", self.said(one), one) for one in told])
        for span in found_in(self.words, known["deeds"]):
            clause = self.clause_of(span)
            step = self._without_small_words(Span(span.last, clause.last))
            if any(is_deed(word.form) for word in self.words[step.first : step.last]):
                found.setdefault(clause.first, [Told("tried", self.said(step), step)])
        return sorted((one for told in found.values() for one in told), key=lambda one: one.span)

    def _beside(self, clause: Span) -> list[Span]:
        """What was tried where a clause does not say it: the next one with `zu`, else those before with deeds."""
        if clause.last < len(self.words):
            following = self._without_small_words(self.clause_of(Span(clause.last, clause.last + 1)))
            if {word.form for word in self.words[following.first : following.last]} & forms_of("infinitives"):
                return [following]
        found: list[Span] = []
        place = clause.first - 1
        while place >= 0 and len(found) < _MOST_STEPS:
            before = self.clause_of(Span(place, place + 1))
            if found and not any(is_deed(word.form) for word in self.words[before.first : before.last]):
                break
            found.append(self._without_small_words(before))
            place = before.first - 1
        return [one for one in reversed(found) if one.first < one.last]

    def _without_small_words(self, step: Span) -> Span:
        """`Neustart haben wir` is `Neustart`, `der Kunde hat` is nothing."""
        first, last, small = step.first, step.last, forms_of("auxiliaries")
        while last > first and self.words[last - 1].form in small:
            last -= 1
        while last > first and self.words[first].form in small:
            first += 1
        doers = [word.form for word in self.words[first:last] if word.form not in forms_of("articles")]
        return Span(last, last) if doers and set(doers) <= forms_of("doers") else Span(first, last)

    @cached_property
    def hypotheses(self) -> Sequence[Told]:
        """What somebody supposes, in the words of the clause; `A oder B` is two."""
        found: dict[int, list[Told]] = {}
        for span in found_in(self.words, vocabulary("signs")["hypothesis"]["before"]):
            clause = self.clause_of(span)
            rest = Span(span.last, clause.last) if span.last < clause.last else Span(clause.first, span.first)
            told = [Told("hypothesis", self.said(one), one) for one in self._alternatives(rest)]
            found.setdefault(clause.first, told)
        return sorted((one for told in found.values() for one in told), key=lambda one: one.span)

    def _alternatives(self, span: Span) -> list[Span]:
        places = [place for place in range(*span) if self.words[place].form in forms_of("alternatives")]
        edges = [span.first - 1, *places, span.last]
        return [Span(before + 1, after) for before, after in pairwise(edges) if before + 1 < after]

    def clause_of(self, span: Span) -> Span:
        """The clause that a span begins in."""
        return self._clauses[self.words[span.first].clause]

    @cached_property
    def _clauses(self) -> Mapping[int, Span]:
        found: dict[int, Span] = {}
        for place, word in enumerate(self.words):
            found[word.clause] = Span(found.get(word.clause, Span(place, place)).first, place + 1)
        return found
