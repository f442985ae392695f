"""How an import behaves, whatever the format, on both stores: F1 to F20."""

import gc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from workbench import Bench, at, person_id

from graph_service.errors import FileRefused
from graph_service.identity.settling import links_of
from graph_service.intake.files import PackedFile
from graph_service.intake.mappings import parsed_mappings
from graph_service.intake.profiles import ImportProfile, import_profile
from graph_service.intake.rejects import refused_rows, rejects, safe_cell
from graph_service.intake.runs import import_file
from graph_service.model import RunState
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, Transaction

HEADER = "Personalnr;Nachname;Vorname;Skill;Stufe;Quelle;Stand"
PEOPLE = "Personalnr;Nachname;Vorname;Abteilung;Eintritt;Austritt"


@pytest.fixture
def make_other(make_embedded: Callable[[str], Store], tmp_path: Path) -> Callable[[], Bench]:
    """Makes further stores to compare with."""
    return lambda: Bench(make_embedded("other"), tmp_path)


def rows_of(count: int, bad: int = 0) -> list[str]:
    good = [f"{n:05};Muster;Max{n};Skill{n % 7};{n % 5 + 1};Selbst;01.02.2026" for n in range(count - bad)]
    return [*good, *(f"{n:05};Muster;Mia;Lager;sehr schlecht;Selbst;01.02.2026" for n in range(90_000, 90_000 + bad))]


def put(bench: Bench, rows: list[str], *, header: str = HEADER, name: str = "skills.csv") -> Path:
    path = bench.folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def claims(bench: Bench, as_of: int | None = None) -> set[tuple[str, str, float, str]]:
    skills = [row.skill for row in bench.rows(nq.SKILL_LABELS, as_of=as_of)]
    found = bench.rows(nq.SKILL_CLAIMS, as_of=as_of, skills=skills)
    return {(row.person, row.label, row.level, row.claimed_by) for row in found}


def names(bench: Bench, *numbers: str) -> dict[str, str]:
    people = [person_id(number, "personnel") for number in numbers]
    found = bench.rows(nq.NAMES, people=people)
    return {row.key: row.name for row in found if row.source == "personnel"}


def test_a_dry_run_is_the_real_run_taken_back(bench: Bench) -> None:
    path = put(bench, rows_of(30, bad=1))
    before = bench.facts(), bench.store.health()
    tried = bench.take(path, dry_run=True)
    assert (bench.facts(), bench.store.health()) == before
    done = bench.take(path)
    for part in ("counts", "reasons", "faults", "remarks"):
        assert getattr(tried, part) == getattr(done, part), part
    assert tried.run.mapping == done.run.mapping and tried.run.mapping


def test_the_same_file_again_changes_nothing(bench: Bench) -> None:
    path = put(bench, rows_of(30))
    bench.take(path)
    again = bench.take(path).counts
    assert (again.read, again.unchanged, again.written, again.facts_added) == (30, 30, 0, 0)


def test_a_changed_self_rating_is_a_new_dated_value(bench: Bench) -> None:
    bench.take(put(bench, ["00042;Weiß;Jürgen;KANBAN;3;Selbst;31.12.2024"]))
    later = bench.take(put(bench, ["00042;Weiß;Jürgen;KANBAN;5;Selbst;31.03.2026"])).counts
    assert (later.written, later.facts_added, later.facts_withdrawn) == (1, 1, 1)
    who = person_id("00042", "personnel")
    assert claims(bench) == {(who, "KANBAN", 1.0, "SELF")}
    older = bench.take(put(bench, ["00042;Weiß;Jürgen;KANBAN;1;Selbst;01.01.2020"])).counts
    assert older.skipped == 1 and claims(bench) == {(who, "KANBAN", 1.0, "SELF")}


def test_sums_agree_with_what_was_read(bench: Bench) -> None:
    report = bench.take(put(bench, [*rows_of(30, bad=2), ";;;;;;", rows_of(1)[0]]))
    counts = report.counts
    assert counts.read == counts.written + counts.unchanged + counts.refused + counts.skipped == 32
    assert report.reasons == {"value.not_a_level": 2, "row.empty": 1}


