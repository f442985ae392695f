"""What names of skills mean: suggested, decided by people, undone; versions of a list keep every claim."""

import csv
from pathlib import Path

import pytest
from askers import asker, context
from workbench import Bench, at, case, case_id, person_id, write_csv

from graph_service.access import Role
from graph_service.api.execution import run_now
from graph_service.api.ids import encode
from graph_service.errors import InputRefused
from graph_service.identity.linking import IdentityVerdict, Judgement
from graph_service.intake.files import PackedFile
from graph_service.intake.planning import plan_of
from graph_service.intake.profiles import import_profile
from graph_service.model import Skill, SourceId, SourceRow, deterministic_id
from graph_service.settings import Settings
from graph_service.skills import Concepts, concepts_of, decide_skill, undo_skill, unplaced
from graph_service.store import named_queries as nq
from graph_service.store.named_queries import SkillConcept
from graph_service.unanswered import unanswered
from graph_service.wiring import service_of

ESCO = ("conceptType", "conceptUri", "preferredLabel", "status", "altLabels", "description")
SPS = "SPS Programmierung und die Inbetriebnahme von Anlagen"


def decided(bench: Bench, judgement: Judgement) -> None:
    with bench.store.view(as_of=bench.now) as view:
        decide_skill(bench.store, view, judgement)


def esco(bench: Bench, *rows: tuple[str, str, str], day: str, name: str = "skills_de.csv") -> None:
    path = bench.folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(ESCO)
        writer.writerows(
            ("KnowledgeSkillCompetence", uri, label, "released", others, "und der") for uri, label, others in rows
        )
    bench.take(path, complete_at=at(day), vanish_percent=100.0)


def claim(bench: Bench, skill: str, number: str = "00042", level: str = "4") -> str:
    path = bench.folder / "claims.csv"
    path.write_text(f"Personalnr;Skill;Stufe\n{number};{skill};{level}\n", encoding="utf-8")
    bench.take(path)
    return deterministic_id("skill", skill.casefold())


def concept(uri: str) -> str:
    return SourceId("esco", uri).id_of("skill")


def test_a_new_version_adds_renames_and_retires_and_keeps_every_claim(bench: Bench) -> None:
    esco(bench, ("u1", "Schweißen", "Fügen\nLöten"), ("u2", "Telefax bedienen", ""), day="2024-01-01")
    claim(bench, "Telefax bedienen")
    before = bench.rows(nq.CLAIMS_OF, people=[person_id("00042", "personnel")])
    esco(bench, ("u1", "Schweißtechnik", "Schweißen"), ("u3", "Additive Fertigung", ""), day="2026-01-01")
    listed = {row.skill: row for row in concepts_of(bench.store).rows}
    assert set(listed) == {concept("u1"), concept("u3")} and listed[concept("u1")].label_de == "Schweißtechnik"
    assert bench.rows(nq.CLAIMS_OF, people=[person_id("00042", "personnel")]) == before
    bench.undo(bench.store.runs()[0].number)
    assert {row.label_de for row in concepts_of(bench.store).rows} == {"Schweißen", "Telefax bedienen"}


def test_two_languages_of_one_skill_are_one(bench: Bench) -> None:
    esco(bench, ("u1", "Schweißen", ""), day="2024-01-01")
    path = bench.folder / "skills_en.csv"
    path.write_text(
        "conceptType,conceptUri,preferredLabel,status,altLabels,description\n"
        "KnowledgeSkillCompetence,u1,welding,released,,the joining of metals with heat and the use of a torch\n",
        encoding="utf-8",
    )
    bench.take(path)
    row = concepts_of(bench.store).rows[0]
    assert (row.label_de, row.label_en) == ("Schweißen", "welding")


