"""The pages in a real browser: main jobs in both languages and widths, axe, keyboard, print, no foreign host."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Running, chromium, demo_running, demo_service, running
from offices import Office, take_office
from oidc_provider_mock import User
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright
from problems import E_2, E_3, E_4, E_5
from providers import provider_running
from workbench import Bench, case, demo_person, embedded_store, person_id, write_csv

from graph_service import demo
from graph_service.access import Identity, Role
from graph_service.erasure import erase_person
from graph_service.model import NEVER
from graph_service.settings import Settings
from graph_service.web import import_pages
from graph_service.wiring import service_of

expect.set_options(timeout=30_000)
LANGUAGES, WIDTHS = ("de", "en"), (390, 1280)
SANDRA, ANDREA, DEPUTY, WEISS, HR, ANALYST, ADMIN = (
    "Sandra Sommer", "Andrea Müller", "Hannelore Vogt", "Jürgen Weiß", "Claudia Müller", "Emre Müller", "Karin Vollmer",
)  # fmt: skip
SECRET = "s" * 32
LIMIT = 150_000
"""Bytes of a page with all it loads."""
HIGHEST = 3_000
"""Pixels of the answer to E-1 at a width of 390."""
CLIPPED = """() => [...document.querySelectorAll("h1, h2, h3, p, li, td, th, dd, dt, label, .btn, .tag")]
  .filter((one) => one.offsetParent && one.scrollWidth > one.clientWidth + 2 && !one.closest(".scroll"))
  .filter((one) => getComputedStyle(one).overflow === "visible" && getComputedStyle(one).display !== "inline")
  .map((one) => one.textContent.trim().slice(0, 60))"""
"""Words that stand over the edge of their box."""


@dataclass
class Window:
    """A browser window: its page, what it asked of which host, and what it complained about."""

    page: Page
    site: Running
    language: str
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    bytes: dict[str, int] = field(default_factory=dict)

    def begin(self, request: Request) -> None:
        """A new document begins a new page; files that are kept are counted with each."""
        if request.is_navigation_request():
            self.bytes = {url: size for url, size in self.bytes.items() if "/static/" in url}

    def finish(self, request: Request) -> None:
        """Counts what came."""
        response = request.response()
        if response and response.status == 200:
            self.bytes[request.url] = int(response.headers["content-length"])

    def sign_in(self, name: str) -> "Window":
        """Comes in by a one-time link."""
        links = {one.name: token for one, token in self.site.site.signing.links()}
        self.page.goto(f"{self.site.address}/demo/{links[name]}")
        self.page.wait_for_url(lambda url: "/demo/" not in url)
        return self

    def go(self, path: str) -> None:
        """Opens a page."""
        self.page.goto(self.site.address + path)

    def ask(self, text: str = "") -> None:
        """Sends a question; without a text the one that stands there."""
        self.go("/fragen")
        if text:
            self.page.fill("#q", text)
        self.page.click(".ask .btn-main")
        self.page.wait_for_selector("h1")
        self.page.wait_for_load_state()

    def whole(self) -> None:
        """What holds of every page: its language, its size, nothing beside the window, no word cut off."""
        page = self.page
        assert page.get_attribute("html", "lang") == self.language, page.url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
        assert page.evaluate(CLIPPED) == [], page.url
        assert page.locator("h1").count() == 1
        assert sum(self.bytes.values()) < LIMIT, (page.url, self.bytes)
        assert self.hosts <= {urlsplit(self.site.address).netloc}, self.hosts
        assert not self.complaints, self.complaints


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield opened
        opened.close()


Open = Callable[..., Window]


@pytest.fixture
def open_window(browser: Browser) -> Iterator[Open]:
    """Opens windows; they close with the test."""
    contexts = []

    def opened(site: Running, language: str = "de", width: int = 1280, **more: object) -> Window:
        locale = "de-DE" if language == "de" else "en-GB"
        size = {"width": width, "height": 844 if width < 500 else 900}
        context = browser.new_context(locale=locale, viewport=size, **more)  # type: ignore[arg-type]
        contexts.append(context)
        window = Window(context.new_page(), site, language)
        page = window.page
        page.on("request", lambda request: window.hosts.add(urlsplit(request.url).netloc))
        page.on("pageerror", lambda error: window.complaints.append(str(error)))
        page.on("console", lambda line: window.complaints.append(line.text) if "Refused" in line.text else None)
        page.on("request", lambda request: window.begin(request))
        page.on("requestfinished", lambda request: window.finish(request))
        return window

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A company whose ties between two sites have thinned, with cases, a fourth site that knows nobody of the third and
    solves the same, and an analyst."""
    folder = tmp_path_factory.mktemp("office")
    bench = Bench(embedded_store(folder / "store.db"), folder)
    made = Office(sites=(("Ulm", 30), ("Hamburg", 30), ("Leipzig", 20)), between=0.25, cut=0.6)
    take_office(bench, made)
    people = [who for who, _ in made.people]
    bench.cases(*(
        case(f"N-{n}", f"{date(2025, 10 + n % 3, 1 + n % 27)}", "Abruf hängt", reporter=people[n % 30],
             closed_at=f"{date(2025, 10 + n % 3, 2 + n % 27)}", solver=people[30 + n % 25], product="KANBAN")
        for n in range(90)
    ))  # fmt: skip
    jena = [{"person": f"jena{n:02}", "name": f"Jena {n}", "unit": "Jena", "site": "Jena"} for n in range(15)]
    bench.take(write_csv(folder / "jena.csv", list(jena[0]), jena))
    bench.cases(*(
        case(f"R-{site}-{n}", f"2025-09-{1 + n:02}", "Rechnung fehlt", reporter=who[14], solver=who[n],
             closed_at=f"2025-09-{2 + n:02}", product="Rechnung")
        for site, who in (("J", [one["person"] for one in jena]), ("L", people[60:])) for n in range(12)
    ))  # fmt: skip
    service = service_of(bench.store, Settings(knowledge_islands="Vereinbarung 7"))
    analyst = Identity("person:x", (Role.ANALYST, Role.EXPERT), NEVER, name=ANALYST, person=person_id(people[0]))
    with running(service.at(bench.now), [analyst], "x") as found:
        yield found