@pytest.mark.parametrize(
    ("rows", "bad", "stops"), [(1_000, 1, False), (100, 20, True), (100, 19, False), (10, 9, False)]
)
def test_too_many_bad_rows_stop_before_anything_shows(bench: Bench, rows: int, bad: int, stops: bool) -> None:
    path = put(bench, rows_of(rows, bad))
    if not stops:
        assert bench.take(path).counts.refused == bad
        return
    with pytest.raises(FileRefused) as refused:
        bench.take(path)
    assert refused.value.code == "file.too_many_bad" and claims(bench) == set()
    run = bench.store.runs()[0]
    assert run.state is RunState.FAILED and run.counts.refused == bad and len(bench.store.faults(run.number)) == bad
    assert bench.take(path, bad_percent=100.0).counts.written == rows - bad


def test_refused_rows_come_back_corrected(bench: Bench, make_other: Callable[[], Bench]) -> None:
    header = HEADER + ";Geburtsdatum"
    rows = [f"{row};1960-01-0{n % 9 + 1}" for n, row in enumerate(rows_of(30, bad=2))]
    report = bench.take(put(bench, rows, header=header))
    content = rejects(refused_rows(bench.store, report.run), report.run, "de")
    text = content.decode("utf-8-sig")
    assert text.splitlines()[0] == f"{header};Ablehnungsgrund (Lauf {report.run.number})" and "1960" not in text
    assert "Stufe: „sehr schlecht“" in text.splitlines()[1]
    corrected = bench.folder / "rejects.csv"
    corrected.write_bytes(content.replace(b";sehr schlecht;", b";4;"))
    again = bench.take(corrected)
    assert (again.counts.written, again.counts.refused) == (2, 0)
    clean = make_other()
    clean.take(put(clean, [row.replace("sehr schlecht", "4") for row in rows], header=header))
    assert claims(bench) == claims(clean)


def test_each_fact_is_told_by_file_and_line_in_one_query(bench: Bench) -> None:
    run = bench.take(put(bench, rows_of(3))).run.number
    who = person_id("00001", "personnel")
    found = bench.rows(nq.ORIGINS, people=[who])
    assert {(row.kind, row.file, row.line, row.run) for row in found} == {
        ("account", "skills.csv", 3, run), ("profile", "skills.csv", 3, run), ("skill_claim", "skills.csv", 3, run),
    }  # fmt: skip


def test_a_statement_is_found_by_its_subject(bench: Bench) -> None:
    """Provenance and erasure go from the id of a statement to the index of its subject: both start alike."""
    people = [f"{n:05};Muster;Max{n};Lager;;" for n in range(20)]
    bench.cases({"case_id": "K-1", "opened_at": "2026-01-05", "title": "KANBAN", "reporter": "00001"})
    bench.take(put(bench, rows_of(3)))
    bench.take(put(bench, people, header=PEOPLE), complete_at=at("2026-01-01"))
    bench.take(put(bench, people[:18], header=PEOPLE), complete_at=at("2026-04-01"))

    def asserted(transaction: Transaction) -> list[nq.AssertionRow]:
        runs = [run.number for run in bench.store.runs()]
        of = [row.subject for n in runs for row in transaction.read(nq.SUBJECTS_OF_RUN, {"run": n, "limit": 1_000})]
        return transaction.read(nq.ASSERTIONS, {"subjects": of})

    rows = bench.store.write(asserted)
    assert len(rows) > 60
    assert any(row.line < 1 for row in rows)
    assert [row for row in rows if row.statement[:8] != row.subject[:8]] == []


def test_undo_names_what_later_runs_have_changed(bench: Bench) -> None:
    first = bench.take(
        put(bench, ["00042;Weiß;Jürgen;Fertigung;;", "00043;Groß;Ines;Lager;;"], header=PEOPLE, name="a.csv")
    )
    second = bench.take(put(bench, ["00042;Weiß;Jürgen;Lager;;"], header=PEOPLE, name="b.csv"))
    from graph_service.intake.runs import undo_run

    undone = undo_run(bench.store, bench.clocks, first.run.number)
    assert [(one.file, one.line, one.later_run, one.later_file) for one in undone.conflicts] == [
        ("a.csv", 2, second.run.number, "b.csv")
    ]
    assert undone.reasons == {"undo.changed_later": 1}
    assert names(bench, "00042", "00043") == {"00042": "Jürgen Weiß"}


def test_undoing_a_change_brings_the_whole_profile_back(bench: Bench) -> None:
    bench.take(put(bench, ["00042;Weiß;Jürgen;Fertigung;;"], header=PEOPLE))
    second = bench.take(put(bench, ["00042;Weiß;Jürgen;Lager;;"], header=PEOPLE))
    bench.undo(second.run.number)
    found = bench.rows(nq.NAMES, people=[person_id("00042", "personnel")])
    assert [(row.name, row.unit) for row in found] == [("Jürgen Weiß", "Fertigung")]


