"""Undo against an oracle: whatever was undone, the facts are those of a store that only ever saw the rest."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from workbench import COLUMNS, NOW, Bench, case, case_id, embedded_store, emptied, neo4j_store, visible_facts, write_csv

from graph_service.model import DAY
from graph_service.store import named_queries as nq
from graph_service.store.base import Store

JIRA = ("Issue key", "Summary", "Created", "Updated", "Resolved", "Resolution", "Assignee", "Reporter", "Component/s",
        "Issue Type", "Status", "Comment", "Outward issue link")  # fmt: skip
SKILLS = ("person", "skill", "level", "assessed_on")
PEOPLE = ("anna", "bert", "cora")
COMMENTS = ("2025-02-01T00:00:00.000+0000;anna;a", "2025-03-01T00:00:00.000+0000;bert;b")


@dataclass(frozen=True)
class Step:
    """A file to import, or (with `undo`) the number of an earlier step to take back."""

    kind: str
    rows: tuple[dict[str, str], ...] = ()
    undo: int = 0


def jira_row(draw: st.DrawFn, key: str) -> dict[str, str]:
    solved = draw(st.booleans())
    day = f"2025-0{draw(st.integers(1, 5))}-01T00:00:00.000+0000"
    return {
        "Issue key": key,
        "Summary": draw(st.sampled_from(("KANBAN Abruf", "Abruf im Lager", "KANBAN print"))),
        "Created": "2025-01-01T00:00:00.000+0000",
        "Updated": draw(st.sampled_from(("", day))),
        "Resolved": day if solved else "",
        "Resolution": draw(st.sampled_from(("Fixed", "Duplicate"))) if solved else "",
        "Assignee": draw(st.sampled_from(("", *PEOPLE))),
        "Reporter": draw(st.sampled_from(PEOPLE)),
        "Component/s": draw(st.sampled_from(("", "X", "X; Y"))),
        "Comment": draw(st.sampled_from(("", *COMMENTS))),
        "Outward issue link": draw(st.sampled_from(("", "Relates:J-2"))),
        "Issue Type": "Bug",
        "Status": "Open",
    }  # fmt: skip


def case_row(draw: st.DrawFn, key: str) -> dict[str, str]:
    closed = draw(st.sampled_from(("", "2025-02-01", "2025-04-01")))
    people = {"solver": draw(st.sampled_from(PEOPLE)), "participants": draw(st.sampled_from(PEOPLE))} if closed else {}
    opened = draw(st.sampled_from(("2025-01-01", "2025-01-15")))
    title = draw(st.sampled_from(("KANBAN Abruf", "Lager voll")))
    return case(key, opened, title, closed_at=closed, labels="X", reporter="anna", **people)


def skill_row(draw: st.DrawFn, key: str) -> dict[str, str]:
    return {
        "person": key,
        "skill": "KANBAN",
        "level": draw(st.sampled_from(("1", "3", "5"))),
        "assessed_on": draw(st.sampled_from(("", "2025-01-10", "2025-03-10"))),
    }


MAKERS = {"jira": (jira_row, ("J-1", "J-2")), "cases": (case_row, ("K-1", "K-2")), "skills": (skill_row, PEOPLE[:2])}
WIDTHS = {"jira": JIRA, "cases": COLUMNS, "skills": SKILLS}


@st.composite
def histories(draw: st.DrawFn) -> tuple[Step, ...]:
    steps: list[Step] = []
    for _ in range(draw(st.integers(2, 7))):
        kind = draw(st.sampled_from((*MAKERS, "undo")))
        if kind == "undo":
            steps.append(Step("undo", undo=draw(st.integers(0, 5))))
            continue
        make, keys = MAKERS[kind]
        chosen = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=4, unique=kind != "jira"))
        steps.append(Step(kind, tuple(make(draw, key) for key in chosen)))
    return tuple(steps)


def play(bench: Bench, steps: Sequence[Step]) -> list[int]:
    """Plays a history, a day per step; returns the places of the imports that still stand."""
    runs: dict[int, int] = {}
    for place, step in enumerate(steps):
        bench.now = NOW + place * DAY
        if step.kind == "undo":
            if runs:
                undone = sorted(runs)[step.undo % len(runs)]
                bench.undo(runs.pop(undone))
            continue
        path = write_csv(bench.folder / f"step{place}.csv", WIDTHS[step.kind], step.rows)
        runs[place] = bench.take(path).run.number
    return sorted(runs)


def facts(store: Store) -> list[object]:
    """What shows today, and as of some earlier days."""
    moments = [NOW + 30 * DAY, NOW + 3 * DAY, NOW + DAY, NOW - 400 * DAY, NOW - 430 * DAY]
    return [visible_facts(store, moment) for moment in moments]


ROW = {**dict.fromkeys(JIRA, ""), "Issue key": "J-1", "Reporter": "anna", "Created": "2025-01-01T00:00:00.000+0000"}


def told(title: str, day: int, **cells: str) -> dict[str, str]:
    """What J-1 is said to be by that day."""
    return {**ROW, "Summary": f"KANBAN {title}", "Updated": f"2025-01-{day:02}T00:00:00.000+0000", **cells}


def check(store: Store, folder: Path, steps: Sequence[Step]) -> None:
    bench = Bench(store, folder)
    left = play(bench, steps)
    (folder / "oracle").mkdir(exist_ok=True)
    oracle = Bench(embedded_store(folder / f"oracle{random.randrange(10**9)}.db"), folder / "oracle")
    for place in left:
        oracle.now = NOW + place * DAY
        oracle.take(write_csv(folder / "oracle" / f"step{place}.csv", WIDTHS[steps[place].kind], steps[place].rows))
    assert facts(store) == facts(oracle.store)
    oracle.store.close()


OLDER_SECOND = (Step("jira", (told("neu", 20),)), Step("jira", (told("alt", 10),)), Step("undo", undo=0))
OLDER_AND_NEWER_IN_ONE_FILE = (Step("jira", (told("a", 20), told("c", 10), told("c", 25))),)
OLDER_AND_NEWER_AFTER_ANOTHER = (Step("jira", (told("a", 10),)), Step("jira", (told("c", 5), told("c", 15))))
AGAIN_BESIDE_OLDER = (
    Step("jira", (told("a", 10, Assignee="bert"),)),
    Step("jira", (told("b", 20),)),
    Step("jira", (told("a", 25, Assignee="bert"), told("b", 22))),
)
THERE_AND_BACK = (
    Step("jira", (told("c", 10, Assignee="bert"),)),
    Step("jira", (told("a", 20),)),
    Step("jira", (told("c", 15, Assignee="bert"), told("c", 25, Assignee="bert"))),
)


@pytest.fixture(params=[1, 2_000], autouse=True, ids=["row-by-row", "whole-file"])
def chunks(request: pytest.FixtureRequest) -> Iterator[None]:
    """The result must not depend on where a chunk ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graph_service.store.base.Store.facts_at_once", request.param)
        yield


