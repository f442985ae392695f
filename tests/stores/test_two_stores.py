"""Two stores, one behaviour: same texts, equal rows, identical lists."""

import random
import re
import subprocess
import sys
import time
from pathlib import Path

import neo4j
import pytest
from askers import context, without_id
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from workbench import Bench, case, case_id, embedded_store, emptied, neo4j_store, ranking, visible_facts

from graph_service import demo
from graph_service.api.execution import run_now
from graph_service.errors import StoreError
from graph_service.ranking.recommend import Question, recommend
from graph_service.resources import text_folder
from graph_service.settings import Settings
from graph_service.store import named_queries as nq
from graph_service.store.base import LONGEST_STUDY, Store
from graph_service.store.texts import statements
from graph_service.wiring import Service, service_of

DIALECTS = (("embedded", "sql", "--", ":"), ("neo4j", "cypher", "//", "$"))
PIN = {"as_of", "run", "open", "without", "purpose", "viewer", "unit", "sources"}


@pytest.mark.parametrize(("folder", "ending", "comment", "mark"), DIALECTS)
def test_each_dialect_has_exactly_the_declared_queries(folder: str, ending: str, comment: str, mark: str) -> None:
    files = {path.stem for path in (text_folder("queries") / folder).glob(f"*.{ending}")}
    assert files == {query.name for query in nq.READS} | {write.name for write in nq.WRITES}


@pytest.mark.parametrize(("folder", "ending", "comment", "mark"), DIALECTS)
def test_each_text_uses_exactly_its_declared_parameters(folder: str, ending: str, comment: str, mark: str) -> None:
    for query in (*nq.READS, *nq.WRITES):
        text = (text_folder("queries") / folder / f"{query.name}.{ending}").read_text(encoding="utf-8")
        assert len([line for line in text.splitlines() if line.startswith(comment)]) in (3, 4), query.name
        body = "\n".join(statements(text, comment))
        used = set(re.findall(rf"(?<!\w){re.escape(mark)}(\w+)", body))
        used |= set(re.findall(r"\b(?:row|part)\.(\w+)", body)) - {"row"} if mark == "$" else set()
        declared = set(query.parameters)
        if isinstance(query, nq.NamedQuery):
            assert declared <= used <= declared | PIN, query.name
            assert (query.shows is not None) == bool(used & PIN - declared), query.name
        elif mark == ":" or not re.search(r"SET \w = row\b", body):
            assert used - {"rows"} == declared, query.name


def filled_with_demo(store: Store) -> Service:
    service = demo.at_its_clock(service_of(store, Settings()))
    demo.fill(service)
    return service


def test_both_stores_give_equal_rows_on_the_demo_company(both: tuple[Store, Store]) -> None:
    services = [filled_with_demo(store) for store in both]
    now = services[0].now()
    for months in range(0, 24, 4):
        moment = now - months * 30 * 86_400_000
        embedded, neo4j = (visible_facts(store, moment) for store in both)
        assert embedded == neo4j
    assert embedded["records"] != visible_facts(both[0], now)["records"]


def test_both_stores_give_the_same_json_for_the_shared_document(both: tuple[Store, Store]) -> None:
    document = (text_folder("queries") / "graphql" / "recommend_experts.graphql").read_text(encoding="utf-8")
    answers = [
        run_now(document, {"problem": {"text": demo.question()}}, context(filled_with_demo(store))) for store in both
    ]
    assert not answers[0].errors
    assert without_id(answers[0].data) == without_id(answers[1].data)


WORDS = ("KANBAN", "Abruf", "Lager", "Druck-Auftrag", "AND", "Müller", "ORA-00942", "4.2.1", "x", "NEAR")
PEOPLE = ("weiss", "şahin", "o'hara", "müller")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
rows = st.fixed_dictionaries(
    {
        "case_id": st.sampled_from(("K-1", "K-2", "K-3", "K-4")),
        "opened": st.integers(0, 300),
        "days": st.integers(0, 90) | st.none(),
        "title": texts,
        "description": texts,
        "labels": st.sampled_from(("", "KANBAN", "Lager;KANBAN")),
        "reporter": st.sampled_from(("", *PEOPLE)),
        "solver": st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True).map(";".join),
        "participants": st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True).map(";".join),
    }
)
steps = st.lists(
    st.lists(rows, min_size=1, max_size=5, unique_by=lambda row: row["case_id"]) | st.just("undo"),
    min_size=1, max_size=4,
)  # fmt: skip


def _row(drawn: dict[str, object]) -> dict[str, str]:
    from datetime import UTC, datetime, timedelta

    opened = datetime(2025, 3, 1, tzinfo=UTC) + timedelta(days=int(str(drawn["opened"])))
    cells = {name: str(drawn[name]) for name in ("description", "labels", "reporter")}
    if drawn["days"] is not None:
        cells["closed_at"] = (opened + timedelta(days=int(str(drawn["days"])))).isoformat()
        cells |= {name: str(drawn[name]) for name in ("solver", "participants")}
    return case(str(drawn["case_id"]), opened.isoformat(), str(drawn["title"]), product="F", **cells)


