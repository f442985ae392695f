"""Structure is a test: budgets, names, generated texts, settings, the wheel."""

import ast
import contextlib
import re
import sqlite3
import statistics
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from reference import NOUNS, generated

from graph_service.errors import ExpertGraphError
from graph_service.ranking.rankers import START
from graph_service.settings import Settings
from graph_service.store import named_queries as nq
from graph_service.store.texts import query_texts
from graph_service.text.messages import LANGUAGES, catalogue

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "graph_service").rglob("*.py"), *(ROOT / "importers").rglob("*.py")])
TOP = {"graph_service", "schema", "importers", "queries", "tests", "docker-compose.yml", "pyproject.toml", "README.md",
       "CHANGELOG.md"}  # fmt: skip
BANNED = re.compile(r"(^|_)(utils?|helpers?|managers?|handlers?|processors?|data|info|common|base)(_|$)", re.I)


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return done.stdout.splitlines()


def functions() -> list[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    return [
        (path, node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_the_top_level_holds_only_what_the_design_names() -> None:
    assert {name.split("/")[0] for name in tracked() if not name.startswith(".")} <= TOP


def test_files_stay_within_their_budgets() -> None:
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES)
    assert statistics.median(lengths) <= 100
    assert lengths[int(len(lengths) * 0.9)] <= 300
    assert lengths[-1] <= 500
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 150


def test_functions_stay_within_their_budgets() -> None:
    sizes = sorted((node.end_lineno or 0) - node.lineno + 1 for _, node in functions())
    assert sizes[int(len(sizes) * 0.9)] <= 35
    assert sizes[-1] <= 60


def test_tests_and_code_are_in_proportion() -> None:
    code = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES)
    tests = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "tests").rglob("*.py"))
    assert 0.5 <= tests / code <= 1.5


def test_public_things_have_docstrings() -> None:
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), path
        if path.parent.name == "api" and "@strawberry.type" in path.read_text(encoding="utf-8"):
            continue  # their descriptions stand in the SDL
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                rows = isinstance(node, ast.ClassDef) and any("NamedTuple" in ast.unparse(b) for b in node.bases)
                assert rows or ast.get_docstring(node), f"{path}: {node.name}"


def test_no_name_says_nothing() -> None:
    for path in SOURCES:
        assert path.match("store/base.py") or not BANNED.search(path.stem), path
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                snake = re.sub(r"(?<!^)(?=[A-Z])", "_", node.name).casefold()
                assert not BANNED.search(snake) or node.name == "PageInfo", f"{path}: {node.name}"


def test_no_machine_path_or_download_address_is_committed() -> None:
    leak = re.compile(r"(?<![\w.])/(work|root|home|farm)/|https?://(?!localhost|127\.|maven\.apache\.org/POM|local\b)")
    for name in tracked():
        path = ROOT / name
        if (
            path.suffix in (".py", ".toml", ".txt", ".md", ".yml", ".xml", ".sql", ".cypher", ".graphql")
            or name == ".ci/run"
        ):
            for line in path.read_text(encoding="utf-8").splitlines():
                assert not leak.search(line) or "re.compile" in line or "http://{" in line, f"{name}: {line[:80]}"


def test_broad_excepts_stand_only_at_outer_doors() -> None:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else ""
                assert caught not in ("", "Exception"), path
                outer = path.match("intake/runs.py") or path.match("store/embedded_store.py")
                assert caught != "BaseException" or outer, path


