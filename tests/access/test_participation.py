"""What people decide about themselves holds with the next question, as if the rest had never been - on both stores."""

from pathlib import Path
from typing import Any

from askers import asker
from hypothesis import HealthCheck, given, settings, strategies as st
from workbench import Bench, at, person_id
from worlds import PEOPLE, WORDS, World, about, take_rows, worlds

from graph_service.access import EVERYTHING, Purpose, Role, everybody_for, scope_of
from graph_service.access.roles import PARTICIPATION
from graph_service.choices import ClaimKey, delete_claim, show_claim, take_part
from graph_service.intake.profiles import ImportProfile
from graph_service.model import Case, CaseLink, Comment, Participation, Profile, Resolution, SkillClaim, record_kinds
from graph_service.ranking.explain import explained
from graph_service.ranking.recommend import Question, recommend
from graph_service.store import named_queries as nq
from graph_service.store.base import Store

NOW = at("2026-05-12T08:00")
FEW = settings(max_examples=25, suppress_health_check=list(HealthCheck))
FEWER = settings(max_examples=6, suppress_health_check=list(HealthCheck))


def answer(bench: Bench, text: str, purpose: Purpose = Purpose.CASE_HELP) -> dict[str, Any]:
    """All that an answer says, doors to teams apart."""
    with bench.store.view(everybody_for(purpose), as_of=bench.now) as view:
        found = recommend(view, Question(text, limit=10))
        told = explained(view, found)
        return {
            "verdict": found.verdict,
            "order": [(one.person, one.score, one.contributions) for one in found.order],
            "declared": [(one.person, one.score) for one in found.only_declared],
            "nearest": [(near.case_id, near.similarity, near.solvers) for near in found.nearest],
            "problem": (found.problem.components, found.problem.products, found.problem.skills, found.problem.solvers),
            "reasons": {person: [one.citation for one in reasons] for person, reasons in told.reasons.items()},
            "names": sorted(told.names),
        }


def questions(text: list[str]) -> list[str]:
    return [" ".join(text), "K-3"]


drawn_text = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True)


def as_if_not_there(make: Any, folder: Path, world: World, name: str, text: list[str]) -> None:
    """Opting out gives the answers of a store that was never told of the person, and opting in those before."""
    bench = Bench(make("one"), folder, now=NOW)
    take_rows(bench, world.rows())
    before = [answer(bench, one) for one in questions(text)]
    take_part(bench.store, person_id(name), [p for p in PARTICIPATION if p is not Purpose.CASE_HELP], NOW)
    left = [answer(bench, one) for one in questions(text)]
    kept = [answer(bench, one, Purpose.EVALUATION) for one in questions(text)]
    take_part(bench.store, person_id(name), PARTICIPATION, NOW)
    again = [answer(bench, one) for one in questions(text)]
    assert again == before == kept
    bench.store.close()
    other = Bench(make("two"), folder, now=NOW)
    take_rows(other, world.rows(lambda fact: not about(fact, name)))
    assert left == [answer(other, one) for one in questions(text)]
    other.store.close()


@FEW
@given(world=worlds, name=st.sampled_from(PEOPLE), text=drawn_text)
def test_opting_out_is_as_if_one_were_not_there(
    make_embedded: Any, tmp_path: Path, world: World, name: str, text: list[str]
) -> None:
    as_if_not_there(make_embedded, tmp_path, world, name, text)


@FEWER
@given(world=worlds, name=st.sampled_from(PEOPLE), text=drawn_text)
def test_opting_out_is_as_if_one_were_not_there_on_neo4j(
    make_neo4j: Any, tmp_path: Path, world: World, name: str, text: list[str]
) -> None:
    as_if_not_there(make_neo4j, tmp_path, world, name, text)


def hiding(make: Any, folder: Path, world: World, place: int, text: list[str], for_good: bool) -> None:
    """Hiding or deleting a claim gives the answers of a store that was never told of it."""
    if not world.claims:
        return
    name, skill, by, _ = world.claims[place % len(world.claims)]
    bench = Bench(make("one"), folder, now=NOW)
    take_rows(bench, world.rows())
    row = next(row for row in claims_of(bench, name) if (row.label, row.claimed_by) == (skill, by.value))
    key = ClaimKey(person_id(name), row.skill, by.value)
    if for_good:
        delete_claim(bench.store, key, NOW)
        take_rows(bench, world.rows())
        assert row not in claims_of(bench, name) and "" not in {one.label for one in claims_of(bench, name)}
    else:
        show_claim(bench.store, key, [Purpose.SKILL_UPKEEP], NOW)
        assert row in claims_of(bench, name)
    found = [answer(bench, one) for one in questions(text)]
    bench.store.close()
    other = Bench(make("two"), folder, now=NOW)
    gone = (name, skill, by)
    take_rows(other, [row for row in world.rows() if not is_claim(row, gone)])
    assert found == [answer(other, one) for one in questions(text)]
    other.store.close()


