"""The four questions about somebody, in words: has solved this, promises on this, reachable now, a good time now."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from graph_service.casework.company import Company
from graph_service.evidence import availability, clash, kept_promises, workarounds
from graph_service.evidence.beside import NO_ACCESS
from graph_service.evidence.kept_promises import YEAR, counted
from graph_service.evidence.reach import KIND as REACH
from graph_service.evidence.reachability import Reachability
from graph_service.model import DAY, ExpertNote, Outcome
from graph_service.ranking.explain import SOLVING, Reason
from graph_service.ranking.ranked import Ranked
from graph_service.text.messages import day_of, tongue

_HOUR = DAY / 24
_UNSOLVED = (Outcome.FAILED, Outcome.UNKNOWN)
"""How a case ends that counts as one that was worked on and not solved."""
BESIDE = (kept_promises.KIND.name, availability.KIND.name, clash.KIND.name)
"""Kinds that are told under a question of their own."""
_LEADING = ("similar_solved", "component_amount", "component_usual")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: the `text`, and the same as it is read, what is read first and what belongs to it. Not known:
    nothing is told, which is not a no."""

    text: str
    lead: str
    rest: Sequence[str] = ()
    is_known: bool = True

    @classmethod
    def of(cls, company: Company, code: str, /, *, is_known: bool = True, **values: object) -> "Said":
        """The sentence of a code."""
        lead, *rest = company.in_parts(code, **values)
        return cls(company.say(code, **values), lead, rest, is_known)


NOTHING = "nothing_known"


def knows(company: Company, ranked: Ranked, record: Said | None, *, is_today: bool) -> Said:
    """What of it somebody has solved. Read first: today the workarounds they know, else their `record`, else what
    speaks for them most."""
    reasons = company.explanation.reasons.get(ranked.person, ())
    own = [one for one in reasons if one.contribution > 0 and one.kind not in (*BESIDE, REACH.name)]
    speaking = sorted(own, key=_leading)
    declared = [one for one in speaking if one.kind == "declared_skill"]
    first = next(iter(declared or speaking), None)  # whoever has solved anything gets no declared skill
    if first is None:
        return Said.of(company, NOTHING, is_known=bool(reasons))
    text, (lead, *rest) = first.text(company.language), first.parts(company.language)
    if not declared and ranked.person not in company.answer.proven:
        code = "knows.only_remotely" if first.kind in SOLVING else "knows.other_things"
        text, lead = (company.say(code, reason=reason) for reason in (text, lead))
    around = next((one for one in own if is_today and one.kind == workarounds.KIND.name), None)
    if around is not None:
        lead, *rest = around.parts(company.language)
    elif record is not None:
        lead, rest = record.lead, list(record.rest)
    return Said(text, lead, rest)


def _leading(reason: Reason) -> int:
    """What is said first: solved cases like this one, then in this component, then by strength."""
    is_leading = reason.kind in _LEADING and reason.citation.count
    return _LEADING.index(reason.kind) if is_leading else len(_LEADING)


def proven(company: Company, person: str) -> Said:
    """How promises on this kind of problem were kept within twelve months."""
    due, kept = counted(company.answer.beside, person)
    if not due:
        return Said.of(company, NOTHING, is_known=False)
    newest = day_of(max((one.kept_at or 0 for one in kept), default=None), company.language)
    code = "said.promises" if kept else "said.promises_none"
    cases = ", ".join(dict.fromkeys(one.case.key for one in due))
    return Said.of(company, code, count=len(kept), of=len(due), newest=newest, cases=cases)


def own_view(company: Company, person: str) -> list[str]:
    """The asker's own view of somebody on this, and the notes that are theirs or were handed to them."""
    beside, found = company.answer.beside, []
    own = [one for one in beside.ratings if one.rater.key == company.asker and one.ratee.key == person]
    if newest := max(own, key=lambda one: (one.given_at or 0, one.source_id), default=None):
        marks = (("rating", newest.competence), ("rating.reliability", newest.reliability))
        words = [company.say(f"{kind}.{1 + round(mark * 4)}") for kind, mark in marks if mark is not None]
        words += [newest.occasion] if newest.occasion else []
        found.append(
            company.say("said.your_view", words=", ".join(words), day=day_of(newest.given_at, company.language))
        )
    for note in beside.told.of(ExpertNote):
        is_about = not note.problem_class or beside.is_about(note.problem_class)
        if note.person.key == person and note.note and is_about:
            is_mine = note.owner.key == company.asker
            code = "said.note" if is_mine else "said.note_of"
            found.append(company.say(code, text=note.note, name=company.name(note.owner)))
    return found


