"""Who asks in tests: askers in a role, and the terminal run with a key of the role a command is for."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from click.testing import Result
from typer.testing import CliRunner
from workbench import demo_person, person_id

from graph_service.access import Asker, Identity, Role
from graph_service.access.roles import PURPOSES
from graph_service.api.context import Context
from graph_service.cli import app
from graph_service.errors import ExpertGraphError
from graph_service.model import DAY
from graph_service.sign_in import Holder, make_key
from graph_service.store.base import Store
from graph_service.text.messages import Spoken
from graph_service.wiring import Service, open_service

Run = Callable[..., Result]
ROLES = {"ask": Role.SUPPORTER, "import": Role.DATA_STEWARD, "imports": Role.DATA_STEWARD, "demo": None, "serve": None}


def wall() -> int:
    """The instant on the wall: sign-ins hold by it."""
    return int(time.time() * 1000)


def asker(role: Role = Role.ESCALATION_MANAGER, account: str | None = "sommer", subject: str = "test") -> Asker:
    """Somebody in a role, for its first purpose."""
    person = person_id(account) if account else None
    return Asker(Identity(subject, (role,), wall() + DAY, person=person), role, PURPOSES[role][0])


def demo_asker(role: Role, account: str, subject: str) -> Asker:
    """Somebody of the demo in a role."""
    made = asker(role, None, subject)
    return replace(made, identity=replace(made.identity, person=demo_person(account)))


def context(service: Service, language: Spoken = "de", who: Asker | None = None) -> Context:
    """A request of an escalation manager, unless said otherwise."""
    return Context(service, who or asker(), language)


def key_of(store: Store, role: Role, account: str | None = None, **more: Any) -> str:
    """A new key of a role."""
    name = more.pop("name", f"test {role}")
    holder = Holder(name, role, PURPOSES[role], person=person_id(account) if account else None, **more)
    return make_key(store, holder, wall())[0]


def without_id(data: Any) -> dict[str, Any]:
    """An answer without the id it is kept under."""
    assert data["recommendExperts"].pop("id")
    return dict(data)


class Terminal:
    """Runs commands with a key for what they do; never a stack trace."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, Role], str] = {}

    def __call__(self, *words: str, given: str | bytes | None = None, role: Role | None = None) -> Result:
        if words[:1] == ("import",) and "--profile" not in words and "--help" not in words:
            words = (*words, "--profile", "evaluation")
        wanted = role or (ROLES.get(words[0], Role.ADMIN) if words else None)
        url = words[words.index("--store") + 1] if "--store" in words else os.environ["EXPERT_GRAPH_STORE"]
        key = self.key(url, wanted, create="import" in words[:1]) if wanted else ""
        done = CliRunner().invoke(app, list(words), input=given, env={"EXPERT_GRAPH_KEY": key})
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert "Traceback" not in done.output
        return done

    def key(self, url: str, role: Role, *, create: bool = False) -> str:
        """The key of a role for a store; empty where the store cannot be opened."""
        if (url, role) not in self._keys:
            try:
                service = open_service(url, create=create)
            except ExpertGraphError:
                return ""
            self._keys[url, role] = key_of(service.store, role, sees_ids=True)
            service.store.close()
        return self._keys[url, role]
