"""Whether production is said to stand still now: a subject and a verb anywhere in one clause, or a noun for both; not
what may come, is to be avoided, was, or is only asked."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph_service.understanding.clock_reading import Clock
from graph_service.understanding.signs import Signs, Told, is_deed
from graph_service.understanding.words import Span, forms_of, found_in, is_like, vocabulary

PRODUCTION_DOWN = "PRODUCTION_DOWN"
AHEAD = "STANDSTILL"
_APART = 6
"""So many words may lie between the subject and its verb."""
_CLOSE, _BEHIND = 4, 3


@dataclass(frozen=True, slots=True)
class Standstill:
    """What a text says of it: that it is so `now`, that it lies `ahead`, and all `spans` where it is spoken of."""

    now: Sequence[Told]
    ahead: Sequence[Told]
    spans: Sequence[Span]


def standstill_in(signs: Signs, clocks: Sequence[Clock]) -> Standstill:
    """Reads it from the signs of a text and the moments it tells."""
    known = vocabulary("signs")["standstill"]
    halted = list(found_in(signs.words, known["halted"]))
    spans = sorted({*found_in(signs.words, known["said"]), *_apart(signs), *halted})
    told = [Told(PRODUCTION_DOWN, signs.said(span), span) for span in spans]
    real = [
        one for one in told if (one.span in halted or not signs.is_denied(one.span)) and not _is_unreal(signs, one.span)
    ]
    ahead = [one for one in real if _is_ahead(signs, one.span, clocks)]
    return Standstill([one for one in real if one not in ahead], [one._replace(value=AHEAD) for one in ahead], spans)


def _apart(signs: Signs) -> Iterator[Span]:
    """`Die Produktion bei Nova steht`, `steht seit sechs Uhr die Linie`; `in der Produktion steht` is another thing."""
    words = signs.words
    verbs = [place for place, word in enumerate(words) if word.form in forms_of("standing")]
    for place, word in enumerate(words):
        if not any(is_like(word.form, one) for one in forms_of("producing")) or _is_in(signs, place):
            continue
        for verb in verbs:
            if words[verb].clause == word.clause and abs(verb - place) <= _APART:
                yield Span(min(verb, place), max(verb, place) + 1)


def _is_in(signs: Signs, place: int) -> bool:
    """Whether a preposition stands before it, or it is half of another word's: `line items`."""
    before = place - 1
    while before >= 0 and signs.words[before].form in forms_of("determiners"):
        before -= 1
    behind = signs.words[place + 1].form if place + 1 < len(signs.words) else ""
    return (before >= 0 and signs.words[before].form in forms_of("prepositions")) or behind in forms_of("not_producing")


def _is_unreal(signs: Signs, span: Span) -> bool:
    """Whether it is only feared, to be avoided, of the past, or asked."""
    clause = signs.clause_of(span)
    near = Span(max(clause.first, span.first - _CLOSE), min(clause.last, span.last + _BEHIND))
    close = {word.form for word in signs.words[near.first : near.last]}
    is_long = any(word.form in forms_of("sinces") for word in signs.words[clause.first : clause.last])
    is_past = bool(forms_of("pasts") & _with_it(signs, near, span)) and not is_long
    wide = {word.form for word in signs.words[max(clause.first, span.first - _APART) : span.first]}
    feared = (forms_of("conditions") & close) | (forms_of("fears") & (close | wide | _governing(signs, clause)))
    return signs.is_supposed(span) or is_past or bool(feared) or signs.is_asked(clause)


def _with_it(signs: Signs, near: Span, span: Span) -> set[str]:
    """The words near a span that belong to it: not what stands before another deed (`gestern angerufen, es steht`)."""
    first = max((place + 1 for place in range(near.first, span.first) if is_deed(signs.words[place].form)), default=0)
    return {word.form for word in signs.words[max(near.first, first) : near.last]}


def _governing(signs: Signs, clause: Span) -> set[str]:
    """The words of the clause before one with `dass`."""
    if clause.first == 0 or signs.words[clause.first].form not in forms_of("thats"):
        return set()
    above = signs.clause_of(Span(clause.first - 1, clause.first))
    return {word.form for word in signs.words[above.first : above.last]}


def _is_ahead(signs: Signs, span: Span, clocks: Sequence[Clock]) -> bool:
    """Whether a moment to come stands right before it or in it: `in zwei Stunden steht die Linie`."""
    words = signs.words
    start, end = words[span.first].start, words[span.last - 1].end
    last = words[span.first - 2].start if span.first > 1 else -1  # at most one word may stand between
    for clock in clocks:
        if start < clock.start < end or last < clock.end <= start:
            told = bisect_left(words, clock.start, key=lambda word: word.start)
            before = bisect_right(words, clock.start, key=lambda word: word.end) - 1
            beside = {words[place].form for place in (told, before) if 0 <= place < len(words)}
            if not beside & forms_of("todays"):
                return True
    return False