def test_a_decision_lets_a_question_find_the_claim_under_every_name_and_undo_takes_it_back(bench: Bench) -> None:
    bench.cases(case("K-1", "2026-01-01", "Naht gerissen", closed_at="2026-01-02", solver="anna"))
    esco(bench, ("u1", "Schweißen", "Schutzgasschweißen"), day="2024-01-01")
    label = claim(bench, "MAG")
    asked = "Wer kann Schutzgasschweißen?"
    assert [one.person for one in bench.ask(asked).only_declared] == []
    decided(bench, Judgement(label, concept("u1"), IdentityVerdict.SAME, "hr", bench.now))
    assert [one.person for one in bench.ask(asked).only_declared] == [person_id("00042", "personnel")]
    undo_skill(bench.store, label, concept("u1"))
    assert [one.person for one in bench.ask(asked).only_declared] == []
    with pytest.raises(InputRefused):
        undo_skill(bench.store, label, concept("u1"))
    with pytest.raises(InputRefused):
        decided(bench, Judgement(label, "nothing", IdentityVerdict.SAME))


def test_a_name_waits_for_a_decision_even_when_it_is_the_same_letter_for_letter(bench: Bench) -> None:
    esco(bench, ("u1", "Schweißen", ""), ("u2", "Rechnen", "schweißen"), day="2024-01-01")
    label = claim(bench, "Schweißen")
    with bench.store.view(as_of=bench.now) as view:
        waiting = unplaced(bench.store, view, 10)
    assert [one.skill for one in waiting] == [label]
    assert {one.skill for one in waiting[0].suggestions if one.is_same_label} == {concept("u1"), concept("u2")}
    decided(bench, Judgement(label, concept("u1"), IdentityVerdict.NOT_SAME, "hr", bench.now))
    with bench.store.view(as_of=bench.now) as view:
        assert [one.skill for one in unplaced(bench.store, view, 10)[0].suggestions] == [concept("u2")]
    decided(bench, Judgement(label, concept("u2"), IdentityVerdict.SAME, "hr", bench.now))
    with bench.store.view(as_of=bench.now) as view:
        assert unplaced(bench.store, view, 10) == []


@pytest.fixture(scope="module")
def listed(shared: Path) -> Concepts:
    part = plan_of(PackedFile(shared / "skills" / "esco_skills_de_en.csv")).parts[0]
    found = [reading for reading in part.importer.read(part.file, part.mapping) if isinstance(reading, SourceRow)]
    skills = [fact for row in found for one in row.statements for fact in one.facts if isinstance(fact, Skill)]
    rows = []
    for one in skills:
        own = one.source_id
        labels = (one.label_de, one.label_en, one.alternatives, one.description, one.broader)
        rows.append(SkillConcept(own.id_of("skill"), own.source, own.key, *labels))
    return Concepts(rows)


@pytest.mark.parametrize(("text", "wanted"), [
    ("Python", "Python"), ("Java Programmierung", "Java"), ("Datenbankentwurf", "Datenbank"),
    ("CRM", "Kunden"), ("IT-Sicherheit", "Sicherheit"), ("Abfallwirtschaft", "Abfall"), ("Französisch", "Französisch"),
    ("spanische Sprache", "Spanisch"), ("Umweltschutz", "umwelt"), ("Programieren in Haskel", "Haskell"),
])  # fmt: skip
def test_suggestions_for_german_names(listed: Concepts, text: str, wanted: str) -> None:
    labels = [f"{one.label_de} {one.label_en}".casefold() for one in listed.suggested(text)]
    assert any(wanted.casefold() in label for label in labels), labels


def test_suggestions_read_umlauts_and_compounds(bench: Bench) -> None:
    esco(bench, ("u1", "Schweißen", ""), ("u2", SPS, ""), ("u3", "Kalkulation", ""), day="2024-01-01")
    found = concepts_of(bench.store)
    assert found.suggested("Schweissen")[0].skill == concept("u1")
    assert found.suggested("SPS")[0].skill == concept("u2")
    assert found.suggested("Preiskalkulation")[0].skill == concept("u3")
    assert found.suggested("") == [] and Concepts(()).suggested("x") == []