def is_claim(row: Any, gone: tuple[Any, ...]) -> bool:
    fact = row.statements[0].facts[0]
    return isinstance(fact, SkillClaim) and (fact.account.key, fact.skill, fact.claimed_by) == gone


def claims_of(bench: Bench, name: str) -> list[nq.ClaimRow]:
    with bench.store.view(EVERYTHING, as_of=NOW) as view:
        return view.ask(nq.CLAIMS_OF, people=[person_id(name)])


@FEW
@given(world=worlds, place=st.integers(0, 4), text=drawn_text, for_good=st.booleans())
def test_hiding_a_claim_is_as_if_nobody_had_said_it(
    make_embedded: Any, tmp_path: Path, world: World, place: int, text: list[str], for_good: bool
) -> None:
    hiding(make_embedded, tmp_path, world, place, text, for_good)


@FEWER
@given(world=worlds, place=st.integers(0, 4), text=drawn_text, for_good=st.booleans())
def test_hiding_a_claim_is_as_if_nobody_had_said_it_on_neo4j(
    make_neo4j: Any, tmp_path: Path, world: World, place: int, text: list[str], for_good: bool
) -> None:
    hiding(make_neo4j, tmp_path, world, place, text, for_good)


def seen_by(store: Store, role: Role) -> dict[str, list[object]]:
    """Every pinned query's rows in a role's View."""
    people = [person_id(name) for name in PEOPLE]
    cases = [f"{n}" for n in range(3)]
    with store.view(EVERYTHING, as_of=NOW) as view:
        cases = [case.case_id for case in view.ask(nq.CASE_HISTORY)]
        skills = [label.skill for label in view.ask(nq.SKILL_LABELS)]
    values: dict[str, object] = {
        "people": people, "cases": cases, "skills": skills, "since": 0, "until": NOW, "month": NOW,
        "match": " OR ".join(f'"{word}"' for word in WORDS), "terms": list(WORDS), "keys": ["K-0", "K-1"],
        "limit": 100, "kind": "sums.3.all", "others": [], "ids": [], "names": [],
        "kinds": sorted(record_kinds().values()),
    }  # fmt: skip
    with store.view(scope_of(asker(role)), as_of=NOW) as view:
        return {
            query.name: list(view.ask(query, **{name: values[name] for name in query.parameters}))
            for query in nq.READS
            if query.shows is not None
        }


EVIDENCE = (Case, Resolution, Participation, Comment, CaseLink)


@FEW
@given(world=worlds)
def test_hr_sees_the_same_graph_with_and_without_evidence(make_embedded: Any, tmp_path: Path, world: World) -> None:
    compare_hr(make_embedded, tmp_path, world)


@FEWER
@given(world=worlds)
def test_hr_sees_the_same_graph_with_and_without_evidence_on_neo4j(
    make_neo4j: Any, tmp_path: Path, world: World
) -> None:
    compare_hr(make_neo4j, tmp_path, world)


def compare_hr(make: Any, folder: Path, world: World) -> None:
    bench = Bench(make("one"), folder, now=NOW)
    take_rows(bench, world.rows())
    found = seen_by(bench.store, Role.HR)
    assert found["names"] and not any(row.claimed_by == "PEER" for row in found["claims_of"])  # type: ignore[attr-defined]
    bench.store.close()
    other = Bench(make("two"), folder, now=NOW)
    take_rows(other, world.rows(lambda fact: not isinstance(fact, EVIDENCE)))
    assert found == seen_by(other.store, Role.HR)
    other.store.close()


HELP_ONLY = ImportProfile("help", "BV 7", (Purpose.CASE_HELP,))
KEPT_ONLY = ImportProfile("kept", "BV 8", (Purpose.SKILL_UPKEEP,))


def shown(bench: Bench, purpose: Purpose) -> set[str]:
    with bench.store.view(everybody_for(purpose), as_of=NOW) as view:
        return {row.name for row in view.ask(nq.NAMES, people=[person_id(name) for name in PEOPLE])}


def profiles(*names: str) -> list[Any]:
    return [row for row in World((), ()).rows() if row.statements[0].subject.key in names]


