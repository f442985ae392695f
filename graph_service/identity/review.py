"""Accounts that nobody could place, each with the people it may be, what speaks for each and what against."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from graph_service.identity.linking import IdentityVerdict, Judgement, Known, Links, bare, others_of_domain
from graph_service.identity.names import contradicts, is_same_name, plain
from graph_service.model import EVER, NEVER, moment
from graph_service.store.named_queries import CaseOfPerson

LEAST = 75.0
"""Names less alike than this (token sort ratio, 0..100) are no candidates."""
MOST = 5


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for or against: a code of the message catalogue, and a figure or text in it."""

    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person whom an account may mean: the account that stands for them, `key` as its source calls them (namesakes
    differ in nothing else), likeness of names 0..100, and reasons."""

    account: str
    person: str
    name: str
    unit: str
    likeness: float
    speaks_for: tuple[Reason, ...]
    speaks_against: tuple[Reason, ...]
    left_at: int = NEVER
    is_suggested: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An account to place."""

    account: str
    person: str
    source: str
    name: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class _Anchors:
    """People to choose from, by the words of each of their names and by their numbers without leading zeros."""

    names: list[tuple[str, list[Known]]]
    choices: list[str]
    numbers: Mapping[str, list[list[Known]]]

    def with_number_of(self, own: list[Known]) -> list[list[Known]]:
        """The others who have one of these accounts' personnel numbers."""
        found = [cluster for number in _numbers(own) for cluster in self.numbers.get(number, ())]
        others = [cluster for cluster in found if not any(one in own for one in cluster)]
        asks = not any(one.is_anchor for one in own)  # of two people with one number, one is asked about
        first = min(one.account for one in own)
        return [cluster for cluster in others if asks or min(one.account for one in cluster) < first]


def review(links: Links, judgements: Sequence[Judgement]) -> Iterator[Line]:
    """The lines of the queue, most alike first within a line; an account decided as external is not asked again, nor a
    pair that was decided; what was put off comes last."""
    decided = {
        (one.one, one.other) for one in judgements if one.verdict in (IdentityVerdict.SAME, IdentityVerdict.NOT_SAME)
    }
    decided |= {(other, one) for one, other in decided}
    settled = {one.one for one in judgements if one.verdict is IdentityVerdict.EXTERNAL}
    clusters = links.clusters()
    anchors = [cluster for cluster in clusters if any(one.is_anchor for one in cluster)]
    names = [
        (plain(name), cluster) for cluster in anchors for name in sorted({n for one in cluster for n in one.names})
    ]
    numbers: dict[str, list[list[Known]]] = {}
    for cluster in anchors:
        for number in _numbers(cluster):
            numbers.setdefault(number, []).append(cluster)
    known = _Anchors(names, [name for name, _ in names], numbers)
    put_off = {one.one for one in judgements if one.verdict is IdentityVerdict.LATER}
    for cluster in sorted(clusters, key=lambda one: _turn(one, put_off)):
        own = sorted(cluster, key=lambda one: one.account)
        shown = _names(own)
        if not shown or any(one.account in settled for one in own):
            continue
        if any(one.is_anchor for one in own) and not known.with_number_of(own):
            continue
        line = _line(own, shown, known, decided)
        if line is not None:
            yield line


def with_cases(line: Line, cases: Mapping[str, Sequence[CaseOfPerson]]) -> Line:
    """The line with what the `cases` by person say: joint ones speak for, having left before the last one against;
    the best five are left."""
    own = {row.case_id for row in cases.get(line.person, ())}
    last_at = max((row.last_at for row in cases.get(line.person, ())), default=EVER)
    told = []
    for one in line.candidates:
        joint = len(own & {row.case_id for row in cases.get(one.person, ())})
        speaks_for = (*one.speaks_for, Reason("who.joint_cases", str(joint))) if joint else one.speaks_for
        gone = one.left_at < last_at
        left = Reason("who.left_before", moment(one.left_at).date().isoformat()) if gone else None
        against = (*one.speaks_against, left) if left else one.speaks_against
        suggested = one.is_suggested and not gone
        told.append(replace(one, speaks_for=speaks_for, speaks_against=against, is_suggested=suggested))
    return replace(line, candidates=tuple(sorted(told, key=_order)[:MOST]))


