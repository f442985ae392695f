"""Rule sets: drafts, two people, in force, never before their time - on both stores."""

from dataclasses import replace

import orjson
import pytest
from workbench import Bench, at, case

from graph_service.access import Role
from graph_service.errors import RulesRefused
from graph_service.model import instant, moment
from graph_service.ranking.rankers import START, Weigh
from graph_service.ranking.rules import (
    RuleSet,
    Signature,
    agree,
    find,
    in_force,
    payload_of,
    propose,
    rule_set_of,
    states,
    versioned,
)

UNTIL = at("2026-03-01")

COUNCIL = Role.WORKS_COUNCIL


def by(*names: str, first: Role = Role.ADMIN) -> list[Signature]:
    """Signatures, in turns of the two roles that are needed."""
    roles = (first, COUNCIL if first is Role.ADMIN else Role.ADMIN)
    return [Signature(name, roles[place % 2]) for place, name in enumerate(names)]


def rule_set(name: str, similar: float = 0.5, until: int = UNTIL) -> RuleSet:
    weights = tuple(
        Weigh(one.kind, similar if one.kind.name == "similar_solved" else one.weight) for one in START.weights
    )
    ranker = replace(START, name=name, weights=weights, trained_until=until)
    return versioned(RuleSet(ranker, 0, 60, {"judged": 6.0}, {"de": "Karte", "en": "card"}))


def now_in_force(bench: Bench, as_of: int | None = None) -> str:
    with bench.store.view(as_of=bench.now if as_of is None else as_of) as view:
        return in_force(view).name


def test_a_draft_does_not_rank_until_two_different_people_agree(bench: Bench) -> None:
    propose(bench.store, rule_set("haus"), bench.now)
    assert now_in_force(bench) == "start"
    assert not agree(bench.store, "haus", by("Anna Beck"), bench.now).is_in_force
    assert not agree(bench.store, "haus", by(" anna  BECK ", first=COUNCIL), bench.now).is_in_force  # the same person
    assert now_in_force(bench) == "start"
    state = agree(bench.store, "haus", by("Carl Dorn", first=COUNCIL), bench.now)
    assert state.is_in_force and set(map(str.casefold, state.agreed_by)) == {"anna beck", "carl dorn"}
    assert now_in_force(bench) == "haus"


def test_two_names_in_one_word_put_it_in_force_and_twice_the_same_do_not(bench: Bench) -> None:
    propose(bench.store, rule_set("a"), bench.now)
    assert not agree(bench.store, "a", by("Anna", "Anna"), bench.now).is_in_force
    assert agree(bench.store, "a", by("Bert", "Cora"), bench.now).is_in_force


def test_one_person_is_one_however_the_name_is_written(bench: Bench) -> None:
    """Composed and decomposed letters are the same name; the spelling of who agreed stays."""
    propose(bench.store, rule_set("a"), bench.now)
    assert agree(bench.store, "a", by("Jürgen Weiß"), bench.now).waiting == ("Jürgen Weiß",)
    assert not agree(bench.store, "a", by("Ju\u0308rgen  WEISS", first=COUNCIL), bench.now).is_in_force
    assert agree(bench.store, "a", by("Bert", first=COUNCIL), bench.now).agreed_by == ("Jürgen Weiß", "Bert")
    propose(bench.store, rule_set("b"), bench.now)
    agree(bench.store, "b", by("JÜRGEN WEISS"), bench.now)
    assert [one.agreed_by for one in states(bench.store)] == [(), ("Jürgen Weiß", "Bert"), ()]


def test_agreeing_to_what_ranks_is_refused_and_never_counts_later(bench: Bench) -> None:
    for name in ("a", "b"):
        propose(bench.store, rule_set(name), bench.now)
    agree(bench.store, "a", by("Anna", "Bert", "Cora"), bench.now)
    with pytest.raises(RulesRefused) as refused:
        agree(bench.store, "a", by("Dora"), bench.now)
    assert refused.value.code == "rules.ranks_already"
    agree(bench.store, "b", by("Anna", "Bert"), bench.now)
    state = agree(bench.store, "a", by("Emil"), bench.now)  # Cora's word was about another round
    assert (state.is_in_force, state.waiting) == (False, ("Emil",))
    assert now_in_force(bench) == "b"
    with pytest.raises(RulesRefused):
        agree(bench.store, "b", by("Fritz"), bench.now)


def test_what_is_agreed_to_in_one_moment_counts_in_its_order(bench: Bench) -> None:
    """A clock that stands still, or goes back, changes nothing."""
    for name in ("z", "a"):
        propose(bench.store, rule_set(name), bench.now)
    for place, name in enumerate(("z", "a", "z", "start", "a")):
        agree(bench.store, name, by("Anna", "Bert"), bench.now - place)
        assert now_in_force(bench) == name


