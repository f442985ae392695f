"""Explanations are arithmetic: reasons add up, windows cover what they count, sentences say their numbers."""

import random
import re

import pytest
from test_ranking import history
from workbench import Bench, at, case_id

from graph_service.model import DAY
from graph_service.ranking.explain import Explained, explained
from graph_service.ranking.recommend import Question, recommend
from graph_service.ranking.what_if import what_if
from graph_service.store import named_queries as nq
from graph_service.text.messages import LANGUAGES

MOMENT = at("2025-05-01")


@pytest.fixture
def explanation(bench: Bench) -> Explained:
    bench.cases(*history(random.Random(11), "2024-01-01", 500, "P"))
    with bench.store.view(as_of=MOMENT) as view:
        return explained(view, recommend(view, Question("KANBAN Abruf Lager Nord", limit=10)))


def test_reasons_add_up_to_the_score(explanation: Explained) -> None:
    assert len(explanation.answer.experts) == 6
    for ranked in explanation.answer.experts:
        total = sum(reason.contribution for reason in explanation.reasons[ranked.person])
        assert total == pytest.approx(ranked.score, abs=1e-6)


def test_what_takes_off_is_said_last(explanation: Explained) -> None:
    for reasons in explanation.reasons.values():
        values = [reason.contribution for reason in reasons]
        assert values == sorted(values, reverse=True)


def test_no_count_is_larger_than_what_it_is_of_and_no_window_ends_before_it_starts(explanation: Explained) -> None:
    for reasons in explanation.reasons.values():
        for reason in reasons:
            citation = reason.citation
            assert citation.of is None or citation.count <= citation.of
            assert citation.since is None or citation.since <= MOMENT
            if citation.newest is not None and citation.since is not None:
                assert citation.since <= citation.newest <= MOMENT


def test_both_languages_say_the_same_numbers(explanation: Explained) -> None:
    for reasons in explanation.reasons.values():
        for reason in reasons:
            numbers = []
            for language in LANGUAGES:
                text = reason.text(language)
                assert "{" not in text and "None" not in text
                text = re.sub(r"\d+\.\d+\.\d{4}|\d+ [A-Z][a-z]{2} \d{4}", "", text)
                numbers.append(re.findall(r"\d+", text))
            assert numbers[0] == numbers[1]


def test_each_cited_case_is_a_real_one_with_its_title(bench: Bench, explanation: Explained) -> None:
    cited = sorted({case for reasons in explanation.reasons.values() for r in reasons for case in r.citation.cases})
    assert cited
    heads = bench.rows(nq.CASE_HEADS, as_of=MOMENT, cases=cited)
    assert {head.case_id for head in heads} == set(cited)
    assert all(explanation.cases[head.case_id] == head for head in heads)


def test_a_window_of_a_year_counts_a_year(bench: Bench, explanation: Explained) -> None:
    for person, reasons in explanation.reasons.items():
        for reason in reasons:
            if reason.kind == "volume" and reason.citation.count:
                events = bench.rows(nq.SOLVED_BY, as_of=MOMENT, people=[person], since=MOMENT - 365 * DAY)
                assert reason.citation.count == len({event.case_id for event in events})


def test_the_what_if_rank_is_the_rank_of_asking_again(bench: Bench, explanation: Explained) -> None:
    from graph_service.access import Scope

    with bench.store.view(as_of=MOMENT) as view:
        for ranked in explanation.answer.experts[:3]:
            found = what_if(view, explanation, ranked)
            assert found is not None
            again = recommend(view.scoped(Scope(without=frozenset({found.case.case_id}))), explanation.answer.question)
            place = {other.person: other.rank for other in again.order}
            assert found.rank == place.get(ranked.person)
            assert all(near.case_id != found.case.case_id for near in again.nearest)


def test_the_second_question_is_not_changed_by_the_first_what_if(bench: Bench) -> None:
    bench.cases(*history(random.Random(12), "2024-06-01", 200, "P"))
    before = [(r.person, r.score) for r in bench.ask("KANBAN Abruf", as_of=MOMENT).order]
    with bench.store.view(as_of=MOMENT) as view:
        explanation = explained(view, recommend(view, Question("KANBAN Abruf")))
        what_if(view, explanation, explanation.answer.order[0])
    assert [(r.person, r.score) for r in bench.ask("KANBAN Abruf", as_of=MOMENT).order] == before


def test_a_case_given_as_the_problem_is_left_out_of_its_own_counts(bench: Bench) -> None:
    rows = history(random.Random(13), "2024-06-01", 120, "P")
    bench.cases(*rows)
    asked = rows[60]
    with bench.store.view(as_of=MOMENT) as view:
        answer = recommend(view, Question(case_id=case_id(asked["case_id"])))
        explanation = explained(view, answer)
    assert case_id(asked["case_id"]) not in {near.case_id for near in answer.nearest}
    assert case_id(asked["case_id"]) not in explanation.cases
