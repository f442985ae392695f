"""Small drawn histories, and the same ones without somebody, for comparing what a View shows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import strategies as st
from workbench import Bench, at

from graph_service.intake import runs
from graph_service.intake.files import PackedFile
from graph_service.intake.planning import Part, Plan
from graph_service.intake.profiles import ImportProfile, import_profile
from graph_service.model import (
    DAY,
    Case,
    CaseRole,
    ClaimedBy,
    Comment,
    Fact,
    Mapping,
    Outcome,
    Participation,
    Profile,
    Proposal,
    Provenance,
    Reading,
    Resolution,
    SkillClaim,
    SourceId,
    SourceRow,
    Statement,
)

WORDS = ("kanban", "abruf", "lager", "presse", "etikett", "ofen", "beleg", "druck")
PEOPLE = ("anna", "bert", "cora", "dirk", "emil")
PLACES = ("F", "G")
FIRST = at("2025-06-01")


def account(name: str) -> SourceId:
    return SourceId("house", name)


@dataclass(frozen=True)
class DrawnCase:
    """A case: words, product, who reported, commented and solved it."""

    words: tuple[str, ...]
    product: str
    reporter: str
    commenters: tuple[str, ...]
    solver: str | None


@dataclass(frozen=True)
class World:
    """Cases in the order of time, and who claims which skill by whose word."""

    cases: tuple[DrawnCase, ...]
    claims: tuple[tuple[str, str, ClaimedBy, int], ...]

    def rows(self, keep: Callable[[Fact], bool] = lambda fact: True) -> list[SourceRow]:
        """As an import reads them; facts that are not kept were never told."""
        found = [self._case(number, case) for number, case in enumerate(self.cases)]
        found += [
            _row(account(name), Profile(account(name), name.title(), unit="Team Eins" if name < "d" else "Team Zwei"))
            for name in PEOPLE
        ]
        for name, skill, by, level in self.claims:
            subject = SourceId("house", f"{name}|{skill}|{by}")
            found.append(_row(subject, SkillClaim(account(name), skill, level / 5, str(level), by, FIRST)))
        kept = []
        for row in found:
            statements = []
            for statement in row.statements:
                facts = tuple(fact for fact in statement.facts if keep(fact))
                if facts:
                    statements.append(statement._replace(facts=facts))
            if statements:
                kept.append(SourceRow(tuple(statements)))
        return kept

    def _case(self, number: int, case: DrawnCase) -> SourceRow:
        own, opened = SourceId("house", f"K-{number}"), FIRST + number * 9 * DAY
        facts: list[Fact] = [
            Case(own, " ".join(case.words), opened, product=case.product),
            Participation(own, account(case.reporter), CaseRole.REPORTER, opened),
        ]
        if case.solver is not None:
            facts.append(Participation(own, account(case.solver), CaseRole.RESOLVER, opened + DAY))
            facts.append(Resolution(own, Outcome.SOLVED, "solved", opened + DAY))
        said = [Comment(own, account(name), opened + DAY // 2) for name in dict.fromkeys(case.commenters)]
        statements = [Statement(own, tuple(facts), Provenance("drawn", number + 1))]
        statements += [
            Statement(SourceId("house", f"{own.key}|{one.account.key}"), (one,), Provenance("drawn", number + 1))
            for one in said
        ]
        return SourceRow(tuple(statements))


def _row(subject: SourceId, fact: Fact) -> SourceRow:
    return SourceRow((Statement(subject, (fact,), Provenance("drawn", 1)),))


def about(fact: Fact, name: str) -> bool:
    """Whether a fact is about somebody."""
    return getattr(fact, "account", None) == account(name)


_cases = st.builds(
    DrawnCase,
    words=st.lists(st.sampled_from(WORDS), min_size=2, max_size=4, unique=True).map(tuple),
    product=st.sampled_from(PLACES),
    reporter=st.sampled_from(PEOPLE),
    commenters=st.lists(st.sampled_from(PEOPLE), max_size=2).map(tuple),
    solver=st.one_of(st.none(), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)),
)
_claims = st.tuples(
    st.sampled_from(PEOPLE), st.sampled_from(WORDS), st.sampled_from(list(ClaimedBy)), st.integers(1, 5)
)
worlds = st.builds(
    World,
    cases=st.lists(_cases, min_size=4, max_size=14).map(tuple),
    claims=st.lists(_claims, max_size=5, unique_by=lambda claim: claim[:3]).map(tuple),
)


def take_rows(bench: Bench, rows: Sequence[SourceRow], profile: ImportProfile | None = None, secret: str = "") -> Any:
    """Imports rows as if a file had told them."""

    class Told:
        name = "drawn"

        def read(self, source: object, mapping: object) -> Iterator[Reading]:
            yield from rows

    file = PackedFile(bench.folder / "drawn.csv")
    file.path.touch()
    mapping = Mapping("drawn")
    part = Part(file, Told(), mapping, Proposal(mapping))  # type: ignore[arg-type]
    options = runs.Options(profile=profile or import_profile("evaluation"), secret=secret)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(runs, "planned", lambda *asked: Plan((part,), (mapping,), (), ()))
        return runs.import_file(bench.store, bench.clocks, file, options)
