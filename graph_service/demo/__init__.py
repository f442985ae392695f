"""A small invented company as house CSV files; only the terminal imports it."""

from datetime import datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from graph_service.demo.world import COLUMNS, generate
from graph_service.errors import StoreUnavailable
from graph_service.intake.files import PackedFile
from graph_service.intake.profiles import import_profile
from graph_service.intake.runs import Options, import_file
from graph_service.model import RunKind, RunState, instant
from graph_service.ranking.rules import agree, propose, rule_set_of, states
from graph_service.wiring import Service

CLOCK = datetime(2026, 5, 12, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
AGREED_BY = ("Betriebsrat (Demo)", "Fachbereich (Demo)")
FILES = ("demo_people.csv", "demo_skills.csv", "demo_cases.csv")


def question() -> str:
    """The question the demo asks."""
    return files(__name__).joinpath("question_de.txt").read_text(encoding="utf-8").strip()


def at_its_clock(service: Service) -> Service:
    """The service with its clock at the demo's moment."""
    return service.at(instant(CLOCK))


def fill(service: Service, *, large: bool = False) -> int:
    """Imports the demo's files, or those of a generated company, where they are not yet; returns how many.

    Raises StoreUnavailable on a store with other data.
    """
    names = tuple(COLUMNS) if large else FILES
    runs = [run for run in service.store.runs(limit=100) if run.kind is RunKind.IMPORT]
    present = {run.file for run in runs if run.state is RunState.COMMITTED}
    if not present <= set(names):
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
        for name in missing:
            options = Options(profile=import_profile("demo"), actor="demo")
            import_file(service.store, service.clocks, PackedFile(folder / name), options)
    return len(missing)


def _bring_rules(service: Service) -> None:
    """The rules learned on the generated company, agreed to by two invented names; the small one is too small to learn
    from and gets no bands."""
    rules = rule_set_of(files(__name__).joinpath("demo_rules.json").read_bytes())
    propose(service.store, rules, service.now())
    if not any(state.is_in_force and state.name == rules.ranker.name for state in states(service.store)):
        agree(service.store, rules.ranker.name, AGREED_BY, service.now())
