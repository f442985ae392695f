"""The model card of a rule set and what would change under it, in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from graph_service.model import moment
from graph_service.ranking.evaluation import Archive
from graph_service.ranking.learning import Fit
from graph_service.ranking.metrics import METRICS
from graph_service.ranking.rankers import START, Ranker
from graph_service.ranking.replay import Replay
from graph_service.ranking.rules import RuleSet, versioned
from graph_service.ranking.standing import Standing
from graph_service.text.messages import LANGUAGES, Spoken, sentence

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
        lines.append(f"  {weigh.weight:+7.3f}  {name} ({started[weigh.kind.name]:+.3f})")
    lines.append(sentence("card.floor", language, floor=f"{ranker.measures.floor:.3f}"))
    lines.append(sentence("card.figures", language, count=round(figures["judged"])))
    lines += [f"  {name}: {figures[f'{name} start']:.3f} -> {figures[f'{name} learned']:.3f}" for name in METRICS]
    lines.append(sentence("card.calibrated" if ranker.calibration else "card.uncalibrated", language))
    lines.append(sentence("card.limits", language))
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Change:
    """A past question and its first five (ids) under two rule sets."""

    case: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def changes(
    past: Archive, before: Ranker, after: Ranker, progress: Callable[[int, int], None]
) -> tuple[int, Sequence[Change]]:
    """How many past questions were compared, at most 200 evenly drawn, and those whose first five would differ."""
    everything = past.training()
    count = min(COMPARED, len(everything))
    drawn = [everything[place * len(everything) // count] for place in range(count)]
    found = []
    asked_count = 0
    for asked in Replay(past.view, past.history).asked(drawn):
        asked_count += 1
        firsts = [_first(Standing(asked.situation, ranker, asked.strengths)) for ranker in (before, after)]
        if firsts[0] != firsts[1]:
            found.append(Change(asked.question.key, *firsts))
        progress(asked_count, count)
    return asked_count, found


def _first(standing: Standing) -> tuple[str, ...]:
    return tuple(standing.situation.people[place] for place in standing.order[:FIRST].tolist())
