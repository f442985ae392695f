"""Taking files in through the pages, on both stores: H-1 to H-5, the mapping, refused rows, undo, and who is who."""

import html
import re
import threading
from pathlib import Path

import httpx
import pytest
from browsing import Running, Visitor, demo_running, demo_service, text_of
from workbench import demo_person

from graph_service.erasure import erase_person
from graph_service.text.messages import LANGUAGES
from graph_service.web import import_pages
from graph_service.web.typed import form_shown, form_typed
from importers.dates import PATTERNS, is_pattern

HR, STEWARD = "Claudia Müller", "Dieter Müller"
HEAD = "Personalnr;Nachname;Vorname;Skill;Stufe;Quelle;Stand"


def sent(
    visitor: Visitor, text: str, name: str = "liste.csv", encoding: str = "cp1252", **fields: str
) -> httpx.Response:
    """The preview of a file."""
    visitor.get("/einspielen")
    return visitor.post("/einspielen", fields, files={"file": (name, text.encode(encoding), "text/csv")})


def taken(visitor: Visitor, preview: httpx.Response) -> httpx.Response:
    """What is said after taking a previewed file in."""
    return visitor.post(preview.url.path, {"act": "commit"})


def toml_of(page: httpx.Response) -> str:
    return html.unescape(page.text.partition('name="mapping" rows')[2].partition(">")[2].partition("</textarea>")[0])


def counts(page: httpx.Response) -> dict[str, int]:
    return {name: int(number) for name, number in re.findall(r"</i>(\w+)</dt><dd[^>]*>(\d+)</dd>", page.text)}


def runs(visitor: Visitor) -> list[str]:
    return re.findall(r"/einspielen/laeufe/(\d+)/zurueck", visitor.get("/einspielen").text)


def test_a_list_is_looked_at_corrected_taken_in_repeated_and_undone(demo_pages: Running) -> None:
    hr = Visitor(demo_pages, HR)
    before = runs(hr)
    rows = [
        "1;Weiß;Jürgen;KANBAN;3,5;Führungskraft;31.12.2024",
        "2;?ahin;Aylin;Workflow;4;Selbst;31.12.2024",
        "3;Groß;Ines;Rechnung;7;Selbst;01.02.2025",
    ]
    rows += [f"{number};Beispiel{number};Anna;KANBAN;3;Selbst;01.03.2025" for number in range(10, 30)]
    columns = "Geburtsdatum;Familienstand;Nationalität;Gehalt;Krankheitstage;Teamfähigkeit"
    text = "\n".join([f"{HEAD};{columns}", *(f"{row};01.01.1970;ledig;DE;5000;3;5" for row in rows)])
    preview = sent(hr, text, "Stärken.csv")
    told = text_of(preview)
    assert "Vorschau – noch nichts gespeichert" in told and "23 Zeilen gelesen, eine davon abgewiesen" in told.replace(
        " ,", ","
    )
    assert counts(preview) == {"übernommen": 22, "unverändert": 0, "übersprungen": 0, "abgewiesen": 1}
    assert "Weiß" in told and "?ahin" in told and "Buchstaben des Namens gingen verloren" in told
    assert "6 Spalten verweigert" in told and all(one in told for one in columns.split(";"))
    assert "1970" not in told and "5000" not in told and "ledig" not in told
    upload = preview.url.path
    skill = re.search(r'<select name="field-3".*?</select>', preview.text, re.S)
    assert skill and '<option value="skill" selected>' in skill[0]
    fields = dict(re.findall(r'name="(field-\d+)"[^>]*>.*?<option value="(\w*)" selected', preview.text, re.S))
    forms = dict(re.findall(r'name="(form-\d+)" value="([^"]*)"', preview.text))
    fields |= dict(re.findall(r'name="(field-\d+)" value="([^"]*)"', preview.text))
    without = hr.post(upload, {"act": "mapping", **forms, **fields, "field-6": "", "mapping": ""})
    assert counts(without)["übernommen"] == 22
    assert forms["form-6"] == "TT.MM.JJJJ" and "%d" not in preview.text.split('<textarea id="mapping"')[0]
    turned = hr.post(upload, {"act": "mapping", **forms, **fields, "form-6": "MM/TT/JJJJ", "mapping": ""})
    assert "MM/TT/JJJJ" in turned.text and "%m/%d/%Y" in turned.text.split('<textarea id="mapping"')[1]
    wider = hr.post(upload, {"act": "mapping", **forms, **fields, "form-4": "1-10", "mapping": ""})
    assert counts(wider)["abgewiesen"] == 0, text_of(wider)
    back = hr.post(upload, {"act": "mapping", **forms, **fields, "mapping": ""})
    assert counts(back)["abgewiesen"] == 1
    done = taken(hr, back)
    assert "Stärken.csv: 22 Zeilen übernommen." in text_of(done)
    first, *others = runs(hr)
    page = hr.get(re.search(r'href="(/einspielen/laeufe/[^"/]+)"', done.text)[1])  # type: ignore[index]
    assert "Stärken.csv" in page.text and "außerhalb der Skala" in page.text and others == before  # no preview stays
    rejects = hr.get(f"/einspielen/laeufe/{first}/abgewiesen")
    assert "attachment" in rejects.headers["content-disposition"]
    assert rejects.content.decode("cp1252").startswith(f"{HEAD};") and "1970" not in rejects.content.decode("cp1252")
    assert counts(sent(hr, text, "Stärken.csv")) == {
        "übernommen": 0,
        "unverändert": 22,
        "übersprungen": 0,
        "abgewiesen": 1,
    }
    undone = hr.post(f"/einspielen/laeufe/{first}/zurueck")
    assert f"Lauf {first} ist zurückgenommen" in undone.text and runs(hr) == before
    assert counts(sent(hr, text, "Stärken.csv"))["übernommen"] == 22