@pytest.mark.parametrize(
    "steps",
    [OLDER_SECOND, OLDER_AND_NEWER_IN_ONE_FILE, OLDER_AND_NEWER_AFTER_ANOTHER, AGAIN_BESIDE_OLDER, THERE_AND_BACK],
    ids=["older-second", "in-one-file", "after-another", "beside-older", "there-and-back"],
)
def test_the_versions_of_a_case_are_told_apart(store: Store, steps: tuple[Step, ...], tmp_path: Path) -> None:
    check(store, tmp_path, steps)
    (record,) = Bench(store, tmp_path, NOW + 30 * DAY).rows(nq.CASE_RECORDS, cases=[case_id("J-1", "jira")])
    newest = max((row for step in steps for row in step.rows), key=lambda row: row["Updated"])
    undone = steps[-1].kind == "undo"
    assert record.title == ("KANBAN alt" if undone else newest["Summary"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(steps=histories())
def test_the_embedded_store_agrees_with_the_oracle(
    steps: tuple[Step, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("undo")
    store = embedded_store(folder / "s.db")
    check(store, folder, steps)
    store.close()


@settings(max_examples=10, phases=[Phase.explicit, Phase.generate],
          suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])  # fmt: skip
@given(steps=histories())
def test_neo4j_agrees_with_the_oracle(
    steps: tuple[Step, ...], neo4j_running: tuple[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("undo")
    store = neo4j_store(emptied(neo4j_running[0]))
    check(store, folder, steps)
    store.close()
