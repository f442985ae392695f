"""Settles who is who in the store: reads accounts and decisions, moves accounts to the person they mean.

It can be run at any time and does nothing where nothing changed; broken off in between, the next run goes on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, islice

from graph_service.access.roles import PARTICIPATION
from graph_service.identity.linking import (
    LOGIN_SOURCES,
    IdentityVerdict,
    Judgement,
    Known,
    Links,
)
from graph_service.identity.review import Line, review, with_cases
from graph_service.model import MAILS, NEVER, NUMBERS, is_name_alone
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, Transaction
from graph_service.store.named_queries import grouped, in_parts
from graph_service.store.participation import WHO, settle

PERSON = "PERSON"
_PART = 100
"""So many accounts move in one transaction: each takes all its facts along, and Neo4j holds them in memory."""
HOUSE = "house"
"""What the house's own lists call people: by a key of their own, a personnel number, an e-mail or a login."""
_ANCHORS = frozenset({NUMBERS, HOUSE, "directory", "workday"})


def settle_identity(store: Store) -> int:
    """Moves every account to the person it means now; returns how many were moved.

    What people chose about themselves goes with them; what is derived must be refreshed afterwards from the beginning.
    """
    links = links_of(store)
    wanted = links.run()
    moves = [
        {
            "account": one.account,
            "was": one.person,
            "person": wanted[one.account],
            "joined": int(wanted[one.account] != one.origin),
        }
        for one in links.known.values()
        if wanted[one.account] != one.person
    ]
    for part in in_parts(moves, _PART):
        store.write(lambda transaction, part=part: _move(transaction, part))  # type: ignore[misc]
    return len(moves)


def _move(transaction: Transaction, moves: Sequence[Mapping[str, object]]) -> None:
    transaction.write(nq.MOVE_ACCOUNTS, [{name: move[name] for name in ("account", "was", "person")} for move in moves])
    people = sorted({str(move[name]) for move in moves for name in ("was", "person")})
    carried = ("was", "person", "joined")
    purposes = [purpose.value for purpose in PARTICIPATION]
    carry = [{**{name: move[name] for name in carried}, "purposes": purposes} for move in moves]
    transaction.write(nq.CARRY_CHOICES, carry)
    told = {row.name: row.value for row in transaction.read(nq.META, {})}
    version = int(told.get(WHO, "0")) + 1
    transaction.write(nq.SET_META, [{"name": WHO, "value": str(version)}])
    settle(transaction, people=people)


def waiting(store: Store, most: int) -> list[Line]:
    """The first lines of the review queue."""
    links = links_of(store)
    links.run()
    lines = list(islice(review(links, links.judgements), most))
    people = sorted({person for line in lines for person in (line.person, *(one.person for one in line.candidates))})
    cases = grouped(store.state(nq.CASES_OF_PEOPLE, people=people), lambda row: row.person) if people else {}
    return [with_cases(line, cases) for line in lines]


def links_of(store: Store) -> Links:
    """All accounts as they stand, and what was decided about them."""
    links = Links(known_accounts(store.state(nq.IDENTITY_ACCOUNTS)), judgements_of(store))
    shared = links.sharing_a_number()
    said = store.state(nq.SAID_NAMES, accounts=shared) if shared else ()
    for account, rows in grouped(said, lambda row: row.account).items():
        links.known[account] = replace(links.known[account], called=_all(row.name for row in rows))
    return links


def judgements_of(store: Store) -> list[Judgement]:
    """What was decided, in the order of the two accounts."""
    return [
        Judgement(row.one, row.other, IdentityVerdict(row.verdict), row.decided_by, row.decided_at)
        for row in store.state(nq.JUDGEMENTS, kind=PERSON)
    ]


def known_accounts(rows: Iterable[nq.IdentityAccount]) -> list[Known]:
    """One noun per account from a row per profile, in the order of the accounts."""
    return [_known(list(profiles)) for _, profiles in groupby(rows, key=lambda row: row.account)]


def _known(rows: Sequence[nq.IdentityAccount]) -> Known:
    """What is said of an account now; what was, only where nothing is."""
    rows = [row for row in rows if row.ended_at == NEVER] or rows
    first = rows[0]
    numbers = {row.number for row in rows if row.number}
    emails = {row.email for row in rows if row.email}
    logins = {row.login for row in rows if row.login}
    key = first.key.casefold()
    numbers |= {first.key} if first.source == NUMBERS else set()
    emails |= {key} if first.source == MAILS else set()
    logins |= {key} if first.source in LOGIN_SOURCES else set()
    if first.source == HOUSE and not (numbers or emails or logins):  # a list that does not say which of them it writes
        (numbers if key.isdecimal() else emails if "@" in key else logins).add(key)
    return Known(
        first.account,
        first.origin,
        first.person,
        first.source,
        first.key,
        _all(row.name for row in rows if row.listed)
        or _all(row.name for row in rows)
        or ((first.key.title(),) if is_name_alone(first.source) else ()),
        _all(row.unit for row in rows),
        _all(numbers),
        _all(emails),
        _all(logins),
        bool(numbers) or first.source in _ANCHORS,
        max((row.left_at for row in rows if row.left_at < NEVER), default=NEVER),
    )


def _all(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))
