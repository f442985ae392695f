"""Each page as each role, with typed-in addresses and forged fields; names and texts that would like to be code."""

import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import Running, Visitor, demo_running, demo_service, running, text_of
from workbench import case, write_csv

from graph_service.access import Identity, Role
from graph_service.intake.files import PackedFile
from graph_service.intake.profiles import import_profile
from graph_service.intake.runs import Options, import_file
from graph_service.model import NEVER
from graph_service.store import named_queries as nq
from graph_service.web.sessions import Session
from graph_service.web.visits import COOKIE

PEOPLE = {
    "Sandra Sommer": "/fragen",
    "Hannelore Vogt": "/fragen",
    "Andrea Müller": "/fragen",
    "Jürgen Weiß": "/mein-netz",
    "Bernd Müller": "/mein-netz",
    "Claudia Müller": "/einspielen",
    "Dieter Müller": "/einspielen",
    "Emre Müller": "/netz",
    "Karin Vollmer": "/betrieb",
}
"""Invented people of all roles that have a page, and where they begin."""
PAGES = ("/fragen", "/einspielen", "/dieselbe-person", "/netz", "/betrieb", "/mein-netz", "/mein-profil")
OPEN = {
    "/fragen": ("/fragen",),
    "/einspielen": ("/einspielen", "/dieselbe-person"),
    "/netz": ("/netz",),
    "/betrieb": ("/betrieb",),
}
HELPERS = [name for name, home in PEOPLE.items() if home == "/fragen"]


def refused(site: Running) -> int:
    """How many refusals the audit holds."""
    rows = site.service.store.journal(nq.AUDIT_COUNTS, since=0)
    return sum(row.times for row in rows if row.act == "access:refused")


@pytest.mark.parametrize("name", PEOPLE)
def test_a_role_opens_its_own_pages_and_no_other(demo_site: Running, name: str) -> None:
    visitor, home = Visitor(demo_site, name), PEOPLE[name]
    page = visitor.get("/")
    assert page.url.path == home and page.status_code == 200
    mine = {*OPEN.get(home, ()), "/mein-netz", "/mein-profil"}
    before = refused(demo_site)
    entries = {part.split('"')[0] for part in page.text.split('<li><a href="')[1:]}
    assert entries <= mine
    for path in PAGES:
        found = visitor.get(path)
        assert found.status_code == (200 if path in mine else 403), path
        if path not in mine:
            assert "Diese Seite gehört zu einer anderen Rolle" in found.text
    assert refused(demo_site) - before == len(PAGES) - len(mine & set(PAGES))


def test_those_without_a_page_are_told(filled_demo: Path, tmp_path: Path) -> None:
    council = Identity("oidc:c", (Role.WORKS_COUNCIL,), NEVER, name="Britta Rat")
    with running(demo_service(tmp_path / "store.db", filled_demo), [council], "x") as site:
        visitor = Visitor(site, "Britta Rat")
        page = visitor.get("/")
        assert page.status_code == 200 and "Für Ihre Rolle gibt es hier noch keine Seite." in page.text
        assert [visitor.get(path).status_code for path in PAGES] == [403] * len(PAGES)


@pytest.mark.parametrize("name", [name for name in PEOPLE if name not in HELPERS])
def test_forms_of_another_role_do_nothing(demo_site: Running, name: str) -> None:
    visitor = Visitor(demo_site, name)
    visitor.get("/mein-profil")
    weiss = next(one.person for one in demo_site.site.signing.people if one.name == "Jürgen Weiß")
    for path, fields in (
        ("/fragen/abc/uebersteuern", {"person": weiss, "impact": "PRODUCTION_DOWN", "confirmedBy": "x", "reason": "y"}),
        ("/fragen/abc/entschieden", {"recommendation": "x", "reason": "y"}),
        ("/fragen/abc/berichtigen", {"customer": "x"}),
        ("/rolle", {"rolle": "ESCALATION_MANAGER"}),
    ):
        assert visitor.post(path, fields).status_code in (403, 404), path
    asked = visitor.post("/fragen", {"text": "KANBAN-Abruf hängt"})
    assert asked.status_code == 403 and "Weiß" not in text_of(asked).replace(name, "")