def test_what_a_complete_file_lacks_has_ended(bench: Bench) -> None:
    people = [f"{n:05};Muster;Max{n};Lager;;" for n in range(20)]
    bench.take(put(bench, people, header=PEOPLE), complete_at=at("2026-01-01"))
    later = bench.take(put(bench, people[:18], header=PEOPLE), complete_at=at("2026-04-01"))
    assert later.counts.facts_withdrawn == 6  # who they are, since when, and until when they are here
    last = person_id("00019", "personnel")
    assert [row.name for row in bench.rows(nq.NAMES, people=[last])] == [
        "00019"
    ]  # the account stays, its profile ended
    assert [row.name for row in bench.rows(nq.NAMES, as_of=at("2026-03-01"), people=[last])] == ["Max19 Muster"]
    bench.undo(later.run.number)
    assert [row.name for row in bench.rows(nq.NAMES, people=[last])] == ["Max19 Muster"]


def test_a_complete_file_that_lacks_too_much_stops(bench: Bench) -> None:
    people = [f"{n:05};Muster;Max{n};Lager;;" for n in range(20)]
    bench.take(put(bench, people, header=PEOPLE), complete_at=at("2026-01-01"))
    path = put(bench, people[:14], header=PEOPLE)
    with pytest.raises(FileRefused) as refused:
        bench.take(path, complete_at=at("2026-04-01"))
    assert refused.value.code == "file.too_much_gone" and (
        refused.value.values["gone"],
        refused.value.values["standing"],
    ) == (18, 60)
    assert names(bench, "00019") == {"00019": "Max19 Muster"}
    bench.take(path, complete_at=at("2026-04-01"), vanish_percent=100.0)
    assert names(bench, "00019") == {"00019": "00019"}


def test_complete_files_hold_in_the_order_of_their_days(bench: Bench, make_other: Callable[[], Bench]) -> None:
    people = [f"{n:05};Muster;Max{n};Lager;;" for n in range(20)]
    files = [(people, "2026-01-01"), ([*people[:18], "00018;Muster;Moritz;Lager;;"], "2026-04-01")]
    other = make_other()
    for used, order in ((bench, files), (other, files[::-1])):
        for rows, day in order:
            used.take(put(used, rows, header=PEOPLE), complete_at=at(day))
    people_ids = [person_id(f"{n:05}", "personnel") for n in range(20)]
    shown = [[(row.key, row.name, row.unit) for row in one.rows(nq.NAMES, people=people_ids)] for one in (bench, other)]
    assert shown[0] == shown[1]


def test_a_mapping_is_kept_and_used_again_without_a_question(bench: Bench) -> None:
    ambiguous = ["00042;Weiß;Jürgen;KANBAN;3;Selbst;03/04/2022"]
    with pytest.raises(FileRefused) as refused:
        bench.take(put(bench, ambiguous))
    assert refused.value.code == "file.questions"
    tried = bench.take(put(bench, ambiguous), dry_run=True)
    decided = parsed_mappings(tried.run.mapping.replace('form = "%d/%m/%Y"', 'form = "%m/%d/%Y"'), "m")
    bench.take(put(bench, ambiguous), mappings=decided)
    next_month = bench.take(put(bench, ["00043;Groß;Ines;Lager;4;Selbst;05/06/2022"], name="next.csv"))
    assert next_month.counts.written == 1
    found = bench.rows(nq.CLAIMS_OF, people=[person_id("00043", "personnel")])
    assert [row.known_at for row in found] == [at("2022-05-06")]
    bench.undo(next_month.run.number)


def test_two_readings_can_be_decided_in_the_call(bench: Bench) -> None:
    path = put(bench, ["00042;Weiß;Jürgen;KANBAN;3;Selbst;03/04/2022"])
    assert bench.take(path, as_proposed=True).counts.written == 1


def test_only_the_first_rows(bench: Bench) -> None:
    assert bench.take(put(bench, rows_of(30)), limit=7).counts.read == 7