def test_a_name_of_the_houses_own_is_not_asked_again_until_that_is_undone(bench: Bench) -> None:
    row = {"Personalnr": "00042", "Skill": "Halle 7 aufschließen", "Stufe": "3"}
    bench.take(write_csv(bench.folder / "skills.csv", list(row), [row]), profile=import_profile("evaluation"))
    label = deterministic_id("skill", row["Skill"].casefold())

    def waiting() -> list[str]:
        with bench.store.view(as_of=bench.now) as view:
            return [one.skill for one in unplaced(bench.store, view, 10)]

    assert waiting() == [label]
    decided(bench, Judgement(label, "ignored", IdentityVerdict.EXTERNAL, "hr", bench.now))
    assert waiting() == []
    undo_skill(bench.store, label, "")
    assert waiting() == [label]


def test_the_group_is_offered_where_the_skill_is_unsure(bench: Bench) -> None:
    esco(bench, ("u1", "WIG-Schweißen", ""), ("u2", "MAG-Schweißen", ""), ("u3", "Lager führen", ""),
         ("g1", "Fügetechnik", ""), day="2024-01-01")  # fmt: skip
    header = ("conceptType", "conceptUri", "broaderType", "broaderUri")
    links = [("KnowledgeSkillCompetence", one, "SkillGroup", "g1") for one in ("u1", "u2")]
    links += [("Occupation", "o1", "ISCOGroup", "C1"), ("KnowledgeSkillCompetence", "unknown", "SkillGroup", "g1")]
    rows = [dict(zip(header, link, strict=True)) for link in links]
    report = bench.take(write_csv(bench.folder / "broaderRelationsSkillPillar_de.csv", header, rows))
    assert (report.counts.written, report.counts.skipped) == (3, 1)
    found = concepts_of(bench.store)
    unsure = found.suggested("Schweißarbeiten")
    assert {one.skill for one in unsure[:2]} == {concept("u1"), concept("u2")} and unsure[0].group == "Fügetechnik"
    assert [one.skill for one in unsure if one.is_group] == [concept("g1")]
    assert found.suggested("Fügetechnik")[0].skill == concept("g1")
    assert not any(one.is_group for one in found.suggested("WIG-Schweißen"))  # that label is there
    assert len(found.rows) == 4  # a relation alone lists no skill


def test_what_was_asked_in_vain_is_told_in_counts_of_ten_and_more(bench: Bench) -> None:
    service = service_of(bench.store, Settings()).at(bench.now)
    bench.cases(case("K-1", "2026-01-01", "Naht gerissen", labels="Schweißen", product="P", reporter="anna"))
    asked = encode("Case", case_id("K-1"))
    document = "{ recommendExperts(problem: %s) { experts { person { name } } } }"
    for number in range(12):
        problem = f'{{caseId: "{asked}"}}' if number < 11 else '{text: "Leitstand"}'
        assert not run_now(document % problem, {}, context(service)).errors
        told = unanswered(bench.store, bench.now)
        shown = dict(told.classes).get("Schweißen", 0)
        assert (told.asked, shown) == (0, 0) if number < 9 else shown == min(number + 1, 11)
    query = "{ missingSkills { asked classes { name count } inFew } }"
    found = run_now(query, {}, context(service, who=asker(Role.HR)))
    assert found.data == {"missingSkills": {"asked": 0, "classes": [{"name": "Schweißen", "count": 11}], "inFew": 0}}


def test_listed_classes_are_counted_that_nobody_ever_solved_or_claimed(bench: Bench) -> None:
    service = service_of(bench.store, Settings()).at(bench.now)
    path = bench.folder / "classes.csv"
    path.write_text("Problemklasse;Begriffe\nGlaskeramik;Ofenplatte, Glasplatte\n", encoding="utf-8")
    bench.take(path)
    document = (
        '{ recommendExperts(problem: {text: "Ofenplatte des Kunden gesprungen"}) { experts { person { name } } } }'
    )
    for number in range(11):
        assert dict(unanswered(bench.store, bench.now).classes) == ({"Glaskeramik": 10} if number == 10 else {})
        assert not run_now(document, {}, context(service)).errors
