"""Jira's REST search result: `{"issues": [{"key": ..., "fields": {...}}]}`, or an issue on each line."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, ClassVar

from graph_service.model import Mapping, Proposal, Provenance, Reading, RowFault, SourceFile
from importers.jira import Issue, Remark, issue_row, jira_time, plain
from importers.json_pages import page_notices
from importers.json_records import place_of, records
from importers.json_refused import Shape, kept
from importers.nobody import is_nobody
from importers.record_format import RecordFormat
from importers.tabular import CellFault

_PERSON: Shape = dict.fromkeys(("name", "key", "accountId", "accountType", "displayName"), True)
_NAMED: Shape = {"name": True}
_FIELDS: Shape = {
    **dict.fromkeys(("summary", "created", "updated", "description", "environment", "labels", "resolutiondate"), True),
    **dict.fromkeys(("project", "components", "versions", "resolution"), _NAMED),
    **dict.fromkeys(("assignee", "reporter", "creator"), _PERSON),
    "issuelinks": {"type": _NAMED, "outwardIssue": {"key": True}},
    "comment": {"comments": {"created": True, "author": _PERSON}},
}
_CHANGE: Shape = dict.fromkeys(("field", "from", "fromString", "to", "toString"), True)
_READ: Shape = {
    "key": True,
    "fields": _FIELDS,
    "changelog": {"total": True, "histories": {"created": True, "items": _CHANGE}},
}


class JiraRest(RecordFormat):
    """The raw answer of `/rest/api/2/search`; `expand=changelog` tells who had an issue when. The place of an issue is
    its number in the file."""

    name: ClassVar[str] = "jira-rest"

    def recognises(self, source: SourceFile) -> float:
        """Sure when the file starts with issues that have fields."""
        start = source.head()
        telling = (b'"fields"', b'"key"', b'"created"')
        is_one = place_of(source) in ("issues.item", "item", "")
        return sum(name in start for name in telling) / len(telling) if is_one else 0.0

    def propose(self, source: SourceFile) -> Proposal:
        """Nothing to map; whether there is more than this page."""
        return replace(super().propose(source), notices=page_notices(source))

    def read(self, source: SourceFile, mapping: Mapping) -> Iterator[Reading]:
        """A SourceRow or a fault per issue; raises FileRefused when the file breaks off."""
        for number, record in records(source):
            yield _reading(record, source.name, number)


def _reading(record: object, name: str, number: int) -> Reading:
    try:
        return issue_row(_issue(record), Provenance(name, number))
    except CellFault as fault:
        return RowFault(name, number, fault.column, fault.value, fault.reason, kept(record, _READ))
    except (TypeError, AttributeError, KeyError, RecursionError):
        return RowFault(name, number, "", "", "row.unexpected_shape", kept(record, _READ))


def _issue(record: Any) -> Issue:
    fields, key = record["fields"], _text(record["key"])
    for name, value in (("key", key), ("created", fields.get("created"))):
        if not value:
            raise CellFault(name, "", "value.missing")
    people = [fields.get("assignee"), fields.get("reporter"), fields.get("creator")]
    comments = (fields.get("comment") or {}).get("comments", [])
    resolved = fields.get("resolutiondate")
    everybody = [*people, *(comment.get("author") for comment in comments)]
    known = _called(everybody)
    holders = _holders(record.get("changelog"), jira_time(fields["created"], "created"), everybody)
    return Issue(
        key=key,
        title=plain(_text(fields.get("summary"))),
        opened_at=jira_time(fields["created"], "created"),
        updated_at=jira_time(fields["updated"], "updated") if fields.get("updated") else None,
        text=plain(_rich(fields.get("description"))),
        environment=plain(_rich(fields.get("environment"))),
        product=_text((fields.get("project") or {}).get("name")),
        components=_names(fields.get("components")),
        labels=_each(_text(label) for label in _list(fields.get("labels"))),
        versions=_names(fields.get("versions")),
        resolution=_text((fields.get("resolution") or {}).get("name")),
        resolved_at=jira_time(resolved, "resolutiondate") if resolved else None,
        assignee=_login(people[0]),
        reporter=_login(people[1]),
        creator=_login(people[2]),
        links=_links(fields.get("issuelinks")),
        remarks=[Remark(jira_time(c["created"], "comment"), _login(c.get("author"))) for c in comments],
        holders={login: since for login, (since, _) in holders.items()},
        names={login: name for login, (_, name) in holders.items() if name} | known,
    )


def _called(people: Iterable[Any]) -> dict[str, str]:
    """Login -> name of people as the answer shows them."""
    shown = (person for person in people if person and person.get("displayName"))
    return {_login(person): _text(person["displayName"]) for person in shown if _login(person)}


def _holders(changelog: Any, opened_at: int, people: Iterable[Any]) -> dict[str, tuple[int, str]]:
    """Login -> since when first, and the name, of those who had the issue; a history tells keys, which need not be
    logins, and one that is cut does not tell who was first."""
    login_of = {_text(person["key"]): _login(person) for person in people if person and person.get("key")}
    told = changelog or {}
    histories = _list(told.get("histories"))
    passed = sorted(
        (jira_time(history["created"], "changelog"), end, _text(item.get(end)), _text(item.get(f"{end}String")))
        for history in histories
        for item in _list(history.get("items"))
        for end in ("from", "to")
        if item.get("field") == "assignee" and item.get(end)
    )
    whole = (told.get("total") or 0) <= len(histories)
    since: dict[str, tuple[int, str]] = {}
    for place, (at, end, key, name) in enumerate(passed):
        if not (name and is_nobody(name)):
            since.setdefault(login_of.get(key, key), (opened_at if end == "from" and whole and not place else at, name))
    return since


def _names(items: Any) -> tuple[str, ...]:
    return _each(_text(item["name"]) for item in _list(items))


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once, without blanks around it, as the CSV form has them."""
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _login(person: Any) -> str:
    if not person or person.get("accountType") == "app":
        return ""
    if (shown := _text(person.get("displayName"))) and is_nobody(shown):
        return ""
    return _text(person.get("name") or person.get("accountId") or person.get("key")).strip()


def _links(links: Any) -> tuple[tuple[str, str], ...]:
    outward = [link for link in _list(links) if "outwardIssue" in link]
    return tuple(sorted({(_text(link["type"]["name"]), _text(link["outwardIssue"]["key"])) for link in outward}))


def _text(value: Any) -> str:
    """A text or nothing; any other shape is a TypeError, never turned into a name."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _rich(value: Any) -> str:
    """A text, also one in Atlassian's document format: a line for each block."""
    if not isinstance(value, dict):
        return _text(value)
    if value.get("type") == "hardBreak":
        return "\n"
    inner = "".join(_rich(part) for part in _list(value.get("content")))
    end = "\n" if value.get("type") in ("paragraph", "heading", "codeBlock", "listItem", "tableRow") else ""
    return f"{_text(value.get('text'))}{inner}{end}"


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value