def test_a_question_belongs_to_the_session_that_asked_it(demo_site: Running) -> None:
    sandra, andrea = Visitor(demo_site, "Sandra Sommer"), Visitor(demo_site, "Andrea Müller")
    mine = sandra.ask("KANBAN-Abruf hängt").url.path
    found = andrea.get(mine)
    assert found.url.path == "/fragen" and "Diese Frage ist nicht mehr da" in found.text
    assert andrea.post(f"{mine}/nicht-erreicht", {"person": "x"}).status_code == 404


def test_a_supporter_opens_no_case_that_does_not_exist_and_no_made_up_id(demo_site: Running) -> None:
    andrea = Visitor(demo_site, "Andrea Müller")
    for address in ("x", "UGVyc29uOjE=", "../../etc/passwd", "%00", "a" * 3000, "Q2FzZTp4"):
        found = andrea.get(f"/faelle/{address}")
        assert found.status_code in (400, 404), address
        assert "Das geht hier nicht" in found.text, address


def test_who_took_part_in_a_case_is_told_only_after_an_answer_named_it(filled_demo: Path, tmp_path: Path) -> None:
    with demo_running(demo_service(tmp_path / "store.db", filled_demo)) as running:
        andrea, sandra = Visitor(running, "Andrea Müller"), Visitor(running, "Sandra Sommer")
        answer = sandra.ask("Produktion steht, KANBAN-Abruf geht nicht raus")
        source = next(part.split('"')[0] for part in answer.text.split('href="')[1:] if part.startswith("/faelle/"))
        assert "Wer beteiligt war, sehen Sie nur bei Fällen" in andrea.get(source).text
        assert "Wer beteiligt war, sehen Sie nur bei Fällen" not in sandra.get(source).text


def test_forged_fields_are_typed_errors_and_nothing_internal_shows(demo_site: Running) -> None:
    visitor = Visitor(demo_site, "Jürgen Weiß")
    visitor.get("/mein-profil")
    for what, fields in (
        ("anwesenheit", {"state": "'; DROP TABLE person; --", "time": "17:00"}),
        ("anwesenheit", {"state": "OFFICE", "time": "99:99"}),
        ("anwesenheit", {"state": "OFFICE", "time": "09:00"}),
        ("fahne", {"state": "on", "time": "16:00", "day": "32.13.2026"}),
        ("fahne", {"state": "on", "time": "16:00", "day": "01.01.2099"}),
        ("grenze", {"amount": "-5"}),
        ("grenze", {"amount": "viele"}),
        ("grenze", {"amount": "inf"}),
        ("sprechstunde", {"begins": "11:00", "ends": "11:00", "MON": "1"}),
        ("einwand", {"rating": "x", "statement": "y"}),
        ("angabe", {"claim": "x", "how": "delete"}),
        ("sichtbarkeit", {"claim": "x", "CASE_HELP": "1"}),
        ("vorbehalt", {"customer": "Firma die es nicht gibt"}),
    ):
        found = visitor.post(f"/mein-profil/{what}", fields)
        assert found.status_code == 200, what
        told = found.text.split('role="alert"')[1].split("</p>")[0]
        assert len(text_of(told)) > 10, what
        assert "Gespeichert" not in told and "GraphQL" not in told, told
    assert visitor.post("/mein-profil/gibt-es-nicht", {}).status_code == 400
    assert "rote Fahne" in text_of(Visitor(demo_site, "Sandra Sommer").ask("KANBAN-Abruf geht nicht raus"))


EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}{% raw %}'