def both(test: Callable[..., None]) -> Callable[..., None]:
    """In both languages, at both widths."""
    by_language = pytest.mark.parametrize("language", LANGUAGES)
    return by_language(pytest.mark.parametrize("width", WIDTHS)(test))


@both
def test_questions_from_the_first_to_abstention(
    open_window: Open, demo_site: Running, language: str, width: int
) -> None:
    sandra = open_window(demo_site, language, width).sign_in(SANDRA)
    expect(sandra.page.locator("#q")).to_have_value(demo.question())  # ready to be sent
    sandra.whole()
    sandra.ask()
    head = sandra.page.locator("h1")
    expect(head).to_contain_text("Aylin Şahin")
    expect(head).to_contain_text("Jürgen Weiß")
    sandra.whole()
    height = sandra.page.evaluate("document.documentElement.scrollHeight")
    if width == WIDTHS[0]:
        assert height <= HIGHEST, height
        call = sandra.page.locator(".quick .btn").first
        box = call.bounding_box()
        assert box and box["y"] + box["height"] < 844 and "0171 39200 17" in call.inner_text()
    sandra.ask(E_2)
    expect(sandra.page.locator("#teile")).to_contain_text("3")
    sandra.whole()
    sandra.ask(E_3)
    expect(sandra.page.locator(".strip, .fold-l").first).to_be_attached()
    assert "Santino" in sandra.page.content() and "06/2026" in sandra.page.content()
    sandra.whole()
    sandra.ask(E_5)
    expect(
        sandra.page.locator(".tag-warn", has_text="Kein Vorschlag" if language == "de" else "No proposal")
    ).to_be_visible()
    sandra.whole()
    andrea = open_window(demo_site, language, width).sign_in(ANDREA)
    andrea.ask(E_4)
    expect(andrea.page.locator("h1")).to_contain_text("Jürgen Weiß")
    assert "10:00–11:00" in andrea.page.content()
    andrea.whole()
    source = andrea.page.locator('main a[href^="/faelle/"]:visible').first
    source.click()
    andrea.page.wait_for_url("**/faelle/**")
    andrea.whole()


