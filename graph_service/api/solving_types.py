"""The GraphQL types of analyses of solved cases."""

from datetime import datetime

import strawberry

from graph_service.api.enums import Dimension, Purpose
from graph_service.api.guards import told
from graph_service.api.network_types import Months


@strawberry.type(description="A share of cases with its 95 % interval (Wilson).")
class CaseShare:
    value: float | None = told("The share, 0 to 1; null: of some people, but too few.")
    low: float | None = told("Lower end of the interval.")
    high: float | None = told("Upper end of the interval.")
    cases: int = told("Of how many cases.")


@strawberry.type(description="The share in an earlier window.")
class EarlierShare:
    window: Months = told("The window.")
    share: CaseShare | None = told("The share; null: too few people asked, or the window begins before the cut.")


@strawberry.type(description="The share among the cases that a group asked about.")
class GroupShare:
    name: str = told("What the group is called.")
    share: CaseShare | None = told("The share; null: too few people asked, or it would tell of too few.")


@strawberry.type(
    description="How far solved cases live off old contacts: who asked and who solved knew each other before the cut "
    "and had no contact from then until the case was opened."
)
class ReserveIndex:
    headline: str = told("The finding in a sentence.")
    remarks: list[str] = told("What has to be known beside it.")
    purpose: Purpose = told("What it was asked for.")
    as_of: datetime = told("The begin of the month whose data were looked at.")
    minimum: int = told("Fewest people who must have asked, and solved.")
    window: Months = told("The window.")
    cut: str = told("The month from which on contacts renew a tie.")
    by: Dimension = told("By what people are grouped.")
    index: CaseShare | None = told("The share of the solved cases; null: too few people asked or solved.")
    earlier: list[EarlierShare] = told("The same months two and four years before.")
    groups: list[GroupShare] = told("By the group of who asked.")
    reserve_ties: str | None = told(
        "About how many ties from before the cut, of three contacts or more, with none since; null: of too few people."
    )
    reserve_ratio: float | None = told(
        "Share of the strength of all ties that comes from before the cut; soon after it only."
    )
    hours_with_tie: int | None = told("Median hours to the first right person, where asker and solver had met before.")
    hours_without_tie: int | None = told("The same where they had not; an association, no proof.")


@strawberry.type(description="A subject and how many people solve it; never of which unit.")
class KnowledgeIsland:
    subject: str = told("The component or product the cases are about.")
    cases: str = told("About how many cases were solved in the year: 10-19, 20-49 ... 500+.")
    people: str = told("1-2, 3-9 or 10+.")


@strawberry.type(description="Subjects and how many people solve them.")
class KnowledgeIslands:
    headline: str = told("The finding in a sentence.")
    agreement: str = told("The agreement that allows it.")
    purpose: Purpose = told("What it was asked for.")
    window: Months = told("The window.")
    subjects: list[KnowledgeIsland] = told("Those of the fewest people first.")