def test_names_texts_labels_and_file_names_never_become_code(filled_demo: Path, tmp_path: Path) -> None:
    service = demo_service(tmp_path / "store.db", filled_demo)
    solved = {"solver": "sahin", "product": f"F{EVIL}", "component": f"K{EVIL}"}
    rows = [
        case("EVIL-1", "2026-04-01", f"Fräse {EVIL}", closed_at="2026-04-02", **solved),
        case("EVIL-2", "2026-04-03", f"Fräse {EVIL} steht", closed_at="2026-04-04", **solved),
    ]
    path = write_csv(tmp_path / "evil.csv", tuple(dict.fromkeys(key for row in rows for key in row)), rows)
    options = Options(profile=import_profile("demo", in_demo=True), actor="demo")
    import_file(service.store, service.clocks, PackedFile(path, shown_as=f"a{EVIL}.csv"), options)
    with demo_running(service) as running:
        sandra = Visitor(running, "Sandra Sommer")
        answer = sandra.ask(f"Fräse {EVIL} steht bei {EVIL}")
        assert "EVIL-1" in answer.text and "{{7*7}}" in answer.text
        source = next(part.split('"')[0] for part in answer.text.split('href="')[1:] if part.startswith("/faelle/"))
        hr = Visitor(running, "Claudia Müller")
        hr.get("/einspielen")
        told = f"Personalnr;Name;Skill {EVIL};Stufe\n1;{EVIL};{EVIL};{EVIL}\n2;B;KANBAN;3\n"
        preview = hr.post("/einspielen", {"profile": ""}, files={"file": (f"b{EVIL}.csv", told.encode(), "text/csv")})
        mapping = 'format = "x"' + EVIL
        pages = [answer, sandra.get(source), preview, hr.post(preview.url.path, {"act": "mapping", "mapping": mapping})]
        pages += [
            Visitor(running, "Karin Vollmer").get("/betrieb"),
            Visitor(running, "Jürgen Weiß").get("/mein-profil"),
        ]
        pages.append(Visitor(running, "Emre Müller").get(f"/netz?von={EVIL}&bis={EVIL}"))
        pages.append(sandra.get(f"/fragen/{EVIL}"))
        for page in pages:
            assert "<script>alert" not in page.text and "<img src=x" not in page.text, page.url
            assert page.status_code < 500, page.url


def begun(site: Running, visitor: Visitor, header: str) -> bytes:
    """The status by which a form is answered of which only the head was sent."""
    address = urlsplit(site.address)
    head = (
        f"POST /einspielen HTTP/1.1\r\nHost: {address.netloc}\r\nOrigin: {site.address}\r\n{header}\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\nCookie: {COOKIE}={visitor.client.cookies[COOKIE]}\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port), timeout=20) as line:
        line.sendall(head.encode())
        return line.recv(4096).split(b" ")[1]


def test_too_much_is_refused_before_it_is_read(demo_site: Running) -> None:
    hr, sandra = Visitor(demo_site, "Claudia Müller"), Visitor(demo_site, "Sandra Sommer")
    sandra.get("/fragen")
    assert sandra.post("/fragen", {"text": "x" * 1_100_000}).status_code == 413
    long = sandra.post("/fragen", {"text": "Log " * 25_500})
    assert long.status_code == 400 and "100.000" in text_of(long).replace("100000", "100.000")
    hr.get("/einspielen")
    assert begun(demo_site, hr, "Content-Length: 999999999") == b"413"
    assert begun(demo_site, hr, "Transfer-Encoding: chunked") == b"413"  # no browser sends a form without its length
    many = sandra.post("/fragen", {f"f{place}": "x" for place in range(500)})
    assert many.status_code == 400 and "passt zu keinem Formular" in many.text
    assert sandra.client.put("/fragen").status_code == 405
    assert Visitor(demo_site, "Claudia Müller").get("/einspielen/laeufe/x/abgewiesen").status_code == 404


def test_pages_speak_the_language_that_is_asked_for(demo_site: Running) -> None:
    english = Visitor(demo_site, "Sandra Sommer", language="en-GB")
    page = english.get("/fragen")
    assert '<html lang="en">' in page.text and "Find names" in page.text
    assert '<html lang="de">' in english.get("/fragen?sprache=de").text
    assert '<html lang="de">' in english.get("/mein-profil").text  # it is remembered
    assert '<html lang="en">' in english.get("/fragen?sprache=en").text
    assert '<html lang="en">' in english.get("/fragen?sprache=xx").text


def test_forms_that_would_cost_much_are_refused_at_once(demo_site: Running) -> None:
    weiss = Visitor(demo_site, "Jürgen Weiß")
    weiss.get("/mein-profil")
    body = b'--BB\r\nContent-Disposition: form-data; name="a-"\r\n\r\n-' + b"a" * 400_000 + b"\r\n--BB--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=BB; charset=punycode", "Origin": demo_site.address}
    began = time.process_time()
    assert weiss.client.post("/abmelden", content=body, headers=headers).status_code == 400
    hr = Visitor(demo_site, "Claudia Müller")
    hr.get("/einspielen")
    file = {"file": ("l.csv", b"Personalnr;Nachname;Skill;Stufe\n1;B;KANBAN;3\n", "text/csv")}
    preview = hr.post("/einspielen", {}, files=file)
    for text in ("a" + ".a" * 40_000 + " = 1", 'x = "y"' + "9" * 5_000, "[[part]]\nformat" + ".a" * 3_000 + " = 1"):
        refused_one = hr.post(preview.url.path, {"act": "mapping", "mapping": text})
        assert refused_one.status_code == 400 and "TOML" in refused_one.text
    assert time.process_time() - began < 10  # the site runs in this process
    sandra = Visitor(demo_site, "Sandra Sommer")
    path = sandra.ask("KANBAN-Abruf hängt").url.path
    for place in range(19):
        path = sandra.post(f"{path}/nicht-erreicht", {"person": f"p{place}" * 1_000}).url.path
    assert all(len(one) <= 200 for one in next(reversed(session_of(demo_site, sandra).questions.values())).unreached)
    path = sandra.post(f"{path}/nicht-erreicht", {"person": "q"}).url.path
    assert sandra.post(f"{path}/nicht-erreicht", {"person": "r"}).status_code == 400
    assert (
        hr.client.post("/einspielen", headers={"Origin": f"http://{'['}"}, data={"csrf": hr.token}).status_code == 403
    )
    for day in ("31.12.9999", "01.01.0001"):
        told = weiss.post("/mein-profil/vorbehalt", {"customer": "Polar Aggregate AG", "day": day})
        assert told.status_code == 200 and "kein Tag" in told.text


