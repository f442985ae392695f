"""The terminal's commands about API keys: `keys create | list | revoke`."""

from typing import Annotated, Any

import typer

from graph_service.access import Purpose, Role
from graph_service.access.roles import PURPOSES, Act
from graph_service.acting import asker_for, noted
from graph_service.audit import AuditEvent
from graph_service.errors import AccessRefused
from graph_service.model import SourceId, moment
from graph_service.shell import AsJson, Language, StoreUrl, plainly, print_json, spoken_in
from graph_service.sign_in import Holder, end_sign_ins, make_key, revoke_key
from graph_service.store import named_queries as nq
from graph_service.terminal import console, printable
from graph_service.text.messages import sentence
from graph_service.wiring import Service, open_service

_FIRST = "first_key"

keys = typer.Typer(
    help="API keys: create, list, revoke.", epilog="Example: expert-graph keys list", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Adds the commands to the terminal."""
    app.add_typer(keys, name="keys")


@keys.command(epilog="Example: expert-graph keys create --for 'A. Beck' --role HR")
def create(
    holder: Annotated[
        str, typer.Option("--for", help="Whose key it is: the name that rules and runs will carry.")
    ] = "",
    role: Annotated[Role, typer.Option(help="The one role it acts in.")] = Role.ADMIN,
    purpose: Annotated[
        list[Purpose] | None, typer.Option(help="Only for this purpose; default: all of the role.")
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="How long it holds.")] = 90,
    person: Annotated[str | None, typer.Option(help="Account of the person it stands for, as SOURCE:KEY.")] = None,
    person_ids: Annotated[bool, typer.Option("--person-ids", help="Evaluations may name people.")] = False,
    first: Annotated[bool, typer.Option("--first", help="The first key of a store; ADMIN, works once.")] = False,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Make a key; it is printed once and kept as a hash."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store, create=first)
        actor, actor_role = _maker(service, first)
        if not first and person is None and role in (Role.EXPERT, Role.TEAM_LEAD):
            raise AccessRefused("keys.needs_person", role=role)
        holder_of = Holder(
            name=holder or ("first key" if first else ""),
            role=Role.ADMIN if first else role,
            purposes=tuple(purpose or PURPOSES[Role.ADMIN if first else role]),
            days=days,
            person=_person(person),
            sees_ids=person_ids,
        )
        text, row = make_key(service.store, holder_of, service.wall())
        event = AuditEvent("key:created", actor, actor_role, Purpose.OPERATION, detail={"key": row.id, "for": row.role})
        service.journal.write(event)
        if as_json:
            print_json({"key": text, **_told(row)})
            return
        print(text)
        values = {"id": row.id, "name": row.subject, "role": row.role, "until": moment(row.expires_at)}
        console(error=True).print(printable(sentence("say.key", spoken, **values)), markup=False)


def _check_not_last(service: Service, key: str) -> None:
    """Raises AccessRefused for the last ADMIN key that holds, where nobody could sign in otherwise."""
    now = service.wall()
    rows = [row for row in service.store.state(nq.API_KEYS) if row.revoked_at is None and row.expires_at > now]
    admins = [row.id for row in rows if row.role == Role.ADMIN]
    if admins == [key] and not service.settings.oidc_issuer:
        raise AccessRefused("keys.last_admin")


def _maker(service: Service, first: bool) -> tuple[str, Role]:
    """Who makes the key: an admin, or whoever can write an empty store, once."""
    if not first:
        return asker_for(service, Act.MANAGE_KEYS).identity.subject, Role.ADMIN
    if service.store.state(nq.API_KEYS) or _FIRST in service.store.versions:
        raise AccessRefused("keys.not_first")
    service.store.set_versions({_FIRST: "made"})
    return "first key", Role.ADMIN


def _person(account: str | None) -> str | None:
    if account is None:
        return None
    source, _, key = account.partition(":")
    if not source or not key:
        raise AccessRefused("keys.person")
    return SourceId(source, key).id_of("person")


def _told(row: nq.KeyRow) -> dict[str, Any]:
    return {
        "id": row.id, "for": row.subject, "role": row.role, "purposes": list(row.purposes),
        "person_ids": bool(row.sees_ids), "created_at": moment(row.created_at), "expires_at": moment(row.expires_at),
        "revoked_at": None if row.revoked_at is None else moment(row.revoked_at),
    }  # fmt: skip


@keys.command("list", epilog="Example: expert-graph keys list --json")
def list_(as_json: AsJson = False, store: StoreUrl = None, language: Language = None) -> None:
    """List keys: whose they are, for what, until when; never the keys themselves."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        asker = asker_for(service, Act.MANAGE_KEYS)
        with noted(service, asker, "keys:listed"):
            rows = service.store.state(nq.API_KEYS)
        if as_json:
            print_json([_told(row) for row in rows])
            return
        out = console()
        for row in rows:
            state = (
                "revoked" if row.revoked_at is not None else "expired" if row.expires_at <= service.wall() else "holds"
            )
            told = sentence(f"keys.{state}", spoken, until=moment(row.expires_at))
            out.print(
                printable(f"{row.id}  {row.role:18} {row.subject}  ({', '.join(row.purposes)}) {told}"), markup=False
            )


@keys.command(epilog="Example: expert-graph keys revoke 1a2b3c4d")
def revoke(
    key: Annotated[str, typer.Argument(help="Id of a key; with --sign-ins: the subject of an OIDC sign-in.")],
    sign_ins: Annotated[
        bool, typer.Option("--sign-ins", help="Refuse all tokens issued to a subject until now.")
    ] = False,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Revoke a key, or everybody's sign-ins under one name, at once."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        asker = asker_for(service, Act.MANAGE_KEYS)
        if sign_ins:
            with noted(service, asker, "key:revoked"):
                end_sign_ins(service.store, key, service.wall())
        else:
            with noted(service, asker, "key:revoked", key=key):
                _check_not_last(service, key)
                revoke_key(service.store, key, service.wall())
        told = sentence("say.revoked", spoken, key=key)
        if as_json:
            print_json({"revoked": key})
        else:
            console().print(printable(told), markup=False)
