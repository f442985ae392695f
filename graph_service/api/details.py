"""Cases, people and runs as GraphQL values, set-based: a page costs as many store calls as one entry."""

from collections.abc import Callable, Iterable, Sequence

import strawberry

from graph_service.api import types as t
from graph_service.api.answers import named
from graph_service.api.context import Context
from graph_service.api.ids import cursor_key, decode, encode, page_size
from graph_service.errors import InputRefused, RunRefused, UnknownId
from graph_service.model import NEVER, CaseRole, ClaimedBy, ImportRun as Run, Outcome, PersonKind, RowFault, moment
from graph_service.neighbours import Neighbour
from graph_service.ranking.explain import first_names
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.named_queries import PersonName, grouped
from graph_service.surroundings import notes_of
from graph_service.text.messages import Spoken, sentence

FAULTS_SHOWN = 100


Shown = Callable[[Iterable[str]], set[str]]


def cases(view: View, ids: Sequence[str], shown_before: Shown) -> dict[str, t.Case]:
    """Visible cases by id, in ten store calls; who was in a closed one only where an answer has shown it."""
    records = view.ask(nq.CASE_RECORDS, cases=ids)
    ends = {row.case_id: row for row in view.ask(nq.RESOLUTIONS, cases=ids)}
    now = view.at(NEVER - 1)  # open is what is open today, whatever moment was asked about
    closed = {row.case_id for row in now.ask(nq.RESOLUTIONS, cases=ids)}
    told = sorted((set(ids) - closed) | shown_before(ids))
    roles = grouped(view.ask(nq.PARTICIPANTS, cases=told), lambda row: row.case_id)
    commenters = grouped(view.ask(nq.COMMENTERS, cases=told), lambda row: row.case_id)
    links = grouped(view.ask(nq.CASE_LINKS, cases=ids), lambda row: row.case_id)
    origins = grouped(view.ask(nq.CASE_ORIGINS, cases=ids), lambda row: row.case_id)
    people = {row.person for rows in roles.values() for row in rows}
    people |= {row.person for rows in commenters.values() for row in rows}
    names = first_names(view.ask(nq.NAMES, people=sorted(people)))
    notes = notes_of(view, {record.case_id: record for record in records})
    return {
        record.case_id: t.Case(
            id=strawberry.ID(encode("Case", record.case_id)),
            source=record.source,
            key=record.key,
            title=record.title,
            text=record.text,
            environment=record.environment,
            product=record.product,
            components=list(record.components),
            labels=list(record.labels),
            versions=list(record.versions),
            opened_at=moment(record.opened_at),
            language=record.language,
            resolution=_resolution(ends.get(record.case_id)),
            participants=_participants(roles.get(record.case_id, ()), names),
            commenters=_commenters(commenters.get(record.case_id, ()), names),
            cause=notes[record.case_id].cause if record.case_id in notes else "",
            found=notes[record.case_id].found if record.case_id in notes else "",
            links=[
                t.CaseLink(kind=link.kind, key=link.other_key, id=strawberry.ID(encode("Case", link.other_id)))
                for link in links.get(record.case_id, ())
            ],
            origins=[
                t.Origin(run=origin.run, file=origin.file, line=origin.line)
                for origin in origins.get(record.case_id, ())
            ],
            is_told=record.case_id in told,
        )
        for record in records
    }


def people_in(found: Iterable[t.Case]) -> list[str]:
    """Whom these cases name."""
    named_ones = [one.person for case in found for one in (*(case.participants or ()), *(case.commenters or ()))]
    return [decode(str(one.id))[1] for one in named_ones]


def _resolution(row: nq.CaseResolution | None) -> t.Resolution | None:
    if row is None:
        return None
    return t.Resolution(outcome=Outcome(row.outcome), wording=row.wording, resolved_at=moment(row.resolved_at))


def _participants(rows: Iterable[nq.CaseParticipant], names: dict[str, PersonName]) -> list[t.Participant]:
    return [
        t.Participant(person=named(names[row.person]), role=CaseRole(row.role), known_at=moment(row.known_at))
        for row in rows
        if row.person in names
    ]


def _commenters(rows: Iterable[nq.CaseCommenter], names: dict[str, PersonName]) -> list[t.Commenter]:
    return [
        t.Commenter(person=named(names[row.person]), first_at=moment(row.first_at), comments=row.comments)
        for row in rows
        if row.person in names
    ]


def person(view: View, person_id: str) -> t.Person | None:
    """A visible person, in two store calls."""
    names = view.ask(nq.NAMES, people=[person_id])
    if not names:
        return None
    claims = view.ask(nq.CLAIMS_OF, people=[person_id])
    return t.Person(
        id=strawberry.ID(encode("Person", person_id)),
        name=names[0].name,
        kind=PersonKind(names[0].kind),
        unit=names[0].unit,
        accounts=[t.Account(source=row.source, key=row.key) for row in names],
        skill_claims=[claim_type(claim) for claim in claims],
    )


