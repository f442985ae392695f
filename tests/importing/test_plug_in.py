"""A third party's format: one class in a package of its own, found by its entry point once it is installed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "importers" / "README.md"
PYPROJECT = """[project]
name = "expert-graph-shift-book"
version = "1"
[project.entry-points."graph_service.importers"]
shift_book = "shift_book:ShiftBook"
"""


def example() -> str:
    """The worked example of importers/README.md."""
    text = PACKAGE.read_text(encoding="utf-8")
    return text.split("```python\n")[1].split("```")[0]


def test_the_worked_example_reads_a_file_once_it_is_installed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    info = site / "expert_graph_shift_book-1.dist-info"
    info.mkdir(parents=True)
    (site / "shift_book.py").write_text(example(), encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: expert-graph-shift-book\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[graph_service.importers]\nshift_book = shift_book:ShiftBook\n")
    path = tmp_path / "schichtbuch.csv"
    path.write_text("Schicht;Maschine;Störung;behoben von;wann\n1;P4;Druck weg;4711;01.02.2026\n", encoding="utf-8")
    code = (
        "from graph_service.intake.files import PackedFile\n"
        "from graph_service.intake.planning import plan_of\n"
        "from pathlib import Path\nimport sys\n"
        "part = plan_of(PackedFile(Path(sys.argv[1]))).parts[0]\n"
        "rows = list(part.importer.read(part.file, part.mapping))\n"
        "print(part.importer.name, len(rows), type(rows[0].statements[0].facts[0]).__name__)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["shift-book", "1", "Case"]


@pytest.mark.parametrize("text", ["ShiftBook", "TableFormat"])
def test_the_example_stands_in_the_documentation(text: str) -> None:
    assert text in example() and "graph_service.importers" in PYPROJECT
