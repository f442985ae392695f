"""The model card of a rule set and what would change under it, in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from graph_service.model import moment
from graph_service.ranking.calibration import Band, band_of
from graph_service.ranking.evaluation import Archive
from graph_service.ranking.learning import Fit
from graph_service.ranking.metrics import METRICS
from graph_service.ranking.rankers import START, Ranker
from graph_service.ranking.replay import Replay
from graph_service.ranking.rules import RuleSet, versioned
from graph_service.ranking.standing import Standing
from graph_service.text.messages import LANGUAGES, Spoken, figure, sentence

COMPARED = 200
FIRST = 5


def draft(name: str, fit: Fit) -> RuleSet:
    """A rule set of what was fitted, with its version and cards."""
    ranker = replace(fit.ranker, name=name)
    rules = versioned(RuleSet(ranker, fit.since, fit.cases, fit.figures, {}))
    return replace(rules, cards={language: _card(rules, language) for language in LANGUAGES})


def _card(rules: RuleSet, language: Spoken) -> str:
    """What it is, from what, how good, and what it is not for."""
    ranker, figures = rules.ranker, rules.figures
    lines = [
        sentence("card.title", language, name=ranker.name, version=ranker.version),
        sentence("card.purpose", language),
        sentence(
            "card.data",
            language,
            cases=rules.cases,
            since=moment(rules.since),
            until=moment(ranker.trained_until),
        ),
        sentence("card.weights", language),
    ]
    started = {weigh.kind.name: weigh.weight for weigh in START.weights}
    for weigh in ranker.weights:
        name = sentence(f"name.{weigh.kind.name}", language)
        weight, before = (figure(one, "+.3f", language) for one in (weigh.weight, started[weigh.kind.name]))
        lines.append(f"  {weight:>7}  {name} ({before})")
    if ranker.weights == START.weights:
        lines.append(sentence("card.kept", language))
    lines.append(sentence("card.floor", language, floor=figure(ranker.measures.floor, ".3f", language)))
    lines.append(sentence("card.figures", language, count=round(figures["judged"])))
    for name in METRICS:
        before, after = (figure(figures[f"{name} {which}"], ".3f", language) for which in ("start", "learned"))
        lines.append(f"  {name}: {before} -> {after}")
    lines.append(sentence("card.calibrated" if ranker.calibration else "card.uncalibrated", language))
    lines.append(sentence("card.limits", language))
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a question would show: its first five (ids) with their bands, and whether anybody would be named at all."""

    people: tuple[str, ...]
    bands: tuple[Band | None, ...]
    is_named: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A past question under two rule sets."""

    case: str
    before: Shown
    after: Shown

    @property
    def is_in_people(self) -> bool:
        """Other people, or in another order."""
        return self.before.people != self.after.people

    @property
    def is_in_bands_only(self) -> bool:
        """The same people in the same order, named or not, and only their bands differ."""
        return not self.is_in_people and self.before.is_named == self.after.is_named


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many past questions were compared, for how many somebody would be named, and those that differ."""

    count: int
    named_before: int
    named_after: int
    changes: Sequence[Change]


def changes(past: Archive, before: Ranker, after: Ranker, progress: Callable[[int, int], None]) -> Comparison:
    """Asks at most 200 past questions, evenly drawn, under both."""
    everything = past.training()
    count = min(COMPARED, len(everything))
    drawn = [everything[place * len(everything) // count] for place in range(count)]
    pairs = []
    for asked in Replay(past.view, past.history).asked(drawn):
        shown = [_shown(Standing(asked.situation, ranker, asked.strengths)) for ranker in (before, after)]
        pairs.append(Change(asked.question.key, *shown))
        progress(len(pairs), count)
    return Comparison(
        count=len(pairs),
        named_before=sum(pair.before.is_named for pair in pairs),
        named_after=sum(pair.after.is_named for pair in pairs),
        changes=[pair for pair in pairs if pair.before != pair.after],
    )


def _shown(standing: Standing) -> Shown:
    places = standing.order[:FIRST].tolist()
    chances = standing.chances
    bands = tuple(band_of(chances[place]) for place in places) if chances is not None else ()
    people = tuple(standing.situation.people[place] for place in places)
    return Shown(people, bands, bool(standing.proven) and not standing.is_unlikely)
