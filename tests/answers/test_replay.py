"""The replay asks as a single ask would: identical lists, nothing of the future, nothing of the answer itself."""

import random
from dataclasses import replace

import numpy as np
import pytest
from past_cases import past_cases
from workbench import Bench, at, case, case_id, ranking

from graph_service.access import Scope
from graph_service.history import History, Past
from graph_service.model import DAY, month_start
from graph_service.neighbours import StoredCorpus, neighbours_of
from graph_service.ranking.assessment import fitted
from graph_service.ranking.evaluation import Judge, Rules, archive_of
from graph_service.ranking.rankers import START
from graph_service.ranking.recommend import Learned, Question, Verdict, recommend
from graph_service.ranking.replay import PastQuestion, Replay
from graph_service.ranking.standing import Standing
from graph_service.store import named_queries as nq


def lively(seed: int) -> list[dict[str, str]]:
    """A history with cases of the same moment, closed as they were opened, of two solvers, without words or product."""
    draw = random.Random(seed)
    rows = list(past_cases(70, seed=seed))
    for place, row in enumerate(rows):
        if place % 6 == 5:
            row["opened_at"] = rows[place - 1]["opened_at"]
            row["closed_at"] = max(row["opened_at"], row["closed_at"])
        if draw.random() < 0.1:
            row["closed_at"] = row["opened_at"]
        if draw.random() < 0.1:
            row["solver"] = "anna;bert"
        if draw.random() < 0.1:
            row["product"] = ""
        if draw.random() < 0.05:
            row["closed_at"] = row["solver"] = row["participants"] = ""
    return rows


def everything(bench: Bench) -> list[PastQuestion]:
    with bench.store.view(as_of=bench.now) as view:
        cases = view.ask(nq.CASE_HISTORY)
    found = [PastQuestion(one.case_id, one.key, one.opened_at, 1, frozenset()) for one in cases]
    return sorted(found, key=lambda one: (one.as_of, one.case_id))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_replay_and_single_asks_give_identical_lists(bench: Bench, seed: int) -> None:
    bench.cases(*lively(seed))
    questions = everything(bench)
    with bench.store.view(as_of=bench.now) as view:
        asked = list(Replay(view, History(view)).asked(questions))
        assert len(asked) == len(questions)
        for one in asked:
            standing = Standing(one.situation, START, one.strengths)
            order = [(one.situation.people[place], float(standing.scores[place])) for place in standing.order]
            answer = recommend(view.at(one.question.as_of), Question(case_id=one.question.case_id))
            assert order == ranking(answer), one.question.key
            assert {one.situation.people[place] for place in standing.proven} == set(answer.proven)


def test_a_question_with_cases_left_out_is_asked_without_them(bench: Bench) -> None:
    bench.cases(*past_cases(60))
    questions = everything(bench)
    last = questions[-1]
    without = frozenset(one.case_id for one in questions[20:30])
    with bench.store.view(as_of=bench.now) as view:
        history = History(view)
        (asked,) = Replay(view, history).asked([replace(last, without=without)])
        assert without.isdisjoint(case.case_id for case in asked.situation.neighbours.nearest())
        scoped = view.at(last.as_of).scoped(Scope(without=without))
        learned = Learned(START, asked.situation.words)
        answer = recommend(scoped, Question(case_id=last.case_id), learned)
    standing = Standing(asked.situation, START, asked.strengths)
    assert [asked.situation.people[place] for place in standing.order] == [one.person for one in answer.order]


def test_the_history_finds_and_scores_what_the_store_does(bench: Bench) -> None:
    bench.cases(*lively(4))
    counts = {"kanban": 2, "storno": 1, "fehlt": 1, "nichts": 1}
    with bench.store.view(as_of=bench.now) as view:
        history = History(view)
        for moment in (at("2024-01-05"), at("2024-02-15T13:00"), bench.now):
            hidden = view.at(moment).scoped(Scope(without=frozenset({case_id("P-0003")})))
            mine = neighbours_of(Past(history, moment, frozenset({case_id("P-0003")})), counts)
            assert mine.nearest() == neighbours_of(StoredCorpus(hidden), counts).nearest()
            assert mine.nearest_solved(5) == neighbours_of(StoredCorpus(hidden), counts).nearest_solved(5)


def judged(bench: Bench, rows: list[dict[str, str]], name: str) -> dict[str, list[str]]:
    report = bench.cases(*rows, name=name)
    with bench.store.view(as_of=bench.now) as view:
        past = archive_of(view)
        found = {one.case: list(one.ranked) for one, _ in Judge(past, past.in_folds(), Rules()).walk() if one}
    bench.undo(report.run.number)
    return found


def test_who_solved_a_case_and_all_that_came_later_has_no_effect_on_its_list(bench: Bench) -> None:
    """The same history with another ending of every case from a moment on: lists until then stay."""
    rows = list(past_cases(120))
    turned = [dict(row) for row in rows]
    for row in turned[80:]:
        row |= {"solver": "zora", "participants": "zora", "closed_at": row["closed_at"], "title": row["title"]}
    first, second = judged(bench, rows, "a.csv"), judged(bench, turned, "b.csv")
    early = [row["case_id"] for row in rows[12:81]]
    assert [first.get(key) for key in early] == [second.get(key) for key in early]
    assert any("zora" in names for names in second.values())