@both
def test_at_night_the_deputy_sees_whom_one_may_ring(
    open_window: Open, filled_demo: Path, tmp_path: Path, language: str, width: int
) -> None:
    service = demo_service(tmp_path / "store.db", filled_demo)
    service = service.at(service.now() + 12 * 3_600_000 + 600_000)
    with demo_running(service) as night:
        deputy = open_window(night, language, width).sign_in(DEPUTY)
        deputy.ask()
        expect(deputy.page.locator("h1")).to_contain_text("07:00")
        deputy.whole()


@both
def test_a_flag_an_override_and_an_objection(
    open_window: Open, filled_demo: Path, tmp_path: Path, language: str, width: int
) -> None:
    with demo_running(demo_service(tmp_path / "store.db", filled_demo)) as site:
        sandra = open_window(site, language, width).sign_in(SANDRA)
        sandra.ask()
        page = sandra.page
        page.locator("#dauerhaft").scroll_into_view_if_needed()
        page.locator('[popovertarget="uebersteuern-dauerhaft"]').first.click()
        box = page.locator("#uebersteuern-dauerhaft")
        expect(box).to_be_visible()
        box.locator('[name="confirmedBy"]').fill("Karin Vollmer")
        box.locator('[name="reason"]').fill("10 Minuten zur Ursache")
        box.locator(".btn-stop").click()
        expect(page.locator('a[href="tel:08999998214"]:visible').first).to_be_visible()
        sandra.whole()
        weiss = open_window(site, language, width).sign_in(WEISS)
        weiss.go("/mein-profil")
        expect(weiss.page.locator("main")).to_contain_text("10 Minuten zur Ursache")
        weiss.whole()
        weiss.page.click('form[action="/mein-profil/fahne"] button')
        expect(weiss.page.locator('form[action="/mein-profil/fahne"] .btn-stop')).to_be_visible()
        weiss.page.fill('form[action="/mein-profil/fahne"] [name="time"]', "15:30")
        weiss.page.click('form[action="/mein-profil/fahne"] .btn-stop')
        expect(weiss.page.locator("#tuer")).to_contain_text("15:30")
        weiss.page.locator('[popovertarget="einwand-1"]').first.click()
        weiss.page.fill("#einwand-1-s", "Das war vor meiner Zeit.")
        weiss.page.click("#einwand-1 .btn-main")
        expect(weiss.page.locator(".held .tag-warn")).to_be_visible()
        weiss.whole()
        weiss.go("/mein-netz")
        weiss.whole()


