"""What an analysis found, in words that a board understands."""

from collections.abc import Sequence

from graph_service.model import moment
from graph_service.network.change import Change
from graph_service.network.coverage import Coverage
from graph_service.network.dealing import Verdict, usual
from graph_service.network.division import REST
from graph_service.network.groups import Dimension
from graph_service.network.thinning import Thinning
from graph_service.network.whole import Whole
from graph_service.text.messages import Spoken, figure, percent_change, sentence

_TENTHS = 10


def group_name(names: Sequence[str], language: Spoken) -> str:
    """What a group is called; the rest comes last."""
    told = [name for name in names if name != REST]
    return ", ".join([*told, *([sentence("network.rest", language)] if REST in names else [])])


def headline(found: Thinning, by: Dimension, language: Spoken) -> str:
    """The finding in one or two sentences, in the figures of everybody that stand below it."""
    whole = found.whole
    if not found.compared:
        return sentence("network.no_source", language)
    if found.is_thinned and (whole is None or not _is_whole_thinned(whole)):
        return sentence("network.some", language, groups=_thinned(found, language))
    if whole is None:
        return sentence("network.nothing" if found.cells else "network.all_hidden", language)
    if not whole.ties.before:
        return sentence("network.empty", language, window=found.before)
    if not found.is_thinned:
        alone = [sentence("network.one_group", language, minimum=found.minimum)] if len(found.groups) == 1 else []
        return " ".join([sentence("network.nothing", language), *alone])
    between = sentence(f"network.between.{by.value}", language)
    if whole.cross_verdict is not None and whole.cross_verdict.is_thinned:
        told = [
            _lost(whole.cross, between, language),
            _most(found, language),
            _explained(whole.cross, whole.cross_verdict, language),
        ]
    else:
        everywhere = sentence("network.between.all", language)
        told = [_lost(whole.ties, everywhere, language), _explained(whole.ties, whole.verdict, language)]
    return " ".join(one for one in told if one)


def _is_whole_thinned(whole: Whole) -> bool:
    verdicts = (whole.verdict, whole.cross_verdict)
    return any(verdict is not None and verdict.is_thinned for verdict in verdicts)


def _lost(ties: Change, where: str, language: Spoken) -> str:
    tenths = round(_TENTHS * ties.lost / ties.before)
    told = {"where": where, "change": figure(1.0 - ties.after / ties.before, ".0%", language)}
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


def _explained(ties: Change, verdict: Verdict | None, language: Spoken) -> str:
    """Which part of the decline fewer contacts altogether explain."""
    decline = ties.before - ties.after
    if decline <= 0 or verdict is None or verdict.is_rough:
        return ""
    share = max(0.0, min(1.0, (ties.before - usual(ties, verdict)) / decline))
    if share < 0.05:
        return sentence("network.explains_nothing", language)
    return sentence("network.explains", language, share=figure(share, ".0%", language))


def _thinned(found: Thinning, language: Spoken) -> str:
    names = [group_name(group.names, language) for group in found.groups]
    alone = [
        name
        for name, group in zip(names, found.groups, strict=True)
        if group.verdict is not None and group.verdict.is_thinned
    ]
    pairs = [
        f"{names[cell.one]} – {names[cell.other]}"
        for cell in found.cells
        if cell.verdict is not None and cell.verdict.is_thinned
    ]
    return "; ".join((alone or pairs)[:3])


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


def kind_name(kind: str, language: Spoken) -> str:
    """A kind of contact as people say it."""
    return sentence(f"contact_kind.{kind}", language)


def coverage_sentence(one: Coverage, language: Spoken) -> str:
    """What the sources tell of a kind: `Chat: Daten ab 04/2021`."""
    first, last = (f"{moment(at):%m/%Y}" for at in (one.first_at, one.last_at))
    code = (
        "network.covered"
        if one.is_common and not one.gaps
        else "network.gaps"
        if one.is_common
        else "network.uncovered"
    )
    return sentence(
        code,
        language,
        kind=kind_name(one.kind, language),
        first=first,
        last=last,
        before=figure(one.before, ".0%", language),
        after=figure(one.after, ".0%", language),
        days=one.days_missing,
    )
