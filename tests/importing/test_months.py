"""What happens over the months: leavers, marriages, rows without a number, solvers written by name."""

from pathlib import Path

import pytest
from workbench import Bench, at, case_id, person_id

from graph_service.identity.settling import links_of, waiting
from graph_service.intake.runs import Report, undo_run
from graph_service.store import named_queries as nq

LIST = "Personalnummer;Nachname;Vorname;Login;Austritt"
SKILLS = "Personalnummer;Nachname;Vorname;Kompetenz;Stufe"
ANNA, BERT, ZENO = "000101;Weiß;Karin;wk101;", "000102;Sommer;Horst;sh102;30.09.2025", "000103;Ott;Ute;ou103;"


def take(bench: Bench, day: str, head: str, *rows: str) -> Report:
    """Imports a list, complete as of the day where one is given."""
    path = Path(bench.folder / "list.csv")
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return bench.take(path, complete_at=at(day) if day else None, vanish_percent=100.0)


def who(number: str) -> str:
    return person_id(number, "personnel")


def gone(bench: Bench, *numbers: str, day: str = "2025-12-01") -> set[str]:
    found = bench.rows(nq.DEPARTED, people=sorted(who(one) for one in numbers), as_of=at(day))
    return {one for one in numbers if who(one) in {row.person for row in found}}


def test_a_list_of_skills_brings_no_leaver_back(bench: Bench) -> None:
    take(bench, "2025-09-30", LIST, ANNA, BERT, ZENO)
    take(bench, "", SKILLS, "000101;Weiß;Karin;KANBAN;3", "000102;Sommer;Horst;KANBAN;3")
    assert gone(bench, "000101", "000102", "000103") == {"000102"}
    take(bench, "2025-10-31", LIST, ZENO)
    assert gone(bench, "000101", "000102", "000103") == {"000101", "000102"}


def test_who_gets_a_number_has_not_left(bench: Bench) -> None:
    take(bench, "2025-09-30", LIST, ";Lang;Uwe;wm104;", ZENO)
    take(bench, "2025-10-31", LIST, "000104;Lang;Uwe;wm104;", ZENO)
    assert links_of(bench.store).known and gone(bench, "000104", "000103") == set()


@pytest.mark.parametrize("number", ["000101", "101"])
def test_who_marries_stays_one_person_under_the_new_name(bench: Bench, number: str) -> None:
    take(bench, "", LIST, ANNA, ZENO)
    bench.now += 86_400_000
    take(bench, "", SKILLS, f"{number};Weiß;Karin;KANBAN;3")
    bench.now += 86_400_000
    take(bench, "", LIST, "000101;Neumann;Karin;wk101;", ZENO)
    known = [one for one in links_of(bench.store).known.values() if one.key.lstrip("0") == "101"]
    assert {one.key for one in known} == {"000101", number} and len({one.person for one in known}) == 1
    assert bench.rows(nq.NAMES, people=[known[0].person])[0].name == "Karin Neumann"


def test_a_number_that_somebody_else_gets_brings_no_skills_along(bench: Bench) -> None:
    take(bench, "2025-09-30", LIST, ANNA, ZENO)
    take(bench, "", SKILLS, "101;Weiß;Karin;KANBAN;3")
    take(bench, "2025-10-31", LIST, ZENO)
    take(bench, "2025-11-30", LIST, "000101;Lang;Bert;lb101;", ZENO)
    assert len({one.person for one in links_of(bench.store).known.values() if one.key.lstrip("0") == "101"}) == 2


def test_a_list_by_login_keeps_no_leaver(bench: Bench) -> None:
    take(bench, "2025-09-30", LIST, ANNA, ZENO)
    take(bench, "", "Login;Name;Abteilung", "wk101;Karin Weiß;Montage", "ou103;Ute Ott;Logistik")
    take(bench, "2025-10-31", LIST, ZENO)
    assert gone(bench, "000101", "000103") == {"000101"}