def claim_type(row: nq.ClaimRow) -> t.SkillClaim:
    """A claim."""
    return t.SkillClaim(
        id=strawberry.ID(encode("Claim", f"{row.person}|{row.skill}|{row.claimed_by}")),
        skill=row.label,
        level=row.level,
        original=row.original,
        claimed_by=ClaimedBy(row.claimed_by),
        known_at=moment(row.known_at),
        is_dated=bool(row.is_dated),
    )


def similar_page(
    view: View, found: Sequence[Neighbour], first: int, after: str | None, shown_before: Shown
) -> t.SimilarCaseConnection:
    """A page of similar cases; the cursor holds similarity and id, so it stays valid while cases come in."""
    size = page_size(first)
    start = _after(cursor_key(after))
    rest = [case for case in found if (-case.similarity, case.case_id) > start]
    page = rest[:size]
    known = cases(view, [case.case_id for case in page], shown_before) if page else {}
    edges = [
        t.SimilarCaseEdge(
            cursor=encode("cursor", f"{case.similarity!r}|{case.case_id}"),
            similarity=case.similarity,
            node=known[case.case_id],
        )
        for case in page
    ]
    return t.SimilarCaseConnection(edges=edges, page_info=_page_info(edges, len(rest) > size, after is not None))


def _after(key: str | None) -> tuple[float, str]:
    if key is None:
        return (float("-inf"), "")
    similarity, _, case_id = key.partition("|")
    try:
        return (-float(similarity), case_id)
    except ValueError:
        raise InputRefused("page.bad_cursor") from None


def runs(context: Context, first: int, after: str | None) -> t.ImportRunConnection:
    """A page of runs, newest first."""
    size = page_size(first)
    key = cursor_key(after)
    if key is not None and not _is_run_number(key):
        raise InputRefused("page.bad_cursor")
    before = NEVER if key is None else int(key)
    found = context.store.runs(before=before, limit=size + 1, actor=context.asker.runs_of)
    context.note("runs:listed")
    edges = [
        t.ImportRunEdge(cursor=encode("cursor", str(run.number)), node=run_type(context, run)) for run in found[:size]
    ]
    return t.ImportRunConnection(edges=edges, page_info=_page_info(edges, len(found) > size, after is not None))


def _is_run_number(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) <= 15


def run_by_key(context: Context, key: str) -> t.ImportRun:
    """A run with its refused rows, by the key of its global id; raises UnknownId."""
    if not _is_run_number(key):
        raise UnknownId("node.unknown")
    try:
        found = context.store.run(int(key))
    except RunRefused:
        raise UnknownId("node.unknown") from None
    if context.asker.runs_of not in ("", found.actor):
        raise UnknownId("node.unknown")
    context.note("run:read", run=found.number)
    return run_type(context, found, faults=FAULTS_SHOWN)


def run_type(context: Context, run: Run, *, faults: int = 0) -> t.ImportRun:
    """A run; its refused rows only where they are asked for."""
    counts, store, language = run.counts, context.store, context.language
    return t.ImportRun(
        id=strawberry.ID(encode("ImportRun", str(run.number))),
        number=run.number,
        kind=run.kind,
        state=run.state,
        format=run.format,
        file=run.file,
        started_at=moment(run.started_at),
        ended_at=None if run.ended_at is None else moment(run.ended_at),
        undoes=run.undoes,
        counts=t.RunCounts(
            read=counts.read,
            written=counts.written,
            unchanged=counts.unchanged,
            refused=counts.refused,
            skipped=counts.skipped,
            facts_added=counts.facts_added,
            facts_withdrawn=counts.facts_withdrawn,
        ),
        profile=run.profile,
        reasons=[
            t.ReasonCount(code=code, reason=sentence(code, language), count=count)
            for code, count in sorted(run.reasons.items())
        ],
        faults=[fault_type(RowFault(*row), language) for row in (store.faults(run.number, faults) if faults else ())],
    )


def fault_type(fault: RowFault, language: Spoken) -> t.RowFault:
    """A refused or remarkable row with its sentence."""
    return t.RowFault(
        file=fault.file,
        line=fault.line,
        column=fault.column,
        value=fault.value,
        code=fault.reason,
        reason=sentence(fault.reason, language, value=fault.value),
    )


def _page_info(edges: Sequence[t.SimilarCaseEdge | t.ImportRunEdge], more: bool, before: bool) -> t.PageInfo:
    return t.PageInfo(
        has_next_page=more,
        has_previous_page=before,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
