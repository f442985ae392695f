"""Signing in and out of the pages: one-time links, a real OIDC provider, and whoever tries it otherwise."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from browsing import Running, Visitor, demo_service, running, text_of
from oidc_provider_mock import User
from providers import provider_running

from graph_service.sign_in import end_sign_ins
from graph_service.web.shielding import POLICY
from graph_service.web.visits import COOKIE

SANDRA = User(
    sub="s-1",
    claims={"roles": ["ESCALATION_MANAGER", "DEPUTY"], "preferred_username": "sommer", "name": "Sandra Sommer"},
)
EVIL = "evil.example"
EVERY = (
    "/fragen",
    "/faelle/x",
    "/einspielen",
    "/dieselbe-person",
    "/netz",
    "/betrieb",
    "/mein-netz",
    "/mein-profil",
    "/demo",
)


def test_whoever_has_not_signed_in_sees_only_how_to(demo_site: Running) -> None:
    nobody = Visitor(demo_site)
    for path in ("/", *EVERY):
        found = nobody.get(path)
        assert found.url.path == "/anmelden", path
        assert "Sandra" not in found.text
    assert nobody.get("/gibt-es-nicht").status_code == 404
    assert (
        nobody.client.post("/fragen", data={"text": "x"}, headers={"Origin": demo_site.address}).url.path == "/anmelden"
    )


def test_a_link_of_the_demo_works_once_and_leads_to_the_question_ready_to_be_sent(demo_site: Running) -> None:
    links = demo_site.site.signing.links()
    first, token = links[0]
    visitor = Visitor(demo_site)
    assert visitor.get(f"/demo/{token}").status_code == 200
    page = visitor.get("/")
    assert page.url.path == "/fragen" and "Brenner: Produktion steht" in page.text and first.name in page.text
    again = Visitor(demo_site)
    assert again.get(f"/demo/{token}").status_code == 404
    assert again.get("/fragen").url.path == "/anmelden"


def test_one_goes_on_as_another_invented_person_only_from_inside(demo_site: Running) -> None:
    visitor = Visitor(demo_site, "Sandra Sommer")
    page = visitor.get("/demo")
    assert "Jürgen Weiß" in page.text
    weiss = next(one for one in demo_site.site.signing.people if one.name == "Jürgen Weiß")
    old = visitor.client.cookies[COOKIE]
    assert "Jürgen Weiß" in visitor.post("/demo", {"person": weiss.subject}).text
    assert visitor.get("/fragen").status_code == 403
    old_one = httpx.get(f"{demo_site.address}/fragen", cookies={COOKIE: old}, follow_redirects=True)
    assert old_one.url.path == "/anmelden"
    assert visitor.post("/demo", {"person": "person:somebody"}).status_code == 404


def test_signing_in_anew_ends_the_session_before(demo_site: Running) -> None:
    visitor = Visitor(demo_site, "Sandra Sommer")
    held = visitor.client.cookies[COOKIE]
    visitor.sign_in()
    again = httpx.get(f"{demo_site.address}/fragen", cookies={COOKIE: held}, follow_redirects=True)
    assert again.url.path == "/anmelden"


def test_nobody_is_signed_out_by_anothers_many_sign_ins(demo_site: Running) -> None:
    first = Visitor(demo_site, "Jürgen Weiß")
    held = first.client.cookies[COOKIE]
    for _ in range(12):
        Visitor(demo_site, "Sandra Sommer")
    assert first.get("/mein-profil").url.path == "/mein-profil"
    for _ in range(10):
        Visitor(demo_site, "Jürgen Weiß")
    found = httpx.get(f"{demo_site.address}/mein-profil", cookies={COOKIE: held}, follow_redirects=True)
    assert found.url.path == "/anmelden"  # the oldest of one's own go


def test_signing_out_ends_the_session_and_not_only_the_cookie(demo_site: Running) -> None:
    visitor = Visitor(demo_site, "Sandra Sommer")
    visitor.get("/fragen")
    held = visitor.client.cookies[COOKIE]
    assert visitor.post("/abmelden").url.path == "/anmelden"
    again = httpx.get(f"{demo_site.address}/fragen", cookies={COOKIE: held}, follow_redirects=True)
    assert again.url.path == "/anmelden"


def test_forms_of_other_sites_and_without_their_token_do_nothing(demo_site: Running) -> None:
    visitor = Visitor(demo_site, "Jürgen Weiß")
    visitor.get("/mein-profil")
    flag = {"state": "on", "time": "18:00"}
    for headers in (
        {"Origin": f"http://{EVIL}"},
        {"Origin": "null"},
        {"Origin": demo_site.address + ".evil.example"},
    ):
        assert visitor.post("/mein-profil/fahne", flag, headers).status_code == 403
    no_origin = visitor.client.build_request("POST", "/mein-profil/fahne", data={"csrf": visitor.token, **flag})
    assert visitor.client.send(no_origin).status_code == 403
    assert visitor.post("/mein-profil/fahne", {**flag, "csrf": "guessed"}).status_code == 403
    assert visitor.post("/mein-profil/fahne", {**flag, "csrf": ""}).status_code == 403
    other = Visitor(demo_site, "Sandra Sommer")
    other.get("/fragen")
    assert visitor.post("/mein-profil/fahne", {**flag, "csrf": other.token}).status_code == 403
    assert "Rote Fahne ist gesetzt" in visitor.get("/mein-profil").text  # until 13:00, by the list
    assert "18:00" not in visitor.get("/mein-profil").text


def test_every_page_carries_the_policy_and_is_kept_nowhere(demo_site: Running) -> None:
    visitor = Visitor(demo_site, "Sandra Sommer")
    for path in ("/", "/fragen", "/mein-profil", "/mein-netz", "/netz", "/anmelden", "/gibt-es-nicht"):
        found = visitor.get(path)
        assert found.headers["content-security-policy"] == POLICY and "unsafe" not in POLICY
        assert found.headers["x-frame-options"] == "DENY"
        assert found.headers["cache-control"] == "no-store", path
        assert "style=" not in found.text and "onclick" not in found.text and "<script>" not in found.text
    style = next(part for part in visitor.get("/fragen").text.split('"') if part.endswith("style.css"))
    assert "immutable" in visitor.get(style).headers["cache-control"]
    assert visitor.get(style.replace("/static/", "/static/0")).status_code == 404


def test_the_cookie_is_for_this_site_alone(demo_site: Running) -> None:
    token = demo_site.site.signing.links()[0][1]
    told = httpx.get(f"{demo_site.address}/demo/{token}").headers["set-cookie"]
    assert "HttpOnly" in told and "SameSite=strict" in told and "Path=/" in told


@pytest.fixture(scope="module")
def provider() -> Iterator[Any]:
    with provider_running(user_claims=[SANDRA]) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def company(provider: str, filled_demo: Path, tmp_path: Path) -> Iterator[Running]:
    """A site with a provider; its people are found by their accounts."""
    known = {
        "oidc_issuer": provider,
        "oidc_client_id": "pages",
        "oidc_client_secret": "s",
        "oidc_account_source": "house",
    }
    with running(demo_service(tmp_path / "store.db", filled_demo, **known)) as found:
        yield found


def at_the_provider(visitor: Visitor, subject: str = "s-1") -> str:
    """The address by which the provider sends somebody back."""
    begun = visitor.client.get("/anmelden/los", follow_redirects=False)
    asked = parse_qs(urlsplit(begun.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["nonce"] and asked["state"]
    sent = httpx.post(begun.headers["location"], data={"sub": subject})
    return str(sent.headers["location"])


def test_somebody_signs_in_with_the_companys_account(company: Running) -> None:
    visitor = Visitor(company)
    assert "Mit dem Firmenkonto anmelden" in visitor.get("/anmelden").text
    back = at_the_provider(visitor)
    page = visitor.get(back)
    assert (
        page.status_code == 200 and 'http-equiv="refresh"' in page.text
    )  # not a redirect: a strict cookie is lost there
    assert "Sandra Sommer" in visitor.get("/fragen").text
    profile = visitor.get("/mein-profil")  # everybody may see their own data, whatever roles the provider names
    assert profile.status_code == 200 and "Demo" not in text_of(profile)[:200]
    assert visitor.get("/demo").status_code == 404
    assert visitor.get(back).status_code == 400  # a code works once


def test_a_role_is_chosen_where_there_are_several(company: Running) -> None:
    visitor = Visitor(company)
    visitor.get(at_the_provider(visitor))
    visitor.get("/fragen")
    assert visitor.post("/rolle", {"rolle": "ADMIN"}).status_code == 403
    page = visitor.post("/rolle", {"rolle": "DEPUTY"})
    assert '<option value="DEPUTY" selected>' in page.text


def test_a_sign_in_that_did_not_begin_here_is_none(company: Running) -> None:
    victim, thief = Visitor(company), Visitor(company)
    back = at_the_provider(thief)
    assert victim.get(back).status_code == 400  # the state is in the thief's cookie, not in the victim's
    assert COOKIE not in victim.client.cookies
    mine = at_the_provider(victim)
    for changed in ("state=x", ""):
        address = mine.split("?")[0] + "?" + "&".join(filter(None, [changed, "code=y"]))
        assert Visitor(company).get(address).status_code == 400


def test_whoever_is_ended_elsewhere_is_out(company: Running) -> None:
    visitor = Visitor(company)
    visitor.get(at_the_provider(visitor))
    assert visitor.get("/fragen").url.path == "/fragen"
    end_sign_ins(company.service.store, "s-1", company.service.wall() + 1)
    assert visitor.get("/fragen").url.path == "/anmelden"


def test_the_way_back_is_never_another_site(company: Running) -> None:
    visitor = Visitor(company)
    begun = visitor.client.get(f"/anmelden/los?zurueck=//{EVIL}&next=//{EVIL}", follow_redirects=False)
    asked = parse_qs(urlsplit(begun.headers["location"]).query)
    assert asked["redirect_uri"] == [f"{company.address}/anmelden/zurueck"]
    page = visitor.get(at_the_provider(visitor) + "&next=//evil.example")
    assert "evil" not in page.text