@pytest.mark.parametrize("day", ["", "2025-10-31"])
def test_a_number_that_stands_twice_is_refused_and_ends_nothing(bench: Bench, day: str) -> None:
    take(bench, "2025-09-30", LIST, ANNA, ZENO)
    report = take(bench, day, LIST, "000105;Ott;Ute;wm105;", "000105;Maier;Jan;wm106;", ZENO)
    assert (report.counts.refused, report.faults[0].reason) == (1, "row.repeated_key")
    assert not gone(bench, "000101")


def test_a_solver_written_by_name_waits_for_review_and_nobody_is_no_person(bench: Bench) -> None:
    take(bench, "", LIST, ANNA, ZENO)
    head = "Fallnummer;eröffnet;Titel;geschlossen;gelöst von"
    solvers = ("Ott, Ute", "Ute Ott", "-", "n/a", "Service Desk", "nicht zugewiesen", "ou103", "MA 17")
    rows = [f"F-{n};2025-01-0{n};Presse leckt;2025-02-01;{name}" for n, name in enumerate(solvers, start=1)]
    take(bench, "", head, *rows)
    known = links_of(bench.store).known.values()
    assert {one.key for one in known if one.source.startswith("house")} == {"ute ott", "ou103", "MA 17"}
    assert [line.name for line in waiting(bench.store, 10)] == ["Ute Ott"]
    (alone,) = (one.person for one in known if one.key == "ute ott")
    assert [row.name for row in bench.rows(nq.NAMES, people=[alone])] == ["Ute Ott"]


def test_an_undone_month_names_no_line_of_an_ending(bench: Bench) -> None:
    take(bench, "2025-08-31", LIST, ANNA, ZENO)
    second = take(bench, "2025-09-30", LIST, ANNA, ZENO)
    take(bench, "2025-10-31", LIST, ZENO)
    undone = undo_run(bench.store, bench.clocks, second.run.number)
    assert not undone.conflicts


def test_the_same_file_again_changes_nothing_also_with_two_spellings(bench: Bench) -> None:
    head, rows = "Kunde;Partnerfirma;zuständig ab", ("Kunde A GmbH;P1;01.01.2020", "Kunde A  GmbH;P2;01.01.2023")
    for number in range(3):
        counts = take(bench, "", head, *rows).counts
        bench.now += 86_400_000
        assert (counts.facts_withdrawn, counts.unchanged) == (0, 2 if number else 0)


def test_who_took_part_comes_beside_the_case(bench: Bench) -> None:
    cases = ("F-1;2025-01-01;Presse leckt;2025-02-01",)
    take(bench, "", "Fallnummer;eröffnet;Titel;geschlossen", *cases)
    rows = ("F-1;ou103;Löser;01.02.2025", "F-1;wk101;beteiligt;02.01.2025", "F-1;servicedesk;Melder;01.01.2025",
            "F-1;ou103;Chef;01.02.2025", "F-1;wk101;beteiligt;05.01.2025")  # fmt: skip
    report = take(bench, "", "Fall;Login;Rolle;am", *rows)
    assert (report.run.format, report.counts.written, report.counts.refused) == ("participations", 3, 1)
    assert report.reasons == {"account.nobody": 1, "value.not_a_role": 1}
    found = bench.rows(nq.PARTICIPANTS, cases=[case_id("F-1")])
    assert [(row.person, row.role) for row in found] == [(person_id("ou103", "login"), "RESOLVER")]


def test_a_certificate_that_ends_before_it_begins_is_refused(bench: Bench) -> None:
    head = "Personalnummer;Zertifikat;ausgestellt am;gültig bis"
    report = take(bench, "", head, "000101;Kranschein;01.05.2024;01.05.2026", "000103;Kranschein;01.05.2026;01.05.2024")
    assert (report.counts.written, report.faults[0].reason) == (1, "value.ends_before")


def test_a_surname_may_sound_like_a_function(bench: Bench) -> None:
    report = take(bench, "", "E-Mail;Nachname;Vorname", "gast@firma.de;Gast;Peter", "info@firma.de;Kontakt;Zentrale")
    assert (report.counts.written, report.reasons) == (1, {"account.nobody": 1})