@pytest.mark.parametrize("path", list(generated()), ids=lambda path: path.name)
def test_generated_texts_are_what_is_committed(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == generated()[path]


def test_every_fact_table_has_its_noun() -> None:
    assert set(NOUNS) == set(nq.ADD_FACTS)


def test_every_index_of_the_embedded_store_serves_a_query() -> None:
    """What no plan uses is paid for by each import; a partial index needs its condition in the query."""
    texts = [one for statements in query_texts("embedded", "sql", "--").values() for one in statements]
    with contextlib.closing(sqlite3.connect(":memory:")) as store:
        for schema in sorted((ROOT / "schema").glob("embedded*/*.sql")):
            store.executescript(schema.read_text(encoding="utf-8"))
        plans = [
            step
            for text in texts
            for *_, step in store.execute(f"EXPLAIN QUERY PLAN {text}", dict.fromkeys(re.findall(r":([a-z_]+)", text)))
        ]
        made = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql <> ''")]
    assert [name for name in made if not any(re.search(rf"INDEX {name}\b", step) for step in plans)] == []


def test_every_kind_of_evidence_has_its_own_sentence_and_name() -> None:
    docs = [weigh.kind.measure.__doc__ for weigh in START.weights]
    assert all(docs) and len(set(docs)) == len(docs)
    for language in LANGUAGES:
        sentences = [catalogue(language)[f"kind.{weigh.kind.name}"] for weigh in START.weights]
        assert len(set(sentences)) == len(sentences)
        assert all(f"name.{weigh.kind.name}" in catalogue(language) for weigh in START.weights)
    files = {path.stem for path in (ROOT / "graph_service" / "evidence").glob("*.py")}
    beside = {"__init__", "situation", "ties", "tie_kinds", "tie_months", "relations", "ways", "beside", "open_hours"}
    beside |= {"ratings", "reachability"}
    assert {weigh.kind.name for weigh in START.weights} == files - beside


def test_the_exception_tree_is_drawn_completely() -> None:
    drawing = (ROOT / "graph_service" / "errors.py").read_text(encoding="utf-8").split('"""')[1]

    def below(kind: type) -> set[str]:
        return {kind.__name__} | {name for child in kind.__subclasses__() for name in below(child)}

    assert {name for name in below(ExpertGraphError) if not name.startswith("_")} == set(
        re.findall(r"\b([A-Z]\w+[a-z]\w*)\b(?=  )", drawing)
    )


def test_the_fixture_people_do_not_occur_in_the_code() -> None:
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        for name in ("Weiß", "Şahin", "Sommer", "Krüger", "Brenner", "Santino", "Neumann"):
            assert name not in text, path


def test_docker_compose_agrees_with_the_settings() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    service, database = compose["services"]["service"], compose["services"]["neo4j"]
    given = {name for name in service["environment"] if name.startswith("EXPERT_GRAPH_")}
    assert given <= {f"EXPERT_GRAPH_{name.upper()}" for name in Settings.model_fields}
    settings = Settings(**{
        name.removeprefix("EXPERT_GRAPH_").casefold(): value for name, value in service["environment"].items()
    })  # fmt: skip
    assert settings.store == "bolt://neo4j:7687"
    assert settings.neo4j_user == database["environment"]["NEO4J_AUTH"].split("/")[0]
    assert f":{settings.port}:{settings.port}" in service["ports"][0]
    assert database["image"].startswith("neo4j:5.26")
    assert service["depends_on"]["neo4j"]["condition"] == "service_healthy"
    assert database["healthcheck"] and database["volumes"]
    assert all(f"memory_{part}" in str(database["environment"]) for part in ("heap_max__size", "pagecache_size"))
    lines = service["build"]["dockerfile_inline"]
    assert all((ROOT / folder).is_dir() for folder in re.findall(r"COPY (\w+) \./", lines))


def test_the_readme_names_only_what_there_is() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.split("\n", 3)[2].startswith("> **Brenner")
    for place in re.findall(r"`((?:graph_service|ranking|queries|schema|api|store)/[\w/.]*)`", readme):
        found = [ROOT / place, ROOT / "graph_service" / place]
        assert any(path.exists() for path in found), place
    for name in re.findall(r"`EXPERT_GRAPH_(\w+)`", readme):
        assert name.casefold() in Settings.model_fields or name == "REQUIRE_NEO4J", name


def test_the_readme_commands_exist() -> None:
    from typer.testing import CliRunner

    from graph_service.cli import app

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"^(?:.*/bin/)?expert-graph (\w+)", readme, re.M))
    assert commands >= {"import", "ask", "imports", "doctor", "serve", "demo"}
    for command in commands:
        done = CliRunner().invoke(app, [command, "--help"])
        assert done.exit_code == 0
        assert "Example: expert-graph" in done.output or command == "imports"


def test_the_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    """Builds the wheel, installs it with what it declares into an empty environment, and reads every named query."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, timeout=300)
    (wheel,) = tmp_path.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "empty")], check=True, timeout=120)
    python = tmp_path / "empty" / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", str(wheel)]
    subprocess.run(install, check=True, capture_output=True, timeout=600)
    script = (
        "import graph_service, sys; assert graph_service.__file__.startswith(sys.prefix), graph_service.__file__\n"
        "from graph_service.store.texts import query_texts\n"
        "assert len(query_texts('embedded', 'sql', '--')) == len(query_texts('neo4j', 'cypher', '//')) > 50\n"
        "from graph_service.resources import text_folder\n"
        "assert (text_folder('schema') / 'embedded' / '01_store.sql').is_file()\n"
        "assert (text_folder('queries') / 'graphql' / 'recommend_experts.graphql').is_file()\n"
        "from graph_service.text.messages import catalogue; assert catalogue('de')\n"
        "from graph_service import demo; assert demo.question()\n"
        "import importers.jira_csv\n"
    )
    subprocess.run([str(python), "-c", script], check=True, cwd=tmp_path, timeout=120)
    answer = [str(tmp_path / "empty" / "bin" / "expert-graph"), "demo", "--no-serve", "--store", "sqlite:///wheel.db"]
    done = subprocess.run(answer, check=True, cwd=tmp_path, timeout=120, capture_output=True, text=True)
    assert "1. Jürgen Weiß" in done.stdout


WAITING = frozenset(["A1", "A8", "A18"])
"""Rows for what comes after the name: the inbox of cases, who owns one, who accepts an ask."""


def test_every_row_that_must_be_done_is_named_by_a_test(shared: Path) -> None:
    text = (shared.parent / "design" / "requirements.md").read_text(encoding="utf-8")
    wanted = set(re.findall(r"^\| ([ABC]\d+) \|.*\| M \|$", text, re.MULTILINE))
    named: set[str] = set()
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for rows in re.findall(r"#\s((?:[ABC]\d+,?\s?)+)$", path.read_text(encoding="utf-8"), re.MULTILINE):
            named.update(re.findall(r"[ABC]\d+", rows))
    assert len(wanted) > 50 and wanted - named == WAITING