def record_of(company: Company, person: str) -> Said | None:
    """`KANBAN-Abruf: 4 von 5 gelöst`: of the nearest cases of a kind within twelve months that somebody solved, or had
    a part in and that ended unsolved (what a colleague solved, is open, a duplicate, not reproducible or withdrawn is
    no failure of theirs), with the median of hours to the solution; for the kind with most of them, None where nothing
    is solved."""
    situation = company.answer.situation
    if situation is None:
        return None
    talked = {(row.case_id, row.person) for row in situation.commenters}
    found: dict[str, list[float | None]] = {}
    for case in situation.opened:
        has_solved = person in case.solvers
        is_unsolved = not case.solvers and company.ends.get(case.case_id) in _UNSOLVED
        has_failed = is_unsolved and (case.case_id, person) in talked
        has_part = case.opened_at > company.now - YEAR and (has_solved or has_failed)
        named = company.kinds_of.get(case.case_id, ()) if has_part else ()
        if kind := next((kind for kind in named if kind in company.told.labels), ""):
            hours = ((case.solved_at or case.opened_at) - case.opened_at) / _HOUR
            found.setdefault(kind, []).append(hours if has_solved else None)
    kind, parts = max(found.items(), key=lambda one: (len(one[1]), one[0]), default=("", []))
    solved = [hours for hours in parts if hours is not None]
    if not solved:
        return None
    since, until = (day_of(at, company.language) for at in (company.now - YEAR, company.now))
    told = {"kind": kind, "count": len(solved), "of": len(parts), "hours": max(1, round(median(solved)))}
    told |= {"since": since, "until": until}
    _, lead, measured = company.in_parts("said.record", **told)
    return Said(company.say("said.record", **told), lead, [f"{kind}, {measured}"])


def reachable(company: Company, person: str) -> Said:
    """Where somebody is until when; never why they are not there. A red flag is read first."""
    way = company.way(person)
    if way is None or not way.is_known:
        return Said.of(company, NOTHING, is_known=False)
    place, conditions = _place(company, way), _conditions(company, way)
    text = "; ".join([place, *conditions])
    if way.flag is not None and conditions:
        return Said(text, conditions[0], [*conditions[1:], place])
    return Said(text, place, conditions)


def _place(company: Company, way: Reachability) -> str:
    if not way.may_be_called:
        code = "reach.away_until" if way.next_at else "reach.away"
        return company.say(code, clock=company.clock(way.next_at) if way.next_at else "")
    if way.is_on_call and way.is_outside_hours:
        return company.say("reach.on_call")
    presence = way.presence
    code = f"reach.{presence.state.lower()}" if presence and presence.state else "reach.hours"
    text = company.say(code, place=presence.place if presence else "").strip()
    return text + (f" {company.say('door.until', clock=company.clock(way.until))}" if way.until else "")


def _conditions(company: Company, way: Reachability) -> list[str]:
    found = []
    if way.flag is not None and way.flag_until is not None:
        found.append(company.say("reach.flag", clock=company.clock(way.flag_until)))
    if way.duty_until is not None:
        found.append(company.say("reach.duty", clock=company.clock(way.duty_until)))
    deadline = way.asking.deadline
    if way.is_gone_before and deadline is not None:
        found.append(company.say("reach.gone_before", clock=company.clock(deadline)))
    if way.is_sent_to_doors and way.person.rule:
        rule = way.person.rule
        agreed = ", ".join(rule.agreed_by)
        found.append(company.say("reach.doors", unit=rule.unit, priority=rule.doors_from, agreed=agreed))
    right = company.answer.beside.rights.get(way.person.id)
    if right is not None and right.level == NO_ACCESS:
        found.append(company.say("reach.no_access", system=company.answer.beside.system))
    asked_in = company.answer.problem.language
    spoken = {one.language for one in way.person.speaks}
    if spoken and asked_in in ("de", "en") and asked_in not in spoken:
        found.append(
            company.say(
                f"reach.language_{asked_in}",
                languages=", ".join(sorted(tongue(one, company.language) for one in spoken)),
            )
        )
    return found


def before_clock(company: Company, person: str) -> bool | None:
    """Whether somebody can be reached before the deadline, else before what happens then; None without a clock."""
    way, clock = company.way(person), company.told.clock_at
    return None if way is None or clock is None else way.is_before(clock)


def interruption(company: Company, person: str) -> Said:
    """Whether now is a good time; no counts of what others asked."""
    way = company.way(person)
    if way is None or not way.is_known:
        return Said.of(company, NOTHING, is_known=False)
    is_bad = way.flag is not None or way.focus_until is not None or way.is_capped or not way.may_be_called
    better = way.good_from
    code = "time.good" if not is_bad else "time.better" if better is not None else "time.bad"
    return Said.of(company, code, clock=company.clock(better) if better is not None else "")
