"""One's own data, and the sums for those who look after the audit, as GraphQL values."""

from collections.abc import Sequence, Set
from datetime import timedelta
from typing import Any

import orjson

from graph_service.access.roles import PARTICIPATION, FieldClass, Purpose, Reach, Role
from graph_service.api import own_types as o
from graph_service.api.answers import cited_case
from graph_service.api.context import Context
from graph_service.api.details import claim_type, person
from graph_service.audit import audit_name
from graph_service.model import DAY, ClaimedBy, moment, month_start
from graph_service.store import named_queries as nq
from graph_service.store.base import View
from graph_service.store.named_queries import grouped
from graph_service.text.messages import sentence

NAMED_SHOWN = 100
_NAMED_READ = 1_000
_YEAR = 365 * DAY
_READ_AT_ONCE = frozenset(
    {"person", "claims", "participation", "solved", "recommendationsAboutMe", "digest", "gaps", "changes"}
)
"""Fields that are read together; the others are asked for one by one."""


def viewer(context: Context, fields: Set[str]) -> o.Viewer:
    """Who asks, and for an expert all there is about them, where any of these `fields` needs it."""
    asker = context.asker
    found = o.Viewer(role=asker.role, purpose=asker.purpose, look_ups=_look_ups(context), person=None, claims=None,
                      participation=None, solved=None, recommendations_about_me=None, digest=None,
                     changes=None, gaps=None)  # fmt: skip
    if asker.purpose is not Purpose.SELF_SERVICE or not fields & _READ_AT_ONCE:
        context.note("viewer:read")
        return found
    me = context.me

    def work(view: View) -> None:
        found.person = person(view, me)
        found.claims = own_claims(context, view, me)
        found.gaps = _gaps(view, me)
        found.solved = _solved(view, me)
        found.changes = [_change(row) for row in view.ask(nq.ORIGINS, people=[me])[:NAMED_SHOWN]]

    context.with_view(context.service.now(), work)
    found.participation = participation(context, me)
    named = _once(context.store.journal(nq.NAMED_IN, thing=me, limit=_NAMED_READ))
    found.recommendations_about_me = [_named(row, context) for row in named[:NAMED_SHOWN]]
    found.digest = _digest(named)
    context.note("person:read_own", [me])
    return found


def _look_ups(context: Context) -> list[o.LookUpDay]:
    if context.asker.reach(FieldClass.LOOK_UPS) is Reach.NONE:
        return []  # the field is null for them: nothing to look for
    who = audit_name(context.store, context.asker.identity.subject)
    since = context.service.wall() - _YEAR
    rows = context.store.journal(nq.LOOK_UPS_OF, asker=who, since=since) if who else []
    return [o.LookUpDay(day=moment(row.day), people=row.people) for row in rows]


def own_claims(context: Context, view: View, me: str) -> list[o.OwnClaim]:
    """Claims about oneself, hidden ones too."""
    hidden = grouped(context.store.state(nq.HIDDEN_CLAIMS, person=me), lambda row: f"{row.skill}|{row.claimed_by}")
    return [
        o.OwnClaim(
            claim=claim_type(row),
            hidden_for=[Purpose(one.purpose) for one in hidden.get(f"{row.skill}|{row.claimed_by}", ())],
        )
        for row in view.ask(nq.CLAIMS_OF, people=[me])
    ]


def participation(context: Context, me: str) -> list[o.Participation]:
    """In what one takes part, and what one chose."""
    given = {row.name for row in context.store.state(nq.PURPOSES_OF, person=me)}
    own = {row.purpose: row for row in context.store.state(nq.OWN_CHOICES, person=me)}
    return [
        o.Participation(
            purpose=purpose,
            takes_part=purpose.value in given,
            own_choice=bool(own[purpose].takes_part) if purpose in own else None,
            decided_at=moment(own[purpose].decided_at) if purpose in own else None,
        )
        for purpose in PARTICIPATION
    ]


