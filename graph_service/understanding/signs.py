"""What fixed words tell: impact, mode, steps tried, suppositions, whether it can be done from afar."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from graph_service.text.terms import composed
from graph_service.understanding.words import Span, Word, forms_of, found_in, vocabulary

_BEFORE, _AFTER, _CONDITION = 2, 2, 4


class Told(NamedTuple):
    """Something that was recognised: what it is, the words it came from, and where they stand."""

    value: str
    words: str
    span: Span


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
            for span in found_in(self.words, phrases):
                is_over = any(word.form in forms_of("past_days") for word in self._near(span, _BEFORE, _AFTER))
                if not is_over and not self.is_denied(span) and (supposed or not self._is_supposed(span)):
                    found.setdefault(value, Told(value, self.said(span), span))
        return sorted(found.values(), key=lambda one: one.span)

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

    def is_denied(self, span: Span) -> bool:
        """Whether a negation stands in the span, just before or just behind it in the same clause."""
        return any(word.form in forms_of("negations") for word in self._near(span, _BEFORE, _AFTER))

    def is_denied_before(self, place: int) -> bool:
        """Whether a negation stands right before a word: `nicht der Workflow`."""
        near = self._near(Span(place, place + 1), _BEFORE, 0)[:-1]
        return any(word.form in forms_of("negations_of_kinds") for word in near)

    def _is_supposed(self, span: Span) -> bool:
        if any(word.form in forms_of("conditions") for word in self._near(span, _CONDITION, 0)):
            return True
        begins = self._clause(span).first
        is_first = span.first == begins and begins > 0
        return is_first and self.words[self._clause(Span(begins - 1, begins)).first].form in forms_of("conditions")

    def _near(self, span: Span, before: int, after: int) -> list[Word]:
        clauses = {self.words[place].clause for place in range(span.first, span.last)}
        near = self.words[max(0, span.first - before) : span.last + after]
        return [word for word in near if word.clause in clauses]

    def tried(self) -> list[Told]:
        """Steps that were tried, in the words of their clause."""
        known = vocabulary("signs")["tried"]
        found: dict[int, Told] = {}
        for span in (*found_in(self.words, known["after"]), *found_in(self.words, known["before"])):
            clause = self._clause(span)
            step = Span(clause.first, span.first) if span.first > clause.first else Span(span.last, clause.last)
            if step.first >= step.last and clause.first > 0:  # `Neustart versucht, ohne Erfolg`
                clause = step = self._clause(Span(clause.first - 1, clause.first))
            step = self._without_small_words(step)
            if step.first < step.last:
                found.setdefault(clause.first, Told("tried", self.said(step), clause))
        return sorted(found.values(), key=lambda one: one.span)

    def _without_small_words(self, step: Span) -> Span:
        """`Neustart haben wir` is `Neustart`."""
        last, small = step.last, forms_of("auxiliaries")
        while last > step.first and self.words[last - 1].form in small:
            last -= 1
        return Span(step.first, last)

    def hypotheses(self) -> list[Told]:
        """What somebody supposes, in the words of the clause; `A oder B` is two."""
        found: dict[int, list[Told]] = {}
        for span in found_in(self.words, vocabulary("signs")["hypothesis"]["before"]):
            clause = self._clause(span)
            rest = Span(span.last, clause.last) if span.last < clause.last else Span(clause.first, span.first)
            told = [Told("hypothesis", self.said(one), one) for one in self._alternatives(rest)]
            found.setdefault(clause.first, told)
        return sorted((one for told in found.values() for one in told), key=lambda one: one.span)

    def _alternatives(self, span: Span) -> list[Span]:
        places = [place for place in range(*span) if self.words[place].form in forms_of("alternatives")]
        edges = [span.first - 1, *places, span.last]
        return [Span(before + 1, after) for before, after in pairwise(edges) if before + 1 < after]

    def _clause(self, span: Span) -> Span:
        """The clause that a span begins in."""
        clause = self.words[span.first].clause
        places = [place for place, word in enumerate(self.words) if word.clause == clause]
        return Span(places[0], places[-1] + 1)