def test_the_profile_of_an_import_decides_until_the_person_does(bench: Bench) -> None:
    first = take_rows(bench, profiles("anna", "bert"), HELP_ONLY)
    assert shown(bench, Purpose.CASE_HELP) == {"Anna", "Bert"} and not shown(bench, Purpose.SKILL_UPKEEP)
    take_rows(bench, profiles("bert", "cora"), KEPT_ONLY)
    assert shown(bench, Purpose.SKILL_UPKEEP) == {"Bert", "Cora"}
    assert shown(bench, Purpose.CASE_HELP) == {"Anna", "Bert"}
    take_part(bench.store, person_id("cora"), [Purpose.CASE_HELP], NOW)
    take_part(bench.store, person_id("anna"), [], NOW)
    assert shown(bench, Purpose.CASE_HELP) == {"Bert", "Cora"} and shown(bench, Purpose.SKILL_UPKEEP) == {"Bert"}
    take_rows(bench, profiles("anna", "bert", "cora"), HELP_ONLY)  # an import never overrides a choice
    assert shown(bench, Purpose.CASE_HELP) == {"Bert", "Cora"}
    bench.undo(first.run.number)
    assert shown(bench, Purpose.CASE_HELP) == {"Bert", "Cora"}
    bench.undo(2)
    assert not shown(bench, Purpose.SKILL_UPKEEP)


def test_without_a_profile_nobody_takes_part(bench: Bench) -> None:
    take_rows(bench, profiles("anna"), ImportProfile("none", "-", ()))
    assert not any(shown(bench, purpose) for purpose in PARTICIPATION)


def test_a_choice_about_nobody_known_shows_nobody(bench: Bench) -> None:
    take_part(bench.store, person_id("anna"), PARTICIPATION, NOW)
    assert not shown(bench, Purpose.CASE_HELP)
    take_rows(bench, profiles("anna"), ImportProfile("none", "-", ()))
    assert shown(bench, Purpose.CASE_HELP) == {"Anna"}


def test_the_team_has_a_door_where_its_people_are_not_shown(bench: Bench) -> None:
    rows = World((), ()).rows()
    drawn = World(_solved("anna", "dirk"), ())
    take_rows(bench, [*rows, *drawn.rows(lambda fact: not isinstance(fact, Profile))])
    text = "kanban abruf lager"
    assert doors(bench, text) == []
    take_part(bench.store, person_id("anna"), [], NOW)
    assert doors(bench, text) == ["Team Eins"]  # three people, none of them named
    take_part(bench.store, person_id("dirk"), [], NOW)
    assert doors(bench, text) == ["Team Eins"]  # Team Zwei has two people: its door would be a name
    more = World(_solved("bert"), ()).rows(lambda fact: not isinstance(fact, Profile))
    take_rows(bench, [replace_key(row) for row in more])
    assert doors(bench, text) == []  # Bert is named now, and two are left
    assert doors(bench, "ofen beleg") == []


def replace_key(row: Any) -> Any:
    """The same case under another number."""
    from graph_service.model import SourceId, SourceRow

    own = SourceId("house", "N-1")
    (statement,) = row.statements
    told = [one._replace(**{"source_id" if isinstance(one, Case) else "case": own}) for one in statement.facts]
    return SourceRow((statement._replace(subject=own, facts=tuple(told)),))


def _solved(*names: str) -> Any:
    from worlds import DrawnCase

    return tuple(DrawnCase(("kanban", "abruf", "lager"), "F", "cora", (), name) for name in names)


def doors(bench: Bench, text: str) -> list[str]:
    with bench.store.view(everybody_for(Purpose.CASE_HELP), as_of=NOW) as view:
        return list(explained(view, recommend(view, Question(text))).teams)


def test_a_team_lead_sees_the_own_team_only(bench: Bench) -> None:
    take_rows(bench, World((), ()).rows())
    lead = asker(Role.TEAM_LEAD, "anna")
    with bench.store.view(scope_of(lead, "Team Eins"), as_of=NOW) as view:
        names = {row.name for row in view.ask(nq.NAMES, people=[person_id(name) for name in PEOPLE])}
    assert names == {"Anna", "Bert", "Cora"}
    with bench.store.view(scope_of(lead, ""), as_of=NOW) as view:
        assert not view.ask(nq.NAMES, people=[person_id(name) for name in PEOPLE])


def test_nothing_derived_from_somebody_who_left_is_kept(bench: Bench) -> None:
    take_rows(bench, World(_solved("anna", "bert", "anna", "bert", "anna", "bert"), ()).rows())
    person = person_id("anna")
    assert kept_states(bench, person)
    take_part(bench.store, person, [], NOW)
    assert not kept_states(bench, person)


def kept_states(bench: Bench, person: str) -> int:
    """How many stored states have the person in them."""
    engine = bench.store._engine
    if hasattr(engine, "_driver"):
        with engine._driver.session() as session:
            payloads = [bytes(row["p"]) for row in session.run("MATCH (k:Checkpoint) RETURN k.payload AS p")]
    else:
        import sqlite3

        with sqlite3.connect(engine._path) as connection:  # type: ignore[attr-defined]
            payloads = [row[0] for row in connection.execute("SELECT payload FROM checkpoint")]
    return sum(person.encode() in payload for payload in payloads)
