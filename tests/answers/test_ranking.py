"""Who stands before whom, and because of what; the same on every store."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from workbench import Bench, at, case, case_id, embedded_store, person_id, ranking

from graph_service.errors import ProblemRefused
from graph_service.model import DAY
from graph_service.ranking.explain import explained
from graph_service.ranking.rankers import START
from graph_service.ranking.recommend import Question, Verdict, recommend, without_case


def solved(key: str, day: str, title: str, solver: str, **cells: str) -> dict[str, str]:
    opened = datetime.fromisoformat(day).replace(tzinfo=UTC)
    closed = (opened + timedelta(days=1)).isoformat()
    return case(key, opened.isoformat(), title, closed_at=closed, solver=solver, **cells)


BACKGROUND = [
    solved(f"B-{n}", f"2026-01-{n + 1:02}", f"Drucker {n} druckt leer", "druck", reporter="mueller") for n in range(20)
]


def order(bench: Bench, text: str, **options: object) -> list[str]:
    """Source keys best first."""
    keys = {person_id(key): key for key in ("weiss", "sahin", "krueger", "druck", "mueller", "neumann")}
    return [keys[ranked.person] for ranked in bench.ask(text, **options).order]  # type: ignore[arg-type]


def test_who_solved_such_a_case_comes_before_who_solved_much_else(bench: Bench) -> None:
    bench.cases(*BACKGROUND, solved("K-1", "2026-02-01", "KANBAN-Abruf geht nicht raus", "weiss", reporter="mueller"))
    assert order(bench, "Der KANBAN-Abruf geht nicht raus")[0] == "weiss"


def test_the_newer_of_two_equal_solvers_comes_first(bench: Bench) -> None:
    bench.cases(
        *BACKGROUND,
        solved("K-1", "2024-03-01", "KANBAN-Abruf hängt", "weiss", reporter="mueller"),
        solved("K-2", "2026-03-01", "KANBAN-Abruf hängt", "sahin", reporter="mueller"),
    )
    assert order(bench, "KANBAN-Abruf hängt")[:2] == ["sahin", "weiss"]


def test_the_component_named_in_the_text_counts(bench: Bench) -> None:
    bench.cases(
        solved("K-1", "2026-04-01", "Etwas klemmt", "weiss", labels="Presse", product="F", reporter="mueller"),
        solved("K-2", "2026-04-01", "Etwas klemmt", "sahin", labels="Ofen", product="F", reporter="mueller"),
    )
    assert order(bench, "Etwas klemmt an der Presse")[0] == "weiss"
    assert order(bench, "Etwas klemmt am Ofen")[0] == "sahin"


def test_a_duplicate_closed_without_solver_is_nobodys_merit(bench: Bench) -> None:  # C7, C25
    bench.cases(*BACKGROUND, case("K-1", "2026-02-01", "KANBAN-Abruf hängt", closed_at="2026-02-02"))
    assert bench.ask("KANBAN-Abruf hängt").verdict is Verdict.NOBODY_PROVEN


def test_declared_skills_never_move_those_who_have_solved_something(bench: Bench) -> None:  # A43
    from workbench import write_csv

    bench.cases(*BACKGROUND, solved("K-1", "2026-02-01", "KANBAN-Abruf hängt", "weiss", reporter="mueller"))
    before = ranking(bench.ask("KANBAN-Abruf hängt"))
    claims = [{"person": who, "skill": "KANBAN", "level": "5"} for who in ("neumann", "druck", "weiss")]
    bench.take(write_csv(bench.folder / "s.csv", ("person", "skill", "level"), claims))
    after = bench.ask("KANBAN-Abruf hängt")
    assert ranking(after) == before
    assert [ranked.person for ranked in after.only_declared] == [person_id("neumann")]


def two_proven_and_two_declared(bench: Bench) -> None:
    bench.cases(
        *BACKGROUND,
        solved("K-1", "2026-02-01", "KANBAN-Abruf hängt", "weiss", reporter="mueller"),
        solved("K-2", "2026-03-01", "KANBAN-Abruf hängt", "sahin", reporter="mueller"),
    )
    skills = bench.folder / "s.csv"
    skills.write_text("person,skill,level\nneumann,KANBAN,5\nkrueger,KANBAN,4\n", encoding="utf-8")
    bench.take(skills)


def test_who_has_left_is_named_no_more_and_who_came_back_is(bench: Bench) -> None:
    two_proven_and_two_declared(bench)
    people = bench.folder / "people.csv"

    def employed(weiss: str, neumann: str) -> tuple[list[str], list[str]]:
        people.write_text(f"Schlüssel;Name;Eintritt;Austritt\nweiss;J. Weiß;{weiss}\nneumann;K. Neumann;{neumann}\n")
        bench.take(people)
        answer = bench.ask("KANBAN-Abruf hängt")
        keys = {person_id(key): key for key in ("weiss", "sahin", "krueger", "neumann")}
        return [keys[one.person] for one in answer.experts], [keys[one.person] for one in answer.only_declared]

    assert employed("01.03.2019;", "01.03.2019;") == (["sahin", "weiss"], ["neumann", "krueger"])
    assert employed("01.03.2019;12.05.2026", "01.03.2019;31.12.2025") == (["sahin", "weiss"], ["krueger"])
    assert employed("01.03.2019;11.05.2026", "01.03.2019;31.12.2026") == (["sahin"], ["neumann", "krueger"])
    with bench.store.view(as_of=at("2026-05-12")) as view:  # the first moment of the day after
        assert person_id("weiss") not in {one.person for one in recommend(view, Question("KANBAN-Abruf hängt")).experts}
    people.write_text("Schlüssel;Name;Abteilung\nweiss;J. Weiß;Halle\n", encoding="utf-8")
    bench.take(people)  # a list that knows nothing of it takes nothing back
    assert [one.person for one in bench.ask("KANBAN-Abruf hängt").experts] == [person_id("sahin")]
    assert employed("12.05.2026;11.05.2026", "01.03.2019;") == (["sahin", "weiss"], ["neumann", "krueger"])


def test_whom_a_complete_list_no_longer_has_is_named_no_more(bench: Bench) -> None:
    two_proven_and_two_declared(bench)
    people = bench.folder / "people.csv"

    def complete(day: str, *keys: str) -> tuple[set[str], set[str]]:
        people.write_text("\n".join(["Schlüssel;Name", *(f"{key};{key.title()}" for key in keys)]) + "\n")
        bench.take(people, complete_at=at(day), vanish_percent=100.0)
        answer = bench.ask("KANBAN-Abruf hängt")
        keys_of = {person_id(key): key for key in ("weiss", "sahin", "krueger", "neumann")}
        return {keys_of[one.person] for one in answer.experts}, {keys_of[one.person] for one in answer.only_declared}

    assert complete("2026-03-10", "weiss", "sahin", "neumann") == ({"sahin", "weiss"}, {"neumann", "krueger"})
    bench.now += DAY
    assert complete("2026-04-01", "sahin") == ({"sahin"}, {"krueger"})  # who was on no list has not left one
    earlier = bench.ask("KANBAN-Abruf hängt", as_of=at("2026-03-20"))
    assert {one.person for one in earlier.experts} == {person_id("weiss"), person_id("sahin")}
    bench.now += DAY
    assert complete("2026-05-01", "sahin", "weiss") == ({"sahin", "weiss"}, {"krueger"})


@pytest.mark.parametrize("text", ["", "   ", "HILFE!!!", "!!! ???", "bitte dringend"])
def test_nothing_to_go_on_is_said(bench: Bench, text: str) -> None:
    bench.cases(*BACKGROUND)
    assert bench.ask(text).verdict is Verdict.NOTHING_TO_GO_ON


def test_nobody_is_named_when_nothing_similar_was_solved(bench: Bench) -> None:
    bench.cases(*BACKGROUND)
    answer = bench.ask("Schnittstelle zu Leitstand Modell 1987, OPC klassisch")
    assert answer.verdict is Verdict.NOBODY_PROVEN
    assert list(answer.experts) == []


def test_an_empty_store_is_told_as_such(bench: Bench) -> None:
    with pytest.raises(ProblemRefused) as refused:
        bench.ask("KANBAN")
    assert refused.value.code == "problem.empty_store"


def test_people_with_nothing_about_the_problem_are_not_named(bench: Bench) -> None:
    bench.cases(*BACKGROUND, solved("K-1", "2026-02-01", "KANBAN-Abruf hängt", "weiss", reporter="mueller"))
    answer = bench.ask("KANBAN-Abruf")
    assert [(ranked.person, ranked.rank) for ranked in answer.order] == [(person_id("weiss"), 1)]


def test_a_component_named_in_words_is_proof_where_all_cases_are_alike(bench: Bench) -> None:
    crane = [solved(f"K-{n}", "2026-02-01", f"Kran {n} hakt", "weiss", labels="Kran") for n in range(5)]
    bench.cases(*crane)
    answer = bench.ask("Unser Kran bewegt sich überhaupt nicht mehr vorwärts")
    assert answer.verdict is Verdict.PROVEN
    assert [ranked.person for ranked in answer.experts] == [person_id("weiss")]
    assert answer.proven == {person_id("weiss")}


def test_many_declared_skills_do_not_move_the_proven(bench: Bench) -> None:
    from workbench import write_csv

    rows = [case(f"O-{n}", "2026-03-01", "KANBAN-Abruf hängt", reporter=f"r{n}") for n in range(30)]
    bench.cases(*BACKGROUND, *rows, solved("K-1", "2026-02-01", "KANBAN-Abruf hängt", "weiss", reporter="weiss"))
    before = ranking(bench.ask("KANBAN-Abruf hängt"))
    claims = [{"person": f"c{n}", "skill": "KANBAN", "level": "5"} for n in range(150)]
    bench.take(write_csv(bench.folder / "s.csv", ("person", "skill", "level"), claims))
    assert ranking(bench.ask("KANBAN-Abruf hängt")) == before


def test_limits_and_long_texts_are_refused(bench: Bench) -> None:
    for bad in (0, 101):
        with pytest.raises(ProblemRefused):
            Question("x", limit=bad)
    bench.cases(*BACKGROUND)
    with pytest.raises(ProblemRefused) as refused:
        bench.ask("a" * 100_001)
    assert refused.value.code == "problem.too_long"
    assert bench.ask("KANBAN " * 14_000).verdict is Verdict.NOBODY_PROVEN


def test_control_characters_do_not_matter(bench: Bench) -> None:
    bench.cases(*BACKGROUND, solved("K-1", "2026-02-01", "KANBAN-Abruf hängt", "weiss"))
    assert ranking(bench.ask("KANBAN-Abruf\x00\x07 hängt\x1b[31m")) is not None
    assert order(bench, "\x00KANBAN-Abruf\x07 hängt")[0] == "weiss"


def test_a_case_number_inside_a_sentence_is_the_case_too(bench: Bench) -> None:
    bench.cases(*BACKGROUND, solved("KAN-311", "2026-02-01", "KANBAN-Abruf hängt", "weiss", reporter="mueller"),
                solved("KAN-312", "2026-02-02", "KANBAN-Abruf hängt wieder", "sahin", reporter="mueller"))  # fmt: skip
    answer = bench.ask("wer kann mir bei kan-311 helfen??")
    assert answer.problem.asked_case == case_id("KAN-311")
    assert answer.problem.solvers == (person_id("weiss"),)
    assert [ranked.person for ranked in answer.experts][:1] == [person_id("sahin")]
    assert bench.ask("KAN-311 oder KAN-312?").problem.asked_case is None


def test_a_number_nobody_knows_is_one_word_and_names_nobody(bench: Bench) -> None:
    bench.cases(*BACKGROUND, solved("K-1", "2026-02-01", "Siehe KAN und ORA-00942", "weiss"))
    assert bench.ask("KAN-99999").verdict is Verdict.NOBODY_PROVEN
    assert order(bench, "ORA-00942") == ["weiss"]


def test_a_long_log_without_any_like_case_names_nobody(bench: Bench) -> None:
    bench.cases(*BACKGROUND, solved("K-1", "2026-02-01", "Presse klemmt", "weiss", labels="Presse"))
    log = "\n".join(
        f"2026-05-12 10:00:{n % 60:02} ERROR zzq{n} at com.example.Presse.run(Presse.java:{n})" for n in range(500)
    )
    assert bench.ask(log.replace("Presse", "Foo") + " Presse").verdict is Verdict.NOBODY_PROVEN


def test_a_bare_case_number_is_the_case(bench: Bench) -> None:
    bench.cases(*BACKGROUND, solved("KAN-311", "2026-02-01", "KANBAN-Abruf hängt", "weiss", reporter="mueller"))
    assert bench.ask("KAN-311").problem.asked_case == case_id("KAN-311")
    assert bench.ask("KAN-999").problem.asked_case is None


def test_contributions_add_up_to_the_score(bench: Bench) -> None:
    bench.cases(*BACKGROUND, solved("K-1", "2026-02-01", "KANBAN-Abruf hängt", "weiss", reporter="mueller"))
    answer = bench.ask("KANBAN-Abruf hängt")
    for ranked in answer.order:
        assert ranked.score == pytest.approx(sum(ranked.contributions.values()), abs=1e-12)
        assert set(ranked.contributions) == {weigh.kind.name for weigh in START.weights}


def history(noise: random.Random, first: str, cases: int, prefix: str) -> list[dict[str, str]]:
    """Cases opened day by day with random words, people and places."""
    words = ["KANBAN", "Abruf", "Lager", "Druck", "Rechnung", "Workflow", "Presse", "Ofen", "Etikett", "Inventur"]
    people = [f"p{n}" for n in range(6)]
    start = datetime.fromisoformat(first).replace(tzinfo=UTC)
    made = []
    for n in range(cases):
        opened = start + timedelta(hours=20 * n)
        closed = opened + timedelta(hours=noise.randrange(1, 200))
        made.append(
            case(
                f"{prefix}-{n}",
                opened.isoformat(),
                " ".join(noise.choices(words, k=4)),
                closed_at=closed.isoformat(),
                labels=noise.choice(("Nord", "Süd", "Nord;Süd", "")),
                product=noise.choice(("F", "L")),
                reporter=noise.choice(people),
                solver=noise.choice([*people, ""]),
                participants=";".join(noise.sample(people, 2)),
            )
        )
    return made


def later(rows: list[dict[str, str]], moment: int, seed: int) -> list[dict[str, str]]:
    """The rows with all that lies after the moment drawn anew: closings, solvers, participants."""
    noise = random.Random(seed)
    drawn = []
    for row in rows:
        if at(row["closed_at"]) <= moment:
            drawn.append(row)
            continue
        end = datetime(2025, 6, 2, tzinfo=UTC) + timedelta(hours=noise.randrange(500))
        people = [f"p{n}" for n in range(6)]
        drawn.append({
            **row, "closed_at": end.isoformat(), "solver": noise.choice(people), "participants": noise.choice(people),
        })  # fmt: skip
    return drawn


def test_facts_after_a_moment_do_not_move_the_list_as_of_it(bench: Bench) -> None:
    """Everything later is drawn anew: the list as of the moment stays the same to the last bit."""
    noise = random.Random(7)
    moment = at("2025-06-01")
    known = history(noise, "2025-01-01", 185, "P")
    known = [row for row in known if at(row["opened_at"]) <= moment]
    assert any(at(row["closed_at"]) > moment for row in known)
    first = bench.cases(*later(known, moment, 1), *history(random.Random(1), "2025-06-02", 60, "L"), name="first.csv")
    questions = ["KANBAN Abruf Nord", "Lager Inventur", "Presse Ofen Etikett Süd"]
    before = [ranking(bench.ask(text, as_of=moment)) for text in questions]
    near = [[(c.case_id, c.similarity) for c in bench.ask(text, as_of=moment).nearest] for text in questions]
    bench.undo(first.run.number)
    bench.cases(*later(known, moment, 2), *history(random.Random(2), "2025-06-02", 80, "M"), name="second.csv")
    assert [ranking(bench.ask(text, as_of=moment)) for text in questions] == before
    assert [[(c.case_id, c.similarity) for c in bench.ask(t, as_of=moment).nearest] for t in questions] == near
    assert all(before)


def test_a_later_solution_of_an_old_case_is_not_known_before(bench: Bench) -> None:
    bench.cases(
        *BACKGROUND,
        case(
            "K-1", "2026-02-01", "KANBAN-Abruf hängt", closed_at="2026-04-01", solver="weiss", participants="sahin",
            reporter="mueller",
        ),
    )  # fmt: skip
    early = bench.ask("KANBAN-Abruf hängt", as_of=at("2026-03-01"))
    assert early.verdict is Verdict.NOBODY_PROVEN
    assert person_id("weiss") not in {ranked.person for ranked in early.order}
    assert bench.ask("KANBAN-Abruf hängt", as_of=at("2026-04-02")).verdict is Verdict.PROVEN


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), drawn=st.integers(0, 1_000))
def test_without_a_case_is_exactly_the_world_that_never_had_it(
    seed: int, drawn: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """For a case of the running month: earlier ones stay in the document frequencies, which no scope hides."""
    folder = tmp_path_factory.mktemp("world")
    moment = at("2025-03-20")
    rows = history(random.Random(seed), "2025-02-01", 60, "P")
    rows.append(solved("K-9", "2025-03-03", "KANBAN Abruf Workflow", "p3", labels="Nord", product="F"))
    lately = [row["case_id"] for row in rows if at("2025-03-01") <= at(row["opened_at"]) <= moment]
    left_out = lately[drawn % len(lately)]
    bench = Bench(embedded_store(folder / "with.db"), folder)
    bench.cases(*rows)
    with bench.store.view(as_of=moment) as view:
        answer = recommend(view, Question("KANBAN Abruf Workflow Nord"))
        again = without_case(view, answer, case_id(left_out))
    other = Bench(embedded_store(folder / "without.db"), folder)
    other.cases(*[row for row in rows if row["case_id"] != left_out])
    truth = other.ask("KANBAN Abruf Workflow Nord", as_of=moment)
    assert ranking(again) == ranking(truth)
    assert [(near.case_id, near.similarity) for near in again.nearest] == [
        (near.case_id, near.similarity) for near in truth.nearest
    ]
    assert again.verdict is truth.verdict


def test_every_number_of_a_reason_is_in_the_graph(bench: Bench) -> None:
    rows = history(random.Random(3), "2025-01-01", 90, "P")
    bench.cases(*rows)
    moment = at("2025-04-01")
    with bench.store.view(as_of=moment) as view:
        explanation = explained(view, recommend(view, Question("KANBAN Abruf Nord", limit=6)))
    known = {case_id(row["case_id"]): row for row in rows}
    checked = 0
    for ranked in explanation.answer.experts:
        key = next(row.key for row in explanation.names.values() if row.person == ranked.person)
        for reason in explanation.reasons[ranked.person]:
            cited = [known[cited] for cited in reason.citation.cases]
            assert all(at(row["opened_at"]) <= moment for row in cited)
            if reason.kind in ("similar_solved", "typical_work", "component_amount", "volume", "active_lately"):
                assert all(key in row["solver"].split(";") and at(row["closed_at"]) <= moment for row in cited)
                newest = max(at(row["closed_at"]) for row in cited)
                assert reason.citation.newest is None or reason.citation.newest >= newest
            if reason.kind == "volume":
                mine = [r for r in rows if key in r["solver"].split(";") and at(r["closed_at"]) <= moment]
                assert reason.citation.count == len(mine)
            if reason.kind == "solves_for_others":
                mine = [r for r in rows if key in r["solver"].split(";") and at(r["closed_at"]) <= moment]
                assert reason.citation.of == len(mine)
                assert reason.citation.count == sum(r["reporter"] != key for r in mine)
            checked += 1
    assert checked > 10