def _solved(view: View, me: str) -> list[o.OwnCase]:
    events = view.ask(nq.SOLVED_BY, people=[me], since=view.as_of - _YEAR)
    heads = {head.case_id: head for head in view.ask(nq.CASE_HEADS, cases=sorted({event.case_id for event in events}))}
    return [
        o.OwnCase(case=cited_case(heads[event.case_id]), solved_at=moment(event.at))
        for event in events
        if event.case_id in heads
    ]


def _gaps(view: View, me: str) -> list[o.SkillGap]:
    """Each other side's word that differs from one's own on the same skill; nothing is averaged."""
    claims = view.ask(nq.CLAIMS_OF, people=[me])
    own = {row.skill: row.level for row in claims if row.claimed_by == ClaimedBy.SELF}
    gaps = [
        o.SkillGap(
            skill=row.label, own_level=own[row.skill], claimed_by=ClaimedBy(row.claimed_by), their_level=row.level
        )
        for row in claims
        if row.claimed_by != ClaimedBy.SELF and row.skill in own and row.level != own[row.skill]
    ]
    return sorted(gaps, key=lambda gap: (-abs(gap.own_level - gap.their_level), gap.skill, gap.claimed_by))


def _change(row: nq.Origin) -> o.OwnChange:
    return o.OwnChange(
        at=moment(row.imported_at),
        kind=row.kind,
        what=row.label.strip(),
        file=row.file,
        line=row.line,
        holds=row.replaced == 0,
    )


def _monday(at: int) -> Any:
    day = moment(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


def _named(row: nq.NamedIn, context: Context) -> o.NamedForWhat:
    about = orjson.loads(row.about)
    return o.NamedForWhat(
        week=_monday(row.at),
        role=Role(row.role),
        places=about["places"],
        reasons=[sentence(f"name.{kind}", context.language) for kind in about["kinds"]],
    )


def _once(named: Sequence[nq.NamedIn]) -> list[nq.NamedIn]:
    """The questions: one asker's about the same places on a day is one, with what spoke for one the last time."""
    latest: dict[tuple[int, str, str, tuple[str, ...]], nq.NamedIn] = {}
    for row in named:
        latest.setdefault((row.at // DAY, row.asker, row.role, tuple(orjson.loads(row.about)["places"])), row)
    return list(latest.values())


def _digest(named: Sequence[nq.NamedIn]) -> list[o.WeekOfNames]:
    weeks: dict[Any, list[str]] = {}
    for row in named:
        weeks.setdefault(_monday(row.at), []).append(row.role)
    return [
        o.WeekOfNames(week=week, questions=len(roles), roles=sorted({Role(role) for role in roles}))
        for week, roles in weeks.items()
    ]


def summary(context: Context, months: int) -> o.AuditSummary:
    """Sums of the last months."""
    since = month_start(context.service.wall())
    for _ in range(months - 1):
        since = month_start(since - 1)
    usual = context.service.settings.people_a_day
    wide = context.store.journal(nq.WIDE_LOOK_UPS, since=since, most=usual)
    context.note("audit:summed")
    return o.AuditSummary(
        months=[
            o.DoneInMonth(
                month=moment(row.month),
                role=Role(row.role) if row.role else None,
                purpose=Purpose(row.purpose) if row.purpose else None,
                act=row.act,
                times=row.times,
            )
            for row in context.store.journal(nq.AUDIT_COUNTS, since=since)
        ],
        usual_people=usual,
        wide_days=wide[0].rows,
    )


def claim_key(global_key: str, me: str) -> tuple[str, str] | None:
    """(skill, whose word) of the key of a claim's id, when it is about oneself."""
    person_id, _, rest = global_key.partition("|")
    skill, _, claimed_by = rest.partition("|")
    return (skill, claimed_by) if person_id == me and skill and claimed_by else None
