"""What a right importer finds in the shared samples, and how bad files are told."""

import gzip
import lzma
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from graph_service.errors import FileRefused
from graph_service.intake.files import PackedFile, importer_for, importers
from graph_service.model import Case, CaseRole, Comment, Outcome, Participation, Resolution, RowFault, SourceRow
from importers.delimited import encoding_of

HEADER = "case_id,opened_at,title,description\n"


def readings(path: Path, format_name: str | None = None) -> list[object]:
    file = PackedFile(path)
    importer = importer_for(file, format_name)
    return list(importer.read(file, importer.propose(file).mapping))


def facts(rows: list[object]) -> list[object]:
    return [fact for row in rows if isinstance(row, SourceRow) for told in row.statements for fact in told.facts]


@pytest.fixture(scope="module")
def history(shared: Path) -> list[object]:
    return readings(shared / "cases" / "tidev_dev_jira.csv.xz")


def test_the_real_jira_export(history: list[object]) -> None:
    assert Counter(type(row) for row in history) == {SourceRow: 19_213}
    found = facts(history)
    cases = [fact for fact in found if isinstance(fact, Case)]
    assert len({case.source_id for case in cases}) == 19_213
    projects = Counter(case.source_id.key.split("-")[0] for case in cases)
    assert projects == {"TIMOB": 15_826, "AC": 2_237, "ALOY": 1_141, "MOD": 9}
    assert sum(isinstance(fact, Comment) for fact in found) == 64_227 - 27
    assert sum(len(row.left_out) for row in history if isinstance(row, SourceRow)) == 27
    ends = [fact for fact in found if isinstance(fact, Resolution)]
    assert len(ends) == 19_213 - 1_283
    assert Counter(end.outcome for end in ends)[Outcome.SOLVED] == 9_822
    parts = [fact for fact in found if isinstance(fact, Participation)]
    resolvers = [part for part in parts if part.role is CaseRole.RESOLVER]
    assert len(resolvers) == 9_822 - 337
    assert len({part.account for part in parts if part.role in (CaseRole.RESOLVER, CaseRole.ASSIGNEE)}) == 154
    assert len({part.account for part in parts if part.role is CaseRole.REPORTER}) == 2_394


def test_nothing_of_a_case_is_dated_by_its_last_update(history: list[object]) -> None:
    for row in history[:3_000]:
        assert isinstance(row, SourceRow)
        stamp = row.statements[0].stated_at
        times = {fact.opened_at for fact in row.statements[0].facts if isinstance(fact, Case)}
        times |= {fact.resolved_at for fact in row.statements[0].facts if isinstance(fact, Resolution)}
        for fact in row.statements[0].facts:
            if isinstance(fact, Participation) and fact.known_at is not None:
                assert fact.known_at in times
        assert stamp is not None


def test_the_rest_form_names_the_same_cases_and_people(shared: Path, history: list[object]) -> None:
    rest = facts(readings(shared / "samples" / "jira" / "jira_rest_search.json"))
    cases = {fact.source_id for fact in rest if isinstance(fact, Case)}
    assert len(cases) == 30
    assert Counter(case.key.split("-")[0] for case in cases) == {"TIMOB": 23, "ALOY": 4, "AC": 3}
    assert sum(isinstance(fact, Comment) for fact in rest) == 112
    people = {fact.account for fact in rest if isinstance(fact, Participation | Comment)}
    assert len(people) == 53
    full = facts(history)
    assert cases <= {fact.source_id for fact in full if isinstance(fact, Case)}
    assert people <= {fact.account for fact in full if isinstance(fact, Participation | Comment)}
    common = {f for f in rest if isinstance(f, Comment)} & {f for f in full if isinstance(f, Comment)}
    assert len(common) > 90


def test_every_format_is_found_by_entry_point_and_recognised(shared: Path) -> None:
    assert set(importers()) >= {"jira-csv", "jira-rest", "cases", "people", "skill-list"}
    history, rest = shared / "cases" / "tidev_dev_jira.csv.xz", shared / "samples" / "jira" / "jira_rest_search.json"
    assert importer_for(PackedFile(history), None).name == "jira-csv"
    assert importer_for(PackedFile(rest), None).name == "jira-rest"


@pytest.mark.parametrize("ending", ["", ".gz", ".xz", ".zip"])
def test_packed_files_read_alike(tmp_path: Path, ending: str) -> None:
    text = (HEADER + "K-1,2026-01-01,Öl,über\n").encode()
    path = tmp_path / f"x.csv{ending}"
    if ending == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("x.csv", text)
    else:
        path.write_bytes({"": bytes, ".gz": gzip.compress, ".xz": lzma.compress}[ending](text))
    assert [fact.title for fact in facts(readings(path)) if isinstance(fact, Case)] == ["Öl"]


