"""Which words speak for whom: learned from the past alone, the same everywhere, said as it was written."""

import random

import numpy as np
import pytest
from past_cases import past_cases
from workbench import Bench, at, case, case_id, person_id

from graph_service import classifier as word_weights
from graph_service.access import EVERYTHING
from graph_service.classifier import NEWEST, NOTHING_LEARNED, WordWeights, fit, refresh_words, word_weights_of
from graph_service.evidence import classifier
from graph_service.intake.rows import pack
from graph_service.model import DAY, month_start
from graph_service.ranking.recommend import Question, recommend, without_case
from graph_service.store import named_queries as nq
from graph_service.store.named_queries import SolvedWords


def solved(person: str, words: str, place: int) -> SolvedWords:
    return SolvedWords(place * DAY, f"c{place:03}", person, pack(words.split()).counts)


def two_trades() -> list[SolvedWords]:
    trades = [("anna", "kanban abruf"), ("bert", "storno beleg")]
    return [solved(person, f"{words} heute", place) for place in range(20) for person, words in [trades[place % 2]]]


def test_words_speak_for_who_solved_cases_with_them() -> None:
    learned = fit(two_trades(), 0)
    margins = dict(zip(learned.people, learned.margins({"kanban": 1, "abruf": 1}), strict=True))
    assert margins["anna"] > 0 > margins["bert"]
    assert learned.speaking({"kanban": 1, "storno": 1, "unbekannt": 1}, "anna") == ["kanban"]
    assert learned.speaking({"kanban": 1}, "nobody") == []


def test_more_than_two_people_each_get_their_own_margin() -> None:
    rows = two_trades() + [solved("cora", "regal inventur", place) for place in range(20, 30)]
    learned = fit(rows, 0)
    for words, person in (("kanban", "anna"), ("beleg", "bert"), ("regal", "cora")):
        margins = learned.margins({words: 1})
        assert margins is not None
        assert learned.people[int(np.argmax(margins))] == person


def test_nothing_is_learned_from_too_little() -> None:
    assert fit([], 0) is NOTHING_LEARNED
    assert fit([solved("anna", "kanban", place) for place in range(9)], 0) is NOTHING_LEARNED  # nobody to tell apart
    few = [solved("anna", "kanban", 1), solved("bert", "storno", 2), solved("anna", "kanban", 3)]
    assert fit(few, 0) is NOTHING_LEARNED


def test_people_with_fewer_than_three_cases_are_left_out() -> None:
    rows = [*two_trades(), solved("cora", "regal", 30), solved("cora", "regal", 31)]
    assert fit(rows, 0).people == ("anna", "bert")


def test_a_question_without_a_known_word_gets_no_margin() -> None:
    learned = fit(two_trades(), 0)
    assert learned.margins({"rhabarber": 2}) is None
    assert NOTHING_LEARNED.margins({"kanban": 1}) is None


def test_only_the_newest_cases_are_learned_from() -> None:
    old = [solved("old", "kanban", 0)] * 5
    rows = old + [solved(("anna", "bert")[place % 2], "storno beleg", place) for place in range(NEWEST)]
    assert "old" not in fit(rows, 0).people


def test_a_dump_holds_everything_and_the_same_rows_give_the_same_bytes() -> None:
    learned = fit(two_trades(), 7)
    again = WordWeights.load(learned.dump())
    assert again.month == 7 and again.people == learned.people
    assert np.array_equal(again.weights, learned.weights) and np.array_equal(again.idf, learned.idf)
    assert again.dump() == fit(two_trades(), 7).dump()


def test_where_there_are_too_many_words_the_most_frequent_are_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = two_trades()
    everything = fit(rows, 0)
    monkeypatch.setattr(word_weights, "MOST_CELLS", 3 * len(everything.people))
    few = fit(rows, 0)
    assert few.people == everything.people and len(few.words) == 3 < len(everything.words)
    counts = dict(zip(everything.words.tolist(), everything.idf.tolist(), strict=True))
    assert max(counts[word] for word in few.words.tolist()) <= sorted(counts.values())[3]  # frequent = low idf


