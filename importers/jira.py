"""What Jira's CSV and REST forms have in common: times, resolutions, and how an issue becomes statements."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from graph_service.model import (
    Case,
    CaseLink,
    CaseRole,
    Comment,
    Fact,
    Outcome,
    Participation,
    Profile,
    Provenance,
    Resolution,
    SourceId,
    SourceRow,
    Statement,
    instant,
)
from importers.nobody import is_nobody as is_no_person
from importers.tabular import CellFault

SOURCE = "jira"
OUTCOMES = {
    "fixed": Outcome.SOLVED,
    "done": Outcome.SOLVED,
    "resolved": Outcome.SOLVED,
    "behoben": Outcome.SOLVED,
    "erledigt": Outcome.SOLVED,
    "fertig": Outcome.SOLVED,
    "gelöst": Outcome.SOLVED,
    "duplikat": Outcome.DUPLICATE,
    "wird nicht behoben": Outcome.WITHDRAWN,
    "wird nicht erledigt": Outcome.WITHDRAWN,
    "ungültig": Outcome.WITHDRAWN,
    "nicht reproduzierbar": Outcome.NOT_REPRODUCIBLE,
    "kann nicht reproduziert werden": Outcome.NOT_REPRODUCIBLE,
    "duplicate": Outcome.DUPLICATE,
    "cannot reproduce": Outcome.NOT_REPRODUCIBLE,
    "won't fix": Outcome.WITHDRAWN,
    "won't do": Outcome.WITHDRAWN,
    "invalid": Outcome.WITHDRAWN,
    "not our bug": Outcome.WITHDRAWN,
}


class Remark(NamedTuple):
    """A comment's moment and author."""

    at: int
    author: str


@dataclass(frozen=True, slots=True)
class Issue:
    """A Jira issue as both forms tell it; people are login names, texts have plain line ends."""

    key: str
    title: str
    opened_at: int
    updated_at: int | None
    text: str = ""
    environment: str = ""
    product: str = ""
    components: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    resolution: str = ""
    resolved_at: int | None = None
    assignee: str = ""
    reporter: str = ""
    creator: str = ""
    links: tuple[tuple[str, str], ...] = ()
    remarks: Sequence[Remark] = ()
    holders: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def jira_time(value: str, column: str) -> int:
    """`2011-03-29T16:48:47.000+0000` as an instant; raises CellFault for anything else or without a zone."""
    try:
        return instant(datetime.fromisoformat(value))
    except ValueError:
        raise CellFault(column, value, "value.not_a_time") from None


def plain(text: str) -> str:
    """A text with `\\n` line ends and no blanks around it, so that both forms of an issue say the same."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def is_nobody(login: str) -> bool:
    """Whether a people cell names nobody; an author `None` is unknown, not a person of that name."""
    return login.strip() == "-1" or is_no_person(login)


def issue_row(issue: Issue, provenance: Provenance) -> SourceRow:
    """The statements of an issue: itself, its comments as events, and the names of people where they are told."""
    case = SourceId(SOURCE, issue.key)
    facts: list[Fact] = [
        Case(
            source_id=case,
            title=issue.title,
            opened_at=issue.opened_at,
            text=issue.text,
            environment=issue.environment,
            product=issue.product,
            components=issue.components,
            labels=issue.labels,
            versions=issue.versions,
        )
    ]
    outcome = OUTCOMES.get(issue.resolution.casefold(), Outcome.UNKNOWN)
    if issue.resolution and issue.resolved_at is not None:
        facts.append(Resolution(case, outcome, issue.resolution, issue.resolved_at))
    facts += _people(issue, case, outcome)
    facts += [CaseLink(case, SourceId(SOURCE, other), kind) for kind, other in issue.links]
    own = Statement(case, tuple(facts), provenance, issue.updated_at)
    comments = _comments(issue, case, provenance)
    profiles = [
        Statement(SourceId(SOURCE, login), (Profile(SourceId(SOURCE, login), name),), provenance)
        for login, name in sorted(issue.names.items())
    ]
    unknown = len(issue.remarks) - len(comments)
    return SourceRow((own, *comments, *profiles), ("comment.author_unknown",) * unknown)


def _comments(issue: Issue, case: SourceId, provenance: Provenance) -> list[Statement]:
    comments = []
    told: Counter[Remark] = Counter()
    for said in issue.remarks:
        if is_nobody(said.author):
            continue
        remark = said._replace(at=max(said.at, issue.opened_at))  # moved from elsewhere: known with its case
        told[remark] += 1
        subject = SourceId(SOURCE, f"{issue.key}\x1f{remark.author}\x1f{remark.at}\x1f{told[remark]}")
        comment = Comment(case, SourceId(SOURCE, remark.author), remark.at, told[remark])
        comments.append(Statement(subject, (comment,), provenance))
    return comments


def _people(issue: Issue, case: SourceId, outcome: Outcome) -> list[Fact]:
    facts: list[Fact] = []
    if not is_nobody(issue.reporter):
        facts.append(Participation(case, SourceId(SOURCE, issue.reporter), CaseRole.REPORTER, issue.opened_at))
    if not is_nobody(issue.creator) and issue.creator != issue.reporter:
        facts.append(Participation(case, SourceId(SOURCE, issue.creator), CaseRole.CREATOR, issue.opened_at))
    if not is_nobody(issue.assignee):
        solved = outcome is Outcome.SOLVED and issue.resolved_at is not None
        role = CaseRole.RESOLVER if solved else CaseRole.ASSIGNEE
        at = issue.resolved_at or issue.holders.get(issue.assignee)
        facts.append(Participation(case, SourceId(SOURCE, issue.assignee), role, at))
    for login, since in sorted(issue.holders.items()):
        if login != issue.assignee and not is_nobody(login):
            facts.append(Participation(case, SourceId(SOURCE, login), CaseRole.ASSIGNEE, since))
    return facts