@pytest.mark.parametrize(
    ("encoding", "known"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252"), ("utf-16", "utf-16")]
)
def test_encodings_are_told_from_content(tmp_path: Path, encoding: str, known: str) -> None:
    text = HEADER.replace(",", ";") + "K-1;2026-01-01;Größe;„Weiß“ überall\n"
    path = tmp_path / "x.csv"
    path.write_bytes(text.encode(encoding))
    assert encoding_of(path.read_bytes()) == known
    assert [fact.title for fact in facts(readings(path)) if isinstance(fact, Case)] == ["Größe"]


def test_a_row_wider_or_narrower_than_its_header_is_a_fault_not_shifted(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(HEADER + 'K-1,2026-01-01,a,"b\nc"\nK-2,2026-01-01,a,b,c\nK-3,2026-01-01\n', encoding="utf-8")
    rows = readings(path)
    assert [(row.line, row.reason) for row in rows if isinstance(row, RowFault)] == [(4, "row.wide"), (5, "row.narrow")]


def test_letters_damaged_late_in_a_file_are_a_fault_of_their_row(tmp_path: Path) -> None:
    lines = [f"K-{n},2026-01-01,Titel,{'x' * 100}\n".encode() for n in range(4_000)]
    path = tmp_path / "x.csv"
    path.write_bytes(HEADER.encode() + b"".join(lines) + b"K-9999,2026-01-01,Gr\xf6\xdfe,x\n")
    rows = readings(path)
    assert [row.reason for row in rows if isinstance(row, RowFault)] == ["row.damaged_letters"]
    assert len(rows) == 4_001


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"  \n \n", "file.empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file.unknown_format"),
        (b"Liebe Kollegen, anbei die Liste.\n", "file.unknown_format"),
        (b"PK\x03\x04broken", "file.broken_archive"),
        (b"\x1f\x8bbroken", "file.broken_archive"),
        (b'{"issues": [1, 2', "file.unknown_format"),
    ],
)
def test_files_that_are_something_else_are_refused_with_a_code(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefused) as refused:
        importer_for(PackedFile(path), None)
    assert refused.value.code == code


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "no.csv", "file.missing"), (tmp_path, "file.is_folder")):
        with pytest.raises(FileRefused) as refused:
            importer_for(PackedFile(path), None)
        assert refused.value.code == code


def test_a_zip_is_read_in_its_parts_up_to_200(tmp_path: Path) -> None:
    def packed(count: int) -> PackedFile:
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
            for number in range(count):
                archive.writestr(f"{number}.csv", HEADER)
        return PackedFile(tmp_path / "x.zip")

    assert [part.name for part in packed(2).parts()] == ["x.zip#0.csv", "x.zip#1.csv"]
    with pytest.raises(FileRefused) as refused:
        packed(201).parts()
    assert refused.value.code == "file.many_in_archive"


def test_a_rest_file_that_breaks_off_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"issues": [{"key": "A-1", "fields": {"created": "2026-01-01T00:00:00.000+0000"}}, {"key": ')
    with pytest.raises(FileRefused) as refused:
        readings(path, "jira-rest")
    assert refused.value.code == "file.broken"


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"Created": "29/Mar/11"}, "Created", "value.not_a_time"),
        ({"Issue key": ""}, "Issue key", "value.missing"),
        ({"Comment": "2011-01-01T00:00:00.000+0000;nur zwei"}, "Comment", "value.not_a_comment"),
        ({"Outward issue link": "kein Doppelpunkt"}, "Outward issue link", "value.not_a_link"),
        ({"Resolution": "Fixed", "Resolved": ""}, "Resolved", "value.missing"),
    ],
)
def test_jira_cells_that_do_not_fit_are_faults(tmp_path: Path, cells: dict[str, str], column: str, reason: str) -> None:
    from workbench import write_csv

    good = {"Issue key": "A-1", "Summary": "s", "Created": "2011-03-29T16:48:47.000+0000", "Issue Type": "Bug",
            "Status": "Open", "Resolution": "", "Resolved": "", "Assignee": "", "Reporter": "u1", "Comment": "",
            "Outward issue link": ""}  # fmt: skip
    path = write_csv(tmp_path / "x.csv", list(good), [{**good, **cells}, good])
    rows = readings(path)
    assert [(row.line, row.column, row.reason) for row in rows if isinstance(row, RowFault)] == [(2, column, reason)]
    assert isinstance(rows[1], SourceRow)


ISSUE = '{"key": "A-1", "fields": {"created": "2026-01-01T00:00:00.000+0000", "summary": "s"%s}}'


def rest(tmp_path: Path, text: str) -> list[object]:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    return readings(path, "jira-rest")


def test_json_with_a_byte_order_mark_reads(tmp_path: Path) -> None:
    assert [type(row) for row in rest(tmp_path, "\ufeff" + '{"issues": [' + ISSUE % "" + "]}")] == [SourceRow]