def test_a_case_without_words_is_a_miss_and_not_left_out(bench: Bench) -> None:
    rows = list(past_cases(30))
    bench.cases(*rows, case("E-1", "2024-01-10", "???", closed_at="2024-01-12", solver="anna"))
    with bench.store.view(as_of=bench.now) as view:
        past = archive_of(view)
        judged = [one for one, _ in Judge(past, past.in_folds(), Rules()).walk() if one]
    (found,) = [one for one in judged if one.case == "E-1"]
    assert found.ranks["rules"] is found.ranks["start"] is None and found.abstained
    assert found.solved_before == sum(row["solver"] == "anna" and row["closed_at"] < "2024-01-10" for row in rows)
    assert all(
        rank is not None and 1 <= rank <= 4 for name, rank in found.ranks.items() if name not in ("rules", "start")
    )
    assert all(set(one.ranks) == set(found.ranks) for one in judged)


def test_a_case_without_words_is_ranked_by_its_product(bench: Bench) -> None:
    """A log without texts: nobody is proven, but the order follows who solves there; asked alone it is the same."""
    rows = list(past_cases(60))
    for row in rows:
        row["title"], row["description"] = "...", ""
    bench.cases(*rows)
    with bench.store.view(as_of=bench.now) as view:
        past = archive_of(view)
        judged = [one for one, _ in Judge(past, past.in_folds(), Rules()).walk() if one]
        answer = recommend(view.at(judged[-1].as_of), Question(case_id=case_id(judged[-1].case)))
    assert answer.verdict is Verdict.NOBODY_PROVEN and not answer.experts and all(one.abstained for one in judged)
    assert [past.names[one.person] for one in answer.order] == list(judged[-1].ranked) != []
    assert np.mean([one.ranks["rules"] == 1 for one in judged[20:]]) > 0.6


def test_banned_people_come_into_no_list(bench: Bench) -> None:
    bench.cases(*past_cases(60))
    with bench.store.view(as_of=bench.now) as view:
        past = archive_of(view)
        anna = next(person for person, name in past.names.items() if name == "anna")
        questions = [replace(one, banned=frozenset({anna})) for one in past.in_folds()]
        found = [one for one, _ in Judge(past, questions, Rules()).walk() if one]
        nobody = [replace(one, banned=frozenset(past.names)) for one in past.in_folds()]
        empty = [one for one, _ in Judge(past, nobody, Rules()).walk() if one]
    assert found and all("anna" not in one.ranked for one in found)
    assert all(one.ranked == [] and one.ranks["rules"] is None for one in empty)


@pytest.mark.parametrize("floor", [0.05, 0.3, 0.6])
def test_the_replay_keeps_silent_where_a_single_ask_does(bench: Bench, floor: float) -> None:
    """Under rules with their own floor and chances, not those of the start rules."""
    bench.cases(*past_cases(150))
    with bench.store.view(as_of=bench.now) as view:
        past = archive_of(view)
        fit = fitted(past, bench.now, lambda done, total: None)
        ranker = replace(fit.ranker, measures=replace(fit.ranker.measures, floor=floor))
        judged = [one for one, _ in Judge(past, past.in_folds()[-50:], Rules(ranker)).walk() if one]
        for one in judged:
            question = Question(case_id=case_id(one.case))
            words = past.history.words(month_start(one.as_of))
            answer = recommend(view.at(one.as_of), question, Learned(ranker, words))
            assert one.abstained == (answer.verdict is not Verdict.PROVEN), one.case
            assert list(one.named) == [other.person for other in answer.order[:5]]


def test_each_fold_learns_only_from_what_was_resolved_before_it(bench: Bench) -> None:
    bench.cases(*past_cases(150))
    with bench.store.view(as_of=bench.now) as view:
        past = archive_of(view)
        questions = past.in_folds()
        judge = Judge(past, questions, Rules())
        assert sum(one is not None for one, _ in judge.walk()) == len(questions)
    starts = {fold: min(one.as_of for one in questions if one.fold == fold) for fold in range(2, 11)}
    fitted_folds = {fold: judge.rankers(fold)["rules"] for fold in starts}
    assert sum(ranker.trained_until > 0 for ranker in fitted_folds.values()) >= 6
    assert all(ranker.trained_until <= starts[fold] for fold, ranker in fitted_folds.items())


def test_a_question_asked_later_than_its_opening_teaches_nothing_twice(bench: Bench) -> None:
    bench.cases(*past_cases(120))
    with bench.store.view(as_of=bench.now) as view:
        past = archive_of(view)
        late = [replace(one, as_of=one.as_of + 40 * DAY, fold=1) for one in past.training()[20:80]]
        turned = [replace(one, fold=1, solvers=frozenset({"somebody else"})) for one in past.training()[20:80]]
        for questions in (late, turned):
            judge = Judge(past, questions, Rules())
            count = sum(sample is not None for _, sample in judge.walk())
            plain = Judge(past, (), Rules())
            assert count == sum(sample is not None for _, sample in plain.walk())
            pairs = zip(judge.samples, plain.samples, strict=True)
            assert all(np.array_equal(one.right, other.right) for one, other in pairs)