@both
def test_hr_looks_at_a_list_takes_it_in_and_undoes_it(
    open_window: Open, filled_demo: Path, tmp_path: Path, language: str, width: int
) -> None:
    rows = "1;Weiß;Jürgen;KANBAN;3,5;Selbst;31.12.2024;01.01.1970\n2;?ahin;Aylin;Workflow;4;Selbst;31.12.2024;\n"
    rows += "3;Groß;Ines;KANBAN;7;Selbst;31.12.2024;\n" + "".join(
        f"{n};B{n};A;KANBAN;3;Selbst;1.3.2025;\n" for n in range(9, 29)
    )
    path = tmp_path / "Stärken 2026.csv"
    path.write_bytes(f"Personalnr;Nachname;Vorname;Skill;Stufe;Quelle;Stand;Geburtsdatum\n{rows}".encode("cp1252"))
    service = demo_service(tmp_path / "store.db", filled_demo, secret=SECRET)
    with demo_running(service) as site:
        hr = open_window(site, language, width).sign_in(HR)
        hr.whole()
        hr.page.set_input_files("#file", path)
        hr.page.click("main .btn-main")
        expect(hr.page.locator("h1")).to_contain_text("23")
        expect(hr.page.locator("main")).to_contain_text("Geburtsdatum")
        hr.whole()
        hr.page.select_option('[name="field-5"]', "")
        hr.page.locator('form:has([name="field-5"]) .btn').click()
        hr.page.wait_for_load_state()
        expect(hr.page.locator('[name="field-5"]')).to_have_value("")
        hr.page.click('[value="commit"]')
        expect(hr.page.locator(".note-told")).to_contain_text("Stärken 2026.csv")
        hr.whole()
        hr.page.locator('a[href^="/einspielen/laeufe/"]').first.click()
        expect(hr.page.locator("#abg")).to_be_visible()
        hr.whole()
        hr.page.locator('form[action$="/zurueck"] button').click()
        expect(hr.page.locator(".note-told")).to_be_visible()
        expect(hr.page.locator('form[action$="/zurueck"]')).to_have_count(0)
        hr.page.set_input_files("#file", path)
        hr.page.click("main .btn-main")
        expect(hr.page.locator("h1")).to_contain_text("23")


@both
def test_what_hr_brings_again_what_somebody_says_of_themselves_and_who_is_gone(
    open_window: Open, filled_demo: Path, tmp_path: Path, language: str, width: int
) -> None:
    service = demo_service(tmp_path / "store.db", filled_demo, secret=SECRET)
    path = tmp_path / "selbst.csv"
    with demo_running(service) as site:
        hr = open_window(site, language, width).sign_in(HR)

        def looked_at(stage: int) -> list[str]:
            path.write_text(f"login;Skill;Stufe;Quelle;Stand\nneumann;KANBAN;{stage};Selbst;01.0{stage}.2026\n")
            hr.go("/einspielen")
            hr.page.set_input_files("#file", path)
            hr.page.click("main .btn-main")
            expect(hr.page.locator(".counts")).to_be_visible()
            return hr.page.locator(".counts dd").all_inner_texts()

        for stage, counts in ((4, ["1", "0", "0", "0"]), (4, ["0", "1", "0", "0"]), (5, ["1", "0", "0", "0"])):
            assert looked_at(stage) == counts  # new, the same again, a new word on a new day
            hr.page.click('[value="commit"]')
            expect(hr.page.locator(".note-told")).to_be_visible()
        sandra = open_window(site, language, width).sign_in(SANDRA)
        sandra.ask()
        expect(sandra.page.locator("h1")).to_contain_text("Aylin Şahin")
        expect(sandra.page.locator("h1")).to_contain_text("Jürgen Weiß")
        assert "Kevin Neumann" not in sandra.page.locator(".lists").inner_text()
        hr.go("/fragen")
        assert "KAN-311" not in hr.page.content() and hr.page.locator("#q").count() == 0
        erase_person(service.store, demo_person("neumann"), SECRET, service.now())
        assert looked_at(5) == ["0", "0", "1", "0"]
        hr.whole()


@both
def test_the_analyst_sees_what_thinned_what_carries_and_whom_to_bring_together(
    open_window: Open, office: Running, language: str, width: int
) -> None:
    analyst = open_window(office, language, width).sign_in(ANALYST)
    page = analyst.page
    page.wait_for_selector("#hm", timeout=120_000)
    expect(page.locator("h1")).to_contain_text("abgerissen" if language == "de" else "gone")
    expect(page.locator("#hm")).to_be_visible()
    for part in ("#vi", "#tb", "#insel", "#zeit", "#neu"):
        expect(page.locator(part)).to_be_visible()
    bands = page.locator("section:has(#vi)")
    for site in ("Ulm", "Hamburg"):
        expect(bands).to_contain_text(site)  # how much each lives off contacts from before
    expect(page.locator("section:has(#insel)")).to_contain_text("KANBAN")
    expect(page.locator("section:has(#neu)")).to_contain_text("Jena")  # they never met
    expect(page.locator(".bignum")).to_contain_text("20")  # a fifth of the cases live off contacts from before
    assert page.locator("svg.fig").count() > 8 and "ulm0" not in page.locator("main").inner_text().casefold()
    analyst.whole()


