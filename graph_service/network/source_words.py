"""What sources tell of kinds of contact, in words."""

from graph_service.model import moment
from graph_service.network.coverage import Coverage
from graph_service.text.messages import Spoken, figure, sentence


def kind_name(kind: str, language: Spoken) -> str:
    """A kind of contact as people say it."""
    return sentence(f"contact_kind.{kind}", language)


def source_sentence(one: Coverage, asked: str, language: Spoken) -> str:
    """What the sources tell of a kind in the time `asked` about: `since_cut` or `last_year`."""
    first, last = (f"{moment(at):%m/%Y}" for at in (one.first_at, one.last_at))
    told = {"kind": kind_name(one.kind, language), "first": first, "last": last}
    if one.before >= 1.0:
        return sentence("network.source", language, **told)
    return sentence(f"network.source.{asked}", language, covered=figure(one.before, ".0%", language), **told)


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
