"""What is told of the people who may be named beside their cases: ways to them, promises, ratings, clashes, works."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from graph_service.evidence.reachability import Reachability
from graph_service.model import (
    DAY,
    Access,
    Asked,
    Clash,
    CustomerContact,
    Dispute,
    Document,
    Promise,
    Record,
    TrustRating,
    Workaround,
    holds,
)
from graph_service.store.listed import Listed
from graph_service.store.named_queries import grouped
from graph_service.surroundings import same

_REPLACED = "REPLACED"
KEPT = "KEPT"
NO_ACCESS = "NONE"
LATELY = 30 * DAY


@dataclass(frozen=True)
class Beside:
    """As of an instant, for the kinds of problems asked about and the customer's contact; `told` are records of
    people, `ways` how each is reached; `bridges` the kinds that somebody connects, `finders` the causes they found,
    `together` the cases they solved with the contact and when. Empty where nobody asks for now: of the past only
    cases count."""

    at: int = 0
    kinds: tuple[str, ...] = ()
    contact: CustomerContact | None = None
    system: str = ""
    asker: str = ""
    ways: Mapping[str, Reachability] = field(default_factory=dict)
    told: Listed = field(default_factory=lambda: Listed(()))
    bridges: Mapping[str, Sequence[str]] = field(default_factory=dict)
    finders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    together: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @cached_property
    def workarounds(self) -> Mapping[str, Sequence[Workaround]]:
        """Author -> ways around one of the kinds that still hold."""
        found = [one for one in self.told.of(Workaround) if self.is_about(one.problem_class)]
        return grouped([one for one in found if holds(one, self.at) and one.state != _REPLACED], _author)

    @cached_property
    def documents(self) -> Mapping[str, Sequence[Document]]:
        """Author -> texts about one of the kinds."""
        return grouped([one for one in self.told.of(Document) if self.is_about(one.problem_class)], _author)

    @property
    def authors(self) -> frozenset[str]:
        """Who has written a way around such a problem, or a text about it."""
        return frozenset({*self.workarounds, *self.documents})

    @cached_property
    def promises(self) -> Mapping[str, Sequence[Promise]]:
        """Who made them -> promises that were told until now."""
        told = [one for one in self.told.of(Promise) if one.told_at is not None and one.told_at <= self.at]
        return grouped(told, lambda one: one.made_by.key)

    @cached_property
    def ratings(self) -> Sequence[TrustRating]:
        """Ratings on the kinds asked about that were given until now, have not expired and are not disputed."""
        told = [one for one in self.told.of(TrustRating) if self.is_about(one.subject)]
        disputes = {one.rating: one for one in self.told.of(Dispute) if one.opened_at <= self.at}
        return [
            one
            for one in told
            if (one.given_at or 0) <= self.at
            and holds(one, self.at)
            and not is_suspended(one, disputes.get(one.source_id.key))
        ]

    @cached_property
    def clashes(self) -> Mapping[str, Clash]:
        """Who should not meet the contact alone -> the clash, until it expires."""
        if self.contact is None:
            return {}
        found = [one for one in self.told.of(Clash) if same(one.contact.key) == same(self.contact.name)]
        return {one.person.key: one for one in found if one.at <= self.at and holds(one, self.at)}

    @cached_property
    def asked(self) -> Mapping[str, int]:
        """Person -> how often they were chosen to be asked about one of the kinds within thirty days."""
        told = self.told.of(Asked)
        about = [one for one in told if any(self.is_about(kind) for kind in one.kinds)]
        return Counter(one.person.key for one in about if self.at - LATELY < one.at <= self.at)

    @cached_property
    def rights(self) -> Mapping[str, Access]:
        """Person -> what they may do in the system asked about, as far as it is told; of two that differ the least."""
        found = [one for one in self.told.of(Access) if self.system and same(one.target) == same(self.system)]
        least = sorted(found, key=lambda one: one.level == NO_ACCESS)
        return {one.person.key: one for one in least if holds(one, self.at)}

    def without(self, record: Record) -> "Beside":
        """The same had one record never been."""
        ways = {person: way.without(record) for person, way in self.ways.items()}
        return replace(self, told=self.told.without(record), ways=ways)

    def is_about(self, label: str) -> bool:
        """Whether a kind of problem is one of those asked about."""
        return same(label) in {same(kind) for kind in self.kinds}


NOTHING_BESIDE = Beside()


def is_anew(rating: TrustRating, dispute: Dispute) -> bool:
    """Whether a rating was given again after a dispute about it was decided."""
    return dispute.decided_at is not None and (rating.given_at or 0) > dispute.decided_at


def is_suspended(rating: TrustRating, dispute: Dispute | None) -> bool:
    """Whether a rating has no effect: it is disputed, or was withdrawn and not given again."""
    return dispute is not None and dispute.decision != KEPT and not is_anew(rating, dispute)


def _author(work: Workaround | Document) -> str:
    return work.author.key
