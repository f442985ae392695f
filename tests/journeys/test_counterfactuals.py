"""What an answer says would be without a fact is what is, when the fact was never told; numbers stand in the graph."""

import re
from pathlib import Path
from typing import Any

import pytest
from test_around_the_name import ask
from workbench import Bench, demo_lines

from graph_service import demo
from graph_service.intake.profiles import import_profile
from graph_service.settings import Settings
from graph_service.wiring import Service, service_of

FACTS = {
    "Fahne": ("demo_channels.csv", "Rote Fahne", ""),
    "Abruf von Hand": ("demo_workarounds.csv", "Abruf von Hand", ""),
    "KAN-311": ("demo_promises.csv", "KAN-311", ""),
    "WFL-137": ("demo_promises.csv", "WFL-137", ""),
    "Anwesenheit": ("demo_presence.csv", "sahin", "Aylin Şahin"),
    "Ihre Einschätzung": ("demo_ratings.csv", "sommer;weiss", "Jürgen Weiß"),
}
"""Words of a what-if: the file and the words of the line that is its fact, and whose it is."""


def company(make: Any, folder: Path, name: str, lacks: tuple[str, str] = ("", "")) -> Service:
    """The demo company, without the lines of one file that have some words."""
    bench = Bench(make(name), folder)
    service = demo.at_its_clock(service_of(bench.store, Settings()))
    bench.now = bench.wall = service.now()
    for file in demo.FILES:
        kept = [line for line in demo_lines(file) if file != lacks[0] or lacks[1] not in line]
        path = folder / name / file
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")
        if len(kept) > 1:
            bench.take(path, profile=import_profile("demo", in_demo=True))
    return service


def place(found: dict[str, Any], name: str, *, is_today: bool) -> int | None:
    listed = found["today" if is_today else "experts"]
    return next((one["rank"] for one in listed if one["person"]["name"] == name), None)


@pytest.mark.parametrize("words", sorted(FACTS))
def test_each_what_if_is_what_would_be(make_embedded: Any, tmp_path: Path, words: str) -> None:
    whole = ask(company(make_embedded, tmp_path, "whole"), demo.question())
    file, line, whose = FACTS[words]
    about = [one for one in whole["whatIfs"] if words in one["sentence"]]
    told = [one for one in about if whose in ("", one["person"]["name"])]
    assert told
    without = ask(company(make_embedded, tmp_path, "without", (file, line)), demo.question())
    for one in told:
        assert place(without, one["person"]["name"], is_today=one["isToday"]) == one["rank"], one


def test_every_number_and_name_of_what_stands_around_is_in_the_lists(make_embedded: Any, tmp_path: Path) -> None:
    """Digits of sentences around the name come from a list, from the question, or are a count that is checked."""
    found = ask(company(make_embedded, tmp_path, "whole"), demo.question())
    lists = " ".join(line for file in demo.FILES for line in demo_lines(file)) + demo.question()
    for expert in (*found["experts"], *found["today"]):
        for door in expert["doors"]:
            for number in re.findall(r"\d{3,} \d{4,} \d{2,}", door["sentence"]):
                assert number in lists
        promised = re.findall(r"[A-Z]{3}-\d+", expert["proven"]["statement"])
        counted = re.match(r"(\d+) von (\d+) gehalten", expert["proven"]["statement"])
        if counted:
            own = [line for line in demo_lines("demo_promises.csv") if line.split(";")[0] in promised]
            assert len(own) == int(counted[2]) and sum(bool(line.split(";")[6]) for line in own) == int(counted[1])
    assert found["around"]["mandates"][0]["leftHours"] == 16 - 5


def test_without_the_mandate_an_override_falls(make_embedded: Any, tmp_path: Path) -> None:
    given = {"impact": "PRODUCTION_DOWN", "confirmedBy": "Karin Vollmer", "overrideReason": "Band steht"}
    whole = ask(company(make_embedded, tmp_path, "whole"), demo.question(), **given)
    told = [one for one in whole["whatIfs"] if one["sentence"].startswith("ohne Mandat")]
    assert {one["person"]["name"] for one in told} == {"Jürgen Weiß"}
    without = ask(
        company(make_embedded, tmp_path, "without", ("demo_mandates.csv", "sommer;")), demo.question(), **given
    )
    for one in told:
        assert place(without, one["person"]["name"], is_today=one["isToday"]) == one["rank"], one
