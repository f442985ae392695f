"""Which accounts are one person: personnel number, e-mail, login, and what people decided, in this order of trust.

Never by themselves: two personnel numbers, or two e-mails of one domain; people return and are taken over, but that is
for people to say. Names alone link nobody. A function of what is known now: the order of imports plays no part.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property

from graph_service.identity.names import contradicts
from graph_service.model import LOGINS, MAILS, NEVER, NUMBERS, SourceId

LOGIN_SOURCES = frozenset({LOGINS, "directory", "otrs", "jira"})
"""Sources whose keys are logins of the house."""


@dataclass(frozen=True, slots=True)
class Known:
    """An account with all that its sources say about who it is; `origin` is the person it means when it is alone,
    `left_at` the latest day anybody says they left, `called` the names they had before too, where these are asked."""

    account: str
    origin: str
    person: str
    source: str
    key: str
    names: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    logins: tuple[str, ...] = ()
    is_anchor: bool = False
    left_at: int = NEVER
    called: tuple[str, ...] = ()


class IdentityVerdict(StrEnum):
    """What somebody decided about two accounts, or about a claimed name and a listed skill."""

    SAME = "SAME"
    NOT_SAME = "NOT_SAME"
    EXTERNAL = "EXTERNAL"
    LATER = "LATER"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision about two accounts (EXTERNAL and LATER: about one, the other is empty)."""

    one: str
    other: str
    verdict: IdentityVerdict
    decided_by: str = ""
    decided_at: int = 0

    def as_row(self, kind: str) -> dict[str, object]:
        """As it is kept, of a `kind`: about people, or about skills."""
        return {**asdict(self), "kind": kind, "verdict": self.verdict.value}


@dataclass
class _Cluster:
    accounts: list[str]
    numbers: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)


