"""What a query costs in the embedded store grows as what is told, not as its square."""

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
        ("erase_person", dict.fromkeys(("subjects", "texts", "names", "actors", "beside"), "[]") | {"person": "p"}),
    ],
)
def test_the_cost_grows_with_the_claims(name: str, given: dict[str, object]) -> None:
    few, _ = steps(50, name, given)
    many, left = steps(400, name, given)
    assert left == (0 if name == "erase_person" else 400 * RUNS)
    assert 2 * few < many < 16 * few


def months(count: int, name: str) -> int:
    """Hundreds of steps for the newest of so many complete files that tell the same each month."""
    taken: list[int] = []
    with closing(filled(0)) as store:
        place = {"file": "f", "line": 1, "known_at": 1, "imported_at": 1, "run_out": NEVER}
        run = dict.fromkeys(("owner", "actor", "mapping", "shape", "file", "purposes"), "") | {"undoes": None}
        told = {"kind": "IMPORT", "format": "people", "profile": "p", "started_at": 1, "lease_until": 1}
        for number in range(1, count + 1):
            store.execute(TEXTS["start_run"][0], run | told | {"number": number, "complete_at": number})
            store.execute("UPDATE run SET state = 'COMMITTED' WHERE number < ?", (count,))
            rows = [place | {"statement": f"a-{n}", "subject": f"a-x{n}", "run_in": number, "stated_at": number}
                    for n in range(200)]  # fmt: skip
            store.executemany(TEXTS["add_assertions"][0], rows)
        store.set_progress_handler(lambda: taken.append(1), 100)
        asked = {"format": "people", "profile": "p", "run": count, "before": count, "profiles": 1, "writing": count}
        store.execute(TEXTS[name][0], asked).fetchall()
        store.set_progress_handler(None, 0)
    return len(taken)


@pytest.mark.parametrize("name", ["vanished", "standing"])
def test_the_cost_of_a_complete_file_grows_with_the_months(name: str) -> None:
    assert 2 * months(8, name) < months(32, name) < 7 * months(8, name)