def test_a_self_rating_moves_nobody_and_hr_sees_no_case(demo_pages: Running) -> None:
    hr, sandra = Visitor(demo_pages, HR), Visitor(demo_pages, "Sandra Sommer")
    before = re.findall(r"<h3>([^<]+)</h3>", sandra.ask("KANBAN-Abruf hängt").text)
    assert before
    preview = sent(hr, f"login;{HEAD.split(';', 3)[3]}\nneumann;KANBAN;5;Selbst;01.05.2026\n")
    assert "Zeile" in text_of(preview)
    taken(hr, preview)
    assert re.findall(r"<h3>([^<]+)</h3>", sandra.ask("KANBAN-Abruf hängt jetzt").text)[:3] == before[:3]
    assert hr.get("/fragen").status_code == 403
    case = re.search(r'href="(/faelle/[^"]+)"', sandra.ask("KANBAN-Abruf hängt").text)
    assert case and hr.get(case[1]).status_code == 403


def test_each_sees_and_undoes_only_their_own_runs(demo_pages: Running) -> None:
    hr, steward = Visitor(demo_pages, HR), Visitor(demo_pages, STEWARD)
    taken(hr, sent(hr, f"{HEAD}\n7;Nur;Eine;KANBAN;3;Selbst;01.03.2025\n", "eigen.csv"))
    mine = runs(hr)[0]
    assert "eigen.csv" not in steward.get("/einspielen").text
    assert 'role="alert"' in steward.post(f"/einspielen/laeufe/{mine}/zurueck").text
    assert mine in runs(hr)
    assert steward.get(f"/einspielen/laeufe/{mine}/abgewiesen").status_code == 400
    hr.post(f"/einspielen/laeufe/{mine}/zurueck")