@settings(
    max_examples=12, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(steps=steps)
def test_both_stores_agree_on_generated_histories(
    steps: list[object], neo4j_running: tuple[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("generated")
    stores = embedded_store(folder / "s.db"), neo4j_store(emptied(neo4j_running[0]))
    benches = [Bench(store, folder) for store in stores]
    for place, step in enumerate(steps):
        for bench in benches:
            bench.now += 1000
            if isinstance(step, list):
                bench.cases(*[_row(drawn) for drawn in step], name=f"step{place}.csv")
            else:
                done = [run for run in bench.store.runs() if run.kind == "IMPORT" and run.state == "COMMITTED"]
                if done:
                    bench.undo(random.Random(place).choice(done).number)
    assert benches[0].facts() == benches[1].facts()
    if not benches[0].store.runs():
        return
    for text in ("KANBAN Abruf", "Lager AND Druck-Auftrag NEAR ORA-00942", "Müller 4.2.1"):
        assert ranking(benches[0].ask(text)) == ranking(benches[1].ask(text))
    for store in stores:
        store.close()


ODD = (
    "kanban-abruf", "KANBAN AND Abruf OR NOT Lager", "NEAR(abruf kanban)", '"unbalanced', "ORA-00942 4.2.1 C:\\x\\y",
    "Größeneinheiten Groesseneinheiten GRÖSSENEINHEITEN", "'}) DETACH DELETE n //", "'; DROP TABLE case_record; --",
    "terms:kanban^5 lag*~ (abruf) +-&&|| !{}[]", " ".join(f"wort{n} KANBAN" for n in range(2500)), "日本語 ıİſ 𝔘nicode",
)  # fmt: skip


def test_both_engines_match_the_same_cases_for_odd_texts(both: tuple[Store, Store], tmp_path: Path) -> None:
    benches = [Bench(store, tmp_path) for store in both]
    for bench in benches:
        bench.cases(
            *[
                case(f"K-{n}", "2026-01-02", text, description=f"{text} Abruf", closed_at="2026-01-03", solver="weiss")
                for n, text in enumerate(ODD)
            ]
        )
    for text in ODD:
        found = [[(near.case_id, near.similarity) for near in bench.ask(text).nearest] for bench in benches]
        assert found[0] == found[1]
        assert found[0], text
    assert len(benches[0].facts()["records"]) == len(ODD)


def test_the_asked_case_is_no_evidence_for_itself(bench: Bench) -> None:
    bench.cases(
        case("K-1", "2026-01-02", "KANBAN Abruf", closed_at="2026-01-03", solver="weiss", reporter="sahin"),
        case("K-2", "2026-02-02", "KANBAN Abruf", closed_at="2026-02-03", solver="krueger", reporter="sahin"),
    )
    with bench.store.view(as_of=bench.now) as view:
        answer = recommend(view, Question(case_id=case_id("K-2")))
    assert [near.case_id for near in answer.nearest] == [case_id("K-1")]
    assert len(answer.order) == 1


def test_a_study_may_keep_its_view_longer_than_a_request(neo4j_running: tuple[str, object]) -> None:
    store = neo4j_store(emptied(neo4j_running[0]))
    with store.view(longest=LONGEST_STUDY), pytest.raises(StoreError), store.view(longest=0.1):
        time.sleep(5)
    store.close()


@pytest.mark.parametrize("engine", ["embedded", "neo4j"])
def test_processes_that_open_an_empty_store_at_once_all_find_its_schema(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if engine == "neo4j":
        url = emptied(request.getfixturevalue("neo4j_running")[0])
        without_schema(url)
    else:
        url = f"sqlite:///{tmp_path / 'new.db'}"
    open_it = f"from graph_service.wiring import open_service; open_service({url!r}, create=True).store.runs()"
    opened = [subprocess.Popen([sys.executable, "-c", open_it], stderr=subprocess.PIPE) for _ in range(4)]
    assert [(one.communicate()[1], one.returncode) for one in opened] == [(b"", 0)] * 4


def without_schema(url: str) -> None:
    """A server as it is delivered."""
    with neo4j.GraphDatabase.driver(url) as driver, driver.session() as session:
        session.run("MATCH (n) DETACH DELETE n").consume()
        for kind, one in (("CONSTRAINTS", "CONSTRAINT"), ("INDEXES", "INDEX")):
            for record in session.run(f"SHOW {kind} YIELD name, type WHERE type <> 'LOOKUP' RETURN name").data():
                session.run(f"DROP {one} {record['name']}").consume()
