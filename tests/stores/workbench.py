"""What tests share: files with rows, imports under a chosen clock, questions to a View."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import neo4j

from graph_service import demo
from graph_service.access import EVERYTHING
from graph_service.intake.files import PackedFile
from graph_service.intake.profiles import import_profile
from graph_service.intake.runs import Clocks, Options, Report, import_file, undo_run
from graph_service.model import ImportRun, SourceId, instant
from graph_service.ranking.recommend import Answer, Question, recommend
from graph_service.store import named_queries as nq
from graph_service.store.base import Store
from graph_service.store.embedded_store import EmbeddedEngine
from graph_service.store.neo4j_store import Neo4jEngine

COLUMNS = (
    "case_id", "opened_at", "closed_at", "title", "description", "labels", "product", "reporter", "solver",
    "participants",
)  # fmt: skip
NOW = instant(datetime(2026, 5, 12, 8, 0, tzinfo=UTC))


def at(text: str) -> int:
    """An instant from ISO text; UTC without a zone."""
    moment = datetime.fromisoformat(text)
    return instant(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Path:
    """A CSV with these columns; missing cells are empty."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows({column: row.get(column, "") for column in columns} for row in rows)
    return path


def case(case_id: str, opened: str, title: str, **cells: str) -> dict[str, str]:
    """A row of the case CSV."""
    return {"case_id": case_id, "opened_at": opened, "title": title, **cells}


def case_id(key: str, source: str = "house") -> str:
    """The id of a case."""
    return SourceId(source, key).id_of("case")


def account_id(key: str, source: str = "house") -> str:
    """The id of an account."""
    return SourceId(source, key).id_of("account")


def person_id(key: str, source: str = "house") -> str:
    """The id of a person with one account."""
    return SourceId(source, key).id_of("person")


def demo_lines(name: str) -> list[str]:
    """The lines of one of the demo's files."""
    return files(demo).joinpath(name).read_text(encoding="utf-8").splitlines()


def demo_person(key: str) -> str:
    """The id of somebody of the demo: whom one of the house's lists mentions is known by their login there too."""
    return min(person_id(key), person_id(key, "login")) if key in _mentioned() else person_id(key)


@cache
def _mentioned() -> frozenset[str]:
    lists = [name for name in demo.FILES if name not in ("demo_people.csv", "demo_skills.csv", "demo_cases.csv")]
    return frozenset(cell for name in lists for line in demo_lines(name) for cell in re.split("[;,]", line))


@dataclass
class Bench:
    """A store with a clock that stands where the test puts it."""

    store: Store
    folder: Path
    now: int = NOW
    wall: int = field(default=NOW)

    @property
    def clocks(self) -> Clocks:
        return Clocks(lambda: self.now, lambda: self.wall)

    def take(self, path: Path, **options: object) -> Report:
        """Imports a file; its people take part in everything unless said otherwise."""
        options.setdefault("profile", import_profile("evaluation"))
        return import_file(self.store, self.clocks, PackedFile(path), Options(**options))  # type: ignore[arg-type]

    def cases(self, *rows: Mapping[str, str], name: str = "cases.csv", **options: object) -> Report:
        """Imports rows of the case CSV."""
        return self.take(write_csv(self.folder / name, COLUMNS, rows), **options)

    def undo(self, number: int) -> ImportRun:
        """Undoes a run."""
        return undo_run(self.store, self.clocks, number).run

    def ask(self, text: str = "", *, as_of: int | None = None, case: str | None = None, limit: int = 10) -> Answer:
        """Asks as the terminal does."""
        with self.store.view(as_of=self.now if as_of is None else as_of) as view:
            return recommend(view, Question(text, case, limit))

    def rows(self, query: nq.NamedQuery[nq.Row], as_of: int | None = None, **parameters: object) -> list[nq.Row]:
        """The rows of a named query in a View."""
        with self.store.view(EVERYTHING, as_of=self.now if as_of is None else as_of) as view:
            return view.ask(query, **parameters)

    def facts(self) -> dict[str, list[object]]:
        """Everything a View shows now, by query: equal means the same facts."""
        return visible_facts(self.store, self.now)


def visible_facts(store: Store, as_of: int) -> dict[str, list[object]]:
    """Everything a View shows as of a moment, for comparing stores and states."""
    with store.view(EVERYTHING, as_of=as_of) as view:
        span = {"since": 0, "until": as_of + 1}
        solved, commented = view.ask(nq.SOLVED_EVENTS, **span), view.ask(nq.COMMENT_EVENTS, **span)
        hits = view.ask(nq.SEARCH_CASES, match=" OR ".join(f'"{term}"' for term in ("kanban", "abruf", "lag", "print")))
        cases = sorted({event.case_id for event in (*solved, *commented)} | {hit.case_id for hit in hits})
        people = sorted({event.person for event in (*solved, *commented)})
        skills = view.ask(nq.SKILL_LABELS)
        return {
            "solved": list(solved),
            "commented": list(commented),
            "hits": list(hits),
            "records": list(view.ask(nq.CASE_RECORDS, cases=cases)),
            "ends": list(view.ask(nq.RESOLUTIONS, cases=cases)),
            "participants": list(view.ask(nq.PARTICIPANTS, cases=cases)),
            "commenters": list(view.ask(nq.COMMENTERS, cases=cases)),
            "links": list(view.ask(nq.CASE_LINKS, cases=cases)),
            "names": list(view.ask(nq.NAMES, people=people)),
            "claims": list(view.ask(nq.SKILL_CLAIMS, skills=[skill.skill for skill in skills])),
            "terms": list(view.ask(nq.TERM_COUNTS, terms=["kanban", "abruf", "lag", "print"], month=as_of)),
            "size": list(view.ask(nq.CORPUS_SIZE, month=as_of)),
        }


def ranking(answer: Answer) -> list[tuple[str, float]]:
    """People and scores of the whole order."""
    return [(ranked.person, ranked.score) for ranked in answer.order]


def emptied(uri: str) -> str:
    """The server without any data; the schema stays."""
    with neo4j.GraphDatabase.driver(uri) as driver, driver.session() as session:
        which = "MATCH (n) WHERE NOT n:Meta OR NOT n.name IN ['schema_version', 'text_version']"
        text = f"{which} WITH n LIMIT 10000 DETACH DELETE n RETURN count(*) AS gone"
        while session.run(text).single()["gone"]:
            pass
    return uri


def neo4j_store(uri: str) -> Store:
    """The store on a running server."""
    return Store(Neo4jEngine(uri, None, "neo4j", 5.0))


def embedded_store(path: Path) -> Store:
    """The store in a file."""
    return Store(EmbeddedEngine(path, 2.0))
