"""Small invented histories whose truth is known, for tests of learning and measuring."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from workbench import case

SUBJECTS = {
    "anna": ("Kanban Abruf Behälter", "Fertigung"),
    "bert": ("Rechnung Storno Beleg", "Fakturierung"),
    "cora": ("Lagerplatz Inventur Umlagerung", "Lager"),
    "dora": ("Drucker Etikett Barcode", "Versand"),
}


def past_cases(
    count: int, *, seed: int = 1, first: str = "2024-01-01", gap_hours: float = 12
) -> Iterator[dict[str, str]]:
    """Cases in the order of time, each about one person's subject; four of five are solved by that person."""
    draw = random.Random(seed)
    opened = datetime.fromisoformat(first)
    for number in range(count):
        opened += timedelta(hours=draw.uniform(0.5, 1.5) * gap_hours)
        owner = draw.choice(list(SUBJECTS))
        words, product = SUBJECTS[owner]
        solver = owner if draw.random() < 0.8 else draw.choice(list(SUBJECTS))
        closed = opened + timedelta(hours=draw.uniform(1, 40))
        yield case(
            f"P-{number:04}",
            opened.isoformat(timespec="seconds"),
            f"{draw.choice(words.split())} {draw.choice(['hängt', 'fehlt', 'doppelt', 'langsam'])}",
            description=f"{words} {draw.choice(['seit gestern', 'im Werk', 'nach dem Update'])}",
            closed_at=closed.isoformat(timespec="seconds"),
            reporter=draw.choice(["rita", "rolf", owner]),
            solver=solver,
            product=product,
            participants=draw.choice(["", "rolf", "anna;bert"]),
        )
