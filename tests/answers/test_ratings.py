"""Ratings: what they come to for an asker, cliques, sums of few, and what they can never outweigh."""

from collections.abc import Sequence

import pytest

from graph_service.evidence.beside import Beside
from graph_service.evidence.ratings import clique_sizes, fitted, heard, means, said_reliable
from graph_service.model import DAY, SourceId, TrustRating
from graph_service.ranking.rankers import ONE_CASE, TRUSTED
from graph_service.store.listed import PERSON, Listed

NOW = 1_778_572_800_000
KIND = "Abruf"


def rating(rater: str, ratee: str, mark: float = 5, *, shown: str = "NAMED", ago: int = 10) -> TrustRating:
    return TrustRating(
        source_id=SourceId("id", f"{rater}-{ratee}"),
        rater=SourceId(PERSON, rater),
        ratee=SourceId(PERSON, ratee),
        subject=KIND,
        competence=(mark - 1) / 4,
        reliability=(mark - 1) / 4,
        shown=shown,
        given_at=NOW - ago * DAY,
        until_at=NOW + DAY,
    )


def beside(ratings: Sequence[TrustRating], asker: str = "me") -> Beside:
    return Beside(at=NOW, kinds=(KIND,), asker=asker, told=Listed(ratings))


def test_ten_who_all_rate_each_other_five_count_as_little_as_the_formula_says() -> None:
    people = [f"p{number}" for number in range(10)]
    told = [rating(one, other) for one in people for other in people if one != other]
    weights = {round(one.weight, 4) for one in heard(beside(told), "competence")}
    assert weights == {round(2 ** (-10 / 730) / (1 + 0.8 * 9), 4)}
    honest = means(beside([rating(f"q{number}", "good") for number in range(9)]))["good"]
    assert means(beside(told))["p0"] < honest


def test_a_clique_needs_three_and_mutual_good_ratings() -> None:
    pair = [rating("a", "b"), rating("b", "a")]
    assert not clique_sizes(pair, NOW)
    three = [rating(one, other) for one in "abc" for other in "abc" if one != other]
    assert set(clique_sizes(three, NOW).values()) == {3}
    assert not clique_sizes([*three[:-1], rating("c", "b", 3)], NOW).get((KIND, "b", "c"))


def test_sums_of_fewer_than_three_are_not_heard_and_the_askers_own_are() -> None:
    two = [rating("a", "x", shown="AGGREGATE"), rating("b", "x", shown="AGGREGATE")]
    assert not means(beside(two))
    assert means(beside([*two, rating("c", "x", shown="AGGREGATE")]))["x"] > 3
    assert means(beside(two, asker="a"))["x"] > 3


def test_an_expired_rating_is_gone_and_old_ones_fade() -> None:
    gone = TrustRating(SourceId("id", "e"), SourceId(PERSON, "a"), SourceId(PERSON, "x"), KIND, 1.0, None, "", "",
                       "NAMED", NOW - 900 * DAY, NOW - 170 * DAY)  # fmt: skip
    assert not means(beside([gone]))
    fresh, old = (means(beside([rating("a", "x", ago=days)]))["x"] for days in (1, 720))
    assert 3 < old < fresh


def test_a_strict_raters_word_weighs_as_much_as_a_lenient_ones() -> None:
    told = [rating("strict", one, 2) for one in "abcdef"] + [rating("strict", "good", 4)]
    lenient = [rating("lenient", one, 4) for one in "ghijkl"] + [rating("lenient", "fair", 4)]
    found = fitted(heard(beside([*told, *lenient]), "competence"))
    assert found["good"] > found["fair"]


def test_forty_raves_are_worth_less_than_the_step_from_one_to_six_solved_cases() -> None:
    found = means(beside([rating(f"r{number}", "star") for number in range(40)]))["star"]
    most = TRUSTED * min(1.0, (found - 3) / 2)
    six, one = (1.1 * count / (count + 2) for count in (6, 1))  # typical work
    assert 0 < most < six - one and most < ONE_CASE


def test_reliability_adds_three_pseudo_promises_at_most() -> None:  # A11
    good, bad = said_reliable(beside([rating(f"r{number}", "x") for number in range(40)]))["x"]
    assert good == pytest.approx(3.0) and bad == pytest.approx(0.0)
    assert said_reliable(beside([])).get("x", (0.0, 0.0)) == (0.0, 0.0)