def test_one_signs_out_and_is_out(open_window: Open, demo_site: Running) -> None:
    sandra = open_window(demo_site, "en").sign_in(SANDRA)
    sandra.page.click(".menu summary")
    sandra.page.click('form[action="/abmelden"] button')
    expect(sandra.page.locator("h1")).to_contain_text("sign in")
    sandra.page.go_back()
    sandra.page.reload()
    assert sandra.page.url.endswith("/anmelden")


def test_the_core_works_without_script(open_window: Open, demo_site: Running) -> None:
    sandra = open_window(demo_site, java_script_enabled=False).sign_in(SANDRA)
    page = sandra.page
    page.click(".ask .btn-main")
    expect(page.locator("h1")).to_contain_text("Aylin Şahin")
    page.locator('form[action$="/nicht-erreicht"] button').first.click()
    expect(page.locator("#heute ~ article, section article").first).to_contain_text("089 99998 310")
    page.locator('[popovertarget="uebersteuern-dauerhaft"]').first.click()
    expect(page.locator("#uebersteuern-dauerhaft")).to_be_visible()
    page.locator('[popovertargetaction="hide"]:visible').first.click()
    page.locator("summary", has_text="Übergabezettel").click()
    expect(page.locator("#note")).to_be_visible()
    expect(page.locator("[data-copy]")).to_be_hidden()
    page.get_by_role("link", name="Verstandenes berichtigen").click()
    page.fill('[name="time"]', "14:30")
    page.locator(".correct-form .btn").click()
    expect(page.locator(".times")).to_contain_text("14:30")
    phone = open_window(demo_site, width=390, java_script_enabled=False).sign_in(SANDRA)
    phone.page.click(".ask .btn-main")
    phone.page.locator("label.fold-l").first.click()
    expect(phone.page.locator(".strip")).to_be_visible()


