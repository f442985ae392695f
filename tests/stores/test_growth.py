"""What a query about one person costs in the embedded store grows as what is told of them, not as its square."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from graph_service.model import NEVER
from graph_service.store.texts import query_texts

TEXTS = query_texts("embedded", "sql", "--")
RUNS = 12
PIN = {"run": RUNS, "open": "[]", "purpose": "*", "viewer": "", "as_of": 1}


def filled(claims: int) -> sqlite3.Connection:
    """One person with so many claims, each told again by twelve runs."""
    store = sqlite3.connect(":memory:")
    for schema in sorted((Path(__file__).parents[2] / "schema" / "embedded").glob("*.sql")):
        store.executescript(schema.read_text(encoding="utf-8"))
    fact = {"dated": 1, "known_at": 1, "ended_at": NEVER, "run_in": 1, "run_out": NEVER}
    account = {"id": "aaaaaaaa-0", "person": "p", "origin": "p", "source": "s", "key": "k", "statement": "aaaaaaaa-0"}
    store.execute(TEXTS["add_accounts"][0], account | fact)
    claim = {"account": "aaaaaaaa-0", "person": "p", "label": "", "level": 1, "original": "", "claimed_by": "SELF"}
    place = {"file": "f", "line": 1, "known_at": 1, "imported_at": 1, "stated_at": 1, "run_out": NEVER}
    for number in range(claims):
        own, skill = f"aaaaaaaa-{number:05}", f"s{number}"
        told = {"statement": own, "skill": skill, "assessed_at": 1, "valid_until": NEVER}
        store.execute(TEXTS["add_skill_claims"][0], claim | told | fact)
        rows = [place | {"statement": own, "subject": f"aaaaaaaa-x{number:05}", "run_in": n + 1} for n in range(RUNS)]
        store.executemany(TEXTS["add_assertions"][0], rows)
    return store


def steps(claims: int, name: str, given: dict[str, object]) -> tuple[int, int]:
    """Hundreds of steps of SQLite's machine, and how many assertions are left."""
    taken: list[int] = []
    with closing(filled(claims)) as store:
        store.set_progress_handler(lambda: taken.append(1), 100)
        for text in TEXTS[name]:
            store.execute(text, given).fetchall()
        store.set_progress_handler(None, 0)
        return len(taken), store.execute("SELECT COUNT(*) FROM assertion").fetchone()[0]


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("origins", {**PIN, "people": '["p"]'}),
        ("erase_person", dict.fromkeys(("subjects", "texts", "names", "actors"), "[]") | {"person": "p"}),
    ],
)
def test_the_cost_grows_with_the_claims(name: str, given: dict[str, object]) -> None:
    few, _ = steps(50, name, given)
    many, left = steps(400, name, given)
    assert left == (0 if name == "erase_person" else 400 * RUNS)
    assert 2 * few < many < 16 * few
