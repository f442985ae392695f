"""What analyses of solved cases found, in words."""

from collections.abc import Sequence

from graph_service.network.islands import FEWEST_CASES, Bracket, Island
from graph_service.network.reserves import Share
from graph_service.network.solving import Reserves
from graph_service.network.source_words import source_sentence
from graph_service.network.windows import Window
from graph_service.text.messages import Spoken, figure, sentence


def reserves_headline(index: Share | None, span: Window, cut: str, language: Spoken) -> str:
    """How far solved cases live off old contacts."""
    if index is None:
        return sentence("network.reserves_none", language)
    if index.is_few:
        return sentence("network.reserves_few", language, window=span, cut=cut, cases=index.of)
    low, high = (figure(end, ".0%", language) for end in index.interval)
    share = figure(index.value, ".0%", language)
    return sentence("network.reserves", language, share=share, low=low, high=high, window=span, cut=cut, cases=index.of)


def reserves_remarks(found: Reserves, language: Spoken) -> list[str]:
    """How it is counted, and what the sources tell since the cut."""
    told = [source_sentence(one, "since_cut", language) for one in found.sources]
    return told if found.index is None else [sentence("network.reserves_counted", language), *told]


def islands_headline(found: Sequence[Island], language: Spoken) -> str:
    """Which subjects the fewest people solve."""
    few = [one.subject for one in found if one.people is Bracket.ONE_OR_TWO]
    if not found:
        return sentence("network.no_subjects", language, cases=FEWEST_CASES)
    if not few:
        return sentence("network.islands_none", language)
    return sentence("network.islands", language, subjects=", ".join(few[:3]), count=len(few))
