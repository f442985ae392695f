"""A small invented company as house CSV files; only the terminal imports it."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from graph_service.access import EVERYTHING, Asker, Identity, Purpose, Role, acting
from graph_service.access.roles import PURPOSES
from graph_service.demo.world import COLUMNS, generate
from graph_service.errors import AccessRefused, StoreUnavailable
from graph_service.intake.files import PackedFile
from graph_service.intake.profiles import import_profile
from graph_service.intake.runs import Options, import_file, settle_all
from graph_service.model import DAY, RunKind, RunState, SourceId, instant
from graph_service.ranking.rules import Signature, agree, propose, rule_set_of, states
from graph_service.sign_in import Holder, make_key, person_now
from graph_service.store import named_queries as nq
from graph_service.wiring import Service

CLOCK = datetime(2026, 5, 12, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
AGREED_BY = (Signature("Betriebsrat (Demo)", Role.WORKS_COUNCIL), Signature("Fachbereich (Demo)", Role.ADMIN))
AGREEMENT = "Betriebsvereinbarung (Demo)"
_MOST_RUNS = 10_000
FILES = (
    "demo_people.csv",
    "demo_skills.csv",
    "demo_cases.csv",
    "demo_customer_contacts.csv",
    "demo_contacts.csv",
    "demo_units.csv",
    "demo_classes.csv",
    "demo_customers.csv",
    "demo_partners.csv",
    "demo_systems.csv",
    "demo_vendors.csv",
    "demo_mandates.csv",
    "demo_team_rules.csv",
    "demo_channels.csv",
    "demo_presence.csv",
    "demo_numbers.csv",
    "demo_languages.csv",
    "demo_access.csv",
    "demo_workarounds.csv",
    "demo_documents.csv",
    "demo_plans.csv",
    "demo_promises.csv",
    "demo_clashes.csv",
    "demo_ratings.csv",
    "demo_case_notes.csv",
)


def question() -> str:
    """The question the demo asks."""
    return files(__name__).joinpath("question_de.txt").read_text(encoding="utf-8").strip()


def at_its_clock(service: Service) -> Service:
    """The service with its clock at the demo's moment, and with the demo's agreement about islands of knowledge."""
    agreed = service.settings.knowledge_islands or AGREEMENT
    settings = service.settings.model_copy(update={"knowledge_islands": agreed})
    return replace(service.at(instant(CLOCK)), settings=settings)


def askers(*, large: bool = False) -> list[tuple[str, Role]]:
    """Accounts of invented people and the roles they act in."""
    text = files(__name__).joinpath("askers.csv").read_text(encoding="utf-8")
    rows = [(row["person"], Role(row["role"])) for row in csv.DictReader(text.splitlines())]
    return [(f"p{place:05}", role) for place, (_, role) in enumerate(rows)] if large else rows


def asker(service: Service, people: Sequence[tuple[str, Role]], account: str | None) -> Asker:
    """Who asks the demo's question: the named invented person, else the first; raises AccessRefused."""
    names = [name for name, role in people if Purpose.CASE_HELP in PURPOSES[role]]
    if account is not None and account not in names:
        raise AccessRefused("demo.nobody", names=", ".join(names))
    name, role = next((name, role) for name, role in people if name == (account or names[0]))
    person = person_now(service.store, SourceId("house", name).id_of("person"))
    identity = Identity(f"demo:{name}", (role,), service.wall() + DAY, person=person)
    return acting(identity, role, Purpose.CASE_HELP)


def identities(service: Service, people: Sequence[tuple[str, Role]], first: Asker) -> list[Identity]:
    """The invented people for signing in to the pages, `first` before the others; each may act for their own data."""
    known = _known(service, people)
    with service.store.view(EVERYTHING, as_of=service.now()) as view:
        rows = view.ask(nq.NAMES, people=sorted(known.values()))
    names = {row.person: row.name for row in reversed(rows)}  # the first of each says it best
    made = [
        Identity(
            f"person:{known[name]}",
            tuple(dict.fromkeys((role, Role.EXPERT))),
            service.wall() + DAY,
            name=names.get(known[name], name),
            person=known[name],
        )
        for name, role in people
    ]
    return sorted(made, key=lambda one: one.person != first.identity.person)


def _known(service: Service, people: Sequence[tuple[str, Role]]) -> dict[str, str]:
    """Account -> the person it means today."""
    return {name: person_now(service.store, SourceId("house", name).id_of("person")) for name, _ in people}


def tokens(service: Service, people: Sequence[tuple[str, Role]]) -> list[tuple[str, Role, str]]:
    """A key for each of the invented people, for a day: (name, role, key)."""
    made = []
    for name, role in people:
        holder = Holder(name, role, PURPOSES[role], days=1, person=SourceId("house", name).id_of("person"))
        made.append((name, role, make_key(service.store, holder, service.wall())[0]))
    return made


def fill(service: Service, *, large: bool = False) -> int:
    """Imports the demo's files, or those of a generated company, where they are not yet; returns how many. What its
    invented people have imported since stays.

    Raises StoreUnavailable on a store with other data.
    """
    names = tuple(COLUMNS) if large else FILES
    runs = [run for run in service.store.runs(limit=_MOST_RUNS) if run.state is RunState.COMMITTED]
    imports = [run for run in runs if run.kind is RunKind.IMPORT]
    present = {run.file for run in imports if (run.profile, run.actor) == ("demo", "demo")}
    invented = {f"person:{person}" for person in _known(service, askers(large=large)).values()}
    if not present <= set(names) or any(run.actor not in {"demo", *invented} for run in imports):
        raise StoreUnavailable("store.demo_only")
    missing = [name for name in names if name not in present]
    if not missing:
        return 0
    if large:
        _bring_rules(service)
    with TemporaryDirectory() as made:
        folder = Path(made) if large else Path(str(files(__name__)))
        if large:
            generate(folder)
        secret = service.settings.secret.get_secret_value()
        options = Options(profile=import_profile("demo", in_demo=True), actor="demo", secret=secret)
        for name in missing[:-1]:
            later = replace(options, settles=False)
            import_file(service.store, service.clocks, PackedFile(folder / name), later)
        settle_all(service.store, service.clocks)  # before the last: whoever is broken off begins here again
        import_file(service.store, service.clocks, PackedFile(folder / missing[-1]), options)
    return len(missing)


def _bring_rules(service: Service) -> None:
    """The rules learned on the generated company, agreed to by two invented names; the small one is too small to learn
    from and gets no bands."""
    rules = rule_set_of(files(__name__).joinpath("demo_rules.json").read_bytes())
    propose(service.store, rules, service.now())
    if not any(state.is_in_force and state.name == rules.ranker.name for state in states(service.store)):
        agree(service.store, rules.ranker.name, AGREED_BY, service.now())