def test_a_file_that_changes_while_it_is_read_is_refused(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph_service.intake import runs

    path = put(bench, rows_of(30))
    real = runs.take_chunk

    def meddling(*asked: object) -> None:
        real(*asked)  # type: ignore[arg-type]
        with path.open("a", encoding="utf-8") as out:
            out.write("mehr\n")

    monkeypatch.setattr(runs, "take_chunk", meddling)
    with pytest.raises(FileRefused) as refused:
        bench.take(path)
    assert refused.value.code == "file.changed" and claims(bench) == set()


def test_an_agreement_lets_in_only_the_columns_it_names(bench: Bench) -> None:
    agreed = ImportProfile("BV Skills", "BV 12", (), frozenset({"personalnr", "skill", "stufe", "stand"}))
    report = bench.take(put(bench, rows_of(3)), profile=agreed)
    assert report.plan is not None and set(report.plan.refused) == {"Nachname", "Vorname", "Quelle"}
    assert names(bench, "00001") == {"00001": "00001"} and len(claims(bench)) == 3


def test_a_profile_may_name_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "bv.toml"
    text = 'name = "BV"\nstate = "AGREED"\nagreement = "BV 12"\npurposes = ["CASE_HELP"]\ncolumns = {}\n'
    path.write_text(text.format('["Pers.-Nr."]'), encoding="utf-8")
    agreed = import_profile(str(path))
    assert agreed.allows("PersNr", "number") and not agreed.allows("Nachname", "last")
    path.write_text(text.format('"alle"'), encoding="utf-8")
    with pytest.raises(FileRefused):
        import_profile(str(path))


def test_judgements_of_character_and_account_numbers_are_not_stored(bench: Bench) -> None:
    rows = ["00042;Weiß;Jürgen;Teamfähigkeit;5;Selbst;", "00042;Weiß;Jürgen;DE89 3704 0044 0532 0130 00;5;Selbst;"]
    report = bench.take(put(bench, [*rows, "00042;Weiß;Jürgen;KANBAN;5;Selbst;"]))
    assert report.reasons == {"claim.character": 1, "value.iban": 1}
    assert {label for _, label, _, _ in claims(bench)} == {"KANBAN"}


@pytest.mark.parametrize(
    ("cell", "shown"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "-5"), ("+49 30", "'+49 30"), ("a", "a")]
)
def test_cells_that_a_spreadsheet_would_compute_are_quoted(cell: str, shown: str) -> None:
    assert safe_cell(cell) == shown


def test_a_placeholder_is_filled_when_its_person_comes(bench: Bench) -> None:
    bench.take(put(bench, ["jweiss;KANBAN;3"], header="Login;Skill;Stufe", name="it.csv"))
    assert len(links_of(bench.store).known) == 1
    header = "Personalnr;Nachname;Vorname;Kürzel"
    bench.take(put(bench, ["00042;Weiß;Jürgen;jweiss"], header=header, name="people.csv"))
    people = {one.account: one.person for one in links_of(bench.store).known.values()}
    assert len(people) == 2 and len(set(people.values())) == 1
    assert {person for person, _, _, _ in claims(bench)} == set(people.values())


_rows = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(["KANBAN", "Lager", "SQL"]), st.integers(1, 5), st.integers(1, 28)),
    min_size=1,
    max_size=6,
    unique_by=lambda row: (row[0], row[1]),
)


def _lines(rows: list[tuple[int, str, int, int]]) -> list[str]:
    return [f"{who:05};Muster;Max{who};{skill};{level};Selbst;{day:02}.03.2026" for who, skill, level, day in rows]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=_rows, second=_rows)
def test_both_orders_are_equal_and_undo_leaves_only_the_other(
    make_other: Callable[[], Bench], first: list[tuple[int, str, int, int]], second: list[tuple[int, str, int, int]]
) -> None:
    one, other, only = make_other(), make_other(), make_other()
    try:
        runs = [one.take(put(one, _lines(rows), name=name)) for rows, name in ((first, "a.csv"), (second, "b.csv"))]
        for rows, name in ((second, "b.csv"), (first, "a.csv")):
            other.take(put(other, _lines(rows), name=name))
        only.take(put(only, _lines(second), name="b.csv"))
        assert claims(one) == claims(other)
        one.undo(runs[0].run.number)
        assert claims(one) == claims(only)
        assert one.facts() == only.facts()
    finally:
        for bench in (one, other, only):
            bench.store.close()


def test_progress_shows_where_all_rows_are_left_out(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph_service.intake.taking.CHUNK_READ", 10)
    path = put(bench, [f"a;a;0{n % 9 + 1}.01.2026;Chat" for n in range(45)], header="von;an;wann;Art")
    seen: list[int] = []
    report = import_file(bench.store, bench.clocks, PackedFile(path), progress=lambda rows, share: seen.append(rows))
    assert (report.counts.read, report.counts.skipped) == (45, 45)
    assert seen == [10, 20, 30, 40, 45]
    assert gc.isenabled()
