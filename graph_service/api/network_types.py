"""The GraphQL types of analyses: groups and figures, never a person."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime

import strawberry

from graph_service.api.enums import ContactKind, Dimension, Purpose
from graph_service.api.guards import told
from graph_service.api.structure_types import NetworkStructure


@strawberry.input(description="Whole months, each as 2019-10.")
class MonthsInput:
    first: str = told("The first month.")
    last: str = told("The last month.")


@strawberry.type(description="Whole months.")
class Months:
    first: str = told("The first month.")
    last: str = told("The last month.")


@strawberry.type(description="A figure in both windows; null where it may not be told.")
class BothFigures:
    before: float | None = told("In the first window.")
    after: float | None = told("In the second window.")


@strawberry.type(description="Counts in both windows.")
class BothCounts:
    before: int = told("In the first window.")
    after: int = told("In the second window.")


@strawberry.type(
    description="What became of ties, and whether chance explains it for people who are there in both windows."
)
class TieChange:
    before: int = told("Ties in the first window.")
    after: int = told("Ties in the second window.")
    kept: int | None = told("In both; null: lost or added ones are of too few people.")
    lost: int | None = told("In the first only; null as kept.")
    added: int | None = told("In the second only; null as kept.")
    reactivated: int | None = told("Of the added: known before the first window; null: of too few people.")
    new: int | None = told("Of the added: not known before; null: of too few people.")
    expected: int | None = told(
        "Ties in the second window without that effect: with today's people and contacts; null: too few to say."
    )
    low: int | None = told("From how many ties on chance explains it.")
    high: int | None = told("Up to how many.")
    effect: float | None = told(
        "Change against what is expected, among people who are there in both: -0.2 is a fifth fewer."
    )
    is_thinned: bool = told("A tenth fewer or more, and more than chance explains.")


@strawberry.type(description="Days on end without a kind of contact.")
class Gap:
    first: date = told("The first day.")
    last: date = told("The last day.")


@strawberry.type(description="A kind of contact and what the sources tell of it.")
class KindCoverage:
    kind: ContactKind = told("The kind.")
    is_compared: bool = told("Told of in both windows, and compared.")
    first_at: datetime = told("The month in which it was first told of.")
    last_at: datetime = told("The month in which it was last told of.")
    before: float = told("Share of the days of the first window that it covers.")
    after: float = told("Share of the days of the second window.")
    gaps: list[Gap] = told("Days of both windows without it.")
    sentence: str = told("The same in words.")


@strawberry.type(description="The ties of a group to all other groups.")
class GroupChange:
    name: str = told("What it is called; small groups are part of the next bigger unit or of the rest.")
    size: int = told("How many people are in it.")
    cross_ties: TieChange | None = told("Ties to other groups.")


@strawberry.type(description="The ties between two groups, or inside of one.")
class PairChange:
    one: str = told("The one group.")
    other: str = told("The other group; the same: inside of it.")
    ties: TieChange = told("Their ties.")


@strawberry.type(description="The ties of a quarter against those of the first window.")
class QuarterChange:
    window: Months = told("The quarter.")
    missing: list[ContactKind] = told("Kinds told of in the first window and not in this quarter, which are left out.")
    gaps: list[Gap] = told("Days of the quarter without a kind that is compared.")
    cross_ties: TieChange | None = told("Ties between groups.")
    pairs: list[PairChange] = told("By pair of groups.")


@dataclass(frozen=True, slots=True)
class Later:
    """What is worked out only where it is asked for."""

    structure: Callable[[], Awaitable[NetworkStructure | None]]
    quarters: Callable[[], Awaitable[list[QuarterChange]]]


@strawberry.type(description="What changed between two windows. Groups only, none smaller than the minimum.")
class NetworkChange:
    headline: str = told("The finding in one or two sentences.")
    remarks: list[str] = told("What has to be known beside it: sources, withheld groups, chance.")
    is_thinned: bool = told("Whether anything thinned more than chance explains.")
    purpose: Purpose = told("What it was asked for.")
    as_of: datetime = told("The begin of the month whose data were looked at.")
    minimum: int = told("Fewest people of a group.")
    draws: int = told("How often the contacts were dealt at random.")
    before: Months = told("The first window.")
    after: Months = told("The second window.")
    by: Dimension = told("By what people are grouped.")
    compared_kinds: list[ContactKind] = told("Kinds told of in both windows, which are compared.")
    coverage: list[KindCoverage] = told("What the sources tell, by kind.")
    people: BothCounts | None = told("How many people have a tie; null: some kind alone would tell of too few.")
    contacts: BothCounts | None = told("How many contacts there were.")
    ties: TieChange | None = told("All ties.")
    cross_ties: TieChange | None = told("Those between groups.")
    gone: float | None = told("Share of the first window's ties with people who are gone, to tenths; null: few.")
    come: float | None = told(
        "Share of the second window's ties with people who were not in the first; null: with few."
    )
    size_shrink: float | None = told(
        "1 - mean number of ties in the second window over that in the first, of people there in both; null: of few."
    )
    smaller_networks: float | None = told("Share of those people who have fewer ties in the second window.")
    persistence: float | None = told("Share of ties that were kept.")
    churn: float | None = told("(lost + added) over the ties of both windows.")
    jaccard: float | None = told("Kept over all that were in either.")
    cross_share: BothFigures = told("Share of ties between groups.")
    cross_contacts: BothFigures = told("Share of contacts between groups.")
    e_i: BothFigures = told("(external - internal)/(external + internal) ties.")
    groups_reached: BothFigures = told("Mean number of other groups that a person reaches.")
    new_a_month: BothFigures = told("Ties a month without a contact in the three months before, to two digits.")
    groups: list[GroupChange] = told("By group.")
    pairs: list[PairChange] = told("By pair of groups.")
    later: strawberry.Private[Later]

    @strawberry.field(description="How the networks are built; null where nothing is told of everybody.")  # type: ignore[untyped-decorator]
    async def structure(self) -> NetworkStructure | None:
        """Worked out only where it is asked for."""
        return await self.later.structure()

    @strawberry.field(  # type: ignore[untyped-decorator]
        description="The same for each quarter up to the second one, against the first; beyond seven years one a year."
    )
    async def quarters(self) -> list[QuarterChange]:
        """Worked out only where it is asked for."""
        return await self.later.quarters()

    hidden_pairs: int = told("Pairs of groups with ties of too few people to be told of.")
