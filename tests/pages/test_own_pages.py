"""What is one's own: doors, flag, visibility, claims, objections, the network; and the group pages without a name."""

import re
from pathlib import Path

from browsing import Running, Visitor, demo_running, demo_service, text_of

from graph_service import demo


def told(page: str) -> str:
    """What the page says of the act before it."""
    return text_of(page.split('role="status"')[1].split("</p>")[0])


def test_somebody_sees_what_is_stored_about_them_from_where_and_for_what(demo_pages: Running) -> None:
    Visitor(demo_pages, "Sandra Sommer").ask(demo.question())
    weiss = Visitor(demo_pages, "Jürgen Weiß")
    text = text_of(weiss.get("/mein-profil"))
    assert "Jürgen Weiß: was über Sie gespeichert ist und wofür es genutzt wurde." in text
    named = text.split("Wo Sie vorgeschlagen wurden")[1].split("Einschätzungen")[0]
    assert "Eskalation" in named and "KANBAN-Abruf, Workflow-Fehler" in named and "typische Fälle" in named
    assert "Sandra" not in named and "Brenner" not in named  # role, subject and reason; the name only after an ask
    assert "demo_skills.csv, Zeile" in text and "KANBAN 4 selbst angegeben" in text
    assert "KAN-311 Produktion steht: KANBAN-Abruf hängt 11/2025" in text
    assert "hält Absprachen hierzu" in text and "würde ich hierzu" in text  # two words that cannot be mistaken
    assert "keine Gesamtnote, keine Rangliste von Menschen" in text
    network = text_of(weiss.get("/mein-netz"))
    assert "Nur Sie sehen diese Seite" in network and "Sandra Sommer" in network


def test_the_group_page_has_no_name_and_says_what_it_cannot_compare(demo_pages: Running) -> None:
    emre = Visitor(demo_pages, "Emre Müller")
    page = emre.get("/netz")
    text = text_of(page)
    assert "nur Gruppen ab 10 Personen, keine Namen" in text and "Keine Quelle deckt beide Zeitfenster ab" in text
    people = ("Weiß", "Şahin", "Sommer", "Krüger", "Großmann", "Vogt")
    assert not any(one in text for one in people)
    for window in ("gestern", "2019-Q9", "2019-10..2019-09", "9999-Q4", "2026-Q2", "2026-Q1"):
        found = emre.get("/netz", params={"von": window, "bis": "2025-Q4"})
        assert "Nicht vergleichbar" not in text_of(found) and len(text_of(found.text.split("<h1>")[1][:300])) > 20, (
            window
        )
        assert not any(one in text_of(found) for one in people)


def test_hours_are_typed_and_read_by_the_clock_of_ones_own_site(filled_demo: Path, tmp_path: Path) -> None:
    service = demo_service(tmp_path / "store.db", filled_demo)
    with demo_running(service) as running:
        steward = Visitor(running, "Dieter Müller")
        units = "Einheit;gehört zu;Art;Land;Zeitzone;Leitung\nPlant Detroit;;Standort;US;America/Detroit;\n"
        people = "person,name,kind,personnel number,login,unit,site\n"
        people += "weiss,Jürgen Weiß,EMPLOYEE,00002,weiss,Fertigung,Plant Detroit\n"
        for name, text in (("units.csv", units), ("people.csv", people)):
            steward.get("/einspielen")
            page = steward.post("/einspielen", {}, files={"file": (name, text.encode(), "text/csv")})
            assert "übernommen" in steward.post(page.url.path, {"act": "commit"}).text
        weiss = Visitor(running, "Jürgen Weiß")
        weiss.get("/mein-profil")
        assert weiss.zone == "America/Detroit"
        weiss.post("/mein-profil/fahne", {"state": "off"})
        up = weiss.post("/mein-profil/fahne", {"state": "on", "time": "08:30", "day": ""})
        assert "Rote Fahne ist gesetzt bis Di 12.05. 08:30" in text_of(up)
        seen = text_of(Visitor(running, "Sandra Sommer").ask("KANBAN-Abruf geht nicht raus"))
        assert "rote Fahne bis 14:30" in seen
        assert weiss.post("/mein-profil/fahne", {"state": "on", "time": "08:30", "zone": "Mond"}).status_code == 200
        assert "passt zu keinem Formular" in weiss.post("/mein-profil/fahne", {"time": "9:00", "zone": "Mond"}).text


def test_the_flag_goes_up_and_down_with_one_click_and_moves_the_next_answer(demo_pages: Running) -> None:
    weiss, sandra = Visitor(demo_pages, "Jürgen Weiß"), Visitor(demo_pages, "Sandra Sommer")
    weiss.get("/mein-profil")
    raised = weiss.post("/mein-profil/fahne", {"state": "on", "time": "13:00", "day": ""})
    assert "Rote Fahne ist gesetzt bis Di 12.05. 13:00" in text_of(raised)
    down = weiss.post("/mein-profil/fahne", {"state": "off"})
    assert "Rote Fahne ist gesetzt" not in down.text and 'value="14:00"' in down.text  # four hours are proposed
    assert "rote Fahne" not in text_of(sandra.ask("KANBAN-Abruf geht nicht raus"))
    up = weiss.post("/mein-profil/fahne", {"state": "on", "time": "15:30", "day": ""})
    assert "Rote Fahne ist gesetzt bis Di 12.05. 15:30" in text_of(up)
    assert "rote Fahne bis 15:30" in text_of(sandra.ask("KANBAN-Abruf geht nicht mehr raus"))


