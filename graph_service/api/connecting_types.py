"""The GraphQL types of what connects groups."""

from datetime import datetime

import strawberry

from graph_service.api.enums import Dimension, Purpose
from graph_service.api.guards import told
from graph_service.api.network_types import Months


@strawberry.input(description="Two groups, as `networkChange` names them.")
class GroupsInput:
    one: str = told("The one group.")
    other: str = told("The other group.")


@strawberry.type(description="The boundary of two groups in a window.")
class BoundarySide:
    window: Months = told("The window.")
    ties: int = told("Ties between the groups.")
    interruptions_a_week: float | None = told(
        "Chats, mails and calls between them a week; to two digits; null: of too few, or not told of in both."
    )
    brokers: str | None = told("10+ where so many people have two ties or more into the other group; null: fewer.")


@strawberry.type(description="The boundary of two groups before and after an event: an association, no proof.")
class Boundary:
    headline: str = told("The finding in a sentence.")
    remarks: list[str] = told("What the sources tell, by kind of contact.")
    purpose: Purpose = told("What it was asked for.")
    minimum: int = told("Fewest people of a group, and on each side of the boundary.")
    one: str = told("The one group.")
    other: str = told("The other group.")
    before: BoundarySide = told("Before the event.")
    after: BoundarySide = told("From the event on.")
    change: float | None = told("Change of the ties between them: -0.2 is a fifth fewer; null: there were none.")
    compared: float | None = told("Change of the ties of both to all other groups meanwhile; null: not told.")


@strawberry.type(description="Two groups where a renewed or a new acquaintance would help.")
class Reconnection:
    one: str = told("The one group.")
    other: str = told("The other group.")
    dormant: str | None = told(
        "About how many ties between them have had no contact for a year; null: of too few people, who solve cases of "
        "the same subjects."
    )
    gained: str = told("How many, who reach nobody of the other group now, would: 10-19, 20-49 ... 500+.")
    cases: str | None = told("About how often people of both met in a case in the last year; null: too few people did.")
    earlier: str = told("What brought them together before.")
    proposal: str = told("What could now.")


@strawberry.type(description="Where reconnecting would help most; pairs of groups, no names.")
class Reconnections:
    headline: str = told("The finding in a sentence.")
    remarks: list[str] = told("What the sources tell, by kind of contact.")
    purpose: Purpose = told("What it was asked for.")
    as_of: datetime = told("The begin of the month whose data were looked at.")
    minimum: int = told("Fewest people on each side.")
    by: Dimension = told("By what people are grouped.")
    pairs: list[Reconnection] = told("Those first that let most people reach the other group.")