def test_the_keyboard_alone_goes_from_the_question_to_a_source_and_back(open_window: Open, demo_site: Running) -> None:
    page = open_window(demo_site).sign_in(SANDRA).page

    def tab_to(wanted: str, most: int = 80) -> None:
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
                ring = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
                assert ring == "3px", (wanted, ring)
                return
        raise AssertionError(f"{wanted} is not reached by Tab")

    tab_to(".skip")
    page.keyboard.press("Enter")
    tab_to("#q")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/fragen/*")
    answer = page.url
    tab_to(".why-all summary")
    page.keyboard.press("Enter")
    expect(page.locator(".why-all[open]")).to_have_count(1)
    tab_to('.reasons a[href^="/faelle/"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/faelle/**")
    expect(page.locator("h1")).to_be_visible()
    tab_to(".back")
    page.keyboard.press("Enter")
    page.wait_for_url(answer)
    expect(page.locator("h1")).to_contain_text("Aylin Şahin")


def test_the_note_is_copied(open_window: Open, demo_site: Running) -> None:
    window = open_window(demo_site, permissions=["clipboard-read", "clipboard-write"]).sign_in(SANDRA)
    window.ask()
    window.page.locator("summary", has_text="Übergabezettel").click()
    window.page.click("[data-copy]")
    expect(window.page.locator("[data-copy]")).to_have_text("Kopiert")
    assert "Kunde: Brenner Fahrzeugteile GmbH" in window.page.evaluate("navigator.clipboard.readText()")


def test_people_are_told_apart_by_keyboard(open_window: Open, filled_demo: Path, tmp_path: Path) -> None:
    path = tmp_path / "fremd.csv"
    rows = "mail;Name;Skill;Stufe;Quelle\nk@x.example;Neuman, Kevin;KANBAN;4;Selbst\n"
    path.write_text(f"{rows}t@x.example;Krueger, Tobias;Lager;4;Selbst\n", encoding="utf-8")
    with demo_running(demo_service(tmp_path / "store.db", filled_demo)) as site:
        hr = open_window(site).sign_in(HR)
        hr.page.set_input_files("#file", path)
        hr.page.click("main .btn-main")
        hr.page.click('[value="commit"]')
        hr.go("/dieselbe-person")
        head = hr.page.locator("h1")
        first, second = head.inner_text(), "Krueger" if "Neuman" in head.inner_text() else "Neuman"
        hr.whole()
        hr.page.keyboard.press("s")
        expect(head).to_contain_text(second)
        hr.page.wait_for_load_state()  # keys are heard once the script has run
        hr.page.keyboard.press("n")
        expect(hr.page.locator(".note-told")).to_contain_text("zwei Personen")
        expect(head).to_have_text(first)
        hr.page.wait_for_load_state()
        hr.page.keyboard.press("g")
        expect(hr.page.locator(".note-told")).to_contain_text("Zusammengelegt")


def test_a_long_file_tells_how_far_it_is_and_goes_on_by_itself(
    open_window: Open, demo_site: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_pages, "PATIENCE", 0.05)
    path = tmp_path / "lang.csv"
    rows = "\n".join(f"{n};Viel{n};Anna;KANBAN;{n % 5 + 1};Selbst;01.03.2025" for n in range(4_000))
    path.write_text(f"Personalnr;Nachname;Vorname;Skill;Stufe;Quelle;Stand\n{rows}\n", encoding="utf-8")
    hr = open_window(demo_site).sign_in(HR)
    hr.page.set_input_files("#file", path)
    hr.page.click("main .btn-main")
    expect(hr.page.locator("[data-progress] progress")).to_be_visible()
    expect(hr.page.locator("h1")).to_contain_text("4000", timeout=120_000)


def test_one_comes_in_by_the_companys_account_and_goes_out_again(
    open_window: Open, filled_demo: Path, tmp_path: Path
) -> None:
    """The provider is another site, as in life: what a browser does not send along from there must not be needed."""
    claims = {"roles": ["ESCALATION_MANAGER"], "preferred_username": "sommer", "name": SANDRA}
    with provider_running(user_claims=[User(sub="s-1", claims=claims)]) as provider:
        known = {
            "oidc_issuer": f"http://localhost:{provider.server_port}",
            "oidc_client_id": "pages",
            "oidc_client_secret": "s",
            "oidc_account_source": "house",
        }
        with running(demo_service(tmp_path / "store.db", filled_demo, **known)) as site:
            sandra = open_window(site)
            sandra.go("/fragen")
            sandra.page.click("main .btn-main")
            sandra.page.click('button[name="sub"]')
            sandra.page.wait_for_url("**/fragen")
            expect(sandra.page.locator(".who .name")).to_have_text(SANDRA)
            sandra.ask("KANBAN-Abruf hängt")
            expect(sandra.page.locator("h1")).to_contain_text("Jürgen Weiß")
            sandra.page.click(".menu summary")
            sandra.page.click('form[action="/abmelden"] button')
            sandra.go("/fragen")
            assert sandra.page.url.endswith("/anmelden")


