"""Mappings that are kept, edited and given again: next month's file, another sheet's name, corrected refused rows."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from sheets import workbook
from workbench import Bench, at, person_id

from graph_service.errors import FileRefused
from graph_service.intake.files import PackedFile
from graph_service.intake.mappings import mapping_text, parsed_mappings
from graph_service.intake.planning import plan_of
from graph_service.intake.rejects import refused_rows, rejects
from graph_service.intake.runs import Report
from graph_service.store import named_queries as nq

HEADER = "Personalnr;Nachname;Vorname;Hydraulik;Löten;Excel"


def matrix(at_hand: Bench | Path, day: str, *rows: str, name: str = "matrix.csv", titles: Sequence[str] = ()) -> Path:
    path = (at_hand if isinstance(at_hand, Path) else at_hand.folder) / name
    lines = [*titles, *([f"Stand: {day};;;;;"] if day else []), HEADER, *rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def edited(previewed: Report | Path, *changes: tuple[str, str]) -> str:
    known = isinstance(previewed, Path)
    text = mapping_text(plan_of(PackedFile(previewed)).mappings) if known else previewed.run.mapping
    for old, new in changes:
        assert old in text, (old, text)
        text = text.replace(old, new)
    return text


def read_by(path: Path, text: str) -> None:
    for part in plan_of(PackedFile(path), mappings=parsed_mappings(text, "m.toml")).parts:
        list(part.importer.read(part.file, part.mapping))


def levels(bench: Bench, number: str) -> set[tuple[str, str, int]]:
    found = bench.rows(nq.CLAIMS_OF, people=[person_id(number, "personnel")])
    return {(row.label, row.original, row.known_at) for row in found}


MARCH, APRIL = at("2026-03-01"), at("2026-04-01")
ROWS = ("00042;Weiß;Jürgen;3;2;5", "00043;Groß;Ines;1;5;4")


def test_next_months_title_is_read_not_last_months(bench: Bench) -> None:
    bench.take(matrix(bench, "01.03.2026", *ROWS))
    later = bench.take(matrix(bench, "01.04.2026", "00042;Weiß;Jürgen;4;2;5", name="april.csv"))
    assert ("Hydraulik", "4", APRIL) in levels(bench, "00042") and not later.reasons
    assert 'assessed_on" = "title: 01.04.2026"' in later.run.mapping


def test_a_kept_mapping_says_that_it_is_one(bench: Bench) -> None:
    first = bench.take(matrix(bench, "01.03.2026", *ROWS))
    later = bench.take(matrix(bench, "01.04.2026", *ROWS, name="april.csv"), dry_run=True)
    assert later.plan is not None and first.plan is not None
    told = {notice.code: dict(notice.values) for notice in later.plan.notices}
    assert told["notice.kept_mapping"] == {"run": str(first.run.number), "file": "matrix.csv"}
    assert "notice.kept_mapping" not in {notice.code for notice in first.plan.notices}


def test_a_title_that_is_gone_is_asked_for(bench: Bench) -> None:
    bench.take(matrix(bench, "01.03.2026", *ROWS))
    without = matrix(bench, "", *ROWS, name="april.csv")
    with pytest.raises(FileRefused) as refused:
        bench.take(without)
    assert refused.value.code == "file.unanswered"
    mapping = edited(bench.take(without, dry_run=True), ('"assessed_on" = "?"', '"assessed_on" = "02.04.2026"'))
    bench.take(without, mappings=parsed_mappings(mapping, "m"))
    assert ("Hydraulik", "3", at("2026-04-02")) in levels(bench, "00042")


def test_what_was_empty_last_month_is_read_as_this_month_tells(bench: Bench) -> None:
    bench.take(matrix(bench, "01.03.2026", "00042;Weiß;Jürgen;3;;5", "00043;Groß;Ines;1;;4"))
    bench.take(matrix(bench, "01.04.2026", *ROWS, name="april.csv"))
    assert ("Löten", "2", APRIL) in levels(bench, "00042")
    people = bench.folder / "people.csv"
    for left in ("", "31.03.2026"):
        people.write_text(f"Personalnr;Name;Eintritt;Austritt\n00042;Jürgen Weiß;01.03.2019;{left}\n", encoding="utf-8")
        assert not bench.take(people).faults


def test_a_day_written_into_the_mapping_stands_against_the_title(bench: Bench) -> None:
    path = matrix(bench, "01.03.2026", *ROWS)
    mapping = edited(bench.take(path, dry_run=True), ("title: 01.03.2026", "15.03.2026"))
    bench.take(path, mappings=parsed_mappings(mapping, "m"))
    assert ("Hydraulik", "3", at("2026-03-15")) in levels(bench, "00042")


def test_a_day_written_for_one_file_is_not_taken_for_the_next(bench: Bench) -> None:
    path = matrix(bench, "01.03.2026", *ROWS)
    mapping = edited(bench.take(path, dry_run=True), ("title: 01.03.2026", "15.03.2026"))
    bench.take(path, mappings=parsed_mappings(mapping, "m"))
    bench.take(matrix(bench, "01.04.2026", "00042;Weiß;Jürgen;4;2;5", name="april.csv"))
    assert ("Hydraulik", "4", APRIL) in levels(bench, "00042")


def test_a_spreadsheet_may_change_how_days_and_numbers_are_written(bench: Bench) -> None:
    header = ["Personalnr", "Nachname", "Skill", "Stufe", "Stand"]
    csv = bench.folder / "s.csv"
    csv.write_text(";".join(header) + "\n00042;Weiß;Löten;3;01.03.2026\n00043;Groß;Löten;4;01.03.2026\n", "utf-8")
    bench.take(csv)
    rows = [["42", "Weiß", "Löten", "4", "2026-04-01"], ["43", "Groß", "Löten", "5", "2026-04-01"]]
    report = bench.take(workbook(bench.folder / "s.xlsx", {"Tabelle1": [header, *rows]}))
    assert not report.faults and levels(bench, "00042") == {("Löten", "4", APRIL)}
    csv.write_text(";".join(header) + "\n00042;Weiß;Löten;5;02.04.2026\n", "utf-8")
    assert not bench.take(csv).faults and levels(bench, "00042") == {("Löten", "5", at("2026-04-02"))}


def test_a_cover_sheet_that_is_left_out_does_not_hinder_next_month(bench: Bench) -> None:
    sheet = [HEADER.split(";"), *(row.split(";") for row in ROWS)]
    cover = [["Skillmatrix"], ["streng vertraulich"]]
    first = workbook(bench.folder / "m.xlsx", {"Deckblatt": cover, "Matrix": sheet})
    text = edited(
        bench.take(first, dry_run=True), ('header = "Excel"\nfield = "skill"', 'header = "Excel"\nfield = ""')
    )
    text += '\n[[part]]\nformat = "skill-list"\npart = "Deckblatt"\nread = false\n'
    bench.take(first, mappings=parsed_mappings(text, "m"))
    again = bench.take(workbook(bench.folder / "n.xlsx", {"Deckblatt": cover, "Matrix": sheet}), dry_run=True)
    assert again.plan is not None and "notice.kept_mapping" in {notice.code for notice in again.plan.notices}


@pytest.mark.parametrize("row", ["00045;Lang;Eva;1;2;3;4;5", "00045;Lang;Eva"], ids=["wide", "narrow"])
def test_a_row_of_another_width_is_refused_until_it_is_corrected(bench: Bench, row: str) -> None:
    done = bench.take(matrix(bench, "", *ROWS, row))
    content = rejects(refused_rows(bench.store, done.run), done.run, "de").decode("utf-8-sig")
    assert row in content
    path = bench.folder / "refused.csv"
    path.write_text(content, encoding="utf-8")
    assert bench.take(path).counts.refused == 1 and not levels(bench, "00045")


def test_the_header_may_stand_lower_next_month(bench: Bench) -> None:
    bench.take(matrix(bench, "01.03.2026", *ROWS))
    path = matrix(bench, "01.04.2026", "00042;Weiß;Jürgen;4;2;5", name="april.csv", titles=("Werk Nord;;;;;",))
    assert bench.take(path).counts.written and ("Hydraulik", "4", APRIL) in levels(bench, "00042")


def test_a_mapping_reads_a_sheet_of_another_name(bench: Bench) -> None:
    sheet = [["Stand: 01.03.2026"], HEADER.split(";"), *(row.split(";") for row in ROWS)]
    first = workbook(bench.folder / "m.xlsx", {"Matrix": sheet})
    mapping = edited(
        bench.take(first, dry_run=True), ('header = "Excel"\nfield = "skill"', 'header = "Excel"\nfield = ""')
    )
    bench.take(workbook(bench.folder / "n.xlsx", {"Tabelle1": sheet}), mappings=parsed_mappings(mapping, "m"))
    assert {label for label, _, _ in levels(bench, "00042")} == {"Hydraulik", "Löten"}
    bench.take(workbook(bench.folder / "o.xlsx", {"Blatt": sheet}))  # and a kept one does too
    assert {label for label, _, _ in levels(bench, "00042")} == {"Hydraulik", "Löten"}


def test_a_mapping_that_fits_no_sheet_is_refused_by_name(bench: Bench) -> None:
    sheet = [HEADER.split(";"), *(row.split(";") for row in ROWS)]
    other = [["Personalnr", "Skill", "Stufe"], ["00042", "Löten", "3"], ["00043", "Löten", "4"]]
    mapping = bench.take(workbook(bench.folder / "m.xlsx", {"Matrix": sheet}), dry_run=True).run.mapping
    path = workbook(bench.folder / "n.xlsx", {"Eins": other, "Zwei": other})
    with pytest.raises(FileRefused) as refused:
        bench.take(path, mappings=parsed_mappings(mapping, "m"))
    assert refused.value.code == "mapping.no_part"
    assert refused.value.values["parts"] == "Matrix" and refused.value.values["there"] == "Eins, Zwei"


@pytest.mark.parametrize("given", [False, True], ids=["by itself", "with the mapping"])
def test_corrected_refused_rows_are_read_as_their_run_was(bench: Bench, given: bool) -> None:
    rows = [*ROWS, "00044;Klein;Uwe;Könner;2;3", "00045;Lang;Eva;unklar;1;3"]
    path = matrix(bench, "01.03.2026", *rows)
    text = edited(
        bench.take(path, dry_run=True),
        ('header = "Excel"\nfield = "skill"', 'header = "Excel"\nfield = ""'),
        ('header = "Hydraulik"\nfield = ""', 'header = "Hydraulik"\nfield = "skill"\nform = "1-5"'),
        ("[part.settings]", '[part.settings]\n"words" = "Könner=0.8"'),
    )
    mappings = parsed_mappings(text, "m")
    done = bench.take(path, mappings=mappings)
    assert (done.counts.refused, done.counts.written) == (1, 3)
    content = rejects(refused_rows(bench.store, done.run), done.run, "de").decode("utf-8-sig")
    corrected = bench.folder / "refused.csv"
    corrected.write_text(content.replace("unklar", "Könner"), encoding="utf-8")
    report = bench.take(corrected, **({"mappings": mappings} if given else {}))
    assert levels(bench, "00045") == {("Hydraulik", "Könner", MARCH), ("Löten", "1", MARCH)}
    assert report.plan is not None
    assert not any(notice.code == "notice.columns_new" for notice in report.plan.notices)


def test_refused_rows_of_another_store_are_read_for_themselves(bench: Bench) -> None:
    bench.take(matrix(bench, "01.03.2026", *ROWS))
    path = bench.folder / "refused.csv"
    path.write_text("Personalnr;Skill;Stufe;Ablehnungsgrund (Lauf 1)\n00042;Löten;4;\n", encoding="utf-8")
    assert bench.take(path).counts.written == 1 and {label for label, _, _ in levels(bench, "00042")} > {"Löten"}


def test_refused_rows_of_refused_rows_have_one_column_of_reasons(bench: Bench) -> None:
    done = bench.take(matrix(bench, "01.03.2026", *ROWS, "00045;Lang;Eva;9;1;3"))
    for _ in range(2):
        content = rejects(refused_rows(bench.store, done.run), done.run, "de").decode("utf-8-sig")
        assert content.count("Ablehnungsgrund") == 1 and len(content.splitlines()) == 2
        corrected = bench.folder / f"refused{done.run.number}.csv"
        corrected.write_text(content, encoding="utf-8")
        done = bench.take(corrected)


def test_anothers_run_lends_no_mapping(bench: Bench) -> None:
    rows = [*ROWS, "00045;Lang;Eva;9;1;3"]
    done = bench.take(matrix(bench, "01.03.2026", *rows), actor="one")
    content = rejects(refused_rows(bench.store, done.run), done.run, "de").decode("utf-8-sig")
    corrected = bench.folder / "refused.csv"
    corrected.write_text(content.replace(";9;", ";4;"), encoding="utf-8")
    plan = bench.take(corrected, actor="two", dry_run=True).plan
    assert plan is not None and not any(notice.code == "notice.kept_mapping" for notice in plan.notices)


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        (("[[part]]", "[[part]"), "mapping.not_toml", {"line": 4}),
        (('delimiter = ";"', 'delimeter = ";"'), "mapping.unknown_key", {"name": "delimeter"}),
        (('header = "Löten"', 'haeder = "Löten"'), "mapping.unknown_key", {"name": "haeder"}),
        (('encoding = "utf-8"', 'encoding = "utf-9"'), "mapping.bad_value", {"name": "encoding", "value": "utf-9"}),
        (('delimiter = ";"', 'delimiter = ";;"'), "mapping.bad_value", {"name": "delimiter", "value": ";;"}),
        (("header_line = 2", 'header_line = "2"'), "mapping.bad_value", {"name": "header_line", "value": "2"}),
        (('format = "skill-matrix"', ""), "mapping.no_format", {}),
        (('"claimed_by"', '"claimed_bi"'), "mapping.unknown_setting", {"name": "claimed_bi"}),
        (("[[part]]", "[part]"), "mapping.bad_value", {"name": "part"}),
        (('encoding = "utf-8"', 'encoding = "base64"'), "mapping.bad_value", {"name": "encoding"}),
        (('format = "skill-matrix"', 'format = "matrix"'), "file.no_such_format", {}),
    ],
)
def test_what_is_wrong_with_a_mapping_is_named(
    tmp_path: Path, change: tuple[str, str], code: str, told: dict[str, object]
) -> None:
    path = matrix(tmp_path, "01.03.2026", *ROWS)
    text = edited(path, change)
    with pytest.raises(FileRefused) as refused:
        read_by(path, text)
    assert refused.value.code == code
    assert told.items() <= refused.value.values.items()


def test_an_empty_mapping_is_none(tmp_path: Path) -> None:
    for text in ("", "part = []\n", 'part = ["x"]\n'):
        with pytest.raises(FileRefused) as refused:
            parsed_mappings(text, "m.toml")
        assert refused.value.code == "mapping.no_format"


def test_a_column_that_a_mapping_misses_is_called_as_the_mapping_calls_it(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Personalnr;Skill;Wie gut\n00042;Löten;3\n00043;Löten;4\n", encoding="utf-8")
    text = '[[part]]\nformat = "skill-list"\n' + "".join(
        f'[[part.columns]]\nheader = "{header}"\nfield = "{field}"\n'
        for header, field in (("Personalnr", "number"), ("Skill", "skill"), ("Ausmaß", "level"))
    )
    with pytest.raises(FileRefused) as refused:
        read_by(path, text)
    assert refused.value.values["column"] == "Ausmaß"


def test_the_header_stands_where_the_mapping_says_when_its_columns_do(bench: Bench) -> None:
    path = matrix(bench, "01.03.2026", *ROWS, HEADER, "00099;Muster;Mia;3;3;3")
    mapping = edited(bench.take(path, dry_run=True), ("header_line = 2", "header_line = 5"))
    assert bench.take(path, mappings=parsed_mappings(mapping, "m")).counts.read == 1
    lost = mapping.replace('header = "Excel"', 'header = "Calc"').replace("header_line = 5", "header_line = 99")
    with pytest.raises(FileRefused) as refused:
        bench.take(path, mappings=parsed_mappings(lost, "m"))
    assert refused.value.code == "mapping.header_line"


def test_an_edited_code_page_and_delimiter_are_followed(bench: Bench) -> None:
    path = bench.folder / "list.csv"
    path.write_bytes("Personalnr;Nachname;Skill;Stufe\n00042;Szabó;Löten;3\n".encode("cp1250"))
    tried = bench.take(path, dry_run=True)
    text = edited(tried, ('encoding = "cp1252"', 'encoding = "cp1250"'))
    assert bench.take(path, mappings=parsed_mappings(text, "m")).counts.written == 1
    piped = bench.folder / "piped.csv"
    piped.write_text("Personalnr^Nachname^Skill^Stufe\n00043^Groß^Löten^4\n", encoding="utf-8")
    text = edited(tried, ('delimiter = ";"', 'delimiter = "^"'))
    assert bench.take(piped, mappings=parsed_mappings(text, "m")).counts.written == 1
    assert {label for label, _, _ in levels(bench, "00043")} == {"Löten"}


@pytest.mark.parametrize("turned", [False, True])
def test_both_dialects_of_a_system_are_read_after_each_other(bench: Bench, shared: Path, turned: bool) -> None:
    folder = shared / "samples" / "servicenow"
    files = [folder / "incident_event_log.csv", folder / "incident_event_log_excel.csv"]
    for path in reversed(files) if turned else files:
        assert not bench.take(path).counts.refused


def test_days_written_in_another_way_altogether_are_read_as_this_file_writes_them(bench: Bench) -> None:
    for number, day in enumerate(("2026-02-%02d", "%02d/02/2026", "%02d.02.2026", "02/%02d/2026")):
        rows = [f"{n:05};Muster;Max;{day % n}" for n in range(13, 28)]
        path = bench.folder / f"{number}.csv"
        path.write_text("\n".join(("Personalnr;Nachname;Vorname;Eintritt", *rows)) + "\n", encoding="utf-8")
        assert not bench.take(path).counts.refused