def test_files_that_cannot_be_are_refused_with_a_sentence(demo_site: Running) -> None:
    hr = Visitor(demo_site, HR)
    hr.get("/einspielen")
    assert "Bitte wählen Sie eine Datei" in hr.post("/einspielen", {}, files={"file": ("", b"", "text/csv")}).text
    for name, content in (("leer.csv", b""), ("bild.csv", bytes(range(256)) * 40), ("wirr.csv", b"a;b\n1;2\n")):
        page = hr.post("/einspielen", {}, files={"file": (name, content, "text/csv")})
        assert page.status_code == 400 and "Es wurde nichts gespeichert" in page.text, name
        assert len(text_of(page)) < 1500 and "--" not in text_of(page) and "Trotzdem ansehen" not in page.text
    assert 'name="format"' in page.text  # of the last, whose format nobody knows
    unheard = hr.post(page.url.path, {"act": "format", "format": "gibt-es-nicht"})
    assert "skill-list" in text_of(unheard) and 'name="format"' in unheard.text
    preview = sent(hr, f"{HEAD}\n7;Nur;Eine;KANBAN;3;Selbst;01.03.2025\n")
    broken = hr.post(preview.url.path, {"act": "mapping", "mapping": "das ist kein TOML ["})
    assert broken.status_code == 400 and "TOML" in broken.text
    assert "ist kein Tag" in sent(hr, f"{HEAD}\n7;N;E;KANBAN;3;Selbst;01.03.2025\n", full="32.13.2026").text
    assert Visitor(demo_site, STEWARD).get(preview.url.path).status_code == 404  # a file belongs to who sent it
    assert "Einspielen" in hr.post(f"{preview.url.path}/verwerfen").text
    assert hr.get(preview.url.path).status_code == 404


def test_of_two_readings_the_first_is_taken_or_another_typed(demo_site: Running) -> None:
    hr = Visitor(demo_site, HR)
    text = f"{HEAD}\n2;Şahin;Aylin;KANBAN;3;Selbst;03/04/2022\n"
    asked = sent(hr, text, encoding="utf-8")
    assert "TT/MM/JJJJ / MM/TT/JJJJ; beides passt" in text_of(asked) and " disabled>Übernehmen" in asked.text
    taken_first = hr.post(asked.url.path, {"act": "proposed"})
    assert "beides passt" not in taken_first.text and " disabled>" not in taken_first.text
    assert "So lesen wie vorgeschlagen" not in taken_first.text
    assert "eine Zeile übernommen" in text_of(taken(hr, taken_first))
    number = runs(hr)[0]
    hr.post(f"/einspielen/laeufe/{number}/zurueck")


def test_a_list_whose_columns_nobody_knows_is_mapped_by_hand(demo_pages: Running) -> None:
    hr = Visitor(demo_pages, HR)
    rows = "Kennung;Wer;Was er kann;Wie gut;Wann\n00071;Bauer, Anna;KANBAN;8;03/04/2022\n00072;Meier, Jan;Workflow;7;\n"
    page = sent(hr, rows, "Fremd.csv")
    assert page.status_code == 400 and "kein bekanntes Format" in page.text
    asked = hr.post(page.url.path, {"act": "format", "format": "skill-list"})
    told = text_of(asked)
    assert asked.status_code == 200 and "Noch ist nicht gesagt, was die Spalten bedeuten" in told
    assert (
        "Welche Spalte bedeutet „Kompetenz / Kenntnis / Qualifikation“?" in told
        and "„Stufe / Niveau / Ausprägung“?" in told
    )
    assert "Übernehmen" not in told
    refused = taken(hr, asked)
    assert refused.status_code == 400 and "fehlt die Spalte" in refused.text
    meant = ("number", "name", "skill", "level", "assessed_on")
    fields = {f"field-{place}": field for place, field in enumerate(meant)}
    half = hr.post(asked.url.path, {"act": "mapping", "mapping": toml_of(asked), **fields})
    forms = dict(re.findall(r'name="(form-\d+)" value="([^"]*)"', half.text))
    assert forms["form-3"] == "1-10" and "TT/MM/JJJJ / MM/TT/JJJJ; beides passt" in text_of(half)
    assert re.search(r'value="commit" disabled', half.text)
    told_now = {"act": "mapping", "mapping": toml_of(half), **fields, **forms, "form-4": "TT/MM/JJJJ"}
    mapped = hr.post(asked.url.path, told_now)
    assert re.search(r'value="commit">', mapped.text)
    assert counts(mapped) == {"übernommen": 2, "unverändert": 0, "übersprungen": 0, "abgewiesen": 0}
    assert "Bauer, Anna" in text_of(mapped)
    assert "Fremd.csv: 2 Zeilen übernommen." in text_of(taken(hr, mapped))


def test_what_a_format_without_columns_asks_is_answered_in_its_text(demo_site: Running) -> None:
    steward = Visitor(demo_site, STEWARD)
    badges = "".join(f"{28_820 + 20 * n}\t492\t938\n" for n in range(9))
    asked = sent(steward, badges, "nahe.dat", encoding="ascii")
    assert "An welchem Tag beginnen sie?" in asked.text and '<textarea id="mapping"' in asked.text
    assert "So lesen wie vorgeschlagen" not in asked.text  # there is no first reading