def test_doors_hold_with_the_next_question(demo_pages: Running) -> None:
    weiss, sandra = Visitor(demo_pages, "Jürgen Weiß"), Visitor(demo_pages, "Sandra Sommer")
    weiss.get("/mein-profil")
    weiss.post("/mein-profil/fahne", {"state": "off"})
    weiss.post("/mein-profil/anwesenheit", {"state": "HOME", "time": "12:00"})
    weiss.post("/mein-profil/ansprache", {"text": "erst eine Zeile im Chat"})
    weiss.post("/mein-profil/grenze", {"amount": "7"})
    page = weiss.post("/mein-profil/sprechstunde", {"TUE": "1", "begins": "14:00", "ends": "15:00"})
    text = text_of(page)
    assert "zu Hause, bis Di 12.05. 12:00" in text.replace(" ,", ",") and 'value="7"' in page.text
    assert 'name="TUE" checked' in page.text and 'value="14:00"' in page.text
    answer = text_of(sandra.ask("KANBAN-Abruf geht nicht raus, heute noch"))
    assert "zu Hause bis 12:00" in answer and "erst eine Zeile im Chat" in answer


def test_a_consultation_hour_needs_a_day_and_ends_with_a_click(demo_site: Running) -> None:
    weiss = Visitor(demo_site, "Jürgen Weiß")
    weiss.get("/mein-profil")
    hour = {"begins": "10:00", "ends": "11:00"}
    assert "mindestens einen Wochentag" in weiss.post("/mein-profil/sprechstunde", hour).text
    held = weiss.post("/mein-profil/sprechstunde", {**hour, "TUE": "on"})
    assert 'name="TUE" checked' in held.text and "Keine mehr" in held.text
    ended = weiss.post("/mein-profil/sprechstunde", {**hour, "TUE": "on", "state": "off"})
    assert 'name="TUE" checked' not in ended.text and "Keine mehr" not in ended.text
    assert "ist keine Zahl" not in weiss.post("/mein-profil/grenze", {"amount": ""}).text


def test_who_objects_is_heard_at_once_and_the_statement_stays(demo_pages: Running) -> None:
    weiss = Visitor(demo_pages, "Jürgen Weiß")
    page = weiss.get("/mein-profil")
    rating = re.search(r'name="rating" value="([^"]+)"', page.text)
    assert rating
    done = weiss.post("/mein-profil/einwand", {"rating": rating[1], "statement": "Das war vor meiner Zeit."})
    assert "Einwand läuft – zählt nicht" in done.text and "Das war vor meiner Zeit." in done.text
    assert rating[1] not in done.text  # no second objection to the same


def test_claims_and_oneself_are_hidden_and_come_back(demo_pages: Running) -> None:
    neumann, sandra = Visitor(demo_pages, "Kevin Neumann"), Visitor(demo_pages, "Sandra Sommer")
    page = neumann.get("/mein-profil")
    claims = re.findall(r'name="claim" value="([^"]+)"', page.text)
    assert "Kevin Neumann" in sandra.ask("KANBAN-Abruf hängt").text
    for claim in dict.fromkeys(claims):
        assert "verborgen" in told(neumann.post("/mein-profil/angabe", {"claim": claim, "how": "hide"}).text)
    assert "Kevin Neumann" not in sandra.ask("KANBAN-Abruf hängt noch").text
    everything = dict.fromkeys(("CASE_HELP", "SKILL_UPKEEP", "NETWORK_ANALYSIS", "EVALUATION"), "1")
    neumann.post("/mein-profil/sichtbarkeit", {"claim": claims[0], **everything})
    assert "Kevin Neumann" in sandra.ask("KANBAN-Abruf hängt wieder").text
    left = {name: "1" for name in everything if name != "CASE_HELP"}
    assert "von Ihnen gewählt" in neumann.post("/mein-profil/sichtbarkeit", left).text
    gone = sandra.ask("KANBAN-Abruf hängt schon wieder")
    assert "Kevin Neumann" not in gone.text
    for claim in dict.fromkeys(claims):
        neumann.post("/mein-profil/angabe", {"claim": claim, "how": "delete"})
    assert "Keine Angaben." in neumann.get("/mein-profil").text


def test_a_reservation_is_told_to_nobody(filled_demo: Path, tmp_path: Path) -> None:
    with demo_running(demo_service(tmp_path / "store.db", filled_demo)) as running:
        weiss, sandra = Visitor(running, "Jürgen Weiß"), Visitor(running, "Sandra Sommer")
        weiss.get("/mein-profil")
        assert (
            "Brenner Fahrzeugteile GmbH"
            in weiss.post("/mein-profil/vorbehalt", {"customer": "brenner fahrzeugteile gmbh", "state": "on"}).text
        )
        page = text_of(sandra.ask(demo.question()))
        assert "Jürgen Weiß" not in page and "Nicht gezeigt" not in page
        weiss.post("/mein-profil/vorbehalt", {"customer": "Brenner Fahrzeugteile GmbH", "state": "off"})
        assert "Jürgen Weiß" in text_of(sandra.ask(demo.question() + " Bitte schnell."))


def test_operation_tells_of_the_store_and_of_nobody(demo_site: Running) -> None:
    text = text_of(Visitor(demo_site, "Karin Vollmer").get("/betrieb"))
    assert "Alles in Ordnung." in text and "start wirksam" in text and "demo_ratings.csv" in text
    assert "Weiß" not in text and "Sandra" not in text
    assert (
        "Suchindex vollständig" in text
        and "known" not in text
        and "Angaben zu Fähigkeiten" in text
        and "skill_claim" not in text
    )


def test_what_imports_said_is_told_in_words(demo_site: Running) -> None:
    for language, word in (("de", "Beteiligung an einem Fall"), ("en", "Part in a case")):
        told = text_of(Visitor(demo_site, "Jürgen Weiß", language).get("/mein-profil"))
        assert word in told and not any(
            code in told for code in ("RESOLVER", "INFORMAL", " CALL ", "made_by", "keeper")
        )