PLACES = (
    (SANDRA, "/fragen"),
    (SANDRA, "E-1"),
    (SANDRA, "E-2"),
    (SANDRA, "E-5"),
    (SANDRA, "case"),
    (SANDRA, "/netz"),
    (SANDRA, "/mein-netz"),
    (SANDRA, "/demo"),
    (WEISS, "/mein-profil"),
    (HR, "/einspielen"),
    (ADMIN, "/betrieb"),
    (ANALYST, "/netz"),
    ("", "/anmelden"),
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(open_window: Open, demo_site: Running, scheme: str, width: int) -> None:
    windows: dict[str, Window] = {}
    for name, place in PLACES:
        window = windows.get(name) or open_window(
            demo_site, "de" if scheme == "light" else "en", width, color_scheme=scheme
        )
        if name and name not in windows:
            window.sign_in(name)
        windows[name] = window
        page = window.page
        if place in ("E-1", "E-2", "E-5"):
            window.ask({"E-2": E_2, "E-5": E_5}.get(place, demo.question()))
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            page.evaluate("for (const one of document.querySelectorAll('.fold')) one.checked = true")
        elif place == "case":
            window.ask("KANBAN-Abruf hängt")
            page.goto(site_of(page, "main a[href^='/faelle/']"))
        else:
            window.go(place)
        assert_no_violations(page)


def site_of(page: Page, selector: str) -> str:
    return str(page.evaluate("(selector) => document.querySelector(selector).href", selector))


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_axe_finds_nothing_on_the_way_of_a_list(
    open_window: Open, filled_demo: Path, tmp_path: Path, scheme: str, width: int
) -> None:
    with demo_running(demo_service(tmp_path / "store.db", filled_demo)) as site:
        hr = open_window(site, width=width, color_scheme=scheme).sign_in(HR)
        told = "mail;Name;Skill;Stufe;Quelle;Stand;Gehalt\nk.neuman@x.example;Neuman, Kevin;KANBAN;4;Selbst;;1\n"
        for name, text in (("wirr.csv", "a;b\n1;2\n"), ("fremd.csv", f"{told}k.n@x.example;N, K;KANBAN;9;Selbst;;1\n")):
            (tmp_path / name).write_text(text)
            hr.go("/einspielen")
            hr.page.set_input_files("#file", tmp_path / name)
            hr.page.click("main .btn-main")
            hr.page.wait_for_selector("h1")
            assert_no_violations(hr.page)
        hr.page.click('[value="commit"]')
        hr.page.locator('a[href^="/einspielen/laeufe/"]').first.click()
        expect(hr.page.locator("#abg")).to_be_visible()
        assert_no_violations(hr.page)
        hr.go("/dieselbe-person")
        expect(hr.page.locator('[accesskey="g"]')).to_be_visible()
        assert_no_violations(hr.page)
        weiss = open_window(site, width=width, color_scheme=scheme).sign_in(WEISS)
        weiss.go("/mein-profil")
        weiss.page.click('form[action="/mein-profil/fahne"] button')
        weiss.page.locator('[popovertarget^="einwand-"]').first.click()
        assert_no_violations(weiss.page)


def assert_no_violations(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"


def test_axe_finds_nothing_in_the_network_and_in_dialogs(
    open_window: Open, office: Running, demo_site: Running
) -> None:
    for scheme in ("light", "dark"):
        analyst = open_window(office, color_scheme=scheme).sign_in(ANALYST)
        analyst.page.wait_for_selector("#hm", timeout=120_000)
        assert_no_violations(analyst.page)
        sandra = open_window(demo_site, color_scheme=scheme).sign_in(SANDRA)
        sandra.ask()
        sandra.page.locator('[popovertarget="uebersteuern-dauerhaft"]').first.click()
        assert_no_violations(sandra.page)


def test_briefing_and_network_print_as_a_board_reads_them(
    open_window: Open, demo_site: Running, office: Running
) -> None:
    sandra = open_window(demo_site, width=390).sign_in(SANDRA)
    sandra.ask(E_3)
    sandra.page.emulate_media(media="print")
    for hidden in (".ask", ".top nav", ".who", ".actions", ".quick"):
        assert not sandra.page.locator(hidden).first.is_visible(), hidden
    expect(sandra.page.locator(".strip")).to_be_visible()
    assert sandra.page.pdf(format="A4")[:4] == b"%PDF"
    analyst = open_window(office).sign_in(ANALYST)
    analyst.page.wait_for_selector("#hm", timeout=120_000)
    analyst.page.emulate_media(media="print")
    expect(analyst.page.locator(".vs")).to_be_hidden()
    expect(analyst.page.locator("#hm")).to_be_visible()