class Links:
    """Accounts in clusters, joined link by link."""

    def __init__(self, known: Iterable[Known], judgements: Iterable[Judgement]) -> None:
        self.known = {one.account: one for one in known}
        self._joined: dict[str, _Cluster] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)
        self.judgements = sorted(judgements, key=lambda one: (one.one, one.other))

    def run(self) -> Mapping[str, str]:
        """Account -> person: the smallest origin of its cluster. What was decided about an address, a number or a login
        that is no account itself holds for whoever has it, and joins only where that is one person."""
        for judgement in self._decided(IdentityVerdict.NOT_SAME):
            for one in self._meant(judgement.one):
                self._apart[one].update(self._meant(judgement.other))
            for other in self._meant(judgement.other):
                self._apart[other].update(self._meant(judgement.one))
        for judgement in self._decided(IdentityVerdict.SAME):
            self._join(judgement.one, judgement.other, forced=True)
        for groups in (self._by_number(), self._by_mail(), self._by_login()):
            for group in groups:
                for other in group[1:]:
                    self._join(group[0], other)
        for judgement in self._decided(IdentityVerdict.SAME):
            ones, others = self._meant(judgement.one), self._meant(judgement.other)
            if self._are_one(ones) and self._are_one(others):
                self._join(ones[0], others[0], forced=True)
        person = {account: one.origin for account, one in self.known.items()}
        for account, cluster in self._joined.items():
            person[account] = min(self.known[one].origin for one in cluster.accounts)
        return person

    def _decided(self, verdict: IdentityVerdict) -> Iterator[Judgement]:
        return (one for one in self.judgements if one.verdict is verdict)

    def called(self, account: str) -> SourceId | None:
        """What sources call an account, or the number, e-mail or login that somebody has; None for neither."""
        known = self.known.get(account)
        if known is not None:
            return SourceId(known.source, known.key)
        return self._marked[account][0] if account in self._marked else None

    def _meant(self, account: str) -> Sequence[str]:
        """The account itself, or those whose profiles have the number, e-mail or login that it stands for."""
        if account in self.known:
            return [account]
        return self._marked[account][1] if account in self._marked else ()

    @cached_property
    def _marked(self) -> Mapping[str, tuple[SourceId, list[str]]]:
        marks: dict[str, tuple[SourceId, list[str]]] = {}
        for one in sorted(self.known.values(), key=lambda one: one.account):
            for space, values in ((NUMBERS, one.numbers), (MAILS, one.emails), (LOGINS, one.logins)):
                for mark in (SourceId(space, value) for value in values):
                    marks.setdefault(mark.id_of("account"), (mark, []))[1].append(one.account)
        return marks

    def _are_one(self, accounts: Sequence[str]) -> bool:
        first = self._joined.get(accounts[0]) if accounts else None
        return len(accounts) == 1 or (first is not None and all(self._joined.get(one) is first for one in accounts))

    def clusters(self) -> list[list[Known]]:
        """The accounts of each person."""
        joined = {id(cluster): cluster.accounts for cluster in self._joined.values()}
        alone = ([account] for account in self.known if account not in self._joined)
        return [[self.known[account] for account in accounts] for accounts in (*joined.values(), *alone)]

    def _by_number(self) -> Iterator[list[str]]:
        """A number with and without zeros before it is one: spreadsheets leave them away."""
        for accounts in self._grouped(lambda one: bare(one.numbers)):
            sources = [self.known[account].source for account in accounts]
            if sources.count(NUMBERS) > 1 and self._are_strangers(accounts):
                continue
            several = set(self._unique_in_source(accounts))
            yield [one for one, source in zip(accounts, sources, strict=True) if one in several or source == NUMBERS]

    def _by_mail(self) -> Iterator[list[str]]:
        """An address that several people share in one source is a function's, and links nobody."""
        for accounts in self._grouped(lambda one: one.emails):
            if not self._is_shared(accounts) and not self._contradict(accounts):
                yield accounts

    def _by_login(self) -> Iterator[list[str]]:
        for accounts in self._grouped(lambda one: one.logins):
            unique = self._unique_in_source(accounts)
            if len(unique) == len(accounts) and not self._contradict(accounts):
                yield accounts

    def sharing_a_number(self) -> list[str]:
        """The accounts of personnel numbers that differ in nothing but zeros before them."""
        groups = self._grouped(lambda one: bare(one.numbers) if one.source == NUMBERS else ())
        return sorted({account for accounts in groups for account in accounts})

    def _grouped(self, values_of: Callable[[Known], Sequence[str]]) -> Iterator[list[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for account in sorted(self.known):
            for value in values_of(self.known[account]):
                groups[value].append(account)
        return (groups[value] for value in sorted(groups) if len(groups[value]) > 1)

    def _unique_in_source(self, accounts: Sequence[str]) -> list[str]:
        sources = [self.known[account].source for account in accounts]
        return [account for account, source in zip(accounts, sources, strict=True) if sources.count(source) == 1]

    def _is_shared(self, accounts: Sequence[str]) -> bool:
        by_source: dict[str, list[str]] = defaultdict(list)
        for account in accounts:
            by_source[self.known[account].source].append(account)
        return any(len(group) > 1 and self._are_several(group) for group in by_source.values())

    def _are_several(self, accounts: Sequence[str]) -> bool:
        numbers = {number for account in accounts for number in bare(self.known[account].numbers)}
        return len(numbers) > 1 or self._contradict(accounts)

    def _contradict(self, accounts: Sequence[str]) -> bool:
        names = [name for account in accounts for name in self.known[account].names]
        return any(contradicts(one, other) for place, one in enumerate(names) for other in names[:place])

    def _are_strangers(self, accounts: Sequence[str]) -> bool:
        """Whether two of them never had a name that could be the same person's: who marries keeps the number."""
        those = [self.known[account] for account in accounts]
        called = [names for one in those if (names := one.called or one.names)]
        pairs = ((one, other) for place, one in enumerate(called) for other in called[:place])
        return any(all(contradicts(a, b) for a in one for b in other) for one, other in pairs)

    def _join(self, one: str, other: str, *, forced: bool = False) -> None:
        if one == other or one not in self.known or other not in self.known:
            return
        a, b = self._cluster(one), self._cluster(other)
        if a is b or (not forced and not self._may_join(a, b)):
            return
        a.accounts += b.accounts
        a.numbers |= b.numbers
        a.emails |= b.emails
        for account in a.accounts:
            self._joined[account] = a

    def _cluster(self, account: str) -> _Cluster:
        known = self.known[account]
        return self._joined.get(account) or _Cluster([account], set(bare(known.numbers)), set(known.emails))

    def _may_join(self, a: _Cluster, b: _Cluster) -> bool:
        if a.numbers and b.numbers and not a.numbers & b.numbers:
            return False
        if not a.emails & b.emails and others_of_domain(a.emails, b.emails):
            return False
        return not any(other in b.accounts for one in a.accounts for other in self._apart.get(one, ()))


def bare(numbers: Sequence[str]) -> Sequence[str]:
    """Numbers without the zeros before them."""
    return [number.lstrip("0") or number for number in numbers]


def others_of_domain(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two sets of addresses have different ones in one domain."""
    domains: dict[str, set[str]] = defaultdict(set)
    for address in one:
        domains[address.rpartition("@")[2]].add(address)
    return any(domains.get(address.rpartition("@")[2], {address}) != {address} for address in other)
