"""The statistics object: the same floats from a checkpoint, from the beginning, after an undo; formulas by hand."""

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from test_ranking import history
from workbench import Bench, at, case, embedded_store, person_id

from graph_service.model import DAY
from graph_service.neighbours import K1, B, StoredCorpus, neighbours_of
from graph_service.statistics import HALF_LIVES, KIND, Statistics, Sum, statistics_of
from graph_service.store import named_queries as nq
from graph_service.text.language import language_of
from graph_service.text.terms import terms_of


def everything(statistics: Statistics, as_of: int) -> dict[tuple[int, str, str], tuple[float, int]]:
    found = {}
    for which in Sum:
        for key in statistics.keys:
            for person, value, last in zip(*statistics.sums(which, key, as_of), strict=True):
                found[which, key, statistics.people[person]] = (float(value), int(last))
    return found


def test_a_walk_from_a_checkpoint_gives_the_same_floats_as_one_from_the_beginning(bench: Bench) -> None:
    bench.cases(*history(random.Random(5), "2025-01-01", 150, "P"))
    for moment in (at("2025-02-14T13:00"), at("2025-04-01"), bench.now):
        with bench.store.view(as_of=moment) as view:
            fast, slow = statistics_of(view), statistics_of(view, before=0)
            assert view.ask(nq.CHECKPOINT, kind=f"{KIND}.all", month=moment)
        assert everything(fast, moment) == everything(slow, moment)


def test_late_facts_replace_the_checkpoints_they_touch(bench: Bench) -> None:
    bench.cases(*history(random.Random(5), "2025-01-01", 60, "P"), name="a.csv")
    late = bench.cases(*history(random.Random(6), "2024-11-01", 60, "L"), name="b.csv")
    with bench.store.view(as_of=bench.now) as view:
        assert everything(statistics_of(view), bench.now) == everything(statistics_of(view, before=0), bench.now)
    bench.undo(late.run.number)
    with bench.store.view(as_of=bench.now) as view:
        fast = everything(statistics_of(view), bench.now)
        assert fast == everything(statistics_of(view, before=0), bench.now)
    assert not any(person.startswith(person_id("nobody")) for _, _, person in fast)


def test_a_checkpoint_written_while_another_run_is_open_never_hides_that_run(bench: Bench) -> None:
    from graph_service.intake.rows import entries_of
    from graph_service.intake.runs import Report
    from graph_service.model import (
        Case,
        CaseRole,
        Participation,
        Provenance,
        RunCounts,
        RunKind,
        SourceId,
        SourceRow,
        Statement,
    )  # fmt: skip
    from graph_service.statistics import refresh_checkpoints
    from graph_service.store.run_leases import new_run, open_writer

    first: Report = bench.cases(case("K-1", "2025-01-05", "a", closed_at="2025-01-06", solver="w"))
    writer = open_writer(bench.store, new_run(RunKind.IMPORT, "t", "t", bench.now), lambda: bench.wall)
    refresh_checkpoints(bench.store, first.run.first_known_at)
    source, bert = SourceId("house", "K-2"), SourceId("house", "bert")
    facts = (Case(source, "b", at("2025-01-05")), Participation(source, bert, CaseRole.RESOLVER, at("2025-01-07")))
    row = SourceRow((Statement(source, facts, Provenance("t", 1)),))
    writer.take_in([entries_of(row, bench.now)])
    writer.commit(RunCounts(), {}, bench.now)  # and killed before it could refresh
    with bench.store.view(as_of=bench.now) as view:
        assert (Sum.SOLVED_EVER, "", person_id("bert")) in everything(statistics_of(view), bench.now)


def test_sums_by_hand(bench: Bench) -> None:
    bench.cases(
        case("K-1", "2026-01-01", "a", closed_at="2026-01-10", solver="w", reporter="w", labels="X", product="F"),
        case("K-2", "2026-01-02", "b", closed_at="2026-01-24", solver="w", reporter="m", labels="X", product="F"),
        case("K-3", "2026-01-03", "c", closed_at="2026-01-24", solver="s", labels="Y", participants="w"),
    )
    moment = at("2026-02-07")
    with bench.store.view(as_of=moment) as view:
        statistics = statistics_of(view)
    sums = everything(statistics, moment)
    w = person_id("w")
    assert sums[Sum.SOLVED_EVER, "", w] == (2.0, at("2026-01-24"))
    assert sums[Sum.SOLVED_FOR_OTHERS, "", w][0] == 1.0
    assert sums[Sum.SOLVED_OWN, "", w][0] == pytest.approx(2 ** (-28 / 365))
    half_life = HALF_LIVES[Sum.SOLVED_COMPONENT]
    expected = (2 ** (-14 / half_life) + 1) * 2 ** (-14 / half_life)
    assert sums[Sum.SOLVED_COMPONENT, "cX", w][0] == pytest.approx(expected)
    assert sums[Sum.COMMENTED_COMPONENT, "cY", w][0] == pytest.approx(2 ** (-14 / 30))
    assert (Sum.SOLVED_COMPONENT, "cY", w) not in sums


def test_bm25_by_hand(tmp_path: Path) -> None:
    bench = Bench(embedded_store(tmp_path / "s.db"), tmp_path)
    texts = {"K-1": "abruf kanban", "K-2": "abruf abruf lager", "K-3": "presse ofen etikett"}
    bench.cases(*[case(key, "2026-01-05", text) for key, text in texts.items()])
    words = ["abruf", "kanban"]
    with bench.store.view(as_of=bench.now) as view:
        found = {near.case_id: near.similarity for near in neighbours_of(StoredCorpus(view), Counter(words)).nearest()}
    documents = {key: terms_of(text, language_of(text)) * 2 for key, text in texts.items()}
    mean = np.mean([len(document) for document in documents.values()])

    def bm25(document: list[str], length: int) -> float:
        total = 0.0
        for term in words:
            frequency = sum(term in other for other in documents.values())
            idf = np.log(1 + (3 - frequency + 0.5) / (frequency + 0.5))
            count = document.count(term)
            total += idf * count * (K1 + 1) / (count + K1 * (1 - B + B * length / mean))
        return total

    from workbench import case_id

    itself = bm25(words, 2)
    for key in ("K-1", "K-2"):
        assert found[case_id(key)] == pytest.approx(bm25(documents[key], len(documents[key])) / itself)
    assert case_id("K-3") not in found


def test_before_the_first_month_end_nothing_is_known_of_frequencies(bench: Bench) -> None:
    bench.cases(case("K-1", "2026-01-05", "Abruf KANBAN", closed_at="2026-01-06", solver="w"))
    answer = bench.ask("Abruf KANBAN", as_of=at("2026-01-20"))
    assert [near.similarity > 0 for near in answer.nearest] == [True]
    assert not bench.ask("Abruf KANBAN", as_of=at("2026-01-05") - DAY).nearest