def session_of(site: Running, visitor: Visitor) -> Session:
    found = site.site.sessions.of(visitor.client.cookies[COOKIE])
    assert found
    return found


def test_a_host_that_somebody_invents_leads_nowhere(demo_site: Running) -> None:
    visitor = Visitor(demo_site, "Sandra Sommer")
    for path in ("/fragen/", "//evil.example/x", "/netz/"):
        found = visitor.client.get(path, headers={"Host": "evil.example"}, follow_redirects=False)
        assert found.status_code == 404 and "location" not in found.headers
        assert "//evil" not in found.text


def test_a_role_left_behind_takes_along_what_was_asked_in_it(filled_demo: Path, tmp_path: Path) -> None:
    two = Identity("oidc:d", (Role.HR, Role.DATA_STEWARD), NEVER, name="Doris Doppel")
    with running(demo_service(tmp_path / "store.db", filled_demo), [two], "x") as site:
        visitor = Visitor(site, "Doris Doppel")
        visitor.get("/einspielen")
        file = {"file": ("l.csv", b"Personalnr;Nachname;Skill;Stufe\n1;B;KANBAN;3\n", "text/csv")}
        preview = visitor.post("/einspielen", {}, files=file)
        assert preview.status_code == 200
        session_of(site, visitor).is_demo = False
        assert visitor.post("/rolle", {"rolle": "DATA_STEWARD"}).status_code == 200
        assert visitor.get(preview.url.path).status_code == 404


def test_what_is_refused_and_ended_is_in_the_audit(demo_site: Running) -> None:
    visitor = Visitor(demo_site, "Sandra Sommer")
    visitor.get("/fragen")
    before = refused(demo_site)
    visitor.post("/fragen", {"text": "x", "csrf": "guessed"})
    visitor.post("/rolle", {"rolle": "ADMIN"})
    assert refused(demo_site) == before + 2
    visitor.post("/abmelden")
    rows = demo_site.service.store.journal(nq.AUDIT_COUNTS, since=0)
    assert {"session:begun", "session:ended"} <= {row.act for row in rows}