def test_rules_learned_from_withdrawn_imports_say_so(bench: Bench) -> None:
    kept = bench.cases(case("K-1", "2026-01-05", "Kanban", closed_at="2026-01-06", solver="anna")).run.number
    gone = bench.cases(case("K-2", "2026-01-05", "Kanban", closed_at="2026-01-06", solver="anna"), name="b.csv")
    propose(bench.store, rule_set("alt"), bench.now)
    bench.now += 1000
    bench.undo(gone.run.number)
    bench.now += 1000
    propose(bench.store, rule_set("neu"), bench.now)
    told = {one.name: one.withdrawn for one in states(bench.store)}
    assert told == {"start": (), "alt": (gone.run.number,), "neu": ()} and kept != gone.run.number
    assert agree(bench.store, "alt", by("Anna"), bench.now).withdrawn == (gone.run.number,)


def test_the_one_agreed_to_last_ranks_and_the_start_rules_can_come_back(bench: Bench) -> None:
    for place, name in enumerate(("a", "b")):
        propose(bench.store, rule_set(name, 0.5 + place), bench.now)
        agree(bench.store, name, by("Anna", "Bert"), bench.now + place)
    assert now_in_force(bench) == "b"
    agree(bench.store, "a", by("Anna", "Bert"), bench.now + 5)
    assert now_in_force(bench) == "a"
    agree(bench.store, "start", by("Anna", "Bert"), bench.now + 6)
    assert now_in_force(bench) == "start"
    assert [(one.name, one.is_in_force) for one in states(bench.store)] == [("start", True), ("a", False), ("b", False)]


def test_a_question_of_the_past_is_not_ranked_by_rules_that_saw_what_came_later(bench: Bench) -> None:
    propose(bench.store, rule_set("old", until=at("2025-01-01")), bench.now)
    propose(bench.store, rule_set("new"), bench.now)
    for place, name in enumerate(("old", "new")):
        agree(bench.store, name, by("Anna", "Bert"), bench.now + place)
    assert now_in_force(bench, UNTIL) == "new"
    assert now_in_force(bench, UNTIL - 1) == "old"
    assert now_in_force(bench, at("2024-12-31")) == "start"


def test_the_answer_names_the_rules_that_made_it(bench: Bench) -> None:
    bench.cases(case("K-1", "2026-01-05", "Kanban Abruf hängt", closed_at="2026-01-06", solver="anna"))
    before = bench.ask("Kanban Abruf")
    rules = rule_set("haus", 0.0)
    propose(bench.store, rules, bench.now)
    agree(bench.store, "haus", by("Anna", "Bert"), bench.now)
    after = bench.ask("Kanban Abruf")
    assert (before.ranker.name, after.ranker.name) == ("start", "haus")
    assert after.ranker.version == rules.ranker.version
    lost = before.order[0].contributions["similar_solved"]
    assert before.order[0].score - after.order[0].score == pytest.approx(lost)


def test_a_name_is_given_once(bench: Bench) -> None:
    propose(bench.store, rule_set("haus"), bench.now)
    propose(bench.store, rule_set("haus"), bench.now + 1)  # the same once more
    for name, code in (
        ("haus", "rules.taken"),
        ("start", "rules.reserved"),
        ("START", "rules.reserved"),
        ("Rolling", "rules.reserved"),
        ("--json", "rules.name"),
        (" ", "rules.name"),
        (".x", "rules.name"),
    ):
        with pytest.raises(RulesRefused) as refused:
            propose(bench.store, rule_set(name, 0.7), bench.now)
        assert refused.value.code == code, name
    assert find(bench.store, "haus") == rule_set("haus")


def test_rules_that_are_unknown_or_agreed_to_by_nobody_are_refused(bench: Bench) -> None:
    with pytest.raises(RulesRefused) as refused:
        agree(bench.store, "nie", by("Anna"), bench.now)
    assert refused.value.code == "rules.unknown"
    for people in ([], by(" "), by("Anna", "")):
        with pytest.raises(RulesRefused) as refused:
            agree(bench.store, "start", people, bench.now)
        assert refused.value.code == "rules.who"


def test_rules_from_before_a_kind_came_give_it_no_weight() -> None:
    told = orjson.loads(payload_of(rule_set("alt")))
    del told["weights"]["product_usual"], told["measures"]["share_usual"]
    told["measures"]["recent_half_life"] = 31.0
    ranker = rule_set_of(orjson.dumps(told)).ranker
    weights = {one.kind.name: one.weight for one in ranker.weights}
    assert list(weights) == [one.kind.name for one in START.weights] and weights["product_usual"] == 0.0
    assert (ranker.measures.recent_half_life, ranker.measures.share_usual) == (31.0, START.measures.share_usual)


def test_the_version_is_a_hash_over_what_ranks() -> None:
    assert rule_set("a").ranker.version == rule_set("b").ranker.version
    assert rule_set("a").ranker.version != rule_set("a", 0.6).ranker.version
    assert instant(moment(UNTIL)) == UNTIL
