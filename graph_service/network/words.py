"""What an analysis found, in words that a board understands."""

from collections.abc import Iterable, Sequence

from graph_service.network.change import Change
from graph_service.network.coverage import COMMON
from graph_service.network.dealing import Verdict
from graph_service.network.division import REST
from graph_service.network.groups import Dimension
from graph_service.network.source_words import kind_name
from graph_service.network.thinning import Thinning
from graph_service.network.whole import Whole
from graph_service.text.messages import Spoken, figure, percent_change, sentence

_TENTHS = 10
MOST_NAMED = 3


def group_name(names: Sequence[str], language: Spoken) -> str:
    """What a group is called; the rest comes last."""
    told = [name for name in names if name != REST]
    return ", ".join([*told, *([sentence("network.rest", language)] if REST in names else [])])


def headline(found: Thinning, by: Dimension, language: Spoken) -> str:
    """The finding in one or two sentences, in the figures of everybody that stand below it; what is left out is said
    with it."""
    moved = [kind_name(one.kind, language) for one in found.coverage if not one.is_common and one.after >= COMMON]
    beside = [sentence("network.without", language, kinds=", ".join(moved))] if moved and found.compared else []
    return " ".join([*_finding(found, by, language), *beside])


def _finding(found: Thinning, by: Dimension, language: Spoken) -> list[str]:
    whole = found.whole
    if not found.compared:
        return [sentence("network.no_source", language)]
    if whole is not None and not whole.ties.before:
        return [sentence("network.empty", language, window=found.before)]
    if not found.is_tested:
        return [sentence("network.untested" if found.cells else "network.all_hidden", language)]
    if not found.is_thinned:
        alone = [sentence("network.one_group", language, minimum=found.minimum)] if len(found.groups) == 1 else []
        return [sentence("network.nothing", language), *alone]
    if whole is None or not _is_whole_thinned(whole):
        return [_some(found, language)]
    if whole.cross_verdict is not None and whole.cross_verdict.is_thinned:
        between = sentence(f"network.between.{by.value}", language)
        told = [
            _lost(whole.cross, between, language),
            _most(found, language),
            _explained(whole.cross_verdict, language),
        ]
    else:
        everywhere = sentence("network.between.all", language)
        told = [_lost(whole.ties, everywhere, language), _explained(whole.verdict, language)]
    return [one for one in told if one]


def _is_whole_thinned(whole: Whole) -> bool:
    verdicts = (whole.verdict, whole.cross_verdict)
    return any(verdict is not None and verdict.is_thinned for verdict in verdicts)


def _lost(ties: Change, where: str, language: Spoken) -> str:
    told = {"where": where, "change": figure(1.0 - ties.after / ties.before, ".0%", language)}
    if ties.lost is None:
        return sentence("network.fewer", language, **told)
    tenths = round(_TENTHS * ties.lost / ties.before)
    if tenths in (0, _TENTHS):
        return sentence("network.lost_nearly", language, of=1 if tenths else 0, **told)
    return sentence("network.lost", language, count=tenths, tenths=_tenths(tenths, language), **told)


def _most(found: Thinning, language: Spoken) -> str:
    """The thinned group that lost most against what was to be expected, where groups differ."""
    told = [
        (group.verdict.effect, group_name(group.names, language), group.cross.after / group.cross.before - 1.0)
        for group in found.groups
        if group.verdict is not None and group.verdict.is_thinned and not group.verdict.is_rough and group.cross
    ]
    if len(found.groups) < 3 or not told:
        return ""
    _, name, change = min(told)
    return sentence("network.most", language, group=name, share=percent_change(change, language))


def _tenths(count: int, language: Spoken) -> str:
    return "" if count == 1 else sentence(f"network.tenths.{count}", language)


def _explained(verdict: Verdict | None, language: Spoken) -> str:
    """Which part of the decline among those who are there in both windows fewer contacts altogether explain."""
    if verdict is None or verdict.is_rough:
        return ""
    decline = 1.0 - verdict.expected * (1.0 + verdict.effect)
    tenths = round(_TENTHS * max(0.0, min(1.0, (1.0 - verdict.expected) / decline))) if decline > 0 else 0
    if not tenths:
        return sentence("network.explains_nothing", language)
    return sentence("network.explains", language, share=figure(tenths / _TENTHS, ".0%", language))


def _some(found: Thinning, language: Spoken) -> str:
    """The groups, or else the pairs of groups, that thinned, those first that did most."""
    names = [group_name(group.names, language) for group in found.groups]
    groups = _thinned((group.verdict, name) for group, name in zip(found.groups, names, strict=True))
    pairs = ((cell.verdict, f"{names[cell.one]} – {names[cell.other]}") for cell in found.cells)
    told = groups or _thinned(pairs)
    more = len(told) - MOST_NAMED
    if more > 0:
        return sentence("network.some_more", language, groups="; ".join(told[:MOST_NAMED]), count=more)
    return sentence("network.some", language, groups="; ".join(told))


def _thinned(told: Iterable[tuple[Verdict | None, str]]) -> list[str]:
    found = [(0.0 if one.is_rough else one.effect, name) for one, name in told if one is not None and one.is_thinned]
    return [name for _, name in sorted(found)]


def remarks(found: Thinning, language: Spoken) -> list[str]:
    """What has to be known beside the finding."""
    told = [sentence("network.chance", language, draws=found.draws)]
    missing = [kind_name(one.kind, language) for one in found.coverage if not one.is_common]
    if missing:
        told.append(sentence("network.not_compared", language, kinds=", ".join(missing)))
    if found.compared == ("CASE",):
        told.append(sentence("network.cases_alone", language))
    if found.hidden:
        told.append(sentence("network.hidden", language, count=found.hidden, minimum=found.minimum))
    if len(found.groups) == 1:
        told.append(sentence("network.one_group", language, minimum=found.minimum))
    return told
