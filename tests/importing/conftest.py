"""Fixtures of tests about imports."""

from collections.abc import Callable
from pathlib import Path

import pytest
from askers import Terminal
from click.testing import Result

from graph_service.access import Role


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs commands of the terminal, as HR unless said otherwise, in a folder and on a store of the test's own."""
    monkeypatch.setenv("EXPERT_GRAPH_STORE", f"sqlite:///{tmp_path / 's.db'}")
    monkeypatch.chdir(tmp_path)
    terminal = Terminal()
    return lambda *words, role=Role.HR: terminal(*words, role=role)
