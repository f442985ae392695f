"""A generated German company: people, skills and eight years of cases as house CSV files, and who is really capable.

Run alone: `python -m graph_service.demo FOLDER`. The truth lies in `truth.json`; the service never reads it. Who
gets a case follows how work is handed out in a firm (capability, presence, a dispatcher who closes for others, chance),
not how it is ranked.
"""

import csv
import json
import random
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from graph_service.demo import acquaintances, house_lists
from graph_service.demo.firm import BREAK, FIRST_DAY, LAST_DAY, Colleague
from graph_service.demo.house_lists import HouseLists, Solved

GAPS = ((2019, 8), (2022, 12))
"""Months in which the tracker kept no comments."""
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
SEED = 7
DICTATED = 8
"""Every so many-th question is dictated."""
CREW = 22
"""People per area who solve cases at all; everybody else only reports and comments."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many people and cases."""

    people: int = 2_100
    cases: int = 21_000


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of problems: its noun, error code and hint words, inside an area."""

    area: str
    noun: str
    code: str
    hints: tuple[str, ...]


class World:
    """The company, drawn once from a seed."""

    def __init__(self, seed: int, size: Size) -> None:
        self._draw = random.Random(seed)
        self._size = size
        self.words: dict[str, Any] = tomllib.loads(
            files(__package__).joinpath("world_words.toml").read_text(encoding="utf-8")
        )
        self.kinds = [_kind(area, line) for area, lines in self.words["areas"].items() for line in lines]
        self.people = [self._colleague(number) for number in range(size.people)]
        areas = enumerate(self.words["areas"])
        self.crews = {area: self.people[place * CREW : (place + 1) * CREW] for place, area in areas}
        self.dispatchers = {area: crew[0].login for area, crew in self.crews.items()}
        self.solved: list[Solved] = []
        self._teach()

    def _colleague(self, number: int) -> Colleague:
        draw = self._draw
        name = f"{draw.choice(self.words['first_names'].split())} {draw.choice(self.words['last_names'].split())}"
        span = (LAST_DAY - FIRST_DAY).days
        since = FIRST_DAY - timedelta(days=30)
        until = LAST_DAY + timedelta(days=30)
        if draw.random() < 0.35:
            since = FIRST_DAY + timedelta(days=draw.randrange(span))
        if draw.random() < 0.25:
            until = max(since, FIRST_DAY) + timedelta(days=draw.randrange(200, span))
        return Colleague(f"p{number:05}", name, draw.choice(self.words["sites"]), since, until)

    def _teach(self) -> None:
        """For each class a few capable people of its crew; the best of them is clearly ahead and still there.

        In two of three classes the work has an heir: who did most of it before has moved on within the firm.
        """
        for crew in self.crews.values():
            crew[0].since, crew[0].until = FIRST_DAY, LAST_DAY + timedelta(days=30)
        for kind in self.kinds:
            chosen = self._draw.sample(self.crews[kind.area][1:], 5)
            if not chosen[0].is_there(LAST_DAY):
                chosen[0].until = LAST_DAY + timedelta(days=30)
            for person, skill in zip(chosen, (1.0, 0.55, 0.4, 0.3), strict=False):
                person.skill[kind.noun] = skill * self._draw.uniform(0.85, 1.0)
            if self._draw.random() < 2 / 3:
                handed_over = FIRST_DAY + timedelta(days=self._draw.randrange(1_400, 2_700))
                before = chosen[4]
                before.since, before.until = FIRST_DAY, LAST_DAY + timedelta(days=30)
                before.skill[kind.noun] = 1.0
                before.terms[kind.noun] = (FIRST_DAY, handed_over)
                chosen[0].terms[kind.noun] = (handed_over, LAST_DAY + timedelta(days=30))

    def capable(self, kind: Kind) -> dict[str, float]:
        """Who can solve a class at the end, and how well."""
        crew = self.crews[kind.area]
        return {one.login: round(one.skill[kind.noun], 3) for one in crew if one.can(kind.noun, LAST_DAY)}

    def cases(self) -> Iterator[dict[str, str]]:
        """Rows of the case CSV in the order of time."""
        span = (LAST_DAY - FIRST_DAY).total_seconds()
        moments = sorted(
            FIRST_DAY + timedelta(seconds=round(self._draw.random() * span)) for _ in range(self._size.cases)
        )
        often = [self._draw.paretovariate(1.6) for _ in self.kinds]
        for number, opened in enumerate(moments, start=1):
            kind = self._draw.choices(self.kinds, often)[0]
            yield self._case(f"W-{number:05}", opened, kind)

    def _case(self, key: str, opened: datetime, kind: Kind) -> dict[str, str]:
        draw = self._draw
        reporter = self._anybody(opened)
        row = {
            "case_id": key,
            "opened_at": opened.isoformat(),
            "title": self.sentence(kind),
            "description": self._text(kind),
            "labels": kind.area if draw.random() < 0.85 else "",
            "product": kind.area if draw.random() < 0.9 else draw.choice(list(self.crews)),
            "reporter": reporter.login,
        }
        if draw.random() < 0.04:
            return row  # never closed
        closed = opened + timedelta(hours=draw.lognormvariate(3.2, 1.0))
        solver = self._solver(kind, closed) if draw.random() < 0.8 else None
        if closed > LAST_DAY:
            return row
        if solver:
            self.solved.append(Solved(key, kind.noun, solver.login, reporter.login, opened, closed))
        row["closed_at"] = closed.isoformat()
        row["solver"] = solver.login if solver else ""
        row["comments"] = ";".join(self._comments(kind, opened, closed, [reporter, *([solver] if solver else [])]))
        return row

    def _solver(self, kind: Kind, moment: datetime) -> Colleague:
        """Capable people mostly, the dispatcher's name now and then, somebody of the crew else."""
        draw = self._draw
        crew = [person for person in self.crews[kind.area] if person.is_there(moment)]
        capable = [person for person in crew if person.can(kind.noun, moment)]
        chance = draw.random()
        if chance < 0.15 and crew and crew[0].login == self.dispatchers[kind.area]:
            return crew[0]
        if chance < 0.80 and capable:
            return draw.choices(capable, [person.skill[kind.noun] ** 2 for person in capable])[0]
        return draw.choice(crew or self.crews[kind.area])

    def _comments(self, kind: Kind, opened: datetime, closed: datetime, people: Sequence[Colleague]) -> Iterator[str]:
        draw = self._draw
        if (opened.year, opened.month) in GAPS:
            return
        talking = list(people)
        for _ in range(draw.randrange(0, 3)):
            other = draw.choice(self.crews[kind.area])
            is_far = other.site != people[0].site
            if other.is_there(opened) and not (is_far and opened >= BREAK and draw.random() < 0.6):
                talking.append(other)
        moments = sorted(opened + draw.random() * (closed - opened) for _ in talking)
        for person, moment in zip(talking, moments, strict=True):
            yield f"{moment.isoformat()} {person.login}"

    def _anybody(self, moment: datetime) -> Colleague:
        while True:
            person = self._draw.choice(self.people)
            if person.is_there(moment):
                return person

    def sentence(self, kind: Kind) -> str:
        """How somebody says it in a line."""
        draw = self._draw
        noun = spelled(draw, kind.noun)
        if draw.random() < 0.12:
            return f"{noun} {draw.choice(self.words['symptoms_en'])}"
        parts = [draw.choice(self.words["openings"]), noun, draw.choice(self.words["symptoms"])]
        if draw.random() < 0.35:
            parts.append(f"({draw.choice(kind.hints)})")
        return " ".join(part for part in parts if part)

    def _text(self, kind: Kind) -> str:
        draw = self._draw
        parts = [
            *draw.sample(self.words["fillers"], 2),
            f"{draw.choice(kind.hints)} {draw.choice(self.words['symptoms'])}.",
        ]
        if draw.random() < 0.3:
            parts.append(f"Meldung {kind.code}.")
        if draw.random() < 0.25:  # half of what people write is about something else
            parts.append(f"Auch {spelled(draw, draw.choice(self.kinds).noun)} {draw.choice(self.words['symptoms'])}.")
        draw.shuffle(parts)
        return " ".join(parts)

    def skills(self) -> Iterator[dict[str, str]]:
        """Self-ratings: mostly wrong, and many of them from people who never solved anything."""
        for person in self._draw.sample(self.people, len(self.people) // 3):
            for kind in self._draw.sample(self.kinds, 2):
                level = str(self._draw.randint(2, 5))
                yield {"person": person.login, "skill": kind.noun, "level": level, "claimed_by": "SELF",
                       "assessed_on": f"20{self._draw.randint(19, 25)}-0{self._draw.randint(1, 9)}-15"}  # fmt: skip

    def questions(self, count: int, moment: datetime) -> list[dict[str, Any]]:
        """Problem sentences with their class and the people who can solve it, the most capable first."""
        found = []
        for place in range(count):
            kind = self.kinds[place * 7 % len(self.kinds)]
            there = [one for one in self.crews[kind.area] if one.can(kind.noun, moment)]
            capable = sorted(there, key=lambda one: -one.skill[kind.noun])
            text = f"{self.sentence(kind)} {self._draw.choice(kind.hints)}"
            found.append({"text": dictated(text) if place % DICTATED == 0 else text, "class": kind.noun,
                          "area": kind.area, "capable": [one.login for one in capable]})  # fmt: skip
        return found


def _kind(area: str, line: str) -> Kind:
    noun, code, hints = (part.strip() for part in line.split("|"))
    return Kind(area, noun, code, tuple(hints.split()))


def spelled(draw: random.Random, word: str) -> str:
    """A word as people type it: plain, without hyphen, in small letters, umlauts written out, two letters swapped."""
    chance = draw.random()
    if chance < 0.55:
        return word
    if chance < 0.65:
        return word.replace("-", " ")
    if chance < 0.78:
        return word.casefold()
    if chance < 0.93:
        return "".join(UMLAUTS.get(letter, letter) for letter in word)
    place = draw.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def dictated(text: str) -> str:
    """A sentence as a telephone writes it down: small letters, no punctuation, compounds at their hyphens apart."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split())


OWN_COLUMNS = {
    "world_people.csv": ("person", "name", "kind", "unit", "site"),
    "world_skills.csv": ("person", "skill", "level", "claimed_by", "assessed_on"),
    "world_cases.csv": (
        "case_id", "opened_at", "closed_at", "title", "description", "labels", "product", "reporter", "solver",
        "comments",
    ),
    "world_contacts.csv": acquaintances.COLUMNS,
}  # fmt: skip
COLUMNS = OWN_COLUMNS | dict(house_lists.COLUMNS)


def generate(folder: Path, seed: int = SEED, size: Size | None = None) -> list[Path]:
    """Writes the files and `truth.json` into a folder; returns what is to be imported, people first."""
    world = World(seed, size or Size())
    units = {one.login: area for area, crew in world.crews.items() for one in crew}
    people: Iterable[dict[str, str]] = (
        {"person": one.login, "name": one.name, "kind": "EMPLOYEE", "unit": units.get(one.login, ""), "site": one.site}
        for one in world.people
    )
    met = acquaintances.contacts(world.people, seed)
    rows: list[Iterable[dict[str, str]]] = [people, world.skills(), world.cases(), met]
    written = [
        _written(folder / name, columns, told) for (name, columns), told in zip(OWN_COLUMNS.items(), rows, strict=True)
    ]
    nouns = {area: [kind.noun for kind in world.kinds if kind.area == area] for area in world.crews}
    lists = HouseLists(world.crews, nouns, world.solved, seed)
    written += [_written(folder / name, house_lists.COLUMNS[name], told) for name, told in lists.rows().items()]
    truth = {
        "classes": {kind.noun: world.capable(kind) for kind in world.kinds},
        "dispatchers": world.dispatchers,
        "questions": world.questions(200, LAST_DAY),
        "away": sorted(lists.away),
        "flagged": sorted(lists.flagged),
    }
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    return written


def _written(path: Path, columns: Sequence[str], rows: Iterable[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path
