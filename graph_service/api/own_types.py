"""The GraphQL types of one's own data, of the audit, and of what can be done; like `api/types.py`."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, TypeVar

import strawberry

from graph_service.access.roles import FieldClass, Purpose, Role
from graph_service.api.guards import OWN, Guard, told
from graph_service.api.own_network import OWN_NETWORK, OwnNetwork
from graph_service.api.told_about_me import (
    OWN_CLASHES,
    OWN_LOAD,
    OWN_NOTES,
    OWN_OVERRIDES,
    OWN_RATINGS,
    OWN_RESERVATIONS,
    OWN_WAYS,
    OWN_ZONE,
    OwnClash,
    OwnLoad,
    OwnNote,
    OwnOverride,
    OwnRating,
    OwnReservation,
    OwnWay,
)
from graph_service.api.types import CitedCase, NamedPerson, Person, Recommendation, SkillClaim
from graph_service.errors import InputRefused
from graph_service.model import ClaimedBy
from graph_service.text.messages import Spoken, sentence


@strawberry.type(description="Whether somebody takes part in a purpose.")
class Participation:
    purpose: Purpose = told("In what.")
    takes_part: bool = told("Whether they do now.")
    own_choice: bool | None = told("What they chose themselves; null: nothing, the import profile decides.")
    decided_at: datetime | None = told("When they chose.")


@strawberry.type(description="A claim about oneself, and for which purposes it is hidden.")
class OwnClaim:
    claim: SkillClaim = told("The claim.")
    hidden_for: list[Purpose] = told("Purposes for which it is hidden.")


@strawberry.type(description="A case one has solved.")
class OwnCase:
    case: CitedCase = told("The case.")
    solved_at: datetime = told("When.")


@strawberry.type(
    description="An answer in which one was named: by whom in which role, for what, and why; no place, no band."
)
class NamedForWhat:
    week: datetime = told("The Monday of the week in which it was.")
    role: Role = told("The role of who asked.")
    places: list[str] = told("Kinds of problems the question was about, else components or products.")
    reasons: list[str] = told("Kinds of evidence that spoke for one.")


@strawberry.type(description="How often one was named in a week.")
class WeekOfNames:
    week: datetime = told("Its Monday.")
    questions: int = told("In how many questions; whoever looks at the same again on a day has asked once.")
    roles: list[Role] = told("Roles of those who asked.")


_OWN_DATA = Guard(FieldClass.OWN_DATA, OWN)


@strawberry.type(description="How many distinct people were named to one on a day.")
class LookUpDay:
    day: datetime = told("The day, UTC.")
    people: int = told("How many people.")


@strawberry.type(description="Where one's own word about a skill and others' differ; nobody else is told.")
class SkillGap:
    skill: str = told("The skill.")
    own_level: float = told("One's own word, 0 to 1.")
    claimed_by: ClaimedBy = told("Whose word it differs from.")
    their_level: float = told("That word, 0 to 1.")


@strawberry.type(description="Something an import said about oneself.")
class OwnChange:
    at: datetime = told("When it was imported.")
    kind: str = told("What was said: account, profile, skill_claim, participation, comment, attendance, concern.")
    what: str = told("In words.")
    file: str = told("The file.")
    line: int = told("The line.")
    holds: bool = told("Whether it still holds; a later import may have replaced it.")


@strawberry.type(description="Who asks, and what there is about them.")
class Viewer:
    role: Role = told("The role of this request.")
    purpose: Purpose = told("Its purpose.")
    look_ups: list[LookUpDay] | None = told(
        "How many people one was shown, by day, newest first; the council is told on how many days it was many.",
        Guard(FieldClass.LOOK_UPS, OWN),
    )
    person: Person | None = told("Oneself, as the directory knows one.", _OWN_DATA)
    claims: list[OwnClaim] | None = told("What is claimed about oneself.", _OWN_DATA)
    participation: list[Participation] | None = told("In what one takes part.", _OWN_DATA)
    solved: list[OwnCase] | None = told("Cases of the last year that one solved, newest first.", _OWN_DATA)
    recommendations_about_me: list[NamedForWhat] | None = told(
        "For what one was named, newest first; the audit keeps every answer, here each question of a day stands once.",
        _OWN_DATA,
    )
    digest: list[WeekOfNames] | None = told("The same by week.", _OWN_DATA)
    gaps: list[SkillGap] | None = told("Where one's own word and others' differ, the widest first.", _OWN_DATA)
    changes: list[OwnChange] | None = told(
        "What imports have said about one and when, newest first, the first hundred.", _OWN_DATA
    )
    network: OwnNetwork | None = OWN_NETWORK
    ratings: list[OwnRating] | None = OWN_RATINGS
    overrides: list[OwnOverride] | None = OWN_OVERRIDES
    reservations: list[OwnReservation] | None = OWN_RESERVATIONS
    clashes: list[OwnClash] | None = OWN_CLASHES
    load: OwnLoad | None = OWN_LOAD
    ways: list[OwnWay] | None = OWN_WAYS
    zone: str | None = OWN_ZONE
    notes: list[OwnNote] | None = OWN_NOTES


@strawberry.type(description="How often something was done in a month.")
class DoneInMonth:
    month: datetime = told("Its first moment.")
    role: Role | None = told("By which role; null: a refused attempt in none of one's roles.")
    purpose: Purpose | None = told("For what; null: for none that there is.")
    act: str = told("What was done.")
    times: int = told("How often.")


@strawberry.type(description="What the council and the data protection officer see: sums, no names.")
class AuditSummary:
    months: list[DoneInMonth] = told("By month, role, purpose and act.")
    usual_people: int = told("How many distinct people a day are usual for one asker.")
    wide_days: int = told("On how many days somebody was shown more than that.")


@strawberry.type(description="What a human chose from an answer, and why.")
class Choice:
    person: NamedPerson | None = told("Who was chosen; null: nobody of those named, or no longer visible.")
    reason: str = told("Why.")
    chosen_at: datetime = told("When.")


@strawberry.type(description="Something since an answer that can change it.")
class Cause:
    kind: str = told("Stable code.")
    sentence: str = told("In words.")
    at: datetime | None = told("When.")
    run: int | None = told("Number of the run.")


@strawberry.type(description="An answer computed again as of its moment, by its rules.")
class Replay:
    recommendation: Recommendation = told("The answer as it comes out now.")
    is_same: bool = told("Whether it names the same people with the same scores.")
    causes: list[Cause] = told("What happened since that can make a difference.")
    choice: Choice | None = told("What was chosen from it.")


@strawberry.type(description="It could not be done.")
class UserError:
    code: str = told("Stable code.")
    message: str = told("What is wrong and what helps.")
    path: list[str] = told("Which part of the input is meant.")


Result = TypeVar("Result")


def caught(language: Spoken, path: str, work: Callable[[], Result]) -> Result | UserError:
    """The result, or why it could not be."""
    try:
        return work()
    except InputRefused as refused:
        message = sentence(refused.code, language, **refused.values)
        return UserError(code=refused.code, message=message, path=["input", *filter(None, [path])])


@strawberry.type(description="A choice was noted.")
class ExpertChosen:
    choice: Choice = told("What was noted.")


@strawberry.type(description="Visibility holds from the next question on.")
class VisibilitySet:
    participation: list[Participation] = told("In what one takes part now.")
    claims: list[OwnClaim] = told("What is claimed about oneself, and for what it is hidden.")


ChooseExpertResult = Annotated[
    ExpertChosen | UserError, strawberry.union("ChooseExpertResult", description="The choice, or why it was not noted.")
]
VisibilityResult = Annotated[
    VisibilitySet | UserError,
    strawberry.union("VisibilityResult", description="What holds now, or why nothing changed."),
]


@strawberry.input(description="What a human chose from an answer.")
class ChooseExpertInput:
    recommendation: strawberry.ID = told("The answer's id.")
    person: strawberry.ID | None = strawberry.field(description="Who was chosen; null: nobody named.", default=None)
    reason: str = told("Why; at most 1,000 characters.")


@strawberry.input(description="For which purposes one, or one claim about one, is visible; all others are off.")
class SetVisibilityInput:
    purposes: list[Purpose] = told("Of CASE_HELP, SKILL_UPKEEP, NETWORK_ANALYSIS and EVALUATION.")
    claim: strawberry.ID | None = strawberry.field(description="A claim; null: oneself.", default=None)


@strawberry.input(description="Hides a claim about oneself everywhere.")
class HideSkillInput:
    claim: strawberry.ID = told("The claim.")
    for_good: bool = strawberry.field(description="Delete it; no import brings it back.", default=False)
