"""GitHub's issues as its REST interface gives them, listed or found; pull requests are not cases."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from graph_service.model import (
    Case,
    CaseRole,
    Fact,
    Mapping,
    Outcome,
    Participation,
    Provenance,
    Reading,
    Resolution,
    RowFault,
    Skipped,
    SourceFile,
    SourceId,
    SourceRow,
    Statement,
    instant,
)
from importers.json_records import place_of, records
from importers.json_refused import Shape, kept
from importers.nobody import is_bot, is_nobody
from importers.record_format import RecordFormat
from importers.tabular import CellFault

SOURCE = "github"
_REST = {"createdAt": "created_at", "closedAt": "closed_at", "updatedAt": "updated_at", "stateReason": "state_reason",
         "author": "user"}  # fmt: skip
"""What GitHub's own command line calls the same."""
_WHO: Shape = {"login": True, "type": True}
_READ: Shape = {
    **dict.fromkeys(
        ("number", "title", "state", "body", "created_at", "closed_at", "updated_at", "state_reason", "repository_url",
         "html_url", "url", "createdAt", "closedAt", "updatedAt", "stateReason"), True),
    **dict.fromkeys(("user", "author", "assignees"), _WHO),
    "labels": {"name": True},
}  # fmt: skip
_GIVEN_UP = frozenset({"wontfix", "won't fix", "invalid", "not planned", "can't reproduce"})


class GitHub(RecordFormat):
    """The place of an issue is its number in the file."""

    name: ClassVar[str] = "github"

    def recognises(self, source: SourceFile) -> float:
        """Sure when the file starts with issues that have GitHub's addresses."""
        start = source.head()
        own = b'"repository_url"' in start or (b"/issues/" in start and b"github" in start)
        telling = (b'"number"', b'"title"', b'"state"')
        return (own + sum(name in start for name in telling)) / 4 if place_of(source) is not None else 0.0

    def read(self, source: SourceFile, mapping: Mapping) -> Iterator[Reading]:
        """A SourceRow, a fault or a reason per issue; raises FileRefused when the file breaks off."""
        for number, record in records(source):
            yield _reading(record, Provenance(source.name, number), mapping)


def _reading(record: Any, place: Provenance, mapping: Mapping) -> Reading:
    try:
        return Skipped("case.pull_request") if "pull_request" in record else _issue(record, place, mapping)
    except CellFault as fault:
        return RowFault(place.file, place.line, fault.column, fault.value, fault.reason, kept(record, _READ))
    except (TypeError, AttributeError, KeyError, ValueError):
        return RowFault(place.file, place.line, "", "", "row.unexpected_shape", kept(record, _READ))


def _issue(record: Any, place: Provenance, mapping: Mapping) -> SourceRow:
    record = {_REST.get(name, name): value for name, value in record.items()}
    repository = _repository(record)
    case = SourceId(SOURCE, f"{repository}#{int(record['number'])}")
    opened_at, left_out = _time(record, "created_at"), []
    labels = tuple(str(label["name"]) for label in record.get("labels") or ())
    facts: list[Fact] = [
        Case(
            case, str(record["title"]), opened_at, str(record.get("body") or ""), product=repository, components=labels
        )
    ]
    closed_at = _time(record, "closed_at") if record.get("closed_at") else None
    outcome = _outcome(record, labels)
    if closed_at is not None:
        facts.append(Resolution(case, outcome, record.get("state_reason") or "closed", closed_at))
    solved = closed_at is not None and outcome is Outcome.SOLVED
    role = CaseRole.RESOLVER if solved else CaseRole.ASSIGNEE
    people: list[tuple[CaseRole, Any, int | None]] = [(CaseRole.REPORTER, record.get("user"), opened_at)]
    people += [(role, one, closed_at) for one in record.get("assignees") or ()]
    for part, person, at in people:
        login = str((person or {}).get("login") or "")
        if is_nobody(login, mapping) or is_bot(login) or (person or {}).get("type") == "Bot":
            left_out.append("account.bot" if login else "account.nobody")
        else:
            facts.append(Participation(case, SourceId(SOURCE, login.casefold()), part, at))
    updated_at = _time(record, "updated_at") if record.get("updated_at") else None
    return SourceRow((Statement(case, tuple(facts), place, updated_at),), tuple(left_out))


def _repository(record: Any) -> str:
    """`owner/name`, from the first address of the issue that tells it."""
    if record.get("repository_url"):
        return "/".join(str(record["repository_url"]).split("/")[-2:])
    address = str(record.get("html_url") or record["url"])
    before, found, _ = address.partition("/issues/")
    if not found:
        raise CellFault("url", address[:200], "value.missing")
    return "/".join(before.split("/")[-2:])


def _outcome(record: Any, labels: tuple[str, ...]) -> Outcome:
    said, reason = {label.casefold() for label in labels}, str(record.get("state_reason") or "").casefold()
    if "duplicate" in said or reason == "duplicate":
        return Outcome.DUPLICATE
    given_up = reason == "not_planned" or (reason != "completed" and said & _GIVEN_UP)
    return Outcome.WITHDRAWN if given_up else Outcome.SOLVED


def _time(record: Any, name: str) -> int:
    try:
        return instant(datetime.fromisoformat(record[name]))
    except (ValueError, KeyError, TypeError):
        raise CellFault(name, str(record.get(name)), "value.not_a_time") from None