def test_dates_are_told_and_typed_as_spreadsheets_write_them() -> None:
    for language in LANGUAGES:
        for pattern in (*PATTERNS, "day | %d.%m.%Y", "iso | %d.%m.%Y %H:%M", "pad 6", "1-5", ""):
            assert form_typed(form_shown(pattern, language), language) == pattern
    assert form_shown("%d.%m.%Y %H:%M", "de") == "TT.MM.JJJJ hh:mm"
    assert form_shown("%d/%b/%y %I:%M %p", "en") == "DD/MMM/YY hh:mm AM"
    assert form_typed("tt.mm.jjjj HH:MM:SS", "de") == "%d.%m.%Y %H:%M:%S"
    assert form_typed("MM/DD/YYYY HH:MM am", "en") == "%m/%d/%Y %I:%M %p"
    assert not is_pattern(form_typed("TT.MM.JJJJ / MM.TT.JJJJ", "de"))  # a part that stands twice is no pattern
    assert form_typed("%d.%m.%Y", "de") == "%d.%m.%Y" and form_typed("kommt", "de") == "kommt"


def test_a_long_file_shows_how_far_it_is(demo_site: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_pages, "PATIENCE", 0.05)
    hr = Visitor(demo_site, HR, is_patient=False)
    rows = "\n".join(f"{n};Viel{n};Anna;KANBAN;{n % 5 + 1};Selbst;01.03.2025" for n in range(4_000))
    page = sent(hr, f"{HEAD}\n{rows}\n", "lang.csv")
    assert "Die Datei wird gelesen" in page.text and "<progress" in page.text and 'http-equiv="refresh"' in page.text
    told = hr.get(f"{page.url.path}/fortschritt").json()
    assert set(told) == {"rows", "share", "done"}
    waited = threading.Event()
    for _ in range(300):
        if hr.get(f"{page.url.path}/fortschritt").json()["done"]:
            break
        waited.wait(0.2)
    assert "4000 Zeilen gelesen" in text_of(hr.get(page.url.path))


def test_an_erased_person_stays_out(filled_demo: Path, tmp_path: Path) -> None:
    service = demo_service(tmp_path / "store.db", filled_demo, secret="s" * 32)
    with demo_running(service) as running:
        erase_person(service.store, demo_person("neumann"), "s" * 32, service.now())
        hr = Visitor(running, HR)
        preview = sent(hr, "login;Skill;Stufe;Quelle\nneumann;KANBAN;5;Selbst\n")
        assert counts(preview)["übernommen"] == 0 and counts(preview)["übersprungen"] == 1


def test_who_is_who_is_decided_one_after_the_other(demo_pages: Running) -> None:
    hr = Visitor(demo_pages, HR)
    assert "Nichts zu entscheiden" in hr.get("/dieselbe-person").text
    rows = "mail;Name;Skill;Stufe;Quelle\nk.neuman@x.example;Neuman, Kevin;KANBAN;4;Selbst\n"
    rows += "t.kruger@x.example;Krüger, Tobias;Lager;4;Selbst\n"
    taken(hr, sent(hr, rows, "fremd.csv"))
    page = hr.get("/dieselbe-person")
    assert "Dieselbe Person? 1 von 2" in page.text and "Warum dieselbe" in page.text
    assert 'accesskey="g"' in page.text and "Kevin Neumann" in page.text
    form = {name: re.search(rf'name="{name}" value="([^"]+)"', page.text)[1] for name in ("account", "other", "next")}  # type: ignore[index]
    assert "Dieselbe Person? 2 von 2" in hr.post("/dieselbe-person", {**form, "verdict": "LATER"}).text
    assert hr.post("/dieselbe-person", {**form, "verdict": "MAYBE"}).status_code == 400
    kept = hr.post("/dieselbe-person", {**form, "verdict": "NOT_SAME"})
    assert "das wird nie wieder gefragt" in kept.text
    done = hr.post("/dieselbe-person", {**form, "verdict": "EXTERNAL"})
    assert "jemand Neues von außen" in done.text and "1 von 1" in done.text
