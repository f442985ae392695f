"""Questions that compare people and name no task; the words they are told by lie in lists beside this module."""

import re

from graph_service.text.terms import composed
from graph_service.text.word_lists import phrase_list, word_list

_ASKING = frozenset({"wer", "welcher", "welche", "welchen", "who", "which", "whose", "wessen"})
_BETWEEN = ("ing", "ed", "ende", "enden")
"""How a word ends that may stand between a harsh one and the people it is about."""


def ranks_people(text: str) -> bool:
    """Whether a text compares people without a task: `top 10`, `Ranking aller Mitarbeiter`, `the worst developer`."""
    words = re.findall(r"\w+", composed(text[:2_000]).casefold())
    people, comparing = word_list("people_nouns"), word_list("comparing_words")
    harsh = word_list("harsh_words")
    near = zip(words, words[1:], [*words[2:], ""], strict=False)
    if any(
        one in harsh and (second in people or (third in people and second.endswith(_BETWEEN)))
        for one, second, third in near
    ):
        return True
    told = f" {' '.join(words)} "
    if _ASKING & set(words) and any(f" {phrase} " in told for phrase in phrase_list("judging_phrases")):
        return True
    beside = word_list("filling_words") | word_list("stop_words")
    rest = {re.sub(r"\d+$", "", word) for word in words if not word.isdecimal() and word not in beside}
    return bool(rest & comparing) and rest <= comparing | people