def _turn(cluster: Sequence[Known], put_off: set[str]) -> tuple[bool, str]:
    accounts = {known.account for known in cluster}
    return bool(accounts & put_off), min(accounts)


def _names(cluster: Sequence[Known]) -> list[str]:
    return sorted({name for one in cluster for name in one.names})


def _numbers(cluster: Sequence[Known]) -> set[str]:
    return {number for one in cluster for number in bare(one.numbers)}


def _line(own: list[Known], shown: list[str], known: _Anchors, decided: set[tuple[str, str]]) -> Line | None:
    best: dict[int, tuple[float, list[Known]]] = {}
    for other in known.with_number_of(own):
        if not any((one.account, two.account) in decided for one in own for two in other):
            pairs = [(plain(name), plain(theirs)) for name in shown for theirs in _names(other)]
            best[id(other)] = (max((fuzz.token_sort_ratio(*pair) for pair in pairs), default=0.0), other)
    choices = [] if any(one.is_anchor for one in own) else known.choices
    for name in shown:
        found = process.extract(plain(name), choices, scorer=fuzz.token_sort_ratio, score_cutoff=LEAST, limit=MOST * 4)
        for _, likeness, place in found:
            other = known.names[place][1]
            if any((one.account, two.account) in decided for one in own for two in other):
                continue
            likeness = 100.0 if is_same_name(name, " ".join(choices[place].split())) else likeness
            if likeness > best.get(id(other), (0.0, other))[0]:
                best[id(other)] = (likeness, other)
    candidates = [_candidate(own, shown, likeness, other) for likeness, other in best.values()]
    if not candidates:
        return None
    ordered = sorted(candidates, key=_order)
    units = [one for one in ordered if one.likeness == 100.0 and _has(one, "who.same_unit")]
    if len(units) == 1:
        ordered = [replace(one, is_suggested=one is units[0]) for one in ordered]
    first = own[0]
    return Line(first.account, first.person, first.source, shown[0], tuple(ordered[: MOST * 2]))


def _order(candidate: Candidate) -> tuple[float, str]:
    """By likeness; a reason for or against counts like ten points of it."""
    reasons = len(candidate.speaks_for) - len(candidate.speaks_against)
    return (-candidate.likeness - 10 * reasons, candidate.account)


def _has(candidate: Candidate, code: str) -> bool:
    return any(reason.code == code for reason in candidate.speaks_for)


def _candidate(own: list[Known], shown: list[str], likeness: float, other: list[Known]) -> Candidate:
    anchor = min((one for one in other if one.is_anchor), key=lambda one: (not one.names, one.account))
    speaks_for = [Reason("who.name", f"{likeness:.0f}")]
    if numbers := _numbers(own) & _numbers(other):
        speaks_for.append(Reason("who.same_number", min(numbers)))
    speaks_against = []
    units = {unit for one in own for unit in one.units} & {unit for one in other for unit in one.units}
    if units:
        speaks_for.append(Reason("who.same_unit", min(units)))
    logins = {login for one in other for login in one.logins}
    local = {mail.partition("@")[0] for one in own for mail in one.emails} & logins
    if local:
        speaks_for.append(Reason("who.mail_is_login", min(local)))
    mails, others = [{mail for one in group for mail in one.emails} for group in (own, other)]
    if others_of_domain(mails, others):
        speaks_against.append(Reason("who.other_mail", min(others)))
    names = [name for one in other for name in one.names]
    if all(contradicts(name, theirs) for name in shown for theirs in names):
        speaks_against.append(Reason("who.other_name", names[0] if names else ""))
    name = anchor.names[0] if anchor.names else (names[0] if names else anchor.key)
    unit = anchor.units[0] if anchor.units else ""
    return Candidate(
        anchor.account,
        anchor.person,
        name,
        unit,
        round(likeness, 1),
        tuple(speaks_for),
        tuple(speaks_against),
        max(one.left_at for one in other if one.is_anchor),
        key=f"{anchor.source}:{anchor.key}",
    )