def test_only_the_newest_stored_weights_are_kept(bench: Bench) -> None:
    bench.cases(*past_cases(120))
    for now in ("2024-02-10", "2024-03-10", "2024-04-10"):
        refresh_words(bench.store, at(now))
        with bench.store.view(as_of=at("2024-04-10")) as view:
            kept = [view.ask(nq.CHECKPOINT, month=at(month), kind="words.all")
                    for month in ("2024-02-01", "2024-03-01", "2024-04-01")]  # fmt: skip
        assert {row.month for rows in kept for row in rows} == {at(f"{now[:8]}01")}


def test_stored_weights_are_those_learned_on_the_spot(bench: Bench) -> None:
    bench.cases(*past_cases(80))
    with bench.store.view(EVERYTHING, as_of=bench.now) as view:
        month = month_start(bench.now)
        (stored,) = view.ask(nq.CHECKPOINT, kind="words.all", month=month)
        fresh = fit(view.ask(nq.SOLVED_WORDS, until=month, limit=NEWEST), month)
        assert stored.payload == fresh.dump() and stored.month == month
        assert word_weights_of(view).dump() == fresh.dump()
        assert fresh.people == tuple(sorted(map(person_id, ("anna", "bert", "cora", "dora"))))


def test_the_order_of_imports_changes_no_weight(bench: Bench) -> None:
    rows = list(past_cases(60))
    random.Random(3).shuffle(rows)
    bench.cases(*rows[:30], name="a.csv")
    bench.cases(*rows[30:], name="b.csv")
    with bench.store.view(EVERYTHING, as_of=bench.now) as view:
        shuffled = word_weights_of(view).dump()
    bench.undo(2)
    bench.undo(1)
    bench.cases(*past_cases(60), name="c.csv")
    with bench.store.view(EVERYTHING, as_of=bench.now) as view:
        assert word_weights_of(view).dump() == shuffled


def test_what_is_solved_in_the_month_itself_has_no_effect(bench: Bench) -> None:
    bench.cases(*past_cases(60))
    moment = at("2024-01-25")
    with bench.store.view(EVERYTHING, as_of=moment) as view:
        before = word_weights_of(view)
    late = case("L-1", "2024-01-03", "Kanban", closed_at="2024-01-20", solver="bert")
    bench.cases(late, name="late.csv")
    with bench.store.view(EVERYTHING, as_of=moment) as view:
        assert word_weights_of(view).dump() == before.dump()


def test_weights_learned_from_the_asked_case_itself_are_not_used(bench: Bench) -> None:
    bench.cases(*past_cases(80))
    own = recommend_case(bench, "P-0003")
    assert all(ranked.contributions["classifier"] == 0 for ranked in own.order)
    fresh = case("N-1", "2026-05-11", "Kanban Abruf hängt", product="Fertigung")
    bench.cases(fresh, name="new.csv")
    other = recommend_case(bench, "N-1")
    assert any(ranked.contributions["classifier"] > 0 for ranked in other.order)


def recommend_case(bench: Bench, key: str):  # type: ignore[no-untyped-def]
    with bench.store.view(as_of=bench.now) as view:
        return recommend(view, Question(case_id=case_id(key), limit=5))


def test_what_was_learned_stays_when_a_case_is_thought_away(bench: Bench) -> None:
    bench.cases(*past_cases(80))
    with bench.store.view(as_of=bench.now) as view:
        answer = recommend(view, Question("Kanban Abruf hängt"))
        again = without_case(view, answer, answer.nearest[0].case_id)
    assert again.learned is answer.learned
    before = {ranked.person: ranked.contributions["classifier"] for ranked in answer.order}
    assert all(before[ranked.person] == ranked.contributions["classifier"] for ranked in again.order)


@pytest.mark.parametrize(("language", "lead"), [("de", "Wörter, die für diese Person sprechen"), ("en", "words that")])
def test_the_reason_names_the_words_as_they_were_written(bench: Bench, language: str, lead: str) -> None:
    from graph_service.ranking.explain import explained

    bench.cases(*past_cases(80))
    with bench.store.view(as_of=bench.now) as view:
        explanation = explained(view, recommend(view, Question("Etiketten-Drucker: Barcode fehlt")))
    best = explanation.answer.experts[0]
    assert best.person == person_id("dora")
    reason = next(one for one in explanation.reasons[best.person] if one.kind == classifier.KIND.name)
    told = reason.text(language)  # type: ignore[arg-type]
    assert told.startswith(lead) and "barcode" in told
    assert reason.contribution == best.contributions["classifier"]
