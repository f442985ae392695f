"""`evaluate`, `learn` and `rules` as people and machines use them, good input and bad, on both stores."""

import dataclasses
import errno
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from askers import key_of
from click.testing import Result
from past_cases import past_cases
from pydantic import SecretStr
from typer.testing import CliRunner
from workbench import Bench, case, write_csv

import graph_service.learning_commands as commands
from graph_service.access import Role
from graph_service.cli import app
from graph_service.ranking import assessment
from graph_service.ranking.evaluation import archive_of
from graph_service.ranking.query_file import read_queries
from graph_service.settings import Settings
from graph_service.wiring import service_of

Run = Callable[..., Result]
QUERY_COLUMNS = ("case_id", "opened_at", "fold", "ban", "exclude", "solver")


@pytest.fixture
def run(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the bench's store with Anna's key unless said otherwise; never a stack trace."""
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setattr(commands, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(assessment, "PART", 20)
    keys = {
        name: key_of(bench.store, role, name=name, sees_ids=name == "Anna")
        for name, role in (("Anna", Role.ADMIN), ("Cora", Role.ADMIN), ("Bert", Role.WORKS_COUNCIL), ("Hans", Role.HR))
    }

    def invoke(*words: str, by: str = "Anna") -> Result:
        service = service_of(bench.store, Settings(key=SecretStr(keys.get(by, "")))).at(bench.now)
        monkeypatch.setattr(commands, "open_service", lambda url=None: service)
        done = CliRunner().invoke(app, list(words))
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert "Traceback" not in done.output
        return done

    return invoke


def queries(folder: Path, *rows: dict[str, str], name: str = "queries.csv") -> str:
    return str(write_csv(folder / name, QUERY_COLUMNS, rows))


def broken_off(bench: Bench, task: assessment.Task, after: int) -> None:
    """An evaluation that somebody stops after so many entries."""

    def stop(done: int, of: int) -> None:
        if done >= after:
            raise KeyboardInterrupt

    with bench.store.view(as_of=bench.now) as view, pytest.raises(KeyboardInterrupt):
        assessment.assess(bench.store, view, task, stop)


def test_evaluate_tells_all_its_figures(bench: Bench, run: Run, tmp_path: Path) -> None:
    bench.cases(*past_cases(160))
    ranked, page = tmp_path / "r.jsonl", tmp_path / "p.html"
    done = run("evaluate", "--json", "--without", "classifier", "--output", str(ranked), "--html", str(page))
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)
    assert figures["questions"] == figures["judged"] == 144  # the first tenth is only learned from
    methods = {"rules", "start", "without classifier", "random", "most_active", "last_solver", "declared_skill", "bm25"}
    assert set(figures["measures"]) == methods and set(figures["difference"]) == methods - {"rules"}
    assert figures["measures"]["rules"]["acc@1"]["value"] > 0.6 > figures["measures"]["random"]["acc@1"]["value"]
    assert figures["difference"]["random"]["acc@1"]["low"] > 0
    assert {part for parts in figures["strata"].values() for part in parts} >= {"4+", "no"}
    assert {one["band"] for one in figures["calibration"]["first"]["bands"]} == {"below", "POSSIBLE", "GOOD", "STRONG"}
    assert len(figures["calibration"]["first_five"]["bins"]) == 10
    assert 0 <= figures["exposure"]["gini"] <= 1 and figures["exposure"]["people"] == 4
    lines = [json.loads(line) for line in ranked.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 144 and set(lines[0]) == {"case", "ranked"}
    assert all(set(line["ranked"]) <= {"anna", "bert", "cora", "dora"} for line in lines)
    html = page.read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>") and "<svg" in html and "http" not in html.replace("http-equiv", "")
    assert not list((tmp_path / "cache").rglob("*.npz"))


def test_evaluate_speaks_german_and_english(bench: Bench, run: Run, tmp_path: Path) -> None:
    bench.cases(*past_cases(160))
    german, english = run("evaluate"), run("evaluate", "--language", "en")
    assert "Startgewichte" in german.output and "Treffer möglich" in german.output
    assert "start weights" in english.output and "match possible" in english.output
    page = tmp_path / "en.html"
    run("evaluate", "--language", "en", "--html", str(page))
    assert "How often was the right person named?" in page.read_text(encoding="utf-8")


def test_two_runs_write_the_same_files(bench: Bench, run: Run, tmp_path: Path) -> None:
    bench.cases(*past_cases(120))
    written = []
    for name in ("a", "b"):
        output, page = tmp_path / f"{name}.jsonl", tmp_path / f"{name}.html"
        done = run("evaluate", "--json", "--output", str(output), "--html", str(page))
        written.append((output.read_bytes(), page.read_bytes(), done.stdout))
    assert written[0] == written[1]


def test_a_run_that_was_broken_off_goes_on_and_ends_the_same(
    bench: Bench, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.cases(*past_cases(150))
    whole = tmp_path / "whole.jsonl"
    figures = run("evaluate", "--json", "--output", str(whole)).stdout

    for stop in (50, 90):
        broken_off(bench, assessment.Task(tmp_path / "cache" / "evaluations"), stop)
    assert len(list((tmp_path / "cache").rglob("*.npz"))) == 5  # what was done is kept, also less than a whole part
    asked: list[int] = []
    real = assessment.Judge.walk
    monkeypatch.setattr(assessment.Judge, "walk", lambda self, skip=0: asked.append(skip) or real(self, skip))
    resumed = tmp_path / "resumed.jsonl"
    again = run("evaluate", "--json", "--output", str(resumed))
    assert asked == [90]
    assert again.stdout == figures and resumed.read_bytes() == whole.read_bytes()
    assert not list((tmp_path / "cache").rglob("*.npz"))


def test_questions_asked_long_after_their_opening_go_on_the_same_too(bench: Bench, run: Run, tmp_path: Path) -> None:
    """Each question weeks after its opening, in folds: what a fold has learned does not hang on where it was broken."""
    rows = list(past_cases(150))
    bench.cases(*rows)
    late = [
        {"case_id": row["case_id"], "opened_at": f"{row['opened_at'][:10]}T23:00", "fold": str(1 + place // 20)}
        for place, row in enumerate(rows[40:140])
    ]
    for place, row in enumerate(late):
        row["opened_at"] = late[min(place + 30, len(late) - 1)]["opened_at"]
    path = queries(tmp_path, *late)
    whole = run("evaluate", "--json", "--queries", path).stdout
    for stop in (70, 110, 150):
        broken_off(bench, assessment.Task(tmp_path / "cache" / "evaluations", Path(path)), stop)
    assert list((tmp_path / "cache").rglob("*.npz"))
    assert run("evaluate", "--json", "--queries", path).stdout == whole


def test_a_broken_part_of_an_earlier_run_is_measured_anew(bench: Bench, run: Run, tmp_path: Path) -> None:
    bench.cases(*past_cases(100))
    figures = run("evaluate", "--json").stdout

    broken_off(bench, assessment.Task(tmp_path / "cache" / "evaluations"), 50)
    parts = sorted((tmp_path / "cache").rglob("*.npz"))
    parts[1].write_bytes(parts[1].read_bytes()[:100])
    assert run("evaluate", "--json").stdout == figures


def test_questions_from_a_file(bench: Bench, run: Run, tmp_path: Path) -> None:
    rows = list(past_cases(120))
    bench.cases(*rows)
    some = [{"case_id": row["case_id"], "opened_at": row["opened_at"], "fold": str(2 + place // 20)}
            for place, row in enumerate(rows[60:100])]  # fmt: skip
    some[0]["ban"] = "anna;unknown"
    some[1]["solver"] = "zora"
    output = tmp_path / "o.jsonl"
    done = run("evaluate", "--json", "--queries", queries(tmp_path, *some), "--output", str(output))
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)
    assert figures["questions"] == 40 and [fold["fold"] for fold in figures["folds"]] == [2, 3]
    lists = {line["case"]: line["ranked"] for line in map(json.loads, output.read_text().splitlines())}
    assert "anna" not in lists[some[0]["case_id"]] and len(lists) == 40


def test_rows_of_a_file_that_cannot_be_asked_are_told(bench: Bench, run: Run, tmp_path: Path) -> None:
    rows = list(past_cases(60))
    bench.cases(*rows)
    good = {"case_id": "P-0040", "opened_at": rows[40]["opened_at"]}
    bad = [
        {"case_id": "NIE-1", "opened_at": "2024-01-20"},
        {"case_id": "P-0041", "opened_at": "gestern"},
        {"case_id": "P-0042", "opened_at": "2020-01-01"},
        {"case_id": "P-0040", "opened_at": rows[40]["opened_at"]},
        {"case_id": "P-0043", "opened_at": rows[43]["opened_at"], "fold": "-1"},
        {"case_id": "P-0044", "opened_at": "9999-12-31T23:59:59-14:00"},
        {"case_id": "P-0045", "opened_at": "2099-01-01"},
    ]
    done = run("evaluate", "--queries", queries(tmp_path, good, *bad))
    assert done.exit_code == 1
    for words in (
        "7 Zeilen",
        "in der Zukunft",
        "Zeile 3",
        "gibt es hier nicht",
        "kein Zeitpunkt",
        "noch nicht eröffnet",
        "schon vor",
        "ab 1",
    ):
        assert words in done.output, words
    machine = json.loads(run("evaluate", "--json", "--queries", queries(tmp_path, good, *bad)).stdout)
    assert [fault["line"] for fault in machine["faults"]] == [3, 4, 5, 6, 7, 8, 9]
    assert machine["questions"] == 1
    assert machine["faults"][0]["message"] == "Diesen Fall gibt es hier nicht."
    nothing = run("evaluate", "--queries", queries(tmp_path, *bad[:2]))
    assert nothing.exit_code == 1 and "keine Frage zum Messen" in nothing.output
    assert "gibt es hier nicht" in nothing.output and "kein Zeitpunkt" in nothing.output
    machine = json.loads(run("evaluate", "--json", "--queries", queries(tmp_path, *bad[:2])).stdout)
    assert machine["questions"] == 0 and len(machine["faults"]) == 2
    one = run("evaluate", "--language", "en", "--queries", queries(tmp_path, bad[0], good))
    assert "One row of the file cannot be asked" in one.output and "One question judged" in one.output


def test_without_folds_a_file_is_asked_in_ten_parts_that_learn(bench: Bench, run: Run, tmp_path: Path) -> None:
    rows = list(past_cases(160))
    bench.cases(*rows)
    path = queries(tmp_path, *({"case_id": row["case_id"], "opened_at": row["opened_at"]} for row in rows))
    figures = json.loads(run("evaluate", "--json", "--queries", path).stdout)
    names = [fold["rules"] for fold in figures["folds"]]
    assert len(names) == 10 and names[0] == "start" and names[-1] == "learned"
    assert (
        f"In {names.count('start')} von 10 Abschnitten gab es noch zu wenig"
        in run("evaluate", "--queries", path).output
    )


def test_a_query_file_as_german_offices_save_it(bench: Bench, run: Run, tmp_path: Path) -> None:
    """Columns parted by semicolons with a mark at the beginning; lists then stand in quotes."""
    rows = list(past_cases(60))
    bench.cases(*rows)
    path = tmp_path / "q.csv"
    path.write_text(f'\ufeffcase_id;opened_at;ban\r\nP-0040;{rows[40]["opened_at"]};"anna;bert"\r\n', encoding="utf-8")
    output = tmp_path / "o.jsonl"
    done = run("evaluate", "--json", "--queries", str(path), "--output", str(output))
    assert done.exit_code == 0 and json.loads(done.stdout)["questions"] == 1
    assert set(json.loads(output.read_text())["ranked"]) <= {"cora", "dora"}


def test_a_ban_holds_for_every_account_of_a_person(bench: Bench, tmp_path: Path) -> None:
    rows = list(past_cases(60))
    bench.cases(*rows)
    with bench.store.view(as_of=bench.now) as view:
        past = archive_of(view)
    assert all(past.accounts[key] == {person} for person, key in past.names.items())
    doubled = dataclasses.replace(past, accounts={**past.accounts, "a.anna": past.accounts["anna"]})
    path = Path(queries(tmp_path, {"case_id": "P-0040", "opened_at": rows[40]["opened_at"], "ban": "a.anna"}))
    assert read_queries(path, doubled).questions[0].banned == past.accounts["anna"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "gibt es nicht"),
        (b"case,when\n1,2\n", "fehlen Spalten: case_id, opened_at"),
        (b"\xff\xfe\x00case_id,opened_at\n", "nicht als UTF-8 gespeichert"),
        ("case_id,opened_at\nMüller,2024\n".encode("cp1252"), "nicht als UTF-8 gespeichert"),
        (b"case_id,opened_at,case_id\n1,2,3\n", "kommt eine Spalte doppelt vor"),
        (b"case_id,opened_at\nP-0001,2024-02-01\n" + b"x" * 1_100_000 + b",2024\n", "ab Zeile 3 nicht lesbar"),
        (b"", "fehlen Spalten"),
    ],
)
def test_files_that_cannot_be_read(bench: Bench, run: Run, tmp_path: Path, text: bytes | None, words: str) -> None:
    bench.cases(*past_cases(30))
    path = tmp_path / "q.csv"
    if text is not None:
        path.write_bytes(text)
    done = run("evaluate", "--queries", str(path))
    assert done.exit_code == 1 and words in done.output
    assert run("evaluate", "--queries", str(tmp_path)).exit_code == 1


def test_histories_with_too_little_to_measure_get_a_clear_word(bench: Bench, run: Run) -> None:
    bench.cases(case("K-1", "2026-01-05", "Kanban"))
    for command in (("evaluate",), ("learn",)):
        done = run(*command)
        assert done.exit_code == 1 and "Noch nie hat jemand einen Fall gelöst" in done.output
    bench.cases(case("K-2", "2026-01-06", "Kanban", closed_at="2026-01-07", solver="anna"), name="one.csv")
    one = run("learn")
    assert one.exit_code == 1 and "mindestens 30" in one.output and "hier sind es 0" in one.output
    assert run("evaluate").exit_code == 1


def test_one_solver_only_and_all_cases_on_one_day_invent_no_quality(bench: Bench, run: Run) -> None:
    alone = [case(f"A-{n}", f"2026-02-{n // 5 + 1:02}T{n % 5 + 8:02}:00", f"Kanban {n}",
                  closed_at=f"2026-02-{n // 5 + 1:02}T{n % 5 + 8:02}:30", solver="anna")
             for n in range(100)]  # fmt: skip
    report = bench.cases(*alone)
    figures = json.loads(run("evaluate", "--json").stdout)
    assert figures["measures"]["random"]["acc@1"]["value"] == figures["measures"]["rules"]["acc@1"]["value"] == 1.0
    assert run("learn", "--name", "allein").exit_code == 0
    bench.undo(report.run.number)
    same = [case(f"S-{n}", "2026-02-01", f"Kanban {n}", closed_at="2026-02-01", solver="anna") for n in range(80)]
    bench.cases(*same, name="same.csv")
    figures = json.loads(run("evaluate", "--json").stdout)
    assert figures["judged"] == 72 and figures["calibration"] is None


def test_everybody_banned_is_a_miss(bench: Bench, run: Run, tmp_path: Path) -> None:
    rows = list(past_cases(60))
    bench.cases(*rows)
    some = [
        {"case_id": row["case_id"], "opened_at": row["opened_at"], "ban": "anna;bert;cora;dora"} for row in rows[40:]
    ]
    figures = json.loads(run("evaluate", "--json", "--queries", queries(tmp_path, *some)).stdout)
    assert figures["measures"]["rules"]["acc@5"]["value"] == 0.0
    silent = figures["abstentions"]
    assert (silent["count"], silent["nobody_to_name"], silent["right"]) == (20, 20, None)  # silence was no choice
    told = run("evaluate", "--queries", queries(tmp_path, *some)).output
    assert "In 20 Fällen gab es niemanden zu benennen" in told and "zu Recht" not in told


def test_learn_agree_and_rank(bench: Bench, run: Run) -> None:
    bench.cases(*past_cases(200))
    learned = run("learn", "--name", "haus")
    assert learned.exit_code == 0 and "Gelernt aus" in learned.output and "rules agree haus" in learned.output
    assert run("learn", "--name", "haus").exit_code == 0  # the same data, the same rules
    assert bench.ask("Kanban Abruf hängt").order[0].chance is None
    assert "es fehlt noch die andere Seite" in run("rules", "agree", "haus").output
    assert "haus gilt ab jetzt" in run("rules", "agree", "haus", by="Bert").output
    listed = json.loads(run("rules", "list", "--json").stdout)
    assert [(one["name"], one["is_in_force"]) for one in listed] == [("start", False), ("haus", True)]
    best = bench.ask("Kanban Abruf hängt").order[0]
    assert best.chance is not None and best.chance > 0.5
    shown = json.loads(run("rules", "show", "haus", "--json").stdout)
    assert set(shown["weights"]) == set(best.contributions) and shown["cards"]["en"].startswith("Rules haus")
    compared = json.loads(run("rules", "diff", "start", "--json").stdout)
    assert compared["before"] == "haus" and compared["compared"] == 200
    assert compared["named_after"] > 0 and all(len(one["before"]["bands"]) <= 5 for one in compared["changes"])
    assert "haus gilt schon" in run("rules", "agree", "haus", by="Cora").output
    assert "früheren Fragen" in run("rules", "diff", "start").output
    table = run("rules", "list")
    assert "gilt" in table.output and "Anna, Bert" in table.output


def test_learned_rules_may_not_be_measured_on_what_they_saw(bench: Bench, run: Run, tmp_path: Path) -> None:
    rows = list(past_cases(200))
    bench.cases(*rows[:150])
    run("learn", "--name", "frueh")
    bench.cases(*rows[150:], name="later.csv")
    early = queries(tmp_path, {"case_id": "P-0100", "opened_at": rows[100]["opened_at"]})
    refused = run("evaluate", "--rules", "frueh", "--queries", early)
    assert refused.exit_code == 1 and "wären damit schon gesehen" in refused.output
    figures = json.loads(run("evaluate", "--rules", "frueh", "--json").stdout)
    assert 40 <= figures["questions"] <= 50 and figures["rules"] == "frueh"
    assert figures["folds"][0]["rules"] == "frueh"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("evaluate", "--rules", "nie"), "Regeln mit dem Namen nie gibt es nicht"),
        (("rules", "show", "nie"), "gibt es nicht"),
        (("rules", "diff", "nie"), "gibt es nicht"),
        (("rules", "agree", "nie"), "gibt es nicht"),
        (("rules", "agree", "start"), "start gilt schon"),
        (("learn", "--name", "start"), "Der Name start ist vergeben"),
        (("learn", "--name", "\udcff"), "kann kein Name sein"),
        (("learn", "--json", "--name", "\udcff"), "kann kein Name sein"),
        (("evaluate", "--output", "same", "--html", "./same"), "same ist mehrfach genannt"),
        (("evaluate", "--queries", "same", "--html", "same"), "same ist mehrfach genannt"),
        (("evaluate", "--queries", ""), "ist ein Ordner"),
        (("learn", "--name", "../x"), "kann kein Name sein"),
        (("learn", "--name", ""), "kann kein Name sein"),
        (("evaluate", "--output", "nirgends/r.jsonl"), "r.jsonl lässt sich dort nicht schreiben"),
        (("evaluate", "--html", "."), "lässt sich dort nicht schreiben"),
    ],
)
def test_what_does_not_exist_is_refused_in_a_sentence(
    bench: Bench, run: Run, command: tuple[str, ...], words: str
) -> None:
    bench.cases(*past_cases(80))
    done = run(*command)
    assert done.exit_code == 1 and words in done.output, done.output


def test_an_unknown_kind_is_wrong_usage(bench: Bench, run: Run) -> None:
    done = run("evaluate", "--without", "nase")
    assert done.exit_code == 2 and "namens nase" in done.output and "similar_solved" in done.output


def test_the_second_draft_of_a_day_gets_a_number_where_it_differs(bench: Bench, run: Run) -> None:
    rows = list(past_cases(140))
    bench.cases(*rows[:120])
    names = [json.loads(run("learn", "--json").stdout)["name"] for _ in range(2)]
    bench.cases(*rows[120:], name="more.csv")
    names.append(json.loads(run("learn", "--json").stdout)["name"])
    assert names == ["house-2026-05-12", "house-2026-05-12", "house-2026-05-12-2"]
    assert "gibt es schon, mit anderem Inhalt" in run("learn", "--name", "house-2026-05-12").output


def test_results_that_cannot_be_written_lose_no_work(
    bench: Bench, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.cases(*past_cases(100))
    output = tmp_path / "o.jsonl"

    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "write_bytes", full)
        failed = run("evaluate", "--output", str(output))
    assert failed.exit_code == 1 and "ließ sich nicht schreiben" in failed.output
    assert list((tmp_path / "cache").rglob("*.npz"))
    assert run("evaluate", "--output", str(output)).exit_code == 0 and output.is_file()
    assert not list((tmp_path / "cache").rglob("*.npz"))


def test_a_cache_that_cannot_be_used_is_told_and_changes_no_figure(bench: Bench, run: Run, tmp_path: Path) -> None:
    bench.cases(*past_cases(60))
    figures = run("evaluate", "--json").stdout
    shutil.rmtree(tmp_path / "cache")
    (tmp_path / "cache").write_text("a file where the folder should be")
    done = run("evaluate", "--json")
    assert done.exit_code == 0 and done.stdout == figures and "ließ sich nichts zwischenspeichern" in done.stderr


def test_parts_are_for_this_user_only_and_for_this_history(bench: Bench, run: Run, tmp_path: Path) -> None:
    """Another store with the same case numbers, times and runs starts anew."""
    rows = list(past_cases(90))
    report = bench.cases(*rows)
    parts = tmp_path / "private" / "evaluations"
    broken_off(bench, assessment.Task(parts), 50)
    assert all(path.stat().st_mode & 0o077 == 0 for path in (parts.parent, parts, *parts.iterdir()))
    folders = set(parts.iterdir())
    bench.undo(report.run.number)
    for row in rows:
        row["title"] += " anders"
    bench.cases(*rows, name="other.csv")
    broken_off(bench, assessment.Task(parts), 50)
    assert len(set(parts.iterdir())) == 2 and folders < set(parts.iterdir())


def test_two_questions_have_no_interval(bench: Bench, run: Run, tmp_path: Path) -> None:
    rows = list(past_cases(60))
    bench.cases(*rows)
    some = [{"case_id": row["case_id"], "opened_at": row["opened_at"]} for row in rows[50:52]]
    page = tmp_path / "p.html"
    path = queries(tmp_path, *some)
    figures = json.loads(run("evaluate", "--json", "--queries", path, "--html", str(page)).stdout)
    assert figures["measures"]["rules"]["acc@1"]["low"] is None
    assert "[" not in run("evaluate", "--queries", path).output and "None" not in page.read_text(encoding="utf-8")


def test_rules_that_saw_everything_cannot_be_measured(bench: Bench, run: Run) -> None:
    bench.cases(*past_cases(80))
    run("learn", "--name", "alles")
    done = run("evaluate", "--rules", "alles")
    assert done.exit_code == 1 and "danach wurde kein gelöster Fall mehr eröffnet" in done.output


def test_withdrawn_data_under_a_draft_is_said_when_somebody_agrees(bench: Bench, run: Run) -> None:
    report = bench.cases(*past_cases(80))
    run("learn", "--name", "alt")
    bench.undo(report.run.number)
    done = run("rules", "agree", "alt")
    assert "zurückgenommen ist" in done.stderr and "es fehlt noch die andere Seite" in done.stdout
    assert "zurückgenommen ist" in run("rules", "list").output


def test_german_figures_have_commas(bench: Bench, run: Run, tmp_path: Path) -> None:
    bench.cases(*past_cases(120))
    pages = {language: tmp_path / f"{language}.html" for language in ("de", "en")}
    told = {language: run("evaluate", "--language", language, "--html", str(page)).output
            for language, page in pages.items()}  # fmt: skip
    assert re.search(r"\d,\d{3} \[", told["de"]) and not re.search(r"\d\.\d{3}", told["de"])
    assert re.search(r"\d\.\d{3} \[", told["en"]) and not re.search(r"\d,\d{3}", told["en"])
    text = re.sub(r"<svg.*?</svg>|<style.*?</style>", "", pages["de"].read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"\d\.\d{2}", text)


def test_start_rules_promise_nothing(bench: Bench, run: Run) -> None:
    bench.cases(*past_cases(80))
    done = run("evaluate", "--rules", "start")
    assert done.exit_code == 0 and "noch ohne Einstufung" in done.output
    figures = json.loads(run("evaluate", "--rules", "start", "--json").stdout)
    assert figures["calibration"] is None and figures["folds"][0]["trained_until"] is None


def test_every_command_says_how_it_is_used() -> None:
    for command in (["evaluate"], ["learn"], *(["rules", name] for name in ("list", "show", "diff", "agree"))):
        done = CliRunner().invoke(app, [*command, "--help"])
        assert done.exit_code == 0 and "Example: expert-graph" in done.output


def test_a_history_without_any_word_names_nobody_and_stays_calm(bench: Bench, run: Run) -> None:
    rows = [case(f"Q-{n}", f"2026-02-{n % 27 + 1:02}", "???", closed_at=f"2026-02-{n % 27 + 1:02}T12:00", solver="anna")
            for n in range(60)]  # fmt: skip
    bench.cases(*rows)
    figures = json.loads(run("evaluate", "--json").stdout)
    assert figures["measures"]["rules"]["acc@5"]["value"] == 0.0 and figures["abstentions"]["share"] == 1.0
    learned = run("learn")
    assert learned.exit_code == 1 and "mindestens 30" in learned.output
