"""Jira's REST search result: `{"issues": [{"key": ..., "fields": {...}}]}`, read as a stream."""

from collections.abc import Iterator
from typing import Any, ClassVar

import ijson

from graph_service.model import Provenance, Reading, RowFault, SourceFile
from importers.jira import Issue, Remark, issue_row, jira_time, plain
from importers.tabular import CellFault


class JiraRest:
    """The raw answer of `/rest/api/2/search`; the place of an issue is its number in the file."""

    name: ClassVar[str] = "jira-rest"

    def recognises(self, head: bytes) -> float:
        """Sure when the file starts an object with issues that have fields."""
        start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
        telling = (b'"issues"', b'"fields"', b'"key"')
        return sum(name in start for name in telling) / len(telling) if start.startswith(b"{") else 0.0

    def read(self, source: SourceFile) -> Iterator[Reading]:
        """A SourceRow or a fault per issue; a broken file ends with a fault."""
        number = 0
        with source.open() as stream:
            try:
                for record in ijson.items(stream, "issues.item"):
                    number += 1
                    yield _reading(record, source.name, number)
            except (ijson.JSONError, UnicodeDecodeError):
                yield RowFault(source.name, number + 1, "", "", "row.unreadable")


def _reading(record: object, name: str, number: int) -> Reading:
    try:
        return issue_row(_issue(record), Provenance(name, number))
    except CellFault as fault:
        return RowFault(name, number, fault.column, fault.value, fault.reason)
    except (TypeError, AttributeError, KeyError):
        return RowFault(name, number, "", "", "row.unexpected_shape")


def _issue(record: Any) -> Issue:
    fields = record["fields"]
    for name in ("created",):
        if not fields.get(name):
            raise CellFault(name, "", "value.missing")
    people = [fields.get("assignee"), fields.get("reporter"), fields.get("creator")]
    comments = (fields.get("comment") or {}).get("comments", [])
    resolved = fields.get("resolutiondate")
    return Issue(
        key=str(record["key"]),
        title=plain(fields.get("summary") or ""),
        opened_at=jira_time(fields["created"], "created"),
        updated_at=jira_time(fields["updated"], "updated") if fields.get("updated") else None,
        text=plain(fields.get("description") or ""),
        environment=plain(fields.get("environment") or ""),
        product=str((fields.get("project") or {}).get("name") or ""),
        components=_names(fields.get("components")),
        labels=tuple(str(label) for label in fields.get("labels") or ()),
        versions=_names(fields.get("versions")),
        resolution=str((fields.get("resolution") or {}).get("name") or ""),
        resolved_at=jira_time(resolved, "resolutiondate") if resolved else None,
        assignee=_login(people[0]),
        reporter=_login(people[1]),
        creator=_login(people[2]),
        links=_links(fields.get("issuelinks") or ()),
        remarks=[Remark(jira_time(c["created"], "comment"), _login(c.get("author"))) for c in comments],
        names={
            _login(person): str(person["displayName"])
            for person in [*people, *(comment.get("author") for comment in comments)]
            if person and person.get("displayName") and _login(person)
        },
    )


def _names(items: Any) -> tuple[str, ...]:
    return tuple(str(item["name"]) for item in items or ())


def _login(person: Any) -> str:
    if not person:
        return ""
    return str(person.get("name") or person.get("accountId") or person.get("key") or "")


def _links(links: Any) -> tuple[tuple[str, str], ...]:
    outward = [
        (str(link["type"]["name"]), str(link["outwardIssue"]["key"])) for link in links if "outwardIssue" in link
    ]
    return tuple(sorted(set(outward)))