@pytest.mark.parametrize(
    ("field", "code"),
    [(', "customfield_1": ' + "[" * 5_000 + "]" * 5_000, "file.too_deep"), (', "n": ' + "9" * 5_000, "file.too_deep")],
    ids=["deep", "long-number"],
)
def test_json_that_would_exhaust_the_parser_is_refused(tmp_path: Path, field: str, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        rest(tmp_path, '{"issues": [' + ISSUE % field + "]}")
    assert refused.value.code == code


def test_brackets_inside_texts_are_no_depth(tmp_path: Path) -> None:
    field = r', "description": "' + r"[{\"\\" * 300 + '"'
    assert [type(row) for row in rest(tmp_path, '{"issues": [' + ISSUE % field + "]}")] == [SourceRow]


@pytest.mark.parametrize(
    "field",
    ['"labels": "abc"', '"labels": {"a": 1}', '"project": {"name": {"a": 1}}', '"components": [{"name": 3}]',
     '"assignee": {"name": [1]}', '"reporter": "eve"', '"issuelinks": [{"outwardIssue": {}}]', '"summary": 3'],
)  # fmt: skip
def test_wrong_shapes_are_faults_never_names(tmp_path: Path, field: str) -> None:
    rows = rest(tmp_path, '{"issues": [' + ISSUE % f", {field}" + ", " + ISSUE % "" + "]}")
    assert [type(row) for row in rows] == [RowFault, SourceRow]


def test_an_issue_without_key_is_a_fault(tmp_path: Path) -> None:
    for key in ("null", '""', "{}"):
        rows = rest(tmp_path, '{"issues": [' + (ISSUE % "").replace('"A-1"', key) + "]}")
        assert [type(row) for row in rows] == [RowFault]


def test_columns_that_jira_repeats_are_all_read(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(
        "Issue key,Summary,Created,Issue Type,Status,Labels,Labels,Component/s,Component/s\n"
        "A-1,s,2020-01-01T00:00:00.000+0000,Bug,Open,one,two,X,Y; X\n",
        encoding="utf-8",
    )
    (case,) = [fact for fact in facts(readings(path)) if isinstance(fact, Case)]
    assert (case.labels, case.components) == (("one", "two"), ("X", "Y"))


def test_an_open_quote_is_a_fault_not_a_long_cell(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(HEADER + 'K-1,2026-01-01,a,"offen\nK-2,2026-01-01,b,c\n', encoding="utf-8")
    assert [row.reason for row in readings(path) if isinstance(row, RowFault)] == ["row.unreadable"]


def test_a_cell_over_the_limit_refuses_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(HEADER + 'K-1,2026-01-01,a,"' + "x" * 17_000_000 + '\nINJ-1,2026-01-01,injected,x\n"\n')
    with pytest.raises(FileRefused) as refused:
        readings(path)
    assert (refused.value.code, refused.value.values["line"]) == ("file.cell_too_big", 2)
    path.write_text("case_id,opened_at,title," + "q" * 17_000_000)
    with pytest.raises(FileRefused):
        readings(path, "cases")


def test_a_column_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("case_id,opened_at,title,title\nK-1,2026-01-01,a,b\n", encoding="utf-8")
    with pytest.raises(FileRefused) as refused:
        readings(path)
    assert refused.value.code == "file.double_column"


def test_damaged_archives_and_odd_paths_are_refused(tmp_path: Path) -> None:
    import os

    packed = bytearray(gzip.compress((HEADER + "K-1,2026-01-01,a,b\n").encode()))
    packed[14] ^= 0xFF
    (tmp_path / "x.gz").write_bytes(packed)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "file").write_text("x")
    for name, code in (("x.gz", "file.broken_archive"), ("pipe", "file.not_a_file"), ("loop", "file.not_a_file"),
                       ("file/x", "file.not_a_file"), ("n" * 300, "file.not_a_file")):  # fmt: skip
        with pytest.raises(FileRefused) as refused:
            importer_for(PackedFile(tmp_path / name), None)
        assert refused.value.code == code, name


def test_big_numbers_in_unused_fields_do_no_harm(tmp_path: Path) -> None:
    field = ', "a": 123456789012345678901234567890, "b": 1e999'
    assert [type(row) for row in rest(tmp_path, '{"issues": [' + ISSUE % field + "]}")] == [SourceRow]


def test_blanks_and_repeats_in_json_are_those_of_the_csv(tmp_path: Path) -> None:
    field = ', "assignee": {"name": "anna "}, "components": [{"name": "X"}, {"name": " X"}], "labels": ["a", "a", ""]'
    found = facts(rest(tmp_path, '{"issues": [' + ISSUE % field + "]}"))
    (case,) = [fact for fact in found if isinstance(fact, Case)]
    assert (case.components, case.labels) == (("X",), ("a",))
    assert {fact.account.key for fact in found if isinstance(fact, Participation)} == {"anna"}


def test_a_spreadsheets_first_line_with_its_separator_is_no_header(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("sep=;\n" + HEADER.replace(",", ";") + "K-1;2026-01-01;a;b\nK-2;gestern;a;b\n", encoding="utf-8")
    rows = readings(path)
    assert [fact.title for fact in facts(rows) if isinstance(fact, Case)] == ["a"]
    assert [row.line for row in rows if isinstance(row, RowFault)] == [4]
