"""Who somebody is: keys by their hash, tokens of a real provider process, and everything that looks like one."""

import base64
import hmac
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import jwt
import pytest
from oidc_provider_mock import User
from providers import provider_running
from workbench import person_id

from graph_service.access import Identity, Purpose, Role, acting
from graph_service.errors import AccessRefused
from graph_service.model import DAY
from graph_service.sign_in import (
    LONGEST_TOKEN,
    Holder,
    Provider,
    SignIn,
    Tokens,
    end_sign_ins,
    identity_of_key,
    make_key,
    revoke_key,
)
from graph_service.store import named_queries as nq
from graph_service.store.base import Store

AUDIENCE = "expert-graph"
NOW = int(time.time() * 1000)
SANDRA = User(sub="s-1", claims={"roles": ["ESCALATION_MANAGER", "EXPERT", "gardener"], "preferred_username": "sommer"})


def signed_in(server: Any, client: str = AUDIENCE) -> str:
    """An id token by the authorisation code flow."""
    base = f"http://localhost:{server.server_port}"
    back = {"client_id": client, "redirect_uri": "http://localhost/cb", "response_type": "code"}
    asked = {**back, "scope": "openid profile", "state": "x"}
    sent = httpx.post(f"{base}/oauth2/authorize", params=asked, data={"sub": "s-1"})
    code = httpx.URL(sent.headers["location"]).params["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back["redirect_uri"], "client_id": client}
    answer = httpx.post(f"{base}/oauth2/token", data={**form, "client_secret": "x"})
    return str(answer.json()["id_token"])


@pytest.fixture(scope="module")
def provider() -> Iterator[Any]:
    with provider_running(user_claims=[SANDRA]) as server:
        yield server


def tokens_of(server: Any, **changed: Any) -> Tokens:
    issuer = f"http://localhost:{server.server_port}"
    return Tokens(Provider(**{"issuer": issuer, "audience": AUDIENCE, **changed}), ask_again=0)


def refused(tokens: Tokens, store: Store, token: str) -> str:
    with pytest.raises(AccessRefused) as caught:
        tokens.identity(store, token)
    return caught.value.code


def test_a_token_of_the_provider_says_who_somebody_is(provider: Any, store: Store) -> None:
    found = tokens_of(provider).identity(store, signed_in(provider))
    assert found.subject == f"person:{person_id('sommer')}"
    assert found.roles == (Role.ESCALATION_MANAGER, Role.EXPERT)
    assert found.person == person_id("sommer")
    assert found.expires_at > NOW


def test_tokens_for_others_or_by_others_are_refused(provider: Any, store: Store) -> None:
    tokens = tokens_of(provider)
    assert refused(tokens, store, signed_in(provider, "another-client")) == "access.unauthorised"
    assert refused(tokens_of(provider, issuer="http://localhost:1"), store, signed_in(provider)) == (
        "access.provider_silent"
    )
    with provider_running(user_claims=[SANDRA]) as other:
        assert refused(tokens, store, signed_in(other)) == "access.unauthorised"


def symmetric(body: str, secret: bytes) -> str:
    """A token signed with the provider's public key as if it were a shared secret."""
    head = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').decode().rstrip("=")
    signed = hmac.digest(secret, f"{head}.{body}".encode(), "sha256")
    return f"{head}.{body}.{base64.urlsafe_b64encode(signed).decode().rstrip('=')}"


def test_forged_tokens_are_refused(provider: Any, store: Store) -> None:
    tokens, good = tokens_of(provider), signed_in(provider)
    claims = jwt.decode(good, options={"verify_signature": False})
    head, body, signature = good.split(".")
    public = json.dumps(httpx.get(f"http://localhost:{provider.server_port}/jwks").json()["keys"][0])
    none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').decode().rstrip("=")
    claims["roles"] = ["ADMIN"]
    raised = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    for forged in (
        f"{none}.{raised}.",
        f"{none}.{body}.{signature}",
        f"{head}.{raised}.{signature}",
        symmetric(raised, public.encode()),
        symmetric(raised, b""),
        f"{head}.{body}",
        f"{good}.{good}",
        good[:-4],
        "",
        "a.b.c",
        "💥",
        good.swapcase(),
    ):
        assert refused(tokens, store, forged) == "access.unauthorised", forged[:40]


@pytest.mark.parametrize("missing", ["exp", "iss", "aud", "sub"])
def test_a_token_needs_all_its_claims(missing: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = Tokens(Provider("http://localhost:1", AUDIENCE), ask_again=0)
    key = jwt.PyJWK.from_dict({"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": "k",
                               "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                               "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"})  # fmt: skip
    monkeypatch.setattr(tokens, "_keys_for", lambda key_id, anew: [key])
    claims = {"iss": "http://localhost:1", "aud": AUDIENCE, "sub": "s", "exp": int(time.time()) + 60}
    token = jwt.encode(claims, key.key, "EdDSA")
    public = jwt.PyJWK.from_dict({"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": "k",
                                  "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})  # fmt: skip
    monkeypatch.setattr(tokens, "_keys_for", lambda key_id, anew: [public])
    assert tokens.identity(store, token).subject == "oidc:s"
    del claims[missing]
    assert refused(tokens, store, jwt.encode(claims, key.key, "EdDSA")) == "access.unauthorised"


def test_expired_tokens_are_told_apart_and_clocks_may_differ_a_little(store: Store) -> None:
    for age, code in ((-10, None), (-60, "access.expired")):
        with provider_running(user_claims=[SANDRA], access_token_max_age=timedelta(seconds=age)) as server:
            token = signed_in(server)
            if code is None:
                assert tokens_of(server).identity(store, token).person == person_id("sommer")
            else:
                assert refused(tokens_of(server), store, token) == code


def test_a_rotated_key_is_fetched_and_the_old_one_is_gone(store: Store) -> None:
    with provider_running(user_claims=[SANDRA]) as server:
        port, old, tokens = server.server_port, signed_in(server), tokens_of(server)
        tokens.identity(store, old)
    with provider_running(port, user_claims=[SANDRA]) as server:
        assert tokens.identity(store, signed_in(server)).person == person_id("sommer")
        assert refused(tokens, store, old) == "access.unauthorised"
    assert refused(tokens, store, old) == "access.unauthorised"  # the provider is silent now, its keys still hold


def test_unknown_keys_do_not_make_us_ask_the_provider_each_time(provider: Any, store: Store) -> None:
    tokens = Tokens(Provider(f"http://localhost:{provider.server_port}", AUDIENCE))
    asked: list[str] = []
    tokens._fetch = lambda now: asked.append("x")  # type: ignore[method-assign]
    head = base64.urlsafe_b64encode(b'{"alg":"RS256","kid":"zzz"}').decode().rstrip("=")
    for _ in range(50):
        refused(tokens, store, f"{head}.e30.c2ln")
    assert len(asked) <= 1


def test_signed_out_tokens_are_refused_at_once(provider: Any, store: Store) -> None:
    tokens, token = tokens_of(provider), signed_in(provider)
    end_sign_ins(store, "s-1", int(time.time() * 1000) + 1)
    assert refused(tokens, store, token) == "access.revoked"
    end_sign_ins(store, "s-1", NOW - DAY)
    assert tokens.identity(store, token).person == person_id("sommer")


def test_a_key_is_told_once_and_kept_as_a_hash(store: Store) -> None:
    holder = Holder("A. Beck", Role.HR, (Purpose.SKILL_UPKEEP,), days=3)
    text, row = make_key(store, holder, NOW)
    assert text.startswith(f"eg_{row.id}_")
    assert text not in str(store.state(nq.API_KEYS)) and text.removeprefix(f"eg_{row.id}_") not in str(
        store.state(nq.API_KEYS)
    )
    found = identity_of_key(store, text, NOW)
    assert (found.subject, found.name) == (f"key:{row.id}", "A. Beck")
    assert (found.roles, found.purposes) == ((Role.HR,), (Purpose.SKILL_UPKEEP,))
    other, _ = make_key(store, holder, NOW)
    assert identity_of_key(store, other, NOW).subject != found.subject  # two people can bear one name
    own = [make_key(store, replace(holder, person=person_id("beck")), NOW)[0] for _ in range(2)]
    assert {identity_of_key(store, key, NOW).subject for key in own} == {f"person:{person_id('beck')}"}
    for wrong in (text[:-1], text + "x", text.upper(), f"eg_{row.id}_"):
        with pytest.raises(AccessRefused, match=r"access\.unauthorised"):
            identity_of_key(store, wrong, NOW)
    with pytest.raises(AccessRefused, match=r"access\.expired"):
        identity_of_key(store, text, NOW + 3 * DAY)
    revoke_key(store, row.id, NOW)
    with pytest.raises(AccessRefused, match=r"access\.revoked"):
        identity_of_key(store, text, NOW)
    with pytest.raises(AccessRefused, match=r"keys\.unknown"):
        revoke_key(store, row.id, NOW)


@pytest.mark.parametrize(
    "holder",
    [
        Holder("", Role.HR, (Purpose.SKILL_UPKEEP,)),
        Holder("x" * 101, Role.HR, (Purpose.SKILL_UPKEEP,)),
        Holder("a\x1b", Role.HR, (Purpose.SKILL_UPKEEP,)),
        Holder("a", Role.HR, (Purpose.SKILL_UPKEEP,), days=0),
        Holder("a", Role.HR, (Purpose.SKILL_UPKEEP,), days=4_000),
        Holder("a", Role.HR, (Purpose.CASE_HELP,)),
        Holder("a", Role.HR, ()),
    ],
)
def test_keys_for_nobody_or_for_what_the_role_may_not_are_refused(store: Store, holder: Holder) -> None:
    with pytest.raises(AccessRefused):
        make_key(store, holder, NOW)
    assert not store.state(nq.API_KEYS)


def test_oversized_and_missing_tokens_are_refused(store: Store) -> None:
    sign_in = SignIn(store, None)
    for token, code in (("", "access.unauthorised"), ("x" * (LONGEST_TOKEN + 1), "access.token_too_long"),
                        ("a.b.c", "access.unauthorised")):  # fmt: skip
        with pytest.raises(AccessRefused) as caught:
            sign_in.identity(token, NOW)
        assert caught.value.code == code


BOTH = Identity("x", (Role.ESCALATION_MANAGER, Role.DEPUTY, Role.EXPERT, Role.ADMIN), NOW + DAY)


@pytest.mark.parametrize(
    ("role", "purpose", "code"),
    [
        (None, None, "access.no_purpose"),
        ("ADMIN", "", "access.no_purpose"),
        (None, "CURIOSITY", "access.unknown_purpose"),
        (None, "case_help", "access.unknown_purpose"),
        ("HR", "SKILL_UPKEEP", "access.not_your_role"),
        ("KING", "CASE_HELP", "access.not_your_role"),
        ("EXPERT", "CASE_HELP", "access.purpose_of_other_role"),
        (None, "SKILL_UPKEEP", "access.no_role_for_purpose"),
        (None, "CASE_HELP", "access.which_role"),
    ],
)
def test_one_role_and_one_purpose_or_none(role: str | None, purpose: str | None, code: str) -> None:
    with pytest.raises(AccessRefused) as caught:
        acting(BOTH, role, purpose)
    assert caught.value.code == code


def test_the_only_role_for_a_purpose_need_not_be_named() -> None:
    assert acting(BOTH, None, "SELF_SERVICE").role is Role.EXPERT
    assert acting(BOTH, "DEPUTY", "CASE_HELP").role is Role.DEPUTY
    narrow = Identity("x", (Role.ADMIN,), NOW + DAY, purposes=(Purpose.OPERATION,))
    with pytest.raises(AccessRefused):
        acting(narrow, "ADMIN", "EVALUATION")
