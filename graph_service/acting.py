"""The terminal as a client: outside the demo it acts with an API key, in one role, for the purpose of its command."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from graph_service.access import Asker, Purpose, acting
from graph_service.access.brings import may_bring
from graph_service.access.roles import ACTS, Act
from graph_service.audit import AuditEvent
from graph_service.errors import AccessRefused, ExpertGraphError
from graph_service.sign_in import identity_of_key
from graph_service.wiring import Service


def asker_of(service: Service, purposes: Sequence[Purpose]) -> Asker:
    """Who acts at the terminal: the holder of `EXPERT_GRAPH_KEY`, for the first of the command's purposes that the key
    allows. Raises AccessRefused without a key, or with one that is not for this."""
    key = service.settings.key.get_secret_value().strip()
    if not key:
        raise AccessRefused("access.no_key")
    try:
        identity = identity_of_key(service.store, key, service.wall())
    except AccessRefused as refused:
        raise AccessRefused("access.key_wrong" if refused.code == "access.unauthorised" else refused.code) from None
    fitting = [one for one in purposes if any(identity.may_act(role, one) for role in identity.roles)]
    if not fitting:
        service.journal.write(AuditEvent("access:refused", identity.subject, "", "", detail={"at": "terminal"}))
        raise AccessRefused(
            "access.key_not_for_this", roles=", ".join(identity.roles), purposes=", ".join(dict.fromkeys(purposes))
        )
    return acting(identity, None, fitting[0])


def asker_for(service: Service, act: Act) -> Asker:
    """Who does something at the terminal; raises AccessRefused when the key may not."""
    asker = asker_of(service, [purpose for _, purpose in ACTS[act]])
    _check(service, asker, act)
    return asker


def _check(service: Service, asker: Asker, act: Act) -> None:
    if not asker.may(act):
        _note(service, asker, "access:refused", {"act": act.value})
        raise asker.refusal(act)


def importer_of(service: Service) -> tuple[Asker, frozenset[type]]:
    """Who imports, and which facts they may bring in; raises AccessRefused when none."""
    asker = asker_of(service, (Purpose.SKILL_UPKEEP,))
    brings = may_bring(asker)
    if not brings:
        _check(service, asker, Act.IMPORT_PEOPLE)
    return asker, brings


def _note(service: Service, asker: Asker, act: str, detail: Mapping[str, str | int]) -> None:
    who = asker.identity.subject
    service.journal.write(AuditEvent(act, who, asker.role, asker.purpose, detail=detail))


@contextmanager
def noted(service: Service, asker: Asker, act: str, **detail: str | int) -> Iterator[None]:
    """Notes in the audit what is done inside, before its result is told; also when it is refused or fails."""
    try:
        yield
    except ExpertGraphError as error:
        _note(service, asker, f"{act}_refused", {**detail, "code": error.code})
        raise
    _note(service, asker, act, detail)
