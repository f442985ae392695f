"""Names of skills through GraphQL: what they may mean, decisions, and what was asked in vain."""

from typing import Annotated

import strawberry

from graph_service.access.roles import Act
from graph_service.api.context import Context
from graph_service.api.guards import Guard, asked, told
from graph_service.api.importing import caught
from graph_service.api.own_types import UserError
from graph_service.errors import ProblemRefused
from graph_service.identity.linking import IdentityVerdict, Judgement
from graph_service.skills import Suggestion, concepts_of, decide_skill, undo_skill, unplaced
from graph_service.unanswered import unanswered

MOST = 100
LONGEST = 1_000
Info = strawberry.Info[Context, None]
_GUARD = Guard(act=Act.MAP_SKILLS)


@strawberry.type(description="A listed skill that a name may mean.")
class SkillSuggestion:
    skill: strawberry.ID = told("The listed skill.")
    label_de: str = told("German label.")
    label_en: str = told("English label.")
    likeness: float = told("How well it fits; only to order by.")
    is_same_label: bool = told("Letter for letter the same; still not decided by itself.")
    group: str = told("The group it belongs to; empty: not known.")
    is_group: bool = told("The group that several of the suggested skills share, offered because no label is the same.")


@strawberry.type(description="A claimed name that stands for no listed skill yet.")
class UnplacedSkill:
    label: strawberry.ID = told("Id of the name.")
    name: str = told("The name.")
    suggestions: list[SkillSuggestion] = told("What it may mean, likeliest first, at most five and their group.")


@strawberry.type(description="A class asked about without anybody to name.")
class MissingClass:
    name: str = told("The class.")
    count: int = told("How often it was asked about; never less than ten.")


@strawberry.type(description="What was asked in the last twelve months and nobody could be named for.")
class MissingSkills:
    asked: int = told("How many questions; 0 below ten.")
    classes: list[MissingClass] = told("By class, the most asked first.")
    in_few: int = told("How many in classes too seldom asked about to be shown; 0 below ten.")


@strawberry.type(description="A decision about a name was kept or undone.")
class SkillDecided:
    label: strawberry.ID = told("Id of the name.")


@strawberry.input(description="What a claimed name means.")
class DecideSkillInput:
    label: strawberry.ID = told("Id of the name.")
    skill: strawberry.ID | None = strawberry.field(
        default=None, description="The listed skill; none for EXTERNAL (a name of the house's own) and LATER."
    )
    verdict: IdentityVerdict | None = strawberry.field(default=None, description="The decision; null undoes it.")


DecideSkillResult = Annotated[
    SkillDecided | UserError, strawberry.union("DecideSkillResult", description="The decision, or why not.")
]


def _suggestion(one: Suggestion) -> SkillSuggestion:
    return SkillSuggestion(
        skill=strawberry.ID(one.skill),
        label_de=one.label_de,
        label_en=one.label_en,
        likeness=one.score,
        is_same_label=one.is_same_label,
        group=one.group,
        is_group=one.is_group,
    )


async def _suggest(
    info: Info, text: Annotated[str, strawberry.argument(description="A name or a sentence.")]
) -> list[SkillSuggestion]:
    context = info.context

    def work() -> list[SkillSuggestion]:
        context.note("skills:suggested")
        return [_suggestion(one) for one in concepts_of(context.store).suggested(text[:LONGEST])]

    return await context.in_thread(work)


async def _queue(
    info: Info, first: Annotated[int, strawberry.argument(description="How many names at most, 1 to 100.")] = 20
) -> list[UnplacedSkill]:
    context = info.context
    if not 1 <= first <= MOST:
        raise ProblemRefused("page.bad_first", first=first, most=MOST)

    def work() -> list[UnplacedSkill]:
        context.note("skills:listed")
        found = context.with_view(context.service.now(), lambda view: unplaced(context.store, view, first))
        return [
            UnplacedSkill(
                label=strawberry.ID(one.skill),
                name=one.label,
                suggestions=[_suggestion(suggestion) for suggestion in one.suggestions],
            )
            for one in found
        ]

    return await context.in_thread(work)


async def _missing(info: Info) -> MissingSkills:
    context = info.context

    def work() -> MissingSkills:
        context.note("skills:missing")
        found = unanswered(context.store, context.service.now())
        classes = [MissingClass(name=name, count=count) for name, count in found.classes]
        return MissingSkills(asked=found.asked, classes=classes, in_few=found.in_few)

    return await context.in_thread(work)


async def _decide(
    info: Info, input: Annotated[DecideSkillInput, strawberry.argument(description="The decision.")]
) -> SkillDecided | UserError:
    context = info.context

    def work() -> SkillDecided:
        label, skill = str(input.label), str(input.skill or "")
        context.act("skills:decided" if input.verdict else "skills:undone")
        if input.verdict is None:
            undo_skill(context.store, label, skill)
        else:
            who, now = context.asker.identity.subject, context.service.now()
            judgement = Judgement(label, skill, input.verdict, who, now)
            context.with_view(now, lambda view: decide_skill(context.store, view, judgement))
        return SkillDecided(label=input.label)

    return await context.in_thread(lambda: caught(context, work))


SKILL_SUGGESTIONS = asked(_suggest, "Listed skills that a name or a sentence may mean.", _GUARD)
SKILL_QUEUE = asked(_queue, "Claimed names that stand for no listed skill yet.", _GUARD)
MISSING_SKILLS = asked(_missing, "What was asked and nobody could be named for: counts by class.", _GUARD)
DECIDE_SKILL = asked(_decide, "Decides what a claimed name means, or undoes it.", _GUARD)
